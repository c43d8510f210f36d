// What the learned scorer sees: pairs of things of a document that a relation may join, and cues
// about them as hashed features.
//
// A pair is looked at wherever both are mentioned in one sentence, and where a policy, event or
// project named earlier in the article is what a later sentence may still be about. Cues are the
// types and order of the two, what stands between and around them, and what the rules have
// proposed. Nothing here depends on anything but the document and the rules.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/names.h"
#include "extract/facts/workspace.h"
#include "graph/model/schema.h"

namespace tupu::extract {

inline constexpr std::size_t kMaxScoredRelations = 16;

// Which relations the ontology allows between which types, as bits; made once for a schema.
class PairSpace {
 public:
  // `relations`: at most kMaxScoredRelations; those that the schema does not know are never
  // allowed.
  PairSpace(const graph::Schema& schema, const std::vector<std::string>& relations);

  std::uint32_t TypeIndex(std::string_view type) const;  // size() where there is no such type
  std::uint32_t size() const { return static_cast<std::uint32_t>(kinds_.size()); }
  std::uint32_t Allowed(std::uint32_t from, std::uint32_t to) const {
    return allowed_[from * kinds_.size() + to];
  }
  // The root of the type's line: all organisations are one kind.
  std::uint32_t Kind(std::uint32_t type) const { return kinds_[type]; }
  bool Topical(std::uint32_t type) const { return topical_[type]; }
  // Of the type's name, so that features do not depend on the order of the ontology.
  std::uint64_t TypeHash(std::uint32_t type) const { return hashes_[type]; }
  int RelationIndex(std::string_view relation) const;  // -1 where it is not scored

 private:
  std::map<std::string, std::uint32_t, std::less<>> index_;
  std::vector<std::string> names_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> kinds_;
  std::vector<std::uint32_t> allowed_;
  std::vector<bool> topical_;
  std::vector<std::string> relations_;
};

// One place where a pair is looked at. The lists are valid during the call only.
struct PairView {
  GroupId from = kNoGroup;
  GroupId to = kNoGroup;
  MentionId from_mention = kNoMention;
  MentionId to_mention = kNoMention;
  std::uint32_t evidence = 0;  // the sentence of the later mention
  std::uint32_t allowed = 0;   // relations, by bit
  std::uint32_t proposed = 0;  // those of them that rules propose for the pair
  const std::vector<std::uint32_t>* features = nullptr;
  // Features that all pairs of two kinds in this sentence have; `shared_id` numbers the list.
  const std::vector<std::uint32_t>* shared = nullptr;
  std::uint32_t shared_id = 0;
};

// The readable forms of hashed features, for explanations.
using FeatureNames = std::map<std::uint32_t, std::string>;

// Calls `seen` for every place of every pair, in order of the text. Linear in the document's size:
// a mention is paired with a bounded number of others. Pairs that none of the `wanted` relations
// may join are passed over. `feature_names`: filled where it is not null.
void ViewPairs(const PairSpace& space, const Workspace& work, const Names& names,
               const std::function<void(const PairView&)>& seen, FeatureNames* feature_names,
               std::uint32_t wanted = 0xFFFFFFFFu);

}  // namespace tupu::extract
