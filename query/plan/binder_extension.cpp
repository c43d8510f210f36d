// What Cypher has got after openCypher 9: label expressions, WHERE within patterns, CALL { }.
#include <algorithm>

#include "query/plan/binder_impl.h"

namespace tupu::query {

// One test a label, joined as `ops` say.
Result<BoundExprPtr> Binder::BindLabelTest(const std::vector<std::string>& names,
                                           const LabelOps& ops, std::uint32_t pos,
                                           const std::function<Result<BoundExprPtr>()>& base) {
  std::vector<BoundExprPtr> parts;
  std::size_t next = 0;
  const auto make = [&](BoundKind kind, Operator op) {
    auto out = std::make_unique<BoundExpr>();
    out->kind = kind;
    out->op = op;
    out->pos = pos;
    out->types = kBoolType;
    return out;
  };
  for (const Operator op : ops) {
    if (op == Operator::kNone) {
      BoundExprPtr test = make(BoundKind::kHasLabels, op);
      test->names.push_back(names[next++]);
      TUPU_ASSIGN(BoundExprPtr operand, base());
      TUPU_TRY(Require(*operand, kNodeType | kEdgeType, "a label test"));
      test->children.push_back(std::move(operand));
      parts.push_back(std::move(test));
    } else if (op == Operator::kNot) {
      BoundExprPtr negated = make(BoundKind::kNot, Operator::kNone);
      negated->children.push_back(std::move(parts.back()));
      parts.back() = std::move(negated);
    } else {
      BoundExprPtr last = std::move(parts.back());
      parts.pop_back();
      // Long chains stay flat.
      if (parts.back()->kind != BoundKind::kLogic || parts.back()->op != op) {
        BoundExprPtr joined = make(BoundKind::kLogic, op);
        joined->children.push_back(std::move(parts.back()));
        parts.back() = std::move(joined);
      }
      parts.back()->children.push_back(std::move(last));
    }
  }
  TUPU_INVARIANT(parts.size() == 1);
  return std::move(parts.back());
}

Status Binder::BindPatternTests(const NodePattern& pattern, PatternNode& node,
                                std::vector<BoundExprPtr>& out) {
  if (!pattern.label_ops.empty()) {
    std::vector<std::string> names;
    for (const Name& label : pattern.labels) names.push_back(label.text);
    Symbol symbol;
    symbol.slot = node.slot;
    symbol.types = kNodeType;
    const std::uint32_t pos = pattern.labels[0].at.begin;
    TUPU_ASSIGN(BoundExprPtr test,
                BindLabelTest(names, pattern.label_ops, pos,
                              [&]() -> Result<BoundExprPtr> { return SlotExpr(symbol, pos); }));
    std::vector<BoundExprPtr> tests;
    if (test->kind == BoundKind::kLogic && test->op == Operator::kAnd) {
      tests = std::move(test->children);
    } else {
      tests.push_back(std::move(test));
    }
    // Labels that all have to be there are found by the index.
    for (BoundExprPtr& one : tests) {
      if (one->kind != BoundKind::kHasLabels) {
        const bool any =
            one->kind == BoundKind::kLogic && one->op == Operator::kOr &&
            std::all_of(one->children.begin(), one->children.end(), [](const BoundExprPtr& label) {
              return label->kind == BoundKind::kHasLabels;
            });
        if (any && node.any_label.empty()) {
          for (const BoundExprPtr& label : one->children) node.any_label.push_back(label->names[0]);
        }
        out.push_back(std::move(one));
      } else if (std::find(node.labels.begin(), node.labels.end(), one->names[0]) ==
                 node.labels.end()) {
        node.labels.push_back(one->names[0]);
      }
    }
    std::sort(node.labels.begin(), node.labels.end());
  }
  return pattern.where ? BindWhere(*pattern.where, out) : Status();
}

Status Binder::BindPatternTests(const RelPattern& pattern, const PatternRel& rel,
                                std::vector<BoundExprPtr>& out) {
  const bool tests = !pattern.type_ops.empty() || pattern.where;
  if (tests && pattern.variable_length) {
    return SemanticError(pattern.at.begin,
                         "a relationship of variable length takes no conditions; write "
                         "WHERE all(r IN relationships(path) WHERE …)",
                         detail::kInvalidRelationshipPattern);
  }
  if (!pattern.type_ops.empty()) {
    std::vector<std::string> names;
    for (const Name& type : pattern.types) names.push_back(type.text);
    Symbol symbol;
    symbol.slot = rel.slot;
    symbol.types = kEdgeType;
    const std::uint32_t pos = pattern.types[0].at.begin;
    TUPU_ASSIGN(BoundExprPtr test,
                BindLabelTest(names, pattern.type_ops, pos,
                              [&]() -> Result<BoundExprPtr> { return SlotExpr(symbol, pos); }));
    out.push_back(std::move(test));
  }
  return pattern.where ? BindWhere(*pattern.where, out) : Status();
}

// The names that a subquery sees of the query around it.
Status Binder::ImportNames(const SubqueryClause& clause, Scope& visible) {
  std::vector<std::pair<std::string, std::uint32_t>> names;
  if (clause.import_all) {
    for (const Scope* scope = scope_; scope; scope = scope->parent) {
      for (const auto& entry : scope->names) names.emplace_back(entry.first, 0);
    }
  } else if (clause.has_imports) {
    for (const Name& name : clause.imports) names.emplace_back(name.text, name.at.begin);
  } else {
    for (const SingleQuery& part : clause.query->parts) {
      const auto* first = std::get_if<ProjectionClause>(&part.clauses.front().body);
      if (!first || first->is_return || first->distinct || first->where || first->limit ||
          first->skip || !first->order.empty()) {
        continue;
      }
      const bool plain =
          std::all_of(first->items.begin(), first->items.end(), [](const ProjectionItem& item) {
            return item.expr->kind == ExprKind::kVariable && item.alias.empty();
          });
      if (!plain) continue;
      for (const ProjectionItem& item : first->items) {
        names.emplace_back(item.expr->name, item.expr->anchor);
      }
    }
  }
  for (const auto& [name, pos] : names) {
    if (visible.names.contains(name)) continue;
    TUPU_ASSIGN(const Symbol symbol, Lookup(name, pos));
    visible.names[name] = symbol;
  }
  return {};
}

// One without RETURN leaves the rows as they are: it is counted, and a list of that number unwound.
Status Binder::BindUnitSubquery(BoundExprPtr subquery, std::uint32_t pos, BoundPart& part) {
  subquery->kind = BoundKind::kCountRows;
  subquery->types = kIntType;
  BoundUnwind unwind;
  unwind.writes = true;
  unwind.list = std::make_unique<BoundExpr>();
  unwind.list->kind = BoundKind::kList;
  unwind.list->types = kListType;
  unwind.list->pos = pos;
  unwind.list->children.push_back(std::move(subquery));
  TUPU_ASSIGN(unwind.slot, NewSlot(std::string(), SlotKind::kValue, pos));
  part.clauses.emplace_back(std::move(unwind));
  return {};
}

// A row of the subquery for each row around it: its rows as a list, unwound.
Status Binder::BindSubqueryClause(const SubqueryClause& clause, std::uint32_t pos, Scope& scope,
                                  BoundPart& part) {
  Scope visible;
  TUPU_TRY(ImportNames(clause, visible));
  if (clause.for_each) {
    const Name& each =
        std::get<UnwindClause>(clause.query->parts.front().clauses.front().body).variable;
    if (visible.names.contains(each.text)) {
      return SemanticError(each.at.begin, each.text + " is in use already",
                           detail::kVariableAlreadyBound);
    }
  }
  auto collect = std::make_unique<BoundExpr>();
  collect->pos = pos;
  collect->types = kListType;
  collect->subquery = std::make_shared<Subquery>();
  {
    const ContextGuard guard(context_, Context());
    TUPU_ASSIGN(collect->subquery->query,
                BindQuery(*clause.query, &visible, collect->subquery.get()));
  }
  const BoundQuery& query = collect->subquery->query;
  for (const std::string& column : query.columns) {
    if (Find(column, nullptr)) {
      return SemanticError(pos, column + " is in use already; the subquery returns a column of it",
                           detail::kVariableAlreadyBound);
    }
  }
  const bool one = query.columns.size() == 1;
  if (query.columns.empty()) return BindUnitSubquery(std::move(collect), pos, part);
  collect->kind = one ? BoundKind::kCollect : BoundKind::kCollectRows;
  BoundProjection fields;
  BoundUnwind unwind;
  unwind.optional = clause.optional;
  unwind.writes = IsUpdating(*clause.query);
  TUPU_ASSIGN(unwind.slot, NewSlot(one ? query.columns[0] : std::string(), SlotKind::kValue, pos));
  Symbol row;
  row.slot = unwind.slot;
  for (std::size_t i = 0; i < query.columns.size(); ++i) {
    const SlotKind kind = statement_.slots[query.outputs[i]].kind;
    Symbol symbol;
    symbol.slot = unwind.slot;
    symbol.types = kind == SlotKind::kNode   ? kNodeType
                   : kind == SlotKind::kEdge ? kEdgeType
                                             : kAnyType;
    if (!one) {
      auto field = std::make_unique<BoundExpr>();
      field->kind = BoundKind::kIndex;
      field->pos = pos;
      field->types = symbol.types;
      auto number = std::make_unique<BoundExpr>();
      number->literal = graph::Value(static_cast<std::int64_t>(i));
      number->types = kIntType;
      field->children.push_back(SlotExpr(row, pos));
      field->children.push_back(std::move(number));
      TUPU_ASSIGN(symbol.slot, NewSlot(query.columns[i], SlotKind::kValue, pos));
      fields.items.push_back({std::move(field), symbol.slot});
      fields.outputs.push_back({query.columns[i], symbol.slot});
    }
    scope.names[query.columns[i]] = symbol;
  }
  unwind.list = std::move(collect);
  part.clauses.emplace_back(std::move(unwind));
  if (!one) part.clauses.emplace_back(std::move(fields));
  return {};
}

}  // namespace tupu::query
