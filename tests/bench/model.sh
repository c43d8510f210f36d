#!/usr/bin/env bash
# Whether the models in schemas are what their cards say: trains all again from the annotated
# documents that they name, and compares the bytes. What rules and lists find is a feature, so the
# bytes are the same only with the program and the schemas that the models were trained with.
# PAGES and MORE are folders with docs/ and gold/ (tests/gold/README.md says how to restore PAGES).
# With OUT, which must be empty or new, the models stay there, as schemas has them.
# usage: model.sh TUPU PAGES MORE [OUT]
set -euo pipefail
tupu=$(realpath "$1") pages=$(realpath "$2") more=$(realpath "$3") out=${4:+$(realpath -m "$4")}
cd "$(dirname "$(realpath "$0")")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
out=${out:-$scratch/out}
mkdir -p "$out"
[ -z "$(ls -A "$out")" ] || { echo "$out: expected an empty folder" >&2; exit 2; }
mkdir -p "$out/tagger" "$out/scorer" "$scratch/first"
for doc in "$pages"/docs/s*.json; do ln -s "$doc" "$scratch/first/"; done
gold=(--gold "$more/gold" --gold "$pages/gold")
more=(--documents "$more/docs")

# tagger FILE DOCUMENTS
tagger() {
  "$tupu" tagger train --schema schemas --out "$1" --epochs 5 --threshold 0.1 "${gold[@]}" \
    "${more[@]}" --documents "$2"
}
"$tupu" tagger train --schema schemas --fields --out "$out/tagger/fields.bin" --epochs 10 \
  --threshold 0.03 "${gold[@]}" "${more[@]}" --documents "$scratch/first"
# The scorer learns from claims that a tagger of half the pages leads to: on pages that it has seen
# a tagger is right too often.
cp -r schemas "$scratch/schemas"
cp "$out/tagger/fields.bin" "$scratch/schemas/tagger/"
tagger "$scratch/schemas/tagger/model.bin" "$scratch/first"
"$tupu" scorer train --schema "$scratch/schemas" --out "$out/scorer/claims.bin" "${gold[@]}" \
  "${more[@]}" --documents "$pages/docs"
tagger "$out/tagger/model.bin" "$pages/docs"

status=0
for model in tagger/model tagger/fields scorer/claims; do
  if cmp "$out/$model.bin" "schemas/$model.bin"; then
    echo "$model.bin: the same, byte for byte"
  else
    status=1
  fi
done
exit $status
