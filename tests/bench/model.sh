#!/usr/bin/env bash
# Whether the tagger's model in schemas/tagger is what its card says: trains it again from the three
# files of labels that the card names and compares the bytes. The gazetteers' matches are features, so
# training takes the schemas of the revision that the model was trained with, out of the repository.
# usage: model.sh TUPU GOLD.bio FEWFC.bio SILVER.bio
set -euo pipefail
revision=99789a680cf0efc4d851be204432b1fa02f12717
tupu=$(realpath "$1")
gold=$(realpath "$2") fewfc=$(realpath "$3") silver=$(realpath "$4")
cd "$(dirname "$(realpath "$0")")/../.."
for file in "$gold" "$fewfc" "$silver"; do
  grep -q "$(sha256sum "$file" | cut -d ' ' -f 1)" schemas/tagger/README.md ||
    { echo "$file is not one of the files that schemas/tagger/README.md names" >&2; exit 1; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git archive "$revision" schemas | tar x -C "$scratch"
"$tupu" tagger train --schema "$scratch/schemas" --out "$scratch/model.bin" --epochs 6 --seed 1 --threshold 0.12 \
  "$gold" "$gold" "$gold" "$fewfc" "$silver"
cmp "$scratch/model.bin" schemas/tagger/model.bin && echo "the same model, byte for byte"
