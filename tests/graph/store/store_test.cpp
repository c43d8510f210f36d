#include "graph/store/store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

using Texts = std::vector<std::string>;

struct Fixture {
  TempDir dir;
  std::unique_ptr<Store> store = OpenStore(StoreKind::kMemory, dir.path());

  ApplyReport Apply(std::vector<DocumentClaims> documents, std::string_view version = "v1") {
    const auto report = store->Apply(documents, version);
    REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().ToString()));
    CHECK(*store->Check() == Texts{});
    return *report;
  }
  void Remove(const std::string& id) {
    REQUIRE(store->Remove(Texts{id}, nullptr).ok());
    CHECK(*store->Check() == Texts{});
  }
  NodeId NodeOf(std::string_view name) {
    const std::vector<NodeId> nodes = store->Snapshot().FindNodesByName(name).value();
    REQUIRE(nodes.size() == 1);
    return nodes[0];
  }
  NodeRecord Node(std::string_view name) { return store->Snapshot().Node(NodeOf(name)).value(); }
  std::string Property(std::string_view name, const std::string& property) {
    const NodeRecord record = Node(name);
    const auto found = record.properties.find(property);
    return found == record.properties.end() ? "(none)" : ToJson(found->second);
  }
  // The properties of every edge, as JSON, sorted.
  Texts Edges() {
    Texts out;
    const View view = store->Snapshot();
    REQUIRE(view.ForEachEdge(std::nullopt,
                             [&](EdgeId edge, TypeId, NodeId, NodeId) {
                               const EdgeRecord record = view.Edge(edge).value();
                               out.push_back(record.type +
                                             ToJson(Value(Map(record.properties.begin(),
                                                              record.properties.end()))));
                               return true;
                             })
                .ok());
    std::sort(out.begin(), out.end());
    return out;
  }
};

DocumentClaims Bureau(const std::string& id, const std::string& date, const std::string& type,
                      Texts forms = {}) {
  DocumentMaker maker(id, date);
  maker.Entity(type, "北川市商务局", std::move(forms));
  return maker.Done();
}

TEST_CASE("what Apply refuses") {
  Fixture f;
  DocumentClaims nameless = Bureau("甲", "", "Ministry");
  nameless.document.id = nameless.claims.document_id = "";
  const auto report = f.store->Apply(std::vector{nameless}, "v");
  REQUIRE(!report.ok());
  CHECK(report.error().code == ErrorCode::kInvalidInput);
  const std::vector twice = {Bureau("甲", "", "Ministry"), Bureau("甲", "2026", "Ministry")};
  CHECK_THROWS_AS((void)f.store->Apply(twice, "v"), InternalError);
  std::vector other = {Bureau("甲", "", "Ministry")};
  other[0].claims.document_id = "乙";
  CHECK_THROWS_AS((void)f.store->Apply(other, "v"), InternalError);
  CHECK(f.store->Snapshot().Counts()->documents == 0);
}

TEST_CASE("reading what is not there") {
  Fixture f;
  f.Apply({Bureau("甲", "", "Ministry")});
  const View view = f.store->Snapshot();
  CHECK(!view.FindDocument("乙")->has_value());
  CHECK(view.DocumentText("乙").error().code == ErrorCode::kNotFound);
  CHECK(!view.FindNodeById("")->has_value());
  CHECK(!view.FindNodeById("北川市商务局")->has_value());
  CHECK(!view.FindNodeById(std::string(32, '0'))->has_value());
  CHECK(view.FindNodesByName("北川")->empty());
  CHECK(!view.FindLabel("Nothing").has_value());
  CHECK(!view.FindType("ISSUED").has_value());
  CHECK(!view.Node(NodeId{99}).ok());
  CHECK(!view.Edge(EdgeId{99}).ok());
  CHECK(!view.NodeStatements(NodeId{99}).ok());
  std::vector<Neighbour> none;
  CHECK(view.Expand(NodeId{99}, Direction::kOut, {}, none).ok());
  CHECK(none.empty());
  int visits = 0;
  CHECK(view.ForEachStatement("乙", [&](const Statement&) { return ++visits > 0; }).ok());
  CHECK(visits == 0);
}

