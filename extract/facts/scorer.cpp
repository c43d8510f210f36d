#include "extract/facts/scorer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "extract/facts/rules.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kReasons = 5;

std::vector<std::string> RelationsOf(const ScorerModel& model) {
  std::vector<std::string> names;
  for (const ScorerHead& head : model.heads) names.push_back(head.relation);
  return names;
}

// The likeliest place of a pair, for one relation.
struct Best {
  std::int32_t chance = -1;
  MentionId from = kNoMention;
  MentionId to = kNoMention;
  std::uint32_t evidence = 0;
  std::string reasons;
};

using PairKey = std::pair<std::uint64_t, std::uint32_t>;
struct PairHash {
  std::size_t operator()(const PairKey& key) const {
    return static_cast<std::size_t>((key.first * 0x9E3779B97F4A7C15ULL) ^
                                    (key.second * 0xC2B2AE3D27D4EB4FULL));
  }
};

class Scoring {
 public:
  Scoring(const ScorerModel& model, const PairSpace& space, Workspace& work, const Names& names,
          const WordSets& sets, std::string* explain)
      : model_(model), space_(space), work_(work), names_(names), sets_(sets), explain_(explain) {}

  void Run() {
    FeatureNames shown;
    feature_names_ = explain_ == nullptr ? nullptr : &shown;
    std::uint32_t wanted = 0;
    for (std::uint32_t h = 0; h < model_.heads.size(); ++h) {
      if (model_.heads[h].add <= 10000 || model_.heads[h].keep > 0) wanted |= 1u << h;
    }
    if (wanted == 0) return;
    ViewPairs(
        space_, work_, names_, [&](const PairView& view) { See(view); }, feature_names_, wanted);
    TakeBack();
    Add();
  }

 private:
  using Sums = std::array<std::int32_t, kMaxScoredRelations>;

  std::int32_t Sum(const std::vector<std::uint32_t>& features, std::uint32_t head) const {
    std::int32_t sum = 0;
    for (const std::uint32_t feature : features) {
      sum += model_.weights[ScorerModel::Slot(feature, head)];
    }
    return sum;
  }

  void See(const PairView& view) {
    if (view.evidence != sentence_) {
      sentence_ = view.evidence;
      shared_.clear();
    }
    const auto [shared, fresh] = shared_.try_emplace(view.shared_id);
    if (fresh) {
      for (std::uint32_t h = 0; h < model_.heads.size(); ++h) {
        shared->second[h] = (view.allowed >> h & 1u) != 0 ? Sum(*view.shared, h) : kUnknown;
      }
    }
    for (std::uint32_t h = 0; h < model_.heads.size(); ++h) {
      if ((view.allowed >> h & 1u) == 0) continue;
      const ScorerHead& head = model_.heads[h];
      const bool proposed = (view.proposed >> h & 1u) != 0;
      if (proposed ? head.keep <= 0 : head.add > 10000) continue;
      std::int32_t& common = shared->second[h];
      if (common == kUnknown) common = Sum(*view.shared, h);
      const std::int32_t chance =
          ChanceOf(head, model_.scale, std::int64_t{head.bias} + common + Sum(*view.features, h));
      if (!proposed && chance < head.add) continue;
      Best& best = best_[{std::uint64_t{view.from} << 32 | view.to, h}];
      if (chance <= best.chance) continue;
      best.chance = chance;
      best.from = view.from_mention;
      best.to = view.to_mention;
      best.evidence = view.evidence;
      if (feature_names_ != nullptr) best.reasons = Reasons(view, h);
    }
  }

  // The cues that weigh most, either way.
  std::string Reasons(const PairView& view, std::uint32_t head) const {
    std::vector<std::pair<std::int32_t, std::uint32_t>> weights;
    for (const auto* list : {view.features, view.shared}) {
      for (const std::uint32_t feature : *list) {
        const std::int32_t weight = model_.weights[ScorerModel::Slot(feature, head)];
        if (weight != 0) weights.emplace_back(weight, feature);
      }
    }
    std::sort(weights.begin(), weights.end(), [](const auto& a, const auto& b) {
      const auto size = [](std::int32_t weight) { return weight < 0 ? -weight : weight; };
      return size(a.first) != size(b.first) ? size(a.first) > size(b.first) : a.second < b.second;
    });
    if (weights.size() > kReasons) weights.resize(kReasons);
    std::string out;
    for (const auto& [weight, feature] : weights) {
      const auto name = feature_names_->find(feature);
      out += out.empty() ? "" : ", ";
      out += name == feature_names_->end() ? "?" : name->second;
      const std::int32_t hundredths = weight * 100 / model_.scale;
      out += hundredths < 0 ? " -" : " +";
      const std::int32_t size = hundredths < 0 ? -hundredths : hundredths;
      out += std::to_string(size / 100) + "." + (size % 100 < 10 ? "0" : "") +
             std::to_string(size % 100);
    }
    return out;
  }

  MentionId Anchor(MentionId id) const {
    const MentionId antecedent = work_.mention(id).antecedent;
    return antecedent == kNoMention ? id : antecedent;
  }

