// Chains of expansions of which only a number, or the different ends, is wanted: nothing is put
// into rows. A relationship stands at most once in a trail, as in any pattern.
//
// The last step is not walked. Counting, it adds the degree less the relationships of the trail
// that are among them; where it closes a cycle, the two lists of neighbours are intersected, which
// are in order (worst-case optimal for triangles; Ngo, Ré, Rudra 2013). Looking for ends, the
// neighbours of a node are gone through once, unless some of them were forbidden to the trail.
#include <algorithm>

#include "query/exec/cursors_impl.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {
namespace {

using graph::AdjacencyImage;
using graph::Direction;
using graph::Value;

// Lists whose lengths differ by more are searched, not merged.
constexpr std::size_t kGallop = 16;

// Node numbers met; in a table while they are few, in a bitmap once they are many.
class NodeSet {
 public:
  // Whether it was not there.
  bool Insert(std::uint64_t node, const AdjacencyImage* image) {
    if (!bits_.empty()) {
      const std::uint32_t place = image->nodes().PlaceOf(node);
      std::uint64_t& word = bits_[place >> 6];
      const std::uint64_t bit = std::uint64_t{1} << (place & 63);
      const bool fresh = (word & bit) == 0;
      word |= bit;
      return fresh;
    }
    if (!table_.Insert(node)) return false;
    if (image && table_.size() > kMany) {
      bits_.assign(image->nodes().size() / 64 + 1, 0);
      table_.ForEach([&](std::uint64_t each) {
        const std::uint32_t place = image->nodes().PlaceOf(each);
        bits_[place >> 6] |= std::uint64_t{1} << (place & 63);
      });
      table_.Clear();
    }
    return true;
  }
  void Clear() {
    table_.Clear();
    bits_.clear();
  }
  std::size_t bytes() const { return bits_.size() * 8 + table_.bytes(); }

 private:
  static constexpr std::size_t kMany = 2048;

  // Open addressing; zero stands for an empty place.
  class Table {
   public:
    bool Insert(std::uint64_t node) {
      if (places_.empty()) places_.assign(64, 0);
      std::uint64_t* at = Find(node + 1);
      if (*at != 0) return false;
      *at = node + 1;
      if (++size_ * 2 > places_.size()) Grow();
      return true;
    }
    std::size_t size() const { return size_; }
    std::size_t bytes() const { return places_.size() * 8; }
    void Clear() {
      places_ = {};
      size_ = 0;
    }
    template <class Visit>
    void ForEach(const Visit& visit) const {
      for (const std::uint64_t each : places_) {
        if (each != 0) visit(each - 1);
      }
    }

   private:
    std::uint64_t* Find(std::uint64_t key) {
      const std::size_t mask = places_.size() - 1;
      std::size_t at = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 20) & mask;
      while (places_[at] != 0 && places_[at] != key) at = (at + 1) & mask;
      return &places_[at];
    }
    void Grow() {
      std::vector<std::uint64_t> old(places_.size() * 4, 0);
      old.swap(places_);
      for (const std::uint64_t key : old) {
        if (key != 0) *Find(key) = key;
      }
    }
    std::vector<std::uint64_t> places_;
    std::size_t size_ = 0;
  };

  Table table_;
  std::vector<std::uint64_t> bits_;
};

