// Indexes that users make: on the values of one property, of the nodes with a label or of the
// relationships of a type. A constraint of uniqueness is an index that refuses writes by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "graph/model/value.h"

namespace tupu::graph {

struct IndexDefinition {
  std::string name;
  bool unique = false;    // a constraint; of nodes only
  bool of_edges = false;  // `label` is a relationship type then
  std::string label;
  std::string property;
  bool operator==(const IndexDefinition&) const = default;
};

struct IndexInfo : IndexDefinition {
  std::uint32_t number = 0;  // of this store, never given twice
};

// What to look for. Bounds belong to the range; those of two kinds that cannot be compared leave
// nothing. Values that are maps, nodes, relationships or paths are found nowhere.
struct IndexRange {
  std::optional<Value> equal;
  std::optional<std::string> prefix;  // of texts
  std::optional<Value> lower, upper;
};

struct IndexCounts {
  std::uint64_t entries = 0;
  double of_a_value = 1;  // that share one, estimated
};

}  // namespace tupu::graph
