// The values that a scenario's tables hold, and whether a query's value is the same.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/store.h"

namespace tupu::query::tck {

// A value as the tables write it: null, true, 1, 1.5, 'text', [list], {map: 1}, (:Node {p: 1}),
// [:EDGE {p: 1}], <(:A)-[:T]->(:B)>.
struct Expected {
  enum class Kind { kPlain, kList, kMap, kNode, kEdge, kPath };
  Kind kind = Kind::kPlain;
  graph::Value plain;
  std::vector<Expected> elements;  // of a list; of a path: nodes and edges in turn
  std::vector<std::string> names;  // keys of a map; labels (sorted) or type of an element
  std::vector<Expected> values;    // of a map, or of the properties
  std::vector<std::string> keys;   // of the properties
  bool backwards = false;          // of an edge within a path: <-[:T]-
};

// kInvalidInput for what is no such value.
Result<Expected> ParseExpected(std::string_view text);

// As a parameter or a procedure's value: without nodes, edges and paths.
Result<graph::Value> ToValue(const Expected& expected);

// Integers and floats are told apart, NaN is NaN; temporal values are what they print as.
Result<bool> Matches(const graph::View& view, const Expected& expected, const graph::Value& actual,
                     bool any_list_order);

}  // namespace tupu::query::tck
