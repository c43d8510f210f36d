// Loads many asserted nodes and edges at once, under one origin, all or nothing and in bounded
// memory: what has no order yet is sorted outside (run_sorter.h), and everything goes into the
// store as sorted runs.
//
// It holds the store's single write lock from its beginning to its end. What it adds is new: nodes
// get fresh numbers, edges join nodes of the same load. For one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/asserted.h"
#include "graph/store/edge_pages.h"
#include "graph/store/index_catalog.h"
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
    std::shared_ptr<const IndexCatalog> indexes;
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
  // No node comes any more: what finds nodes is written from now on, beside the edges that come.
  // What fails then, Finish says.
  void EndNodes();

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
  Status WriteEdges();
  Status WriteEdge(std::uint64_t from, std::uint64_t to, TypeId type, std::string_view properties);
  Status PutPage(TypeId type);
  template <class Id, class Record>
  Status Enter(Id id, const Record& record);  // in the users' indexes
  Status WriteEntries();

  // Compared field by field: in the order of their keys.
  struct LabelEntry {
    std::uint64_t label, node;
    auto operator<=>(const LabelEntry&) const = default;
  };
  // A value's place, and the node with it (asserted.h).
  struct ValueEntry {
    std::uint64_t property_and_kind, number, node;
    auto operator<=>(const ValueEntry&) const = default;
  };
  // Nodes by their codes.
  struct OutEntry {
    std::uint64_t from;
    std::uint64_t to;
    std::uint32_t type;
    auto operator<=>(const OutEntry& other) const {
      if (from != other.from) return from <=> other.from;
      return type != other.type ? type <=> other.type : to <=> other.to;
    }
  };
  struct InEntry {
    std::uint64_t to, from, edge;
    auto operator<=>(const InEntry& other) const {
      if (to != other.to) return to <=> other.to;
      const TypeId a = TypeOf(EdgeId{edge}), b = TypeOf(EdgeId{other.edge});
      if (a != b) return a.value <=> b.value;
      return from != other.from ? from <=> other.from : edge <=> other.edge;
    }
  };
  // Edges of one type are numbered by where they come from, whatever order they came in: so
  // numbers that stand together are close, and take few bytes.
  struct TypeState {
    std::uint64_t next = 0;  // number
    std::int64_t count = 0;
    bool known = false;
    KvRun* run = nullptr;  // of the first types only
    EdgeId page;
    EdgePageBuilder builder;
  };

  Host host_;
  const std::string kind_;
  std::shared_ptr<const KvSnapshot> before_;
  std::unique_ptr<KvBulk> bulk_;
  std::shared_ptr<const Names> names_;
  std::shared_ptr<Names> new_names_;  // the same once there are new ones
  OriginId origin_;
  std::uint64_t next_node_ = 0;
  std::vector<TypeState> types_;
  std::vector<std::int64_t> label_counts_;  // by label
  LoadCounts counts_;

  KvRun* nodes_run_ = nullptr;
  KvRun* pending_search_ = nullptr;  // where there is a full-text index
  std::size_t open_edge_runs_ = 0;
  PayloadSorter<OutEntry> out_;
  RecordSorter<InEntry> in_;
  KeySorter late_pages_;  // of types that have no run
  KeySorter apart_;       // large properties of edges
  RecordSorter<LabelEntry> labels_;
  RecordSorter<ValueEntry> values_;
  KeySorter names_entries_;
  KeySorter entries_;                                   // of the users' indexes
  std::map<std::uint32_t, std::int64_t> entry_counts_;  // by index
  KvBatch batch_;                                       // numbers, names, counters
  std::string bytes_;
  std::future<Status> indexes_;  // WriteIndexes, once begun; the last member, so that it goes first
};

}  // namespace tupu::graph
