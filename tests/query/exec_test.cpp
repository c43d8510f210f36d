// What queries give, asked of the graph in graph.cpp and of no graph at all.
#include <doctest/doctest.h>

#include <limits>

#include "tests/query/graph.h"

namespace tupu::query {
namespace {

struct Case {
  const char* text;
  const char* want;
};

template <std::size_t N>
void CheckExpressions(const Case (&cases)[N]) {
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Evaluate(c.text) == c.want);
  }
}

template <std::size_t N>
void CheckQueries(const Case (&cases)[N]) {
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const Answer answer = Ask(c.text);
    CHECK(answer.error == "");
    CHECK(Join(answer.rows) == c.want);
  }
}

TEST_CASE("null is what is not known") {
  static constexpr Case kCases[] = {
      {"null = null", "null"},
      {"null <> 1", "null"},
      {"NOT null", "null"},
      {"true OR null", "true"},
      {"false OR null", "null"},
      {"false AND null", "false"},
      {"true AND null", "null"},
      {"true XOR null", "null"},
      {"null IS NULL", "true"},
      {"1 IN []", "false"},
      {"null IN []", "false"},
      {"null IN [1]", "null"},
      {"1 IN [1, null]", "true"},
      {"2 IN [1, null]", "null"},
      {"1 IN null", "null"},
      {"[1, null] = [1, 2]", "null"},
      {"[1, null] = [2, null]", "false"},
      {"[1] = [1, null]", "false"},
      {"{a: null} = {a: 1}", "null"},
      {"{a: null} = {b: null}", "false"},
      {"null.x", "null"},
      {"null[0]", "null"},
      {"[1][null]", "null"},
      {"[1, 2][null..]", "null"},
      {"null + 1", "null"},
      {"-null", "null"},
      {"toUpper(null)", "null"},
      {"coalesce(null, null, 3)", "3"},
      {"null STARTS WITH 'a'", "null"},
      {"all(x IN [true, null] WHERE x)", "null"},
      {"all(x IN [false, null] WHERE x)", "false"},
      {"any(x IN [true, null] WHERE x)", "true"},
      {"none(x IN [false, null] WHERE x)", "null"},
      {"single(x IN [true, null] WHERE x)", "null"},
      {"single(x IN [true, true, null] WHERE x)", "false"},
      {"all(x IN [] WHERE false)", "true"},
      {"all(x IN null WHERE true)", "null"},
      {"[x IN null | x]", "null"},
      {"reduce(s = 1, x IN null | s)", "null"},
      {"CASE null WHEN null THEN 1 ELSE 2 END", "2"},
      {"CASE WHEN null THEN 1 END", "null"},
  };
  CheckExpressions(kCases);
}

TEST_CASE("equality and order of values") {
  static constexpr Case kCases[] = {
      {"1 = 1.0", "true"},
      {"1 = '1'", "false"},
      {"0.0 / 0.0 = 0.0 / 0.0", "false"},
      {"0.0 / 0.0 <> 0.0 / 0.0", "true"},
      {"0.0 / 0.0 < 1", "false"},
      {"0.0 / 0.0 < 'a'", "null"},
      {"1 < 'a'", "null"},
      {"1 < 2 < 3", "true"},
      {"1 < 3 < 2", "false"},
      {"1 < null < 0", "null"},
      {"2 < 1 < null", "false"},
      {"'北京' < '上海'", "false"},
      {"[1, 2] < [1, 3]", "true"},
      {"[1] < [1, 0]", "true"},
      {"[1, null] < [1, 2]", "null"},
      {"[1, 'a'] < [2, 1]", "true"},
      {"{a: 1} < {a: 2}", "null"},
      {"true > false", "true"},
      {"9007199254740993 = 9007199254740992.0", "false"},
  };
  CheckExpressions(kCases);
  const Answer sorted =
      Ask("UNWIND [null, 2, 'b', true, [1], {a: 1}, 1.5, false, 'a', 0.0 / 0.0] AS x "
          "RETURN x ORDER BY x");
  CHECK(Join(sorted.rows) == "{\"a\":1}\n[1]\n\"a\"\n\"b\"\nfalse\ntrue\n1.5\n2\n\"NaN\"\nnull");
}

