// Indexes, constraints, PROFILE, transactions and writes over what documents say, as statements
// have them.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/graph/store/fixture.h"
#include "tests/query/graph.h"

namespace tupu::query {
namespace {

class Shell {
 public:
  explicit Shell(graph::Store& store, QueryLimits limits = {}) : session_(store, limits) {}

  // Rows as JSON, one a line; or the error's standard name, or its message.
  std::string Run(std::string_view text, const Parameters& parameters = {}) {
    const auto result = session_.Run(text, parameters);
    if (!result.ok()) {
      return "error: " + (result.error().detail.empty() ? result.error().message
                                                        : std::string(result.error().detail));
    }
    std::string out;
    for (const Row& row : result->rows) {
      if (!out.empty()) out += '\n';
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto json = ValueToJson(session_.view(), row[i]);
        out += (i > 0 ? " | " : "") + (json.ok() ? *json : json.error().message);
      }
    }
    return out;
  }
  Session& session() { return session_; }

 private:
  Session session_;
};

std::unique_ptr<graph::Store> Memory() { return graph::OpenStore(graph::StoreKind::kMemory, {}); }

TEST_CASE("indexes come and go by statement") {
  const auto store = Memory();
  Shell shell(*store);
  CHECK(shell.Run("CREATE INDEX FOR (n:市) ON (n.人口)") == "");
  CHECK(shell.session().updates().indexes_added == 1);
  CHECK(shell.Run("CREATE INDEX 甲 IF NOT EXISTS FOR (n:市) ON (n.人口)") == "");
  CHECK(shell.session().updates().indexes_added == 0);
  CHECK(shell.Run("CREATE INDEX 乙 FOR (n:市) ON (n.人口)") ==
        "error: Schema: EquivalentSchemaRuleAlreadyExists");
  CHECK(shell.Run("CREATE INDEX 路 FOR ()-[r:铁路]-() ON (r.公里)") == "");
  CHECK(shell.Run("CREATE INDEX ON :县(人口)") == "");
  CHECK(shell.Run("CREATE CONSTRAINT 唯一 FOR (n:市) REQUIRE n.名 IS UNIQUE") == "");
  CHECK(shell.Run("SHOW INDEXES YIELD name, entityType, labelsOrTypes, properties, "
                  "owningConstraint") ==
        "\"index_市_人口\" | \"NODE\" | [\"市\"] | [\"人口\"] | null\n"
        "\"路\" | \"RELATIONSHIP\" | [\"铁路\"] | [\"公里\"] | null\n"
        "\"index_县_人口\" | \"NODE\" | [\"县\"] | [\"人口\"] | null\n"
        "\"唯一\" | \"NODE\" | [\"市\"] | [\"名\"] | \"唯一\"");
  CHECK(shell.Run("SHOW CONSTRAINTS YIELD name, type") == "\"唯一\" | \"UNIQUENESS\"");
  CHECK(shell.Run("CREATE (:市 {名: '甲'}), (:市 {名: '甲'})") ==
        "error: ConstraintValidationFailed: UniquenessViolated");
  CHECK(shell.Run("MATCH (n) RETURN count(n)") == "0");
  CHECK(shell.Run("DROP INDEX 唯一") == "error: Schema: ForbiddenOnConstraintIndex");
  CHECK(shell.Run("DROP CONSTRAINT 唯一") == "");
  CHECK(shell.Run("DROP INDEX 无 IF EXISTS") == "");
  CHECK(shell.Run("DROP INDEX 无") == "error: Schema: IndexNotFound");
  CHECK(shell.Run("DROP INDEX 路") == "");
  CHECK(shell.session().updates().indexes_removed == 1);
  CHECK(shell.Run("CREATE INDEX FOR (n:市) ON (n.a, n.b)") ==
        "error: SyntaxError: UnexpectedSyntax");
  CHECK(shell.Run("CREATE (index) RETURN 1") == "1");
}

TEST_CASE("plans ask the index, and give what they gave without it") {
  const auto store = Memory();
  Shell shell(*store);
  REQUIRE(shell.Run("UNWIND range(1, 200) AS i CREATE (:数 {n: i, t: '第' + (i % 10), d: "
                    "date('2026-01-01') + duration({days: i})})-[:到 {w: i}]->(:他 {n: i})") == "");
  static constexpr const char* kQueries[] = {
      "MATCH (x:数 {n: 7}) RETURN x.n",
      "MATCH (x:数) WHERE x.n = 7.0 RETURN x.n",
      "MATCH (x:数) WHERE x.n IN [1, 3, 3, null, 'a', 500] RETURN x.n ORDER BY x.n",
      "MATCH (x:数) WHERE x.n > 195 RETURN x.n ORDER BY x.n",
      "MATCH (x:数) WHERE 3 < x.n <= 6 RETURN x.n ORDER BY x.n",
      "MATCH (x:数) WHERE x.n >= 198 AND x.n < 200 RETURN x.n ORDER BY x.n",
      "MATCH (x:数) WHERE x.t STARTS WITH '第3' RETURN count(*)",
      "MATCH (x:数) WHERE x.t > '第8' RETURN count(*)",
      "MATCH (x:数) WHERE x.d < date('2026-01-05') RETURN x.n ORDER BY x.n",
      "MATCH (x:数) WHERE x.n < 'a' RETURN x.n",
      "MATCH (x:数) WHERE x.n = null RETURN x.n",
      "UNWIND [5, 6] AS i MATCH (x:数 {n: i})-[r]->(y) RETURN x.n, y.n ORDER BY x.n",
      "MATCH (a)-[r:到 {w: 9}]->(b) RETURN a.n, b.n",
      "MATCH (a)<-[r:到]-(b) WHERE r.w > 198 RETURN b.n ORDER BY b.n",
      "MATCH (a)-[r:到]-(b) WHERE r.w = 5 RETURN labels(a) ORDER BY labels(a)",
      "MATCH (x:数:他) WHERE x.n = 3 RETURN x",
  };
  std::vector<std::string> without;
  for (const char* text : kQueries) without.push_back(shell.Run(text));
  for (const char* text :
       {"CREATE INDEX FOR (x:数) ON (x.n)", "CREATE INDEX FOR (x:数) ON (x.t)",
        "CREATE INDEX FOR (x:数) ON (x.d)", "CREATE INDEX FOR ()-[r:到]->() ON (r.w)"}) {
    REQUIRE(shell.Run(text) == "");
  }
  for (std::size_t i = 0; i < std::size(kQueries); ++i) {
    CAPTURE(kQueries[i]);
    CHECK(shell.Run(kQueries[i]) == without[i]);
    const std::string plan = shell.Run(std::string("EXPLAIN ") + kQueries[i]);
    const bool asked =
        plan.find("IndexSeek") != std::string::npos || plan.find("EdgeSeek") != std::string::npos;
    CHECK_MESSAGE(asked, plan);
  }
  // Within a transaction too, behind its own writes.
  CHECK(shell.Run("MATCH (x:数 {n: 7}) SET x.n = -7 WITH x MATCH (y:数 {n: -7}) RETURN y.n") ==
        "-7");
  CHECK(shell.Run("MATCH (x:数 {n: 7}) RETURN x.n") == "");
  CHECK(shell.Run("DROP INDEX index_数_n") == "");
  CHECK(shell.Run("MATCH (x:数 {n: -7}) RETURN x.n") == "-7");
}

TEST_CASE("PROFILE counts what the operators did") {
  const auto store = Memory();
  Shell shell(*store);
  REQUIRE(shell.Run("UNWIND range(1, 50) AS i CREATE (:数 {n: i})-[:到]->(:他)") == "");
  const auto result =
      shell.session().Run("PROFILE MATCH (x:数)-[:到]->(y) WHERE x.n > 40 RETURN y");
  REQUIRE(result.ok());
  CHECK(result->columns ==
        std::vector<std::string>{"plan", "estimated", "rows", "hits", "milliseconds"});
  const std::vector<ProfiledOperator>& lines = shell.session().profile();
  REQUIRE(lines.size() == result->rows.size());
  CHECK(lines.front().rows == 10);
  std::uint64_t hits = 0;
  bool scanned = false;
  for (const ProfiledOperator& one : lines) {
    hits += one.hits;
    scanned = scanned || (one.text.starts_with("NodeScan") && one.rows == 50);
  }
  CHECK(scanned);
  CHECK(hits > 100);
  // What writes does so.
  REQUIRE(shell.session().Run("PROFILE CREATE (:新)").ok());
  CHECK(shell.Run("MATCH (n:新) RETURN count(n)") == "1");
}

// More rows than a batch has.
TEST_CASE("keys of many rows are looked up together, as one by one") {
  const auto store = Memory();
  Shell shell(*store);
  REQUIRE(shell.Run("UNWIND range(1, 3000) AS i CREATE (:数 {id: i, name: 'n' + i})") == "");
  REQUIRE(shell.Run("CREATE (:数 {id: 5, name: '又'}), (:数 {id: 6.0}), (:数 {id: '七'})") == "");
  const std::string keys =
      "UNWIND range(0, 4000) + [null, 5.0, 6, '七', [1], {a: 1}, true] AS k "
      "UNWIND CASE WHEN k = 5 THEN [k, k] ELSE [k] END AS key ";
  CHECK(shell
            .Run(keys + "MATCH (n:数 {id: key}) RETURN count(*), sum(n.id = key), "
                        "count(DISTINCT n), min(n.id), max(n.id)")
            .starts_with("error"));
  CHECK(shell.Run(keys + "MATCH (n:数 {id: key}) RETURN count(*), count(DISTINCT n), "
                         "collect(DISTINCT n.id = key)") == "3011 | 3003 | [true]");
  CHECK(shell.Run(keys + "OPTIONAL MATCH (n:数 {id: key}) WITH key, n WHERE n IS NULL "
                         "RETURN count(*), count(key)") == "1005 | 1004");
  CHECK(shell.Run("UNWIND range(3000, 1, -1) AS i MATCH (n {id: i}) MATCH (m {id: i - 1}) "
                  "RETURN count(*), min(m.id), sum(n.id - m.id)") == "3004 | 1 | 3004.0");
  CHECK(shell.Run("UNWIND ['n1', 'N2', 'n0', null, 'n3'] AS name MATCH (n {name: name}) "
                  "RETURN collect(n.id)") == "[1,3]");
}

TEST_CASE("MERGE of many rows finds what rows before it made") {
  const auto store = Memory();
  Shell shell(*store);
  REQUIRE(shell.Run("UNWIND range(0, 99) AS i CREATE (:数 {id: i})") == "");
  REQUIRE(shell.Run("MATCH (a:数 {id: 0}), (b:数 {id: 0}) CREATE (a)-[:到]->(b)") == "");
  const std::string merge =
      "UNWIND range(0, 2999) AS i MATCH (a:数 {id: i % 100}), (b:数 {id: i * 7 % 50}) "
      "MERGE (a)-[r:到]->(b) ON CREATE SET r.made = i ON MATCH SET r.met = i ";
  CHECK(shell.Run(merge + "RETURN count(*), count(DISTINCT r), sum(r.made), max(r.met)") ==
        "3000 | 100 | 148500 | 2999");
  CHECK(shell.session().updates().edges_created == 99);
  CHECK(shell.Run(merge + "RETURN count(DISTINCT r)") == "100");
  CHECK(shell.session().updates().edges_created == 0);
  CHECK(shell.Run("MATCH (a)-[r:到]->(b) RETURN count(*), count(r.made), "
                  "collect(DISTINCT b.id = a.id * 7 % 50)") == "100 | 99 | [true]");
  // With new nodes, undirected, and where an end is null.
  CHECK(shell.Run("MATCH (a:数) WITH a ORDER BY a.id CREATE (a)-[:新]->(:新 {of: a.id})") == "");
  CHECK(shell.Run("MATCH (a)-[:新]->(b:新) RETURN count(*), collect(DISTINCT a.id = b.of)") ==
        "100 | [true]");
  CHECK(shell.Run("MATCH (a)-[:新]->(b:新) MERGE (b)-[r:新]-(a) RETURN count(DISTINCT r)") ==
        "100");
  CHECK(shell.Run("UNWIND [1, 200] AS i OPTIONAL MATCH (a:数 {id: i}) MATCH (b:数 {id: 2}) "
                  "CREATE (b)-[:空]->(a)") == "error: TypeError: InvalidArgumentType");
  const auto findings = store->Check();
  REQUIRE(findings.ok());
  CHECK(findings->empty());
}

TEST_CASE("several statements in one transaction") {
  const auto store = Memory();
  Shell one(*store), two(*store);
  REQUIRE(one.session().Begin().ok());
  CHECK(!one.session().Begin().ok());
  CHECK(one.Run("CREATE (:甲)") == "");
  CHECK(one.session().updates().nodes_created == 1);
  CHECK(one.Run("MATCH (n:甲) CREATE (n)-[:到]->(:乙) RETURN 1") == "1");
  CHECK(one.session().updates().nodes_created == 1);
  CHECK(one.Run("MATCH (n) RETURN count(n)") == "2");
  CHECK(two.Run("MATCH (n) RETURN count(n)") == "0");
  CHECK(one.Run("CREATE INDEX FOR (n:甲) ON (n.a)").starts_with("error: "));
  CHECK(!one.session().in_transaction());
  CHECK(two.Run("MATCH (n) RETURN count(n)") == "0");

  REQUIRE(one.session().Begin().ok());
  CHECK(one.Run("CREATE (:甲)") == "");
  REQUIRE(one.session().Commit().ok());
  CHECK(two.Run("MATCH (n) RETURN count(n)") == "1");
  CHECK(!one.session().Commit().ok());

  REQUIRE(one.session().Begin().ok());
  CHECK(one.Run("CREATE (:甲)") == "");
  REQUIRE(one.session().Rollback().ok());
  CHECK(one.Run("MATCH (n) RETURN count(n)") == "1");

  // Who reads first and finds the store changed when writing has to try again.
  REQUIRE(one.session().Begin().ok());
  CHECK(one.Run("MATCH (n) RETURN count(n)") == "1");
  CHECK(two.Run("CREATE (:乙)") == "");
  CHECK(one.Run("MATCH (n) RETURN count(n)") == "1");
  CHECK(one.Run("CREATE (:丙)") == "error: TransientError: Outdated");
  CHECK(!one.session().in_transaction());

  // A statement that fails takes all of the transaction back.
  REQUIRE(one.session().Begin().ok());
  CHECK(one.Run("CREATE (:丁)") == "");
  CHECK(one.Run("UNWIND [1, 0] AS i CREATE (:戊 {x: 1 / i})") ==
        "error: ArithmeticError: DivisionByZero");
  CHECK(!one.session().in_transaction());
  CHECK(one.Run("MATCH (n) RETURN count(n)") == "2");

  REQUIRE(one.session().Begin().ok());
  CHECK(one.Run("CREATE (:丁)") == "");
  CHECK(!one.session().Expire(std::chrono::hours(1)));
  CHECK(one.session().Expire(std::chrono::milliseconds(0)));
  CHECK(two.Run("CREATE (:己)") == "");
}

// A ministry that issued a policy.
std::unique_ptr<graph::Store> Reported() {
  auto store = Memory();
  graph::DocumentMaker maker("甲");
  const auto bureau = maker.Entity("Ministry", "云岭省能源局");
  const auto plan = maker.Entity("Policy", "风电规划", {}, {{"date", graph::Value("2026-02")}});
  maker.Relation("ISSUED", bureau, plan, {{"date", graph::Value("2026-02-01")}});
  const graph::DocumentClaims document = maker.Done();
  REQUIRE(store->Apply(std::span(&document, 1), "v").ok());
  return store;
}

TEST_CASE("statements write over what documents say") {
  const auto store = Reported();
  Shell shell(*store);
  CHECK(shell.Run("MATCH (p:Policy) SET p.date = '2026-03', p += {级: 2} RETURN p.date, p.级") ==
        "\"2026-03\" | 2");
  CHECK(shell.session().updates().properties_set == 2);
  CHECK(shell.Run("MATCH (:Ministry)-[i:ISSUED]->() REMOVE i.date RETURN i.date") == "null");
  CHECK(
      shell.Run("MATCH (p {name: '风电规划'}) RETURN [e IN evidence(p) WHERE e.origin = 'query' | "
                "e.property + '=' + e.value]") == "[\"date=2026-03\",\"级=2\"]");
  CHECK(shell.Run("MERGE (p:Policy {date: '2026-03'}) ON MATCH SET p.级 = p.级 + 1 RETURN p.级") ==
        "3");
  CHECK(shell.Run("MATCH (p:Policy) SET p.name = '风电发展规划' WITH p "
                  "MATCH (q {name: '风电发展规划'}) RETURN q = p") == "true");
  CHECK(shell.Run("MATCH (p:Policy) SET p.id = '1'") == "error: TypeError: InvalidPropertyType");
  CHECK(shell.Run("MATCH (p:Policy) SET p = {级: 4}") == "error: TypeError: InvalidPropertyType");
  CHECK(shell.Run("MATCH (p:Policy) REMOVE p:Policy").starts_with("error: documents say that"));
  CHECK(shell.Run("MATCH (p:Policy) RETURN p.级") == "3");

  // A relationship goes at once, and comes back with what takes it back.
  REQUIRE(shell.session().Begin().ok());
  CHECK(shell.Run("MATCH ()-[i:ISSUED]->() DELETE i WITH count(*) AS n "
                  "OPTIONAL MATCH ()-[j:ISSUED]->() RETURN n, j") == "1 | null");
  CHECK(shell.Run("MATCH (p:Policy) RETURN COUNT { (p)<--() }") == "0");
  REQUIRE(shell.session().Rollback().ok());
  CHECK(shell.Run("MATCH ()-[i:ISSUED]->() RETURN count(i)") == "1");
  CHECK(shell.Run("MATCH ()-[i:ISSUED]->() DELETE i") == "");
  CHECK(shell.session().updates().edges_deleted == 1);
  CHECK(shell.Run("MATCH ()-[i]->() RETURN count(i)") == "0");
  REQUIRE(store->Judge({}).ok());
  CHECK(shell.Run("MATCH ()-[i:ISSUED]->() RETURN i.date") == "null");
  CHECK(store->Check()->empty());
}

TEST_CASE("labels of what documents say are set and matched") {
  const auto store = Reported();
  Shell shell(*store);
  CHECK(shell.Run("MATCH (p:Policy) SET p:要点:Company RETURN labels(p)") ==
        "[\"Company\",\"Entity\",\"Policy\",\"要点\"]");
  CHECK(shell.session().updates().labels_added == 2);
  CHECK(shell.Run("MATCH (p:Policy) SET p:Entity:要点") == "");
  CHECK(shell.session().updates().labels_added == 0);
  static constexpr std::pair<const char*, const char*> kQueries[] = {
      {"MATCH (x:要点) RETURN x.name", "\"风电规划\""},
      {"MATCH (x:要点:Policy) RETURN x.name", "\"风电规划\""},
      {"MATCH (x:要点|Policy) RETURN count(x)", "1"},
      {"MATCH (x:Company) RETURN x.name", "\"风电规划\""},
      {"MATCH (x:Organisation) RETURN x.name", "\"云岭省能源局\""},
      {"MATCH (x:要点)<-[:ISSUED]-(y:Ministry) RETURN y.name", "\"云岭省能源局\""},
      {"MATCH (y:Ministry)-->(x) WHERE x:要点 RETURN count(*)", "1"},
      {"MATCH (y:要点)-->(x) RETURN count(*)", "0"},
      {"MATCH (x) WHERE NOT x:要点 RETURN x.name", "\"云岭省能源局\""},
      {"MERGE (x:要点 {name: '风电规划'}) RETURN x:Policy", "true"},
      {"MATCH (x:要点) RETURN [e IN evidence(x) WHERE e.label IS NOT NULL | e.label]",
       "[\"Company\",\"要点\"]"},
      {"CALL db.labels() YIELD label RETURN collect(label)",
       "[\"Company\",\"Entity\",\"Ministry\",\"Organisation\",\"Policy\",\"要点\"]"}};
  for (const auto& [query, rows] : kQueries) {
    CAPTURE(query);
    CHECK(shell.Run(query) == rows);
  }
  CHECK(shell.Run("CREATE INDEX FOR (n:要点) ON (n.date)") == "");
  CHECK(shell.Run("MATCH (x:要点 {date: '2026-02'}) RETURN x.name") == "\"风电规划\"");
  CHECK(shell.Run("MATCH (x:要点) REMOVE x:要点:无 RETURN labels(x)") ==
        "[\"Company\",\"Entity\",\"Policy\"]");
  CHECK(shell.session().updates().labels_removed == 1);
  CHECK(shell.Run("MATCH (x:要点 {date: '2026-02'}) RETURN x.name") == "");
  CHECK(store->Check()->empty());
}

TEST_CASE("nodes that documents name are deleted, and come back with what takes that back") {
  const auto store = Reported();
  Shell shell(*store);
  const std::string before = graph::Dump(store->Snapshot());
  CHECK(shell.Run("MATCH (p:Policy) DELETE p") ==
        "error: ConstraintVerificationFailed: DeleteConnectedNode");
  CHECK(shell.Run("MATCH (p:Policy)<-[i]-() DELETE p, i RETURN p.name") ==
        "error: EntityNotFound: DeletedEntityAccess");
  CHECK(graph::Dump(store->Snapshot()) == before);
  // Relationships that go along leave no word of their own.
  CHECK(shell.Run("MATCH (p:Policy)<-[i]-() DELETE p, i WITH count(*) AS n "
                  "OPTIONAL MATCH (q:Policy) RETURN n, q") == "1 | null");
  CHECK(shell.session().updates().nodes_deleted == 1);
  CHECK(shell.session().updates().edges_deleted == 1);
  CHECK(store->Snapshot().StoredJudgements().value()->ToText() == "reject\t*\tPolicy:风电规划\n");
  CHECK(shell.Run("MATCH (n) RETURN n.name") == "\"云岭省能源局\"");
  CHECK(shell.Run("MERGE (p:Policy {name: '风电规划'}) RETURN labels(p)") == "[\"Policy\"]");
  CHECK(shell.Run("MATCH (p:Policy) DELETE p") == "");
  REQUIRE(store->Judge({}).ok());
  CHECK(graph::Dump(store->Snapshot()) == before);

  REQUIRE(shell.session().Begin().ok());
  CHECK(shell.Run("MATCH (n:Ministry), (p:Policy) CREATE (:备忘)-[:关于]->(n)-[:另]->(p)") == "");
  CHECK(shell.Run("MATCH (n:Ministry) DETACH DELETE n") == "");
  CHECK(shell.session().updates().edges_deleted == 3);
  CHECK(shell.Run("MATCH (n) RETURN labels(n)[0], COUNT { (n)--() } ORDER BY labels(n)[0]") ==
        "\"Entity\" | 0\n\"备忘\" | 0");
  CHECK(shell.Run("MATCH (n) DETACH DELETE n") == "");
  CHECK(shell.Run("MATCH (n) RETURN count(n)") == "0");
  REQUIRE(shell.session().Commit().ok());
  CHECK(store->Check()->empty());
  CHECK(store->Snapshot().StoredJudgements().value()->ToText() ==
        "reject\t*\tMinistry:云岭省能源局\nreject\t*\tPolicy:风电规划\n");
  REQUIRE(store->Judge({}).ok());
  CHECK(shell.Run("MATCH (n:Ministry)-[i:ISSUED]->(p) RETURN i.date") == "\"2026-02-01\"");
  CHECK(store->Check()->empty());
}

}  // namespace
}  // namespace tupu::query
