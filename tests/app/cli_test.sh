#!/usr/bin/env bash
# The program as a user meets it: every command from end to end, exit statuses, what stands on which
# stream. usage: cli_test.sh TUPU
set -u
tupu=$(realpath "$1")
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

# expect STATUS COMMAND…: runs it; out and err hold what it printed.
expect() {
  local want=$1 got
  shift
  "$@" >out 2>err </dev/null
  got=$?
  [ "$got" = "$want" ] || fail "status $got, expected $want: $*"
}
on_out() { grep -qF -- "$1" out || fail "expected on standard output: $1"; }
on_err() { grep -qF -- "$1" err || fail "expected on standard error: $1"; }
nothing_on_out() { [ ! -s out ] || fail "expected nothing on standard output"; }
nothing_on_err() { [ ! -s err ] || fail "expected nothing on standard error"; }
lines_on_out() { [ "$(wc -l <out)" = "$1" ] || fail "expected $1 lines on standard output"; }

mkdir docs
cat >docs/bonds.txt <<'T'
关于地方债券的通知
2026年3月4日
财政部、国家税务总局日前联合印发《地方债券发行管理办法》。
T
cat >docs/more.jsonl <<'T'
{"id":"steel","date":"2026-03-02","title":"钢铁项目开工","text":"江苏省人民政府发布《钢铁行业转型方案》。\n沙洲钢铁集团投资12.5亿元建设沙洲绿色炼钢项目，项目位于江苏省。"}
{"id":"post","date":"2026-03-03","title":"任职","text":"江苏省财政厅厅长周建平出席会议。"}
T

# ---- usage ----
expect 2 "$tupu"
on_err 'tupu: '
nothing_on_out
expect 2 "$tupu" no-such-command
expect 2 "$tupu" query --store s
on_err 'QUERY'
expect 2 "$tupu" query --store s --format xml 'RETURN 1'
expect 2 "$tupu" query --store s --param novalue 'RETURN 1'
on_err 'name=value'
expect 2 "$tupu" export --store s --format nonsense
expect 2 "$tupu" why --store s 甲 乙
expect 2 "$tupu" build --store s --threads 0 docs
expect 0 "$tupu" --version
on_out 'tupu '
expect 0 "$tupu" --help
on_out 'Examples:'
for command in build extract eval gold query repl why export stats rm check compact backup restore \
  schema tagger scorer; do
  expect 0 "$tupu" $command --help
  on_out 'xample'
done

# ---- no store yet ----
expect 1 "$tupu" query --store nowhere 'RETURN 1'
on_err 'nowhere'
expect 1 "$tupu" check --store nowhere
on_err 'nowhere'
mkdir hollow
expect 0 "$tupu" check --store hollow
on_out 'empty'
expect 1 "$tupu" build --store s --schema hollow docs
on_err 'hollow'

# ---- build ----
expect 0 "$tupu" build --store s docs
on_out '3 added'
nothing_on_err
expect 0 "$tupu" build --store s docs
on_out '3 unchanged'
expect 0 "$tupu" check --store s
on_out 'clean: 3 documents'

# ---- backups ----
expect 0 "$tupu" backup --store s backups
on_out 'backup 1, '
expect 0 "$tupu" backup --store s --keep 1 backups
on_out 'backup 2, '
expect 0 "$tupu" restore backups --list
on_out 'backup 2, '
expect 0 "$tupu" restore backups --store restored
expect 0 "$tupu" check --store restored
on_out 'clean: 3 documents'
expect 1 "$tupu" restore backups --store restored
on_err 'something is there already'
expect 1 "$tupu" restore backups --number 1 --store earlier
on_err 'there is no whole backup 1'
expect 1 "$tupu" backup --store s docs
on_err 'holds no backups'
expect 2 "$tupu" restore backups
expect 0 "$tupu" compact --store restored
on_out ' now'
expect 0 "$tupu" check --store restored
on_out 'clean: 3 documents'

# A bad document is named and skipped, the rest stored.
printf '{"id":"ok","text":"财政部印发《政府采购管理细则》。"}\n{"id":"bad"}\nnot json\n' >mixed.jsonl
expect 1 "$tupu" build --store s mixed.jsonl missing.txt
on_err 'mixed.jsonl:2'
on_err 'mixed.jsonl:3'
on_err 'missing.txt'
on_out '1 added'
on_out '3 rejected'

