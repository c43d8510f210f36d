// tupu scorer: learns which pairs of names are related, from annotated documents.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/command.h"
#include "app/console.h"
#include "app/schema_dir.h"
#include "app/table.h"
#include "extract/facts/scorer_trainer.h"

namespace tupu::app {
namespace {

struct Arguments {
  std::string docs;
  std::string gold;
  std::string out;
  std::string schema;
  extract::ScorerOptions options;
};

std::string Number(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", number);
  return text;
}

std::string Figures(const extract::Agreement& agreement) {
  return "precision " + Number(agreement.precision()) + " recall " + Number(agreement.recall()) +
         " F1 " + Number(agreement.f1());
}

std::string Line(const std::string& name, const extract::Agreement& rules,
                 const extract::Agreement& both) {
  return Pad(name, 16) + "  rules " + Figures(rules) + "  with scorer " + Figures(both) + "\n";
}

Result<ExitStatus> Train(const Arguments& arguments) {
  TUPU_ASSIGN(const auto schema, FindSchemaDir(arguments.schema));
  TUPU_ASSIGN(const extract::ScorerReport report,
              extract::TrainScorer(schema, arguments.docs, arguments.gold, arguments.out,
                                   arguments.options));
  Output out;
  out.Write("trained on " + std::to_string(report.documents) + " documents, " +
            std::to_string(report.pairs) + " pairs: " + std::to_string(report.weights) +
            " weights, " + std::to_string(report.bytes) + " bytes in " + arguments.out + "\n" +
            "cross-validation in " + std::to_string(arguments.options.folds) + " folds:\n");
  for (const auto& [type, rules] : report.rules.relations) {
    const auto both = report.both.relations.find(type);
    out.Write(Line(type, rules,
                   both == report.both.relations.end() ? extract::Agreement{} : both->second));
  }
  out.Write(Line("all relations", report.rules.all(), report.both.all()));
  out.Write(Line("entities", report.rules.entities, report.both.entities));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddScorer(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("scorer", "Train the scorer of relations");
  command->require_subcommand(1);
  CLI::App* train = command->add_subcommand("train", "Learn from annotated documents");
  auto arguments = std::make_shared<Arguments>();
  train->add_option("--docs", arguments->docs, "Documents")->type_name("DIR")->required();
  train->add_option("--gold", arguments->gold, "Their annotations, a JSON file each")
      ->type_name("DIR")
      ->required();
  train->add_option("--out", arguments->out, "Model to write")->type_name("FILE")->required();
  train->add_option("--folds", arguments->options.folds, "Parts of the cross-validation")
      ->type_name("N")
      ->check(CLI::Range(2, 100))
      ->capture_default_str();
  train->add_option("--seed", arguments->options.seed, "Order of documents and pairs")
      ->type_name("N")
      ->capture_default_str();
  AddSchemaOption(*train, arguments->schema);
  train->footer("Example:\n  tupu scorer train --docs docs --gold gold --out model.bin");
  train->callback([arguments, &action] { action = [arguments] { return Train(*arguments); }; });
}

}  // namespace tupu::app
