// Matching patterns against a sentence: left to right, backtracking within a budget of steps.
#include <algorithm>
#include <array>

#include "extract/facts/names.h"
#include "extract/facts/pattern.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using Kind = PatternElement::Kind;

constexpr std::uint32_t kMaxFreeCharacters = 90;
constexpr std::uint32_t kMaxClause = 3000;  // in bytes; what is longer is no clause
constexpr int kMaxSteps = 4000;             // of one match from one start
constexpr std::size_t kMaxListed = 60;      // mentions

bool EndsClause(char32_t c) {
  if (c >= U'一' && c <= U'龥') return false;  // most of a text
  constexpr std::u32string_view kMarks = U"，。；：！？,;:!?\n";
  return kMarks.find(c) != std::u32string_view::npos;
}

// Opening and closing marks that may stand around a name.
constexpr std::array<std::string_view, 6> kOpening = {"《", "“", "〈", "‘", "\"", "「"};
constexpr std::array<std::string_view, 6> kClosing = {"》", "”", "〉", "’", "\"", "」"};

template <std::size_t N>
std::uint32_t SkipMarks(std::string_view text, std::uint32_t pos,
                        const std::array<std::string_view, N>& marks) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : marks) {
      if (StartsWithAt(text, pos, mark)) {
        pos += static_cast<std::uint32_t>(mark.size());
        again = true;
      }
    }
  }
  return pos;
}

class Matcher {
 public:
  Matcher(const LinearPattern& pattern, const Workspace& work, std::uint32_t sentence)
      : pattern_(pattern), work_(work), sent_(work.sentence(sentence)), text_(sent_.text) {}

  void Run(const std::function<void(const PatternMatch&)>& found) {
    // Kept from one pattern to the next; `found` tries no pattern.
    thread_local std::vector<std::uint32_t> starts;
    starts.clear();
    FindStarts(starts);
    for (const std::uint32_t start : starts) {
      match_.bindings.clear();
      steps_ = 0;
      if (Match(0, start)) {
        match_.span = {start, end_};
        found(match_);
      }
    }
  }

 private:
  // Where the pattern may begin: wherever its first element may, and what follows that if it may
  // be left out.
  void FindStarts(std::vector<std::uint32_t>& starts) const {
    for (std::size_t index = 0; index < pattern_.elements.size();) {
      AddStarts(pattern_.elements[index], starts);
      if (pattern_.elements[index].optional == 0) break;
      index += pattern_.elements[index].optional;
    }
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  }

  void AddStarts(const PatternElement& first, std::vector<std::uint32_t>& starts) const {
    switch (first.kind) {
      case Kind::kMention:
        for (const MentionId id : sent_.mentions) {
          if (Fits(first, id)) starts.push_back(work_.mention(id).span.begin);
        }
        if (!first.taken_over) break;
        for (const WorkSubject& subject : sent_.subjects) starts.push_back(subject.at);
        break;
      case Kind::kWords:
        for (std::uint32_t at = 0; at < text_.size(); at += DecodeAt(text_, at).size) {
          if (StandsAt(first, at)) starts.push_back(at);
        }
        break;
      case Kind::kSentenceStart:
        starts.push_back(0);
        break;
      case Kind::kAmount:
        for (const WorkAmount& amount : sent_.amounts) starts.push_back(amount.span.begin);
        break;
      case Kind::kDate:
        for (const WorkDate& date : sent_.dates) starts.push_back(date.span.begin);
        break;
      case Kind::kTitle:
        for (const WorkTitle& title : sent_.titles) starts.push_back(title.span.begin);
        break;
      default:
        for (std::uint32_t at = 0; at < text_.size(); at += DecodeAt(text_, at).size) {
          if (at == 0 || first.kind != Kind::kClauseStart || ClauseStartAt(at)) {
            starts.push_back(at);
          }
        }
    }
  }

  bool StandsAt(const PatternElement& element, std::uint32_t pos) const {
    return element.border.MayStandAt(text_, pos) &&
           std::any_of(element.words.begin(), element.words.end(),
                       [&](const std::string& word) { return StartsWithAt(text_, pos, word); });
  }

