#!/usr/bin/env bash
# What many documents cost, as JSON: building COUNT of them beside building the first 1,000, building
# them again unchanged, taking one away, a full-text index, and how much memory each takes.
# usage: scale.sh TUPU DOCUMENTS.jsonl [COUNT (default 100000)]
# The documents are those given, over and over, each round changed (vary.cpp). Rates are of text by
# seconds of computing, without what loading the schemas takes, so that they can be compared on a
# machine that does other things too: once without RocksDB's threads, which work beside the program
# where there is a second core, once with them.
set -eu
tupu=$(realpath "$1")
documents=$(realpath "$2")
count=${3:-100000}
here=$(dirname "$(realpath "$0")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
. "$here/measure.sh"

g++ -O2 -std=c++20 -o "$scratch/vary" "$here/vary.cpp"
g++ -O2 -std=c++20 -o "$scratch/texts" "$here/texts.cpp"
"$scratch/vary" "$count" <"$documents" >"$scratch/many.jsonl"
head -n 1000 "$scratch/many.jsonl" >"$scratch/few.jsonl"
bytes() { "$scratch/texts" <"$scratch/$1.jsonl" | wc -c; }
many_bytes=$(bytes many) few_bytes=$(bytes few)

show() {
  echo " \"$1\": {\"seconds\": $seconds, \"cpu_seconds\": $cpu, \"of_them_in_rocksdb\": $behind, \"peak_kb\": $memory},"
}
rate() { awk -v b="$1" -v s="$2" -v l="$load" 'BEGIN { printf "%.3f", b / 1e6 / (s - l) }'; }

echo "{\"documents\": $count, \"text_bytes\": $many_bytes,"
# The least of three: nothing but noise makes it more.
least() { # STORE FILE
  local i best=
  for i in 1 2 3; do
    rm -rf "$scratch/$1"
    measure 0 "$tupu" build --store "$scratch/$1" --threads 1 "$scratch/$2"
    best=$(awk -v a="$cpu" -v b="${best:-$cpu}" 'BEGIN { print a < b ? a : b }')
  done
  cpu=$best
}
: >"$scratch/none.jsonl"
least none none.jsonl
load=$cpu
least few few.jsonl
few=$(rate "$few_bytes" "$cpu")
show first_1000
measure 0 "$tupu" build --store "$scratch/store" --threads 1 "$scratch/many.jsonl"
whole=$(rate "$many_bytes" "$cpu")
many=$(rate "$many_bytes" "$(awk -v c="$cpu" -v b="$behind" 'BEGIN { print c - b }')") first=$(awk -v s="$cpu" -v l="$load" 'BEGIN { print s - l }')
show build
measure 0 "$tupu" build --store "$scratch/store" --threads 1 "$scratch/many.jsonl"
again=$(awk -v s="$cpu" -v l="$load" 'BEGIN { print s - l }')
show build_unchanged
# Taken from all over the store: what the program itself takes is in it.
removals=
for i in 1 2 3 4 5 6 7 8 9; do
  id=$(sed -n "$((count / 10 * i))s/.*\"id\":\"\([^\"]*\)\".*/\1/p" "$scratch/many.jsonl")
  measure 0 "$tupu" rm --store "$scratch/store" "$id"
  removals="$removals $seconds"
done
removal=$(tr ' ' '\n' <<<"$removals" | sed '/^$/d' | sort -n | sed -n 5p)
measure 0 "$tupu" search --store "$scratch/store" --limit 1 国务院
show first_search
measure 0 "$tupu" search --store "$scratch/store" --limit 1 国务院
show search
measure 0 "$tupu" check --store "$scratch/store"
show check
echo " \"disk_kb\": $(du -sk "$scratch/store" | cut -f 1),"
echo " \"load_cpu_seconds\": $load, \"mb_per_cpu_s_first_1000\": $few, \"mb_per_cpu_s\": $many, \"mb_per_cpu_s_with_rocksdb\": $whole,"
awk -v w="$whole" -v a="$many" -v b="$few" -v f="$first" -v g="$again" -v r="$removal" \
  'BEGIN { printf " \"of_first_1000\": %.3f, \"of_first_1000_on_one_core\": %.3f, \"unchanged_times_as_fast\": %.1f, \"removal_ms_median\": %.0f}\n", a / b, w / b, f / g, r * 1000 }'
