// What is in the graph, and what stands in its middle.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::app {

struct GraphStats {
  struct Entity {
    std::string id, name, type;
    double rank = 0;  // PageRank
    std::uint64_t out = 0, in = 0;
  };
  struct Component {
    std::uint64_t nodes = 0;
    Entity centre;  // its node of highest rank
  };
  graph::StoreCounts counts;
  std::uint64_t component_count = 0;
  std::vector<Component> components;  // the largest
  std::vector<Entity> best;           // by PageRank
};

// `top`: how many components and entities at most. Order does not depend on how the store came to
// be: equal sizes and ranks stand by id.
Result<GraphStats> ComputeStats(const graph::View& view, const graph::Schema& schema,
                                std::size_t top);

std::string StatsText(const GraphStats& stats);  // for people
std::string StatsJson(const GraphStats& stats);  // one line

}  // namespace tupu::app