# Twice in one run: the later date stands, in whatever order, and the other is reported.
old='{"id":"twice","date":"2026-01-01","text":"商务部印发《旧的管理办法》。"}'
new='{"id":"twice","date":"2026-02-01","text":"商务部印发《新的管理办法》。"}'
printf '%s\n%s\n' "$old" "$new" >forth.jsonl
printf '%s\n%s\n' "$new" "$old" >back.jsonl
expect 1 "$tupu" build --store forth forth.jsonl
on_err 'twice'
expect 1 "$tupu" build --store back back.jsonl
for store in forth back; do
  expect 0 "$tupu" query --store $store --format csv 'MATCH (p:Policy) RETURN p.name'
  on_out '新的管理办法'
  lines_on_out 2
done
# In a later run the same id is a correction.
printf '%s\n' "$old" >old.jsonl
expect 0 "$tupu" build --store forth old.jsonl
on_out '1 corrected'
expect 0 "$tupu" query --store forth --format csv 'MATCH (p:Policy) RETURN p.name'
on_out '旧的管理办法'

# ---- extract ----
expect 0 "$tupu" extract --threads 1 docs
lines_on_out 3
cp out one
expect 0 "$tupu" extract --threads 4 docs
cmp -s out one || fail 'extract depends on the number of threads'
expect 1 "$tupu" extract mixed.jsonl
lines_on_out 1
on_err 'mixed.jsonl:2'
expect 0 "$tupu" extract --explain docs/bonds.txt
on_out '财政部'

# ---- a program beside the built-in extractor ----
mkdir own
echo '岭北县海棠湾灯会开幕。' >own/lantern.txt
echo '岭北县海棠湾灯会出错。' >own/broken.txt
cat >own.sh <<'T'
while IFS= read -r line; do
  case $line in *出错*) exit 4 ;; esac
  printf '%s\n' '{"id":"lantern","entities":[{"id":"e","type":"Event","name":"海棠湾灯会"}]}'
done
T
expect 1 "$tupu" extract --extractor 'sh own.sh' own
on_err 'broken: extractor sh own.sh: ended with status 4 without an answer'
on_out '"name":"海棠湾灯会"'
[ "$(wc -l <out)" = 1 ] || fail "the other document stands alone"
expect 1 "$tupu" build --store own-store --extractor 'sh own.sh' own
expect 0 "$tupu" query --store own-store --format csv 'MATCH (e:Event) RETURN e.name'
on_out '海棠湾灯会'
expect 0 "$tupu" why --store own-store 海棠湾灯会
on_out 'extractor:sh'
expect 1 "$tupu" extract --extractor 'sleep 60' --extractor-timeout 0.1 own/lantern.txt
on_err 'did not answer within 100 ms'

# ---- eval ----
mkdir gold
cat >gold/bonds.json <<'T'
{"id":"bonds","entities":[{"id":"e1","type":"Ministry","name":"财政部"},{"id":"e2","type":"Policy","name":"地方债券发行管理办法"},{"id":"e3","type":"City","name":"无名市"}],"relations":[{"type":"ISSUED","from":"e1","to":"e2","props":{},"evidence":"财政部印发《办法》。"},{"type":"LOCATED_IN","from":"e1","to":"e3"}]}
T
expect 0 "$tupu" eval --gold gold --format json --errors errors.tsv --threads 4 docs
nothing_on_err
on_out '"documents":1,"missing_documents":[]'
on_out '"ISSUED":{"precision":0.5000'
cp out four
grep -q "^bonds	entity	missed	City	无名市	" errors.tsv || fail 'the missed city must be among the errors'
grep -q "^bonds	relation	spurious	ISSUED	国家税务总局 -> 地方债券发行管理办法	财政部、国家税务总局日前" errors.tsv ||
  fail 'the relation that gold lacks must be among the errors, with its sentence'
"$tupu" extract docs >facts.jsonl
expect 0 "$tupu" eval --gold gold --output facts.jsonl --format json
cmp -s out four || fail 'eval differs between documents and their extracted facts'
expect 0 "$tupu" eval --gold gold docs
on_out 'entities'
on_out '95 %'
printf '{"id":"nobody","entities":[],"relations":[]}\n' >nobody.jsonl
expect 0 "$tupu" eval --gold nobody.jsonl docs
on_err 'nobody'
on_out 'without output 1'
expect 1 "$tupu" eval --gold gold
on_err 'holds no text'
expect 2 "$tupu" eval --gold gold --output facts.jsonl docs
sed 's/"Ministry"/"Ministery"/' gold/bonds.json >wrong.jsonl
expect 1 "$tupu" eval --gold wrong.jsonl docs
on_err 'wrong.jsonl:1: at /entities/0/type: unknown type Ministery'

