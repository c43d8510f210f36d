#include "extract/facts/state_posts.h"

#include <algorithm>
#include <set>

#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kStateMaxBack = 2;  // sentences that a bare post looks back for its state
constexpr std::string_view kMinister = "长";
constexpr std::string_view kStateId = "country/";

// The end of the entry `key:value` that begins with `key`, or an empty text.
std::string_view ValueOf(const WordList& entries, std::string_view key) {
  for (const std::string& entry : entries) {
    const std::string_view all = entry;
    const std::size_t colon = all.find(':');
    if (colon != std::string_view::npos && all.substr(0, colon) == key) {
      return all.substr(colon + 1);
    }
  }
  return {};
}

}  // namespace

StatePosts::StatePosts(StructureContext& context)
    : work_(*context.work),
      gazetteer_(context.gazetteer),
      titles_(WordsOf(*context.sets, "state_post")),
      leads_(WordsOf(*context.sets, "state_post_lead")),
      short_(WordsOf(*context.sets, "state_short")),
      heads_(WordsOf(*context.sets, "head_of_state")),
      home_(WordsOf(*context.sets, "home_country")) {
  entries_.resize(work_.size());
  for (MentionId id = 0; id < work_.size(); ++id) {
    if (work_.mention(id).antecedent != kNoMention || work_.mention(id).ignored) continue;
    if (IsState(id)) {
      entries_[id] = EntryOf(id);
      const auto [at, first] = states_.try_emplace({work_.Article(id), entries_[id]}, id);
      if (!first && work_.mention(at->second).nested && !work_.mention(id).nested) at->second = id;
    } else if (work_.Is(id, "Institution") && work_.Text(id).ends_with("政府")) {
      for (const MentionId inner : work_.Inner(id)) {
        if (!IsState(inner)) continue;
        const std::string_view rest =
            work_.Text(id).substr(work_.mention(inner).span.end - work_.mention(id).span.begin);
        if (rest == "政府") governments_.try_emplace({work_.Article(id), EntryOf(inner)}, id);
      }
    }
  }
}

bool StatePosts::IsState(MentionId id) const {
  const WorkMention& mention = work_.mention(id);
  if (mention.type != "Place" || mention.entries.empty() || gazetteer_ == nullptr) return false;
  const std::string_view entry = gazetteer_->entries()[mention.entries.front()].id;
  return entry.starts_with(kStateId) &&
         std::find(home_.begin(), home_.end(), work_.Text(id)) == home_.end();
}

std::string_view StatePosts::EntryOf(MentionId id) const {
  return gazetteer_->entries()[work_.mention(id).entries.front()].id;
}

void StatePosts::FreeMinistries() {
  std::set<std::pair<std::uint32_t, std::string_view>> named;
  std::vector<std::pair<MentionId, MentionId>> found;  // the ministry and its state
  for (MentionId id = 0; id < work_.size(); ++id) {
    const WorkMention& mention = work_.mention(id);
    if (mention.type != "Institution" || !work_.Text(id).ends_with("部")) continue;
    MentionId state = kNoMention;
    for (const MentionId inner : work_.Inner(id)) {
      if (work_.mention(inner).span.begin == mention.span.begin && IsState(inner)) state = inner;
    }
    if (state == kNoMention) continue;
    const std::string_view text = Text(mention.sentence);
    if (StartsWithAt(text, mention.span.end, kMinister)) {
      // Ministries that a state has but one of; 甲国竹业与林业部长 is of the ministry.
      const std::uint32_t begin = work_.mention(state).span.end;
      const std::uint32_t size = LongestAt(text, begin, titles_);
      if (begin + size != mention.span.end + kMinister.size()) continue;
      found.emplace_back(id, state);
    } else {
      named.emplace(work_.Article(id), work_.Text(id));
    }
  }
  for (const auto& [id, state] : found) {
    if (named.count({work_.Article(id), work_.Text(id)}) > 0) continue;
    work_.mention(id).ignored = true;
    work_.mention(id).nested = true;
    work_.mention(state).nested = false;
    const auto at = states_.find({work_.Article(state), entries_[state]});
    if (at != states_.end() && work_.mention(at->second).nested) at->second = state;
  }
}

std::vector<Post> StatePosts::Bare(std::uint32_t s, std::uint32_t floor, std::uint32_t cut,
                                   MentionId before, const std::vector<Post>& posts_before) const {
  const std::string_view text = Text(s);
  const std::uint32_t size = LongestBefore(text, cut, titles_);
  if (size == 0 || cut - size < floor) return {};
  std::uint32_t begin = cut - size;
  for (const std::string_view word : {"前"}) {
    if (EndsWithAt(text, begin, word)) begin -= static_cast<std::uint32_t>(word.size());
  }
  const std::string_view title = text.substr(begin, cut - begin);
  // 俄总统
  if (begin >= 3) {
    const std::string_view state = ValueOf(short_, text.substr(begin - 3, 3));
    const bool alone = HasLead(s, begin - 3);
    if (!state.empty() && alone) {
      const MentionId id =
          Named(work_.sentence(s).place.article, std::string(kStateId) + std::string(state));
      if (id != kNoMention) return {{id, std::string(title)}};
    }
  }
  for (const std::string_view word : {"时任", "现任", "新任", "现"}) {
    if (EndsWithAt(text, begin, word)) {
      begin -= static_cast<std::uint32_t>(word.size());
      break;
    }
  }
  // 乙国大公甲、首相乙
  if (before != kNoMention && !posts_before.empty() && begin >= floor) {
    const std::string_view between = text.substr(floor, begin - floor);
    const MentionId holder = posts_before.front().holder;
    const bool listed = between == "、" || between == "和" || between == "，" || between == "及";
    if (listed && entries_.size() > holder && !entries_[holder].empty()) {
      return {{holder, std::string(title)}};
    }
  }
  if (!HasLead(s, begin)) return {};
  const MentionId state = StateBefore(s, begin);
  if (state == kNoMention) return {};
  return {{state, std::string(title)}};
}

