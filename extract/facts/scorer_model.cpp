// The scorer's file: magic, version, heads, the weights that are not zero, checksum.
#include <fstream>
#include <iterator>

#include "extract/facts/scorer.h"
#include "graph/base/coding.h"
#include "graph/base/hash.h"

namespace tupu::extract {
namespace {

constexpr std::string_view kMagic = "TUPUREL";
constexpr char kVersion = 1;
constexpr std::size_t kChecksumBytes = 16;
constexpr std::int32_t kMaxScale = 1 << 16;
constexpr std::int32_t kMaxValue = 1 << 24;  // keeps sums far from overflow

std::string Checksum(std::string_view bytes) {
  const Hash128 hash = HashFields({bytes});
  return std::string(reinterpret_cast<const char*>(hash.bytes.data()), kChecksumBytes);
}

void PutSigned(std::string& out, std::int32_t value) { PutVarint(out, ZigZag(value)); }

bool GetSigned(std::string_view& in, std::int32_t& value) {
  std::uint64_t raw = 0;
  if (!GetVarint(in, raw) || raw > 0xFFFFFFFFULL) return false;
  value = static_cast<std::int32_t>(UnZigZag(raw));
  return true;
}

bool GetHead(std::string_view& in, ScorerHead& head) {
  std::string_view relation;
  if (!GetLengthPrefixed(in, relation)) return false;
  head.relation = relation;
  const auto within = [](std::int32_t value) { return value >= -kMaxValue && value <= kMaxValue; };
  return GetSigned(in, head.bias) && GetSigned(in, head.slope) && GetSigned(in, head.offset) &&
         GetSigned(in, head.add) && GetSigned(in, head.keep) && within(head.bias) &&
         within(head.slope) && within(head.offset);
}

bool GetWeights(std::string_view& in, std::vector<std::int8_t>& weights) {
  std::uint64_t count = 0, slot = 0;
  if (!GetVarint(in, count) || count > ScorerModel::kSlots) return false;
  weights.assign(ScorerModel::kSlots, 0);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t step = 0;
    if (!GetVarint(in, step) || step > ScorerModel::kSlots || in.empty()) return false;
    slot += step;
    if (slot >= ScorerModel::kSlots || (i > 0 && step == 0)) return false;
    weights[slot] = static_cast<std::int8_t>(in.front());
    in.remove_prefix(1);
  }
  return in.empty();
}

}  // namespace

std::string EncodeScorer(const ScorerModel& model) {
  std::string out(kMagic);
  out.push_back(kVersion);
  PutVarint(out, static_cast<std::uint64_t>(model.scale));
  PutVarint(out, model.heads.size());
  for (const ScorerHead& head : model.heads) {
    PutLengthPrefixed(out, head.relation);
    for (const std::int32_t value : {head.bias, head.slope, head.offset, head.add, head.keep}) {
      PutSigned(out, value);
    }
  }
  std::uint64_t count = 0, last = 0;
  for (const std::int8_t weight : model.weights) count += weight != 0 ? 1 : 0;
  PutVarint(out, count);
  for (std::uint64_t slot = 0; slot < model.weights.size(); ++slot) {
    if (model.weights[slot] == 0) continue;
    PutVarint(out, slot - last);
    last = slot;
    out.push_back(static_cast<char>(model.weights[slot]));
  }
  return out + Checksum(out);
}

Result<ScorerModel> DecodeScorer(std::string_view bytes, const std::string& name) {
  const auto broken = [&](const std::string& what) {
    return Error(ErrorCode::kCorruption, what, name);
  };
  if (bytes.size() < kMagic.size() + 1 + kChecksumBytes || !bytes.starts_with(kMagic)) {
    return broken("not a scorer's model: expected a file that begins with \"TUPUREL\"");
  }
  if (bytes[kMagic.size()] != kVersion) {
    return broken("scorer's model of version " + std::to_string(int{bytes[kMagic.size()]}) +
                  ", expected version " + std::to_string(int{kVersion}));
  }
  std::string_view in = bytes.substr(0, bytes.size() - kChecksumBytes);
  if (Checksum(in) != bytes.substr(in.size())) {
    return broken("scorer's model is damaged: its checksum does not fit its bytes");
  }
  in.remove_prefix(kMagic.size() + 1);
  ScorerModel model;
  std::uint64_t scale = 0, heads = 0;
  if (!GetVarint(in, scale) || scale == 0 || scale > kMaxScale || !GetVarint(in, heads) ||
      heads > kMaxScoredRelations) {
    return broken("scorer's model contradicts itself in its head");
  }
  model.scale = static_cast<std::int32_t>(scale);
  for (std::uint64_t i = 0; i < heads; ++i) {
    if (!GetHead(in, model.heads.emplace_back())) {
      return broken("scorer's model breaks off in its list of relations");
    }
  }
  if (!GetWeights(in, model.weights)) {
    return broken("scorer's model contradicts itself in its weights");
  }
  return model;
}

Status WriteScorer(const ScorerModel& model, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  const std::string bytes = EncodeScorer(model);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return Error(ErrorCode::kIo, "cannot write the scorer's model", file.string());
  return {};
}

Result<Scorer> Scorer::Load(const std::filesystem::path& schema_dir, const graph::Schema& schema) {
  const std::filesystem::path file = schema_dir / "scorer" / "model.bin";
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return Scorer(ScorerModel{}, schema);
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error(ErrorCode::kIo, "cannot open the scorer's model", file.string());
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return Error(ErrorCode::kIo, "cannot read the scorer's model", file.string());
  TUPU_ASSIGN(ScorerModel model, DecodeScorer(bytes, file.string()));
  return Scorer(std::move(model), schema);
}

}  // namespace tupu::extract
