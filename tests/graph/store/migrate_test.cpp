// Stores of older format versions, written key by key as FORMAT.md had them then.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/store/asserted.h"
#include "graph/store/transaction.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

// Numbers of names, behind those that the documents' names have.
std::uint32_t person_number, knows_number, likes_number, id_number, name_number, since_number,
    text_number;
constexpr std::uint64_t kNodes = 40;

std::string Varint(std::uint64_t number) {
  std::string out;
  PutVarint(out, number);
  return out;
}
std::string Fixed64(std::uint64_t number) {
  std::string out;
  PutFixed64(out, number);
  return out;
}
std::string Fixed32(std::uint32_t number) {
  std::string out;
  PutFixed32(out, number);
  return out;
}
std::string Property(std::uint32_t property, const Value& value) {
  std::string out = Varint(property);
  EncodeValue(out, value);
  return out;
}
std::string OldValueKey(std::uint32_t property, const Value& value, std::uint64_t node) {
  std::string bytes;
  EncodeValue(bytes, value);
  const Hash128 hash = HashFields({bytes});
  return "p" + Fixed32(property) +
         std::string(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()) +
         Fixed64(node);
}

struct OldEdge {
  std::uint32_t type;
  std::uint64_t number, from, to;
  std::string properties;
};

// People who know each other, one of them very many times, and one who knows somebody that
// documents speak of.
std::vector<OldEdge> OldEdges(std::uint64_t computed) {
  std::vector<OldEdge> out;
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < 3000; ++i) {
    const std::uint64_t from = i % 7 == 0 ? 0 : i % kNodes, to = i * i % kNodes;
    out.push_back({knows_number, next++, kFirstAssertedNode + from, kFirstAssertedNode + to,
                   i % 3 == 0
                       ? Varint(1) + Property(since_number, Value(0.5 + static_cast<double>(i)))
                       : Varint(0)});
    if (i % 100 == 5) next += 40;  // some are gone
  }
  out.push_back({likes_number, 0, kFirstAssertedNode, computed,
                 Varint(2) + Property(since_number, Value(2020)) +
                     Property(text_number, Value(std::string(1000, 'x')))});
  return out;
}

std::uint32_t NextName(const KvSnapshot& kv, NameKind kind, std::uint32_t first) {
  const auto cursor = kv.Scan(Space::kMeta, NamePrefix(kind));
  for (; cursor->Valid(); cursor->Next()) {
    std::uint32_t number = 0;
    REQUIRE(DecodeNameKey(cursor->key(), kind, number));
    first = number + 1;
  }
  return first;
}

void NumberNames(const KvSnapshot& kv) {
  person_number = NextName(kv, NameKind::kLabel, 0);
  knows_number = NextName(kv, NameKind::kType, 0);
  likes_number = knows_number + 1;
  id_number = NextName(kv, NameKind::kProperty, 16);
  name_number = id_number + 1;
  since_number = id_number + 2;
  text_number = id_number + 3;
}

