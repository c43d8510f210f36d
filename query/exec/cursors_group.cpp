// Operators that have to see their whole input: aggregates and sorting; and DISTINCT, which has to
// remember it.
#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "query/exec/aggregate.h"
#include "query/exec/cursors_impl.h"

namespace tupu::query {
namespace {

using graph::Value;

using Key = std::vector<Value>;

struct HashOfKey {
  std::size_t operator()(const Key& key) const {
    std::size_t out = key.size();
    for (const Value& value : key) {
      out = (out ^ (value.Hash() + 0x9e3779b97f4a7c15ULL + (out << 6) + (out >> 2)));
    }
    return out;
  }
};

std::size_t BytesOf(const Key& key) {
  std::size_t bytes = sizeof(Key) + 64;
  for (const Value& value : key) bytes += sizeof(Value) + HeapBytes(value);
  return bytes;
}

// Whether two values are one and the same list, map or path.
bool SharesHeap(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case graph::ValueKind::kList:
      return &a.as_list() == &b.as_list();
    case graph::ValueKind::kMap:
      return &a.as_map() == &b.as_map();
    case graph::ValueKind::kPath:
      return &a.as_path() == &b.as_path();
    default:
      return false;
  }
}

Key KeyOf(const Batch& batch, std::size_t row, const std::vector<Slot>& slots) {
  Key key;
  key.reserve(slots.size());
  for (const Slot slot : slots) key.push_back(batch.Get(slot, row));
  return key;
}

void AppendValue(Column& column, const Value& value) {
  switch (column.kind) {
    case SlotKind::kNode:
      column.ids.push_back(value.is_null() ? kNullId : value.as_node().value);
      break;
    case SlotKind::kEdge:
      column.ids.push_back(value.is_null() ? kNullId : value.as_edge().value);
      break;
    default:
      column.values.push_back(value);
      break;
  }
}

// Groups come out in the order in which they were first met.
class AggregateCursor : public Cursor {
 public:
  AggregateCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        input_(std::move(input)),
        evaluator_(context),
        rows_(context.slots()) {}
  ~AggregateCursor() override { Forget(); }

  bool Next(Batch& out) override {
    if (!filled_ && !Fill()) return false;
    filled_ = true;
    out.Clear(plan_.live);
    for (const Slot slot : plan_.keys) out.column(slot).Clear();
    for (const Aggregate& aggregate : plan_.aggregates) out.column(aggregate.slot).Clear();
    std::size_t rows = 0;
    for (; next_ < groups_.size() && rows < kBatchRows; ++next_, ++rows) {
      Group& group = groups_[next_];
      for (std::size_t i = 0; i < plan_.keys.size(); ++i) {
        AppendValue(out.column(plan_.keys[i]), (*group.key)[i]);
      }
      for (std::size_t i = 0; i < plan_.aggregates.size(); ++i) {
        Value value;
        if (!group.accumulators[i]->Finish(context_, value)) return false;
        out.column(plan_.aggregates[i].slot).values.push_back(std::move(value));
      }
    }
    out.set_rows(rows);
    return rows > 0;
  }
  void Reset() override {
    input_->Reset();
    Forget();
    filled_ = false;
  }

 private:
  struct Group {
    const Key* key = nullptr;
    std::vector<std::unique_ptr<Accumulator>> accumulators;
  };

  void Forget() {
    groups_.clear();
    index_.clear();
    next_ = 0;
    if (held_ > 0) context_.Release(static_cast<std::size_t>(held_));
    held_ = 0;
  }

  bool Fill() {
    const std::int64_t before = context_.memory();
    const bool ok = FillGroups();
    held_ = std::max<std::int64_t>(0, context_.memory() - before);
    return ok;
  }

  bool FillGroups() {
    // Without keys there is one group, even of no rows.
    if (plan_.keys.empty() && !FindGroup({})) return false;
    while (input_->Next(rows_)) {
      for (std::size_t row = 0; row < rows_.rows(); ++row) {
        if (!context_.Tick()) return false;
        Group* group = plan_.keys.empty() ? &groups_[0] : FindGroup(KeyOf(rows_, row, plan_.keys));
        if (!group || !AddRow(*group, row)) return false;
      }
    }
    return !context_.failed();
  }

