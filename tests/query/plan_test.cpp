// Which plans queries get. Counts of the graph asked are in graph.cpp.
#include <doctest/doctest.h>

#include "query/cypher/parser.h"
#include "query/plan/binder.h"
#include "query/plan/planner.h"
#include "tests/query/graph.h"

namespace tupu::query {
namespace {

std::string PlanOf(std::string_view text, const PlannerOptions& options = {}) {
  static const Parameters parameters = {{"id", graph::Value("x")}, {"list", graph::Value(1)}};
  const auto query = Parse(text);
  REQUIRE_MESSAGE(query.ok(), (query.ok() ? "" : query.error().message));
  auto bound = Bind(**query, text, parameters, BuiltInProcedures());
  REQUIRE_MESSAGE(bound.ok(), (bound.ok() ? "" : bound.error().message));
  const auto plan = MakePlan(std::move(bound).value(), TestView(), options);
  REQUIRE_MESSAGE(plan.ok(), (plan.ok() ? "" : plan.error().message));
  return Join(DumpPlan(*plan->root, plan->slots, false));
}

struct PlanCase {
  const char* name;
  const char* text;
  const char* plan;
};

TEST_CASE("plans") {
  static constexpr PlanCase kCases[] = {
      {"nothing but a row", "RETURN 1 AS a", "Project 1 AS a\n  SingleRow"},
      {"counting is left to the store", "MATCH (n) RETURN count(*) AS c", "Count nodes AS c"},
      {"of one label", "MATCH (n:Policy) RETURN count(n) AS c", "Count nodes:Policy AS c"},
      {"of one type", "MATCH ()-[r:ISSUED]->() RETURN count(r) AS c",
       "Count relationships:ISSUED AS c"},
      {"but not of two labels", "MATCH (n:Policy:Entity) RETURN count(*) AS c",
       "Aggregate count(*) AS c\n  NodeScan n:Policy\n    SingleRow"},
      {"nor with a condition", "MATCH (n:Policy) WHERE n.date > '2025' RETURN count(*) AS c",
       "Aggregate count(*) AS c\n  Filter n.date > '2025'\n    NodeScan n:Policy\n      SingleRow"},
      {"nor without a direction: a loop counts once", "MATCH ()-[r]-() RETURN count(*) AS c",
       "CountTrails (#0)-[r]-(#1) AS c\n  NodeScan #0\n    SingleRow"},
      {"a scan of the rarest label", "MATCH (n:Entity:Project) RETURN n",
       "NodeScan n:Project\n  SingleRow"},
      {"begin at the end that has a name",
       "MATCH (a:Company)-[:INVESTS]->(b {name: '云港智算中心'}) RETURN a",
       "Filter a:Company\n  Expand (b)<-[#2:INVESTS]-(a)\n    Filter b.name = '云港智算中心'\n"
       "      NodeSeek b.name = '云港智算中心'\n        SingleRow"},
      {"an id is better than a name", "MATCH (a {name: '甲'})-->(b {id: $id}) RETURN a",
       "Filter a.name = '甲'\n  Expand (b)<-[#2]-(a)\n    Filter b.id = $id\n"
       "      NodeSeek b.id = $id\n        SingleRow"},
      {"a key from the row before", "UNWIND ['a'] AS k MATCH (n {id: k}) RETURN n",
       "Filter n.id = k\n  NodeSeek n.id = k\n    Unwind ['a'] AS k\n      SingleRow"},
      {"two keys are two seeks", "MATCH (a {id: 'x'}), (b {id: 'y'}) RETURN a, b",
       "Filter b.id = 'y'\n  NodeSeek b.id = 'y'\n    Filter a.id = 'x'\n"
       "      NodeSeek a.id = 'x'\n        SingleRow"},
      {"a rare type is read from its edges", "MATCH (a)-[:HOLDS_POSITION]->(b) RETURN a",
       "EdgeScan (a)-[#2:HOLDS_POSITION]->(b)\n  SingleRow"},
      {"known ends are looked for, not expanded",
       "MATCH (a:Official)-->(b)-->(c), (a)-->(c) RETURN b",
       "ExpandInto (a)-[#5]->(c) unlike #2, #4\n  Expand (b)-[#4]->(c) unlike #2\n"
       "    Expand (a)-[#2]->(b)\n      NodeScan a:Official\n        SingleRow"},
      {"different types need no comparing",
       "MATCH (a:Official)-[:HOLDS_POSITION]->(b)-[:ISSUED]->(c) RETURN c",
       "Expand (b)-[#4:ISSUED]->(c)\n  Expand (a)-[#2:HOLDS_POSITION]->(b)\n"
       "    NodeScan a:Official\n      SingleRow"},
      {"the same type does",
       "MATCH (a:Official)-[:HOLDS_POSITION]->(b)<-[:HOLDS_POSITION]-(c) RETURN c",
       "Expand (b)<-[#4:HOLDS_POSITION]-(c) unlike #2\n"
       "  Expand (a)-[#2:HOLDS_POSITION]->(b)\n    NodeScan a:Official\n      SingleRow"},
      {"conditions go down as far as they can",
       "MATCH (a:Official)-[r]->(b) WHERE a.name = b.name AND r.title = '司长' AND 1 = 1 RETURN b",
       "Filter a.name = b.name AND r.title = '司长'\n  Expand (a)-[r]->(b)\n"
       "    NodeScan a:Official\n      Filter 1 = 1\n        SingleRow"},
      {"the first of an order", "MATCH (n:Policy) RETURN n.name AS x ORDER BY x LIMIT 2",
       "Top 2 BY x\n  Project n.name AS x\n    NodeScan n:Policy\n      SingleRow"},
      {"with SKIP everything is sorted", "MATCH (n:Policy) RETURN n ORDER BY n.name SKIP 1 LIMIT 2",
       "Limit 2\n  Skip 1\n    Sort #1\n      Project n.name AS #1\n        NodeScan n:Policy\n"
       "          SingleRow"},
      {"grouping", "MATCH (n) RETURN n.date AS d, count(*) AS c, sum(n.amount) + 1 AS s",
       "Project #3 + 1 AS s\n  Aggregate count(*) AS c, sum(n.amount) AS #3 BY d\n"
       "    Project n.date AS d\n      NodeScan n\n        SingleRow"},
      {"other names cost nothing", "MATCH (n:Policy) WITH n AS m WITH m AS k RETURN k",
       "NodeScan n:Policy\n  SingleRow"},
      {"optional", "MATCH (n:Policy) OPTIONAL MATCH (n)<-[r]-(m) RETURN m",
       "Optional m, r\n    NodeScan n:Policy\n      SingleRow\n    Expand (n)<-[r]-(m)\n"
       "      Filter n IS NOT NULL\n        Argument n, #3"},
      {"a path that nobody reads is not made", "MATCH p = (n:Official)-->() RETURN n",
       "Project\n  Expand (n)-[#2]->(#1)\n    NodeScan n:Official\n      SingleRow"},
      {"variable length", "MATCH (n:Official)-[r*2..4]->(m) RETURN m",
       "VarExpand (n)-[r*2..4]->(m)\n  NodeScan n:Official\n    SingleRow"},
      {"subqueries", "MATCH (n:Policy) WHERE NOT (n)<-[:ISSUED]-() RETURN n",
       "Filter NOT exists(…)\n    exists:\n      Expand (n)<-[#2:ISSUED]-(#1)\n"
       "        Filter n IS NOT NULL\n          Argument n\n  NodeScan n:Policy\n    SingleRow"},
      {"union", "RETURN 1 AS a UNION RETURN 2 AS a",
       "Distinct a\n  Union a\n      Project 1 AS a\n        SingleRow\n      Project 2 AS a\n"
       "        SingleRow"},
  };
  for (const PlanCase& c : kCases) {
    CAPTURE(c.name);
    CHECK(PlanOf(c.text) == c.plan);
  }
}

TEST_CASE("without rewrites patterns are walked as written and tested at the end") {
  CHECK(PlanOf("MATCH (a:Company)-[:INVESTS]->(b {name: '云港智算中心'}) WHERE a.x = 1 RETURN a",
               PlannerOptions{false}) ==
        "Filter b.name = '云港智算中心' AND a.x = 1\n  Expand (a)-[#2:INVESTS]->(b)\n"
        "    Filter a:Company\n      NodeScan a\n        SingleRow");
  CHECK(PlanOf("MATCH (n) RETURN count(*) AS c", PlannerOptions{false}) ==
        "Aggregate count(*) AS c\n  NodeScan n\n    SingleRow");
}

TEST_CASE("EXPLAIN gives the plan as rows and runs nothing") {
  const Answer answer = Ask("EXPLAIN UNWIND range(1, 1000000000000) AS x RETURN x");
  CHECK(answer.error.empty());
  CHECK(answer.columns == std::vector<std::string>{"plan"});
  REQUIRE(answer.rows.size() == 2);
  CHECK(answer.rows[0] == "\"Unwind range(1, 1000000000000) AS x  ~10 rows\"");
}

}  // namespace
}  // namespace tupu::query
