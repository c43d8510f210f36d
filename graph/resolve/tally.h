// Counted values: how many documents say each value of a property, and which one is shown.
//
// Addition and subtraction commute, so a tally is a function of the set of documents. All but one
// piece of it is kept by arithmetic: when the last document of the latest date that says a value is
// subtracted, the next latest date has to be looked up elsewhere; until then the count is stale.
#pragma once

#include <cstdint>
#include <map>

#include "graph/model/date.h"
#include "graph/model/value.h"

namespace tupu::graph {

// A date as a number in the order of Date; 0: none.
using DateNumber = std::uint32_t;
DateNumber ToDateNumber(Date date);

// A total order in which only identical values are equal: 3 and 3.0 are two values.
struct ExactLess {
  bool operator()(const Value& a, const Value& b) const;
};

struct Count {
  std::uint64_t documents = 0;
  DateNumber latest = 0;        // of the documents that say the value
  std::uint64_t of_latest = 0;  // documents of that date; 0 with documents left: stale
  // Kept for the store; say nothing here.
  std::uint32_t slot = 0;    // the value's number in its node or edge, 0: none yet
  std::uint64_t before = 0;  // `documents` when the tally was read; not stored

  bool stale() const { return documents > 0 && of_latest == 0; }
};

class Tally {
 public:
  using Counts = std::map<Value, Count, ExactLess>;

  // One more document, of `date`, says `value`. Not while the value's count is stale.
  Count& Add(const Value& value, DateNumber date);
  // One less. False, and nothing happens, if it cannot have been counted.
  bool Subtract(const Value& value, DateNumber date);

  // The value of most documents, then the latest date, then the smallest (strings in byte order).
  // Null if no document says any. No count may be stale.
  const Value* Shown() const;

  // Values that no document says any more stay until they are dropped by whoever writes.
  const Counts& counts() const { return counts_; }
  Counts& counts() { return counts_; }
  bool empty() const;  // no document says any value

 private:
  Counts counts_;
};

}  // namespace tupu::graph
