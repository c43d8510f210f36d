// Expressions: variables to slots, functions to the catalogue, and what types can be told.
#include <algorithm>

#include "query/plan/binder_impl.h"

namespace tupu::query {
namespace {

BoundKind KindOf(ExprKind kind) {
  switch (kind) {
    case ExprKind::kLiteral:
      return BoundKind::kLiteral;
    case ExprKind::kParameter:
      return BoundKind::kParameter;
    case ExprKind::kVariable:
      return BoundKind::kSlot;
    case ExprKind::kProperty:
      return BoundKind::kProperty;
    case ExprKind::kIndex:
      return BoundKind::kIndex;
    case ExprKind::kSlice:
      return BoundKind::kSlice;
    case ExprKind::kHasLabels:
      return BoundKind::kHasLabels;
    case ExprKind::kNot:
      return BoundKind::kNot;
    case ExprKind::kNegate:
      return BoundKind::kNegate;
    case ExprKind::kPlusSign:
      return BoundKind::kPlusSign;
    case ExprKind::kArithmetic:
      return BoundKind::kArithmetic;
    case ExprKind::kLogic:
      return BoundKind::kLogic;
    case ExprKind::kComparison:
      return BoundKind::kComparison;
    case ExprKind::kIn:
      return BoundKind::kIn;
    case ExprKind::kStringTest:
      return BoundKind::kStringTest;
    case ExprKind::kIsNull:
      return BoundKind::kIsNull;
    case ExprKind::kIsNotNull:
      return BoundKind::kIsNotNull;
    case ExprKind::kList:
      return BoundKind::kList;
    case ExprKind::kMap:
      return BoundKind::kMap;
    case ExprKind::kCase:
      return BoundKind::kCase;
    case ExprKind::kFunction:
    case ExprKind::kCountStar:
      return BoundKind::kFunction;
    case ExprKind::kListComprehension:
      return BoundKind::kListComprehension;
    case ExprKind::kQuantifier:
      return BoundKind::kQuantifier;
    case ExprKind::kReduce:
      return BoundKind::kReduce;
    case ExprKind::kPatternPredicate:
    case ExprKind::kExists:
      return BoundKind::kExists;
    case ExprKind::kPatternComprehension:
    case ExprKind::kCollectRows:
      return BoundKind::kCollect;
    case ExprKind::kCountRows:
      return BoundKind::kCountRows;
    case ExprKind::kMapProjection:
      return BoundKind::kMapProjection;
  }
  return BoundKind::kLiteral;
}

}  // namespace

BoundExprPtr Binder::SlotExpr(const Symbol& symbol, std::uint32_t pos) {
  auto out = std::make_unique<BoundExpr>();
  out->kind = symbol.is_local ? BoundKind::kLocal : BoundKind::kSlot;
  out->slot = symbol.slot;
  out->local = symbol.local;
  out->types = symbol.types;
  out->elements = symbol.elements;
  out->pos = pos;
  return out;
}

const Symbol* Binder::Find(std::string_view name, std::vector<Subquery*>* crossed) const {
  for (const Scope* scope = scope_; scope; scope = scope->parent) {
    const auto found = scope->names.find(name);
    if (found != scope->names.end()) return &found->second;
    if (scope->boundary && crossed) crossed->push_back(scope->boundary);
  }
  return nullptr;
}

Result<Symbol> Binder::Lookup(std::string_view name, std::uint32_t pos) {
  std::vector<Subquery*> crossed;
  const Symbol* found = Find(name, &crossed);
  if (!found) {
    std::vector<std::string_view> names;
    for (const Scope* scope = scope_; scope && names.size() < 100; scope = scope->parent) {
      for (const auto& entry : scope->names) names.push_back(entry.first);
    }
    return SemanticError(pos, std::string(name) + " is not defined" + DidYouMean(name, names),
                         detail::kUndefinedVariable);
  }
  Symbol symbol = *found;
  // From the outermost subquery inwards, each takes it from the one around it.
  for (auto sub = crossed.rbegin(); sub != crossed.rend(); ++sub) {
    std::vector<Import>& imports = (*sub)->imports;
    const bool known = std::any_of(imports.begin(), imports.end(), [&](const Import& import) {
      return import.slot == symbol.slot;
    });
    if (!known) imports.push_back({symbol.slot, symbol.is_local, symbol.local});
    symbol.is_local = false;
  }
  return symbol;
}

Result<BoundExprPtr> Binder::BindExpr(const Expr& expr) {
  if (context_.projected) {
    for (const Projected& projected : *context_.projected) {
      if ((!context_.simple_only || IsSimple(expr) || IsAggregate(expr)) &&
          Same(*projected.expr, expr)) {
        return SlotExpr(projected.symbol, expr.anchor);
      }
    }
  }
  if (context_.grouping && expr.kind == ExprKind::kProperty) {
    for (const Projected& key : *context_.grouping) {
      if (key.expr && Same(*key.expr, expr)) return SlotExpr(key.symbol, expr.anchor);
    }
  }
  // A pattern means "it exists" only where a truth value is asked for.
  const bool passes_predicate = expr.kind == ExprKind::kLogic || expr.kind == ExprKind::kNot ||
                                expr.kind == ExprKind::kPatternPredicate;
  Context context = context_;
  context.predicate = context.predicate && passes_predicate;
  const ContextGuard guard(context_, context);
  TUPU_ASSIGN(BoundExprPtr out, BindKind(expr));
  return out;
}

Result<BoundExprPtr> Binder::BindKind(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kVariable:
      return BindVariable(expr);
    case ExprKind::kFunction:
    case ExprKind::kCountStar:
      return BindFunction(expr);
    case ExprKind::kListComprehension:
    case ExprKind::kQuantifier:
      return BindWithVariable(expr);
    case ExprKind::kReduce:
      return BindReduce(expr);
    case ExprKind::kPatternPredicate:
    case ExprKind::kPatternComprehension:
    case ExprKind::kExists:
    case ExprKind::kCountRows:
    case ExprKind::kCollectRows:
      return BindSubquery(expr);
    case ExprKind::kHasLabels:
      if (!expr.ops.empty()) {
        return BindLabelTest(expr.names, expr.ops, expr.anchor,
                             [&] { return BindExpr(*expr.children[0]); });
      }
      break;
    case ExprKind::kParameter:
      if (!parameters_.contains(expr.name)) {
        return SemanticError(expr.anchor, "the parameter $" + expr.name + " is not given",
                             detail::kMissingParameter);
      }
      break;
    default:
      break;
  }
  auto out = std::make_unique<BoundExpr>();
  out->kind = KindOf(expr.kind);
  out->op = expr.op;
  out->ops = expr.ops;
  out->name = expr.name;
  out->names = expr.names;
  out->literal = expr.literal;
  out->pos = expr.anchor;
  TUPU_TRY(BindChildren(expr, *out));
  TUPU_TRY(CheckOperands(expr, *out));
  InferTypes(expr, *out);
  return out;
}

