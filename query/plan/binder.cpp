#include "query/plan/binder.h"

#include <algorithm>

#include "query/plan/binder_impl.h"
#include "query/plan/plan.h"

namespace tupu::query {
namespace {

// Rows are as wide as a query has slots.
constexpr std::size_t kMaxSlots = 3000;

}  // namespace

BoundExpr::BoundExpr() = default;
BoundExpr::~BoundExpr() = default;
Subquery::Subquery() = default;
Subquery::~Subquery() = default;

void CollectSlots(const BoundExpr& expr, std::vector<Slot>& out) {
  if (expr.kind == BoundKind::kSlot) out.push_back(expr.slot);
  if (expr.subquery) {
    for (const Import& import : expr.subquery->imports) {
      if (!import.is_local) out.push_back(import.slot);
    }
  }
  for (const BoundExprPtr& child : expr.children) {
    if (child) CollectSlots(*child, out);
  }
}

Result<BoundStatement> Bind(const Query& query, std::string_view text,
                            const std::map<std::string, graph::Value>& parameters,
                            const Procedures& procedures) {
  return Binder(text, parameters, procedures).Statement(query);
}

Result<BoundStatement> Binder::Statement(const Query& query) {
  if (query.schema) {
    return SemanticError(query.schema->name.at.begin,
                         "indexes and constraints are made and dropped outside transactions",
                         detail::kInvalidClauseComposition);
  }
  TUPU_ASSIGN(statement_.query, BindQuery(query, nullptr, nullptr));
  statement_.explain = query.explain;
  statement_.profile = query.profile;
  statement_.updating = IsUpdating(query);
  statement_.returns = !statement_.query.columns.empty();
  return std::move(statement_);
}

Result<Slot> Binder::NewSlot(std::string name, SlotKind kind, std::uint32_t pos) {
  if (statement_.slots.size() >= kMaxSlots) {
    return Error(ErrorCode::kLimit,
                 "the query has more than " + std::to_string(kMaxSlots) + " variables and columns",
                 {}, pos);
  }
  const auto slot = static_cast<Slot>(statement_.slots.size());
  if (name.empty()) name = "#" + std::to_string(slot);
  statement_.slots.push_back({std::move(name), kind});
  return slot;
}

Result<BoundQuery> Binder::BindQuery(const Query& query, const Scope* outer, Subquery* boundary) {
  BoundQuery out;
  for (const SingleQuery& single : query.parts) {
    Scope scope;
    scope.parent = outer;
    scope.boundary = boundary;
    std::vector<std::string> columns;
    TUPU_ASSIGN(BoundPart part, BindSingle(single, scope, columns));
    if (out.parts.empty()) {
      out.columns = std::move(columns);
    } else if (columns != out.columns) {
      return SemanticError(single.at.begin,
                           "the queries of a UNION must return the same columns in the same order",
                           detail::kDifferentColumnsInUnion);
    }
    out.parts.push_back(std::move(part));
  }
  out.union_all = query.union_all;
  if (out.parts.size() > 1) {
    for (std::size_t i = 0; i < out.columns.size(); ++i) {
      SlotKind kind = statement_.slots[out.parts[0].outputs[i]].kind;
      for (const BoundPart& part : out.parts) {
        if (statement_.slots[part.outputs[i]].kind != kind) kind = SlotKind::kValue;
      }
      TUPU_ASSIGN(const Slot slot, NewSlot(out.columns[i], kind, query.parts[0].at.begin));
      out.outputs.push_back(slot);
    }
  } else {
    out.outputs = out.parts[0].outputs;
  }
  return out;
}

Result<BoundPart> Binder::BindSingle(const SingleQuery& query, Scope& scope,
                                     std::vector<std::string>& columns) {
  BoundPart part;
  const ScopeGuard guard(scope_, &scope);
  for (const Clause& clause : query.clauses) {
    if (const auto* match = std::get_if<MatchClause>(&clause.body)) {
      TUPU_ASSIGN(BoundMatch bound,
                  BindMatch(match->paths, match->where.get(), match->optional, scope, true));
      part.clauses.emplace_back(std::move(bound));
    } else if (const auto* unwind = std::get_if<UnwindClause>(&clause.body)) {
      TUPU_ASSIGN(BoundUnwind bound, BindUnwind(*unwind, scope));
      part.clauses.emplace_back(std::move(bound));
    } else if (const auto* create = std::get_if<CreateClause>(&clause.body)) {
      TUPU_ASSIGN(BoundCreate bound, BindCreate(*create, scope));
      part.clauses.emplace_back(std::move(bound));
    } else if (const auto* update = std::get_if<UpdateClause>(&clause.body)) {
      BoundUpdates bound;
      TUPU_ASSIGN(bound.items, BindUpdates(update->items));
      part.clauses.emplace_back(std::move(bound));
    } else if (const auto* merge = std::get_if<MergeClause>(&clause.body)) {
      TUPU_ASSIGN(BoundMerge bound, BindMerge(*merge, scope));
      part.clauses.emplace_back(std::move(bound));
    } else if (const auto* deletion = std::get_if<DeleteClause>(&clause.body)) {
      TUPU_ASSIGN(BoundDelete bound, BindDelete(*deletion));
      part.clauses.emplace_back(std::move(bound));
    } else if (const auto* call = std::get_if<CallClause>(&clause.body)) {
      const bool standalone = query.clauses.size() == 1;
      std::vector<Output> outputs;
      TUPU_ASSIGN(BoundCall bound, BindCall(*call, standalone, scope, outputs));
      part.clauses.emplace_back(std::move(bound));
      for (const Output& output : outputs) {
        columns.push_back(output.name);
        part.outputs.push_back(output.slot);
      }
    } else if (const auto* subquery = std::get_if<SubqueryClause>(&clause.body)) {
      TUPU_TRY(BindSubqueryClause(*subquery, clause.at.begin, scope, part));
    } else {
      const auto& projection = std::get<ProjectionClause>(clause.body);
      columns.clear();
      TUPU_ASSIGN(BoundProjection bound, BindProjection(projection, scope, columns));
      if (projection.is_return) {
        for (const Output& output : bound.outputs) part.outputs.push_back(output.slot);
      } else {
        columns.clear();
      }
      part.clauses.emplace_back(std::move(bound));
    }
  }
  return part;
}

Result<BoundUnwind> Binder::BindUnwind(const UnwindClause& clause, Scope& scope) {
  BoundUnwind out;
  {
    Context context;
    context.where = "UNWIND";
    const ContextGuard guard(context_, context);
    TUPU_ASSIGN(out.list, BindExpr(*clause.list));
  }
  const Name& variable = clause.variable;
  if (scope.names.contains(variable.text)) {
    return SemanticError(variable.at.begin, variable.text + " is in use already",
                         detail::kVariableAlreadyBound);
  }
  TUPU_ASSIGN(out.slot, NewSlot(variable.text, SlotKind::kValue, variable.at.begin));
  Symbol symbol;
  symbol.slot = out.slot;
  symbol.types = (out.list->types & ~kListType) == 0 ? out.list->elements : kAnyType;
  scope.names[variable.text] = symbol;
  return out;
}

}  // namespace tupu::query
