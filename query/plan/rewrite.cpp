// The rewrites, one list, run in order from the bottom of the plan up.
#include <algorithm>

#include "query/plan/planner_impl.h"

namespace tupu::query {
namespace {

struct RewriteRule {
  std::string_view name;
  std::string_view reason;  // for its place in the list
  bool needed;              // a plan cannot run without
  Result<PlanPtr> (*apply)(PlanPtr, PlannerContext&);
};

// MATCH (n:Label) RETURN count(*): the store has counted already.
Result<PlanPtr> CountFromStatistics(PlanPtr plan, PlannerContext&) {
  if (plan->kind != PlanKind::kAggregate || !plan->keys.empty() || plan->aggregates.size() != 1 ||
      plan->children[0]->kind != PlanKind::kPattern) {
    return plan;
  }
  const Plan& pattern = *plan->children[0];
  const BoundMatch& match = pattern.match;
  const Aggregate& aggregate = plan->aggregates[0];
  if (pattern.children[0]->kind != PlanKind::kSingleRow || match.optional ||
      !match.conjuncts.empty() || !match.paths.empty() || aggregate.function != Function::kCount) {
    return plan;
  }
  // Every node and edge is counted once, so count(DISTINCT n) is the same.
  const auto counts = [&](Slot slot) {
    return aggregate.argument
               ? aggregate.argument->kind == BoundKind::kSlot && aggregate.argument->slot == slot
               : !aggregate.distinct;
  };
  auto count = std::make_unique<Plan>();
  count->kind = PlanKind::kCount;
  count->to = aggregate.slot;
  if (match.nodes.size() == 1 && match.rels.empty()) {
    const PatternNode& node = match.nodes[0];
    if (node.bound || node.labels.size() > 1 || !counts(node.slot)) return plan;
    count->labels = node.labels;
    return count;
  }
  if (match.nodes.size() == 2 && match.rels.size() == 1) {
    const PatternRel& rel = match.rels[0];
    const bool bare =
        std::all_of(match.nodes.begin(), match.nodes.end(),
                    [](const PatternNode& node) { return !node.bound && node.labels.empty(); });
    if (!bare || rel.bound || rel.variable_length || rel.arrow == Arrow::kBoth ||
        rel.types.size() > 1 || !counts(rel.slot)) {
      return plan;
    }
    count->of_edges = true;
    count->types = rel.types;
    return count;
  }
  return plan;
}

Result<PlanPtr> Lower(PlanPtr plan, PlannerContext& context) {
  if (plan->kind != PlanKind::kPattern) return plan;
  return LowerPattern(std::move(plan), context);
}

// The first few rows of an order need no room for all of them.
Result<PlanPtr> SortAndLimit(PlanPtr plan, PlannerContext&) {
  if (plan->kind != PlanKind::kLimit || plan->children[0]->kind != PlanKind::kSort) return plan;
  PlanPtr sort = std::move(plan->children[0]);
  sort->kind = PlanKind::kTop;
  sort->exprs = std::move(plan->exprs);
  return sort;
}

constexpr RewriteRule kRules[] = {
    {"count from statistics", "first, while the pattern is still whole", false,
     CountFromStatistics},
    {"lower patterns", "before anything that looks at single steps", true, Lower},
    {"count trails", "once all that stands between expansions is known", false, CountTrails},
    {"find the ends of trails", "after counting, which takes the same chains", false,
     FindTrailEnds},
    {"sort and limit", "any time after the input is final", false, SortAndLimit},
};

Result<PlanPtr> ApplyRules(PlanPtr plan, PlannerContext& context) {
  for (const RewriteRule& rule : kRules) {
    // The rule that counts looks at a pattern below it, so it runs before its children.
    if (rule.apply == CountFromStatistics && context.options.rewrites) {
      TUPU_ASSIGN(plan, rule.apply(std::move(plan), context));
    }
  }
  for (PlanPtr& child : plan->children) {
    TUPU_ASSIGN(child, ApplyRules(std::move(child), context));
  }
  double rows = plan->children.empty() ? plan->rows : plan->children[0]->rows;
  switch (plan->kind) {
    case PlanKind::kAggregate:
      rows = plan->keys.empty() ? 1 : std::max(1.0, rows * 0.3);
      break;
    case PlanKind::kUnwind:
      rows *= 10;
      break;
    case PlanKind::kUnion:
      rows = 0;
      for (const PlanPtr& child : plan->children) rows += child->rows;
      break;
    default:
      break;
  }
  plan->rows = rows;
  for (const RewriteRule& rule : kRules) {
    if (rule.apply == CountFromStatistics) continue;
    if (rule.needed || context.options.rewrites) {
      TUPU_ASSIGN(plan, rule.apply(std::move(plan), context));
    }
  }
  return plan;
}

// Which slots each operator's rows have to carry: what is read above. Everything else is not even
// copied.
class Pruner {
 public:
  explicit Pruner(std::size_t slots) : slots_(slots) {}

