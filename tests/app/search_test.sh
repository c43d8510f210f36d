#!/usr/bin/env bash
# Search from end to end: what it shows, that its index is no part of the graph, and that it follows
# corrections and removals. usage: search_test.sh TUPU ARTICLES
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
  head -n 12 out | cut -c 1-300 | sed 's/^/  out: /'
  head -n 12 err | cut -c 1-300 | sed 's/^/  err: /'
  failed=1
}
expect() {
  local want=$1 got
  shift
  "$@" >out 2>err </dev/null
  got=$?
  [ "$got" = "$want" ] || fail "status $got, expected $want: $*"
}
on_out() { grep -qF -- "$1" out || fail "expected on standard output: $1"; }
not_on_out() { grep -qF -- "$1" out && fail "not expected on standard output: $1"; }
on_err() { grep -qF -- "$1" err || fail "expected on standard error: $1"; }

expect 0 "$tupu" build --store s "$articles"
"$tupu" export --store s --format jsonl -o before.jsonl
# Without an index first: a procedure only reads.
call="CALL db.index.fulltext.queryNodes('entities', '能源局') YIELD node, score RETURN node.name AS name, score > 0 AS good"
expect 0 "$tupu" query --store s --format csv "$call"
cp out unindexed
on_out '国家能源局,true'
expect 0 "$tupu" search --store s --entities 能源局
on_out '国家能源局 · Ministry'
on_out '国家【能源局】'
expect 0 "$tupu" query --store s --format csv "$call"
cmp -s out unindexed || fail 'the index changes what is found'
expect 1 "$tupu" query --store s "CALL db.index.fulltext.queryNodes('nodes', '能源局') YIELD node RETURN node"
on_err "there is 'entities'"

expect 0 "$tupu" search --store s --documents --format jsonl '"低空经济"'
grep -q '"id":"brief-001"' out || fail 'the document about it is not found'
on_out '【低空经济】'
expect 0 "$tupu" search --store s '没有 这样的话'
on_out 'nothing matches'
expect 1 "$tupu" search --store s '"能源局'
on_err 'has no fellow'
expect 2 "$tupu" search --store s --documents --entities 能源局
expect 0 "$tupu" check --store s
on_out 'clean'
"$tupu" export --store s --format jsonl -o after.jsonl
cmp -s before.jsonl after.jsonl || fail 'the index shows in an export'

# ---- corrections, removals, names by hand
printf '{"id":"新","text":"沙洲钢铁集团建设沙洲码头。"}\n' >doc.jsonl
expect 0 "$tupu" build --store s doc.jsonl
expect 0 "$tupu" search --store s --documents 沙洲码头
on_out 'document 新'
printf '{"id":"新","text":"沙洲钢铁集团建设海右铁路。"}\n' >doc.jsonl
expect 0 "$tupu" build --store s doc.jsonl
expect 0 "$tupu" search --store s --documents 沙洲码头
not_on_out 'document 新'
expect 0 "$tupu" search --store s --documents 海右铁路
on_out 'document 新'
expect 0 "$tupu" rm --store s 新
expect 0 "$tupu" search --store s 海右铁路
not_on_out '新'
expect 0 "$tupu" query --store s "CREATE (:Note {name: '手写的备忘'})"
expect 0 "$tupu" search --store s --entities 备忘
on_out '手写的'

# ---- what a statement or an import wrote goes by its origin
printf 'id:ID,name\n1,沙洲港务\n2,沙洲矿业\n' >nodes.csv
printf ':START_ID,:END_ID\n1,2\n' >edges.csv
expect 0 "$tupu" import --store s --nodes=Firm=nodes.csv --relationships=OWNS=edges.csv
expect 0 "$tupu" search --store s --entities 沙洲矿业
on_out '沙洲矿业'
expect 0 "$tupu" origins --store s --format csv
on_out '0,query,1,0'
on_out '1,import,2,1'
expect 1 "$tupu" rm --store s --origin 7
on_err 'there is no origin 7'
expect 2 "$tupu" rm --store s
on_err 'ID or --origin'
expect 0 "$tupu" rm --store s --origin 1
on_out 'removed origin 1: 2 nodes, 1 relationship'
expect 0 "$tupu" search --store s --entities 沙洲矿业
on_out 'nothing matches'
expect 0 "$tupu" rm --store s --origin 0
expect 0 "$tupu" origins --store s --format csv
not_on_out 'query'
"$tupu" export --store s --format jsonl -o after.jsonl
cmp -s before.jsonl after.jsonl || fail 'what origins wrote is not gone'
expect 0 "$tupu" check --store s
on_out 'clean'

[ $failed = 0 ] && echo 'all of it works'
exit $failed
