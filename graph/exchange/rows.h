// The rows that an export writes: those of a view that pass its filter, unordered to learn from, or
// as lines in order of id.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "graph/base/error.h"
#include "graph/exchange/export.h"
#include "graph/exchange/records.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::graph {

// One use, one thread.
class Rows {
 public:
  // Errors as Export has them. The view and the schema must outlive the rows.
  static Result<Rows> Select(const View& view, const Schema& schema, const ExportFilter& filter);

  const Schema& schema() const { return *schema_; }
  const View& view() const { return *view_; }
  RecordReader& reader() { return reader_; }

  Status ForEachEntity(const std::function<Status(const EntityRow&)>& visit);
  // Of one type only, if `type` is not empty.
  Status ForEachRelation(bool with_evidence, const std::function<Status(const RelationRow&)>& visit,
                         std::string_view type = {});

  // What `line` makes of each row, in order of the rows' ids, to `write`; false if `write` had
  // enough.
  using Write = std::function<bool(std::string_view)>;
  Result<bool> EntityLines(const std::function<std::string(const EntityRow&)>& line,
                           const Write& write);
  Result<bool> RelationLines(bool with_evidence,
                             const std::function<std::string(const RelationRow&)>& line,
                             const Write& write, std::string_view type = {});

 private:
  Rows(const View& view, const Schema& schema);
  Status SelectEdges(const ExportFilter& filter);

  const View* view_;
  const Schema* schema_;
  RecordReader reader_;
  bool all_ = true;
  std::vector<bool> nodes_;           // by number; read only where not `all_`, like
  std::unordered_set<EdgeId> edges_;  // these, whose numbers are not dense
};

// What became of writing, whether or not `write` had enough.
inline Status Done(const Result<bool>& wanted) { return wanted.ok() ? Status() : wanted.error(); }

// The first day that a date of any precision can mean, and one that is not before the last (the
// 31st of every month). What is no date comes back as it is.
std::string FirstDay(std::string date);
std::string LastDay(std::string date);

}  // namespace tupu::graph
