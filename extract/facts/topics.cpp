#include "extract/facts/topics.h"

#include <string_view>

#include "extract/facts/terms.h"

namespace tupu::extract {

bool IsPassing(std::string_view text, std::uint32_t begin, const WordList& words) {
  // 根据《甲法》（甲发〔2030〕1号）、《乙条例》和《丙办法》: back over the others of the list.
  constexpr int kMaxListed = 8;
  for (int i = 0; i < kMaxListed; ++i) {
    for (const std::string_view mark : {"《", "〈", "“"}) {
      if (EndsWithAt(text, begin, mark)) begin -= static_cast<std::uint32_t>(mark.size());
    }
    if (LongestBefore(text, begin, words) > 0) return true;
    for (const std::string_view joint : {"、", "和", "与", "以及", "及"}) {
      if (!EndsWithAt(text, begin, joint)) continue;
      begin -= static_cast<std::uint32_t>(joint.size());
      break;
    }
    for (const auto& [open, close] : {std::pair{"（", "）"}, {"《", "》"}}) {
      if (!EndsWithAt(text, begin, close)) continue;
      const std::size_t start = text.substr(0, begin).rfind(open);
      if (start == std::string_view::npos) return false;
      begin = static_cast<std::uint32_t>(start);
    }
  }
  return false;
}

MentionId TopicOf(const Workspace& work, const WordSets& sets, MentionId mention) {
  const std::string_view text = work.sentence(work.mention(mention).sentence).text;
  const std::uint32_t begin = work.mention(mention).span.begin;
  if (IsPassing(text, begin, WordsOf(sets, "object_passing"))) return kNoMention;
  while (work.mention(mention).antecedent != kNoMention) {
    mention = work.mention(mention).antecedent;
  }
  const std::string_view name = work.Text(mention);
  if (work.mention(mention).type == "Event") {
    const auto size = static_cast<std::uint32_t>(name.size());
    return LongestBefore(name, size, WordsOf(sets, "fieldless_event")) > 0 ? kNoMention : mention;
  }
  return IsReport(name, sets) ? kNoMention : mention;
}

}  // namespace tupu::extract
