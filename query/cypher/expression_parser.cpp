// Expressions, loosest first: OR, XOR, AND, NOT, comparisons, predicates (IN, STARTS WITH, IS NULL,
// =~), + and -, * / and %, ^, signs, then what may follow an atom: .name, [index], :Label. Atoms
// are read apart (atom_parser.cpp).
#include <functional>

#include "query/cypher/parser_impl.h"

namespace tupu::query {
namespace {

std::size_t Mix(std::size_t seed, std::size_t value) {
  return (seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2))) *
         0xff51afd7ed558ccdULL;
}

}  // namespace

Result<ExprPtr> Parser::WholeExpression() {
  TUPU_ASSIGN(ExprPtr expr, Expression());
  if (!At(TokenKind::kEnd)) return Unexpected("the end of the expression");
  return expr;
}

Result<ExprPtr> Parser::Finish(ExprPtr expr, std::size_t start) {
  expr->at = From(start);
  int depth = expr->depth - 1;
  std::size_t hash = Mix(static_cast<std::size_t>(expr->kind), static_cast<std::size_t>(expr->op));
  for (const ExprPtr& child : expr->children) {
    if (child) depth = std::max<int>(depth, child->depth);
    hash = Mix(hash, child ? child->hash : 0);
  }
  const std::string& name = expr->name;
  hash = Mix(hash,
             std::hash<std::string>{}(expr->kind == ExprKind::kFunction ? LowerAscii(name) : name));
  for (const std::string& part : expr->names) hash = Mix(hash, std::hash<std::string>{}(part));
  for (const Operator op : expr->ops) hash = Mix(hash, static_cast<std::size_t>(op));
  expr->hash = Mix(hash, expr->literal.Hash());
  if (depth + 1 > kMaxNesting) {
    return Error(ErrorCode::kLimit,
                 "the expression is nested more than " + std::to_string(kMaxNesting) + " deep", {},
                 expr->anchor);
  }
  expr->depth = static_cast<std::uint16_t>(depth + 1);
  tallest_ = std::max(tallest_, expr->depth);
  return expr;
}

Result<ExprPtr> Parser::Expression() {
  const Nesting nesting(depth_);
  TUPU_TRY(CheckDepth());
  return Logic(Operator::kOr);
}

