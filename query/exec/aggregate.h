// Aggregates: what one group has collected so far.
#pragma once

#include <memory>

#include "query/exec/context.h"
#include "query/plan/bound.h"

namespace tupu::query {

class Accumulator {
 public:
  virtual ~Accumulator() = default;
  // `value` is not null, but for count(*), which gets nothing of interest; `second` is the
  // percentile where there is one. False on an error.
  virtual bool Add(ExecContext& context, const graph::Value& value, const graph::Value& second) = 0;
  virtual bool Finish(ExecContext& context, graph::Value& out) = 0;
};

// Removes repeated values where the aggregate asks for it.
std::unique_ptr<Accumulator> MakeAccumulator(const Aggregate& aggregate);

}  // namespace tupu::query
