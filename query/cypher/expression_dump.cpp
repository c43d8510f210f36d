// Expressions as trees, for tests.
#include "query/cypher/printer.h"

namespace tupu::query {
namespace {

void DumpInto(const Expr& expr, std::string& out) {
  switch (expr.kind) {
    case ExprKind::kLiteral:
    case ExprKind::kParameter:
    case ExprKind::kVariable:
    case ExprKind::kCountStar:
    case ExprKind::kPatternPredicate:
    case ExprKind::kExists:
    case ExprKind::kCountRows:
    case ExprKind::kCollectRows:
      out += Print(expr);
      return;
    default:
      break;
  }
  static constexpr std::string_view kHeads[] = {
      "",    "", "",       ".", "[]",      "[..]",     ":",    "NOT", "neg",    "pos", "",
      "",    "", "IN",     "",  "IS-NULL", "NOT-NULL", "list", "map", "CASE",   "",    "",
      "for", "", "reduce", "",  "pattern", "",         "",     "",    "project"};
  out += '(';
  const std::string_view head = kHeads[static_cast<std::size_t>(expr.kind)];
  out += head.empty() ? OperatorText(expr.op) : head;
  if (expr.distinct) out += "DISTINCT";
  if (expr.kind == ExprKind::kComparison) {
    for (std::size_t i = 0; i < expr.ops.size(); ++i) {
      if (i > 0) out += ',';
      out += OperatorText(expr.ops[i]);
    }
  }
  if (!expr.name.empty()) {
    if (out.back() != '(') out += ' ';
    out += expr.name;
  }
  for (const std::string& name : expr.names) out += ' ' + name;
  if (expr.pattern) out += ' ' + Print(*expr.pattern);
  for (const ExprPtr& child : expr.children) {
    out += ' ';
    if (child) {
      DumpInto(*child, out);
    } else {
      out += '_';
    }
  }
  out += ')';
}

}  // namespace

std::string Dump(const Expr& expr) {
  std::string out;
  DumpInto(expr, out);
  return out;
}

}  // namespace tupu::query
