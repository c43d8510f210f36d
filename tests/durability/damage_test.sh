#!/usr/bin/env bash
# Damages single files of a store, by a flipped bit or a cut end: what reads it must then either give
# the very same graph or say what is wrong (exit status 1 and a message); it must never crash, hang
# or give another graph. Only a damaged log may cost commits, whole ones and the last: there damage
# looks like a write that a power failure cut off.
# usage: damage_test.sh TUPU INPUT [ROUNDS (default 200)] [SEED]
set -u
tupu=$(realpath "$1")
input=$(realpath "$2")
rounds=${3:-200}
RANDOM=${4:-1}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 same=0 told=0 older=0
fail() {
  echo "FAILED: $*"
  failed=$((failed + 1))
}

"$tupu" build --store "$scratch/store" --threads 2 "$input" >/dev/null || { echo "FAILED: the build"; exit 1; }
# Beside documents there is an import, and a full-text index.
printf 'id:ID,name\n1,沙洲港务\n2,沙洲矿业\n' >"$scratch/nodes.csv"
printf ':START_ID,:END_ID,share:double\n1,2,0.5\n' >"$scratch/edges.csv"
"$tupu" import --store "$scratch/store" --nodes="Firm=$scratch/nodes.csv" \
  --relationships="OWNS=$scratch/edges.csv" >/dev/null 2>&1 || fail "the import"
"$tupu" search --store "$scratch/store" 沙洲 >/dev/null || fail "the index"
# Half of the rounds meet it with everything in tables, half as the build left it.
cp -r "$scratch/store" "$scratch/tables"
"$tupu" compact --store "$scratch/tables" >/dev/null || fail "compact"
"$tupu" export --store "$scratch/store" --format jsonl -o "$scratch/right.jsonl" || fail "its export"

for ((i = 0; i < rounds; ++i)); do
  rm -rf "$scratch/hurt" "$scratch/out.jsonl"
  source=store
  [ $((i % 2)) = 1 ] && source=tables
  cp -r "$scratch/$source" "$scratch/hurt"
  mapfile -t files < <(find "$scratch/hurt" -type f -size +0 ! -name 'OPTIONS-*' ! -name IDENTITY ! -name LOCK | LC_ALL=C sort)
  file=${files[$((RANDOM % ${#files[@]}))]}
  size=$(stat -c %s "$file")
  at=$(((RANDOM * 32768 + RANDOM) % size))
  if [ $((RANDOM % 3)) = 0 ]; then
    how="cut to $at bytes"
    truncate -s "$at" "$file"
  else
    how="a bit of byte $at"
    byte=$(od -An -tu1 -j "$at" -N 1 "$file")
    printf "\\x$(printf %x $((byte ^ (1 << (RANDOM % 8)))))" |
      dd of="$file" bs=1 seek="$at" conv=notrunc status=none
  fi
  what="round $i: ${file##*/} of $size bytes, $how"
  timeout 60 "$tupu" export --store "$scratch/hurt" --format jsonl -o "$scratch/out.jsonl" >/dev/null 2>"$scratch/err"
  status=$?
  if [ "$status" = 0 ] && cmp -s "$scratch/right.jsonl" "$scratch/out.jsonl"; then
    same=$((same + 1))
  elif [ "$status" = 1 ] && grep -q '^tupu: ' "$scratch/err"; then
    told=$((told + 1))
  elif [ "$status" = 0 ] && [ "${file##*.}" = log ] &&
    timeout 60 "$tupu" check --store "$scratch/hurt" >/dev/null 2>&1; then
    older=$((older + 1))
  else
    fail "$what: status $status"
  fi
  timeout 60 "$tupu" check --store "$scratch/hurt" >/dev/null 2>&1
  [ $? -le 1 ] || fail "$what: check crashed or hung"
done
echo "{\"rounds\": $rounds, \"same_graph\": $same, \"error_told\": $told, \"older_commit\": $older, \"failed\": $failed}"
[ "$failed" = 0 ]
