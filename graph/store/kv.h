// The narrow ordered key-value face under the store. RocksDB stands behind one implementation, a
// sorted map behind the other; one contract suite tests both. Nothing above names either.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"

namespace tupu::graph {

// Separate key spaces, tuned apart. Names and numbers are stored: never renumber. The store decides
// what stands in each (FORMAT.md).
enum class Space : std::uint8_t {
  kMeta = 0,
  kText = 1,
  kStatements = 2,
  kCounters = 3,
  kGraph = 4,
  kIndex = 5
};
inline constexpr int kSpaces = 6;

// Writes that become visible together or not at all. Later writes of one key win.
class KvBatch {
 public:
  void Put(Space space, std::string_view key, std::string_view value);
  void Delete(Space space, std::string_view key);
  // Adds to the signed counter at `key` (8 bytes, big-endian two's complement); absent is 0, and a
  // counter that comes to 0 reads as absent.
  void Add(Space space, std::string_view key, std::int64_t delta);

  enum class Op : std::uint8_t { kPut, kDelete, kAdd };
  struct Entry {
    Op op;
    Space space;
    std::string key;
    std::string value;
  };
  const std::vector<Entry>& entries() const { return entries_; }
  void Clear() { entries_.clear(); }
  bool empty() const { return entries_.empty(); }

 private:
  std::vector<Entry> entries_;
};

// Walks keys in byte order. key() and value() live until the next move.
class KvCursor {
 public:
  virtual ~KvCursor() = default;
  virtual bool Valid() const = 0;  // false at the end or after an error
  virtual void Next() = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual Status status() const = 0;
};

// A consistent view of one moment. Safe to share between threads; cursors are not.
class KvSnapshot {
 public:
  virtual ~KvSnapshot() = default;
  virtual Result<std::optional<std::string>> Get(Space space, std::string_view key) const = 0;
  // All keys that begin with `prefix`, from the first not below `start` (empty: the prefix itself).
  virtual std::unique_ptr<KvCursor> Scan(Space space, std::string_view prefix,
                                         std::string_view start = {}) const = 0;
};

class KvStore {
 public:
  virtual ~KvStore() = default;
  virtual std::shared_ptr<const KvSnapshot> Snapshot() const = 0;
  // Atomic; with `sync`, on disk before it returns.
  virtual Status Write(const KvBatch& batch, bool sync) = 0;
};

enum class OpenMode : std::uint8_t { kCreate, kReadWrite, kReadOnly };

std::unique_ptr<KvStore> OpenMemKv();
// kConflict if another process writes there (kReadOnly opens beside it and sees its last commit);
// kNotFound, kIo, kCorruption as they are.
Result<std::unique_ptr<KvStore>> OpenRocksKv(const std::filesystem::path& dir, OpenMode mode);

}  // namespace tupu::graph
