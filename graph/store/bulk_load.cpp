#include "graph/store/bulk_load.h"

#include "graph/base/coding.h"
#include "graph/base/unicode.h"
#include "graph/store/index_value.h"
#include "graph/store/packed_list.h"
#include "graph/store/records.h"
#include "graph/store/search_index.h"

namespace tupu::graph {
namespace {

// Memory for sorting; beyond it runs go to temporary files.
constexpr std::size_t kOutMemory = std::size_t{320} << 20;
constexpr std::size_t kInMemory = std::size_t{160} << 20;
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
      out_(kOutMemory),
      in_(kInMemory),
      late_pages_(kIndexMemory),
      apart_(kIndexMemory),
      labels_(kIndexMemory),
      values_(kIndexMemory),
      names_entries_(kIndexMemory),
      entries_(kIndexMemory) {}

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
    return Damaged("a sequence is not a number");
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
  TypeState& state = Slot(types_, type.value);
  if (!state.known) {
    // Pages of others are left alone.
    TUPU_ASSIGN(const std::uint64_t next, Sequence(AssertedEdgeSequenceKey(type)));
    state.next = (next + kEdgesInPage - 1) / kEdgesInPage * kEdgesInPage;
    state.known = true;
  }
  return type;
}

Result<NodeId> BulkLoad::AddNode(std::span<const std::uint32_t> labels,
                                 const StoredProperties& properties) {
  TUPU_CONTRACT(!indexes_.valid());
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
  TUPU_TRY(Enter(id, node));
  ++counts_.nodes;
  counts_.properties += properties.size();
  return id;
}

Status BulkLoad::Index(NodeId id, std::uint32_t property, const Value& value) {
  const std::string& name = names_->NameOf(NameKind::kProperty, property);
  if (IsIndexed(name, value)) {
    const ValuePlace place(property, value);
    return values_.Add({place.property_and_kind, place.number, ValueNode(id, value).Code()});
  }
  if (name != "name" || value.kind() != ValueKind::kString) return {};
  if (pending_search_ != nullptr) {
    TUPU_TRY(pending_search_->Put(PendingKey(SearchKind::kEntities, id.value), {}));
  }
  return names_entries_.Add(NameIndexKey(FoldName(value.as_string()), value.as_string(), id), {});
}

template <class Id, class Record>
Status BulkLoad::Enter(Id id, const Record& record) {
  if (host_.indexes->empty()) return {};
  for (const IndexEntry& entry : host_.indexes->Of(*names_, id, record)) {
    TUPU_TRY(entries_.Add(entry.key, {}));
    ++entry_counts_[entry.index->info.number];
  }
  return {};
}

Status BulkLoad::AddEdge(TypeId type, NodeId from, NodeId to, const StoredProperties& properties) {
  bytes_.clear();
  EncodeProperties(bytes_, properties);
  ++types_[type.value].count;
  ++counts_.edges;
  counts_.properties += properties.size();
  return out_.Add({NodeCode(from), NodeCode(to), type.value}, bytes_);
}

Status BulkLoad::PutPage(TypeId type) {
  TypeState& state = types_[type.value];
  if (state.builder.empty()) return {};
  const std::string key = EdgePageKey(state.page), page = state.builder.page();
  state.builder.Clear();
  if (state.run == nullptr && open_edge_runs_ < kOpenEdgeRuns) {
    state.run = &bulk_->NewRun(Space::kGraph);
    ++open_edge_runs_;
  }
  return state.run != nullptr ? state.run->Put(key, page) : late_pages_.Add(key, page);
}

// They come by (from, type, to).
Status BulkLoad::WriteEdge(std::uint64_t from, std::uint64_t to, TypeId type,
                           std::string_view properties) {
  TypeState& state = types_[type.value];
  const EdgeId id = EdgeOfCode(type, state.next++);
  if (PageOf(id) != state.page) {
    TUPU_TRY(PutPage(type));
    state.page = PageOf(id);
  }
  PagedEdge edge{id.value - state.page.value,           NodeOfCode(from), NodeOfCode(to), origin_,
                 properties.size() > kPropertiesInPage, properties};
  if (edge.apart) {
    TUPU_TRY(apart_.Add(ApartKey(id), properties));
    edge.properties = {};
  }
  state.builder.Add(edge);
  if (!host_.indexes->empty()) {
    AssertedEdge record{edge.from, edge.to, origin_, {}};
    TUPU_INVARIANT(DecodeProperties(properties, record.properties));
    TUPU_TRY(Enter(id, record));
  }
  return in_.Add({to, from, id.value});
}

namespace {

// The lists of one direction, from entries that come by node and type.
class ListsWriter {
 public:
  ListsWriter(KvRun& run, Direction direction)
      : direction_(direction), writer_([&run](std::string_view key, std::string_view value) {
          return run.Put(key, value);
        }) {}
  Status Add(std::uint64_t node, TypeId type, PackedEntry entry) {
    if (node != node_ || type != type_) {
      TUPU_TRY(writer_.Begin(EdgeListRoot(NodeOfCode(node), direction_, type)));
      node_ = node;
      type_ = type;
    }
    return writer_.Add(entry);
  }
  Status Finish() { return writer_.Finish(); }

