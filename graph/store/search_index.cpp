#include "graph/store/search_index.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "graph/base/coding.h"
#include "graph/base/search_text.h"
#include "graph/store/asserted.h"
#include "graph/store/overlays.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

constexpr std::array kKinds = {SearchKind::kDocuments, SearchKind::kEntities};
constexpr std::size_t kTextBatchBytes = 4 << 20;  // of text in one commit

std::string Prefix(char letter, SearchKind kind) {
  return std::string{letter, static_cast<char>(kind)};
}

void PutState(KvBatch& batch, const SearchState& state) {
  std::string bytes;
  PutVarint(bytes, state.next_segment);
  PutVarint(bytes, state.left_behind);
  for (const SearchTotals& totals : {state.documents, state.entities}) {
    PutVarint(bytes, totals.texts);
    PutVarint(bytes, totals.length);
  }
  batch.Put(Space::kMeta, SearchStateKey(), bytes);
}

Result<std::vector<std::uint64_t>> Numbers(const KvSnapshot& kv, const std::string& prefix) {
  std::vector<std::uint64_t> out;
  const auto cursor = kv.Scan(Space::kIndex, prefix);
  for (; cursor->Valid(); cursor->Next()) {
    std::uint64_t number = 0;
    if (!DecodeTextKey(cursor->key(), number)) return Damaged("a key of full text");
    out.push_back(number);
  }
  TUPU_TRY(cursor->status());
  return out;
}

// One segment of the texts at the front of `wanted`, which are taken off it.
Status MakeSegment(const KvSnapshot& kv, SearchKind kind, std::uint32_t name_property,
                   std::vector<std::uint64_t>& wanted, SearchState& state, KvBatch& batch) {
  std::map<std::string, std::vector<Posting>> postings;
  const std::uint32_t segment = state.next_segment++;
  SearchTotals& totals = state.Of(kind);
  std::size_t bytes = 0, taken = 0;
  for (; taken < wanted.size() && bytes < kTextBatchBytes; ++taken) {
    const std::uint64_t number = wanted[taken];
    TUPU_ASSIGN(const auto before, kv.Get(Space::kIndex, IndexedKey(kind, number)));
    if (before) {
      Indexed old;
      if (!DecodeIndexed(*before, old)) return Damaged("an entry of full text");
      ++state.left_behind;
      --totals.texts;
      totals.length -= old.length;
    }
    batch.Delete(Space::kIndex, PendingKey(kind, number));
    TUPU_ASSIGN(const auto text, SearchText(kv, kind, number, name_property));
    if (!text) {
      if (before) batch.Delete(Space::kIndex, IndexedKey(kind, number));
      continue;
    }
    bytes += text->size() + 256;
    CountedTerms counted = CountTerms(*text);
    std::string record;
    EncodeIndexed(record, {segment, counted.length});
    batch.Put(Space::kIndex, IndexedKey(kind, number), record);
    ++totals.texts;
    totals.length += counted.length;
    for (auto& [term, count] : counted.terms) postings[std::move(term)].push_back({number, count});
  }
  std::string value;
  for (const auto& [term, of_term] : postings) {
    value.clear();
    EncodePostings(value, of_term);
    batch.Put(Space::kIndex, PostingsKey(kind, term, segment), value);
  }
  wanted.erase(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(taken));
  PutState(batch, state);
  return {};
}

Status DropIndex(const KvSnapshot& kv, const std::function<Status(const KvBatch&)>& write) {
  KvBatch batch;
  // First: from here on there is no index, only entries that say nothing.
  batch.Delete(Space::kMeta, SearchStateKey());
  for (const char letter : {'F', 'P', 'T'}) {
    const auto cursor = kv.Scan(Space::kIndex, std::string(1, letter));
    for (; cursor->Valid(); cursor->Next()) {
      batch.Delete(Space::kIndex, cursor->key());
      if (batch.bytes() < kTextBatchBytes) continue;
      TUPU_TRY(write(batch));
      batch.Clear();
    }
    TUPU_TRY(cursor->status());
  }
  return write(batch);
}

}  // namespace

std::string SearchStateKey() { return "T"; }
std::string PostingsPrefix(SearchKind kind, std::string_view term) {
  return Prefix('T', kind).append(term);
}
std::string PostingsExactPrefix(SearchKind kind, std::string_view term) {
  std::string out = PostingsPrefix(kind, term);
  out += '\0';
  return out;
}
std::string PostingsKey(SearchKind kind, std::string_view term, std::uint32_t segment) {
  std::string out = PostingsExactPrefix(kind, term);
  PutFixed32(out, segment);
  return out;
}
std::string IndexedPrefix(SearchKind kind) { return Prefix('F', kind); }
std::string PendingPrefix(SearchKind kind) { return Prefix('P', kind); }
std::string IndexedKey(SearchKind kind, std::uint64_t text) {
  std::string out = IndexedPrefix(kind);
  PutFixed64(out, text);
  return out;
}
std::string PendingKey(SearchKind kind, std::uint64_t text) {
  std::string out = PendingPrefix(kind);
  PutFixed64(out, text);
  return out;
}

