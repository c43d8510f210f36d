// Query results in the four forms that --format names.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/console.h"
#include "graph/base/error.h"
#include "graph/store/store.h"
#include "query/session.h"

namespace tupu::app {

enum class RowFormat { kTable, kCsv, kJson, kJsonl };
std::optional<RowFormat> FindRowFormat(std::string_view name);  // "table", "csv", "json", "jsonl"

// Takes one result row by row. JSON: one object a row, keys in the order of the columns. CSV:
// quoted as RFC 4180 has it, lines ended as shells expect; null is empty, lists, maps, nodes and
// edges are JSON text.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual void Columns(const std::vector<std::string>& names) = 0;
  // False: nobody reads any more.
  virtual Result<bool> Row(const graph::View& view, const query::Row& row) = 0;
  virtual void Finish() = 0;
};

std::unique_ptr<RowWriter> MakeRowWriter(RowFormat format, Output& out);

}  // namespace tupu::app
