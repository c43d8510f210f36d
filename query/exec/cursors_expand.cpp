// Single steps along edges.
#include <algorithm>

#include "query/cypher/diagnostic.h"
#include "query/exec/cursors_impl.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {

using graph::Direction;
using graph::Neighbour;
using graph::Value;
using graph::ValueKind;

bool NodeIn(const Batch& batch, Slot slot, std::size_t row, ExecContext& context,
            std::uint64_t& out) {
  const Column& column = batch.column(slot);
  if (column.kind == SlotKind::kNode) {
    out = column.ids[row];
    return true;
  }
  const Value value = column.Get(row);
  if (value.is_null()) {
    out = kNullId;
  } else if (value.kind() == ValueKind::kNode) {
    out = value.as_node().value;
  } else {
    return context.Fail(ValueError(kNoPos,
                                   context.slots()[slot].name +
                                       " stands for a node in a pattern, "
                                       "but is " +
                                       TypeName(value),
                                   detail::kArgumentType));
  }
  return true;
}

bool EdgeIn(const Batch& batch, Slot slot, std::size_t row, ExecContext& context,
            std::uint64_t& out) {
  const Value value = batch.Get(slot, row);
  if (value.is_null()) {
    out = kNullId;
  } else if (value.kind() == ValueKind::kEdge) {
    out = value.as_edge().value;
  } else {
    return context.Fail(ValueError(kNoPos,
                                   context.slots()[slot].name +
                                       " stands for a relationship in a pattern, but is " +
                                       TypeName(value),
                                   detail::kArgumentType));
  }
  return true;
}

