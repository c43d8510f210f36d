#include "query/cypher/parser.h"

#include <algorithm>
#include <charconv>

#include "query/cypher/diagnostic.h"
#include "query/cypher/parser_impl.h"

namespace tupu::query {
namespace {

// Words that cannot name a variable without backquotes, because something else begins with them.
const std::vector<std::string_view> kReserved = {
    "ALL",      "AND",    "AS",       "ASC",  "ASCENDING",  "BY",     "CALL",     "CASE",
    "CONTAINS", "CREATE", "DELETE",   "DESC", "DESCENDING", "DETACH", "DISTINCT", "ELSE",
    "ENDS",     "EXISTS", "FALSE",    "IN",   "IS",         "LIMIT",  "MATCH",    "MERGE",
    "NOT",      "NULL",   "OPTIONAL", "OR",   "ORDER",      "REMOVE", "RETURN",   "SET",
    "SKIP",     "STARTS", "THEN",     "TRUE", "UNION",      "UNWIND", "WHEN",     "WHERE",
    "WITH",     "XOR",    "YIELD"};

const std::vector<std::string_view> kClauseWords = {
    "MATCH", "OPTIONAL", "WHERE",  "WITH",  "RETURN", "UNWIND", "UNION",  "ORDER", "SKIP",
    "LIMIT", "EXPLAIN",  "CREATE", "MERGE", "SET",    "REMOVE", "DELETE", "CALL",  "YIELD"};

bool IsName(const Token& token) {
  return token.kind == TokenKind::kName || token.kind == TokenKind::kQuotedName;
}

}  // namespace

Result<std::unique_ptr<Query>> Parse(std::string_view text) {
  TUPU_ASSIGN(std::vector<Token> tokens, Lex(text));
  return Parser(text, std::move(tokens)).Statement();
}

Result<ExprPtr> ParseExpression(std::string_view text) {
  TUPU_ASSIGN(std::vector<Token> tokens, Lex(text));
  return Parser(text, std::move(tokens)).WholeExpression();
}

bool IsReservedWord(std::string_view name) {
  Token token;
  token.kind = TokenKind::kName;
  token.text = name;
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](std::string_view word) { return IsKeyword(token, word); });
}

const Token& Parser::Peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

bool Parser::Take(TokenKind kind) {
  if (!At(kind)) return false;
  ++next_;
  return true;
}

bool Parser::TakeWord(std::string_view keyword) {
  if (!AtWord(keyword)) return false;
  ++next_;
  return true;
}

Status Parser::Expect(TokenKind kind, std::string_view what) {
  if (Take(kind)) return {};
  return Unexpected(what);
}

Status Parser::ExpectWord(std::string_view keyword) {
  if (TakeWord(keyword)) return {};
  return Unexpected(keyword);
}

Error Parser::Unexpected(std::string_view expected) const {
  const Token& token = Peek();
  std::string found;
  std::string hint;
  if (token.kind == TokenKind::kEnd) {
    found = "the end of the query";
  } else {
    constexpr std::size_t kShown = 40;
    std::string_view piece = Slice(text_, token.at);
    bool cut = false;
    if (piece.size() > kShown) {
      std::size_t end = kShown;
      while (end > 0 && (static_cast<unsigned char>(piece[end]) & 0xc0) == 0x80) --end;
      piece = piece.substr(0, end);
      cut = true;
    }
    found = std::string(piece) + (cut ? "…" : "");
    const bool misspelt = token.kind == TokenKind::kName && !IsReservedWord(token.text);
    if (misspelt) hint = DidYouMean(token.text, kClauseWords);
  }
  return SyntaxError(token.at.begin,
                     "expected " + std::string(expected) + ", found " + found + hint);
}

