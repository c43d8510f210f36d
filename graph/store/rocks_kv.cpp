// RocksDB behind the key-value face. With rocks_backup.cpp and rocks_bulk.cpp the only file that
// calls it.
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "graph/base/coding.h"
#include "graph/store/key_parts.h"
#include "graph/store/rocks_backup.h"
#include "graph/store/rocks_bulk.h"
#include "graph/store/rocks_options.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;

// The open database, shared by the store, its snapshots and their cursors.
struct Database {
  std::string dir;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  bool read_only = false;

  ~Database() {
    for (rocksdb::ColumnFamilyHandle* family : families) db->DestroyColumnFamilyHandle(family);
    if (db) db->Close();
  }
  rocksdb::ColumnFamilyHandle* Family(Space space) const {
    return families[static_cast<std::size_t>(space)];
  }
};

bool IsZeroCounter(Space space, std::string_view value) {
  return space == Space::kCounters &&
         std::all_of(value.begin(), value.end(), [](char c) { return c == '\0'; });
}

class RocksCursor final : public KvCursor {
 public:
  RocksCursor(const Database& database, const rocksdb::Snapshot* snapshot, Space space,
              std::string_view prefix, std::string_view start)
      : dir_(database.dir), space_(space), prefix_(prefix), behind_(FirstBehind(prefix)) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    const std::size_t bloom = BloomPrefix(space);
    options.total_order_seek = bloom == 0 || prefix.size() < bloom;
    options.prefix_same_as_start = !options.total_order_seek;
    bound_ = ToSlice(behind_);
    if (!behind_.empty()) options.iterate_upper_bound = &bound_;
    cursor_.reset(database.db->NewIterator(options, database.Family(space)));
    const std::string_view from = start.empty() || start < prefix ? prefix : start;
    if (!from.starts_with(prefix)) return;  // behind all of them
    cursor_->Seek(ToSlice(from));
    Stop();
  }

  bool Valid() const override { return valid_; }
  void Next() override {
    cursor_->Next();
    Stop();
  }
  std::string_view key() const override { return ToView(cursor_->key()); }
  std::string_view value() const override { return ToView(cursor_->value()); }
  Status status() const override {
    const rocksdb::Status status = cursor_->status();
    if (status.ok()) return {};
    return RocksError(status, dir_);
  }

 private:
  void Stop() {
    // The empty key is the engine's stamp (FORMAT.md).
    while (cursor_->Valid() &&
           (cursor_->key().empty() || IsZeroCounter(space_, ToView(cursor_->value())))) {
      cursor_->Next();
    }
    valid_ = cursor_->Valid() && key().starts_with(prefix_);
  }

  const std::string dir_;
  const Space space_;
  const std::string prefix_;
  const std::string behind_;
  rocksdb::Slice bound_;
  std::unique_ptr<rocksdb::Iterator> cursor_;
  bool valid_ = false;
};

