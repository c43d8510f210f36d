// Syntax trees back into text.
#pragma once

#include <string>
#include <string_view>

#include "query/cypher/ast.h"

namespace tupu::query {

// Cypher that parses to the same tree again, on one line, with no more brackets than it needs.
std::string Print(const Expr& expr);
std::string Print(const PathPattern& path);
std::string Print(const Query& query);

// A name as Cypher takes it: in backquotes where it has to be.
std::string PrintName(std::string_view name);
// A value as a literal. Nodes, edges and paths have none and print as <node> and so on.
std::string PrintValue(const graph::Value& value);

// The tree itself, for tests: (op child child).
std::string Dump(const Expr& expr);

}  // namespace tupu::query
