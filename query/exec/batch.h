// Rows by the thousand, kept in columns: numbers for nodes and edges, values for the rest.
//
// A batch has a column for every slot of the query; those that nobody needs stay empty.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/model/value.h"
#include "query/plan/bound.h"

namespace tupu::query {

inline constexpr std::size_t kBatchRows = 1024;
inline constexpr std::uint64_t kNullId = ~std::uint64_t{0};

struct Column {
  SlotKind kind = SlotKind::kValue;
  std::vector<std::uint64_t> ids;    // of kNode, kEdge and kRow; kNullId for null
  std::vector<graph::Value> values;  // of kValue

  void Clear() {
    ids.clear();
    values.clear();
  }
  void AppendNull() {
    if (kind == SlotKind::kValue) {
      values.emplace_back();
    } else {
      ids.push_back(kNullId);
    }
  }
  void AppendFrom(const Column& other, std::size_t row) {
    if (kind == SlotKind::kValue) {
      values.push_back(other.Get(row));
    } else {
      ids.push_back(other.ids[row]);
    }
  }
  graph::Value Get(std::size_t row) const {
    if (kind == SlotKind::kValue) return values[row];
    const std::uint64_t id = ids[row];
    if (id == kNullId) return {};
    if (kind == SlotKind::kNode) return graph::Value(NodeId{id});
    if (kind == SlotKind::kEdge) return graph::Value(EdgeId{id});
    return graph::Value(static_cast<std::int64_t>(id));
  }
};

class Batch {
 public:
  explicit Batch(const std::vector<SlotInfo>& slots) : columns_(slots.size()) {
    for (std::size_t i = 0; i < slots.size(); ++i) columns_[i].kind = slots[i].kind;
  }

  std::size_t rows() const { return rows_; }
  void set_rows(std::size_t rows) { rows_ = rows; }
  Column& column(Slot slot) { return columns_[slot]; }
  const Column& column(Slot slot) const { return columns_[slot]; }
  graph::Value Get(Slot slot, std::size_t row) const { return columns_[slot].Get(row); }

  // Empties the columns of these slots and sets no rows.
  void Clear(const std::vector<Slot>& slots) {
    for (const Slot slot : slots) columns_[slot].Clear();
    rows_ = 0;
  }
  // Appends one row of another batch, these slots of it. The row is counted.
  void AppendRow(const Batch& other, std::size_t row, const std::vector<Slot>& slots) {
    for (const Slot slot : slots) columns_[slot].AppendFrom(other.columns_[slot], row);
    ++rows_;
  }
  // Keeps the rows listed, in ascending order, of these slots.
  void Keep(const std::vector<std::uint32_t>& rows, const std::vector<Slot>& slots);
  // Keeps the first `count` rows after dropping `begin`.
  void Slice(std::size_t begin, std::size_t count, const std::vector<Slot>& slots);

 private:
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
};

}  // namespace tupu::query
