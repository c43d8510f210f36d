// tupu build: documents into a store.
#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "app/command.h"
#include "app/console.h"
#include "app/ingest.h"
#include "app/interrupt.h"
#include "app/judging.h"
#include "app/progress.h"
#include "app/schema_dir.h"

namespace tupu::app {
namespace {

namespace fs = std::filesystem;

struct BuildOptions {
  StoreOptions store;
  unsigned threads = 0;
  ExternalOptions external;
  bool sync = false;
  std::uint64_t batch = 4096;  // KiB
  std::string judgements;
  std::vector<std::string> paths;
};

// Bytes below the paths, for the progress bar alone: what cannot be read counts as nothing. 0 if
// standard input is among them.
std::uint64_t TotalBytes(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  std::error_code error;
  const auto add = [&](const fs::path& file) {
    const auto size = fs::file_size(file, error);
    if (!error) total += size;
  };
  for (const std::string& path : paths) {
    if (path == "-") return 0;
    if (!fs::is_directory(path, error)) {
      add(path);
      continue;
    }
    fs::recursive_directory_iterator walk(path, fs::directory_options::skip_permission_denied,
                                          error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      std::error_code kind;
      if (walk->is_regular_file(kind)) add(walk->path());
    }
  }
  return total;
}

void PrintSummary(Output& out, const IngestReport& report, const graph::StoreCounts& counts,
                  double seconds) {
  const graph::ApplyReport& applied = report.applied;
  std::string line = "read " + CountText(report.documents, "document") + ": " +
                     std::to_string(applied.added) + " added, " +
                     std::to_string(applied.corrected) + " corrected, " +
                     std::to_string(applied.unchanged) + " unchanged";
  if (report.repeated != 0) line += ", " + std::to_string(report.repeated) + " repeated";
  line += ", " + std::to_string(report.rejected) + " rejected\n";
  if (report.reextracted != 0) {
    line +=
        "extracted again with these schemas: " + CountText(report.reextracted, "stored document") +
        "\n";
  }
  line += BytesText(static_cast<double>(report.text_bytes)) + " of text in " + SecondsText(seconds);
  if (seconds > 0) {
    line += ", " + BytesText(static_cast<double>(report.text_bytes) / seconds) + "/s";
  }
  line += "\nstore: " + CountText(counts.documents, "document") + ", " +
          CountText(counts.statements, "statement") + ", " + CountText(counts.nodes, "node") +
          ", " + CountText(counts.edges, "edge") + "\n";
  out.Write(line);
}

Result<ExitStatus> Run(const BuildOptions& options) {
  TUPU_ASSIGN(const fs::path schema_dir, FindSchemaDir(options.store.schema));
  TUPU_ASSIGN(const Extraction extractor, Extraction::Load(schema_dir, options.external));
  TUPU_ASSIGN(const auto store, graph::Store::Open(options.store.store, graph::OpenMode::kCreate,
                                                   extractor.schema()));
  TUPU_ASSIGN(const JudgementFile judged,
              JudgementFile::Open(*store, options.store.store, options.judgements, true));

  // Loading the schemas takes the same time for one document and for a million: no part of the
  // rate.
  const auto start = std::chrono::steady_clock::now();
  const InterruptGuard guard;
  ProgressBar bar(IsTerminal(2) ? TotalBytes(options.paths) : 0);
  IngestOptions ingest;
  ingest.threads = ThreadsOrDefault(options.threads);
  ingest.sync = options.sync;
  ingest.batch_bytes = options.batch << 10;
  ingest.progress = [&](const IngestProgress& at) {
    bar.Show(at.documents, at.text_bytes, at.input_bytes);
    return InterruptGuard::raised() == 0;
  };
  TUPU_ASSIGN(const IngestReport report,
              Ingest(*store, extractor, options.paths, std::cin, ingest));
  bar.Clear();

  for (const extract::Rejection& rejection : report.rejections) {
    PrintMessage(rejection.where + ": " + rejection.reason);
  }
  if (report.rejected > report.rejections.size()) {
    PrintMessage("… and " + std::to_string(report.rejected - report.rejections.size()) + " more");
  }
  TUPU_ASSIGN(const graph::StoreCounts counts, store->Snapshot().Counts());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  Output out;
  PrintSummary(out, report, counts, seconds.count());
  if (const std::size_t lines = judged.judgements().lines().size(); lines > 0) {
    out.Write(CountText(lines, "judgement") + " applied\n");
  }
  TUPU_TRY(out.Finish());
  if (report.stopped) {
    PrintMessage("interrupted; what the summary counts is stored, run again for the rest");
    return ExitStatus::kInterrupted;
  }
  return report.rejected == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddBuild(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("build", "Read documents into a store");
  auto options = std::make_shared<BuildOptions>();
  AddStoreOptions(*command, options->store);
  AddThreadsOption(*command, options->threads);
  AddExternalOptions(*command, options->external);
  command
      ->add_option("PATH", options->paths,
                   "Files or folders of .txt, .html, .json and .jsonl; - is standard input")
      ->required();
  AddJudgementsOption(*command, options->judgements);
  command->add_flag("--sync", options->sync,
                    "Wait for the disk after every commit: then a power failure loses nothing "
                    "committed, and killing the program never does");
  command
      ->add_option("--batch", options->batch,
                   "Text in one commit, in KiB: less is kept sooner, more is built faster "
                   "(default: 4096)")
      ->type_name("KIB")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 20));
  command->footer(
      "A JSON document is {\"id\",\"title\",\"source\",\"url\",\"date\",\"text\"}; only \"text\" "
      "is "
      "needed.\n"
      "A document with a known id and another text corrects the stored one; one that has not "
      "changed is not read again.\n"
      "Examples:\n"
      "  tupu build --store graph.db articles/\n"
      "  zcat news.jsonl.gz | tupu build --store graph.db --threads 8 -");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
