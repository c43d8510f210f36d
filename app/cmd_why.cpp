// tupu why: the sentences behind an entity or an edge.
#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/command.h"
#include "app/console.h"
#include "app/why.h"

namespace tupu::app {
namespace {

struct WhyCommand {
  StoreOptions store;
  std::vector<std::string> names;
  std::size_t limit = 0;
};

Result<ExitStatus> Run(const WhyCommand& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  Output out;
  WhyOptions why;
  why.colour = ColourWanted();
  why.limit = options.limit;
  TUPU_TRY(PrintWhy(opened.store->Snapshot(), *opened.schema, options.names, why, out));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddWhy(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("why", "Show the sentences behind an entity or an edge");
  auto options = std::make_shared<WhyCommand>();
  AddStoreOptions(*command, options->store);
  command->add_option("--limit", options->limit, "Sentences at most (default: all)")
      ->type_name("N");
  command->add_option("NAME", options->names, "NAME for an entity, NAME TYPE NAME for an edge")
      ->required()
      ->expected(1, 3);
  command->footer(
      "A name is an entity's name, one of its aliases, or its id.\n"
      "Examples:\n"
      "  tupu why --store graph.db 上海市\n"
      "  tupu why --store graph.db 上海市财政局 LOCATED_IN 上海市");
  command->callback([options, &action] {
    if (options->names.size() == 2) {
      throw CLI::ValidationError("NAME", "expected NAME, or NAME TYPE NAME");
    }
    action = [options] { return Run(*options); };
  });
}

}  // namespace tupu::app
