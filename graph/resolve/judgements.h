// What people have decided: that two entities are one (merge), that they are not (split), that a
// fact is wrong or an entity none (reject), that a document does say a fact (confirm). A
// confirmation changes nothing in the graph: it keeps the question from being asked again.
//
// Judgements name things by what a person can read, so they hold for documents that come later and
// survive re-building. One is a line of tab-separated fields, a set of them a file of sorted lines:
//
//   merge   KEY  KEY
//   split   KEY  KEY
//   reject  DOCUMENT  TYPE  KEY  KEY  TITLE
//   reject  DOCUMENT  KEY
//   confirm DOCUMENT  TYPE  KEY  KEY  TITLE
//
// KEY is Type:name or Type:name@context, as EntityKey::ToString prints it. DOCUMENT is an id, or *
// for whatever document; TITLE is empty for facts without one, or * for whatever title. Within a
// field \\ \t \n \r stand for what they look like, \@ for an @ in a name, \* for a field that is a
// star. The two keys of merge and split come in byte order. Merging is transitive. With an entity
// all that is said of it is rejected, its relations too.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/model/claims.h"

namespace tupu::graph {

enum class JudgementKind : std::uint8_t { kMerge, kSplit, kReject, kConfirm, kRejectEntity };

struct Judgement {
  JudgementKind kind = JudgementKind::kMerge;
  EntityKey a, b;  // of a fact: from and to; an entity that is rejected is `a`
  // Of a fact, rejected or confirmed, and of an entity:
  bool any_document = false;
  std::string document;
  // Of a fact:
  std::string type;
  bool any_title = false;
  std::string title;

  bool about_fact() const {
    return kind == JudgementKind::kReject || kind == JudgementKind::kConfirm;
  }
  bool about_keys() const { return kind == JudgementKind::kMerge || kind == JudgementKind::kSplit; }
  std::string ToLine() const;
};

// A key as a field of a judgement, and back. Fails with kInvalidInput, naming what was expected.
std::string KeyToField(const EntityKey& key);
Result<EntityKey> KeyFromField(std::string_view field);
// Fails with kInvalidInput.
Result<Judgement> ParseJudgement(std::string_view line);

// A set of judgements that do not contradict each other. Immutable once shared.
class Judgements {
 public:
  Judgements() = default;
  Judgements(Judgements&&) = default;
  Judgements& operator=(Judgements&&) = default;

  // Lines in any order, empty ones and those that begin with # left out. Fails with kInvalidInput
  // naming `name` and the line, or two judgements that contradict each other.
  static Result<Judgements> Parse(std::string_view text, std::string_view name);
  static Result<Judgements> Make(std::span<const Judgement> judgements);

  // By line, sorted.
  const std::map<std::string, Judgement>& lines() const { return lines_; }
  bool empty() const { return lines_.empty(); }
  std::string ToText() const;

  // The keys that a merge names together with this one.
  const std::vector<EntityKey>& MergedWith(const Hash128& key) const;
  // The keys that a split keeps apart from this one.
  const std::vector<Hash128>& SplitFrom(const Hash128& key) const;
  bool has_rejects() const { return !rejects_.empty() || rejects_entities(); }
  bool rejects_entities() const { return !entities_.empty(); }
  // Whether this document's entity is rejected.
  bool IsRejected(std::string_view document, const EntityKey& entity) const;
  // Whether a fact of this document is rejected, itself or one of its ends. `title` is empty where
  // it has none.
  bool IsRejected(std::string_view document, std::string_view type, const EntityKey& from,
                  const EntityKey& to, std::string_view title) const;
  // Likewise confirmed; a reject beside it, of wider reach, does not matter here.
  bool IsConfirmed(std::string_view document, std::string_view type, const EntityKey& from,
                   const EntityKey& to, std::string_view title) const;
  // The rejects of facts that name this type and these ends.
  const std::vector<const Judgement*>& RejectsOf(std::string_view type, const EntityKey& from,
                                                 const EntityKey& to) const;

 private:
  Status Index();
  using ByFact = std::unordered_map<Hash128, std::vector<const Judgement*>>;

  std::map<std::string, Judgement> lines_;
  std::unordered_map<Hash128, std::vector<EntityKey>> merges_;
  std::unordered_map<Hash128, std::vector<Hash128>> splits_;
  ByFact rejects_, confirms_;
  std::unordered_map<Hash128, std::vector<const Judgement*>> entities_;  // rejected, by key
};

}  // namespace tupu::graph
