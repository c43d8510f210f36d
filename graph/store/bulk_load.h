// Loads many asserted nodes and edges at once, under one origin, all or nothing and in bounded
// memory: what has no order yet is sorted outside (run_sorter.h), and everything goes into the
// store as sorted runs.
//
// It holds the store's single write lock from its beginning to its end. What it adds is new: nodes
// get fresh numbers, edges join nodes of the same load. For one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/asserted.h"
#include "graph/store/kv.h"
#include "graph/store/names.h"
#include "graph/store/run_sorter.h"

namespace tupu::graph {

struct LoadCounts {
  std::uint64_t nodes = 0, edges = 0, properties = 0;
};

class BulkLoad {
 public:
  // What the store does for it; `done` is told once everything is written.
  struct Host {
    KvStore* kv = nullptr;
    std::shared_ptr<const Names> names;
    std::function<void(std::shared_ptr<const Names>)> done;
    std::shared_ptr<void> lock;
    bool first = false;  // the store has had no commit
  };
  // `kind` names the origin: what loads.
  static Result<std::unique_ptr<BulkLoad>> Begin(Host host, std::string_view kind);
  ~BulkLoad();

  // Numbers of names, for the calls below. kLimit for more relation types than a store has.
  std::uint32_t Label(std::string_view name) { return Intern(NameKind::kLabel, name); }
  std::uint32_t Property(std::string_view name) { return Intern(NameKind::kProperty, name); }
  Result<TypeId> Type(std::string_view name);

  // Labels and properties ascending, each once.
  Result<NodeId> AddNode(std::span<const std::uint32_t> labels, const StoredProperties& properties);
  Status AddEdge(TypeId type, NodeId from, NodeId to, const StoredProperties& properties);

  // On disk when it returns. Nothing may be called behind it. A load that goes without it has never
  // been.
  Result<LoadCounts> Finish();

 private:
  BulkLoad(Host host, std::string_view kind);
  Status Start();
  std::uint32_t Intern(NameKind kind, std::string_view name);
  Result<std::uint64_t> Sequence(const std::string& key) const;
  Status Index(NodeId id, std::uint32_t property, const Value& value);
  Status WriteIndexes();
  Status WriteAdjacency();

  // Compared field by field: in the order of their keys.
  struct LabelEntry {
    std::uint64_t label, node;
    auto operator<=>(const LabelEntry&) const = default;
  };
  struct PropertyEntry {
    std::uint64_t property, hash_high, hash_low, node;
    auto operator<=>(const PropertyEntry&) const = default;
  };
  struct AdjacencyEntry {
    std::uint64_t node, direction_and_type, neighbour, edge;
    auto operator<=>(const AdjacencyEntry&) const = default;
  };

  Host host_;
  const std::string kind_;
  std::shared_ptr<const KvSnapshot> before_;
  std::unique_ptr<KvBulk> bulk_;
  std::shared_ptr<const Names> names_;
  std::shared_ptr<Names> new_names_;  // the same once there are new ones
  OriginId origin_;
  std::uint64_t next_node_ = 0;
  std::vector<std::optional<std::uint64_t>> next_edge_;  // by type
  std::vector<std::int64_t> type_counts_;                // by type
  std::vector<std::int64_t> label_counts_;               // by label
  LoadCounts counts_;

  KvRun* nodes_run_ = nullptr;
  KvRun* pending_search_ = nullptr;  // where there is a full-text index
  std::vector<KvRun*> edge_runs_;    // by type; of the first types only
  std::size_t open_edge_runs_ = 0;
  KeySorter late_edges_;  // of the others
  RecordSorter<LabelEntry> labels_;
  RecordSorter<PropertyEntry> properties_;
  RecordSorter<AdjacencyEntry> adjacency_;
  KeySorter names_entries_;
  KvBatch batch_;  // numbers, names, counters
  std::string bytes_;
};

}  // namespace tupu::graph
