#include "query/cypher/parser.h"

#include <doctest/doctest.h>

#include <string>

#include "query/cypher/printer.h"

namespace tupu::query {
namespace {

struct ParserCase {
  const char* text;
  const char* want;
};

// The tree, by its dump; and the tree again after printing it and reading what was printed.
TEST_CASE("expressions") {
  static constexpr ParserCase kCases[] = {
      {"1 + 2 * 3", "(+ 1 (* 2 3))"},
      {"(1 + 2) * 3", "(* (+ 1 2) 3)"},
      {"1 - 2 - 3", "(- (- 1 2) 3)"},
      {"2 ^ 3 ^ 2", "(^ (^ 2 3) 2)"},
      {"-2 ^ 2", "(^ -2 2)"},
      {"-a.b", "(neg (. b a))"},
      {"- -1", "(neg -1)"},
      {"+a", "(pos a)"},
      {"a OR b XOR c AND NOT d", "(OR a (XOR b (AND c (NOT d))))"},
      {"a OR b OR c", "(OR a b c)"},
      {"NOT a = b", "(NOT (= a b))"},
      {"a < b <= c", "(<,<= a b c)"},
      {"a = b IS NULL", "(= a (IS-NULL b))"},
      {"a + b IN c", "(IN (+ a b) c)"},
      {"a IN b IN c", "(IN (IN a b) c)"},
      {"a STARTS WITH 'x' AND b ends with 'y'", "(AND (STARTS WITH a 'x') (ENDS WITH b 'y'))"},
      {"a CONTAINS b + 'c'", "(CONTAINS a (+ b 'c'))"},
      {"a =~ '.*部'", "(=~ a '.*部')"},
      {"a IS NOT NULL", "(NOT-NULL a)"},
      {"a[0][1..][..-1]", "([..] ([..] ([] a 0) 1 _) _ -1)"},
      {"n:Policy:Entity", "(: Policy Entity n)"},
      {"n.a.b", "(. b (. a n))"},
      {"{名称: 1, `a b`: [1, 'x', null, true]}", "(map 名称 a b 1 (list 1 'x' null true))"},
      {"[]", "(list)"},
      {"CASE WHEN a THEN 1 ELSE 2 END", "(CASE _ a 1 2)"},
      {"CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END", "(CASE a 1 'x' 2 'y' _)"},
      {"count(*)", "count(*)"},
      {"count(DISTINCT n)", "(DISTINCT count n)"},
      {"coalesce(a, b)", "(coalesce a b)"},
      {"[x IN l WHERE x > 1 | x * 2]", "(for x l (> x 1) (* x 2))"},
      {"[x IN l]", "(for x l _ _)"},
      {"[(x IN l)]", "(list (IN x l))"},
      {"any(x IN l WHERE x = 1)", "(any x l (= x 1))"},
      {"reduce(s = 0, x IN l | s + x)", "(reduce s x 0 l (+ s x))"},
      {"(a)-[:R]->()", "(a)-[:R]->()"},
      {"(a)--(b)", "(a)--(b)"},
      {"(a) - (b)", "(- a b)"},
      {"(a) - [1]", "(- a (list 1))"},
      {"(a) < -1", "(< a -1)"},
      {"[(a)-->(b) WHERE b.x | b.y]", "(pattern (a)-->(b) (. x b) (. y b))"},
      {"[p = (a)<--(b) | p]", "(pattern p = (a)<--(b) _ p)"},
      {"EXISTS { (a)-->(b) WHERE a.x = b.x }", "EXISTS { MATCH (a)-->(b) WHERE a.x = b.x }"},
      {"exists { MATCH (a) RETURN a }", "EXISTS { MATCH (a) RETURN a }"},
      {"$p + $`a b`", "(+ $p $`a b`)"},
      {"0x1F + 0o17", "(+ 31 15)"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"1.0 + 1e3 + .5", "(+ (+ 1.0 1000.0) 0.5)"},
      {"'it\\'s'", "'it\\'s'"},
      {"`match`.x", "(. x `match`)"},
      {"end", "end"},
      {"all", "error at 0"},
  };
  for (const ParserCase& c : kCases) {
    CAPTURE(c.text);
    const auto expr = ParseExpression(c.text);
    if (!expr.ok()) {
      CHECK("error at " + std::to_string(expr.error().pos) == c.want);
      continue;
    }
    CHECK(Dump(**expr) == c.want);
    const std::string printed = Print(**expr);
    CAPTURE(printed);
    const auto again = ParseExpression(printed);
    REQUIRE(again.ok());
    CHECK(Dump(**again) == c.want);
    CHECK(Print(**again) == printed);
    CHECK(Same(**expr, **again));
  }
}

TEST_CASE("statements print as they read") {
  static constexpr ParserCase kCases[] = {
      {"match (n) return n", "MATCH (n) RETURN n"},
      // Where a bar ends what it stands in, labels have it in brackets.
      {"RETURN [x IN f(-(y:甲|乙)) WHERE (x:甲|乙) | x], n:甲|乙",
       "RETURN [x IN f(-y:(甲|乙)) WHERE x:(甲|乙) | x], n:甲|乙"},
      {"RETURN [(a)-->(b:丙|丁) WHERE (b:甲|乙) | b.y]",
       "RETURN [(a)-->(b:丙|丁) WHERE b:(甲|乙) | b.y]"},
      {"RETURN reduce(s = 0, x IN l | s + f((x:甲|乙)))",
       "RETURN reduce(s = 0, x IN l | s + f(x:(甲|乙)))"},
      {"MATCH (o:Ministry {name: '商务部'})-[r:ISSUED|:TARGETS*1..3 {a: 1}]->(p) RETURN *;",
       "MATCH (o:Ministry {name: '商务部'})-[r:ISSUED|TARGETS*1..3 {a: 1}]->(p) RETURN *"},
      {"MATCH p = (a)<-[*]-(b)-[*2]-(c)-[*..3]->()-[*0..]-() RETURN p",
       "MATCH p = (a)<-[*]-(b)-[*2]-(c)-[*..3]->()-[*0..]-() RETURN p"},
      {"MATCH (a)<-->(b) RETURN a", "MATCH (a)--(b) RETURN a"},
      {"MATCH ((a)-->(b)) RETURN a", "MATCH (a)-->(b) RETURN a"},
      {"OPTIONAL MATCH (a), (b) WHERE a.x = b.x WITH DISTINCT a, b AS c ORDER BY a.x DESC, c.y "
       "ascending SKIP 1 LIMIT 2 WHERE a.z RETURN a",
       "OPTIONAL MATCH (a), (b) WHERE a.x = b.x WITH DISTINCT a, b AS c ORDER BY a.x DESC, c.y "
       "SKIP 1 LIMIT 2 WHERE a.z RETURN a"},
      {"UNWIND [1, 2] AS x RETURN x UNION ALL RETURN 3 AS x",
       "UNWIND [1, 2] AS x RETURN x UNION ALL RETURN 3 AS x"},
      {"profile match (n) return n", "PROFILE MATCH (n) RETURN n"},
      {"create index for (n:市) on (n.名)", "CREATE INDEX FOR (x:市) ON (x.名)"},
      {"CREATE RANGE INDEX 甲 IF NOT EXISTS FOR ()-[r:到]->() ON (r.`公 里`)",
       "CREATE INDEX 甲 IF NOT EXISTS FOR ()-[x:到]-() ON (x.`公 里`)"},
      {"CREATE INDEX ON :市(名)", "CREATE INDEX FOR (x:市) ON (x.名)"},
      {"CREATE CONSTRAINT 乙 FOR (n:市) REQUIRE (n.名) IS NODE UNIQUE",
       "CREATE CONSTRAINT 乙 FOR (x:市) REQUIRE x.名 IS UNIQUE"},
      {"CREATE CONSTRAINT ON (n:市) ASSERT n.名 IS UNIQUE",
       "CREATE CONSTRAINT FOR (x:市) REQUIRE x.名 IS UNIQUE"},
      {"DROP INDEX 甲 IF EXISTS;", "DROP INDEX 甲 IF EXISTS"},
      {"drop constraint 乙", "DROP CONSTRAINT 乙"},
      {"SHOW INDEXES", "CALL db.indexes()"},
      {"RETURN x.IN(1)", "RETURN x.`in`(1)"},
      {"SHOW ALL CONSTRAINTS YIELD name AS 名 WHERE 名 > 'a'",
       "CALL db.constraints() YIELD name AS 名 WHERE 名 > 'a'"},
      {"CREATE index = (a)-[:到]->(b)", "CREATE index = (a)-[:到]->(b)"},
      {"EXPLAIN MATCH (n) RETURN *, 1 AS 一", "EXPLAIN MATCH (n) RETURN *, 1 AS 一"},
      {"MATCH (企业:Company) RETURN 企业.名称 AS 名称",
       "MATCH (企业:Company) RETURN 企业.名称 AS 名称"},
      {"MATCH (`a b`:`in 1` {`x y`: 1}) RETURN `a b`",
       "MATCH (`a b`:`in 1` {`x y`: 1}) RETURN `a b`"},
  };
  for (const ParserCase& c : kCases) {
    CAPTURE(c.text);
    const auto query = Parse(c.text);
    REQUIRE_MESSAGE(query.ok(), (query.ok() ? "" : query.error().message));
    const std::string printed = Print(**query);
    CHECK(printed == c.want);
    const auto again = Parse(printed);
    REQUIRE(again.ok());
    CHECK(Print(**again) == printed);
  }
}

TEST_CASE("nesting has a limit, length has none") {
  const auto nested = [](std::string open, std::string middle, std::string close, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += open;
    text += middle;
    for (int i = 0; i < times; ++i) text += close;
    return text;
  };
  for (const auto& [open, middle, close] :
       {std::tuple{"(", "1", ")"}, std::tuple{"[", "1", "]"}, std::tuple{"{a: ", "1", "}"},
        std::tuple{"NOT ", "true", ""}, std::tuple{"- ", "a", ""}, std::tuple{"a[", "1", "]"},
        std::tuple{"", "a", ".b"}, std::tuple{"1 + (", "1", ")"}, std::tuple{"", "1", " + 1"},
        std::tuple{"CASE WHEN ", "true", " THEN 1 END"},
        std::tuple{"EXISTS { (a) WHERE ", "true", "}"}, std::tuple{"[x IN ", "a", "]"},
        std::tuple{"size(", "a", ")"}}) {
    CAPTURE(open);
    CHECK(ParseExpression(nested(open, middle, close, 40)).ok());
    const auto deep = ParseExpression(nested(open, middle, close, 100000));
    REQUIRE_FALSE(deep.ok());
    CHECK(deep.error().code == ErrorCode::kLimit);
  }
  std::string wide = "false";
  for (int i = 0; i < 20000; ++i) wide += " OR n.x = " + std::to_string(i);
  CHECK(ParseExpression(wide).ok());
  std::string list = "[0";
  for (int i = 0; i < 100000; ++i) list += ", 1";
  CHECK(ParseExpression(list + "]").ok());
}

TEST_CASE("a tree in a pattern counts towards the tree around it") {
  // Each level is within the limit; one behind the other they are not.
  std::string text = "true";
  for (int i = 0; i < 4; ++i) {
    std::string chain = "EXISTS { (n) WHERE " + text + " }";
    for (int j = 0; j < 100; ++j) chain += " + 1";
    text = chain;
  }
  const auto expr = ParseExpression(text);
  REQUIRE_FALSE(expr.ok());
  CHECK(expr.error().code == ErrorCode::kLimit);
}

TEST_CASE("same expressions are told from different ones") {
  struct Pair {
    const char* a;
    const char* b;
    bool same;
  };
  static constexpr Pair kPairs[] = {
      {"n.name", "n . name", true},
      {"COUNT(n)", "count( n )", true},
      {"n.name", "n.title", false},
      {"1", "1.0", false},
      {"a + b", "b + a", false},
      {"count(n)", "count(DISTINCT n)", false},
      {"n:A:B", "n:A", false},
      {"(a)-->(b)", "(a)-->(b)", true},
      {"(a)-->(b)", "(a)<--(b)", false},
      {"a < b < c", "a < b <= c", false},
      {"all(x IN l WHERE x)", "any(x IN l WHERE x)", false},
  };
  for (const Pair& pair : kPairs) {
    CAPTURE(pair.a);
    CAPTURE(pair.b);
    const auto a = ParseExpression(pair.a);
    const auto b = ParseExpression(pair.b);
    REQUIRE(a.ok());
    REQUIRE(b.ok());
    CHECK(Same(**a, **b) == pair.same);
  }
}

}  // namespace
}  // namespace tupu::query