  void Run(Plan& plan, std::vector<bool> needed) {
    plan.live.clear();
    for (Slot slot = 0; slot < needed.size(); ++slot) {
      if (needed[slot]) plan.live.push_back(slot);
    }
    Plan* current = &plan;
    // Down the main input without recursion; side inputs by recursion (they nest by syntax).
    while (current) {
      // A named path that nobody looks at is not put together.
      std::erase_if(current->computed, [&](const Computed& computed) {
        return current->kind != PlanKind::kShortestPath &&
               computed.expr->kind == BoundKind::kPath && !needed[computed.slot];
      });
      Read(*current, needed);
      if (current->kind == PlanKind::kUnion) {
        for (std::size_t i = 0; i < current->children.size(); ++i) {
          std::vector<bool> inner(slots_, false);
          for (const Slot slot : current->outputs[i]) inner[slot] = true;
          Run(*current->children[i], std::move(inner));
        }
        return;
      }
      if (current->kind == PlanKind::kMerge) {
        // The inner rows are those that come out; what creating needs is there from outside.
        std::vector<bool> inner(slots_, false);
        for (const Slot slot : current->live) inner[slot] = true;
        for (const Slot slot : current->slots) inner[slot] = true;
        for (Slot slot = 0; slot < slots_; ++slot) inner[slot] = inner[slot] || needed[slot];
        Plan& pattern = *current->children[1];
        Run(pattern, inner);
        const Plan* argument = &pattern;
        while (!argument->children.empty()) argument = argument->children[0].get();
        for (const Slot slot : argument->live) needed[slot] = true;
        for (const Slot slot : current->slots) needed[slot] = false;
      }
      if (current->kind == PlanKind::kOptional) {
        // The inner rows carry what is needed above, and the number of their outer row.
        std::vector<bool> inner(slots_, false);
        for (const Slot slot : current->live) inner[slot] = true;
        inner[current->row] = true;
        Plan& pattern = *current->children[1];
        Run(pattern, inner);
        const Plan* argument = &pattern;
        while (!argument->children.empty()) argument = argument->children[0].get();
        for (const Slot slot : argument->live) needed[slot] = true;
        needed[current->row] = false;
        for (const Slot slot : current->slots) needed[slot] = false;
      }
      if (current->children.empty()) return;
      current = current->children[0].get();
      current->live.clear();
      for (Slot slot = 0; slot < needed.size(); ++slot) {
        if (needed[slot]) current->live.push_back(slot);
      }
    }
  }

 private:
  void Add(const BoundExpr& expr, std::vector<bool>& needed) const {
    std::vector<Slot> slots;
    CollectSlots(expr, slots);
    for (const Slot slot : slots) needed[slot] = true;
  }

  void ReadUpdates(const Plan& plan, std::vector<bool>& needed) const {
    const auto read = [&](const BoundExprPtr& expr) {
      if (expr) Add(*expr, needed);
    };
    for (const Created& created : plan.create.elements) read(created.expr);
    for (const std::vector<BoundUpdate>* updates : {&plan.updates, &plan.on_match}) {
      for (const BoundUpdate& update : *updates) {
        read(update.target);
        read(update.value);
      }
    }
  }

