// Indexes that users make: the order of their keys, and that every way of writing keeps them.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "graph/store/bulk_load.h"
#include "graph/store/index_value.h"
#include "graph/store/transaction.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

std::string Bytes(const Value& value) {
  std::string out;
  PutIndexValue(out, value);
  return out;
}

Value Point(TemporalKind kind, const char* text) { return Value(*ParseTemporal(kind, text)); }

TEST_CASE("keys are in the order of values, and the same for equal ones only") {
  const std::vector<std::vector<Value>> ascending = {
      {Value(-std::numeric_limits<double>::infinity()), Value(-1e300),
       Value(std::numeric_limits<std::int64_t>::min()), Value(-9007199254740993), Value(-2.5),
       Value(-1), Value(-1e-300), Value(0), Value(1e-300), Value(1), Value(1.5), Value(2),
       Value(std::int64_t{9007199254740992}), Value(std::int64_t{9007199254740993}),
       Value(std::int64_t{9007199254740994}), Value(std::numeric_limits<std::int64_t>::max() - 1),
       Value(std::numeric_limits<std::int64_t>::max()), Value(9223372036854775808.0),
       Value(std::numeric_limits<double>::infinity())},
      {Value(""), Value(std::string("\0", 1)), Value(std::string("\0a", 2)), Value("a"),
       Value(std::string("a\0", 2)), Value("ab"), Value("北京"), Value("北京市"), Value("📈")},
      {Value(false), Value(true)},
      {Point(TemporalKind::kDate, "-0001-01-01"), Point(TemporalKind::kDate, "1969-12-31"),
       Point(TemporalKind::kDate, "2026-02-25")},
      {Point(TemporalKind::kDateTime, "2026-01-01T00:00:00+08:00"),
       Point(TemporalKind::kDateTime, "2026-01-01T00:00:00.5+08:00"),
       Point(TemporalKind::kDateTime, "2026-01-01T00:00:00Z")}};
  for (const std::vector<Value>& values : ascending) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t j = 0; j < values.size(); ++j) {
        CAPTURE(ToJson(values[i]));
        CAPTURE(ToJson(values[j]));
        CHECK((Bytes(values[i]) < Bytes(values[j])) == (i < j));
      }
    }
  }
  CHECK(Bytes(Value(2)) == Bytes(Value(2.0)));
  CHECK(Bytes(Value(0)) == Bytes(Value(-0.0)));
  CHECK(Bytes(Value(List{Value(1), Value("一")})) == Bytes(Value(List{Value(1.0), Value("一")})));
  const std::string long_text(300, 'x');
  CHECK(Bytes(Value(long_text + "a")) != Bytes(Value(long_text + "b")));
  CHECK(!IsIndexable(Value(Map{})));
}

IndexDefinition On(std::string label, std::string property, bool unique = false) {
  IndexDefinition out;
  out.label = std::move(label);
  out.property = std::move(property);
  out.unique = unique;
  return out;
}

// What an index finds, by the property `id` or `k` of the nodes.
std::string FoundNodes(const View& view, std::uint32_t index, const IndexRange& range) {
  std::string out;
  REQUIRE(view.SeekIndex(index, range,
                         [&](std::uint64_t node) {
                           const auto record = view.Node(NodeId{node});
                           REQUIRE(record.ok());
                           const auto k = record->properties.find("k");
                           out += (out.empty() ? "" : " ") +
                                  (k == record->properties.end() ? "?" : ToJson(k->second));
                           return true;
                         })
              .ok());
  return out;
}

