#!/usr/bin/env bash
# How fast extraction and building are, as JSON: megabytes of UTF-8 text a second, on one core and on
# two, and beside them cppjieba's Tag on the same text in the same run, with the ratio.
# usage: speed.sh TUPU DOCUMENTS.jsonl [CPPJIEBA]
# CPPJIEBA is a folder with cppjieba's headers and dictionaries, such as the npm package nodejieba
# carries; without it that part is left out:
#   npm pack nodejieba@2.6.0 && tar xzf nodejieba-2.6.0.tgz && speed.sh … package
# Loading (schemas, dictionaries) counts in all of them, so give it a good many documents. On a machine
# that does other things too, the seconds of computing are what can be compared. The ratio is of those.
set -eu
tupu=$(realpath "$1")
documents=$(realpath "$2")
jieba=${3:+$(realpath "$3")}
here=$(dirname "$(realpath "$0")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8

. "$here/measure.sh"
rate() { awk -v b="$bytes" -v s="$1" 'BEGIN { printf "%.2f", b / 1e6 / s }'; }
show() {
  echo " \"$1\": {\"seconds\": $seconds, \"mb_per_s\": $(rate "$seconds"), \"cpu_seconds\": $cpu, \"mb_per_cpu_s\": $(rate "$cpu"), \"peak_kb\": $memory},"
}

# Bytes of text alone, without the JSON around it, are what the build's own summary counts too.
g++ -O2 -std=c++17 -o "$scratch/texts" "$here/texts.cpp"
"$scratch/texts" <"$documents" >"$scratch/texts.txt"
bytes=$(stat -c %s "$scratch/texts.txt")

echo "{\"text_bytes\": $bytes,"
for threads in 1 2; do
  cpus=0
  [ "$threads" = 2 ] && cpus=0,1
  measure "$cpus" "$tupu" extract --threads "$threads" "$documents"
  show "extract_$threads"
  [ "$threads" = 1 ] && alone=$cpu
  measure "$cpus" "$tupu" build --store "$scratch/store$threads" --threads "$threads" "$documents"
  show "build_$threads"
done
measure 0 "$tupu" build --store "$scratch/store1" --threads 1 "$documents"
show build_unchanged
if [ -n "$jieba" ]; then
  dictionary=$(dirname "$(find "$jieba" -name jieba.dict.utf8 | sort | head -n 1)")
  include=$(dirname "$(dirname "$(find "$jieba" -path '*/cppjieba/Jieba.hpp' | sort | head -n 1)")")
  flags=(-I "$include")
  for log in $(find "$jieba" -path '*/limonp/Logging.hpp' | sort | head -n 1); do
    flags+=(-I "$(dirname "$(dirname "$log")")")
  done
  g++ -O2 -std=c++17 -w "${flags[@]}" -o "$scratch/jieba" "$here/cppjieba.cpp"
  measure 0 "$scratch/jieba" "$dictionary" "$scratch/texts.txt"
  show cppjieba_tag
  echo " \"extract_to_tag\": $(awk -v a="$alone" -v b="$cpu" 'BEGIN { printf "%.2f", b / a }'),"
fi
echo " \"cpu\": \"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)\"}"
