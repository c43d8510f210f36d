// From the names that people type to nodes, and to names that they may have meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/store/store.h"

namespace tupu::app {

// Nodes with this id, or else with this name or alias. kNotFound, with near names in the message,
// or what judgements reject, where there is none.
Result<std::vector<NodeId>> FindNodes(const graph::View& view, std::string_view name);

// The keys of entities that judgements reject, in some document or all: those with this key, as
// judgements have it, this id or this name. Where there is none, and `as_said`, those that
// documents call so.
Result<std::vector<graph::EntityKey>> RejectedKeysNamed(const graph::View& view,
                                                        std::string_view text, bool as_said);

// Names that look like `name`, the nearest first: by pairs of characters in common (Dice 1945).
// Reads up to a fixed number of nodes: for a message, not for search.
Result<std::vector<std::string>> NearNames(const graph::View& view, std::string_view name,
                                           std::size_t limit);

}  // namespace tupu::app
