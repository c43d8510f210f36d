#include "app/table.h"

#include <algorithm>
#include <utility>

#include "app/console.h"
#include "graph/base/unicode.h"

namespace tupu::app {

TableWriter::TableWriter(TableOptions options, std::function<bool(std::string_view)> write)
    : options_(options), write_(std::move(write)) {}

void TableWriter::Columns(const std::vector<std::string>& names) {
  names_.clear();
  widths_.clear();
  for (const std::string& name : names) {
    names_.push_back(Printable(name));
    widths_.push_back(DisplayWidth(names_.back()));
  }
}

bool TableWriter::Row(std::vector<std::string> cells, const std::vector<bool>& right) {
  for (std::string& cell : cells) {
    cell = Printable(cell);
    if (options_.max_cell_width != 0) cell = Clip(cell, options_.max_cell_width);
  }
  ++rows_;
  Line line{std::move(cells), right};
  if (started_) return Print(line);
  for (std::size_t i = 0; i < widths_.size() && i < line.cells.size(); ++i) {
    widths_[i] = std::max(widths_[i], DisplayWidth(line.cells[i]));
  }
  held_.push_back(std::move(line));
  return held_.size() < options_.rows_for_widths || Start();
}

bool TableWriter::Finish() { return started_ || Start(); }

bool TableWriter::Start() {
  started_ = true;
  std::string rule;
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    if (i != 0) rule += '+';
    rule.append(widths_[i] + 2, '-');
  }
  bool more = Print(Line{names_, std::vector<bool>(names_.size(), false)}) && write_(rule + "\n");
  for (const Line& line : held_) more = more && Print(line);
  held_.clear();
  return more;
}

bool TableWriter::Print(const Line& line) {
  std::string text;
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    if (i != 0) text += " |";
    text += ' ';
    text += Pad(line.cells[i], widths_[i], line.right[i]);
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return write_(text + "\n");
}

std::string Pad(std::string_view text, std::size_t width, bool right) {
  const std::size_t used = DisplayWidth(text);
  const std::string space(width > used ? width - used : 0, ' ');
  return right ? space + std::string(text) : std::string(text) + space;
}

}  // namespace tupu::app
