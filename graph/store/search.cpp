#include "graph/store/search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "graph/base/coding.h"
#include "graph/base/search_text.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "graph/store/search_index.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

constexpr double kK1 = 1.2, kB = 0.75;
constexpr std::size_t kMostPieces = 32;
constexpr std::size_t kLongestQuery = 4096;  // bytes

bool IsHanPair(std::u32string_view term) {
  return term.size() == 2 && IsHan(term[0]) && IsHan(term[1]);
}

bool HasHan(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return IsHan(c); });
}

// A term or several, and how often they stand in each text.
enum class Reach : std::uint8_t {
  kTerm,
  kPrefix,     // all that begin so
  kCharacter,  // a Han character: the pairs that begin with it, and itself
};
struct Group {
  std::string term;
  Reach reach = Reach::kTerm;
  auto operator<=>(const Group&) const = default;

  bool Has(std::string_view other) const {
    if (reach == Reach::kTerm) return other == term;
    return other.starts_with(term) && (reach == Reach::kPrefix || CountCodePoints(other) <= 2);
  }
};
using Counts = std::unordered_map<std::uint64_t, std::uint32_t>;

// What a query asks of the index.
struct Demand {
  std::map<Group, bool> groups;      // true: required
  std::vector<std::u32string> rows;  // characters that must stand in a row
};

void Ask(Demand& demand, const SearchPiece& piece) {
  const std::u32string& text = piece.text;
  const auto add = [&](std::string term, Reach reach, bool required) {
    bool& entry = demand.groups[Group{std::move(term), reach}];
    entry = entry || required;
  };
  std::vector<std::string> words;
  bool paired = false, alone = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!IsHan(text[i]) || (i > 0 && IsHan(text[i - 1]))) continue;
    const bool pair = i + 1 < text.size() && IsHan(text[i + 1]);
    (pair ? paired : alone) = true;
    if (!pair) add(ToUtf8(text.substr(i, 1)), Reach::kCharacter, true);
  }
  for (std::string& term : SearchTerms(text)) {
    const std::u32string chars = ToUtf32(term);
    if (chars.size() == 1 && IsHan(chars[0])) continue;  // asked for, or part of a pair
    if (IsHanPair(chars)) {
      add(std::move(term), Reach::kTerm, true);
    } else {
      words.push_back(std::move(term));
    }
  }
  if (piece.phrase || (piece.prefix && (paired || alone || words.size() > 1))) {
    demand.rows.push_back(text);
  }
  if (piece.prefix && !words.empty() && !IsHan(text.back())) {
    // The last word may be the beginning of one.
    add(std::move(words.back()), Reach::kPrefix, true);
    words.pop_back();
  }
  for (std::string& word : words) {
    // How Chinese is cut into words depends on what stands around it; pairs do not.
    const bool required = !HasHan(ToUtf32(word));
    add(std::move(word), Reach::kTerm, required);
  }
}

class Searcher {
 public:
  Searcher(const View::Impl& impl, SearchKind kind, const SearchQuery& query)
      : kv_(*impl.kv),
        kind_(kind),
        name_(impl.names->Find(NameKind::kProperty, "name").value_or(0)) {
    for (const SearchPiece& piece : query.pieces) Ask(demand_, piece);
  }

  // Score by text, of those that match.
  Result<std::vector<std::pair<double, std::uint64_t>>> Run() {
    TUPU_TRY(ReadTotals());
    std::vector<std::vector<Entry>> entries;
    for (const auto& [group, required] : demand_.groups) {
      TUPU_TRY(ReadPostings(group, entries.emplace_back()));
    }
    TUPU_TRY(ReadIndexed(entries));
    std::vector<Counts> counts(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      for (const Entry& one : entries[i]) {
        const auto found = indexed_.find(one.text);
        if (found != indexed_.end() && found->second.segment == one.segment) {
          counts[i][one.text] += one.count;
        }
      }
      std::vector<Entry>().swap(entries[i]);
    }
    TUPU_TRY(CountUnindexed(counts));
    std::vector<std::pair<double, std::uint64_t>> out;
    TUPU_ASSIGN(const std::vector<std::uint64_t> matching, Matching(counts));
    const double texts = static_cast<double>(totals_.texts);
    const double mean = texts > 0 ? static_cast<double>(totals_.length) / texts : 0;
    for (const std::uint64_t text : matching) {
      double score = 0;
      const double length = static_cast<double>(indexed_.at(text).length);
      for (const Counts& of_group : counts) {
        const auto found = of_group.find(text);
        if (found == of_group.end()) continue;
        const double count = static_cast<double>(found->second);
        const double with = static_cast<double>(of_group.size());
        const double rarity = std::log(1 + (texts - with + 0.5) / (with + 0.5));
        score += rarity * count * (kK1 + 1) / (count + kK1 * (1 - kB + kB * length / mean));
      }
      out.emplace_back(score, text);
    }
    return out;
  }

