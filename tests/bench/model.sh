#!/usr/bin/env bash
# Whether the models in schemas/tagger are what their card says: trains both again from the annotated
# documents that it names, and compares the bytes. What rules and lists find is a feature, so the
# bytes are the same only with the program and the schemas that the models were trained with.
# PAGES and MORE are folders with docs/ and gold/ (tests/gold/README.md says how to restore PAGES).
# usage: model.sh TUPU PAGES MORE
set -euo pipefail
tupu=$(realpath "$1") pages=$(realpath "$2") more=$(realpath "$3")
cd "$(dirname "$(realpath "$0")")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
documents=(--documents "$more/docs" --documents "$pages/docs")
"$tupu" tagger train --schema schemas --out "$scratch/model.bin" --epochs 5 --threshold 0.1 \
  --gold "$more/gold" --gold "$pages/gold" "${documents[@]}"
"$tupu" tagger train --schema schemas --fields --out "$scratch/fields.bin" --epochs 10 --threshold 0.03 \
  --gold "$more/gold" --gold "$pages/gold" "${documents[@]}"
status=0
for model in model fields; do
  if cmp "$scratch/$model.bin" "schemas/tagger/$model.bin"; then
    echo "$model.bin: the same, byte for byte"
  else
    status=1
  fi
done
exit $status
