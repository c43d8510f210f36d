// tupu stats: counts, components, and what is best connected.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "app/stats.h"

namespace tupu::app {
namespace {

struct StatsOptions {
  StoreOptions store;
  std::size_t top = 10;
  std::string format = "text";
};

Result<ExitStatus> Run(const StatsOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  TUPU_ASSIGN(const GraphStats stats,
              ComputeStats(opened.store->Snapshot(), *opened.schema, options.top));
  Output out;
  out.Write(options.format == "json" ? StatsJson(stats) + "\n" : StatsText(stats));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddStats(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("stats", "Count, and find what stands in the middle");
  auto options = std::make_shared<StatsOptions>();
  AddStoreOptions(*command, options->store);
  command->add_option("--top", options->top, "Components and entities to list")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--format", options->format, "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer("Example:\n  tupu stats --store graph.db --top 20");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
