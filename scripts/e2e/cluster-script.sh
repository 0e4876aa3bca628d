#!/usr/bin/env bash
# scripts/cluster does what its help says, with real processes, on ports and in a folder of its own.
set -euo pipefail
ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
DATA=$(mktemp -d)/cluster
BASE_HTTP=28100 BASE_PEER=29100

cluster() { "$ROOT/scripts/cluster" "$@" --data "$DATA"; }
trap 'cluster wipe >/dev/null 2>&1; rm -rf "$(dirname "$DATA")"' EXIT

check() { # WHAT COMMAND...: the command succeeds
  "${@:2}" || { echo "not so: $1" >&2 && exit 1; }
}
refused() { # WORDS COMMAND...: the command fails and says so on one line
  local said
  if said=$("${@:2}" 2>&1); then echo "succeeded: ${*:2}" >&2 && exit 1; fi
  [[ $said == *"$1"* ]] || { echo "\"$1\" is not in: $said" >&2 && exit 1; }
}
# shellcheck disable=SC2317
has_state() { grep -qE "^$1 .* $2( |\$)" <<<"$(cluster status)"; }
# writes_to_all: every node can write to all three at this moment.
# shellcheck disable=SC2317
writes_to_all() {
  local k
  for k in 1 2 3; do
    curl -sf -o /dev/null -X PUT "http://127.0.0.1:$((BASE_HTTP + k))/kv/users/n$k?w=3&sloppy=false" -d 1 || return
  done
}
pid_of() { cluster status | awk -v id="$1" '$1 == id {print $2}'; }
# shellcheck disable=SC2317
has_archive() { tr '\0' '\n' <"/proc/$(pid_of "$1")/cmdline" | grep -qE -- '-XX:(AOTCache|SharedArchiveFile)='; }
# shellcheck disable=SC2317
is_batch() { [[ $(chrt --pid "$(pid_of "$1")") == *SCHED_BATCH* ]]; }

refused "there is no cluster" cluster status
refused "needs a number" cluster up --nodes three
refused "there is no option" cluster up --fast

up=$(cluster up --base-http $BASE_HTTP --base-peer $BASE_PEER)
check "up returns when the nodes reach each other" writes_to_all
check "up prints the addresses" grep -q "^n3  http://127.0.0.1:$((BASE_HTTP + 3))$" <<<"$up"
check "up prints a curl to try" grep -q "^Try: curl .*:$((BASE_HTTP + 1))/kv/" <<<"$up"
for id in n1 n2 n3; do check "$id is ready" has_state "$id" "running +ready"; done

if chrt --batch 0 true 2>/dev/null; then check "nodes that share cores are batches" is_batch n1; fi

before=$(pid_of n1)
cluster up >/dev/null
check "up again starts nothing anew" [ "$before" = "$(pid_of n1)" ]
refused "made with --nodes 3" cluster up --nodes 5
refused "there is no node n4" cluster kill n4

cluster kill n2
check "a killed node is dead" has_state n2 dead
check "the others live" has_state n3 running
sleep 300 & stranger=$!
echo $stranger >"$DATA/n2/pid"
check "a recycled process id fools nobody" has_state n2 dead
cluster kill n2
check "and is not killed" kill -0 $stranger
kill $stranger
touch "$DATA/n2/tmp/left"
cluster start n2
check "temporary files of a killed node are gone" [ ! -e "$DATA/n2/tmp/left" ]
check "start returns when the others reach the node" writes_to_all
check "a killed node starts again" has_state n2 "running +ready"

cluster pause n3
check "a paused node is paused" has_state n3 paused
cluster resume n3
check "a resumed node answers" has_state n3 "running +ready"
cluster pause n3
cluster stop n3
check "even a paused node stops" has_state n3 stopped
refused "is not running" cluster pause n3
cluster up >/dev/null
check "up starts what does not run" has_state n3 "running +ready"
check "logs are there" [ -n "$(cluster logs n1)" ]

check "a node uses the archive of its jars" has_archive n1
jar=$(echo "$ROOT"/node/target/quorate/lib/quorate-node-*.jar)
built=$(stat -c %Y "$jar")
trap 'touch -d "@$built" "$jar"; cluster wipe >/dev/null 2>&1; rm -rf "$(dirname "$DATA")"' EXIT
touch "$jar"
cluster stop n1
cluster start n1
touch -d "@$built" "$jar"
check "an archive of other jars is passed over" eval '! has_archive n1'

cluster add >/dev/null
check "an added node is ready" has_state n4 "running +ready"
check "the others know it" grep -q '"id":"n4"[^}]*"state":"active"' <(curl -s http://127.0.0.1:$((BASE_HTTP + 1))/cluster)
cluster remove n2
refused "there is no node n2" cluster start n2
check "the others know it no more" [ -z "$(curl -s http://127.0.0.1:$((BASE_HTTP + 1))/cluster | grep '"id":"n2"')" ]
cluster down
cluster up >/dev/null
check "the cluster comes back without it" has_state n4 "running +ready"
refused "taken by another process" "$ROOT/scripts/cluster" up --base-http $BASE_HTTP --base-peer $((BASE_PEER + 50)) --data "$DATA-other"
"$ROOT/scripts/cluster" wipe --data "$DATA-other"

cluster down
for id in n1 n3 n4; do check "$id is down" has_state "$id" stopped; done
check "down keeps the data" [ -e "$DATA/cluster" ]
refused "died at its start" cluster up --set http.prot=1
refused "did you mean http.port?" cluster up --set http.prot=1
cluster wipe
check "wipe leaves nothing" [ ! -e "$DATA" ]
