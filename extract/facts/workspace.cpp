#include "extract/facts/workspace.h"

#include <algorithm>

namespace tupu::extract {
namespace {

// A sentence with more names than this is no sentence; what follows is left alone, so that
// nothing here grows with the square of the input.
constexpr std::size_t kMaxMentions = 500;

Span Local(Span span, Span within) { return {span.begin - within.begin, span.end - within.begin}; }

}  // namespace

Workspace::Workspace(const graph::Document& doc, const graph::Schema& schema, const Page& page,
                     const std::vector<SentenceMentions>& found)
    : doc_(&doc), schema_(&schema), page_(&page) {
  TUPU_CONTRACT(found.size() == page.sentences.size());
  sentences_.resize(page.sentences.size());
  for (std::uint32_t i = 0; i < page.sentences.size(); ++i) {
    WorkSentence& sent = sentences_[i];
    sent.place = page.sentences[i];
    sent.text = graph::Slice(doc, sent.place.at);
    const Span within = sent.place.at.span;
    for (const TitleMention& t : found[i].titles) sent.titles.push_back({Local(t.span, within)});
    for (const AmountMention& a : found[i].amounts) {
      sent.amounts.push_back({Local(a.span, within), a.amount});
    }
    for (const DateMention& d : found[i].dates) {
      sent.dates.push_back({Local(d.span, within), d.date});
    }
    for (const EntityMention& e : found[i].entities) {
      if (sent.mentions.size() >= kMaxMentions) break;
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
  }
}

std::string_view Workspace::Text(MentionId id) const {
  const WorkMention& mention = mentions_[id];
  return Slice(sentences_[mention.sentence].text, mention.span);
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
  const auto begin = std::find_if(sentences_.begin(), sentences_.end(),
                                  [&](const auto& sent) { return sent.place.article == article; });
  const auto end = std::find_if(begin, sentences_.end(),
                                [&](const auto& sent) { return sent.place.article != article; });
  return {static_cast<std::uint32_t>(begin - sentences_.begin()),
          static_cast<std::uint32_t>(end - sentences_.begin())};
}

}  // namespace tupu::extract
