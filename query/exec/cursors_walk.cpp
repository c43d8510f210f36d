// Patterns of variable length: walks that use no edge twice, depth first, without recursion.
#include <algorithm>
#include <unordered_set>

#include "query/exec/cursors_impl.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Neighbour;
using graph::Path;
using graph::Value;

// Up to here looking through the walk is quicker than a set.
constexpr std::size_t kShortWalk = 24;

class WalkCursor : public Cursor {
 public:
  WalkCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        evaluator_(context),
        adjacency_(context, plan.types, plan.walk),
        keeps_edges_(std::binary_search(plan.live.begin(), plan.live.end(), plan.edge)),
        keeps_path_(std::binary_search(plan.live.begin(), plan.live.end(), plan.path)) {
    for (const Slot slot : plan.live) {
      const bool filled =
          slot == plan.edge || slot == plan.path || (slot == plan.to && !plan.to_known);
      if (!filled) kept_.push_back(slot);
    }
  }
  ~WalkCursor() override { Forget(); }

  bool Next(Batch& out) override {
    context_.Release(held_);
    held_ = 0;
    out.Clear(plan_.live);
    if (!plan_.to_known) out.column(plan_.to).Clear();
    out.column(plan_.edge).Clear();
    out.column(plan_.path).Clear();
    while (out.rows() < kBatchRows) {
      if (!walking_) {
        if (!reader_.Next() || !Begin()) break;
        continue;
      }
      if (!context_.Tick()) return false;
      if (emit_) {
        emit_ = false;
        if (edges_.size() >= plan_.min && AtTarget() && !Emit(out)) return false;
        if (!Deeper()) break;
        continue;
      }
      if (!Advance()) break;
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    Forget();
    walking_ = false;
  }

 private:
  // The neighbours of one node of the walk, and how many of them have been tried.
  struct Frame {
    std::vector<Neighbour> neighbours;
    std::size_t next = 0;
  };

  void Forget() {
    for (const Frame& frame : frames_) context_.Release(Bytes(frame));
    frames_.clear();
    nodes_.clear();
    edges_.clear();
    used_.clear();
    context_.Release(held_);
    held_ = 0;
  }
  static std::size_t Bytes(const Frame& frame) {
    return frame.neighbours.size() * sizeof(Neighbour) + sizeof(Frame) + 64;
  }

  bool Begin() {
    Forget();
    std::uint64_t from = kNullId;
    if (!NodeIn(reader_.batch(), plan_.from, reader_.row(), context_, from)) return false;
    target_ = kNullId;
    if (plan_.to_known && !NodeIn(reader_.batch(), plan_.to, reader_.row(), context_, target_)) {
      return false;
    }
    if (from == kNullId || (plan_.to_known && target_ == kNullId)) return true;
    if (!plan_.unbounded && plan_.max < plan_.min) return true;
    wanted_.clear();
    evaluator_.SetRow(&reader_.batch(), reader_.row());
    for (const auto& [name, expr] : plan_.properties) {
      Value value;
      if (!evaluator_.Eval(*expr, value)) return false;
      wanted_.emplace_back(&name, std::move(value));
    }
    if (context_.transaction()) adjacency_.Refresh();
    nodes_.push_back(NodeId{from});
    walking_ = true;
    emit_ = true;
    return true;
  }

  bool AtTarget() const { return !plan_.to_known || nodes_.back().value == target_; }

  // Opens the node at the end of the walk, unless the walk is as long as it may be.
  bool Deeper() {
    if (adjacency_.none() || (!plan_.unbounded && edges_.size() >= plan_.max)) return true;
    Frame frame;
    if (!adjacency_.Read(nodes_.back(), frame.neighbours)) return false;
    if (!context_.Charge(Bytes(frame))) return false;
    frames_.push_back(std::move(frame));
    return true;
  }

  // To the next walk: one edge more, or back and another way. Ends the row's walks at the last.
  bool Advance() {
    // One frame a node that was opened; the walk's end may be a node that was not.
    while (edges_.size() >= frames_.size() && !edges_.empty()) Back();
    if (frames_.empty()) {
      walking_ = false;
      return true;
    }
    Frame& frame = frames_.back();
    while (frame.next < frame.neighbours.size()) {
      if (!context_.Tick()) return false;
      const Neighbour neighbour = frame.neighbours[frame.next++];
      bool fits = false;
      if (!Fits(neighbour.edge, fits)) return false;
      if (!fits) continue;
      edges_.push_back(neighbour.edge);
      nodes_.push_back(neighbour.node);
      if (edges_.size() == kShortWalk) {
        for (const EdgeId edge : edges_) used_.insert(edge.value);
      } else if (edges_.size() > kShortWalk) {
        used_.insert(neighbour.edge.value);
      }
      emit_ = true;
      return true;
    }
    context_.Release(Bytes(frame));
    frames_.pop_back();
    return true;
  }

  void Back() {
    if (edges_.size() > kShortWalk) {
      used_.erase(edges_.back().value);
    } else if (edges_.size() == kShortWalk) {
      used_.clear();
    }
    edges_.pop_back();
    nodes_.pop_back();
  }

  bool Fits(EdgeId edge, bool& out) {
    out = false;
    const bool again = edges_.size() >= kShortWalk
                           ? used_.contains(edge.value)
                           : std::find(edges_.begin(), edges_.end(), edge) != edges_.end();
    if (again || !NotAmong(edge.value, plan_.unlike, reader_.batch(), reader_.row())) return true;
    if (!wanted_.empty()) {
      const graph::EdgeRecord* record = context_.Edge(edge);
      if (!record) return false;
      for (const auto& [name, value] : wanted_) {
        const auto found = record->properties.find(*name);
        if (found == record->properties.end() || !Equal(found->second, value).value_or(false)) {
          return true;
        }
      }
    }
    out = true;
    return true;
  }

  bool Emit(Batch& out) {
    out.AppendRow(reader_.batch(), reader_.row(), kept_);
    if (!plan_.to_known) out.column(plan_.to).ids.push_back(nodes_.back().value);
    std::size_t bytes = 0;
    if (keeps_edges_) {
      List edges(edges_.begin(), edges_.end());
      if (plan_.reversed) std::reverse(edges.begin(), edges.end());
      bytes += edges.size() * sizeof(Value);
      out.column(plan_.edge).values.emplace_back(std::move(edges));
    }
    if (keeps_path_) {
      Path path;
      path.nodes = nodes_;
      path.edges = edges_;
      if (plan_.reversed) {
        std::reverse(path.nodes.begin(), path.nodes.end());
        std::reverse(path.edges.begin(), path.edges.end());
      }
      bytes += path.nodes.size() * 16;
      out.column(plan_.path).values.emplace_back(std::move(path));
    }
    held_ += bytes;
    return context_.Charge(bytes);
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  Evaluator evaluator_;
  AdjacencyReader adjacency_;
  bool keeps_edges_;
  bool keeps_path_;
  std::vector<Slot> kept_;
  std::vector<std::pair<const std::string*, Value>> wanted_;
  std::uint64_t target_ = kNullId;
  bool walking_ = false;
  bool emit_ = false;  // the walk as it stands has not been looked at yet
  std::vector<Frame> frames_;
  std::vector<NodeId> nodes_;
  std::vector<EdgeId> edges_;
  std::unordered_set<std::uint64_t> used_;
  std::size_t held_ = 0;
};

}  // namespace

CursorPtr BuildWalk(const Plan& plan, ExecContext& context, CursorPtr input) {
  return std::make_unique<WalkCursor>(plan, context, std::move(input));
}

}  // namespace tupu::query
