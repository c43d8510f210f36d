// From what documents say to entities and edges: pure functions, the same on every machine.
//
// Local entities are one entity when their keys are equal, or joined (clusters.h).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/ids.h"
#include "graph/model/claims.h"
#include "graph/model/value.h"
#include "graph/resolve/tally.h"

namespace tupu::graph {

// What is counted of an entity or edge. Numbers are stored (FORMAT.md); properties other than these
// are interned from kFirstProperty on.
enum ReservedProperty : std::uint32_t {
  kTypeProperty = 0,    // of an entity: its types
  kFormProperty = 1,    // its surface forms
  kNameProperty = 2,    // its completed names
  kStatusProperty = 3,  // of an edge: ClaimStatus as a number
  kKeyProperty = 4,     // of an entity of several keys: which
  kFirstProperty = 16
};

// Forms, statuses and keys are shown all or by strength, never by date.
constexpr bool IsDated(std::uint32_t property) {
  return property != kFormProperty && property != kStatusProperty && property != kKeyProperty;
}

// The entity that a key belongs to; its property `id` is this in hex.
Hash128 EntityIdOf(const EntityKey& key);

// An amount and the currency beside it are one value, [amount, currency]: counted apart they could
// be shown together though no document says so.
Value JoinAmount(const Value& amount, const Value& currency);
// Puts a property as counted into `out` as it is shown: the joined amount as two.
void ShowProperty(const std::string& name, const Value& value, Properties& out);

// The strongest status that any document gives; null if none.
const Value* StrongestStatus(const Tally& statuses);
// All surface forms that any document uses but `name` (null: all), sorted.
Value OtherForms(const Tally& forms, const Value* name);

}  // namespace tupu::graph