  Group* FindGroup(Key key) {
    const auto [found, added] = index_.try_emplace(std::move(key), groups_.size());
    if (!added) return &groups_[found->second];
    constexpr std::size_t kAccumulatorBytes = 64;
    if (!context_.Charge(BytesOf(found->first) + sizeof(Group) +
                         plan_.aggregates.size() * kAccumulatorBytes)) {
      return nullptr;
    }
    Group group;
    group.key = &found->first;
    for (const Aggregate& aggregate : plan_.aggregates) {
      group.accumulators.push_back(MakeAccumulator(aggregate));
    }
    groups_.push_back(std::move(group));
    return &groups_.back();
  }

  bool AddRow(Group& group, std::size_t row) {
    evaluator_.SetRow(&rows_, row);
    for (std::size_t i = 0; i < plan_.aggregates.size(); ++i) {
      const Aggregate& aggregate = plan_.aggregates[i];
      Value value;
      Value second;
      // What evaluating takes is free again at once; what is kept, Add counts.
      const std::int64_t before = context_.memory();
      if (aggregate.argument && !evaluator_.Eval(*aggregate.argument, value)) return false;
      if (aggregate.second && !evaluator_.Eval(*aggregate.second, second)) return false;
      const std::int64_t made = context_.memory() - before;
      if (made > 0) context_.Release(static_cast<std::size_t>(made));
      if (aggregate.argument && value.is_null()) continue;
      if (!group.accumulators[i]->Add(context_, value, second)) return false;
    }
    return true;
  }

  const Plan& plan_;
  ExecContext& context_;
  CursorPtr input_;
  Evaluator evaluator_;
  Batch rows_;
  bool filled_ = false;
  std::unordered_map<Key, std::size_t, HashOfKey> index_;
  std::vector<Group> groups_;
  std::size_t next_ = 0;
  std::int64_t held_ = 0;
};

class DistinctCursor : public Cursor {
 public:
  DistinctCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), context_(context), input_(std::move(input)) {}
  ~DistinctCursor() override { Forget(); }

  bool Next(Batch& out) override {
    while (input_->Next(out)) {
      kept_.clear();
      for (std::size_t row = 0; row < out.rows(); ++row) {
        if (!context_.Tick()) return false;
        const auto [found, added] = seen_.insert(KeyOf(out, row, plan_.keys));
        if (!added) continue;
        const std::size_t bytes = BytesOf(*found);
        held_ += bytes;
        if (!context_.Charge(bytes)) return false;
        kept_.push_back(static_cast<std::uint32_t>(row));
      }
      if (kept_.empty()) continue;
      if (kept_.size() < out.rows()) out.Keep(kept_, plan_.live);
      return true;
    }
    return false;
  }
  void Reset() override {
    input_->Reset();
    Forget();
  }

 private:
  void Forget() {
    seen_.clear();
    context_.Release(held_);
    held_ = 0;
  }

  const Plan& plan_;
  ExecContext& context_;
  CursorPtr input_;
  std::unordered_set<Key, HashOfKey> seen_;
  std::vector<std::uint32_t> kept_;
  std::size_t held_ = 0;
};

// Stable, so that equal rows come in the order in which they came in. With a limit, only that many
// rows are kept, and a few more between two rounds of throwing the rest away.
class SortCursor : public Cursor {
 public:
  SortCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        input_(std::move(input)),
        evaluator_(context),
        batch_(context.slots()),
        rows_(context.slots()),
        slots_(plan.live) {
    for (const SortKey& key : plan.order) slots_.push_back(key.slot);
    std::sort(slots_.begin(), slots_.end());
    slots_.erase(std::unique(slots_.begin(), slots_.end()), slots_.end());
  }
  ~SortCursor() override { Forget(); }

  bool Next(Batch& out) override {
    if (!filled_ && !Fill()) return false;
    filled_ = true;
    out.Clear(plan_.live);
    while (next_ < order_.size() && out.rows() < kBatchRows) {
      out.AppendRow(rows_, order_[next_++], plan_.live);
    }
    return out.rows() > 0;
  }
  void Reset() override {
    input_->Reset();
    Forget();
    filled_ = false;
  }

 private:
  void Forget() {
    rows_.Clear(slots_);
    full_ = false;
    order_.clear();
    next_ = 0;
    context_.Release(held_);
    held_ = 0;
  }

