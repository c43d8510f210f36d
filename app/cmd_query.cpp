// tupu query: one query, its rows on standard output.
#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>

#include "app/command.h"
#include "app/console.h"
#include "app/judging.h"
#include "app/limits.h"
#include "app/parameter.h"
#include "app/row_writer.h"
#include "app/updates.h"
#include "query/session.h"

namespace tupu::app {
namespace {

constexpr std::size_t kMaxQueryBytes = 16 << 20;

struct QueryOptions {
  StoreOptions store;
  std::string format = "table";
  LimitOptions limits;
  std::vector<std::string> parameters;
  std::string judgements;
  std::string text;
};

Result<std::string> QueryText(const std::string& argument) {
  if (argument != "-") return argument;
  std::string text;
  for (std::istreambuf_iterator<char> in(std::cin), end; in != end; ++in) {
    text += *in;
    if (text.size() > kMaxQueryBytes) {
      return Error(ErrorCode::kLimit, "the query is longer than 16 MB", "standard input");
    }
  }
  return text;
}

Result<ExitStatus> Run(const QueryOptions& options, query::Parameters parameters) {
  TUPU_ASSIGN(const std::string text, QueryText(options.text));
  const auto mode =
      query::IsWriting(text) ? graph::OpenMode::kReadWrite : graph::OpenMode::kReadOnly;
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, mode));
  KeepJudgements(*opened.store, options.store.store, options.judgements);
  query::Session session(*opened.store, LimitsOf(options.limits));

  Output out;
  const auto writer = MakeRowWriter(*FindRowFormat(options.format), out);
  Status failed;
  bool rows = false;  // a statement that only writes has none to show
  const Status ran = session.Stream(
      text, parameters,
      [&](const std::vector<std::string>& names) {
        rows = !names.empty();
        if (rows) writer->Columns(names);
      },
      [&](const query::Row& row) {
        const Result<bool> more = writer->Row(session.view(), row);
        if (!more.ok()) failed = more.error();
        return more.ok() && *more;
      });
  if (!ran.ok()) {
    // What was printed already stands; the message comes after it.
    out.Flush();
    if (ran.error().pos != kNoPos) {
      PrintError("tupu: " + query::FormatQueryError(text, ran.error()) + "\n");
      return ExitStatusOf(ran.error().code);
    }
    return ran.error();
  }
  if (!failed.ok()) return failed.error();
  if (rows) writer->Finish();
  TUPU_TRY(out.Finish());
  if (const std::string changed = UpdatesText(session.updates()); !changed.empty()) {
    PrintMessage(changed);
  }
  return ExitStatus::kDone;
}

}  // namespace

void AddQuery(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("query", "Ask the graph, or change it, in openCypher");
  auto options = std::make_shared<QueryOptions>();
  AddStoreOptions(*command, options->store);
  command->add_option("--format", options->format, "table, csv, json or jsonl")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "csv", "json", "jsonl"}))
      ->capture_default_str();
  command
      ->add_option("--param", options->parameters,
                   "A parameter: $name in the query. VALUE is JSON, or else text; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  AddLimitOptions(*command, options->limits);
  AddJudgementsOption(*command, options->judgements);
  command->add_option("QUERY", options->text, "The query; - reads it from standard input")
      ->required();
  command->footer(
      "Examples:\n"
      "  tupu query --store graph.db 'MATCH (o)-[:ISSUED]->(p:Policy) RETURN o.name, p.name'\n"
      "  tupu query --store graph.db --format jsonl --param city=上海市 \\\n"
      "    'MATCH (x)-[:LOCATED_IN]->(c {name: $city}) RETURN x.name ORDER BY x.name LIMIT 10'");
  command->callback([options, &action] {
    query::Parameters parameters;
    for (const std::string& text : options->parameters) {
      auto parameter = ParseParameter(text);
      if (!parameter.ok()) throw CLI::ValidationError("--param", parameter.error().message);
      if (!parameters.insert(std::move(*parameter)).second) {
        throw CLI::ValidationError("--param", "\"" + text + "\": this name is given twice");
      }
    }
    action = [options, parameters] { return Run(*options, parameters); };
  });
}

}  // namespace tupu::app
