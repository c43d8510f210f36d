// Transactions: what is written by hand, on both kinds of store.
#include "graph/store/transaction.h"

#include <doctest/doctest.h>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

std::string Findings(const Store& store) {
  const auto found = store.Check();
  if (!found.ok()) return found.error().ToString();
  std::string out;
  for (const std::string& line : *found) out += line + "\n";
  return out;
}

std::uint64_t CountNodes(const View& view, const char* label) {
  const auto id = view.FindLabel(label);
  if (!id) return 0;
  std::uint64_t seen = 0;
  REQUIRE(view.ForEachNode(*id, [&](NodeId) { return ++seen > 0; }).ok());
  CHECK(*view.CountNodes(*id) == seen);
  return seen;
}

TEST_CASE("a transaction sees its own writes; others see them when it commits") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "store");
    const View before = store->Snapshot();
    auto transaction = *store->Begin();
    const NodeId a = *transaction->CreateNode({"城市", "城市"}, {{"name", Value("甲")}});
    const NodeId b = *transaction->CreateNode({}, {{"空", Value()}});
    const EdgeId first = *transaction->CreateEdge("铁路", a, b, {{"公里", Value(12)}});
    const EdgeId second = *transaction->CreateEdge("铁路", a, b, {});
    CHECK(first != second);
    CHECK(CountNodes(transaction->view(), "城市") == 1);
    CHECK(transaction->view().FindNodes("name", Value("甲"))->size() == 1);
    std::vector<Neighbour> neighbours;
    REQUIRE(transaction->view().Expand(b, Direction::kIn, {}, neighbours).ok());
    CHECK(neighbours.size() == 2);
    CHECK(CountNodes(store->Snapshot(), "城市") == 0);
    CHECK(store->Begin(std::chrono::milliseconds(1)).error().code == ErrorCode::kConflict);
    REQUIRE(transaction->Commit().ok());
    transaction.reset();
    CHECK(CountNodes(before, "城市") == 0);
    CHECK(CountNodes(store->Snapshot(), "城市") == 1);
    CHECK(store->Snapshot().Node(b)->properties.empty());
    CHECK(Findings(*store) == "");
  }
}

TEST_CASE("what is not committed never was") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  REQUIRE((*store->Begin())->CreateNode({"城市"}, {}).ok());
  CHECK(store->Snapshot().Counts()->nodes == 0);
  CHECK(store->Snapshot().FindType("城市") == std::nullopt);
  CHECK((*store->Begin())->Commit().ok());
}

TEST_CASE("changes and deletions leave indexes and counts in order") {
  std::mt19937 random(7);
  const TempDir dir;
  const auto store = OpenStore(StoreKind::kRocks, dir / "store");
  DocumentMaker maker("文/1");
  maker.Entity("Company", "远山科技");
  const std::vector<DocumentClaims> documents = {maker.Done()};
  REQUIRE(store->Apply(documents, "test").ok());
  std::vector<NodeId> nodes;
  for (int round = 0; round < 20; ++round) {
    const auto transaction = *store->Begin();
    for (int i = 0; i < 10; ++i) {
      const auto pick = [&] { return nodes[random() % nodes.size()]; };
      const Value value = random() % 2 == 0 ? Value(static_cast<int>(random() % 3)) : Value("甲");
      const char* label = random() % 2 == 0 ? "Company" : "城市";
      switch (nodes.empty() ? 0 : random() % 6) {
        case 0:
          nodes.push_back(*transaction->CreateNode({label}, {{"name", value}}));
          break;
        case 1:
          REQUIRE(transaction->CreateEdge("铁路", pick(), pick(), {{"x", value}}).ok());
          break;
        case 2:
          REQUIRE(
              transaction->SetProperty(pick(), "name", random() % 3 == 0 ? Value() : value).ok());
          break;
        case 3:
          REQUIRE(transaction->AddLabel(pick(), label).ok());
          break;
        case 4:
          REQUIRE(transaction->RemoveLabel(pick(), label).ok());
          break;
        default: {
          const NodeId node = pick();
          for (const Direction direction : {Direction::kOut, Direction::kIn}) {
            std::vector<Neighbour> edges;
            REQUIRE(transaction->view().Expand(node, direction, {}, edges).ok());
            for (const Neighbour& edge : edges) REQUIRE(transaction->DeleteEdge(edge.edge).ok());
          }
          REQUIRE(transaction->DeleteNode(node).ok());
          std::erase(nodes, node);
        }
      }
    }
    if (random() % 4 == 0) {
      nodes.clear();
      REQUIRE(store->Snapshot()
                  .ForEachNode(std::nullopt,
                               [&](NodeId node) {
                                 if (IsAsserted(node)) nodes.push_back(node);
                                 return true;
                               })
                  .ok());
      continue;  // thrown away
    }
    REQUIRE(transaction->Commit().ok());
    CHECK(CountNodes(store->Snapshot(), "Company") >= 1);
  }
  CHECK(store->Snapshot().Counts()->nodes == nodes.size() + 1);
  CHECK(Findings(*store) == "");
}