// Whether the post begins a clause or follows a word behind which one may stand alone.
bool StatePosts::HasLead(std::uint32_t s, std::uint32_t begin) const {
  const std::string_view text = Text(s);
  return ClauseBegin(text, begin) == begin || EndsWithAt(text, begin, "、") ||
         LongestBefore(text, begin, leads_) > 0;
}

// The state named last before `pos`, also inside another name: 加国选举委员会宣布，总统甲….
MentionId StatePosts::StateBefore(std::uint32_t s, std::uint32_t pos) const {
  const std::uint32_t article = work_.sentence(s).place.article;
  for (std::uint32_t back = 0; back <= kStateMaxBack && back <= s; ++back) {
    const WorkSentence& sent = work_.sentence(s - back);
    if (sent.place.article != article) return kNoMention;
    MentionId last = kNoMention;
    for (const MentionId id : sent.mentions) {
      if (id >= entries_.size() || entries_[id].empty()) continue;
      if (back > 0 || work_.mention(id).span.end <= pos) last = id;
    }
    if (last != kNoMention) return Named(article, entries_[last]);
  }
  return kNoMention;
}

MentionId StatePosts::Named(std::uint32_t article, std::string_view entry) const {
  const auto found = states_.find({article, entry});
  return found == states_.end() ? kNoMention : found->second;
}

// The state whose statesman the gazetteer knows the person as, where the article names it.
MentionId StatePosts::OwnState(MentionId person) const {
  if (gazetteer_ == nullptr) return kNoMention;
  for (const Sense& sense : gazetteer_->Lookup(work_.Text(person))) {
    const std::string_view parent = gazetteer_->entries()[sense.entry].parent_id;
    if (!parent.starts_with(kStateId)) continue;
    const MentionId state = Named(work_.Article(person), parent);
    if (state != kNoMention) return state;
  }
  return kNoMention;
}

// The one state that the article names, or its headline.
MentionId StatePosts::OnlyState(std::uint32_t article) const {
  const auto first = states_.lower_bound({article, std::string_view()});
  if (first == states_.end() || first->first.first != article) return kNoMention;
  const auto next = std::next(first);
  if (next == states_.end() || next->first.first != article) return first->second;
  const Span range = work_.ArticleSentences(article);
  if (range.begin == range.end) return kNoMention;
  std::string_view only;
  for (const MentionId id : work_.sentence(range.begin).mentions) {
    if (id >= entries_.size() || entries_[id].empty() || entries_[id] == only) continue;
    if (!only.empty()) return kNoMention;
    only = entries_[id];
  }
  return only.empty() ? kNoMention : Named(article, only);
}

std::vector<Post> StatePosts::Behind(MentionId person) const {
  const WorkMention& mention = work_.mention(person);
  const std::string_view text = Text(mention.sentence);
  const std::uint32_t size = LongestAt(text, mention.span.end, titles_);
  if (size == 0) return {};
  const std::string_view title = text.substr(mention.span.end, size);
  const MentionId own = OwnState(person);
  if (own != kNoMention) return {{own, std::string(title)}};
  // Who is known otherwise: 周远航总理 is the country's own.
  const bool known = gazetteer_ != nullptr && !gazetteer_->Lookup(work_.Text(person)).empty();
  if (known || title.ends_with("总理")) return {};
  const MentionId only = OnlyState(work_.Article(person));
  if (only == kNoMention) return {};
  return {{only, std::string(title)}};
}

std::vector<Post> StatePosts::OfHeadline(MentionId person) const {
  const MentionId state = OwnState(person);
  if (state == kNoMention) return {};
  const std::uint32_t article = work_.Article(person);
  const Span range = work_.ArticleSentences(article);
  if (range.begin == range.end) return {};
  const WorkSentence& headline = work_.sentence(range.begin);
  for (const MentionId id : headline.mentions) {
    if (id >= entries_.size() || entries_[id] != entries_[state]) continue;
    const std::uint32_t end = work_.mention(id).span.end;
    const std::uint32_t size = LongestAt(headline.text, end, titles_);
    if (size == 0) continue;
    const std::string_view rest = headline.text.substr(end + size);
    const bool done = rest.empty() || rest.starts_with("会谈") || rest.starts_with("会晤") ||
                      rest.starts_with(" ") || rest.starts_with("通") || rest.starts_with("举行");
    if (done) return {{state, std::string(headline.text.substr(end, size))}};
  }
  return {};
}

MentionId StatePosts::GovernmentOr(const Post& post) const {
  if (post.holder >= entries_.size() || entries_[post.holder].empty()) return post.holder;
  if (post.title != "总理" && post.title != "首相") return post.holder;
  const auto body = governments_.find({work_.Article(post.holder), entries_[post.holder]});
  return body == governments_.end() ? post.holder : body->second;
}

}  // namespace tupu::extract
