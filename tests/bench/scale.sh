#!/usr/bin/env bash
# What many documents cost, as JSON: building COUNT of them beside building 1,000 in a store of their own,
# building them again unchanged, taking one away, a full-text index, and how much memory each takes.
# usage: scale.sh TUPU DOCUMENTS.jsonl [COUNT (default 100000, 1000 at least)]
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
# From all rounds alike: documents with other sentences first take a little more to read, in any store.
awk -v step="$((count / 1000))" 'NR % step == 0' "$scratch/many.jsonl" | head -n 1000 >"$scratch/few.jsonl"
bytes() { "$scratch/texts" <"$scratch/$1.jsonl" | wc -c; }
many_bytes=$(bytes many) few_bytes=$(bytes few)

show() {
  echo " \"$1\": {\"seconds\": $seconds, \"cpu_seconds\": $cpu, \"of_them_in_rocksdb\": $behind, \"peak_kb\": $memory},"
}
rate() { awk -v b="$1" -v s="$2" -v l="$load" 'BEGIN { printf "%.3f", b / 1e6 / (s - l) }'; }

echo "{\"documents\": $count, \"text_bytes\": $many_bytes,"
# 1,000 into a store of their own, and nothing at all: three times before the long build and
# three times after it, as the noise of a machine changes while that goes on.
: >"$scratch/none.jsonl"
few_sum=0 none_sum=0 rounds=0
few_documents() {
  local i
  for i in 1 2 3; do
    rm -rf "$scratch/fresh"
    measure 0 "$tupu" build --store "$scratch/fresh" --threads 1 "$scratch/none.jsonl"
    none_sum=$(awk -v a="$none_sum" -v b="$cpu" 'BEGIN { print a + b }')
    rm -rf "$scratch/fresh"
    measure 0 "$tupu" build --store "$scratch/fresh" --threads 1 "$scratch/few.jsonl"
    few_sum=$(awk -v a="$few_sum" -v b="$cpu" 'BEGIN { print a + b }')
    rounds=$((rounds + 1))
  done
}
mean() { awk -v s="$1" -v n="$rounds" 'BEGIN { print s / n }'; }

few_documents
measure 0 "$tupu" build --store "$scratch/store" --threads 1 "$scratch/many.jsonl"
show build
build_cpu=$cpu build_behind=$behind
few_documents
load=$(mean "$none_sum")
few=$(rate "$few_bytes" "$(mean "$few_sum")")
whole=$(rate "$many_bytes" "$build_cpu")
many=$(rate "$many_bytes" "$(awk -v c="$build_cpu" -v b="$build_behind" 'BEGIN { print c - b }')")
first=$(awk -v s="$build_cpu" -v l="$load" 'BEGIN { print s - l }')
echo " \"load_cpu_seconds\": $load, \"mb_per_cpu_s_of_1000\": $few, \"mb_per_cpu_s\": $many, \"mb_per_cpu_s_with_rocksdb\": $whole,"
awk -v w="$whole" -v a="$many" -v b="$few" \
  'BEGIN { printf " \"to_1000\": %.3f, \"to_1000_on_one_core\": %.3f,\n", a / b, w / b }'
measure 0 "$tupu" build --store "$scratch/store" --threads 1 "$scratch/many.jsonl"
again=$(awk -v s="$cpu" -v l="$load" 'BEGIN { print s - l }')
show build_unchanged
awk -v f="$first" -v g="$again" 'BEGIN { printf " \"unchanged_times_as_fast\": %.1f,\n", f / g }'
# Taken from all over the store: what the program itself takes is in it.
removals= computing=
for i in 1 2 3 4 5 6 7 8 9; do
  id=$(sed -n "$((count / 10 * i))s/.*\"id\":\"\([^\"]*\)\".*/\1/p" "$scratch/many.jsonl")
  measure 0 "$tupu" rm --store "$scratch/store" "$id"
  removals="$removals $seconds" computing="$computing $cpu"
done
median() { tr ' ' '\n' <<<"$1" | sed '/^$/d' | sort -n | sed -n 5p; }
echo " \"removal_seconds\": $(median "$removals"), \"removal_cpu_seconds\": $(median "$computing"),"
measure 0 "$tupu" search --store "$scratch/store" --limit 1 国务院
show first_search
measure 0 "$tupu" search --store "$scratch/store" --limit 1 国务院
show search
measure 0 "$tupu" check --store "$scratch/store"
show check
echo " \"disk_kb\": $(du -sk "$scratch/store" | cut -f 1)}"
