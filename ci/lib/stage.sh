# Runs named stages, one line each, and adds up what they counted. Sourced by ci/test.
# shellcheck shell=bash

LOGS=${LOGS:?}
PASSED=0
FAILED=0
SKIPPED=0
declare -A OUTCOME=()
SKIPS=()

if [ -t 1 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then
  GREEN=$'\e[32m' RED=$'\e[31m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
else
  GREEN='' RED='' YELLOW='' PLAIN=''
fi

# line COLOUR WORD NAME SECONDS TEXT
line() {
  printf '%s%6s%s  %-16s %6s s  %s\n' "$1" "$2" "$PLAIN" "$3" "$4" "$5"
}

# skip WHO REASON: counts one skipped test or stage; every skip has its reason.
skip() {
  SKIPPED=$((SKIPPED + 1))
  SKIPS+=("$1: $2")
}

# stage NAME COUNTER NEEDS COMMAND...
#   COUNTER  "one" (the stage is one check) or a function that reads the log and prints "count P F S",
#            "skip WHO: REASON" and "note TEXT" lines
#   NEEDS    stages that must have passed, or ""
stage() {
  local name=$1 counter=$2 needs=$3 begin seconds status=0 need log=$LOGS/$1.log
  shift 3
  for need in $needs; do
    if [ "${OUTCOME[$need]-}" != pass ]; then
      OUTCOME[$name]=skip
      skip "$name" "needs $need, which did not pass"
      line "$YELLOW" SKIP "$name" 0 "needs $need"
      return
    fi
  done
  begin=$(date +%s%N)
  ("$@") >"$log" 2>&1 </dev/null || status=$?
  seconds=$(awk -v b="$begin" -v e="$(date +%s%N)" 'BEGIN {printf "%.1f", (e - b) / 1e9}')
  record "$name" "$counter" "$seconds" "$status" "$log"
}

record() {
  local name=$1 counter=$2 seconds=$3 status=$4 log=$5 p=0 f=0 s=0 tag rest
  local notes=()
  if [ "$counter" != one ]; then
    while read -r tag rest; do
      case $tag in
      count) read -r p f s <<<"$rest" ;;
      skip) SKIPS+=("$name: $rest") ;;
      note) notes+=("$rest") ;;
      esac
    done < <("$counter" "$log")
    # A runner that counted nothing has not tested anything: it passes only if it fails nothing AND ran something.
    if [ "$status" = 0 ] && [ $((p + f + s)) = 0 ]; then
      status=1
      notes+=("no test was counted")
    fi
    if [ "$status" = 0 ] && [ "$f" -gt 0 ]; then status=1; fi
  elif [ "$status" = 0 ]; then
    p=1
  fi
  if [ "$status" != 0 ] && [ "$f" = 0 ]; then f=1; fi
  PASSED=$((PASSED + p)) FAILED=$((FAILED + f)) SKIPPED=$((SKIPPED + s))
  if [ "$status" = 0 ]; then
    OUTCOME[$name]=pass
    line "$GREEN" PASS "$name" "$seconds" "$(summary "$counter" "$p" "$f" "$s")"
  else
    OUTCOME[$name]=fail
    line "$RED" FAIL "$name" "$seconds" "$(summary "$counter" "$p" "$f" "$s") exit $status, log ${log#"$ROOT"/}"
  fi
  for rest in "${notes[@]}"; do printf '%30s%s\n' '' "$rest"; done
  if [ "$status" != 0 ]; then reason "$log" | sed 's/^/        | /'; fi
}

# reason LOG: Maven's errors stand far from its last lines; everything else says why at the end.
reason() {
  if ! grep -m 40 '^\[ERROR\]' "$1"; then tail -n 40 "$1"; fi
}

summary() {
  if [ "$1" != one ]; then echo "$2 passed, $3 failed, $4 skipped"; fi
}

# finish: every skip with its reason, then the closing line, alone, as CI servers read it.
finish() {
  local reason
  if [ ${#SKIPS[@]} -gt 0 ]; then
    printf '\nskipped:\n'
    for reason in "${SKIPS[@]}"; do printf '  %s\n' "$reason"; done
  fi
  printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  [ "$FAILED" = 0 ]
}
