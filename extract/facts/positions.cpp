// Posts as they are written before a name:
//   中共中央政治局委员、国务院副总理周远航      two bodies, one person
//   宜昌市委副书记、市长周远航                  a committee's post and a mayor's
//   副部长周远航、李青山、王木                   one post, several people
//   远山集团董事长周远航、总裁李青山            the second post is the same company's
// and behind it:
//   周远航（省水利局局长）    周远航　　省水利局局长    周远航，水利部部长， 水利部规划司周远航司长
//   任命周远航为水利部部长、党组书记    免去李青山、王木的水利部副部长职务
#include <algorithm>
#include <map>
#include <set>

#include "extract/facts/post_reader.h"
#include "extract/facts/state_posts.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxEntry = 300;  // bytes of the posts behind a name

class Positions {
 public:
  explicit Positions(StructureContext& context)
      : work_(*context.work),
        reader_(context),
        states_(context),
        shared_(WordsOf(*context.sets, "post_shared")),
        regional_(WordsOf(*context.sets, "post_regional")),
        after_(WordsOf(*context.sets, "post_after_name")),
        members_(WordsOf(*context.sets, "member_post")),
        member_acts_(WordsOf(*context.sets, "member_acts")),
        given_(WordsOf(*context.sets, "post_given")),
        given_as_(WordsOf(*context.sets, "post_given_as")),
        given_end_(WordsOf(*context.sets, "post_given_end")),
        served_(WordsOf(*context.sets, "post_served")),
        planned_(WordsOf(*context.sets, "status_planned")) {}

