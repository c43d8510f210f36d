// Transactions: what is written by hand, on both kinds of store.
#include "graph/store/transaction.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

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

TEST_CASE("many values find together what each finds by itself") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "store");
    DocumentMaker maker("文档");
    maker.Entity("Company", "青禾集团");
    const std::vector<DocumentClaims> documents = {maker.Done()};
    REQUIRE(store->Apply(documents, "1").ok());
    std::string computed;
    REQUIRE(store->Snapshot()
                .ForEachNode(std::nullopt,
                             [&](NodeId node) {
                               computed =
                                   store->Snapshot().Node(node)->properties.at("id").as_string();
                               return true;
                             })
                .ok());
    const auto transaction = *store->Begin();
    for (const Value& id : {Value(1), Value(2), Value(2), Value(3.0), Value("三"), Value(-4.5),
                            Value(List{Value(1)}), Value(true), Value(computed)}) {
      REQUIRE(transaction->CreateNode({}, {{"id", id}, {"name", id}}).ok());
    }
    // One value of more nodes than a block has room for, and one that shares its list.
    constexpr std::size_t kMany = 6000;
    for (std::size_t i = 0; i < kMany; ++i) {
      REQUIRE(transaction->CreateNode({}, {{"id", Value(1007)}}).ok());
    }
    REQUIRE(transaction->CreateNode({}, {{"id", Value(1008)}}).ok());
    const std::vector<Value> values = {Value(2),    Value(3),    Value("三"), Value(8),
                                       Value(1007), Value(1008), Value(-4.5), Value(List{Value(1)}),
                                       Value(1.0),  Value("四"), Value(true), Value(computed),
                                       Value(2)};
    const auto compare = [&](const View& view) {
      for (const char* property : {"id", "name", "无"}) {
        CAPTURE(property);
        std::vector<std::optional<FoundNodes>> found;
        REQUIRE(view.FindNodes(property, values, found).ok());
        REQUIRE(found.size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
          CAPTURE(ToJson(values[i]));
          bool exact = false;
          const auto alone = view.FindNodes(property, values[i], &exact);
          REQUIRE(alone.ok());
          const bool text = values[i].kind() == ValueKind::kString;
          const bool many = values[i] == Value(1007) || values[i] == Value(1008);
          const bool apart =
              property == std::string("name") ? text : many && property == std::string("id");
          CHECK(found[i].has_value() == !apart);
          if (!found[i]) continue;
          CHECK(found[i]->nodes == *alone);
          CHECK(found[i]->exact == exact);
        }
      }
      CHECK(view.FindNodes("id", Value(1007))->size() == kMany);
      CHECK(view.FindNodes("id", Value(1008))->size() == 1);
      CHECK(view.FindNodes("id", Value(computed))->size() == 2);
    };
    compare(transaction->view());
    REQUIRE(transaction->Commit().ok());
    compare(store->Snapshot());
  }
}

TEST_CASE("edges that were fetched are there, as are those that come behind") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "store");
    NodeId a, b, c;
    {
      const auto first = *store->Begin();
      a = *first->CreateNode({}, {});
      b = *first->CreateNode({}, {});
      c = *first->CreateNode({}, {});
      REQUIRE(first->CreateEdge("路", a, b, {}).ok());
      REQUIRE(first->Commit().ok());
    }
    const auto transaction = *store->Begin();
    REQUIRE(transaction->CreateEdge("路", a, c, {}).ok());
    const std::vector<Transaction::EdgeList> lists = {
        {a, Direction::kOut, "路"}, {b, Direction::kIn, "路"},  {c, Direction::kIn, "路"},
        {c, Direction::kOut, "路"}, {a, Direction::kOut, "路"}, {a, Direction::kOut, "无"}};
    REQUIRE(transaction->Fetch(lists).ok());
    const auto edges = [&](NodeId node, Direction direction) {
      std::vector<Neighbour> out;
      REQUIRE(transaction->view().Expand(node, direction, {}, out).ok());
      std::vector<Neighbour> typed;
      const std::vector<TypeId> types = {*transaction->view().FindType("路")};
      REQUIRE(transaction->view().Expand(node, direction, types, typed).ok());
      CHECK(typed.size() == out.size());
      return out.size();
    };
    CHECK(edges(a, Direction::kOut) == 2);
    CHECK(edges(b, Direction::kIn) == 1);
    CHECK(edges(c, Direction::kIn) == 1);
    REQUIRE(transaction->CreateEdge("路", a, b, {}).ok());
    REQUIRE(transaction->CreateEdge("路", c, c, {}).ok());
    CHECK(edges(a, Direction::kOut) == 3);
    CHECK(edges(b, Direction::kIn) == 2);
    CHECK(edges(c, Direction::kOut) == 1);
    REQUIRE(transaction->Commit().ok());
    CHECK(Findings(*store) == "");
  }
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

// The names at the other ends of a node's edges by hand.
std::multiset<std::string> Others(const View& view, NodeId node, Direction direction) {
  std::vector<Neighbour> neighbours;
  REQUIRE(view.Expand(node, direction, {}, neighbours).ok());
  std::multiset<std::string> out;
  for (const Neighbour& one : neighbours) {
    const auto record = view.Node(one.node);
    REQUIRE_MESSAGE(record.ok(), (record.ok() ? "" : record.error().ToString()));
    const auto edge = view.Edge(one.edge);
    REQUIRE(edge.ok());
    CHECK((direction == Direction::kOut ? edge->from : edge->to) == node);
    CHECK((direction == Direction::kOut ? edge->to : edge->from) == one.node);
    out.insert(record->properties.at("name").as_string());
  }
  return out;
}

