// Operators that bring nodes and edges in: every input row once with each of them.
#include <algorithm>
#include <limits>

#include "graph/store/index_value.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/cursors_impl.h"
#include "query/exec/graph_reads.h"

namespace tupu::query {
namespace {

using graph::Value;
using graph::ValueKind;

struct ScannedEdge {
  std::uint64_t edge;
  std::uint64_t from;
  std::uint64_t to;
};

// The store hands out its nodes and edges in one go. They are taken in growing portions, so that a
// LIMIT does not pay for all of them, and kept for the next input row.
template <class Item>
class Portions {
 public:
  explicit Portions(ExecContext& context) : context_(context) {}

  // What was taken before a write is out of date.
  void Refresh() {
    if (version_ == context_.version()) return;
    version_ = context_.version();
    items_.clear();
    complete_ = false;
  }

  // Whether there is an item number `index`; takes more where needed. False also on an error.
  template <class Scan>
  bool Has(std::size_t index, const Scan& scan) {
    while (index >= items_.size()) {
      if (complete_) return false;
      const std::size_t have = items_.size();
      const std::size_t wanted = have == 0 ? kBatchRows : have * 8;
      std::size_t seen = 0;
      bool ok = true;
      const Status status = scan([&](const Item& item) {
        ok = context_.Tick();
        if (seen++ >= have) items_.push_back(item);
        return ok && items_.size() < wanted;
      });
      if (!status.ok()) return context_.Fail(status.error());
      if (!ok) return false;
      complete_ = items_.size() < wanted;
      context_.Hit(seen);
      if (!context_.Charge((items_.size() - have) * sizeof(Item))) return false;
    }
    return true;
  }
  const Item& operator[](std::size_t index) const { return items_[index]; }

 private:
  ExecContext& context_;
  std::vector<Item> items_;
  bool complete_ = false;
  std::uint64_t version_ = 0;
};

class NodeScanCursor : public Cursor {
 public:
  NodeScanCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        kept_(Without(plan.live, {plan.to})),
        nodes_(context) {
    Resolve();
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    Column& column = out.column(plan_.to);
    column.Clear();
    if (none_ && !context_.transaction()) return false;
    const auto scan = [&](const auto& visit) {
      return context_.view().ForEachNode(label_, [&](NodeId node) { return visit(node.value); });
    };
    while (out.rows() < kBatchRows) {
      if (!in_row_) {
        if (!reader_.Next()) break;
        in_row_ = true;
        next_ = 0;
        // Clauses before this one may have written.
        if (context_.transaction()) Resolve();
      }
      if (image_) {
        for (; next_ < image_->places.size() && out.rows() < kBatchRows; ++next_) {
          out.AppendRow(reader_.batch(), reader_.row(), kept_);
          column.ids.push_back(image_->nodes.NodeAt(image_->places[next_]));
        }
        if (!context_.CheckTime()) return false;
        in_row_ = next_ < image_->places.size();
        continue;
      }
      if (none_ || !nodes_.Has(next_, scan)) {
        if (context_.failed()) return false;
        in_row_ = false;
        continue;
      }
      if (!context_.Tick()) return false;
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      column.ids.push_back(nodes_[next_++]);
      // Who has read so many is likely to want them all.
      if (next_ == kPatience && !none_) Hasten();
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    in_row_ = false;
  }

 private:
  static constexpr std::size_t kPatience = 8 * kBatchRows;

  void Resolve() {
    nodes_.Refresh();
    if (!plan_.labels.empty()) {
      label_ = context_.Label(plan_.labels[0]);
      none_ = !label_;
    }
    if (const graph::SharedReads* shared = none_ ? nullptr : context_.view().shared()) {
      image_ = shared->Find<graph::LabelImage>(LabelNodesName(label_));
    }
  }
  // The image has the nodes in the same order.
  void Hasten() { image_ = LabelNodes(context_, label_); }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  std::vector<Slot> kept_;
  Portions<std::uint64_t> nodes_;
  std::shared_ptr<const graph::LabelImage> image_;
  std::optional<LabelId> label_;
  bool none_ = false;
  bool in_row_ = false;
  std::size_t next_ = 0;
};

// What is found may be more than what equals the key (names are looked up folded, and as aliases):
// a filter above tests that. The keys of a batch of rows are looked up together.
class NodeSeekCursor : public Cursor {
 public:
  NodeSeekCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        input_(std::move(input)),
        rows_(context.slots()),
        evaluator_(context),
        kept_(Without(plan.live, {plan.to})) {}
  ~NodeSeekCursor() override { context_.Release(held_); }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    Column& column = out.column(plan_.to);
    column.Clear();
    while (out.rows() < kBatchRows) {
      if (next_ >= found_.nodes.size()) {
        if (!NextKey()) break;
        continue;
      }
      out.AppendRow(rows_, sought_[at_], kept_);
      column.ids.push_back(found_.nodes[next_++].value);
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    input_->Reset();
    sought_.clear();
    found_.nodes.clear();
    at_ = next_ = 0;
    done_ = false;
  }