  void Run() {
    states_.FreeMinistries();
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      MentionId before = kNoMention;
      std::vector<Post> posts_before;
      if (s == 0 || work_.sentence(s).place.article != work_.sentence(s - 1).place.article) {
        in_roster_ = false;
      }
      for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
        const WorkMention& mention = work_.mention(id);
        if (mention.nested || !work_.Is(id, "Person")) continue;
        std::uint32_t said = s;  // where the posts stand
        std::vector<Post> posts = Behind(said, id);
        // Behind an entry the post before the next name is the entry's.
        const bool entry = !posts.empty() || (in_roster_ && HasGapBehind(s, id));
        in_roster_ = entry;
        if (posts.empty()) said = s;
        if (!entry) posts = PostsOf(s, id, before, posts_before);
        for (const Post& post : posts) Propose(id, post, said);
        if (posts.empty()) PostAfter(s, id, before);
        before = id;
        posts_before = entry ? std::vector<Post>() : std::move(posts);
      }
      Given(s);
      Served(s);
    }
    KnownOfHeadline();
  }

 private:
  std::string_view Text(std::uint32_t s) const { return work_.sentence(s).text; }

  std::vector<Post> PostsOf(std::uint32_t s, MentionId person, MentionId before,
                            const std::vector<Post>& posts_before) {
    const std::string_view text = Text(s);
    const std::uint32_t cut = work_.mention(person).span.begin;
    const std::uint32_t floor = before == kNoMention ? 0 : work_.mention(before).span.end;
    if (before != kNoMention && !posts_before.empty()) {
      const std::string_view between = text.substr(floor, cut - floor);
      if (between == "、" || between == "和" || between == "，" || between == " ") {
        if (between != "，" && Shared(posts_before)) return posts_before;
        return {};
      }
    }
    std::vector<Post> posts = reader_.Before(s, floor, cut, before, posts_before);
    if (posts.empty()) posts = states_.Bare(s, floor, cut, before, posts_before);
    return posts;
  }

  // The posts of an entry: behind the name in brackets, behind a gap up to the line's end or the
  // next name, or a clause of their own. `s` becomes the sentence that they stand in.
  std::vector<Post> Behind(std::uint32_t& s, MentionId person) {
    const std::string_view text = Text(s);
    std::uint32_t begin = work_.mention(person).span.end;
    std::uint32_t end = 0;
    bool whole = false;
    if (const std::uint32_t gap = GapAt(text, begin); gap > 0) {
      begin += gap;
      end = std::min(EndOfEntry(text, begin), NextPerson(s, begin));
    } else if (begin == text.size() && HasGapBehind(s, person)) {
      // The sentence ended with the name, its post begins the next one.
      ++s;
      begin = 0;
      end = std::min(EndOfEntry(Text(s), 0), NextPerson(s, 0));
    } else if (StartsWithAt(text, begin, "（") || StartsWithAt(text, begin, "(")) {
      begin += DecodeAt(text, begin).size;
      const std::size_t close = std::min(text.find("）", begin), text.find(")", begin));
      if (close == std::string_view::npos) return {};
      end = static_cast<std::uint32_t>(close);
    } else if (StartsWithAt(text, begin, "，") && StartsSentence(s, person)) {
      begin += 3;
      for (const std::string_view word : {"现任", "时任", "系", "现为", "是"}) {
        if (StartsWithAt(text, begin, word)) begin += static_cast<std::uint32_t>(word.size());
      }
      end = ClauseEnd(text, begin);
      whole = true;
    }
    if (end <= begin || end > begin + kMaxEntry) return {};
    std::vector<Post> posts = reader_.Before(s, begin, end);
    return whole && !Covers(posts, s, begin) ? std::vector<Post>() : posts;
  }

  // Whether one of the posts is of a body whose name begins at `begin`.
  bool Covers(const std::vector<Post>& posts, std::uint32_t s, std::uint32_t begin) const {
    return std::any_of(posts.begin(), posts.end(), [&](const Post& post) {
      return work_.mention(post.holder).sentence == s &&
             work_.mention(post.holder).span.begin == begin;
    });
  }

  // 周远航，水利部部长，…: nothing but its number or a mark stands before an entry.
  bool StartsSentence(std::uint32_t s, MentionId person) const {
    return CountCodePoints(Text(s).substr(0, work_.mention(person).span.begin)) < 4;
  }

  // The bytes of a gap of two spaces or a wide one, with which the entries of a roster are set.
  static std::uint32_t GapAt(std::string_view text, std::uint32_t pos) {
    std::uint32_t at = pos, width = 0;
    for (;;) {
      if (StartsWithAt(text, at, "　")) {
        at += 3;
        width += 2;
      } else if (StartsWithAt(text, at, "\t")) {
        at += 1;
        width += 2;
      } else if (StartsWithAt(text, at, " ")) {
        at += 1;
        width += 1;
      } else {
        return width > 1 && at < text.size() ? at - pos : 0;
      }
    }
  }
  // The same where the sentence ends with the name and another goes on behind the gap.
  bool HasGapBehind(std::uint32_t s, MentionId person) const {
    const std::uint32_t end = work_.mention(person).span.end;
    if (end < Text(s).size()) return GapAt(Text(s), end) > 0;
    if (s + 1 >= work_.sentences().size() ||
        work_.sentence(s + 1).place.at.field != work_.sentence(s).place.at.field ||
        work_.sentence(s + 1).place.article != work_.sentence(s).place.article) {
      return false;
    }
    const graph::FieldSpan at = work_.Place(person);
    const std::uint32_t next = work_.sentence(s + 1).place.at.span.begin;
    if (next <= at.span.end || next > at.span.end + 24) return false;
    graph::FieldSpan gap = at;
    gap.span = {at.span.end, next};
    const std::string_view text = graph::Slice(work_.doc(), gap);
    return text.find('\n') == std::string_view::npos && text.find("　　") == 0;
  }
  static std::uint32_t EndOfEntry(std::string_view text, std::uint32_t pos) {
    std::size_t end = text.size();
    for (const std::string_view mark : {"。", "；", "，", "（", "(", "　", "  ", "\t"}) {
      end = std::min(end, text.find(mark, pos));
    }
    return static_cast<std::uint32_t>(end);
  }
  std::uint32_t NextPerson(std::uint32_t s, std::uint32_t pos) const {
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin > pos && !mention.nested && work_.Is(id, "Person")) {
        return mention.span.begin;
      }
    }
    return static_cast<std::uint32_t>(Text(s).size());
  }

  // 任命甲为…, 免去乙、丙的…职务: all of the posts for each of the people.
  void Given(std::uint32_t s) {
    const std::string_view text = Text(s);
    std::vector<MentionId> people;
    bool removed = false;
    for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
      const Span span = work_.mention(id).span;
      if (work_.mention(id).nested || !work_.Is(id, "Person")) continue;
      const bool listed =
          !people.empty() && IsJoint(text, work_.mention(people.back()).span.end, span.begin);
      if (!listed) people.clear();
      if (!listed) {
        if (LongestBefore(text, span.begin, given_) == 0) continue;
        removed = EndsWithAt(text, span.begin, "免去") || EndsWithAt(text, span.begin, "撤销") ||
                  EndsWithAt(text, span.begin, "罢免");
      }
      people.push_back(id);
      const std::uint32_t as = LongestAt(text, span.end, given_as_);
      const bool goes_on = StartsWithAt(text, span.end, "、") || StartsWithAt(text, span.end, "和");
      if (as == 0 && (!removed || goes_on)) continue;
      const std::uint32_t begin = span.end + as;
      const std::uint32_t end = BeforeGivenEnd(text, begin, ClauseEnd(text, begin));
      if (end <= begin || end > begin + kMaxEntry) continue;
      for (const Post& post : reader_.Before(s, begin, end)) {
        for (const MentionId who : people) Propose(who, post);
      }
      people.clear();
    }
  }
  // 副部长职务, 副部长的决定: up to the word that follows the post.
  std::uint32_t BeforeGivenEnd(std::string_view text, std::uint32_t begin,
                               std::uint32_t end) const {
    for (std::uint32_t at = begin; at < end; at += DecodeAt(text, at).size) {
      if (LongestAt(text, at, given_end_) > 0) end = at;
    }
    return end;
  }

  // 甲，…毕业，曾任乙公司总监，现为丙学院教授: the posts that a sentence about one person tells.
  void Served(std::uint32_t s) {
    const std::string_view text = Text(s);
    MentionId who = kNoMention;
    for (const MentionId id : work_.sentence(s).mentions) {
      if (work_.mention(id).nested || !work_.Is(id, "Person")) continue;
      if (who != kNoMention) return;
      who = id;
    }
    if (who == kNoMention) return;
    for (std::uint32_t at = work_.mention(who).span.end; at < text.size();) {
      const std::uint32_t size = LongestAt(text, at, served_);
      if (size == 0) {
        at += DecodeAt(text, at).size;
        continue;
      }
      const std::uint32_t verb = at;
      const std::uint32_t begin = at + size;
      const bool apposed = StartsWithAt(text, verb, "，");
      if (apposed && verb != work_.mention(who).span.end) {
        at += DecodeAt(text, at).size;  // 甲出席，是…: of something else
        continue;
      }
      at = begin;
      const Span lead{std::max(work_.mention(who).span.end, ClauseBegin(text, verb)), verb};
      const std::string before = apposed ? std::string() : work_.OutsideNames(s, lead);
      if (IsRefused(before)) continue;
      const bool planned =
          !IsPast(text.substr(verb, size)) && !before.empty() && HoldsAny(before, planned_);
      const std::uint32_t end = BeforeGivenEnd(text, begin, ClauseEnd(text, begin));
      if (end <= begin || end > begin + kMaxEntry) continue;
      const std::vector<Post> posts = reader_.Before(s, begin, end);
      if (!Covers(posts, s, begin)) continue;
      const auto status = planned ? graph::ClaimStatus::kPlanned : graph::ClaimStatus::kDone;
      for (const Post& post : posts) Propose(who, post, s, "position.served", 0.85, status);
    }
  }

  // 从未担任, 拒绝出任, but 未来担任.
  static bool IsRefused(std::string_view before) {
    for (const std::string_view word : {"没", "拒绝", "否认"}) {
      if (before.find(word) != std::string_view::npos) return true;
    }
    constexpr std::string_view kNot = "未";
    std::size_t at = before.find(kNot);
    while (at != std::string_view::npos && before.substr(at + kNot.size()).starts_with("来")) {
      at = before.find(kNot, at + kNot.size());
    }
    return at != std::string_view::npos;
  }

  // 曾任, 历任, 现任: what no word before makes a plan (退役将军曾任).
  static bool IsPast(std::string_view verb) {
    for (const std::string_view word : {"曾", "历", "现", "原"}) {
      if (verb.starts_with(word)) return true;
    }
    return false;
  }

  static bool IsJoint(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    const std::string_view between = text.substr(begin, end - begin);
    return between == "、" || between == "和" || between == "与" || between == "及";
  }

  // The statesmen whose post only the headline says, once in an article.
  void KnownOfHeadline() {
    std::set<std::pair<std::uint32_t, std::string_view>> posted;
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type != "HOLDS_POSITION") continue;
      posted.emplace(work_.Article(proposal.from), work_.Text(proposal.from));
    }
    const std::uint32_t size = work_.size();
    // Not him who is called by another post: 甲总书记.
    for (MentionId id = 0; id < size; ++id) {
      if (!work_.Is(id, "Person")) continue;
      const Span span = work_.mention(id).span;
      for (const WorkTitle& title : work_.sentence(work_.mention(id).sentence).titles) {
        if (title.span.begin == span.end || title.span.end == span.begin) {
          posted.emplace(work_.Article(id), work_.Text(id));
        }
      }
    }
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).nested || !work_.Is(id, "Person") ||
          !posted.emplace(work_.Article(id), work_.Text(id)).second) {
        continue;
      }
      for (const Post& post : states_.OfHeadline(id)) Propose(id, post);
    }
  }

  // 周远航总理, 宜昌市李青山副市长: the post after the name, its body known or right before.
  void PostAfter(std::uint32_t s, MentionId person, MentionId before) {
    const std::string_view text = Text(s);
    const Span span = work_.mention(person).span;
    if (const std::vector<Post> posts = states_.Behind(person); !posts.empty()) {
      for (const Post& post : posts) Propose(person, post);
      return;
    }
    for (const std::string& entry : after_) {
      const std::size_t colon = entry.find(':');
      if (colon == std::string::npos) continue;
      const std::string_view title = std::string_view(entry).substr(0, colon);
      if (!StartsWithAt(text, span.end, title)) continue;
      // 甲代表乙: a verb, but before the colon of an address and what members do.
      const std::uint32_t end = span.end + static_cast<std::uint32_t>(title.size());
      if (LongestAt(title, 0, members_) == title.size() && LongestAt(text, end, member_acts_) == 0)
        continue;
      const std::string_view body = std::string_view(entry).substr(colon + 1);
      const MentionId id = reader_.NamedBody(work_.Article(person), body);
      if (id == kNoMention) continue;
      Propose(person, {id, std::string(title)});
      return;
    }
    const std::uint32_t post = LongestAt(text, span.end, regional_);
    if (post > 0) {
      for (const MentionId id : work_.sentence(s).mentions) {
        if (work_.mention(id).span.end == span.begin && RegionDepth(work_, id) >= 0) {
          Propose(person, {id, std::string(text.substr(span.end, post))});
          return;
        }
      }
    }
    if (post > 0) {
      const std::vector<Post> posts = reader_.OfRegion(s, span.begin, text.substr(span.end, post));
      for (const Post& of_region : posts) Propose(person, of_region);
      return;
    }
    const std::uint32_t floor = before == kNoMention ? 0 : work_.mention(before).span.end;
    for (const WorkTitle& title : work_.sentence(s).titles) {
      if (title.span.begin != span.end) continue;
      const std::string_view said = text.substr(title.span.begin, title.span.size());
      for (const Post& around : reader_.Around(s, floor, span, said)) Propose(person, around);
    }
  }

  bool Shared(const std::vector<Post>& posts) const {
    for (const Post& post : posts) {
      const auto& title = post.title;
      if (LongestAt(title, 0, shared_) == 0 &&
          LongestBefore(title, static_cast<std::uint32_t>(title.size()), shared_) == 0) {
        return false;
      }
    }
    return !posts.empty();
  }

  void Propose(MentionId person, const Post& post) {
    Propose(person, post, work_.mention(person).sentence);
  }
  void Propose(MentionId person, const Post& post, std::uint32_t evidence,
               const char* rule = "position.before_name", double confidence = 0.95,
               graph::ClaimStatus status = graph::ClaimStatus::kDone) {
    Proposal proposal;
    proposal.type = "HOLDS_POSITION";
    proposal.from = person;
    proposal.to = GovernmentOr(post);
    proposal.properties["title"] = post.title;
    proposal.status = status;
    proposal.evidence = evidence;
    proposal.rule = rule;
    proposal.confidence = confidence;
    work_.Propose(std::move(proposal));
  }

  // A mayor's or governor's post is the government's, where the article names that.
  MentionId GovernmentOr(const Post& post) {
    if (work_.mention(post.holder).type == "Place") return states_.GovernmentOr(post);
    if (RegionDepth(work_, post.holder) < 0) return post.holder;
    if (LongestAt(post.title, 0, regional_) != post.title.size()) return post.holder;
    const std::string_view region = work_.Text(post.holder);
    for (const std::string_view tail : {"人民政府", "政府"}) {
      const MentionId body =
          reader_.NamedBody(work_.Article(post.holder), std::string(region) + std::string(tail));
      if (body != kNoMention) return body;
    }
    return post.holder;
  }

  Workspace& work_;
  PostReader reader_;
  StatePosts states_;
  bool in_roster_ = false;  // the person before stands in one
  const WordList& shared_;
  const WordList& regional_;
  const WordList& after_;
  const WordList& members_;
  const WordList& member_acts_;
  const WordList& given_;
  const WordList& given_as_;
  const WordList& given_end_;
  const WordList& served_;
  const WordList& planned_;
};

