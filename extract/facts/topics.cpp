#include "extract/facts/topics.h"

#include <string_view>

#include "extract/facts/terms.h"

namespace tupu::extract {

MentionId TopicOf(const Workspace& work, const WordSets& sets, MentionId mention) {
  const std::string_view text = work.sentence(work.mention(mention).sentence).text;
  std::uint32_t begin = work.mention(mention).span.begin;
  for (const std::string_view mark : {"《", "“"}) {
    if (EndsWithAt(text, begin, mark)) begin -= static_cast<std::uint32_t>(mark.size());
  }
  if (LongestBefore(text, begin, WordsOf(sets, "object_passing")) > 0) return kNoMention;
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