TEST_CASE("arithmetic") {
  static constexpr Case kCases[] = {
      {"7 / 2", "3"},
      {"-7 / 2", "-3"},
      {"-7 % 3", "-1"},
      {"7 / 2.0", "3.5"},
      {"7.5 % 2", "1.5"},
      {"2 ^ 10", "1024.0"},
      {"1 / 0.0", "\"Infinity\""},
      {"-9223372036854775808 % -1", "0"},
      {"-(-9223372036854775807 - 1)",
       "error: line 1, column 8: 0 - -9223372036854775808 does not fit into 64 bits"},
      {"'第' + 3 + '章'", "\"第3章\""},
      {"'a' + 1.5", "\"a1.5\""},
      {"[1] + [2] + 3", "[1,2,3]"},
      {"0 + [1]", "[0,1]"},
      {"abs(-2), abs(-2.5), sign(-3), sign(0.0)", "2 | 2.5 | -1 | 0"},
      {"ceil(1.2), floor(-1.2), round(2.5), round(-2.5), round(0.49999999999999994)",
       "2.0 | -2.0 | 3.0 | -2.0 | 0.0"},
      {"sqrt(16), exp(0), log(e()), log10(100)", "4.0 | 1.0 | 1.0 | 2.0"},
      {"degrees(pi()), radians(180) = pi(), atan2(0, 1)", "180.0 | true | 0.0"},
  };
  CheckExpressions(kCases);
}

TEST_CASE("strings count code points") {
  static constexpr Case kCases[] = {
      {"size('上海市')", "3"},
      {"substring('上海市浦东', 3)", "\"浦东\""},
      {"substring('上海市', 1, 1)", "\"海\""},
      {"substring('上海', 5)", "\"\""},
      {"left('上海市', 2), right('上海市', 1), left('上', 9)", "\"上海\" | \"市\" | \"上\""},
      {"reverse('上海😀')", "\"😀海上\""},
      {"toUpper('straße'), toLower('ＡＢ')", "\"STRASSE\" | \"ａｂ\""},
      {"trim('　上 '), lTrim(' a '), rTrim(' a ')", "\"上\" | \"a \" | \" a\""},
      {"replace('甲乙甲', '甲', '丙丙'), replace('a', '', 'b')", "\"丙丙乙丙丙\" | \"a\""},
      {"split('甲、乙、', '、'), split('', ','), split('上海', '')",
       "[\"甲\",\"乙\",\"\"] | [\"\"] | [\"上\",\"海\"]"},
      {"'上海市' STARTS WITH '上', '上海市' ENDS WITH '市', '上海市' CONTAINS '海'",
       "true | true | true"},
      {"'上海市' =~ '.*市', '上海市' =~ '上'", "true | false"},
      {"toString(1.0), toString(true), toString('甲')", "\"1.0\" | \"true\" | \"甲\""},
      {"toInteger('42'), toInteger('4.9'), toInteger('四'), toInteger(1e30)",
       "42 | 4 | null | null"},
      {"toFloat('1e3'), toFloat('x'), toBoolean('TRUE'), toBoolean('是')",
       "1000.0 | null | true | null"},
  };
  CheckExpressions(kCases);
}

TEST_CASE("lists and maps") {
  static constexpr Case kCases[] = {
      {"[1, 2, 3][0], [1, 2, 3][-1], [1, 2, 3][3], [1][-2]", "1 | 3 | null | null"},
      {"[1, 2, 3][1..], [1, 2, 3][..-1], [1, 2, 3][-9..9], [1, 2][2..1]",
       "[2,3] | [1,2] | [1,2,3] | []"},
      {"{a: 1, b: {c: 2}}.b.c, {a: 1}['a'], {a: 1}.z", "2 | 1 | null"},
      {"range(1, 7, 3), range(3, 1, -1), range(2, 1)", "[1,4,7] | [3,2,1] | []"},
      {"range(9223372036854775806, 9223372036854775807)",
       "[9223372036854775806,9223372036854775807]"},
      {"head([1, 2]), last([1, 2]), tail([1, 2]), head([]), tail([])", "1 | 2 | [2] | null | []"},
      {"size([1, [2, 3]]), reverse([1, 2]), keys({b: 1, a: null})", "2 | [2,1] | [\"a\",\"b\"]"},
      {"[x IN range(1, 5) WHERE x % 2 = 1 | x * x]", "[1,9,25]"},
      {"[x IN [1, 2] | [y IN [10, 20] | x + y]]", "[[11,21],[12,22]]"},
      {"reduce(s = 0, x IN [1, 2, 3] | s * 10 + x)", "123"},
      {"properties({a: 1})", "{\"a\":1}"},
      {"CASE 2 WHEN 1 THEN '一' WHEN 2 THEN '二' END", "\"二\""},
      {"CASE WHEN false THEN 1 ELSE 3 END", "3"},
  };
  CheckExpressions(kCases);
}

