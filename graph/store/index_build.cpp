#include "graph/store/index_build.h"

#include "graph/base/coding.h"
#include "graph/store/edge_pages.h"
#include "graph/store/index_value.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kIndexBatchBytes = std::size_t{4} << 20;

}  // namespace

Status IndexBuilder::Define(const CatalogEntry& entry, IndexState state, KvBatch also) {
  CatalogEntry written = entry;
  written.state = state;
  std::string bytes;
  EncodeCatalogEntry(bytes, written);
  also.Put(Space::kMeta, IndexDefinitionKey(entry.info.number), bytes);
  return host_.write(also, true);
}

Status IndexBuilder::Fill(const CatalogEntry& entry) {
  CatalogEntry in_use = entry;
  in_use.state = IndexState::kInUse;
  const IndexCatalog only({in_use});
  const auto kv = host_.snapshot();
  KvBatch batch;
  std::int64_t added = 0;
  const auto flush = [&]() -> Status {
    if (added == 0) return {};
    batch.Add(Space::kCounters, IndexEntriesKey(entry.info.number), added);
    added = 0;
    const Status status = host_.write(batch, false);
    batch.Clear();
    return status;
  };
  const auto records = [&](const std::string& prefix, auto id, auto record, const auto& decode_key,
                           const auto& decode) -> Status {
    const auto cursor = kv->Scan(Space::kGraph, prefix);
    for (; cursor->Valid(); cursor->Next()) {
      record = {};
      if (!decode_key(cursor->key(), id) || !decode(cursor->value(), record)) {
        return Damaged("a record is unreadable");
      }
      for (const IndexEntry& one : only.Of(*host_.names, id, record)) {
        batch.Put(Space::kIndex, one.key, {});
        ++added;
      }
      if (batch.bytes() >= kIndexBatchBytes) TUPU_TRY(flush());
    }
    return cursor->status();
  };
  if (entry.info.of_edges) {
    const auto type = host_.names->Find(NameKind::kType, entry.info.label);
    if (type) {
      TUPU_TRY(
          records(EdgePrefix(TypeId{*type}), EdgeId(), StoredEdge(), DecodeEdgeKey, DecodeEdge));
      Status put;
      const auto enter = [&](EdgeId id, const AssertedEdge& edge) {
        for (const IndexEntry& one : only.Of(*host_.names, id, edge)) {
          batch.Put(Space::kIndex, one.key, {});
          ++added;
        }
        if (batch.bytes() >= kIndexBatchBytes) put = flush();
        return put.ok();
      };
      TUPU_TRY(ForEachAssertedEdge(*kv, TypeId{*type}, enter));
      TUPU_TRY(put);
    }
  } else {
    TUPU_TRY(records(NodePrefix(), NodeId(), StoredNode(), DecodeNodeKey, DecodeNode));
    TUPU_TRY(records(AssertedNodePrefix(), NodeId(), AssertedNode(), DecodeAssertedNodeKey,
                     DecodeAssertedNode));
  }
  return flush();
}

Status IndexBuilder::CheckUnique(const CatalogEntry& entry) {
  const auto kv = host_.snapshot();
  const auto cursor = kv->Scan(Space::kIndex, IndexEntryPrefix(entry.info.number));
  std::string last;
  for (; cursor->Valid(); cursor->Next()) {
    std::uint32_t index = 0;
    std::string_view value;
    std::uint64_t element = 0;
    if (!DecodeIndexEntryKey(cursor->key(), index, value, element)) {
      return Damaged("an index's entry");
    }
    if (value == last && !IsNaNIndexValue(value)) {
      Error error(ErrorCode::kInvalidInput, "several nodes with the label " + entry.info.label +
                                                " have the same " + entry.info.property +
                                                "; the constraint would not hold of them");
      error.detail = "ConstraintCreationFailed: UniquenessViolated";
      return error;
    }
    last = value;
  }
  return cursor->status();
}

Status IndexBuilder::Clear(const CatalogEntry& entry) {
  const auto kv = host_.snapshot();
  KvBatch batch;
  const auto cursor = kv->Scan(Space::kIndex, IndexEntryPrefix(entry.info.number));
  for (; cursor->Valid(); cursor->Next()) {
    batch.Delete(Space::kIndex, cursor->key());
    if (batch.bytes() < kIndexBatchBytes) continue;
    TUPU_TRY(host_.write(batch, false));
    batch.Clear();
  }
  TUPU_TRY(cursor->status());
  TUPU_ASSIGN(const auto bytes, kv->Get(Space::kCounters, IndexEntriesKey(entry.info.number)));
  std::int64_t counted = 0;
  if (bytes && !DecodeCounter(*bytes, counted)) {
    return Damaged("an index's counter");
  }
  if (counted != 0) batch.Add(Space::kCounters, IndexEntriesKey(entry.info.number), -counted);
  return batch.empty() ? Status() : host_.write(batch, false);
}

Status IndexBuilder::Drop(const CatalogEntry& entry) {
  TUPU_TRY(Clear(entry));
  KvBatch batch;
  batch.Delete(Space::kMeta, IndexDefinitionKey(entry.info.number));
  return host_.write(batch, true);
}

Status IndexBuilder::Make(const CatalogEntry& entry, KvBatch also) {
  TUPU_TRY(Define(entry, IndexState::kFilling, std::move(also)));
  Status made = Fill(entry);
  if (made.ok() && entry.info.unique) made = CheckUnique(entry);
  if (!made.ok()) {
    // Whatever stopped it, what is left is dropped now, or else by the next writer.
    const Status dropped = Drop(entry);
    static_cast<void>(dropped.ok());
    return made;
  }
  return Define(entry, IndexState::kInUse);
}

Status IndexBuilder::Repair(const IndexCatalog& catalog) {
  for (const CatalogEntry& entry : catalog.entries()) {
    if (entry.state == IndexState::kFilling || entry.state == IndexState::kDropping) {
      TUPU_TRY(Drop(entry));
      continue;
    }
    const std::vector<std::string> below = TypesBelow(host_.names->schema(), entry.info);
    if (entry.state == IndexState::kInUse && entry.below == below) continue;
    CatalogEntry anew = entry;
    anew.below = below;
    TUPU_TRY(Define(anew, IndexState::kRefilling));
    TUPU_TRY(Clear(anew));
    TUPU_TRY(Fill(anew));
    TUPU_TRY(Define(anew, IndexState::kInUse));
  }
  return {};
}

}  // namespace tupu::graph
