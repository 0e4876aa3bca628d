# shellcheck shell=bash
# Which Java runs and builds, and with which flags. Sourced by the scripts, after ROOT is set.

JAVA_OLDEST=17
# The jars, all of them; used by the scripts.
# shellcheck disable=SC2034
LIB=$ROOT/node/target/quorate/lib

# fail SENTENCE...: one clear line, and a status that is not 0.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit "${STATUS:-1}"
}

# java_major HOME: its feature release, such as 17; nothing when there is no Java.
java_major() {
  local version=
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release")
  fi
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  version=${version#1.}
  printf '%s' "${version%%[!0-9]*}"
}

# java_homes: every place where a JDK may be, the preferred first.
java_homes() {
  local java
  if java=$(command -v java); then
    dirname "$(dirname "$(readlink -f "$java")")"
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/local/*jdk* /opt/java/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# find_java: sets JAVA_HOME and JAVA_MAJOR to JAVA_HOME if that is new enough, else to the newest JDK there is.
find_java() {
  local home major
  JAVA_MAJOR=$(java_major "${JAVA_HOME:-/nowhere}")
  if [ "${JAVA_MAJOR:-0}" -lt "$JAVA_OLDEST" ] || [ ! -x "$JAVA_HOME/bin/javac" ]; then
    JAVA_MAJOR=0
    while IFS= read -r home; do
      [ -x "$home/bin/javac" ] || continue
      major=$(java_major "$home")
      if [ "${major:-0}" -gt "$JAVA_MAJOR" ]; then
        JAVA_MAJOR=$major JAVA_HOME=$home
      fi
    done < <(java_homes)
  fi
  [ "$JAVA_MAJOR" -ge "$JAVA_OLDEST" ] ||
    fail "no JDK $JAVA_OLDEST or newer found: install one (Debian and Ubuntu: apt-get install openjdk-$JAVA_OLDEST-jdk-headless) or set JAVA_HOME"
  export JAVA_HOME
}

# java_quiet_flags: keeps newer releases from warning about what netty and Maven do.
java_quiet_flags() {
  [ "$JAVA_MAJOR" -lt 24 ] || printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
}

# node_flags: for a node. QUORATE_JAVA_OPTS comes last and so has the last word.
node_flags() {
  printf '%s\n' -Xms64m -Xmx512m -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true
  java_quiet_flags
  # G1: pauses of 50 ms under full load where Serial and Parallel had 200, at half the CPU of ZGC.
  # Marking begins when the heap is 65 % full, not from where G1 learns, and leaves it at most half full: else what is alive, the
  # cache of values alone, would be beyond where it begins, and it would mark without end (docs/performance-experiments.md). No
  # thread refines cards beside the pauses: it would wake an idle node some twenty times a second, and spares loaded ones nothing.
  case ${QUORATE_JAVA_OPTS:-} in
    *-XX:+Use*GC*) ;;
    *) printf '%s\n' -XX:+UseG1GC -XX:InitiatingHeapOccupancyPercent=65 -XX:-G1UseAdaptiveIHOP -XX:MinHeapFreeRatio=50 \
      -XX:G1ConcRefinementThreads=0 ;;
  esac
  # Shorter objects; and what the compilers needed goes back to the system each minute, where the C library would keep it.
  [ "$JAVA_MAJOR" -lt 25 ] || printf '%s\n' -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=60000
  # A tenth or more less processor a request (docs/performance-experiments.md). Where the kernel has none, Java would warn.
  ! grep -qsE '\[(madvise|always)\]' /sys/kernel/mm/transparent_hugepage/enabled || printf '%s\n' -XX:+UseTransparentHugePages
  # Deliberately split at spaces: it holds several options.
  # shellcheck disable=SC2086
  [ -z "${QUORATE_JAVA_OPTS:-}" ] || printf '%s\n' $QUORATE_JAVA_OPTS
}
