// Shortest paths: against all paths of variable length on random graphs, and what may be asked of
// them.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/graph/store/fixture.h"
#include "tests/query/graph.h"

namespace tupu::query {
namespace {

using graph::Value;

// The rows as JSON, sorted, or the error.
std::string Rows(Session& session, std::string_view text, const Parameters& parameters = {}) {
  const auto result = session.Run(text, parameters);
  if (!result.ok()) return FormatQueryError(text, result.error());
  std::vector<std::string> rows;
  for (const Row& row : result->rows) {
    std::string line;
    for (const Value& value : row) {
      const auto json = ValueToJson(session.view(), value);
      line += (line.empty() ? "" : " | ") + (json.ok() ? *json : json.error().ToString());
    }
    rows.push_back(std::move(line));
  }
  std::sort(rows.begin(), rows.end());
  return Join(rows);
}

void Run(Session& session, std::string_view text, const Parameters& parameters = {}) {
  const auto result = session.Run(text, parameters);
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().ToString()));
}

TEST_CASE("the same lengths and paths as by walking everywhere") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
    Session session(*store);
    Run(session, "UNWIND range(0, 8) AS i CREATE (:站 {号: i})");
    for (int i = 0; i < 13; ++i) {
      // Parallel edges and loops among them.
      Run(session, "MATCH (a:站 {号: $a}), (b:站 {号: $b}) CREATE (a)-[:通 {里: $d}]->(b)",
          {{"a", Value(static_cast<std::int64_t>(random() % 9))},
           {"b", Value(static_cast<std::int64_t>(random() % 9))},
           {"d", Value(static_cast<std::int64_t>(random() % 3))}});
    }
    struct Case {
      const char* arrow;
      const char* where;
    };
    for (const Case& each : {Case{"-[r:通*..6]->", "true"}, Case{"<-[r:通*..6]-", "true"},
                             Case{"-[r:通*..6]-", "true"}, Case{"-[r:通*..2]->", "true"},
                             Case{"-[r:通*..6 {里: 1}]->", "true"},
                             Case{"-[r:通*..6]->", "all(x IN relationships(p) WHERE x.里 < 2)"},
                             Case{"-[r:通*..6]-", "none(x IN nodes(p) WHERE x.号 = 4)"},
                             Case{"-[r:通*..6]->", "length(p) > 2"},
                             Case{"-[r:通*..5]-", "any(x IN r WHERE x.里 = 2) AND a.号 < 5"}}) {
      CAPTURE(each.arrow);
      CAPTURE(each.where);
      const std::string ends = "MATCH (a:站), (b:站) WHERE a.号 <> b.号 ";
      const std::string by_walking = Rows(
          session,
          ends + "MATCH p = (a)" + each.arrow + "(b) WHERE " + each.where +
              " WITH a.号 AS a, b.号 AS b, collect(length(p)) AS ls"
              " WITH a, b, ls, reduce(m = 99, l IN ls | CASE WHEN l < m THEN l ELSE m END) AS l"
              " RETURN a, b, l, size([x IN ls WHERE x = l]) AS n");
      CHECK(Rows(session,
                 ends + "MATCH p = allShortestPaths((a)" + each.arrow + "(b)) WHERE " + each.where +
                     " RETURN a.号 AS a, b.号 AS b, length(p) AS l, count(*) AS n") == by_walking);
      const std::string one =
          Rows(session, ends + "MATCH p = shortestPath((a)" + each.arrow + "(b)) WHERE " +
                            each.where + " RETURN a.号, b.号, length(p), count(*)");
      CHECK(one ==
            Rows(session, ends + "MATCH p = allShortestPaths((a)" + each.arrow + "(b)) WHERE " +
                              each.where + " RETURN DISTINCT a.号, b.号, length(p), 1"));
    }
  }
}

