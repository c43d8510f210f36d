#include "graph/store/rocks_bulk.h"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

#include "graph/store/rocks_options.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;

// One table after the other: large ones are unwieldy to compact later. They are built beside the
// thread that makes the entries, as packing takes about as long as sorting does: entries are handed
// on by the batch, one batch under way while the next one fills.
class RocksRun final : public KvRun {
 public:
  RocksRun(const RocksBulkHost& host, Space space, std::atomic<int>& next_file)
      : host_(host), space_(space), next_file_(next_file) {}

  Status Put(std::string_view key, std::string_view value) override {
    batch_.Put(space_, key, value);
    return HandOn();
  }
  Status Add(std::string_view counter, std::int64_t delta) {
    batch_.Add(space_, counter, delta);
    return HandOn();
  }
  Status Delete(std::string_view key) {
    batch_.Delete(space_, key);
    return HandOn();
  }
  // Before all else: the engine's own entry, under the empty key.
  Status PutStamp(std::string_view stamp) {
    TUPU_TRY(NextTable({}));
    return Check(writer_->Put({}, ToSlice(stamp)));
  }
  Status Finish() override {
    TUPU_TRY(Wait());
    const KvBatch last = std::exchange(batch_, {});
    TUPU_TRY(Write(last));
    return FinishTable();
  }
  const std::vector<std::string>& files() const { return files_; }

 private:
  Status Check(const rocksdb::Status& status) const {
    if (status.ok()) return {};
    return RocksError(status, host_.dir);
  }
  Status Wait() { return under_way_.valid() ? under_way_.get() : Status(); }
  Status HandOn() {
    constexpr std::size_t kBatch = std::size_t{512} << 10;
    if (batch_.bytes() < kBatch) return {};
    TUPU_TRY(Wait());
    // Deferred where the system gives no thread.
    under_way_ = std::async(std::launch::async | std::launch::deferred,
                            [this, full = std::exchange(batch_, {})] { return Write(full); });
    return {};
  }

  // One batch at a time.
  Status Write(const KvBatch& batch) {
    constexpr std::uint64_t kTable = std::uint64_t{64} << 20;
    Status status;
    batch.ForEach([&](KvBatch::Op op, Space, std::string_view key, std::string_view value) {
      if (status.ok() && (!writer_ || size_ >= kTable)) status = NextTable(key);
      if (!status.ok()) return;
      size_ += key.size() + value.size();
      switch (op) {
        case KvBatch::Op::kPut:
          status = Check(writer_->Put(ToSlice(key), ToSlice(value)));
          break;
        case KvBatch::Op::kDelete:
          status = Check(writer_->Delete(ToSlice(key)));
          break;
        case KvBatch::Op::kAdd:
          status = Check(writer_->Merge(ToSlice(key), ToSlice(value)));
          break;
      }
    });
    return status;
  }
  Status FinishTable() {
    if (!writer_) return {};
    const Status status = Check(writer_->Finish());
    writer_.reset();
    return status;
  }
  Status NextTable(std::string_view first) {
    TUPU_TRY(FinishTable());
    size_ = 0;
    rocksdb::ColumnFamilyHandle* family = host_.families[static_cast<std::size_t>(space_)];
    // What was just loaded is soon asked for: its pages stay with the system while it has room.
    constexpr bool kDropPages = false;
    rocksdb::Options options = host_.db->GetOptions(family);
    TuneTable(space_, first, options);
    writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options, family,
                                                       kDropPages);
    files_.push_back(BulkDir(host_.dir) + "/" + std::to_string(next_file_++) + ".sst");
    return Check(writer_->Open(files_.back()));
  }

  const RocksBulkHost& host_;
  const Space space_;
  std::atomic<int>& next_file_;
  std::vector<std::string> files_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  std::uint64_t size_ = 0;  // of the table in the making
  KvBatch batch_;
  std::future<Status> under_way_;  // the last member, so that it goes first
};

