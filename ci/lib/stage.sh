# Runs named stages side by side, prints one line for each as it ends, and adds up what they counted. Sourced by ci/test.
# shellcheck shell=bash

LOGS=${LOGS:?}
SLOTS=${SLOTS:-$(nproc)}
PASSED=0
FAILED=0
SKIPPED=0
STAGES=()
SKIPS=()
WARNINGS=()
ENTRIES=()
declare -A NEEDS=() COUNTER=() BUDGET=() MINIMUM=() PATHS=() WANTED=() OUTCOME=() RUNNING=()

if [ -t 1 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then
  GREEN=$'\e[32m' RED=$'\e[31m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
else
  GREEN='' RED='' YELLOW='' PLAIN=''
fi

# read_stages FILE: the table of stages; its head explains the columns.
read_stages() {
  local name needs counter budget minimum paths
  while read -r name needs counter budget minimum paths; do
    case $name in '' | '#'*) continue ;; esac
    BUDGET[$name]=$budget
    if [ "$name" = total ]; then continue; fi
    STAGES+=("$name")
    NEEDS[$name]=${needs//,/ } COUNTER[$name]=$counter MINIMUM[$name]=$minimum PATHS[$name]=$paths
    if [ "$needs" = - ]; then NEEDS[$name]=''; fi
  done <"$1"
}

# want NAME...: these stages run, and no others.
want() {
  local name
  for name; do
    if [ -z "${COUNTER[$name]-}" ]; then
      echo "'$name' is not a stage; the stages are: ${STAGES[*]}" >&2
      return 2
    fi
    WANTED[$name]=1
  done
}

# want_affected: reads changed files, one per line, and wants the stages that they affect and all that those need. A
# file that no stage names, except those stages that run on every change, affects all.
want_affected() {
  local file name pattern known patterns
  while read -r file; do
    known=0
    for name in "${STAGES[@]}"; do
      read -ra patterns <<<"${PATHS[$name]}"
      for pattern in "${patterns[@]}"; do
        # shellcheck disable=SC2053 # a glob on purpose
        if [[ $file != $pattern ]]; then continue; fi
        WANTED[$name]=1
        if [ "$pattern" != '*' ]; then known=1; fi
      done
    done
    if [ $known = 0 ]; then
      echo "$file belongs to no stage: all of them run"
      want "${STAGES[@]}"
    fi
  done
  for name in "${!WANTED[@]}"; do want_needs "$name"; done
}

want_needs() {
  local need
  for need in ${NEEDS[$1]}; do
    need=${need#\~}
    if [ -z "${WANTED[$need]-}" ]; then
      WANTED[$need]=1
      want_needs "$need"
    fi
  done
}

# line COLOUR WORD NAME SECONDS TEXT
line() {
  printf '%s%6s%s  %-16s %6s s  %s\n' "$1" "$2" "$PLAIN" "$3" "$4" "$5"
}

# skip STAGE REASON: counts one skipped test or stage; every skip has its reason.
skip() {
  SKIPPED=$((SKIPPED + 1))
  SKIPS+=("$1: $2")
}

# run_stages: starts each wanted stage as soon as what it needs has ended and a slot is free; returns when all have ended.
run_stages() {
  local pid name
  BEGIN=$EPOCHREALTIME
  watch_over_children
  trap 'interrupted INT 130' INT
  trap 'interrupted TERM 143' TERM
  trap 'interrupted HUP 129' HUP
  while :; do
    for name in "${STAGES[@]}"; do start_if_ready "$name"; done
    if [ ${#RUNNING[@]} = 0 ]; then break; fi
    pid=''
    wait -n -p pid "${!RUNNING[@]}" || true
    if [ -n "$pid" ]; then ended "$pid"; fi
  done
  trap - INT TERM HUP
  exec {GUARD}>&-
}

# watch_over_children: a process of its own that outlives this one, knows the process groups of the running stages and
# ends them when the pipe to it closes. A killed run leaves nothing behind, not even after kill -9.
watch_over_children() {
  # shellcheck disable=SC2016 # expanded by the inner bash
  exec {GUARD}> >(exec setsid bash -c '
    trap "" INT TERM HUP
    declare -A groups
    while read -r change group; do
      if [ "$change" = + ]; then groups[$group]=1; else unset "groups[$group]"; fi
    done
    for group in "${!groups[@]}"; do kill -TERM -- "-$group"; done
    if [ ${#groups[@]} -gt 0 ]; then sleep 2; fi
    for group in "${!groups[@]}"; do kill -KILL -- "-$group"; done' >/dev/null 2>&1)
}

# interrupted SIGNAL STATUS: ends what runs; the exit closes the pipe, and what still runs then is killed.
interrupted() {
  local pid
  printf '%s while these ran: %s\n' "$1" "${RUNNING[*]}"
  for pid in "${!RUNNING[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  exit "$2"
}

start_if_ready() {
  local name=$1 need
  if [ -z "${WANTED[$name]-}" ] || [ -n "${OUTCOME[$name]-}" ]; then return; fi
  for need in ${NEEDS[$name]}; do
    if [ -z "${WANTED[${need#\~}]-}" ]; then continue; fi
    case ${OUTCOME[${need#\~}]-} in
    '' | running) return ;;
    pass) ;;
    *) if [[ $need != \~* ]]; then
      OUTCOME[$name]=skip
      skip "$name" "needs $need, which did not pass"
      line "$YELLOW" SKIP "$name" 0 "needs $need"
      ENTRIES+=("$name 0 0 ${BUDGET[$name]} 0 0 1")
      return
    fi ;;
    esac
  done
  if [ ${#RUNNING[@]} -lt "$SLOTS" ]; then start "$name"; fi
}

# start NAME: calls stage_NAME in a process group of its own, which ends as one.
start() {
  OUTCOME[$1]=running
  set -m
  in_background "$1" &
  set +m
  RUNNING[$!]=$1
  echo "+ $!" >&"$GUARD"
}

# in_background NAME: leaves wall and CPU seconds in a file.
in_background() {
  local name=$1 begin=$EPOCHREALTIME status
  exec {GUARD}>&-
  trap - INT TERM HUP
  # Not behind "||" or "if": there a function goes on after a command that failed.
  set +e
  (
    set -e
    "stage_${name//-/_}"
  ) >"$LOGS/$name.log" 2>&1 </dev/null
  status=$?
  # In a pipe it would be that subshell's times.
  times >"$LOGS/.$name.cpu"
  awk -v b="$begin" -v e="$EPOCHREALTIME" 'END {
    split($1 "m" $2, t, /[ms]+/)
    printf "%.1f %.0f\n", e - b, t[1] * 60 + t[2] + t[3] * 60 + t[4]
  }' "$LOGS/.$name.cpu" >"$LOGS/.$name.times"
  exit $status
}

# ended PID
ended() {
  local pid=$1 name=${RUNNING[$1]} status=0 seconds=0 cpu=0
  wait "$pid" || status=$?
  unset "RUNNING[$pid]"
  echo "- $pid" >&"$GUARD"
  if [ -f "$LOGS/.$name.times" ]; then
    read -r seconds cpu <"$LOGS/.$name.times"
    rm "$LOGS/.$name.times"
  elif [ "$status" = 0 ]; then status=1; fi
  record "$name" "$seconds" "$cpu" "$status"
}

# record NAME SECONDS CPU STATUS: reads the log with the stage's counter, which prints "count P F S", "skip TEST: REASON",
# "note TEXT" and "part SECONDS NAME" lines.
record() {
  local name=$1 seconds=$2 cpu=$3 status=$4 log=$LOGS/$1.log counter=${COUNTER[$1]} p=0 f=0 s=0 tag rest
  local notes=() parts=()
  if [ "$counter" != one ]; then
    while read -r tag rest; do
      case $tag in
      count) read -r p f s <<<"$rest" ;;
      skip) SKIPS+=("$name: $rest") ;;
      note) notes+=("$rest") ;;
      part) parts+=("$rest") ;;
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
  if [ "$status" = 0 ] && [ "$p" -lt "${MINIMUM[$name]}" ]; then
    status=1
    notes+=("$p tests passed, but ${MINIMUM[$name]} did when ci/config/stages.txt was written: tests were lost."
      "If they were removed on purpose, run ci/counts $name and give the reason in the commit.")
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
  ENTRIES+=("$name $seconds $cpu ${BUDGET[$name]} $p $f $s")
  for rest in "${parts[@]}"; do ENTRIES+=(". $rest"); done
  if [ "$cpu" -gt "${BUDGET[$name]}" ]; then
    WARNINGS+=("$name used $cpu s of CPU time; its budget is ${BUDGET[$name]} s (ci/config/stages.txt)")
  fi
}

# reason LOG: Maven's errors stand far from its last lines; everything else says why at the end.
reason() {
  if ! grep -m 40 '^\[ERROR\]' "$1"; then tail -n 40 "$1"; fi
}

summary() {
  if [ "$1" != one ]; then echo "$2 passed, $3 failed, $4 skipped"; fi
}

# table: what every stage took and counted, in the order of the list; a part of a stage stands below it. Also kept as a
# file, which ci/counts reads.
table() {
  local stage entry part name wall cpu budget p f s
  printf '\n%-30s %8s %8s %8s %8s %7s %8s\n' stage 'wall s' 'CPU s' budget passed failed skipped
  for stage in "${STAGES[@]}"; do
    part=0
    for entry in "${ENTRIES[@]}"; do
      read -r name wall cpu budget p f s <<<"$entry"
      if [ "$name" = "$stage" ]; then
        part=1
        printf '%-30s %8s %8s %8s %8s %7s %8s\n' "$name" "$wall" "$cpu" "$budget" "$p" "$f" "$s"
      elif [ "$name" != . ]; then part=0; elif [ $part = 1 ]; then
        printf '  %-28s %8s\n' "${entry#* * }" "$wall"
      fi
    done
  done | tee "$LOGS/stages.txt"
}

# finish: every skip with its reason, the table, then the closing line, alone, as CI servers read it.
finish() {
  local text wall
  wall=$(awk -v b="${BEGIN:-$EPOCHREALTIME}" -v e="$EPOCHREALTIME" 'BEGIN {printf "%.0f", e - b}')
  if [ ${#SKIPS[@]} -gt 0 ]; then
    printf '\nskipped:\n'
    for text in "${SKIPS[@]}"; do printf '  %s\n' "$text"; done
  fi
  table
  printf '%-30s %8s %8s\n' 'all of the run' "$wall" \
    "$(printf '%s\n' "${ENTRIES[@]}" | awk '$1 != "." {c += $3} END {printf "%d", c}')"
  if [ "$wall" -gt "${BUDGET[total]:-999999}" ]; then
    WARNINGS+=("the run took $wall s; its budget with warm caches on an idle machine is ${BUDGET[total]} s (ci/config/stages.txt)")
  fi
  for text in "${WARNINGS[@]}"; do printf '%s%s%s\n' "$YELLOW" "slow: $text" "$PLAIN"; done
  printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  [ "$FAILED" = 0 ]
}
