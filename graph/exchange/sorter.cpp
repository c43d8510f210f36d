// A run is a sequence of records: two lengths of 8 bytes (this machine's order: a run is read by
// the process that wrote it), the key, the line.
#include "graph/exchange/sorter.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

namespace tupu::graph {
namespace {

constexpr std::size_t kRecordOverhead = 96;  // two strings, near enough

Error TemporaryError() {
  return {ErrorCode::kIo, std::strerror(errno), "temporary file for sorting"};
}

Result<std::FILE*> OpenTemporary() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "tupu-sort-XXXXXX").string();
  if (error) return Error(ErrorCode::kIo, error.message(), "folder for temporary files");
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return TemporaryError();
  ::unlink(name.c_str());  // gone with the process, however that ends
  std::FILE* file = ::fdopen(descriptor, "w+b");
  if (file == nullptr) {
    ::close(descriptor);
    return TemporaryError();
  }
  return file;
}

using Record = std::pair<std::string, std::string>;

bool WriteRecord(std::FILE* file, const Record& record) {
  const std::array<std::uint64_t, 2> sizes{record.first.size(), record.second.size()};
  return std::fwrite(sizes.data(), sizeof sizes, 1, file) == 1 &&
         std::fwrite(record.first.data(), 1, sizes[0], file) == sizes[0] &&
         std::fwrite(record.second.data(), 1, sizes[1], file) == sizes[1];
}

// Nothing at the end of the run; an error only if reading fails.
Result<std::optional<Record>> ReadRecord(std::FILE* file) {
  std::array<std::uint64_t, 2> sizes{};
  if (std::fread(sizes.data(), sizeof sizes, 1, file) != 1) {
    if (std::ferror(file) != 0) return TemporaryError();
    return std::optional<Record>();
  }
  Record record{std::string(sizes[0], '\0'), std::string(sizes[1], '\0')};
  if (std::fread(record.first.data(), 1, sizes[0], file) != sizes[0] ||
      std::fread(record.second.data(), 1, sizes[1], file) != sizes[1]) {
    return TemporaryError();
  }
  return std::optional<Record>(std::move(record));
}

}  // namespace

Status Sorter::Add(std::string key, std::string line) {
  held_bytes_ += key.size() + line.size() + kRecordOverhead;
  held_.emplace_back(std::move(key), std::move(line));
  return held_bytes_ < limit_ ? Status() : Spill();
}

Status Sorter::Spill() {
  std::sort(held_.begin(), held_.end());
  TUPU_ASSIGN(std::FILE * opened, OpenTemporary());
  File file(opened);
  for (const Record& record : held_) {
    if (!WriteRecord(file.get(), record)) return TemporaryError();
  }
  if (std::fflush(file.get()) != 0) return TemporaryError();
  std::rewind(file.get());
  runs_.push_back(std::move(file));
  held_.clear();
  held_bytes_ = 0;
  return {};
}

Status Sorter::Drain(const std::function<bool(std::string_view line)>& visit) {
  std::sort(held_.begin(), held_.end());
  if (runs_.empty()) {
    for (const Record& record : held_) {
      if (!visit(record.second)) break;
    }
  } else {
    if (!held_.empty()) TUPU_TRY(Spill());
    // A heap of the runs' next records, the smallest on top.
    std::vector<std::pair<Record, std::size_t>> heap;
    const auto advance = [&](std::size_t run) -> Status {
      TUPU_ASSIGN(auto record, ReadRecord(runs_[run].get()));
      if (record) {
        heap.emplace_back(std::move(*record), run);
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
      }
      return {};
    };
    for (std::size_t run = 0; run < runs_.size(); ++run) TUPU_TRY(advance(run));
    while (!heap.empty()) {
      std::pop_heap(heap.begin(), heap.end(), std::greater<>());
      const auto [record, run] = std::move(heap.back());
      heap.pop_back();
      if (!visit(record.second)) break;
      TUPU_TRY(advance(run));
    }
  }
  held_.clear();
  held_bytes_ = 0;
  runs_.clear();
  return {};
}

}  // namespace tupu::graph
