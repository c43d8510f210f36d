// The interactive shell without its terminal: gets lines, runs what they say.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/command.h"
#include "app/completion.h"
#include "app/console.h"
#include "app/row_writer.h"
#include "app/statement_splitter.h"
#include "query/session.h"

namespace tupu::app {

struct ReplSettings {
  RowFormat format = RowFormat::kTable;
  query::QueryLimits limits;
  // How long a transaction may lie idle before it is rolled back.
  std::chrono::milliseconds idle = std::chrono::minutes(5);
  std::string judgements;  // the file; empty: the one beside the store
};

class Repl {
 public:
  // `opened` is the store in the folder `store`, open for reading. It is opened anew behind each
  // statement that writes, which has it open for writing only while it runs, or while the
  // transaction lasts that :begin began.
  Repl(OpenedStore& opened, std::string store, const ReplSettings& settings, Output& out);
  // What a transaction has not committed is taken back.
  ~Repl();

  // Takes one line: a command (":help") where no statement is open, or a piece of Cypher, run up
  // to each semicolon. With `blank_ends` an empty line ends a statement too. Errors are printed,
  // and counted.
  void Line(std::string_view line, bool blank_ends);
  // Runs what stands there without a semicolon: the input has ended.
  void End();
  // Throws away an open statement.
  void Abort() { splitter_.Clear(); }

  bool done() const { return done_; }  // :quit
  bool in_transaction() const;
  bool pending() const { return splitter_.pending(); }
  char open_quote() const { return splitter_.open(); }
  std::size_t errors() const { return errors_; }
  // Statements and commands run since last asked, for the history.
  std::vector<std::string> TakeRun();

  Completions Complete(std::string_view before) const;

 private:
  struct Command;
  static const std::vector<Command>& Commands();

  void RunStatement(const std::string& stmt);
  void RunIn(query::Session& session, const std::string& stmt);
  Result<std::unique_ptr<graph::Store>> OpenForWriting() const;
  query::QueryLimits Limits() const;
  void OpenAnew();
  Status Begin(const std::vector<std::string>& words);
  Status Commit(const std::vector<std::string>& words);
  Status Rollback(const std::vector<std::string>& words);
  Status CheckOpen();
  void Watch();
  void RunCommand(std::string_view line);
  Status Help(const std::vector<std::string>& words);
  Status Quit(const std::vector<std::string>& words);
  Status ShowSchema(const std::vector<std::string>& words);
  Status Stats(const std::vector<std::string>& words);
  Status Why(const std::vector<std::string>& words);
  Status Mode(const std::vector<std::string>& words);
  Status Param(const std::vector<std::string>& words);
  void PrintFailure(std::string_view message);

  OpenedStore& opened_;
  std::string store_;
  const ReplSettings settings_;
  RowFormat format_;
  Output& out_;
  StatementSplitter splitter_;
  query::Parameters parameters_;
  std::vector<std::string> run_;
  bool done_ = false;
  std::size_t errors_ = 0;

  // The store as :begin opened it, and the session that has the transaction.
  struct Transaction {
    std::unique_ptr<graph::Store> store;
    std::unique_ptr<query::Session> session;
  };
  mutable std::mutex mutex_;  // of all below; held while a statement of the transaction runs
  std::unique_ptr<Transaction> transaction_;
  bool expired_ = false;  // and nobody has been told
  bool leaving_ = false;
  std::condition_variable changed_;
  std::thread watch_;  // rolls back what lies idle
};

// Words of a command line: separated by blanks, '…' and "…" holding what has blanks in it.
std::vector<std::string> SplitWords(std::string_view text);

}  // namespace tupu::app