Status Binder::BindChildren(const Expr& expr, BoundExpr& out) {
  out.children.reserve(expr.children.size());
  for (const ExprPtr& child : expr.children) {
    BoundExprPtr bound;
    if (child) {
      TUPU_ASSIGN(bound, BindExpr(*child));
    }
    out.children.push_back(std::move(bound));
  }
  return {};
}

Result<BoundExprPtr> Binder::BindVariable(const Expr& expr) {
  TUPU_ASSIGN(const Symbol symbol, Lookup(expr.name, expr.anchor));
  if (context_.grouping && !symbol.is_local) {
    for (const Projected& key : *context_.grouping) {
      const bool variable = !key.expr || key.expr->kind == ExprKind::kVariable;
      if (variable && key.symbol.slot == symbol.slot) return SlotExpr(symbol, expr.anchor);
    }
    return SemanticError(expr.anchor,
                         expr.name +
                             " is read beside an aggregate but is no column of its own, so "
                             "it has no single value here; add it to the columns, or "
                             "aggregate it",
                         detail::kAmbiguousAggregation);
  }
  return SlotExpr(symbol, expr.anchor);
}

Result<BoundExprPtr> Binder::BindFunction(const Expr& expr) {
  const FunctionDef* function =
      expr.kind == ExprKind::kCountStar ? &Definition(Function::kCount) : FindFunction(expr.name);
  if (!function) {
    return SemanticError(
        expr.anchor, "there is no function " + expr.name + DidYouMean(expr.name, FunctionNames()),
        detail::kUnknownFunction);
  }
  const std::string name(function->name);
  if (expr.kind == ExprKind::kFunction) {
    const std::size_t given = expr.children.size();
    if (given < function->min_arguments ||
        (function->max_arguments != kUnlimitedArguments && given > function->max_arguments)) {
      std::string wanted = std::to_string(function->min_arguments);
      if (function->max_arguments == kUnlimitedArguments) {
        wanted = "at least " + wanted;
      } else if (function->max_arguments != function->min_arguments) {
        wanted += " or " + std::to_string(function->max_arguments);
      }
      return SemanticError(expr.anchor,
                           name + " takes " + wanted +
                               (wanted == "1" ? " argument" : " arguments") + ", " +
                               std::to_string(given) + (given == 1 ? " is" : " are") + " given",
                           detail::kInvalidNumberOfArguments);
    }
    if (expr.distinct && !function->aggregate) {
      return SemanticError(expr.anchor, "DISTINCT is for aggregates; " + name + " is none",
                           detail::kUnexpectedSyntax);
    }
  }
  if (function->aggregate) return BindAggregate(expr, function);

  auto out = std::make_unique<BoundExpr>();
  out->kind = BoundKind::kFunction;
  out->function = function->id;
  out->pos = expr.anchor;
  if (function->id == Function::kExists) {
    Context context = context_;
    context.predicate = true;
    const ContextGuard guard(context_, context);
    const ExprKind kind = expr.children[0]->kind;
    if (kind == ExprKind::kPatternPredicate) return BindExpr(*expr.children[0]);
    if (kind != ExprKind::kProperty && kind != ExprKind::kIndex) {
      return SemanticError(
          expr.children[0]->anchor,
          "exists needs a property or a pattern; for anything else write IS NOT NULL",
          detail::kInvalidArgumentType);
    }
  }
  TUPU_TRY(BindChildren(expr, *out));
  for (std::size_t i = 0; i < out->children.size(); ++i) {
    TUPU_TRY(Require(*out->children[i], function->arguments[std::min<std::size_t>(i, 2)], name));
  }
  out->types = function->result;
  switch (function->id) {
    case Function::kLabels:
    case Function::kKeys:
    case Function::kSplit:
    case Function::kAliases:
      out->elements = kStringType;
      break;
    case Function::kNodes:
      out->elements = kNodeType;
      break;
    case Function::kRelationships:
      out->elements = kEdgeType;
      break;
    case Function::kRange:
      out->elements = kIntType;
      break;
    case Function::kEvidence:
      out->elements = kMapType;
      break;
    case Function::kTail:
      out->elements = out->children[0]->elements;
      break;
    case Function::kReverse:
      out->types = static_cast<TypeSet>(function->result & out->children[0]->types);
      out->elements = out->children[0]->elements;
      break;
    case Function::kHead:
    case Function::kLast:
      out->types = out->children[0]->elements;
      break;
    case Function::kAbs:
      out->types = static_cast<TypeSet>(function->result & out->children[0]->types);
      break;
    case Function::kCoalesce:
      out->types = kNullType;
      out->elements = kNullType;
      for (const BoundExprPtr& child : out->children) {
        out->types = Either(out->types, child->types);
        out->elements = Either(out->elements, child->elements);
      }
      break;
    default:
      break;
  }
  return out;
}

