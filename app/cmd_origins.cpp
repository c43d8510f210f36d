// tupu origins: what wrote the elements and properties that are not computed from documents.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "app/row_writer.h"

namespace tupu::app {
namespace {

using graph::Value;

struct OriginsOptions {
  StoreOptions store;
  std::string format = "table";
};

Result<ExitStatus> Run(const OriginsOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  const graph::View view = opened.store->Snapshot();
  TUPU_ASSIGN(const std::vector<graph::OriginInfo> origins, view.Origins());
  Output out;
  const auto rows = MakeRowWriter(*FindRowFormat(options.format), out);
  rows->Columns({"origin", "kind", "nodes", "relationships", "properties", "labels"});
  for (const graph::OriginInfo& one : origins) {
    TUPU_ASSIGN(const bool more,
                rows->Row(view, {Value(static_cast<std::int64_t>(one.number)), Value(one.kind),
                                 Value(static_cast<std::int64_t>(one.nodes)),
                                 Value(static_cast<std::int64_t>(one.edges)),
                                 Value(static_cast<std::int64_t>(one.properties)),
                                 Value(static_cast<std::int64_t>(one.labels))}));
    if (!more) break;
  }
  rows->Finish();
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddOrigins(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("origins", "List what imports and statements wrote beside documents");
  auto options = std::make_shared<OriginsOptions>();
  AddStoreOptions(*command, options->store);
  command->add_option("--format", options->format, "table, csv, json or jsonl (default: table)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "csv", "json", "jsonl"}));
  command->footer(
      "Each import and each statement that created something, or set properties and labels of what "
      "comes from documents (the last columns), is an origin of its own; what it wrote goes with "
      "`tupu rm --origin`.\n"
      "Example:\n  tupu origins --store graph.db");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