 private:
  struct Entry {
    std::uint64_t text;
    std::uint32_t segment, count;
  };

  // How many texts there are and how long, without those out of date.
  Status ReadTotals() {
    TUPU_ASSIGN(auto state, ReadSearchState(kv_));
    if (!state) {
      TUPU_ASSIGN(unindexed_, AllTexts(kv_, kind_));
      return {};
    }
    totals_ = state->Of(kind_);
    TUPU_ASSIGN(unindexed_, PendingTexts(kv_, kind_));
    TUPU_ASSIGN(const auto outdated, Entries(unindexed_));
    for (const auto& [number, one] : outdated) {
      --totals_.texts;
      totals_.length -= one.length;
    }
    return {};
  }

  static Error DamagedEntry() { return Damaged("an entry of full text"); }

  Status ReadPostings(const Group& group, std::vector<Entry>& entries) const {
    if (totals_.texts == 0) return {};
    const auto cursor =
        kv_.Scan(Space::kIndex, group.reach == Reach::kTerm ? PostingsExactPrefix(kind_, group.term)
                                                            : PostingsPrefix(kind_, group.term));
    std::vector<Posting> postings;
    for (; cursor->Valid(); cursor->Next()) {
      std::uint32_t segment = 0;
      postings.clear();
      std::string_view term;
      if (!DecodePostingsKey(cursor->key(), term, segment)) return DamagedEntry();
      if (!group.Has(term)) continue;
      if (!DecodePostings(cursor->value(), postings)) return DamagedEntry();
      for (const Posting& one : postings) entries.push_back({one.text, segment, one.count});
    }
    return cursor->status();
  }

  // What the index says of these texts, ascending; of those that it has.
  Result<std::vector<std::pair<std::uint64_t, Indexed>>> Entries(
      const std::vector<std::uint64_t>& texts) const {
    std::vector<std::pair<std::uint64_t, Indexed>> out;
    constexpr std::size_t kGroup = 4096;
    std::vector<std::string> keys;
    std::vector<std::optional<std::string>> values;
    for (std::size_t begin = 0; begin < texts.size(); begin += kGroup) {
      const std::size_t end = std::min(begin + kGroup, texts.size());
      keys.clear();
      for (std::size_t i = begin; i < end; ++i) keys.push_back(IndexedKey(kind_, texts[i]));
      TUPU_TRY(kv_.MultiGet(Space::kIndex, keys, values));
      for (std::size_t i = begin; i < end; ++i) {
        Indexed one;
        if (!values[i - begin]) continue;
        if (!DecodeIndexed(*values[i - begin], one)) return DamagedEntry();
        out.emplace_back(texts[i], one);
      }
    }
    return out;
  }

  // The entries behind what was found. Where that is a good part of all, one walk over all is
  // quicker than many look-ups.
  Status ReadIndexed(const std::vector<std::vector<Entry>>& entries) {
    std::vector<std::uint64_t> texts;
    for (const auto& of_group : entries) {
      for (const Entry& one : of_group) texts.push_back(one.text);
    }
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::vector<std::pair<std::uint64_t, Indexed>> found;
    if (texts.size() > totals_.texts / 16) {
      const auto cursor = kv_.Scan(Space::kIndex, IndexedPrefix(kind_));
      for (; cursor->Valid(); cursor->Next()) {
        std::uint64_t number = 0;
        Indexed one;
        if (!DecodeTextKey(cursor->key(), number) || !DecodeIndexed(cursor->value(), one)) {
          return DamagedEntry();
        }
        if (std::binary_search(texts.begin(), texts.end(), number)) found.emplace_back(number, one);
      }
      TUPU_TRY(cursor->status());
    } else {
      TUPU_ASSIGN(found, Entries(texts));
    }
    for (const auto& [number, one] : found) {
      if (!std::binary_search(unindexed_.begin(), unindexed_.end(), number)) {
        indexed_.emplace(number, one);
      }
    }
    return {};
  }