class RocksSnapshot final : public KvSnapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<const Database> database)
      : database_(std::move(database)),
        // A reader's database stands still of its own.
        snapshot_(database_->read_only ? nullptr : database_->db->GetSnapshot()) {}
  ~RocksSnapshot() override {
    if (snapshot_ != nullptr) database_->db->ReleaseSnapshot(snapshot_);
  }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  Result<std::optional<std::string>> Get(Space space, std::string_view key) const override {
    std::string value;
    const rocksdb::Status status =
        database_->db->Get(Options(), database_->Family(space), ToSlice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return RocksError(status, database_->dir);
    if (IsZeroCounter(space, value)) return std::optional<std::string>();
    return std::optional<std::string>(std::move(value));
  }

  Status MultiGet(Space space, std::span<const std::string> keys,
                  std::vector<std::optional<std::string>>& values) const override {
    // In key order look-ups share blocks; RocksDB takes them in groups of this size itself.
    constexpr std::size_t kGroup = 32;
    values.assign(keys.size(), std::nullopt);
    std::vector<std::size_t> order(keys.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (!std::is_sorted(keys.begin(), keys.end())) {
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    }
    std::array<rocksdb::Slice, kGroup> slices;
    std::array<rocksdb::PinnableSlice, kGroup> found;
    std::array<rocksdb::Status, kGroup> statuses;
    for (std::size_t begin = 0; begin < order.size(); begin += kGroup) {
      const std::size_t count = std::min(kGroup, order.size() - begin);
      for (std::size_t i = 0; i < count; ++i) slices[i] = ToSlice(keys[order[begin + i]]);
      database_->db->MultiGet(Options(), database_->Family(space), count, slices.data(),
                              found.data(), statuses.data(), true);
      for (std::size_t i = 0; i < count; ++i) {
        if (statuses[i].ok()) {
          if (!IsZeroCounter(space, ToView(found[i]))) {
            values[order[begin + i]] = std::string(ToView(found[i]));
          }
        } else if (!statuses[i].IsNotFound()) {
          return RocksError(statuses[i], database_->dir);
        }
        found[i].Reset();
      }
    }
    return {};
  }

  std::unique_ptr<KvCursor> Scan(Space space, std::string_view prefix,
                                 std::string_view start) const override {
    return std::make_unique<RocksCursor>(*database_, snapshot_, space, prefix, start);
  }

 private:
  rocksdb::ReadOptions Options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

  const std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* const snapshot_;
};

// What the engine notes under the empty key of every space, with each batch.
struct Stamp {
  std::uint64_t commit = 0;    // the batch's number
  std::uint64_t sequence = 0;  // RocksDB's own count of operations, with this batch's
  bool operator==(const Stamp&) const = default;
};

// Instead of the sequence number, in the stamp that comes in with a bulk: how many numbers its
// tables take is RocksDB's affair. An ordinary stamp follows at once.
constexpr std::uint64_t kBulkSequence = ~std::uint64_t{0};

// The stamp that all spaces agree on; nothing if they do not, or if there are operations that
// none of them has seen.
Result<std::optional<Stamp>> ReadStamp(const Database& database) {
  std::optional<Stamp> out;
  for (int i = 0; i < kSpaces; ++i) {
    std::string value;
    const rocksdb::Status status = database.db->Get(
        rocksdb::ReadOptions(), database.Family(static_cast<Space>(i)), rocksdb::Slice(), &value);
    Stamp stamp;
    std::string_view bytes = value;
    if (status.ok()) {
      if (!GetFixed64(bytes, stamp.commit) || !GetFixed64(bytes, stamp.sequence) ||
          !bytes.empty()) {
        return Error{ErrorCode::kCorruption, "a commit number is not one", database.dir};
      }
    } else if (!status.IsNotFound()) {
      return RocksError(status, database.dir);
    }
    if (out && *out != stamp) return std::optional<Stamp>();
    out = stamp;
  }
  if (out->sequence == kBulkSequence) return out;
  if (database.db->GetLatestSequenceNumber() != out->sequence) return std::optional<Stamp>();
  return out;
}

struct Operation {
  std::string_view key;
  std::string_view value;
  std::uint64_t head;  // the key's first 8 bytes as a number: most comparisons end there
  KvBatch::Op op;
  Space space;
};

// The operations of a batch by space and key, one a key, additions apart: neighbours in a sorted
// table are put in one after the other several times faster than in the order in which a commit
// thinks of them (see the hint in rocks_options.cpp).
std::vector<Operation> InKeyOrder(const KvBatch& batch) {
  std::vector<Operation> out;
  out.reserve(batch.size());
  batch.ForEach([&](KvBatch::Op op, Space space, std::string_view key, std::string_view value) {
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      head = head << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0u);
    }
    out.push_back({key, value, head, op, space});
  });
  std::stable_sort(out.begin(), out.end(), [](const Operation& a, const Operation& b) {
    if (a.space != b.space) return a.space < b.space;
    return a.head != b.head ? a.head < b.head : a.key < b.key;
  });
  // Of several writes of one key the last stands.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool overwritten = i + 1 < out.size() && out[i].space == out[i + 1].space &&
                             out[i].key == out[i + 1].key && out[i + 1].op != KvBatch::Op::kAdd;
    if (!overwritten) out[kept++] = out[i];
  }
  out.resize(kept);
  return out;
}

