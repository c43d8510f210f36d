#!/usr/bin/env bash
# Reads every export back with a foreign tool: the number of nodes and edges that each sees is the
# graph's. usage: export_test.sh TUPU ARTICLES
set -u
tupu=$(realpath "$1")
articles=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export NO_COLOR=1 LC_ALL=C.UTF-8
failed=0
fail() {
  echo "FAILED: $*"
  failed=1
}

"$tupu" build --store store "$articles" >/dev/null 2>&1 || fail "build"
# What is written by hand is exported, too, with or without an id of its own.
"$tupu" query --store store 'CREATE (:Note {text: "甲"})-[:ABOUT]->(:Note {text: "乙"})' 2>/dev/null || fail "write"
count() { "$tupu" query --store store --format csv "$1" | tail -n 1 | tr -d '\r'; }
nodes=$(count 'MATCH (n) RETURN count(*)')
edges=$(count 'MATCH ()-[r]->() RETURN count(*)')
[ "$nodes" -gt 20 ] && [ "$edges" -gt 20 ] || fail "a graph of $nodes nodes and $edges edges"

export_as() { "$tupu" export --store store --format "$1" -o "$2" || fail "export $1"; }
same() { [ "$2" = "$3" ] || fail "$1: $2, expected $3"; }

for format in graphml gexf; do
  export_as "$format" "graph.$format"
  xmllint --noout "graph.$format" || fail "$format is not well-formed"
  for pair in "node $nodes" "edge $edges"; do
    set -- $pair
    same "$1s in $format" "$(xmllint --xpath "count(//*[local-name()='$1'])" "graph.$format")" "$2"
  done
done

export_as dot graph.dot
same "nodes in dot" "$(gvpr 'BEG_G { print(nNodes($G)) }' graph.dot)" "$nodes"
same "edges in dot" "$(gvpr 'BEG_G { print(nEdges($G)) }' graph.dot)" "$edges"

export_as ntriples graph.nt
export_as turtle graph.ttl
triples=$(rapper -q -c -i ntriples graph.nt 2>&1; rapper -q -i ntriples -o ntriples graph.nt | sort -u | wc -l)
same "triples in Turtle" "$(rapper -q -i turtle -o ntriples graph.ttl | sort -u | wc -l)" "$triples"
rapper -q -i turtle -o ntriples graph.ttl | sort -u >from_turtle
rapper -q -i ntriples -o ntriples graph.nt | sort -u >from_ntriples
cmp from_turtle from_ntriples || fail "Turtle and N-Triples differ"
same "statements in RDF" "$(grep -c 'rdf-syntax-ns#subject>' from_ntriples)" "$edges"

export_as neo4j-csv neo4j
same "files for neo4j" "$(ls neo4j | tr '\n' ' ')" "nodes.csv relationships.csv "
export_as nebula nebula
same "entities for NebulaGraph" "$(tail -n +2 nebula/entities.csv | wc -l)" "$nodes"
same "edges for NebulaGraph" "$(tail -q -n +2 nebula/edge_*.csv | wc -l)" "$edges"
"$tupu" export --store store --format nebula >/dev/null 2>err && fail "a folder format needs a folder"
grep -q -- '--output FOLDER' err || fail "it does not say so"

export_as cypher graph.cypher
same "statements in Cypher" "$(grep -c '^M.*;$' graph.cypher)" $((nodes + edges))
export_as ftm graph.ftm
export_as jsonld graph.jsonld

[ "$failed" = 0 ] && echo "all formats read back: $nodes nodes, $edges edges"
exit "$failed"
