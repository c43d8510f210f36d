// Counting trails and finding their ends without rows gives what counting rows gives: on random
// graphs with loops and parallel edges, reading the store and reading images of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/graph/store/fixture.h"
#include "tests/query/graph.h"

namespace tupu::query {
namespace {

using graph::Value;

std::string SortedRows(const graph::View& view, const std::string& text, bool rewrites,
                       const Parameters& parameters) {
  std::vector<std::string> rows;
  const QueryLimits limits;
  const Status status = RunStatement(
      {view, limits, PlannerOptions{rewrites}}, text, parameters,
      [](const std::vector<std::string>&) {},
      [&](const Row& row) {
        std::string line;
        for (const Value& value : row) {
          const auto json = ValueToJson(view, value);
          line += (json.ok() ? *json : json.error().ToString()) + " ";
        }
        rows.push_back(std::move(line));
        return true;
      });
  if (!status.ok()) return status.error().ToString();
  std::sort(rows.begin(), rows.end());
  return Join(rows);
}

std::unique_ptr<graph::Store> RandomGraph(std::mt19937& random, int nodes, int edges) {
  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  Session session(*store);
  const auto run = [&](std::string_view text, const Parameters& parameters) {
    const auto result = session.Run(text, parameters);
    REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().ToString()));
  };
  const auto any = [&](int below) {
    return Value(static_cast<std::int64_t>(random() % static_cast<unsigned>(below)));
  };
  run("UNWIND range(0, $n - 1) AS i CREATE (:物 {号: i, 类: i % 3, 名: 'n' + toString(i % 4)})",
      {{"n", Value(static_cast<std::int64_t>(nodes))}});
  run("MATCH (n:物) WHERE n.号 % 2 = 0 SET n:双", {});
  for (int i = 0; i < edges; ++i) {
    const std::string type = random() % 3 == 0 ? "乙" : "甲";
    run("MATCH (a:物 {号: $a}), (b:物 {号: $b}) CREATE (a)-[:" + type + "]->(b)",
        {{"a", any(nodes)}, {"b", any(nodes)}});
  }
  return store;
}

TEST_CASE("the same as by rows") {
  static constexpr const char* kPatterns[] = {
      "(a)-[:甲]->(b)",
      "(a)-->(b)",
      "(a)--(b)",
      "(a)-[:甲]->(b)-[:甲]->(c)",
      "(a)-[:甲]->(b)<-[:甲]-(c)",
      "(a)-[:甲]->(b)-[:甲]->(c)-[:甲]->(d)",
      "(a)-[:甲]-(b)-[:甲]-(c)",
      "(a)--(b)-->(c)--(d)",
      "(a)-[:甲]->(b)-[:甲|乙]->(c)-[:乙]->(d)",
      "(a)-[:甲]->(b)-[:甲]->(c)-[:甲]->(a)",
      "(a)-[:甲]->(b)-[:甲]->(c)<-[:甲]-(a)",
      "(a)-[:甲]->(b)<-[:甲]-(c)<-[:甲]-(a)",
      "(a)-[:甲]->(b)-[:甲]->(c)-[:甲]->(d)-[:甲]->(a)",
      "(a)-->(b)-->(c)-->(a)",
      "(a)-[:甲]->(a)-[:甲]->(b)",
      "(a)-[:甲]->(b)-[:甲]->(a)",
      "(a)-[:甲]->(b), (a)-[:甲]->(c), (b)-[:甲]->(c)",
      "(a)-[:甲]->(b)<-[:甲]-(c), (a)-[:甲]->(d)<-[:甲]-(c)",
      "(a:双)-[:甲]->(b:物)-[:甲]->(c:物)",
      "(a)-[:甲]->(b) MATCH (b)-[:甲]->(c)",
      "(a)-[:甲*1..2]->(x)-[:甲]->(b)",
  };
  static constexpr const char* kReturns[] = {
      "count(*) AS n",
      "count(b) AS n",
      "count(DISTINCT b) AS n",
      "count(DISTINCT b.名) AS n",
      "min(b.号) AS n, count(DISTINCT b.类) AS m",
      "DISTINCT b",
      "DISTINCT b.类 AS x",
      "a.号 AS a, count(*) AS n",
      "a.类 AS a, count(b) AS n, max(a.号) AS m",
      "a AS a, b AS b, count(*) AS n",
      "b.类 AS b, count(*) AS n",
  };
  for (unsigned seed = 1; seed <= 5; ++seed) {
    std::mt19937 random(seed);
    const auto store = RandomGraph(random, 9, 24);
    const graph::View view = store->Snapshot();
    const auto transaction = store->Begin();
    REQUIRE(transaction.ok());
    for (const std::string pattern : kPatterns) {
      for (const std::string where : {"", " WHERE a.号 = $id", " WHERE b.类 <> 1"}) {
        for (const std::string wanted : kReturns) {
          const std::string text = "MATCH " + pattern + where + " RETURN " + wanted;
          CAPTURE(text);
          const Parameters parameters = {{"id", Value(static_cast<std::int64_t>(seed))}};
          const std::string rows = SortedRows((*transaction)->view(), text, false, parameters);
          CHECK(SortedRows(view, text, true, parameters) == rows);
          CHECK(SortedRows((*transaction)->view(), text, true, parameters) == rows);
        }
      }
    }
  }
}

