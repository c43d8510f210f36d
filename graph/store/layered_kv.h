// A snapshot with changes on top that nobody else sees yet: what a transaction reads and writes.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/base/text_hash.h"
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
  // Reads what stands below at these keys, together: Get has it at hand then, until the next call
  // for the space. Not kCounters.
  Status Fetch(Space space, std::vector<std::string> keys);

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
  using Fetched =
      std::unordered_map<std::string, std::optional<std::string>, TextHash, std::equal_to<>>;
  class Cursor;

  // nullptr where it has not been fetched.
  const std::optional<std::string>* FindFetched(Space space, std::string_view key) const;

  std::shared_ptr<const KvSnapshot> base_;
  std::array<Changes, kSpaces> changes_;  // none in kCounters
  std::array<Fetched, kSpaces> fetched_;  // as it stands in base_
  std::map<std::string, std::int64_t, std::less<>> counters_;
};

}  // namespace tupu::graph
