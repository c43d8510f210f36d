// Running one query, from text to rows: lex → parse → bind → plan → rewrite → execute.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/value.h"
#include "graph/store/store.h"
#include "graph/store/transaction.h"

namespace tupu::query {

using Row = std::vector<graph::Value>;
using Parameters = std::map<std::string, graph::Value>;

// Exceeding one is a kLimit error. Zero: no limit.
struct QueryLimits {
  std::uint64_t max_rows = 0;  // of the result
  std::uint64_t max_memory_bytes = std::uint64_t{4} << 30;
  std::uint32_t max_milliseconds = 0;
  // Asked now and then while the query runs; true ends it.
  bool (*interrupted)() = nullptr;
  // Nanoseconds since 1970-01-01 in Greenwich, for date(), datetime() and their like; null: the
  // system's clock. Read once a statement, by the functions of `realtime` at every call.
  std::int64_t (*clock)() = nullptr;
};

struct QueryResult {
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

struct SchemaCommand;
class PlanCache;
class Procedures;
const Procedures& BuiltInProcedures();

// An operator of a plan that ran, or would run; in the order and depth in which they are shown.
struct ProfiledOperator {
  std::size_t depth = 0;
  std::string text;
  std::int64_t estimated = -1;  // rows; -1: a heading
  bool ran = false;             // by itself, and not within another one's work
  std::uint64_t rows = 0;
  std::uint64_t hits = 0;  // reads of nodes, relationships, neighbours, entries of indexes
  std::uint64_t nanoseconds = 0;
};

// Not for several threads at once.
class Session {
 public:
  // Reads one view; statements that write fail.
  explicit Session(graph::View view, QueryLimits limits = {});
  // Each statement reads the store as it is then; one that writes is a transaction of its own,
  // which leaves nothing behind where it fails. Store and procedures must outlive the session.
  explicit Session(graph::Store& store, QueryLimits limits = {},
                   const Procedures& procedures = BuiltInProcedures());

  // Errors carry the byte offset in `text` in Error::pos; FormatQueryError shows it.
  Result<QueryResult> Run(std::string_view text, const Parameters& parameters = {});

  // The result as it comes, row by row; `columns` is called once before. Returning false stops.
  Status Stream(std::string_view text, const Parameters& parameters,
                const std::function<void(const std::vector<std::string>&)>& columns,
                const std::function<bool(const Row&)>& row);

  // An explicit transaction: the statements up to Commit read the state of Begin with their own
  // writes on top, and become visible together. kInvalidInput if one is open, or none is. The first
  // statement that writes takes the store's lock; kConflict if somebody has written since Begin. A
  // statement that fails ends the transaction, and takes all of it back.
  Status Begin();
  Status Commit();
  Status Rollback();
  bool in_transaction() const { return open_ != nullptr; }
  // Rolls back a transaction in which nothing has run for so long; whether it did. Not while a
  // statement runs.
  bool Expire(std::chrono::milliseconds idle);

  // The plan of the statement that ran last, if that was PROFILE.
  const std::vector<ProfiledOperator>& profile() const { return profile_; }
  // What the rows of the statement that ran last, or runs now, are to be looked up in.
  const graph::View& view() const { return view_; }
  // What the last statement changed.
  const graph::UpdateCounts& updates() const { return updates_; }

 private:
  using ColumnsVisit = std::function<void(const std::vector<std::string>&)>;
  using RowVisit = std::function<bool(const Row&)>;
  struct Open;
  Status StreamOne(std::string_view text, const Parameters& parameters, const ColumnsVisit& columns,
                   const RowVisit& row);
  Status RunSchema(const SchemaCommand& command);

  graph::Store* store_ = nullptr;
  const Procedures& procedures_;
  graph::View view_;
  std::shared_ptr<PlanCache> plans_;  // of statements that ran before
  QueryLimits limits_;
  graph::UpdateCounts updates_;
  std::vector<ProfiledOperator> profile_;
  std::shared_ptr<Open> open_;  // the explicit transaction
};

// Whether the statement may change the graph, as far as it parses.
bool IsWriting(std::string_view text);

// "line 1, column 8: message", the line of the query, and a caret under the offending character,
// aligned on a terminal under Chinese text too.
std::string FormatQueryError(std::string_view text, const Error& error);

// A value as one JSON text; nodes as {"labels":[…],"properties":{…}}, edges with "type", "from" and
// "to" (the ends' `id`), paths as lists of the two in turn.
Result<std::string> ValueToJson(const graph::View& view, const graph::Value& value);
// The same as people read it: (:Policy {name: "…"}), [:ISSUED {…}], bare strings.
Result<std::string> ValueToText(const graph::View& view, const graph::Value& value);

// For completion and highlighting.
const std::vector<std::string_view>& CypherKeywords();
const std::vector<std::string_view>& CypherFunctions();

}  // namespace tupu::query