TEST_CASE("more ends than a table holds") {
  std::mt19937 random(7);
  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  Session session(*store);
  const auto made = session.Run(
      "CREATE (a:根) WITH a UNWIND range(1, 70) AS i CREATE (a)-[:下]->(b) WITH b "
      "UNWIND range(1, 70) AS j CREATE (b)-[:下]->(:叶 {号: j})");
  REQUIRE(made.ok());
  for (const char* text : {"MATCH (a:根)-[:下]->()-[:下]->(c) RETURN count(DISTINCT c) AS n",
                           "MATCH (a)-[:下]->(b)-[:下]->(c) RETURN count(DISTINCT c) AS n"}) {
    const auto result = session.Run(text);
    REQUIRE(result.ok());
    CHECK(result->rows[0][0] == Value(4900));
  }
}

TEST_CASE("images are of the state that is read") {
  std::mt19937 random(3);
  const auto store = RandomGraph(random, 20, 60);
  Session session(*store);
  const auto count = [&](std::string_view text) {
    const auto result = session.Run(text);
    REQUIRE(result.ok());
    return result->rows[0][0].as_int();
  };
  const char* text = "MATCH (a)-[:甲]->(b) RETURN count(*) AS n";
  const char* two = "MATCH (a)-[:甲]->(b)-[:甲]->(c) RETURN count(*) AS n";
  const auto before = count(text);
  const auto walks = count(two);
  const graph::View old = store->Snapshot();
  REQUIRE(session.Run("MATCH (a:物 {号: 0}) CREATE (a)-[:甲]->(n:物 {号: 99})-[:甲]->(:物)").ok());
  CHECK(count(text) == before + 2);
  CHECK(count(two) > walks);
  CHECK(SortedRows(old, two, true, {}) == std::to_string(walks) + " ");
  REQUIRE(session.Run("MATCH (a:物 {号: 99}) DETACH DELETE a").ok());
  CHECK(count(text) == before);
  CHECK(count(two) == walks);
}