namespace {

std::vector<Slot> KeptSlots(const Plan& plan, bool fills_to) {
  std::vector<Slot> out;
  for (const Slot slot : plan.live) {
    if (slot != plan.edge && (slot != plan.to || !fills_to)) out.push_back(slot);
  }
  return out;
}

class ExpandCursor : public Cursor {
 public:
  ExpandCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        into_(plan.kind == PlanKind::kExpandInto),
        kept_(KeptSlots(plan, !into_)),
        keeps_edge_(std::binary_search(plan.live.begin(), plan.live.end(), plan.edge)),
        adjacency_(context, plan.types, plan.walk) {
    adjacency_.Expect(plan.children[0]->rows, plan.rows);
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    if (!into_) out.column(plan_.to).Clear();
    out.column(plan_.edge).Clear();
    if (adjacency_.none() && !context_.transaction()) return false;
    while (out.rows() < kBatchRows) {
      if (next_ >= neighbours_.size()) {
        if (!reader_.Next() || !Step()) break;
        continue;
      }
      const Neighbour& neighbour = neighbours_[next_++];
      if (!context_.Tick()) return false;
      if (into_ && neighbour.node.value != target_) continue;
      if (!NotAmong(neighbour.edge.value, plan_.unlike, reader_.batch(), reader_.row())) continue;
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      if (!into_) out.column(plan_.to).ids.push_back(neighbour.node.value);
      if (keeps_edge_) out.column(plan_.edge).ids.push_back(neighbour.edge.value);
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    neighbours_.clear();
    next_ = 0;
  }

 private:
  bool Step() {
    neighbours_.clear();
    next_ = 0;
    if (!context_.Tick()) return false;
    std::uint64_t from = kNullId;
    if (!NodeIn(reader_.batch(), plan_.from, reader_.row(), context_, from)) return false;
    if (into_ && !NodeIn(reader_.batch(), plan_.to, reader_.row(), context_, target_)) return false;
    if (from == kNullId || (into_ && target_ == kNullId)) return true;
    // Clauses before this one may have written.
    if (context_.transaction()) adjacency_.Refresh();
    if (into_) return adjacency_.ReadTo(NodeId{from}, NodeId{target_}, neighbours_);
    return adjacency_.Read(NodeId{from}, neighbours_);
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  bool into_;
  std::vector<Slot> kept_;
  bool keeps_edge_;
  AdjacencyReader adjacency_;
  std::vector<Neighbour> neighbours_;
  std::size_t next_ = 0;
  std::uint64_t target_ = kNullId;
};

// From an edge that is known already to its ends.
class EdgeEndsCursor : public Cursor {
 public:
  EdgeEndsCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), context_(context), reader_(std::move(input), context) {
    for (const Slot slot : plan.live) {
      if ((slot == plan.from && !plan.from_known) || (slot == plan.to && !plan.to_known)) continue;
      kept_.push_back(slot);
    }
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    if (!plan_.from_known) out.column(plan_.from).Clear();
    if (!plan_.to_known) out.column(plan_.to).Clear();
    while (out.rows() < kBatchRows) {
      if (turn_ >= turns_.size()) {
        if (!reader_.Next() || !Read()) break;
        continue;
      }
      const auto [from, to] = turns_[turn_++];
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      if (!plan_.from_known) out.column(plan_.from).ids.push_back(from);
      // A pattern may lead from a node to itself.
      if (!plan_.to_known && plan_.to != plan_.from) out.column(plan_.to).ids.push_back(to);
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    turns_.clear();
    turn_ = 0;
  }

 private:
  bool Read() {
    turns_.clear();
    turn_ = 0;
    if (!context_.Tick()) return false;
    std::uint64_t edge = kNullId;
    if (!EdgeIn(reader_.batch(), plan_.edge, reader_.row(), context_, edge)) return false;
    if (edge == kNullId || !NotAmong(edge, plan_.unlike, reader_.batch(), reader_.row())) {
      return true;
    }
    const graph::EdgeRecord* record = context_.Edge(EdgeId{edge});
    if (!record) return false;
    if (!plan_.types.empty() &&
        !std::binary_search(plan_.types.begin(), plan_.types.end(), record->type)) {
      return true;
    }
    const std::uint64_t from = record->from.value;
    const std::uint64_t to = record->to.value;
    if (plan_.walk != Walk::kIn && !Try(from, to)) return false;
    if (plan_.walk == Walk::kIn || (plan_.walk == Walk::kBoth && from != to)) return Try(to, from);
    return true;
  }

  bool Try(std::uint64_t from, std::uint64_t to) {
    std::uint64_t known = kNullId;
    if (plan_.from == plan_.to && from != to) return true;
    if (plan_.from_known) {
      if (!NodeIn(reader_.batch(), plan_.from, reader_.row(), context_, known)) return false;
      if (known != from) return true;
    }
    if (plan_.to_known) {
      if (!NodeIn(reader_.batch(), plan_.to, reader_.row(), context_, known)) return false;
      if (known != to) return true;
    }
    turns_.emplace_back(from, to);
    return true;
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  std::vector<Slot> kept_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> turns_;
  std::size_t turn_ = 0;
};

}  // namespace

bool ReadNeighbours(ExecContext& context, NodeId node, Walk walk, const std::vector<TypeId>& types,
                    std::vector<Neighbour>& out) {
  if (walk != Walk::kIn) {
    const Status status = context.view().Expand(node, Direction::kOut, types, out);
    if (!status.ok()) return context.Fail(status.error());
  }
  if (walk != Walk::kOut) {
    const std::size_t before = out.size();
    const Status status = context.view().Expand(node, Direction::kIn, types, out);
    if (!status.ok()) return context.Fail(status.error());
    // A loop goes out and comes in; without a direction it is met once.
    if (walk == Walk::kBoth) {
      out.erase(std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                               [&](const Neighbour& neighbour) { return neighbour.node == node; }),
                out.end());
    }
  }
  return true;
}

CursorPtr BuildExpand(const Plan& plan, ExecContext& context, CursorPtr input) {
  if (plan.kind == PlanKind::kEdgeEnds) {
    return std::make_unique<EdgeEndsCursor>(plan, context, std::move(input));
  }
  return std::make_unique<ExpandCursor>(plan, context, std::move(input));
}

}  // namespace tupu::query
