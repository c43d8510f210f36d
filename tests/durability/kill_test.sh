#!/usr/bin/env bash
# Kills builds at random moments: each time the store must open, agree with itself and hold a whole
# number of documents, never fewer than before; and building on must end with the graph of a build
# that was never disturbed, byte for byte.
# usage: kill_test.sh TUPU INPUT [KILLS (default 200)] [SEED]
# Commits are of 64 KiB of text, so that INPUT of a megabyte is killed between many of them.
set -u
tupu=$(realpath "$1")
input=$(realpath "$2")
kills=${3:-200}
RANDOM=${4:-1}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 cut=0 whole=0 stores=0
fail() {
  echo "FAILED: $*"
  failed=$((failed + 1))
}

begin=$(date +%s%N)
"$tupu" build --store "$scratch/calm" --threads 2 --batch 64 "$input" >/dev/null || { echo "FAILED: the calm build"; exit 1; }
span=$((($(date +%s%N) - begin) / 1000000))
"$tupu" export --store "$scratch/calm" --format jsonl -o "$scratch/calm.jsonl" || fail "its export"

held=0 between=0
total=$("$tupu" check --store "$scratch/calm" | sed -n 's/^clean: \([0-9]*\) document.*/\1/p')
for ((i = 0; i < kills; ++i)); do
  flags=()
  [ $((i % 2)) = 1 ] && flags=(--sync)
  "$tupu" build --store "$scratch/store" --threads 2 --batch 64 "${flags[@]}" "$input" >/dev/null 2>&1 &
  victim=$!
  sleep "$(awk -v r="$RANDOM" -v ms="$span" 'BEGIN { printf "%.3f", r / 32768 * ms / 1000 }')"
  if kill -KILL "$victim" 2>/dev/null; then cut=$((cut + 1)); fi
  wait "$victim" 2>/dev/null
  if [ -e "$scratch/store" ]; then
    said=$("$tupu" check --store "$scratch/store" 2>&1) || fail "kill $i: check: $said"
    documents=$(sed -n 's/^clean: \([0-9]*\) document.*/\1/p' <<<"$said")
    [ "${documents:-0}" -ge "$held" ] || fail "kill $i: $documents documents after $held"
    held=${documents:-0}
    [ "$held" -gt 0 ] && [ "$held" -lt "$total" ] && between=$((between + 1))
  fi
  # Every fourth time it is built to the end, compared, and begun anew.
  if [ $((i % 4)) = 3 ] || [ $((i + 1)) = "$kills" ]; then
    "$tupu" build --store "$scratch/store" --threads 2 "$input" >/dev/null 2>&1 || fail "kill $i: the last build"
    "$tupu" export --store "$scratch/store" --format jsonl -o "$scratch/end.jsonl" || fail "kill $i: export"
    if cmp -s "$scratch/calm.jsonl" "$scratch/end.jsonl"; then
      whole=$((whole + 1))
    else
      fail "kill $i: another graph than the calm build's"
    fi
    stores=$((stores + 1)) held=0
    rm -rf "$scratch/store" "$scratch/end.jsonl"
  fi
done
echo "{\"kills\": $kills, \"in_time\": $cut, \"between_commits\": $between, \"stores\": $stores, \"equal\": $whole, \"failed\": $failed}"
[ "$failed" = 0 ] && [ "$whole" = "$stores" ]