bool IsSearchKey(std::string_view key) {
  return key.size() > 2 && (key[0] == 'T' || key[0] == 'F' || key[0] == 'P') &&
         (key[1] == 'd' || key[1] == 'n');
}

bool DecodePostingsKey(std::string_view key, std::string_view& term, std::uint32_t& segment) {
  if (key.size() < 2 + 1 + 1 + 4 || key[0] != 'T') return false;
  term = key.substr(2, key.size() - 2 - 5);
  key.remove_prefix(key.size() - 5);
  if (key.front() != '\0') return false;
  key.remove_prefix(1);
  return GetFixed32(key, segment);
}

bool DecodeTextKey(std::string_view key, std::uint64_t& text) {
  if (key.size() != 10 || (key[0] != 'F' && key[0] != 'P')) return false;
  key.remove_prefix(2);
  return GetFixed64(key, text);
}

void EncodePostings(std::string& out, const std::vector<Posting>& postings) {
  PutVarint(out, postings.size());
  std::uint64_t last = 0;
  for (const Posting& one : postings) {
    PutVarint(out, one.text - last);
    PutVarint(out, one.count);
    last = one.text;
  }
}

bool DecodePostings(std::string_view in, std::vector<Posting>& postings) {
  std::uint64_t size = 0, number = 0;
  if (!GetVarint(in, size) || size > in.size()) return false;
  for (std::uint64_t i = 0; i < size; ++i) {
    std::uint64_t step = 0;
    Posting one{};
    if (!GetVarint(in, step) || !GetUint32(in, one.count) || (i > 0 && step == 0)) return false;
    one.text = number += step;
    postings.push_back(one);
  }
  return in.empty();
}

void EncodeIndexed(std::string& out, const Indexed& indexed) {
  PutVarint(out, indexed.segment);
  PutVarint(out, indexed.length);
}

bool DecodeIndexed(std::string_view in, Indexed& indexed) {
  return GetUint32(in, indexed.segment) && GetUint32(in, indexed.length) && in.empty();
}

Result<std::optional<SearchState>> ReadSearchState(const KvSnapshot& kv) {
  TUPU_ASSIGN(const std::optional<std::string> bytes, kv.Get(Space::kMeta, SearchStateKey()));
  if (!bytes) return std::optional<SearchState>();
  std::string_view in = *bytes;
  SearchState out;
  if (!GetUint32(in, out.next_segment) || !GetVarint(in, out.left_behind) ||
      !GetVarint(in, out.documents.texts) || !GetVarint(in, out.documents.length) ||
      !GetVarint(in, out.entities.texts) || !GetVarint(in, out.entities.length) || !in.empty()) {
    return Damaged("the state of the full-text index");
  }
  return std::optional<SearchState>(out);
}

Result<std::optional<std::string>> SearchText(const KvSnapshot& kv, SearchKind kind,
                                              std::uint64_t number, std::uint32_t name_property) {
  std::string out;
  if (kind == SearchKind::kDocuments) {
    const DocumentId doc{number};
    TUPU_ASSIGN(const auto block, kv.Get(Space::kStatements, BlockKey(doc)));
    if (!block) return std::optional<std::string>();
    std::string_view in = *block, id;
    if (!GetLengthPrefixed(in, id)) return Damaged("a document's statements are unreadable");
    TUPU_ASSIGN(const auto bytes, kv.Get(Space::kStatements, HeaderKey(id)));
    TUPU_ASSIGN(const auto text, kv.Get(Space::kText, TextKey(doc)));
    DocumentId same;
    DocumentHeader header;
    if (!bytes || !text || !DecodeHeader(*bytes, same, header)) {
      return Damaged("the text or header of document '" + std::string(id) + "'");
    }
    return std::optional<std::string>(header.title + "\n" + *text);
  }
  const NodeId node{number};
  if (IsAsserted(node)) {
    TUPU_ASSIGN(const auto bytes, kv.Get(Space::kGraph, AssertedNodeKey(node)));
    if (!bytes) return std::optional<std::string>();
    AssertedNode asserted;
    if (!DecodeAssertedNode(*bytes, asserted)) return Damaged("a node is unreadable");
    for (const auto& [property, value] : asserted.properties) {
      if (property == name_property && value.kind() == ValueKind::kString) out = value.as_string();
    }
    // What has no name is no text, so it need not be noted when it comes and goes.
    return out.empty() ? std::nullopt : std::optional<std::string>(std::move(out));
  }
  TUPU_ASSIGN(const auto bytes, kv.Get(Space::kGraph, NodeKey(node)));
  if (!bytes) return std::optional<std::string>();
  StoredNode stored;
  if (!DecodeNode(*bytes, stored)) return Damaged("a node is unreadable");
  const Tally* names = stored.profile.Find(kNameProperty);
  for (const std::uint32_t property : {kNameProperty, kFormProperty}) {
    const Tally* tally = stored.profile.Find(property);
    if (tally == nullptr) continue;
    for (const auto& [value, count] : tally->counts()) {
      if (value.kind() != ValueKind::kString) continue;
      if (property == kFormProperty && names != nullptr && names->counts().contains(value)) {
        continue;  // a text that is both stands once
      }
      out += value.as_string() + "\n";
    }
  }
  const std::string* overlaid = OverlaidName(stored, name_property);
  if (overlaid != nullptr && !SaysName(stored, *overlaid)) out += *overlaid + "\n";
  return std::optional<std::string>(std::move(out));
}

