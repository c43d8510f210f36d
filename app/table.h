// Rows as people read them: columns that line up on a terminal, under Chinese text too.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tupu::app {

struct TableOptions {
  std::size_t max_cell_width = 0;  // longer cells are cut with …; 0: never
  // Column widths are taken from this many rows; later ones that are wider stand out.
  std::size_t rows_for_widths = 1000;
};

// Takes rows one by one and writes them as a table.
//
//    issuer         | policy
//   ----------------+--------------
//    工业和信息化部 | 工业园区指引
class TableWriter {
 public:
  // `write` returns false once nobody reads any more.
  TableWriter(TableOptions options, std::function<bool(std::string_view)> write);

  void Columns(const std::vector<std::string>& names);
  // `right` marks cells that are numbers. False: stop.
  bool Row(std::vector<std::string> cells, const std::vector<bool>& right);
  // Writes what is still held back. The table ends with a line feed.
  bool Finish();
  std::size_t rows() const { return rows_; }

 private:
  struct Line {
    std::vector<std::string> cells;
    std::vector<bool> right;
  };
  bool Start();
  bool Print(const Line& line);

  TableOptions options_;
  std::function<bool(std::string_view)> write_;
  std::vector<std::string> names_;
  std::vector<std::size_t> widths_;
  std::vector<Line> held_;
  bool started_ = false;
  std::size_t rows_ = 0;
};

// `text` with spaces up to `width` columns, in front if `right`.
std::string Pad(std::string_view text, std::size_t width, bool right = false);

}  // namespace tupu::app