 private:
  const Direction direction_;
  PackedWriter writer_;
  std::uint64_t node_ = ~std::uint64_t{0};
  TypeId type_;
};

}  // namespace

Status BulkLoad::WriteEdges() {
  {
    KvRun& run = bulk_->NewRun(Space::kGraph);
    ListsWriter lists(run, Direction::kOut);
    const auto write = [&](const OutEntry& entry, std::string_view properties) -> Status {
      const TypeId type{entry.type};
      TUPU_TRY(lists.Add(entry.from, type, {entry.to, types_[type.value].next}));
      return WriteEdge(entry.from, entry.to, type, properties);
    };
    TUPU_TRY(out_.Drain(write));
    TUPU_TRY(lists.Finish());
    TUPU_TRY(run.Finish());
  }
  for (std::uint32_t type = 0; type < types_.size(); ++type) {
    TUPU_TRY(PutPage(TypeId{type}));
    if (types_[type].run != nullptr) TUPU_TRY(types_[type].run->Finish());
  }
  // A run a type, so that none lies across that of a type that has its own.
  KvRun* run = nullptr;
  std::optional<TypeId> type;
  const auto put_late = [&](std::string_view key, std::string_view page) -> Status {
    EdgeId first;
    TUPU_INVARIANT(DecodeEdgePageKey(key, first));
    if (!type || *type != TypeOf(first)) {
      if (run != nullptr) TUPU_TRY(run->Finish());
      run = &bulk_->NewRun(Space::kGraph);
      type = TypeOf(first);
    }
    return run->Put(key, page);
  };
  TUPU_TRY(late_pages_.Drain(put_late));
  if (!apart_.empty()) {
    KvRun& apart = bulk_->NewRun(Space::kGraph);
    TUPU_TRY(apart_.Drain(
        [&](std::string_view key, std::string_view value) { return apart.Put(key, value); }));
    TUPU_TRY(apart.Finish());
  }
  KvRun& in = bulk_->NewRun(Space::kGraph);
  ListsWriter lists(in, Direction::kIn);
  TUPU_TRY(in_.Drain([&](const InEntry& entry) {
    const EdgeId id{entry.edge};
    return lists.Add(entry.to, TypeOf(id), {entry.from, EdgeCode(id)});
  }));
  TUPU_TRY(lists.Finish());
  return in.Finish();
}

// What constraints do not allow comes out here, as equal values lie side by side.
Status BulkLoad::WriteEntries() {
  std::map<std::uint32_t, const CatalogEntry*> unique;
  for (const CatalogEntry& entry : host_.indexes->entries()) {
    if (entry.info.unique) unique.emplace(entry.info.number, &entry);
  }
  KvRun& run = bulk_->NewRun(Space::kIndex);
  std::string last;
  const auto put = [&](std::string_view key, std::string_view) -> Status {
    std::uint32_t index = 0;
    std::string_view value;
    std::uint64_t element = 0;
    TUPU_INVARIANT(DecodeIndexEntryKey(key, index, value, element));
    const auto constraint = unique.find(index);
    if (constraint != unique.end() && !IsNaNIndexValue(value)) {
      const std::string_view part = IndexValuePart(key);
      bool there = part == last;
      if (!there) {
        last = part;
        const auto cursor = before_->Scan(Space::kIndex, part);
        for (; cursor->Valid() && !there; cursor->Next()) {
          there = cursor->key().size() == key.size();
        }
        if (Status status = cursor->status(); !status.ok()) return status;
      }
      if (there) return NotUnique(*constraint->second, "a value of the import");
    }
    return run.Put(key, {});
  };
  TUPU_TRY(entries_.Drain(put));
  return run.Finish();
}

Status BulkLoad::WriteIndexes() {
  KvRun& labels = bulk_->NewRun(Space::kIndex);
  TUPU_TRY(labels_.Drain([&](const LabelEntry& entry) {
    return labels.Put(AssertedLabelKey(static_cast<std::uint32_t>(entry.label), NodeId{entry.node}),
                      {});
  }));
  TUPU_TRY(labels.Finish());
  // Both kinds of indexes have entries already; tables of RocksDB may overlap those.
  KvRun& values = bulk_->NewRun(Space::kIndex);
  PackedWriter lists(
      [&](std::string_view key, std::string_view value) { return values.Put(key, value); });
  std::string root;
  const auto put_value = [&](const ValueEntry& entry) -> Status {
    const ValuePlace place(entry.property_and_kind, entry.number);
    std::string next = place.Root();
    if (next != root) {
      root = std::move(next);
      TUPU_TRY(host_.first ? lists.Begin(root) : lists.Merge(*before_, Space::kIndex, root));
    }
    return lists.Add({place.First(), entry.node});
  };
  TUPU_TRY(values_.Drain(put_value));
  TUPU_TRY(lists.Finish());
  TUPU_TRY(values.Finish());
  KvRun& names = bulk_->NewRun(Space::kIndex);
  TUPU_TRY(names_entries_.Drain(
      [&](std::string_view key, std::string_view value) { return names.Put(key, value); }));
  return names.Finish();
}

// It has nothing in common with edges but the bulk.
void BulkLoad::EndNodes() {
  if (!indexes_.valid()) {
    indexes_ = std::async(std::launch::async, [this] { return WriteIndexes(); });
  }
}

Result<LoadCounts> BulkLoad::Finish() {
  EndNodes();
  const Status edges = WriteEdges();
  TUPU_TRY(indexes_.get());
  TUPU_TRY(edges);
  if (!entries_.empty()) TUPU_TRY(WriteEntries());
  batch_.Put(Space::kMeta, AssertedNodeSequenceKey(), EncodeNumber(next_node_));
  batch_.Add(Space::kCounters, AssertedNodesKey(), static_cast<std::int64_t>(counts_.nodes));
  for (std::uint32_t label = 0; label < label_counts_.size(); ++label) {
    batch_.Add(Space::kCounters, AssertedNodesKey(label), label_counts_[label]);
  }
  for (std::uint32_t type = 0; type < types_.size(); ++type) {
    if (types_[type].count == 0) continue;
    batch_.Put(Space::kMeta, AssertedEdgeSequenceKey(TypeId{type}),
               EncodeNumber(types_[type].next));
    batch_.Add(Space::kCounters, AssertedEdgesKey(TypeId{type}), types_[type].count);
  }
  for (const auto& [index, count] : entry_counts_) {
    batch_.Add(Space::kCounters, IndexEntriesKey(index), count);
  }
  before_.reset();
  TUPU_TRY(bulk_->Commit(batch_));
  bulk_.reset();
  host_.done(names_);
  host_.lock.reset();
  return counts_;
}

}  // namespace tupu::graph
