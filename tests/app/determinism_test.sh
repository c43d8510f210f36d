#!/usr/bin/env bash
# The graph is a function of the documents: any order, batches and threads give the same bytes.
# usage: determinism_test.sh TUPU ARTICLES
set -eu
tupu=$1
articles=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$tupu" extract --threads 1 "$articles" >"$scratch/one.jsonl"
"$tupu" extract --threads 8 "$articles" >"$scratch/eight.jsonl"
[ -s "$scratch/one.jsonl" ]
cmp "$scratch/one.jsonl" "$scratch/eight.jsonl"

"$tupu" build --store "$scratch/a" --threads 8 "$articles" 2>/dev/null >&2
# The same documents one by one, the last first.
find "$articles" -type f | LC_ALL=C sort -r >"$scratch/files"
while IFS= read -r file; do
  "$tupu" build --store "$scratch/b" --threads 1 "$file" 2>/dev/null >&2
done <"$scratch/files"
for store in a b; do
  "$tupu" export --store "$scratch/$store" --format jsonl -o "$scratch/$store.jsonl"
  "$tupu" check --store "$scratch/$store" >/dev/null
done
[ -s "$scratch/a.jsonl" ]
cmp "$scratch/a.jsonl" "$scratch/b.jsonl"

# Taken away and put back.
id=$("$tupu" query --store "$scratch/a" --format csv 'MATCH (p:Policy) UNWIND evidence(p) AS e RETURN e.document LIMIT 1' | tail -n 1)
"$tupu" rm --store "$scratch/a" "$id" 2>/dev/null >&2
"$tupu" export --store "$scratch/a" --format jsonl -o "$scratch/less.jsonl"
if cmp -s "$scratch/less.jsonl" "$scratch/b.jsonl"; then
  echo "removing $id changed nothing"
  exit 1
fi
"$tupu" build --store "$scratch/a" "$articles" 2>/dev/null >&2
"$tupu" export --store "$scratch/a" --format jsonl -o "$scratch/back.jsonl"
cmp "$scratch/back.jsonl" "$scratch/b.jsonl"
