// Names that are only a part of a longer one that no list has.
#include <algorithm>
#include <string_view>

#include "extract/ner/overlap.h"

namespace tupu::extract {
namespace {

// Whether the character before `pos` may be a transliterated name's: it belongs to no longer word,
// or to a short name that is rarely meant (巴赫).
bool IsLetter(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t pos) {
  const Token& token = sent.tokens[sent.token_at[pos]];
  if (!know.lexicon.IsTransliteration(sent.chars[pos])) return false;
  if (token.match != kNothing && token.size() > 1) {
    std::span<const Sense> senses = sent.matches[token.match].senses;
    return std::all_of(senses.begin(), senses.end(), [&](const Sense& one) {
      const std::uint8_t kind = know.entry_kinds[one.entry];
      return one.weak && kind < kKinds && IsPerson(static_cast<Kind>(kind));
    });
  }
  return token.size() == 1 &&
         (token.word_class == WordClass::kUnknown || token.word_class == WordClass::kNoun ||
          token.word_class == WordClass::kVerb) &&
         !(sent.Cues(token, know.lexicon) & kStop);
}

// 穆特 of 巴赫穆特, 德州 of 别尔哥罗德州.
bool EndsLongerName(const Knowledge& know, const AnalysedSentence& sent,
                    const Candidate& candidate) {
  // 尔机场 of 斯科茨代尔机场
  return candidate.begin >= 2 && candidate.size() <= 3 &&
         know.lexicon.IsTransliteration(sent.chars[candidate.begin]) &&
         IsLetter(know, sent, candidate.begin - 1) && IsLetter(know, sent, candidate.begin - 2);
}

// 梅州 of 、苏梅州: one letter is enough where a name begins at it.
bool EndsShortName(const Knowledge& know, const AnalysedSentence& sent,
                   const Candidate& candidate) {
  const std::uint32_t begin = candidate.begin;
  if (candidate.size() != 2 || sent.chars[candidate.end - 1] != U'州' || begin == 0) return false;
  return IsLetter(know, sent, begin - 1) && (begin == 1 || !IsHan(sent.chars[begin - 2]));
}

// “华盛顿”号: a ship.
bool IsShip(const AnalysedSentence& sent, const Candidate& candidate) {
  return candidate.begin > 0 && sent.chars[candidate.begin - 1] == U'“' &&
         sent.chars[candidate.end] == U'”' && sent.chars[candidate.end + 1] == U'号';
}

// 阿德万医院, 努赛赖特难民营: named after somebody, or after nobody.
bool NamesPlace(const AnalysedSentence& sent, std::uint32_t end) {
  for (std::u32string_view head :
       {U"难民营", U"医院", U"大学", U"学院", U"机场",   U"体育场", U"广场", U"大桥",
        U"火山",   U"地区", U"街道", U"公园", U"基金会", U"半岛",   U"群岛", U"海峡",
        U"等地",   U"等国", U"等州", U"等城", U"一带",   U"方向"}) {
    if (sent.chars.StartsAt(end, head)) return true;
  }
  static constexpr std::u32string_view kLevels = U"省州县镇村岛港湾";
  const char32_t next = sent.chars[end];
  return next != 0 && kLevels.find(next) != std::u32string_view::npos &&
         sent.chars[end + 1] != U'长' && sent.chars[end + 1] != U'委';
}

// 复旦一号卫星, 天津港2号: the name of a thing that is named after somebody.
bool IsNumbered(const AnalysedSentence& sent, std::uint32_t end) {
  static constexpr std::u32string_view kNumbers = U"一二三四五六七八九十";
  std::uint32_t at = end;
  while (at < end + 3 &&
         (kNumbers.find(sent.chars[at]) != std::u32string_view::npos ||
          DigitOf(sent.chars[at]) >= 0) &&
         sent.chars[at] != 0) {
    ++at;
  }
  return at > end && sent.chars[at] == U'号' && sent.chars[at + 1] != U'文';
}

// 竹器展|区, 竹器交易会展位: a part of a fair, named after what it shows.
bool IsHall(const AnalysedSentence& sent, std::uint32_t end) {
  std::uint32_t at = end;
  if (sent.chars[at] == U'展') ++at;
  if (at == end && !sent.chars.EndsAt(end, U"展")) return false;
  static constexpr std::u32string_view kHalls = U"区馆厅位台";
  return sent.chars[at] != 0 && kHalls.find(sent.chars[at]) != std::u32string_view::npos;
}

// 各乡要制定完善竹林管护办法: what somebody has yet to draw up is no document.
bool IsWanted(const AnalysedSentence& sent, std::uint32_t begin) {
  static constexpr std::u32string_view kDraws[] = {U"制定", U"完善", U"制订", U"出台", U"健全"};
  if (std::none_of(std::begin(kDraws), std::end(kDraws),
                   [&](std::u32string_view word) { return sent.chars.EndsAt(begin, word); })) {
    return false;
  }
  constexpr std::uint32_t kReach = 20;  // tokens
  const std::uint32_t verb = sent.token_at[begin - 1];
  for (std::uint32_t t = verb; t > 0 && verb - t < kReach; --t) {
    const Token& left = sent.tokens[t - 1];
    const char32_t mark = sent.chars[left.begin];
    if (left.word_class == WordClass::kMark && mark != U'、' && mark != U'，') break;
    for (const std::u32string_view word :
         {U"要", U"应", U"应当", U"须", U"负责", U"督促", U"指导", U"着手", U"探索"}) {
      if (left.size() == word.size() && sent.chars.StartsAt(left.begin, word)) return true;
    }
  }
  return false;
}

// 一场竹材展示会, 19次座谈会: a count names no event, but for 109届竹交会.
bool OpensWithCount(const AnalysedSentence& sent, std::uint32_t begin) {
  static constexpr std::u32string_view kCounts = U"一两三四五六七八九十百几多数余超近";
  std::uint32_t at = begin;
  while (DigitOf(sent.chars[at]) >= 0 ||
         (sent.chars[at] != 0 && kCounts.find(sent.chars[at]) != std::u32string_view::npos)) {
    ++at;
  }
  if (at == begin) return false;
  const char32_t unit = sent.chars[at];
  if (unit == U'届') return at == begin + 1 && sent.chars[begin] == U'一';
  static constexpr std::u32string_view kUnits = U"次场个名项";
  return unit != 0 && kUnits.find(unit) != std::u32string_view::npos;
}

// 今天是第29个“竹农日”: a day of the calendar that a sentence only dates itself by.
bool IsOnlyDay(const AnalysedSentence& sent, std::uint32_t begin, std::uint32_t end) {
  if (sent.chars[end - 1] != U'日') return false;
  constexpr std::uint32_t kFar = 16;
  if (begin > 0 && sent.chars[begin - 1] == U'“') --begin;
  const bool counted = begin > 0 && sent.chars[begin - 1] == U'个';
  for (std::uint32_t at = begin; at > 0 && at + kFar > begin; --at) {
    if (sent.chars[at - 1] == U'，' || sent.chars[at - 1] == U'。') break;
    if (sent.chars[at - 1] == U'是') return counted || at == begin || sent.chars[at] == U'第';
  }
  return false;
}

// 竹业专项资金|申报平台, …资金|项目管理信息系统: where it is applied for.
bool NamesSystem(const AnalysedSentence& sent, std::uint32_t pos) {
  if (sent.chars[pos] == U'”') ++pos;
  for (int steps = 0; steps < 4; ++steps) {
    for (std::u32string_view word : {U"平台", U"系统", U"网站", U"专网", U"模块"}) {
      if (sent.chars.StartsAt(pos, word)) return true;
    }
    bool passed = false;
    for (std::u32string_view word : {U"项目", U"申报", U"管理", U"信息", U"服务", U"公共"}) {
      passed = passed || sent.chars.StartsAt(pos, word);
    }
    if (!passed) return false;
    pos += 2;
  }
  return false;
}

}  // namespace

void DropParts(const Knowledge& know, const AnalysedSentence& sent,
               std::vector<Standing>& standing) {
  auto part = [&](const Standing& one) {
    const Candidate& candidate = one.candidate;
    // 英国剑桥大学 is named after the town, and is in the country.
    if (candidate.kind == kPlace && one.nested && !candidate.entries.empty() &&
        sent.chars.StartsAt(candidate.end, U"大学")) {
      const GazetteerEntry& entry = know.gazetteer.entries()[candidate.entries.front()];
      return entry.parent_id.starts_with("country/");
    }
    if (candidate.kind >= kKinds || one.nested) return false;
    const auto kind = static_cast<Kind>(candidate.kind);
    if (IsPerson(kind) && NamesPlace(sent, candidate.end)) return true;
    if ((kind == kInstitution || kind == kCompany) && candidate.size() <= 4 &&
        IsNumbered(sent, candidate.end)) {
      return true;
    }
    if (kind == kInstitution && sent.chars.EndsAt(candidate.end, U"政府") &&
        sent.chars[candidate.end] == U'军') {
      return true;
    }
    if (IsShip(sent, candidate)) return true;
    if (kind == kEvent && IsHall(sent, candidate.end)) return true;
    if (kind == kEvent && (IsOnlyDay(sent, candidate.begin, candidate.end) ||
                           (candidate.entries.empty() && OpensWithCount(sent, candidate.begin)))) {
      return true;
    }
    if (kind == kPolicy && candidate.entries.empty() && candidate.tier <= kTierHead &&
        candidate.begin > 0 && IsWanted(sent, candidate.begin)) {
      return true;
    }
    if (kind == kPolicy && candidate.tier <= kTierHead &&
        sent.chars.EndsAt(candidate.end, U"资金") && NamesSystem(sent, candidate.end)) {
      return true;
    }
    if (!IsPerson(kind) && !IsRegion(kind)) return false;
    if (IsDivision(kind) && EndsShortName(know, sent, candidate)) return true;
    return EndsLongerName(know, sent, candidate) &&
           std::none_of(standing.begin(), standing.end(), [&](const Standing& other) {
             return other.candidate.begin < candidate.begin &&
                    candidate.begin - 2 < other.candidate.end;
           });
  };
  std::vector<Standing> kept;
  kept.reserve(standing.size());
  for (const Standing& one : standing) {
    if (!part(one)) kept.push_back(one);
  }
  standing = std::move(kept);
}

}  // namespace tupu::extract
