// The parser's inside, shared by its sources.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "query/cypher/ast.h"
#include "query/cypher/lexer.h"
#include "query/cypher/parser.h"

namespace tupu::query {

inline ExprPtr NewExpr(ExprKind kind, std::size_t anchor) {
  auto expr = std::make_unique<Expr>();
  expr->kind = kind;
  expr->anchor = static_cast<std::uint32_t>(anchor);
  return expr;
}

inline std::string LowerAscii(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  Result<std::unique_ptr<Query>> Statement();
  Result<ExprPtr> WholeExpression();

 private:
  // Counts nesting; see Enter.
  class Nesting {
   public:
    explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    int& depth_;
  };
  Status CheckDepth() const;
  // The height of the tallest expression within a pattern or subquery, from construction on.
  class Height {
   public:
    explicit Height(std::uint16_t& tallest) : tallest_(tallest), before_(tallest) { tallest = 0; }
    ~Height() { tallest_ = std::max(tallest_, before_); }
    Height(const Height&) = delete;
    Height& operator=(const Height&) = delete;
    std::uint16_t WithRoot() const { return static_cast<std::uint16_t>(tallest_ + 1); }

   private:
    std::uint16_t& tallest_;
    std::uint16_t before_;
  };

  // Sets a flag while it lives.
  class Restored {
   public:
    Restored(bool& flag, bool value) : flag_(flag), before_(flag) { flag = value; }
    ~Restored() { flag_ = before_; }
    Restored(const Restored&) = delete;
    Restored& operator=(const Restored&) = delete;

   private:
    bool& flag_;
    bool before_;
  };

  // Tokens.
  const Token& Peek(std::size_t ahead = 0) const;
  bool At(TokenKind kind) const { return Peek().kind == kind; }
  bool AtWord(std::string_view keyword, std::size_t ahead = 0) const {
    return IsKeyword(Peek(ahead), keyword);
  }
  bool Take(TokenKind kind);
  bool TakeWord(std::string_view keyword);
  Status Expect(TokenKind kind, std::string_view what);
  Status ExpectWord(std::string_view keyword);
  // "expected …, found …" at the current token.
  Error Unexpected(std::string_view expected) const;
  Span From(std::size_t begin) const;  // from a byte to the end of the last token taken
  std::size_t begin() const { return Peek().at.begin; }

  // Names.
  bool AtVariable() const;  // a name that may be a variable here: no reserved word
  Result<Name> VariableName(std::string_view what);
  Result<Name> SchemaName(std::string_view what);  // labels, types, properties: any word

  // Clauses (parser.cpp).
  Result<std::unique_ptr<Query>> UnionQuery(bool subquery);
  Result<SingleQuery> OneQuery(bool subquery);
  Status RejectUnsupported() const;
  // The clause that begins here, if one does.
  Result<bool> ReadingClause(Clause& clause, bool& returned);
  Result<bool> WritingClause(Clause& clause);
  Result<MatchClause> Match();
  Result<UnwindClause> Unwind();
  Result<ProjectionClause> Projection(bool is_return);
  bool AtClauseEnd() const;

  // Patterns (parser.cpp).
  Result<PathPattern> NamedPath();
  bool AtShortestPath(std::size_t ahead = 0) const;
  Result<PathPattern> ShortestPath();
  Result<PathPattern> Path();
  Result<NodePattern> Node();
  Status NodeDetail(NodePattern& node);
  Result<RelPattern> Relationship();
  Status RelationshipDetail(RelPattern& rel);
  Status RelationshipLength(RelPattern& rel);
  Result<ExprPtr> PatternProperties();
  bool LooksLikePath(std::size_t ahead) const;

  // What has come after openCypher 9 (extension_parser.cpp).
  // Labels or types behind a colon that has been taken; `plain` is the sign that needs no ops.
  Status Labels(std::string_view what, Operator plain, bool bars, std::vector<Name>& names,
                LabelOps& ops);
  Status LabelTerms(std::string_view what, Operator op, bool bars, std::vector<Name>& names,
                    LabelOps& ops);
  Status LabelFactor(std::string_view what, std::vector<Name>& names, LabelOps& ops);
  Status RelationshipQuantifier(RelPattern& rel);  // {1,3}, + and * behind a relationship
  Result<ExprPtr> MapProjection(ExprPtr base, std::size_t start);
  Result<ExprPtr> SubqueryExpression(ExprKind kind);
  Result<SubqueryClause> CallSubquery();

  // Writing clauses and CALL (write_parser.cpp).
  Result<CreateClause> Create();
  Result<MergeClause> Merge();
  Result<std::vector<UpdateItem>> SetItems();
  Result<UpdateItem> SetItem();
  Result<UpdateClause> Remove();
  Result<DeleteClause> Delete();
  Result<SubqueryClause> ForEach();
  Result<CallClause> CallProcedure();
  Status Yield(CallClause& call);  // YIELD and WHERE, where they stand
  Status CheckComposition(const SingleQuery& query, const Clause& clause) const;

  // Indexes and constraints (schema_parser.cpp).
  bool AtSchemaCommand() const;
  Result<std::unique_ptr<SchemaCommand>> Schema();
  Result<Name> SchemaPattern(SchemaCommand& command);
  Status OneProperty() const;
  bool AtShow() const;
  Result<CallClause> Show();

  // Expressions (expression_parser.cpp), loosest first.
  Result<ExprPtr> Expression();
  Result<ExprPtr> Logic(Operator op);
  Result<ExprPtr> Not();
  Result<ExprPtr> Comparison();
  Result<ExprPtr> Predicate();
  Result<ExprPtr> Binary(int power);
  Result<ExprPtr> Unary();
  Result<ExprPtr> Postfix();

  // What they are made of (atom_parser.cpp).
  Result<ExprPtr> Atom();
  Result<ExprPtr> Number(bool negative, std::size_t start);
  Result<ExprPtr> Parenthesised();
  Result<ExprPtr> Bracketed();
  Result<ExprPtr> ListComprehension(std::size_t start);
  Result<ExprPtr> PatternComprehension(std::size_t start);
  Result<ExprPtr> MapLiteral();
  Result<ExprPtr> Case();
  Result<ExprPtr> Quantifier(Operator op);
  Result<ExprPtr> Reduce();
  Result<ExprPtr> Call();
  Status TrimSide(Expr& call);
  Result<ExprPtr> ShortestPathExpression();
  std::size_t DottedCall() const;

  // Sets span, depth and hash of a finished expression, and checks its depth.
  Result<ExprPtr> Finish(ExprPtr expr, std::size_t start);

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  // Within [x IN list WHERE … | …] a bar ends the condition, so labels have none outside brackets.
  bool bar_ends_ = false;
  // Within EXISTS { }, COUNT { } and COLLECT { } nothing is written.
  bool may_write_ = true;
  std::uint16_t tallest_ = 0;  // expression finished so far
};

}  // namespace tupu::query
