#include "query/plan/planner.h"

#include <algorithm>

#include "query/plan/planner_impl.h"

namespace tupu::query {
namespace {

// Operators pull from one another, so a plan takes stack to run.
constexpr std::size_t kMaxOperators = 1200;

class QueryPlanner {
 public:
  QueryPlanner(const Subquery* subquery, PlannerContext& context)
      : subquery_(subquery), context_(context) {}

  Result<PlanPtr> Part(BoundPart& part) {
    PlanPtr plan = Source();
    for (BoundClause& clause : part.clauses) {
      plan = std::visit([&](auto& bound) { return Add(bound, std::move(plan)); }, clause);
    }
    return plan;
  }

 private:
  PlanPtr Source() const {
    if (!subquery_) return NewPlan(PlanKind::kSingleRow, nullptr);
    PlanPtr plan = NewPlan(PlanKind::kArgument, nullptr);
    for (const Import& import : subquery_->imports) plan->slots.push_back(import.slot);
    return plan;
  }

  PlanPtr Add(BoundMatch& match, PlanPtr input) {
    if (!match.optional) {
      PlanPtr plan = NewPlan(PlanKind::kPattern, std::move(input));
      plan->match = std::move(match);
      return plan;
    }
    PlanPtr plan = NewPlan(PlanKind::kOptional, std::move(input));
    plan->slots = match.fresh;
    plan->row = context_.NewSlot(SlotKind::kRow);
    PlanPtr argument = ArgumentOf(*plan->children[0]);
    argument->slots.push_back(plan->row);
    PlanPtr inner = NewPlan(PlanKind::kPattern, std::move(argument));
    inner->match = std::move(match);
    plan->children.push_back(std::move(inner));
    return plan;
  }

  // Hands on all that a plan's rows have.
  PlanPtr ArgumentOf(const Plan& input) const {
    PlanPtr argument = NewPlan(PlanKind::kArgument, nullptr);
    const std::vector<bool> produced = Produced(input, context_.slots.size());
    for (Slot slot = 0; slot < produced.size(); ++slot) {
      if (produced[slot]) argument->slots.push_back(slot);
    }
    return argument;
  }

  // CREATE after CREATE goes on with it.
  PlanPtr Add(BoundCreate& create, PlanPtr input) {
    if (input->kind == PlanKind::kCreate) {
      input->slots.insert(input->slots.end(), create.fresh.begin(), create.fresh.end());
      std::move(create.elements.begin(), create.elements.end(),
                std::back_inserter(input->create.elements));
      return input;
    }
    PlanPtr plan = NewPlan(PlanKind::kCreate, std::move(input));
    plan->slots = create.fresh;
    plan->create = std::move(create);
    return plan;
  }

  PlanPtr Add(BoundUpdates& updates, PlanPtr input) {
    PlanPtr plan = NewPlan(PlanKind::kUpdate, std::move(input));
    plan->updates = std::move(updates.items);
    return plan;
  }

  PlanPtr Add(BoundMerge& merge, PlanPtr input) {
    PlanPtr plan = NewPlan(PlanKind::kMerge, std::move(input));
    plan->slots = merge.match.fresh;
    plan->create = std::move(merge.create);
    plan->updates = std::move(merge.on_create);
    plan->on_match = std::move(merge.on_match);
    PlanPtr inner = NewPlan(PlanKind::kPattern, ArgumentOf(*plan->children[0]));
    inner->match = std::move(merge.match);
    plan->children.push_back(std::move(inner));
    return plan;
  }

  PlanPtr Add(BoundDelete& deletion, PlanPtr input) {
    PlanPtr plan = NewPlan(PlanKind::kDelete, std::move(input));
    plan->detach = deletion.detach;
    plan->exprs = std::move(deletion.exprs);
    return plan;
  }