class RocksKv final : public KvStore {
 public:
  RocksKv(std::shared_ptr<Database> database, std::uint64_t commits)
      : database_(std::move(database)), commits_(commits) {}

  // Whoever opens a database reads its write-ahead log first. After much writing that would take
  // long, for every reader to come, so what the log holds goes into tables now. Should that fail,
  // nothing is lost.
  ~RocksKv() override {
    constexpr std::size_t kQuickToRead = std::size_t{4} << 20;
    if (logged_ <= kQuickToRead) return;
    rocksdb::DB& db = *database_->db;
    std::vector<rocksdb::ColumnFamilyHandle*> written;
    for (rocksdb::ColumnFamilyHandle* family : database_->families) {
      std::uint64_t entries = 0;
      db.GetIntProperty(family, rocksdb::DB::Properties::kNumEntriesActiveMemTable, &entries);
      if (entries > 0) written.push_back(family);
    }
    if (written.empty()) return;
    const auto flush = [&](rocksdb::ColumnFamilyHandle* family) {
      db.Flush(rocksdb::FlushOptions(), family).PermitUncheckedError();
    };
    // Side by side: one call for all families would wait for each before it begins the next. But
    // one of them comes last: of two that end together each takes the other to need the log still.
    rocksdb::ColumnFamilyHandle* const last = written.back();
    written.pop_back();
    try {
      std::vector<std::jthread> threads;
      for (rocksdb::ColumnFamilyHandle* family : written) {
        threads.emplace_back([&flush, family] { flush(family); });
      }
    } catch (const std::exception&) {  // no thread to be had
    }
    flush(last);
  }
  RocksKv(const RocksKv&) = delete;
  RocksKv& operator=(const RocksKv&) = delete;

  std::shared_ptr<const KvSnapshot> Snapshot() const override {
    return std::make_shared<RocksSnapshot>(database_);
  }

  Status Write(const KvBatch& batch, bool sync) override {
    if (database_->read_only) {
      return OpenedForReading();
    }
    constexpr std::size_t kOverhead = 16;  // a record's own bytes, about
    rocksdb::WriteBatch out(batch.bytes() + batch.size() * kOverhead);
    rocksdb::Status status;
    for (const Operation& operation : InKeyOrder(batch)) {
      rocksdb::ColumnFamilyHandle* family = database_->Family(operation.space);
      const rocksdb::Slice key = ToSlice(operation.key), value = ToSlice(operation.value);
      switch (operation.op) {
        case KvBatch::Op::kPut:
          status = out.Put(family, key, value);
          break;
        case KvBatch::Op::kDelete:
          status = out.Delete(family, key);
          break;
        case KvBatch::Op::kAdd:
          status = out.Merge(family, key, value);
          break;
      }
      if (!status.ok()) break;
    }
    // Every operation takes one number, the stamps too.
    const std::string stamp =
        StampOf(commits_ + 1, database_->db->GetLatestSequenceNumber() +
                                  static_cast<std::uint64_t>(out.Count()) + kSpaces);
    for (int i = 0; i < kSpaces && status.ok(); ++i) {
      status = out.Put(database_->Family(static_cast<Space>(i)), rocksdb::Slice(), stamp);
    }
    rocksdb::WriteOptions options;
    options.sync = sync;
    if (status.ok()) status = database_->db->Write(options, &out);
    if (!status.ok()) return RocksError(status, database_->dir);
    ++commits_;
    logged_ += batch.bytes();
    return {};
  }

  Result<std::unique_ptr<KvBulk>> BeginBulk() override {
    if (database_->read_only) return OpenedForReading();
    RocksBulkHost host;
    host.owner = database_;
    host.db = database_->db.get();
    host.dir = database_->dir;
    host.families = database_->families;
    host.stamp = StampOf(commits_ + 1, kBulkSequence);
    host.done = [this]() -> Status {
      ++commits_;
      return Write(KvBatch(), true);
    };
    return BeginRocksBulk(std::move(host));
  }

