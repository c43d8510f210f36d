// The kinds of cursors by source file; cursors.cpp puts them together.
#pragma once

#include <initializer_list>
#include <vector>

#include "query/exec/cursors.h"
#include "query/exec/evaluator.h"

namespace tupu::query {

// One input, read a batch at a time, a row at a time.
class RowReader {
 public:
  RowReader(CursorPtr input, ExecContext& context)
      : input_(std::move(input)), batch_(context.slots()) {}

  // Moves to the next row; false at the end or on an error.
  bool Next() {
    ++row_;
    while (row_ >= batch_.rows()) {
      if (done_ || !input_->Next(batch_)) {
        done_ = true;
        return false;
      }
      row_ = 0;
    }
    return true;
  }
  const Batch& batch() const { return batch_; }
  std::size_t row() const { return row_; }
  void Reset() {
    input_->Reset();
    batch_.set_rows(0);
    row_ = static_cast<std::size_t>(-1);
    done_ = false;
  }

 private:
  CursorPtr input_;
  Batch batch_;
  std::size_t row_ = static_cast<std::size_t>(-1);
  bool done_ = false;
};

// A number of rows that a SKIP or LIMIT asks for.
bool EvalCount(const BoundExpr& expr, std::string_view what, Evaluator& evaluator,
               std::uint64_t& out);

// Whether the edge is none of those in these slots of a row: edges, or walks (paths).
bool NotAmong(std::uint64_t edge, const std::vector<Slot>& unlike, const Batch& batch,
              std::size_t row);
// The node, or edge, in a slot; kNullId where it is null. False on an error: another kind.
bool NodeIn(const Batch& batch, Slot slot, std::size_t row, ExecContext& context,
            std::uint64_t& out);
bool EdgeIn(const Batch& batch, Slot slot, std::size_t row, ExecContext& context,
            std::uint64_t& out);

// The neighbours of a node along a walk; a loop once.
bool ReadNeighbours(ExecContext& context, NodeId node, Walk walk, const std::vector<TypeId>& types,
                    std::vector<graph::Neighbour>& out);

// The slots of `live` but those that an operator fills itself.
std::vector<Slot> Without(const std::vector<Slot>& live, std::initializer_list<Slot> filled);

// cursors_scan.cpp: nodes, edges, seeks, counts.
CursorPtr BuildScan(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_seek.cpp: what a user's index finds.
CursorPtr BuildIndexSeek(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_expand.cpp: steps along edges.
CursorPtr BuildExpand(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_walk.cpp: variable lengths.
CursorPtr BuildWalk(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_shortest.cpp: shortest paths.
CursorPtr BuildShortest(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_trails.cpp: chains of steps that are counted.
CursorPtr BuildTrails(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_write.cpp: CREATE, SET, REMOVE, MERGE, DELETE.
CursorPtr BuildWrite(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_call.cpp: procedures.
CursorPtr BuildCall(const Plan& plan, ExecContext& context, CursorPtr input);
// cursors_columns.cpp: aggregates over columns; null where they have to go row by row.
CursorPtr BuildColumnGroup(const Plan& plan, ExecContext& context);
// cursors_group.cpp: aggregates, DISTINCT, sorting.
CursorPtr BuildGroup(const Plan& plan, ExecContext& context, CursorPtr input);

}  // namespace tupu::query
