#include "query/exec/evaluator.h"

#include <algorithm>

#include "graph/store/keys.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/functions.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {

using graph::List;
using graph::Map;
using graph::Value;
using graph::ValueKind;

bool Evaluator::Eval(const BoundExpr& expr, Value& out) {
  switch (expr.kind) {
    case BoundKind::kLiteral:
      out = expr.literal;
      return true;
    case BoundKind::kParameter:
      out = context_.Parameter(expr.name);
      return true;
    case BoundKind::kSlot:
      out = batch_->Get(expr.slot, row_);
      return true;
    case BoundKind::kLocal:
      out = locals_[expr.local];
      return true;
    case BoundKind::kProperty:
      return Property(expr, out);
    case BoundKind::kIndex:
      return Index(expr, out);
    case BoundKind::kSlice:
      return Slice(expr, out);
    case BoundKind::kHasLabels:
      return HasLabels(expr, out);
    case BoundKind::kNot: {
      Truth truth;
      if (!EvalTruth(*expr.children[0], "NOT", truth)) return false;
      out = ToValue(Not(truth));
      return true;
    }
    case BoundKind::kNegate:
    case BoundKind::kPlusSign: {
      if (!Eval(*expr.children[0], out)) return false;
      if (out.is_null()) return true;
      if (!out.is_number()) {
        return context_.Fail(ValueError(expr.pos, "a sign needs a number, this is " + TypeName(out),
                                        detail::kArgumentType));
      }
      if (expr.kind == BoundKind::kPlusSign) return true;
      if (out.kind() == ValueKind::kDouble) {
        out = Value(-out.as_double());
        return true;
      }
      const Value operand = out;
      return Arithmetic(context_, Operator::kSubtract, Value(0), operand, expr.pos, out);
    }
    case BoundKind::kArithmetic: {
      Value a;
      Value b;
      if (!Eval(*expr.children[0], a) || !Eval(*expr.children[1], b)) return false;
      if (a.is_null() || b.is_null()) {
        out = Value();
        return true;
      }
      return Arithmetic(context_, expr.op, a, b, expr.pos, out);
    }
    case BoundKind::kLogic:
      return Logic(expr, out);
    case BoundKind::kComparison:
      return Comparison(expr, out);
    case BoundKind::kIn: {
      Value element;
      Value list;
      if (!Eval(*expr.children[0], element) || !Eval(*expr.children[1], list)) return false;
      if (!list.is_null() && list.kind() != ValueKind::kList) {
        return context_.Fail(ValueError(expr.pos, "IN needs a list, this is " + TypeName(list),
                                        detail::kArgumentType));
      }
      out = ToValue(IsIn(element, list));
      return true;
    }
    case BoundKind::kStringTest:
      return StringTest(expr, out);
    case BoundKind::kIsNull:
    case BoundKind::kIsNotNull: {
      Value value;
      if (!Eval(*expr.children[0], value)) return false;
      out = Value(value.is_null() == (expr.kind == BoundKind::kIsNull));
      return true;
    }
    case BoundKind::kList:
      return ListLiteral(expr, out);
    case BoundKind::kMap:
      return MapLiteral(expr, out);
    case BoundKind::kCase:
      return Case(expr, out);
    case BoundKind::kFunction:
      return Function(expr, out);
    case BoundKind::kListComprehension:
      return ListComprehension(expr, out);
    case BoundKind::kQuantifier:
      return Quantifier(expr, out);
    case BoundKind::kReduce:
      return Reduce(expr, out);
    case BoundKind::kPath:
      return MakePath(expr, out);
    case BoundKind::kMapProjection:
      return MapProjection(expr, out);
    case BoundKind::kExists:
    case BoundKind::kCollect:
    case BoundKind::kCollectRows:
    case BoundKind::kCountRows:
      return RunSubquery(expr, out);
  }
  TUPU_INVARIANT(!"an expression of no kind");
  return false;
}

bool Evaluator::Test(const BoundExpr& expr, bool& out) {
  Truth truth;
  if (!EvalTruth(expr, "WHERE", truth)) return false;
  out = truth.value_or(false);
  return true;
}

