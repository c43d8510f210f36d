// Rewrites of chains of expansions of which only a number, or the different ends, is wanted.
#include <algorithm>

#include "query/plan/planner_impl.h"

namespace tupu::query {
namespace {

constexpr std::size_t kMostSteps = 12;

// The expansions that end at a plan, and the input below them.
struct Chain {
  std::vector<TrailStep> steps;  // the first one first
  PlanPtr* input = nullptr;
};

bool IsExpansion(const Plan& plan) {
  return plan.kind == PlanKind::kExpand || plan.kind == PlanKind::kExpandInto;
}

// No steps where there is no such chain.
Chain ChainAt(PlanPtr& top, const PlannerContext& context) {
  Chain chain;
  PlanPtr* at = &top;
  while (IsExpansion(**at) && chain.steps.size() < kMostSteps) {
    const Plan& plan = **at;
    // Walks of earlier clauses are lists of edges.
    for (const Slot slot : plan.unlike) {
      if (context.slots[slot].kind != SlotKind::kEdge) return {};
    }
    TrailStep step;
    step.from = plan.from;
    step.edge = plan.edge;
    step.to = plan.to;
    step.walk = plan.walk;
    step.into = plan.kind == PlanKind::kExpandInto;
    step.types = plan.types;
    step.unlike = plan.unlike;
    step.rows = plan.rows;
    chain.steps.push_back(std::move(step));
    at = &(*at)->children[0];
  }
  std::reverse(chain.steps.begin(), chain.steps.end());
  chain.input = at;
  return chain;
}

bool Among(const std::vector<Slot>& slots, Slot slot) {
  return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

std::vector<Slot> SlotsOf(const BoundExpr& expr) {
  std::vector<Slot> out;
  CollectSlots(expr, out);
  return out;
}

// Nodes and edges that a trail brings; none of them is null.
std::vector<Slot> BroughtBy(const Chain& chain) {
  std::vector<Slot> out;
  for (const TrailStep& step : chain.steps) {
    out.push_back(step.edge);
    if (!step.into) out.push_back(step.to);
  }
  return out;
}

// Whether the aggregate is how many rows there are.
bool CountsRows(const Aggregate& aggregate, const std::vector<Slot>& never_null) {
  if (aggregate.function != Function::kCount || aggregate.distinct) return false;
  return !aggregate.argument || (aggregate.argument->kind == BoundKind::kSlot &&
                                 Among(never_null, aggregate.argument->slot));
}

// Whether it stays the same when rows are repeated.
bool IgnoresRepeats(const Aggregate& aggregate) {
  return aggregate.argument &&
         (aggregate.distinct || aggregate.function == Function::kMin ||
          aggregate.function == Function::kMax) &&
         aggregate.function != Function::kCollect;
}

bool ReadsNone(const BoundExpr& expr, const std::vector<Slot>& slots) {
  const std::vector<Slot> read = SlotsOf(expr);
  return std::none_of(read.begin(), read.end(), [&](Slot slot) { return Among(slots, slot); });
}

bool ReadsOnly(const BoundExpr& expr, const std::vector<Slot>& slots) {
  const std::vector<Slot> read = SlotsOf(expr);
  return std::all_of(read.begin(), read.end(), [&](Slot slot) { return Among(slots, slot); });
}

// The chain below, its place taken by an operator of it.
PlanPtr MakeTrails(Chain chain, PlanPtr& top, TrailResult result, Slot to) {
  PlanPtr plan = NewPlan(PlanKind::kTrails, nullptr);
  const double rows = top->rows;
  PlanPtr input = std::move(*chain.input);
  plan->rows = result == TrailResult::kTotal    ? 1
               : result == TrailResult::kPerRow ? std::min(rows, input->rows)
                                                : rows;
  plan->children.push_back(std::move(input));
  plan->steps = std::move(chain.steps);
  plan->trails = result;
  plan->to = to;
  return plan;
}

// The operator below the projections below a plan.
PlanPtr& BelowProjections(Plan& plan) {
  PlanPtr* at = &plan.children[0];
  while ((*at)->kind == PlanKind::kProject) at = &(*at)->children[0];
  return *at;
}

}  // namespace

Result<PlanPtr> CountTrails(PlanPtr plan, PlannerContext& context) {
  if (plan->kind != PlanKind::kAggregate) return plan;
  PlanPtr& top = BelowProjections(*plan);
  Chain chain = ChainAt(top, context);
  if (chain.steps.empty()) return plan;
  const std::vector<Slot> brought = BroughtBy(chain);
  if (plan->keys.empty() && plan->aggregates.size() == 1 && &top == &plan->children[0] &&
      CountsRows(plan->aggregates[0], brought)) {
    return MakeTrails(std::move(chain), top, TrailResult::kTotal, plan->aggregates[0].slot);
  }
  // Groups by what is known before the chain: one row for all trails from a row.
  if (plan->keys.empty()) return plan;
  std::vector<Slot> hidden = brought;
  for (const Plan* at = plan->children[0].get(); at != top.get(); at = at->children[0].get()) {
    for (const Computed& computed : at->computed) {
      if (!ReadsNone(*computed.expr, brought)) hidden.push_back(computed.slot);
    }
  }
  // Projections may build on one another; looked at from above, once is not enough then.
  for (const Plan* at = plan->children[0].get(); at != top.get(); at = at->children[0].get()) {
    for (const Computed& computed : at->computed) {
      if (!Among(hidden, computed.slot) && !ReadsNone(*computed.expr, hidden)) return plan;
    }
  }
  for (const Slot key : plan->keys) {
    if (Among(hidden, key)) return plan;
  }
  bool counts = false;
  for (const Aggregate& aggregate : plan->aggregates) {
    if (CountsRows(aggregate, brought)) {
      counts = true;
    } else if (!IgnoresRepeats(aggregate) || !ReadsNone(*aggregate.argument, hidden)) {
      return plan;
    }
  }
  if (!counts) return plan;
  // Nothing above may want what is hidden; it was only there to be counted.
  for (Plan* at = plan->children[0].get(); at != top.get(); at = at->children[0].get()) {
    std::erase_if(at->computed,
                  [&](const Computed& computed) { return Among(hidden, computed.slot); });
  }
  const Slot number = context.NewSlot(SlotKind::kValue);
  top = MakeTrails(std::move(chain), top, TrailResult::kPerRow, number);
  for (Aggregate& aggregate : plan->aggregates) {
    if (!CountsRows(aggregate, brought)) continue;
    aggregate.function = Function::kSum;
    aggregate.argument = std::make_unique<BoundExpr>();
    aggregate.argument->kind = BoundKind::kSlot;
    aggregate.argument->slot = number;
    aggregate.argument->types = kIntType;
  }
  return plan;
}

Result<PlanPtr> FindTrailEnds(PlanPtr plan, PlannerContext& context) {
  const bool aggregate = plan->kind == PlanKind::kAggregate && plan->keys.empty();
  if (!aggregate && plan->kind != PlanKind::kDistinct) return plan;
  PlanPtr& top = BelowProjections(*plan);
  Chain chain = ChainAt(top, context);
  if (chain.steps.empty() || chain.steps.back().into) return plan;
  const Slot end = chain.steps.back().to;
  std::vector<Slot> known = {end};
  std::vector<const Plan*> projections;
  for (const Plan* at = plan->children[0].get(); at != top.get(); at = at->children[0].get()) {
    projections.push_back(at);
  }
  for (std::size_t i = projections.size(); i-- > 0;) {
    for (const Computed& computed : projections[i]->computed) {
      if (!ReadsOnly(*computed.expr, known)) return plan;
    }
    for (const Computed& computed : projections[i]->computed) known.push_back(computed.slot);
  }
  if (aggregate) {
    for (const Aggregate& each : plan->aggregates) {
      if (!IgnoresRepeats(each) || !ReadsOnly(*each.argument, known)) return plan;
    }
  } else if (!std::all_of(plan->keys.begin(), plan->keys.end(),
                          [&](Slot key) { return Among(known, key); })) {
    return plan;
  }
  top = MakeTrails(std::move(chain), top, TrailResult::kEnds, end);
  if (!aggregate) return plan;
  // Every end comes once.
  for (Aggregate& each : plan->aggregates) {
    if (each.argument->kind == BoundKind::kSlot && each.argument->slot == end) {
      each.distinct = false;
    }
  }
  return plan;
}

}  // namespace tupu::query
