// Cursors run the operators of a plan: each hands out batches of rows that it makes from its
// input's.
#pragma once

#include <memory>

#include "graph/base/error.h"
#include "query/exec/batch.h"
#include "query/exec/context.h"
#include "query/plan/plan.h"

namespace tupu::query {

class Cursor {
 public:
  virtual ~Cursor() = default;
  // Fills `out` with at least one row and returns true, or returns false at the end or on an error
  // (the context has it then). What `out` held before is gone. Columns that the plan's `live` does
  // not list may hold anything.
  virtual bool Next(Batch& out) = 0;
  // Begins again from the first row.
  virtual void Reset() = 0;
};
using CursorPtr = std::unique_ptr<Cursor>;

// Where a kArgument takes its rows from: the row around a subquery, or the batch of outer rows of
// an OPTIONAL MATCH.
struct ArgumentSource {
  const Batch* batch = nullptr;
};

// Plan and context must outlive the operator. `argument` may be null where the plan has no
// kArgument.
CursorPtr BuildCursor(const Plan& plan, ExecContext& context, const ArgumentSource* argument);

}  // namespace tupu::query
