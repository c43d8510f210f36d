#include "extract/ner/tagger_model.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <iterator>

#include "extract/ner/tagger_features.h"
#include "graph/base/coding.h"
#include "graph/base/file.h"
#include "graph/base/hash.h"

namespace tupu::extract::tagger {
namespace {

constexpr std::string_view kMagic = "TUPUTAG";
constexpr char kVersion = 2;
constexpr std::size_t kChecksumBytes = 16;
constexpr std::size_t kMaxCurve = 256;

std::string Checksum(std::string_view bytes) {
  Hash128 hash = HashFields({bytes});
  return std::string(reinterpret_cast<const char*>(hash.bytes.data()), kChecksumBytes);
}

void PutSigned(std::string& out, std::int64_t value) { PutVarint(out, ZigZag(value)); }

// Reads one field after the other; the first that is wrong stops all that follow.
class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}

  std::uint64_t Varint(std::uint64_t limit) {
    std::uint64_t value = 0;
    if (!GetVarint(in_, value) || value > limit) return Fail();
    return value;
  }
  std::int32_t Signed() {
    std::uint64_t raw = Varint(0xFFFFFFFFULL);
    return static_cast<std::int32_t>(UnZigZag(raw));
  }
  // Small enough that no sentence's sum runs over.
  std::int32_t Weight() {
    constexpr std::int32_t kMost = 1 << 14;
    const std::int32_t weight = Signed();
    if (weight < -kMost || weight > kMost) Fail();
    return weight;
  }
  std::string String() {
    std::string_view value;
    if (!GetLengthPrefixed(in_, value)) Fail();
    return std::string(value);
  }
  std::int8_t Byte() {
    if (in_.empty()) return static_cast<std::int8_t>(Fail());
    char c = in_.front();
    in_.remove_prefix(1);
    return static_cast<std::int8_t>(c);
  }
  bool ok() const { return ok_; }
  bool done() const { return ok_ && in_.empty(); }
  std::size_t left() const { return in_.size(); }

 private:
  std::uint64_t Fail() {
    ok_ = false;
    in_ = {};
    return 0;
  }
  std::string_view in_;
  bool ok_ = true;
};

std::vector<std::string> ReadNames(Reader& in, std::size_t limit) {
  std::vector<std::string> names;
  std::uint64_t count = in.Varint(limit);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) names.push_back(in.String());
  return names;
}

// The weights of a place by tag, and of a feature by place.
using Row = std::array<std::int8_t, kRowWeights>;
using Rows = std::array<Row, 8>;

Rows RowsOf(const Model& model, const Slot& slot) {
  Rows rows{};
  const Block* block = &model.blocks[slot.first_block];
  for (std::uint32_t left = slot.blocks; left != 0; left &= left - 1, ++block) {
    const auto at = static_cast<std::size_t>(std::countr_zero(left));
    std::copy(block->begin(), block->end(),
              rows[at / kRowBlocks].begin() + at % kRowBlocks * kBlockWeights);
  }
  return rows;
}

void PrepareSlots(Model& model, std::size_t features) {
  model.slots.assign(std::bit_ceil(2 * features + 2), Slot{});
  model.blocks.clear();
}

// A feature without weights is as good as none.
void Insert(Model& model, std::uint32_t hash, const Rows& rows) {
  Slot added{hash, static_cast<std::uint32_t>(model.blocks.size()), 0};
  for (std::size_t place = 0; place < rows.size(); ++place) {
    for (std::size_t i = 0; i < kRowBlocks; ++i) {
      Block block;
      std::copy_n(rows[place].begin() + i * kBlockWeights, kBlockWeights, block.begin());
      if (block == Block{}) continue;
      added.blocks |= 1U << (place * kRowBlocks + i);
      model.blocks.push_back(block);
    }
  }
  if (added.blocks == 0) return;
  std::size_t mask = model.slots.size() - 1;
  std::size_t i = hash & mask;
  while (model.slots[i].blocks != 0) i = (i + 1) & mask;
  model.slots[i] = added;
}

}  // namespace

void SetRows(Model& model, const std::vector<WeightRow>& rows) {
  PrepareSlots(model, rows.size());
  std::size_t tags = model.tags.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const WeightRow& row = rows[i];
    TUPU_CONTRACT(i == 0 || rows[i - 1].hash < row.hash);
    TUPU_CONTRACT(row.weights.size() == static_cast<std::size_t>(std::popcount(row.places)) * tags);
    Rows places{};
    auto weights = row.weights.begin();
    for (std::size_t place = 0; place < places.size(); ++place) {
      if ((row.places >> place & 1U) == 0) continue;
      std::copy_n(weights, tags, places[place].begin());
      weights += static_cast<std::ptrdiff_t>(tags);
    }
    Insert(model, row.hash, places);
  }
}