TEST_CASE("aggregates") {
  static constexpr Case kCases[] = {
      {"UNWIND [1, null, 2, 2] AS x RETURN count(*), count(x), count(DISTINCT x), sum(x)",
       "4 | 3 | 2 | 5"},
      {"UNWIND [1, 2, 4] AS x RETURN avg(x), min(x), max(x), collect(x)",
       "2.3333333333333335 | 1 | 4 | [1,2,4]"},
      {"UNWIND [] AS x RETURN count(x), sum(x), avg(x), min(x), collect(x), stDev(x)",
       "0 | 0 | null | null | [] | 0.0"},
      {"UNWIND [2, 4, 4, 4, 5, 5, 7, 9] AS x RETURN stDevP(x), percentileDisc(x, 0.5), "
       "percentileCont(x, 0.25)",
       "2.0 | 4 | 4.0"},
      {"UNWIND [1, 'a', [1], true] AS x RETURN min(x), max(x)", "[1] | 1"},
      {"UNWIND [1, 2.5] AS x RETURN sum(x)", "3.5"},
      {"UNWIND ['甲', '乙', '甲'] AS x RETURN x, count(*) AS c ORDER BY c DESC",
       "\"甲\" | 2\n\"乙\" | 1"},
      {"UNWIND [1, 2, 3] AS x RETURN x % 2 AS odd, sum(x) * 2 + 1 AS s ORDER BY odd",
       "0 | 5\n1 | 9"},
      {"UNWIND [1, 1.0, 2] AS x RETURN count(DISTINCT x)", "2"},
      {"UNWIND [null, null] AS x RETURN x, count(*)", "null | 2"},
      {"UNWIND [3, 1, 2] AS x WITH x ORDER BY x RETURN collect(x)", "[1,2,3]"},
      {"UNWIND [1, 2, 3] AS x WITH x WHERE x > 1 RETURN max(x) - min(x)", "1"},
  };
  CheckQueries(kCases);
}

TEST_CASE("rows: UNWIND, WITH, DISTINCT, SKIP, LIMIT, UNION") {
  static constexpr Case kCases[] = {
      {"UNWIND [1, 2] AS x UNWIND ['a', 'b'] AS y RETURN x, y",
       "1 | \"a\"\n1 | \"b\"\n2 | \"a\"\n2 | \"b\""},
      {"UNWIND null AS x RETURN x", ""},
      {"UNWIND 5 AS x RETURN x", "5"},
      {"UNWIND range(1, 9) AS x RETURN x SKIP 2 LIMIT 3", "3\n4\n5"},
      {"UNWIND range(1, 9) AS x RETURN x ORDER BY x DESC LIMIT 2", "9\n8"},
      {"UNWIND range(1, 3) AS x RETURN x LIMIT 0", ""},
      {"UNWIND range(1, 3) AS x RETURN x SKIP 5", ""},
      {"UNWIND [2, 1, 2, null, null] AS x RETURN DISTINCT x ORDER BY x", "1\n2\nnull"},
      {"UNWIND [1, 2] AS x WITH x AS y, x * 10 AS z RETURN z + y AS s ORDER BY s DESC", "22\n11"},
      {"UNWIND [[2, 'b'], [1, 'b'], [1, 'a']] AS p RETURN p[0] AS n, p[1] AS c ORDER BY c, n DESC",
       "1 | \"a\"\n2 | \"b\"\n1 | \"b\""},
      {"RETURN 1 AS x UNION RETURN 1 AS x UNION RETURN 2 AS x", "1\n2"},
      {"RETURN 1 AS x UNION ALL RETURN 1 AS x", "1\n1"},
      {"WITH 1 AS a, 2 AS b WITH *, 3 AS c RETURN *", "1 | 2 | 3"},
      {"WITH 1 AS x RETURN x + 1 AS x ORDER BY x", "2"},
      {"UNWIND range(1, 5000) AS x WITH x WHERE x % 2 = 0 RETURN count(*), sum(x)",
       "2500 | 6252500"},
      {"UNWIND range(1, 30000) AS x RETURN x ORDER BY x % 7, x DESC LIMIT 3",
       "29995\n29988\n29981"},
  };
  CheckQueries(kCases);
}

