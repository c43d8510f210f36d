// The stored side of full text: keys, postings and the texts themselves, as FORMAT.md has them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/store/kv.h"
#include "graph/store/names.h"
#include "graph/store/search.h"

namespace tupu::graph {

std::string SearchStateKey();  // meta
std::string PostingsKey(SearchKind kind, std::string_view term, std::uint32_t segment);
std::string PostingsPrefix(SearchKind kind, std::string_view term);       // of terms that begin so
std::string PostingsExactPrefix(SearchKind kind, std::string_view term);  // of one term
std::string IndexedKey(SearchKind kind, std::uint64_t text);
std::string IndexedPrefix(SearchKind kind);
std::string PendingKey(SearchKind kind, std::uint64_t text);
std::string PendingPrefix(SearchKind kind);
// Whether a key of kIndex belongs to full text.
bool IsSearchKey(std::string_view key);
bool DecodePostingsKey(std::string_view key, std::string_view& term, std::uint32_t& segment);
bool DecodeTextKey(std::string_view key, std::uint64_t& text);  // of the other two

struct Posting {
  std::uint64_t text;
  std::uint32_t count;
};
void EncodePostings(std::string& out, const std::vector<Posting>& postings);  // by number
bool DecodePostings(std::string_view in, std::vector<Posting>& postings);

struct Indexed {
  std::uint32_t segment = 0;
  std::uint32_t length = 0;
};
void EncodeIndexed(std::string& out, const Indexed& indexed);
bool DecodeIndexed(std::string_view in, Indexed& indexed);

// What has an Indexed entry, whether that is out of date or not.
struct SearchTotals {
  std::uint64_t texts = 0;
  std::uint64_t length = 0;  // of all of them
};
struct SearchState {
  std::uint32_t next_segment = 0;
  std::uint64_t left_behind = 0;
  SearchTotals documents, entities;
  SearchTotals& Of(SearchKind kind) {
    return kind == SearchKind::kDocuments ? documents : entities;
  }
};
// Nothing where there is no index.
Result<std::optional<SearchState>> ReadSearchState(const KvSnapshot& kv);

// What is to be indexed of a text; nothing where there is no such document or node.
Result<std::optional<std::string>> SearchText(const KvSnapshot& kv, SearchKind kind,
                                              std::uint64_t number, std::uint32_t name_property);
// The numbers of all texts of a kind, ascending.
Result<std::vector<std::uint64_t>> AllTexts(const KvSnapshot& kv, SearchKind kind);
Result<std::vector<std::uint64_t>> PendingTexts(const KvSnapshot& kv, SearchKind kind);

// Terms with how often they stand in a text, sorted, and how many they are.
struct CountedTerms {
  std::vector<std::pair<std::string, std::uint32_t>> terms;
  std::uint32_t length = 0;
};
CountedTerms CountTerms(std::string_view text);

// Appends one line for everything in full text that contradicts the store.
Status CheckSearch(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings);

// Brings the index up to date, one `write` after the other; each leaves it in order. `snapshot`
// gives the store as it is now.
Status UpdateSearchIndex(const std::function<std::shared_ptr<const KvSnapshot>()>& snapshot,
                         const std::function<Status(const KvBatch&)>& write,
                         std::uint32_t name_property);

}  // namespace tupu::graph
