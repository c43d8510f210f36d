// shortestPath and allShortestPaths between two nodes that are known.
//
// What has to hold of every step is tested while searching (path_search.h). What has to hold of the
// path as a whole is tested of the paths found, the shortest first; where it holds of none of
// these, of all longer ones in turn, depth first and without recursion, which may take long.
#include <algorithm>

#include "query/exec/cursors_impl.h"
#include "query/exec/path_search.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Neighbour;
using graph::Path;
using graph::Value;

class ShortestCursor : public Cursor {
 public:
  ShortestCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        evaluator_(context),
        search_(context, plan.types, plan.walk),
        trial_(context.slots()),
        all_(plan.shortest == Shortest::kAll),
        kept_(plan.children[0]->live) {
    if (!plan.properties.empty() || !plan.each_step.empty()) {
      test_ = [this](NodeId node, const Neighbour& step, bool forward, bool& fits) {
        return TestStep(node, step, forward, fits);
      };
    }
  }
  ~ShortestCursor() override { context_.Release(held_); }

  bool Next(Batch& out) override {
    context_.Release(held_);
    held_ = 0;
    out.Clear(plan_.live);
    while (out.rows() < kBatchRows) {
      switch (stage_) {
        case Stage::kRow:
          if (!reader_.Next()) return !context_.failed() && out.rows() > 0;
          if (!Begin()) return false;
          break;
        case Stage::kShortest:
          if (!TakeShortest(out)) return false;
          break;
        case Stage::kLonger:
          if (!TakeLonger(out)) return false;
          break;
      }
    }
    return !context_.failed();
  }
  void Reset() override {
    reader_.Reset();
    search_.Forget();
    stage_ = Stage::kRow;
  }

 private:
  enum class Stage { kRow, kShortest, kLonger };
  struct Frame {
    std::vector<Neighbour> neighbours;
    std::size_t next = 0;
  };

  const PathSearch::StepTest* test() const { return test_ ? &test_ : nullptr; }

  bool Begin() {
    if (!context_.Tick()) return false;
    std::uint64_t from = kNullId, to = kNullId;
    if (!NodeIn(reader_.batch(), plan_.from, reader_.row(), context_, from) ||
        !NodeIn(reader_.batch(), plan_.to, reader_.row(), context_, to)) {
      return false;
    }
    if (from == kNullId || to == kNullId) return true;
    trial_.Clear(kept_);
    trial_.AppendRow(reader_.batch(), reader_.row(), kept_);
    wanted_.clear();
    evaluator_.SetRow(&reader_.batch(), reader_.row());
    for (const auto& [name, expr] : plan_.properties) {
      Value value;
      if (!evaluator_.Eval(*expr, value)) return false;
      wanted_.emplace_back(&name, std::move(value));
    }
    if (context_.transaction()) search_.Refresh();
    from_ = NodeId{from};
    to_ = NodeId{to};
    found_ = false;
    // A node has no shortest path to itself but the one that goes nowhere.
    nowhere_ = from == to && plan_.min == 0;
    paths_ = from != to && !search_.ahead().none() && (plan_.unbounded || plan_.max > 0);
    stage_ = nowhere_ || paths_ ? Stage::kShortest : Stage::kRow;
    if (!paths_) return true;
    // One path is enough where nothing is asked of it.
    return search_.Run(from_, to_, plan_.unbounded ? 0 : plan_.max, all_ || !plan_.exprs.empty(),
                       test());
  }

  bool TakeShortest(Batch& out) {
    if (!context_.Tick()) return false;
    Path path;
    bool have = false;
    if (nowhere_) {
      path.nodes = {from_};
      nowhere_ = false;
      bool fits = true;
      if (!plan_.each_step.empty() && !TestWhole(path, plan_.each_step, fits)) return false;
      have = fits;
      if (!fits) return true;
    } else if (paths_) {
      have = search_.Next(path);
    }
    if (have) return Try(path, out);
    const bool longer = paths_ && !found_ && !plan_.exprs.empty() && AnyFound();
    stage_ = Stage::kRow;
    return !longer || BeginLonger();
  }

  // Whether the search met its other end at all.
  bool AnyFound() const { return tried_ > 0; }

  // Gives the path out if what is asked of it holds.
  bool Try(Path& path, Batch& out) {
    ++tried_;
    bool holds = true;
    if (!TestWhole(path, plan_.exprs, holds)) return false;
    if (!holds) return true;
    found_ = true;
    const std::size_t bytes = path.nodes.size() * 32 + 128;
    held_ += bytes;
    out.AppendRow(trial_, 0, plan_.live);
    if (!all_) stage_ = Stage::kRow;
    return context_.Charge(bytes);
  }