  bool ClauseStartAt(std::uint32_t pos) const {
    if (pos == 0) return true;
    const char32_t c = DecodeBefore(text_, pos).value;
    return EndsClause(c) || c == U'　' || c == U' ';
  }

  // A few names of different lengths: quicker one after the other.
  static bool IsOneOf(const std::vector<std::string>& types, std::string_view type) {
    return std::any_of(types.begin(), types.end(),
                       [&](const std::string_view one) { return one == type; });
  }

  bool Fits(const PatternElement& element, MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    if (mention.nested && !element.nested) return false;
    return IsOneOf(element.types, mention.type);
  }

  // Past opening marks: the mention there, longest first.
  MentionId MentionAt(const PatternElement& element, std::uint32_t pos) const {
    const std::uint32_t begin = SkipMarks(text_, pos, kOpening);
    auto it = std::lower_bound(
        sent_.mentions.begin(), sent_.mentions.end(), pos,
        [&](MentionId id, std::uint32_t at) { return work_.mention(id).span.begin < at; });
    for (; it != sent_.mentions.end() && work_.mention(*it).span.begin <= begin; ++it) {
      if (Fits(element, *it)) return *it;
    }
    return kNoMention;
  }

  bool Match(std::size_t index, std::uint32_t pos) {
    if (++steps_ > kMaxSteps) return false;
    if (index == pattern_.elements.size()) {
      end_ = pos;
      return true;
    }
    const PatternElement& element = pattern_.elements[index];
    if (element.optional > 0) {
      return MatchElement(index, pos) || Match(index + element.optional, pos);
    }
    return MatchElement(index, pos);
  }

  bool MatchElement(std::size_t index, std::uint32_t pos) {
    const PatternElement& element = pattern_.elements[index];
    switch (element.kind) {
      case Kind::kWords:
        if (!element.border.MayStandAt(text_, pos)) return false;
        for (const std::string& word : element.words) {
          if (StartsWithAt(text_, pos, word) &&
              Match(index + 1, pos + static_cast<std::uint32_t>(word.size()))) {
            return true;
          }
        }
        return false;
      case Kind::kMention:
        return MatchMentions(index, pos);
      case Kind::kGap:
        return MatchGap(index, pos);
      case Kind::kFree:
        return MatchFree(index, pos);
      case Kind::kAmount:
        return MatchValue(index, pos, sent_.amounts, &Binding::amount);
      case Kind::kDate:
        return MatchValue(index, pos, sent_.dates, &Binding::date);
      case Kind::kTitle:
        for (const WorkTitle& title : sent_.titles) {
          if (title.span.begin != pos) continue;
          Binding binding;
          binding.role = element.role;
          binding.texts.push_back(title.span);
          if (Push(std::move(binding), index + 1, title.span.end)) return true;
        }
        return false;
      case Kind::kSentenceStart:
        return pos == 0 && Match(index + 1, pos);
      case Kind::kClauseStart:
        return ClauseStartAt(pos) && Match(index + 1, pos);
      case Kind::kSentenceEnd: {
        std::uint32_t at = SkipMarks(text_, pos, kClosing);
        for (const std::string_view mark : {"。", "！", "？", "；", "…", ".", "!"}) {
          if (StartsWithAt(text_, at, mark)) at += static_cast<std::uint32_t>(mark.size());
        }
        at = SkipMarks(text_, at, kClosing);
        return at >= text_.size() && Match(index + 1, pos);
      }
      case Kind::kClauseEnd: {
        const std::uint32_t at = SkipMarks(text_, pos, kClosing);
        return (at >= text_.size() || ClauseMarkAt(text_, at) > 0) && Match(index + 1, pos);
      }
    }
    return false;
  }

  bool Push(Binding binding, std::size_t next, std::uint32_t pos) {
    match_.bindings.push_back(std::move(binding));
    if (Match(next, pos)) return true;
    match_.bindings.pop_back();
    return false;
  }