TEST_CASE("patterns") {
  static constexpr Case kCases[] = {
      {"MATCH (o)-[:ISSUED]->(p:Policy) RETURN o.name, p.name ORDER BY o.name, p.name",
       "\"住房和城乡建设部\" | \"关于促进绿色建筑发展的意见\"\n\"商务部\" | "
       "\"关于促进绿色建筑发展的意见\"\n\"商务部\" | \"县域商业建设指南\""},
      {"MATCH (p:Policy)<-[r:ISSUED {status: 'planned'}]-(o) RETURN o.name, r.status",
       "\"商务部\" | \"planned\""},
      {"MATCH (n {name: '住房和城乡建设部'}) RETURN n.name, aliases(n)",
       "\"住房和城乡建设部\" | [\"住建部\"]"},
      {"MATCH (n {name: '住建部'}) RETURN n", ""},  // an alias is no name
      {"MATCH (n) WHERE '蓝湾' IN aliases(n) RETURN n.name", "\"蓝湾重工\""},
      {"MATCH (n:无此标签) RETURN n", ""},
      {"MATCH (n)-[:无此类型]->() RETURN n", ""},
      {"MATCH (n:Organisation:Company) RETURN n.name ORDER BY n.name",
       "\"蓝湾重工\"\n\"远山科技\""},
      {"MATCH (a:Company)-[:INVESTS]->(b)-[:INVESTS]->(a) RETURN a.name, b.name ORDER BY a.name",
       "\"蓝湾重工\" | \"远山科技\"\n\"远山科技\" | \"蓝湾重工\""},
      {"MATCH (a:Company)-[r:INVESTS]-(b:Company) RETURN count(*), count(DISTINCT r)", "4 | 2"},
      {"MATCH (a)-[r1]->(b)<-[r2]-(c) WHERE a.name = '商务部' RETURN c.name",
       "\"住房和城乡建设部\""},
      {"MATCH (a:Policy), (b:Project) RETURN count(*)", "4"},
      {"MATCH (a:Official)-[r1]->(b), (a)-[r2]->(c) RETURN r1.title, r2.title ORDER BY r1.title",
       "\"司长\" | \"处长\"\n\"处长\" | \"司长\""},
      {"MATCH (a:Official)-[r1]->(b) MATCH (a)-[r2]->(c) RETURN count(*)", "4"},
      {"MATCH (a:Official)-[r]->(b) MATCH (x)-[r]->(y) RETURN x = a, y = b",
       "true | true\ntrue | "
       "true"},
      {"MATCH (a:Official)-[r]->(b) MATCH (x)-[r]-(y) RETURN count(*)", "4"},
      {"MATCH (a:Official)-[r]->(b) MATCH (x)-[r:ISSUED]-(y) RETURN count(*)", "0"},
      {"MATCH (a)-[:ISSUED|HOLDS_POSITION]->() RETURN count(*)", "5"},
      {"MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS c ORDER BY t",
       "\"HOLDS_POSITION\" | 2\n\"INVESTS\" | 5\n\"ISSUED\" | 3"},
      {"MATCH (n) RETURN count(*), count(n.amount)", "9 | 2"},
      {"MATCH (n:Entity) RETURN labels(n)[1] AS l, count(*) ORDER BY l",
       "\"Entity\" | 2\n\"Ministry\" | 2\n\"Official\" | 1\n\"Policy\" | 2\n\"Project\" | 2"},
      {"MATCH (n) WHERE n:Company OR n:Project RETURN count(*)", "4"},
      {"MATCH (n) WITH n ORDER BY n.name LIMIT 1 MATCH (n)-->(m) RETURN count(m)", "0"},
      {"WITH 1 AS x MATCH (n:Policy) WHERE n.date STARTS WITH '2024' RETURN x, n.date",
       "1 | \"2024-11\""},
      {"UNWIND ['商务部', '没有', null] AS k MATCH (n {name: k}) RETURN k, n.name",
       "\"商务部\" | \"商务部\""},
      {"MATCH (n:Official) WITH [n, 1] AS l WITH l[0] AS m MATCH (m)-->(x) RETURN count(x)", "2"},
  };
  CheckQueries(kCases);
}