Span Parser::From(std::size_t begin) const {
  const std::size_t end =
      next_ == 0 ? begin : std::max<std::size_t>(begin, tokens_[next_ - 1].at.end);
  return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

Status Parser::CheckDepth() const {
  if (depth_ <= kMaxNesting) return {};
  return Error(ErrorCode::kLimit,
               "the query is nested more than " + std::to_string(kMaxNesting) + " deep here", {},
               Peek().at.begin);
}

bool Parser::AtVariable() const {
  if (At(TokenKind::kQuotedName)) return true;
  return At(TokenKind::kName) && !IsReservedWord(Peek().text);
}

Result<Name> Parser::VariableName(std::string_view what) {
  if (!AtVariable()) {
    if (At(TokenKind::kName)) {
      return SyntaxError(begin(), Peek().text +
                                      " is a word of Cypher; a variable of this name needs "
                                      "backquotes: `" +
                                      Peek().text + "`");
    }
    return Unexpected(what);
  }
  Name name{Peek().text, Peek().at};
  if (name.empty())
    return SyntaxError(begin(), "a variable needs a name of at least one character");
  ++next_;
  return name;
}

Result<Name> Parser::SchemaName(std::string_view what) {
  if (!IsName(Peek())) return Unexpected(what);
  Name name{Peek().text, Peek().at};
  ++next_;
  return name;
}

Result<std::unique_ptr<Query>> Parser::Statement() {
  const bool explain = TakeWord("EXPLAIN");
  const bool profile = !explain && TakeWord("PROFILE");
  std::unique_ptr<Query> query;
  if (AtSchemaCommand()) {
    if (explain || profile) return Unexpected("a query; commands on indexes have no plan");
    query = std::make_unique<Query>();
    TUPU_ASSIGN(query->schema, Schema());
  } else {
    TUPU_ASSIGN(query, UnionQuery(false));
  }
  query->explain = explain;
  query->profile = profile;
  Take(TokenKind::kSemicolon);
  if (!At(TokenKind::kEnd)) return Unexpected("the end of the query");
  return query;
}

Result<std::unique_ptr<Query>> Parser::UnionQuery(bool subquery) {
  auto query = std::make_unique<Query>();
  while (true) {
    TUPU_ASSIGN(SingleQuery single, OneQuery(subquery));
    query->parts.push_back(std::move(single));
    const std::size_t at = begin();
    if (!TakeWord("UNION")) return query;
    const bool all = TakeWord("ALL");
    if (query->parts.size() > 1 && all != query->union_all) {
      return SyntaxError(at, "UNION and UNION ALL cannot stand in one query",
                         detail::kInvalidClauseComposition);
    }
    query->union_all = all;
  }
}

Status Parser::RejectUnsupported() const {
  for (std::string_view word : {"DROP", "LOAD"}) {
    if (AtWord(word)) {
      return SyntaxError(begin(), std::string(word) + " is not supported",
                         detail::kInvalidClauseComposition);
    }
  }
  return {};
}

bool Parser::AtClauseEnd() const {
  return At(TokenKind::kEnd) || At(TokenKind::kSemicolon) || At(TokenKind::kRightBrace) ||
         AtWord("UNION");
}

Result<bool> Parser::ReadingClause(Clause& clause, bool& returned) {
  if (AtWord("MATCH") || (AtWord("OPTIONAL") && !AtWord("CALL", 1))) {
    TUPU_ASSIGN(clause.body, Match());
  } else if (TakeWord("UNWIND")) {
    TUPU_ASSIGN(clause.body, Unwind());
  } else if (TakeWord("WITH")) {
    TUPU_ASSIGN(clause.body, Projection(false));
  } else if (TakeWord("RETURN")) {
    TUPU_ASSIGN(clause.body, Projection(true));
    returned = true;
  } else if (AtShow()) {
    TUPU_ASSIGN(clause.body, Show());
  } else if (AtWord("CALL") || (AtWord("OPTIONAL") && AtWord("CALL", 1))) {
    const bool optional = TakeWord("OPTIONAL");
    ++next_;
    if (At(TokenKind::kLeftBrace) || At(TokenKind::kLeftParen)) {
      TUPU_ASSIGN(SubqueryClause call, CallSubquery());
      call.optional = optional;
      clause.body = std::move(call);
    } else {
      TUPU_ASSIGN(CallClause call, CallProcedure());
      call.optional = optional;
      clause.body = std::move(call);
    }
  } else {
    return false;
  }
  return true;
}

Result<SingleQuery> Parser::OneQuery(bool subquery) {
  SingleQuery query;
  const std::size_t first = begin();
  bool returned = false;
  while (!AtClauseEnd()) {
    TUPU_TRY(RejectUnsupported());
    if (returned) {
      return SyntaxError(begin(), "nothing may follow RETURN but UNION",
                         detail::kInvalidClauseComposition);
    }
    if (query.clauses.size() >= kMaxClauses) {
      return Error(ErrorCode::kLimit,
                   "the query has more than " + std::to_string(kMaxClauses) + " clauses", {},
                   begin());
    }
    Clause clause;
    const std::size_t start = begin();
    TUPU_ASSIGN(bool found, ReadingClause(clause, returned));
    if (!found) {
      TUPU_ASSIGN(found, WritingClause(clause));
    }
    if (!found) {
      return Unexpected(query.clauses.empty() ? "a clause such as MATCH, CREATE, UNWIND or RETURN"
                                              : "a clause such as MATCH, WHERE, WITH or RETURN");
    }
    clause.at = From(start);
    if (!may_write_ && IsUpdating(clause)) {
      return SyntaxError(start, "a subquery cannot write", detail::kInvalidClauseComposition);
    }
    TUPU_TRY(CheckComposition(query, clause));
    query.clauses.push_back(std::move(clause));
  }
  if (query.clauses.empty()) {
    return Unexpected("a clause such as MATCH, CREATE, UNWIND or RETURN");
  }
  const Clause& last = query.clauses.back();
  const bool standalone_call =
      query.clauses.size() == 1 && std::holds_alternative<CallClause>(last.body);
  if (!returned && !subquery && !IsUpdating(last) && !standalone_call) {
    return SyntaxError(begin(), "the query ends without RETURN", detail::kInvalidClauseComposition);
  }
  query.at = From(first);
  return query;
}

Result<MatchClause> Parser::Match() {
  MatchClause match;
  match.optional = TakeWord("OPTIONAL");
  TUPU_TRY(ExpectWord("MATCH"));
  do {
    TUPU_ASSIGN(PathPattern path, NamedPath());
    match.paths.push_back(std::move(path));
  } while (Take(TokenKind::kComma));
  if (TakeWord("WHERE")) {
    TUPU_ASSIGN(match.where, Expression());
  }
  return match;
}

Result<UnwindClause> Parser::Unwind() {
  UnwindClause unwind;
  TUPU_ASSIGN(unwind.list, Expression());
  TUPU_TRY(ExpectWord("AS"));
  TUPU_ASSIGN(unwind.variable, VariableName("a variable"));
  return unwind;
}

Result<ProjectionClause> Parser::Projection(bool is_return) {
  ProjectionClause projection;
  projection.is_return = is_return;
  projection.distinct = TakeWord("DISTINCT");
  if (Take(TokenKind::kStar)) {
    projection.star = true;
    if (Take(TokenKind::kComma) && AtClauseEnd()) return Unexpected("an expression");
  }
  const bool more = !projection.star || tokens_[next_ - 1].kind == TokenKind::kComma;
  if (more) {
    do {
      ProjectionItem item;
      const std::size_t start = begin();
      TUPU_ASSIGN(item.expr, Expression());
      item.at = From(start);
      if (TakeWord("AS")) {
        TUPU_ASSIGN(item.alias, VariableName("a name for the column"));
      }
      projection.items.push_back(std::move(item));
    } while (Take(TokenKind::kComma));
  }
  if (TakeWord("ORDER")) {
    TUPU_TRY(ExpectWord("BY"));
    do {
      SortItem item;
      TUPU_ASSIGN(item.expr, Expression());
      item.descending = TakeWord("DESC") || TakeWord("DESCENDING");
      if (!item.descending && !TakeWord("ASC")) TakeWord("ASCENDING");
      projection.order.push_back(std::move(item));
    } while (Take(TokenKind::kComma));
  }
  if (TakeWord("SKIP") || TakeWord("OFFSET")) {
    TUPU_ASSIGN(projection.skip, Expression());
  }
  if (TakeWord("LIMIT")) {
    TUPU_ASSIGN(projection.limit, Expression());
  }
  if (AtWord("WHERE")) {
    if (is_return)
      return SyntaxError(begin(), "WHERE cannot follow RETURN; put it before, after MATCH or WITH");
    ++next_;
    TUPU_ASSIGN(projection.where, Expression());
  }
  return projection;
}

Result<PathPattern> Parser::NamedPath() {
  const std::size_t start = begin();
  Name variable;
  if (IsName(Peek()) && Peek(1).kind == TokenKind::kEqual) {
    TUPU_ASSIGN(variable, VariableName("a variable"));
    ++next_;
  }
  PathPattern path;
  if (AtShortestPath()) {
    TUPU_ASSIGN(path, ShortestPath());
  } else {
    TUPU_ASSIGN(path, Path());
  }
  path.variable = std::move(variable);
  path.at = From(start);
  return path;
}

bool Parser::AtShortestPath(std::size_t ahead) const {
  return (AtWord("SHORTESTPATH", ahead) || AtWord("ALLSHORTESTPATHS", ahead)) &&
         Peek(ahead + 1).kind == TokenKind::kLeftParen;
}

Result<PathPattern> Parser::ShortestPath() {
  const std::size_t start = begin();
  const std::string name = Peek().text;
  const Shortest shortest = AtWord("SHORTESTPATH") ? Shortest::kOne : Shortest::kAll;
  next_ += 2;
  TUPU_ASSIGN(PathPattern path, Path());
  TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
  if (path.rels.size() != 1) {
    return SyntaxError(
        start, name + " is of one relationship between two nodes, as in " + name + "((a)-[*]-(b))");
  }
  RelPattern& rel = path.rels[0];
  if (!rel.variable_length) {
    if (!rel.variable.empty()) {
      return SyntaxError(rel.at.begin,
                         "a relationship of a shortest path that has a name needs a "
                         "length, as in -[r*]-");
    }
    rel.variable_length = true;
    rel.min = rel.max = 1;
  }
  if (rel.min.value_or(1) > 1) {
    return SyntaxError(rel.at.begin,
                       "a shortest path is of at least 0 or 1 relationships; this "
                       "says " +
                           std::to_string(*rel.min));
  }
  path.shortest = shortest;
  return path;
}

Result<PathPattern> Parser::Path() {
  PathPattern path;
  const std::size_t start = begin();
  // Redundant brackets around a path are allowed.
  if (At(TokenKind::kLeftParen) && Peek(1).kind == TokenKind::kLeftParen) {
    const Nesting nesting(depth_);
    TUPU_TRY(CheckDepth());
    ++next_;
    TUPU_ASSIGN(path, Path());
    TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
    return path;
  }
  TUPU_ASSIGN(NodePattern node, Node());
  path.nodes.push_back(std::move(node));
  while (At(TokenKind::kMinus) || At(TokenKind::kLess)) {
    TUPU_ASSIGN(RelPattern rel, Relationship());
    TUPU_TRY(RelationshipQuantifier(rel));
    path.rels.push_back(std::move(rel));
    TUPU_ASSIGN(NodePattern next, Node());
    path.nodes.push_back(std::move(next));
  }
  path.at = From(start);
  return path;
}

Result<NodePattern> Parser::Node() {
  NodePattern node;
  const std::size_t start = begin();
  TUPU_TRY(Expect(TokenKind::kLeftParen, "a node such as (n:Policy)"));
  const Restored bars(bar_ends_, false);
  TUPU_TRY(NodeDetail(node));
  node.at = From(start);
  return node;
}

Status Parser::NodeDetail(NodePattern& node) {
  const bool condition = AtWord("WHERE") && Peek(1).kind != TokenKind::kRightParen;
  if (IsName(Peek()) && !condition) {
    TUPU_ASSIGN(node.variable, VariableName("a variable"));
  }
  if (Take(TokenKind::kColon)) {
    TUPU_TRY(Labels("a label", Operator::kAnd, true, node.labels, node.label_ops));
  }
  if (At(TokenKind::kLeftBrace) || At(TokenKind::kParameter)) {
    TUPU_ASSIGN(node.properties, PatternProperties());
  }
  if (TakeWord("WHERE")) {
    TUPU_ASSIGN(node.where, Expression());
    return Expect(TokenKind::kRightParen, ")");
  }
  return Expect(TokenKind::kRightParen, node.properties ? ")" : "a label, properties or )");
}

Result<ExprPtr> Parser::PatternProperties() {
  // A parameter for all of them is for CREATE only, which the binder sees to.
  return At(TokenKind::kParameter) ? Atom() : MapLiteral();
}

Result<RelPattern> Parser::Relationship() {
  RelPattern rel;
  const std::size_t start = begin();
  const bool left = Take(TokenKind::kLess);
  TUPU_TRY(Expect(TokenKind::kMinus, left ? "- after <" : "-"));
  if (Take(TokenKind::kLeftBracket)) TUPU_TRY(RelationshipDetail(rel));
  TUPU_TRY(Expect(TokenKind::kMinus, "- or ->"));
  const bool right = Take(TokenKind::kGreater);
  rel.arrow = left == right ? Arrow::kBoth : left ? Arrow::kLeft : Arrow::kRight;
  rel.at = From(start);
  return rel;
}

Status Parser::RelationshipDetail(RelPattern& rel) {
  const Restored bars(bar_ends_, false);
  if (IsName(Peek()) && !AtWord("WHERE")) {
    TUPU_ASSIGN(rel.variable, VariableName("a variable"));
  }
  if (Take(TokenKind::kColon)) {
    TUPU_TRY(Labels("a relationship type", Operator::kOr, true, rel.types, rel.type_ops));
  }
  if (Take(TokenKind::kStar)) TUPU_TRY(RelationshipLength(rel));
  if (At(TokenKind::kDotDot)) {
    return SyntaxError(begin(), "a length begins with *, as in -[:TYPE*1..3]-",
                       detail::kInvalidRelationshipPattern);
  }
  if (At(TokenKind::kLeftBrace) || At(TokenKind::kParameter)) {
    TUPU_ASSIGN(rel.properties, PatternProperties());
  }
  if (TakeWord("WHERE")) {
    TUPU_ASSIGN(rel.where, Expression());
    return Expect(TokenKind::kRightBracket, "]");
  }
  return Expect(TokenKind::kRightBracket, rel.properties ? "]" : "a type, properties or ]");
}

Status Parser::RelationshipLength(RelPattern& rel) {
  rel.variable_length = true;
  const auto number = [&](std::optional<std::int64_t>& out) -> Status {
    if (At(TokenKind::kMinus)) {
      return SyntaxError(begin(), "a length cannot be negative",
                         detail::kInvalidRelationshipPattern);
    }
    if (!At(TokenKind::kInteger)) return {};
    const std::string& digits = Peek().text;
    std::int64_t value = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) {
      return SyntaxError(begin(), digits + " is no length; expected a whole number",
                         detail::kInvalidRelationshipPattern);
    }
    out = value;
    ++next_;
    return {};
  };
  TUPU_TRY(number(rel.min));
  if (Take(TokenKind::kDotDot)) {
    TUPU_TRY(number(rel.max));
  } else {
    rel.max = rel.min;
  }
  return {};
}