TEST_CASE("edges to one node are those of all that lead there, also at a hub") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "store");
    auto transaction = *store->Begin();
    std::vector<NodeId> nodes;
    for (int i = 0; i < 60; ++i) nodes.push_back(*transaction->CreateNode({}, {}));
    // Edges enough for several blocks, parallel ones and loops among them.
    for (std::size_t i = 0; i < 6000; ++i) {
      const NodeId other = nodes[i * i % nodes.size()];
      REQUIRE(transaction->CreateEdge(i % 5 == 0 ? "旁" : "路", nodes[0], other, {}).ok());
    }
    const auto check = [&](const View& view) {
      const std::vector<TypeId> both = {*view.FindType("路"), *view.FindType("旁")};
      for (const auto& types : {std::vector<TypeId>(), both, std::vector{both[1]}}) {
        for (const Direction direction : {Direction::kOut, Direction::kIn}) {
          std::vector<Neighbour> all;
          REQUIRE(view.Expand(nodes[0], direction, types, all).ok());
          for (const NodeId other : nodes) {
            std::vector<std::uint64_t> expected, numbers;
            for (const Neighbour& one : all) {
              if (one.node == other) expected.push_back(one.edge.value);
            }
            std::vector<Neighbour> found;
            REQUIRE(view.ExpandTo(nodes[0], direction, types, other, found).ok());
            for (const Neighbour& one : found) {
              CHECK(one.node == other);
              numbers.push_back(one.edge.value);
            }
            CHECK(numbers == expected);
          }
        }
      }
    };
    check(transaction->view());
    REQUIRE(transaction->Commit().ok());
    transaction.reset();
    check(store->Snapshot());
    CHECK(Findings(*store) == "");
  }
}

TEST_CASE("an index says whether what it finds has just the value asked for") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  const auto transaction = *store->Begin();
  const NodeId a = *transaction->CreateNode({}, {{"id", Value(7)}});
  const View& view = transaction->view();
  bool exact = false;
  CHECK(view.FindNodes("id", Value(7), &exact)->size() == 1);
  CHECK(exact);
  CHECK(view.FindNodes("id", Value(7.0), &exact)->size() == 1);
  CHECK(!exact);
  const NodeId b = *transaction->CreateNode({}, {{"id", Value(7.0)}});
  CHECK(view.FindNodes("id", Value(7), &exact)->size() == 2);
  CHECK(!exact);
  REQUIRE(transaction->SetProperty(b, "id", Value(7)).ok());
  CHECK(view.FindNodes("id", Value(7), &exact)->size() == 2);
  CHECK(exact);
  REQUIRE(transaction->SetProperty(a, "id", Value("七")).ok());
  CHECK(view.FindNodes("id", Value("七"), &exact)->size() == 1);
  CHECK(!exact);
  CHECK(*view.FindNodes("id", Value(7), &exact) == std::vector{b});
  REQUIRE(transaction->Commit().ok());
  CHECK(Findings(*store) == "");
}

TEST_CASE("what cannot be stored is refused") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  const auto transaction = *store->Begin();
  for (const Value& value : {Value(Map{{"a", Value(1)}}), Value(List{Value(List())}),
                             Value(List{Value()}), Value(NodeId{1})}) {
    const auto created = transaction->CreateNode({}, {{"x", value}});
    REQUIRE(!created.ok());
    CHECK(created.error().detail == "TypeError: InvalidPropertyType");
  }
}

}  // namespace
}  // namespace tupu::graph
