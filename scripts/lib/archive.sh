# shellcheck shell=bash
# The archive of what a node loads and runs, so that it starts in half the time and is soon quick: since Java 25 an AOT cache, which also
# knows how often each method ran (JEP 515), before that the classes alone (AppCDS). Part of what the scripts build; jars that were built
# by Maven alone have none, and do without. Sourced by build.sh.

ARCHIVE=$ROOT/node/target/quorate/archive

# archive_file: of this Java and of these jars, as they lie there. Java 25 takes the classes of an AOT cache whatever has become of the
# jars that they are from (JDK-8377932), and so would run a build before.
archive_file() {
  local jars
  jars=$(stat -c '%n %s %Y' "$LIB"/*.jar | LC_ALL=C sort | cksum)
  printf '%s-%s-%s' "$ARCHIVE" "$JAVA_MAJOR" "${jars%% *}"
}

has_aot_cache() { [ "$JAVA_MAJOR" -ge 25 ]; }

# archive_flags: how a node uses it. One that does not fit (other flags) is passed over, and said nothing of.
archive_flags() {
  local file
  file=$(archive_file)
  if [ -n "${QUORATE_REHEARSAL:-}" ] || [ ! -r "$file" ]; then
    return 0
  elif has_aot_cache; then
    printf '%s\n' "-XX:AOTCache=$file" -Xlog:aot=off -Xlog:cds=off
  else
    printf '%s\n' "-XX:SharedArchiveFile=$file" -Xlog:cds=off -Xlog:cds+dynamic=off
  fi
}

# make_archive: of the jars that were just built. Without it all works as well, only later; so nothing here is a failure.
make_archive() {
  local file
  file=$(archive_file)
  rm -f "$ARCHIVE"-*
  echo "Recording how a node runs, so that nodes start faster (most of a minute) ..." >&2
  if (rehearse "$file.new") >/dev/null 2>&1 9>&- && [ -s "$file.new" ]; then
    mv "$file.new" "$file"
  else
    # What a rehearsal that was cut short has recorded is not what nodes do.
    rm -f "$file.new"*
  fi
}

# rehearse FILE: a cluster of its own, in which n1 restores its data, serves, goes on beside a node that stands still, pays it what it
# owes, and at its end writes down what it did.
rehearse() {
  local flag=-XX:ArchiveClassesAtExit
  ! has_aot_cache || flag=-XX:AOTCacheOutput
  export QUORATE_REHEARSAL=yes QUORATE_STOP_SECONDS=120
  folder=$(mktemp -d)
  trap 'rehearsed wipe; rm -rf "$folder"' EXIT
  base=$(free_base)
  rehearsed up --base-http "$base" --base-peer $((base + 3)) && rehearse_load c 1 100 && rehearsed kill n1 && rm -rf "$folder/data/n1/data" &&
    QUORATE_JAVA_OPTS="${QUORATE_JAVA_OPTS:-} $flag=$1" rehearsed start n1 && rehearse_load a 3 100 && rehearse_load a 3 1024 &&
    rehearsed pause n3 && rehearse_load a 5 100 "1 2" && rehearsed resume n3 && rehearse_load c 2 1024 && rehearse_load c 3 100 &&
    rehearsed stop n1
}

rehearsed() { "$ROOT/scripts/cluster" "$@" --data "$folder/data"; }

# rehearse_load WORKLOAD SECONDS BYTES [NODES]: on these nodes, such as "1 2"; else on all three. Values of more than one size, for C2
# compiles by the archive's profiles: with short values alone, hashing 1 KB took more than twice as long (docs/performance-experiments.md).
rehearse_load() {
  local node endpoints=
  for node in ${4:-1 2 3}; do
    endpoints+=,http://127.0.0.1:$((base + node))
  done
  "$ROOT/scripts/quorate" bench --workload "$1" --keys 2000 --connections 32 --value-bytes "$3" --warmup-seconds 0 --seconds "$2" \
    --endpoint "${endpoints#,}"
}
