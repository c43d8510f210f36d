#!/usr/bin/env bash
# Judgements from end to end: made, shown, kept in their file, applied again on re-building, undone.
# usage: judge_test.sh TUPU ARTICLES
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
on_err() { grep -qF -- "$1" err || fail "expected on standard error: $1"; }
export_to() { "$tupu" export --store "$1" --format jsonl -o "$2" 2>err || fail "export of $1"; }
same() { cmp -s "$1" "$2" || fail "$1 and $2 differ"; }

issued=(国家能源局 ISSUED 新型储能电站规划建设指引)
expect 0 "$tupu" build --store s "$articles"
export_to s plain.jsonl

# ---- reject: the edge goes, its sentence can still be seen
expect 0 "$tupu" reject --store s "${issued[@]}"
[ "$(cat s.judgements)" = "$(printf 'reject\t*\tISSUED\tMinistry:organ/国家能源局\tPolicy:新型储能电站规划建设指引\t')" ] ||
  fail "the file: $(cat s.judgements)"
expect 0 "$tupu" query --store s --format csv "MATCH (a {name: '国家能源局'})-[r:ISSUED]->() RETURN count(r) AS n"
on_out '0'
expect 0 "$tupu" why --store s "${issued[@]}"
on_out 'rejected: 国家能源局'
on_out '近日联合印发'
export_to s judged.jsonl
grep -q '"rejected":true' judged.jsonl || fail 'the export does not say what is rejected'

# ---- merge: one entity, and why
expect 0 "$tupu" merge --store s 海右重工集团 远澜汽车股份有限公司
expect 0 "$tupu" why --store s 海右重工集团
on_out 'merged by hand'
on_out '远澜汽车股份有限公司'
expect 1 "$tupu" split --store s 海右重工集团 远澜汽车股份有限公司
on_err 'contradict each other'
[ "$(wc -l <s.judgements)" = 2 ] || fail 'a refused judgement was kept'
expect 0 "$tupu" check --store s
on_out 'clean'
export_to s judged.jsonl
[ "$(grep -c '"kind":"judgement"' judged.jsonl)" = 2 ] || fail 'the export lacks judgements'

# ---- re-built in whatever way: the same bytes
rm -rf s
expect 0 "$tupu" build --store s "$articles"
on_out '2 judgements applied'
export_to s again.jsonl
same judged.jsonl again.jsonl
mv s.judgements kept
tac kept >shuffled
for file in "$articles"/*; do
  expect 0 "$tupu" build --store t --judgements shuffled --threads 1 "$file"
done
export_to t apart.jsonl
grep '"kind":"judgement"' judged.jsonl | cmp -s - <(grep '"kind":"judgement"' apart.jsonl) ||
  fail 'the judgements of a file in another order'
expect 0 "$tupu" check --store t
on_out 'clean'

# ---- without its file the store's own judgements stand, and a change writes them all
expect 0 "$tupu" build --store s "$articles"
export_to s again.jsonl
same judged.jsonl again.jsonl
expect 0 "$tupu" merge --store s Company:没有人提过 Company:也没有
[ "$(wc -l <s.judgements)" = 3 ] || fail 'the file is not whole'
expect 0 "$tupu" merge --store s --undo Company:没有人提过 Company:也没有
cmp -s kept s.judgements || fail 'the file is another than before'

# ---- undone exactly
expect 0 "$tupu" merge --store s --undo Company:海右重工集团 Company:远澜汽车股份有限公司
expect 0 "$tupu" reject --store s --undo "${issued[@]}"
export_to s undone.jsonl
same plain.jsonl undone.jsonl
expect 1 "$tupu" reject --store s --undo "${issued[@]}"
on_err 'no such fact is rejected'

# ---- review reads its answers from a pipe
printf 'n\ns\nmaybe\nn\n' | "$tupu" review --store s --statements --limit 3 --below 0.97 >out 2>err ||
  fail 'review'
on_out '3 questions, 2 judgements kept'
[ "$(grep -c '^reject' s.judgements)" = 2 ] || fail 'the answers are not in the file'
expect 0 "$tupu" check --store s
on_out 'clean'

# ---- a yes is kept as well: nothing is asked again, and nothing changes in the graph
cp s.judgements before.judgements
export_to s before.jsonl
yes y | "$tupu" review --store s --statements --below 0.97 >out 2>err || fail 'review with yes'
asked=$(sed -n 's/^\([0-9]*\) questions*, .*/\1/p' out)
[ "$asked" -gt 3 ] || fail 'too few weak statements to ask about'
[ "$(grep -c '^confirm' s.judgements)" -gt 3 ] || fail 'what was confirmed is not in the file'
yes y | "$tupu" review --store s --statements --below 0.97 >out 2>err || fail 'review again'
on_out '0 questions, 0 judgements kept'
export_to s after.jsonl
grep -v '"kind":"judgement"' after.jsonl | cmp -s - <(grep -v '"kind":"judgement"' before.jsonl) ||
  fail 'a confirmation changes the graph'
