#!/usr/bin/env bash
# Kills imports at random moments: each time the store must open, agree with itself and hold all of
# the import or nothing of it, beside what it held before.
# usage: import_kill_test.sh TUPU [KILLS (default 100)] [NODES (default 60000)] [SEED]
set -u
tupu=$(realpath "$1")
kills=${2:-100}
nodes=${3:-60000}
RANDOM=${4:-1}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 cut=0 all=0 none=0
fail() {
  echo "FAILED: $*"
  failed=$((failed + 1))
}
awk -v n="$nodes" 'BEGIN { print "id:ID,name"; for (i = 0; i < n; ++i) print i ",N" i }' >"$scratch/n.csv"
awk -v n="$nodes" 'BEGIN { print ":START_ID,:END_ID,w:int"
  for (i = 0; i < 3 * n; ++i) print (i * 7) % n "," (i * i) % n "," i }' >"$scratch/r.csv"
load() {
  "$tupu" import --store "$1" --nodes="N=$scratch/n.csv" --relationships="R=$scratch/r.csv"
}
count() { # nodes of a store that is clean
  local said
  said=$("$tupu" check --store "$1" 2>&1) || fail "check: $said"
  sed -n 's/^clean: .* \([0-9]*\) nodes.*/\1/p' <<<"$said"
}
load "$scratch/store" >/dev/null || fail 'the first import'
begin=$(date +%s%N)
load "$scratch/calm" >/dev/null || fail 'the calm import'
span=$((($(date +%s%N) - begin) / 1000000))
held=$nodes
for ((i = 0; i < kills; ++i)); do
  # Not the function: its shell would be killed in the program's place.
  "$tupu" import --store "$scratch/store" --nodes="N=$scratch/n.csv" \
    --relationships="R=$scratch/r.csv" >/dev/null 2>&1 &
  victim=$!
  sleep "$(awk -v r="$RANDOM" -v ms="$span" 'BEGIN { printf "%.3f", r / 32768 * ms * 1.2 / 1000 }')"
  if kill -KILL "$victim" 2>/dev/null; then cut=$((cut + 1)); fi
  wait "$victim" 2>/dev/null
  now=$(count "$scratch/store")
  if [ "$now" = "$held" ]; then
    none=$((none + 1))
  elif [ "$now" = $((held + nodes)) ]; then
    all=$((all + 1)) held=$now
  else
    fail "kill $i: $now nodes after $held"
    held=${now:-0}
  fi
  if [ "$held" -gt $((6 * nodes)) ]; then # small again, so that checking stays quick
    rm -rf "$scratch/store"
    load "$scratch/store" >/dev/null || fail 'an import'
    held=$nodes
  fi
done
echo "{\"kills\": $kills, \"in_time\": $cut, \"all\": $all, \"none\": $none, \"failed\": $failed}"
[ "$failed" = 0 ]