  // From what is needed of an operator's rows to what it needs of its input's.
  void Read(const Plan& plan, std::vector<bool>& needed) const {
    const auto fills = [&](Slot slot) {
      if (slot != kNoSlot) needed[slot] = false;
    };
    const auto reads = [&](Slot slot) {
      if (slot != kNoSlot) needed[slot] = true;
    };
    switch (plan.kind) {
      case PlanKind::kAggregate:
        std::fill(needed.begin(), needed.end(), false);
        for (const Slot slot : plan.keys) reads(slot);
        for (const Aggregate& aggregate : plan.aggregates) {
          if (aggregate.argument) Add(*aggregate.argument, needed);
          if (aggregate.second) Add(*aggregate.second, needed);
        }
        return;
      case PlanKind::kRecall:
        for (const Slot slot : plan.slots) fills(slot);
        return;
      case PlanKind::kProject:
        for (const Computed& computed : plan.computed) fills(computed.slot);
        for (const Computed& computed : plan.computed) Add(*computed.expr, needed);
        return;
      case PlanKind::kDistinct:
        for (const Slot slot : plan.keys) reads(slot);
        return;
      case PlanKind::kSort:
      case PlanKind::kTop:
        for (const SortKey& key : plan.order) reads(key.slot);
        break;
      case PlanKind::kNodeScan:
      case PlanKind::kNodeSeek:
      case PlanKind::kIndexSeek:
      case PlanKind::kLabelsScan:
      case PlanKind::kUnwind:
        fills(plan.to);
        break;
      case PlanKind::kEdgeScan:
      case PlanKind::kEdgeSeek:
        fills(plan.edge);
        fills(plan.from);
        fills(plan.to);
        break;
      case PlanKind::kEdgeEnds:
        if (!plan.from_known) fills(plan.from);
        if (!plan.to_known) fills(plan.to);
        reads(plan.edge);
        if (plan.from_known) reads(plan.from);
        if (plan.to_known) reads(plan.to);
        break;
      case PlanKind::kExpand:
      case PlanKind::kExpandInto:
      case PlanKind::kVarExpand:
        fills(plan.edge);
        fills(plan.path);
        if (plan.kind == PlanKind::kExpand ||
            (plan.kind == PlanKind::kVarExpand && !plan.to_known)) {
          fills(plan.to);
        } else {
          reads(plan.to);
        }
        reads(plan.from);
        break;
      case PlanKind::kTrails: {
        std::vector<Slot> brought;
        const auto reads_input = [&](Slot slot) {
          if (std::find(brought.begin(), brought.end(), slot) == brought.end()) reads(slot);
        };
        if (plan.trails != TrailResult::kPerRow) std::fill(needed.begin(), needed.end(), false);
        fills(plan.to);
        for (const TrailStep& step : plan.steps) {
          reads_input(step.from);
          if (step.into) reads_input(step.to);
          for (const Slot slot : step.unlike) reads_input(slot);
          brought.push_back(step.edge);
          if (!step.into) brought.push_back(step.to);
        }
        return;
      }
      case PlanKind::kShortestPath:
        for (const Computed& computed : plan.computed) Add(*computed.expr, needed);
        for (const std::vector<BoundExprPtr>* exprs : {&plan.exprs, &plan.each_step}) {
          for (const BoundExprPtr& expr : *exprs) Add(*expr, needed);
        }
        for (const auto& [name, expr] : plan.properties) Add(*expr, needed);
        for (const Computed& computed : plan.computed) fills(computed.slot);
        fills(plan.edge);
        fills(plan.path);
        reads(plan.from);
        reads(plan.to);
        return;
      case PlanKind::kCreate:
      case PlanKind::kMerge: {
        for (const Created& created : plan.create.elements) {
          reads(created.from);
          reads(created.to);
        }
        ReadUpdates(plan, needed);
        for (const Slot slot : plan.slots) fills(slot);
        break;
      }
      case PlanKind::kUpdate:
        ReadUpdates(plan, needed);
        break;
      case PlanKind::kCall:
        for (const Slot slot : plan.slots) fills(slot);
        break;
      default:
        break;
    }
    for (const Slot slot : plan.unlike) reads(slot);
    for (const BoundExprPtr& expr : plan.exprs) Add(*expr, needed);
    for (const auto& [name, expr] : plan.properties) Add(*expr, needed);
  }

  std::size_t slots_;
};

}  // namespace

Result<PlanPtr> Rewrite(PlanPtr plan, const std::vector<Slot>& outputs, PlannerContext& context) {
  TUPU_TRY(CheckDepth(*plan));
  TUPU_ASSIGN(plan, ApplyRules(std::move(plan), context));
  TUPU_TRY(CheckDepth(*plan));
  TUPU_TRY(PlanSubqueries(*plan, context));
  std::vector<bool> needed(context.slots.size(), false);
  for (const Slot slot : outputs) needed[slot] = true;
  Pruner(context.slots.size()).Run(*plan, std::move(needed));
  return plan;
}

}  // namespace tupu::query
