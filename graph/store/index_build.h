// Making, filling and dropping indexes: in batches, while the writer's lock is held. Readers see
// none of it until the last batch says that the index is in use.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "graph/store/index_catalog.h"
#include "graph/store/kv.h"
#include "graph/store/names.h"

namespace tupu::graph {

class IndexBuilder {
 public:
  struct Host {
    std::function<std::shared_ptr<const KvSnapshot>()> snapshot;
    std::function<Status(const KvBatch&, bool sync)> write;
    std::shared_ptr<const Names> names;
  };
  explicit IndexBuilder(Host host) : host_(std::move(host)) {}

  // Makes an index: writes its definition together with `also`, and all its entries. Fails, and
  // leaves nothing but `also`, if it is to be unique and is not.
  Status Make(const CatalogEntry& entry, KvBatch also);
  // Says on disk that the index is on its way out; Drop takes away the entries, then the
  // definition.
  Status BeginDrop(const CatalogEntry& entry) { return Define(entry, IndexState::kDropping); }
  Status Drop(const CatalogEntry& entry);
  // Finishes what a crash or another schema left undone.
  Status Repair(const IndexCatalog& catalog);

 private:
  Status Define(const CatalogEntry& entry, IndexState state, KvBatch also = {});
  Status Fill(const CatalogEntry& entry);
  Status Clear(const CatalogEntry& entry);
  Status CheckUnique(const CatalogEntry& entry);

  Host host_;
};

}  // namespace tupu::graph