Result<BoundExprPtr> Binder::BindAggregate(const Expr& expr, const FunctionDef* function) {
  const std::string name(function->name);
  if (context_.within_aggregate) {
    return SemanticError(expr.anchor, name + " cannot stand within another aggregate",
                         detail::kNestedAggregation);
  }
  std::vector<Aggregate>* aggregates = context_.aggregates;
  if (!aggregates && !context_.projected) {
    return SemanticError(expr.anchor,
                         name + " is an aggregate and cannot stand in " +
                             (context_.where.empty() ? "this place" : std::string(context_.where)) +
                             "; compute it in WITH or RETURN first",
                         detail::kInvalidAggregation);
  }
  Aggregate out;
  out.function = function->id;
  out.distinct = expr.distinct;
  out.pos = expr.anchor;
  TypeSet argument_types = kAnyType;
  {
    Context context = context_;
    context.aggregates = nullptr;
    context.grouping = nullptr;
    context.within_aggregate = true;
    const ContextGuard guard(context_, context);
    for (std::size_t i = 0; i < expr.children.size(); ++i) {
      TUPU_ASSIGN(BoundExprPtr argument, BindExpr(*expr.children[i]));
      TUPU_TRY(Require(*argument, function->arguments[i], name));
      bool random = false;
      ForEachExpr(*argument, [&](const BoundExpr& part) {
        random = random || (part.kind == BoundKind::kFunction && part.function == Function::kRand);
      });
      if (random) {
        return SemanticError(expr.children[i]->anchor, name + " cannot take random numbers",
                             detail::kNonConstantExpression);
      }
      argument_types = i == 0 ? argument->types : argument_types;
      (i == 0 ? out.argument : out.second) = std::move(argument);
    }
  }
  if (!aggregates) {
    return SemanticError(
        expr.anchor,
        Slice(text_, expr.at).size() > 60
            ? "this aggregate is not among the columns; ORDER BY and WHERE can "
              "only use those"
            : std::string(Slice(text_, expr.at)) +
                  " is not among the columns; ORDER BY and WHERE can only use those",
        detail::kUndefinedVariable);
  }
  Symbol symbol;
  symbol.types = function->result;
  if (function->id == Function::kMin || function->id == Function::kMax)
    symbol.types = argument_types;
  if (function->id == Function::kCollect) symbol.elements = argument_types;
  TUPU_ASSIGN(symbol.slot, NewSlot({}, SlotKind::kValue, expr.anchor));
  out.slot = symbol.slot;
  aggregates->push_back(std::move(out));
  return SlotExpr(symbol, expr.anchor);
}

