// The path from text to rows with the planner's options open: what Session runs, and what tests
// compare it with.
#pragma once

#include "query/plan/planner.h"
#include "query/procedures.h"
#include "query/session.h"

namespace tupu::query {

struct RunSettings {
  const graph::View& view;
  const QueryLimits& limits;
  PlannerOptions options;
  graph::Transaction* transaction = nullptr;  // whose view it is; null: statements only read
  const Procedures& procedures = BuiltInProcedures();
};

// Lex → parse → bind → plan → rewrite → execute. The columns are told before anything runs.
Status RunStatement(const RunSettings& settings, std::string_view text,
                    const Parameters& parameters,
                    const std::function<void(const std::vector<std::string>&)>& columns,
                    const std::function<bool(const Row&)>& row);

}  // namespace tupu::query
