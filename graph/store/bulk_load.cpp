#include "graph/store/bulk_load.h"

#include <future>

#include "graph/base/coding.h"
#include "graph/base/unicode.h"
#include "graph/store/records.h"
#include "graph/store/search_index.h"

namespace tupu::graph {
namespace {

// Memory for sorting; beyond it runs go to temporary files.
constexpr std::size_t kAdjacencyMemory = std::size_t{384} << 20;
constexpr std::size_t kIndexMemory = std::size_t{64} << 20;
constexpr std::size_t kOpenEdgeRuns = 16;  // each holds a table's buffers

template <class T>
T& Slot(std::vector<T>& numbers, std::uint32_t at) {
  if (at >= numbers.size()) numbers.resize(at + 1);
  return numbers[at];
}

}  // namespace

BulkLoad::BulkLoad(Host host, std::string_view kind)
    : host_(std::move(host)),
      kind_(kind),
      before_(host_.kv->Snapshot()),
      names_(host_.names),
      late_edges_(kIndexMemory),
      labels_(kIndexMemory),
      properties_(kIndexMemory),
      adjacency_(kAdjacencyMemory),
      names_entries_(kIndexMemory) {}

BulkLoad::~BulkLoad() = default;

Result<std::unique_ptr<BulkLoad>> BulkLoad::Begin(Host host, std::string_view kind) {
  std::unique_ptr<BulkLoad> load(new BulkLoad(std::move(host), kind));
  TUPU_TRY(load->Start());
  return load;
}

Result<std::uint64_t> BulkLoad::Sequence(const std::string& key) const {
  TUPU_ASSIGN(const std::optional<std::string> bytes, before_->Get(Space::kMeta, key));
  std::uint64_t next = 0;
  if (bytes && !DecodeNumber(*bytes, next)) {
    return Error{ErrorCode::kCorruption, "the store is damaged: a sequence is not a number"};
  }
  return next;
}

Status BulkLoad::Start() {
  TUPU_ASSIGN(bulk_, host_.kv->BeginBulk());
  nodes_run_ = &bulk_->NewRun(Space::kGraph);
  TUPU_ASSIGN(const auto search, ReadSearchState(*before_));
  if (search) pending_search_ = &bulk_->NewRun(Space::kIndex);
  TUPU_ASSIGN(origin_.value, Sequence(OriginSequenceKey()));
  TUPU_ASSIGN(next_node_, Sequence(AssertedNodeSequenceKey()));
  if (host_.first) {
    std::string version;
    PutVarint(version, kFormatVersion);
    batch_.Put(Space::kMeta, FormatKey(), version);
    version.clear();
    PutVarint(version, kRulesVersion);
    batch_.Put(Space::kMeta, RulesKey(), version);
  }
  std::string record;
  PutLengthPrefixed(record, kind_);
  batch_.Put(Space::kMeta, OriginKey(origin_), record);
  batch_.Put(Space::kMeta, OriginSequenceKey(), EncodeNumber(origin_.value + 1));
  return {};
}

std::uint32_t BulkLoad::Intern(NameKind kind, std::string_view name) {
  if (const auto number = names_->Find(kind, name)) return *number;
  if (!new_names_) names_ = new_names_ = names_->Clone();
  const std::uint32_t number = new_names_->Add(kind, name);
  batch_.Put(Space::kMeta, NameKey(kind, number), name);
  return number;
}

Result<TypeId> BulkLoad::Type(std::string_view name) {
  const TypeId type{Intern(NameKind::kType, name)};
  if (type.value >> (64 - kEdgeSequenceBits) != 0) {
    return Error{ErrorCode::kLimit, "too many relation types in one store"};
  }
  if (!Slot(next_edge_, type.value)) {
    TUPU_ASSIGN(next_edge_[type.value], Sequence(AssertedEdgeSequenceKey(type)));
  }
  return type;
}

Result<NodeId> BulkLoad::AddNode(std::span<const std::uint32_t> labels,
                                 const StoredProperties& properties) {
  const NodeId id{kFirstAssertedNode + next_node_++};
  AssertedNode node{origin_, {labels.begin(), labels.end()}, properties};
  bytes_.clear();
  EncodeAssertedNode(bytes_, node);
  TUPU_TRY(nodes_run_->Put(AssertedNodeKey(id), bytes_));
  for (const std::uint32_t label : labels) {
    TUPU_TRY(labels_.Add({label, id.value}));
    ++Slot(label_counts_, label);
  }
  for (const auto& [property, value] : properties) TUPU_TRY(Index(id, property, value));
  ++counts_.nodes;
  counts_.properties += properties.size();
  return id;
}

Status BulkLoad::Index(NodeId id, std::uint32_t property, const Value& value) {
  const std::string& name = names_->NameOf(NameKind::kProperty, property);
  if (!IsIndexed(name)) return {};
  // The hash out of the key, as two numbers that sort the same.
  const std::string prefix = PropertyIndexPrefix(property, value);
  std::string_view hash = std::string_view(prefix).substr(prefix.size() - 16);
  PropertyEntry entry{property, 0, 0, id.value};
  TUPU_INVARIANT(GetFixed64(hash, entry.hash_high) && GetFixed64(hash, entry.hash_low));
  TUPU_TRY(properties_.Add(entry));
  if (name != "name" || value.kind() != ValueKind::kString) return {};
  if (pending_search_ != nullptr) {
    TUPU_TRY(pending_search_->Put(PendingKey(SearchKind::kEntities, id.value), {}));
  }
  return names_entries_.Add(NameIndexKey(FoldName(value.as_string()), value.as_string(), id), {});
}

Status BulkLoad::AddEdge(TypeId type, NodeId from, NodeId to, const StoredProperties& properties) {
  const EdgeId id = MakeEdgeId(type, kAssertedEdgeBit | (*next_edge_[type.value])++);
  AssertedEdge edge{from, to, origin_, properties};
  bytes_.clear();
  EncodeAssertedEdge(bytes_, edge);
  KvRun*& run = Slot(edge_runs_, type.value);
  if (run == nullptr && open_edge_runs_ < kOpenEdgeRuns) {
    run = &bulk_->NewRun(Space::kGraph);
    ++open_edge_runs_;
  }
  if (run != nullptr) {
    TUPU_TRY(run->Put(AssertedEdgeKey(id), bytes_));
  } else {
    TUPU_TRY(late_edges_.Add(AssertedEdgeKey(id), bytes_));
  }
  const auto direction = [&](Direction one) {
    return static_cast<std::uint64_t>(one) << 32 | type.value;
  };
  TUPU_TRY(adjacency_.Add({from.value, direction(Direction::kOut), to.value, id.value}));
  TUPU_TRY(adjacency_.Add({to.value, direction(Direction::kIn), from.value, id.value}));
  ++Slot(type_counts_, type.value);
  ++counts_.edges;
  counts_.properties += properties.size();
  return {};
}

Status BulkLoad::WriteAdjacency() {
  // A run a type, so that none lies across that of a type that had its own from the start.
  KvRun* run = nullptr;
  std::optional<TypeId> type;
  const auto put = [&](std::string_view key, std::string_view value) -> Status {
    EdgeId edge;
    TUPU_INVARIANT(DecodeAssertedEdgeKey(key, edge));
    if (!type || *type != TypeOf(edge)) {
      if (run != nullptr) TUPU_TRY(run->Finish());
      run = &bulk_->NewRun(Space::kGraph);
      type = TypeOf(edge);
    }
    return run->Put(key, value);
  };
  TUPU_TRY(late_edges_.Drain(put));
  KvRun& adjacency = bulk_->NewRun(Space::kGraph);
  TUPU_TRY(adjacency_.Drain([&](const AdjacencyEntry& entry) {
    const std::string suffix = AdjacencySuffix(EdgeId{entry.edge});
    return adjacency.Put(
        AdjacencyKey(NodeId{entry.node}, static_cast<Direction>(entry.direction_and_type >> 32),
                     TypeId{static_cast<std::uint32_t>(entry.direction_and_type)},
                     NodeId{entry.neighbour}, suffix),
        suffix);
  }));
  return adjacency.Finish();
}

Status BulkLoad::WriteIndexes() {
  KvRun& labels = bulk_->NewRun(Space::kIndex);
  TUPU_TRY(labels_.Drain([&](const LabelEntry& entry) {
    return labels.Put(AssertedLabelKey(static_cast<std::uint32_t>(entry.label), NodeId{entry.node}),
                      {});
  }));
  TUPU_TRY(labels.Finish());
  // Both kinds of indexes have entries already; tables of RocksDB may overlap those.
  KvRun& properties = bulk_->NewRun(Space::kIndex);
  TUPU_TRY(properties_.Drain([&](const PropertyEntry& entry) {
    return properties.Put(PropertyIndexKeyOf(static_cast<std::uint32_t>(entry.property),
                                             entry.hash_high, entry.hash_low, NodeId{entry.node}),
                          {});
  }));
  TUPU_TRY(properties.Finish());
  KvRun& names = bulk_->NewRun(Space::kIndex);
  TUPU_TRY(names_entries_.Drain(
      [&](std::string_view key, std::string_view value) { return names.Put(key, value); }));
  return names.Finish();
}

Result<LoadCounts> BulkLoad::Finish() {
  // The two have nothing in common but the bulk.
  auto indexes = std::async(std::launch::async, [this] { return WriteIndexes(); });
  const Status adjacency = WriteAdjacency();
  TUPU_TRY(indexes.get());
  TUPU_TRY(adjacency);
  batch_.Put(Space::kMeta, AssertedNodeSequenceKey(), EncodeNumber(next_node_));
  batch_.Add(Space::kCounters, AssertedNodesKey(), static_cast<std::int64_t>(counts_.nodes));
  for (std::uint32_t label = 0; label < label_counts_.size(); ++label) {
    batch_.Add(Space::kCounters, AssertedNodesKey(label), label_counts_[label]);
  }
  for (std::uint32_t type = 0; type < type_counts_.size(); ++type) {
    if (type_counts_[type] == 0) continue;
    batch_.Put(Space::kMeta, AssertedEdgeSequenceKey(TypeId{type}),
               EncodeNumber(*next_edge_[type]));
    batch_.Add(Space::kCounters, AssertedEdgesKey(TypeId{type}), type_counts_[type]);
  }
  before_.reset();
  TUPU_TRY(bulk_->Commit(batch_));
  bulk_.reset();
  host_.done(names_);
  host_.lock.reset();
  return counts_;
}

}  // namespace tupu::graph
