// tupu gold: gold graphs made elsewhere, in one form.
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/console.h"
#include "app/schema_dir.h"
#include "graph/eval/gold.h"

namespace tupu::app {
namespace {

struct GoldOptions {
  std::string schema;
  std::string path;
};

Result<ExitStatus> Run(const GoldOptions& options) {
  TUPU_ASSIGN(const auto schema_dir, FindSchemaDir(options.schema));
  TUPU_ASSIGN(const graph::Schema schema, graph::Schema::Load(schema_dir));
  TUPU_ASSIGN(const auto docs, graph::ReadGold(options.path, &schema));
  Output out;
  for (const graph::AnnotatedDocument& doc : docs) {
    if (!out.Write(graph::ToJson(doc) + "\n")) break;
  }
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddGold(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("gold", "Print annotations of brat or doccano as gold");
  auto options = std::make_shared<GoldOptions>();
  AddSchemaOption(*command, options->schema);
  command
      ->add_option("PATH", options->path,
                   "A folder of brat's, an export of doccano's with relations, or gold")
      ->required();
  command->footer(
      "One JSON object a document and line, sorted by id: id, entities, relations, text. It is "
      "what tupu eval --gold reads; mistakes in the annotations are named with file and line.\n"
      "Notes of annotators hold properties as “title=主任; date=2026-03”, further forms as alias=, "
      "another name than the longest form as name=.\n"
      "Example:\n  tupu extract --format brat --out brat docs/   # correct it in brat, then\n"
      "  tupu gold brat > gold.jsonl");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
