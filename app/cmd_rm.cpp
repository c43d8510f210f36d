// tupu rm: takes documents away with exactly their facts.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"

namespace tupu::app {
namespace {

struct Options {
  StoreOptions store;
  std::vector<std::string> ids;
};

Result<ExitStatus> Run(const Options& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  std::vector<std::string> missing;
  TUPU_ASSIGN(const graph::ApplyReport report, opened.store->Remove(options.ids, &missing));
  for (const std::string& id : missing) PrintMessage("there is no document \"" + id + "\"");
  Output out;
  out.Write("removed " + CountText(report.removed, "document") + "\n");
  TUPU_TRY(out.Finish());
  return missing.empty() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddRm(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("rm", "Remove documents with all that only they say");
  auto options = std::make_shared<Options>();
  AddStoreOptions(*command, options->store);
  command->add_option("ID", options->ids, "Documents, by id")->required();
  command->footer("Example:\n  tupu rm --store graph.db 2026/0225-policy");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
