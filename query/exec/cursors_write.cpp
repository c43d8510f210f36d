// Operators that write. Each takes in all of its input before it writes anything, and gives no row
// before it has written everything: so no clause sees half of what another does.
#include <algorithm>
#include <set>

#include "query/cypher/diagnostic.h"
#include "query/exec/cursors_impl.h"

namespace tupu::query {
namespace {

using graph::Map;
using graph::Transaction;
using graph::Value;
using graph::ValueKind;

class WriteCursor : public Cursor {
 public:
  WriteCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : plan_(plan),
        context_(context),
        transaction_(*context.transaction()),
        evaluator_(context),
        input_(std::move(input)),
        rows_(context.slots()),
        kept_(plan.children[0]->live) {}
  ~WriteCursor() override { Forget(); }

  bool Next(Batch& out) override {
    if (!done_) {
      done_ = true;
      if (!TakeInput() || !Write()) return false;
    }
    out.Clear(plan_.live);
    while (next_ < rows_.rows() && out.rows() < kBatchRows) {
      out.AppendRow(rows_, next_++, plan_.live);
    }
    return out.rows() > 0;
  }
  void Reset() override {
    input_->Reset();
    Forget();
    done_ = false;
  }

 protected:
  // Changes the graph for all of `rows_`, and fills the slots that the operator fills.
  virtual bool Write() = 0;

  // Reads together, once a batch of rows, the edges of nodes that `plan_.create` adds edges to.
  bool ReadAhead(std::size_t row) {
    if (row % kBatchRows != 0) return true;
    const std::size_t end = std::min(rows_.rows(), row + kBatchRows);
    std::vector<Transaction::EdgeList> lists;
    for (const Created& created : plan_.create.elements) {
      if (created.kind != Created::Kind::kEdge) continue;
      for (const auto direction : {graph::Direction::kOut, graph::Direction::kIn}) {
        const Slot slot = direction == graph::Direction::kOut ? created.from : created.to;
        if (!std::binary_search(kept_.begin(), kept_.end(), slot)) continue;
        for (std::size_t i = row; i < end; ++i) {
          const Value node = rows_.Get(slot, i);
          if (node.kind() != ValueKind::kNode) continue;
          lists.push_back({node.as_node(), direction, created.type});
        }
      }
    }
    return lists.size() < 2 || Check(transaction_.Fetch(lists));
  }

  // Records an error of the store; true if there is none.
  bool Check(const Status& status) { return status.ok() || context_.Fail(Error(status.error())); }

  // The properties that a map, or an element, stands for.
  bool PropertiesOf(const Value& value, std::uint32_t pos, Map& out) {
    switch (value.kind()) {
      case ValueKind::kNull:
        return true;
      case ValueKind::kMap:
        out = value.as_map();
        return true;
      case ValueKind::kNode: {
        const graph::NodeRecord* node = context_.Node(value.as_node());
        if (node) out = node->properties;
        return node != nullptr;
      }
      case ValueKind::kEdge: {
        const graph::EdgeRecord* edge = context_.Edge(value.as_edge());
        if (edge) out = edge->properties;
        return edge != nullptr;
      }
      default:
        return context_.Fail(ValueError(pos, "properties are a map, this is " + TypeName(value),
                                        detail::kArgumentType));
    }
  }

  // Creates what `plan_.create` says for one row of a batch, and fills in its slots.
  bool Create(Batch& batch, std::size_t row, bool reject_null) {
    for (const Created& created : plan_.create.elements) {
      Column& column = batch.column(created.slot);
      if (created.kind == Created::Kind::kPath) {
        Value path;
        evaluator_.SetRow(&batch, row);
        if (!evaluator_.Eval(*created.expr, path)) return false;
        column.values.push_back(std::move(path));
        continue;
      }
      Map properties;
      if (!Properties(created.expr.get(), batch, row, reject_null, properties)) return false;
      const bool ok = created.kind == Created::Kind::kNode
                          ? CreateNode(created, properties, column)
                          : CreateEdge(created, properties, batch, row, column);
      if (!ok) return false;
    }
    context_.Changed();
    return true;
  }

  bool Update(const std::vector<BoundUpdate>& updates, const Batch& batch, std::size_t row) {
    for (const BoundUpdate& update : updates) {
      evaluator_.SetRow(&batch, row);
      Value target, value;
      if (!evaluator_.Eval(*update.target, target)) return false;
      if (target.is_null()) continue;
      if (update.value && !evaluator_.Eval(*update.value, value)) return false;
      const bool ok = target.kind() == ValueKind::kNode   ? Apply(update, target.as_node(), value)
                      : target.kind() == ValueKind::kEdge ? Apply(update, target.as_edge(), value)
                                                          : Unfit(update, target);
      if (!ok) return false;
      context_.Changed();
    }
    return true;
  }

