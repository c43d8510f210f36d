#include "graph/store/kv.h"

#include <mutex>

#include "graph/base/coding.h"

namespace tupu::graph {
namespace {

// For stores to which a batch of any size is all the same.
class BatchBulk final : public KvBulk {
 public:
  explicit BatchBulk(KvStore& kv) : kv_(kv) {}
  KvRun& NewRun(Space space) override {
    const std::lock_guard lock(mutex_);
    runs_.push_back(std::make_unique<Run>(*this, space));
    return *runs_.back();
  }
  Status Commit(const KvBatch& batch) override {
    batch.ForEach([&](KvBatch::Op op, Space space, std::string_view key, std::string_view value) {
      std::int64_t delta = 0;
      switch (op) {
        case KvBatch::Op::kPut:
          batch_.Put(space, key, value);
          break;
        case KvBatch::Op::kDelete:
          batch_.Delete(space, key);
          break;
        case KvBatch::Op::kAdd:
          TUPU_INVARIANT(DecodeCounter(value, delta));
          batch_.Add(space, key, delta);
          break;
      }
    });
    return kv_.Write(batch_, true);
  }

 private:
  class Run final : public KvRun {
   public:
    Run(BatchBulk& bulk, Space space) : bulk_(bulk), space_(space) {}
    Status Put(std::string_view key, std::string_view value) override {
      const std::lock_guard lock(bulk_.mutex_);
      bulk_.batch_.Put(space_, key, value);
      return {};
    }
    Status Finish() override { return {}; }

   private:
    BatchBulk& bulk_;
    const Space space_;
  };

  KvStore& kv_;
  std::mutex mutex_;
  KvBatch batch_;
  std::vector<std::unique_ptr<Run>> runs_;
};

}  // namespace

Error Damaged(std::string_view what) {
  return {ErrorCode::kCorruption, "the store is damaged: " + std::string(what)};
}

Result<std::unique_ptr<KvBulk>> KvStore::BeginBulk() {
  return std::unique_ptr<KvBulk>(std::make_unique<BatchBulk>(*this));
}

Result<BackupInfo> KvStore::BackUp(const std::filesystem::path& /*dir*/, std::uint32_t /*keep*/) {
  return Error{ErrorCode::kInvalidInput, "only a store on disk, opened for writing, has backups"};
}

void KvBatch::Append(Op op, Space space, std::string_view key, std::string_view value) {
  TUPU_CONTRACT(!key.empty());
  entries_.push_back({key.size(), value.size(), op, space});
  data_ += key;
  data_ += value;
}

void KvBatch::Put(Space space, std::string_view key, std::string_view value) {
  TUPU_CONTRACT(space != Space::kCounters);
  Append(Op::kPut, space, key, value);
}

void KvBatch::Delete(Space space, std::string_view key) { Append(Op::kDelete, space, key, {}); }

void KvBatch::Add(Space space, std::string_view key, std::int64_t delta) {
  TUPU_CONTRACT(space == Space::kCounters);
  if (delta != 0) Append(Op::kAdd, space, key, EncodeCounter(delta));
}

void KvBatch::Clear() {
  entries_.clear();
  data_.clear();
}

std::string EncodeCounter(std::int64_t value) {
  std::string out;
  PutFixed64(out, static_cast<std::uint64_t>(value));
  return out;
}

bool DecodeCounter(std::string_view bytes, std::int64_t& value) {
  std::uint64_t bits = 0;
  if (bytes.size() != 8 || !GetFixed64(bytes, bits)) return false;
  value = static_cast<std::int64_t>(bits);
  return true;
}

}  // namespace tupu::graph
