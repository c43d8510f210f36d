// All heads of a sentence, and two shapes of works that a head alone does not give: sections of a
// line and what is told by its capacity.
#include <algorithm>
#include <string_view>

#include "extract/ner/candidates.h"
#include "extract/ner/head_reader.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

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
  if (last == t || last >= sent.tokens.size()) return;
  const Token& token = sent.tokens[last];
  if (sent.chars[token.begin] != U'段') return;
  Candidate section = line;
  section.end = token.begin + 1;
  section.rule = "project.section";
  out.push_back(std::move(section));
}

// 年产5万吨磷酸铁锂正极材料项目: from the quantity to the next head of a work.
void FindCapacities(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out) {
  static constexpr std::u32string_view kStarts[] = {U"年产", U"日产", U"年处理", U"日处理"};
  static constexpr std::u32string_view kEnds[] = {U"项目", U"生产线", U"装置",
                                                  U"工程", U"工厂",   U"生产基地"};
  for (std::uint32_t pos = 0; pos + 4 < sent.size(); ++pos) {
    std::uint32_t number = pos;
    for (std::u32string_view start : kStarts) {
      if (sent.chars.StartsAt(pos, start)) number = static_cast<std::uint32_t>(pos + start.size());
    }
    if (number == pos || DigitOf(sent.chars[number]) < 0) continue;
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
    if (best == 0) continue;
    Candidate candidate;
    candidate.begin = pos;
    candidate.end = best;
    candidate.kind = kProject;
    candidate.rule = "project.capacity";
    candidate.tier = kTierHead;
    candidate.confidence = 0.9;
    out.push_back(std::move(candidate));
  }
  (void)know;
}

}  // namespace

void FindByHead(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  FindCapacities(know, sent, out);
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
}

}  // namespace tupu::extract
