// tupu rm: takes documents away with exactly their facts, or what an origin wrote.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"

namespace tupu::app {
namespace {

struct RmOptions {
  StoreOptions store;
  std::vector<std::string> ids;
  std::vector<std::uint64_t> origins;
};

Status RemoveOrigins(graph::Store& store, const std::vector<std::uint64_t>& origins, Output& out) {
  for (const std::uint64_t origin : origins) {
    TUPU_ASSIGN(const graph::OriginRemoval removed, store.RemoveOrigin(origin));
    std::string line = "removed origin " + std::to_string(origin) + ": " +
                       CountText(removed.nodes, "node") + ", " +
                       CountText(removed.edges, "relationship");
    if (removed.properties > 0) {
      line += ", " + CountText(removed.properties, "value") + " set on what documents say";
    }
    if (removed.labels > 0) {
      line += ", " + CountText(removed.labels, "label") + " of what documents say";
    }
    if (removed.edges_of_others > 0) {
      line += "; with its nodes " + CountText(removed.edges_of_others, "relationship") +
              " of other origins";
    }
    out.Write(line + "\n");
  }
  return {};
}

Result<ExitStatus> Run(const RmOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  Output out;
  TUPU_TRY(RemoveOrigins(*opened.store, options.origins, out));
  if (options.ids.empty()) {
    TUPU_TRY(out.Finish());
    return ExitStatus::kDone;
  }
  std::vector<std::string> missing;
  TUPU_ASSIGN(const graph::ApplyReport report, opened.store->Remove(options.ids, &missing));
  for (const std::string& id : missing) PrintMessage("there is no document \"" + id + "\"");
  out.Write("removed " + CountText(report.removed, "document") + "\n");
  TUPU_TRY(out.Finish());
  return missing.empty() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddRm(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "rm", "Remove documents with all that only they say, or what an import or statement wrote");
  auto options = std::make_shared<RmOptions>();
  AddStoreOptions(*command, options->store);
  command->add_option("ID", options->ids, "Documents, by id");
  command
      ->add_option("--origin", options->origins,
                   "What an import or a statement wrote, by its number in `tupu origins`")
      ->type_name("N")
      ->allow_extra_args(false);
  command->footer(
      "Examples:\n"
      "  tupu rm --store graph.db 2026/0225-policy\n"
      "  tupu rm --store graph.db --origin 3");
  command->callback([options, &action] {
    if (options->ids.empty() && options->origins.empty()) {
      throw CLI::RequiredError("ID or --origin");
    }
    action = [options] { return Run(*options); };
  });
}

}  // namespace tupu::app