  const Plan& plan_;
  ExecContext& context_;
  Transaction& transaction_;
  Evaluator evaluator_;
  CursorPtr input_;
  Batch rows_;
  std::vector<Slot> kept_;  // of the input
  std::size_t held_ = 0;

 private:
  void Forget() {
    rows_ = Batch(context_.slots());
    next_ = 0;
    context_.Release(held_);
    held_ = 0;
  }

  bool TakeInput() {
    Batch batch(context_.slots());
    while (input_->Next(batch)) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        std::size_t bytes = 0;
        for (const Slot slot : kept_) bytes += sizeof(Value) + HeapBytes(batch.Get(slot, row));
        held_ += bytes;
        if (!context_.Charge(bytes) || !context_.Tick()) return false;
        rows_.AppendRow(batch, row, kept_);
      }
    }
    return !context_.failed();
  }

  bool CreateNode(const Created& created, const Map& properties, Column& column) {
    const auto id = transaction_.CreateNode(created.labels, properties);
    if (!id.ok()) return context_.Fail(id.error());
    column.ids.push_back(id->value);
    return true;
  }

  bool CreateEdge(const Created& created, const Map& properties, const Batch& batch,
                  std::size_t row, Column& column) {
    NodeId ends[2];
    const Slot slots[2] = {created.from, created.to};
    for (std::size_t i = 0; i < 2; ++i) {
      if (!NodeIn(batch, slots[i], row, context_, ends[i].value)) return false;
      if (ends[i].value == kNullId) {
        return context_.Fail(ValueError(kNoPos, "a relationship needs two nodes; one is null here",
                                        detail::kArgumentType));
      }
      if (transaction_.IsDeleted(ends[i])) {
        return context_.Fail(ValueError(kNoPos, "this node is deleted", detail::kDeletedAccess));
      }
    }
    const auto id = transaction_.CreateEdge(created.type, ends[0], ends[1], properties);
    if (!id.ok()) return context_.Fail(id.error());
    column.ids.push_back(id->value);
    return true;
  }

  bool Unfit(const BoundUpdate& update, const Value& target) {
    return context_.Fail(ValueError(
        update.target->pos, "SET needs a node or a relationship, this is " + TypeName(target),
        detail::kArgumentType));
  }

  bool Properties(const BoundExpr* expr, const Batch& batch, std::size_t row, bool reject_null,
                  Map& out) {
    if (!expr) return true;
    evaluator_.SetRow(&batch, row);
    Value value;
    if (!evaluator_.Eval(*expr, value) || !PropertiesOf(value, expr->pos, out)) return false;
    for (const auto& [name, property] : out) {
      if (reject_null && property.is_null()) {
        return context_.Fail(ValueError(
            expr->pos, "MERGE cannot look for the property " + name + " that is null: nothing is",
            detail::kMergeNull));
      }
    }
    return true;
  }

  template <class Id>
  bool Apply(const BoundUpdate& update, Id id, const Value& value) {
    if (transaction_.IsDeleted(id)) {
      return context_.Fail(
          ValueError(update.target->pos, "what SET changes is deleted", detail::kDeletedAccess));
    }
    switch (update.kind) {
      case UpdateKind::kSetProperty:
      case UpdateKind::kRemoveProperty:
        return Check(transaction_.SetProperty(id, update.name, value));
      case UpdateKind::kReplace:
      case UpdateKind::kAdd: {
        Map properties, before;
        if (!PropertiesOf(value, update.target->pos, properties)) return false;
        if (update.kind == UpdateKind::kReplace) {
          if (!PropertiesOf(Value(id), update.target->pos, before)) return false;
          for (const auto& [name, old] : before) properties.try_emplace(name);
        }
        return std::all_of(properties.begin(), properties.end(), [&](const auto& property) {
          return Check(transaction_.SetProperty(id, property.first, property.second));
        });
      }
      default:
        return Labels(update, id);
    }
  }

  bool Labels(const BoundUpdate& update, NodeId node) {
    const bool add = update.kind == UpdateKind::kAddLabels;
    return std::all_of(update.labels.begin(), update.labels.end(), [&](const std::string& label) {
      return Check(add ? transaction_.AddLabel(node, label)
                       : transaction_.RemoveLabel(node, label));
    });
  }
  bool Labels(const BoundUpdate& update, EdgeId edge) { return Unfit(update, Value(edge)); }

  bool done_ = false;
  std::size_t next_ = 0;
};

class CreateCursor : public WriteCursor {
 public:
  using WriteCursor::WriteCursor;
  bool Write() override {
    for (const Slot slot : plan_.slots) rows_.column(slot).Clear();
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      if (!context_.Tick() || !ReadAhead(row) || !Create(rows_, row, false)) return false;
    }
    return true;
  }
};

