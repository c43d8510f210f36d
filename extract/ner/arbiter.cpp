#include "extract/ner/arbiter.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace tupu::extract {
namespace {

// Names that only the tagger reads and that are looked for in the rest of their article.
constexpr std::size_t kMostSpread = 32;

// FNV-1a: the same on every machine.
std::uint32_t NameHash(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

// Whether the tagger has something to weigh: a name, or what no list and no name explains, three or
// more characters in a row that belong to no longer word. It is the slowest layer.
bool IsOpen(const Knowledge& know, const AnalysedSentence& sent,
            const std::vector<Standing>& standing) {
  for (const Standing& one : standing) {
    const Candidate& candidate = one.candidate;
    if (!one.nested && candidate.kind != kIndustry) return true;
  }
  std::size_t next = 0;
  std::uint32_t covered = 0;  // up to where names stand
  std::uint32_t run = 0;
  for (const Token& token : sent.tokens) {
    while (next < standing.size() && standing[next].candidate.begin <= token.begin) {
      if (standing[next].candidate.kind != kIndustry) {
        covered = std::max(covered, standing[next].candidate.end);
      }
      ++next;
    }
    bool loose = token.word_class == WordClass::kUnknown ||
                 (token.size() == 1 &&
                  (token.word_class == WordClass::kNoun || token.word_class == WordClass::kVerb ||
                   token.word_class == WordClass::kAdjective) &&
                  !(sent.Cues(token, know.lexicon) & kStop));
    run = loose && token.begin >= covered ? run + token.size() : 0;
    if (run >= 3) return true;
  }
  return false;
}

// Whether a name that the tagger reads may stand.
bool MayStand(const AnalysedSentence& sent, std::uint32_t begin, std::uint32_t end, Kind kind) {
  if (end - begin < 2) return false;
  if (kind != kPerson) return true;
  // 尼方, 乌方: a side of a talk. 周先生: a surname alone names nobody.
  return !(end - begin == 2 && sent.chars[end - 1] == U'方') && sent.title_end[end] != begin + 1;
}

bool SameClass(Kind a, Kind b) { return a == b || (IsRegion(a) && IsRegion(b)); }

// By how much the tagger's own reading may be likelier than one with a name that other layers
// found: the more, the surer they are. What it takes for less likely goes. People and divisions
// stay: for them the others have looked at more than a sentence.
double MostDeficit(const Candidate& candidate) {
  if (candidate.tier >= kTierPerson) return 8;
  if (candidate.tier >= kTierLearned || candidate.kind == kPolicy) return 6;
  return candidate.tier >= kTierHead ? 3 : 2;
}

bool IsWeighed(const Candidate& candidate) {
  if (candidate.kind >= kKinds || candidate.kind == kIndustry) return false;
  const auto kind = static_cast<Kind>(candidate.kind);
  return !IsPerson(kind) && !IsDivision(kind);
}

struct LongestFirst {
  bool operator()(std::string_view a, std::string_view b) const {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  }
};

// Arm of Army.
bool CutsLatin(const AnalysedSentence& sent, const Candidate& at) {
  const auto latin = [&](std::uint32_t pos) {
    const char32_t c = sent.chars[pos];
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  };
  return (at.begin > 0 && latin(at.begin - 1) && latin(at.begin)) ||
         (at.end < sent.size() && latin(at.end - 1) && latin(at.end));
}

// One page under arbitration.
class Arbiter {
 public:
  Arbiter(const Tagger& tagger, const Knowledge& know, PageNames& page)
      : tagger_(tagger), know_(know), page_(page), read_(page.sents.size()) {}

  void Run() {
    for (std::size_t i = 0; i < page_.sents.size(); ++i) Read(i);
    Spread();
    for (std::size_t i = 0; i < page_.sents.size(); ++i) Decide(i);
  }

 private:
  using Name = std::tuple<std::uint32_t, std::string_view, std::uint8_t>;  // article, form, kind

  Name NameOf(std::size_t i, const Candidate& candidate) const {
    return {page_.articles[i], page_.sents[i].Text(candidate.begin, candidate.end), candidate.kind};
  }

  void Read(std::size_t i) {
    const AnalysedSentence& sent = page_.sents[i];
    if (!IsOpen(know_, sent, page_.standing[i])) return;
    const std::vector<TaggerUse>& uses = know_.lexicon.tagger_uses();
    FillClues(sent, page_.standing[i], clues_);
    asked_.clear();
    std::vector<const Candidate*> askers;
    for (const Standing& one : page_.standing[i]) {
      const Candidate& candidate = one.candidate;
      if (one.nested || !IsWeighed(candidate)) continue;
      for (const TaggerUse& use : uses) {
        if (!SameClass(static_cast<Kind>(candidate.kind), use.kind)) continue;
        const auto ask = [&](std::uint32_t begin, std::uint32_t end) {
          asked_.push_back({sent.chars.Bytes(begin, end), use.label});
          askers.push_back(&candidate);
        };
        ask(candidate.begin, candidate.end);
        // “甲十条”: people write such names down with their marks and without.
        if (candidate.begin > 0 && candidate.end < sent.size() &&
            sent.chars[candidate.begin - 1] == U'“' && sent.chars[candidate.end] == U'”') {
          ask(candidate.begin - 1, candidate.end + 1);
        }
      }
    }
    for (const TaggedSpan& tagged : tagger_.Tag(sent.chars.text(), clues_, asked_)) {
      const auto use = std::find_if(uses.begin(), uses.end(), [&](const TaggerUse& one) {
        return one.label == tagged.label;
      });
      if (use == uses.end() || tagged.confidence < use->minimum) continue;
      Candidate candidate;
      candidate.begin = static_cast<std::uint32_t>(sent.chars.PositionOf(tagged.span.begin));
      candidate.end = static_cast<std::uint32_t>(sent.chars.PositionOf(tagged.span.end));
      if (!MayStand(sent, candidate.begin, candidate.end, use->kind)) continue;
      candidate.kind = use->kind;
      candidate.rule = "tagger";
      candidate.tier = kTierLearned;
      candidate.confidence = tagged.confidence;
      read_[i].push_back(std::move(candidate));
    }
    for (std::size_t k = 0; k < asked_.size(); ++k) {
      if (std::isinf(asked_[k].deficit)) continue;  // a tagger that knows no such label
      double& least = deficits_.try_emplace(NameOf(i, *askers[k]), asked_[k].deficit).first->second;
      least = std::min(least, asked_[k].deficit);
    }
  }

  bool IsUnlikely(std::size_t i, const Candidate& candidate) const {
    const auto deficit = deficits_.find(NameOf(i, candidate));
    return deficit != deficits_.end() && deficit->second > MostDeficit(candidate);
  }

  // Whether a name that is no class stands at a place of the sentence and stays.
  bool IsTaken(std::size_t i, const Candidate& at) const {
    return std::any_of(page_.standing[i].begin(), page_.standing[i].end(),
                       [&](const Standing& one) {
                         const Candidate& other = one.candidate;
                         return !one.nested && other.kind != kIndustry && other.begin < at.end &&
                                at.begin < other.end && !IsUnlikely(i, other);
                       });
  }

  // What only the tagger reads, also elsewhere in the article.
  void Spread() {
    for (std::size_t first = 0, last = 0; first < page_.sents.size(); first = last) {
      std::map<std::string_view, Candidate, LongestFirst> names;
      for (last = first; last < page_.sents.size(); ++last) {
        if (page_.articles[last] != page_.articles[first]) break;
        std::erase_if(read_[last], [&](const Candidate& one) { return IsTaken(last, one); });
        for (const Candidate& one : read_[last]) {
          if (names.size() >= kMostSpread || one.size() < 3) continue;
          names.try_emplace(page_.sents[last].Text(one.begin, one.end), one);
        }
      }
      for (std::size_t i = first; i < last; ++i) {
        const std::string_view text = page_.sents[i].chars.text();
        for (const auto& [form, name] : names) {
          for (std::size_t at = text.find(form); at != std::string_view::npos;
               at = text.find(form, at + form.size())) {
            Candidate there = name;
            there.begin = static_cast<std::uint32_t>(
                page_.sents[i].chars.PositionOf(static_cast<std::uint32_t>(at)));
            there.end = there.begin + name.size();
            if (CutsLatin(page_.sents[i], there)) continue;
            const bool read =
                std::any_of(read_[i].begin(), read_[i].end(), [&](const Candidate& other) {
                  return other.begin < there.end && there.begin < other.end;
                });
            if (!read && !IsTaken(i, there)) read_[i].push_back(std::move(there));
          }
        }
      }
    }
  }

  void Decide(std::size_t i) {
    std::vector<Candidate>& candidates = page_.candidates[i];
    std::vector<const Candidate*> dropped;
    for (const Standing& one : page_.standing[i]) {
      if (!one.nested && IsUnlikely(i, one.candidate)) dropped.push_back(&one.candidate);
    }
    if (dropped.empty() && read_[i].empty()) return;
    std::erase_if(candidates, [&](const Candidate& candidate) {
      return std::any_of(dropped.begin(), dropped.end(), [&](const Candidate* other) {
        return candidate.begin == other->begin && candidate.end == other->end &&
               candidate.kind == other->kind;
      });
    });
    candidates.insert(candidates.end(), read_[i].begin(), read_[i].end());
    page_.standing[i] = Resolve(know_, candidates);
    DropParts(know_, page_.sents[i], page_.standing[i]);
  }

  const Tagger& tagger_;
  const Knowledge& know_;
  PageNames& page_;
  std::vector<std::vector<Candidate>> read_;  // by sentence: what only the tagger reads
  std::map<Name, double> deficits_;           // the least anywhere in the article
  Clues clues_;
  std::vector<AskedName> asked_;
};

}  // namespace

void FillWords(const AnalysedSentence& sent, std::vector<WordClue>& out) {
  for (const Token& token : sent.tokens) {
    out.push_back(
        {sent.chars.Bytes(token.begin, token.end), static_cast<std::uint8_t>(token.word_class)});
  }
}

void FillClues(const AnalysedSentence& sent, const std::vector<Standing>& standing, Clues& out) {
  out.clear();
  for (const Standing& one : standing) {
    if (one.nested) continue;
    const Candidate& candidate = one.candidate;
    constexpr std::uint8_t kOther = kKinds;  // further types of the gazetteers
    out.names.push_back({sent.chars.Bytes(candidate.begin, candidate.end),
                         std::min(candidate.kind, kOther), NameHash(candidate.rule)});
  }
  FillWords(sent, out.words);
}

void Arbitrate(const Tagger& tagger, const Knowledge& know, PageNames& page) {
  Arbiter(tagger, know, page).Run();
}

}  // namespace tupu::extract
