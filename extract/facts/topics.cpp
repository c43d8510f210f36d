#include "extract/facts/topics.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

// Whether one of the `words` (根据, 落实) stands before the name that begins at byte `begin`, or
// before the list of titles between 《》 that it stands in.
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

// Whether the clause in which a name begins at `begin` cites all that it names: 根据甲规划安排和
// 《乙办法》要求.
bool IsCitedByClause(std::string_view text, std::uint32_t begin) {
  const std::uint32_t clause = ClauseBegin(text, begin);
  constexpr std::array<std::string_view, 7> kCites = {"根据", "按照",   "依据",  "依照",
                                                      "遵照", "为贯彻", "为落实"};
  return std::any_of(kCites.begin(), kCites.end(),
                     [&](std::string_view word) { return StartsWithAt(text, clause, word); });
}

// Whether others only carry out or cite the document at `begin`: 根据甲条例, 实施《甲办法》, but
// 实施甲行动 tells of it.
bool IsOnlyCited(const WordSets& sets, std::string_view text, std::uint32_t begin) {
  if (IsCitedByClause(text, begin)) return true;
  if (IsPassing(text, begin, WordsOf(sets, "object_passing"))) return true;
  return EndsWithAt(text, begin, "《") && IsPassing(text, begin, WordsOf(sets, "title_passing"));
}

}  // namespace

MentionId TopicOf(const Workspace& work, const WordSets& sets, MentionId mention) {
  const std::uint32_t sentence = work.mention(mention).sentence;
  const std::string_view text = work.sentence(sentence).text;
  const std::uint32_t begin = work.mention(mention).span.begin;
  if (IsOnlyCited(sets, text, begin)) return kNoMention;
  // 根据《甲办法》（以下简称《办法》）: cited by the name that it is introduced behind.
  const MentionId full = work.mention(mention).antecedent;
  const bool introduced = EndsWithAt(text, begin, "称《") || EndsWithAt(text, begin, "称“");
  if (introduced && full != kNoMention && work.mention(full).sentence == sentence &&
      IsOnlyCited(sets, text, work.mention(full).span.begin)) {
    return kNoMention;
  }
  while (work.mention(mention).antecedent != kNoMention) {
    mention = work.mention(mention).antecedent;
  }
  const std::string_view name = work.Text(mention);
  if (work.mention(mention).type == "Event") {
    return IsAboutField(name, sets) ? mention : kNoMention;
  }
  return IsReport(name, sets) || IsEssay(work, mention) ? kNoMention : mention;
}

bool IsCarriedOut(const Workspace& work, const WordSets& sets, MentionId mention) {
  const WorkMention& named = work.mention(mention);
  const std::string_view text = work.sentence(named.sentence).text;
  const std::uint32_t clause = ClauseBegin(text, named.span.begin);
  return WordsOf(sets, "title_passing")
      .StandsIn(work.OutsideNames(named.sentence, {clause, named.span.begin}));
}

bool IsAboutField(std::string_view event, const WordSets& sets) {
  const auto size = static_cast<std::uint32_t>(event.size());
  const auto ends = [&](const char* set) {
    return LongestBefore(event, size, WordsOf(sets, set)) > 0;
  };
  return (ends("fair_tail") || ends("field_event") || ends("drive_event")) &&
         !ends("fieldless_event");
}

bool IsEssay(const Workspace& work, MentionId mention) {
  return work.mention(mention).rule == "document.essay";
}

bool IsUntitledProgramme(const Workspace& work, const WordSets& sets, MentionId mention) {
  while (work.mention(mention).antecedent != kNoMention) {
    mention = work.mention(mention).antecedent;
  }
  const WorkMention& named = work.mention(mention);
  if (named.type != "Policy" || named.rule.starts_with("short")) return false;
  const std::string_view text = work.sentence(named.sentence).text;
  std::string_view name = work.Text(mention);
  if (EndsWithAt(text, named.span.begin, "《") || name.find("《") != std::string_view::npos ||
      name.starts_with("关于")) {
    return false;
  }
  const char32_t first = DecodeAt(name, 0).value;
  if (std::u32string_view(U"0123456789一二三四五六七八九十").find(first) !=
      std::u32string_view::npos) {
    return false;  // 十项政策: what is said next are these
  }
  if (name.ends_with("”")) name.remove_suffix(std::string_view("”").size());
  return LongestBefore(name, static_cast<std::uint32_t>(name.size()),
                       WordsOf(sets, "topic_programme")) > 0 &&
         !name.ends_with("行动计划");
}

bool IsLed(const Workspace& work, const WordSets& sets, MentionId mention) {
  const WorkMention& named = work.mention(mention);
  const std::string_view text = work.sentence(named.sentence).text;
  std::uint32_t begin = named.span.begin;
  if (EndsWithAt(text, begin, "“"))
    begin -= static_cast<std::uint32_t>(std::string_view("“").size());
  std::uint32_t end = named.span.end;
  if (StartsWithAt(text, end, "”")) end += static_cast<std::uint32_t>(std::string_view("”").size());
  if (StartsWithAt(text, end, "等")) return false;
  const std::uint32_t clause = ClauseBegin(text, begin);
  return clause == begin || WordsOf(sets, "topic_led").StandsIn(Slice(text, {clause, begin}));
}

}  // namespace tupu::extract
