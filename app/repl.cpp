#include "app/repl.h"

#include <algorithm>
#include <utility>

#include "app/interrupt.h"
#include "app/judging.h"
#include "app/parameter.h"
#include "app/schema_text.h"
#include "app/stats.h"
#include "app/table.h"
#include "app/updates.h"
#include "app/why.h"
#include "graph/base/utf8.h"

namespace tupu::app {

struct Repl::Command {
  std::string_view name;
  std::string_view arguments;
  std::string_view about;
  Status (Repl::*run)(const std::vector<std::string>& words);
};

const std::vector<Repl::Command>& Repl::Commands() {
  static const std::vector<Command> commands{
      {"begin", "", "begins a transaction: the statements up to :commit take effect together",
       &Repl::Begin},
      {"commit", "", "ends the transaction; what it wrote stays", &Repl::Commit},
      {"help", "", "this list", &Repl::Help},
      {"mode", "[FORMAT]", "how rows are shown: table, csv, json or jsonl", &Repl::Mode},
      {"param", "[NAME=VALUE]", "sets $NAME (VALUE is JSON, or else text), or lists them",
       &Repl::Param},
      {"quit", "", "leaves; so does Ctrl-D", &Repl::Quit},
      {"rollback", "", "ends the transaction and takes back what it wrote", &Repl::Rollback},
      {"schema", "", "the types of entities and relations", &Repl::ShowSchema},
      {"stats", "", "counts, largest components, best-connected entities", &Repl::Stats},
      {"why", "NAME [TYPE NAME]", "the sentences behind an entity or an edge", &Repl::Why},
  };
  return commands;
}

Repl::Repl(OpenedStore& opened, std::string store, const ReplSettings& settings, Output& out)
    : opened_(opened),
      store_(std::move(store)),
      settings_(settings),
      format_(settings.format),
      out_(out) {}

Repl::~Repl() {
  {
    const std::lock_guard lock(mutex_);
    leaving_ = true;
  }
  changed_.notify_all();
  if (watch_.joinable()) watch_.join();
}

bool Repl::in_transaction() const {
  const std::lock_guard lock(mutex_);
  return transaction_ != nullptr;
}

// Until a transaction is there, then until it has lain idle for long enough.
void Repl::Watch() {
  std::unique_lock lock(mutex_);
  while (!leaving_) {
    if (!transaction_) {
      changed_.wait(lock);
      continue;
    }
    if (transaction_->session->Expire(settings_.idle)) {
      transaction_ = nullptr;
      expired_ = true;
      continue;
    }
    changed_.wait_for(lock, std::min(settings_.idle, std::chrono::milliseconds(1000)));
  }
}

// Says so, once, where a transaction ended by itself.
Status Repl::CheckOpen() {
  if (expired_) {
    expired_ = false;
    return Error(ErrorCode::kConflict, "the transaction lay idle for too long and was rolled back");
  }
  return {};
}

Status Repl::Begin(const std::vector<std::string>&) {
  const std::lock_guard lock(mutex_);
  TUPU_TRY(CheckOpen());
  if (transaction_) {
    return Error(ErrorCode::kInvalidInput,
                 "a transaction is open already; :commit or :rollback it");
  }
  auto transaction = std::make_unique<Transaction>();
  TUPU_ASSIGN(transaction->store, OpenForWriting());
  transaction->session = std::make_unique<query::Session>(*transaction->store, Limits());
  TUPU_TRY(transaction->session->Begin());
  transaction_ = std::move(transaction);
  if (!watch_.joinable()) watch_ = std::thread([this] { Watch(); });
  changed_.notify_all();
  return {};
}

Status Repl::Commit(const std::vector<std::string>&) {
  const std::lock_guard lock(mutex_);
  TUPU_TRY(CheckOpen());
  if (!transaction_) return Error(ErrorCode::kInvalidInput, "no transaction is open");
  const Status committed = transaction_->session->Commit();
  transaction_ = nullptr;
  OpenAnew();
  return committed;
}

Status Repl::Rollback(const std::vector<std::string>&) {
  const std::lock_guard lock(mutex_);
  TUPU_TRY(CheckOpen());
  if (!transaction_) return Error(ErrorCode::kInvalidInput, "no transaction is open");
  transaction_ = nullptr;
  return {};
}

void Repl::Line(std::string_view line, bool blank_ends) {
  if (FindInvalidUtf8(line) != std::string_view::npos) {
    PrintFailure("this line is not UTF-8; it was not read");
    return;
  }
  const std::size_t first = line.find_first_not_of(" \t\r");
  const bool blank = first == std::string_view::npos;
  if (!splitter_.pending() && !blank && line[first] == ':') {
    run_.emplace_back(line);
    RunCommand(line.substr(first + 1));
    return;
  }
  if (blank && blank_ends && splitter_.open() == 0) {
    End();
    return;
  }
  splitter_.Feed(line);
  while (const auto stmt = splitter_.Next()) RunStatement(*stmt);
}

void Repl::End() {
  const std::string rest = splitter_.TakeRest();
  if (!rest.empty()) RunStatement(rest);
}

std::vector<std::string> Repl::TakeRun() { return std::exchange(run_, {}); }

Completions Repl::Complete(std::string_view before) const {
  std::vector<std::string> commands;
  for (const Command& command : Commands()) commands.emplace_back(command.name);
  std::vector<std::string> parameters;
  for (const auto& [name, value] : parameters_) parameters.push_back(name);
  const Completer completer(*opened_.schema, std::move(commands));
  return completer.Complete(opened_.store->Snapshot(), before, parameters);
}

void Repl::RunStatement(const std::string& stmt) {
  run_.push_back(stmt + ";");
  {
    const std::lock_guard lock(mutex_);
    if (const Status open = CheckOpen(); !open.ok()) return PrintFailure(open.error().message);
    if (transaction_) {
      RunIn(*transaction_->session, stmt);
      if (!transaction_->session->in_transaction()) {
        PrintFailure("the transaction is rolled back");
        transaction_ = nullptr;
      }
      return;
    }
  }
  if (!query::IsWriting(stmt)) {
    query::Session session(*opened_.store, Limits());
    return RunIn(session, stmt);
  }
  {
    auto writable = OpenForWriting();
    if (!writable.ok()) return PrintFailure(Printable(writable.error().ToString()));
    query::Session session(**writable, Limits());
    RunIn(session, stmt);
  }
  OpenAnew();
}

Result<std::unique_ptr<graph::Store>> Repl::OpenForWriting() const {
  TUPU_ASSIGN(std::unique_ptr<graph::Store> store,
              graph::Store::Open(store_, graph::OpenMode::kReadWrite, *opened_.schema));
  KeepJudgements(*store, store_, settings_.judgements);
  return store;
}

void Repl::OpenAnew() {
  auto readable = graph::Store::Open(store_, graph::OpenMode::kReadOnly, *opened_.schema);
  if (!readable.ok()) return PrintFailure(Printable(readable.error().ToString()));
  opened_.store = std::move(*readable);
}

query::QueryLimits Repl::Limits() const {
  query::QueryLimits limits = settings_.limits;
  limits.interrupted = [] { return InterruptGuard::raised() != 0; };
  return limits;
}

void Repl::RunIn(query::Session& session, const std::string& stmt) {
  const auto writer = MakeRowWriter(format_, out_);
  Status failed;
  bool rows = false;  // a statement that only writes has none to show
  const Status ran = session.Stream(
      stmt, parameters_,
      [&](const std::vector<std::string>& names) {
        rows = !names.empty();
        if (rows) writer->Columns(names);
      },
      [&](const query::Row& row) {
        const Result<bool> more = writer->Row(session.view(), row);
        if (!more.ok()) failed = more.error();
        return more.ok() && *more && InterruptGuard::raised() == 0;
      });
  if (!ran.ok()) {
    PrintFailure(query::FormatQueryError(stmt, ran.error()));
  } else if (!failed.ok()) {
    PrintFailure(failed.error().ToString());
  } else {
    if (rows) writer->Finish();
    const std::string changed = UpdatesText(session.updates());
    if (!changed.empty()) out_.Write("(" + changed + ")\n");
    if (InterruptGuard::raised() != 0) PrintFailure("interrupted");
  }
  out_.Flush();
}

void Repl::RunCommand(std::string_view line) {
  std::vector<std::string> words = SplitWords(line);
  const std::string name = words.empty() ? "" : words.front();
  if (!words.empty()) words.erase(words.begin());
  // A beginning is enough where it means one command only; :q and :exit are what hands know.
  const Command* found = nullptr;
  std::size_t matches = 0;
  for (const Command& command : Commands()) {
    if (name.empty() || !command.name.starts_with(name == "exit" ? "quit" : name)) continue;
    found = &command;
    ++matches;
  }
  if (matches != 1) {
    PrintFailure("there is no command \":" + name + "\"; :help lists them");
    return;
  }
  const Status status = (this->*found->run)(words);
  if (!status.ok()) PrintFailure(Printable(status.error().ToString()));
  out_.Flush();
}

Status Repl::Help(const std::vector<std::string>&) {
  std::string text =
      "Type openCypher; a semicolon or an empty line ends a statement. Tab completes keywords,\n"
      "labels, relation types, and names within quotes. Ctrl-C throws the line away.\n\n"
      "  MATCH (o)-[:ISSUED]->(p:Policy) RETURN o.name, p.name LIMIT 10;\n\n";
  for (const Command& command : Commands()) {
    text += "  " + Pad(":" + std::string(command.name) + " " + std::string(command.arguments), 24) +
            std::string(command.about) + "\n";
  }
  out_.Write(text);
  return {};
}

Status Repl::Quit(const std::vector<std::string>&) {
  done_ = true;
  return {};
}

Status Repl::ShowSchema(const std::vector<std::string>&) {
  out_.Write(SchemaText(*opened_.schema));
  return {};
}

Status Repl::Stats(const std::vector<std::string>&) {
  TUPU_ASSIGN(const GraphStats stats, ComputeStats(opened_.store->Snapshot(), *opened_.schema, 10));
  out_.Write(StatsText(stats));
  return {};
}

Status Repl::Why(const std::vector<std::string>& words) {
  WhyOptions options;
  options.colour = ColourWanted();
  return PrintWhy(opened_.store->Snapshot(), *opened_.schema, words, options, out_);
}

Status Repl::Mode(const std::vector<std::string>& words) {
  constexpr std::string_view kNames[] = {"table", "csv", "json", "jsonl"};
  if (words.empty()) {
    out_.Write(std::string(kNames[static_cast<std::size_t>(format_)]) + "\n");
    return {};
  }
  const auto format = FindRowFormat(words.front());
  if (!format) {
    return Error(ErrorCode::kInvalidInput,
                 "\"" + words.front() + "\": expected table, csv, json or jsonl");
  }
  format_ = *format;
  return {};
}

Status Repl::Param(const std::vector<std::string>& words) {
  if (words.empty()) {
    for (const auto& [name, value] : parameters_) {
      out_.Write("$" + Printable(name) + " = " + graph::ToJson(value) + "\n");
    }
    return {};
  }
  // Blanks within the value were taken for borders of words.
  std::string text = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) text += " " + words[i];
  TUPU_ASSIGN(auto parameter, ParseParameter(text));
  parameters_[parameter.first] = std::move(parameter.second);
  return {};
}

void Repl::PrintFailure(std::string_view message) {
  ++errors_;
  out_.Flush();
  PrintError("tupu: " + std::string(message) + "\n");
}

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if ((c == '"' || c == '\'') && !open) {
      quote = c;
      open = true;
    } else if (c == ' ' || c == '\t' || c == '\r' || (c == ';' && i + 1 == text.size())) {
      if (open) words.push_back(std::exchange(word, {}));
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (open) words.push_back(std::move(word));
  return words;
}

}  // namespace tupu::app
