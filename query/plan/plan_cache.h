// Plans of statements that ran before. A plan stays right when the graph changes, unless it rests
// on all nodes having some label; it only may not be the best any more, so it is made anew once the
// graph has twice as many nodes or edges, or half. Not for several threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/store/store.h"
#include "query/plan/plan.h"

namespace tupu::query {

class PlanCache {
 public:
  // What a plan depends on beside the graph: the text, and which parameters are given.
  static std::string Key(std::string_view text,
                         const std::map<std::string, graph::Value>& parameters);

  // Null where there is none that can be used for this state of the graph.
  std::shared_ptr<const PlannedStatement> Find(const std::string& key, const graph::View& view);
  // Plans of EXPLAIN and PROFILE, and of very long texts, are only handed back.
  std::shared_ptr<const PlannedStatement> Keep(const std::string& key, PlannedStatement plan,
                                               const graph::View& view);

 private:
  struct Entry {
    std::shared_ptr<const PlannedStatement> plan;
    std::uint64_t state = 0;  // for which it is known to be good; 0: none
    std::uint64_t nodes = 0;  // when it was made
    std::uint64_t edges = 0;
    std::uint64_t indexes = 0;  // their version
  };

  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace tupu::query
