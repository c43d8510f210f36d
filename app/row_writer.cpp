#include "app/row_writer.h"

#include "app/table.h"
#include "graph/exchange/escape.h"
#include "graph/model/value.h"

namespace tupu::app {
namespace {

using graph::Value;
using graph::ValueKind;

// Long names still fit; a node with all its properties does not push the rest off the screen.
constexpr std::size_t kTerminalCell = 60;

// Shown as bare text.
bool IsText(const Value& value) {
  return value.kind() == ValueKind::kString || value.is_temporal() ||
         value.kind() == ValueKind::kDuration;
}

class TableRows : public RowWriter {
 public:
  explicit TableRows(Output& out)
      : out_(out), table_(Options(), [&out](std::string_view text) { return out.Write(text); }) {}

  void Columns(const std::vector<std::string>& names) override { table_.Columns(names); }

  Result<bool> Row(const graph::View& view, const query::Row& row) override {
    std::vector<std::string> cells;
    std::vector<bool> right;
    for (const Value& value : row) {
      TUPU_ASSIGN(std::string text, query::ValueToText(view, value));
      cells.push_back(std::move(text));
      right.push_back(value.is_number());
    }
    return table_.Row(std::move(cells), right);
  }

  void Finish() override {
    table_.Finish();
    out_.Write("(" + std::to_string(table_.rows()) + (table_.rows() == 1 ? " row)\n" : " rows)\n"));
  }

 private:
  static TableOptions Options() {
    TableOptions options;
    if (IsTerminal(1)) options.max_cell_width = kTerminalCell;
    return options;
  }
  Output& out_;
  TableWriter table_;
};

class CsvRows : public RowWriter {
 public:
  explicit CsvRows(Output& out) : out_(out) {}
  void Columns(const std::vector<std::string>& names) override {
    out_.Write(graph::CsvRecord(names, "\n"));
  }
  Result<bool> Row(const graph::View& view, const query::Row& row) override {
    std::vector<std::string> fields;
    for (const Value& value : row) {
      if (value.is_null()) {
        fields.emplace_back();
      } else if (IsText(value)) {
        TUPU_ASSIGN(std::string text, query::ValueToText(view, value));
        fields.push_back(std::move(text));
      } else {
        TUPU_ASSIGN(std::string text, query::ValueToJson(view, value));
        fields.push_back(std::move(text));
      }
    }
    return out_.Write(graph::CsvRecord(fields, "\n"));
  }
  void Finish() override {}

 private:
  Output& out_;
};

class JsonRows : public RowWriter {
 public:
  JsonRows(Output& out, bool array) : out_(out), array_(array) {}

  void Columns(const std::vector<std::string>& names) override {
    for (const std::string& name : names) {
      keys_.emplace_back();
      graph::AppendJsonString(keys_.back(), name);
      keys_.back() += ":";
    }
    if (array_) out_.Write("[");
  }

  Result<bool> Row(const graph::View& view, const query::Row& row) override {
    std::string line = array_ ? (first_ ? "\n{" : ",\n{") : "{";
    first_ = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
      TUPU_ASSIGN(const std::string text, query::ValueToJson(view, row[i]));
      line += (i == 0 ? "" : ",") + keys_[i] + text;
    }
    line += array_ ? "}" : "}\n";
    return out_.Write(line);
  }

  void Finish() override {
    if (array_) out_.Write(first_ ? "]\n" : "\n]\n");
  }

 private:
  Output& out_;
  const bool array_;
  bool first_ = true;
  std::vector<std::string> keys_;
};

}  // namespace

std::optional<RowFormat> FindRowFormat(std::string_view name) {
  if (name == "table") return RowFormat::kTable;
  if (name == "csv") return RowFormat::kCsv;
  if (name == "json") return RowFormat::kJson;
  if (name == "jsonl") return RowFormat::kJsonl;
  return std::nullopt;
}

std::unique_ptr<RowWriter> MakeRowWriter(RowFormat format, Output& out) {
  switch (format) {
    case RowFormat::kTable:
      return std::make_unique<TableRows>(out);
    case RowFormat::kCsv:
      return std::make_unique<CsvRows>(out);
    case RowFormat::kJson:
      return std::make_unique<JsonRows>(out, true);
    case RowFormat::kJsonl:
      return std::make_unique<JsonRows>(out, false);
  }
  ThrowInternal("contract", "a format of RowFormat", __FILE__, __LINE__);
}

}  // namespace tupu::app
