// Expressions, loosest first: OR, XOR, AND, NOT, comparisons, predicates (IN, STARTS WITH, IS NULL,
// =~), + and -, * / and %, ^, signs, then what may follow an atom: .name, [index], :Label.
#include <array>
#include <charconv>
#include <cmath>
#include <functional>

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser_impl.h"

namespace tupu::query {
namespace {

std::size_t Mix(std::size_t seed, std::size_t value) {
  return (seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2))) *
         0xff51afd7ed558ccdULL;
}

std::string UpperAscii(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

std::string LowerAscii(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
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

Result<ExprPtr> Parser::Number(bool negative, std::size_t start) {
  const Token& token = Peek();
  ExprPtr expr = NewExpr(ExprKind::kLiteral, start);
  const std::string digits = (negative ? "-" : "") + token.text;
  if (token.kind == TokenKind::kDouble) {
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
      // Too small is zero; too large is nothing.
      value = std::strtod(digits.c_str(), nullptr);
      if (std::isinf(value)) {
        return SyntaxError(start, digits + " is too large for a number",
                           detail::kFloatingPointOverflow);
      }
    }
    expr->literal = graph::Value(value);
  } else {
    int base = 10;
    std::string plain = digits;
    const std::size_t sign = negative ? 1 : 0;
    if (digits.size() > sign + 1 && digits[sign] == '0' && digits[sign + 1] > '9') {
      base = digits[sign + 1] == 'x' || digits[sign + 1] == 'X' ? 16 : 8;
      plain = digits.substr(0, sign) + digits.substr(sign + 2);
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), value, base);
    if (read.ec != std::errc()) {
      return SyntaxError(start, digits + " does not fit into 64 bits", detail::kIntegerOverflow);
    }
    expr->literal = graph::Value(value);
  }
  ++next_;
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

Result<ExprPtr> Parser::Atom() {
  const std::size_t start = begin();
  const Token& token = Peek();
  switch (token.kind) {
    case TokenKind::kInteger:
    case TokenKind::kDouble:
      return Number(false, start);
    case TokenKind::kString: {
      ExprPtr expr = NewExpr(ExprKind::kLiteral, start);
      expr->literal = graph::Value(token.text);
      ++next_;
      return Finish(std::move(expr), start);
    }
    case TokenKind::kParameter: {
      ExprPtr expr = NewExpr(ExprKind::kParameter, start);
      expr->name = token.text;
      ++next_;
      return Finish(std::move(expr), start);
    }
    case TokenKind::kLeftParen:
      return Parenthesised();
    case TokenKind::kLeftBracket:
      return Bracketed();
    case TokenKind::kLeftBrace:
      return MapLiteral();
    case TokenKind::kName:
    case TokenKind::kQuotedName:
      break;
    default:
      return Unexpected("an expression");
  }
  const bool called = Peek(1).kind == TokenKind::kLeftParen;
  if (AtWord("CASE")) return Case();
  if (Peek(1).kind == TokenKind::kLeftBrace) {
    if (AtWord("EXISTS")) return SubqueryExpression(ExprKind::kExists);
    if (AtWord("COUNT")) return SubqueryExpression(ExprKind::kCountRows);
    if (AtWord("COLLECT")) return SubqueryExpression(ExprKind::kCollectRows);
  }
  if (called) {
    static constexpr std::array kQuantifiers = {Operator::kAll, Operator::kAny, Operator::kNoneOf,
                                                Operator::kSingle};
    static constexpr std::array<std::string_view, 4> kWords = {"ALL", "ANY", "NONE", "SINGLE"};
    for (std::size_t i = 0; i < kWords.size(); ++i) {
      if (AtWord(kWords[i])) return Quantifier(kQuantifiers[i]);
    }
    if (AtWord("REDUCE")) return Reduce();
    if (AtShortestPath()) return ShortestPathExpression();
    if (AtWord("COUNT") && Peek(2).kind == TokenKind::kStar) {
      ExprPtr expr = NewExpr(ExprKind::kCountStar, start);
      next_ += 3;
      TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
      return Finish(std::move(expr), start);
    }
    if (AtVariable() || AtWord("EXISTS")) return Call();
  }
  if (AtVariable() && DottedCall() > 0) return Call();
  if (AtWord("NULL") || AtWord("TRUE") || AtWord("FALSE")) {
    ExprPtr expr = NewExpr(ExprKind::kLiteral, start);
    if (!AtWord("NULL")) expr->literal = graph::Value(AtWord("TRUE"));
    ++next_;
    return Finish(std::move(expr), start);
  }
  if (!AtVariable()) return Unexpected("an expression");
  ExprPtr expr = NewExpr(ExprKind::kVariable, start);
  expr->name = token.text;
  ++next_;
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Parenthesised() {
  const std::size_t start = begin();
  if (LooksLikePath(0)) {
    ExprPtr expr = NewExpr(ExprKind::kPatternPredicate, start);
    const Height height(tallest_);
    TUPU_ASSIGN(PathPattern path, Path());
    expr->depth = height.WithRoot();
    expr->pattern = std::make_unique<PathPattern>(std::move(path));
    return Finish(std::move(expr), start);
  }
  ++next_;
  const Restored bars(bar_ends_, false);
  TUPU_ASSIGN(ExprPtr expr, Expression());
  TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
  return expr;
}

Result<ExprPtr> Parser::Bracketed() {
  const std::size_t start = begin();
  const bool named = Peek(1).kind == TokenKind::kName || Peek(1).kind == TokenKind::kQuotedName;
  if (named && AtWord("IN", 2)) return ListComprehension(start);
  const bool path_named = named && Peek(2).kind == TokenKind::kEqual;
  if (LooksLikePath(1) || (path_named && (LooksLikePath(3) || AtShortestPath(3)))) {
    return PatternComprehension(start);
  }
  ++next_;
  ExprPtr expr = NewExpr(ExprKind::kList, start);
  if (!At(TokenKind::kRightBracket)) {
    do {
      TUPU_ASSIGN(ExprPtr element, Expression());
      expr->children.push_back(std::move(element));
    } while (Take(TokenKind::kComma));
  }
  TUPU_TRY(Expect(TokenKind::kRightBracket, "] or a comma"));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::ListComprehension(std::size_t start) {
  ++next_;
  ExprPtr expr = NewExpr(ExprKind::kListComprehension, begin());
  TUPU_ASSIGN(Name variable, VariableName("a variable"));
  expr->name = std::move(variable.text);
  TUPU_TRY(ExpectWord("IN"));
  const Restored bars(bar_ends_, true);
  expr->children.resize(3);
  TUPU_ASSIGN(expr->children[0], Expression());
  if (TakeWord("WHERE")) {
    TUPU_ASSIGN(expr->children[1], Expression());
  }
  if (Take(TokenKind::kBar)) {
    TUPU_ASSIGN(expr->children[2], Expression());
  }
  TUPU_TRY(Expect(TokenKind::kRightBracket, "WHERE, | or ]"));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::PatternComprehension(std::size_t start) {
  ++next_;
  ExprPtr expr = NewExpr(ExprKind::kPatternComprehension, start);
  const Height height(tallest_);
  TUPU_ASSIGN(PathPattern path, NamedPath());
  expr->depth = height.WithRoot();
  expr->pattern = std::make_unique<PathPattern>(std::move(path));
  const Restored bars(bar_ends_, true);
  expr->children.resize(2);
  if (TakeWord("WHERE")) {
    TUPU_ASSIGN(expr->children[0], Expression());
  }
  TUPU_TRY(Expect(TokenKind::kBar, "| and what to collect"));
  TUPU_ASSIGN(expr->children[1], Expression());
  TUPU_TRY(Expect(TokenKind::kRightBracket, "]"));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::MapLiteral() {
  const std::size_t start = begin();
  TUPU_TRY(Expect(TokenKind::kLeftBrace, "{"));
  ExprPtr expr = NewExpr(ExprKind::kMap, start);
  if (!At(TokenKind::kRightBrace)) {
    do {
      TUPU_ASSIGN(Name key, SchemaName("a name"));
      TUPU_TRY(Expect(TokenKind::kColon, ": and a value"));
      TUPU_ASSIGN(ExprPtr value, Expression());
      expr->names.push_back(std::move(key.text));
      expr->children.push_back(std::move(value));
    } while (Take(TokenKind::kComma));
  }
  TUPU_TRY(Expect(TokenKind::kRightBrace, "} or a comma"));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Case() {
  const std::size_t start = begin();
  ++next_;
  ExprPtr expr = NewExpr(ExprKind::kCase, start);
  expr->children.emplace_back();
  if (!AtWord("WHEN")) {
    TUPU_ASSIGN(expr->children[0], Expression());
  }
  if (!AtWord("WHEN")) return Unexpected("WHEN");
  while (TakeWord("WHEN")) {
    TUPU_ASSIGN(ExprPtr when, Expression());
    TUPU_TRY(ExpectWord("THEN"));
    TUPU_ASSIGN(ExprPtr then, Expression());
    expr->children.push_back(std::move(when));
    expr->children.push_back(std::move(then));
  }
  ExprPtr otherwise;
  if (TakeWord("ELSE")) {
    TUPU_ASSIGN(otherwise, Expression());
  }
  expr->children.push_back(std::move(otherwise));
  TUPU_TRY(ExpectWord("END"));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Quantifier(Operator op) {
  const std::size_t start = begin();
  next_ += 2;
  ExprPtr expr = NewExpr(ExprKind::kQuantifier, start);
  expr->op = op;
  TUPU_ASSIGN(Name variable, VariableName("a variable"));
  expr->name = std::move(variable.text);
  TUPU_TRY(ExpectWord("IN"));
  expr->children.resize(2);
  TUPU_ASSIGN(expr->children[0], Expression());
  TUPU_TRY(ExpectWord("WHERE"));
  TUPU_ASSIGN(expr->children[1], Expression());
  TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
  return Finish(std::move(expr), start);
}

Result<ExprPtr> Parser::Reduce() {
  const std::size_t start = begin();
  next_ += 2;
  ExprPtr expr = NewExpr(ExprKind::kReduce, start);
  const Restored bars(bar_ends_, true);
  expr->children.resize(3);
  TUPU_ASSIGN(Name total, VariableName("a variable"));
  expr->name = std::move(total.text);
  TUPU_TRY(Expect(TokenKind::kEqual, "= and what to begin with"));
  TUPU_ASSIGN(expr->children[0], Expression());
  TUPU_TRY(Expect(TokenKind::kComma, "a comma"));
  TUPU_ASSIGN(Name element, VariableName("a variable"));
  expr->names.push_back(std::move(element.text));
  TUPU_TRY(ExpectWord("IN"));
  TUPU_ASSIGN(expr->children[1], Expression());
  TUPU_TRY(Expect(TokenKind::kBar, "| and an expression"));
  TUPU_ASSIGN(expr->children[2], Expression());
  TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
  return Finish(std::move(expr), start);
}

// shortestPath((a)-[*]-(b)) is head([p = shortestPath((a)-[*]-(b)) | p]); allShortestPaths the
// list.
Result<ExprPtr> Parser::ShortestPathExpression() {
  const std::size_t start = begin();
  const bool one = AtWord("SHORTESTPATH");
  ExprPtr list = NewExpr(ExprKind::kPatternComprehension, start);
  {
    const Height height(tallest_);
    TUPU_ASSIGN(PathPattern path, ShortestPath());
    path.variable.text = "shortest path";
    path.variable.at = path.at = From(start);
    list->depth = height.WithRoot();
    list->pattern = std::make_unique<PathPattern>(std::move(path));
  }
  ExprPtr variable = NewExpr(ExprKind::kVariable, start);
  variable->name = "shortest path";
  TUPU_ASSIGN(variable, Finish(std::move(variable), start));
  list->children.emplace_back();
  list->children.push_back(std::move(variable));
  TUPU_ASSIGN(list, Finish(std::move(list), start));
  if (!one) return list;
  ExprPtr head = NewExpr(ExprKind::kFunction, start);
  head->name = "head";
  head->children.push_back(std::move(list));
  return Finish(std::move(head), start);
}

// How many dots stand between here and the bracket of a call such as date.truncate( ); 0 where
// there is none. A property is never followed by one.
std::size_t Parser::DottedCall() const {
  std::size_t dots = 0;
  while (Peek(2 * dots + 1).kind == TokenKind::kDot &&
         (Peek(2 * dots + 2).kind == TokenKind::kName ||
          Peek(2 * dots + 2).kind == TokenKind::kQuotedName)) {
    ++dots;
  }
  return Peek(2 * dots + 1).kind == TokenKind::kLeftParen ? dots : 0;
}

// BOTH, LEADING or TRAILING within trim( ): another function by the name of the side.
Status Parser::TrimSide(Expr& call) {
  const TokenKind behind = Peek(1).kind;
  if (behind == TokenKind::kRightParen || behind == TokenKind::kComma ||
      behind == TokenKind::kDot) {
    return {};
  }
  if (AtWord("BOTH")) {
    call.name = "bTrim";
  } else if (AtWord("LEADING")) {
    call.name = "lTrim";
  } else if (AtWord("TRAILING")) {
    call.name = "rTrim";
  } else {
    return {};
  }
  ++next_;
  TakeWord("FROM");  // without characters it is white space that goes
  return {};
}

Result<ExprPtr> Parser::Call() {
  const std::size_t start = begin();
  ExprPtr expr = NewExpr(ExprKind::kFunction, start);
  for (std::size_t dots = DottedCall();; --dots) {
    expr->name += Peek().text;
    next_ += 2;
    if (dots == 0) break;
    expr->name += '.';
  }
  const std::string name = LowerAscii(expr->name);
  if (name == "trim") TUPU_TRY(TrimSide(*expr));
  expr->distinct = TakeWord("DISTINCT");
  if (!At(TokenKind::kRightParen)) {
    do {
      const std::size_t at = begin();
      if (name == "normalize" && expr->children.size() == 1 &&
          Peek(1).kind == TokenKind::kRightParen &&
          (AtWord("NFC") || AtWord("NFD") || AtWord("NFKC") || AtWord("NFKD"))) {
        ExprPtr form = NewExpr(ExprKind::kLiteral, at);
        form->literal = graph::Value(UpperAscii(Peek().text));
        ++next_;
        TUPU_ASSIGN(form, Finish(std::move(form), at));
        expr->children.push_back(std::move(form));
        break;
      }
      TUPU_ASSIGN(ExprPtr argument, Expression());
      expr->children.push_back(std::move(argument));
      if (name == "trim" && expr->children.size() == 1 && TakeWord("FROM")) {
        // What is taken away stands before the text.
        if (LowerAscii(expr->name) == "trim") expr->name = "bTrim";
        TUPU_ASSIGN(ExprPtr text, Expression());
        expr->children.insert(expr->children.begin(), std::move(text));
        break;
      }
    } while (Take(TokenKind::kComma));
  }
  TUPU_TRY(Expect(TokenKind::kRightParen, ") or a comma"));
  return Finish(std::move(expr), start);
}

}  // namespace tupu::query