Result<BoundExprPtr> Binder::BindWithVariable(const Expr& expr) {
  auto out = std::make_unique<BoundExpr>();
  out->kind = KindOf(expr.kind);
  out->op = expr.op;
  out->pos = expr.anchor;
  out->children.resize(expr.children.size());
  TUPU_ASSIGN(out->children[0], BindExpr(*expr.children[0]));
  TUPU_TRY(Require(*out->children[0], kListType, "IN"));

  Scope inner;
  inner.parent = scope_;
  Symbol symbol;
  symbol.is_local = true;
  symbol.local = out->local = local_depth_;
  symbol.types =
      (out->children[0]->types & ~kListType) == 0 ? out->children[0]->elements : kAnyType;
  TUPU_ASSIGN(symbol.slot, NewSlot(expr.name, SlotKind::kValue, expr.anchor));
  inner.names[expr.name] = symbol;
  const ScopeGuard scope_guard(scope_, &inner);
  ++local_depth_;
  statement_.locals = std::max(statement_.locals, local_depth_);
  const auto bind = [&](std::size_t i, bool predicate) -> Status {
    if (!expr.children[i]) return {};
    Context context = context_;
    context.predicate = predicate;
    context.aggregates = nullptr;  // elements are no rows
    context.where = "an expression over a list";
    const ContextGuard guard(context_, context);
    TUPU_ASSIGN(out->children[i], BindExpr(*expr.children[i]));
    if (predicate) TUPU_TRY(Require(*out->children[i], kBoolType, "WHERE"));
    return {};
  };
  Status status = bind(1, true);
  if (status.ok() && expr.children.size() > 2) status = bind(2, false);
  --local_depth_;
  if (!status.ok()) return status.error();
  if (expr.kind == ExprKind::kQuantifier) {
    out->types = kBoolType;
  } else {
    out->types = kListType;
    out->elements = out->children[2] ? out->children[2]->types : symbol.types;
  }
  return out;
}

