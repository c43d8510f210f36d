// The path from text to rows with the planner's options open: what Session runs, and what tests
// compare it with.
#pragma once

#include "query/plan/planner.h"
#include "query/session.h"

namespace tupu::query {

// Lex → parse → bind → plan → rewrite → execute.
Status RunStatement(const graph::View& view, const QueryLimits& limits, std::string_view text,
                    const Parameters& parameters, const PlannerOptions& options,
                    const std::function<void(const std::vector<std::string>&)>& columns,
                    const std::function<bool(const Row&)>& row);

}  // namespace tupu::query
