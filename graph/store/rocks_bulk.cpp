#include "graph/store/rocks_bulk.h"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>

#include "graph/store/rocks_options.h"

namespace tupu::graph {
namespace {

namespace fs = std::filesystem;

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

using Files = std::array<std::vector<std::string>, kSpaces>;

// One table after the other: large ones are unwieldy to compact later.
class RocksRun final : public KvRun {
 public:
  RocksRun(const RocksBulkHost& host, Space space, std::vector<std::string>& files,
           std::atomic<int>& next_file)
      : host_(host), space_(space), files_(files), next_file_(next_file) {}

  Status Put(std::string_view key, std::string_view value) override {
    constexpr std::uint64_t kTable = std::uint64_t{64} << 20;
    if (!writer_ || size_ >= kTable) TUPU_TRY(NextTable());
    size_ += key.size() + value.size();
    return Check(writer_->Put(ToSlice(key), ToSlice(value)));
  }
  Status Merge(std::string_view key, std::string_view value) {
    if (!writer_) TUPU_TRY(NextTable());
    return Check(writer_->Merge(ToSlice(key), ToSlice(value)));
  }
  Status Delete(std::string_view key) {
    if (!writer_) TUPU_TRY(NextTable());
    return Check(writer_->Delete(ToSlice(key)));
  }
  Status Finish() override {
    if (!writer_) return {};
    const Status status = Check(writer_->Finish());
    writer_.reset();
    return status;
  }

 private:
  Status Check(const rocksdb::Status& status) const {
    if (status.ok()) return {};
    return RocksError(status, host_.dir);
  }
  Status NextTable() {
    TUPU_TRY(Finish());
    size_ = 0;
    rocksdb::ColumnFamilyHandle* family = host_.families[static_cast<std::size_t>(space_)];
    // What was just loaded is soon asked for: its pages stay with the system while it has room.
    constexpr bool kDropPages = false;
    writer_ = std::make_unique<rocksdb::SstFileWriter>(
        rocksdb::EnvOptions(), host_.db->GetOptions(family), family, kDropPages);
    const std::string path = BulkDir(host_.dir) + "/" + std::to_string(next_file_++) + ".sst";
    files_.push_back(path);
    return Check(writer_->Open(path));
  }

  const RocksBulkHost& host_;
  const Space space_;
  std::vector<std::string>& files_;
  std::atomic<int>& next_file_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  std::uint64_t size_ = 0;
};

class RocksBulk final : public KvBulk {
 public:
  explicit RocksBulk(RocksBulkHost host) : host_(std::move(host)) {}
  ~RocksBulk() override {
    runs_.clear();
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
    runs_.push_back(std::make_unique<RocksRun>(host_, space, FilesOf(space), next_file_));
    return *runs_.back();
  }

  Status Commit(const KvBatch& batch) override {
    for (const auto& run : runs_) TUPU_TRY(run->Finish());
    TUPU_TRY(WriteBatch(batch));
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (int i = 0; i < kSpaces; ++i) {
      rocksdb::IngestExternalFileArg& argument = arguments.emplace_back();
      argument.column_family = host_.families[static_cast<std::size_t>(i)];
      argument.external_files = files_[static_cast<std::size_t>(i)];
      argument.options.move_files = true;
      argument.options.write_global_seqno = false;  // the manifest has it; tables stay as written
    }
    const rocksdb::Status status = host_.db->IngestExternalFiles(arguments);
    if (!status.ok()) return RocksError(status, host_.dir);
    return host_.done();
  }

 private:
  std::vector<std::string>& FilesOf(Space space) { return files_[static_cast<std::size_t>(space)]; }

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
      RocksRun run(host_, space, FilesOf(space), next_file_);
      TUPU_TRY(run.Put({}, host_.stamp));
      for (const auto& [key, write] : writes[static_cast<std::size_t>(i)]) {
        switch (write.op) {
          case KvBatch::Op::kPut:
            TUPU_TRY(run.Put(key, write.value));
            break;
          case KvBatch::Op::kDelete:
            TUPU_TRY(run.Delete(key));
            break;
          case KvBatch::Op::kAdd:
            if (write.sum != 0) TUPU_TRY(run.Merge(key, EncodeCounter(write.sum)));
            break;
        }
      }
      TUPU_TRY(run.Finish());
    }
    return {};
  }

  const RocksBulkHost host_;
  Files files_;
  std::atomic<int> next_file_{0};
  std::mutex mutex_;  // of runs_
  std::vector<std::unique_ptr<RocksRun>> runs_;
};

}  // namespace

std::string BulkDir(const std::string& dir) { return dir + "/bulk"; }

Result<std::unique_ptr<KvBulk>> BeginRocksBulk(RocksBulkHost host) {
  auto bulk = std::make_unique<RocksBulk>(std::move(host));
  TUPU_TRY(bulk->Start());
  return std::unique_ptr<KvBulk>(std::move(bulk));
}

}  // namespace tupu::graph