TEST_CASE("variable lengths and paths") {
  static constexpr Case kCases[] = {
      {"MATCH (a {name: '远山科技'})-[:INVESTS*1..2]->(x) RETURN x.name ORDER BY x.name",
       "\"云港智算中心\"\n\"云港智算中心\"\n\"海上风电基地\"\n\"蓝湾重工\"\n\"远山科技\""},
      {"MATCH (a {name: '远山科技'})-[*0..0]->(x) RETURN x = a", "true"},
      {"MATCH (a {name: '远山科技'})-[r*2]->(x {name: '海上风电基地'}) "
       "RETURN [e IN r | endNode(e).name]",
       "[\"蓝湾重工\",\"海上风电基地\"]"},
      {"MATCH (x {name: '海上风电基地'})<-[r*2]-(a {name: '远山科技'}) "
       "RETURN [e IN r | endNode(e).name]",
       "[\"海上风电基地\",\"蓝湾重工\"]"},
      {"MATCH p = (a {name: '远山科技'})-[*]->(x:Project) RETURN length(p) AS l, count(*) ORDER BY "
       "l",
       "1 | 1\n2 | 2\n3 | 1"},
      {"MATCH p = (a {name: '远山科技'})-[*3]->(x) RETURN [n IN nodes(p) | n.name]",
       "[\"远山科技\",\"蓝湾重工\",\"远山科技\",\"云港智算中心\"]"},
      {"MATCH p = (x:Project)<-[*2]-(a {name: '远山科技'})-[:INVESTS]->(y:Project) "
       "RETURN [n IN nodes(p) | left(n.name, 2)] ORDER BY x.name",
       "[\"云港\",\"蓝湾\",\"远山\",\"云港\"]\n[\"海上\",\"蓝湾\",\"远山\",\"云港\"]"},
      {"MATCH (a:Company)-[*2 {status: 'planned'}]->() RETURN count(*)", "0"},
      {"MATCH (a:Company)-[*1 {status: 'planned'}]->(x) RETURN x.name", "\"海上风电基地\""},
      {"MATCH (a:Company)-[*3..2]->() RETURN count(*)", "0"},
      {"MATCH (a {name: '远山科技'})-[*1..2]-(b {name: '蓝湾重工'}) RETURN count(*)", "3"},
      {"MATCH (a:Official)-[r*]->(x) WITH r LIMIT 1 MATCH (f)-[r*]->(t) RETURN f.name", "\"周明\""},
      {"MATCH p = (n:Official) RETURN length(p), size(nodes(p)), relationships(p)", "0 | 1 | []"},
      {"MATCH p = (:Official)-[:HOLDS_POSITION {title: '司长'}]->() "
       "RETURN [r IN relationships(p) | r.title]",
       "[\"司长\"]"},
  };
  CheckQueries(kCases);
}