class TrailsCursor : public Cursor {
 public:
  TrailsCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), context_(context), reader_(std::move(input), context) {
    double rows = plan.children[0]->rows;
    for (const TrailStep& step : plan.steps) {
      Step state{&step, AdjacencyReader(context, step.types, step.walk)};
      state.from = NodeOf(step.from);
      state.to = NodeOf(step.to);
      for (const Slot slot : step.unlike) {
        const auto before = std::find_if(steps_.begin(), steps_.end(), [&](const Step& other) {
          return other.plan->edge == slot;
        });
        if (before == steps_.end()) {
          state.unlike_input.push_back(slot);
        } else {
          state.unlike.push_back(static_cast<std::size_t>(before - steps_.begin()));
        }
      }
      state.reader.Expect(rows, step.rows);
      rows = step.rows;
      steps_.push_back(std::move(state));
    }
    edges_.resize(steps_.size());
    Look();
    for (const Slot slot : plan.live) {
      if (slot != plan.to) kept_.push_back(slot);
    }
  }
  ~TrailsCursor() override { context_.Release(held_); }

  bool Next(Batch& out) override {
    switch (plan_.trails) {
      case TrailResult::kTotal:
        return NextTotal(out);
      case TrailResult::kPerRow:
        return NextPerRow(out);
      case TrailResult::kEnds:
        return NextEnds(out);
    }
    return false;
  }
  void Reset() override {
    reader_.Reset();
    done_ = false;
    ends_.clear();
    next_ = 0;
  }

 private:
  struct Step {
    const TrailStep* plan;
    AdjacencyReader reader;
    std::size_t from = 0, to = 0;          // of nodes_
    std::vector<std::size_t> unlike = {};  // earlier steps
    std::vector<Slot> unlike_input = {};   // edges of the input's row
  };

  std::size_t NodeOf(Slot slot) {
    const auto at = std::find(node_slots_.begin(), node_slots_.end(), slot);
    if (at != node_slots_.end()) return static_cast<std::size_t>(at - node_slots_.begin());
    const bool filled =
        std::any_of(plan_.steps.begin(), plan_.steps.end(),
                    [&](const TrailStep& step) { return !step.into && step.to == slot; });
    if (!filled) input_nodes_.push_back(node_slots_.size());
    node_slots_.push_back(slot);
    nodes_.push_back(kNullId);
    return node_slots_.size() - 1;
  }

  // How the last step can be done without walking it.
  void Look() {
    const Step& last = steps_.back();
    // Whether a relationship of the trail is among the steps of a node can be told from its ends.
    by_degree_ = !last.plan->into && last.unlike_input.empty() &&
                 std::all_of(last.unlike.begin(), last.unlike.end(), [&](std::size_t other) {
                   const TrailStep& before = *steps_[other].plan;
                   return before.types == last.plan->types &&
                          (before.walk != Walk::kBoth || last.plan->walk == Walk::kBoth);
                 });
    if (steps_.size() < 2 || !last.plan->into) return;
    const Step& before = steps_[steps_.size() - 2];
    closes_ = !before.plan->into && before.plan->walk != Walk::kBoth &&
              last.plan->walk != Walk::kBoth && last.from != last.to &&
              (last.from == before.to || last.to == before.to);
  }

  // The input's nodes of the next row; `have` is false at the end. Rows with a null have no trails.
  bool Load(bool& have) {
    have = false;
    while (reader_.Next()) {
      if (!context_.Tick()) return false;
      bool null = false;
      for (const std::size_t node : input_nodes_) {
        if (!NodeIn(reader_.batch(), node_slots_[node], reader_.row(), context_, nodes_[node])) {
          return false;
        }
        null = null || nodes_[node] == kNullId;
      }
      if (null) continue;
      if (context_.transaction()) {
        for (Step& step : steps_) step.reader.Refresh();
      }
      have = true;
      return true;
    }
    return !context_.failed();
  }

  bool NextTotal(Batch& out) {
    if (done_) return false;
    done_ = true;
    std::uint64_t total = 0;
    for (bool have = true; have;) {
      if (!Load(have)) return false;
      count_ = 0;
      if (have && !Count(0)) return false;
      if (have) total += count_;
    }
    Column& column = out.column(plan_.to);
    column.Clear();
    column.values.emplace_back(static_cast<std::int64_t>(total));
    out.set_rows(1);
    return true;
  }

  bool NextPerRow(Batch& out) {
    out.Clear(plan_.live);
    Column& column = out.column(plan_.to);
    column.Clear();
    while (out.rows() < kBatchRows) {
      bool have = false;
      if (!Load(have)) return false;
      if (!have) break;
      count_ = 0;
      if (!Count(0)) return false;
      if (count_ == 0) continue;
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      column.values.emplace_back(static_cast<std::int64_t>(count_));
    }
    return out.rows() > 0;
  }

  bool NextEnds(Batch& out) {
    if (!done_) {
      done_ = true;
      for (bool have = true; have;) {
        if (!Load(have)) return false;
        if (have && !Find(0)) return false;
      }
      seen_.Clear();
      through_.Clear();
    }
    out.Clear(plan_.live);
    Column& column = out.column(plan_.to);
    column.Clear();
    const std::size_t rows = std::min(kBatchRows, ends_.size() - next_);
    column.ids.assign(ends_.begin() + static_cast<std::ptrdiff_t>(next_),
                      ends_.begin() + static_cast<std::ptrdiff_t>(next_ + rows));
    next_ += rows;
    out.set_rows(rows);
    return rows > 0;
  }

  // Whether the trail has the edge already, as far as this step may not take it again.
  bool Used(const Step& step, std::uint64_t edge) const {
    for (const std::size_t other : step.unlike) {
      if (edges_[other] == edge) return true;
    }
    return !step.unlike_input.empty() &&
           !NotAmong(edge, step.unlike_input, reader_.batch(), reader_.row());
  }

  // Calls visit for each way to take the step from where the trail is.
  template <class Visit>
  bool Take(std::size_t number, const Visit& visit) {
    Step& step = steps_[number];
    bool ok = true;
    const std::uint64_t target = nodes_[step.to];
    const bool read =
        step.reader.ForEach(nodes_[step.from], [&](std::uint64_t node, std::uint64_t edge) {
          ok = context_.Tick();
          if (!ok || (step.plan->into && node != target) || Used(step, edge)) return ok;
          nodes_[step.to] = node;
          edges_[number] = edge;
          return ok = visit();
        });
    return read && ok;
  }

  bool Count(std::size_t number) {
    const std::size_t left = steps_.size() - number;
    if (left == 1 && by_degree_) return AddDegree();
    if (left == 2 && closes_ && steps_[number].reader.image() && steps_.back().reader.image()) {
      return AddCommon();
    }
    if (left == 1) {
      return Take(number, [&] {
        ++count_;
        return true;
      });
    }
    return Take(number, [&] { return Count(number + 1); });
  }

  // The trail's relationships among the steps that the last step could take.
  std::uint64_t Forbidden() const {
    const Step& last = steps_.back();
    const std::uint64_t node = nodes_[last.from];
    std::uint64_t forbidden = 0;
    for (const std::size_t other : last.unlike) {
      const Step& before = steps_[other];
      const bool out = before.plan->walk == Walk::kOut;
      const std::uint64_t source = nodes_[out ? before.from : before.to];
      const std::uint64_t target = nodes_[out ? before.to : before.from];
      const bool among = last.plan->walk == Walk::kOut  ? source == node
                         : last.plan->walk == Walk::kIn ? target == node
                                                        : source == node || target == node;
      forbidden += among ? 1 : 0;
    }
    return forbidden;
  }

  bool AddDegree() {
    Step& last = steps_.back();
    std::uint64_t degree = 0;
    if (!last.reader.Degree(nodes_[last.from], degree)) return false;
    const std::uint64_t forbidden = Forbidden();
    TUPU_INVARIANT(forbidden <= degree);
    count_ += degree - forbidden;
    return context_.Tick();
  }

  // The last two steps, by way of a node that both ends share.
  bool AddCommon() {
    Step& first = steps_[steps_.size() - 2];
    Step& second = steps_.back();
    // The second step as seen from its known end.
    const bool into_known = second.from == first.to;
    const std::uint64_t known = nodes_[into_known ? second.to : second.from];
    const Direction there = first.plan->walk == Walk::kOut ? Direction::kOut : Direction::kIn;
    const Direction back =
        (second.plan->walk == Walk::kOut) == into_known ? Direction::kIn : Direction::kOut;
    const AdjacencyImage& a_image = *first.reader.image();
    const AdjacencyImage& b_image = *second.reader.image();
    const std::uint32_t a_place = a_image.nodes().PlaceOf(nodes_[first.from]);
    const std::uint32_t b_place = b_image.nodes().PlaceOf(known);
    if (a_place == graph::NodeIndex::kNone || b_place == graph::NodeIndex::kNone) return true;
    const AdjacencyImage::Steps a = a_image.At(a_place, there);
    const AdjacencyImage::Steps b = b_image.At(b_place, back);
    const std::uint32_t* a_at = a.places;
    const std::uint32_t* const a_end = a.places + a.count;
    const std::uint32_t* b_at = b.places;
    const std::uint32_t* const b_end = b.places + b.count;
    const bool search_a = a.count > b.count * kGallop;
    const bool search_b = b.count > a.count * kGallop;
    while (a_at != a_end && b_at != b_end) {
      if (*a_at < *b_at) {
        a_at = search_a ? std::lower_bound(a_at, a_end, *b_at) : a_at + 1;
        continue;
      }
      if (*b_at < *a_at) {
        b_at = search_b ? std::lower_bound(b_at, b_end, *a_at) : b_at + 1;
        continue;
      }
      // Parallel edges: each with each.
      const std::uint32_t place = *a_at;
      const std::uint32_t* b_run = b_at;
      while (b_run != b_end && *b_run == place) ++b_run;
      for (; a_at != a_end && *a_at == place; ++a_at) {
        const std::uint64_t edge = a.edges[a_at - a.places];
        if (Used(first, edge)) continue;
        edges_[steps_.size() - 2] = edge;
        for (const std::uint32_t* each = b_at; each != b_run; ++each) {
          if (!Used(second, b.edges[each - b.places])) ++count_;
        }
      }
      b_at = b_run;
    }
    return context_.Tick();
  }

  bool Find(std::size_t number) {
    if (number + 1 < steps_.size()) {
      return Take(number, [&] { return Find(number + 1); });
    }
    Step& last = steps_.back();
    const AdjacencyImage* image = last.reader.image();
    const bool free = by_degree_ && Forbidden() == 0;
    // All its neighbours are ends by now, whatever trail led here.
    if (free && !through_.Insert(nodes_[last.from], image)) return true;
    const std::size_t before = ends_.size();
    const bool ok = Take(number, [&] {
      if (seen_.Insert(nodes_[last.to], image)) ends_.push_back(nodes_[last.to]);
      return true;
    });
    if (!ok) return false;
    const std::size_t bytes = ends_.capacity() * 8 + seen_.bytes() + through_.bytes();
    if (ends_.size() == before || bytes <= held_) return true;
    const std::size_t more = bytes - held_;
    held_ = bytes;
    return context_.Charge(more);
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  std::vector<Step> steps_;
  std::vector<Slot> node_slots_;          // of all nodes of the trail
  std::vector<std::size_t> input_nodes_;  // those that the input's rows have
  std::vector<std::uint64_t> nodes_;      // of the trail as it stands
  std::vector<std::uint64_t> edges_;
  std::vector<Slot> kept_;
  bool by_degree_ = false;
  bool closes_ = false;
  std::uint64_t count_ = 0;
  bool done_ = false;
  NodeSet seen_;     // ends
  NodeSet through_;  // nodes of which all neighbours are ends
  std::vector<std::uint64_t> ends_;
  std::size_t next_ = 0;
  std::size_t held_ = 0;
};

}  // namespace

CursorPtr BuildTrails(const Plan& plan, ExecContext& context, CursorPtr input) {
  return std::make_unique<TrailsCursor>(plan, context, std::move(input));
}

}  // namespace tupu::query