std::string EncodeModel(const Model& model) {
  std::string out(kMagic);
  out.push_back(kVersion);
  PutVarint(out, model.wide ? 1 : 0);
  PutVarint(out, static_cast<std::uint64_t>(model.scale));
  PutVarint(out, model.labels.size());
  for (const std::string& label : model.labels) PutLengthPrefixed(out, label);
  for (std::int32_t weight : model.transitions) PutSigned(out, weight);
  for (std::int32_t weight : model.steps) PutSigned(out, weight);
  for (const std::vector<CurvePoint>& curve : model.curves) {
    PutVarint(out, curve.size());
    for (const CurvePoint& point : curve) {
      PutSigned(out, point.margin);
      PutSigned(out, point.permyriad);
    }
  }
  std::vector<Slot> slots;
  for (const Slot& slot : model.slots) {
    if (slot.blocks != 0) slots.push_back(slot);
  }
  std::sort(slots.begin(), slots.end(),
            [](const Slot& a, const Slot& b) { return a.hash < b.hash; });
  PutVarint(out, slots.size());
  std::uint32_t previous = 0;
  for (const Slot& slot : slots) {
    PutVarint(out, slot.hash - previous);
    previous = slot.hash;
    const Rows rows = RowsOf(model, slot);
    std::uint8_t places = 0;
    for (std::size_t place = 0; place < rows.size(); ++place) {
      if (rows[place] != Row{}) places = static_cast<std::uint8_t>(places | (1U << place));
    }
    out.push_back(static_cast<char>(places));
    for (const Row& row : rows) {
      std::uint64_t set = 0;
      for (std::size_t tag = 0; tag < row.size(); ++tag) {
        if (row[tag] != 0) set |= 1ULL << tag;
      }
      if (set == 0) continue;
      PutVarint(out, set);
      for (std::int8_t weight : row) {
        if (weight != 0) out.push_back(static_cast<char>(weight));
      }
    }
  }
  return out + Checksum(out);
}

Result<Model> DecodeModel(std::string_view bytes, const std::string& name) {
  auto broken = [&](const std::string& what) { return Error(ErrorCode::kCorruption, what, name); };
  if (bytes.size() < kMagic.size() + 1 + kChecksumBytes || !bytes.starts_with(kMagic)) {
    return broken("not a tagger model: expected a file that begins with \"TUPUTAG\"");
  }
  if (bytes[kMagic.size()] != kVersion) {
    return broken("tagger model of version " + std::to_string(int{bytes[kMagic.size()]}) +
                  ", expected version " + std::to_string(int{kVersion}));
  }
  std::string_view body = bytes.substr(0, bytes.size() - kChecksumBytes);
  if (Checksum(body) != bytes.substr(body.size())) {
    return broken("tagger model is damaged: its checksum does not fit its bytes");
  }
  Reader in(body.substr(kMagic.size() + 1));
  Model model;
  model.wide = in.Varint(1) == 1;
  model.scale = static_cast<int>(in.Varint(1U << 20));
  model.labels = ReadNames(in, kMaxLabels);
  std::size_t labels = model.labels.size();
  model.tags.labels = labels;
  for (std::size_t i = 0; i < (labels + 1) * (labels + 1); ++i) {
    model.transitions.push_back(in.Weight());
  }
  for (std::size_t i = 0; i < labels * 4; ++i) model.steps.push_back(in.Weight());
  for (std::size_t i = 0; i < labels; ++i) {
    std::vector<CurvePoint>& curve = model.curves.emplace_back();
    std::uint64_t points = in.Varint(kMaxCurve);
    for (std::uint64_t k = 0; k < points && in.ok(); ++k) {
      CurvePoint point;
      point.margin = in.Signed();
      point.permyriad = in.Signed();
      curve.push_back(point);
    }
  }
  std::uint64_t features = in.Varint(in.left() / 3);
  if (!in.ok() || model.scale == 0) return broken("tagger model breaks off in its head");
  PrepareSlots(model, features);
  model.blocks.reserve(features * kRowBlocks);
  std::uint64_t hash = 0;
  for (std::uint64_t i = 0; i < features && in.ok(); ++i) {
    std::uint64_t step = in.Varint(0xFFFFFFFFULL);
    hash += step;
    auto places = static_cast<std::uint8_t>(in.Byte());
    if (places == 0 || hash > 0xFFFFFFFFULL || (i > 0 && step == 0)) break;
    Rows rows{};
    for (std::size_t place = 0; place < rows.size() && in.ok(); ++place) {
      if ((places >> place & 1U) == 0) continue;
      std::uint64_t set = in.Varint((1ULL << model.tags.size()) - 1);
      for (; set != 0 && in.ok(); set &= set - 1) {
        rows[place][static_cast<std::size_t>(std::countr_zero(set))] = in.Byte();
      }
    }
    Insert(model, static_cast<std::uint32_t>(hash), rows);
  }
  if (!in.done()) return broken("tagger model contradicts itself in its weights");
  return model;
}

Status WriteModel(const Model& model, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  std::string bytes = EncodeModel(model);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return Error(ErrorCode::kIo, "cannot write the tagger model", file.string());
  return {};
}

Result<Model> ReadModel(const std::filesystem::path& file) {
  TUPU_ASSIGN(const std::string bytes, ReadFile(file));
  return DecodeModel(bytes, file.string());
}

std::int32_t Confidence(const Model& model, std::size_t label, std::int32_t margin) {
  constexpr std::int32_t kLeast = 1;
  constexpr std::int32_t kMost = 9999;
  const std::vector<CurvePoint>& curve = model.curves[label];
  if (curve.empty()) return kLeast;
  std::size_t next = 0;
  while (next < curve.size() && curve[next].margin <= margin) ++next;
  if (next == curve.size()) return std::clamp(curve.back().permyriad, kLeast, kMost);
  CurvePoint low = next == 0 ? CurvePoint{} : curve[next - 1];
  CurvePoint high = curve[next];
  if (margin < low.margin || high.margin <= low.margin) {
    return std::clamp(low.permyriad, kLeast, kMost);
  }
  std::int64_t rise = std::int64_t{high.permyriad} - low.permyriad;
  std::int64_t part =
      rise * (std::int64_t{margin} - low.margin) / (std::int64_t{high.margin} - low.margin);
  return std::clamp(static_cast<std::int32_t>(low.permyriad + part), kLeast, kMost);
}

}  // namespace tupu::extract::tagger