TEST_CASE("OPTIONAL MATCH") {
  static constexpr Case kCases[] = {
      {"MATCH (o:Ministry) OPTIONAL MATCH (o)-[:ISSUED]->(p {date: '2024-11'}) "
       "RETURN o.name, p.name ORDER BY o.name",
       "\"住房和城乡建设部\" | null\n\"商务部\" | \"县域商业建设指南\""},
      {"OPTIONAL MATCH (n:无) RETURN n, n.name, labels(n)", "null | null | null"},
      {"OPTIONAL MATCH (n:无) MATCH (n)-->(m) RETURN m", ""},
      {"OPTIONAL MATCH (n:无) OPTIONAL MATCH p = (n)-[r]->(m) RETURN p, r, m",
       "null | null | null"},
      {"OPTIONAL MATCH (n:无) WITH n MATCH (n) RETURN n", ""},
      {"MATCH (n:Policy) OPTIONAL MATCH (n)<-[r:ISSUED]-(m) WHERE m.name = '商务部' "
       "WITH n.name AS 名, count(r) AS c RETURN c ORDER BY 名",
       "1\n1"},
      {"UNWIND [1, 2, 3] AS x OPTIONAL MATCH (n:Official) WHERE x = 2 RETURN x, n.name",
       "1 | null\n2 | \"周明\"\n3 | null"},
      {"UNWIND range(1, 3000) AS x OPTIONAL MATCH (n:Policy) WHERE x % 1000 = 0 "
       "RETURN count(*), count(n)",
       "3003 | 6"},
  };
  CheckQueries(kCases);
}

TEST_CASE("subqueries within expressions") {
  static constexpr Case kCases[] = {
      {"MATCH (o:Organisation) WHERE NOT (o)-[:ISSUED]->() RETURN o.name ORDER BY o.name",
       "\"蓝湾重工\"\n\"远山科技\""},
      {"MATCH (o:Organisation) WHERE (o)-[:ISSUED]->() AND (o)<-[:HOLDS_POSITION {title: "
       "'处长'}]-() "
       "RETURN o.name",
       "\"商务部\""},
      {"MATCH (o:Ministry) RETURN [(o)-[:ISSUED]->(p) WHERE p.date > '2025' | p.date] AS d "
       "ORDER BY o.name",
       "[\"2025-03-10\"]\n[\"2025-03-10\"]"},
      {"MATCH (o:Ministry) WHERE EXISTS { MATCH (o)-[:ISSUED]->(p) WITH count(*) AS c WHERE c > 1 "
       "RETURN c } RETURN o.name",
       "\"商务部\""},
      {"MATCH (o:Ministry) WHERE EXISTS { (o)-[:ISSUED]->(p) WHERE p.date STARTS WITH '2024' } "
       "RETURN o.name",
       "\"商务部\""},
      {"MATCH (o:Ministry) WITH o, 1 AS least WHERE EXISTS { MATCH (o)-[:ISSUED]->() WITH count(*) "
       "AS c WHERE c > least RETURN c } RETURN o.name",
       "\"商务部\""},
      {"MATCH (a:Official) RETURN [n IN [a] WHERE (n)-[:HOLDS_POSITION]->() | n.name]",
       "[\"周明\"]"},
      {"MATCH (a:Official) RETURN [t IN ['司长', '无'] | size([(a)-[r]->() WHERE r.title = t | "
       "r])]",
       "[1,0]"},
      {"MATCH (o:Ministry) WHERE exists((o)<-[:HOLDS_POSITION]-()) AND exists(o.name) "
       "RETURN count(*)",
       "2"},
      {"MATCH (o:Ministry) WHERE EXISTS { MATCH (m:Ministry) WHERE EXISTS { MATCH "
       "(o)-[:ISSUED]->()<-[:ISSUED]-(m) RETURN 1 } RETURN m } RETURN count(*)",
       "2"},
      {"MATCH (o:Ministry) RETURN count([(o)-->(p) | p]) AS c, sum(size([(o)-->(p) | p])) AS s",
       "2 | 3"},
  };
  CheckQueries(kCases);
}

