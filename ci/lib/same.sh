# For tests of scripts: compares, and remembers in $bad whether anything differed. Sourced by ci/check/self*.
# shellcheck shell=bash disable=SC2034 # read by those scripts

bad=0
# same WHAT EXPECTED FOUND
same() {
  if [ "$2" = "$3" ]; then
    echo "ok $1"
  else
    printf 'FAIL %s\nexpected:\n%s\nfound:\n%s\n' "$1" "$2" "$3"
    bad=1
  fi
}