# The later word about one fact stands; a file that says both is refused.
said=$(grep $'^confirm\t.*\tISSUED\t' s.judgements | head -n 1)
lines=$(wc -l <s.judgements)
expect 0 "$tupu" reject --store s --document "$(cut -f 2 <<<"$said")" "$(cut -f 4 <<<"$said")" ISSUED "$(cut -f 5 <<<"$said")"
on_out "${said/confirm/reject}"
grep -qF -- "$said" s.judgements && fail 'what is rejected is still confirmed'
[ "$(wc -l <s.judgements)" = "$lines" ] || fail 'a line too many or too few'
said=$(grep '^confirm' s.judgements | head -n 1)
printf '%s\n' "${said/confirm/reject}" >wrong
cat s.judgements >>wrong
expect 1 "$tupu" build --store u --judgements wrong "$articles"
on_err 'confirmed and rejected'
mv before.judgements s.judgements
expect 0 "$tupu" build --store s "$articles"
export_to s again.jsonl
same before.jsonl again.jsonl

# ---- a body that was replaced names what took its place, and says why
printf '{"id":"旧","text":"环境保护部日前印发《沙洲湿地保护规划》。"}\n' >old.jsonl
expect 0 "$tupu" build --store o old.jsonl
expect 0 "$tupu" query --store o --format csv "MATCH (o:Ministry {successor: '生态环境部'}) RETURN o.name"
on_out '环境保护部'
expect 0 "$tupu" why --store o 环境保护部
on_out 'successor = 生态环境部'
on_out 'rule gazetteer'
expect 0 "$tupu" export --store o --format jsonl
on_out '"successor":"生态环境部"'

# ---- DELETE is a reject, in the file too; SET lies over what documents say until its origin goes
export_to o before.jsonl
expect 0 "$tupu" query --store o "MATCH (:Ministry)-[i:ISSUED]->(p) SET i.date = '2017-03-01', p.复核 = true"
expect 0 "$tupu" why --store o 环境保护部 ISSUED 沙洲湿地保护规划
on_out 'by hand: date = 2017-03-01 · origin 0'
expect 0 "$tupu" why --store o 沙洲湿地保护规划
on_out 'by hand: 复核 = true · origin 0'
expect 0 "$tupu" query --store o --format csv "MATCH ()-[i:ISSUED]->() RETURN evidence(i)[0].number AS n, evidence(i)[0].value AS v"
on_out '0,2017-03-01'
expect 0 "$tupu" rm --store o 旧
expect 0 "$tupu" build --store o old.jsonl
expect 0 "$tupu" query --store o --format csv "MATCH ()-[i:ISSUED]->(p) RETURN i.date, p.复核"
on_out '2017-03-01,true'
expect 0 "$tupu" origins --store o --format csv
on_out '0,query,0,0,2,0'
expect 0 "$tupu" rm --store o --origin 0
on_out '2 values set on what documents say'
export_to o after.jsonl
same before.jsonl after.jsonl
printf '# 我的话\n' >o.judgements
expect 0 "$tupu" query --store o "MATCH ()-[i:ISSUED]->() DELETE i"
on_err '1 relationship'
grep -q $'^reject\t\\*\tISSUED\t.*沙洲湿地保护规划' o.judgements || fail 'DELETE is not in the file'
grep -q '^# 我的话' o.judgements || fail 'a remark is lost'
expect 0 "$tupu" build --store o old.jsonl
expect 0 "$tupu" query --store o --format csv "MATCH ()-[i:ISSUED]->() RETURN count(i)"
on_out '0'
expect 0 "$tupu" why --store o 环境保护部 ISSUED 沙洲湿地保护规划
on_out 'rejected: '
expect 0 "$tupu" reject --store o --undo 环境保护部 ISSUED 沙洲湿地保护规划
export_to o after.jsonl
same before.jsonl after.jsonl

