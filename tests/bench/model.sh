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
mkdir -p "$out/tagger" "$out/scorer" "$scratch/first" "$scratch/second"
for doc in "$pages"/docs/s*.json; do ln -s "$doc" "$scratch/first/"; done
for doc in "$pages"/docs/[tu]*.json; do ln -s "$doc" "$scratch/second/"; done

# taggers FOLDER DOCUMENTS
taggers() {
  local from=(--schema schemas --gold "$more/gold" --gold "$pages/gold" --documents "$more/docs"
    --documents "$2" --recall-bias 1.5)
  "$tupu" tagger train --out "$1/model.bin" --epochs 5 --threshold 0.1 "${from[@]}"
  "$tupu" tagger train --fields --out "$1/fields.bin" --epochs 10 --threshold 0.03 "${from[@]}"
}
# The scorer learns from pages that the taggers before it have not seen: on those that it has seen a
# tagger is right too often.
cp -r schemas "$scratch/schemas"
taggers "$scratch/schemas/tagger" "$scratch/first"
"$tupu" scorer train --schema "$scratch/schemas" --out "$out/scorer/claims.bin" \
  --gold "$pages/gold" --documents "$scratch/second"
taggers "$out/tagger" "$pages/docs"

status=0
for model in tagger/model tagger/fields scorer/claims; do
  if cmp "$out/$model.bin" "schemas/$model.bin"; then
    echo "$model.bin: the same, byte for byte"
  else
    status=1
  fi
done
exit $status