TEST_CASE("the same again changes nothing; anything else is a correction") {
  Fixture f;
  DocumentClaims doc = Bureau("甲", "2026-02-25", "Ministry");
  doc.document.title = "题目";
  CHECK(f.Apply({doc}).added == 1);
  const std::string before = Dump(f.store->Snapshot());
  CHECK(f.Apply({doc}).unchanged == 1);
  CHECK(Dump(f.store->Snapshot()) == before);

  const auto corrected = [&](const DocumentClaims& changed, std::string_view version) {
    const ApplyReport report = f.Apply({changed}, version);
    return report.corrected == 1 && report.added == 0 && report.unchanged == 0;
  };
  CHECK(corrected(doc, "v2"));
  CHECK(f.store->Snapshot().FindDocument("甲").value()->version == "v2");
  DocumentClaims later = doc;
  later.document.date = "2026-02-26";
  CHECK(corrected(later, "v2"));
  DocumentClaims named = doc;
  named.document.title = "另一题目";
  CHECK(corrected(named, "v2"));
  DocumentClaims longer = doc;
  longer.document.text += "。";
  CHECK(corrected(longer, "v2"));
  CHECK(f.store->Snapshot().DocumentText("甲").value() == longer.document.text);
  CHECK(corrected(doc, "v1"));
  CHECK(Dump(f.store->Snapshot()) == before);
  CHECK(f.store->Snapshot().Counts()->documents == 1);
}

TEST_CASE("documents of one batch may speak of one thing") {
  Fixture f;
  std::vector<DocumentClaims> batch;
  for (int i = 0; i < 5; ++i) {
    DocumentMaker maker("文" + std::to_string(i), "2026-01-0" + std::to_string(i + 1));
    const auto bureau = maker.Entity("Ministry", "北川市商务局");
    const auto policy = maker.Entity("Policy", "稳岗措施");
    maker.Relation("ISSUED", bureau, policy);
    batch.push_back(maker.Done());
  }
  f.Apply(batch);
  const View view = f.store->Snapshot();
  CHECK(view.Counts()->nodes == 2);
  CHECK(view.Counts()->edges == 1);
  CHECK(view.NodeStatements(f.NodeOf("稳岗措施"))->size() == 10);
  // One batch that removes by correction what another of its documents still says.
  DocumentMaker other("文0", "2026-03-01");
  other.Entity("Policy", "绿色工厂办法");
  f.Apply({other.Done(), Bureau("文1", "2026-03-02", "Ministry")});
  CHECK(f.store->Snapshot().Counts()->edges == 1);
  CHECK(f.store->Snapshot().Counts()->nodes == 3);
}

TEST_CASE("labels: the type of most documents, and the types above it") {
  Fixture f;
  DocumentMaker a("甲", "2026-01-01"), b("乙", "2026-01-02"), c("丙", "2025");
  a.Entity("Person", "周明远");
  b.Entity("Official", "周明远");
  c.Entity("Person", "周明远");
  f.Apply({a.Done()});
  CHECK(f.Node("周明远").labels == Texts{"Entity", "Person"});
  f.Apply({b.Done()});  // one each: the later document
  CHECK(f.Node("周明远").labels == Texts{"Entity", "Official", "Person"});
  f.Apply({c.Done()});
  CHECK(f.Node("周明远").labels == Texts{"Entity", "Person"});
  const View view = f.store->Snapshot();
  const auto count = [&](const char* label) { return *view.CountNodes(view.FindLabel(label)); };
  CHECK(count("Person") == 1);
  CHECK(count("Official") == 0);
  CHECK(count("Entity") == 1);
  CHECK(view.Labels() == Texts{"Entity", "Person"});
  f.Remove("甲");
  CHECK(f.Node("周明远").labels == Texts{"Entity", "Official", "Person"});
  CHECK(*f.store->Snapshot().CountNodes(f.store->Snapshot().FindLabel("Official")) == 1);
}

