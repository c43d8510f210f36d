// The logical plan: a tree of operators, each taking rows from the one below.
//
// Pattern operators take rows too (a scan gives every row once for each node that it finds), so a
// MATCH is a chain. The planner leaves patterns whole; lowering them into scans and expansions is a
// rewrite like the others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "query/plan/bound.h"

namespace tupu::query {

enum class PlanKind : std::uint8_t {
  kSingleRow,     // one row without columns
  kArgument,      // the row, or rows, of the operator around this plan: `slots`
  kPattern,       // all matches of `match`; gone after lowering
  kNodeScan,      // every node, or every node with labels[0], into `to`
  kNodeSeek,      // nodes whose `name` ("id" or "name") may be exprs[0], into `to`
  kIndexSeek,     // nodes that `index` has for `seek` of `exprs`, into `to`
  kEdgeSeek,      // edges that `index` has, as kEdgeScan has them
  kLabelsScan,    // every node with any of `labels`, into `to`
  kEdgeScan,      // every edge of `types` into `edge`, its ends into `from` and `to`
  kEdgeEnds,      // the ends of the edge in `edge` into `from` and `to`, or compared with them
  kExpand,        // the edges at `from` into `edge`, their other ends into `to`
  kExpandInto,    // the same with `to` known
  kVarExpand,     // walks from `from` into `path` and `edge` (the list), their ends into `to`
  kShortestPath,  // from `from` to `to` the shortest walks, of `computed` too, into `path` and
                  // `edge`
  kTrails,        // `steps` from each row, of which only `trails` is wanted
  kFilter,        // rows for which all `exprs` are true
  kProject,       // `computed`
  kAggregate,     // one row a group: `keys`, `aggregates`
  kRecall,        // the outer row's `slots` again, after a kAggregate
  kDistinct,      // the first row of each `keys`
  kSort,          // by `order`
  kTop,           // the first exprs[0] rows by `order`
  kSkip,          // without the first exprs[0] rows
  kLimit,         // the first exprs[0] rows
  kUnwind,        // exprs[0]'s elements into `to`
  kOptional,      // rows of children[1] for each of children[0], or one with nulls in `slots`
  kUnion,         // rows of all children, their `outputs` brought into `slots`
  kCreate,        // `create`'s nodes and edges, into `slots`
  kUpdate,        // SET and REMOVE: `updates`
  kMerge,         // rows of children[1] for each of children[0], or else `create`; into `slots`
  kDelete,        // the nodes, edges and paths that `exprs` are
  kCall,          // the rows of `procedure` called with `exprs`, into `yields`
  kCount          // how many nodes (with labels[0]) or edges (of types[0]) there are, into `to`
};

// What an index is asked for: exprs[0], the elements of exprs[0], texts that begin with exprs[0],
// values from exprs[0] on (`seek_lower`) and up to the last of exprs (`seek_upper`).
enum class SeekKind : std::uint8_t { kEqual, kIn, kPrefix, kRange };

enum class Walk : std::uint8_t { kOut, kIn, kBoth };

// One expansion of a kTrails.
struct TrailStep {
  Slot from = kNoSlot;
  Slot edge = kNoSlot;
  Slot to = kNoSlot;
  Walk walk = Walk::kOut;
  bool into = false;  // `to` is known before
  std::vector<std::string> types;
  std::vector<Slot> unlike;
  double rows = 1;  // estimated, behind the step
};
enum class TrailResult : std::uint8_t {
  kTotal,   // one row: how many trails there are from all rows, into `to`
  kPerRow,  // the rows from which there are trails, their number into `to`
  kEnds     // a row for each different node at the end of a trail, the last step's `to`
};

struct Plan {
  PlanKind kind = PlanKind::kSingleRow;
  std::vector<std::unique_ptr<Plan>> children;
  double rows = 1;  // estimated

  BoundMatch match;  // kPattern

  Slot from = kNoSlot;
  Slot edge = kNoSlot;
  Slot to = kNoSlot;
  Slot path = kNoSlot;
  Slot row = kNoSlot;      // kOptional: where the inner rows say which outer row they belong to
  bool from_known = true;  // kEdgeEnds
  bool to_known = false;   // kEdgeEnds, kVarExpand
  Walk walk = Walk::kOut;
  bool reversed = false;  // kVarExpand: walked against the written order
  std::uint32_t min = 1;
  std::uint32_t max = 0;
  bool unbounded = false;
  Shortest shortest = Shortest::kNo;
  std::vector<TrailStep> steps;  // kTrails
  TrailResult trails = TrailResult::kTotal;
  bool of_edges = false;    // kCount
  bool optional = false;    // kUnwind, kCall: a row with nulls where there would be none
  bool writes = false;      // kUnwind: its list is made by a subquery that writes
  std::uint32_t index = 0;  // kIndexSeek, kEdgeSeek; on labels[0] or types[0] and `name`
  SeekKind seek = SeekKind::kEqual;
  bool seek_lower = false, seek_upper = false;
  std::string name;
  std::vector<std::string> labels;
  std::vector<std::string> types;
  std::vector<Slot> unlike;  // edges, and walks, of the same MATCH: no edge may be among them
  std::vector<std::pair<std::string, BoundExprPtr>> properties;

  std::vector<BoundExprPtr> exprs;
  std::vector<BoundExprPtr> each_step;  // kShortestPath: hold of a path if of each step of it
  std::vector<Computed> computed;
  std::vector<Slot> keys;
  std::vector<Aggregate> aggregates;
  std::vector<SortKey> order;
  std::vector<Slot> slots;
  std::vector<std::vector<Slot>> outputs;

  BoundCreate create;
  std::vector<BoundUpdate> updates;   // kMerge: where it created
  std::vector<BoundUpdate> on_match;  // kMerge: where it did not
  bool detach = false;                // kDelete: a node's edges too
  const Procedure* procedure = nullptr;
  std::vector<std::pair<std::size_t, Slot>> yields;  // number of the output, where it goes

  std::vector<Slot> live;  // what the operators above need of the rows that come out; sorted
};
using PlanPtr = std::unique_ptr<Plan>;

// A plan with what it needs to run.
struct PlannedStatement {
  bool explain = false;
  bool profile = false;
  bool updating = false;
  bool returns = true;
  std::vector<std::string> columns;
  std::vector<Slot> outputs;  // of the columns
  std::vector<SlotInfo> slots;
  std::uint32_t locals = 0;
  // The plan is right only as long as all nodes have these labels.
  std::set<std::string> assumed_labels;
  PlanPtr root;
};

// Whether running the plan, subqueries aside, may change the graph.
bool IsUpdating(const Plan& plan);
// Calls visit for every expression that the operator itself evaluates; null ones are left out.
void ForEachOwnExpr(Plan& plan, const std::function<void(BoundExpr&)>& visit);

// An operator of a plan as a line: what it does, how deep below the root it stands. Without a plan
// it is a heading.
struct PlanLine {
  std::size_t depth = 0;
  std::string text;
  const Plan* plan = nullptr;
};
std::int64_t EstimatedRows(const Plan& plan);
std::vector<PlanLine> ListPlan(const Plan& plan, const std::vector<SlotInfo>& slots);

// One operator a line, indented below the one that takes its rows; with estimates, "~N rows".
std::vector<std::string> DumpPlan(const Plan& plan, const std::vector<SlotInfo>& slots,
                                  bool estimates);
std::string PrintBound(const BoundExpr& expr, const std::vector<SlotInfo>& slots);

}  // namespace tupu::query
