// Shared by planner.cpp (the tree), rewrite.cpp (the list of rewrites) and pattern_planner.cpp
// (lowering of patterns).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "query/plan/planner.h"

namespace tupu::query {

struct IndexChoice {
  std::uint32_t number = 0;
  double entries = 0;
  double of_a_value = 1;
};

// Counts of the store, asked for once each.
class Statistics {
 public:
  explicit Statistics(const graph::View& view) : view_(view) {}

  Result<double> Nodes(const std::string& label);  // "": all
  Result<double> Edges(const std::string& type);   // "": all
  // Of any of the types; of all for none.
  Result<double> Edges(const std::vector<std::string>& types);
  // The index on a label, or type, and a property; null where there is none.
  const IndexChoice* Index(bool of_edges, const std::string& label, const std::string& property);

 private:
  const graph::View& view_;
  std::map<std::string, double> nodes_;
  std::map<std::string, double> edges_;
  std::map<std::tuple<bool, std::string, std::string>, std::optional<IndexChoice>> indexes_;
};

struct PlannerContext {
  std::vector<SlotInfo>& slots;
  Statistics& statistics;
  const PlannerOptions& options;
  bool changes_labels;  // running it may; so none can be assumed
  std::set<std::string>& assumed_labels;

  Slot NewSlot(SlotKind kind) {
    slots.push_back({"#" + std::to_string(slots.size()), kind});
    return static_cast<Slot>(slots.size() - 1);
  }
};

PlanPtr NewPlan(PlanKind kind, PlanPtr input);
// The slots that a plan's rows have.
std::vector<bool> Produced(const Plan& plan, std::size_t slots);

// kLimit for a plan with more operators above one another than the stack is sure to take.
Status CheckDepth(const Plan& root);

// The plan of a pattern's matches on top of its input; `pattern` is a kPattern.
Result<PlanPtr> LowerPattern(PlanPtr pattern, PlannerContext& context);

// rewrite_trails.cpp: counting and deduplicating without rows.
Result<PlanPtr> CountTrails(PlanPtr plan, PlannerContext& context);
Result<PlanPtr> FindTrailEnds(PlanPtr plan, PlannerContext& context);

// Runs the list of rewrites over a whole plan; sets Plan::live.
Result<PlanPtr> Rewrite(PlanPtr plan, const std::vector<Slot>& outputs, PlannerContext& context);

// Plans the subqueries of all expressions below.
Status PlanSubqueries(Plan& plan, PlannerContext& context);
Result<PlanPtr> PlanQuery(BoundQuery& query, const Subquery* subquery, PlannerContext& context);

}  // namespace tupu::query