void WriteOldKeys(KvBatch& batch, std::uint64_t computed) {
  batch.Put(Space::kMeta, "F", Varint(1));
  const std::vector<std::pair<std::string, std::string>> names = {
      {"Nl" + Fixed32(person_number), "人"},   {"Nt" + Fixed32(knows_number), "KNOWS"},
      {"Nt" + Fixed32(likes_number), "LIKES"}, {"Np" + Fixed32(id_number), "id"},
      {"Np" + Fixed32(name_number), "name"},   {"Np" + Fixed32(since_number), "since"},
      {"Np" + Fixed32(text_number), "text"}};
  for (const auto& [key, name] : names) batch.Put(Space::kMeta, key, name);
  batch.Put(Space::kMeta, "Qa", Fixed64(kNodes));
  batch.Put(Space::kMeta, "Qo", Fixed64(1));
  batch.Put(Space::kMeta, "O" + Fixed64(0), std::string("\5query", 6));
  batch.Put(Space::kMeta, "QE" + Fixed32(knows_number), Fixed64(5000));
  batch.Put(Space::kMeta, "QE" + Fixed32(likes_number), Fixed64(1));
  for (std::uint64_t i = 0; i < kNodes; ++i) {
    const std::uint64_t node = kFirstAssertedNode + i;
    const Value id(static_cast<std::int64_t>(i % 30));  // some share one
    const Value name = i % 2 == 0 ? Value("人" + std::to_string(i)) : Value(1.5);
    batch.Put(Space::kGraph, "N" + Fixed64(node),
              Varint(0) + Varint(1) + Varint(person_number) + Varint(2) + Property(id_number, id) +
                  Property(name_number, name));
    batch.Put(Space::kIndex, "a" + Fixed32(person_number) + Fixed64(node), {});
    batch.Put(Space::kIndex, OldValueKey(id_number, id, node), {});
    batch.Put(Space::kIndex, OldValueKey(name_number, name, node), {});
    if (i % 2 == 0) {
      batch.Put(Space::kIndex, NameIndexKey(name.as_string(), name.as_string(), NodeId{node}), {});
    }
  }
  batch.Add(Space::kCounters, "N", kNodes);
  batch.Add(Space::kCounters, "a" + Fixed32(person_number), kNodes);
  for (const OldEdge& edge : OldEdges(computed)) {
    const std::uint64_t number =
        std::uint64_t{edge.type} << 40 | std::uint64_t{1} << 39 | edge.number;
    batch.Put(Space::kGraph, "E" + Fixed64(number),
              Fixed64(edge.from) + Fixed64(edge.to) + Varint(0) + edge.properties);
    const std::string type = Fixed32(edge.type);
    batch.Put(Space::kGraph,
              "a" + Fixed64(edge.from) + '\0' + type + Fixed64(edge.to) + Fixed64(number),
              Fixed64(number));
    batch.Put(Space::kGraph,
              "a" + Fixed64(edge.to) + '\1' + type + Fixed64(edge.from) + Fixed64(number),
              Fixed64(number));
    batch.Add(Space::kCounters, "E" + type, 1);
  }
}

// A document's node, for an edge by hand to end at.
std::uint64_t MakeOldStore(const std::filesystem::path& dir) {
  std::uint64_t computed = 0;
  {
    const auto store = OpenStore(StoreKind::kRocks, dir);
    std::mt19937 random(4);
    const std::vector<DocumentClaims> documents = {RandomDocument(random, "文一"),
                                                   RandomDocument(random, "文二")};
    REQUIRE(store->Apply(documents, "v").ok());
    Ok(store->Snapshot().ForEachNode(std::nullopt, [&](NodeId node) {
      computed = node.value;
      return false;
    }));
  }
  const auto kv = Get(OpenRocksKv(dir, OpenMode::kReadWrite));
  NumberNames(*kv->Snapshot());
  KvBatch batch;
  WriteOldKeys(batch, computed);
  Ok(kv->Write(batch, true));
  return computed;
}

