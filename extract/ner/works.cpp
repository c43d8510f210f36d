// All heads of a sentence, and shapes that a head alone does not give: sections of a line, works
// told by their capacity, ceremonies named with their work, and quoted names.
#include <algorithm>
#include <string_view>

#include "extract/ner/candidates.h"
#include "extract/ner/head_reader.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// 高铁康渝段, 铁路新建段: two characters that are no word of their own, or what is being built.
// The end behind 段, or 0.
std::uint32_t ShortSectionEnd(const AnalysedSentence& sent, std::uint32_t end) {
  constexpr std::uint32_t kSection = 3;
  if (sent.chars[end + kSection - 1] != U'段' || !sent.IsBoundary(end + kSection)) return 0;
  for (std::uint32_t at = end; at + 1 < end + kSection; ++at) {
    const Token& token = sent.tokens[sent.token_at[at]];
    if (!IsHan(sent.chars[at]) || token.size() > 1 || token.word_class == WordClass::kPronoun ||
        token.word_class == WordClass::kParticle || token.word_class == WordClass::kNumeral ||
        token.word_class == WordClass::kPreposition) {
      return 0;
    }
  }
  return end + kSection;
}

// 雄商高铁河北段, 高铁武汉至宜昌段, 黄河包头段: regions and 段 behind the head of a line or river.
void AddSection(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t end,
                const Candidate& line, std::vector<Candidate>& out) {
  std::uint32_t t = sent.token_at[end];
  std::uint32_t last = t;
  while (last < sent.tokens.size() && last < t + 4) {
    const Token& token = sent.tokens[last];
    char32_t c = sent.chars[token.begin];
    if (!IsRegionToken(know, sent, token) && c != U'至' && c != U'西' && c != U'东' && c != U'南' &&
        c != U'北') {
      break;
    }
    ++last;
  }
  std::uint32_t section_end = 0;
  if (last > t && last < sent.tokens.size() && sent.chars[sent.tokens[last].begin] == U'段') {
    section_end = sent.tokens[last].begin + 1;
  } else {
    section_end = ShortSectionEnd(sent, end);
  }
  if (section_end == 0) return;
  Candidate section = line;
  section.end = section_end;
  section.rule = "project.section";
  out.push_back(std::move(section));
}

// What a work is named with in front of its description: the last name before it, over a few
// common words (湖畔化工公司国产化年产…), and names beside that one. `begin` where none is.
std::uint32_t OwnerBegin(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t begin) {
  constexpr std::uint32_t kMaxWords = 2;
  auto is_owner = [&](const Token& token) {
    std::uint8_t kind = KindOf(know, sent, token);
    return kind == kCompany || (kind < kKinds && IsRegion(static_cast<Kind>(kind)));
  };
  std::uint32_t t = sent.token_at[begin];
  std::uint32_t words = 0;
  while (t > 0 && words <= kMaxWords) {
    const Token& token = sent.tokens[t - 1];
    if (is_owner(token)) {
      while (t > 0 && is_owner(sent.tokens[t - 1])) --t;
      return sent.tokens[t].begin;
    }
    bool common = token.word_class == WordClass::kNoun || token.word_class == WordClass::kInner ||
                  token.word_class == WordClass::kUnknown;
    if (!common || (sent.Cues(token, know.lexicon) & (kStop | kAction | kGeneric))) break;
    ++words;
    --t;
  }
  return begin;
}

// The end of the work that is told by its capacity, from the number on; 0 if none is near.
std::uint32_t CapacityEnd(const AnalysedSentence& sent, std::uint32_t number) {
  static constexpr std::u32string_view kEnds[] = {U"项目", U"生产线", U"装置",
                                                  U"工程", U"工厂",   U"生产基地"};
  std::uint32_t best = 0;
  for (std::uint32_t at = number + 2; at < sent.size() && at < number + 34; ++at) {
    char32_t c = sent.chars[at];
    if (c == U'，' || c == U'。' || c == U'、' || c == U'；' || c == U',') break;
    for (std::u32string_view end : kEnds) {
      if (sent.chars.StartsAt(at, end) && best == 0) {
        best = static_cast<std::uint32_t>(at + end.size());
      }
    }
    // 生产线项目: the longer one.
    if (best != 0 && at >= best) {
      if (sent.chars.StartsAt(best, U"项目")) best += 2;
      break;
    }
  }
  return best;
}

// 年产5万吨磷酸铁锂正极材料项目: from the quantity to the next head of a work.
void FindCapacities(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  static constexpr std::u32string_view kStarts[] = {U"年产", U"日产", U"年处理", U"日处理"};
  for (std::uint32_t pos = 0; pos + 4 < sent.size(); ++pos) {
    std::uint32_t number = pos;
    for (std::u32string_view start : kStarts) {
      if (sent.chars.StartsAt(pos, start)) number = static_cast<std::uint32_t>(pos + start.size());
    }
    if (number == pos || DigitOf(sent.chars[number]) < 0) continue;
    std::uint32_t end = CapacityEnd(sent, number);
    if (end == 0) continue;
    Candidate candidate;
    candidate.begin = OwnerBegin(know, sent, pos);
    // 甲生产线和年产5万吨乙生产线项目: one project with two lines.
    if (candidate.begin == pos && pos > 0 &&
        (sent.chars[pos - 1] == U'和' || sent.chars[pos - 1] == U'及')) {
      for (const Candidate& line : out) {
        if (line.kind == kProject && line.end + 1 == pos &&
            !sent.chars.StartsAt(pos - 3, U"项目")) {
          candidate.begin = std::min(candidate.begin, line.begin);
        }
      }
    }
    candidate.end = end;
    candidate.kind = kProject;
    candidate.rule = "project.capacity";
    candidate.tier = kTierHead;
    candidate.confidence = 0.9;
    out.push_back(std::move(candidate));
  }
}

