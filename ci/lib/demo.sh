# Runs the drop-in JAR's demo on every JDK. Sourced by ci/demo and ci/test.
# shellcheck shell=bash

# drop_in_jar: prints its path; one must have been built.
drop_in_jar() {
  local jars=("$ROOT"/platform-jars/all/target/stowage-wasm-all-*.jar) jar
  for jar in "${jars[@]}"; do
    case $jar in
    *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
    *) if [ -f "$jar" ]; then echo "$jar" && return; fi ;;
    esac
  done
  echo "no drop-in JAR in platform-jars/all/target; build it: mvn verify -DskipTests" >&2
  return 1
}

# demo_on_every_jdk: fails when a run fails or writes anything to stderr.
demo_on_every_jdk() {
  local jar work found=0 bad=0 major home
  jar=$(drop_in_jar)
  work=$(mktemp -d)
  while read -r major home; do
    found=$((found + 1))
    printf '\nJDK %s  %s\n' "$major" "$home"
    if ! "$home/bin/java" -jar "$jar" demo 2>"$work/stderr" </dev/null; then
      echo "demo failed on JDK $major" >&2
      bad=1
    fi
    if [ -s "$work/stderr" ]; then
      echo "demo wrote to stderr on JDK $major:" >&2
      cat "$work/stderr" >&2
      bad=1
    fi
  done < <(jdks)
  rm -rf "$work"
  if [ "$found" = 0 ]; then
    echo "no Java 8 or newer found: set JAVA_HOME" >&2
    return 1
  fi
  printf '\ndemo ran on %d JDKs\n' "$found"
  [ "$bad" = 0 ]
}
