// tupu repl: the interactive shell; without a terminal it runs what standard input holds.
#include <CLI/CLI.hpp>
#include <iostream>

#include "app/command.h"
#include "app/console.h"
#include "app/interrupt.h"
#include "app/judging.h"
#include "app/limits.h"
#include "app/line_editor.h"
#include "app/repl.h"

namespace tupu::app {
namespace {

constexpr std::size_t kMaxLineBytes = 16 << 20;

struct ReplOptions {
  StoreOptions store;
  std::string format = "table";
  LimitOptions limits;
  double transaction_timeout = 300;  // seconds
  std::string judgements;
};

Result<ExitStatus> RunPiped(Repl& repl, Output& out) {
  std::string line;
  while (!repl.done() && std::getline(std::cin, line)) {
    if (line.size() > kMaxLineBytes) {
      return Error(ErrorCode::kLimit, "a line is longer than 16 MB", "standard input");
    }
    repl.Line(line, false);
    repl.TakeRun();
  }
  if (!repl.done()) repl.End();
  TUPU_TRY(out.Finish());
  return repl.errors() == 0 ? ExitStatus::kDone : ExitStatus::kFailed;
}

Result<ExitStatus> RunOnTerminal(Repl& repl, const OpenedStore& opened, Output& out) {
  TUPU_ASSIGN(const graph::StoreCounts counts, opened.store->Snapshot().Counts());
  out.Write("tupu " TUPU_VERSION ": " + CountText(counts.nodes, "node") + ", " +
            CountText(counts.edges, "edge") + ", " + CountText(counts.documents, "document") +
            ". :help helps, :quit leaves.\n");
  out.Flush();
  InterruptGuard guard(false);
  LineEditor editor(DefaultHistoryFile(),
                    [&](std::string_view before) { return repl.Complete(before); });
  std::string line;
  while (!repl.done()) {
    const std::string prompt = !repl.pending() ? repl.in_transaction() ? "tupu*> " : "tupu> "
                               : repl.open_quote() != 0
                                   ? std::string("   ") + repl.open_quote() + "> "
                                   : "   -> ";
    const auto outcome = editor.Read(prompt, line);
    if (outcome == LineEditor::Outcome::kEnd) {
      out.Write("\n");
      break;
    }
    if (outcome == LineEditor::Outcome::kInterrupted) {
      repl.Abort();
      continue;
    }
    guard.Clear();
    repl.Line(line, true);
    for (const std::string& stmt : repl.TakeRun()) editor.Remember(stmt);
  }
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

Result<ExitStatus> Run(const ReplOptions& options) {
  TUPU_ASSIGN(OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadOnly));
  Output out;
  ReplSettings settings;
  settings.format = *FindRowFormat(options.format);
  settings.limits = LimitsOf(options.limits);
  settings.idle =
      std::chrono::milliseconds(static_cast<std::int64_t>(options.transaction_timeout * 1000));
  settings.judgements = options.judgements;
  Repl repl(opened, options.store.store, settings, out);
  return IsTerminal(0) && IsTerminal(1) ? RunOnTerminal(repl, opened, out) : RunPiped(repl, out);
}

}  // namespace

void AddRepl(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("repl", "Ask the graph interactively");
  auto options = std::make_shared<ReplOptions>();
  AddStoreOptions(*command, options->store);
  command->add_option("--format", options->format, "How rows are shown: table, csv, json or jsonl")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "csv", "json", "jsonl"}))
      ->capture_default_str();
  AddLimitOptions(*command, options->limits);
  AddJudgementsOption(*command, options->judgements);
  command
      ->add_option("--transaction-timeout", options->transaction_timeout,
                   "How long a transaction may lie idle before it is rolled back, in seconds")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 4e6))
      ->capture_default_str();
  command->footer(
      "Without a terminal the statements on standard input are run, separated by semicolons.\n"
      "Examples:\n"
      "  tupu repl --store graph.db\n"
      "  tupu repl --store graph.db --format csv < questions.cypher");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