# ---- brat and doccano ----
expect 0 "$tupu" extract --format brat --out brat docs
nothing_on_out
[ -s brat/annotation.conf ] && [ -s brat/steel.txt ] && [ -s brat/steel.ann ] || fail 'the files of brat'
expect 1 "$tupu" extract --format brat --out brat docs
on_err 'holds something already'
expect 2 "$tupu" extract --format brat docs
expect 2 "$tupu" extract --out brat2 docs
expect 0 "$tupu" extract --format doccano --threads 4 docs
cp out doccano.jsonl
lines_on_out 3
expect 0 "$tupu" gold brat
lines_on_out 3
cp out from_brat
expect 0 "$tupu" gold doccano.jsonl
cmp -s out from_brat || fail 'brat and doccano hold different graphs'
for gold in brat doccano.jsonl; do
  expect 0 "$tupu" eval --gold $gold --output facts.jsonl --format json
  on_out '"relation":{"precision":1.0000,"precision_interval":[1.0000,1.0000],"recall":1.0000'
done
expect 0 "$tupu" eval --gold brat
on_out 'documents 3, without output 0'
printf 'T1\tCity 0 1\t无\n' >brat/steel.ann
expect 1 "$tupu" eval --gold brat
on_err 'steel.ann:1: there stands'

# ---- query ----
issued='MATCH (o)-[:ISSUED]->(p:Policy {name: "地方债券发行管理办法"}) RETURN o.name AS issuer, p.name AS policy ORDER BY issuer'
expect 0 "$tupu" query --store s --format jsonl "$issued"
on_out '{"issuer":"财政部","policy":"地方债券发行管理办法"}'
lines_on_out 2
expect 0 "$tupu" query --store s --format csv "$issued"
on_out 'issuer,policy'
expect 0 "$tupu" query --store s --format json "$issued"
on_out '['
expect 0 "$tupu" query --store s "$issued"
on_out ' issuer '
on_out '(2 rows)'
expect 0 "$tupu" query --store s --format jsonl --param 'n=[1,{"k":"值"}]' --param t=上海 'RETURN $n AS n, $t AS t'
on_out '{"n":[1,{"k":"值"}],"t":"上海"}'
expect 0 "$tupu" query --store s --format json 'MATCH (n:Nothing) RETURN n'
on_out '[]'
expect 1 "$tupu" query --store s 'MATCH (名:Policy RETURN 名'
on_err 'line 1, column 17'
on_err '^'
nothing_on_out
echo 'RETURN 7 AS seven' | "$tupu" query --store s --format csv - >out 2>err || fail 'query from standard input'
on_out '7'

# ---- repl without a terminal ----
printf ':mode jsonl\nRETURN 1 AS a; RETURN "；;" AS b;\nRETURN\n\n3 AS c\n' |
  "$tupu" repl --store s >out 2>err || fail 'repl on a pipe'
on_out '{"a":1}'
on_out '{"b":"；;"}'
on_out '{"c":3}'
nothing_on_err
printf 'RETURN nothing;\n:nonsense\n:why 财政部\n:quit\nRETURN 1;' | "$tupu" repl --store s >out 2>err
[ $? = 1 ] || fail 'errors in piped statements must show in the exit status'
on_err ':nonsense'
on_out '【财政部】'

# ---- writing by hand ----
cp -r s hand
expect 1 "$tupu" query --store nowhere 'CREATE (:城市)'
expect 0 "$tupu" query --store hand "CREATE (a:城市 {name: '甲城'})-[:铁路 {公里: 12}]->(:城市 {name: '乙城'})"
on_err 'created 2 nodes, 1 relationship; set 3 properties; added 2 labels'
nothing_on_out
expect 1 "$tupu" query --store hand "MATCH (n:城市) CREATE (:县) DELETE n"
on_err 'DETACH DELETE'
expect 0 "$tupu" query --store hand --format csv 'MATCH (n:县) RETURN count(n) AS n'
on_out '0'
nothing_on_err
printf "MATCH (n:城市 {name: '甲城'}) SET n.x = 5;\nMATCH (n:城市) WHERE n.x = 5 RETURN n.name;\n" |
  "$tupu" repl --store hand --format csv >out 2>err || fail 'writing in the repl'
