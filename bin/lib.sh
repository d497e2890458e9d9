# Sourced by the scripts of this folder: where the project is, which java, and building what is out of date.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Runs Maven in the project, never two at once, and shows its output only if it fails.
quiet_maven() (
  cd "$ROOT" || exit
  if command -v flock >/dev/null; then flock 9; fi
  out=$(mvn -q -B "$@" 2>&1) || { printf '%s\n' "$out" >&2; exit 1; }
) 9<"$ROOT/pom.xml"

# up_to_date MODULE: whether MODULE/target/lib is newer than everything it is made of.
up_to_date() {
  local stamp=$ROOT/$1/target/lib/.built
  [ -e "$stamp" ] && [ -z "$(find "$ROOT"/{pom.xml,.mvn,bom/pom.xml,api/src,serializers/src,tck/src,"$1"/src} "$ROOT"/transport-*/src \
    "$ROOT"/{api,serializers,tck,"$1"}/pom.xml "$ROOT"/transport-*/pom.xml -newer "$stamp" -print -quit)" ]
}

# build MODULE: makes MODULE/target/lib, the class path of a program, unless it is up to date. The module's pom binds
# dependency:copy-dependencies to the phase package.
build() {
  up_to_date "$1" && return
  (
    if command -v flock >/dev/null; then flock 8; fi
    up_to_date "$1" && exit
    lib=$ROOT/$1/target/lib
    rm -rf "$lib" # overwritten in place, jars would break the programs that run from them
    mkdir -p "$lib"
    touch "$lib/.building"
    quiet_maven -pl "$1" -am package -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip \
      -Dmaven.source.skip || exit
    cp "$ROOT/$1/target/taskwire-$1"-*.jar "$lib" && rm -f "$lib"/*-{sources,javadoc}.jar && mv "$lib/.building" "$lib/.built"
  ) 8<"$ROOT/$1/pom.xml"
}