NodeId NodeCalled(const View& view, const char* name) {
  const auto found = view.FindNodesByName(name);
  REQUIRE(found.ok());
  REQUIRE(found->size() == 1);
  return found->front();
}

TEST_CASE("edges by hand follow entities that are joined, and go with those that go") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "store");
    std::vector<DocumentClaims> documents;
    for (const auto& [id, name] : {std::pair("文/1", "远山科技"), {"文/2", "近水能源"}}) {
      DocumentMaker maker(id);
      maker.Entity("Company", name);
      if (id == std::string("文/1")) maker.Entity("Company", "长河电力");
      documents.push_back(maker.Done());
    }
    REQUIRE(store->Apply(documents, "test").ok());
    REQUIRE(store->CreateIndex({"页", false, true, "关于", "页"}, false).ok());
    {
      const auto transaction = *store->Begin();
      const View& view = transaction->view();
      const NodeId note = *transaction->CreateNode({"笔记"}, {{"name", Value("笔记")}});
      const NodeId far = NodeCalled(view, "远山科技"), near = NodeCalled(view, "近水能源"),
                   third = NodeCalled(view, "长河电力");
      for (const NodeId node : {far, near}) {
        REQUIRE(transaction->CreateEdge("关于", note, node, {{"页", Value(3)}}).ok());
        REQUIRE(transaction->CreateEdge("关于", node, node, {}).ok());
      }
      REQUIRE(transaction->CreateEdge("关于", near, far, {}).ok());
      REQUIRE(transaction->CreateEdge("关于", far, third, {}).ok());
      REQUIRE(transaction->CreateEdge("关于", near, third, {}).ok());
      REQUIRE(transaction->Commit().ok());
    }
    CHECK(Findings(*store) == "");

    const auto merge = ParseJudgement("merge\tCompany:远山科技\tCompany:近水能源");
    REQUIRE(merge.ok());
    REQUIRE(store->Judge(*Judgements::Make(std::vector<Judgement>{*merge})).ok());
    CHECK(Findings(*store) == "");
    const View joined = store->Snapshot();
    const NodeId one = NodeCalled(joined, "远山科技");
    CHECK(one == NodeCalled(joined, "近水能源"));
    CHECK(Others(joined, one, Direction::kOut).size() == 5);
    CHECK(Others(joined, one, Direction::kIn).size() == 5);
    CHECK(Others(joined, one, Direction::kOut).count("长河电力") == 2);
    CHECK(Others(joined, one, Direction::kIn).count("笔记") == 2);
    CHECK(*joined.CountEdges(joined.FindType("关于")) == 7);

    REQUIRE(store->Judge(Judgements()).ok());
    CHECK(Findings(*store) == "");
    CHECK(*store->Snapshot().CountEdges(joined.FindType("关于")) == 7);

    // One document less: what it names alone goes, with its edges. What is left stays as it was.
    REQUIRE(store->Remove(std::vector<std::string>{"文/1"}, nullptr).ok());
    CHECK(Findings(*store) == "");
    REQUIRE(store->Remove(std::vector<std::string>{"文/2"}, nullptr).ok());
    CHECK(Findings(*store) == "");
    const View left = store->Snapshot();
    CHECK(*left.CountEdges(joined.FindType("关于")) == 0);
    CHECK(Others(left, NodeCalled(left, "笔记"), Direction::kOut).empty());
  }
}

TEST_CASE("whatever documents and judgements do, edges by hand have two ends") {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto store = OpenStore(StoreKind::kMemory, {});
    REQUIRE(store->CreateIndex({"x", false, true, "又", "x"}, false).ok());
    std::uint64_t made = 0;
    for (int step = 0; step < 15; ++step) {
      CAPTURE(step);
      std::vector<std::string> ids;
      std::vector<DocumentClaims> batch;
      for (const int number : {0, 1, 2, 3, 4, 5}) {
        const std::string id = "文" + std::to_string(number);
        if (random() % 3 == 0) ids.push_back(id);
        if (random() % 3 == 0) batch.push_back(RandomDocument(random, id));
      }
      if (random() % 3 == 0) {
        REQUIRE(store->Judge(RandomJudgements(random)).ok());
      } else if (random() % 2 == 0) {
        REQUIRE(store->Remove(ids, nullptr).ok());
      } else {
        REQUIRE(store->Apply(batch, "test").ok());
      }
      REQUIRE(Findings(*store) == "");
      const auto transaction = *store->Begin();
      std::vector<NodeId> nodes;
      REQUIRE(transaction->view()
                  .ForEachNode(std::nullopt,
                               [&](NodeId node) {
                                 nodes.push_back(node);
                                 return true;
                               })
                  .ok());
      for (int i = 0; i < 4 && !nodes.empty(); ++i) {
        const NodeId from = nodes[random() % nodes.size()], to = nodes[random() % nodes.size()];
        const Value text(std::string(random() % 2 == 0 ? 5 : 500, 'x'));
        REQUIRE(transaction->CreateEdge(i % 2 == 0 ? "关于" : "又", from, to, {{"x", text}}).ok());
        ++made;
      }
      REQUIRE(transaction->Commit().ok());
    }
    REQUIRE(Findings(*store) == "");
    CHECK(made > 0);
  }
}

}  // namespace
}  // namespace tupu::graph