  bool Fill() {
    const bool limited = plan_.kind == PlanKind::kTop;
    std::uint64_t limit = 0;
    if (limited && !EvalCount(*plan_.exprs[0], "LIMIT", evaluator_, limit)) return false;
    if (limited && limit == 0) {
      // What is below writes all that it has to as soon as it is asked for a row.
      if (IsUpdating(plan_)) input_->Next(batch_);
      return !context_.failed();
    }
    const std::uint64_t room = limited && limit < (std::uint64_t{1} << 40)
                                   ? limit + std::max<std::uint64_t>(limit, 4 * kBatchRows)
                                   : ~std::uint64_t{0};
    while (input_->Next(batch_)) {
      for (std::size_t row = 0; row < batch_.rows(); ++row) {
        if (!context_.Tick()) return false;
        if (full_ && Behind(row, static_cast<std::size_t>(limit) - 1)) continue;
        if (!Charge(row)) return false;
        rows_.AppendRow(batch_, row, slots_);
      }
      if (rows_.rows() > room) {
        if (!Sort()) return false;
        Truncate(static_cast<std::size_t>(limit));
        full_ = true;
      }
    }
    if (context_.failed() || !Sort()) return false;
    if (limited && order_.size() > limit) order_.resize(static_cast<std::size_t>(limit));
    return true;
  }

  // Whether the batch's row comes behind one that is kept, or where it is equal: it came later.
  bool Behind(std::size_t row, std::size_t kept) const {
    for (const SortKey& key : plan_.order) {
      const Column& a = batch_.column(key.slot);
      const Column& b = rows_.column(key.slot);
      const auto order = a.kind == SlotKind::kValue ? Value::Order(a.values[row], b.values[kept])
                                                    : a.ids[row] <=> b.ids[kept];
      if (order != 0) return key.descending ? order < 0 : order > 0;
    }
    return true;
  }

  bool Charge(std::size_t row) {
    std::size_t bytes = 0;
    for (const Slot slot : slots_) {
      const Column& column = batch_.column(slot);
      if (column.kind == SlotKind::kValue) {
        // Rows share lists; one that the row before had too takes no more room.
        const Value& value = column.values[row];
        const bool shared = rows_.rows() > 0 && SharesHeap(value, rows_.column(slot).values.back());
        bytes += sizeof(Value) + (shared ? 0 : HeapBytes(value));
      } else {
        bytes += sizeof(std::uint64_t);
      }
    }
    held_ += bytes;
    return context_.Charge(bytes);
  }

  bool Sort() {
    order_.resize(rows_.rows());
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      for (const SortKey& key : plan_.order) {
        const Column& column = rows_.column(key.slot);
        const auto order = column.kind == SlotKind::kValue
                               ? Value::Order(column.values[a], column.values[b])
                               : column.ids[a] <=> column.ids[b];  // null is the greatest
        if (order != 0) return key.descending ? order > 0 : order < 0;
      }
      return false;
    });
    return context_.CheckTime();
  }

  // Keeps the first rows only, in their order.
  void Truncate(std::size_t count) {
    Batch kept(context_.slots());
    for (std::size_t i = 0; i < count && i < order_.size(); ++i) {
      kept.AppendRow(rows_, order_[i], slots_);
    }
    const std::size_t before = rows_.rows();
    rows_ = std::move(kept);
    const std::size_t freed = held_ / std::max<std::size_t>(before, 1) * (before - rows_.rows());
    held_ -= freed;
    context_.Release(freed);
  }

  const Plan& plan_;
  ExecContext& context_;
  CursorPtr input_;
  Evaluator evaluator_;
  Batch batch_;
  Batch rows_;
  std::vector<Slot> slots_;
  bool filled_ = false;
  bool full_ = false;  // the first rows, as many as wanted, are those at the front, in order
  std::vector<std::uint32_t> order_;
  std::size_t next_ = 0;
  std::size_t held_ = 0;
};

}  // namespace

CursorPtr BuildGroup(const Plan& plan, ExecContext& context, CursorPtr input) {
  switch (plan.kind) {
    case PlanKind::kAggregate:
      return std::make_unique<AggregateCursor>(plan, context, std::move(input));
    case PlanKind::kDistinct:
      return std::make_unique<DistinctCursor>(plan, context, std::move(input));
    default:
      return std::make_unique<SortCursor>(plan, context, std::move(input));
  }
}

}  // namespace tupu::query
