// tck_runner FOLDER: runs every scenario of the Gherkin features below FOLDER, in memory and on
// RocksDB, and counts those that pass on both. Named graphs are taken from FOLDER/../graphs.
//
// With --known FILE the scenarios listed there, one "feature: scenario" a line, may fail; # begins
// a comment. Exit status 0: all others pass, and none of those does; 1: not so; 2: wrong usage; 77:
// FOLDER does not exist.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "tests/query/tck/scenario.h"
#include "tests/temp_folder.h"

namespace {

using namespace tupu;
using namespace tupu::query::tck;

struct Options {
  std::filesystem::path folder;
  std::set<std::string> known;
  std::string only;
  bool in_memory_only = false;
};

std::string ReadFile(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> ReadKnown(const std::filesystem::path& file) {
  std::set<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') out.insert(line);
  }
  return out;
}

// The scenarios know no schema; a store wants one, so it gets the smallest there is.
const graph::Schema& SmallSchema() {
  static const auto schema = graph::Schema::Parse(
      R"({"entity_types": [{"name": "Thing", "label": {"zh": "物", "en": "thing"}}],
          "relation_types": [{"name": "HAS", "from": ["Thing"], "to": ["Thing"],
                              "label": {"zh": "有", "en": "has"}}]})",
      "small schema");
  return *schema;
}

std::optional<std::string> RunIn(Result<std::unique_ptr<graph::Store>> store,
                                 const Scenario& scenario, const Options& options) {
  if (!store.ok()) return store.error().ToString();
  try {
    return Run(scenario, {**store, options.folder.parent_path() / "graphs"});
  } catch (const std::exception& error) {
    return std::string("a mistake of ours: ") + error.what();
  }
}

std::optional<std::string> RunOnBoth(const Scenario& scenario, const Options& options) {
  auto failure = RunIn(graph::Store::OpenInMemory(SmallSchema()), scenario, options);
  if (failure || options.in_memory_only) return failure;
  const std::filesystem::path folder = MakeTempFolder();
  failure = RunIn(graph::Store::Open(folder / "store", graph::OpenMode::kCreate, SmallSchema()),
                  scenario, options);
  std::filesystem::remove_all(folder);
  if (failure) *failure = "on RocksDB only: " + *failure;
  return failure;
}

int RunAll(const Options& options) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(options.folder)) {
    if (entry.path().extension() == ".feature") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::size_t passed = 0, failed = 0, surprises = 0;
  for (const std::filesystem::path& file : files) {
    const auto scenarios = ParseFeature(ReadFile(file), file.string());
    if (!scenarios.ok()) {
      std::cout << "FAILED " << scenarios.error().ToString() << "\n";
      ++failed;
      ++surprises;
      continue;
    }
    for (const Scenario& scenario : *scenarios) {
      const std::string name = scenario.feature + ": " + scenario.name;
      if (name.find(options.only) == std::string::npos) continue;
      const auto failure = RunOnBoth(scenario, options);
      const bool known = options.known.contains(name);
      ++(failure ? failed : passed);
      if (failure) {
        std::cout << (known ? "KNOWN  " : "FAILED ") << name << "\n  " << *failure << "\n";
      } else if (known) {
        std::cout << "PASSES, though listed as failing: " << name << "\n";
      }
      if (failure.has_value() != known) ++surprises;
    }
  }
  std::cout << passed << " passed, " << failed << " failed" << std::endl;
  return surprises == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--known" && i + 1 < argc) {
      options.known = ReadKnown(argv[++i]);
    } else if (argument == "--only" && i + 1 < argc) {
      options.only = argv[++i];
    } else if (argument == "--in-memory") {
      options.in_memory_only = true;
    } else if (options.folder.empty() && !argument.starts_with("-")) {
      options.folder = std::filesystem::path(argument).lexically_normal();
      if (!options.folder.has_filename()) options.folder = options.folder.parent_path();
    } else {
      options.folder.clear();
      break;
    }
  }
  if (options.folder.empty()) {
    std::cerr << "usage: tck_runner [--known FILE] [--only PIECE] [--in-memory] FOLDER\n";
    return 2;
  }
  if (!std::filesystem::is_directory(options.folder)) {
    std::cout << "skipped: there is no folder " << options.folder.string() << "\n";
    return 77;
  }
  return RunAll(options);
}
