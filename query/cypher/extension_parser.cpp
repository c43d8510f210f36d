// What Cypher has got after openCypher 9, and GQL with it: label expressions, quantified
// relationships, map projections, subqueries.
#include <algorithm>
#include <charconv>

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser_impl.h"

namespace tupu::query {
Status Parser::Labels(std::string_view what, Operator plain, bool bars, std::vector<Name>& names,
                      LabelOps& ops) {
  TUPU_TRY(LabelTerms(what, Operator::kOr, bars, names, ops));
  const bool is_plain = std::all_of(
      ops.begin(), ops.end(), [&](Operator op) { return op == Operator::kNone || op == plain; });
  if (is_plain) ops.clear();
  return {};
}

// Terms joined by |, each of factors joined by & or a further colon.
Status Parser::LabelTerms(std::string_view what, Operator op, bool bars, std::vector<Name>& names,
                          LabelOps& ops) {
  const bool any = op == Operator::kOr;
  const auto operand = [&]() -> Status {
    return any ? LabelTerms(what, Operator::kAnd, bars, names, ops) : LabelFactor(what, names, ops);
  };
  TUPU_TRY(operand());
  while (true) {
    if (any) {
      if (!bars || !Take(TokenKind::kBar)) return {};
      Take(TokenKind::kColon);  // -[:A|:B]- is an older form
    } else if (!Take(TokenKind::kAmpersand) && !Take(TokenKind::kColon)) {
      return {};
    }
    TUPU_TRY(operand());
    ops.push_back(op);
  }
}

Status Parser::LabelFactor(std::string_view what, std::vector<Name>& names, LabelOps& ops) {
  std::size_t nots = 0;
  while (Take(TokenKind::kBang)) ++nots;
  if (Take(TokenKind::kLeftParen)) {
    const Nesting nesting(depth_);
    TUPU_TRY(CheckDepth());
    TUPU_TRY(LabelTerms(what, Operator::kOr, true, names, ops));
    TUPU_TRY(Expect(TokenKind::kRightParen, "), &, | or !"));
  } else {
    TUPU_ASSIGN(Name name, SchemaName(what));
    names.push_back(std::move(name));
    ops.push_back(Operator::kNone);
  }
  if (nots % 2 == 1) ops.push_back(Operator::kNot);
  return {};
}

Status Parser::RelationshipQuantifier(RelPattern& rel) {
  const std::size_t start = begin();
  std::optional<std::int64_t> min, max;
  if (Take(TokenKind::kPlus)) {
    min = 1;
  } else if (Take(TokenKind::kStar)) {
    min = 0;
  } else if (Take(TokenKind::kLeftBrace)) {
    const auto number = [&](std::optional<std::int64_t>& out) -> Status {
      if (!At(TokenKind::kInteger)) return {};
      const std::string& digits = Peek().text;
      std::int64_t value = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
        return SyntaxError(begin(), digits + " is no length; expected a whole number",
                           detail::kInvalidRelationshipPattern);
      }
      out = value;
      ++next_;
      return {};
    };
    TUPU_TRY(number(min));
    if (Take(TokenKind::kComma)) {
      TUPU_TRY(number(max));
      if (!min) min = 0;
    } else if (min) {
      max = min;
    }
    TUPU_TRY(Expect(TokenKind::kRightBrace, "a length such as {2} or {1,3}"));
    if (!min) return SyntaxError(start, "expected a length such as {2} or {1,3}");
  } else {
    return {};
  }
  if (rel.variable_length) {
    return SyntaxError(start, "this relationship has a length already",
                       detail::kInvalidRelationshipPattern);
  }
  rel.variable_length = true;
  rel.min = min;
  rel.max = max;
  return {};
}