on_out '(set 1 property)'
on_out '甲城'
expect 0 "$tupu" check --store hand
expect 0 "$tupu" query --store hand 'CREATE INDEX FOR (n:城市) ON (n.name)'
on_err 'created 1 index'
expect 0 "$tupu" query --store hand 'CREATE CONSTRAINT FOR (p:Policy) REQUIRE p.id IS UNIQUE'
expect 0 "$tupu" query --store hand --format csv 'SHOW INDEXES'
on_out 'index_城市_name'
expect 0 "$tupu" query --store hand "PROFILE MATCH (n:城市) WHERE n.name STARTS WITH '甲' RETURN n"
on_out 'milliseconds'
expect 1 "$tupu" query --store hand --max-rows 1 'MATCH (n) RETURN n'
on_err 'more than 1 rows'
expect 1 "$tupu" query --store hand --timeout 0.05 'UNWIND range(1, 100000000) AS x RETURN count(x)'
on_err 'takes more than 50 milliseconds'
expect 1 "$tupu" query --store hand --max-memory 1M 'RETURN size(range(1, 10000000))'
on_err 'bytes of memory'
expect 2 "$tupu" query --store hand --max-memory few 'RETURN 1'
printf ":begin\nCREATE (:试);\nCREATE (:试);\n:rollback\nMATCH (n:试) RETURN 'a' + count(n);
:begin\nCREATE (:试);\nCREATE (:试);\n:commit\nMATCH (n:试) RETURN 'b' + count(n);
:begin\nCREATE (:试);\nRETURN 1 / 0;\nMATCH (n:试) RETURN 'c' + count(n);\n:commit\n" |
  "$tupu" repl --store hand --format csv >out 2>err && fail 'a failure in a transaction'
on_out 'a0'
on_out 'b2'
on_out 'c2'
on_err 'the transaction is rolled back'
on_err 'no transaction is open'
(printf ':begin\nCREATE (:试);\n'; sleep 2; printf "CREATE (:试);\nMATCH (n:试) RETURN 'd' + count(n);\n") |
  "$tupu" repl --store hand --format csv --transaction-timeout 0.2 >out 2>err && fail 'an idle transaction'
on_err 'lay idle'
on_out 'd2'
expect 0 "$tupu" check --store hand
expect 0 "$tupu" rm --store hand bonds
expect 0 "$tupu" check --store hand
expect 0 "$tupu" query --store hand --format csv 'MATCH (:城市)-[r:铁路]->(:城市) RETURN r.公里'
on_out '12'

# ---- why ----
expect 0 "$tupu" why --store s 财政部
on_out '【财政部】、国家税务总局日前联合印发'
on_out 'bonds'
expect 0 "$tupu" why --store s 财政部 ISSUED 地方债券发行管理办法
on_out '【财政部】'
on_out '【地方债券发行管理办法】'
on_out 'done'
expect 1 "$tupu" why --store s 财政不
on_err '财政部'
nothing_on_out
expect 1 "$tupu" why --store s 财政部 NO_SUCH 地方债券发行管理办法
on_err 'ISSUED'
expect 1 "$tupu" why --store s 地方债券发行管理办法 ISSUED 财政部
on_err 'the other way round'

# ---- export ----
for format in jsonl relations-csv relations-jsonl entities-csv entities-jsonl graphml; do
  expect 0 "$tupu" export --store s --format $format
  cp out direct
  expect 0 "$tupu" export --store s --format $format -o "$format.out"
  nothing_on_out
  cmp -s direct "$format.out" || fail "$format differs between -o and standard output"
done
"$tupu" build --store reversed docs/more.jsonl mixed.jsonl >out 2>err
expect 0 "$tupu" build --store reversed docs
for format in jsonl relations-csv entities-jsonl graphml; do
  expect 0 "$tupu" export --store reversed --format $format
  cmp -s out "$format.out" || fail "$format depends on the order of building"
done
expect 1 "$tupu" export --store s --format jsonl -o no/such/folder/file
"$tupu" export --store s --format jsonl 2>err | head -n 1 >out
[ "${PIPESTATUS[0]}" = 0 ] || fail 'a reader that leaves early is no failure'
[ ! -s err ] || fail 'a reader that leaves early is no reason for a message'
if [ -w /dev/full ]; then
  "$tupu" export --store s --format jsonl >/dev/full 2>err
  [ $? = 1 ] || fail 'a full disk is a failure'
  on_err 'standard output'
fi

# ---- stats ----
expect 0 "$tupu" stats --store s
on_out 'documents'
on_out 'Policy'
on_out 'Best connected'
expect 0 "$tupu" stats --store s --format json --top 3
on_out '"documents":4'

# ---- rm ----
expect 1 "$tupu" rm --store s post nobody
on_out 'removed 1 document'
on_err 'nobody'
expect 1 "$tupu" why --store s 周建平
expect 0 "$tupu" check --store s
on_out 'clean: 3 documents'
expect 0 "$tupu" rm --store s bonds steel ok
expect 0 "$tupu" query --store s --format csv 'MATCH (n) RETURN count(n) AS n'
on_out '0'
expect 0 "$tupu" check --store s

