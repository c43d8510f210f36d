// Which keys are one entity: a pure function of the set of keys that documents name and of the
// judgements. Precision first: a wrong join is worse than a missed one.
//
// Two keys are joined by a merge, or by a rule unless a split stands against it. Rules look at a
// block, a small set of keys that can be listed from any one of them, so that a commit resolves no
// more than the blocks it touches. Where joining by rules would bring two keys together that a
// split keeps apart, the rules' links are taken in order of their blocks and those that would do it
// are left out. The entity's id is the smallest hash of those of its keys that documents name.
//
// Rules:
//   company.form  A company's name without its legal form is its short name (远澜汽车 for
//                 远澜汽车股份有限公司), if just one company here has that name with a legal form.
//
// People are told apart by their key's context (organisation, place); no rule joins them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/resolve/judgements.h"

namespace tupu::graph {

// Whenever a rule changes: stores made with another number are resolved anew (FORMAT.md).
inline constexpr std::uint64_t kRulesVersion = 1;

inline constexpr std::string_view kMergeReason = "merge";
inline constexpr std::string_view kCompanyForm = "company.form";

// Why two keys are one: a rule's name or kMergeReason.
struct KeyLink {
  EntityKey a, b;
  std::string reason;
};

struct Cluster {
  std::vector<EntityKey> members;  // that documents name, by hash: the first one gives the id
  std::vector<KeyLink> links;      // join all members, perhaps by way of keys that nobody names
};

// The keys that some rule looks at together with this one, itself among them; empty where no rule
// looks at it. All of them have the same block.
std::vector<EntityKey> BlockOf(const EntityKey& key);

// Whether a document names the key.
using IsNamed = std::function<Result<bool>(const EntityKey&)>;

// All clusters among the keys that can be reached from any of `keys` by judgements and blocks, by
// id. `keys` need not be named.
Result<std::vector<Cluster>> ResolveAround(std::span<const EntityKey> keys,
                                           const Judgements& judgements, const IsNamed& named);

}  // namespace tupu::graph
