// CREATE, MERGE, SET, REMOVE and DELETE.
#include <algorithm>

#include "query/plan/binder_impl.h"

namespace tupu::query {

Status Binder::CheckNewNode(const NodePattern& node, bool alone) const {
  if (!node.label_ops.empty() || node.where) {
    return SemanticError(node.at.begin, "what is created has labels and properties, no conditions",
                         detail::kUnexpectedSyntax);
  }
  const bool known = !node.variable.empty() && Find(node.variable.text, nullptr) != nullptr;
  if (!known || (!alone && node.labels.empty() && !node.properties)) return {};
  return SemanticError(node.variable.at.begin,
                       node.variable.text +
                           " is there already; it can be an end of a new relationship, without "
                           "labels or properties, but cannot be created",
                       detail::kVariableAlreadyBound);
}

Status Binder::CheckNewRel(const RelPattern& rel, bool directed) const {
  const std::uint32_t pos = rel.at.begin;
  if (!rel.variable.empty() && Find(rel.variable.text, nullptr)) {
    return SemanticError(rel.variable.at.begin, rel.variable.text + " is in use already",
                         detail::kVariableAlreadyBound);
  }
  if (rel.variable_length) {
    return SemanticError(pos, "a relationship of variable length cannot be created",
                         detail::kCreatingVarLength);
  }
  if (rel.where) {
    return SemanticError(pos, "what is created has a type and properties, no conditions",
                         detail::kUnexpectedSyntax);
  }
  if (rel.types.size() != 1 || !rel.type_ops.empty()) {
    return SemanticError(pos, "a new relationship needs exactly one type, as in -[:TYPE]->",
                         detail::kNoSingleRelationshipType);
  }
  if (directed && rel.arrow == Arrow::kBoth) {
    return SemanticError(pos, "a new relationship needs a direction: --> or <--",
                         detail::kRequiresDirected);
  }
  return {};
}

Result<BoundExprPtr> Binder::BindPropertyMap(const Expr* properties) {
  if (!properties) return BoundExprPtr();
  Context context;
  context.where = "CREATE";
  const ContextGuard guard(context_, context);
  return BindExpr(*properties);
}

Created Binder::CreatedPath(const Name& name, const std::vector<Slot>& parts, Slot slot) {
  Created out;
  out.kind = Created::Kind::kPath;
  out.slot = slot;
  out.expr = std::make_unique<BoundExpr>();
  out.expr->kind = BoundKind::kPath;
  out.expr->types = kPathType;
  out.expr->pos = name.at.begin;
  for (const Slot part : parts) {
    Symbol symbol;
    symbol.slot = part;
    out.expr->children.push_back(SlotExpr(symbol, name.at.begin));
  }
  return out;
}

Result<Slot> Binder::BindCreatedNode(const NodePattern& node, bool alone, Scope& scope,
                                     BoundCreate& out) {
  TUPU_TRY(CheckNewNode(node, alone));
  if (!node.variable.empty() && Find(node.variable.text, nullptr)) {
    TUPU_ASSIGN(const Symbol symbol, Lookup(node.variable.text, node.variable.at.begin));
    if (symbol.types != kNullType && (symbol.types & kNodeType) == 0) {
      return SemanticError(node.variable.at.begin,
                           node.variable.text + " is " + TypeNames(symbol.types) +
                               " and cannot be an end of a relationship",
                           detail::kVariableTypeConflict);
    }
    return symbol.slot;
  }
  Created created;
  TUPU_ASSIGN(created.expr, BindPropertyMap(node.properties.get()));
  for (const Name& label : node.labels) created.labels.push_back(label.text);
  TUPU_ASSIGN(created.slot, NewSlot(node.variable.text, SlotKind::kNode, node.at.begin));
  const Slot slot = created.slot;
  out.fresh.push_back(slot);
  out.elements.push_back(std::move(created));
  if (!node.variable.empty()) {
    Symbol symbol;
    symbol.slot = slot;
    symbol.types = kNodeType;
    scope.names[node.variable.text] = symbol;
  }
  return slot;
}

Status Binder::BindCreatedPath(const PathPattern& path, Scope& scope, BoundCreate& out) {
  const Name& name = path.variable;
  if (!name.empty() && Find(name.text, nullptr)) {
    return SemanticError(name.at.begin, name.text + " is in use already and cannot name a path",
                         detail::kVariableAlreadyBound);
  }
  if (path.shortest != Shortest::kNo) {
    return SemanticError(path.at.begin, "a shortest path can only be matched",
                         detail::kUnexpectedSyntax);
  }
  std::vector<Slot> parts;
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    TUPU_ASSIGN(const Slot node, BindCreatedNode(path.nodes[i], path.rels.empty(), scope, out));
    if (i > 0) {
      const RelPattern& rel = path.rels[i - 1];
      TUPU_TRY(CheckNewRel(rel, true));
      Created edge;
      edge.kind = Created::Kind::kEdge;
      edge.type = rel.types[0].text;
      const Slot before = parts.back();
      edge.from = rel.arrow == Arrow::kLeft ? node : before;
      edge.to = rel.arrow == Arrow::kLeft ? before : node;
      TUPU_ASSIGN(edge.expr, BindPropertyMap(rel.properties.get()));
      TUPU_ASSIGN(edge.slot, NewSlot(rel.variable.text, SlotKind::kEdge, rel.at.begin));
      if (!rel.variable.empty()) {
        Symbol symbol;
        symbol.slot = edge.slot;
        symbol.types = kEdgeType;
        scope.names[rel.variable.text] = symbol;
      }
      out.fresh.push_back(edge.slot);
      parts.push_back(edge.slot);
      out.elements.push_back(std::move(edge));
    }
    parts.push_back(node);
  }
  if (name.empty()) return {};
  TUPU_ASSIGN(const Slot slot, NewSlot(name.text, SlotKind::kValue, name.at.begin));
  out.elements.push_back(CreatedPath(name, parts, slot));
  Symbol symbol;
  symbol.slot = slot;
  symbol.types = kPathType;
  scope.names[name.text] = symbol;
  out.fresh.push_back(slot);
  return {};
}

