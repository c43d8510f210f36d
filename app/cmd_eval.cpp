// tupu eval: compares what is extracted with gold graphs.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "app/command.h"
#include "app/console.h"
#include "app/evaluation.h"
#include "app/extraction.h"
#include "app/output_file.h"
#include "app/pipeline.h"
#include "app/schema_dir.h"
#include "extract/ingest/reader.h"
#include "graph/eval/annotated_document.h"
#include "graph/eval/gold.h"
#include "graph/eval/score.h"

namespace tupu::app {
namespace {

constexpr std::size_t kGoldInFlightBytes = 32 << 20;

struct EvalOptions {
  std::string schema;
  std::string gold;
  std::string output;
  std::string errors;
  std::string format = "table";
  unsigned threads = 0;
  ExternalOptions external;
  std::vector<std::string> paths;
};

using Gold = std::vector<graph::AnnotatedDocument>;

const graph::AnnotatedDocument* FindById(const Gold& docs, const std::string& id) {
  const auto found =
      std::lower_bound(docs.begin(), docs.end(), id,
                       [](const auto& doc, const std::string& wanted) { return doc.id < wanted; });
  return found != docs.end() && found->id == id ? &*found : nullptr;
}

using Scores = std::map<std::string, graph::DocumentScore>;

struct Scored {
  std::string document;
  std::optional<graph::DocumentScore> score;
  std::optional<Error> error;
};

// Exactly what a reader of `tupu extract` would see is scored.
Result<graph::DocumentScore> ExtractAndScore(const Extraction& extractor,
                                             const graph::Document& doc,
                                             const graph::AnnotatedDocument& gold) {
  TUPU_ASSIGN(const graph::Claims claims, extractor.Extract(doc));
  TUPU_ASSIGN(
      const graph::AnnotatedDocument output,
      graph::ParseAnnotatedDocument(extract::ClaimsToJson(doc, claims, false), doc.id, nullptr));
  return graph::ScoreDocument(gold, &output, doc.text);
}

// Documents that nobody has annotated are passed over. Returns how many were rejected.
Result<std::uint64_t> ScoreInputs(const EvalOptions& options, const Extraction& extractor,
                                  const Gold& gold, Scores& scores) {
  std::optional<Result<extract::ReadReport>> read;
  std::uint64_t rejected = 0;
  const auto reject = [&](const std::string& where, const std::string& why) {
    ++rejected;
    PrintMessage(where + ": " + why);
  };
  Pipeline<graph::Document, Scored> pipeline(ThreadsOrDefault(options.threads), kGoldInFlightBytes);
  pipeline.Run(
      [&](const auto& emit) {
        read = extract::ReadDocuments(options.paths, {}, std::cin, [&](graph::Document doc) {
          if (FindById(gold, doc.id) == nullptr) return true;
          const std::size_t bytes = doc.text.size();
          return emit(std::move(doc), bytes);
        });
      },
      [&](graph::Document doc) {
        Scored out{doc.id, {}, {}};
        auto score = ExtractAndScore(extractor, doc, *FindById(gold, doc.id));
        if (score.ok()) {
          out.score = std::move(*score);
        } else {
          out.error = score.error();
        }
        return out;
      },
      [&](Scored scored) {
        if (scored.error) {
          reject(scored.document, scored.error->message);
        } else if (!scores.emplace(scored.document, std::move(*scored.score)).second) {
          reject(scored.document, "stands more than once in this run; the first is scored");
        }
        return true;
      });
  if (read && !read->ok()) return read->error();
  if (read) {
    for (const extract::Rejection& rejection : (*read)->rejections) {
      PrintMessage(rejection.where + ": " + rejection.reason);
    }
    rejected += (*read)->rejected;
  }
  return rejected;
}

Status ScoreOutput(const EvalOptions& options, const Gold& gold, Scores& scores) {
  TUPU_ASSIGN(const Gold output, graph::ReadGold(options.output, nullptr));
  for (const graph::AnnotatedDocument& doc : gold) {
    const graph::AnnotatedDocument* found = FindById(output, doc.id);
    if (found == nullptr) continue;
    scores.emplace(doc.id, graph::ScoreDocument(doc, found, found->text));
  }
  return {};
}

// Gold of annotation tools brings its texts.
Result<std::uint64_t> ScoreOwnTexts(const Extraction& extractor, const Gold& gold, Scores& scores) {
  std::uint64_t rejected = 0;
  for (const graph::AnnotatedDocument& doc : gold) {
    if (doc.text.empty()) {
      return Error{ErrorCode::kInvalidInput,
                   "this gold holds no text; expected PATH… to extract from, or --output FILE",
                   doc.id};
    }
    graph::Document input;
    input.id = doc.id;
    input.text = doc.text;
    auto score = ExtractAndScore(extractor, input, doc);
    if (score.ok()) {
      scores.emplace(doc.id, std::move(*score));
    } else {
      ++rejected;
      PrintMessage(doc.id + ": " + score.error().message);
    }
  }
  return rejected;
}

Result<ExitStatus> Run(const EvalOptions& options) {
  if (!options.paths.empty() && !options.output.empty()) {
    PrintMessage("eval: expected either PATH… to extract from, or --output FILE");
    return ExitStatus::kUsage;
  }
  TUPU_ASSIGN(const auto schema_dir, FindSchemaDir(options.schema));
  Scores scores;
  std::uint64_t rejected = 0;
  Gold gold;
  if (options.output.empty()) {
    TUPU_ASSIGN(const Extraction extractor, Extraction::Load(schema_dir, options.external));
    TUPU_ASSIGN(gold, graph::ReadGold(options.gold, &extractor.schema()));
    TUPU_ASSIGN(rejected, options.paths.empty() ? ScoreOwnTexts(extractor, gold, scores)
                                                : ScoreInputs(options, extractor, gold, scores));
  } else {
    TUPU_ASSIGN(const graph::Schema schema, graph::Schema::Load(schema_dir));
    TUPU_ASSIGN(gold, graph::ReadGold(options.gold, &schema));
    TUPU_TRY(ScoreOutput(options, gold, scores));
  }

  std::vector<graph::DocumentScore> all;
  for (const graph::AnnotatedDocument& doc : gold) {
    const auto found = scores.find(doc.id);
    all.push_back(found != scores.end() ? std::move(found->second)
                                        : graph::ScoreDocument(doc, nullptr, doc.text));
    if (all.back().missing) PrintMessage(doc.id + ": annotated, but not among the documents");
  }
  if (!options.errors.empty()) {
    TUPU_ASSIGN(OutputFile file, OutputFile::Create(options.errors));
    file.Write(ErrorsText(all));
    TUPU_TRY(file.Commit());
  }
  const graph::Evaluation evaluation = graph::Evaluate(all);
  Output out;
  out.Write(options.format == "json" ? EvaluationJson(evaluation) + "\n"
                                     : EvaluationText(evaluation));
  TUPU_TRY(out.Finish());
  return rejected == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddEval(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("eval", "Compare what is extracted with gold graphs");
  auto options = std::make_shared<EvalOptions>();
  AddSchemaOption(*command, options->schema);
  AddThreadsOption(*command, options->threads);
  AddExternalOptions(*command, options->external);
  command
      ->add_option("--gold", options->gold,
                   "Gold: a folder of .json or of brat, or JSON Lines (doccano too)")
      ->type_name("PATH")
      ->required();
  command->add_option("--output", options->output, "Score this output of tupu extract instead")
      ->type_name("FILE");
  command->add_option("--errors", options->errors, "Write every false positive and negative here")
      ->type_name("FILE");
  command->add_option("--format", options->format, "table or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_option(
      "PATH", options->paths,
      "Documents to extract from, as for tupu extract (default: the gold's own texts)");
  command->footer(
      "Gold is matched to documents by id. Precision, recall and F1 of entities and relations "
      "stand with 95 % intervals from resampling the documents.\n"
      "Examples:\n"
      "  tupu eval --gold gold/ docs/\n"
      "  tupu eval --gold gold/ --output facts.jsonl --errors errors.tsv");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
