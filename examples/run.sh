#!/usr/bin/env bash
# Installs, builds the release and does the main job on the articles beside this file: a graph, its
# summary, the answer to "who issued what"; then the shell, when on a terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/install
cmake --preset release
cmake --build --preset release
tupu=build/release/tupu
store=build/example-store
"$tupu" build --store "$store" examples/articles
echo
"$tupu" query --store "$store" \
  'MATCH (o)-[i:ISSUED]->(p:Policy) RETURN o.name AS issuer, p.name AS policy, i.date AS date ORDER BY policy, issuer'
if [ -t 0 ] && [ -t 1 ]; then
  exec "$tupu" repl --store "$store"
fi
echo
echo "Ask more with: $tupu repl --store $store"
