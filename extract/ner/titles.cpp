// Posts and other words beside people's names (省长, 党组书记、局长, 副总裁), as the lexicon lists
// them.
#include <string_view>
#include <vector>

#include "extract/ner/candidates.h"

namespace tupu::extract {

std::vector<TitleSpan> FindTitles(const Knowledge& know, const AnalysedSentence& sent) {
  std::vector<TitleSpan> single;
  for (std::uint32_t end = 1; end <= sent.size(); ++end) {
    std::uint32_t begin = sent.title_end[end];
    if (begin == kNothing || !sent.IsBoundary(end)) continue;
    // 主任 in 主任务 is none; a longer title that ends later takes its place.
    bool starts = sent.IsBoundary(begin);
    // 常务副|市长: the longest title begins inside a word, a shorter one may begin behind it.
    for (std::uint32_t at = begin + 1; !starts && at + 1 < end; ++at) {
      if (!sent.IsBoundary(at)) continue;
      const Word* word = know.lexicon.Find(sent.Text(at, end));
      if (!word || word->title < 0) continue;
      begin = at;
      starts = true;
    }
    std::uint32_t token = sent.token_at[begin];
    if (!starts) {
      // 办公室主任 as one token: the title is its end; 甲国国防部|长: 部 is of the ministry's name.
      const bool of_ministry = end > 1 && sent.chars[end - 1] == U'长' &&
                               sent.chars[end - 2] == U'部' && sent.IsBoundary(end - 1);
      if (sent.tokens[token].end != end && !of_ministry) continue;
    }
    const Word* word = know.lexicon.Find(sent.Text(begin, end));
    if (!word || word->title < 0) continue;
    // 副, 常务副, 首席 in front.
    while (starts && token > 0) {
      const Token& left = sent.tokens[token - 1];
      if (!(sent.Cues(left, know.lexicon) & kTitleModifier)) break;
      std::string_view text = sent.Text(left.begin, left.end);
      if (text == "原" || text == "前" || text == "时任" || text == "现任" || text == "前任" ||
          text == "兼" || text == "国家" || text == "外交部" || text == "新任") {
        break;
      }
      begin = left.begin;
      --token;
    }
    while (!single.empty() && single.back().begin >= begin) single.pop_back();
    if (!single.empty() && single.back().end > begin) continue;
    single.push_back({begin, end, static_cast<TitleKind>(word->title)});
  }
  // 党组书记、局长 is one post in two words.
  std::vector<TitleSpan> out;
  for (const TitleSpan& title : single) {
    bool joins = false;
    if (!out.empty()) {
      std::uint32_t gap = title.begin - out.back().end;
      char32_t c = sent.chars[out.back().end];
      joins = (gap == 1 && (c == U'、' || c == U'兼')) || gap == 0;
      joins = joins && out.back().kind != TitleKind::kPerson && title.kind != TitleKind::kPerson &&
              out.back().kind != TitleKind::kMedia && title.kind != TitleKind::kMedia;
    }
    if (joins) {
      out.back().end = title.end;
      out.back().kind = title.kind;
    } else {
      out.push_back(title);
    }
  }
  return out;
}

}  // namespace tupu::extract
