# shellcheck shell=bash
# Builds what the scripts run, once, when it is missing or older than the sources. Sourced after java.sh.
. "$ROOT/scripts/lib/http.sh"
. "$ROOT/scripts/lib/archive.sh"

# is_built: whether the jars are there and nothing that goes into them is newer.
is_built() {
  compgen -G "$LIB/quorate-node-*.jar" >/dev/null || return 1
  [ -z "$(find "$ROOT/pom.xml" "$ROOT"/*/pom.xml "$ROOT"/*/src/main -newer "$LIB" -print -quit)" ]
}

# find_maven: a sentence when there is none.
find_maven() {
  command -v mvn >/dev/null ||
    fail "Maven is needed to build and was not found: install it (Debian and Ubuntu: apt-get install maven)"
}

# run_maven ARGUMENTS...: in the project, with the Java that was found.
run_maven() {
  (cd "$ROOT" && MAVEN_OPTS="${MAVEN_OPTS:-} $(java_quiet_flags | tr '\n' ' ')" mvn -B -ntp "$@")
}

# ensure_built: two scripts at once build one after the other, and the second finds nothing left to do.
ensure_built() {
  is_built && return
  find_maven
  mkdir -p "$ROOT/target"
  (
    if command -v flock >/dev/null; then
      flock 9
    fi
    is_built && exit
    echo "Building Quorate with Java $JAVA_MAJOR (a first build downloads its dependencies, which takes a minute or two) ..." >&2
    run_maven -Dmaven.test.skip=true -Dspotless.check.skip=true -Dlint=none package >"$ROOT/target/build.log" 2>&1 9>&- || {
      grep -E '^\[(ERROR|WARNING)\] ' "$ROOT/target/build.log" | head -n 20 >&2
      fail "the build failed; all of it is in $ROOT/target/build.log"
    }
    make_archive
  ) 9>"$ROOT/target/build.lock" || exit 1
}
