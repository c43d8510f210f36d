#include "graph/store/migrate.h"

#include "graph/base/coding.h"
#include "graph/store/edge_pages.h"
#include "graph/store/packed_list.h"
#include "graph/store/records.h"
#include "graph/store/run_sorter.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kSortMemory = std::size_t{128} << 20;
constexpr std::size_t kMigratedBytes = std::size_t{4} << 20;
constexpr std::size_t kBatchKeys = 100'000;

// In meta: the version counts already, and keys of the one before it are still to go.
std::string CleanUpKey() { return "M"; }

// Writes in batches of bounded size.
class BatchWriter {
 public:
  explicit BatchWriter(KvStore& kv) : kv_(kv) {}
  Status Put(Space space, std::string_view key, std::string_view value) {
    batch_.Put(space, key, value);
    return MayWrite();
  }
  Status Delete(Space space, std::string_view key) {
    batch_.Delete(space, key);
    return MayWrite();
  }
  Status Flush() {
    if (batch_.empty()) return {};
    TUPU_TRY(kv_.Write(batch_, false));
    batch_.Clear();
    return {};
  }

 private:
  Status MayWrite() {
    return batch_.bytes() < kMigratedBytes && batch_.size() < kBatchKeys ? Status() : Flush();
  }

  KvStore& kv_;
  KvBatch batch_;
};

template <class Wanted>
Status DeleteKeys(KvStore& kv, Space space, std::string_view prefix, const Wanted& wanted) {
  const auto snapshot = kv.Snapshot();
  BatchWriter writer(kv);
  const auto cursor = snapshot->Scan(space, prefix);
  for (; cursor->Valid(); cursor->Next()) {
    if (wanted(cursor->key())) TUPU_TRY(writer.Delete(space, cursor->key()));
  }
  TUPU_TRY(cursor->status());
  return writer.Flush();
}
bool Any(std::string_view /*key*/) { return true; }

// ---- version 1

// Edges by hand: `E` u64 edge: u64 from, u64 to, v origin, v n, properties. Their adjacency stood
// beside that of computed edges, with the edge's number behind the neighbour's.
constexpr std::string_view kOldEdges = "E";
constexpr std::size_t kOldAdjacencyKey = 1 + 8 + 1 + 4 + 8 + 8;
// Values, in the space `index`: of version 1, of 2 to 4.
constexpr std::string_view kOldValues = "p", kUnpagedValues = "q";

bool DecodeOldEdge(std::string_view in, AssertedEdge& edge) {
  std::uint64_t size = 0;
  return GetFixed64(in, edge.from.value) && GetFixed64(in, edge.to.value) &&
         GetVarint(in, edge.origin.value) && GetVarint(in, size) &&
         DecodeProperties(in, edge.properties) && edge.properties.size() == size;
}

struct ListEntry {
  std::uint64_t node, type, other, code;
  auto operator<=>(const ListEntry&) const = default;
};
struct ValueEntry {
  std::uint64_t property_and_kind, number, node;
  auto operator<=>(const ValueEntry&) const = default;
};

class Migration {
 public:
  Migration(KvStore& kv, const Names& names)
      : kv_(kv), names_(names), writer_(kv), out_(kSortMemory), in_(kSortMemory) {}

  Status Run(std::uint64_t from) {
    // What an attempt that was cut off left.
    if (from == 1) {
      for (const std::string_view prefix : {"P", "X", "o", "i"}) {
        TUPU_TRY(DeleteKeys(kv_, Space::kGraph, prefix, Any));
      }
    }
    TUPU_TRY(DeleteKeys(kv_, Space::kIndex, ValuePrefix(), Any));
    before_ = kv_.Snapshot();
    if (from == 1) {
      TUPU_TRY(WritePages());
      TUPU_TRY(WriteLists(Direction::kOut, out_));
      TUPU_TRY(WriteLists(Direction::kIn, in_));
    }
    TUPU_TRY(WriteValues());
    TUPU_TRY(writer_.Flush());
    KvBatch batch;
    std::string version;
    PutVarint(version, kFormatVersion);
    batch.Put(Space::kMeta, FormatKey(), version);
    batch.Put(Space::kMeta, CleanUpKey(), {});
    return kv_.Write(batch, true);
  }

 private:
  Status PutPage() {
    if (builder_.empty()) return {};
    const std::string bytes = builder_.page();
    builder_.Clear();
    return writer_.Put(Space::kGraph, EdgePageKey(page_), bytes);
  }

