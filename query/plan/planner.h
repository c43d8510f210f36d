// From bound query to plan.
#pragma once

#include "graph/base/error.h"
#include "graph/store/store.h"
#include "query/plan/plan.h"

namespace tupu::query {

struct PlannerOptions {
  // Without, patterns are walked as written and filtered at the end: what the rewrites are tested
  // against.
  bool rewrites = true;
};

// `view` gives the counts that costs rest on.
Result<PlannedStatement> MakePlan(BoundStatement statement, const graph::View& view,
                                  const PlannerOptions& options = {});

}  // namespace tupu::query