  void TakeBack() {
    std::erase_if(work_.proposals(), [&](const Proposal& proposal) {
      const int head = space_.RelationIndex(proposal.type);
      if (head < 0) return false;
      const GroupId from = names_.Of(Anchor(proposal.from)), to = names_.Of(Anchor(proposal.to));
      const auto best =
          best_.find({std::uint64_t{from} << 32 | to, static_cast<std::uint32_t>(head)});
      if (best == best_.end()) return false;
      proposed_.push_back(best->first);
      const std::int32_t keep = model_.heads[static_cast<std::size_t>(head)].keep;
      if (best->second.chance >= keep) return false;
      Explain("taken back", proposal.type, best->second, proposal.rule);
      return true;
    });
    for (const PairKey& key : proposed_) best_.erase(key);
  }

  void Add() {
    // In order of the text, so that the order of the map does not matter.
    std::vector<std::pair<std::uint32_t, const Best*>> added;
    for (const auto& [key, best] : best_) added.emplace_back(key.second, &best);
    std::sort(added.begin(), added.end(), [](const auto& a, const auto& b) {
      return std::tie(a.second->evidence, a.second->from, a.second->to, a.first) <
             std::tie(b.second->evidence, b.second->from, b.second->to, b.first);
    });
    for (const auto& [head, best] : added) {
      Proposal proposal;
      proposal.type = model_.heads[head].relation;
      proposal.from = best->from;
      proposal.to = best->to;
      proposal.evidence = best->evidence;
      proposal.rule = "scorer";
      proposal.confidence = static_cast<double>(std::clamp(best->chance, 100, 9900)) / 10000.0;
      Complete(proposal);
      Explain("added", proposal.type, *best, proposal.rule);
      work_.Propose(std::move(proposal));
    }
  }

  // What rules would read beside the pair: status, date, sum, post.
  void Complete(Proposal& proposal) const {
    if (work_.mention(proposal.from).sentence != work_.mention(proposal.to).sentence) return;
    const WorkSentence& sent = work_.sentence(proposal.evidence);
    const Span from = work_.mention(proposal.from).span, to = work_.mention(proposal.to).span;
    const Span first = std::min(from, to), second = std::max(from, to);
    const Span all{first.begin, std::max(first.end, second.end)};
    if (second.begin > first.end) {
      proposal.status = StatusOf(sent.text.substr(first.end, second.begin - first.end), sets_);
    }
    if (proposal.type == "ISSUED" || proposal.type == "HELD") {
      const graph::Date date = DateBefore(work_, sent, all);
      if (!date.empty()) proposal.properties["date"] = date.ToString();
    } else if (proposal.type == "INVESTS") {
      if (sent.amounts.size() != 1 || sent.amounts[0].amount.is_range()) return;
      const Amount& amount = sent.amounts[0].amount;
      proposal.properties["amount"] = AmountValue(amount);
      if (amount.currency != "CNY") proposal.properties["currency"] = amount.currency;
    } else if (proposal.type == "HOLDS_POSITION") {
      for (const WorkTitle& title : sent.titles) {
        if (title.span.begin < first.end || title.span.end > second.begin) continue;
        proposal.properties["title"] = std::string(Slice(sent.text, title.span));
      }
    }
  }

  void Explain(const char* what, const std::string& type, const Best& best,
               const std::string& rule) {
    if (explain_ == nullptr) return;
    *explain_ += std::string("scorer: ") + what + " " + type + " ";
    *explain_ += work_.Text(best.from);
    *explain_ += " -> ";
    *explain_ += work_.Text(best.to);
    *explain_ += " (" + rule + ") at " + std::to_string((best.chance + 50) / 100) +
                 " in 100: " + best.reasons + "\n";
  }

  static constexpr std::int32_t kUnknown = INT32_MIN;

  const ScorerModel& model_;
  const PairSpace& space_;
  Workspace& work_;
  const Names& names_;
  const WordSets& sets_;
  std::string* explain_;
  FeatureNames* feature_names_ = nullptr;
  std::uint32_t sentence_ = 0xFFFFFFFFu;
  std::unordered_map<std::uint32_t, Sums> shared_;
  std::unordered_map<PairKey, Best, PairHash> best_;
  std::vector<PairKey> proposed_;
};

}  // namespace

Scorer::Scorer(ScorerModel model, const graph::Schema& schema)
    : model_(std::move(model)), space_(schema, RelationsOf(model_)) {
  TUPU_CONTRACT(model_.heads.empty() || model_.weights.size() == ScorerModel::kSlots);
}

void Scorer::Apply(Workspace& work, const Names& names, const WordSets& sets,
                   std::string* explain) const {
  if (empty()) return;
  Scoring(model_, space_, work, names, sets, explain).Run();
}

std::int32_t ChanceOf(const ScorerHead& head, std::int32_t scale, std::int64_t sum) {
  // The logistic function at steps of 1/64, the same on every machine once rounded.
  static const std::vector<std::int32_t> kCurve = [] {
    std::vector<std::int32_t> curve;
    for (int i = -640; i <= 640; ++i) {
      curve.push_back(static_cast<std::int32_t>(std::lround(10000 / (1 + std::exp(-i / 64.0)))));
    }
    return curve;
  }();
  const std::int64_t at = (head.slope * sum / scale + head.offset) * 64 / 10000;
  return kCurve[static_cast<std::size_t>(std::clamp<std::int64_t>(at, -640, 640) + 640)];
}

}  // namespace tupu::extract
