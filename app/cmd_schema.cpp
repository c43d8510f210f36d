// tupu schema: what the ontology says, and whether all schemas hold.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "app/extraction.h"
#include "app/schema_dir.h"
#include "app/schema_text.h"

namespace tupu::app {
namespace {

Result<ExitStatus> RunSchema(const std::string& given) {
  TUPU_ASSIGN(const auto dir, FindSchemaDir(given));
  TUPU_ASSIGN(const graph::Schema schema, graph::Schema::Load(dir));
  Output out;
  out.Write("Schemas in " + dir.string() + "\n\n" + SchemaText(schema));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

Result<ExitStatus> Test(const std::string& given) {
  TUPU_ASSIGN(const auto dir, FindSchemaDir(given));
  // As extract loads them: a mistake anywhere in them shows here already.
  TUPU_ASSIGN(const Extraction extraction, Extraction::Load(dir, {}));
  const std::vector<std::string> failures = extraction.RunExamples();
  Output out;
  for (const std::string& failure : failures) out.Write(failure + "\n");
  if (failures.empty()) out.Write("all examples hold\n");
  TUPU_TRY(out.Finish());
  return failures.empty() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddSchema(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("schema", "Show the ontology, or test the rules");
  auto schema = std::make_shared<std::string>();
  AddSchemaOption(*command, *schema);
  command->require_subcommand(0, 1);
  CLI::App* test = command->add_subcommand(
      "test", "Load all schemas, and run the examples that the rules carry");
  AddSchemaOption(*test, *schema);
  test->footer("Example:\n  tupu schema test --schema my-schemas");
  command->footer("Example:\n  tupu schema --schema my-schemas");
  test->callback([schema, &action] { action = [schema] { return Test(*schema); }; });
  command->callback([command, schema, &action] {
    if (command->get_subcommands().empty()) action = [schema] { return RunSchema(*schema); };
  });
}

}  // namespace tupu::app
