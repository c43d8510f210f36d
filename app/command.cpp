#include "app/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "app/schema_dir.h"

namespace tupu::app {

void AddSchemaOption(CLI::App& command, std::string& schema) {
  command.add_option("--schema", schema, "Folder of schemas (default: those that came with tupu)")
      ->type_name("DIR");
}

void AddStoreOptions(CLI::App& command, StoreOptions& options) {
  command.add_option("--store", options.store, "Folder of the store")->type_name("DIR")->required();
  AddSchemaOption(command, options.schema);
}

void AddThreadsOption(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "Threads (default: as many as the machine has)")
      ->type_name("N")
      ->check(CLI::Range(1u, 1024u));
}

unsigned ThreadsOrDefault(unsigned threads) {
  return threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
}

Result<OpenedStore> OpenStore(const StoreOptions& options, graph::OpenMode mode) {
  TUPU_ASSIGN(const auto dir, FindSchemaDir(options.schema));
  TUPU_ASSIGN(auto schema, graph::Schema::Load(dir));
  OpenedStore opened;
  opened.schema = std::make_unique<graph::Schema>(std::move(schema));
  TUPU_ASSIGN(opened.store, graph::Store::Open(options.store, mode, *opened.schema));
  return opened;
}

}  // namespace tupu::app
