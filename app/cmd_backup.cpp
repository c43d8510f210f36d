// tupu backup and tupu restore: numbered states of a store in a folder of their own.
#include <CLI/CLI.hpp>
#include <ctime>

#include "app/command.h"
#include "app/console.h"

namespace tupu::app {
namespace {

struct BackupOptions {
  StoreOptions store;
  std::string folder;
  std::uint32_t keep = 0;
  std::uint32_t number = 0;
  bool list = false;
};

std::string Line(const graph::BackupInfo& backup) {
  const auto seconds = static_cast<std::time_t>(backup.seconds);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char when[32];
  std::strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S UTC", &parts);
  return "backup " + std::to_string(backup.number) + ", " + when + ", " +
         CountText(backup.bytes, "byte") + "\n";
}

Result<ExitStatus> BackUp(const BackupOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  TUPU_ASSIGN(const graph::BackupInfo made, opened.store->BackUp(options.folder, options.keep));
  Output out;
  out.Write(Line(made));
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

Result<ExitStatus> Restore(const BackupOptions& options) {
  Output out;
  if (options.list) {
    TUPU_ASSIGN(const auto backups, graph::ListBackups(options.folder));
    for (const graph::BackupInfo& backup : backups) out.Write(Line(backup));
  } else {
    TUPU_ASSIGN(const graph::BackupInfo restored,
                graph::RestoreBackup(options.folder, options.number, options.store.store));
    // What was restored opens, and is of a version that this program reads.
    TUPU_TRY(OpenStore(options.store, graph::OpenMode::kReadOnly));
    out.Write("restored " + Line(restored));
  }
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddBackup(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("backup", "Add the state of a store to its backups");
  auto options = std::make_shared<BackupOptions>();
  AddStoreOptions(*command, options->store);
  command->add_option("FOLDER", options->folder, "Folder of the backups; made where missing")
      ->required();
  command->add_option("--keep", options->keep, "Drop all backups but the last N")
      ->type_name("N")
      ->check(CLI::Range(1u, 1000000u));
  command->footer(
      "Copies only what the last backup does not have. The store must not be written to "
      "meanwhile; reading may go on.\n"
      "Example:\n  tupu backup --store graph.db --keep 7 /backups/graph");
  command->callback([options, &action] { action = [options] { return BackUp(*options); }; });
}

void AddRestore(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("restore", "Make a store of a backup");
  auto options = std::make_shared<BackupOptions>();
  command->add_option("FOLDER", options->folder, "Folder of the backups")->required();
  CLI::Option* list = command->add_flag("--list", options->list, "Only print which there are");
  CLI::Option* store =
      command->add_option("--store", options->store.store, "Folder to make, missing or empty")
          ->type_name("DIR");
  AddSchemaOption(*command, options->store.schema);
  command->add_option("--number", options->number, "Which backup (default: the last)")
      ->type_name("N")
      ->check(CLI::Range(1u, 4000000000u));
  list->excludes(store);
  command->footer(
      "Every file is held against its checksum first; the store comes whole or not at all.\n"
      "Examples:\n  tupu restore /backups/graph --list\n"
      "  tupu restore /backups/graph --number 3 --store graph.db");
  command->callback([options, store, &action] {
    if (!options->list && store->count() == 0) throw CLI::RequiredError("--store or --list");
    action = [options] { return Restore(*options); };
  });
}

}  // namespace tupu::app
