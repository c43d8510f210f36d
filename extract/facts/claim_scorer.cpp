#include "extract/facts/claim_scorer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "graph/base/coding.h"
#include "graph/base/file.h"
#include "graph/base/hash.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::string_view kClaimMagic = "TUPUCLM";
constexpr char kClaimVersion = 1;
constexpr std::size_t kClaimChecksumBytes = 16;
constexpr std::int32_t kMostClaimWeight = 1 << 20;  // a few hundred of them do not run over

// Part of the model's format: never renumber, only add.
enum class Seen : std::uint8_t {
  kRule,
  kTypes,
  kStatus,
  kField,
  kLength,
  kFinder,
  kSureness,
  kLastOne,
  kLastTwo,
  kLastTwoByRule,
  kFirstTwo,
  kNameLength,
  kOrder,
  kDistance,
  kBetween,
  kBefore,
  kBehind,
  kBehindTwo,
};
constexpr std::array<std::string_view, 18> kSeenNames = {
    "the rule",
    "the ends' types",
    "status",
    "field",
    "sentence's length",
    "what found the end",
    "sureness of the end",
    "the name's last",
    "the name's last two",
    "the name's last two",
    "the name's first two",
    "the name's length",
    "order of the ends",
    "distance",
    "between the ends",
    "before the ends",
    "behind the ends",
    "behind the ends",
};

// Lengths that tell apart: the longer, the less a character matters.
std::size_t LengthClass(std::size_t length) {
  constexpr std::array<std::size_t, 14> kSteps = {1,  2,  3,  4,  6,  8,  11,
                                                  16, 23, 32, 45, 64, 91, 128};
  return static_cast<std::size_t>(std::upper_bound(kSteps.begin(), kSteps.end(), length) -
                                  kSteps.begin());
}

std::string_view FirstPoints(std::string_view text, std::size_t count) {
  std::size_t pos = 0;
  for (; count > 0 && pos < text.size(); --count) pos += DecodeAt(text, pos).size;
  return text.substr(0, pos);
}

std::string_view LastPoints(std::string_view text, std::size_t count) {
  std::size_t pos = text.size();
  for (; count > 0 && pos > 0; --count) pos -= DecodeBefore(text, pos).size;
  return text.substr(pos);
}

class ClaimFeatures {
 public:
  ClaimFeatures(const graph::Document& doc, const graph::Claims& claims,
                const graph::LocalRelation& relation, std::vector<std::uint32_t>& hashes,
                std::vector<std::string>* names)
      : doc_(doc), claims_(claims), relation_(relation), hashes_(hashes), names_(names) {}

  void Run() {
    const graph::LocalEntity& from = claims_.entities[relation_.from];
    const graph::LocalEntity& to = claims_.entities[relation_.to];
    const std::string_view rule = relation_.rule;
    const bool headline = relation_.evidence.at.field == graph::Field::kTitle;
    Add(Seen::kRule, rule);
    Add(Seen::kTypes, rule, from.type, to.type);
    Add(Seen::kStatus, rule, ClaimStatusName(relation_.status));
    Add(Seen::kField, rule, headline ? "title" : "text");
    End("from", from);
    End("to", to);
    Surroundings();
  }

 private:
  // FNV-1a over the template and its parts: the same on every machine.
  void Add(Seen what, std::string_view scope, std::string_view a = {}, std::string_view b = {}) {
    std::uint32_t hash = 2166136261U;
    const auto mix = [&hash](unsigned char byte) { hash = (hash ^ byte) * 16777619U; };
    mix(static_cast<unsigned char>(what));
    for (const std::string_view part : {scope, a, b}) {
      for (const char c : part) mix(static_cast<unsigned char>(c));
      mix(0xFF);  // in no UTF-8
    }
    if (std::find(hashes_.begin(), hashes_.end(), hash) != hashes_.end()) return;
    hashes_.push_back(hash);
    if (names_ == nullptr) return;
    std::string name(kSeenNames[static_cast<std::size_t>(what)]);
    for (const std::string_view part : {a, b}) {
      if (!part.empty()) name.append(" ").append(part);
    }
    names_->push_back(std::move(name));
  }

  void AddNumber(Seen what, std::string_view scope, std::string_view side, std::size_t number) {
    Add(what, scope, side, std::to_string(number));
  }

