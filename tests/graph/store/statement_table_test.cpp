#include "graph/store/statement_table.h"

#include <doctest/doctest.h>

#include <random>

#include "graph/store/facts.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

std::vector<Hash128> Ids(const std::vector<Statement>& statements) {
  std::vector<Hash128> out;
  for (const Statement& stmt : statements) out.push_back(stmt.ComputeId());
  return out;
}

TEST_CASE("tables: shortened, lengthened and spoiled bytes are refused or read, never worse") {
  std::mt19937 random(3);
  std::string bytes;
  StatementTable::Build(RandomDocument(random, "甲").claims, "v", TestSchema()).Encode(bytes);
  StatementTable out;
  CHECK(!StatementTable::Decode(bytes + "x", out));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(!StatementTable::Decode(std::string_view(bytes).substr(0, size), out));
  }
  for (int i = 0; i < 20000; ++i) {
    std::string spoiled = bytes;
    for (unsigned j = 0; j < 1 + random() % 3; ++j) {
      spoiled[random() % spoiled.size()] = static_cast<char>(random());
    }
    DocumentFacts facts;
    if (StatementTable::Decode(spoiled, out) && CollectFacts(out, Judgements(), facts))
      (void)out.Statements();
  }
}

TEST_CASE("tables: the same statements as the model makes, through bytes and back") {
  std::mt19937 random(4);
  for (int i = 0; i < 50; ++i) {
    const DocumentClaims doc = RandomDocument(random, "甲");
    const StatementTable table = StatementTable::Build(doc.claims, "版本", TestSchema());
    CHECK(Ids(table.Statements()) == Ids(ToStatements(doc.claims, "版本")));
    std::string bytes, again;
    table.Encode(bytes);
    StatementTable decoded;
    REQUIRE(StatementTable::Decode(bytes, decoded));
    CHECK(Ids(decoded.Statements()) == Ids(table.Statements()));
    CHECK(decoded.document_id() == "甲");
    CHECK(decoded.version() == "版本");
    decoded.Encode(again);
    CHECK(again == bytes);
  }
}

TEST_CASE("tables: values keep their kind and their bits") {
  DocumentMaker maker("甲");
  maker.Entity("Project", "云岭铁路", {},
               {{"a", Value(3)},
                {"b", Value(3.0)},
                {"c", Value(-0.0)},
                {"d", Value(List{Value(1), Value(1.0), Value("1")})},
                {"e", Value(true)},
                {"f", Value("云岭铁路")},
                {"g", Value()}});
  const DocumentClaims doc = maker.Done();
  const StatementTable table = StatementTable::Build(doc.claims, "v", TestSchema());
  CHECK(Ids(table.Statements()) == Ids(ToStatements(doc.claims, "v")));
}

TEST_CASE("facts: each once a document, however often it says them") {
  DocumentMaker maker("甲");
  const auto a = maker.Entity("Person", "周明远", {"周明远", "周局长", "周明远"});
  const auto b = maker.Entity("Official", "周明远", {"周局长"});
  const auto c = maker.Entity("Ministry", "海州商务局");
  maker.Relation("HOLDS_POSITION", a, c, {{"title", Value("局长")}}, ClaimStatus::kDone);
  maker.Relation("HOLDS_POSITION", b, c, {{"title", Value("局长")}}, ClaimStatus::kPlanned);
  maker.Relation("HOLDS_POSITION", b, c, {{"title", Value("局长")}}, ClaimStatus::kDenied);
  const DocumentClaims doc = maker.Done();
  const StatementTable table = StatementTable::Build(doc.claims, "v", TestSchema());
  DocumentFacts facts;
  REQUIRE(CollectFacts(table, Judgements(), facts));
  REQUIRE(facts.nodes.size() == 2);
  REQUIRE(facts.edges.size() == 1);
  CHECK(facts.edges[0].title.size() == 16);
  const auto text = [&](FactRange range) {
    std::string out;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      out += std::to_string(facts.facts[i].reserved) + std::string(facts.facts[i].name) + "=" +
             ToJson(facts.facts[i].value) + " ";
    }
    return out;
  };
  for (const auto& node : facts.nodes) {
    if (table.keys()[node.key].type != "Person") continue;
    CHECK(text(node.facts) ==
          "0=\"Official\" 0=\"Person\" 1=\"周局长\" 1=\"周明远\" 2=\"周明远\" ");
  }
  CHECK(text(facts.edges[0].facts) == "3=2 3=3 16title=\"局长\" ");
}

}  // namespace
}  // namespace tupu::graph
