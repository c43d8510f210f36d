// From syntax tree to bound query: resolves every name, and finds all mistakes that can be found
// without running.
#pragma once

#include <map>
#include <string>

#include "graph/base/error.h"
#include "graph/model/value.h"
#include "query/cypher/ast.h"
#include "query/plan/bound.h"
#include "query/procedures.h"

namespace tupu::query {

// `text` is what `query` was parsed from: it names columns without alias. Errors are kSemantic with
// an offset into it. Every parameter that the query uses must be there.
// `procedures` are what CALL finds, and must outlive what comes out.
Result<BoundStatement> Bind(const Query& query, std::string_view text,
                            const std::map<std::string, graph::Value>& parameters,
                            const Procedures& procedures);

}  // namespace tupu::query
