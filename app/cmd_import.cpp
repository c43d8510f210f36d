// tupu import: CSV files in neo4j-admin's form into a store.
#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "app/command.h"
#include "app/console.h"
#include "app/interrupt.h"
#include "app/progress.h"
#include "graph/exchange/import.h"

namespace tupu::app {
namespace {

struct ImportOptions {
  StoreOptions store;
  std::vector<std::string> nodes, relationships;
  std::string id_type = "string";
  std::string delimiter = ",", array_delimiter = ";", quote = "\"";
  graph::ImportOptions import;
};

// "LABEL:LABEL=a.csv,b.csv" or the files alone.
graph::ImportGroup ParseGroup(const std::string& text) {
  graph::ImportGroup out;
  std::string_view files = text;
  const std::size_t equals = text.find('=');
  if (equals != std::string::npos) {
    std::string_view names = files.substr(0, equals);
    files.remove_prefix(equals + 1);
    while (!names.empty()) {
      const std::size_t colon = names.find(':');
      if (colon != 0) out.names.emplace_back(names.substr(0, colon));
      names = colon == std::string_view::npos ? std::string_view() : names.substr(colon + 1);
    }
  }
  while (!files.empty()) {
    const std::size_t comma = files.find(',');
    if (comma != 0) out.paths.emplace_back(files.substr(0, comma));
    files = comma == std::string_view::npos ? std::string_view() : files.substr(comma + 1);
  }
  return out;
}

Result<std::vector<graph::ImportGroup>> ParseGroups(const std::vector<std::string>& texts,
                                                    bool relationships) {
  std::vector<graph::ImportGroup> out;
  for (const std::string& text : texts) {
    out.push_back(ParseGroup(text));
    if (out.back().paths.empty()) {
      return Error{ErrorCode::kInvalidInput, "\"" + text + "\" names no file"};
    }
    if (relationships && out.back().names.size() > 1) {
      return Error{ErrorCode::kInvalidInput,
                   "\"" + text + "\": relationships have one type, not several"};
    }
  }
  return out;
}

Result<char> ParseCharacter(std::string_view option, const std::string& text) {
  if (text == "TAB" || text == "\\t") return '\t';
  if (text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 && text[0] != '\n' &&
      text[0] != '\r') {
    return text[0];
  }
  return Error{ErrorCode::kInvalidInput,
               std::string(option) + " \"" + text + "\"; expected one ASCII character, or TAB"};
}

std::uint64_t BytesToImport(const graph::ImportOptions& options) {
  std::uint64_t total = 0;
  for (const auto* groups : {&options.nodes, &options.relationships}) {
    for (const graph::ImportGroup& group : *groups) {
      for (const std::string& path : group.paths) {
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        if (!error) total += size;
      }
    }
  }
  return total;
}

Result<ExitStatus> Run(ImportOptions& options) {
  graph::ImportOptions& import = options.import;
  TUPU_ASSIGN(import.nodes, ParseGroups(options.nodes, false));
  TUPU_ASSIGN(import.relationships, ParseGroups(options.relationships, true));
  TUPU_ASSIGN(import.csv.delimiter, ParseCharacter("--delimiter", options.delimiter));
  TUPU_ASSIGN(import.csv.quote, ParseCharacter("--quote", options.quote));
  TUPU_ASSIGN(import.array_delimiter, ParseCharacter("--array-delimiter", options.array_delimiter));
  import.id_type = options.id_type == "integer"  ? graph::ImportIdType::kInteger
                   : options.id_type == "actual" ? graph::ImportIdType::kActual
                                                 : graph::ImportIdType::kString;
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kCreate));

