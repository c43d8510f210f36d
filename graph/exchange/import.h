// Import of CSV files as neo4j-admin takes them: nodes and relationships as asserted elements of
// one origin, all or nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "graph/base/error.h"
#include "graph/exchange/csv_reader.h"
#include "graph/exchange/import_header.h"
#include "graph/store/store.h"

namespace tupu::graph {

// Files that belong together: the header is the first record of the first one.
struct ImportGroup {
  std::vector<std::string> names;  // labels of nodes, or the type of relationships; may be none
  std::vector<std::string> paths;
};

struct ImportProgress {
  std::uint64_t nodes = 0, relationships = 0;
  std::uint64_t bytes = 0;  // of the files
};

struct ImportOptions {
  std::vector<ImportGroup> nodes, relationships;
  ImportIdType id_type = ImportIdType::kString;
  CsvOptions csv;
  char array_delimiter = ';';
  std::uint64_t bad_tolerance = 0;      // rows that may be bad, and are left out
  bool skip_bad_relationships = false;  // those without both ends do not count as bad
  bool skip_duplicate_nodes = false;    // nor those whose id came before
  bool ignore_extra_columns = false;
  bool ignore_empty_strings = false;  // "" is no value either
  bool trim_strings = false;
  // Called now and then; false stops the import, and nothing has happened.
  std::function<bool(const ImportProgress&)> progress;
};

struct ImportReport {
  std::uint64_t nodes = 0, relationships = 0, properties = 0;
  std::uint64_t skipped = 0;          // rows left out, bad ones among them
  std::vector<std::string> bad_rows;  // the first ones: file, line, what is wrong
  bool stopped = false;               // by `progress`
  bool failed = false;                // more bad rows than are tolerated: nothing is stored
};

// Fails with what is wrong with an option, a header or a file, or with the store.
Result<ImportReport> Import(Store& store, const ImportOptions& options);

}  // namespace tupu::graph
