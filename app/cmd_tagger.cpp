// tupu tagger: trains the statistical taggers, and measures them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "app/annotated_input.h"
#include "app/command.h"
#include "app/console.h"
#include "app/schema_dir.h"
#include "app/table.h"
#include "extract/extractor.h"
#include "extract/facts/name_fields.h"
#include "extract/ner/recogniser.h"
#include "extract/ner/tagger.h"
#include "extract/ner/tagger_trainer.h"
#include "graph/base/utf8.h"
#include "graph/eval/score.h"
#include "graph/model/schema.h"

namespace tupu::app {
namespace {

// Where labelled sentences come from.
struct CorpusArguments {
  std::string schema;
  std::vector<std::string> files;
  AnnotatedPaths annotated;
  bool fields = false;
};

struct TrainArguments {
  std::string out;
  CorpusArguments corpus;
  extract::TrainOptions options;
};

struct EvalArguments {
  std::string model;
  CorpusArguments corpus;
};

std::string Format(const char* format, double number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

// The forms of a gold graph's names. Officials are persons to a tagger, and classes of the economy
// are no names.
std::vector<extract::tagger::LabelledForm> FormsOf(const graph::AnnotatedDocument& gold) {
  std::vector<extract::tagger::LabelledForm> out;
  for (const graph::AnnotatedEntity& entity : gold.entities) {
    if (entity.type == "Industry") continue;
    const std::string label = entity.type == "Official" ? "Person" : entity.type;
    const auto add = [&](std::string_view form) {
      while (form.starts_with("《")) form.remove_prefix(3);
      while (form.ends_with("》")) form.remove_suffix(3);
      if (CountCodePoints(form) > 1) out.push_back({std::string(form), label});
    };
    add(entity.name);
    for (const std::string& alias : entity.aliases) add(alias);
  }
  return out;
}

// What a policy or an event of this name is about, or nothing where the gold graph does not have
// it.
std::optional<std::vector<extract::tagger::LabelledForm>> FieldsOf(
    const graph::AnnotatedDocument& gold, std::string_view type, std::string_view name) {
  const std::string folded = graph::FoldForm(name);
  const auto has_form = [&](const graph::AnnotatedEntity& entity) {
    return graph::FoldForm(entity.name) == folded ||
           std::any_of(entity.aliases.begin(), entity.aliases.end(),
                       [&](const std::string& alias) { return graph::FoldForm(alias) == folded; });
  };
  std::vector<extract::tagger::LabelledForm> out;
  bool known = false;
  for (std::size_t i = 0; i < gold.entities.size(); ++i) {
    if (gold.entities[i].type != type || !has_form(gold.entities[i])) continue;
    known = true;
    for (const graph::AnnotatedRelation& relation : gold.relations) {
      if (relation.type != "TARGETS" || relation.from != i) continue;
      const graph::AnnotatedEntity& to = gold.entities[relation.to];
      out.push_back({to.name, std::string(extract::kNameField)});
      for (const std::string& alias : to.aliases) {
        out.push_back({alias, std::string(extract::kNameField)});
      }
    }
  }
  if (!known) return std::nullopt;
  return out;
}

struct Labelled {
  extract::tagger::Corpus corpus;
  std::uint64_t rejected = 0;  // documents
};

// What the other layers say is a feature, so the tagger is trained, measured and run with the same
// gazetteers, lexicons and rules.
Result<Labelled> ReadSentences(const std::filesystem::path& dir, const CorpusArguments& arguments) {
  TUPU_ASSIGN(const graph::Schema schema, graph::Schema::Load(dir));
  TUPU_ASSIGN(const auto layers, extract::Recogniser::Load(dir, schema, {}, false));
  const std::vector<std::filesystem::path> files(arguments.files.begin(), arguments.files.end());
  Labelled out;
  TUPU_ASSIGN(out.corpus, extract::tagger::ReadCorpus(files));
  for (auto& sentence : out.corpus.sentences) layers.CluesOf(sentence.text, sentence.clues);
  if (arguments.annotated.documents.empty()) return out;
  TUPU_ASSIGN(
      out.rejected,
      ReadAnnotated(arguments.annotated, schema, [&](const auto& doc, const auto& gold) -> Status {
        const auto forms = FormsOf(gold);
        layers.ForEachSentence(doc, extract::SplitPage(doc),
                               [&](std::string_view text, const extract::Clues& clues) {
                                 out.corpus.Add(text, clues, forms);
                               });
        return {};
      }));
  return out;
}

// Names of policies and events, and which parts of them people say they are about. The names are
// those that extraction finds without its taggers: documents that one of them has learned from it
// reads better than others, and what it adds there would be trusted too much.
Result<Labelled> ReadNames(const std::filesystem::path& dir, const CorpusArguments& arguments) {
  TUPU_ASSIGN(const extract::Extractor extractor,
              extract::Extractor::Load(dir, {}, extract::Models::kNone));
  Labelled out;
  TUPU_ASSIGN(out.rejected, ReadAnnotated(arguments.annotated, extractor.schema(),
                                          [&](const auto& doc, const auto& gold) {
                                            return extractor.ForEachName(
                                                doc,
                                                [&](std::string_view type, std::string_view name,
                                                    const extract::Clues& clues) {
                                                  const auto forms = FieldsOf(gold, type, name);
                                                  if (forms) out.corpus.Add(name, clues, *forms);
                                                });
                                          }));
  return out;
}

Result<Labelled> ReadLabelled(const std::filesystem::path& dir, const CorpusArguments& arguments) {
  return arguments.fields ? ReadNames(dir, arguments) : ReadSentences(dir, arguments);
}

// Whether the options say where labelled sentences come from; says what is missing.
bool HasInput(const CorpusArguments& arguments) {
  const bool documents = !arguments.annotated.documents.empty();
  if (documents == arguments.annotated.gold.empty() || (!documents && arguments.files.empty())) {
    PrintMessage("tagger: expected FILE…, or --gold and --documents together");
    return false;
  }
  if (arguments.fields && (!documents || !arguments.files.empty())) {
    PrintMessage("tagger: expected --gold and --documents with --fields, and no FILE");
    return false;
  }
  return true;
}

Result<ExitStatus> Train(const TrainArguments& arguments) {
  if (!HasInput(arguments.corpus)) return ExitStatus::kUsage;
  TUPU_ASSIGN(const auto dir, FindSchemaDir(arguments.corpus.schema));
  TUPU_ASSIGN(Labelled labelled, ReadLabelled(dir, arguments.corpus));
  extract::TrainOptions options = arguments.options;
  options.wide = arguments.corpus.fields;  // there are few of them, and they are short
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
              extract::TrainTagger(std::move(labelled.corpus), arguments.out, options, progress));
  Output out;
  out.Write("trained on " + std::to_string(report.sentences) + " sentences, " +
            std::to_string(report.characters) + " characters: " + std::to_string(report.features) +
            " features, " + std::to_string(report.bytes) + " bytes in " + arguments.out + "\n");
  TUPU_TRY(out.Finish());
  return labelled.rejected == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

std::string ScoreLine(const extract::LabelScore& score, std::size_t width) {
  return Pad(score.label, width) + " precision " + Format("%.4f", score.precision()) + " recall " +
         Format("%.4f", score.recall()) + " F1 " + Format("%.4f", score.f1()) + "\n";
}

Result<ExitStatus> Evaluate(const EvalArguments& arguments) {
  if (!HasInput(arguments.corpus)) return ExitStatus::kUsage;
  TUPU_ASSIGN(const auto dir, FindSchemaDir(arguments.corpus.schema));
  TUPU_ASSIGN(const Labelled labelled, ReadLabelled(dir, arguments.corpus));
  const std::filesystem::path model =
      arguments.model.empty()
          ? dir / "tagger" / (arguments.corpus.fields ? "fields.bin" : "model.bin")
          : std::filesystem::path(arguments.model);
  TUPU_ASSIGN(const auto tagger, extract::Tagger::Load(model));
  const extract::Evaluation result = extract::EvaluateTagger(tagger, labelled.corpus);
  Output out;
  std::size_t width = 3;
  for (const auto& score : result.labels) width = std::max(width, score.label.size());
  for (const auto& score : result.labels) out.Write(ScoreLine(score, width));
  // Programs read the last line: single spaces.
  out.Write(ScoreLine(result.all, 0));
  TUPU_TRY(out.Finish());
  return labelled.rejected == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

void AddCorpusOptions(CLI::App& command, CorpusArguments& corpus) {
  AddSchemaOption(command, corpus.schema);
  AddAnnotatedOptions(command, corpus.annotated);
  command.add_flag("--fields", corpus.fields,
                   "Of the documents, what names of policies and events are about");
  command.add_option("FILE", corpus.files, "Labelled sentences, one character and label a line");
}

}  // namespace

void AddTagger(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("tagger", "Train and measure the statistical taggers");
  command->require_subcommand(1);

  CLI::App* train =
      command->add_subcommand("train", "Make a model from gold graphs or labelled sentences");
  auto arguments = std::make_shared<TrainArguments>();
  train->add_option("--out", arguments->out, "Model to write")->type_name("FILE")->required();
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
  train
      ->add_option("--recall-bias", arguments->options.recall_bias,
                   "Logits added to the beginning of a span: trades precision for recall")
      ->type_name("LOGITS")
      ->check(CLI::Range(-20.0, 20.0))
      ->capture_default_str();
  AddCorpusOptions(*train, arguments->corpus);
  train->footer(
      "Examples:\n"
      "  tupu tagger train --out news.model train.bio\n"
      "  tupu tagger train --out news.model --gold gold/ --documents articles/");
  train->callback([arguments, &action] { action = [arguments] { return Train(*arguments); }; });

  CLI::App* eval =
      command->add_subcommand("eval", "Measure a model on gold graphs or labelled sentences");
  auto wanted = std::make_shared<EvalArguments>();
  eval->add_option("--model", wanted->model, "Model (default: the one of the schemas)")
      ->type_name("FILE");
  AddCorpusOptions(*eval, wanted->corpus);
  eval->footer("Example:\n  tupu tagger eval --model news.model test.bio");
  eval->callback([wanted, &action] { action = [wanted] { return Evaluate(*wanted); }; });
}

}  // namespace tupu::app
