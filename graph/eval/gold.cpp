#include "graph/eval/gold.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>

#include "graph/eval/brat.h"
#include "graph/eval/doccano.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;
using Documents = std::vector<AnnotatedDocument>;

Error Unreadable(const fs::path& path, const std::string& why = {}) {
  return Error{ErrorCode::kIo, "cannot be read" + (why.empty() ? "" : ": " + why), path.string()};
}

Result<std::string> ReadFile(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return Unreadable(path, "no such file");
  const auto size = fs::file_size(path, failed);
  if (failed) return Unreadable(path, failed.message());
  if (size > kMaxGoldBytes) {
    return Error{ErrorCode::kLimit,
                 std::to_string(size) + " bytes; the limit is " + std::to_string(kMaxGoldBytes),
                 path.string()};
  }
  std::string out(size, '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in.read(out.data(), static_cast<std::streamsize>(size))) return Unreadable(path);
  return out;
}

// Sorted; links to folders are not followed.
Result<std::vector<fs::path>> FilesBelow(const fs::path& folder, std::string_view extension,
                                         bool deep) {
  std::error_code failed;
  std::vector<fs::path> files;
  fs::recursive_directory_iterator it(folder, failed), end;
  for (; !failed && it != end; it.increment(failed)) {
    if (!deep) it.disable_recursion_pending();
    if (it->path().extension() == extension) files.push_back(it->path());
  }
  if (failed) return Unreadable(folder, failed.message());
  std::sort(files.begin(), files.end());
  return files;
}

Status ReadBrat(const fs::path& folder, const std::vector<fs::path>& files, const Schema* schema,
                Documents& out) {
  for (const fs::path& file : files) {
    TUPU_ASSIGN(const std::string annotations, ReadFile(file));
    TUPU_ASSIGN(std::string text, ReadFile(fs::path(file).replace_extension(".txt")));
    const std::string name = file.lexically_relative(folder).replace_extension("").generic_string();
    TUPU_ASSIGN(const Standoff standoff,
                ParseBrat(BratDocumentId(name), std::move(text), annotations, file.string()));
    TUPU_ASSIGN(AnnotatedDocument doc, FromStandoff(standoff, file.string(), schema));
    out.push_back(std::move(doc));
  }
  return {};
}

Status ReadFolder(const fs::path& folder, const Schema* schema, Documents& out) {
  TUPU_ASSIGN(const auto brat, FilesBelow(folder, ".ann", true));
  if (!brat.empty()) return ReadBrat(folder, brat, schema, out);
  TUPU_ASSIGN(const auto files, FilesBelow(folder, ".json", false));
  if (files.empty()) {
    return Error{ErrorCode::kInvalidInput, "holds no annotated document: neither .json nor .ann",
                 folder.string()};
  }
  for (const fs::path& file : files) {
    TUPU_ASSIGN(const std::string json, ReadFile(file));
    TUPU_ASSIGN(AnnotatedDocument doc, ParseAnnotatedDocument(json, file.string(), schema));
    out.push_back(std::move(doc));
  }
  return {};
}

Status ReadLines(const fs::path& path, const Schema* schema, Documents& out) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Unreadable(path);
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::string where = path.string() + ":" + std::to_string(number);
    if (line.size() > kMaxGoldBytes) {
      return Error{ErrorCode::kLimit,
                   "a line of more than " + std::to_string(kMaxGoldBytes) + " bytes", where};
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (IsDoccano(line)) {
      TUPU_ASSIGN(const Standoff standoff, ParseDoccano(line, where));
      TUPU_ASSIGN(AnnotatedDocument doc, FromStandoff(standoff, where, schema));
      out.push_back(std::move(doc));
    } else {
      TUPU_ASSIGN(AnnotatedDocument doc, ParseAnnotatedDocument(line, where, schema));
      out.push_back(std::move(doc));
    }
  }
  if (in.bad()) return Unreadable(path);
  return {};
}

}  // namespace

Result<Documents> ReadGold(const fs::path& path, const Schema* schema) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::exists(status)) return Error{ErrorCode::kNotFound, "does not exist", path.string()};
  Documents docs;
  if (fs::is_directory(status)) {
    TUPU_TRY(ReadFolder(path, schema, docs));
  } else {
    TUPU_TRY(ReadLines(path, schema, docs));
  }
  std::sort(docs.begin(), docs.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(docs.begin(), docs.end(),
                                        [](const auto& a, const auto& b) { return a.id == b.id; });
  if (twice != docs.end()) {
    return Error{ErrorCode::kInvalidInput, "document " + twice->id + " stands twice",
                 path.string()};
  }
  return docs;
}

}  // namespace tupu::graph