# ---- import ----
printf 'id:ID,name,:LABEL\n1,林远舟,人\n2,沙洲码头,\n' >nodes.csv
printf ':START_ID,:END_ID,since:int\n1,2,2020\n' | gzip >edges.csv.gz
expect 0 "$tupu" import --store imported --id-type=integer --nodes=物=nodes.csv --relationships=建=edges.csv.gz
on_out 'imported 2 nodes, 1 relationship'
expect 0 "$tupu" query --store imported --format csv 'MATCH (a:人:物 {id: 1})-[r:建]->(b:物) RETURN b.name, r.since'
on_out '沙洲码头,2020'
expect 0 "$tupu" check --store imported
printf 'id:ID\n3\n3\n' >again.csv
expect 1 "$tupu" import --store imported --id-type=integer --nodes=again.csv
on_err 'again.csv:3: the id 3 came before'
expect 0 "$tupu" query --store imported --format csv 'MATCH (n) RETURN count(n) AS n'
on_out '2'
expect 2 "$tupu" import --store imported --id-type=float --nodes=again.csv

# ---- schema ----
expect 0 "$tupu" schema
on_out 'HOLDS_POSITION'
on_out 'LocalGovernment'
expect 0 "$tupu" schema test
on_out 'all examples hold'
# What is wrong in any of the files that extraction reads is named with its place.
schemas=$("$tupu" schema | sed -n 's/^Schemas in //p')
# spoil FILE LINE WANT: what test says of a copy of the schemas whose FILE has one LINE more.
spoil() {
  rm -rf spoilt && cp -r "$schemas" spoilt && printf '%s\n' "$2" >>"spoilt/$1"
  expect 1 "$tupu" schema test --schema spoilt
  on_err "$1:$(wc -l <"spoilt/$1"): "
  on_err "$3"
  nothing_on_out
}
spoil gazetteers/zones.tsv "$(tail -n 1 "$schemas/gazetteers/zones.tsv")" 'stands twice'
spoil gazetteers/zones.tsv $'x/1\tProvinz\t沙洲省\t\t\t' '"Provinz"'
spoil lexicons/heads.tsv '沙洲' 'columns'

# ---- tagger ----
printf '沙 B-Zone\n洲 I-Zone\n园 I-Zone\n区 I-Zone\n动 O\n工 O\n\n今 O\n天 O\n动 O\n工 O\n\n' >one.bio
for i in 1 2 3 4 5 6 7 8; do cat one.bio; done >train.bio
expect 0 "$tupu" tagger train --out model.bin train.bio
on_out 'features'
expect 0 "$tupu" tagger eval --model model.bin one.bio
tail -n 1 out | grep -Eq '^all precision [01]\.[0-9]{4} recall [01]\.[0-9]{4} F1 [01]\.[0-9]{4}$' ||
  fail 'the last line of tagger eval is read by programs'
expect 1 "$tupu" tagger eval --model docs/bonds.txt one.bio
expect 1 "$tupu" tagger train --out model.bin missing.bio

# ---- scorer ----
# Gold graphs without relations: whatever is claimed is wrong.
mkdir -p judged && for file in docs/*.txt; do
  id=$(basename "$file" .txt)
  printf '{"id":"%s","entities":[],"relations":[]}\n' "$id" >"judged/$id.json"
done
rm -rf lenient && cp -r "$schemas" lenient && rm -f lenient/scorer/claims.bin
expect 0 "$tupu" extract --schema lenient docs
on_out '"relations":[{'
expect 0 "$tupu" scorer train --out claims.bin --gold judged --documents docs
grep -Eq '^trained on [1-9]' out || fail 'there are claims to learn from'
on_out 'in five folds: 0.0 % of all claims are right'
rm -rf strict && cp -r "$schemas" strict && mkdir -p strict/scorer && cp claims.bin strict/scorer
expect 0 "$tupu" extract --schema strict docs
grep -q '"relations":\[{' out && fail 'a scorer that has seen only wrong claims keeps none'
printf 'no model' >strict/scorer/claims.bin
expect 1 "$tupu" extract --schema strict docs
on_err 'claims.bin'
expect 2 "$tupu" scorer train --out claims.bin --documents docs
expect 1 "$tupu" scorer train --out claims.bin --gold judged --documents missing

[ $failed = 0 ] && echo 'all of it works'
exit $failed
