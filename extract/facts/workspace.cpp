#include "extract/facts/workspace.h"

#include <algorithm>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// A sentence with more names than this is no sentence; what follows is left alone, so that
// nothing here grows with the square of the input.
constexpr std::size_t kMaxMentions = 500;

Span Local(Span span, Span within) { return {span.begin - within.begin, span.end - within.begin}; }

// 四十个重点项目, 两条高速: a count is no name. 年产5万吨锂电材料项目 is.
bool IsCount(std::string_view name) {
  constexpr std::u32string_view kNumerals = U"0123456789一二三四五六七八九十百两几多";
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint c = DecodeAt(name, at);
    at += c.size;
    if (kNumerals.find(c.value) == std::u32string_view::npos || at >= name.size()) continue;
    const CodePoint unit = DecodeAt(name, at);
    if (unit.value == U'个' || unit.value == U'条' || unit.value == U'项') return true;
  }
  return false;
}

}  // namespace

Workspace::Workspace(const graph::Document& doc, const graph::Schema& schema, const Page& page,
                     const std::vector<SentenceMentions>& found)
    : doc_(&doc), schema_(&schema), page_(&page) {
  TUPU_CONTRACT(found.size() == page.sentences.size());
  sentences_.resize(page.sentences.size());
  for (std::uint32_t i = 0; i < page.sentences.size(); ++i) {
    WorkSentence& sent = sentences_[i];
    sent.place = page.sentences[i];
    if (sent.place.article >= articles_.size()) articles_.resize(sent.place.article + 1);
    Span& range = articles_[sent.place.article];
    if (range.empty()) range.begin = i;
    range.end = i + 1;
    sent.text = graph::Slice(doc, sent.place.at);
    const Span within = sent.place.at.span;
    for (const TitleMention& t : found[i].titles) sent.titles.push_back({Local(t.span, within)});
    for (const AmountMention& a : found[i].amounts) {
      sent.amounts.push_back({Local(a.span, within), a.amount});
    }
    for (const DateMention& d : found[i].dates) {
      sent.dates.push_back({Local(d.span, within), d.date});
      if (d.date.from.empty() && !d.date.vague) Resolve(sent, sent.dates.back());
    }
    for (const EntityMention& e : found[i].entities) {
      if (sent.mentions.size() >= kMaxMentions) break;
      if (e.type == "Project" && IsCount(graph::Slice(doc, {sent.place.at.field, e.span})))
        continue;
      WorkMention mention;
      mention.sentence = i;
      mention.span = Local(e.span, within);
      mention.type = e.type;
      mention.rule = e.rule;
      mention.confidence = e.confidence;
      mention.entries = e.entries;
      mention.nested = e.nested;
      Add(std::move(mention));
    }
    TrimChains(i);
  }
}

// A day without a year that recognition left open, against the article's own date.
void Workspace::Resolve(const WorkSentence& sent, WorkDate& date) const {
  if (sent.place.article >= page_->articles.size()) return;
  const auto reference = graph::ParseDate(page_->articles[sent.place.article].article.date);
  if (!reference) return;
  for (const DateMatch& match : FindDates(Slice(sent.text, date.span), *reference)) {
    if (!match.date.from.empty()) date.date = match.date;
  }
}

// 阳新县富池镇 is 富池镇 in 阳新县: a place is not named with the ladder of regions above it. One
// region before a name may be part of it (商丘站), two are not.
void Workspace::TrimChains(std::uint32_t sentence) {
  WorkSentence& sent = sentences_[sentence];
  bool moved = false;
  for (const MentionId id : sent.mentions) {
    WorkMention& mention = mentions_[id];
    if (mention.type != "Place" && mention.type != "Zone" && mention.type != "County") continue;
    std::uint32_t at = mention.span.begin;
    std::uint32_t steps = 0, before_last = at;
    for (const MentionId inner : sent.mentions) {
      const WorkMention& region = mentions_[inner];
      if (inner == id || region.span.begin != at || region.span.end >= mention.span.end) continue;
      if (region.type != "Province" && region.type != "City" && region.type != "County" &&
          region.type != "Place") {
        continue;
      }
      before_last = at;
      at = region.span.end;
      ++steps;
    }
    if (steps == 0) continue;
    const std::string_view text = sent.text;
    const std::string_view step = text.substr(before_last, at - before_last);
    bool suffixed = false;
    for (const std::string_view word : {"市", "县", "区", "旗", "省", "镇", "乡"}) {
      suffixed = suffixed || (step.size() > 6 && step.substr(step.size() - 3) == word);
    }
    const bool town = mention.type == "Place" && steps == 1 && suffixed &&
                      (text.substr(mention.span.end - 3, 3) == "镇" ||
                       text.substr(mention.span.end - 3, 3) == "乡" ||
                       text.substr(mention.span.end - 3, 3) == "村");
    if (steps < 2 && !town) continue;
    // 江苏滨海经济开发区 is what the zone is called.
    if (mention.type == "Zone" && !suffixed) continue;
    const std::uint32_t from = suffixed ? at : before_last;
    if (from <= mention.span.begin || mention.span.end - from < 6) continue;
    mention.span.begin = from;
    moved = true;
  }
  if (!moved) return;
  std::sort(sent.mentions.begin(), sent.mentions.end(), [&](MentionId a, MentionId b) {
    const Span x = mentions_[a].span, y = mentions_[b].span;
    return x.begin != y.begin ? x.begin < y.begin : x.end != y.end ? x.end > y.end : a < b;
  });
  for (const MentionId id : sent.mentions) {
    if (mentions_[id].nested && Outer(id) == kNoMention) mentions_[id].nested = false;
  }
}

