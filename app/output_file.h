// A file that appears whole or not at all.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/console.h"
#include "graph/base/error.h"

namespace tupu::app {

// Writes beside the target under another name and renames at the end, so that nobody ever reads
// half a file. A target that exists and is no regular file (/dev/stdout, a pipe) is written
// directly. Left without Commit, nothing remains.
class OutputFile {
 public:
  static Result<OutputFile> Create(const std::filesystem::path& target);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  bool Write(std::string_view text) { return out_->Write(text); }
  // Flushes, puts it on disk and gives it its name.
  Status Commit();

 private:
  OutputFile(std::filesystem::path target, std::string temporary, int descriptor);

  std::filesystem::path target_;
  std::string temporary_;  // empty: written directly
  int descriptor_;
  std::unique_ptr<Output> out_;
};

}  // namespace tupu::app
