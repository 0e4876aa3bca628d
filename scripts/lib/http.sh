# shellcheck shell=bash
# The little HTTP that a script needs, without curl.

# http_get PORT PATH: the status and the body, as "200 {...}"; a status that is not 0 without an answer within two seconds.
http_get() { http_ask GET "$@"; }

# http_ask METHOD PORT PATH: the same by any method, without a body.
http_ask() {
  (
    exec 8<>"/dev/tcp/127.0.0.1/$2" || exit 1
    printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$1" "$3" >&8
    IFS=' ' read -r -t 2 -u 8 _ status _ || exit 1
    while IFS= read -r -t 2 -u 8 line && [ "$line" != $'\r' ]; do :; done
    IFS= read -r -d '' -t 2 -u 8 body
    printf '%s %s' "${status%$'\r'}" "$body"
  ) 2>/dev/null
}

# is_port_taken PORT: whether somebody listens there.
is_port_taken() {
  (exec 8<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_base: a number after which seven ports are free: those of three nodes, HTTP and peers, and one more.
free_base() {
  local base port
  while base=$((20000 + RANDOM % 1000 * 10)); do
    for port in {1..7}; do
      ! is_port_taken $((base + port)) || continue 2
    done
    echo "$base" && return
  done
}