  Status WritePages() {
    const auto cursor = before_->Scan(Space::kGraph, kOldEdges);
    for (; cursor->Valid(); cursor->Next()) {
      std::string_view key = cursor->key().substr(kOldEdges.size());
      EdgeId id;
      AssertedEdge edge;
      if (!GetFixed64(key, id.value) || !key.empty() || !IsAsserted(id) ||
          !DecodeOldEdge(cursor->value(), edge)) {
        return Damaged("an edge is unreadable");
      }
      if (PageOf(id) != page_) TUPU_TRY(PutPage());
      page_ = PageOf(id);
      std::string properties;
      EncodeProperties(properties, edge.properties);
      PagedEdge paged{id.value - page_.value,
                      edge.from,
                      edge.to,
                      edge.origin,
                      properties.size() > kPropertiesInPage,
                      properties};
      if (paged.apart) {
        TUPU_TRY(writer_.Put(Space::kGraph, ApartKey(id), properties));
        paged.properties = {};
      }
      builder_.Add(paged);
      const std::uint64_t type = TypeOf(id).value, code = EdgeCode(id);
      TUPU_TRY(out_.Add({edge.from.value, type, NodeCode(edge.to), code}));
      TUPU_TRY(in_.Add({edge.to.value, type, NodeCode(edge.from), code}));
    }
    TUPU_TRY(cursor->status());
    return PutPage();
  }

  Status WriteLists(Direction direction, RecordSorter<ListEntry>& sorter) {
    PackedWriter lists([&](std::string_view key, std::string_view value) {
      return writer_.Put(Space::kGraph, key, value);
    });
    std::string root;
    const auto add = [&](const ListEntry& entry) -> Status {
      std::string next = EdgeListRoot(NodeId{entry.node}, direction,
                                      TypeId{static_cast<std::uint32_t>(entry.type)});
      if (next != root) TUPU_TRY(lists.Begin(next));
      root = std::move(next);
      return lists.Add({entry.other, entry.code});
    };
    TUPU_TRY(sorter.Drain(add));
    return lists.Finish();
  }

  Status WriteValues() {
    RecordSorter<ValueEntry> sorter(kSortMemory);
    const auto cursor = before_->Scan(Space::kGraph, AssertedNodePrefix());
    for (; cursor->Valid(); cursor->Next()) {
      NodeId id;
      AssertedNode node;
      if (!DecodeAssertedNodeKey(cursor->key(), id) || !DecodeAssertedNode(cursor->value(), node)) {
        return Damaged("a node is unreadable");
      }
      for (const auto& [property, value] : node.properties) {
        if (!IsIndexed(names_.NameOf(NameKind::kProperty, property), value)) continue;
        const ValuePlace place(property, value);
        TUPU_TRY(sorter.Add({place.property_and_kind, place.number, ValueNode(id, value).Code()}));
      }
    }
    TUPU_TRY(cursor->status());
    PackedWriter lists([&](std::string_view key, std::string_view value) {
      return writer_.Put(Space::kIndex, key, value);
    });
    std::string root;
    const auto add = [&](const ValueEntry& entry) -> Status {
      const ValuePlace place(entry.property_and_kind, entry.number);
      std::string next = place.Root();
      if (next != root) TUPU_TRY(lists.Begin(next));
      root = std::move(next);
      return lists.Add({place.First(), entry.node});
    };
    TUPU_TRY(sorter.Drain(add));
    return lists.Finish();
  }

  KvStore& kv_;
  const Names& names_;
  std::shared_ptr<const KvSnapshot> before_;
  BatchWriter writer_;
  RecordSorter<ListEntry> out_, in_;
  EdgePageBuilder builder_;
  EdgeId page_;
};

}  // namespace

Result<std::uint64_t> ReadFormatVersion(const KvSnapshot& kv) {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(Space::kMeta, FormatKey()));
  std::uint64_t version = 0;
  if (!bytes) {
    const auto cursor = kv.Scan(Space::kMeta, {});
    if (cursor->Valid()) return Error{ErrorCode::kInvalidInput, "this is not a store of tupu"};
    TUPU_TRY(cursor->status());
    return version;
  }
  std::string_view in = *bytes;
  if (!GetVarint(in, version) || !in.empty() || version == 0) {
    return Error{ErrorCode::kCorruption, "the store's format version is unreadable"};
  }
  if (version > kFormatVersion) {
    return Error{ErrorCode::kInvalidInput,
                 "the store has format version " + std::to_string(version) +
                     ", written by a later tupu; this one reads versions up to " +
                     std::to_string(kFormatVersion)};
  }
  return version;
}

Status Migrate(KvStore& kv, const Names& names, std::uint64_t from) {
  return Migration(kv, names).Run(from);
}

Result<bool> IsMigrating(const KvSnapshot& kv) {
  TUPU_ASSIGN(const std::optional<std::string> left, kv.Get(Space::kMeta, CleanUpKey()));
  return left.has_value();
}

Status FinishMigration(KvStore& kv) {
  TUPU_ASSIGN(const bool migrating, IsMigrating(*kv.Snapshot()));
  if (!migrating) return {};
  TUPU_TRY(DeleteKeys(kv, Space::kGraph, kOldEdges, Any));
  TUPU_TRY(DeleteKeys(kv, Space::kGraph, AdjacencyPrefix(),
                      [](std::string_view key) { return key.size() == kOldAdjacencyKey; }));
  TUPU_TRY(DeleteKeys(kv, Space::kIndex, kOldValues, Any));
  TUPU_TRY(DeleteKeys(kv, Space::kIndex, kUnpagedValues, Any));
  KvBatch batch;
  batch.Delete(Space::kMeta, CleanUpKey());
  return kv.Write(batch, true);
}

}  // namespace tupu::graph