void CheckMigrated(const Store& store, std::uint64_t computed) {
  CHECK(Get(store.Check()).empty());
  const View view = store.Snapshot();
  CHECK(Get(view.CountEdges(view.FindType("KNOWS"))) == 3000);
  std::map<std::uint64_t, std::vector<std::uint64_t>> out, in;
  for (const OldEdge& edge : OldEdges(computed)) {
    const EdgeId id{std::uint64_t{edge.type} << 40 | std::uint64_t{1} << 39 | edge.number};
    const EdgeRecord record = Get(view.Edge(id));
    CHECK(record.from.value == edge.from);
    CHECK(record.to.value == edge.to);
    std::string_view bytes = edge.properties;
    std::uint64_t size = 0;
    REQUIRE(GetVarint(bytes, size));
    CHECK(record.properties.size() == size);
    out[edge.from].push_back(id.value);
    in[edge.to].push_back(id.value);
  }
  for (const auto& [direction, expected] :
       {std::pair(Direction::kOut, &out), std::pair(Direction::kIn, &in)}) {
    for (auto& [node, edges] : *expected) {
      std::vector<Neighbour> found;
      Ok(view.Expand(NodeId{node}, direction, {}, found));
      std::vector<std::uint64_t> numbers;
      for (const Neighbour& one : found) {
        if (IsAsserted(one.edge)) numbers.push_back(one.edge.value);
      }
      std::sort(numbers.begin(), numbers.end());
      std::sort(edges.begin(), edges.end());
      CHECK(numbers == edges);
    }
  }
  CHECK(Get(view.FindNodes("id", Value(3))).size() == 2);
  CHECK(Get(view.FindNodes("id", Value(3.0))).size() == 2);
  CHECK(Get(view.FindNodes("id", Value(15))).size() == 1);
  CHECK(Get(view.FindNodes("name", Value(1.5))).size() == kNodes / 2);
  CHECK(Get(view.FindNodes("name", Value("人4"))).size() == 1);
}

// Nothing of older versions is left.
void CheckClean(const std::filesystem::path& dir) {
  const auto kv = Get(OpenRocksKv(dir, OpenMode::kReadWrite));
  const auto snapshot = kv->Snapshot();
  CHECK(!snapshot->Scan(Space::kGraph, "E")->Valid());
  CHECK(!snapshot->Scan(Space::kIndex, "p")->Valid());
  CHECK(!snapshot->Scan(Space::kIndex, "q")->Valid());
  CHECK(!Get(snapshot->Get(Space::kMeta, "M")));
  const auto cursor = snapshot->Scan(Space::kGraph, "a");
  for (; cursor->Valid(); cursor->Next()) CHECK(cursor->key().size() != 30);
}

}  // namespace

TEST_CASE("a store of version 1 is brought to today's as it opens") {
  for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly, OpenMode::kCreate}) {
    CAPTURE(static_cast<int>(mode));
    const TempDir dir;
    const std::uint64_t computed = MakeOldStore(dir / "s");
    CheckMigrated(*OpenStore(StoreKind::kRocks, dir / "s", mode), computed);
    CheckClean(dir / "s");
    // And goes on from there.
    {
      const auto store = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadWrite);
      const auto transaction = Get(store->Begin());
      Get(transaction->CreateEdge("KNOWS", NodeId{kFirstAssertedNode}, NodeId{computed}, {}));
      Ok(transaction->DeleteEdge(
          EdgeId{std::uint64_t{knows_number} << 40 | std::uint64_t{1} << 39}));
      Ok(transaction->Commit());
      CHECK(Get(store->Check()).empty());
    }
  }
}

TEST_CASE("a migration that was cut off begins anew, or goes on cleaning up") {
  OpenMode mode{};
  SUBCASE("for writing") { mode = OpenMode::kReadWrite; }
  SUBCASE("for reading") { mode = OpenMode::kReadOnly; }
  const TempDir dir;
  const std::uint64_t computed = MakeOldStore(dir / "s");
  {
    // New keys of an attempt whose store went on to be written by version 1.
    const auto kv = Get(OpenRocksKv(dir / "s", OpenMode::kReadWrite));
    KvBatch batch;
    for (const char* key : {"Pxxxxxxxx", "Xxxxxxxxx", "oxxxxxxxxxxxx", "ixxxxxxxxxxxx"}) {
      batch.Put(Space::kGraph, key, "?");
    }
    batch.Put(Space::kIndex, "Vxxxxixxxxxxxx", "?");
    Ok(kv->Write(batch, true));
  }
  CheckMigrated(*OpenStore(StoreKind::kRocks, dir / "s", mode), computed);
  {
    const auto kv = Get(OpenRocksKv(dir / "s", OpenMode::kReadWrite));
    KvBatch batch;
    WriteOldKeys(batch, computed);
    batch.Put(Space::kMeta, "F", Varint(kFormatVersion));
    batch.Put(Space::kMeta, "M", {});
    batch.Add(Space::kCounters, "N", -static_cast<std::int64_t>(kNodes));
    batch.Add(Space::kCounters, "a" + Fixed32(person_number), -static_cast<std::int64_t>(kNodes));
    batch.Add(Space::kCounters, "E" + Fixed32(knows_number), -3000);
    batch.Add(Space::kCounters, "E" + Fixed32(likes_number), -1);
    Ok(kv->Write(batch, true));
  }
  CheckMigrated(*OpenStore(StoreKind::kRocks, dir / "s", mode), computed);
  CheckClean(dir / "s");
}