class UpdateCursor : public WriteCursor {
 public:
  using WriteCursor::WriteCursor;
  bool Write() override {
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      if (!context_.Tick() || !Update(plan_.updates, rows_, row)) return false;
    }
    return true;
  }
};

// Row by row: a row finds what rows before it have created.
class MergeCursor : public WriteCursor {
 public:
  MergeCursor(const Plan& plan, ExecContext& context, CursorPtr input)
      : WriteCursor(plan, context, std::move(input)), outer_(context.slots()) {
    source_.batch = &outer_;
    inner_ = BuildCursor(*plan.children[1], context, &source_);
  }

  bool Write() override {
    Batch out(context_.slots());
    Batch found(context_.slots());
    std::vector<Slot> all = kept_;
    all.insert(all.end(), plan_.slots.begin(), plan_.slots.end());
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      if (!context_.Tick() || !ReadAhead(row)) return false;
      outer_.Clear(kept_);
      outer_.AppendRow(rows_, row, kept_);
      inner_->Reset();
      const std::size_t before = out.rows();
      while (inner_->Next(found)) {
        for (std::size_t i = 0; i < found.rows(); ++i) {
          for (const Slot slot : kept_) out.column(slot).AppendFrom(rows_.column(slot), row);
          for (const Slot slot : plan_.slots) out.column(slot).AppendFrom(found.column(slot), i);
          out.set_rows(out.rows() + 1);
        }
      }
      if (context_.failed()) return false;
      const bool matched = out.rows() > before;
      if (!matched) {
        out.AppendRow(rows_, row, kept_);
        if (!Create(out, out.rows() - 1, true)) return false;
      }
      for (std::size_t i = before; i < out.rows(); ++i) {
        if (!Update(matched ? plan_.on_match : plan_.updates, out, i)) return false;
      }
    }
    rows_ = std::move(out);
    return true;
  }

 private:
  Batch outer_;
  ArgumentSource source_;
  CursorPtr inner_;
};

// All rows together: so it does not matter in what order nodes and edges are named.
class DeleteCursor : public WriteCursor {
 public:
  using WriteCursor::WriteCursor;
  bool Write() override {
    for (std::size_t row = 0; row < rows_.rows(); ++row) {
      evaluator_.SetRow(&rows_, row);
      for (const BoundExprPtr& expr : plan_.exprs) {
        Value value;
        if (!context_.Tick() || !evaluator_.Eval(*expr, value) || !Add(value, expr->pos)) {
          return false;
        }
      }
    }
    if (!SeeToEdgesOfNodes() || !Check(transaction_.Delete(nodes_, edges_))) return false;
    context_.Changed();
    return true;
  }

 private:
  bool Add(const Value& value, std::uint32_t pos) {
    switch (value.kind()) {
      case ValueKind::kNull:
        return true;
      case ValueKind::kNode:
        nodes_.insert(value.as_node());
        return true;
      case ValueKind::kEdge:
        edges_.insert(value.as_edge());
        return true;
      case ValueKind::kPath:
        nodes_.insert(value.as_path().nodes.begin(), value.as_path().nodes.end());
        edges_.insert(value.as_path().edges.begin(), value.as_path().edges.end());
        return true;
      default:
        return context_.Fail(ValueError(
            pos, "DELETE needs a node, a relationship or a path, this is " + TypeName(value),
            detail::kArgumentType));
    }
  }

  // Edges of nodes that go are named, or go along.
  bool SeeToEdgesOfNodes() {
    for (const NodeId node : nodes_) {
      if (transaction_.IsDeleted(node)) continue;
      std::vector<graph::Neighbour> neighbours;
      if (!ReadNeighbours(context_, node, Walk::kBoth, {}, neighbours)) return false;
      for (const graph::Neighbour& neighbour : neighbours) {
        if (plan_.detach) {
          edges_.insert(neighbour.edge);
        } else if (!edges_.contains(neighbour.edge)) {
          return context_.Fail(ValueError(plan_.exprs[0]->pos,
                                          "this node has relationships; DETACH DELETE takes them "
                                          "away with it",
                                          detail::kDeleteConnected));
        }
      }
    }
    return true;
  }

  std::set<NodeId> nodes_;
  std::set<EdgeId> edges_;
};

}  // namespace

CursorPtr BuildWrite(const Plan& plan, ExecContext& context, CursorPtr input) {
  TUPU_CONTRACT(context.transaction() != nullptr);
  switch (plan.kind) {
    case PlanKind::kCreate:
      return std::make_unique<CreateCursor>(plan, context, std::move(input));
    case PlanKind::kUpdate:
      return std::make_unique<UpdateCursor>(plan, context, std::move(input));
    case PlanKind::kMerge:
      return std::make_unique<MergeCursor>(plan, context, std::move(input));
    default:
      return std::make_unique<DeleteCursor>(plan, context, std::move(input));
  }
}

}  // namespace tupu::query