  PlanPtr Add(BoundCall& call, PlanPtr input) {
    PlanPtr plan = NewPlan(PlanKind::kCall, std::move(input));
    plan->procedure = call.procedure;
    plan->exprs = std::move(call.arguments);
    plan->yields = std::move(call.yields);
    plan->optional = call.optional;
    for (const auto& [output, slot] : plan->yields) plan->slots.push_back(slot);
    if (call.where.empty()) return plan;
    plan = NewPlan(PlanKind::kFilter, std::move(plan));
    plan->exprs = std::move(call.where);
    return plan;
  }

  PlanPtr Add(BoundUnwind& unwind, PlanPtr input) {
    // What writes takes in all rows before it begins, and hands out the first when it is done: a
    // sort by nothing on either side.
    if (unwind.writes) input = NewPlan(PlanKind::kSort, std::move(input));
    PlanPtr plan = NewPlan(PlanKind::kUnwind, std::move(input));
    plan->exprs.push_back(std::move(unwind.list));
    plan->to = unwind.slot;
    plan->optional = unwind.optional;
    plan->writes = unwind.writes;
    return unwind.writes ? NewPlan(PlanKind::kSort, std::move(plan)) : std::move(plan);
  }

  PlanPtr Add(BoundProjection& projection, PlanPtr plan) {
    plan = Compute(std::move(projection.items), std::move(plan));
    if (projection.aggregates) {
      plan = NewPlan(PlanKind::kAggregate, std::move(plan));
      plan->keys = std::move(projection.keys);
      std::sort(plan->keys.begin(), plan->keys.end());
      plan->keys.erase(std::unique(plan->keys.begin(), plan->keys.end()), plan->keys.end());
      plan->aggregates = std::move(projection.aggregate);
      if (subquery_ && !subquery_->imports.empty()) {
        plan = NewPlan(PlanKind::kRecall, std::move(plan));
        for (const Import& import : subquery_->imports) plan->slots.push_back(import.slot);
      }
      plan = Compute(std::move(projection.after), std::move(plan));
    }
    if (projection.distinct) {
      plan = NewPlan(PlanKind::kDistinct, std::move(plan));
      for (const Output& output : projection.outputs) plan->keys.push_back(output.slot);
    }
    plan = Compute(std::move(projection.order_items), std::move(plan));
    if (!projection.order.empty()) {
      plan = NewPlan(PlanKind::kSort, std::move(plan));
      plan->order = std::move(projection.order);
    }
    if (projection.skip) {
      plan = NewPlan(PlanKind::kSkip, std::move(plan));
      plan->exprs.push_back(std::move(projection.skip));
    }
    if (projection.limit) {
      plan = NewPlan(PlanKind::kLimit, std::move(plan));
      plan->exprs.push_back(std::move(projection.limit));
    }
    if (!projection.where.empty()) {
      plan = NewPlan(PlanKind::kFilter, std::move(plan));
      plan->exprs = std::move(projection.where);
    }
    return plan;
  }

  static PlanPtr Compute(std::vector<Computed> computed, PlanPtr input) {
    if (computed.empty()) return input;
    PlanPtr plan = NewPlan(PlanKind::kProject, std::move(input));
    plan->computed = std::move(computed);
    return plan;
  }

