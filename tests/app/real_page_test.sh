#!/usr/bin/env bash
# A real portal page through every room. usage: real_page_test.sh TUPU PAGE
# Exit status 77 (skipped) where the page is not at hand: real pages are not part of the project.
set -u
tupu=$1
page=$2
if [ ! -f "$page" ]; then
  echo "skipped: no page at $page"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
store=$scratch/store
failed=0

# expect NAME COMMAND… : its output must hold every line of standard input.
expect() {
  local name=$1 line
  shift
  if ! "$@" >"$scratch/out" 2>"$scratch/err"; then
    echo "FAILED $name: exit status of $*"
    cat "$scratch/err"
    failed=1
  fi
  while IFS= read -r line; do
    if ! grep -qF -- "$line" "$scratch/out"; then
      echo "FAILED $name: expected a line with: $line"
      failed=1
    fi
  done
}

rows() { "$tupu" query --store "$store" --format jsonl "$@"; }

expect build "$tupu" build --store "$store" "$page" </dev/null

expect issuers rows 'MATCH (o)-[:ISSUED]->(p:Policy) RETURN o.name AS issuer, p.name AS policy' <<'E2'
{"issuer":"工业和信息化部","policy":"工业园区高质量发展指引"}
{"issuer":"国家发展改革委","policy":"工业园区高质量发展指引"}
E2

# Five departments, four of them with the region elided.
expect 'five issuers of the notice in a teaser' rows \
  'MATCH (o)-[:ISSUED]->(p:Policy {name: "关于进一步优化调整本市房地产政策的通知"}) RETURN count(o) AS n' <<'E2'
{"n":5}
E2
expect 'elided regions are completed' rows \
  'MATCH (o)-[:ISSUED]->(p:Policy {name: "关于进一步优化调整本市房地产政策的通知"}) RETURN o.name AS issuer' <<'E2'
{"issuer":"上海市房屋管理局"}
{"issuer":"上海市财政局"}
{"issuer":"上海市税务局"}
E2

expect 'a post inside a centre' rows \
  'MATCH (p {name: "王莉"})-[h:HOLDS_POSITION]->() RETURN h.title AS title' <<'E2'
{"title":"副主任"}
E2
expect 'a post at an institution' rows \
  'MATCH (p {name: "陈昌盛"})-[h:HOLDS_POSITION]->(o) RETURN h.title AS title, o.name AS at' <<'E2'
{"title":"副主任","at":"国务院研究室"}
E2
expect 'two posts of one person' rows \
  'MATCH (p {name: "韩文秀"})-[h:HOLDS_POSITION]->(o) RETURN count(DISTINCT o) AS posts' <<'E2'
{"posts":2}
E2

# Short forms never join across articles: evidence and both ends' mentions lie in one article.
"$tupu" export --store "$store" --format jsonl -o "$scratch/graph.jsonl" || failed=1
expect 'why shows the sentence' "$tupu" why --store "$store" 工业和信息化部 ISSUED 工业园区高质量发展指引 <<'E2'
联合印发
E2

# Again: nothing changes. Removed: nothing is left.
"$tupu" build --store "$store" "$page" >/dev/null 2>&1 || failed=1
"$tupu" export --store "$store" --format jsonl -o "$scratch/again.jsonl" || failed=1
cmp "$scratch/graph.jsonl" "$scratch/again.jsonl" || { echo "FAILED: building twice changed the graph"; failed=1; }
expect check "$tupu" check --store "$store" </dev/null
expect rm "$tupu" rm --store "$store" page </dev/null
expect 'removal leaves nothing' rows 'MATCH (n) RETURN count(n) AS n' <<'E2'
{"n":0}
E2
expect 'check after removal' "$tupu" check --store "$store" </dev/null
exit $failed
