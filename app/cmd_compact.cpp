// tupu compact: writes a store anew without what corrections and removals left in it.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>

#include "app/command.h"
#include "app/console.h"

namespace tupu::app {
namespace {

std::uint64_t BytesIn(const std::filesystem::path& dir) {
  std::uint64_t bytes = 0;
  std::error_code code;
  for (std::filesystem::directory_iterator it(dir, code), end; !code && it != end;
       it.increment(code)) {
    std::error_code gone;  // a file that is dropped meanwhile counts as none
    const std::uint64_t size = it->file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

Result<ExitStatus> RunCompact(const StoreOptions& options) {
  const std::uint64_t before = BytesIn(options.store);
  {
    TUPU_ASSIGN(const OpenedStore opened, OpenStore(options, graph::OpenMode::kReadWrite));
    TUPU_TRY(opened.store->Compact());
  }
  Output out;
  out.Write(CountText(before, "byte") + " before, " + CountText(BytesIn(options.store), "byte") +
            " now\n");
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

}  // namespace

void AddCompact(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("compact", "Give back the room that corrections and removals left");
  auto options = std::make_shared<StoreOptions>();
  AddStoreOptions(*command, *options);
  command->footer(
      "Needs free space of about the store's size for a while. A store also tidies itself while "
      "it is written to; this is for after large removals.\n"
      "Example:\n  tupu compact --store graph.db");
  command->callback([options, &action] { action = [options] { return RunCompact(*options); }; });
}

}  // namespace tupu::app
