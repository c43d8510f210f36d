// Check finds whatever is taken away from, put into or changed in any space.
#include <doctest/doctest.h>

#include <random>

#include "graph/store/search_index.h"
#include "graph/store/transaction.h"
#include "graph/store/view_impl.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

struct Item {
  Space space;
  std::string key, value;
};

// All that a store of some documents holds. Its counters come apart: they cannot be put.
std::vector<Item> Items(const KvSnapshot& kv) {
  std::vector<Item> out;
  for (int i = 0; i < kSpaces; ++i) {
    const auto space = static_cast<Space>(i);
    const auto cursor = kv.Scan(space, "");
    for (; cursor->Valid(); cursor->Next()) {
      out.push_back({space, std::string(cursor->key()), std::string(cursor->value())});
    }
  }
  return out;
}

// Runs Check over what is in `kv`; an error counts as a finding.
std::size_t CountFindings(const KvStore& kv) {
  const auto snapshot = kv.Snapshot();
  const auto names = Names::Load(*snapshot, TestSchema());
  if (!names.ok()) return 1;
  const auto findings = CheckStore(*snapshot, **names);
  return findings.ok() ? findings->size() : 1;
}

// Properties, a name and a label by hand, and an entity that judgements reject, in one document of
// several too.
void SetByHand(Store& store) {
  std::vector<NodeId> nodes;
  REQUIRE(store.Snapshot()
              .ForEachNode(std::nullopt,
                           [&](NodeId node) {
                             nodes.push_back(node);
                             return true;
                           })
              .ok());
  std::vector<EdgeId> edges;
  REQUIRE(store.Snapshot()
              .ForEachEdge(std::nullopt,
                           [&](EdgeId edge, TypeId, NodeId, NodeId) {
                             edges.push_back(edge);
                             return true;
                           })
              .ok());
  REQUIRE(nodes.size() > 4);
  REQUIRE(!edges.empty());
  auto transaction = store.Begin().value();
  REQUIRE(transaction->SetProperty(nodes[0], "评", Value("甲")).ok());
  REQUIRE(transaction->SetProperty(nodes[0], "name", Value("另一个名字")).ok());
  REQUIRE(transaction->SetProperty(edges[0], "评", Value("乙")).ok());
  REQUIRE(transaction->AddLabel(nodes[0], "核").ok());
  REQUIRE(transaction->AddLabel(nodes[1], "核").ok());
  REQUIRE(transaction->Commit().ok());
  const auto judgements =
      Judgements::Parse("reject\t*\tPerson:周明远\nreject\t文2\tCompany:海右重工\n", "x");
  REQUIRE(store.Judge(judgements.value()).ok());
}

class Copier {
 public:
  // Fills a store on disk through the store's face, and takes what it wrote.
  Copier() {
    std::mt19937 random(42);
    {
      const auto store = OpenStore(StoreKind::kRocks, dir_ / "s");
      std::vector<DocumentClaims> batch;
      for (int i = 0; i < 4; ++i) {
        batch.push_back(RandomDocument(random, "文" + std::to_string(i)));
      }
      REQUIRE(store->Apply(batch, "v").ok());
      SetByHand(*store);
      REQUIRE(store->UpdateSearch().ok());
      REQUIRE(store->Check()->empty());
    }
    auto kv = OpenRocksKv(dir_ / "s", OpenMode::kReadOnly);
    REQUIRE(kv.ok());
    items_ = Items(*(*kv)->Snapshot());
  }

  const std::vector<Item>& items() const { return items_; }

  std::unique_ptr<KvStore> Copy() const {
    auto kv = OpenMemKv();
    KvBatch batch;
    for (const Item& item : items_) Put(batch, item);
    REQUIRE(kv->Write(batch, false).ok());
    return kv;
  }

  static void Put(KvBatch& batch, const Item& item) {
    if (item.space == Space::kCounters) {
      std::int64_t count = 0;
      REQUIRE(DecodeCounter(item.value, count));
      batch.Add(item.space, item.key, count);
    } else {
      batch.Put(item.space, item.key, item.value);
    }
  }

 private:
  TempDir dir_;
  std::vector<Item> items_;
};

TEST_CASE("check: every entry of every space is missed") {
  const Copier copier;
  REQUIRE(copier.items().size() > 100);
  REQUIRE(CountFindings(*copier.Copy()) == 0);
  const auto kv = copier.Copy();
  for (const Item& item : copier.items()) {
    // The format version is what Open looks at, and numbers of names that are not the last.
    if (item.space == Space::kMeta && item.key == FormatKey()) continue;
    // Without this one there is no full-text index.
    if (item.space == Space::kMeta && item.key == SearchStateKey()) continue;
    KvBatch batch;
    batch.Delete(item.space, item.key);
    REQUIRE(kv->Write(batch, false).ok());
    CAPTURE(static_cast<int>(item.space));
    CAPTURE(item.key);
    CHECK(CountFindings(*kv) > 0);
    batch.Clear();
    Copier::Put(batch, item);
    REQUIRE(kv->Write(batch, false).ok());
  }
  CHECK(CountFindings(*kv) == 0);
}

TEST_CASE("check: an entry too many is found in every space") {
  const Copier copier;
  const auto kv = copier.Copy();
  for (const Item& item : copier.items()) {
    if (item.space == Space::kMeta) continue;
    // The same under the key of something that is not there: the last byte, or the last but some
    // for what ends in a hash.
    for (std::size_t back : {std::size_t{1}, std::size_t{9}}) {
      Item extra = item;
      if (extra.key.size() <= back) continue;
      char& byte = extra.key[extra.key.size() - back];
      byte = static_cast<char>(byte ^ 0x55);
      KvBatch batch;
      Copier::Put(batch, extra);
      REQUIRE(kv->Write(batch, false).ok());
      CAPTURE(static_cast<int>(item.space));
      CAPTURE(extra.key);
      CHECK(CountFindings(*kv) > 0);
      batch.Clear();
      batch.Delete(extra.space, extra.key);
      REQUIRE(kv->Write(batch, false).ok());
    }
  }
  CHECK(CountFindings(*kv) == 0);
}

TEST_CASE("check: a changed value is found") {
  const Copier copier;
  const auto kv = copier.Copy();
  std::mt19937 random(9);
  for (const Item& item : copier.items()) {
    if (item.space == Space::kMeta || item.space == Space::kCounters || item.value.empty())
      continue;
    Item changed = item;
    // The headers' titles, sources and dates of articles are nobody else's business.
    const bool header = item.space == Space::kStatements && item.key[0] == 'D';
    const std::size_t pos = header ? 0 : random() % changed.value.size();
    changed.value[pos] = static_cast<char>(changed.value[pos] ^ (1 << random() % 8));
    KvBatch batch;
    Copier::Put(batch, changed);
    REQUIRE(kv->Write(batch, false).ok());
    // A place in a document, a confidence: only the statement itself has those.
    const bool statements = item.space == Space::kStatements && !header;
    CAPTURE(static_cast<int>(item.space));
    CAPTURE(item.key);
    CAPTURE(pos);
    if (!statements) CHECK(CountFindings(*kv) > 0);
    batch.Clear();
    Copier::Put(batch, item);
    REQUIRE(kv->Write(batch, false).ok());
  }
}

}  // namespace
}  // namespace tupu::graph