  void End(std::string_view side, const graph::LocalEntity& entity) {
    const std::string_view type = relation_.type, rule = relation_.rule, name = entity.name;
    Add(Seen::kFinder, type, side, entity.rule);
    Add(Seen::kSureness, rule, side, graph::DoubleToString(entity.confidence));
    Add(Seen::kLastOne, type, side, LastPoints(name, 1));
    Add(Seen::kLastTwo, type, side, LastPoints(name, 2));
    Add(Seen::kLastTwoByRule, rule, side, LastPoints(name, 2));
    Add(Seen::kFirstTwo, type, side, FirstPoints(name, 2));
    AddNumber(Seen::kNameLength, rule, side, LengthClass(CountCodePoints(name)));
  }

  // What stands around the ends, where both stand in the sentence.
  void Surroundings() {
    const graph::FieldSpan sentence = relation_.evidence.at;
    const std::string_view rule = relation_.rule, type = relation_.type;
    const std::string_view text = graph::Slice(doc_, sentence);
    AddNumber(Seen::kLength, rule, {}, LengthClass(CountCodePoints(text)));
    const auto inside = [&](graph::FieldSpan at) {
      return at.field == sentence.field && sentence.span.Contains(at.span);
    };
    if (!inside(relation_.from_mention) || !inside(relation_.to_mention)) return;
    const bool forward = relation_.from_mention.span.begin <= relation_.to_mention.span.begin;
    const Span first = (forward ? relation_.from_mention : relation_.to_mention).span;
    const Span second = (forward ? relation_.to_mention : relation_.from_mention).span;
    const auto at = [&](std::uint32_t pos) { return pos - sentence.span.begin; };
    Add(Seen::kOrder, rule, forward ? "forward" : "backward");
    const std::string_view before = text.substr(0, at(first.begin));
    const std::string_view behind = text.substr(at(std::max(first.end, second.end)));
    Add(Seen::kBefore, type, LastPoints(before, 2));
    Add(Seen::kBehind, type, FirstPoints(behind, 1));
    Add(Seen::kBehindTwo, type, FirstPoints(behind, 2));
    if (second.begin < first.end) {
      Add(Seen::kDistance, rule, "inside");
      return;
    }
    const std::string_view between = text.substr(at(first.end), second.begin - first.end);
    AddNumber(Seen::kDistance, rule, {}, LengthClass(CountCodePoints(between)));
    constexpr std::size_t kMostBetween = 40;  // pairs of characters
    std::size_t pos = 0;
    for (std::size_t i = 0; i < kMostBetween && pos < between.size(); ++i) {
      const std::string_view pair = FirstPoints(between.substr(pos), 2);
      const std::uint32_t step = DecodeAt(between, pos).size;
      if (pair.size() > step || i == 0) Add(Seen::kBetween, type, pair);
      pos += step;
    }
  }

  const graph::Document& doc_;
  const graph::Claims& claims_;
  const graph::LocalRelation& relation_;
  std::vector<std::uint32_t>& hashes_;
  std::vector<std::string>* names_;
};

// Exponentials differ from machine to machine in their last bits; no score is so near to a border
// between two hundredths that it matters.
double ConfidenceOf(std::int64_t score) {
  const double likely = 1 / (1 + std::exp(-static_cast<double>(score) / 1000));
  return std::clamp(std::round(likely * 100), 1.0, 99.0) / 100;
}

std::string ClaimChecksum(std::string_view bytes) {
  const Hash128 hash = HashFields({bytes});
  return std::string(reinterpret_cast<const char*>(hash.bytes.data()), kClaimChecksumBytes);
}

bool GetWeight(std::string_view& in, std::int32_t& out) {
  std::uint64_t raw = 0;
  if (!GetVarint(in, raw) || raw > 2ULL * kMostClaimWeight) return false;
  out = static_cast<std::int32_t>(UnZigZag(raw));
  return true;
}

}  // namespace

void CollectClaimFeatures(const graph::Document& doc, const graph::Claims& claims,
                          const graph::LocalRelation& relation, std::vector<std::uint32_t>& hashes,
                          std::vector<std::string>* names) {
  hashes.clear();
  if (names != nullptr) names->clear();
  ClaimFeatures(doc, claims, relation, hashes, names).Run();
}

std::string EncodeClaimModel(const ClaimModel& model) {
  std::string out(kClaimMagic);
  out.push_back(kClaimVersion);
  PutVarint(out, ZigZag(model.least));
  PutVarint(out, ZigZag(model.bias));
  PutVarint(out, model.weights.size());
  std::uint32_t previous = 0;
  for (const auto& [hash, weight] : model.weights) {
    PutVarint(out, hash - previous);
    PutVarint(out, ZigZag(weight));
    previous = hash;
  }
  return out + ClaimChecksum(out);
}