  Status Compact() override {
    if (database_->read_only) return OpenedForReading();
    rocksdb::CompactRangeOptions options;
    // Also what lies in the last level, but nothing twice.
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    for (rocksdb::ColumnFamilyHandle* family : database_->families) {
      const rocksdb::Status status = database_->db->CompactRange(options, family, nullptr, nullptr);
      if (!status.ok()) return RocksError(status, database_->dir);
    }
    return {};
  }

  Result<BackupInfo> BackUp(const fs::path& dir, std::uint32_t keep) override {
    if (database_->read_only) return OpenedForReading();
    return BackUpRocks(*database_->db, dir, keep);
  }

 private:
  static std::string StampOf(std::uint64_t commit, std::uint64_t sequence) {
    std::string stamp;
    PutFixed64(stamp, commit);
    PutFixed64(stamp, sequence);
    return stamp;
  }
  Error OpenedForReading() const {
    return {ErrorCode::kInvalidInput, "the store was opened for reading only", database_->dir};
  }

  const std::shared_ptr<Database> database_;
  std::uint64_t commits_;
  std::size_t logged_ = 0;  // bytes
};

// An empty store that nobody may write to: a reader came before the first commit.
class EmptyKv final : public KvStore {
 public:
  explicit EmptyKv(std::string dir) : dir_(std::move(dir)), kv_(OpenMemKv()) {}
  std::shared_ptr<const KvSnapshot> Snapshot() const override { return kv_->Snapshot(); }
  Status Write(const KvBatch& /*batch*/, bool /*sync*/) override {
    return Error{ErrorCode::kInvalidInput, "the store was opened for reading only", dir_};
  }

 private:
  const std::string dir_;
  const std::unique_ptr<KvStore> kv_;
};

// Whether a file may be what an interrupted creation of a database left.
bool IsLeftover(const std::string& name) {
  const std::string_view view = name;
  return view == "LOCK" || view == "IDENTITY" || view.starts_with("MANIFEST-") ||
         view.starts_with("OPTIONS-") || view == "bulk" || view.ends_with(".dbtmp") ||
         view.ends_with(".log");
}

enum class FolderState { kMissing, kEmpty, kStore };

Result<FolderState> Look(const fs::path& dir) {
  std::error_code code;
  const fs::file_status status = fs::status(dir, code);
  if (status.type() == fs::file_type::not_found) return FolderState::kMissing;
  if (status.type() == fs::file_type::none) return Error{ErrorCode::kIo, code.message(), dir};
  if (!fs::is_directory(status)) {
    return Error{ErrorCode::kInvalidInput, "a store is a folder, this is not one", dir};
  }
  bool current = false;
  std::string foreign;
  fs::directory_iterator it(dir, code);
  if (code) return Error{ErrorCode::kIo, "cannot list the folder: " + code.message(), dir};
  for (; it != fs::directory_iterator(); it.increment(code)) {
    if (code) return Error{ErrorCode::kIo, "cannot list the folder: " + code.message(), dir};
    const std::string name = it->path().filename().string();
    if (name == "CURRENT") current = true;
    if (!IsLeftover(name) && (foreign.empty() || name < foreign)) foreign = name;
  }
  if (current) return FolderState::kStore;
  if (foreign.empty()) return FolderState::kEmpty;
  return Error{ErrorCode::kInvalidInput,
               "the folder holds no store, but other files (" + foreign +
                   "): expected a store, an empty folder or none",
               dir};
}

// Whether the folder of a database holds any data: tables, or a log that is not empty.
bool HasData(const std::string& dir) {
  std::error_code code;
  for (fs::directory_iterator it(dir, code), end; !code && it != end; it.increment(code)) {
    const std::string extension = it->path().extension().string();
    if (extension == ".sst") return true;
    if (extension == ".log" && it->file_size(code) > 0) return true;
  }
  return false;
}

