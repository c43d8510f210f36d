#include "graph/store/index_catalog.h"

#include <algorithm>
#include <atomic>
#include <map>

#include "graph/base/coding.h"
#include "graph/store/edge_pages.h"
#include "graph/store/index_value.h"

namespace tupu::graph {
namespace {

std::uint64_t NextVersion() {
  static std::atomic<std::uint64_t> next{1};
  return next++;
}

void AddEntry(const CatalogEntry& index, const Value& value, std::uint64_t element,
              std::vector<IndexEntry>& out) {
  if (!IsIndexable(value)) return;
  std::string key = IndexEntryPrefix(index.info.number);
  PutIndexValue(key, value);
  PutFixed64(key, element);
  out.push_back({&index, std::move(key)});
}

const Value* FindStored(const StoredProperties& properties, const Names& names,
                        const std::string& property) {
  const auto number = names.Find(NameKind::kProperty, property);
  if (!number) return nullptr;
  for (const auto& [name, value] : properties) {
    if (name == *number) return &value;
  }
  return nullptr;
}

}  // namespace

IndexCatalog::IndexCatalog(std::vector<CatalogEntry> entries)
    : entries_(std::move(entries)), version_(NextVersion()) {
  in_use_ = std::any_of(entries_.begin(), entries_.end(), [](const CatalogEntry& entry) {
    return entry.state == IndexState::kInUse;
  });
}

Result<std::shared_ptr<const IndexCatalog>> IndexCatalog::Load(const KvSnapshot& kv) {
  std::vector<CatalogEntry> entries;
  const auto cursor = kv.Scan(Space::kMeta, IndexDefinitionPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    std::string_view key = cursor->key();
    key.remove_prefix(IndexDefinitionPrefix().size());
    CatalogEntry& entry = entries.emplace_back();
    if (!GetFixed32(key, entry.info.number) || !key.empty() ||
        !DecodeCatalogEntry(cursor->value(), entry)) {
      return Damaged("an index's definition");
    }
  }
  TUPU_TRY(cursor->status());
  return std::make_shared<const IndexCatalog>(std::move(entries));
}

std::vector<IndexEntry> IndexCatalog::Of(const Names& names, NodeId id,
                                         const StoredNode& node) const {
  std::vector<IndexEntry> out;
  std::optional<Properties> shown;
  for (const CatalogEntry& entry : entries_) {
    if (entry.state != IndexState::kInUse || entry.info.of_edges) continue;
    const auto label = names.FindLabel(entry.info.label);
    if (!label) continue;
    const auto by_hand = names.StoredLabel(*label);
    if (!names.HasLabel(node.type, *label) &&
        !(by_hand && std::binary_search(node.labels.begin(), node.labels.end(), *by_hand))) {
      continue;
    }
    if (!shown) shown = ShownProperties(names, node);
    const auto found = shown->find(entry.info.property);
    if (found != shown->end()) AddEntry(entry, found->second, id.value, out);
  }
  return out;
}

std::vector<IndexEntry> IndexCatalog::Of(const Names& names, NodeId id,
                                         const AssertedNode& node) const {
  std::vector<IndexEntry> out;
  for (const CatalogEntry& entry : entries_) {
    if (entry.state != IndexState::kInUse || entry.info.of_edges) continue;
    const auto label = names.Find(NameKind::kLabel, entry.info.label);
    if (!label || !std::binary_search(node.labels.begin(), node.labels.end(), *label)) continue;
    const Value* value = FindStored(node.properties, names, entry.info.property);
    if (value != nullptr) AddEntry(entry, *value, id.value, out);
  }
  return out;
}

std::vector<IndexEntry> IndexCatalog::Of(const Names& names, EdgeId id,
                                         const StoredEdge& edge) const {
  std::vector<IndexEntry> out;
  std::optional<Properties> shown;
  for (const CatalogEntry& entry : entries_) {
    if (entry.state != IndexState::kInUse || !entry.info.of_edges) continue;
    if (names.NameOf(NameKind::kType, TypeOf(id).value) != entry.info.label) continue;
    if (!shown) shown = ShownProperties(names, edge);
    const auto found = shown->find(entry.info.property);
    if (found != shown->end()) AddEntry(entry, found->second, id.value, out);
  }
  return out;
}

std::vector<IndexEntry> IndexCatalog::Of(const Names& names, EdgeId id,
                                         const AssertedEdge& edge) const {
  std::vector<IndexEntry> out;
  for (const CatalogEntry& entry : entries_) {
    if (entry.state != IndexState::kInUse || !entry.info.of_edges) continue;
    if (names.NameOf(NameKind::kType, TypeOf(id).value) != entry.info.label) continue;
    const Value* value = FindStored(edge.properties, names, entry.info.property);
    if (value != nullptr) AddEntry(entry, *value, id.value, out);
  }
  return out;
}

std::vector<std::string> TypesBelow(const Schema& schema, const IndexDefinition& definition) {
  std::vector<std::string> out;
  if (definition.of_edges) return out;
  for (const EntityTypeDef& type : schema.entity_types()) {
    if (type.name != definition.label && schema.IsA(type.name, definition.label)) {
      out.push_back(type.name);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

void EncodeCatalogEntry(std::string& out, const CatalogEntry& entry) {
  out += static_cast<char>(entry.state);
  out += static_cast<char>((entry.info.unique ? 1 : 0) | (entry.info.of_edges ? 2 : 0));
  PutLengthPrefixed(out, entry.info.name);
  PutLengthPrefixed(out, entry.info.label);
  PutLengthPrefixed(out, entry.info.property);
  PutVarint(out, entry.below.size());
  for (const std::string& type : entry.below) PutLengthPrefixed(out, type);
}

bool DecodeCatalogEntry(std::string_view in, CatalogEntry& entry) {
  if (in.size() < 2 || in[0] < 0 || in[0] > 3 || in[1] < 0 || in[1] > 3) return false;
  entry.state = static_cast<IndexState>(in[0]);
  entry.info.unique = (in[1] & 1) != 0;
  entry.info.of_edges = (in[1] & 2) != 0;
  in.remove_prefix(2);
  std::uint64_t types = 0;
  if (!GetString(in, entry.info.name) || !GetString(in, entry.info.label) ||
      !GetString(in, entry.info.property) || !GetVarint(in, types) || types > in.size()) {
    return false;
  }
  entry.below.resize(static_cast<std::size_t>(types));
  return std::all_of(entry.below.begin(), entry.below.end(),
                     [&](std::string& type) { return GetString(in, type); }) &&
         in.empty();
}

std::string IndexSequenceKey() { return "Qi"; }
std::string IndexDefinitionPrefix() { return "I"; }
std::string IndexDefinitionKey(std::uint32_t index) {
  std::string out = IndexDefinitionPrefix();
  PutFixed32(out, index);
  return out;
}
std::string IndexEntriesKey(std::uint32_t index) {
  std::string out = "i";
  PutFixed32(out, index);
  return out;
}
std::string IndexEntryPrefix() { return "v"; }
std::string IndexEntryPrefix(std::uint32_t index) {
  std::string out = IndexEntryPrefix();
  PutFixed32(out, index);
  return out;
}
std::string_view IndexValuePart(std::string_view key) { return key.substr(0, key.size() - 8); }
bool DecodeIndexEntryKey(std::string_view key, std::uint32_t& index, std::string_view& value,
                         std::uint64_t& element) {
  if (!key.starts_with(IndexEntryPrefix())) return false;
  key.remove_prefix(IndexEntryPrefix().size());
  if (!GetFixed32(key, index) || key.size() < 8 + 2) return false;
  value = key.substr(0, key.size() - 8);
  key.remove_prefix(value.size());
  return GetFixed64(key, element);
}

namespace {

void ShowOverlay(const Names& names, const StoredProperties& overlay, Properties& out) {
  for (const auto& [property, value] : overlay) {
    const std::string& name = names.NameOf(NameKind::kProperty, property);
    if (value.is_null()) {
      out.erase(name);
    } else {
      out[name] = value;
    }
  }
}

}  // namespace

Properties ShownProperties(const Names& names, const StoredNode& node) {
  Properties out;
  for (const auto& [property, tally] : node.profile.tallies) {
    if (property < kFirstProperty) continue;
    const Value* shown = tally.Shown();
    if (shown == nullptr) continue;
    ShowProperty(names.NameOf(NameKind::kProperty, property), *shown, out);
  }
  const Tally* said = node.profile.Find(kNameProperty);
  const Value* name = said == nullptr ? nullptr : said->Shown();
  if (name != nullptr) out["name"] = *name;
  const Tally* forms = node.profile.Find(kFormProperty);
  out["aliases"] = forms == nullptr ? Value(List()) : OtherForms(*forms, name);
  out["id"] = Value(EntityIdOf(node.key).ToHex());
  ShowOverlay(names, node.overlay, out);
  return out;
}

Properties ShownProperties(const Names& names, const StoredEdge& edge) {
  Properties out;
  for (const auto& [property, tally] : edge.profile.tallies) {
    if (property < kFirstProperty) continue;
    const Value* shown = tally.Shown();
    if (shown == nullptr) continue;
    ShowProperty(names.NameOf(NameKind::kProperty, property), *shown, out);
  }
  const Tally* statuses = edge.profile.Find(kStatusProperty);
  const Value* status = statuses == nullptr ? nullptr : StrongestStatus(*statuses);
  if (status != nullptr && status->kind() == ValueKind::kInt) {
    out["status"] = Value(ClaimStatusName(static_cast<ClaimStatus>(status->as_int())));
  }
  ShowOverlay(names, edge.overlay, out);
  return out;
}

Error NotUnique(const CatalogEntry& index, const std::string& what) {
  Error error(ErrorCode::kInvalidInput,
              "a node with the label " + index.info.label + " and " + index.info.property + " = " +
                  what + " exists already; the constraint " + index.info.name + " allows one");
  error.detail = "ConstraintValidationFailed: UniquenessViolated";
  return error;
}

namespace {

class IndexChecker {
 public:
  IndexChecker(const KvSnapshot& kv, const Names& names, const IndexCatalog& catalog,
               std::vector<std::string>& findings)
      : kv_(kv), names_(names), catalog_(catalog), findings_(findings) {}

  Status Run() {
    for (const CatalogEntry& entry : catalog_.entries()) {
      if (entry.state != IndexState::kInUse) {
        findings_.push_back("the index " + entry.info.name +
                            " was left half done; the next writer sees to it");
      } else if (entry.below != TypesBelow(names_.schema(), entry.info)) {
        findings_.push_back("the index " + entry.info.name +
                            " was filled by another schema; the next writer fills it anew");
        stale_.push_back(entry.info.number);
      }
    }
    TUPU_TRY((Records<NodeId, StoredNode>(NodePrefix(), DecodeNodeKey, DecodeNode)));
    TUPU_TRY((Records<NodeId, AssertedNode>(AssertedNodePrefix(), DecodeAssertedNodeKey,
                                            DecodeAssertedNode)));
    TUPU_TRY((Records<EdgeId, StoredEdge>(EdgePrefix(), DecodeEdgeKey, DecodeEdge)));
    if (!catalog_.empty()) {
      Status found;
      const auto check = [&](EdgeId id, const AssertedEdge& edge) {
        found = Need(catalog_.Of(names_, id, edge));
        return found.ok();
      };
      // What is damaged is found by the checks of records.
      const Status read = ForEachAssertedEdge(kv_, std::nullopt, check);
      if (!read.ok() && read.error().code != ErrorCode::kCorruption) return read;
      TUPU_TRY(found);
    }
    return CheckEntries();
  }

 private:
  // What the records make; those that are unreadable are found by the checks of records.
  template <class Id, class Record>
  Status Records(const std::string& prefix, bool (*decode_key)(std::string_view, Id&),
                 bool (*decode)(std::string_view, Record&)) {
    if (catalog_.empty()) return {};
    const auto cursor = kv_.Scan(Space::kGraph, prefix);
    for (; cursor->Valid(); cursor->Next()) {
      Id id;
      Record record;
      if (!decode_key(cursor->key(), id) || !decode(cursor->value(), record)) continue;
      TUPU_TRY(Need(catalog_.Of(names_, id, record)));
    }
    return cursor->status();
  }

  Status Need(const std::vector<IndexEntry>& entries) {
    for (const IndexEntry& entry : entries) {
      ++expected_[entry.index->info.number];
      TUPU_ASSIGN(const auto found, kv_.Get(Space::kIndex, entry.key));
      if (!found) Find(*entry.index, "lacks an element that it should have");
    }
    return {};
  }

  Status CheckEntries() {
    std::map<std::uint32_t, std::uint64_t> entries;
    const auto cursor = kv_.Scan(Space::kIndex, IndexEntryPrefix());
    for (; cursor->Valid(); cursor->Next()) {
      std::uint32_t index = 0;
      std::string_view value;
      std::uint64_t element = 0;
      if (!DecodeIndexEntryKey(cursor->key(), index, value, element)) {
        findings_.push_back("an index has an entry that is none");
        continue;
      }
      ++entries[index];
    }
    TUPU_TRY(cursor->status());
    for (const CatalogEntry& entry : catalog_.entries()) {
      const std::uint64_t there = entries[entry.info.number];
      entries.erase(entry.info.number);
      if (entry.state != IndexState::kInUse) continue;
      if (there != expected_[entry.info.number]) {
        Find(entry, "has " + std::to_string(there) + " entries and should have " +
                        std::to_string(expected_[entry.info.number]));
      }
      TUPU_ASSIGN(const auto bytes, kv_.Get(Space::kCounters, IndexEntriesKey(entry.info.number)));
      std::int64_t counted = 0;
      if ((bytes && !DecodeCounter(*bytes, counted)) ||
          counted != static_cast<std::int64_t>(there)) {
        Find(entry,
             "counts " + std::to_string(counted) + " entries and has " + std::to_string(there));
      }
    }
    if (!entries.empty()) findings_.push_back("there are entries of an index that is none");
    return {};
  }

  void Find(const CatalogEntry& entry, const std::string& what) {
    const std::uint32_t number = entry.info.number;
    if (std::find(stale_.begin(), stale_.end(), number) != stale_.end()) return;
    std::string finding = "the index " + entry.info.name + " " + what;
    if (std::find(findings_.begin(), findings_.end(), finding) == findings_.end()) {
      findings_.push_back(std::move(finding));
    }
  }

  const KvSnapshot& kv_;
  const Names& names_;
  const IndexCatalog& catalog_;
  std::vector<std::string>& findings_;
  std::vector<std::uint32_t> stale_;
  std::map<std::uint32_t, std::uint64_t> expected_;
};

}  // namespace

Status CheckIndexes(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings) {
  TUPU_ASSIGN(const auto catalog, IndexCatalog::Load(kv));
  return IndexChecker(kv, names, *catalog, findings).Run();
}

}  // namespace tupu::graph