  Status CountUnindexed(std::vector<Counts>& counts) {
    for (const std::uint64_t number : unindexed_) {
      TUPU_ASSIGN(const auto text, SearchText(kv_, kind_, number, name_));
      if (!text) continue;
      const CountedTerms counted = CountTerms(*text);
      indexed_[number].length = counted.length;
      ++totals_.texts;
      totals_.length += counted.length;
      std::size_t i = 0;
      for (const auto& [group, required] : demand_.groups) {
        auto at = std::lower_bound(
            counted.terms.begin(), counted.terms.end(), group.term,
            [](const auto& entry, const std::string& term) { return entry.first < term; });
        for (; at != counted.terms.end() && at->first.starts_with(group.term); ++at) {
          if (group.Has(at->first)) counts[i][number] += at->second;
        }
        ++i;
      }
    }
    return {};
  }

  Result<std::vector<std::uint64_t>> Matching(const std::vector<Counts>& counts) const {
    std::vector<const Counts*> required;
    std::size_t i = 0;
    for (const auto& [group, is_required] : demand_.groups) {
      if (is_required) required.push_back(&counts[i]);
      ++i;
    }
    TUPU_INVARIANT(!required.empty());
    std::sort(required.begin(), required.end(),
              [](const Counts* a, const Counts* b) { return a->size() < b->size(); });
    std::vector<std::uint64_t> out;
    for (const auto& [text, count] : *required.front()) {
      const bool all =
          std::all_of(required.begin(), required.end(),
                      [&, number = text](const Counts* c) { return c->contains(number); });
      if (all) out.push_back(text);
    }
    std::sort(out.begin(), out.end());
    if (demand_.rows.empty()) return out;
    std::vector<std::uint64_t> fitting;
    for (const std::uint64_t number : out) {
      TUPU_ASSIGN(const auto text, SearchText(kv_, kind_, number, name_));
      if (!text) return DamagedEntry();
      const std::u32string folded = FoldForSearch(*text).text;
      const bool fits = std::all_of(
          demand_.rows.begin(), demand_.rows.end(),
          [&](const std::u32string& row) { return folded.find(row) != std::u32string::npos; });
      if (fits) fitting.push_back(number);
    }
    return fitting;
  }

  const KvSnapshot& kv_;
  const SearchKind kind_;
  const std::uint32_t name_;
  Demand demand_;
  std::vector<std::uint64_t> unindexed_;  // ascending
  SearchTotals totals_;
  std::unordered_map<std::uint64_t, Indexed> indexed_;  // of what was found
};

}  // namespace

Result<SearchQuery> ParseSearch(std::string_view query) {
  const auto wrong = [](std::string message, std::size_t pos = kNoPos) {
    return Error{ErrorCode::kInvalidInput, std::move(message), "search", pos};
  };
  if (query.size() > kLongestQuery) return wrong("the query is longer than 4096 bytes");
  if (FindInvalidUtf8(query) != std::string_view::npos) return wrong("the query is not UTF-8");
  SearchQuery out;
  for (std::size_t pos = 0; pos < query.size();) {
    const CodePoint at = DecodeAt(query, pos);
    if (IsWhiteSpace(at.value)) {
      pos += at.size;
      continue;
    }
    const std::size_t begin = pos;
    SearchPiece piece;
    std::string_view text;
    if (at.value == '"' || at.value == U'“') {
      pos += at.size;
      const std::size_t first = pos;
      while (pos < query.size()) {
        const char32_t c = DecodeAt(query, pos).value;
        if (c == '"' || c == U'”') break;
        pos += DecodeAt(query, pos).size;
      }
      if (pos >= query.size()) return wrong("a quotation mark has no fellow", begin);
      text = query.substr(first, pos - first);
      pos += DecodeAt(query, pos).size;
      piece.phrase = true;
    } else {
      while (pos < query.size() && !IsWhiteSpace(DecodeAt(query, pos).value) && query[pos] != '"') {
        pos += DecodeAt(query, pos).size;
      }
      text = query.substr(begin, pos - begin);
      if (text.ends_with('*')) {
        text.remove_suffix(1);
        piece.prefix = true;
      }
    }
    piece.text = FoldForSearch(text).text;
    if (SearchTerms(piece.text).empty()) {
      return wrong(
          "'" + std::string(query.substr(begin, pos - begin)) + "' has neither letter nor digit",
          begin);
    }
    out.pieces.push_back(std::move(piece));
    if (out.pieces.size() > kMostPieces) return wrong("the query has more than 32 pieces");
  }
  if (out.pieces.empty()) return wrong("there is nothing to search for");
  return out;
}