Result<BoundCreate> Binder::BindCreate(const CreateClause& clause, Scope& scope) {
  BoundCreate out;
  for (const PathPattern& path : clause.paths) TUPU_TRY(BindCreatedPath(path, scope, out));
  return out;
}

Result<BoundMerge> Binder::BindMerge(const MergeClause& clause, Scope& scope) {
  const PathPattern& path = clause.path;
  if (path.shortest != Shortest::kNo) {
    return SemanticError(path.at.begin, "a shortest path can only be matched",
                         detail::kUnexpectedSyntax);
  }
  for (const NodePattern& node : path.nodes) TUPU_TRY(CheckNewNode(node, path.rels.empty()));
  for (const RelPattern& rel : path.rels) TUPU_TRY(CheckNewRel(rel, false));
  for (const NodePattern& node : path.nodes) {
    if (node.properties) TUPU_TRY(RejectParameterMap(*node.properties));
  }
  for (const RelPattern& rel : path.rels) {
    if (rel.properties) TUPU_TRY(RejectParameterMap(*rel.properties));
  }
  BoundMerge out;
  // Values are bound before the pattern's own names are known: it cannot speak of itself.
  std::vector<BoundExprPtr> maps;
  for (const NodePattern& node : path.nodes) {
    TUPU_ASSIGN(BoundExprPtr map, BindPropertyMap(node.properties.get()));
    maps.push_back(std::move(map));
  }
  for (const RelPattern& rel : path.rels) {
    TUPU_ASSIGN(BoundExprPtr map, BindPropertyMap(rel.properties.get()));
    maps.push_back(std::move(map));
  }
  TUPU_ASSIGN(out.match, BindMatch({&path, 1}, nullptr, false, scope, true));
  out.create.fresh = out.match.fresh;
  std::vector<Slot> nodes;  // of the path, in turn
  std::size_t next = 0;
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    const NodePattern& node = path.nodes[i];
    const Symbol* symbol = node.variable.empty() ? nullptr : Find(node.variable.text, nullptr);
    const bool again = symbol && std::find(nodes.begin(), nodes.end(), symbol->slot) != nodes.end();
    if (again) {
      nodes.push_back(symbol->slot);
      continue;
    }
    const PatternNode& matched = out.match.nodes[next++];
    nodes.push_back(matched.slot);
    if (!matched.bound) {
      Created created;
      created.slot = matched.slot;
      created.labels = matched.labels;
      created.expr = std::move(maps[i]);
      out.create.elements.push_back(std::move(created));
    }
  }
  std::vector<Slot> parts = {nodes[0]};
  for (std::size_t i = 0; i < path.rels.size(); ++i) {
    const bool left = path.rels[i].arrow == Arrow::kLeft;
    const Slot slot = out.match.rels[i].slot;
    Created edge;
    edge.kind = Created::Kind::kEdge;
    edge.slot = slot;
    edge.from = nodes[left ? i + 1 : i];
    edge.to = nodes[left ? i : i + 1];
    edge.type = path.rels[i].types[0].text;
    edge.expr = std::move(maps[path.nodes.size() + i]);
    out.create.elements.push_back(std::move(edge));
    parts.push_back(slot);
    parts.push_back(nodes[i + 1]);
  }
  for (const Computed& named : out.match.paths) {
    out.create.elements.push_back(CreatedPath(path.variable, parts, named.slot));
  }
  TUPU_ASSIGN(out.on_create, BindUpdates(clause.on_create));
  TUPU_ASSIGN(out.on_match, BindUpdates(clause.on_match));
  return out;
}

