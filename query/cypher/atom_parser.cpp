// What expressions are made of: numbers and other literals, variables, what stands in brackets,
// CASE, and calls.
#include <array>
#include <charconv>
#include <cmath>

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser_impl.h"

namespace tupu::query {
namespace {

std::string UpperAscii(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

}  // namespace

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
