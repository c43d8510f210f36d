#include "extract/facts/scorer_features.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxPartners = 24;      // mentions after one that it is paired with
constexpr std::uint32_t kMaxDistance = 160;   // characters between two mentions
constexpr std::uint32_t kMaxSentenceGap = 5;  // sentences back to what a text is about
constexpr std::uint32_t kMaxBetween = 40;     // characters between that are looked at

enum class Cue : std::uint32_t {
  kTypes,
  kKinds,
  kInside,
  kInsideTypes,
  kOuterTail,
  kAfterInner,
  kBeforeInner,
  kDistance,
  kMiddle,
  kMiddleKind,
  kMiddleSame,
  kCommas,
  kBetween,
  kBetweenLists,
  kBetween1,
  kBetween2,
  kBetween3,
  kBetweenFirst,
  kBetweenLast,
  kBetweenList2,
  kLeft,
  kRight,
  kRightPair,
  kHeadFrom,
  kHeadTo,
  kSentence,
  kStart,
  kPlace,
  kMentions,
  kFound,
  kRule,
  kRuleKinds,
  kNoRule,
  kFromHas,
  kToHas,
  kPairHas,
  kGap,
  kLead,
  kOpening,
  kHolds,
  kBeside,
  kCovered,
};

constexpr std::array<std::string_view, 42> kCueNames = {
    "types",        "kinds",        "inside",        "inside-types",  "outer-tail",
    "after-inner",  "before-inner", "distance",      "names-between", "kind-between",
    "same-between", "commas",       "between",       "between-lists", "between1",
    "between2",     "between3",     "between-first", "between-last",  "lists2",
    "left",         "right",        "right2",        "head-from",     "head-to",
    "sentence",     "start",        "place",         "mentions",      "found-by",
    "rule",         "rule-kinds",   "no-rule",       "from-has",      "to-has",
    "pair-has",     "gap",          "lead",          "opening",       "within-name",
    "beside",       "covered"};

std::uint64_t Mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

std::uint64_t HashText(std::string_view text) {
  std::uint64_t hash = 0x51ED270B;
  for (const char c : text) hash = Mix(hash, static_cast<unsigned char>(c));
  return hash;
}

std::uint32_t Bucket(std::uint32_t number) {
  constexpr std::array<std::uint32_t, 11> kSteps = {0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 80};
  return static_cast<std::uint32_t>(std::lower_bound(kSteps.begin(), kSteps.end(), number) -
                                    kSteps.begin());
}

// A mention as characters of its sentence.
struct Place {
  MentionId id = kNoMention;
  GroupId group = kNoGroup;
  std::uint32_t type = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool nested = false;
};

struct View {
  std::uint32_t sentence = 0;
  std::u32string chars;
  std::vector<Place> places;
  std::vector<std::uint32_t> top;  // of `places`: those that are not nested
  std::unordered_map<std::uint64_t, std::uint32_t> shared;  // kinds → list
};

// What the rules say of a pair.
struct Proposed {
  std::uint32_t relations = 0;
  std::vector<std::pair<std::uint32_t, std::string_view>> rules;  // relation, rule
};

