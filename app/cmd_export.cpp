// tupu export: the graph as a file.
#include <CLI/CLI.hpp>
#include <optional>

#include "app/command.h"
#include "app/console.h"
#include "app/interrupt.h"
#include "app/output_file.h"
#include "graph/exchange/export.h"

namespace tupu::app {
namespace {

struct Options {
  StoreOptions store;
  std::string format;
  std::string path = "-";
};

Result<ExitStatus> Run(const Options& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  const graph::View view = opened.store->Snapshot();
  const graph::ExportFormat format = *graph::FindExportFormat(options.format);
  if (options.path == "-") {
    Output out;
    TUPU_TRY(graph::Export(view, *opened.schema, format,
                           [&](std::string_view text) { return out.Write(text); }));
    TUPU_TRY(out.Finish());
    return ExitStatus::kDone;
  }
  // An interrupted export leaves no half of a file behind.
  const InterruptGuard guard;
  TUPU_ASSIGN(OutputFile file, OutputFile::Create(options.path));
  TUPU_TRY(graph::Export(view, *opened.schema, format, [&](std::string_view text) {
    return InterruptGuard::raised() == 0 && file.Write(text);
  }));
  if (InterruptGuard::raised() != 0) return ExitStatus::kInterrupted;
  TUPU_TRY(file.Commit());
  return ExitStatus::kDone;
}

}  // namespace

void AddExport(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("export", "Write the graph for other tools");
  auto options = std::make_shared<Options>();
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
                   "File to write, whole or not at all (default: standard output)")
      ->type_name("PATH");
  command->footer(about +
                  "\nThe same documents give the same bytes, in whatever order they were built.\n"
                  "Example:\n  tupu export --store graph.db --format graphml -o graph.graphml");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
