// Reads of indexes that users made.
#include <set>

#include "graph/base/coding.h"
#include "graph/store/index_value.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// Entries looked at to see how many share a value.
constexpr std::size_t kSample = 128;

}  // namespace

std::uint64_t View::index_version() const { return impl_->indexes->version(); }

std::vector<IndexInfo> View::Indexes() const {
  std::vector<IndexInfo> out;
  for (const CatalogEntry& entry : impl_->indexes->entries()) {
    if (entry.state == IndexState::kInUse &&
        entry.below == TypesBelow(impl_->names->schema(), entry.info)) {
      out.push_back(entry.info);
    }
  }
  return out;
}

std::optional<IndexInfo> View::FindIndex(bool of_edges, std::string_view label,
                                         std::string_view property) const {
  for (const CatalogEntry& entry : impl_->indexes->entries()) {
    if (entry.info.of_edges == of_edges && entry.info.label == label &&
        entry.info.property == property && entry.state == IndexState::kInUse &&
        entry.below == TypesBelow(impl_->names->schema(), entry.info)) {
      return entry.info;
    }
  }
  return std::nullopt;
}

Result<IndexCounts> View::CountIndex(std::uint32_t index) const {
  IndexCounts out;
  TUPU_ASSIGN(out.entries, impl_->ReadCounter(IndexEntriesKey(index)));
  std::set<std::string, std::less<>> values;
  std::size_t seen = 0;
  const auto cursor = impl_->kv->Scan(Space::kIndex, IndexEntryPrefix(index));
  for (; cursor->Valid() && seen < kSample; cursor->Next(), ++seen) {
    values.emplace(IndexValuePart(cursor->key()));
  }
  TUPU_TRY(cursor->status());
  if (seen > 0) {
    out.of_a_value = static_cast<double>(seen) / static_cast<double>(values.size());
    if (values.size() == 1) out.of_a_value = static_cast<double>(out.entries);
  }
  return out;
}

Status View::SeekIndex(std::uint32_t index, const IndexRange& range,
                       const std::function<bool(std::uint64_t)>& visit) const {
  const std::optional<IndexSpan> span = SpanOf(range);
  if (!span) return {};
  const std::string prefix = IndexEntryPrefix(index);
  const std::string end = prefix + span->end;
  const auto cursor = impl_->kv->Scan(Space::kIndex, prefix, prefix + span->first);
  for (; cursor->Valid() && cursor->key() < end; cursor->Next()) {
    std::uint32_t found = 0;
    std::string_view value;
    std::uint64_t element = 0;
    if (!DecodeIndexEntryKey(cursor->key(), found, value, element)) {
      return Damaged("an index's entry");
    }
    if (!visit(element)) return {};
  }
  return cursor->status();
}

}  // namespace tupu::graph