class Viewer {
 public:
  Viewer(const PairSpace& space, const Workspace& work, const Names& names,
         const std::function<void(const PairView&)>& seen, FeatureNames* feature_names,
         std::uint32_t wanted)
      : space_(space),
        work_(work),
        names_(names),
        seen_(seen),
        feature_names_(feature_names),
        wanted_(wanted) {
    for (const NameGroup& group : names_.groups()) {
      types_.push_back(space_.TypeIndex(group.type));
    }
    from_has_.resize(types_.size());
    to_has_.resize(types_.size());
    ReadProposals();
  }

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) {
        article = sent.place.article;
        first_ = s;
        topics_.clear();
        main_.clear();
      }
      if (sent.place.kind == SentenceKind::kByline || sent.mentions.empty()) continue;
      Look(s);
      Within();
      Across();
      Remember();
    }
  }

 private:
  struct Topic {
    Place place;
    std::uint32_t sentence = 0;
    std::u32string head;
  };

  static std::uint64_t PairKey(GroupId from, GroupId to) {
    return (std::uint64_t{from} << 32) | to;
  }

  MentionId Anchor(MentionId id) const {
    const MentionId antecedent = work_.mention(id).antecedent;
    return antecedent == kNoMention ? id : antecedent;
  }

  void ReadProposals() {
    for (const Proposal& proposal : work_.proposals()) {
      const int relation = space_.RelationIndex(proposal.type);
      const GroupId from = names_.Of(Anchor(proposal.from)), to = names_.Of(Anchor(proposal.to));
      if (relation < 0 || from == kNoGroup || to == kNoGroup || from == to) continue;
      if (types_[from] >= space_.size() || types_[to] >= space_.size()) continue;
      const std::uint32_t bit = 1u << relation;
      if ((space_.Allowed(types_[from], types_[to]) & bit) == 0) continue;
      Proposed& known = proposed_[PairKey(from, to)];
      const std::pair<std::uint32_t, std::string_view> rule(static_cast<std::uint32_t>(relation),
                                                            proposal.rule);
      if (std::find(known.rules.begin(), known.rules.end(), rule) == known.rules.end() &&
          known.rules.size() < 16) {
        known.rules.push_back(rule);
      }
      if ((known.relations & bit) != 0) continue;
      known.relations |= bit;
      Count(from_has_[from], relation);
      Count(to_has_[to], relation);
    }
  }

  using Counts = std::array<std::uint8_t, kMaxScoredRelations>;
  static void Count(Counts& counts, int relation) {
    std::uint8_t& count = counts[static_cast<std::size_t>(relation)];
    if (count < 9) ++count;
  }

  void Look(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    view_.sentence = s;
    view_.chars.clear();
    view_.places.clear();
    view_.top.clear();
    shared_base_ += static_cast<std::uint32_t>(view_.shared.size());
    view_.shared.clear();
    at_.assign(sent.text.size() + 1, 0);
    for (std::size_t pos = 0; pos < sent.text.size();) {
      const CodePoint c = DecodeAt(sent.text, pos);
      at_[pos] = static_cast<std::uint32_t>(view_.chars.size());
      view_.chars.push_back(c.value);
      pos += c.size;
    }
    at_[sent.text.size()] = static_cast<std::uint32_t>(view_.chars.size());
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      Place place;
      place.id = id;
      place.group = names_.Of(Anchor(id));
      if (place.group == kNoGroup || types_[place.group] >= space_.size()) continue;
      place.type = types_[place.group];
      place.begin = at_[mention.span.begin];
      place.end = at_[mention.span.end];
      place.nested = mention.nested;
      if (!place.nested && !view_.top.empty()) {
        const Place& before = view_.places[view_.top.back()];
        place.nested = place.begin < before.end;
      }
      if (!place.nested) view_.top.push_back(static_cast<std::uint32_t>(view_.places.size()));
      view_.places.push_back(place);
    }
  }

  void Within() {
    for (std::size_t i = 0; i < view_.places.size(); ++i) {
      const Place& a = view_.places[i];
      std::size_t partners = 0;
      for (std::size_t j = i + 1; j < view_.places.size() && partners < kMaxPartners; ++j) {
        const Place& b = view_.places[j];
        const bool inside = b.end <= a.end;
        // Names inside a name go with what holds them; the rest of the sentence with the whole.
        if (!inside && (a.nested || b.nested)) continue;
        if (!inside && b.begin > a.end + kMaxDistance) break;
        if (a.group == b.group) continue;
        ++partners;
        Pair(a, b, false, 0);
        Pair(b, a, true, 0);
      }
    }
  }

  // What was named before in the article, with what this sentence names.
  void Across() {
    for (const Topic& topic : topics_) Across(topic, false);
    for (const Topic& topic : main_) {
      const bool recent = std::any_of(topics_.begin(), topics_.end(), [&](const Topic& other) {
        return other.place.group == topic.place.group &&
               other.sentence + kMaxSentenceGap >= view_.sentence;
      });
      if (!recent) Across(topic, true);
    }
  }

  void Across(const Topic& topic, bool main) {
    const std::uint32_t gap = view_.sentence - topic.sentence;
    if (!main && gap > kMaxSentenceGap) return;
    std::uint32_t own = 0xFFFFFFFFu;  // where the sentence names another of the kind
    for (const std::uint32_t i : view_.top) {
      const Place& place = view_.places[i];
      if (place.group == topic.place.group) return;
      if (space_.Kind(place.type) == space_.Kind(topic.place.type))
        own = std::min(own, place.begin);
    }
    std::size_t partners = 0;
    for (const std::uint32_t i : view_.top) {
      if (++partners > kMaxPartners) break;
      const Place& place = view_.places[i];
      if (place.begin > own) break;
      mode_ = main ? 2 : 1;
      gap_ = gap;
      topic_ = &topic;
      Pair(topic.place, place, false, mode_);
      Pair(place, topic.place, true, mode_);
    }
  }

  void Remember() {
    for (const std::uint32_t i : view_.top) {
      const Place& place = view_.places[i];
      if (!space_.Topical(place.type)) continue;
      Topic topic{place, view_.sentence, {}};
      const std::uint32_t length = place.end - place.begin;
      topic.head = view_.chars.substr(place.end - std::min(length, 2u), std::min(length, 2u));
      // One of a kind is remembered: the last, and the first.
      std::erase_if(topics_, [&](const Topic& other) {
        return space_.Kind(other.place.type) == space_.Kind(place.type);
      });
      topics_.push_back(topic);
      const bool known = std::any_of(main_.begin(), main_.end(), [&](const Topic& other) {
        return space_.Kind(other.place.type) == space_.Kind(place.type);
      });
      if (!known && view_.sentence < first_ + 4) main_.push_back(topic);
    }
  }

  // One direction of a pair. `back`: `from` stands after `to`. `mode`: 0 in one sentence, 1 the
  // other was named before, 2 at the article's start.
  void Pair(const Place& from, const Place& to, bool back, std::uint32_t mode) {
    const std::uint32_t allowed = space_.Allowed(from.type, to.type);
    if ((allowed & wanted_) == 0) return;
    features_.clear();
    const Place& first = back ? to : from;
    const Place& second = back ? from : to;
    const bool inside = mode == 0 && second.end <= first.end;
    order_ = Mix(0x6d, (back ? 1u : 0u) + 2 * mode + (inside ? 8u : 0u));
    kinds_ = Mix(Mix(order_, space_.Kind(from.type)), space_.Kind(to.type));
    const std::uint64_t types =
        Mix(Mix(kinds_, space_.TypeHash(from.type)), space_.TypeHash(to.type));
    Number(Cue::kKinds, 0, 0);
    Number(Cue::kTypes, types, 0);
    if (inside) {
      Inside(first, second, types);
    } else if (mode == 0) {
      Between(first, second);
    } else {
      AcrossCues(second.id == topic_->place.id ? first : second);
    }
    Around(from, to, mode, back);
    Neighbours(from, to, mode);
    Rules(from, to);

    PairView out;
    out.from = from.group;
    out.to = to.group;
    out.from_mention = from.id;
    out.to_mention = to.id;
    out.evidence = view_.sentence;
    out.allowed = allowed;
    const auto known = proposed_.find(PairKey(from.group, to.group));
    out.proposed = known == proposed_.end() ? 0 : known->second.relations;
    std::sort(features_.begin(), features_.end());
    features_.erase(std::unique(features_.begin(), features_.end()), features_.end());
    out.features = &features_;
    const std::uint32_t shared = Shared();
    out.shared_id = shared_base_ + shared;
    out.shared = &shared_[shared];
    seen_(out);
  }

  void Inside(const Place& outer, const Place& inner, std::uint64_t types) {
    const std::uint32_t position = inner.begin == outer.begin ? 0 : inner.end == outer.end ? 1 : 2;
    Number(Cue::kInside, 0, position);
    Number(Cue::kInsideTypes, types, position);
    const std::uint32_t length = outer.end - outer.begin;
    Text(Cue::kOuterTail, types, outer.end - std::min(length, 2u), outer.end);
    Text(Cue::kOuterTail, types, outer.end - 1, outer.end);
    for (std::uint32_t n = 1; n <= 2; ++n) {
      if (inner.end + n <= outer.end) Text(Cue::kAfterInner, n, inner.end, inner.end + n);
      if (inner.begin >= outer.begin + n) Text(Cue::kBeforeInner, n, inner.begin - n, inner.begin);
    }
  }

  void Between(const Place& first, const Place& second) {
    const std::uint32_t kind_first = space_.Kind(first.type),
                        kind_second = space_.Kind(second.type);
    between_.clear();
    std::uint32_t pos = first.end, middle = 0;
    bool same_first = false, same_second = false;
    auto it = std::upper_bound(
        view_.top.begin(), view_.top.end(), first.begin,
        [&](std::uint32_t begin, std::uint32_t i) { return begin < view_.places[i].begin; });
    for (; it != view_.top.end(); ++it) {
      const Place& place = view_.places[*it];
      if (place.begin < pos) continue;
      if (place.end > second.begin) break;
      between_.append(view_.chars, pos, place.begin - pos);
      between_.push_back(U'@');
      pos = place.end;
      ++middle;
      const std::uint32_t kind = space_.Kind(place.type);
      same_first = same_first || kind == kind_first;
      same_second = same_second || kind == kind_second;
      Number(Cue::kMiddleKind, kind, 0);
    }
    if (pos < second.begin) between_.append(view_.chars, pos, second.begin - pos);
    Number(Cue::kDistance, 0, Bucket(second.begin - std::min(second.begin, first.end)));
    Number(Cue::kMiddle, 0, std::min(middle, 6u));
    Number(Cue::kMiddleSame, 0, (same_first ? 1u : 0u) + (same_second ? 2u : 0u));
    Number(Cue::kCommas, 0,
           std::min<std::uint32_t>(
               static_cast<std::uint32_t>(std::count(between_.begin(), between_.end(), U'，')), 4));
    const std::u32string_view between = between_;
    Text(Cue::kBetween, 0, between.substr(0, 20));
    const std::u32string lists = WithoutLists(between);
    Text(Cue::kBetweenLists, 0, std::u32string_view(lists).substr(0, 20));
    Text(Cue::kBetweenFirst, 0, between.substr(0, 2));
    Text(Cue::kBetweenLast, 0,
         between.substr(between.size() - std::min<std::size_t>(2, between.size())));
    const std::size_t end = std::min<std::size_t>(between.size(), kMaxBetween);
    for (std::size_t i = 0; i < end; ++i) {
      Text(Cue::kBetween1, 0, between.substr(i, 1));
      if (i + 2 <= end) Text(Cue::kBetween2, 0, between.substr(i, 2));
      if (i + 3 <= end) Text(Cue::kBetween3, 0, between.substr(i, 3));
    }
  }

  // 、@、@和@ becomes @.
  static std::u32string WithoutLists(std::u32string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == U'@' && !out.empty()) {
        const char32_t before = out.back();
        if (before == U'、' || before == U'和' || before == U'与' || before == U'及') {
          while (!out.empty() &&
                 (out.back() == U'、' || out.back() == U'和' || out.back() == U'与' ||
                  out.back() == U'及' || out.back() == U'以')) {
            out.pop_back();
          }
          if (!out.empty() && out.back() == U'@') continue;
        }
      }
      out.push_back(text[i]);
    }
    return out;
  }

  void AcrossCues(const Place& here) {
    Number(Cue::kGap, 0, std::min(gap_, 9u));
    const WorkSentence& then = work_.sentence(topic_->sentence);
    const WorkSentence& now = work_.sentence(view_.sentence);
    Number(Cue::kGap, 1,
           (then.place.kind == SentenceKind::kTitle ? 1u : 0u) +
               (then.place.paragraph == now.place.paragraph ? 2u : 0u));
    Text(Cue::kHeadFrom, 7, topic_->head);
    // The eight characters before, from the clause's start.
    std::uint32_t from = here.begin - std::min(here.begin, 10u);
    for (std::uint32_t i = here.begin; i > from; --i) {
      const char32_t c = view_.chars[i - 1];
      if (c == U'，' || c == U'；' || c == U'：') {
        from = i;
        break;
      }
    }
    for (std::uint32_t i = from; i + 2 <= here.begin; ++i) Text(Cue::kLead, 0, i, i + 2);
    const auto size = static_cast<std::uint32_t>(view_.chars.size());
    Text(Cue::kOpening, 0, 0, std::min(size, 2u));
    Text(Cue::kOpening, 1, 0, std::min(size, 4u));
  }

  void Around(const Place& from, const Place& to, std::uint32_t mode, bool back) {
    const Place& first = mode != 0 ? (from.id == topic_->place.id ? to : from) : back ? to : from;
    const Place& second = mode != 0 ? first : back ? from : to;
    const std::uint32_t right_of = std::max(first.end, second.end);
    const auto size = static_cast<std::uint32_t>(view_.chars.size());
    for (std::uint32_t n = 1; n <= 3; ++n) {
      Text(Cue::kLeft, n, first.begin - std::min(n, first.begin), first.begin);
      Text(Cue::kRight, n, right_of, std::min(right_of + n, size));
    }
    for (std::uint32_t i = right_of; i + 2 <= std::min(right_of + 6, size); ++i) {
      Text(Cue::kRightPair, 0, i, i + 2);
    }
    if (mode == 0 || from.id != topic_->place.id) Head(Cue::kHeadFrom, from);
    if (mode == 0 || to.id != topic_->place.id) Head(Cue::kHeadTo, to);
    Number(Cue::kStart, 0, first.begin < 3 ? 1 : 0);
    const WorkSentence& sent = work_.sentence(view_.sentence);
    Number(Cue::kPlace, 0, static_cast<std::uint32_t>(sent.place.kind));
    Number(Cue::kPlace, 1, Bucket(view_.sentence - first_));
    Number(Cue::kMentions, 0, Bucket(Mentions(from)));
    Number(Cue::kMentions, 1, Bucket(Mentions(to)));
    Word(Cue::kFound, 0, work_.mention(from.id).rule);
    Word(Cue::kFound, 1, work_.mention(to.id).rule);
  }

  // What holds a name, what stands right beside it, and whether a longer or shorter reading of the
  // second name is already joined with the first.
  void Neighbours(const Place& from, const Place& to, std::uint32_t mode) {
    for (std::uint32_t end = 0; end < 2; ++end) {
      const Place& here = end == 0 ? from : to;
      const Place& other = end == 0 ? to : from;
      if (mode != 0 && here.id == topic_->place.id) continue;
      // Mentions are sorted by begin: only the neighbours can hold it or touch it.
      const auto self = static_cast<std::size_t>(&here - view_.places.data());
      const std::size_t first = self < 6 ? 0 : self - 6;
      const std::size_t last = std::min(view_.places.size(), self + 7);
      for (std::size_t i = first; i < last; ++i) {
        const Place& near = view_.places[i];
        if (near.id == here.id || near.id == other.id) continue;
        const bool overlaps = near.begin < here.end && here.begin < near.end;
        if (overlaps) {
          const bool holds = near.begin <= here.begin && near.end >= here.end;
          if (holds) Number(Cue::kHolds, end, space_.Kind(near.type));
          const GroupId a = end == 0 ? near.group : from.group;
          const GroupId b = end == 0 ? to.group : near.group;
          const auto known = proposed_.find(PairKey(a, b));
          if (known == proposed_.end()) continue;
          for (std::uint32_t r = 0; r < kMaxScoredRelations; ++r) {
            if ((known->second.relations >> r & 1u) != 0) {
              Number(Cue::kCovered, end * 2 + (holds ? 1 : 0), r);
            }
          }
        } else if (near.begin == here.end) {
          Number(Cue::kBeside, end, space_.Kind(near.type));
        } else if (near.end == here.begin) {
          Number(Cue::kBeside, 2 + end, space_.Kind(near.type));
        }
      }
    }
  }

  std::uint32_t Mentions(const Place& place) const {
    return static_cast<std::uint32_t>(names_.groups()[place.group].mentions.size());
  }

  void Head(Cue cue, const Place& place) {
    for (std::uint32_t n = 1; n <= 2; ++n) {
      if (place.end >= place.begin + n) Text(cue, n, place.end - n, place.end);
    }
  }

  void Rules(const Place& from, const Place& to) {
    const auto known = proposed_.find(PairKey(from.group, to.group));
    std::uint32_t own = 0;
    if (known == proposed_.end()) {
      Number(Cue::kNoRule, 0, 0);
    } else {
      own = known->second.relations;
      for (const auto& [relation, rule] : known->second.rules) {
        Plain(Cue::kPairHas, relation);
        PlainWord(Cue::kRule, rule);
        Word(Cue::kRuleKinds, relation, rule);
      }
    }
    if (proposed_.count(PairKey(to.group, from.group)) > 0) Number(Cue::kPairHas, 1, 99);
    for (std::uint32_t r = 0; r < kMaxScoredRelations; ++r) {
      const std::uint32_t mine = (own >> r) & 1u;
      if (from_has_[from.group][r] > mine) Number(Cue::kFromHas, r, mine);
      if (to_has_[to.group][r] > mine) Number(Cue::kToHas, r, mine);
      if (to_has_[from.group][r] > 0) Number(Cue::kFromHas, 100 + r, mine);
      if (from_has_[to.group][r] > 0) Number(Cue::kToHas, 100 + r, mine);
    }
  }

  // All pairs of characters of the sentence, with the kinds: the same for every pair of the kinds.
  std::uint32_t Shared() {
    const auto [it, fresh] =
        view_.shared.try_emplace(kinds_, static_cast<std::uint32_t>(view_.shared.size()));
    if (fresh) {
      if (shared_.size() <= it->second) shared_.emplace_back();
      std::vector<std::uint32_t>& list = shared_[it->second];
      list.clear();
      std::swap(list, features_);
      const std::size_t end = std::min<std::size_t>(view_.chars.size(), 300);
      features_.clear();
      for (std::uint32_t i = 0; i + 2 <= end; ++i) Text(Cue::kSentence, 0, i, i + 2);
      std::sort(features_.begin(), features_.end());
      features_.erase(std::unique(features_.begin(), features_.end()), features_.end());
      std::swap(list, features_);
    }
    return it->second;
  }

  // Adding cues: all but the plain ones hold for one pair of kinds in one order.
  void Number(Cue cue, std::uint64_t variant, std::uint64_t number) {
    const std::uint64_t hash =
        Mix(Mix(Mix(kinds_, static_cast<std::uint64_t>(cue)), variant), number);
    Keep(hash, cue, [&] { return std::to_string(number); });
  }
  void Text(Cue cue, std::uint64_t variant, std::u32string_view text) {
    std::uint64_t hash = Mix(Mix(kinds_, static_cast<std::uint64_t>(cue)), variant);
    for (const char32_t c : text) hash = Mix(hash, c);
    Keep(Mix(hash, 1), cue, [&] { return "“" + ToUtf8(text) + "”"; });
  }
  void Text(Cue cue, std::uint64_t variant, std::uint32_t begin, std::uint32_t end) {
    Text(cue, variant, std::u32string_view(view_.chars).substr(begin, end - begin));
  }
  void Word(Cue cue, std::uint64_t variant, std::string_view word) {
    const std::uint64_t hash =
        Mix(Mix(Mix(kinds_, static_cast<std::uint64_t>(cue)), variant), HashText(word));
    Keep(hash, cue, [&] { return std::string(word); });
  }
  void Plain(Cue cue, std::uint64_t number) {
    Keep(Mix(Mix(0x2b, static_cast<std::uint64_t>(cue)), number), cue,
         [&] { return std::to_string(number); });
  }
  void PlainWord(Cue cue, std::string_view word) {
    Keep(Mix(Mix(0x3b, static_cast<std::uint64_t>(cue)), HashText(word)), cue,
         [&] { return std::string(word); });
  }
  template <class Show>
  void Keep(std::uint64_t hash, Cue cue, const Show& show) {
    const auto feature = static_cast<std::uint32_t>(hash >> 32);
    features_.push_back(feature);
    if (feature_names_ == nullptr) return;
    const std::string_view name = kCueNames[static_cast<std::size_t>(cue)];
    feature_names_->try_emplace(feature, std::string(name) + " " + show());
  }

  const PairSpace& space_;
  const Workspace& work_;
  const Names& names_;
  const std::function<void(const PairView&)>& seen_;
  FeatureNames* feature_names_;
  std::uint32_t wanted_;
  std::vector<std::uint32_t> types_;  // of groups
  std::vector<Counts> from_has_, to_has_;
  std::unordered_map<std::uint64_t, Proposed> proposed_;

  View view_;
  std::vector<std::uint32_t> at_;  // bytes to characters
  std::uint32_t first_ = 0;        // sentence of the article
  std::vector<Topic> topics_, main_;
  const Topic* topic_ = nullptr;
  std::uint32_t mode_ = 0, gap_ = 0;
  std::uint64_t order_ = 0, kinds_ = 0;
  std::u32string between_;
  std::vector<std::uint32_t> features_;
  std::vector<std::vector<std::uint32_t>> shared_;  // of this sentence
  std::uint32_t shared_base_ = 0;                   // lists of the sentences before
};

}  // namespace