TEST_CASE("an index is filled, kept by transactions, asked, and dropped") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    auto store = OpenStore(kind, dir / "store");
    {
      auto transaction = *store->Begin();
      for (int i = 0; i < 10; ++i) {
        REQUIRE(transaction->CreateNode({i % 2 == 0 ? "偶" : "奇"}, {{"k", Value(i)}}).ok());
      }
      REQUIRE(transaction->Commit().ok());
    }
    const View before = store->Snapshot();
    CHECK(*store->CreateIndex(On("偶", "k"), false));
    CHECK(before.Indexes().empty());
    REQUIRE(store->Snapshot().Indexes().size() == 1);
    const IndexInfo index = store->Snapshot().Indexes()[0];
    CHECK(index.name == "index_偶_k");
    CHECK(!*store->CreateIndex(On("偶", "k"), true));
    CHECK(store->CreateIndex(On("偶", "k"), false).error().detail ==
          "Schema: EquivalentSchemaRuleAlreadyExists");
    const auto range = [](std::optional<Value> lower, std::optional<Value> upper) {
      IndexRange out;
      out.lower = std::move(lower);
      out.upper = std::move(upper);
      return out;
    };
    const auto equal = [](Value value) {
      IndexRange out;
      out.equal = std::move(value);
      return out;
    };
    const std::uint32_t number = index.number;
    CHECK(FoundNodes(store->Snapshot(), number, range(Value(2), Value(6.5))) == "2 4 6");
    CHECK(FoundNodes(store->Snapshot(), number, range(Value(5), {})) == "6 8");
    CHECK(FoundNodes(store->Snapshot(), number, range({}, Value(2))) == "0 2");
    CHECK(FoundNodes(store->Snapshot(), number, range(Value("a"), {})) == "");
    CHECK(FoundNodes(store->Snapshot(), number, range(Value("a"), Value(2))) == "");
    CHECK(FoundNodes(store->Snapshot(), number, equal(Value(4.0))) == "4");
    CHECK(FoundNodes(store->Snapshot(), number, equal(Value(5))) == "");
    CHECK(store->Snapshot().CountIndex(number)->entries == 5);
    {
      auto transaction = *store->Begin();
      const auto four = *transaction->view().FindNodes("k", Value(4));
      std::vector<NodeId> nodes;
      const auto label = transaction->view().FindLabel("偶");
      REQUIRE(transaction->view()
                  .ForEachNode(*label,
                               [&](NodeId node) {
                                 nodes.push_back(node);
                                 return true;
                               })
                  .ok());
      REQUIRE(nodes.size() == 5);
      REQUIRE(transaction->SetProperty(nodes[0], "k", Value(4)).ok());
      REQUIRE(transaction->SetProperty(nodes[1], "k", Value()).ok());
      REQUIRE(transaction->RemoveLabel(nodes[2], "偶").ok());
      REQUIRE(transaction->DeleteNode(nodes[3]).ok());
      const NodeId odd = *transaction->CreateNode({}, {{"k", Value("奇")}});
      REQUIRE(transaction->AddLabel(odd, "偶").ok());
      CHECK(FoundNodes(transaction->view(), number, range(Value(0), Value(100))) == "4 8");
      IndexRange prefix;
      prefix.prefix = "奇";
      CHECK(FoundNodes(transaction->view(), number, prefix) == "\"奇\"");
      REQUIRE(transaction->Commit().ok());
    }
    CHECK(Findings(*store) == "");
    CHECK(store->Snapshot().CountIndex(number)->entries == 3);
    CHECK(store->DropIndex("nichts", false, false).error().detail == "Schema: IndexNotFound");
    CHECK(!*store->DropIndex("nichts", false, true));
    CHECK(*store->DropIndex(index.name, false, false));
    CHECK(store->Snapshot().Indexes().empty());
    CHECK(Findings(*store) == "");
  }
}

