// tupu check: holds every index of a store against every other.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>

#include "app/command.h"
#include "app/console.h"

namespace tupu::app {
namespace {

Result<ExitStatus> RunCheck(const StoreOptions& options) {
  std::error_code error;
  if (!std::filesystem::exists(options.store, error)) {
    return Error(ErrorCode::kNotFound, error ? error.message() : "no such folder", options.store);
  }
  Output out;
  const auto opened = OpenStore(options, graph::OpenMode::kReadOnly);
  if (!opened.ok() && opened.error().code == ErrorCode::kNotFound) {
    out.Write("empty\n");
    TUPU_TRY(out.Finish());
    return ExitStatus::kDone;
  }
  if (!opened.ok()) return opened.error();
  TUPU_ASSIGN(const std::vector<std::string> findings, opened->store->Check());
  for (const std::string& finding : findings) out.Write(Printable(finding) + "\n");
  if (findings.empty()) {
    TUPU_ASSIGN(const graph::StoreCounts counts, opened->store->Snapshot().Counts());
    const bool empty = counts.documents + counts.statements + counts.nodes + counts.edges == 0;
    out.Write(empty ? "empty\n"
                    : "clean: " + CountText(counts.documents, "document") + ", " +
                          CountText(counts.statements, "statement") + ", " +
                          CountText(counts.nodes, "node") + ", " + CountText(counts.edges, "edge") +
                          "\n");
  }
  TUPU_TRY(out.Finish());
  return findings.empty() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddCheck(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("check", "Check that a store agrees with itself");
  auto options = std::make_shared<StoreOptions>();
  AddStoreOptions(*command, *options);
  command->footer(
      "Prints \"clean\" with counts, \"empty\" where nothing was ever stored, or one line for each "
      "thing found wrong (exit status 1).\n"
      "Example:\n  tupu check --store graph.db");
  command->callback([options, &action] { action = [options] { return RunCheck(*options); }; });
}

}  // namespace tupu::app
