# shellcheck shell=bash
# The processes of a local cluster. Sourced by scripts/cluster, after DATA is set and the cluster's state is read.

STOP_SECONDS_MAX=${QUORATE_STOP_SECONDS:-15}
MOVE_SECONDS_MAX=${QUORATE_MOVE_SECONDS:-600}
# For the scripts alone: a node takes each QUORATE_ variable for a setting.
export -n QUORATE_STOP_SECONDS QUORATE_MOVE_SECONDS QUORATE_READY_SECONDS QUORATE_REHEARSAL

http_port() { echo $((BASE_HTTP + ${1#n})); }

# pid_of ID: its process, if there is one that really is this node: a process id may have been given to another since.
pid_of() {
  local pid
  [ -r "$DATA/$1/pid" ] || return 1
  read -r pid <"$DATA/$1/pid" || return 1
  command_line "$pid" | grep -qxF -- "-Dquorate.node=$DATA/$1" || return 1
  echo "$pid"
}

# command_line PID: one argument a line; nothing once it has ended.
command_line() {
  { tr '\0' '\n' <"/proc/$1/cmdline"; } 2>/dev/null || true
}

# is_paused PID: the letter after the name in brackets is T.
is_paused() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null && [[ ${stat##*) } == T* ]]
}

# state_of ID: running, paused, dead (it ended by itself or was killed) or stopped (as it was told, or never started).
state_of() {
  local pid
  if ! pid=$(pid_of "$1"); then
    if [ -e "$DATA/$1/pid" ]; then echo dead; else echo stopped; fi
  elif is_paused "$pid"; then
    echo paused
  else
    echo running
  fi
}

# member_list: the value of cluster.members, for founders.
member_list() {
  local k separator=
  printf '['
  for ((k = 1; k <= FOUNDERS; k++)); do
    printf '%s{id: n%d, peer: "127.0.0.1:%d", http: "127.0.0.1:%d"}' "$separator" "$k" $((BASE_PEER + k)) $((BASE_HTTP + k))
    separator=', '
  done
  printf ']'
}

# seed_list: the value of cluster.seeds, for nodes that joined later: every other one.
seed_list() {
  local other separator=
  for other in "${IDS[@]}"; do
    [ "$other" != "$1" ] || continue
    printf '%s127.0.0.1:%d' "$separator" $((BASE_PEER + ${other#n}))
    separator=,
  done
}

# membership ID: the setting by which it finds the others.
membership() {
  if [ "${1#n}" -le "$FOUNDERS" ]; then
    printf 'cluster.members=%s' "$(member_list)"
  else
    printf 'cluster.seeds=%s' "$(seed_list "$1")"
  fi
}

# shards_each: the event loops of a node that shares the cores of this machine with the other founders.
shards_each() {
  local cores
  cores=$(getconf _NPROCESSORS_ONLN)
  echo $((cores > FOUNDERS ? cores / FOUNDERS : 1))
}

# How nice a node is to those that serve while it starts: else what compiles a JVM's first second makes their requests wait for a time
# slice each. Only Linux can tell, where it shares its cores out by session.
NICE_AT_START=10

# share_cores ID: as an equal, from now on. Linux takes one such change in 100 ms.
share_cores() {
  local group tries
  group=/proc/$(cat "$DATA/$1/pid")/autogroup
  for ((tries = 0; tries < 5; tries++)); do
    if ! grep -qs "nice $NICE_AT_START$" "$group" || { echo 0 >"$group"; } 2>/dev/null; then return; fi
    sleep 0.1
  done
}

# launch ID NICE: starts its process, and returns before it is ready.
launch() {
  local id=$1 folder=$DATA/$1 flags arguments=() assignment
  ! is_port_taken "$(http_port "$id")" ||
    fail "127.0.0.1:$(http_port "$id"), where $id would listen, is taken by another process: stop it, or choose other ports with --base-http and --base-peer"
  # Temporary files of its own, and those of a process that was killed go before the next.
  rm -rf "$folder/tmp"
  mkdir -p "$folder/tmp"
  mapfile -t flags < <(node_flags && archive_flags)
  [ -z "$CONFIG" ] || arguments+=(--config "$CONFIG")
  # First, so that --set has the last word; not over a file of somebody's own, which may say so too.
  [ "$CONFIG" != "$ROOT/conf/local.yaml" ] || arguments+=(--set "shards=$(shards_each)")
  for assignment in ${ASSIGNMENTS[@]+"${ASSIGNMENTS[@]}"}; do
    arguments+=(--set "$assignment")
  done
  arguments+=(--id "$id" --set "$(membership "$id")" --set "storage.folder=$folder/data"
    --set "http.port=$(http_port "$id")" --set "peer.port=$((BASE_PEER + ${id#n}))")
  size_of_log "$id" >"$folder/log.start"
  # In a session of its own: an interrupt at the terminal is not for it. 9 is the lock, which must not live as long as the node.
  # Of the class for batches, where Linux has it: nodes that share cores do not cut each other's turns short whenever a message
  # wakes one, and at a fixed rate the slowest requests wait less (docs/performance-experiments.md).
  # shellcheck disable=SC2016
  setsid bash -c '{ echo "$1" >/proc/self/autogroup; chrt --batch --pid 0 $$; } >/dev/null 2>&1; exec "${@:2}"' launch "$2" \
    "$JAVA_HOME/bin/java" "${flags[@]}" "-Dquorate.node=$folder" "-Djava.io.tmpdir=$folder/tmp" \
    "-Dlogback.configurationFile=$ROOT/conf/logback.xml" -cp "$LIB/*" io.quorate.node.Main "${arguments[@]}" </dev/null >>"$folder/log" 2>&1 9>&- &
  echo $! >"$folder/pid"
}

size_of_log() {
  if [ -e "$DATA/$1/log" ]; then wc -c <"$DATA/$1/log"; else echo 0; fi
}

# says ID: what the node answers about its health, on one line.
says() {
  local answer
  if ! answer=$(http_get "$(http_port "$1")" /health/ready) || [ -z "$answer" ]; then
    echo "no answer"
  elif [[ $answer == 200\ * ]]; then
    echo ready
  else
    printf 'not ready: %s\n' "${answer#* }" | tr -s ' \n' ' ' | cut -c 1-200
  fi
}

# await_ready ID: until it serves; fails with its last words if it dies.
await_ready() {
  local id=$1 deadline=$((SECONDS + READY_SECONDS_MAX)) said=
  while said=$(says "$id") && [ "$said" != ready ]; do
    if ! kill -0 "$(cat "$DATA/$id/pid")" 2>/dev/null; then
      echo "The last words of $id ($DATA/$id/log):" >&2
      tail -c +$(($(cat "$DATA/$id/log.start") + 1)) "$DATA/$id/log" | tail -n 20 | sed 's/^/  /' >&2
      fail "$id died at its start"
    fi
    [ "$SECONDS" -lt "$deadline" ] || fail "$id is not ready after $READY_SECONDS_MAX s: $said (scripts/cluster logs $id tells more)"
    sleep 0.1
  done
  share_cores "$id"
}

# running_but ID: another node that runs.
running_but() {
  local other
  for other in "${IDS[@]}"; do
    if [ "$other" != "$1" ] && [ "$(state_of "$other")" = running ]; then
      echo "$other"
      return
    fi
  done
  return 1
}

# await_member ID: until it is a member with all its data; one that has much to copy takes long.
await_member() {
  local deadline=$((SECONDS + MOVE_SECONDS_MAX)) answer
  until answer=$(http_get "$(http_port "$1")" /cluster) && [[ $answer =~ \"id\":\"$1\"[^}]*\"state\":\"active\" ]]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "$1 has not all its data after $MOVE_SECONDS_MAX s; it goes on: see scripts/quorate status"
    sleep 0.2
  done
}

# await_left ID OTHER: until the other node knows it no more.
await_left() {
  local deadline=$((SECONDS + MOVE_SECONDS_MAX)) answer
  while answer=$(http_get "$(http_port "$2")" /cluster) && [[ $answer == *\"id\":\"$1\"* ]]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "$1 has not handed over its data after $MOVE_SECONDS_MAX s; it goes on: see scripts/quorate status"
    sleep 0.2
  done
}

# start_nodes ID...: those that do not run, all at once.
start_nodes() {
  local id nice=0
  ! running_but '' >/dev/null || nice=$NICE_AT_START
  for id in "$@"; do
    case $(state_of "$id") in
      running) ;;
      paused) kill -CONT "$(pid_of "$id")" ;;
      *) launch "$id" "$nice" ;;
    esac
  done
  for id in "$@"; do
    await_ready "$id"
  done
}

# signal SIGNAL ID: says nothing if it does not run.
signal() {
  local pid
  if pid=$(pid_of "$2"); then
    kill "-$1" "$pid" 2>/dev/null || true
  fi
}

# await_gone ID: whether its process ended in time.
await_gone() {
  local deadline=$((SECONDS + STOP_SECONDS_MAX))
  while pid_of "$1" >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

# stop_nodes ID...: in good order, all at once; one that does not obey is killed, which is a failure.
stop_nodes() {
  local id disobedient=()
  for id in "$@"; do
    signal TERM "$id"
    signal CONT "$id"
  done
  for id in "$@"; do
    if ! await_gone "$id"; then
      disobedient+=("$id")
      signal KILL "$id"
      await_gone "$id" || true
    fi
    rm -f "$DATA/$id/pid"
  done
  [ ${#disobedient[@]} = 0 ] || fail "${disobedient[*]} did not stop within $STOP_SECONDS_MAX s and was killed; its next start recovers"
}