  template <class Values>
  bool MatchValue(std::size_t index, std::uint32_t pos, const Values& values,
                  std::optional<std::size_t> Binding::*slot) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].span.begin != pos) continue;
      Binding binding;
      binding.role = pattern_.elements[index].role;
      binding.*slot = i;
      // 4.16亿美元（约合4亿澳元）: past the same sum in other money, or not.
      const std::uint32_t end = values[i].span.end;
      const std::uint32_t remark = SkipRemark(text_, end);
      if (remark != end && Push(binding, index + 1, remark)) return true;
      if (Push(std::move(binding), index + 1, end)) return true;
    }
    return false;
  }

  // Continues after a mention: past its closing marks, past a bracketed remark or not.
  bool AfterMention(std::size_t next, std::uint32_t end) {
    const std::uint32_t closed = SkipMarks(text_, end, kClosing);
    const std::uint32_t skipped = SkipRemark(text_, closed);
    const std::uint32_t remark = skipped == closed ? closed : SkipMarks(text_, skipped, kClosing);
    if (remark != closed && Match(next, remark)) return true;
    return Match(next, closed) || (closed != end && Match(next, end));
  }

  bool MatchMentions(std::size_t index, std::uint32_t pos) {
    const PatternElement& element = pattern_.elements[index];
    if (element.taken_over && MatchTakenOver(index, pos)) return true;
    const MentionId first = MentionAt(element, pos);
    if (first == kNoMention) return false;
    // 福建漳州龙海, 乙国首都甲城: regions side by side mean the last one.
    if (const MentionId inner = RegionAfter(element, first); inner != kNoMention) {
      if (MatchMentionsFrom(index, inner)) return true;
    }
    return MatchMentionsFrom(index, first);
  }

  // The subject that the clause beginning at `pos` takes over: nothing is written there.
  bool MatchTakenOver(std::size_t index, std::uint32_t pos) {
    const PatternElement& element = pattern_.elements[index];
    for (const WorkSubject& subject : sent_.subjects) {
      if (subject.at != pos) continue;
      Binding binding;
      binding.role = element.role;
      binding.taken_over = true;
      for (const MentionId id : subject.members) {
        if (IsOneOf(element.types, work_.mention(id).type)) binding.mentions.push_back(id);
      }
      if (binding.mentions.empty() || (!element.list && binding.mentions.size() > 1)) return false;
      return Push(std::move(binding), index + 1, pos);
    }
    return false;
  }

  MentionId RegionAfter(const PatternElement& element, MentionId region) const {
    MentionId last = kNoMention;
    for (int i = 0; i < 4 && RegionDepth(work_, region) >= 0; ++i) {
      std::uint32_t end = work_.mention(region).span.end;
      // 乙国首都甲城.
      for (const std::string_view seat : {"首都", "首府", "省会"}) {
        if (StartsWithAt(text_, end, seat)) end += static_cast<std::uint32_t>(seat.size());
      }
      auto it = std::lower_bound(
          sent_.mentions.begin(), sent_.mentions.end(), end,
          [&](MentionId id, std::uint32_t at) { return work_.mention(id).span.begin < at; });
      if (it == sent_.mentions.end() || work_.mention(*it).span.begin != end) break;
      if (!Fits(element, *it) || RegionDepth(work_, *it) < 0) break;
      region = last = *it;
    }
    return last;
  }

  bool MatchMentionsFrom(std::size_t index, MentionId first) {
    const PatternElement& element = pattern_.elements[index];
    const std::size_t at_binding = match_.bindings.size();
    Binding& binding = match_.bindings.emplace_back();
    binding.role = element.role;
    binding.mentions.push_back(first);
    if (element.list) {
      std::uint32_t end = work_.mention(first).span.end;
      while (binding.mentions.size() < kMaxListed) {
        std::uint32_t at =
            SkipMarks(text_, SkipRemark(text_, SkipMarks(text_, end, kClosing)), kClosing);
        const std::uint32_t coordinator = CoordinatorAt(text_, at);
        MentionId next = MentionAt(element, at + coordinator);
        if (next == kNoMention) break;
        // 《甲》《乙》 stand side by side without a word, and so do 财政部国家税务总局.
        if (coordinator == 0 && !StartsWithAt(text_, at, "《") && !StartsWithAt(text_, at, "“") &&
            !SignTogether(binding.mentions.back(), next)) {
          break;
        }
        if (const MentionId inner = RegionAfter(element, next); inner != kNoMention) next = inner;
        binding.mentions.push_back(next);
        end = work_.mention(next).span.end;
      }
    }
    // What follows may bind more, and so move the bindings.
    for (;;) {
      std::vector<MentionId>& mentions = match_.bindings[at_binding].mentions;
      if (mentions.empty()) break;
      if (AfterMention(index + 1, work_.mention(mentions.back()).span.end)) return true;
      match_.bindings[at_binding].mentions.pop_back();
    }
    match_.bindings.pop_back();
    return false;
  }

  bool SignTogether(MentionId a, MentionId b) const {
    const std::string_view type = work_.mention(a).type;
    return (type == "Ministry" || type == "LocalGovernment") && type == work_.mention(b).type &&
           work_.mention(a).span.end == work_.mention(b).span.begin;
  }

  bool MatchGap(std::size_t index, std::uint32_t pos) {
    const PatternElement& element = pattern_.elements[index];
    std::uint32_t at = pos;
    for (std::uint32_t count = 0;; ++count) {
      if (Match(index + 1, at)) return true;
      if (count >= element.max || at >= text_.size()) return false;
      if (!element.over_commas && ClauseMarkAt(text_, at) > 0) return false;
      if (!element.over_mentions && OutermostAt(at)) return false;
      at += DecodeAt(text_, at).size;
    }
  }

  bool OutermostAt(std::uint32_t pos) const {
    auto it = std::lower_bound(
        sent_.mentions.begin(), sent_.mentions.end(), pos,
        [&](MentionId id, std::uint32_t at) { return work_.mention(id).span.begin < at; });
    return it != sent_.mentions.end() && work_.mention(*it).span.begin == pos &&
           !work_.mention(*it).nested && work_.mention(*it).type != "Industry";
  }

  // The shortest text after which the rest of the pattern matches.
  bool MatchFree(std::size_t index, std::uint32_t pos) {
    const PatternElement& element = pattern_.elements[index];
    std::uint32_t at = pos;
    for (std::uint32_t count = 0; at < text_.size() && count < kMaxFreeCharacters; ++count) {
      if (ClauseMarkAt(text_, at) > 0 || StartsWithAt(text_, at, "《")) return false;
      at += DecodeAt(text_, at).size;
      if (count < 1) continue;
      if (!element.words.empty() && !element.border.MayStandBefore(text_, at)) continue;
      if (!element.words.empty() &&
          std::none_of(element.words.begin(), element.words.end(),
                       [&](const std::string& word) { return EndsWithAt(text_, at, word); })) {
        continue;
      }
      Binding binding;
      binding.role = element.role;
      binding.free_type = element.types.front();
      if (element.list) {
        binding.texts = SplitCoordinated(text_, {pos, at});
      } else {
        binding.texts.push_back({pos, at});
      }
      if (Push(std::move(binding), index + 1, at)) return true;
    }
    return false;
  }

  const LinearPattern& pattern_;
  const Workspace& work_;
  const WorkSentence& sent_;
  std::string_view text_;
  PatternMatch match_;
  std::uint32_t end_ = 0;
  int steps_ = 0;
};

}  // namespace