// n{.name, .*, key: value, other}: of what `other` names, under that name.
Result<ExprPtr> Parser::MapProjection(ExprPtr base, std::size_t start) {
  ExprPtr expr = NewExpr(ExprKind::kMapProjection, start);
  const std::string variable = base->name;
  expr->children.push_back(std::move(base));
  TUPU_TRY(Expect(TokenKind::kLeftBrace, "{"));
  while (!At(TokenKind::kRightBrace)) {
    const std::size_t at = begin();
    Operator op = Operator::kNone;
    Name key;
    ExprPtr value;
    if (Take(TokenKind::kDot)) {
      if (Take(TokenKind::kStar)) {
        op = Operator::kMultiply;
      } else {
        TUPU_ASSIGN(key, SchemaName("a property's name or *"));
        ExprPtr owner = NewExpr(ExprKind::kVariable, at);
        owner->name = variable;
        value = NewExpr(ExprKind::kProperty, key.at.begin);
        value->name = key.text;
        TUPU_ASSIGN(owner, Finish(std::move(owner), at));
        value->children.push_back(std::move(owner));
        TUPU_ASSIGN(value, Finish(std::move(value), at));
      }
    } else {
      TUPU_ASSIGN(key, SchemaName(".property, .*, a key or a variable"));
      if (Take(TokenKind::kColon)) {
        TUPU_ASSIGN(value, Expression());
      } else {
        value = NewExpr(ExprKind::kVariable, at);
        value->name = key.text;
        TUPU_ASSIGN(value, Finish(std::move(value), at));
      }
    }
    expr->ops.push_back(op);
    expr->names.push_back(std::move(key.text));
    expr->children.push_back(std::move(value));
    if (!Take(TokenKind::kComma)) break;
    if (At(TokenKind::kRightBrace)) return Unexpected(".property, .*, a key or a variable");
  }
  TUPU_TRY(Expect(TokenKind::kRightBrace, "} or a comma"));
  return Finish(std::move(expr), start);
}

// EXISTS, COUNT: { pattern WHERE … } or { whole query }; COLLECT: a whole query.
Result<ExprPtr> Parser::SubqueryExpression(ExprKind kind) {
  const std::size_t start = begin();
  next_ += 2;
  ExprPtr expr = NewExpr(kind, start);
  const Restored bars(bar_ends_, false);
  const Restored reads(may_write_, false);
  const Height height(tallest_);
  const bool plain = At(TokenKind::kLeftParen) || AtShortestPath() ||
                     (Peek(1).kind == TokenKind::kEqual && Peek(2).kind == TokenKind::kLeftParen);
  if (plain && kind != ExprKind::kCollectRows) {
    MatchClause match;
    const std::size_t first = begin();
    do {
      TUPU_ASSIGN(PathPattern path, NamedPath());
      match.paths.push_back(std::move(path));
    } while (Take(TokenKind::kComma));
    if (TakeWord("WHERE")) {
      TUPU_ASSIGN(match.where, Expression());
    }
    Clause clause;
    clause.at = From(first);
    clause.body = std::move(match);
    SingleQuery single;
    single.at = clause.at;
    single.clauses.push_back(std::move(clause));
    expr->query = std::make_unique<Query>();
    expr->query->parts.push_back(std::move(single));
  } else {
    TUPU_ASSIGN(expr->query, UnionQuery(true));
  }
  TUPU_TRY(Expect(TokenKind::kRightBrace, "}"));
  expr->depth = height.WithRoot();
  return Finish(std::move(expr), start);
}

Result<SubqueryClause> Parser::CallSubquery() {
  SubqueryClause out;
  const Nesting nesting(depth_);
  TUPU_TRY(CheckDepth());
  if (Take(TokenKind::kLeftParen)) {
    out.has_imports = true;
    out.import_all = Take(TokenKind::kStar);
    while (!out.import_all && !At(TokenKind::kRightParen)) {
      TUPU_ASSIGN(Name name, VariableName("a variable to import"));
      out.imports.push_back(std::move(name));
      if (!Take(TokenKind::kComma)) break;
    }
    TUPU_TRY(Expect(TokenKind::kRightParen, ") or a comma"));
  }
  TUPU_TRY(Expect(TokenKind::kLeftBrace, "{ and a query"));
  TUPU_ASSIGN(out.query, UnionQuery(true));
  for (const SingleQuery& part : out.query->parts) {
    const auto* last = std::get_if<ProjectionClause>(&part.clauses.back().body);
    if (!IsUpdating(part.clauses.back()) && (!last || !last->is_return)) {
      return SyntaxError(part.at.begin, "a query in CALL { } ends with RETURN, or writes",
                         detail::kInvalidClauseComposition);
    }
  }
  TUPU_TRY(Expect(TokenKind::kRightBrace, "}"));
  return out;
}

}  // namespace tupu::query