  // Puts the path in the trial row and evaluates.
  bool TestWhole(const Path& path, const std::vector<BoundExprPtr>& exprs, bool& out) {
    Column& edges = trial_.column(plan_.edge);
    edges.Clear();
    edges.values.emplace_back(List(path.edges.begin(), path.edges.end()));
    Column& whole = trial_.column(plan_.path);
    whole.Clear();
    whole.values.emplace_back(path);
    for (const Computed& computed : plan_.computed) {
      Column& named = trial_.column(computed.slot);
      named.Clear();
      named.values.emplace_back(whole.values[0]);
    }
    evaluator_.SetRow(&trial_, 0);
    const std::int64_t before = context_.memory();
    const bool ok = evaluator_.Test(exprs, out);
    const std::int64_t made = context_.memory() - before;
    if (made > 0) context_.Release(static_cast<std::size_t>(made));
    return ok;
  }

  bool TestStep(NodeId node, const Neighbour& step, bool forward, bool& fits) {
    fits = false;
    if (!wanted_.empty()) {
      const graph::EdgeRecord* record = context_.Edge(step.edge);
      if (!record) return false;
      for (const auto& [name, value] : wanted_) {
        const auto found = record->properties.find(*name);
        if (found == record->properties.end() || !Equal(found->second, value).value_or(false)) {
          return true;
        }
      }
    }
    fits = true;
    if (plan_.each_step.empty()) return true;
    Path path;
    path.nodes = {forward ? node : step.node, forward ? step.node : node};
    path.edges = {step.edge};
    return TestWhole(path, plan_.each_step, fits);
  }

  bool BeginLonger() {
    tried_ = 0;
    length_ = search_.length();
    if (!search_.MeasureFromEnd(to_, plan_.unbounded ? 0 : plan_.max, test())) return false;
    stage_ = Stage::kLonger;
    return Deepen();
  }

  // To the paths that are one edge longer, or to the next row.
  bool Deepen() {
    ++length_;
    if (found_ || (!plan_.unbounded && length_ > plan_.max)) {
      stage_ = Stage::kRow;
      return true;
    }
    cut_ = false;
    walk_ = {};
    walk_.nodes = {from_};
    frames_.clear();
    return Open();
  }

  bool Open() {
    frames_.emplace_back();
    return search_.ahead().Read(walk_.nodes.back(), frames_.back().neighbours);
  }

  bool TakeLonger(Batch& out) {
    if (!context_.Tick()) return false;
    if (frames_.empty()) {
      if (cut_) return Deepen();
      stage_ = Stage::kRow;  // no path is longer
      return true;
    }
    Frame& frame = frames_.back();
    if (frame.next >= frame.neighbours.size()) {
      frames_.pop_back();
      if (!walk_.edges.empty()) {
        walk_.edges.pop_back();
        walk_.nodes.pop_back();
      }
      return true;
    }
    const Neighbour step = frame.neighbours[frame.next++];
    const std::uint32_t distance = search_.DistanceToEnd(step.node);
    if (distance == SearchSide::kNone ||
        std::find(walk_.edges.begin(), walk_.edges.end(), step.edge) != walk_.edges.end()) {
      return true;
    }
    bool fits = true;
    if (test_ && !TestStep(walk_.nodes.back(), step, true, fits)) return false;
    if (!fits) return true;
    const std::size_t depth = walk_.edges.size() + 1;
    if (depth + distance > length_) {
      cut_ = true;
      return true;
    }
    if (depth == length_) {
      cut_ = true;  // it may go on and come back
      Path path = walk_;
      path.edges.push_back(step.edge);
      path.nodes.push_back(step.node);
      return Try(path, out);
    }
    walk_.edges.push_back(step.edge);
    walk_.nodes.push_back(step.node);
    return Open();
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  Evaluator evaluator_;
  PathSearch search_;
  PathSearch::StepTest test_;
  Batch trial_;  // one row: the input's, and the path that is tried
  bool all_;
  std::vector<Slot> kept_;
  std::vector<std::pair<const std::string*, Value>> wanted_;
  Stage stage_ = Stage::kRow;
  NodeId from_, to_;
  bool nowhere_ = false;  // the path of no edges is to be given out
  bool paths_ = false;    // the search ran
  bool found_ = false;    // a path was given out for this row
  std::size_t tried_ = 0;
  // Longer paths than the shortest.
  std::size_t length_ = 0;
  bool cut_ = false;  // some walk could have gone on
  Path walk_;
  std::vector<Frame> frames_;
  std::size_t held_ = 0;
};

}  // namespace

CursorPtr BuildShortest(const Plan& plan, ExecContext& context, CursorPtr input) {
  return std::make_unique<ShortestCursor>(plan, context, std::move(input));
}

}  // namespace tupu::query