  const Subquery* subquery_;
  PlannerContext& context_;
};

Status PlanSubqueriesOf(BoundExpr& expr, PlannerContext& context) {
  if (expr.subquery && !expr.subquery->plan) {
    Subquery& subquery = *expr.subquery;
    TUPU_ASSIGN(PlanPtr plan, PlanQuery(subquery.query, &subquery, context));
    TUPU_ASSIGN(subquery.plan, Rewrite(std::move(plan), subquery.query.outputs, context));
  }
  for (BoundExprPtr& child : expr.children) {
    if (child) TUPU_TRY(PlanSubqueriesOf(*child, context));
  }
  return {};
}

}  // namespace

Result<double> Statistics::Nodes(const std::string& label) {
  const auto known = nodes_.find(label);
  if (known != nodes_.end()) return known->second;
  double count = 0;
  const auto id = label.empty() ? std::nullopt : view_.FindLabel(label);
  if (label.empty() || id) {
    TUPU_ASSIGN(const std::uint64_t nodes, view_.CountNodes(id));
    count = static_cast<double>(nodes);
  }
  return nodes_[label] = count;
}

Result<double> Statistics::Edges(const std::string& type) {
  const auto known = edges_.find(type);
  if (known != edges_.end()) return known->second;
  double count = 0;
  const auto id = type.empty() ? std::nullopt : view_.FindType(type);
  if (type.empty() || id) {
    TUPU_ASSIGN(const std::uint64_t edges, view_.CountEdges(id));
    count = static_cast<double>(edges);
  }
  return edges_[type] = count;
}

Result<double> Statistics::Edges(const std::vector<std::string>& types) {
  if (types.empty()) return Edges(std::string());
  double sum = 0;
  for (const std::string& type : types) {
    TUPU_ASSIGN(const double edges, Edges(type));
    sum += edges;
  }
  return sum;
}

const IndexChoice* Statistics::Index(bool of_edges, const std::string& label,
                                     const std::string& property) {
  const auto key = std::make_tuple(of_edges, label, property);
  const auto known = indexes_.find(key);
  if (known != indexes_.end()) return known->second ? &*known->second : nullptr;
  std::optional<IndexChoice>& choice = indexes_[key];
  if (const auto info = view_.FindIndex(of_edges, label, property)) {
    // An index that cannot be counted is not used; reading something else will report the error.
    if (const auto counts = view_.CountIndex(info->number); counts.ok()) {
      choice = IndexChoice{info->number, static_cast<double>(counts->entries), counts->of_a_value};
    }
  }
  return choice ? &*choice : nullptr;
}

PlanPtr NewPlan(PlanKind kind, PlanPtr input) {
  auto plan = std::make_unique<Plan>();
  plan->kind = kind;
  if (input) {
    plan->rows = input->rows;
    plan->children.push_back(std::move(input));
  }
  return plan;
}

std::vector<bool> Produced(const Plan& root, std::size_t slots) {
  std::vector<bool> out(slots, false);
  const auto add = [&](Slot slot) {
    if (slot != kNoSlot) out[slot] = true;
  };
  // Down the main inputs, as far as rows keep what they had.
  for (const Plan* plan = &root; plan;) {
    for (const Slot slot : plan->slots) add(slot);
    for (const Computed& computed : plan->computed) add(computed.slot);
    for (const Aggregate& aggregate : plan->aggregates) add(aggregate.slot);
    for (const Slot slot : plan->match.fresh) add(slot);
    add(plan->from);
    add(plan->edge);
    add(plan->to);
    add(plan->path);
    if (plan->kind == PlanKind::kTrails && plan->trails != TrailResult::kPerRow) break;
    if (plan->kind == PlanKind::kAggregate) {
      for (const Slot slot : plan->keys) add(slot);
      break;
    }
    if (plan->kind == PlanKind::kUnion || plan->children.empty()) break;
    plan = plan->children[0].get();
  }
  return out;
}

void ForEachOwnExpr(Plan& plan, const std::function<void(BoundExpr&)>& visit) {
  const auto one = [&](const BoundExprPtr& expr) {
    if (expr) visit(*expr);
  };
  for (const BoundExprPtr& expr : plan.exprs) one(expr);
  for (const BoundExprPtr& expr : plan.each_step) one(expr);
  for (const Computed& computed : plan.computed) one(computed.expr);
  for (const auto& [name, expr] : plan.properties) one(expr);
  for (const Aggregate& aggregate : plan.aggregates) {
    one(aggregate.argument);
    one(aggregate.second);
  }
  for (const Created& created : plan.create.elements) one(created.expr);
  for (const std::vector<BoundUpdate>* updates : {&plan.updates, &plan.on_match}) {
    for (const BoundUpdate& update : *updates) {
      one(update.target);
      one(update.value);
    }
  }
}

bool IsUpdating(const Plan& root) {
  std::vector<const Plan*> open = {&root};
  while (!open.empty()) {
    const Plan& plan = *open.back();
    open.pop_back();
    if (plan.kind == PlanKind::kCreate || plan.kind == PlanKind::kUpdate ||
        plan.kind == PlanKind::kMerge || plan.kind == PlanKind::kDelete || plan.writes) {
      return true;
    }
    for (const PlanPtr& child : plan.children) open.push_back(child.get());
  }
  return false;
}

Status CheckDepth(const Plan& root) {
  std::vector<std::pair<const Plan*, std::size_t>> open = {{&root, 1}};
  while (!open.empty()) {
    const auto [plan, depth] = open.back();
    open.pop_back();
    if (depth > kMaxOperators) {
      return Error(ErrorCode::kLimit, "the query needs more than " + std::to_string(kMaxOperators) +
                                          " steps one after the other");
    }
    for (const PlanPtr& child : plan->children) open.emplace_back(child.get(), depth + 1);
  }
  return {};
}

Status PlanSubqueries(Plan& plan, PlannerContext& context) {
  for (PlanPtr& child : plan.children) TUPU_TRY(PlanSubqueries(*child, context));
  Status status;
  ForEachOwnExpr(plan, [&](BoundExpr& expr) {
    if (status.ok()) status = PlanSubqueriesOf(expr, context);
  });
  return status;
}

Result<PlanPtr> PlanQuery(BoundQuery& query, const Subquery* subquery, PlannerContext& context) {
  QueryPlanner planner(subquery, context);
  if (query.parts.size() == 1) return planner.Part(query.parts[0]);
  PlanPtr plan = NewPlan(PlanKind::kUnion, nullptr);
  plan->slots = query.outputs;
  for (BoundPart& part : query.parts) {
    TUPU_ASSIGN(PlanPtr child, planner.Part(part));
    plan->outputs.push_back(part.outputs);
    plan->children.push_back(std::move(child));
  }
  if (query.union_all) return plan;
  plan = NewPlan(PlanKind::kDistinct, std::move(plan));
  plan->keys = query.outputs;
  return plan;
}

namespace {

bool CreatesNodes(const BoundCreate& create) {
  return std::any_of(create.elements.begin(), create.elements.end(),
                     [](const Created& element) { return element.kind == Created::Kind::kNode; });
}
bool ChangesLabels(const std::vector<BoundUpdate>& updates) {
  return std::any_of(updates.begin(), updates.end(), [](const BoundUpdate& update) {
    return update.kind == UpdateKind::kAddLabels || update.kind == UpdateKind::kRemoveLabels;
  });
}

// Whether running it may make nodes without a label that all have. What subqueries write is not
// looked into.
bool ChangesLabels(const BoundQuery& query) {
  for (const BoundPart& part : query.parts) {
    for (const BoundClause& clause : part.clauses) {
      if (const auto* create = std::get_if<BoundCreate>(&clause)) {
        if (CreatesNodes(*create)) return true;
      } else if (const auto* unwind = std::get_if<BoundUnwind>(&clause)) {
        if (unwind->writes) return true;
      } else if (const auto* merge = std::get_if<BoundMerge>(&clause)) {
        if (CreatesNodes(merge->create) || ChangesLabels(merge->on_create) ||
            ChangesLabels(merge->on_match)) {
          return true;
        }
      } else if (const auto* updates = std::get_if<BoundUpdates>(&clause)) {
        if (ChangesLabels(updates->items)) return true;
      }
    }
  }
  return false;
}

}  // namespace

Result<PlannedStatement> MakePlan(BoundStatement statement, const graph::View& view,
                                  const PlannerOptions& options) {
  PlannedStatement out;
  out.explain = statement.explain;
  out.profile = statement.profile;
  out.updating = statement.updating;
  out.returns = statement.returns;
  out.columns = statement.query.columns;
  out.outputs = statement.query.outputs;
  out.locals = statement.locals;
  out.slots = std::move(statement.slots);
  Statistics statistics(view);
  PlannerContext context{out.slots, statistics, options, ChangesLabels(statement.query),
                         out.assumed_labels};
  TUPU_ASSIGN(PlanPtr plan, PlanQuery(statement.query, nullptr, context));
  TUPU_ASSIGN(out.root, Rewrite(std::move(plan), out.outputs, context));
  return out;
}

}  // namespace tupu::query