TEST_CASE("a type that the schema does not know has itself and Entity for labels") {
  Fixture f;
  DocumentMaker maker("甲");
  maker.Entity("Ship", "远望号");
  f.Apply({maker.Done(), Bureau("乙", "", "Ministry")});
  CHECK(f.Node("远望号").labels == Texts{"Entity", "Ship"});
  const View view = f.store->Snapshot();
  REQUIRE(view.FindLabel("Ship"));
  CHECK(*view.CountNodes(view.FindLabel("Ship")) == 1);
  CHECK(*view.HasLabel(f.NodeOf("远望号"), *view.FindLabel("Ship")));
  CHECK(!*view.HasLabel(f.NodeOf("北川市商务局"), *view.FindLabel("Ship")));
  CHECK(*view.HasLabel(f.NodeOf("北川市商务局"), *view.FindLabel("Organisation")));
}

TEST_CASE("names, aliases and properties follow the documents") {
  Fixture f;
  DocumentMaker a("甲", "2026-01-01"), b("乙", "2026-01-02"), c("丙", "");
  a.Entity("Policy", "稳岗措施", {"《稳岗措施》", "措施"}, {{"date", Value("2026-01")}});
  b.Entity("Policy", "稳岗措施", {"稳岗措施"}, {{"date", Value("2026-02")}});
  c.Entity("Policy", "稳岗措施", {"措施"}, {{"date", Value("2026-01")}});
  f.Apply({a.Done(), b.Done(), c.Done()});
  CHECK(f.Property("稳岗措施", "name") == "\"稳岗措施\"");
  CHECK(f.Property("稳岗措施", "aliases") == "[\"《稳岗措施》\",\"措施\"]");
  CHECK(f.Property("稳岗措施", "date") == "\"2026-01\"");
  f.Remove("甲");
  CHECK(f.Property("稳岗措施", "aliases") == "[\"措施\"]");
  CHECK(f.Property("稳岗措施", "date") == "\"2026-02\"");
  f.Remove("乙");
  CHECK(f.Property("措施", "aliases") == "[\"措施\"]");
  CHECK(f.Property("措施", "name") == "\"稳岗措施\"");
  CHECK(f.store->Snapshot().FindNodesByName("《稳岗 措施》")->size() == 1);  // by its name, folded
  f.Remove("丙");
  CHECK(f.store->Snapshot().FindNodesByName("稳岗措施")->empty());
  CHECK(f.store->Snapshot().CompleteName("", 10)->empty());
}

TEST_CASE("the latest date is found again when its document goes, however far back") {
  Fixture f;
  std::vector<DocumentClaims> batch;
  const auto person = [](const std::string& id, const std::string& date, const char* type) {
    DocumentMaker maker(id, date);
    maker.Entity(type, "周明远");
    return maker.Done();
  };
  const Texts kOfficial = {"Entity", "Official", "Person"}, kPerson = {"Entity", "Person"};
  batch.push_back(person("甲", "2026-02", "Official"));
  batch.push_back(person("乙", "2024", "Official"));
  batch.push_back(person("丙", "2025", "Person"));
  batch.push_back(person("丁", "2025", "Person"));
  f.Apply(batch);
  CHECK(f.Node("周明远").labels == kOfficial);
  f.Remove("甲");
  f.Remove("丁");  // one against one: 2024 against 2025
  CHECK(f.Node("周明远").labels == kPerson);
  // A correction takes the latest away and brings an earlier one, in one batch.
  f.Apply({person("丙", "2023-12-31", "Person")});
  CHECK(f.Node("周明远").labels == kOfficial);
}

