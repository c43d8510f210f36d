// MATCH: patterns into nodes and relationships by slot, and everything that has to hold of them.
#include <algorithm>
#include <limits>

#include "query/plan/binder_impl.h"

namespace tupu::query {

struct Binder::PatternState {
  Scope& scope;
  bool may_declare;
  BoundMatch match;
  std::map<Slot, std::size_t> node_of_slot;
  std::vector<Slot> rel_slots;       // of this clause, by name
  std::vector<std::size_t> written;  // the node of every pattern node, in the order written
};

namespace {

Error Redeclared(const Name& name, std::string_view role, TypeSet is, std::uint32_t pos) {
  return SemanticError(pos,
                       name.text + " is " + TypeNames(is) + " and cannot be " + std::string(role),
                       detail::kVariableTypeConflict);
}

}  // namespace

Status RejectParameterMap(const Expr& properties) {
  if (properties.kind == ExprKind::kMap) return {};
  return SemanticError(properties.at.begin,
                       "a parameter cannot stand for all properties of a pattern here; write "
                       "them one by one: {name: $name}",
                       detail::kInvalidParameterUse);
}

Result<BoundMatch> Binder::BindMatch(std::span<const PathPattern> paths, const Expr* where,
                                     bool optional, Scope& scope, bool may_declare) {
  PatternState state{scope, may_declare, {}, {}, {}, {}};
  state.match.optional = optional;
  for (const PathPattern& path : paths) TUPU_TRY(BindPath(path, state));

  // Properties and WHERE may speak of any variable of the clause, so they come last.
  Context context;
  context.where = "MATCH";
  const ContextGuard guard(context_, context);
  std::size_t rel = 0;
  std::size_t node = 0;
  for (const PathPattern& path : paths) {
    for (const NodePattern& pattern : path.nodes) {
      PatternNode& bound = state.match.nodes[state.written[node++]];
      if (pattern.properties) {
        TUPU_TRY(BindProperties(*pattern.properties, bound.slot, kNodeType, state.match.conjuncts));
      }
      TUPU_TRY(BindPatternTests(pattern, bound, state.match.conjuncts));
    }
  }
  for (const PathPattern& path : paths) {
    for (const RelPattern& pattern : path.rels) {
      PatternRel& bound = state.match.rels[rel++];
      TUPU_TRY(BindPatternTests(pattern, bound, state.match.conjuncts));
      if (!pattern.properties) continue;
      if (!pattern.variable_length) {
        TUPU_TRY(BindProperties(*pattern.properties, bound.slot, kEdgeType, state.match.conjuncts));
        continue;
      }
      TUPU_TRY(RejectParameterMap(*pattern.properties));
      for (std::size_t i = 0; i < pattern.properties->children.size(); ++i) {
        TUPU_ASSIGN(BoundExprPtr value, BindExpr(*pattern.properties->children[i]));
        bound.properties.emplace_back(pattern.properties->names[i], std::move(value));
      }
    }
  }
  if (where) TUPU_TRY(BindWhere(*where, state.match.conjuncts));
  return std::move(state.match);
}

Status Binder::BindPath(const PathPattern& path, PatternState& state) {
  std::vector<std::size_t> nodes;
  const std::size_t first_rel = state.match.rels.size();
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    TUPU_ASSIGN(const std::size_t node, BindNode(path.nodes[i], state));
    nodes.push_back(node);
    if (i > 0) TUPU_TRY(BindRel(path.rels[i - 1], nodes[i - 1], nodes[i], state));
  }
  if (path.shortest != Shortest::kNo) state.match.rels.back().shortest = path.shortest;
  if (!path.variable.empty()) return BindPathVariable(path, nodes, first_rel, state);
  return {};
}

