# Installs packages of Debian, Python, Cargo and Go. Sourced by ci/setup and ci/setup-cross after tools.sh.
# shellcheck shell=bash

step() {
  printf '%12s %s\n' "$1" "$2"
}

# retry COMMAND...: three times, because package mirrors have bad minutes.
retry() {
  local pause
  for pause in 5 20; do
    if "$@"; then return; fi
    echo "failed, again in $pause s: $*" >&2
    sleep "$pause"
  done
  "$@" || {
    echo "failed three times: $*" >&2
    return 1
  }
}

# side_by_side FUNCTION...: all at once; fails when one of them does, after all have ended.
side_by_side() {
  local function pid pids=() bad=0
  for function; do
    (
      set -e
      "$function"
    ) &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || bad=1; done
  return $bad
}

# apt_missing PACKAGE...: those that are not installed, one per line.
apt_missing() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# apt_install PACKAGE...: needs root; without it the command is named instead.
apt_install() {
  if [ "$(id -u)" != 0 ]; then
    echo "missing: apt-get install $* (as root)" >&2
    return 1
  fi
  step Installing "$*"
  retry apt_fetch "$@"
}

# One at a time: ci/setup and ci/setup-cross run side by side, and apt-get update does not wait for its lock.
apt_fetch() {
  (
    flock 8
    apt_get_fetch "$@"
  ) 8>"${TMPDIR:-/tmp}/stowage-apt.$(id -u).lock"
}

apt_get_fetch() {
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# cargo_tool COMMAND PACKAGE VERSION [ARGUMENTS...]: built from source into $TOOLS. Tools of one script share a target directory,
# so that common crates are compiled once.
cargo_tool() {
  local name=$1 package=$2 version=$3
  shift 3
  if [ "$("$TOOLS/bin/$name" --version 2>/dev/null | awk '{print $NF}')" = "$version" ]; then return; fi
  step Building "$package $version"
  # A tool is run, not debugged.
  CARGO_TARGET_DIR=$(build_directory) CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install --quiet --locked --force --root "$TOOLS" "$@" "$package@$version"
}

# build_directory: that of this script's process; removed at its end.
build_directory() {
  echo "$TOOLS/build-$$"
}
trap 'rm -rf --one-file-system "$(build_directory)"' EXIT

# go_tool NAME PACKAGE VERSION
go_tool() {
  if [ "$(go version -m "$TOOLS/bin/$1" 2>/dev/null | awk '$1 == "mod" {print $3}')" = "$3" ]; then return; fi
  step Building "$1 $3"
  GOBIN=$TOOLS/bin GOFLAGS='' go install "$2@$3"
}