Result<BoundExprPtr> Binder::BindReduce(const Expr& expr) {
  auto out = std::make_unique<BoundExpr>();
  out->kind = BoundKind::kReduce;
  out->pos = expr.anchor;
  out->children.resize(3);
  TUPU_ASSIGN(out->children[0], BindExpr(*expr.children[0]));
  TUPU_ASSIGN(out->children[1], BindExpr(*expr.children[1]));
  TUPU_TRY(Require(*out->children[1], kListType, "IN"));
  Scope inner;
  inner.parent = scope_;
  out->local = local_depth_;
  for (const std::string& name : {expr.name, expr.names[0]}) {
    Symbol symbol;
    symbol.is_local = true;
    symbol.local = local_depth_++;
    TUPU_ASSIGN(symbol.slot, NewSlot(name, SlotKind::kValue, expr.anchor));
    inner.names[name] = symbol;
  }
  statement_.locals = std::max(statement_.locals, local_depth_);
  const ScopeGuard scope_guard(scope_, &inner);
  Context context = context_;
  context.aggregates = nullptr;
  context.where = "an expression over a list";
  const ContextGuard guard(context_, context);
  auto step = BindExpr(*expr.children[2]);
  local_depth_ -= 2;
  if (!step.ok()) return step.error();
  out->children[2] = std::move(step).value();
  return out;
}

Result<BoundExprPtr> Binder::BindSubquery(const Expr& expr) {
  if (expr.kind == ExprKind::kPatternPredicate && !context_.predicate) {
    return SemanticError(expr.anchor,
                         "a pattern can only stand in WHERE, in exists( ) and in [pattern | …]",
                         detail::kUnexpectedSyntax);
  }
  auto out = std::make_unique<BoundExpr>();
  out->kind = KindOf(expr.kind);
  out->pos = expr.anchor;
  out->types = out->kind == BoundKind::kExists      ? kBoolType
               : out->kind == BoundKind::kCountRows ? kIntType
                                                    : kListType;
  out->subquery = std::make_shared<Subquery>();
  Context context;
  context.grouping = context_.grouping;
  const ContextGuard guard(context_, context);
  if (expr.query) {
    TUPU_ASSIGN(out->subquery->query, BindQuery(*expr.query, scope_, out->subquery.get()));
    const std::size_t columns = out->subquery->query.columns.size();
    if (out->kind == BoundKind::kCollect && columns != 1) {
      return SemanticError(expr.anchor,
                           "COLLECT { } needs a query that returns one column, this returns " +
                               std::to_string(columns),
                           detail::kUnexpectedSyntax);
    }
    return out;
  }
  Scope inner;
  inner.parent = scope_;
  inner.boundary = out->subquery.get();
  const ScopeGuard scope_guard(scope_, &inner);
  BoundPart part;
  const bool comprehension = expr.kind == ExprKind::kPatternComprehension;
  TUPU_ASSIGN(BoundMatch match,
              BindMatch({expr.pattern.get(), 1}, comprehension ? expr.children[0].get() : nullptr,
                        false, inner, comprehension));
  part.clauses.emplace_back(std::move(match));
  if (comprehension) {
    TUPU_ASSIGN(BoundExprPtr item, BindExpr(*expr.children[1]));
    out->elements = item->types;
    BoundProjection projection;
    Output output;
    if (item->kind == BoundKind::kSlot) {
      output.slot = item->slot;
    } else {
      TUPU_ASSIGN(output.slot, NewSlot({}, SlotKind::kValue, expr.anchor));
      projection.items.push_back({std::move(item), output.slot});
    }
    part.outputs.push_back(output.slot);
    projection.outputs.push_back(output);
    part.clauses.emplace_back(std::move(projection));
    out->subquery->query.outputs = part.outputs;
  }
  out->subquery->query.parts.push_back(std::move(part));
  return out;
}

}  // namespace tupu::query