// 储能电池项目开工仪式: the ceremony of a work is named with the work.
void FindCeremonies(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  const std::size_t count = out.size();
  for (std::uint32_t end = 4; end <= sent.size(); ++end) {
    std::uint32_t index = sent.head_end[end];
    if (index == kNothing) continue;
    const Head& head = know.lexicon.heads()[index];
    if (head.family != Family::kEvent || !sent.chars.StartsAt(end - 2, U"仪式")) continue;
    const auto size = static_cast<std::uint32_t>(CountCodePoints(head.form));
    if (size < 4) continue;
    Candidate ceremony;
    ceremony.end = end;
    ceremony.begin = end;
    for (std::size_t i = 0; i < count; ++i) {
      if (out[i].kind == kProject && out[i].end + size == end) {
        ceremony.begin = std::min(ceremony.begin, OwnerBegin(know, sent, out[i].begin));
      }
    }
    if (ceremony.begin == end) continue;
    ceremony.kind = kEvent;
    ceremony.rule = "event.ceremony";
    ceremony.tier = kTierHead;
    ceremony.confidence = 0.9;
    out.push_back(std::move(ceremony));
  }
}

// 举办“南湖春茗联谊会”: what is held, by its last character.
bool IsGathering(const AnalysedSentence& sent, std::uint32_t open, std::uint32_t close) {
  static constexpr std::u32string_view kLast = U"会节周展赛";
  if (kLast.find(sent.chars[close - 1]) == std::u32string_view::npos || open < 2) return false;
  for (std::u32string_view verb : {U"举办", U"举行", U"召开", U"主办"}) {
    if (sent.chars.StartsAt(open - 2, verb)) return true;
  }
  return false;
}

// “南湖春茗联谊会”: all that stands between quotation marks and ends in a head of its own.
void FindQuoted(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  constexpr std::uint32_t kMin = 5, kMax = 40;
  for (std::uint32_t open = 0; open + kMin < sent.size(); ++open) {
    if (sent.chars[open] != U'“' || sent.mate[open] == kNothing) continue;
    const std::uint32_t begin = open + 1, end = sent.mate[open];
    if (end < begin + kMin || end > begin + kMax) continue;
    bool one = true;
    for (std::uint32_t at = begin; at < end; ++at) {
      static constexpr std::u32string_view kMarks = U"，。；：！？“";
      one = one && kMarks.find(sent.chars[at]) == std::u32string_view::npos;
    }
    std::uint32_t index = sent.head_end[end];
    if (one && IsGathering(sent, open, end)) {
      Candidate held;
      held.begin = begin;
      held.end = end;
      held.kind = kEvent;
      held.rule = "event.quoted";
      held.tier = kTierHead + 1;
      held.confidence = 0.9;
      out.push_back(std::move(held));
      continue;
    }
    if (!one || index == kNothing) continue;
    const Head& head = know.lexicon.heads()[index];
    const auto size = static_cast<std::uint32_t>(CountCodePoints(head.form));
    if (sent.tokens[sent.token_at[end - 1]].begin + size < end) continue;  // 发展 is no 展
    // 繁荣工程 is a phrase, 繁荣工程二期 a work.
    bool work = head.family == Family::kProject && (head.flags.find("weak") == std::string::npos ||
                                                    head.form.find("期") != std::string::npos);
    if (head.family != Family::kEvent && !work) continue;
    Candidate quoted;
    quoted.begin = begin;
    quoted.end = end;
    quoted.kind = head.kind;
    quoted.rule = head.family == Family::kEvent ? "event.quoted" : "project.quoted";
    quoted.tier = kTierHead;
    quoted.confidence = 0.9;
    out.push_back(std::move(quoted));
  }
}

}  // namespace

void FindByHead(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  HeadReader reader(know, sent);
  for (std::uint32_t end = 2; end <= sent.size(); ++end) {
    std::uint32_t index = sent.head_end[end];
    if (index == kNothing || !sent.IsBoundary(end)) continue;
    if (know.lexicon.heads()[index].family != Family::kIndustry) {
      std::size_t before = out.size();
      reader.Read(end, know.lexicon.heads()[index], out);
      const Head& head = know.lexicon.heads()[index];
      if (head.family != Family::kProject) continue;
      Candidate line;
      if (out.size() > before && out.back().end == end) {
        line = out.back();
      } else {  // 高铁武汉至宜昌段
        line.begin = end - static_cast<std::uint32_t>(CountCodePoints(head.form));
        line.kind = kProject;
        line.tier = kTierHead;
      }
      AddSection(know, sent, end, line, out);
    }
  }
  FindCapacities(know, sent, out);
  FindCeremonies(know, sent, out);
  FindQuoted(know, sent, out);
}

}  // namespace tupu::extract
