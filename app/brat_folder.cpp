#include "app/brat_folder.h"

#include <system_error>
#include <utility>

#include "app/output_file.h"
#include "graph/eval/brat.h"

namespace tupu::app {
namespace fs = std::filesystem;
namespace {

Status WriteFile(const fs::path& path, std::string_view text) {
  TUPU_ASSIGN(OutputFile file, OutputFile::Create(path));
  file.Write(text);
  return file.Commit();
}

}  // namespace

Result<BratFolder> BratFolder::Create(const fs::path& path, const graph::Schema& schema) {
  TUPU_ASSIGN(const std::string configuration, graph::BratConfiguration(schema));
  std::error_code failed;
  fs::create_directories(path, failed);
  if (!failed && !fs::is_empty(path, failed) && !failed) {
    return Error{ErrorCode::kInvalidInput, "holds something already; expected a new folder",
                 path.string()};
  }
  if (failed) return Error{ErrorCode::kIo, failed.message(), path.string()};
  TUPU_TRY(WriteFile(path / "annotation.conf", configuration));
  return BratFolder(path, schema);
}

Status BratFolder::Write(const graph::Standoff& standoff) {
  TUPU_ASSIGN(const std::string name, graph::BratFileName(standoff.id));
  const fs::path text = path_ / (name + ".txt");
  if (fs::exists(text)) {
    return Error{ErrorCode::kInvalidInput,
                 "stands more than once in this run; the first is written", standoff.id};
  }
  TUPU_TRY(WriteFile(text, standoff.text));
  return WriteFile(path_ / (name + ".ann"), graph::ToBrat(standoff, *schema_));
}

}  // namespace tupu::app
