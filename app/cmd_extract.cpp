// tupu extract: what documents say, one JSON line each, without a store.
#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>

#include "app/brat_folder.h"
#include "app/command.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/pipeline.h"
#include "app/schema_dir.h"
#include "graph/eval/doccano.h"
#include "graph/eval/standoff.h"

namespace tupu::app {
namespace {

constexpr std::size_t kInFlightBytes = 32 << 20;

struct ExtractOptions {
  std::string schema;
  unsigned threads = 0;
  bool explain = false;
  ExternalOptions external;
  std::string format = "json";
  std::string folder;  // of brat
  std::vector<std::string> paths;
};

struct Input {
  graph::Document doc;
  bool decoded = false;
};

struct PrintedLine {
  std::string document;
  std::string text;                         // with its line feed
  std::optional<graph::Standoff> standoff;  // instead of `text`, for brat
  std::optional<Error> error;
};

// What the command prints of one document.
void Print(const ExtractOptions& options, const Input& in, const graph::Claims& claims,
           PrintedLine& line) {
  if (options.format == "brat") {
    line.standoff = graph::ToStandoff(in.doc, claims);
  } else if (options.format == "doccano") {
    line.text = graph::ToDoccano(graph::ToStandoff(in.doc, claims)) + "\n";
  } else {
    // Who cannot see the text that the places count in gets it.
    line.text = extract::ClaimsToJson(in.doc, claims, in.decoded) + "\n";
  }
}

Result<ExitStatus> Run(const ExtractOptions& options) {
  if ((options.format == "brat") == options.folder.empty()) {
    PrintMessage("extract: expected --format brat and --out DIR together");
    return ExitStatus::kUsage;
  }
  TUPU_ASSIGN(const auto schema_dir, FindSchemaDir(options.schema));
  TUPU_ASSIGN(const Extraction extractor, Extraction::Load(schema_dir, options.external));

  std::optional<BratFolder> folder;
  if (options.format == "brat") {
    TUPU_ASSIGN(folder, BratFolder::Create(options.folder, extractor.schema()));
  }

  Output out;
  std::optional<Result<extract::ReadReport>> read;
  std::uint64_t rejected = 0;
  Pipeline<Input, PrintedLine> pipeline(ThreadsOrDefault(options.threads), kInFlightBytes);
  pipeline.Run(
      [&](const auto& emit) {
        read = extract::ReadDocuments(options.paths, {}, std::cin,
                                      [&](graph::Document doc, const extract::Origin& origin) {
                                        const std::size_t bytes = doc.text.size();
                                        return emit({std::move(doc), origin.decoded}, bytes);
                                      });
      },
      [&](Input in) {
        const graph::Document& doc = in.doc;
        PrintedLine line;
        line.document = doc.id;
        std::string explanation;
        const auto claims = extractor.Extract(doc, options.explain ? &explanation : nullptr);
        if (!claims.ok()) {
          line.error = claims.error();
        } else if (options.explain) {
          line.text = std::move(explanation);
        } else {
          Print(options, in, *claims, line);
        }
        return line;
      },
      [&](PrintedLine line) {
        if (line.standoff) {
          const Status written = folder->Write(*line.standoff);
          if (!written.ok()) line.error = written.error();
        }
        if (!line.error) return out.Write(line.text);
        ++rejected;
        PrintMessage(line.document + ": " + line.error->message);
        return true;
      });
  TUPU_TRY(out.Finish());
  if (read && !read->ok()) return read->error();
  if (read) {
    for (const extract::Rejection& rejection : (*read)->rejections) {
      PrintMessage(rejection.where + ": " + rejection.reason);
    }
    rejected += (*read)->rejected;
  }
  return rejected == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddExtract(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("extract", "Print what documents say, without a store");
  auto options = std::make_shared<ExtractOptions>();
  AddSchemaOption(*command, options->schema);
  AddThreadsOption(*command, options->threads);
  AddExternalOptions(*command, options->external);
  command->add_flag("--explain", options->explain,
                    "Print what each layer found, for people, instead of JSON");
  command->add_option("--format", options->format, "json, brat or doccano")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "brat", "doccano"}))
      ->capture_default_str()
      ->excludes("--explain");
  command->add_option("--out", options->folder, "New folder for brat's files")->type_name("DIR");
  command
      ->add_option("PATH", options->paths,
                   "Files or folders of .txt, .html, .json and .jsonl; - is standard input")
      ->required();
  command->footer(
      "One JSON object a document and line, in the order of reading: id, title, date, entities, "
      "relations. Places are half-open ranges of code points.\n"
      "--format brat and doccano write what annotators correct; tupu gold and tupu eval read it "
      "back.\n"
      "Examples:\n"
      "  tupu extract articles/ > facts.jsonl\n"
      "  tupu extract --explain article.txt\n"
      "  tupu extract --extractor './my_rules.sh' articles/");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