const Binding* PatternMatch::Find(std::string_view role) const {
  for (const Binding& binding : bindings) {
    if (binding.role == role) return &binding;
  }
  return nullptr;
}

void MatchPattern(const LinearPattern& pattern, const Workspace& work, std::uint32_t sentence,
                  const std::function<void(const PatternMatch&)>& found) {
  Matcher(pattern, work, sentence).Run(found);
}

std::uint32_t CoordinatorAt(std::string_view text, std::uint32_t pos) {
  constexpr std::array<std::string_view, 14> kCoordinators = {
      "、以及", "，以及", "以及", "、", "和", "与", "及",
      "并",     "会同",   "联合", "暨", "　", " ",  "；"};
  for (const std::string_view word : kCoordinators) {
    if (StartsWithAt(text, pos, word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

std::uint32_t SkipRemark(std::string_view text, std::uint32_t pos) {
  constexpr std::size_t kMaxRemark = 200;
  std::string_view close;
  if (StartsWithAt(text, pos, "（")) close = "）";
  if (StartsWithAt(text, pos, "(")) close = ")";
  if (close.empty()) return pos;
  const std::size_t end =
      text.substr(0, std::min<std::size_t>(text.size(), pos + kMaxRemark)).find(close, pos);
  return end == std::string_view::npos ? pos : static_cast<std::uint32_t>(end + close.size());
}

std::uint32_t ClauseMarkAt(std::string_view text, std::uint32_t pos) {
  if (pos >= text.size()) return 0;
  const CodePoint c = DecodeAt(text, pos);
  return EndsClause(c.value) ? c.size : 0;
}

std::uint32_t ClauseBegin(std::string_view text, std::uint32_t pos) {
  const std::uint32_t limit = pos > kMaxClause ? pos - kMaxClause : 0;
  while (pos > limit) {
    const CodePoint before = DecodeBefore(text, pos);
    if (EndsClause(before.value)) return pos;
    pos -= before.size;
  }
  return pos;
}

std::uint32_t ClauseEnd(std::string_view text, std::uint32_t pos) {
  const std::size_t limit = std::min<std::size_t>(text.size(), pos + std::size_t{kMaxClause});
  while (pos < limit && ClauseMarkAt(text, pos) == 0) pos += DecodeAt(text, pos).size;
  return pos;
}

namespace {

// How deep in brackets and quotation marks the text is behind `c`.
int Deeper(std::string_view c, int depth) {
  if (c == "（" || c == "(" || c == "《" || c == "“") return depth + 1;
  if (c == "）" || c == ")" || c == "》" || c == "”") return std::max(0, depth - 1);
  return depth;
}

// Up to where 和 and 与 only join the words of one item (粮食加工、仓储与物流、饲料、种业): the
// last 、 of a list that has two.
std::uint32_t LastOfList(std::string_view text, Span span) {
  std::uint32_t last = span.begin;
  int depth = 0, marks = 0;
  for (std::uint32_t at = span.begin; at < span.end;) {
    const std::string_view c = text.substr(at, DecodeAt(text, at).size);
    depth = Deeper(c, depth);
    if (depth == 0 && c == "、") {
      last = at;
      ++marks;
    }
    at += static_cast<std::uint32_t>(c.size());
  }
  return marks > 1 ? last : span.begin;
}

}  // namespace

std::vector<Span> SplitCoordinated(std::string_view text, Span span) {
  std::vector<Span> parts;
  const std::uint32_t listed = LastOfList(text, span);
  std::uint32_t begin = span.begin, at = span.begin;
  int depth = 0;
  while (at < span.end) {
    const std::uint32_t size = DecodeAt(text, at).size;
    const std::string_view c = text.substr(at, size);
    depth = Deeper(c, depth);
    std::uint32_t coordinator = 0;
    if (depth == 0) {
      // 和, 与 and 及 also stand inside words: only where something stands on both sides.
      coordinator = CoordinatorAt(text, at);
      const bool weak = c == "和" || c == "与" || c == "及" || c == "并" || c == "联";
      if (weak && (at < listed || at < begin + 6 || at + coordinator + 6 > span.end)) {
        coordinator = 0;
      }
      if (c == "联" || c == "会" || c == "并" || c == " ") coordinator = 0;
    }
    if (coordinator > 0) {
      if (at > begin) parts.push_back({begin, at});
      at = begin = std::min(span.end, at + coordinator);
    } else {
      at += size;
    }
  }
  if (span.end > begin) parts.push_back({begin, span.end});
  return parts;
}

}  // namespace tupu::extract
