#!/usr/bin/env bash
# Random histories of a store: documents added, corrected and taken away, judgements made and taken
# back, in any order and batches. After every step the store agrees with itself; at the end what can
# be read of it is, byte for byte, what a build from scratch gives, with the judgements and, once
# they are taken back, without. Each history is given by its number.
# usage: history_test.sh STORE_TESTS [HISTORIES (default 1000)] [FIRST (default 0)]
# STORE_TESTS is build/dev/store_tests.
set -u
export TUPU_HISTORIES=${2:-1000} TUPU_FIRST_HISTORY=${3:-0}
said=$("$1" --test-case='a store in memory is a function of its documents' --no-path-filenames=1 2>&1)
status=$?
grep -oE '[0-9]+ histories: .*' <<<"$said" || status=1
if [ $status = 0 ]; then
  echo "all $TUPU_HISTORIES the same as from scratch"
else
  grep -vE '^$' <<<"$said" | head -n 40
  echo FAILED
fi
exit $status