TEST_CASE("a constraint allows a value once") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    auto store = OpenStore(kind, dir / "store");
    CHECK(*store->CreateIndex(On("城市", "名", true), false));
    {
      auto transaction = *store->Begin();
      REQUIRE(transaction->CreateNode({"城市"}, {{"名", Value(1)}}).ok());
      REQUIRE(transaction->CreateNode({}, {{"名", Value(1)}}).ok());
      REQUIRE(transaction->CreateNode({"城市"}, {}).ok());
      const NodeId other = *transaction->CreateNode({"城市"}, {{"名", Value("1")}});
      const auto twice = transaction->CreateNode({"城市"}, {{"名", Value(1.0)}});
      REQUIRE(!twice.ok());
      CHECK(twice.error().detail == "ConstraintValidationFailed: UniquenessViolated");
      CHECK(!transaction->SetProperty(other, "名", Value(1)).ok());
    }
    {
      auto transaction = *store->Begin();
      for (const int value : {3, 3}) {
        REQUIRE(transaction->CreateNode({"县"}, {{"名", Value(value)}}).ok());
      }
      REQUIRE(transaction->Commit().ok());
    }
    const auto refused = store->CreateIndex(On("县", "名", true), false);
    REQUIRE(!refused.ok());
    CHECK(refused.error().detail == "ConstraintCreationFailed: UniquenessViolated");
    CHECK(store->Snapshot().Indexes().size() == 1);
    CHECK(Findings(*store) == "");
    CHECK(store->DropIndex("constraint_城市_名", false, false).error().detail ==
          "Schema: ForbiddenOnConstraintIndex");
    CHECK(*store->DropIndex("constraint_城市_名", true, false));
  }
}

TEST_CASE("imports keep indexes and constraints") {
  const TempDir dir;
  auto store = OpenStore(StoreKind::kRocks, dir / "store");
  REQUIRE(*store->CreateIndex(On("城市", "k", true), false));
  const auto load = [&](std::vector<int> values) -> Status {
    TUPU_ASSIGN(const auto bulk, store->BeginLoad("import"));
    const std::vector<std::uint32_t> labels = {bulk->Label("城市")};
    const std::uint32_t property = bulk->Property("k");
    for (const int value : values) {
      TUPU_TRY(bulk->AddNode(labels, {{property, Value(value)}}));
    }
    TUPU_TRY(bulk->Finish());
    return {};
  };
  REQUIRE(load({3, 1, 2}).ok());
  CHECK(FoundNodes(store->Snapshot(), store->Snapshot().Indexes()[0].number,
                   {{}, {}, Value(1), Value(9)}) == "1 2 3");
  CHECK(load({4, 4}).error().detail == "ConstraintValidationFailed: UniquenessViolated");
  CHECK(load({5, 2}).error().detail == "ConstraintValidationFailed: UniquenessViolated");
  CHECK(store->Snapshot().Counts()->nodes == 3);
  CHECK(Findings(*store) == "");
}

TEST_CASE("documents come, change and go; indexes follow") {
  std::mt19937 random(20260225);
  for (int round = 0; round < 6; ++round) {
    const TempDir dir;
    auto store = OpenStore(round % 2 == 0 ? StoreKind::kMemory : StoreKind::kRocks, dir / "store");
    const auto make = [&] {
      for (const char* label : {"Entity", "Company", "Organisation", "Policy"}) {
        for (const char* property : {"name", "aliases", "id", "date"}) {
          REQUIRE(store->CreateIndex(On(label, property), true).ok());
        }
      }
      for (const char* type : {"INVESTS", "ISSUED", "HOLDS_POSITION"}) {
        for (const char* property : {"status", "amount", "title"}) {
          IndexDefinition definition = On(type, property);
          definition.of_edges = true;
          REQUIRE(store->CreateIndex(std::move(definition), true).ok());
        }
      }
    };
    if (round < 3) make();
    for (int step = 0; step < 6; ++step) {
      std::vector<DocumentClaims> documents;
      for (int i = 0; i < 4; ++i) {
        documents.push_back(
            RandomDocument(random, "d" + std::to_string(step) + "." + std::to_string(i)));
      }
      REQUIRE(store->Apply(documents, "test").ok());
      const std::vector<std::string> gone = {"d" + std::to_string(step / 2) + ".1"};
      REQUIRE(store->Remove(gone, nullptr).ok());
      REQUIRE(store->Judge(RandomJudgements(random)).ok());
      if (step == 3) make();
      REQUIRE(Findings(*store) == "");
    }
    CHECK(store->Snapshot().CountIndex(0)->entries > 0);
  }
}

}  // namespace
}  // namespace tupu::graph
