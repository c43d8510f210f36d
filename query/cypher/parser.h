// Query text into its syntax tree: recursive descent, binding powers for operators.
//
// The read part of openCypher 9. Nesting is limited, so no text makes the parser, or anything that
// walks its trees, run out of stack.
#pragma once

#include <memory>
#include <string_view>

#include "graph/base/error.h"
#include "query/cypher/ast.h"

namespace tupu::query {

// Brackets, operators and subqueries within one another.
inline constexpr int kMaxNesting = 300;
// Of one single query: running it takes stack for each.
inline constexpr std::size_t kMaxClauses = 1000;

// One statement, with an optional semicolon behind it. Errors are kSyntax with the offset of the
// first token that cannot stand where it stands, or kLimit.
Result<std::unique_ptr<Query>> Parse(std::string_view text);

// Whether a name (in any case) has to be in backquotes to name a variable.
bool IsReservedWord(std::string_view name);

// One expression and nothing else: for tests.
Result<ExprPtr> ParseExpression(std::string_view text);

}  // namespace tupu::query