bool Evaluator::Test(const std::vector<BoundExprPtr>& conjuncts, bool& out) {
  out = true;
  for (const BoundExprPtr& conjunct : conjuncts) {
    if (!Test(*conjunct, out)) return false;
    if (!out) return true;
  }
  return true;
}

bool Evaluator::EvalTruth(const BoundExpr& expr, std::string_view what, Truth& out) {
  Value value;
  if (!Eval(expr, value)) return false;
  if (value.is_null()) {
    out = std::nullopt;
  } else if (value.kind() == ValueKind::kBool) {
    out = value.as_bool();
  } else {
    return context_.Fail(
        ValueError(expr.pos, std::string(what) + " needs a boolean, this is " + TypeName(value),
                   detail::kArgumentType));
  }
  return true;
}

ColumnReader& Evaluator::Column(const BoundExpr& property) {
  std::unique_ptr<ColumnReader>& column = columns_[&property];
  if (!column) column = std::make_unique<ColumnReader>(context_, property.name);
  return *column;
}

bool Evaluator::Property(const BoundExpr& expr, Value& out) {
  Value base;
  if (!Eval(*expr.children[0], base)) return false;
  out = Value();
  const auto take = [&](const graph::Properties& properties) {
    const auto found = properties.find(expr.name);
    if (found != properties.end()) out = found->second;
  };
  switch (base.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kMap: {
      const auto found = base.as_map().find(expr.name);
      if (found != base.as_map().end()) out = found->second;
      return true;
    }
    case ValueKind::kNode: {
      if (const Value* told = context_.Told(base.as_node(), expr.name)) {
        out = *told;
        return true;
      }
      if (context_.view().shared()) return Column(expr).Read(base.as_node(), out);
      const graph::NodeRecord* node = context_.Node(base.as_node());
      if (!node) return false;
      take(node->properties);
      return true;
    }
    case ValueKind::kEdge: {
      const graph::EdgeRecord* edge = context_.Edge(base.as_edge());
      if (!edge) return false;
      take(edge->properties);
      return true;
    }
    case ValueKind::kDateTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDate:
    case ValueKind::kTime:
    case ValueKind::kLocalTime:
    case ValueKind::kDuration:
      return TemporalComponent(context_, base, expr.name, expr.pos, out);
    default:
      return context_.Fail(ValueError(
          expr.pos,
          "." + expr.name + " needs a node, a relationship or a map, this is " + TypeName(base),
          detail::kArgumentType));
  }
}

bool Evaluator::Index(const BoundExpr& expr, Value& out) {
  Value base;
  Value key;
  if (!Eval(*expr.children[0], base) || !Eval(*expr.children[1], key)) return false;
  out = Value();
  switch (base.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kList: {
      if (key.is_null()) return true;
      if (key.kind() != ValueKind::kInt) {
        return context_.Fail(
            ValueError(expr.pos, "an index of a list is an integer, this is " + TypeName(key),
                       detail::kListElementAccess));
      }
      const auto size = static_cast<std::int64_t>(base.as_list().size());
      std::int64_t index = key.as_int();
      if (index < 0 && index >= -size) index += size;
      if (index >= 0 && index < size) out = base.as_list()[static_cast<std::size_t>(index)];
      return true;
    }
    case ValueKind::kMap:
    case ValueKind::kNode:
    case ValueKind::kEdge:
      break;
    default:
      return context_.Fail(ValueError(
          expr.pos, "[ ] needs a list, a map, a node or a relationship, this is " + TypeName(base),
          detail::kArgumentType));
  }
  if (key.is_null()) return true;
  if (key.kind() != ValueKind::kString) {
    return context_.Fail(ValueError(expr.pos, "a key is a string, this is " + TypeName(key),
                                    detail::kMapElementAccess));
  }
  const graph::Properties* properties = nullptr;
  if (base.kind() == ValueKind::kNode) {
    const graph::NodeRecord* node = context_.Node(base.as_node());
    if (!node) return false;
    properties = &node->properties;
  } else if (base.kind() == ValueKind::kEdge) {
    const graph::EdgeRecord* edge = context_.Edge(base.as_edge());
    if (!edge) return false;
    properties = &edge->properties;
  } else {
    properties = &base.as_map();
  }
  const auto found = properties->find(key.as_string());
  if (found != properties->end()) out = found->second;
  return true;
}

