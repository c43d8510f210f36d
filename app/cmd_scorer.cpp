// tupu scorer: trains what drops claims that are unlikely to hold.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/annotated_input.h"
#include "app/command.h"
#include "app/console.h"
#include "app/output_file.h"
#include "app/schema_dir.h"
#include "extract/extractor.h"
#include "extract/facts/claim_trainer.h"
#include "graph/eval/score.h"

namespace tupu::app {
namespace {

struct ScorerArguments {
  std::string schema;
  std::string out;
  AnnotatedPaths input;
  extract::ClaimTrainOptions options;
};

std::string PercentOf(std::size_t part, std::size_t whole) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f %%",
                whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

Status WriteClaimModel(const extract::ClaimModel& model, const std::string& file) {
  TUPU_ASSIGN(OutputFile out, OutputFile::Create(file));
  out.Write(extract::EncodeClaimModel(model));
  return out.Commit();
}

// The claims are made as they are without the scorer, and judged as `tupu eval` does.
Result<ExitStatus> TrainScorer(const ScorerArguments& arguments) {
  if (arguments.input.gold.empty() || arguments.input.documents.empty()) {
    PrintMessage("scorer: expected --gold and --documents");
    return ExitStatus::kUsage;
  }
  TUPU_ASSIGN(const auto dir, FindSchemaDir(arguments.schema));
  TUPU_ASSIGN(const auto extractor, extract::Extractor::Load(dir, {}, extract::Models::kTaggers));
  std::vector<extract::ClaimExample> examples;
  std::uint32_t document = 0;
  TUPU_ASSIGN(
      const std::uint64_t rejected,
      ReadAnnotated(arguments.input, extractor.schema(), [&](const auto& doc, const auto& gold) {
        return [&]() -> Status {
          TUPU_ASSIGN(const graph::Claims claims, extractor.Extract(doc));
          TUPU_ASSIGN(const auto output,
                      graph::ParseAnnotatedDocument(extract::ClaimsToJson(doc, claims, false),
                                                    doc.id, nullptr));
          const graph::DocumentScore score = graph::ScoreDocument(gold, &output, doc.text);
          auto right = score.relation_right.begin();
          for (const graph::LocalRelation& relation : claims.relations) {
            // What is denied is not told to readers of extractions.
            if (relation.status == graph::ClaimStatus::kDenied) continue;
            TUPU_CONTRACT(right != score.relation_right.end());
            extract::ClaimExample example;
            extract::CollectClaimFeatures(doc, claims, relation, example.features);
            example.document = document;
            example.right = *right++;
            examples.push_back(std::move(example));
          }
          ++document;
          return {};
        }();
      }));
  const extract::ClaimModel model = extract::TrainClaimModel(examples, arguments.options);
  TUPU_TRY(WriteClaimModel(model, arguments.out));
  constexpr std::uint32_t kFolds = 5;
  const extract::ClaimTrial trial = extract::CrossValidate(examples, arguments.options, kFolds);
  Output out;
  out.Write("trained on " + std::to_string(examples.size()) + " claims of " +
            std::to_string(document) + " documents: " + std::to_string(model.weights.size()) +
            " features in " + arguments.out + "\n");
  out.Write("in five folds: " + PercentOf(trial.right, trial.right + trial.wrong) +
            " of all claims are right, " +
            PercentOf(trial.right_kept, trial.right_kept + trial.wrong_kept) +
            " of those that stay; " + PercentOf(trial.right_kept, trial.right) +
            " of the right ones stay\n");
  TUPU_TRY(out.Finish());
  return rejected == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddScorer(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("scorer", "Train the scorer of claims");
  command->require_subcommand(1);
  CLI::App* train = command->add_subcommand("train", "Make a model from gold graphs");
  auto arguments = std::make_shared<ScorerArguments>();
  AddSchemaOption(*train, arguments->schema);
  train->add_option("--out", arguments->out, "Model to write")->type_name("FILE")->required();
  train
      ->add_option("--least", arguments->options.least,
                   "How likely a claim must be to hold, for it to stay")
      ->type_name("SHARE")
      ->check(CLI::Range(0.01, 0.99))
      ->capture_default_str();
  AddAnnotatedOptions(*train, arguments->input);
  train->footer(
      "Example:\n  tupu scorer train --out claims.bin --gold gold/ --documents articles/");
  train->callback(
      [arguments, &action] { action = [arguments] { return TrainScorer(*arguments); }; });
}

}  // namespace tupu::app
