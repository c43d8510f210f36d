#include "graph/resolve/tally.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "graph/base/error.h"

namespace tupu::graph {

DateNumber ToDateNumber(Date date) {
  return static_cast<DateNumber>(date.year) * 512 + static_cast<DateNumber>(date.month) * 32 +
         static_cast<DateNumber>(date.day);
}

bool ExactLess::operator()(const Value& a, const Value& b) const {
  const std::strong_ordering order = Value::Order(a, b);
  if (order != 0) return order < 0;
  if (a.kind() == ValueKind::kString && b.kind() == ValueKind::kString) return false;
  // Equal by number perhaps, at any depth; the bytes tell.
  std::string x, y;
  EncodeValue(x, a);
  EncodeValue(y, b);
  return x < y;
}

Count& Tally::Add(const Value& value, DateNumber date) {
  Count& count = counts_[value];
  TUPU_INVARIANT(!count.stale());
  ++count.documents;
  if (count.documents == 1 || date > count.latest) {
    count.latest = date;
    count.of_latest = 1;
  } else if (date == count.latest) {
    ++count.of_latest;
  }
  return count;
}

bool Tally::Subtract(const Value& value, DateNumber date) {
  const auto found = counts_.find(value);
  if (found == counts_.end() || found->second.documents == 0) return false;
  Count& count = found->second;
  if (date > count.latest || (date == count.latest && count.of_latest == 0)) return false;
  --count.documents;
  if (date == count.latest) --count.of_latest;
  return true;
}

const Value* Tally::Shown() const {
  const Value* shown = nullptr;
  std::tuple<std::uint64_t, DateNumber> best{0, 0};
  for (const auto& [value, count] : counts_) {
    TUPU_INVARIANT(!count.stale());
    const std::tuple<std::uint64_t, DateNumber> rank{count.documents, count.latest};
    if (count.documents > 0 && (shown == nullptr || rank > best)) {
      shown = &value;
      best = rank;
    }
  }
  return shown;
}

bool Tally::empty() const {
  return std::all_of(counts_.begin(), counts_.end(),
                     [](const auto& entry) { return entry.second.documents == 0; });
}

}  // namespace tupu::graph
