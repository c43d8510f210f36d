// tupu, the program: chooses the command, runs it, and turns what went wrong into a message and
// an exit status.
#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <new>

#include "app/command.h"
#include "app/console.h"
#include "app/interrupt.h"

namespace tupu::app {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  tupu build --store graph.db articles/\n"
    "  tupu query --store graph.db 'MATCH (o)-[:ISSUED]->(p:Policy) RETURN o.name, p.name'\n"
    "  tupu why --store graph.db 上海市\n"
    "\n"
    "Exit status: 0 done, 1 failed or something was rejected, 2 wrong usage.\n"
    "`tupu COMMAND --help` tells more about a command.";

int Usage(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {  // --help, --version
    Output out;
    const auto* version = dynamic_cast<const CLI::CallForVersion*>(&error);
    out.Write(version != nullptr ? std::string(error.what()) + "\n" : app.help());
    return out.Finish().ok() ? 0 : 1;
  }
  PrintMessage(error.what());
  const auto chosen = app.get_subcommands();
  PrintError("Try `tupu " + (chosen.empty() ? std::string() : chosen.front()->get_name() + " ") +
             "--help`.\n");
  return static_cast<int>(ExitStatus::kUsage);
}

int Run(int argc, char** argv) {
  CLI::App app{
      "tupu (图谱) turns Chinese policy and economy news into a knowledge graph, and answers "
      "questions to it in openCypher."};
  app.name("tupu");
  app.set_version_flag("--version", "tupu " TUPU_VERSION);
  app.set_help_flag("-h,--help", "Print this and leave");
  app.footer(kFooter);
  app.require_subcommand(1);

  Action action;
  AddBuild(app, action);
  AddExtract(app, action);
  AddEval(app, action);
  AddGold(app, action);
  AddQuery(app, action);
  AddRepl(app, action);
  AddSearch(app, action);
  AddWhy(app, action);
  AddExport(app, action);
  AddImport(app, action);
  AddStats(app, action);
  AddMerge(app, action);
  AddSplit(app, action);
  AddReject(app, action);
  AddReview(app, action);
  AddOrigins(app, action);
  AddRm(app, action);
  AddCheck(app, action);
  AddCompact(app, action);
  AddBackup(app, action);
  AddRestore(app, action);
  AddSchema(app, action);
  AddTagger(app, action);
  AddScorer(app, action);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Usage(app, error);
  }
  const Result<ExitStatus> result = action();
  if (!result.ok()) {
    PrintMessage(result.error().ToString());
    return static_cast<int>(ExitStatusOf(result.error().code));
  }
  if (*result == ExitStatus::kInterrupted) DieOfNotedSignal();
  return static_cast<int>(*result);
}

}  // namespace
}  // namespace tupu::app

int main(int argc, char** argv) {
  // A reader that has gone shows as a failed write, which Output understands.
  std::signal(SIGPIPE, SIG_IGN);
  // A file beyond the user's limit likewise.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return tupu::app::Run(argc, argv);
  } catch (const std::bad_alloc&) {
    tupu::app::PrintMessage("out of memory");
  } catch (const std::exception& error) {
    tupu::app::PrintMessage(std::string("this is a bug, please report it: ") + error.what());
  }
  return static_cast<int>(tupu::app::ExitStatus::kFailed);
}
