#!/usr/bin/env bash
# The graph benchmark: tupu, Kùzu and plain RocksDB by hand (the floor) in turn on the same files, in
# one run, and the ratios, as JSON. Everything on one thread; medians.
# usage: graph.sh BUILD BENCH DATA
# BUILD is a build folder with tupu and tests/graph_bench; BENCH has bench_kuzu.cjs, floor (compiled) and,
# where Kùzu is to take part, node_modules with kuzu@0.11.3; DATA what generate.mjs and reference wrote.
# Kùzu's figures are of prepared statements through Node, whose calls cost something too. Needs half
# a gigabyte of disk below DATA.
set -eu
build=$(realpath "$1")
bench=$(realpath "$2")
data=$(realpath "$3")
scratch=$(mktemp -d -p "$data")
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8

for file in nodes rels; do tail -n +2 "$data/$file.csv" >"$scratch/$file.csv"; done
echo 'id:ID,name,kind,score:double,created:date' >"$scratch/nodes.head.csv"
echo ':START_ID,:END_ID,since:int,weight:double' >"$scratch/rels.head.csv"

echo 'tupu …' >&2
begin=$(date +%s.%N)
nice "$build/tupu" import --store "$scratch/store" --id-type=integer \
  --nodes=Entity="$scratch/nodes.head.csv,$scratch/nodes.csv" \
  --relationships=LINK="$scratch/rels.head.csv,$scratch/rels.csv" >&2
load=$(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }')
nice "$build/tests/graph_bench" --store "$scratch/store" "$data" >"$scratch/tupu.json" || true
if [ -d "$bench/node_modules/kuzu" ]; then
  echo 'Kùzu …' >&2
  (cd "$bench" && NODE_PATH=node_modules nice node bench_kuzu.cjs "$data" 1 "$scratch/kuzu.json") >&2
fi
if [ -x "$bench/floor" ]; then
  echo 'floor …' >&2
  nice "$bench/floor" "$data" >"$scratch/floor.txt"
  rm -rf "$data/floor_B"
fi
rm -rf "$data/kuzu"

node - "$scratch" "$load" <<'SCRIPT'
const fs = require('fs'), [, , dir, load] = process.argv;
const json = f => fs.existsSync(f) ? JSON.parse(fs.readFileSync(f, 'utf8')) : {};
const tupu = json(dir + '/tupu.json'), kuzu = json(dir + '/kuzu.json');
const floor = {};
if (fs.existsSync(dir + '/floor.txt')) {
  const text = fs.readFileSync(dir + '/floor.txt', 'utf8');
  const names = {lookup: 'lookup_by_key', hop1: 'hop1', hop2_paths: 'hop2_paths', hop2_distinct: 'hop2_distinct',
    hop3_walks: 'hop3_paths', hop3_distinct: 'hop3_distinct', shortest: 'shortest_path'};
  for (const [, name, value, unit] of text.matchAll(/^ +(\w+) +median ([\d.]+) (us|ms)/gm))
    if (names[name]) floor[names[name]] = unit === 'us' ? value / 1000 : +value;
  const top = /^top10 ([\d.]+) ms/m.exec(text), all = /^LOAD total ([\d.]+)s/m.exec(text);
  if (top) floor.top10_outdegree = +top[1];
  if (all) floor.load_total_s = +all[1];
}
const out = {tupu_version: tupu.version, kuzu_version: kuzu.version, load_total_s: {tupu: +load, kuzu: kuzu.load_total_s,
  floor: floor.load_total_s}, disk_bytes: {tupu: tupu.disk_bytes, kuzu: kuzu.disk_bytes}, medians_ms: {}};
const ratio = (a, b) => a && b ? +(a / b).toPrecision(3) : undefined;
out.load_total_s.kuzu_to_tupu = ratio(kuzu.load_total_s, +load);
out.disk_bytes.kuzu_to_tupu = ratio(kuzu.disk_bytes, tupu.disk_bytes);
for (const [name, of] of Object.entries(tupu)) if (of && of.cypher !== undefined) {
  const k = (kuzu[name] || {}).median;
  out.medians_ms[name] = {tupu: of.median, kuzu: k, floor: floor[name], kuzu_to_tupu: ratio(k, of.median),
    tupu_to_floor: ratio(of.median, floor[name]), mismatches: of.mismatches, error: of.error};
}
const hand = (tupu.triangles_by_hand || {}).median, mine = (tupu.triangles || {}).median;
if (hand && mine) out.medians_ms.triangles.tupu_to_hand = ratio(mine, hand);
console.log(JSON.stringify(out, null, 1));
SCRIPT