 private:
  // To what the next row finds, perhaps nothing. False at the end and on an error.
  bool NextKey() {
    next_ = 0;
    found_.nodes.clear();
    ++at_;
    while (at_ >= sought_.size()) {
      if (done_ || !NextBatch()) return false;
      at_ = 0;
    }
    const Value& key = keys_[at_];
    // What was read before something was written is out of date.
    if (at_ < read_.size() && read_[at_] && version_ == context_.version()) {
      found_ = std::move(*read_[at_]);
    } else {
      auto nodes = context_.view().FindNodes(plan_.name, key, &found_.exact);
      if (!nodes.ok()) return context_.Fail(std::move(nodes).error());
      found_.nodes = std::move(nodes).value();
    }
    context_.Hit(found_.nodes.size() + 1);
    if (found_.exact) {
      for (const NodeId node : found_.nodes) context_.Tell(node, plan_.name, key);
    }
    return true;
  }

  bool NextBatch() {
    sought_.clear();
    keys_.clear();
    read_.clear();
    context_.Release(held_);
    held_ = 0;
    if (!input_->Next(rows_)) {
      done_ = true;
      return false;
    }
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      evaluator_.SetRow(&rows_, row);
      Value key;
      if (!context_.Tick() || !evaluator_.Eval(*plan_.exprs[0], key)) return false;
      if (!graph::IsIndexable(key)) continue;  // no property equals it
      keys_.push_back(std::move(key));
      sought_.push_back(row);
    }
    if (keys_.size() < 2) return true;
    version_ = context_.version();
    const Status status = context_.view().FindNodes(plan_.name, keys_, read_);
    if (!status.ok()) return context_.Fail(Error(status.error()));
    for (const auto& one : read_) held_ += one ? one->nodes.size() * sizeof(NodeId) : 0;
    return context_.Charge(held_);
  }

  const Plan& plan_;
  ExecContext& context_;
  CursorPtr input_;
  Batch rows_;
  Evaluator evaluator_;
  std::vector<Slot> kept_;
  std::vector<Value> keys_;  // of the batch, and the rows that they are of
  std::vector<std::size_t> sought_;
  std::vector<std::optional<graph::FoundNodes>> read_;  // by key; empty: each by itself
  std::uint64_t version_ = 0;                           // when they were read
  std::size_t at_ = 0;
  graph::FoundNodes found_;  // of the key at hand
  std::size_t next_ = 0;
  std::size_t held_ = 0;
  bool done_ = false;
};

// The nodes of several labels, each once: taken from the store together, and kept for the next
// input row.
class LabelsScanCursor : public Cursor {
 public:
  LabelsScanCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        kept_(Without(plan.live, {plan.to})) {}

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    Column& column = out.column(plan_.to);
    column.Clear();
    while (out.rows() < kBatchRows) {
      if (!in_row_) {
        if (!reader_.Next() || !Read()) break;
        in_row_ = true;
        next_ = 0;
      }
      if (next_ >= nodes_.size()) {
        in_row_ = false;
        continue;
      }
      if (!context_.Tick()) return false;
      out.AppendRow(reader_.batch(), reader_.row(), kept_);
      column.ids.push_back(nodes_[next_++]);
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    in_row_ = false;
  }

