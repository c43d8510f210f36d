#!/usr/bin/env bash
# Installs, builds and passes the tests: layout, warnings as errors, then all of them once plainly and
# once under the address and undefined-behaviour sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/install
export TUPU_CACHE="$PWD/build/cache"  # not the one in the user's home
git ls-files -z '*.h' '*.cpp' | xargs -0 clang-format-14 --dry-run --Werror
for preset in ci asan; do
  cmake --preset "$preset"
  cmake --build --preset "$preset"
  ctest --preset "$preset"
done
cmake --build --preset ci --target all_verify_interface_header_sets
