// What the operators of a plan did while it ran, for PROFILE.
#pragma once

#include <chrono>
#include <cstdint>
#include <unordered_map>

#include "query/exec/cursors.h"

namespace tupu::query {

// Of an operator with all below it.
struct OperatorWork {
  std::uint64_t rows = 0;
  std::uint64_t hits = 0;  // reads of the store
  std::uint64_t nanoseconds = 0;
};

class Profile {
 public:
  // Null for an operator that another one did the work of.
  const OperatorWork* Find(const Plan& plan) const {
    const auto found = work_.find(&plan);
    return found == work_.end() ? nullptr : &found->second;
  }
  // The plan's own work: without what the operators below did, the subqueries among them.
  OperatorWork Own(const Plan& plan) const;
  // The cursor, its work written down.
  CursorPtr Watch(const Plan& plan, ExecContext& context, CursorPtr cursor);

 private:
  std::unordered_map<const Plan*, OperatorWork> work_;
};

}  // namespace tupu::query