bool Parser::LooksLikePath(std::size_t ahead) const {
  std::size_t i = next_ + ahead;
  const auto kind = [&](std::size_t at) { return tokens_[std::min(at, tokens_.size() - 1)].kind; };
  if (kind(i) != TokenKind::kLeftParen) return false;
  // What a node has inside; its end is known.
  const std::size_t end = tokens_[i].pair;
  if (end == 0) return false;
  ++i;
  const bool where = IsKeyword(tokens_[i], "WHERE");
  if (!where && (kind(i) == TokenKind::kName || kind(i) == TokenKind::kQuotedName)) ++i;
  // ({a: 1}.a) is no node.
  if (kind(i) == TokenKind::kLeftBrace && tokens_[i].pair != 0) i = tokens_[i].pair + 1;
  const bool node = i == end || kind(i) == TokenKind::kColon || IsKeyword(tokens_[i], "WHERE");
  if (!node) return false;
  i = end + 1;
  const bool left = kind(i) == TokenKind::kLess;
  if (left) ++i;
  if (kind(i) != TokenKind::kMinus) return false;
  ++i;
  if (kind(i) == TokenKind::kLeftBracket && tokens_[i].pair != 0) {
    i = tokens_[i].pair + 1;
    if (kind(i) != TokenKind::kMinus) return false;
    ++i;
  } else if (kind(i) == TokenKind::kMinus) {
    ++i;
  } else {
    return false;
  }
  if (kind(i) == TokenKind::kGreater) ++i;
  if (kind(i) == TokenKind::kLeftBrace && tokens_[i].pair != 0) i = tokens_[i].pair;
  const bool quantified = kind(i) == TokenKind::kPlus || kind(i) == TokenKind::kStar ||
                          kind(i) == TokenKind::kRightBrace;
  if (quantified) ++i;
  return kind(i) == TokenKind::kLeftParen;
}

}  // namespace tupu::query
