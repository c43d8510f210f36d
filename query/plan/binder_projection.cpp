// WITH and RETURN: columns, grouping, DISTINCT, ORDER BY, SKIP, LIMIT and the WHERE behind WITH.
//
// An item without aggregates is computed per row; beside aggregates it is a group key. An item with
// aggregates is an expression over aggregates and keys: there a variable or property may be read
// only if it is itself a key. After DISTINCT or aggregation ORDER BY sees the columns alone, an
// expression written like a column standing for it; otherwise it sees what came before as well.
#include <algorithm>

#include "query/plan/binder_impl.h"

namespace tupu::query {

struct Binder::ProjectionState {
  BoundProjection out;
  Scope result;  // the names that come out
  std::vector<std::string> names;
  std::vector<Projected> keys;       // simple items: what aggregating items may read
  std::vector<Projected> projected;  // all items, then all aggregates
  std::vector<const Expr*> complex_items;
};

bool IsAggregate(const Expr& expr) {
  if (expr.kind == ExprKind::kCountStar) return true;
  if (expr.kind != ExprKind::kFunction) return false;
  const FunctionDef* function = FindFunction(expr.name);
  return function && function->aggregate;
}

bool ContainsAggregate(const Expr& expr) {
  if (IsAggregate(expr)) return true;
  return std::any_of(expr.children.begin(), expr.children.end(),
                     [](const ExprPtr& child) { return child && ContainsAggregate(*child); });
}

bool IsSimple(const Expr& expr) {
  return expr.kind == ExprKind::kVariable ||
         (expr.kind == ExprKind::kProperty && IsSimple(*expr.children[0]));
}

bool Mentions(const Expr& expr, std::string_view variable) {
  if (expr.kind == ExprKind::kVariable && expr.name == variable) return true;
  return std::any_of(expr.children.begin(), expr.children.end(),
                     [&](const ExprPtr& child) { return child && Mentions(*child, variable); });
}

namespace {

// Whether `expr` reads a variable that `column` reads.
bool MentionsAny(const Expr& expr, const Expr& column) {
  if (column.kind == ExprKind::kVariable) return Mentions(expr, column.name);
  return std::any_of(column.children.begin(), column.children.end(),
                     [&](const ExprPtr& child) { return child && MentionsAny(expr, *child); });
}

// Whether the place lies within an aggregate.
bool InAggregate(const Expr& expr, std::size_t pos) {
  if (IsAggregate(expr) && pos >= expr.at.begin && pos < expr.at.end) return true;
  return std::any_of(expr.children.begin(), expr.children.end(),
                     [&](const ExprPtr& child) { return child && InAggregate(*child, pos); });
}

}  // namespace

Result<BoundProjection> Binder::BindProjection(const ProjectionClause& clause, Scope& scope,
                                               std::vector<std::string>& columns) {
  ProjectionState state;
  state.out.distinct = clause.distinct;
  TUPU_TRY(BindItems(clause, scope, state));

  // What ORDER BY and WHERE see.
  const bool closed = state.out.aggregates || state.out.distinct;
  state.result.parent = closed ? scope.parent : &scope;
  state.result.boundary = closed ? scope.boundary : nullptr;
  {
    const ScopeGuard guard(scope_, &state.result);
    TUPU_TRY(BindOrder(clause, state));
    if (clause.where) {
      Context context;
      context.projected = closed ? &state.projected : nullptr;
      const ContextGuard context_guard(context_, context);
      TUPU_TRY(BindWhere(*clause.where, state.out.where));
    }
  }
  if (clause.skip) {
    TUPU_ASSIGN(state.out.skip, BindCount(*clause.skip, "SKIP"));
  }
  if (clause.limit) {
    TUPU_ASSIGN(state.out.limit, BindCount(*clause.limit, "LIMIT"));
  }
  scope.names = std::move(state.result.names);
  columns = std::move(state.names);
  return std::move(state.out);
}

Status Binder::BindItems(const ProjectionClause& clause, const Scope& scope,
                         ProjectionState& state) {
  const std::string_view word = clause.is_return ? "RETURN" : "WITH";
  Context context;
  context.where = word;
  const ContextGuard guard(context_, context);
  if (clause.star) {
    if (scope.names.empty() && clause.is_return) {
      return SemanticError(clause.items.empty() ? text_.size() : clause.items[0].at.begin,
                           "RETURN * needs at least one variable; there is none here",
                           detail::kNoVariablesInScope);
    }
    for (const auto& [name, symbol] : scope.names) {
      state.result.names[name] = symbol;
      state.names.push_back(name);
      state.out.outputs.push_back({name, symbol.slot});
      state.out.keys.push_back(symbol.slot);
      state.keys.push_back({nullptr, symbol});
    }
  }
  // Keys first: aggregating items may read them wherever they stand.
  const std::size_t first_column = state.out.outputs.size();
  state.out.outputs.resize(first_column + clause.items.size());
  for (std::size_t i = 0; i < clause.items.size(); ++i) {
    const ProjectionItem& item = clause.items[i];
    const Expr& expr = *item.expr;
    std::string name = item.alias.text;
    const std::uint32_t pos = item.alias.empty() ? item.at.begin : item.alias.at.begin;
    if (name.empty()) {
      if (expr.kind == ExprKind::kVariable) {
        name = expr.name;
      } else if (clause.is_return) {
        name = Slice(text_, item.at);
      } else {
        return SemanticError(
            item.at.begin, "an expression in WITH needs a name: write AS and a variable behind it",
            detail::kNoExpressionAlias);
      }
    }
    if (!state.result.names.try_emplace(name).second) {
      return SemanticError(pos, "two columns are called " + name, detail::kColumnNameConflict);
    }
    state.names.push_back(name);
    state.out.outputs[first_column + i].name = name;
    if (ContainsAggregate(expr)) {
      state.out.aggregates = true;
    } else {
      TUPU_TRY(BindPlainItem(expr, name, state));
      state.out.outputs[first_column + i].slot = state.result.names[name].slot;
    }
  }
  for (std::size_t i = 0; i < clause.items.size(); ++i) {
    if (!ContainsAggregate(*clause.items[i].expr)) continue;
    const std::string name = state.names[first_column + i];
    TUPU_TRY(BindAggregatingItem(*clause.items[i].expr, name, state));
    state.out.outputs[first_column + i].slot = state.result.names[name].slot;
  }
  return {};
}

Status Binder::BindPlainItem(const Expr& expr, const std::string& name, ProjectionState& state) {
  TUPU_ASSIGN(BoundExprPtr bound, BindExpr(expr));
  Symbol symbol;
  symbol.types = bound->types;
  symbol.elements = bound->elements;
  if (bound->kind == BoundKind::kSlot) {
    symbol.slot = bound->slot;  // another name for the same value
  } else {
    TUPU_ASSIGN(symbol.slot, NewSlot(name, SlotKind::kValue, expr.anchor));
    state.out.items.push_back({std::move(bound), symbol.slot});
  }
  state.result.names[name] = symbol;
  state.out.keys.push_back(symbol.slot);
  state.projected.push_back({&expr, symbol});
  if (IsSimple(expr)) {
    state.keys.push_back({&expr, symbol});
  } else {
    state.complex_items.push_back(&expr);
  }
  return {};
}

Status Binder::BindAggregatingItem(const Expr& expr, const std::string& name,
                                   ProjectionState& state) {
  Context context = context_;
  context.aggregates = &state.out.aggregate;
  context.grouping = &state.keys;
  const ContextGuard guard(context_, context);
  const std::size_t before = state.out.aggregate.size();
  TUPU_ASSIGN(BoundExprPtr bound, BindExpr(expr));
  Symbol symbol;
  symbol.types = bound->types;
  symbol.elements = bound->elements;
  if (bound->kind == BoundKind::kSlot) {
    symbol.slot = bound->slot;
    if (before < state.out.aggregate.size()) statement_.slots[symbol.slot].name = name;
  } else {
    TUPU_ASSIGN(symbol.slot, NewSlot(name, SlotKind::kValue, expr.anchor));
    state.out.after.push_back({std::move(bound), symbol.slot});
  }
  state.result.names[name] = symbol;
  state.projected.push_back({&expr, symbol});
  return {};
}

Status Binder::BindOrder(const ProjectionClause& clause, ProjectionState& state) {
  const bool closed = state.out.aggregates || state.out.distinct;
  for (const SortItem& item : clause.order) {
    const bool aggregating = ContainsAggregate(*item.expr);
    Context context;
    context.where = "ORDER BY";
    context.projected = closed ? &state.projected : nullptr;
    context.simple_only = aggregating;
    const ContextGuard guard(context_, context);
    BoundExprPtr bound;
    const auto whole = std::find_if(
        state.projected.begin(), state.projected.end(),
        [&](const Projected& projected) { return closed && Same(*projected.expr, *item.expr); });
    if (whole != state.projected.end()) {
      bound = SlotExpr(whole->symbol, item.expr->anchor);
    } else {
      auto result = BindExpr(*item.expr);
      if (!result.ok()) {
        // Beside an aggregate a part of a longer column is not that column.
        const bool of_column =
            std::any_of(state.complex_items.begin(), state.complex_items.end(),
                        [&](const Expr* column) { return MentionsAny(*item.expr, *column); });
        if (aggregating && of_column && !InAggregate(*item.expr, result.error().pos) &&
            result.error().detail == detail::kUndefinedVariable) {
          return SemanticError(
              result.error().pos,
              "beside an aggregate ORDER BY can read columns that are variables or "
              "properties, and other aggregates of the same clause",
              detail::kAmbiguousAggregation);
        }
        return result.error();
      }
      bound = std::move(result).value();
    }
    SortKey key;
    key.descending = item.descending;
    if (bound->kind == BoundKind::kSlot) {
      key.slot = bound->slot;
    } else {
      TUPU_ASSIGN(key.slot, NewSlot({}, SlotKind::kValue, item.expr->anchor));
      state.out.order_items.push_back({std::move(bound), key.slot});
    }
    state.out.order.push_back(key);
  }
  return {};
}

Result<BoundExprPtr> Binder::BindCount(const Expr& expr, std::string_view what) {
  Scope empty;
  const ScopeGuard guard(scope_, &empty);
  Context context;
  context.where = what;
  const ContextGuard context_guard(context_, context);
  auto result = BindExpr(expr);
  if (!result.ok()) {
    if (result.error().detail == detail::kUndefinedVariable) {
      return SemanticError(result.error().pos, std::string(what) + " cannot depend on variables",
                           detail::kNonConstantExpression);
    }
    return result.error();
  }
  BoundExprPtr bound = std::move(result).value();
  TUPU_TRY(Require(*bound, kIntType, what));
  if (bound->kind == BoundKind::kLiteral && !bound->literal.is_null() &&
      bound->literal.as_int() < 0) {
    return SemanticError(expr.anchor, std::string(what) + " cannot be negative",
                         detail::kNegativeIntegerArgument);
  }
  return bound;
}

}  // namespace tupu::query