TEST_CASE("edges: one a pair and type, one a title where the schema says so") {
  Fixture f;
  DocumentMaker maker("甲");
  const auto person = maker.Entity("Official", "沈若兰");
  const auto bureau = maker.Entity("Ministry", "北川市商务局");
  maker.Relation("HOLDS_POSITION", person, bureau, {{"title", Value("局长")}});
  maker.Relation("HOLDS_POSITION", person, bureau, {{"title", Value("党组书记")}});
  maker.Relation("HOLDS_POSITION", person, bureau, {{"title", Value("局长")}});
  maker.Relation("HOLDS_POSITION", person, bureau);
  maker.Relation("INVESTS", bureau, bureau, {{"title", Value("甲")}});
  maker.Relation("INVESTS", bureau, bureau, {{"title", Value("乙")}});
  f.Apply({maker.Done()});
  CHECK(f.Edges() == Texts{"HOLDS_POSITION{\"status\":\"done\",\"title\":\"党组书记\"}",
                           "HOLDS_POSITION{\"status\":\"done\",\"title\":\"局长\"}",
                           "HOLDS_POSITION{\"status\":\"done\"}",
                           "INVESTS{\"status\":\"done\",\"title\":\"乙\"}"});
  const View view = f.store->Snapshot();
  std::vector<Neighbour> out, in, typed;
  REQUIRE(view.Expand(f.NodeOf("沈若兰"), Direction::kOut, {}, out).ok());
  REQUIRE(view.Expand(f.NodeOf("北川市商务局"), Direction::kIn, {}, in).ok());
  const std::vector<TypeId> types = {*view.FindType("INVESTS")};
  REQUIRE(view.Expand(f.NodeOf("北川市商务局"), Direction::kIn, types, typed).ok());
  CHECK(out.size() == 3);
  CHECK(in.size() == 4);
  CHECK(typed.size() == 1);
  CHECK(view.EdgeStatements(typed[0].edge)->size() == 2);
}

TEST_CASE("status is the strongest; denials make no edge and keep none") {
  Fixture f;
  const auto said = [](const std::string& id, ClaimStatus status) {
    DocumentMaker maker(id);
    const auto bureau = maker.Entity("Ministry", "北川市商务局");
    const auto project = maker.Entity("Project", "临江光伏电站");
    maker.Relation("INVESTS", bureau, project, {}, status);
    return maker.Done();
  };
  f.Apply({said("甲", ClaimStatus::kDenied)});
  CHECK(f.Edges().empty());
  CHECK(f.store->Snapshot().Counts()->nodes == 2);
  f.Apply({said("乙", ClaimStatus::kProposed)});
  CHECK(f.Edges() == Texts{"INVESTS{\"status\":\"proposed\"}"});
  f.Apply({said("丙", ClaimStatus::kDone), said("丁", ClaimStatus::kPlanned)});
  CHECK(f.Edges() == Texts{"INVESTS{\"status\":\"done\"}"});
  f.Remove("丙");
  CHECK(f.Edges() == Texts{"INVESTS{\"status\":\"planned\"}"});
  f.Remove("丁");
  f.Remove("乙");
  CHECK(f.Edges().empty());
  CHECK(f.store->Snapshot().RelationTypes().empty());
}

TEST_CASE("an amount never stands with another document's currency") {
  Fixture f;
  const auto said = [](const std::string& id, const std::string& date, Properties properties) {
    DocumentMaker maker(id, date);
    const auto bureau = maker.Entity("Ministry", "北川市商务局");
    const auto project = maker.Entity("Project", "临江光伏电站", {}, properties);
    maker.Relation("INVESTS", bureau, project, properties);
    return maker.Done();
  };
  f.Apply({said("甲", "2026-01-03", {{"amount", Value(3000000)}, {"currency", Value("USD")}}),
           said("乙", "2026-01-02", {{"amount", Value(3000000)}, {"currency", Value("EUR")}}),
           said("丙", "2026-01-01", {{"amount", Value(20000000)}})});
  CHECK(f.Edges() == Texts{"INVESTS{\"amount\":3000000,\"currency\":\"USD\",\"status\":\"done\"}"});
  CHECK(f.Property("临江光伏电站", "currency") == "\"USD\"");
  f.Remove("甲");
  f.Remove("乙");
  CHECK(f.Edges() == Texts{"INVESTS{\"amount\":20000000,\"status\":\"done\"}"});
  CHECK(f.Property("临江光伏电站", "currency") == "(none)");
}