// Whether the database in a folder has all our column families. A database gets them before any
// data, so one that has data and not the families is not ours.
Result<bool> IsComplete(const std::string& dir) {
  std::vector<std::string> names;
  const rocksdb::Status status = rocksdb::DB::ListColumnFamilies(RocksOptions(true), dir, &names);
  if (!status.ok()) return RocksError(status, dir);
  for (int i = 0; i < kSpaces; ++i) {
    if (std::find(names.begin(), names.end(), SpaceName(static_cast<Space>(i))) == names.end()) {
      return false;
    }
  }
  return true;
}

// One attempt at opening beside a writer. Every table must be there, whole: RocksDB's secondary
// instances would pass over one that is missing or damaged and show a state from before it, and the
// log on top of that, so that the stamps agree and something between them is gone.
Result<std::unique_ptr<KvStore>> TryOpenReader(const std::string& dir) {
  const rocksdb::DBOptions options = RocksOptions(true);
  const auto families = RocksFamilies();
  TUPU_ASSIGN(const bool complete, IsComplete(dir));
  if (!complete && !HasData(dir)) {
    return std::unique_ptr<KvStore>(std::make_unique<EmptyKv>(dir));
  }
  auto database = std::make_shared<Database>();
  database->dir = dir;
  database->read_only = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(options, dir, families, &database->families, &db);
  if (!status.ok()) return RocksError(status, dir);
  database->db.reset(db);
  TUPU_ASSIGN(const std::optional<Stamp> stamp, ReadStamp(*database));
  if (!stamp) {
    return Error{ErrorCode::kConflict,
                 "cannot read one whole commit: the store is damaged, or being written to too "
                 "fast; try again",
                 dir};
  }
  return std::unique_ptr<KvStore>(std::make_unique<RocksKv>(std::move(database), stamp->commit));
}

// Beside a writer that may at any moment drop the file that we are about to open, or the log that
// we are about to read: then the same again.
Result<std::unique_ptr<KvStore>> OpenReader(const std::string& dir) {
  constexpr int kAttempts = 16;
  for (int attempt = 1;; ++attempt) {
    auto reader = TryOpenReader(dir);
    if (reader.ok() || attempt == kAttempts) return reader;
    std::this_thread::sleep_for(std::chrono::milliseconds(5 * attempt));
  }
}

Result<std::unique_ptr<KvStore>> OpenWriter(const std::string& dir) {
  auto database = std::make_shared<Database>();
  database->dir = dir;
  rocksdb::DBOptions options = RocksOptions(false);
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(options, dir, RocksFamilies(), &database->families, &db);
  if (!status.ok()) return RocksError(status, dir);
  database->db.reset(db);
  // Ours alone now: what a load that was cut off left may go.
  std::error_code ignored;
  fs::remove_all(BulkDir(dir), ignored);
  TUPU_ASSIGN(const std::optional<Stamp> stamp, ReadStamp(*database));
  if (!stamp) {
    return Error{ErrorCode::kCorruption, "the store is damaged: its parts are of different commits",
                 dir};
  }
  return std::unique_ptr<KvStore>(std::make_unique<RocksKv>(std::move(database), stamp->commit));
}

}  // namespace

Result<std::unique_ptr<KvStore>> OpenRocksKv(const fs::path& dir, OpenMode mode) {
  TUPU_ASSIGN(const FolderState state, Look(dir));
  if (state == FolderState::kMissing && mode != OpenMode::kCreate) {
    return Error{ErrorCode::kNotFound, "there is no store here", dir};
  }
  if (mode == OpenMode::kReadOnly) {
    if (state == FolderState::kEmpty) {
      return std::unique_ptr<KvStore>(std::make_unique<EmptyKv>(dir.string()));
    }
    return OpenReader(dir.string());
  }
  if (state == FolderState::kStore && HasData(dir.string())) {
    const Result<bool> complete = IsComplete(dir.string());
    // Opening for writing would add what is missing; a reader says what is wrong instead.
    if (!complete.ok() || !*complete) return TryOpenReader(dir.string());
  }
  std::error_code code;
  fs::create_directories(dir, code);
  if (code) return Error{ErrorCode::kIo, "cannot create the folder: " + code.message(), dir};
  return OpenWriter(dir.string());
}

}  // namespace tupu::graph