Result<std::vector<BoundUpdate>> Binder::BindUpdates(const std::vector<UpdateItem>& items) {
  Context context;
  context.where = "SET";
  const ContextGuard guard(context_, context);
  std::vector<BoundUpdate> out;
  for (const UpdateItem& item : items) {
    BoundUpdate update;
    update.kind = item.kind;
    update.labels = item.labels;
    const bool property =
        item.kind == UpdateKind::kSetProperty || item.kind == UpdateKind::kRemoveProperty;
    if (property) update.name = item.target->name;
    TUPU_ASSIGN(update.target, BindExpr(property ? *item.target->children[0] : *item.target));
    const bool labels =
        item.kind == UpdateKind::kAddLabels || item.kind == UpdateKind::kRemoveLabels;
    TUPU_TRY(Require(*update.target,
                     labels ? kNodeType : static_cast<TypeSet>(kNodeType | kEdgeType), "SET"));
    if (item.value) {
      TUPU_ASSIGN(update.value, BindExpr(*item.value));
      if (item.kind == UpdateKind::kAdd || item.kind == UpdateKind::kReplace) {
        TUPU_TRY(Require(*update.value, kMapType | kNodeType | kEdgeType, "SET"));
      }
    }
    out.push_back(std::move(update));
  }
  return out;
}

Result<BoundDelete> Binder::BindDelete(const DeleteClause& clause) {
  Context context;
  context.where = "DELETE";
  const ContextGuard guard(context_, context);
  BoundDelete out;
  out.detach = clause.detach;
  for (const ExprPtr& expr : clause.exprs) {
    if (expr->kind == ExprKind::kHasLabels) {
      return SemanticError(expr->at.begin, "DELETE takes no labels; REMOVE takes them away",
                           detail::kInvalidDelete);
    }
    TUPU_ASSIGN(BoundExprPtr bound, BindExpr(*expr));
    TUPU_TRY(Require(*bound, kNodeType | kEdgeType | kPathType, "DELETE"));
    out.exprs.push_back(std::move(bound));
  }
  return out;
}

}  // namespace tupu::query
