// A snapshot with changes on top that nobody else sees yet: what a transaction reads and writes.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "graph/store/kv.h"

namespace tupu::graph {

// Reads see the changes made so far. Not for several threads; no cursor may be open across a
// change.
class LayeredKv : public KvSnapshot {
 public:
  explicit LayeredKv(std::shared_ptr<const KvSnapshot> base) : base_(std::move(base)) {}

  void Put(Space space, std::string_view key, std::string_view value);
  void Delete(Space space, std::string_view key);
  // As KvBatch::Add.
  void Add(std::string_view counter, std::int64_t delta);

  Result<std::optional<std::string>> Get(Space space, std::string_view key) const override;
  Status MultiGet(Space space, std::span<const std::string> keys,
                  std::vector<std::optional<std::string>>& values) const override;
  std::unique_ptr<KvCursor> Scan(Space space, std::string_view prefix,
                                 std::string_view start) const override;

  bool changed() const;
  KvBatch ToBatch() const;

 private:
  // nullopt: deleted.
  using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;
  class Cursor;

  std::shared_ptr<const KvSnapshot> base_;
  std::array<Changes, kSpaces> changes_;  // none in kCounters
  std::map<std::string, std::int64_t, std::less<>> counters_;
};

}  // namespace tupu::graph
