// tupu schema: what the ontology says.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "app/schema_dir.h"
#include "app/schema_text.h"

namespace tupu::app {
namespace {

Result<ExitStatus> Run(const std::string& given) {
  TUPU_ASSIGN(const auto dir, FindSchemaDir(given));
  TUPU_ASSIGN(const graph::Schema schema, graph::Schema::Load(dir));
  Output out;
  out.Write("Schemas in " + dir.string() + "\n\n" + SchemaText(schema));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddSchema(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("schema", "Show the ontology");
  auto schema = std::make_shared<std::string>();
  AddSchemaOption(*command, *schema);
  command->footer("Example:\n  tupu schema --schema my-schemas");
  command->callback([schema, &action] { action = [schema] { return Run(*schema); }; });
}

}  // namespace tupu::app
