#include "graph/store/kv.h"

#include "graph/base/coding.h"

namespace tupu::graph {

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
