// tupu tagger: trains the statistical tagger, and measures one.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/command.h"
#include "app/console.h"
#include "app/schema_dir.h"
#include "app/table.h"
#include "extract/ner/gazetteer.h"
#include "extract/ner/tagger.h"
#include "extract/ner/tagger_trainer.h"

namespace tupu::app {
namespace {

struct TrainArguments {
  std::string out;
  std::string schema;
  std::vector<std::string> files;
  extract::TrainOptions options;
};

struct EvalArguments {
  std::string model;
  std::string schema;
  std::string file;
};

std::string Format(const char* format, double number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

// Known names are features, so the tagger is trained, measured and run with the same gazetteers.
Result<ExitStatus> Train(const TrainArguments& arguments) {
  TUPU_ASSIGN(const auto dir, FindSchemaDir(arguments.schema));
  TUPU_ASSIGN(const extract::Gazetteer gazetteer, extract::Gazetteer::Load(dir));
  extract::TrainOptions options = arguments.options;
  options.gazetteer = &gazetteer;
  const std::vector<std::filesystem::path> files(arguments.files.begin(), arguments.files.end());
  const bool live = IsTerminal(2);
  int last_epoch = 0;
  const auto progress = [&](const extract::TrainProgress& at) {
    if (!live && at.sentences_done < at.sentences) return;
    if (!live && at.epoch == last_epoch) return;
    const std::string line = "epoch " + std::to_string(at.epoch) + " of " +
                             std::to_string(at.epochs) + "  " + std::to_string(at.sentences_done) +
                             "/" + std::to_string(at.sentences) + " sentences  loss " +
                             Format("%.4f", at.loss);
    const bool done = at.sentences_done >= at.sentences;
    if (done) last_epoch = at.epoch;
    PrintError((live ? "\r\x1b[K" : "") + line + (live && !done ? "" : "\n"));
  };
  TUPU_ASSIGN(const extract::TrainReport report,
              extract::TrainTagger(files, arguments.out, options, progress));
  Output out;
  out.Write("trained on " + std::to_string(report.sentences) + " sentences, " +
            std::to_string(report.characters) + " characters: " + std::to_string(report.features) +
            " features, " + std::to_string(report.bytes) + " bytes in " + arguments.out + "\n");
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

std::string ScoreLine(const extract::LabelScore& score, std::size_t width) {
  return Pad(score.label, width) + " precision " + Format("%.4f", score.precision()) + " recall " +
         Format("%.4f", score.recall()) + " F1 " + Format("%.4f", score.f1()) + "\n";
}

Result<ExitStatus> Evaluate(const EvalArguments& arguments) {
  TUPU_ASSIGN(const auto dir, FindSchemaDir(arguments.schema));
  TUPU_ASSIGN(const extract::Gazetteer gazetteer, extract::Gazetteer::Load(dir));
  const std::filesystem::path model = arguments.model.empty()
                                          ? dir / "tagger" / "model.bin"
                                          : std::filesystem::path(arguments.model);
  TUPU_ASSIGN(const auto tagger, extract::Tagger::Load(model, gazetteer.entries()));
  TUPU_ASSIGN(const extract::Evaluation result,
              extract::EvaluateTagger(tagger, arguments.file, &gazetteer));
  Output out;
  std::size_t width = 3;
  for (const auto& score : result.labels) width = std::max(width, score.label.size());
  for (const auto& score : result.labels) out.Write(ScoreLine(score, width));
  // Programs read the last line: single spaces.
  out.Write(ScoreLine(result.all, 0));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddTagger(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("tagger", "Train and measure the statistical tagger");
  command->require_subcommand(1);

  CLI::App* train = command->add_subcommand("train", "Make a model from labelled sentences");
  auto arguments = std::make_shared<TrainArguments>();
  train->add_option("--out", arguments->out, "Model to write")->type_name("FILE")->required();
  AddSchemaOption(*train, arguments->schema);
  train->add_option("--epochs", arguments->options.epochs, "Rounds over the data")
      ->type_name("N")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  train->add_option("--seed", arguments->options.seed, "Order of the sentences")
      ->type_name("N")
      ->capture_default_str();
  train
      ->add_option("--threshold", arguments->options.threshold,
                   "Weights below it are left out of the model")
      ->type_name("WEIGHT")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  train->add_option("FILE", arguments->files, "Labelled sentences, one character and label a line")
      ->required();
  train->footer("Example:\n  tupu tagger train --out news.model train.bio");
  train->callback([arguments, &action] { action = [arguments] { return Train(*arguments); }; });

  CLI::App* eval = command->add_subcommand("eval", "Measure a model on labelled sentences");
  auto wanted = std::make_shared<EvalArguments>();
  eval->add_option("--model", wanted->model, "Model (default: the one of the schemas)")
      ->type_name("FILE");
  AddSchemaOption(*eval, wanted->schema);
  eval->add_option("FILE", wanted->file, "Labelled sentences")->required();
  eval->footer("Example:\n  tupu tagger eval --model news.model test.bio");
  eval->callback([wanted, &action] { action = [wanted] { return Evaluate(*wanted); }; });
}

}  // namespace tupu::app
