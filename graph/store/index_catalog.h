// The indexes that a store has, and which entries an element makes in them (FORMAT.md, Indexes of
// users).
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/asserted.h"
#include "graph/store/index_info.h"
#include "graph/store/names.h"
#include "graph/store/records.h"

namespace tupu::graph {

enum class IndexState : std::uint8_t { kFilling = 0, kInUse = 1, kDropping = 2, kRefilling = 3 };

struct CatalogEntry {
  IndexInfo info;
  IndexState state = IndexState::kInUse;
  std::vector<std::string> below;  // as FORMAT.md has it
};

// An entry that an element makes: the whole key.
struct IndexEntry {
  const CatalogEntry* index = nullptr;
  std::string key;
  bool operator==(const IndexEntry& other) const { return key == other.key; }
};

// Immutable once shared.
class IndexCatalog {
 public:
  explicit IndexCatalog(std::vector<CatalogEntry> entries);
  static Result<std::shared_ptr<const IndexCatalog>> Load(const KvSnapshot& kv);

  // All of them, by number.
  const std::vector<CatalogEntry>& entries() const { return entries_; }
  // Tells catalogs of one process apart.
  std::uint64_t version() const { return version_; }
  // Whether any is in use.
  bool empty() const { return !in_use_; }

  // The entries of an element in all indexes in use.
  std::vector<IndexEntry> Of(const Names& names, NodeId id, const StoredNode& node) const;
  std::vector<IndexEntry> Of(const Names& names, NodeId id, const AssertedNode& node) const;
  std::vector<IndexEntry> Of(const Names& names, EdgeId id, const StoredEdge& edge) const;
  std::vector<IndexEntry> Of(const Names& names, EdgeId id, const AssertedEdge& edge) const;

 private:
  std::vector<CatalogEntry> entries_;
  std::uint64_t version_;
  bool in_use_ = false;
};

// The types that the schema has below a label, for CatalogEntry::below.
std::vector<std::string> TypesBelow(const Schema& schema, const IndexDefinition& definition);

void EncodeCatalogEntry(std::string& out, const CatalogEntry& entry);
bool DecodeCatalogEntry(std::string_view in, CatalogEntry& entry);

// meta
std::string IndexSequenceKey();
std::string IndexDefinitionKey(std::uint32_t index);
std::string IndexDefinitionPrefix();
// counters
std::string IndexEntriesKey(std::uint32_t index);
// index
std::string IndexEntryPrefix();
std::string IndexEntryPrefix(std::uint32_t index);
// The key without the element's number: what all with the same value begin with.
std::string_view IndexValuePart(std::string_view key);
bool DecodeIndexEntryKey(std::string_view key, std::uint32_t& index, std::string_view& value,
                         std::uint64_t& element);

// What computed elements show of themselves.
Properties ShownProperties(const Names& names, const StoredNode& node);
// Without `status`, which is not there if nothing is said of it.
Properties ShownProperties(const Names& names, const StoredEdge& edge);

// Calls `put` and `drop` with the keys by which `after` differs from `before`.
template <class Put, class Drop>
void CompareEntries(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after,
                    const Put& put, const Drop& drop) {
  for (const IndexEntry& entry : before) {
    if (std::find(after.begin(), after.end(), entry) == after.end()) drop(entry);
  }
  for (const IndexEntry& entry : after) {
    if (std::find(before.begin(), before.end(), entry) == before.end()) put(entry);
  }
}

// The error of a second element with the value of this key.
Error NotUnique(const CatalogEntry& index, const std::string& what);

// Appends one line for every index that is not what its elements make of it.
Status CheckIndexes(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings);

}  // namespace tupu::graph
