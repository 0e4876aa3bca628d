# shellcheck shell=bash
# The class archive (AppCDS) that lets a node start in half the time. Sourced after java.sh and http.sh.

ARCHIVE=$ROOT/node/target/quorate/classes

# archive_file: of this Java; what one release writes another cannot read.
archive_file() { printf '%s-%s.jsa' "$ARCHIVE" "$JAVA_MAJOR"; }

# archive_flags: how a node uses it. One that does not fit (other flags, moved jars) is passed over, and said nothing of.
archive_flags() {
  [ ! -r "$(archive_file)" ] || printf '%s\n' "-XX:SharedArchiveFile=$(archive_file)" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off
}

# ensure_archive: makes it where there is none, or the jars are newer: a node runs for a moment and writes down what it loaded. Without
# it all works as well, only later; so nothing here is a failure.
ensure_archive() {
  local file folder port pid flags tries=0
  file=$(archive_file)
  [ ! "$file" -nt "$LIB" ] || return 0
  rm -f "$file"
  folder=$(mktemp -d)
  port=$((20000 + RANDOM % 5000 * 2))
  while is_port_taken $port || is_port_taken $((port + 1)); do port=$((20000 + RANDOM % 5000 * 2)); done
  mapfile -t flags < <(node_flags)
  "$JAVA_HOME/bin/java" "${flags[@]}" -XX:ArchiveClassesAtExit="$file.$$" "-Dlogback.configurationFile=$ROOT/conf/logback.xml" \
    -cp "$LIB/*" io.quorate.node.Main --config "$ROOT/conf/local.yaml" --id n1 --set "storage.folder=$folder/data" \
    --set "http.port=$port" --set "peer.port=$((port + 1))" </dev/null >"$folder/log" 2>&1 9>&- &
  pid=$!
  until [[ $(http_get $port /health/ready) == 200\ * ]] || [ $((tries += 1)) -gt 300 ] || ! kill -0 $pid 2>/dev/null; do sleep 0.1; done
  http_get $port /kv/bucket/key >/dev/null || true
  http_get $port /metrics >/dev/null || true
  kill -TERM $pid 2>/dev/null || true
  for ((tries = 0; tries < 300; tries++)); do
    kill -0 $pid 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL $pid 2>/dev/null || true
  wait $pid 2>/dev/null || true
  [ ! -s "$file.$$" ] || mv "$file.$$" "$file"
  rm -rf "$folder"
}