std::vector<Span> FindPieces(const SearchQuery& query, std::string_view text) {
  const FoldedText folded = FoldForSearch(text);
  std::vector<Span> out;
  const auto mark = [&](std::u32string_view what) {
    bool any = false;
    for (std::size_t at = folded.text.find(what); at != std::u32string::npos;
         at = folded.text.find(what, at + what.size())) {
      any = true;
      out.push_back({folded.origin[at], folded.origin[at + what.size()]});
    }
    return any;
  };
  for (const SearchPiece& piece : query.pieces) {
    if (mark(piece.text) || piece.phrase) continue;
    for (const std::string& term : SearchTerms(piece.text)) mark(ToUtf32(term));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<bool> View::SearchIsCurrent() const {
  TUPU_ASSIGN(const auto state, ReadSearchState(*impl_->kv));
  bool current = state.has_value();
  for (const SearchKind kind : {SearchKind::kDocuments, SearchKind::kEntities}) {
    const auto pending = impl_->kv->Scan(Space::kIndex, PendingPrefix(kind));
    current = current && !pending->Valid();
    TUPU_TRY(pending->status());
  }
  return current;
}

Result<std::vector<SearchHit>> View::Search(SearchKind kind, const SearchQuery& query,
                                            std::size_t limit) const {
  TUPU_CONTRACT(!query.pieces.empty());
  TUPU_ASSIGN(auto scored, Searcher(*impl_, kind, query).Run());
  if (kind == SearchKind::kEntities && !scored.empty()) {
    // What is called just so comes before all that has the words in longer names.
    std::u32string whole;
    for (const SearchPiece& piece : query.pieces) whole += piece.text;
    TUPU_ASSIGN(const std::vector<NodeId> called, FindNodesByName(ToUtf8(whole)));
    std::set<std::uint64_t> exact;
    for (const NodeId node : called) exact.insert(node.value);
    const double best =
        std::max_element(scored.begin(), scored.end())->first;  // of the words alone
    for (auto& [score, number] : scored) {
      if (exact.contains(number)) score += best;
    }
  }
  if (limit != 0 && scored.size() > limit) {
    // Of those that score as the last one, ids decide.
    std::nth_element(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(limit - 1),
                     scored.end(), std::greater<>());
    const double last = scored[limit - 1].first;
    std::erase_if(scored, [&](const auto& one) { return one.first < last; });
  }
  std::vector<std::pair<std::string, SearchHit>> hits;
  for (const auto& [score, number] : scored) {
    SearchHit hit;
    hit.score = score;
    std::string id;
    if (kind == SearchKind::kDocuments) {
      TUPU_ASSIGN(const auto block,
                  impl_->kv->Get(Space::kStatements, BlockKey(DocumentId{number})));
      std::string_view in = block ? std::string_view(*block) : std::string_view();
      std::string_view name;
      if (!GetLengthPrefixed(in, name)) {
        return Damaged("a document is unreadable");
      }
      id = hit.document = name;
    } else {
      hit.node = NodeId{number};
      if (IsAsserted(hit.node)) {
        id = "~" + EncodeNumber(number);  // behind all hexadecimal ids
      } else {
        TUPU_ASSIGN(const StoredNode node, impl_->ReadNode(hit.node));
        id = EntityIdOf(node.key).ToHex();
      }
    }
    hits.emplace_back(std::move(id), std::move(hit));
  }
  std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
    return a.second.score != b.second.score ? a.second.score > b.second.score : a.first < b.first;
  });
  if (limit != 0 && hits.size() > limit) hits.resize(limit);
  std::vector<SearchHit> out;
  for (auto& [id, hit] : hits) out.push_back(std::move(hit));
  return out;
}

}  // namespace tupu::graph
