// What stands behind a View; for the store's own files.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "graph/store/asserted.h"
#include "graph/store/index_catalog.h"
#include "graph/store/kv.h"
#include "graph/store/names.h"
#include "graph/store/records.h"
#include "graph/store/store.h"

namespace tupu::graph {

struct FoundDocument {
  DocumentId number;
  DocumentHeader header;
};

struct OverlayItem;
struct EdgeOverlayEntry;

struct View::Impl {
  std::shared_ptr<const KvSnapshot> kv;
  std::shared_ptr<const Names> names;
  std::shared_ptr<const IndexCatalog> indexes;
  std::shared_ptr<SharedReads> shared;  // null in a transaction

  // Read once, when first asked for.
  struct Judged {
    std::mutex mutex;
    std::shared_ptr<const Judgements> judgements;
  };
  std::shared_ptr<Judged> judged = std::make_shared<Judged>();
  // Counters that were read, of a state that stands still.
  struct Counted {
    std::mutex mutex;
    std::map<std::string, std::uint64_t, std::less<>> counts;
  };
  std::shared_ptr<Counted> counted = std::make_shared<Counted>();

  Result<std::shared_ptr<const Judgements>> ReadJudgements() const;
  Result<StoredNode> ReadNode(NodeId node) const;
  Result<StoredEdge> ReadEdge(EdgeId edge) const;
  Result<AssertedNode> ReadAssertedNode(NodeId node) const;
  Result<AssertedEdge> ReadAssertedEdge(EdgeId edge) const;
  // Properties by name.
  Properties Named(StoredProperties properties) const;
  Result<std::optional<FoundDocument>> ReadHeader(std::string_view id) const;
  Result<std::optional<OriginInfo>> ReadOrigin(OriginId origin) const;
  Result<std::optional<EdgeId>> FindEdge(const EdgeOverlayEntry& entry) const;
  Result<std::vector<OverlaidProperty>> Describe(const std::vector<OverlayItem>& items) const;
  Result<std::uint64_t> ReadCounter(const std::string& key) const;
};

Result<std::shared_ptr<const Judgements>> LoadJudgements(const KvSnapshot& kv);

// Compares every index with every other and with the statements (check.cpp).
Result<std::vector<std::string>> CheckStore(const KvSnapshot& kv, const Names& names);

}  // namespace tupu::graph