Result<std::size_t> Binder::BindNode(const NodePattern& node, PatternState& state) {
  const auto pos = node.variable.empty() ? node.at.begin : node.variable.at.begin;
  PatternNode bound;
  const Symbol* known = node.variable.empty() ? nullptr : Find(node.variable.text, nullptr);
  if (known) {
    TUPU_ASSIGN(const Symbol symbol, Lookup(node.variable.text, pos));
    if (symbol.types != kNullType && (symbol.types & kNodeType) == 0) {
      return Redeclared(node.variable, "a node", symbol.types, pos);
    }
    bound.slot = symbol.slot;
    bound.bound = true;
  } else {
    if (!node.variable.empty() && !state.may_declare) {
      return SemanticError(pos,
                           node.variable.text +
                               " is not defined; a pattern within an expression "
                               "cannot introduce variables",
                           detail::kUndefinedVariable);
    }
    TUPU_ASSIGN(bound.slot, NewSlot(node.variable.text, SlotKind::kNode, pos));
    state.match.fresh.push_back(bound.slot);
    if (!node.variable.empty()) {
      Symbol symbol;
      symbol.slot = bound.slot;
      symbol.types = kNodeType;
      state.scope.names[node.variable.text] = symbol;
    }
  }
  const auto [at, added] = state.node_of_slot.try_emplace(bound.slot, state.match.nodes.size());
  if (added) state.match.nodes.push_back(std::move(bound));
  state.written.push_back(at->second);
  PatternNode& stored = state.match.nodes[at->second];
  if (node.label_ops.empty()) {
    for (const Name& label : node.labels) stored.labels.push_back(label.text);
  }
  std::sort(stored.labels.begin(), stored.labels.end());
  stored.labels.erase(std::unique(stored.labels.begin(), stored.labels.end()), stored.labels.end());
  return at->second;
}

Status Binder::BindRel(const RelPattern& rel, std::size_t from, std::size_t to,
                       PatternState& state) {
  const auto pos = rel.variable.empty() ? rel.at.begin : rel.variable.at.begin;
  PatternRel bound;
  bound.from = from;
  bound.to = to;
  bound.arrow = rel.arrow;
  bound.variable_length = rel.variable_length;
  bound.pos = pos;
  if (rel.type_ops.empty()) {
    for (const Name& type : rel.types) bound.types.push_back(type.text);
  }
  std::sort(bound.types.begin(), bound.types.end());
  bound.types.erase(std::unique(bound.types.begin(), bound.types.end()), bound.types.end());
  if (rel.variable_length) {
    constexpr std::int64_t kLongest = std::numeric_limits<std::uint32_t>::max();
    bound.min = static_cast<std::uint32_t>(std::min(rel.min.value_or(1), kLongest));
    bound.unbounded = !rel.max.has_value() || *rel.max >= kLongest;
    bound.max = bound.unbounded ? 0 : static_cast<std::uint32_t>(*rel.max);
    TUPU_ASSIGN(bound.path_slot, NewSlot({}, SlotKind::kValue, pos));
    state.match.fresh.push_back(bound.path_slot);
  }
  const Symbol* known = rel.variable.empty() ? nullptr : Find(rel.variable.text, nullptr);
  if (known) {
    TUPU_ASSIGN(const Symbol symbol, Lookup(rel.variable.text, pos));
    const TypeSet wanted = rel.variable_length ? kListType : kEdgeType;
    if (symbol.types != kNullType && (symbol.types & wanted) == 0) {
      return Redeclared(rel.variable, "a relationship", symbol.types, pos);
    }
    if (std::find(state.rel_slots.begin(), state.rel_slots.end(), symbol.slot) !=
        state.rel_slots.end()) {
      return SemanticError(pos,
                           rel.variable.text +
                               " stands for two relationships of one MATCH; a "
                               "relationship is met only once there",
                           detail::kRelationshipUniqueness);
    }
    if (rel.variable_length) {
      // Walk anew, and keep the walk that the list says.
      TUPU_ASSIGN(bound.slot, NewSlot({}, SlotKind::kValue, pos));
      state.match.fresh.push_back(bound.slot);
      Symbol walked;
      walked.slot = bound.slot;
      auto equal = std::make_unique<BoundExpr>();
      equal->kind = BoundKind::kComparison;
      equal->ops = {Operator::kEqual};
      equal->pos = pos;
      equal->types = kBoolType;
      equal->children.push_back(SlotExpr(walked, pos));
      equal->children.push_back(SlotExpr(symbol, pos));
      state.match.conjuncts.push_back(std::move(equal));
    } else {
      bound.slot = symbol.slot;
      bound.bound = true;
    }
    state.rel_slots.push_back(symbol.slot);
  } else {
    if (!rel.variable.empty() && !state.may_declare) {
      return SemanticError(pos,
                           rel.variable.text +
                               " is not defined; a pattern within an expression "
                               "cannot introduce variables",
                           detail::kUndefinedVariable);
    }
    TUPU_ASSIGN(bound.slot, NewSlot(rel.variable.text,
                                    rel.variable_length ? SlotKind::kValue : SlotKind::kEdge, pos));
    state.match.fresh.push_back(bound.slot);
    if (!rel.variable.empty()) {
      Symbol symbol;
      symbol.slot = bound.slot;
      symbol.types = rel.variable_length ? kListType : kEdgeType;
      symbol.elements = rel.variable_length ? kEdgeType : kAnyType;
      state.scope.names[rel.variable.text] = symbol;
      state.rel_slots.push_back(bound.slot);
    }
  }
  state.match.rels.push_back(std::move(bound));
  return {};
}