class RocksBulk final : public KvBulk {
 public:
  explicit RocksBulk(RocksBulkHost host) : host_(std::move(host)) {}
  ~RocksBulk() override {
    for (auto& runs : runs_) runs.clear();
    std::error_code ignored;
    fs::remove_all(BulkDir(host_.dir), ignored);
  }

  Status Start() {
    std::error_code code;
    fs::remove_all(BulkDir(host_.dir), code);
    if (!code) fs::create_directories(BulkDir(host_.dir), code);
    if (code) return Error{ErrorCode::kIo, code.message(), BulkDir(host_.dir)};
    return {};
  }

  KvRun& NewRun(Space space) override {
    const std::lock_guard lock(mutex_);
    auto& runs = runs_[static_cast<std::size_t>(space)];
    runs.push_back(std::make_unique<RocksRun>(host_, space, next_file_));
    return *runs.back();
  }

  Status Commit(const KvBatch& batch) override {
    for (const auto& runs : runs_) {
      for (const auto& run : runs) TUPU_TRY(run->Finish());
    }
    TUPU_TRY(WriteBatch(batch));
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (int i = 0; i < kSpaces; ++i) {
      rocksdb::IngestExternalFileArg& argument = arguments.emplace_back();
      argument.column_family = host_.families[static_cast<std::size_t>(i)];
      for (const auto& run : runs_[static_cast<std::size_t>(i)]) {
        argument.external_files.insert(argument.external_files.end(), run->files().begin(),
                                       run->files().end());
      }
      argument.options.move_files = true;
      argument.options.write_global_seqno = false;  // the manifest has it; tables stay as written
    }
    const rocksdb::Status status = host_.db->IngestExternalFiles(arguments);
    if (!status.ok()) return RocksError(status, host_.dir);
    return host_.done();
  }

 private:
  // The batch as one table a space, the stamp first in each. Of several writes of one key the last
  // stands; sums are made here.
  Status WriteBatch(const KvBatch& batch) {
    struct Write {
      KvBatch::Op op;
      std::string value;
      std::int64_t sum = 0;
    };
    std::array<std::map<std::string, Write>, kSpaces> writes;
    batch.ForEach([&](KvBatch::Op op, Space space, std::string_view key, std::string_view value) {
      Write& write = writes[static_cast<std::size_t>(space)][std::string(key)];
      write.op = op;
      write.value = value;
      std::int64_t delta = 0;
      if (op == KvBatch::Op::kAdd && DecodeCounter(value, delta)) write.sum += delta;
    });
    for (int i = 0; i < kSpaces; ++i) {
      const auto space = static_cast<Space>(i);
      auto& runs = runs_[static_cast<std::size_t>(i)];
      RocksRun& run = *runs.emplace_back(std::make_unique<RocksRun>(host_, space, next_file_));
      TUPU_TRY(run.PutStamp(host_.stamp));
      for (const auto& [key, write] : writes[static_cast<std::size_t>(i)]) {
        switch (write.op) {
          case KvBatch::Op::kPut:
            TUPU_TRY(run.Put(key, write.value));
            break;
          case KvBatch::Op::kDelete:
            TUPU_TRY(run.Delete(key));
            break;
          case KvBatch::Op::kAdd:
            if (write.sum != 0) TUPU_TRY(run.Add(key, write.sum));
            break;
        }
      }
      TUPU_TRY(run.Finish());
    }
    return {};
  }

  const RocksBulkHost host_;
  std::atomic<int> next_file_{0};
  std::mutex mutex_;  // of runs_
  std::array<std::vector<std::unique_ptr<RocksRun>>, kSpaces> runs_;
};

}  // namespace

std::string BulkDir(const std::string& dir) { return dir + "/bulk"; }

Result<std::unique_ptr<KvBulk>> BeginRocksBulk(RocksBulkHost host) {
  auto bulk = std::make_unique<RocksBulk>(std::move(host));
  TUPU_TRY(bulk->Start());
  return std::unique_ptr<KvBulk>(std::move(bulk));
}

}  // namespace tupu::graph