 private:
  bool Read() {
    if (read_ && version_ == context_.version()) return true;
    context_.Release(nodes_.size() * sizeof(std::uint64_t));
    nodes_.clear();
    for (const std::string& name : plan_.labels) {
      const auto label = context_.Label(name);
      if (!label) continue;
      const Status status = context_.view().ForEachNode(*label, [&](NodeId node) {
        nodes_.push_back(node.value);
        return context_.Tick();
      });
      if (!status.ok()) return context_.Fail(Error(status.error()));
      if (context_.failed()) return false;
    }
    context_.Hit(nodes_.size());
    std::sort(nodes_.begin(), nodes_.end());
    nodes_.erase(std::unique(nodes_.begin(), nodes_.end()), nodes_.end());
    version_ = context_.version();
    read_ = true;
    return context_.Charge(nodes_.size() * sizeof(std::uint64_t));
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  std::vector<Slot> kept_;
  std::vector<std::uint64_t> nodes_;
  std::uint64_t version_ = 0;
  bool read_ = false;
  bool in_row_ = false;
  std::size_t next_ = 0;
};

class EdgeScanCursor : public Cursor {
 public:
  EdgeScanCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        reader_(std::move(input), context),
        kept_(Without(plan.live, {plan.from, plan.edge, plan.to})),
        edges_(context) {
    types_ = context.Types(plan.types, none_);
  }

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    for (const Slot slot : {plan_.from, plan_.edge, plan_.to}) out.column(slot).Clear();
    if (none_ && !context_.transaction()) return false;
    const auto scan = [&](const auto& visit) { return Scan(visit); };
    while (out.rows() < kBatchRows) {
      if (!in_row_) {
        if (!reader_.Next()) break;
        in_row_ = true;
        next_ = 0;
        turned_ = false;
        if (context_.transaction()) {
          edges_.Refresh();
          types_ = context_.Types(plan_.types, none_);
        }
      }
      if (none_ || !edges_.Has(next_, scan)) {
        if (context_.failed()) return false;
        in_row_ = false;
        continue;
      }
      if (!context_.Tick()) return false;
      const ScannedEdge& edge = edges_[next_];
      // Without a direction every edge is met from both its ends; a loop has only one.
      const bool both = plan_.walk == Walk::kBoth && edge.from != edge.to;
      const bool backwards = plan_.walk == Walk::kIn || turned_;
      if (Unlike(edge.edge)) {
        out.AppendRow(reader_.batch(), reader_.row(), kept_);
        out.column(plan_.edge).ids.push_back(edge.edge);
        out.column(plan_.from).ids.push_back(backwards ? edge.to : edge.from);
        out.column(plan_.to).ids.push_back(backwards ? edge.from : edge.to);
      }
      if (both && !turned_) {
        turned_ = true;
      } else {
        turned_ = false;
        ++next_;
      }
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override {
    reader_.Reset();
    in_row_ = false;
  }

 private:
  template <class Visit>
  Status Scan(const Visit& visit) {
    const auto each = [&](EdgeId edge, TypeId, NodeId from, NodeId to) {
      return more_ = visit(ScannedEdge{edge.value, from.value, to.value});
    };
    if (types_.empty()) return context_.view().ForEachEdge(std::nullopt, each);
    more_ = true;
    for (const TypeId type : types_) {
      TUPU_TRY(context_.view().ForEachEdge(type, each));
      if (!more_) break;
    }
    return {};
  }

  bool Unlike(std::uint64_t edge) const {
    return NotAmong(edge, plan_.unlike, reader_.batch(), reader_.row());
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  std::vector<Slot> kept_;
  Portions<ScannedEdge> edges_;
  std::vector<TypeId> types_;
  bool none_ = false;
  bool more_ = true;
  bool in_row_ = false;
  bool turned_ = false;
  std::size_t next_ = 0;
};

class CountCursor : public Cursor {
 public:
  CountCursor(const Plan& plan, ExecContext& context) : plan_(plan), context_(context) {}

  bool Next(Batch& out) override {
    if (done_) return false;
    done_ = true;
    Column& column = out.column(plan_.to);
    column.Clear();
    std::uint64_t count = 0;
    if (!Count(count)) return false;
    column.values.emplace_back(static_cast<std::int64_t>(count));
    out.set_rows(1);
    return true;
  }
  void Reset() override { done_ = false; }

 private:
  bool Count(std::uint64_t& out) {
    const graph::View& view = context_.view();
    const std::vector<std::string>& names = plan_.of_edges ? plan_.types : plan_.labels;
    Result<std::uint64_t> count = std::uint64_t{0};
    if (plan_.of_edges) {
      const auto type = names.empty() ? std::nullopt : view.FindType(names[0]);
      if (names.empty() || type) count = view.CountEdges(type);
    } else {
      const auto label = names.empty() ? std::nullopt : view.FindLabel(names[0]);
      if (names.empty() || label) count = view.CountNodes(label);
    }
    if (!count.ok()) return context_.Fail(count.error());
    out = *count;
    return true;
  }

  const Plan& plan_;
  ExecContext& context_;
  bool done_ = false;
};

}  // namespace

std::vector<Slot> Without(const std::vector<Slot>& live, std::initializer_list<Slot> filled) {
  std::vector<Slot> out;
  for (const Slot slot : live) {
    if (std::find(filled.begin(), filled.end(), slot) == filled.end()) out.push_back(slot);
  }
  return out;
}

bool NotAmong(std::uint64_t edge, const std::vector<Slot>& unlike, const Batch& batch,
              std::size_t row) {
  for (const Slot slot : unlike) {
    const Column& column = batch.column(slot);
    if (column.kind == SlotKind::kEdge) {
      if (column.ids[row] == edge) return false;
      continue;
    }
    const Value& value = column.values[row];
    if (value.kind() == ValueKind::kEdge && value.as_edge().value == edge) return false;
    if (value.kind() == ValueKind::kPath) {
      const std::vector<EdgeId>& edges = value.as_path().edges;
      if (std::find(edges.begin(), edges.end(), EdgeId{edge}) != edges.end()) return false;
    }
  }
  return true;
}

CursorPtr BuildScan(const Plan& plan, ExecContext& context, CursorPtr input) {
  switch (plan.kind) {
    case PlanKind::kNodeScan:
      return std::make_unique<NodeScanCursor>(plan, context, std::move(input));
    case PlanKind::kNodeSeek:
      return std::make_unique<NodeSeekCursor>(plan, context, std::move(input));
    case PlanKind::kLabelsScan:
      return std::make_unique<LabelsScanCursor>(plan, context, std::move(input));
    case PlanKind::kIndexSeek:
    case PlanKind::kEdgeSeek:
      return BuildIndexSeek(plan, context, std::move(input));
    case PlanKind::kEdgeScan:
      return std::make_unique<EdgeScanCursor>(plan, context, std::move(input));
    default:
      return std::make_unique<CountCursor>(plan, context);
  }
}

}  // namespace tupu::query