// 创始人周远航表示 in the news of a company that was given money, and names no other: its founder.
class Founders {
 public:
  explicit Founders(StructureContext& context)
      : work_(*context.work), founders_(WordsOf(*context.sets, "post_of_founder")) {}

  void Run() {
    std::map<std::uint32_t, MentionId> funded;  // by article; kNoMention: several
    std::set<MentionId> posted;
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type == "HOLDS_POSITION") posted.insert(proposal.from);
      if (proposal.type != "INVESTS" || work_.mention(proposal.to).type != "Company") continue;
      const auto [entry, first] = funded.try_emplace(work_.Article(proposal.to), proposal.to);
      if (!first && entry->second != kNoMention &&
          work_.Text(entry->second) != work_.Text(proposal.to)) {
        entry->second = kNoMention;
      }
    }
    if (funded.empty()) return;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (work_.mention(id).nested || !work_.Is(id, "Person") || posted.count(id) > 0) continue;
      const auto company = funded.find(work_.Article(id));
      if (company == funded.end() || company->second == kNoMention) continue;
      const std::string title = BareTitle(id);
      if (!title.empty()) Propose(id, company->second, title);
    }
  }

 private:
  // 创始人兼CEO at the beginning of the clause, right before the name.
  std::string BareTitle(MentionId person) const {
    const WorkMention& mention = work_.mention(person);
    const std::string_view text = work_.sentence(mention.sentence).text;
    std::uint32_t at = ClauseBegin(text, mention.span.begin);
    for (const std::string_view lead : {"据", "公司", "该公司", "品牌"}) {
      if (StartsWithAt(text, at, lead)) at += static_cast<std::uint32_t>(lead.size());
    }
    const std::uint32_t begin = at;
    for (;;) {
      const std::uint32_t size = LongestAt(text, at, founders_);
      if (size == 0) return {};
      at += size;
      if (at == mention.span.begin) return std::string(text.substr(begin, at - begin));
      if (StartsWithAt(text, at, "兼") || StartsWithAt(text, at, "、")) at += 3;
    }
  }

  void Propose(MentionId person, MentionId company, const std::string& title) {
    Proposal proposal;
    proposal.type = "HOLDS_POSITION";
    proposal.from = person;
    proposal.to = company;
    proposal.properties["title"] = title;
    proposal.evidence = work_.mention(person).sentence;
    proposal.rule = "position.founder";
    proposal.confidence = 0.8;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const WordList& founders_;
};

}  // namespace

void FindFounders(StructureContext& context) { Founders(context).Run(); }

void FindPositions(StructureContext& context) { Positions(context).Run(); }

}  // namespace tupu::extract
