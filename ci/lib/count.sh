# Read the logs and reports of test runners: counts, skips with their reasons, closing lines. Sourced by ci/test.
# shellcheck shell=bash

# Each prints "count PASSED FAILED SKIPPED", "skip TEST: REASON", "note LINE" for closing lines and failed tests, "part
# SECONDS NAME" for what a stage consists of.

count_cargo() {
  awk '
    /^test .* \.\.\. ignored/ { who = $2; why = $0; sub(/^.* \.\.\. ignored,? ?/, "", why)
                                print "skip " who ": " (why == "" ? "no reason given" : why) }
    /^test .* \.\.\. FAILED/ { print "note failed: " $2 }
    /^test result:/ { p += $4; f += $6; s += $8; if ($4 + $6 + $8 > 0) print "note " $0 }
    END { print "count " p + 0, f + 0, s + 0 }
  ' "$1"
}

# go test -v: the reason stands on the line before "--- SKIP". Subtests count, their parents do as well.
count_go() {
  awk '
    /^ *--- PASS/ { p++ }
    /^ *--- FAIL/ { f++; print "note failed: " $3 }
    /^ *--- SKIP/ { s++; why = last; sub(/^[ \t]+/, "", why); print "skip " $3 ": " why }
    /^(ok|FAIL)[ \t]/ { print "note " $0 }
    { last = $0 }
    END { print "count " p + 0, f + 0, s + 0 }
  ' "$1"
}

# Surefire and Failsafe: from the XML reports of this run, because the console repeats itself. $STARTED is a file made
# before the run: older reports are of tests that may be gone.
count_maven() {
  grep -E '^\[(INFO|WARNING|ERROR)\] Tests run: [^T]*$' "$1" | sed 's/^/note /' || true
  # Of Maven's summary: "[INFO] Stowage Loader ..... SUCCESS [01:02 min]", below a minute "[  1.234 s]".
  awk '/^\[INFO\] .* \.\.+ (SUCCESS|FAILURE) \[/ {
    name = $0; sub(/^\[INFO\] /, "", name); sub(/ \.\.+ .*/, "", name)
    time = $0; sub(/.*\[ */, "", time); n = split(time, t, /[: ]/)
    print "part", (time ~ /h\]$/ ? t[1] * 3600 + t[2] * 60 : time ~ /min\]$/ ? t[1] * 60 + t[2] : t[1]), name
  }' "$1"
  # shellcheck disable=SC2016 # awk program
  find "$ROOT" -path '*/target/*-reports/TEST-*.xml' -newer "$STARTED" -print0 | xargs -0 -r awk '
    function attribute(name,  t) {
      t = $0
      if (!sub(".*[ \t]" name "=\"", "", t)) return ""
      sub(/".*/, "", t)
      return t
    }
    /<testsuite[ >]/ || (suite && !closed) {
      if (/<testsuite[ >]/) { suite = 1; closed = 0 }
      if (attribute("tests") != "") tests += attribute("tests")
      if (attribute("errors") != "") bad += attribute("errors")
      if (attribute("failures") != "") bad += attribute("failures")
      if (attribute("skipped") != "") skipped += attribute("skipped")
      if (/>/) closed = 1
    }
    /<testcase / { who = attribute("classname") "." attribute("name") }
    /<(failure|error)[ >]/ { print "note failed: " who }
    /<skipped/ {
      why = attribute("message")
      # An assumption of JUnit that fails has its reason in the text only.
      if (why == "" && match($0, /Assumption failed: /)) why = substr($0, RSTART + RLENGTH)
      sub(/\]\]>.*/, "", why)
      print "skip " who ": " (why == "" ? "no reason given" : why)
    }
    END { print "count " tests - bad - skipped, bad + 0, skipped + 0 }
  '
}

# ci/licenses --check: one line per file.
count_licenses() {
  awk '
    /^same /    { p++ }
    /^differs / { f++ }
    /^skipped / { s++; print "skip " substr($0, 9) }
    END { print "count " p + 0, f + 0, s + 0 }
  ' "$1"
}