  const auto start = std::chrono::steady_clock::now();
  const InterruptGuard guard;
  ProgressBar bar(IsTerminal(2) ? BytesToImport(import) : 0);
  import.progress = [&](const graph::ImportProgress& at) {
    bar.Show(at.nodes + at.relationships, at.bytes, at.bytes);
  return InterruptGuard::raised() == 0;
};
TUPU_ASSIGN(const graph::ImportReport report, graph::Import(*opened.store, import));
bar.Clear();
for (const std::string& row : report.bad_rows) PrintMessage(row);
if (report.stopped) {
  PrintMessage("interrupted; nothing is imported");
  return ExitStatus::kInterrupted;
}
if (report.failed) {
  PrintMessage("more bad rows than --bad-tolerance allows; nothing is imported");
  return ExitStatus::kFailed;
}
const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
std::string line = "imported " + CountText(report.nodes, "node") + ", " +
                   CountText(report.relationships, "relationship") + ", " +
                   std::to_string(report.properties) +
                   (report.properties == 1 ? " property in " : " properties in ") +
                   SecondsText(seconds.count()) + "\n";
if (report.skipped != 0) line += "left out: " + CountText(report.skipped, "row") + "\n";
Output out;
out.Write(line);
TUPU_TRY(out.Finish());
return ExitStatus::kDone;
}  // namespace

}  // namespace tupu::app

void AddImport(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("import", "Read nodes and relationships from CSV as neo4j-admin does");
  auto options = std::make_shared<ImportOptions>();
  AddStoreOptions(*command, options->store);
  command
      ->add_option("--nodes", options->nodes,
                   "Files of nodes, the header first in the first one; may be repeated")
      ->type_name("[LABEL[:LABEL]…=]FILE[,FILE]…")
      ->required();
  command
      ->add_option("--relationships", options->relationships,
                   "Files of relationships, the same way; may be repeated")
      ->type_name("[TYPE=]FILE[,FILE]…");
  command->add_option("--id-type", options->id_type, "What ids are (default: string)")
      ->type_name("string|integer|actual")
      ->check(CLI::IsMember({"string", "integer", "actual"}, CLI::ignore_case));
  command->add_option("--delimiter", options->delimiter, "Between fields (default: ,); TAB is one")
      ->type_name("CHAR");
  command
      ->add_option("--array-delimiter", options->array_delimiter,
                   "Between the elements of a list (default: ;)")
      ->type_name("CHAR");
  command->add_option("--quote", options->quote, "Around fields (default: \")")->type_name("CHAR");
  command->add_flag("--multiline-fields", options->import.csv.multiline,
                    "Quoted fields may hold line feeds");
  command->add_flag("--trim-strings", options->import.trim_strings,
                    "Drop blanks around fields without quotes");
  command->add_flag("--ignore-empty-strings", options->import.ignore_empty_strings,
                    "\"\" is no value, like an empty field");
  command->add_flag("--ignore-extra-columns", options->import.ignore_extra_columns,
                    "Fields behind the last column of the header are no mistake");
  command->add_flag("--skip-bad-relationships", options->import.skip_bad_relationships,
                    "Leave out relationships whose ends are not among the nodes");
  command->add_flag("--skip-duplicate-nodes", options->import.skip_duplicate_nodes,
                    "Leave out nodes whose id came before");
  command
      ->add_option("--bad-tolerance", options->import.bad_tolerance,
                   "Rows that may be bad and are left out (default: 0)")
      ->type_name("N");
  command->footer(
      "All or nothing: with more bad rows than are tolerated, each named with file and line, the "
      "store stays as it was.\n"
      "Files ending in gzip's form are unpacked. Headers: name:TYPE with int, long, short, byte, "
      "float, double, boolean, string, char and [] behind it for lists; :ID, :ID(SPACE), "
      "name:ID, :LABEL, :START_ID, :END_ID, :TYPE, :IGNORE.\n"
      "Example:\n"
      "  tupu import --store graph.db --id-type=integer --nodes=Person=people.csv "
      "--relationships=KNOWS=knows-header.csv,knows-1.csv.gz,knows-2.csv.gz");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
