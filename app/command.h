// One command of the program: what it adds to the command line, and what it does.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/exit_status.h"
#include "graph/base/error.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace CLI {
class App;
}

namespace tupu::app {

// Set by the command that the command line chose; run by main. A returned error is printed and
// gives the exit status of its code.
using Action = std::function<Result<ExitStatus>()>;

void AddBackup(CLI::App& app, Action& action);
void AddBuild(CLI::App& app, Action& action);
void AddCheck(CLI::App& app, Action& action);
void AddEval(CLI::App& app, Action& action);
void AddCompact(CLI::App& app, Action& action);
void AddExport(CLI::App& app, Action& action);
void AddExtract(CLI::App& app, Action& action);
void AddGold(CLI::App& app, Action& action);
void AddImport(CLI::App& app, Action& action);
void AddMerge(CLI::App& app, Action& action);
void AddQuery(CLI::App& app, Action& action);
void AddReject(CLI::App& app, Action& action);
void AddRepl(CLI::App& app, Action& action);
void AddRestore(CLI::App& app, Action& action);
void AddReview(CLI::App& app, Action& action);
void AddOrigins(CLI::App& app, Action& action);
void AddRm(CLI::App& app, Action& action);
void AddSchema(CLI::App& app, Action& action);
void AddScorer(CLI::App& app, Action& action);
void AddSearch(CLI::App& app, Action& action);
void AddSplit(CLI::App& app, Action& action);
void AddStats(CLI::App& app, Action& action);
void AddTagger(CLI::App& app, Action& action);
void AddWhy(CLI::App& app, Action& action);

// The options that most commands have.
struct StoreOptions {
  std::string store;
  std::string schema;
};
void AddSchemaOption(CLI::App& command, std::string& schema);
void AddStoreOptions(CLI::App& command, StoreOptions& options);
// Both --threads; 0 means as many as the machine has.
void AddThreadsOption(CLI::App& command, unsigned& threads);
unsigned ThreadsOrDefault(unsigned threads);

// A store and the schema that it needs, opened together.
struct OpenedStore {
  std::unique_ptr<graph::Schema> schema;
  std::unique_ptr<graph::Store> store;
};
// kNotFound in a way that people understand where there is no store.
Result<OpenedStore> OpenStore(const StoreOptions& options, graph::OpenMode mode);

}  // namespace tupu::app
