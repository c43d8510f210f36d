// Sorts more than memory holds: sorted runs in temporary files, merged at the end.
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/error.h"

namespace tupu::graph {

// Lines go in in any order and come out by the bytes of their key, then their own.
class Sorter {
 public:
  explicit Sorter(std::size_t memory_bytes = std::size_t{64} << 20) : limit_(memory_bytes) {}

  // kIo if the folder for temporary files is full or missing.
  Status Add(std::string key, std::string line);
  // Gives all lines in order and empties the sorter; `visit` returns false to stop.
  Status Drain(const std::function<bool(std::string_view line)>& visit);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;

  Status Spill();

  std::size_t limit_;
  std::size_t held_bytes_ = 0;
  std::vector<std::pair<std::string, std::string>> held_;
  std::vector<File> runs_;
};

}  // namespace tupu::graph
