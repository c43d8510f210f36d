// Origins: what each wrote is listed, named and taken away, and nothing else with it.
#include <doctest/doctest.h>

#include "graph/store/bulk_load.h"
#include "graph/store/transaction.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

std::string Listed(const View& view) {
  std::string out;
  const std::vector<OriginInfo> origins = view.Origins().value();
  for (const OriginInfo& one : origins) {
    out += std::to_string(one.number) + " " + one.kind + " " + std::to_string(one.nodes) + " " +
           std::to_string(one.edges) + "\n";
  }
  return out;
}

// A ring of nodes; returns the first.
NodeId Import(Store& store, std::size_t nodes) {
  auto load = store.BeginLoad("import").value();
  const std::uint32_t name = load->Property("name");
  const std::uint32_t label = load->Label("Port");
  const TypeId type = load->Type("NEXT").value();
  std::vector<NodeId> ids;
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::uint32_t labels[] = {label};
    ids.push_back(
        load->AddNode(labels, StoredProperties{{name, Value("港" + std::to_string(i))}}).value());
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    REQUIRE(load->AddEdge(type, ids[i], ids[(i + 1) % nodes], {}).ok());
  }
  REQUIRE(load->Finish().ok());
  return ids.front();
}

TEST_CASE("an origin is taken away with what it wrote, relationships on its nodes, nothing else") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    CAPTURE(static_cast<int>(kind));
    const TempDir dir;
    const auto store = OpenStore(kind, dir / "s");
    DocumentMaker maker("甲");
    maker.Entity("Ministry", "云岭省能源局");
    const DocumentClaims doc = maker.Done();
    REQUIRE(store->Apply(std::span(&doc, 1), "v").ok());
    const NodeId ministry = store->Snapshot().FindNodesByName("云岭省能源局").value().at(0);
    const std::string before = Dump(store->Snapshot());
    {
      auto first = store->Begin().value();
      const NodeId own = first->CreateNode({"Note"}, {{"name", Value("备忘")}}).value();
      REQUIRE(first->CreateEdge("ABOUT", own, ministry, {}).ok());
      REQUIRE(first->CreateEdge("ABOUT", own, own, {}).ok());
      REQUIRE(first->Commit().ok());
    }
    const NodeId port = Import(*store, 5);
    {
      auto other = store->Begin().value();
      const NodeId own = other->CreateNode({"Note"}, {}).value();
      REQUIRE(other->CreateEdge("ABOUT", own, port, {}).ok());
      REQUIRE(other->CreateEdge("ABOUT", port, ministry, {}).ok());
      REQUIRE(other->CreateEdge("ABOUT", port, port, {}).ok());
      REQUIRE(other->CreateEdge("ABOUT", own, ministry, {}).ok());
      REQUIRE(other->Commit().ok());
    }
    REQUIRE(store->UpdateSearch().ok());
    CHECK(Listed(store->Snapshot()) == "0 query 1 2\n1 import 5 5\n2 query 1 4\n");
    CHECK(store->Snapshot().OriginOf(port).value()->number == 1);
    CHECK(store->Snapshot().OriginOf(port).value()->kind == "import");
    CHECK_FALSE(store->Snapshot().OriginOf(ministry).value().has_value());

    const OriginRemoval removed = store->RemoveOrigin(1).value();
    CHECK(removed.nodes == 5);
    CHECK(removed.edges == 5);
    CHECK(removed.edges_of_others == 3);
    CHECK(Listed(store->Snapshot()) == "0 query 1 2\n2 query 1 1\n");
    CHECK(*store->Check() == std::vector<std::string>{});
    CHECK_FALSE(store->RemoveOrigin(1).ok());
    CHECK_FALSE(store->RemoveOrigin(9).ok());
    REQUIRE(store->RemoveOrigin(2).ok());
    CHECK(*store->Check() == std::vector<std::string>{});

    // Numbers are never given again.
    Import(*store, 2);
    CHECK(Listed(store->Snapshot()) == "0 query 1 2\n3 import 2 2\n");
    REQUIRE(store->RemoveOrigin(0).ok());
    REQUIRE(store->RemoveOrigin(3).ok());
    CHECK(Dump(store->Snapshot()) == before);
    CHECK(Listed(store->Snapshot()).empty());
    CHECK(*store->Check() == std::vector<std::string>{});
  }
}

TEST_CASE("an origin of many elements goes in several commits") {
  const auto store = OpenStore(StoreKind::kMemory, {});
  const NodeId hub = Import(*store, 1);
  Import(*store, 21'000);
  {
    auto other = store->Begin().value();
    for (int i = 0; i < 20'100; ++i) REQUIRE(other->CreateEdge("HUB", hub, hub, {}).ok());
    REQUIRE(other->Commit().ok());
  }
  CHECK(store->RemoveOrigin(1).value().nodes == 21'000);
  CHECK(Listed(store->Snapshot()) == "0 import 1 1\n2 query 0 20100\n");
  CHECK(store->RemoveOrigin(0).value().edges_of_others == 20'100);
  CHECK(Listed(store->Snapshot()) == "2 query 0 0\n");
  CHECK(*store->Check() == std::vector<std::string>{});
}

}  // namespace
}  // namespace tupu::graph
