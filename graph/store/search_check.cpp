// What check compares about full text.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "graph/base/hash.h"
#include "graph/store/names.h"
#include "graph/store/search_index.h"

namespace tupu::graph {
namespace {

// What an index says of one text, or what is to be said of it: its terms as a sum of hashes, for
// they come one by one.
struct Content {
  std::uint32_t length = 0;
  std::uint64_t terms = 0;
  bool operator==(const Content&) const = default;

  void Add(std::string_view term, std::uint32_t count) {
    length += count;
    const Hash128 hash = HashFields({term, std::to_string(count)});
    terms += std::hash<Hash128>{}(hash);
  }
};

class SearchChecker {
 public:
  SearchChecker(const KvSnapshot& kv, SearchKind kind, std::uint32_t name,
                std::vector<std::string>& findings)
      : kv_(kv),
        kind_(kind),
        what_(kind == SearchKind::kDocuments ? "document" : "node"),
        name_(name),
        findings_(findings) {}

  Status Run(SearchState state) {
    TUPU_ASSIGN(pending_, PendingTexts(kv_, kind_));
    TUPU_TRY(ReadIndexed(state.Of(kind_)));
    TUPU_TRY(ReadPostings());
    TUPU_ASSIGN(const auto texts, AllTexts(kv_, kind_));
    for (const std::uint64_t number : texts) {
      if (IsPending(number)) continue;
      TUPU_ASSIGN(const auto text, SearchText(kv_, kind_, number, name_));
      const auto found = indexed_.find(number);
      if (text.has_value() != (found != indexed_.end())) {
        Find(what_ + " number " + std::to_string(number) + " and it know not each other");
      } else if (text) {
        Content content;
        for (const auto& [term, count] : CountTerms(*text).terms) content.Add(term, count);
        if (content.length != found->second.length || content != contents_[number]) {
          Find("it has other terms for " + what_ + " number " + std::to_string(number));
        }
      }
      if (found != indexed_.end()) indexed_.erase(found);
    }
    for (const auto& [number, one] : indexed_) {
      if (IsPending(number)) continue;
      Find("it has a " + what_ + " number " + std::to_string(number) + " that is not there");
    }
    return {};
  }

  std::uint64_t left_behind() const { return left_behind_.size(); }

 private:
  void Find(const std::string& message) {
    constexpr std::size_t kMost = 100;
    if (findings_.size() < kMost) findings_.push_back("full text: " + message);
  }
  bool IsPending(std::uint64_t number) const {
    return std::binary_search(pending_.begin(), pending_.end(), number);
  }

  Status ReadIndexed(const SearchTotals& said) {
    SearchTotals totals;
    const auto cursor = kv_.Scan(Space::kIndex, IndexedPrefix(kind_));
    for (; cursor->Valid(); cursor->Next()) {
      std::uint64_t number = 0;
      Indexed one;
      if (!DecodeTextKey(cursor->key(), number) || !DecodeIndexed(cursor->value(), one)) {
        Find("an entry is none");
        continue;
      }
      ++totals.texts;
      totals.length += one.length;
      indexed_[number] = one;
    }
    if (totals.texts != said.texts || totals.length != said.length) {
      Find("it counts its " + what_ + "s wrongly");
    }
    return cursor->status();
  }

  Status ReadPostings() {
    const auto cursor = kv_.Scan(Space::kIndex, PostingsPrefix(kind_, {}));
    std::vector<Posting> postings;
    for (; cursor->Valid(); cursor->Next()) {
      std::string_view term;
      std::uint32_t segment = 0;
      postings.clear();
      if (!DecodePostingsKey(cursor->key(), term, segment) ||
          !DecodePostings(cursor->value(), postings) || postings.empty()) {
        Find("postings are none");
        continue;
      }
      for (const Posting& one : postings) {
        const auto found = indexed_.find(one.text);
        if (found == indexed_.end() || found->second.segment != segment) {
          left_behind_.emplace(one.text, segment);
        } else {
          contents_[one.text].Add(term, one.count);
        }
      }
    }
    return cursor->status();
  }

  const KvSnapshot& kv_;
  const SearchKind kind_;
  const std::string what_;
  const std::uint32_t name_;
  std::vector<std::string>& findings_;
  std::vector<std::uint64_t> pending_;  // ascending
  std::map<std::uint64_t, Indexed> indexed_;
  std::map<std::uint64_t, Content> contents_;
  std::set<std::pair<std::uint64_t, std::uint32_t>> left_behind_;
};

}  // namespace

Status CheckSearch(const KvSnapshot& kv, const Names& names, std::vector<std::string>& findings) {
  TUPU_ASSIGN(const auto state, ReadSearchState(kv));
  // Without a state entries say nothing: an index was about to be dropped.
  if (!state) return {};
  const std::uint32_t name = names.Find(NameKind::kProperty, "name").value_or(0);
  std::uint64_t left_behind = 0;
  for (const SearchKind kind : {SearchKind::kDocuments, SearchKind::kEntities}) {
    SearchChecker checker(kv, kind, name, findings);
    TUPU_TRY(checker.Run(*state));
    left_behind += checker.left_behind();
  }
  if (left_behind > state->left_behind) {
    findings.push_back("full text: entries of " + std::to_string(left_behind) +
                       " texts are out of date, expected at most " +
                       std::to_string(state->left_behind));
  }
  return {};
}

}  // namespace tupu::graph