TEST_CASE("columns give what rows give") {
  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  Session session(*store);
  REQUIRE(session
              .Run("UNWIND range(1, 300) AS i CREATE (n:物 {号: i, 类: 'c' + toString(i % 5), 值: "
                   "i * 0.37,"
                   " 混: CASE i % 3 WHEN 0 THEN i % 4 WHEN 1 THEN toFloat(i % 4) ELSE 's' END})")
              .ok());
  REQUIRE(session.Run("MATCH (n:物) WHERE n.号 % 7 = 0 REMOVE n.类, n.值 SET n:七").ok());
  REQUIRE(session.Run("CREATE (:物 {类: 'c1'}), (:物 {类: 'c9'}), (:别 {号: 5})").ok());
  REQUIRE(
      session
          .Run("MATCH (a:物), (b:物) WHERE a.号 % 50 = 1 AND b.号 % 29 = 3 CREATE (a)-[:连]->(b)")
          .ok());
  REQUIRE(
      session
          .Run("MATCH (a:物 {类: 'c1'}), (b:物 {号: 3}) WHERE a.号 IS NULL CREATE (a)-[:连]->(b)")
          .ok());
  const graph::View view = store->Snapshot();
  const auto transaction = store->Begin();
  REQUIRE(transaction.ok());
  for (const std::string text :
       {"MATCH (n:物) RETURN n.类 AS k, count(*) AS n, avg(n.值) AS a ORDER BY k",
        "MATCH (n) RETURN n.类 AS k, count(n.值) AS n, sum(n.号) AS s, min(n.值) AS lo, max(n.号) "
        "AS hi",
        "MATCH (n:物) RETURN count(n) AS n, avg(n.号) AS a, count(n.类) AS c",
        "MATCH (n:七) RETURN n.类 AS k, count(*) AS n",
        "MATCH (n:无) RETURN n.类 AS k, count(*) AS n",
        "MATCH (n:物) RETURN n.类 AS k, n.类 AS l, count(*) AS n",
        "MATCH (n:物) RETURN n.混 AS k, count(*) AS n",
        "MATCH (n:物) RETURN n.号 AS k, count(*) AS n",
        "MATCH (n:物) RETURN n.类 AS k, collect(n.号) AS n",
        "MATCH (n:物) RETURN n.类 AS k, count(DISTINCT n.混) AS n",
        "MATCH (a:物)-[:连]->(b) RETURN a.号 AS k, count(*) AS n",
        "MATCH (a:物)-[:连]->(b) RETURN a.号 AS k, count(*) AS n ORDER BY n DESC, k LIMIT 3",
        "MATCH (a)<-[:连]-(b) RETURN a.号 AS k, count(b) AS n, count(*) AS m",
        "MATCH (a:物)-[:连]->(b) RETURN a.类 AS k, count(*) AS n",
        "MATCH (a:物) RETURN a.号 AS k ORDER BY a.值 DESC, k LIMIT 4",
        "MATCH (a:物), (b:别) WHERE a.号 < 9 RETURN a.号, b.号"}) {
    CAPTURE(text);
    const std::string rows = SortedRows((*transaction)->view(), text, false, {});
    CHECK(SortedRows(view, text, true, {}) == rows);
    CHECK(SortedRows(view, text, true, {}) == rows);
  }
  // More rows than a batch has, so that the first of them are sorted several times.
  REQUIRE((*transaction)->view().Counts().ok());
  for (const char* order : {"i % 1000 DESC, i", "i % 1000, i DESC", "i DESC", "i"}) {
    const std::string text =
        "UNWIND range(1, 20000) AS i RETURN i ORDER BY " + std::string(order) + " SKIP 2 LIMIT 5";
    CAPTURE(text);
    CHECK(SortedRows(view, text, true, {}) == SortedRows(view, text, false, {}));
  }
}

TEST_CASE("a plan that ran before is right after writes") {
  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  Session session(*store);
  const auto count = [&](std::string_view text, const Parameters& parameters = {}) {
    const auto result = session.Run(text, parameters);
    REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().ToString()));
    return result->rows[0][0].as_int();
  };
  REQUIRE(session.Run("UNWIND range(1, 100) AS i CREATE (:甲 {号: i})-[:连]->(:甲 {号: -i})").ok());
  const char* text = "MATCH (a:甲)-[:连]->(b:甲) RETURN count(*)";
  const char* with = "MATCH (a:甲 {号: $n})-[:连]->(b:甲) RETURN count(*)";
  CHECK(count(text) == 100);
  CHECK(count(text) == 100);
  CHECK(count(with, {{"n", Value(3)}}) == 1);
  CHECK(count(with, {{"n", Value("3")}}) == 0);
  CHECK(count(with, {{"n", Value(3.0)}}) == 1);
  // Not all nodes have the label any more.
  REQUIRE(session.Run("MATCH (a:甲 {号: 3}) CREATE (a)-[:连]->(:乙)").ok());
  CHECK(count(text) == 100);
  CHECK(count(with, {{"n", Value(3)}}) == 1);
  REQUIRE(session.Run("MATCH (b:乙) SET b:甲").ok());
  CHECK(count(text) == 101);
  for (std::int64_t i = 0; i < 3; ++i) {
    const auto made = session.Run("CREATE (n:丙 {号: $i}) RETURN n.号", {{"i", Value(i)}});
    REQUIRE(made.ok());
    CHECK(made->rows[0][0] == Value(i));
  }
  CHECK(count("MATCH (n:丙) RETURN count(*)") == 3);
  const auto missing = session.Run(with);
  REQUIRE_FALSE(missing.ok());
}

}  // namespace
}  // namespace tupu::query
