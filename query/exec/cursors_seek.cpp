// Operators that bring in the nodes or edges that a user's index has for a value or a range: every
// input row once with each of them.
#include <algorithm>

#include "query/exec/cursors_impl.h"

namespace tupu::query {
namespace {

using graph::Value;
using graph::ValueKind;

// What an index has for the values that a seek's expressions come to, row by row of the input.
class IndexReader {
 public:
  IndexReader(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan), context_(context), reader_(std::move(input), context), evaluator_(context) {}

  // The next element, for the input row it is found for. False at the end and on an error.
  bool Next(std::uint64_t& element) {
    while (next_ >= found_.size()) {
      next_ = 0;
      found_.clear();
      if (!reader_.Next() || !Read(reader_.batch(), reader_.row())) return false;
    }
    element = found_[next_++];
    return true;
  }
  const Batch& batch() const { return reader_.batch(); }
  std::size_t row() const { return reader_.row(); }
  void Reset() {
    reader_.Reset();
    found_.clear();
    next_ = 0;
  }

 private:
  bool Read(const Batch& batch, std::size_t row) {
    if (!context_.Tick()) return false;
    evaluator_.SetRow(&batch, row);
    std::vector<Value> values(plan_.exprs.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!evaluator_.Eval(*plan_.exprs[i], values[i])) return false;
      if (values[i].is_null()) return true;
    }
    graph::IndexRange range;
    switch (plan_.seek) {
      case SeekKind::kEqual:
        range.equal = std::move(values[0]);
        return Seek(range);
      case SeekKind::kPrefix:
        if (values[0].kind() != ValueKind::kString) return true;
        range.prefix = values[0].as_string();
        return Seek(range);
      case SeekKind::kRange:
        if (plan_.seek_lower) range.lower = values[0];
        if (plan_.seek_upper) range.upper = values.back();
        return Seek(range);
      case SeekKind::kIn:
        break;
    }
    if (values[0].kind() != ValueKind::kList) return true;
    for (const Value& element : values[0].as_list()) {
      if (element.is_null()) continue;
      range.equal = element;
      if (!Seek(range)) return false;
    }
    // Elements of the list may be the same.
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return true;
  }

  bool Seek(const graph::IndexRange& range) {
    const std::size_t before = found_.size();
    const Status status = context_.view().SeekIndex(plan_.index, range, [&](std::uint64_t element) {
      found_.push_back(element);
      return context_.Tick();
    });
    if (!status.ok()) return context_.Fail(Error(status.error()));
    if (context_.failed()) return false;
    context_.Hit(found_.size() - before + 1);
    const std::size_t bytes = (found_.size() - before) * sizeof(std::uint64_t);
    if (!context_.Charge(bytes)) return false;
    context_.Release(bytes);
    return true;
  }

  const Plan& plan_;
  ExecContext& context_;
  RowReader reader_;
  Evaluator evaluator_;
  std::vector<std::uint64_t> found_;
  std::size_t next_ = 0;
};

// Long texts share a key, and bounds of a range are taken in: a filter above tests what is found.
class IndexSeekCursor : public Cursor {
 public:
  IndexSeekCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        index_(plan, context, std::move(input)),
        kept_(Without(plan.live, {plan.to})) {}

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    Column& column = out.column(plan_.to);
    column.Clear();
    for (std::uint64_t node = 0; out.rows() < kBatchRows && index_.Next(node);) {
      out.AppendRow(index_.batch(), index_.row(), kept_);
      column.ids.push_back(node);
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override { index_.Reset(); }

 private:
  const Plan& plan_;
  ExecContext& context_;
  IndexReader index_;
  std::vector<Slot> kept_;
};

class EdgeSeekCursor : public Cursor {
 public:
  EdgeSeekCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        index_(plan, context, std::move(input)),
        kept_(Without(plan.live, {plan.from, plan.edge, plan.to})) {}

  bool Next(Batch& out) override {
    out.Clear(plan_.live);
    for (const Slot slot : {plan_.from, plan_.edge, plan_.to}) out.column(slot).Clear();
    for (std::uint64_t edge = 0; out.rows() < kBatchRows && index_.Next(edge);) {
      if (!NotAmong(edge, plan_.unlike, index_.batch(), index_.row())) continue;
      const graph::EdgeRecord* record = context_.Edge(EdgeId{edge});
      if (!record) return false;
      const std::uint64_t from = record->from.value, to = record->to.value;
      // Without a direction every edge is met from both its ends; a loop has only one.
      if (plan_.walk != Walk::kIn) Append(out, edge, from, to);
      if (plan_.walk == Walk::kIn || (plan_.walk == Walk::kBoth && from != to)) {
        Append(out, edge, to, from);
      }
    }
    return !context_.failed() && out.rows() > 0;
  }
  void Reset() override { index_.Reset(); }

 private:
  void Append(Batch& out, std::uint64_t edge, std::uint64_t from, std::uint64_t to) {
    out.AppendRow(index_.batch(), index_.row(), kept_);
    out.column(plan_.edge).ids.push_back(edge);
    out.column(plan_.from).ids.push_back(from);
    out.column(plan_.to).ids.push_back(to);
  }

  const Plan& plan_;
  ExecContext& context_;
  IndexReader index_;
  std::vector<Slot> kept_;
};

}  // namespace

CursorPtr BuildIndexSeek(const Plan& plan, ExecContext& context, CursorPtr input) {
  if (plan.kind == PlanKind::kIndexSeek) {
    return std::make_unique<IndexSeekCursor>(plan, context, std::move(input));
  }
  return std::make_unique<EdgeSeekCursor>(plan, context, std::move(input));
}

}  // namespace tupu::query
