// What the conditions of a pattern let be sought instead of scanned: nodes by id or name, nodes and
// relationships by an index. Used by pattern_planner.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "query/plan/planner_impl.h"

namespace tupu::query {

// node.id = key, or node.name = key.
struct KeySeek {
  const BoundExpr* key = nullptr;
  bool by_id = false;
};

struct IndexSeek {
  std::uint32_t index = 0;
  std::string label;  // or type
  std::string property;
  SeekKind kind = SeekKind::kEqual;
  const BoundExpr* first = nullptr;   // the value, or lower bound
  const BoundExpr* second = nullptr;  // the upper bound
  double rows = std::numeric_limits<double>::infinity();
};

// Points into the conditions registered, which must outlive it.
class PatternSeeks {
 public:
  // Whether all that an expression reads is in the row.
  using IsKnown = std::function<bool(const BoundExpr&)>;

  void Register(const BoundExpr& conjunct);

  // What the id, or else the name, of the node in the slot is said to be; null where that is
  // nothing known.
  const KeySeek* ByKey(Slot slot, const IsKnown& known) const;

  // The index that finds the fewest of what is in the slot, of those that can be asked.
  std::optional<IndexSeek> ByIndex(Slot slot, bool of_edges, const std::vector<std::string>& labels,
                                   Statistics& statistics, const IsKnown& known) const;

 private:
  // What a conjunct says of a property, for which an index can be asked.
  struct IndexTest {
    std::string property;
    SeekKind kind = SeekKind::kEqual;
    bool lower = false;  // of kRange: the value is a lower bound, else an upper one
    const BoundExpr* value = nullptr;
  };

  void RegisterKeys(const BoundExpr& conjunct);
  void RegisterTests(const BoundExpr& conjunct);

  std::map<Slot, std::vector<KeySeek>> keys_;
  std::map<Slot, std::vector<IndexTest>> tests_;
};

void SetIndexSeek(Plan& plan, const IndexSeek& seek);

// Keys are copied into the seek, while their conjunct goes on to test.
BoundExprPtr CopyExpr(const BoundExpr& expr);

}  // namespace tupu::query