PairSpace::PairSpace(const graph::Schema& schema, const std::vector<std::string>& relations)
    : relations_(relations) {
  TUPU_CONTRACT(relations.size() <= kMaxScoredRelations);
  std::map<std::string, std::uint32_t> roots;
  for (const graph::EntityTypeDef& type : schema.entity_types()) {
    if (type.abstract) continue;
    index_.emplace(type.name, static_cast<std::uint32_t>(names_.size()));
    names_.push_back(type.name);
    const std::vector<std::string> line = schema.Lineage(type.name);
    // By name, so that the numbers do not depend on the order of the file.
    hashes_.push_back(HashText(type.name));
    kinds_.push_back(static_cast<std::uint32_t>(HashText(line.back()) >> 40));
    topical_.push_back(type.name == "Policy" || type.name == "Event" || type.name == "Project");
  }
  allowed_.assign(names_.size() * names_.size(), 0);
  for (std::size_t r = 0; r < relations.size(); ++r) {
    if (schema.FindRelationType(relations[r]) == nullptr) continue;
    for (std::size_t from = 0; from < names_.size(); ++from) {
      for (std::size_t to = 0; to < names_.size(); ++to) {
        if (schema.Allows(relations[r], names_[from], names_[to])) {
          allowed_[from * names_.size() + to] |= 1u << r;
        }
      }
    }
  }
}

std::uint32_t PairSpace::TypeIndex(std::string_view type) const {
  const auto it = index_.find(type);
  return it == index_.end() ? size() : it->second;
}

int PairSpace::RelationIndex(std::string_view relation) const {
  const auto it = std::find(relations_.begin(), relations_.end(), relation);
  return it == relations_.end() ? -1 : static_cast<int>(it - relations_.begin());
}

void ViewPairs(const PairSpace& space, const Workspace& work, const Names& names,
               const std::function<void(const PairView&)>& seen, FeatureNames* feature_names,
               std::uint32_t wanted) {
  Viewer(space, work, names, seen, feature_names, wanted).Run();
}

}  // namespace tupu::extract