Result<ClaimModel> DecodeClaimModel(std::string_view bytes, const std::string& name) {
  const auto broken = [&](const std::string& what) {
    return Error(ErrorCode::kCorruption, what, name);
  };
  if (bytes.size() < kClaimMagic.size() + 1 + kClaimChecksumBytes ||
      !bytes.starts_with(kClaimMagic)) {
    return broken("not a claim scorer's model: expected a file that begins with \"TUPUCLM\"");
  }
  if (bytes[kClaimMagic.size()] != kClaimVersion) {
    return broken("claim scorer's model of version " +
                  std::to_string(int{bytes[kClaimMagic.size()]}) + ", expected version " +
                  std::to_string(int{kClaimVersion}));
  }
  const std::string_view body = bytes.substr(0, bytes.size() - kClaimChecksumBytes);
  if (ClaimChecksum(body) != bytes.substr(body.size())) {
    return broken("claim scorer's model is damaged: its checksum does not fit its bytes");
  }
  std::string_view in = body.substr(kClaimMagic.size() + 1);
  ClaimModel model;
  std::uint64_t count = 0;
  bool ok = GetWeight(in, model.least) && GetWeight(in, model.bias) && GetVarint(in, count) &&
            count <= in.size();
  std::uint64_t hash = 0;
  if (ok) model.weights.reserve(count);
  for (std::uint64_t i = 0; ok && i < count; ++i) {
    std::uint64_t step = 0;
    std::int32_t weight = 0;
    ok = GetVarint(in, step) && GetWeight(in, weight) && (i == 0 || step > 0) &&
         step <= 0xFFFFFFFFULL - hash;
    hash += step;
    if (ok) model.weights.emplace_back(static_cast<std::uint32_t>(hash), weight);
  }
  if (!ok || !in.empty()) return broken("claim scorer's model is malformed");
  return model;
}

Result<std::optional<ClaimScorer>> ClaimScorer::Load(const std::filesystem::path& file) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed) && !failed) return std::optional<ClaimScorer>();
  TUPU_ASSIGN(const std::string bytes, ReadFile(file));
  TUPU_ASSIGN(ClaimModel model, DecodeClaimModel(bytes, file.string()));
  return std::optional<ClaimScorer>(ClaimScorer(std::move(model)));
}

std::int32_t ClaimScorer::Weight(std::uint32_t hash) const {
  const auto found =
      std::lower_bound(model_.weights.begin(), model_.weights.end(), hash,
                       [](const auto& one, std::uint32_t at) { return one.first < at; });
  return found != model_.weights.end() && found->first == hash ? found->second : 0;
}

std::int64_t ClaimScorer::Score(const std::vector<std::uint32_t>& features) const {
  std::int64_t sum = model_.bias;
  for (const std::uint32_t hash : features) sum += Weight(hash);
  return sum;
}

std::vector<Verdict> ClaimScorer::Judge(const graph::Document& doc, const graph::Claims& claims,
                                        std::string* explain) const {
  std::vector<Verdict> verdicts;
  std::vector<std::uint32_t> hashes;
  std::vector<std::string> names;
  for (const graph::LocalRelation& relation : claims.relations) {
    if (relation.status == graph::ClaimStatus::kDenied) {
      verdicts.emplace_back();
      continue;
    }
    CollectClaimFeatures(doc, claims, relation, hashes, explain != nullptr ? &names : nullptr);
    const std::int64_t sum = Score(hashes);
    verdicts.push_back({sum >= model_.least, ConfidenceOf(sum)});
    if (explain == nullptr || verdicts.back().stays) continue;
    std::vector<std::pair<std::int32_t, std::string_view>> against;
    for (std::size_t i = 0; i < hashes.size(); ++i)
      against.emplace_back(Weight(hashes[i]), names[i]);
    std::stable_sort(against.begin(), against.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    char likely[16];
    std::snprintf(likely, sizeof likely, "%.2f", *verdicts.back().confidence);
    *explain += "  " + relation.type + " " + claims.entities[relation.from].name + " -> " +
                claims.entities[relation.to].name + "  (" + relation.rule + ") " + likely + ":";
    constexpr std::size_t kMostReasons = 3;
    for (std::size_t i = 0; i < std::min(kMostReasons, against.size()); ++i) {
      if (against[i].first >= 0) break;
      explain->append(i == 0 ? " " : ", ").append(against[i].second);
    }
    *explain += "\n";
  }
  return verdicts;
}

}  // namespace tupu::extract
