#include "query/cypher/ast.h"

#include "query/cypher/printer.h"

namespace tupu::query {

Expr::Expr() = default;
Expr::~Expr() = default;

std::string_view OperatorText(Operator op) {
  switch (op) {
    case Operator::kNone:
      return "";
    case Operator::kAnd:
      return "AND";
    case Operator::kOr:
      return "OR";
    case Operator::kXor:
      return "XOR";
    case Operator::kEqual:
      return "=";
    case Operator::kNotEqual:
      return "<>";
    case Operator::kLess:
      return "<";
    case Operator::kLessEqual:
      return "<=";
    case Operator::kGreater:
      return ">";
    case Operator::kGreaterEqual:
      return ">=";
    case Operator::kAdd:
      return "+";
    case Operator::kSubtract:
      return "-";
    case Operator::kMultiply:
      return "*";
    case Operator::kDivide:
      return "/";
    case Operator::kModulo:
      return "%";
    case Operator::kPower:
      return "^";
    case Operator::kStartsWith:
      return "STARTS WITH";
    case Operator::kEndsWith:
      return "ENDS WITH";
    case Operator::kContains:
      return "CONTAINS";
    case Operator::kMatches:
      return "=~";
    case Operator::kAll:
      return "all";
    case Operator::kAny:
      return "any";
    case Operator::kNoneOf:
      return "none";
    case Operator::kSingle:
      return "single";
    case Operator::kNot:
      return "!";
  }
  return "";
}

bool IsUpdating(const Clause& clause) {
  if (const auto* call = std::get_if<SubqueryClause>(&clause.body)) return IsUpdating(*call->query);
  return std::holds_alternative<CreateClause>(clause.body) ||
         std::holds_alternative<UpdateClause>(clause.body) ||
         std::holds_alternative<MergeClause>(clause.body) ||
         std::holds_alternative<DeleteClause>(clause.body);
}

bool IsUpdating(const Query& query) {
  for (const SingleQuery& part : query.parts) {
    for (const Clause& clause : part.clauses) {
      if (IsUpdating(clause)) return true;
    }
  }
  return false;
}

bool Same(const Expr& a, const Expr& b) {
  if (a.hash != b.hash || a.kind != b.kind || a.op != b.op || a.distinct != b.distinct ||
      a.children.size() != b.children.size()) {
    return false;
  }
  // 1 and 1.0 are different things to write.
  if (a.literal.kind() != b.literal.kind()) return false;
  // The rest is small; its printed form decides.
  return Print(a) == Print(b);
}

}  // namespace tupu::query
