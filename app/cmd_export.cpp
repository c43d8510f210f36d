// tupu export: the graph as a file.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

#include "app/command.h"
#include "app/console.h"
#include "app/interrupt.h"
#include "app/output_file.h"
#include "graph/exchange/export.h"

namespace tupu::app {
namespace {

struct ExportOptions {
  StoreOptions store;
  std::string format;
  std::string path = "-";
  graph::ExportFilter filter;
};

// Several files in a folder, which is made if need be: each appears whole once all are written.
class OutputFolder {
 public:
  explicit OutputFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Status Write(std::string_view name, std::string_view piece) {
    const auto found = files_.find(name);
    if (found != files_.end()) {
      found->second.Write(piece);
      return {};
    }
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) return Error(ErrorCode::kIo, error.message(), folder_.string());
    TUPU_ASSIGN(OutputFile file, OutputFile::Create(folder_ / name));
    files_.emplace(name, std::move(file)).first->second.Write(piece);
    return {};
  }
  Status Commit() {
    for (auto& [name, file] : files_) TUPU_TRY(file.Commit());
    return {};
  }

 private:
  std::filesystem::path folder_;
  std::map<std::string, OutputFile, std::less<>> files_;
};

Result<ExitStatus> ExportFolder(const ExportOptions& options, const OpenedStore& opened) {
  if (options.path == "-") {
    return Error(ErrorCode::kInvalidInput, "this format is several files; expected --output FOLDER",
                 options.format);
  }
  const InterruptGuard guard;
  OutputFolder folder(options.path);
  Status failed;
  TUPU_TRY(graph::Export(opened.store->Snapshot(), *opened.schema,
                         *graph::FindExportFormat(options.format), options.filter,
                         [&](std::string_view name, std::string_view piece) {
                           failed = folder.Write(name, piece);
                           return failed.ok() && InterruptGuard::raised() == 0;
                         }));
  TUPU_TRY(failed);
  if (InterruptGuard::raised() != 0) return ExitStatus::kInterrupted;
  TUPU_TRY(folder.Commit());
  return ExitStatus::kDone;
}

Result<ExitStatus> Run(const ExportOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  const graph::View view = opened.store->Snapshot();
  const graph::ExportFormat format = *graph::FindExportFormat(options.format);
  for (const graph::ExportFormatInfo& info : graph::ExportFormats()) {
    if (info.format == format && info.folder) return ExportFolder(options, opened);
  }
  if (options.path == "-") {
    Output out;
    TUPU_TRY(
        graph::Export(view, *opened.schema, format, options.filter,
                      [&](std::string_view, std::string_view piece) { return out.Write(piece); }));
    TUPU_TRY(out.Finish());
    return ExitStatus::kDone;
  }
  // An interrupted export leaves no half of a file behind.
  const InterruptGuard guard;
  TUPU_ASSIGN(OutputFile file, OutputFile::Create(options.path));
  TUPU_TRY(graph::Export(view, *opened.schema, format, options.filter,
                         [&](std::string_view, std::string_view piece) {
                           return InterruptGuard::raised() == 0 && file.Write(piece);
                         }));
  if (InterruptGuard::raised() != 0) return ExitStatus::kInterrupted;
  TUPU_TRY(file.Commit());
  return ExitStatus::kDone;
}

}  // namespace

void AddExport(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("export", "Write the graph for other tools");
  auto options = std::make_shared<ExportOptions>();
  AddStoreOptions(*command, options->store);
  std::vector<std::string> names;
  std::string about = "Formats:\n";
  for (const graph::ExportFormatInfo& info : graph::ExportFormats()) {
    names.emplace_back(info.name);
    about += "  " + std::string(info.name) + std::string(18 - info.name.size(), ' ') +
             std::string(info.about) + "\n";
  }
  command->add_option("--format", options->format, "One of the formats below")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(names))
      ->required();
  command
      ->add_option("-o,--output", options->path,
                   "File (or folder) to write, whole or not at all (default: standard output)")
      ->type_name("PATH");
  command
      ->add_option("--type", options->filter.types,
                   "Only this type of entity or relation; may be repeated")
      ->type_name("TYPE");
  command
      ->add_option("--region", options->filter.region,
                   "Only what lies in this region, or has an edge to or from that")
      ->type_name("NAME");
  command->add_option("--from", options->filter.from, "Only facts of this day or later")
      ->type_name("DATE");
  command->add_option("--to", options->filter.to, "Only facts of this day or earlier")
      ->type_name("DATE");
  command->footer(
      about +
      "\nThe same documents give the same bytes, in whatever order they were built.\n"
      "Examples:\n"
      "  tupu export --store graph.db --format graphml -o graph.graphml\n"
      "  tupu export --store graph.db --format relations-csv --type INVESTS --region 广东");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