std::string_view Workspace::Text(MentionId id) const {
  const WorkMention& mention = mentions_[id];
  return Slice(sentences_[mention.sentence].text, mention.span);
}

std::string Workspace::OutsideNames(std::uint32_t sentence, Span span) const {
  const WorkSentence& sent = sentences_[sentence];
  std::string words;
  std::uint32_t at = span.begin;
  for (const MentionId id : sent.mentions) {
    const Span name = mentions_[id].span;
    if (name.begin < at || name.begin >= span.end) continue;
    words += Slice(sent.text, {at, name.begin});
    words += " ";
    at = std::min(name.end, span.end);
  }
  words += Slice(sent.text, {at, span.end});
  return words;
}

graph::FieldSpan Workspace::Place(MentionId id) const {
  const WorkMention& mention = mentions_[id];
  const graph::FieldSpan at = sentences_[mention.sentence].place.at;
  return {at.field, {at.span.begin + mention.span.begin, at.span.begin + mention.span.end}};
}

std::uint32_t Workspace::Article(MentionId id) const {
  return sentences_[mentions_[id].sentence].place.article;
}

MentionId Workspace::Find(std::uint32_t sentence, Span span, std::string_view type) const {
  for (const MentionId id : sentences_[sentence].mentions) {
    const WorkMention& mention = mentions_[id];
    if (mention.span.begin > span.begin) break;
    if (mention.span == span && (type.empty() || Is(id, type))) return id;
  }
  return kNoMention;
}

MentionId Workspace::Outer(MentionId id) const {
  const WorkMention& inner = mentions_[id];
  MentionId best = kNoMention;
  for (const MentionId other : sentences_[inner.sentence].mentions) {
    const WorkMention& outer = mentions_[other];
    if (outer.span.begin > inner.span.begin) break;
    if (other == id || outer.span == inner.span || !outer.span.Contains(inner.span)) continue;
    if (best == kNoMention || outer.span.size() <= mentions_[best].span.size()) best = other;
  }
  return best;
}

std::vector<MentionId> Workspace::Inner(MentionId id) const {
  const WorkMention& outer = mentions_[id];
  std::vector<MentionId> inner;
  for (const MentionId other : sentences_[outer.sentence].mentions) {
    const WorkMention& mention = mentions_[other];
    if (mention.span.begin >= outer.span.end) break;
    if (mention.span != outer.span && outer.span.Contains(mention.span)) inner.push_back(other);
  }
  return inner;
}

MentionId Workspace::Add(WorkMention mention) {
  WorkSentence& sent = sentences_[mention.sentence];
  TUPU_CONTRACT(mention.span.begin < mention.span.end && mention.span.end <= sent.text.size());
  const auto place = [&](MentionId id) { return mentions_[id].span; };
  const Span span = mention.span;
  // From the end, since recognisers give mentions in order.
  auto at = sent.mentions.end();
  while (at != sent.mentions.begin()) {
    const Span before = place(*std::prev(at));
    if (before.begin < span.begin || (before.begin == span.begin && before.end > span.end)) break;
    --at;
  }
  for (auto it = at; it != sent.mentions.end() && place(*it) == span; ++it) {
    if (mentions_[*it].type == mention.type) return *it;
  }
  const MentionId id = static_cast<MentionId>(mentions_.size());
  sent.mentions.insert(at, id);
  mentions_.push_back(std::move(mention));
  return id;
}

Span Workspace::ArticleSentences(std::uint32_t article) const {
  const auto end = static_cast<std::uint32_t>(sentences_.size());
  return article < articles_.size() ? articles_[article] : Span{end, end};
}

}  // namespace tupu::extract