TEST_CASE("statements are those that the claims make, with their places") {
  std::mt19937 random(11);
  for (int i = 0; i < 20; ++i) {
    Fixture f;
    const DocumentClaims doc = RandomDocument(random, "甲");
    f.Apply({doc});
    const std::vector<Statement> expected = ToStatements(doc.claims, "v1");
    std::vector<Hash128> ids, stored;
    for (const Statement& stmt : expected) ids.push_back(stmt.ComputeId());
    REQUIRE(f.store->Snapshot()
                .ForEachStatement("甲",
                                  [&](const Statement& stmt) {
                                    stored.push_back(stmt.ComputeId());
                                    return true;
                                  })
                .ok());
    CHECK(stored == ids);
    CHECK(f.store->Snapshot().Counts()->statements == ids.size());
  }
}

TEST_CASE("names are completed in folded order, each once") {
  Fixture f;
  DocumentMaker maker("甲");
  for (int i = 0; i < 40; ++i) {
    maker.Entity("Project", "云岭铁路", {"云岭铁路"}, {}, "第" + std::to_string(i) + "段");
  }
  maker.Entity("Project", "云岭水库", {"“云岭”水库", "云岭水库", "ＡＢＣ水库"});
  f.Apply({maker.Done()});
  const View view = f.store->Snapshot();
  CHECK(*view.CompleteName("云岭", 10) == Texts{"“云岭”水库", "云岭水库", "云岭铁路"});
  CHECK(*view.CompleteName("“云 岭", 1) == Texts{"“云岭”水库"});
  CHECK(*view.CompleteName("abc", 10) == Texts{"ＡＢＣ水库"});
  CHECK(*view.CompleteName("没有", 10) == Texts{});
  CHECK(*view.CompleteName("", 0) == Texts{});
  CHECK(view.CompleteName("", 100)->size() == 4);
  CHECK(view.FindNodesByName("云岭铁路")->size() == 40);
}

TEST_CASE("a view stands still while the store goes on, and outlives it") {
  for (StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    std::unique_ptr<Store> store = OpenStore(kind, dir / "s");
    std::mt19937 random(5);
    std::vector<DocumentClaims> batch;
    for (int i = 0; i < 6; ++i) batch.push_back(RandomDocument(random, "文" + std::to_string(i)));
    REQUIRE(store->Apply(batch, "v").ok());
    const View view = store->Snapshot();
    const std::string before = Dump(view);
    std::thread writing([&] {
      for (int i = 0; i < 20; ++i) {
        (void)store->Apply(std::vector{RandomDocument(random, "文" + std::to_string(i % 8))}, "v");
      }
    });
    for (int i = 0; i < 5; ++i) CHECK(Dump(view) == before);
    writing.join();
    CHECK(Dump(store->Snapshot()) != before);
    store.reset();
    CHECK(Dump(view) == before);
  }
}

TEST_CASE("removing: what is missing is named, repetitions count once") {
  Fixture f;
  f.Apply({Bureau("甲", "", "Ministry"), Bureau("乙", "", "Ministry")});
  Texts missing;
  const auto report = f.store->Remove(Texts{"甲", "丙", "甲", "丁"}, &missing);
  REQUIRE(report.ok());
  CHECK(report->removed == 1);
  CHECK(missing == Texts{"丙", "丁"});
  CHECK(f.store->Snapshot().Counts()->documents == 1);
}

}  // namespace
}  // namespace tupu::graph
