// Looking nodes up by what their properties say: ids, names, values.
#include <algorithm>

#include "graph/base/unicode.h"
#include "graph/store/edge_pages.h"
#include "graph/store/packed_list.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// Reads what ToHex writes.
bool FromHex(std::string_view hex, Hash128& out) {
  if (hex.size() != 2 * out.bytes.size()) return false;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return false;
    out.bytes[i / 2] = static_cast<std::uint8_t>(out.bytes[i / 2] << 4 | digit);
  }
  return true;
}

}  // namespace

Result<std::optional<NodeId>> View::FindNodeById(std::string_view id) const {
  Hash128 key;
  if (!FromHex(id, key)) return std::optional<NodeId>();
  TUPU_ASSIGN(const std::optional<std::string> bytes, impl_->kv->Get(Space::kIndex, IdKey(key)));
  if (!bytes) return std::optional<NodeId>();
  NodeId node;
  if (!DecodeNumber(*bytes, node.value)) return Damaged("the node of id " + std::string(id));
  return std::optional<NodeId>(node);
}

Result<std::vector<NodeId>> View::FindNodes(std::string_view property, const Value& value,
                                            bool* exact) const {
  std::vector<NodeId> out;
  if (exact != nullptr) *exact = false;
  if (value.kind() == ValueKind::kString && property == "id") {
    TUPU_ASSIGN(const std::optional<NodeId> computed, FindNodeById(value.as_string()));
    if (computed) out.push_back(*computed);
  } else if (value.kind() == ValueKind::kString && property == "name") {
    return FindNodesByName(value.as_string());
  }
  const auto number = impl_->names->Find(NameKind::kProperty, property);
  if (!number) return out;
  bool integers = value.kind() == ValueKind::kInt;
  const ValuePlace place(*number, value);
  std::vector<std::uint64_t> codes;
  TUPU_TRY(FindPacked(*impl_->kv, Space::kIndex, place.Root(), place.First(), codes));
  for (const std::uint64_t code : codes) {
    const ValueNode one(code);
    out.push_back(one.node);
    integers = integers && one.integer;
  }
  if (exact != nullptr) *exact = integers;
  return out;
}

Status View::FindNodes(std::string_view property, std::span<const Value> values,
                       std::vector<std::optional<FoundNodes>>& found) const {
  found.assign(values.size(), std::nullopt);
  const auto is_text = [&](std::size_t i) { return values[i].kind() == ValueKind::kString; };
  // Of what is asked for, the ids that documents gave, and the roots of lists.
  std::vector<std::string> ids, roots;
  std::vector<std::size_t> of_id;
  std::vector<std::pair<std::size_t, std::uint64_t>> of_root;  // and where in the list
  const auto number = impl_->names->Find(NameKind::kProperty, property);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (is_text(i) && property == "name") continue;
    found[i].emplace();
    Hash128 key;
    if (is_text(i) && property == "id" && FromHex(values[i].as_string(), key)) {
      of_id.push_back(i);
      ids.push_back(IdKey(key));
    }
    if (!number) continue;
    const ValuePlace place(*number, values[i]);
    of_root.emplace_back(i, place.First());
    roots.push_back(place.Root());
  }
  std::vector<std::optional<std::string>> read;
  TUPU_TRY(impl_->kv->MultiGet(Space::kIndex, ids, read));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    NodeId node;
    if (!read[i]) continue;
    if (!DecodeNumber(*read[i], node.value)) return Damaged("the node of an id");
    found[of_id[i]]->nodes.push_back(node);
  }
  TUPU_TRY(impl_->kv->MultiGet(Space::kIndex, roots, read));
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const auto [at, first] = of_root[i];
    std::optional<FoundNodes>& one = found[at];
    one->exact = values[at].kind() == ValueKind::kInt;
    if (!read[i]) continue;
    bool split = false;
    const bool ok = VisitPacked(*read[i], split, [&, first = first](PackedEntry entry) {
      if (entry.first != first) return;
      const ValueNode node(entry.second);
      one->nodes.push_back(node.node);
      one->exact = one->exact && node.integer;
    });
    if (!ok) return DamagedList();
    if (split) one.reset();
  }
  return {};
}

Result<std::vector<NodeId>> View::FindNodesByName(std::string_view name) const {
  std::vector<NodeId> out;
  const auto cursor = impl_->kv->Scan(Space::kIndex, NameIndexExactPrefix(FoldName(name)));
  for (; cursor->Valid(); cursor->Next()) {
    NameEntry entry;
    if (!DecodeNameIndexKey(cursor->key(), entry)) return Damaged("an indexed name");
    out.push_back(entry.node);
  }
  TUPU_TRY(cursor->status());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<std::vector<std::string>> View::CompleteName(std::string_view prefix,
                                                    std::size_t limit) const {
  std::vector<std::string> out;
  const std::string folded = NameIndexPrefix(FoldName(prefix));
  // A name that many nodes share is seen once and then jumped over, after a few steps.
  constexpr int kSteps = 8;
  std::string start = folded;
  while (out.size() < limit) {
    const auto cursor = impl_->kv->Scan(Space::kIndex, folded, start);
    std::string last;
    int repeated = 0;
    for (; cursor->Valid() && out.size() < limit && repeated < kSteps; cursor->Next()) {
      NameEntry entry;
      if (!DecodeNameIndexKey(cursor->key(), entry)) return Damaged("an indexed name");
      repeated = !out.empty() && out.back() == entry.surface ? repeated + 1 : 0;
      if (repeated == 0) out.push_back(entry.surface);
      last = NameIndexBehind(entry.folded, entry.surface);
    }
    TUPU_TRY(cursor->status());
    if (repeated < kSteps) break;
    start = last;
  }
  return out;
}

}  // namespace tupu::graph