Status Binder::BindPathVariable(const PathPattern& path, const std::vector<std::size_t>& nodes,
                                std::size_t first_rel, PatternState& state) {
  const Name& name = path.variable;
  if (Find(name.text, nullptr)) {
    return SemanticError(name.at.begin, name.text + " is in use already and cannot name a path",
                         detail::kVariableAlreadyBound);
  }
  if (!state.may_declare) {
    return SemanticError(name.at.begin, "a pattern within an expression cannot name its path",
                         detail::kUnexpectedSyntax);
  }
  auto expr = std::make_unique<BoundExpr>();
  expr->kind = BoundKind::kPath;
  expr->types = kPathType;
  expr->pos = name.at.begin;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Symbol part;
    if (i > 0) {
      const PatternRel& rel = state.match.rels[first_rel + i - 1];
      part.slot = rel.variable_length ? rel.path_slot : rel.slot;
      expr->children.push_back(SlotExpr(part, name.at.begin));
    }
    part.slot = state.match.nodes[nodes[i]].slot;
    expr->children.push_back(SlotExpr(part, name.at.begin));
  }
  Computed computed;
  computed.expr = std::move(expr);
  TUPU_ASSIGN(computed.slot, NewSlot(name.text, SlotKind::kValue, name.at.begin));
  Symbol symbol;
  symbol.slot = computed.slot;
  symbol.types = kPathType;
  state.scope.names[name.text] = symbol;
  state.match.fresh.push_back(computed.slot);
  state.match.paths.push_back(std::move(computed));
  return {};
}

Status Binder::BindProperties(const Expr& properties, Slot slot, TypeSet type,
                              std::vector<BoundExprPtr>& out) {
  TUPU_TRY(RejectParameterMap(properties));
  for (std::size_t i = 0; i < properties.children.size(); ++i) {
    const Expr& value = *properties.children[i];
    Symbol symbol;
    symbol.slot = slot;
    symbol.types = type;
    auto property = std::make_unique<BoundExpr>();
    property->kind = BoundKind::kProperty;
    property->name = properties.names[i];
    property->pos = value.anchor;
    property->children.push_back(SlotExpr(symbol, value.anchor));
    auto equal = std::make_unique<BoundExpr>();
    equal->kind = BoundKind::kComparison;
    equal->ops = {Operator::kEqual};
    equal->types = kBoolType;
    equal->pos = value.anchor;
    equal->children.push_back(std::move(property));
    TUPU_ASSIGN(BoundExprPtr bound, BindExpr(value));
    equal->children.push_back(std::move(bound));
    out.push_back(std::move(equal));
  }
  return {};
}

Status Binder::BindWhere(const Expr& where, std::vector<BoundExprPtr>& out) {
  Context context = context_;
  context.where = "WHERE";
  context.predicate = true;
  const ContextGuard guard(context_, context);
  if (where.kind == ExprKind::kLogic && where.op == Operator::kAnd) {
    for (const ExprPtr& child : where.children) TUPU_TRY(BindWhere(*child, out));
    return {};
  }
  TUPU_ASSIGN(BoundExprPtr bound, BindExpr(where));
  TUPU_TRY(Require(*bound, kBoolType, "WHERE"));
  out.push_back(std::move(bound));
  return {};
}

}  // namespace tupu::query