Result<ExprPtr> Parser::Logic(Operator op) {
  const std::size_t start = begin();
  const auto operand = [&]() -> Result<ExprPtr> {
    if (op == Operator::kOr) return Logic(Operator::kXor);
    if (op == Operator::kXor) return Logic(Operator::kAnd);
    return Not();
  };
  TUPU_ASSIGN(ExprPtr first, operand());
  if (!AtWord(OperatorText(op))) return first;
  ExprPtr expr = NewExpr(ExprKind::kLogic, begin());
  expr->op = op;
  expr->children.push_back(std::move(first));
  while (TakeWord(OperatorText(op))) {
    TUPU_ASSIGN(ExprPtr next, operand());
    expr->children.push_back(std::move(next));
  }
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Not() {
  const std::size_t start = begin();
  if (!TakeWord("NOT")) return Comparison();
  const Nesting nesting(depth_);
  TUPU_TRY(CheckDepth());
  ExprPtr expr = NewExpr(ExprKind::kNot, start);
  TUPU_ASSIGN(ExprPtr operand, Not());
  expr->children.push_back(std::move(operand));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Comparison() {
  const std::size_t start = begin();
  TUPU_ASSIGN(ExprPtr first, Predicate());
  ExprPtr expr;
  while (true) {
    Operator op;
    switch (Peek().kind) {
      case TokenKind::kEqual:
        op = Operator::kEqual;
        break;
      case TokenKind::kNotEqual:
        op = Operator::kNotEqual;
        break;
      case TokenKind::kLess:
        op = Operator::kLess;
        break;
      case TokenKind::kLessEqual:
        op = Operator::kLessEqual;
        break;
      case TokenKind::kGreater:
        op = Operator::kGreater;
        break;
      case TokenKind::kGreaterEqual:
        op = Operator::kGreaterEqual;
        break;
      default:
        if (!expr) return first;
        return Finish(std::move(expr), start);
    }
    if (!expr) {
      expr = NewExpr(ExprKind::kComparison, begin());
      expr->children.push_back(std::move(first));
    }
    ++next_;
    expr->ops.push_back(op);
    TUPU_ASSIGN(ExprPtr next, Predicate());
    expr->children.push_back(std::move(next));
  }
}

Result<ExprPtr> Parser::Predicate() {
  const std::size_t start = begin();
  TUPU_ASSIGN(ExprPtr left, Binary(0));
  while (true) {
    const std::size_t anchor = begin();
    ExprPtr expr;
    if (AtWord("IS")) {
      const bool negated = AtWord("NOT", 1);
      if (!AtWord("NULL", negated ? 2 : 1)) {
        ++next_;
        if (negated) ++next_;
        return Unexpected(negated ? "NULL" : "NULL or NOT NULL");
      }
      next_ += negated ? 3 : 2;
      expr = NewExpr(negated ? ExprKind::kIsNotNull : ExprKind::kIsNull, anchor);
      expr->children.push_back(std::move(left));
    } else {
      Operator op = Operator::kNone;
      ExprKind kind = ExprKind::kStringTest;
      if (TakeWord("IN")) {
        kind = ExprKind::kIn;
      } else if (AtWord("STARTS") || AtWord("ENDS")) {
        op = AtWord("STARTS") ? Operator::kStartsWith : Operator::kEndsWith;
        ++next_;
        TUPU_TRY(ExpectWord("WITH"));
      } else if (TakeWord("CONTAINS")) {
        op = Operator::kContains;
      } else if (Take(TokenKind::kMatches)) {
        op = Operator::kMatches;
      } else {
        return left;
      }
      expr = NewExpr(kind, anchor);
      expr->op = op;
      TUPU_ASSIGN(ExprPtr right, Binary(0));
      expr->children.push_back(std::move(left));
      expr->children.push_back(std::move(right));
    }
    TUPU_ASSIGN(left, Finish(std::move(expr), start));
  }
}

// Binding powers: + and - bind with 0, * / % with 1, ^ with 2; all from left to right.
Result<ExprPtr> Parser::Binary(int power) {
  const std::size_t start = begin();
  TUPU_ASSIGN(ExprPtr left, Unary());
  while (true) {
    Operator op;
    int binds;
    switch (Peek().kind) {
      case TokenKind::kPlus:
        op = Operator::kAdd;
        binds = 0;
        break;
      case TokenKind::kMinus:
        op = Operator::kSubtract;
        binds = 0;
        break;
      case TokenKind::kStar:
        op = Operator::kMultiply;
        binds = 1;
        break;
      case TokenKind::kSlash:
        op = Operator::kDivide;
        binds = 1;
        break;
      case TokenKind::kPercent:
        op = Operator::kModulo;
        binds = 1;
        break;
      case TokenKind::kCaret:
        op = Operator::kPower;
        binds = 2;
        break;
      default:
        return left;
    }
    if (binds < power) return left;
    ExprPtr expr = NewExpr(ExprKind::kArithmetic, begin());
    expr->op = op;
    ++next_;
    TUPU_ASSIGN(ExprPtr right, Binary(binds + 1));
    expr->children.push_back(std::move(left));
    expr->children.push_back(std::move(right));
    TUPU_ASSIGN(left, Finish(std::move(expr), start));
  }
}

Result<ExprPtr> Parser::Unary() {
  const std::size_t start = begin();
  if (!At(TokenKind::kMinus) && !At(TokenKind::kPlus)) return Postfix();
  const Nesting nesting(depth_);
  TUPU_TRY(CheckDepth());
  const bool minus = At(TokenKind::kMinus);
  ++next_;
  // The smallest integer exists only with its sign.
  if (minus && (At(TokenKind::kInteger) || At(TokenKind::kDouble)) &&
      Peek(1).kind != TokenKind::kDot && Peek(1).kind != TokenKind::kLeftBracket) {
    return Number(true, start);
  }
  ExprPtr expr = NewExpr(minus ? ExprKind::kNegate : ExprKind::kPlusSign, start);
  TUPU_ASSIGN(ExprPtr operand, Unary());
  expr->children.push_back(std::move(operand));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Postfix() {
  const std::size_t start = begin();
  TUPU_ASSIGN(ExprPtr expr, Atom());
  while (true) {
    if (At(TokenKind::kDot)) {
      ++next_;
      ExprPtr property = NewExpr(ExprKind::kProperty, begin());
      TUPU_ASSIGN(Name name, SchemaName("a property's name"));
      property->name = std::move(name.text);
      property->children.push_back(std::move(expr));
      TUPU_ASSIGN(expr, Finish(std::move(property), start));
    } else if (At(TokenKind::kLeftBracket)) {
      const std::size_t anchor = begin();
      ++next_;
      ExprPtr low;
      if (!At(TokenKind::kDotDot)) {
        TUPU_ASSIGN(low, Expression());
      }
      ExprPtr access = NewExpr(ExprKind::kIndex, anchor);
      access->children.push_back(std::move(expr));
      access->children.push_back(std::move(low));
      if (Take(TokenKind::kDotDot)) {
        access->kind = ExprKind::kSlice;
        ExprPtr high;
        if (!At(TokenKind::kRightBracket)) {
          TUPU_ASSIGN(high, Expression());
        }
        access->children.push_back(std::move(high));
      }
      TUPU_TRY(Expect(TokenKind::kRightBracket, "]"));
      TUPU_ASSIGN(expr, Finish(std::move(access), start));
    } else if (At(TokenKind::kColon) &&
               (expr->kind == ExprKind::kVariable || expr->kind == ExprKind::kProperty)) {
      ExprPtr test = NewExpr(ExprKind::kHasLabels, begin());
      ++next_;
      std::vector<Name> labels;
      TUPU_TRY(Labels("a label", Operator::kAnd, !bar_ends_, labels, test->ops));
      for (Name& label : labels) test->names.push_back(std::move(label.text));
      test->children.push_back(std::move(expr));
      TUPU_ASSIGN(expr, Finish(std::move(test), start));
    } else if (At(TokenKind::kLeftBrace) && expr->kind == ExprKind::kVariable) {
      TUPU_ASSIGN(expr, MapProjection(std::move(expr), start));
    } else {
      return expr;
    }
  }
}

}  // namespace tupu::query