Result<std::vector<std::uint64_t>> AllTexts(const KvSnapshot& kv, SearchKind kind) {
  std::vector<std::uint64_t> out;
  const auto scan = [&](Space space, const std::string& prefix, const auto& decode) -> Status {
    const auto cursor = kv.Scan(space, prefix);
    for (; cursor->Valid(); cursor->Next()) {
      std::uint64_t number = 0;
      if (!decode(cursor->key(), number)) return Damaged("a key that is none");
      out.push_back(number);
    }
    return cursor->status();
  };
  if (kind == SearchKind::kDocuments) {
    TUPU_TRY(scan(Space::kStatements, BlockPrefix(), [](std::string_view key, std::uint64_t& n) {
      key.remove_prefix(BlockPrefix().size());
      return DecodeNumber(key, n);
    }));
    return out;
  }
  TUPU_TRY(scan(Space::kGraph, NodePrefix(), [](std::string_view key, std::uint64_t& n) {
    NodeId node;
    const bool fine = DecodeNodeKey(key, node);
    n = node.value;
    return fine;
  }));
  TUPU_TRY(scan(Space::kGraph, AssertedNodePrefix(), [](std::string_view key, std::uint64_t& n) {
    NodeId node;
    const bool fine = DecodeAssertedNodeKey(key, node);
    n = node.value;
    return fine;
  }));
  return out;
}

Result<std::vector<std::uint64_t>> PendingTexts(const KvSnapshot& kv, SearchKind kind) {
  return Numbers(kv, PendingPrefix(kind));
}

CountedTerms CountTerms(std::string_view text) {
  std::vector<std::string> terms = SearchTerms(FoldForSearch(text).text);
  CountedTerms out;
  out.length = static_cast<std::uint32_t>(terms.size());
  std::sort(terms.begin(), terms.end());
  for (std::size_t i = 0; i < terms.size();) {
    std::size_t end = i + 1;
    while (end < terms.size() && terms[end] == terms[i]) ++end;
    out.terms.emplace_back(std::move(terms[i]), static_cast<std::uint32_t>(end - i));
    i = end;
  }
  return out;
}

Status UpdateSearchIndex(const std::function<std::shared_ptr<const KvSnapshot>()>& snapshot,
                         const std::function<Status(const KvBatch&)>& write,
                         std::uint32_t name_property) {
  constexpr std::uint64_t kFewLeftBehind = 1000;
  auto kv = snapshot();
  TUPU_ASSIGN(std::optional<SearchState> state, ReadSearchState(*kv));
  if (state && state->left_behind > kFewLeftBehind &&
      state->left_behind > (state->documents.texts + state->entities.texts) / 2) {
    state.reset();
  }
  if (!state) {
    TUPU_TRY(DropIndex(*kv, write));
    // All texts are noted before the first is indexed: cut off here, the next call goes on.
    KvBatch batch;
    for (const SearchKind kind : kKinds) {
      TUPU_ASSIGN(const auto texts, AllTexts(*kv, kind));
      for (const std::uint64_t text : texts) {
        batch.Put(Space::kIndex, PendingKey(kind, text), {});
        if (batch.bytes() < kTextBatchBytes) continue;
        TUPU_TRY(write(batch));
        batch.Clear();
      }
    }
    state = SearchState();
    PutState(batch, *state);
    TUPU_TRY(write(batch));
    kv = snapshot();
  }
  for (const SearchKind kind : kKinds) {
    TUPU_ASSIGN(std::vector<std::uint64_t> wanted, PendingTexts(*kv, kind));
    while (!wanted.empty()) {
      KvBatch batch;
      TUPU_TRY(MakeSegment(*kv, kind, name_property, wanted, *state, batch));
      TUPU_TRY(write(batch));
    }
  }
  return {};
}

}  // namespace tupu::graph
