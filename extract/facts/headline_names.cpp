// The short name of a work or a meeting in a headline and its full name in the sentence below, of
// which both say the same: “甲电入乙”工程投产 above 丙省至丁省特高压输电工程正式投产.
#include "extract/facts/headline_names.h"

#include <string_view>

#include "extract/facts/rules.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// The only name of the type in the sentence that is part of no other, or none.
MentionId OnlyOne(const Workspace& work, std::uint32_t sentence, std::string_view type) {
  MentionId found = kNoMention;
  for (const MentionId id : work.sentence(sentence).mentions) {
    const WorkMention& mention = work.mention(id);
    if (mention.nested || mention.type != type || mention.antecedent != kNoMention) continue;
    if (found != kNoMention) return kNoMention;
    found = id;
  }
  return found;
}

// What is said right behind the name: its verb and what follows, without how and when it was done.
std::string_view Predicate(const Workspace& work, MentionId id) {
  const WorkMention& mention = work.mention(id);
  std::string_view rest = work.sentence(mention.sentence).text.substr(mention.span.end);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view word : {"”", "正式", "顺利", "全面", "近日", "日前", "今天", "昨天",
                                        "今日", "昨日", "成功", "全线"}) {
      if (!rest.starts_with(word)) continue;
      rest.remove_prefix(word.size());
      again = true;
    }
  }
  return rest;
}

// Of at most `count` characters; all of it where it is shorter.
std::string_view First(std::string_view text, std::size_t count) {
  std::uint32_t end = 0;
  for (; count > 0 && end < text.size(); --count) end += DecodeAt(text, end).size;
  return text.substr(0, end);
}

bool SaySame(const Workspace& work, MentionId above, MentionId below) {
  const std::string_view verb = First(Predicate(work, above), 2);
  // 一特大桥完工: the headline describes, and names nothing.
  if (work.Text(above).find("一") != std::string_view::npos) return false;
  if (verb.size() < 6 || !Predicate(work, below).starts_with(verb)) return false;
  // 工程 and 工程: what it is.
  constexpr std::size_t kKind = 6;  // bytes
  const auto bare = [](std::string_view name) {
    return name.ends_with("”") ? name.substr(0, name.size() - 3) : name;
  };
  const std::string_view a = bare(work.Text(above)), b = bare(work.Text(below));
  return a.size() > kKind && b.size() > kKind && a != b &&
         a.substr(a.size() - kKind) == b.substr(b.size() - kKind);
}

}  // namespace

std::vector<std::pair<MentionId, MentionId>> FindHeadlineNames(const Workspace& work) {
  std::vector<std::pair<MentionId, MentionId>> pairs;
  for (std::uint32_t s = 0; s + 1 < work.sentences().size(); ++s) {
    const Sentence& title = work.sentence(s).place;
    const Sentence& below = work.sentence(s + 1).place;
    if (title.kind != SentenceKind::kTitle || below.kind != SentenceKind::kBody ||
        title.article != below.article) {
      continue;
    }
    for (const std::string_view type : {"Project", "Event"}) {
      const MentionId above = OnlyOne(work, s, type);
      const MentionId full = above == kNoMention ? kNoMention : OnlyOne(work, s + 1, type);
      if (full != kNoMention && SaySame(work, above, full)) pairs.emplace_back(above, full);
    }
  }
  return pairs;
}

}  // namespace tupu::extract
