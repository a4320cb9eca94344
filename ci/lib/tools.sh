# Where the build's own tools live and which versions they have. Sourced by the scripts in ci/.
# shellcheck shell=bash

# Pinned: each of these writes or checks committed files, and another version has other results.
STATICCHECK_VERSION=v0.8.2
GO_LICENSES_VERSION=v1.6.0
CBINDGEN_VERSION=0.29.4
CARGO_ABOUT_VERSION=0.9.3
export STATICCHECK_VERSION GO_LICENSES_VERSION CBINDGEN_VERSION CARGO_ABOUT_VERSION

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# Outside target/: building cargo-about takes minutes, and every clone may use the same one. The packager looks here, too.
TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/$(sed -n 's/^directory //p' "$ROOT/ci/generated/cross-tools.txt")
PATH=$TOOLS/bin:$PATH
export ROOT TOOLS PATH

# have COMMAND: is it there?
have() {
  command -v "$1" >/dev/null 2>&1
}

# java_major JAVA_HOME: prints 8, 17, 25 ..., nothing without a working java.
java_major() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \(1\.\)\{0,1\}\([0-9]*\).*/\2/p'
}

# jdks: prints "MAJOR HOME" of every Java 8 or newer on this machine, each real directory once.
jdks() {
  local candidates=() home major
  if [ -n "${JAVA_HOME-}" ]; then candidates+=("$JAVA_HOME"); fi
  if have java; then candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"); fi
  candidates+=(/usr/lib/jvm/* "$TOOLS/runtimes/java8")
  for home in "${candidates[@]}"; do
    if [ -x "$home/bin/java" ]; then readlink -f "$home"; fi
  done | awk '!seen[$0]++' | while read -r home; do
    major=$(java_major "$home")
    if [ -n "$major" ] && [ "$major" -ge 8 ]; then echo "$major $home"; fi
  done
}

# need COMMAND WHAT INSTALL...: remembers a missing tool for need_build_tools.
MISSING=()
need() {
  have "$1" || MISSING+=("$2 is not on PATH; install it: $3")
}

# at_least WHAT NEEDED FOUND INSTALL: a version that is too old; a tool that is not there was named before.
at_least() {
  if [ -n "$3" ] && [ "$(printf '%s\n' "$2" "$3" | sort -V | head -n 1)" != "$2" ]; then
    MISSING+=("$1 $2 or newer is needed, found $3; install it: $4")
  fi
}

# need_build_tools: JDK 17+, Maven, cargo, go and a C compiler, or every missing one with its remedy.
need_build_tools() {
  local major
  need javac "JDK 17 or newer (javac)" "apt-get install openjdk-17-jdk-headless"
  need mvn "Maven (mvn)" "apt-get install maven"
  need cargo "Rust (cargo)" "curl -sSf https://sh.rustup.rs | sh"
  need go "Go (go)" "https://go.dev/dl"
  need cc "a C compiler (cc)" "apt-get install gcc libc6-dev"
  if have javac; then
    major=$(javac -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9]*\).*/\2/p')
    if [ "${major:-0}" -lt 17 ]; then
      MISSING+=("JDK 17 or newer is needed, javac is ${major:-unknown}; set JAVA_HOME and PATH, or: apt-get install openjdk-17-jdk-headless")
    fi
  fi
  at_least "Rust (rustc)" "$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/rust-core/Cargo.toml")" \
    "$(rustc --version 2>/dev/null | cut -d' ' -f2)" "rustup update stable"
  at_least "Go (go)" "$(sed -n 's/^go //p' "$ROOT/go-core/go.mod")" \
    "$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed 's/^go//')" "https://go.dev/dl"
  one_rust
  if [ ${#MISSING[@]} -gt 0 ]; then
    printf 'missing: %s\n' "${MISSING[@]}" >&2
    return 1
  fi
}

# one_rust: remembers for need_build_tools when cargo, clippy and rustc are of different installations. cargo's release may differ from
# rustc's in one directory only, where a distribution has put both.
one_rust() {
  local rustc cargo own clippy fix="put one installation that has all of them first on PATH, and unset CARGO and RUSTC"
  rustc=$(command -v "${RUSTC:-rustc}") && cargo=$(command -v "${CARGO:-cargo}") || return 0
  own=$(minor "$rustc" --version)
  if [ "$(dirname "$rustc")" != "$(dirname "$cargo")" ] && [ "$(minor "$cargo" --version)" != "$own" ]; then
    MISSING+=("$cargo is of Rust $(minor "$cargo" --version), $rustc of $own: each refuses what the other has compiled (E0514); install it: $fix")
  fi
  # clippy 0.1.95 is of Rust 1.95.
  clippy=$("$cargo" clippy --version 2>/dev/null | sed -n 's/^clippy 0\.\([0-9]*\.[0-9]*\).*/\1/p')
  if [ -n "$clippy" ] && [ "$clippy" != "$own" ]; then
    MISSING+=("clippy is of Rust $clippy, $rustc of $own: each refuses what the other has compiled (E0514); install it: $fix")
  fi
}

# minor PROGRAM ARGUMENT: 1.95 of "rustc 1.95.0 (...)".
minor() {
  "$@" 2>/dev/null | cut -d' ' -f2 | cut -d. -f1-2
}

# git_here ARGUMENT...: git in this repository, which may belong to another user than the one that runs this.
git_here() {
  git -C "$ROOT" -c safe.directory="$ROOT" "$@"
}

# files PATTERN...: the project's own files (tracked or new, not ignored) that match, from the root, one per line.
files() {
  git_here ls-files -co --exclude-standard -- "$@" |
    while read -r file; do if [ -f "$ROOT/$file" ]; then echo "$file"; fi; done
}

# targets_column NAME: that column of the targets table, one value per line, without repeats.
targets_column() {
  sed -n "s/^$1 = \"\(.*\)\"$/\1/p" "$ROOT/loader/src/main/targets/targets.toml" | awk '!seen[$0]++'
}

# Written by a generator and committed: their form is the generator's.
GENERATED='^(rust-core/include/|go-core/include/|.*/generated/|jni-glue/src/main/licenses/|.*\.lock$|.*go\.sum$)'
export GENERATED

# scripts: the project's shell scripts, whatever their name.
scripts() {
  files | while read -r file; do
    if head -c 64 "$ROOT/$file" | head -n 1 | grep -aqE '^#!.*\b(ba)?sh$'; then echo "$file"; fi
  done
  files 'ci/lib/*.sh'
}