TEST_CASE("chosen questions") {
  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  Session session(*store);
  Run(session,
      "CREATE (a:城 {名: '甲'})-[:路]->(b:城 {名: '乙'})-[:路]->(c:城 {名: '丙'}),"
      " (a)-[:桥]->(d:城 {名: '丁'})-[:桥]->(c), (:城 {名: '戊'})");
  struct Case {
    const char* text;
    const char* rows;
  };
  static constexpr Case kCases[] = {
      {"MATCH p = shortestPath((a {名: '甲'})-[*]->(b {名: '丙'})) RETURN length(p)", "2"},
      {"MATCH p = allShortestPaths((a {名: '甲'})-[*]->(b {名: '丙'})) RETURN [n IN nodes(p) | "
       "n.名]",
       "[\"甲\",\"丁\",\"丙\"]\n[\"甲\",\"乙\",\"丙\"]"},
      {"MATCH p = shortestPath((a {名: '甲'})-[:桥*]->(b {名: '丙'})) RETURN [n IN nodes(p) | "
       "n.名]",
       "[\"甲\",\"丁\",\"丙\"]"},
      {"MATCH p = shortestPath((a {名: '丙'})<-[:桥*]-(b {名: '甲'})) RETURN [n IN nodes(p) | "
       "n.名]",
       "[\"丙\",\"丁\",\"甲\"]"},
      {"MATCH p = shortestPath((a {名: '甲'})-[*]-(b {名: '戊'})) RETURN p", ""},
      {"MATCH (a {名: '甲'}), (b {名: '丙'}) RETURN [p = shortestPath((a)-[*]->(b)) | length(p)]",
       "[2]"},
      {"MATCH p = shortestPath((a {名: '甲'})-[*..1]->(b {名: '丙'})) RETURN p", ""},
      {"MATCH p = shortestPath((a {名: '甲'})-->(b {名: '乙'})) RETURN length(p)", "1"},
      {"MATCH p = shortestPath((a {名: '甲'})-[*0..]->(b {名: '甲'})) RETURN length(p)", "0"},
      {"MATCH p = shortestPath((a {名: '甲'})-[*]-(a)) RETURN length(p)", ""},
      {"MATCH (a {名: '甲'}) OPTIONAL MATCH p = shortestPath((a)-[*]->(b {名: '戊'})) RETURN a.名, "
       "p",
       "\"甲\" | null"},
      {"MATCH (a {名: '甲'}), (b {名: '丙'}) RETURN length(shortestPath((a)-[*]->(b)))", "2"},
      {"MATCH (a {名: '甲'}), (b {名: '丙'}) RETURN size(allShortestPaths((a)-[*]-(b)))", "2"},
      {"MATCH (a:城), (b:城) WHERE a.名 < b.名 AND shortestPath((a)-[*]->(b)) IS NOT NULL "
       "RETURN a.名, b.名 ORDER BY a.名",
       "\"丁\" | \"丙\""},
      {"MATCH (a {名: '甲'})-[r]->(x {名: '乙'}), p = shortestPath((a)-[*]->(x)) RETURN length(p)",
       "1"},
      {"MATCH p = shortestPath((a {名: '甲'})-[r*]->(b {名: '丙'})) WHERE type(r[0]) = '桥' "
       "RETURN [x IN r | type(x)]",
       "[\"桥\",\"桥\"]"},
  };
  for (const Case& each : kCases) {
    CAPTURE(each.text);
    CHECK(Rows(session, each.text) == each.rows);
  }
}

TEST_CASE("limits end a search") {
  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  Session writer(*store);
  Run(writer,
      "UNWIND range(0, 30) AS i CREATE (:点 {号: i}) WITH count(*) AS c "
      "MATCH (a:点), (b:点) WHERE a.号 <> b.号 CREATE (a)-[:连]->(b)");
  QueryLimits limits;
  limits.max_milliseconds = 50;
  Session session(*store, limits);
  const auto result = session.Run(
      "MATCH p = shortestPath((a:点 {号: 0})-[*]->(b:点 {号: 1})) WHERE length(p) > 25 RETURN p");
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().code == ErrorCode::kLimit);
}

}  // namespace
}  // namespace tupu::query