bool Evaluator::Slice(const BoundExpr& expr, Value& out) {
  Value base;
  if (!Eval(*expr.children[0], base)) return false;
  Value bounds[2];
  for (std::size_t i = 0; i < 2; ++i) {
    if (!expr.children[i + 1]) {
      continue;
    }
    if (!Eval(*expr.children[i + 1], bounds[i])) return false;
    if (bounds[i].is_null()) {
      out = Value();
      return true;
    }
    if (bounds[i].kind() != ValueKind::kInt) {
      return context_.Fail(
          ValueError(expr.pos, "an index of a list is an integer, this is " + TypeName(bounds[i]),
                     detail::kListElementAccess));
    }
  }
  if (base.is_null()) {
    out = Value();
    return true;
  }
  if (base.kind() != ValueKind::kList) {
    return context_.Fail(ValueError(expr.pos, "[ .. ] needs a list, this is " + TypeName(base),
                                    detail::kArgumentType));
  }
  const List& list = base.as_list();
  const auto size = static_cast<std::int64_t>(list.size());
  const auto place = [&](std::int64_t index) {
    if (index < 0) index = index < -size ? 0 : index + size;
    return std::min(index, size);
  };
  const std::int64_t begin = bounds[0].is_null() ? 0 : place(bounds[0].as_int());
  const std::int64_t end = bounds[1].is_null() ? size : place(bounds[1].as_int());
  List piece;
  if (begin < end) piece.assign(list.begin() + begin, list.begin() + end);
  out = Value(std::move(piece));
  return Made(out, expr.pos);
}

bool Evaluator::HasLabels(const BoundExpr& expr, Value& out) {
  Value base;
  if (!Eval(*expr.children[0], base)) return false;
  if (base.is_null()) {
    out = Value();
    return true;
  }
  if (base.kind() == ValueKind::kEdge) {
    // A relationship has one type.
    const std::string type = context_.view().TypeName(graph::TypeOf(base.as_edge()));
    out = Value(std::all_of(expr.names.begin(), expr.names.end(),
                            [&](const std::string& name) { return name == type; }));
    return true;
  }
  if (base.kind() != ValueKind::kNode) {
    return context_.Fail(ValueError(
        expr.pos, "a label test needs a node or a relationship, this is " + TypeName(base),
        detail::kArgumentType));
  }
  bool all = true;
  for (const std::string& name : expr.names) {
    const auto label = context_.Label(name);
    if (!label) {
      all = false;
      break;
    }
    const Result<bool> has = context_.view().HasLabel(base.as_node(), *label);
    if (!has.ok()) return context_.Fail(has.error());
    if (!*has) {
      all = false;
      break;
    }
  }
  out = Value(all);
  return true;
}

bool Evaluator::Logic(const BoundExpr& expr, Value& out) {
  const std::string_view word = OperatorText(expr.op);
  if (expr.op == Operator::kXor) {
    bool odd = false;
    bool known = true;
    for (const BoundExprPtr& child : expr.children) {
      Truth truth;
      if (!EvalTruth(*child, word, truth)) return false;
      known = known && truth.has_value();
      odd = odd != truth.value_or(false);
    }
    out = known ? Value(odd) : Value();
    return true;
  }
  // AND stops at the first false, OR at the first true.
  const bool decides = expr.op == Operator::kOr;
  bool known = true;
  for (const BoundExprPtr& child : expr.children) {
    Truth truth;
    if (!EvalTruth(*child, word, truth)) return false;
    if (!truth) {
      known = false;
    } else if (*truth == decides) {
      out = Value(decides);
      return true;
    }
  }
  out = known ? Value(!decides) : Value();
  return true;
}

// a < b < c is a < b AND b < c.
bool Evaluator::Comparison(const BoundExpr& expr, Value& out) {
  Value left;
  if (!Eval(*expr.children[0], left)) return false;
  Truth all = true;
  for (std::size_t i = 0; i < expr.ops.size(); ++i) {
    Value right;
    if (!Eval(*expr.children[i + 1], right)) return false;
    const Truth holds = Compare(expr.ops[i], left, right);
    if (!holds) {
      if (all.value_or(true)) all = std::nullopt;
    } else if (!*holds) {
      all = false;
    }
    if (all && !*all) break;
    left = std::move(right);
  }
  out = ToValue(all);
  return true;
}