TEST_CASE("evidence leads back to the text") {
  static constexpr Case kCases[] = {
      {"MATCH (:Official)-[r {title: '司长'}]->() WITH evidence(r)[0] AS e "
       "RETURN e.document, e.article, e.confidence, e.end - e.start = size(e.text), e.rule IS NULL",
       "\"news/1\" | 0 | 0.5 | true | false"},
      {"MATCH (:Official)-[r {title: '司长'}]->() WITH evidence(r)[0] AS e "
       "RETURN e.sentence CONTAINS e.text, e.status, e.date STARTS WITH '202', e.title IS NULL",
       "true | \"done\" | true | false"},
      {"CALL db.named('商務部') YIELD node RETURN node.name", "\"商务部\""},
      {"CALL db.named('「蓝湾」') YIELD node RETURN node.name", "\"蓝湾重工\""},
      {"CALL db.named('蓝') YIELD node RETURN node.name", ""},
      {"MATCH (n {name: '蓝湾重工'}) UNWIND evidence(n) AS e "
       "RETURN e.document, e.property, e.text, e.start, e.end",
       "\"news/2\" | \"Company\" | \"蓝湾重工\" | 5 | 9\n\"news/2\" | \"name\" | \"蓝湾重工\" | 5 "
       "| "
       "9\n\"news/2\" | \"Company\" | \"蓝湾\" | 10 | 12"},
      {"MATCH (n:Official)-[r]->(m) RETURN elementId(n) = n.id, elementId(r) ENDS WITH r.title, "
       "startNode(r) = n, endNode(r) = m LIMIT 1",
       "true | true | true | true"},
  };
  CheckQueries(kCases);
}

TEST_CASE("parameters") {
  const Parameters parameters = {{"name", graph::Value("商务部")},
                                 {"n", graph::Value(1)},
                                 {"l", graph::Value(graph::List{graph::Value(1)})}};
  CHECK(Join(Ask("MATCH (n {name: $name}) RETURN n.name, $l[0] LIMIT $n", parameters).rows) ==
        "\"商务部\" | 1");
  CHECK(Ask("MATCH (n) RETURN n LIMIT $name", parameters).detail ==
        "SyntaxError: InvalidArgumentType");
  CHECK(Ask("RETURN 1 LIMIT $x", {{"x", graph::Value(-1)}}).detail ==
        "SyntaxError: NegativeIntegerArgument");
}

TEST_CASE("columns are called as they are written") {
  CHECK(Ask("MATCH (n:Official) RETURN n , n.name,  ( 1+2 ) , count( * ), 'x' AS 列").columns ==
        std::vector<std::string>{"n", "n.name", "( 1+2 )", "count( * )", "列"});
  CHECK(Ask("MATCH (b:Policy), (a) RETURN *").columns == std::vector<std::string>{"a", "b"});
}

TEST_CASE("values as people and programs read them") {
  CHECK(Ask("MATCH (n:Official) RETURN n (x)").error != "");
  const graph::View& view = TestView();
  Session session(view);
  const auto result = session.Run(
      "MATCH p = (n:Official)-[r {title: '司长'}]->(m) RETURN r, p, [1, '甲', {a: null}], '甲', "
      "1.0");
  REQUIRE(result.ok());
  REQUIRE(result->rows.size() == 1);
  const Row& row = result->rows[0];
  CHECK(*ValueToText(view, row[0]) == "[:HOLDS_POSITION {status: \"done\", title: \"司长\"}]");
  CHECK(*ValueToText(view, row[2]) == "[1, \"甲\", {a: null}]");
  CHECK(*ValueToText(view, row[3]) == "甲");
  CHECK(*ValueToText(view, row[4]) == "1.0");
  CHECK(ValueToText(view, row[1])
            ->find(")-[:HOLDS_POSITION {status: \"done\", title: \"司长\"}]->(:Entity:Ministry") !=
        std::string::npos);
  CHECK(ValueToJson(view, row[0])->starts_with("{\"type\":\"HOLDS_POSITION\",\"from\":\""));
  CHECK(ValueToJson(view, row[1])->starts_with("[{\"labels\":[\"Entity\",\"Official\""));
}