TEST_CASE("of versions 2 to 4 nodes are found by value as before") {
  const std::int64_t far = std::numeric_limits<std::int64_t>::max();
  const std::vector<Value> ids = {
      Value(0),   Value(1),   Value(31), Value(32),      Value(-1),      Value(far),  Value(-far),
      Value(7.5), Value(8.0), Value(8),  Value("甲-01"), Value("甲-01"), Value(true), Value(31)};
  for (const std::uint64_t version : {2u, 3u, 4u}) {
    CAPTURE(version);
    const TempDir dir;
    {
      const auto store = OpenStore(StoreKind::kRocks, dir / "s");
      const auto transaction = Get(store->Begin());
      for (const Value& id : ids) Get(transaction->CreateNode({"人"}, {{"id", id}}));
      Ok(transaction->Commit());
    }
    {
      const auto kv = Get(OpenRocksKv(dir / "s", OpenMode::kReadWrite));
      const auto snapshot = kv->Snapshot();
      KvBatch batch;
      const auto cursor = snapshot->Scan(Space::kIndex, ValuePrefix());
      REQUIRE(cursor->Valid());
      for (; cursor->Valid(); cursor->Next()) {
        batch.Delete(Space::kIndex, cursor->key());
        // What lists of that version held is not looked at: records say it all.
        batch.Put(Space::kIndex, "q" + std::string(cursor->key().substr(1)), "?");
      }
      batch.Put(Space::kMeta, "F", Varint(version));
      Ok(kv->Write(batch, true));
    }
    {
      const auto store = OpenStore(StoreKind::kRocks, dir / "s", OpenMode::kReadOnly);
      CHECK(Get(store->Check()).empty());
      const View view = store->Snapshot();
      const auto found = [&](const Value& id) { return Get(view.FindNodes("id", id)).size(); };
      CHECK(found(Value(31)) == 2);
      CHECK(found(Value(8)) == 2);
      CHECK(found(Value(8.0)) == 2);
      CHECK(found(Value("甲-01")) == 2);
      for (const Value& id : {Value(0), Value(1), Value(32), Value(-1), Value(far), Value(-far),
                              Value(7.5), Value(true)}) {
        CAPTURE(ToJson(id));
        CHECK(found(id) == 1);
      }
      for (const Value& id :
           {Value(2), Value(33), Value(-2), Value(7), Value("甲"), Value(false)}) {
        CAPTURE(ToJson(id));
        CHECK(found(id) == 0);
      }
    }
    CheckClean(dir / "s");
  }
}

TEST_CASE("an old store that somebody writes to is told of, not read half") {
  const TempDir dir;
  MakeOldStore(dir / "s");
  const auto writer = Get(OpenRocksKv(dir / "s", OpenMode::kReadWrite));
  const auto store = Store::Open(dir / "s", OpenMode::kReadOnly, TestSchema());
  REQUIRE(!store.ok());
  CHECK(store.error().code == ErrorCode::kConflict);
  CHECK(store.error().message.find("older format") != std::string::npos);
}

}  // namespace tupu::graph
