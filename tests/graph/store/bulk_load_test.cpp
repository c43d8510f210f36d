#include "graph/store/bulk_load.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "graph/store/run_sorter.h"
#include "graph/store/transaction.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

template <class T>
T Value_(Result<T> result) {
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().ToString()));
  return std::move(result).value();
}

std::unique_ptr<Store> OpenStoreOf(StoreKind kind, const TempDir& dir) {
  if (kind == StoreKind::kMemory) return Value_(Store::OpenInMemory(TestSchema()));
  return Value_(Store::Open(dir / "store", OpenMode::kCreate, TestSchema()));
}

// Two people and a place, joined; as many types as `types`.
void Load(Store& store, int types, bool finish) {
  auto load = Value_(store.BeginLoad("import"));
  const std::uint32_t person = load->Label("人"), poet = load->Label("诗人");
  const std::uint32_t id = load->Property("id"), name = load->Property("name");
  std::vector<std::uint32_t> both = {person, poet};
  std::sort(both.begin(), both.end());
  const NodeId a = Value_(load->AddNode(both, {{id, Value(7)}, {name, Value("林远舟")}}));
  const NodeId b = Value_(load->AddNode(std::vector{person}, {{id, Value(8)}}));
  if (types > 1) {  // else Finish does it
    load->EndNodes();
    CHECK_THROWS_AS(load->AddNode(both, {}), InternalError);
  }
  for (int round = 0; round < 2; ++round) {  // types come interleaved
    for (int i = 0; i < types; ++i) {
      const TypeId type = Value_(load->Type("T" + std::to_string(i)));
      Ok(load->AddEdge(type, a, b, {{id, Value(round)}}));
      Ok(load->AddEdge(type, b, a, {}));
    }
  }
  if (!finish) return;
  const LoadCounts counts = Value_(load->Finish());
  CHECK(counts.nodes == 2);
  CHECK(counts.edges == static_cast<std::uint64_t>(4 * types));
}

// All nodes and edges, in order of number.
std::string Shown(const View& view) {
  std::string out;
  const auto put = [&](const Properties& properties) {
    for (const auto& [name, value] : properties) out += " " + name + "=" + ToJson(value);
    out += "\n";
  };
  Ok(view.ForEachNode(std::nullopt, [&](NodeId node) {
    const NodeRecord record = Value_(view.Node(node));
    out += std::to_string(node.value);
    for (const std::string& label : record.labels) out += ":" + label;
    put(record.properties);
    return true;
  }));
  Ok(view.ForEachEdge(std::nullopt, [&](EdgeId edge, TypeId type, NodeId from, NodeId to) {
    out += std::to_string(from.value) + "-" + view.TypeName(type) + "-" + std::to_string(to.value);
    put(Value_(view.Edge(edge)).properties);
    return true;
  }));
  return out;
}

}  // namespace

TEST_CASE("a load gives what writing by hand gives, and check finds nothing") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    for (const int types : {1, 40}) {  // more than have runs of their own
      const TempDir dir;
      const auto store = OpenStoreOf(kind, dir);
      Load(*store, types, true);
      CHECK(Value_(store->Check()).empty());
      const View view = store->Snapshot();
      CHECK(Value_(view.CountNodes(std::nullopt)) == 2);
      CHECK(Value_(view.CountNodes(view.FindLabel("诗人"))) == 1);
      CHECK(Value_(view.CountEdges(view.FindType("T0"))) == 4);
      const auto found = Value_(view.FindNodes("id", Value(7)));
      REQUIRE(found.size() == 1);
      CHECK(Value_(view.FindNodesByName("林远舟")) == found);
      CHECK(Value_(view.Node(found[0])).labels == std::vector<std::string>{"人", "诗人"});
      std::vector<Neighbour> out;
      Ok(view.Expand(found[0], Direction::kOut, {}, out));
      CHECK(out.size() == static_cast<std::size_t>(2 * types));

      // Another load, and writing by hand, go on from there.
      Load(*store, types, true);
      auto transaction = Value_(store->Begin());
      Value_(transaction->CreateNode({"人"}, {{"id", Value(9)}}));
      Ok(transaction->Commit());
      CHECK(Value_(store->Check()).empty());
      CHECK(Value_(store->Snapshot().CountNodes(std::nullopt)) == 5);
      CHECK(Value_(store->Snapshot().FindNodes("id", Value(7))).size() == 2);
    }
  }
}

TEST_CASE("a load that is given up has never been") {
  for (const StoreKind kind : {StoreKind::kMemory, StoreKind::kRocks}) {
    const TempDir dir;
    const auto store = OpenStoreOf(kind, dir);
    Load(*store, 2, true);
    const std::string before = Shown(store->Snapshot());
    Load(*store, 3, false);
    CHECK(Shown(store->Snapshot()) == before);
    CHECK(Value_(store->Check()).empty());
    if (kind == StoreKind::kRocks) CHECK_FALSE(std::filesystem::exists(dir / "store" / "bulk"));
  }
}

TEST_CASE("a load lasts: the store opens again, also for reading beside a writer") {
  const TempDir dir;
  {
    const auto store = OpenStoreOf(StoreKind::kRocks, dir);
    Load(*store, 3, true);
    const auto reader = Value_(Store::Open(dir / "store", OpenMode::kReadOnly, TestSchema()));
    CHECK(Shown(reader->Snapshot()) == Shown(store->Snapshot()));
  }
  // What a load that was cut off left in the folder goes.
  std::filesystem::create_directories(dir / "store" / "bulk" / "1.sst");
  const auto store = OpenStoreOf(StoreKind::kRocks, dir);
  CHECK(Value_(store->Snapshot().CountEdges(std::nullopt)) == 12);
  CHECK(Value_(store->Check()).empty());
  CHECK_FALSE(std::filesystem::exists(dir / "store" / "bulk"));
}

TEST_CASE("sorting outside of memory gives the order of sorting within") {
  RecordSorter<std::uint64_t> numbers(64 * sizeof(std::uint64_t));
  KeySorter keys(1024);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::uint64_t number = i * 7919 % 1000;
    Ok(numbers.Add(number));
    Ok(keys.Add("key" + std::to_string(number), std::to_string(i)));
  }
  std::uint64_t expected = 0;
  Ok(numbers.Drain([&](std::uint64_t number) {
    CHECK(number == expected++);
    return Status();
  }));
  CHECK(expected == 1000);
  std::string last;
  int seen = 0;
  Ok(keys.Drain([&](std::string_view key, std::string_view value) {
    CHECK(std::string_view(last) < key);
    CHECK(key == "key" + std::to_string(std::stoull(std::string(value)) * 7919 % 1000));
    last = key;
    ++seen;
    return Status();
  }));
  CHECK(seen == 1000);
}

}  // namespace tupu::graph