TEST_CASE("limits end a query with an error") {
  QueryLimits rows;
  rows.max_rows = 3;
  CHECK(Ask("UNWIND range(1, 3) AS x RETURN x", {}, {}, rows).error == "");
  CHECK(Ask("UNWIND range(1, 4) AS x RETURN x", {}, {}, rows).error ==
        "the result has more than 3 rows; add LIMIT to see the first of them");

  QueryLimits time;
  time.max_milliseconds = 30;
  for (const char* text :
       {"UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN count(*)",
        "RETURN size([x IN range(1, 1000) WHERE all(y IN range(1, 100000) WHERE y > 0)])",
        "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*)",
        "MATCH (a)-[*]-(b), (c)-[*]-(d), (e)-[*]-(f), (g)-[*]-(h) RETURN count(*)",
        "RETURN reduce(s = 0, x IN range(1, 10000000) | s + 1)"}) {
    CAPTURE(text);
    const std::string error = Ask(text, {}, {}, time).error;
    CHECK(error == "the query takes more than 30 milliseconds");
  }

  QueryLimits memory;
  memory.max_memory_bytes = 1 << 20;
  for (const char* text :
       {"RETURN size(range(1, 1000000000000))", "UNWIND range(1, 20000) AS x RETURN collect(x)",
        "UNWIND range(1, 1000) AS x UNWIND range(1, 1000) AS y RETURN DISTINCT x, y",
        "UNWIND range(1, 1000) AS x UNWIND range(1, 1000) AS y RETURN x ORDER BY y",
        "UNWIND range(1, 1000) AS x UNWIND range(1, 1000) AS y RETURN x, y, count(*)",
        "RETURN reduce(s = 'ab', x IN range(1, 60) | s + s)",
        "RETURN reduce(s = 'ab', x IN range(1, 60) | replace(s, 'a', s))",
        "RETURN reduce(s = [1], x IN range(1, 60) | s + s)",
        "UNWIND range(1, 1000) AS x WITH range(1, 1000) AS l RETURN l",
        "UNWIND range(1, 1000) AS x UNWIND range(1, 1000) AS y RETURN count(DISTINCT [x, y])"}) {
    CAPTURE(text);
    const std::string error = Ask(text, {}, {}, memory).error;
    CHECK_MESSAGE((error.find("memory") != std::string::npos ||
                   error.find("too many elements") != std::string::npos ||
                   error.find("too long") != std::string::npos),
                  error);
  }
  // What is only passed through is not held.
  CHECK(Ask("UNWIND range(1, 300) AS x UNWIND range(1, 300) AS y RETURN sum(size([x, y, x + y]))",
            {}, {}, memory)
            .error == "");
  CHECK(
      Ask("UNWIND range(1, 200) AS x UNWIND range(1, 200) AS y RETURN x, y ORDER BY x + y LIMIT 5",
          {}, {}, memory)
          .error == "");
  CHECK(Ask("UNWIND range(1, 1000) AS x WITH x WHERE size(range(1, 500)) > x RETURN count(*)", {},
            {}, memory)
            .error == "");
}

TEST_CASE("too many clauses, variables or steps are refused, not run") {
  std::string clauses;
  for (int i = 0; i < 5000; ++i) clauses += "WITH 1 AS a ";
  CHECK(Ask(clauses + "RETURN a").error.find("more than 1000 clauses") != std::string::npos);
  std::string pattern = "MATCH (n)";
  for (int i = 0; i < 5000; ++i) pattern += "-->()";
  CHECK(Ask(pattern + " RETURN n").error.find("more than 3000 variables") != std::string::npos);
  std::string longest = "MATCH (n:Official)";
  for (int i = 0; i < 450; ++i) longest += "-->()";
  CHECK(Ask(longest + " RETURN n").error == "");
  std::string steps;
  for (int i = 0; i < 290; ++i) {
    steps += "WITH DISTINCT count(*) + 1 AS a ORDER BY a + 1 SKIP 0 LIMIT 1 WHERE true ";
  }
  CHECK(Ask(steps + "RETURN a").error.find("steps one after the other") != std::string::npos);
  std::string filters;
  for (int i = 0; i < 290; ++i) {
    filters += "WITH DISTINCT 1 AS a ORDER BY a SKIP 0 LIMIT 1 WHERE true ";
  }
  CHECK(Ask(filters + "RETURN a").error.find("steps one after the other") != std::string::npos);
  std::string parts = "RETURN 1 AS x";
  for (int i = 0; i < 400; ++i) parts += " UNION ALL RETURN 1 AS x";
  CHECK(Ask(parts).rows.size() == 401);
}

TEST_CASE("a reader may stop a stream") {
  Session session(TestView());
  int rows = 0;
  const Status status = session.Stream(
      "UNWIND range(1, 1000000) AS x RETURN x", {}, [](const std::vector<std::string>&) {},
      [&](const Row&) { return ++rows < 3; });
  CHECK(status.ok());
  CHECK(rows == 3);
}

}  // namespace
}  // namespace tupu::query
