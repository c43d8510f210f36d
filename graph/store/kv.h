// The narrow ordered key-value face under the store. RocksDB stands behind one implementation, a
// sorted map behind the other; one contract suite tests both. Nothing above names either.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/store/backup.h"

namespace tupu::graph {

// "the store is damaged: " and what: stored bytes that contradict themselves.
Error Damaged(std::string_view what);

// Separate key spaces, tuned apart. Names and numbers are stored: never renumber. The store decides
// what stands in each (FORMAT.md). Keys are never empty.
enum class Space : std::uint8_t {
  kMeta = 0,
  kText = 1,
  kStatements = 2,
  kCounters = 3,  // holds counters and nothing else
  kGraph = 4,
  kIndex = 5
};
inline constexpr int kSpaces = 6;

// Writes that become visible together or not at all. Later writes of one key win.
class KvBatch {
 public:
  enum class Op : std::uint8_t { kPut, kDelete, kAdd };

  void Put(Space space, std::string_view key, std::string_view value);
  void Delete(Space space, std::string_view key);
  // In kCounters only: adds to the signed counter at `key` (8 bytes, big-endian two's complement);
  // absent is 0, and a counter that comes to 0 reads as absent.
  void Add(Space space, std::string_view key, std::int64_t delta);

  // Calls visit(op, space, key, value) in the order written; the value of kAdd is the 8-byte delta.
  template <class Visit>
  void ForEach(Visit&& visit) const {
    std::size_t at = 0;
    for (const Entry& entry : entries_) {
      const std::string_view bytes(data_);
      visit(entry.op, entry.space, bytes.substr(at, entry.key_size),
            bytes.substr(at + entry.key_size, entry.value_size));
      at += entry.key_size + entry.value_size;
    }
  }
  void Clear();
  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const { return data_.size(); }

 private:
  struct Entry {
    std::size_t key_size;
    std::size_t value_size;
    Op op;
    Space space;
  };
  void Append(Op op, Space space, std::string_view key, std::string_view value);

  std::vector<Entry> entries_;
  std::string data_;  // keys and values end to end
};

std::string EncodeCounter(std::int64_t value);
// False unless `bytes` is a counter.
bool DecodeCounter(std::string_view bytes, std::int64_t& value);

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

// A consistent view of one moment. Safe to share between threads; cursors are not. Outlives the
// store it came from.
class KvSnapshot {
 public:
  virtual ~KvSnapshot() = default;
  virtual Result<std::optional<std::string>> Get(Space space, std::string_view key) const = 0;
  // As many Gets, cheaper; `values` gets one element a key.
  virtual Status MultiGet(Space space, std::span<const std::string> keys,
                          std::vector<std::optional<std::string>>& values) const = 0;
  // All keys that begin with `prefix`, from the first not below `start` (empty: the prefix itself).
  // Cursors must go before the snapshot does.
  virtual std::unique_ptr<KvCursor> Scan(Space space, std::string_view prefix,
                                         std::string_view start = {}) const = 0;
};

// One sorted run of a bulk write.
class KvRun {
 public:
  virtual ~KvRun() = default;
  // Keys ascending, each once.
  virtual Status Put(std::string_view key, std::string_view value) = 0;
  // No more comes. A bulk's commit does it for all runs that are open.
  virtual Status Finish() = 0;
};

// Very many writes at once: sorted runs, in memory that does not grow with them. Nothing of it is
// seen, and nothing left once it goes, before Commit. Runs of different spaces may be written by
// different threads; everything else is for one thread at a time.
class KvBulk {
 public:
  virtual ~KvBulk() = default;
  // The keys of different runs of a space, and those of the batch below there, do not interleave.
  // None in kMeta and kCounters. The run lives as long as the bulk.
  virtual KvRun& NewRun(Space space) = 0;
  // All runs and the batch become visible together, on disk when it returns. Once only; no other
  // write may have come since the bulk was begun.
  virtual Status Commit(const KvBatch& batch) = 0;
};

class KvStore {
 public:
  virtual ~KvStore() = default;
  virtual std::shared_ptr<const KvSnapshot> Snapshot() const = 0;
  virtual Result<std::unique_ptr<KvBulk>> BeginBulk();
  // Atomic; with `sync`, on disk before it returns. One writer at a time.
  virtual Status Write(const KvBatch& batch, bool sync) = 0;
  // Writes everything anew without what was overwritten or deleted. Not while another thread
  // writes.
  virtual Status Compact() { return {}; }
  // See Store::BackUp. kInvalidInput for a store that is on no disk or was opened for reading.
  virtual Result<BackupInfo> BackUp(const std::filesystem::path& dir, std::uint32_t keep);
};

enum class OpenMode : std::uint8_t { kCreate, kReadWrite, kReadOnly };

std::unique_ptr<KvStore> OpenMemKv();
// kCreate makes the folder where it is missing; the others fail with kNotFound there. An existing
// folder in which no first commit ever happened is an empty store. kConflict if another process (or
// this one) writes there; kReadOnly opens beside it and shows its last commit as of now.
// kInvalidInput for a path that holds something else; kIo and kCorruption as they are.
Result<std::unique_ptr<KvStore>> OpenRocksKv(const std::filesystem::path& dir, OpenMode mode);

}  // namespace tupu::graph