# ---- an entity is rejected alike by DELETE and by its name; building anew keeps it away
expect 1 "$tupu" query --store o "MATCH (p:Policy) DELETE p"
on_err 'DETACH DELETE takes them away'
expect 0 "$tupu" query --store o "MATCH (p:Policy) DETACH DELETE p"
on_err '1 node'
export_to o deleted.jsonl
grep -q '"rejected":true.*"says":"name"' deleted.jsonl || fail 'the export does not say what is rejected'
cp o.judgements by_query
grep -q $'^reject\t\\*\tPolicy:沙洲湿地保护规划@organ/环境保护部$' o.judgements || fail 'DELETE of a node is not in the file'
expect 0 "$tupu" reject --store o --undo Policy:沙洲湿地保护规划@organ/环境保护部
export_to o after.jsonl
same before.jsonl after.jsonl
expect 0 "$tupu" reject --store o 沙洲湿地保护规划
on_out 'reject'
same by_query o.judgements
rm -rf o
expect 0 "$tupu" build --store o old.jsonl
export_to o after.jsonl
same deleted.jsonl after.jsonl
expect 0 "$tupu" why --store o 沙洲湿地保护规划
on_out 'rejected: Policy:沙洲湿地保护规划'
on_out '印发'
expect 1 "$tupu" why --store o 环境保护部 ISSUED 沙洲湿地保护规划
on_err 'is rejected by a judgement'
expect 0 "$tupu" check --store o
on_out 'clean'
expect 0 "$tupu" reject --store o --undo 沙洲湿地保护规划
on_out 'taken back: reject'
export_to o after.jsonl
same before.jsonl after.jsonl
expect 1 "$tupu" reject --store o --undo 沙洲湿地保护规划
on_err 'no such entity is rejected'
expect 0 "$tupu" reject --store o --document 旧 沙洲湿地保护规划
grep -q $'^reject\t旧\tPolicy:沙洲湿地保护规划@organ/环境保护部$' o.judgements || fail 'a reject of one document is not in the file'
expect 0 "$tupu" reject --store o --undo --document 旧 沙洲湿地保护规划
expect 1 "$tupu" reject --store o --document 新 沙洲湿地保护规划
on_err 'says nothing of'
expect 1 "$tupu" reject --store o 没有这样的名字
export_to o after.jsonl
same before.jsonl after.jsonl

# ---- labels by hand: matched, told, exported with their origin, and taken back with it
expect 0 "$tupu" query --store o "MATCH (p:Policy) SET p:要点, p.复核 = true"
expect 0 "$tupu" query --store o --format csv "MATCH (p:要点) RETURN p.name"
on_out '沙洲湿地保护规划'
expect 0 "$tupu" why --store o 沙洲湿地保护规划
on_out '沙洲湿地保护规划 (Policy)'
on_out 'by hand: label 要点 · origin 0'
expect 0 "$tupu" origins --store o --format csv
on_out '0,query,0,0,1,1'
expect 1 "$tupu" query --store o "MATCH (p:Policy) REMOVE p:Policy"
on_err 'documents say that this node is a Policy'
export_to o labelled.jsonl
grep -q '"kind":"origin","labels":1,"nodes":0,"number":0,"properties":1' labelled.jsonl ||
  fail 'the export does not name the origin'
[ "$(grep -c '"kind":"overlay"' labelled.jsonl)" = 2 ] || fail 'the export does not tell what was set by hand'
expect 0 "$tupu" rm --store o --origin 0
on_out '1 label of what documents say'
export_to o after.jsonl
same before.jsonl after.jsonl
expect 0 "$tupu" check --store o
on_out 'clean'

# ---- what is wrong is said, and nothing is done
expect 1 "$tupu" merge --store s 海右重工集团 没有这样的名字
on_err '没有这样的名字'
expect 1 "$tupu" reject --store s 国家能源局 NO_TYPE 新型储能电站规划建设指引
on_err 'there is no relation type'
expect 1 "$tupu" build --store s --judgements missing "$articles"
on_err 'missing'
printf 'merge\tCompany:甲\n' >wrong
expect 1 "$tupu" build --store u --judgements wrong "$articles"
on_err 'wrong line 1: expected merge and two keys'
expect 2 "$tupu" merge --store s 海右重工集团
expect 2 "$tupu" reject --store s 国家能源局 ISSUED
expect 2 "$tupu" reject --store s
expect 1 "$tupu" reject --store s --title 局长 国家能源局
on_err 'not of an entity'

[ $failed = 0 ] && echo 'all of it works'
exit $failed
