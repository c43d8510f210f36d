// Indexes and constraints: CREATE INDEX, DROP INDEX, CREATE CONSTRAINT, DROP CONSTRAINT, SHOW.
#include "query/cypher/diagnostic.h"
#include "query/cypher/parser_impl.h"

namespace tupu::query {

bool Parser::AtSchemaCommand() const {
  if (!AtWord("CREATE") && !AtWord("DROP")) return false;
  std::size_t next = 1;
  if (AtWord("RANGE", 1) || AtWord("BTREE", 1)) ++next;
  if (!AtWord("INDEX", next) && !AtWord("CONSTRAINT", next)) return false;
  // CREATE index = (a)-->(b) makes a path of that name.
  return Peek(next + 1).kind != TokenKind::kEqual;
}

Result<std::unique_ptr<SchemaCommand>> Parser::Schema() {
  auto command = std::make_unique<SchemaCommand>();
  const bool create = TakeWord("CREATE");
  if (!create) TUPU_TRY(ExpectWord("DROP"));
  if (!TakeWord("RANGE")) TakeWord("BTREE");
  command->constraint = TakeWord("CONSTRAINT");
  if (!command->constraint) TUPU_TRY(ExpectWord("INDEX"));
  command->create = create;
  const bool named =
      create ? !(AtWord("IF") && AtWord("NOT", 1)) &&
                   !(AtWord("FOR") && Peek(1).kind == TokenKind::kLeftParen) &&
                   !(AtWord("ON") && Peek(1).kind != TokenKind::kEnd &&
                     (Peek(1).kind == TokenKind::kLeftParen || Peek(1).kind == TokenKind::kColon))
             : true;
  if (named) {
    TUPU_ASSIGN(command->name, SchemaName(command->constraint ? "the name of a constraint"
                                                              : "the name of an index"));
  }
  if (TakeWord("IF")) {
    if (create) TUPU_TRY(ExpectWord("NOT"));
    TUPU_TRY(ExpectWord("EXISTS"));
    command->guarded = true;
  }
  if (!create) return command;
  // As it was before Neo4j 4: CREATE INDEX ON :Label(property).
  if (!command->constraint && AtWord("ON") && Peek(1).kind == TokenKind::kColon) {
    next_ += 2;
    TUPU_ASSIGN(command->label, SchemaName("a label"));
    TUPU_TRY(Expect(TokenKind::kLeftParen, "("));
    TUPU_ASSIGN(command->property, SchemaName("a property"));
    TUPU_TRY(OneProperty());
    TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
    return command;
  }
  if (!TakeWord("ON")) TUPU_TRY(ExpectWord("FOR"));
  TUPU_ASSIGN(const Name variable, SchemaPattern(*command));
  if (command->constraint) {
    if (!TakeWord("ASSERT")) TUPU_TRY(ExpectWord("REQUIRE"));
  } else {
    TUPU_TRY(ExpectWord("ON"));
  }
  const bool brackets = Take(TokenKind::kLeftParen);
  if (!command->constraint && !brackets)
    return Unexpected("a property in brackets, as in (n.name)");
  const Name read = Name{Peek().text, Peek().at};
  if (read.text != variable.text || !(At(TokenKind::kName) || At(TokenKind::kQuotedName))) {
    return Unexpected("a property of " + variable.text);
  }
  ++next_;
  TUPU_TRY(Expect(TokenKind::kDot, "a dot and a property"));
  TUPU_ASSIGN(command->property, SchemaName("a property"));
  if (brackets) {
    TUPU_TRY(OneProperty());
    TUPU_TRY(Expect(TokenKind::kRightParen, ")"));
  }
  if (command->constraint) {
    const std::size_t at = begin();
    TUPU_TRY(ExpectWord("IS"));
    TakeWord("NODE");
    if (!TakeWord("UNIQUE")) {
      return SyntaxError(at, "a constraint says IS UNIQUE; there are no others");
    }
    if (command->of_edges) {
      return SyntaxError(at, "uniqueness can be demanded of nodes, not of relationships");
    }
  }
  if (AtWord("OPTIONS")) return SyntaxError(begin(), "indexes have no options here");
  return command;
}

// (n:Label), or ()-[r:TYPE]-() in any direction; gives the variable.
Result<Name> Parser::SchemaPattern(SchemaCommand& command) {
  TUPU_TRY(Expect(TokenKind::kLeftParen, "(n:Label) or ()-[r:TYPE]-()"));
  command.of_edges = Take(TokenKind::kRightParen);
  if (command.of_edges) {
    Take(TokenKind::kLess);
    TUPU_TRY(Expect(TokenKind::kMinus, "-[r:TYPE]-()"));
    TUPU_TRY(Expect(TokenKind::kLeftBracket, "[r:TYPE]"));
  }
  TUPU_ASSIGN(const Name variable, VariableName("a variable"));
  TUPU_TRY(Expect(TokenKind::kColon, ":"));
  TUPU_ASSIGN(command.label, SchemaName(command.of_edges ? "a relationship type" : "a label"));
  TUPU_TRY(Expect(command.of_edges ? TokenKind::kRightBracket : TokenKind::kRightParen,
                  command.of_edges ? "]" : ")"));
  if (command.of_edges) {
    TUPU_TRY(Expect(TokenKind::kMinus, "-()"));
    Take(TokenKind::kGreater);
    TUPU_TRY(Expect(TokenKind::kLeftParen, "()"));
    TUPU_TRY(Expect(TokenKind::kRightParen, "()"));
  }
  return variable;
}

Status Parser::OneProperty() const {
  if (!At(TokenKind::kComma)) return {};
  return SyntaxError(begin(), "an index is on one property here, not on several together");
}

bool Parser::AtShow() const {
  if (!AtWord("SHOW")) return false;
  std::size_t next = 1;
  for (const std::string_view word : {"ALL", "RANGE", "UNIQUE", "UNIQUENESS"}) {
    if (AtWord(word, next)) ++next;
  }
  return AtWord("INDEX", next) || AtWord("INDEXES", next) || AtWord("CONSTRAINT", next) ||
         AtWord("CONSTRAINTS", next);
}

// SHOW INDEXES is a call of db.indexes, SHOW CONSTRAINTS of db.constraints.
Result<CallClause> Parser::Show() {
  CallClause call;
  const std::size_t start = begin();
  ++next_;
  for (const std::string_view word : {"ALL", "RANGE", "UNIQUE", "UNIQUENESS"}) TakeWord(word);
  const bool indexes = TakeWord("INDEX") || TakeWord("INDEXES");
  if (!indexes) ++next_;
  call.name.text = indexes ? "db.indexes" : "db.constraints";
  call.name.at = From(start);
  call.has_arguments = true;
  TUPU_TRY(Yield(call));
  return call;
}

}  // namespace tupu::query
