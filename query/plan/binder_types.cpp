// What types can be told of expressions without running them, and which of those cannot be right.
#include "query/plan/binder_impl.h"

namespace tupu::query {
Status Binder::Require(const BoundExpr& operand, TypeSet accepted, std::string_view what,
                       std::string_view name) {
  if (operand.types == kNullType || (operand.types & accepted) != 0) return {};
  return SemanticError(
      operand.pos,
      std::string(what) + " needs " + TypeNames(accepted) + ", this is " + TypeNames(operand.types),
      name);
}

Status Binder::CheckArithmetic(Operator op, const BoundExpr& left, const BoundExpr& right) {
  TypeSet on_left = kNumberType;
  TypeSet on_right = kNumberType;
  switch (op) {
    case Operator::kAdd:
      if (left.types == kListType || right.types == kListType) return {};
      on_left = kNumberType | kStringType | kListType | kTemporalType | kDurationType;
      on_right = on_left;
      break;
    case Operator::kSubtract:
      on_left = kNumberType | kTemporalType | kDurationType;
      on_right = kNumberType | kDurationType;
      break;
    case Operator::kMultiply:
      on_left = kNumberType | kDurationType;
      on_right = on_left;
      break;
    case Operator::kDivide:
      on_left = kNumberType | kDurationType;
      break;
    default:
      break;
  }
  TUPU_TRY(Require(left, on_left, OperatorText(op)));
  return Require(right, on_right, OperatorText(op));
}

Status Binder::CheckOperands(const Expr& expr, const BoundExpr& out) {
  const auto child = [&](std::size_t i) -> const BoundExpr& { return *out.children[i]; };
  switch (out.kind) {
    case BoundKind::kNot:
      return Require(child(0), kBoolType, "NOT");
    case BoundKind::kLogic:
      for (const BoundExprPtr& operand : out.children) {
        TUPU_TRY(Require(*operand, kBoolType, OperatorText(expr.op)));
      }
      return {};
    case BoundKind::kNegate:
    case BoundKind::kPlusSign:
      return Require(child(0), kNumberType, out.kind == BoundKind::kNegate ? "-" : "+");
    case BoundKind::kArithmetic:
      return CheckArithmetic(expr.op, child(0), child(1));
    case BoundKind::kIn:
      return Require(child(1), kListType, "IN");
    case BoundKind::kProperty:
      return Require(
          child(0), kNodeType | kEdgeType | kMapType | kTemporalType | kDurationType,
          "." + expr.name,
          child(0).types == kPathType ? detail::kInvalidArgumentType : detail::kArgumentType);
    case BoundKind::kIndex:
      TUPU_TRY(Require(child(0), kListType | kMapType | kNodeType | kEdgeType, "[ ]",
                       detail::kArgumentType));
      if (child(0).types == kListType) {
        return Require(child(1), kIntType, "an index of a list", detail::kArgumentType);
      }
      if (child(0).types != kNullType && (child(0).types & kListType) == 0) {
        return Require(child(1), kStringType, "an index of a map, node or relationship",
                       detail::kArgumentType);
      }
      return {};
    case BoundKind::kSlice:
      TUPU_TRY(Require(child(0), kListType, "[ .. ]"));
      for (std::size_t i = 1; i < 3; ++i) {
        if (out.children[i]) TUPU_TRY(Require(child(i), kIntType, "[ .. ]"));
      }
      return {};
    case BoundKind::kMapProjection:
      return Require(child(0), kNodeType | kEdgeType | kMapType, "a map projection");
    case BoundKind::kHasLabels:
      return Require(child(0), kNodeType | kEdgeType, "a label test");
    default:
      return {};
  }
}

void Binder::InferTypes(const Expr& expr, BoundExpr& out) {
  const auto types = [&](std::size_t i) { return out.children[i]->types; };
  switch (out.kind) {
    case BoundKind::kLiteral:
      out.types = TypeOf(out.literal.kind());
      break;
    case BoundKind::kParameter:
    case BoundKind::kProperty:
      break;
    case BoundKind::kIndex:
      if (types(0) == kListType) out.types = out.children[0]->elements;
      break;
    case BoundKind::kSlice:
      out.types = kListType;
      out.elements = out.children[0]->elements;
      break;
    case BoundKind::kNegate:
    case BoundKind::kPlusSign:
      out.types = static_cast<TypeSet>(types(0) & kNumberType);
      break;
    case BoundKind::kArithmetic: {
      const TypeSet both = Either(types(0), types(1));
      if (expr.op == Operator::kPower) {
        out.types = kDoubleType;
      } else if ((both & ~kNumberType) == 0) {
        out.types = (both & ~kIntType) == 0 ? kIntType : kNumberType;
      } else if (expr.op == Operator::kModulo) {
        out.types = kNumberType;
      } else if (expr.op != Operator::kAdd) {
        // Numbers of numbers, durations of durations, points in time of those on the left.
        const TypeSet times = expr.op == Operator::kSubtract ? types(0) & kTemporalType : kNullType;
        out.types = static_cast<TypeSet>(((both & kNumberType) != 0 ? kNumberType : kNullType) |
                                         (both & kDurationType) | times);
      } else if (types(0) == kListType || types(1) == kListType) {
        out.types = kListType;
      }
      break;
    }
    case BoundKind::kList:
      out.types = kListType;
      out.elements = kNullType;
      for (const BoundExprPtr& child : out.children)
        out.elements = Either(out.elements, child->types);
      break;
    case BoundKind::kMap:
    case BoundKind::kMapProjection:
      out.types = kMapType;
      break;
    case BoundKind::kCase:
      out.types = kNullType;
      for (std::size_t i = 2; i + 1 < out.children.size(); i += 2) {
        out.types = Either(out.types, types(i));
      }
      if (out.children.back()) out.types = Either(out.types, out.children.back()->types);
      break;
    default:
      out.types = kBoolType;
      break;
  }
}

}  // namespace tupu::query