bool Evaluator::StringTest(const BoundExpr& expr, Value& out) {
  Value text;
  Value piece;
  if (!Eval(*expr.children[0], text) || !Eval(*expr.children[1], piece)) return false;
  out = Value();
  // What is no string has no beginning: not known rather than wrong.
  if (text.kind() != ValueKind::kString || piece.kind() != ValueKind::kString) return true;
  const std::string& whole = text.as_string();
  const std::string& part = piece.as_string();
  switch (expr.op) {
    case Operator::kStartsWith:
      out = Value(whole.starts_with(part));
      return true;
    case Operator::kEndsWith:
      out = Value(whole.ends_with(part));
      return true;
    case Operator::kContains:
      out = Value(whole.find(part) != std::string::npos);
      return true;
    default: {
      Regex* regex = context_.CompiledRegex(part, expr.pos);
      if (!regex) return false;
      const Result<bool> matches = regex->MatchesAll(whole);
      if (!matches.ok()) return context_.Fail(matches.error());
      out = Value(*matches);
      return true;
    }
  }
}

bool Evaluator::Made(const Value& value, std::uint32_t pos) {
  if (!context_.Charge(HeapBytes(value))) return false;
  if (WithinDepth(value, kMaxValueDepth)) return true;
  return context_.Fail(
      Error(ErrorCode::kLimit,
            "lists and maps are nested more than " + std::to_string(kMaxValueDepth) + " deep here",
            {}, pos));
}

bool Evaluator::ListLiteral(const BoundExpr& expr, Value& out) {
  List list(expr.children.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!Eval(*expr.children[i], list[i])) return false;
  }
  out = Value(std::move(list));
  return Made(out, expr.pos);
}

bool Evaluator::MapLiteral(const BoundExpr& expr, Value& out) {
  Map map;
  for (std::size_t i = 0; i < expr.children.size(); ++i) {
    if (!Eval(*expr.children[i], map[expr.names[i]])) return false;
  }
  out = Value(std::move(map));
  return Made(out, expr.pos);
}

bool Evaluator::MapProjection(const BoundExpr& expr, Value& out) {
  Value base;
  if (!Eval(*expr.children[0], base)) return false;
  if (base.is_null()) {
    out = Value();
    return true;
  }
  Map map;
  for (std::size_t i = 0; i < expr.names.size(); ++i) {
    if (expr.ops[i] != Operator::kMultiply) {
      Value value;
      if (!Eval(*expr.children[i + 1], value)) return false;
      map.insert_or_assign(expr.names[i], std::move(value));
      continue;
    }
    std::vector<Value> arguments(1, base);
    Value all;
    if (!CallGraphFunction(context_, Function::kProperties, arguments, expr.pos, all)) return false;
    for (const auto& [name, value] : all.as_map()) map.insert_or_assign(name, value);
  }
  out = Value(std::move(map));
  return Made(out, expr.pos);
}

bool Evaluator::Case(const BoundExpr& expr, Value& out) {
  Value operand;
  const bool simple = expr.children[0] != nullptr;
  if (simple && !Eval(*expr.children[0], operand)) return false;
  for (std::size_t i = 1; i + 2 < expr.children.size(); i += 2) {
    bool chosen = false;
    if (simple) {
      Value candidate;
      if (!Eval(*expr.children[i], candidate)) return false;
      chosen = Equal(operand, candidate).value_or(false);
    } else if (!Test(*expr.children[i], chosen)) {
      return false;
    }
    if (chosen) return Eval(*expr.children[i + 1], out);
  }
  if (expr.children.back()) return Eval(*expr.children.back(), out);
  out = Value();
  return true;
}

bool Evaluator::Function(const BoundExpr& expr, Value& out) {
  const FunctionDef& definition = Definition(expr.function);
  std::vector<Value> arguments(expr.children.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!Eval(*expr.children[i], arguments[i])) return false;
    if (arguments[i].is_null() && definition.null_in_null_out) {
      out = Value();
      return true;
    }
  }
  return CallFunction(context_, expr.function, arguments, expr.pos, out);
}

}  // namespace tupu::query
