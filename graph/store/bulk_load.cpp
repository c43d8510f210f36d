#include "graph/store/bulk_load.h"

#include "graph/base/coding.h"
#include "graph/base/unicode.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kPiece = std::size_t{8} << 20;  // bytes written together

template <class T>
T& Slot(std::vector<T>& numbers, std::uint32_t at) {
  if (at >= numbers.size()) numbers.resize(at + 1);
  return numbers[at];
}

}  // namespace

BulkLoad::BulkLoad(Host host, std::string_view kind)
    : host_(std::move(host)), kind_(kind), before_(host_.kv->Snapshot()), names_(host_.names) {}

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
  batch_.Put(Space::kGraph, AssertedNodeKey(id), bytes_);
  for (const std::uint32_t label : labels) {
    batch_.Put(Space::kIndex, AssertedLabelKey(label, id), {});
    ++Slot(label_counts_, label);
  }
  for (const auto& [property, value] : properties) {
    const std::string& name = names_->NameOf(NameKind::kProperty, property);
    if (!IsIndexed(name)) continue;
    batch_.Put(Space::kIndex, PropertyIndexKey(property, value, id), {});
    if (name == "name" && value.kind() == ValueKind::kString) {
      batch_.Put(Space::kIndex, NameIndexKey(FoldName(value.as_string()), value.as_string(), id),
                 {});
    }
  }
  ++nodes_;
  ++counts_.nodes;
  counts_.properties += properties.size();
  TUPU_TRY(WriteFull());
  return id;
}

Status BulkLoad::AddEdge(TypeId type, NodeId from, NodeId to, const StoredProperties& properties) {
  const EdgeId id = MakeEdgeId(type, kAssertedEdgeBit | (*next_edge_[type.value])++);
  AssertedEdge edge{from, to, origin_, properties};
  bytes_.clear();
  EncodeAssertedEdge(bytes_, edge);
  batch_.Put(Space::kGraph, AssertedEdgeKey(id), bytes_);
  const std::string suffix = AdjacencySuffix(id);
  batch_.Put(Space::kGraph, AdjacencyKey(from, Direction::kOut, type, to, suffix), suffix);
  batch_.Put(Space::kGraph, AdjacencyKey(to, Direction::kIn, type, from, suffix), suffix);
  ++Slot(type_counts_, type.value);
  ++counts_.edges;
  counts_.properties += properties.size();
  return WriteFull();
}

Status BulkLoad::WriteFull() {
  if (batch_.bytes() < kPiece) return {};
  TUPU_TRY(host_.kv->Write(batch_, false));
  batch_.Clear();
  return {};
}

Result<LoadCounts> BulkLoad::Finish() {
  batch_.Put(Space::kMeta, AssertedNodeSequenceKey(), EncodeNumber(next_node_));
  batch_.Add(Space::kCounters, AssertedNodesKey(), nodes_);
  for (std::uint32_t label = 0; label < label_counts_.size(); ++label) {
    batch_.Add(Space::kCounters, AssertedNodesKey(label), label_counts_[label]);
  }
  for (std::uint32_t type = 0; type < type_counts_.size(); ++type) {
    if (type_counts_[type] == 0) continue;
    batch_.Put(Space::kMeta, AssertedEdgeSequenceKey(TypeId{type}),
               EncodeNumber(*next_edge_[type]));
    batch_.Add(Space::kCounters, AssertedEdgesKey(TypeId{type}), type_counts_[type]);
  }
  TUPU_TRY(host_.kv->Write(batch_, true));
  host_.done(names_);
  host_.lock.reset();
  return counts_;
}

}  // namespace tupu::graph
