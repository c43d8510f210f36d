// INVESTS of rounds of funding, which news of companies tells in ever the same few ways:
//   竹纤维餐具品牌「青禾」近日完成数千万元A轮融资，由云麓创投领投，松原基金等跟投。
//   本轮融资由云麓创投领投。    投资方为云麓创投（领投）、松原基金。
//   此前，青禾曾获云麓创投的天使轮融资。    2031年4月，完成A轮融资，投资方为松原基金。
//
// Who is funded stands before the verb, or is whom the article has spoken of as funded before; who
// invests stands before 领投 and the like, behind 投资方为, or between the verb and what it gets.
// Neither needs to be known by name: where they stand tells them for companies.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "extract/facts/round_text.h"
#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using round_text::BareSum;
using round_text::ClauseBeginOutside;
using round_text::ClauseEndOutside;
using round_text::EndsAsList;
using round_text::HoldsLetters;
using round_text::IsApart;
using round_text::IsSum;
using round_text::NumberIsDate;
using round_text::RemarkBefore;

constexpr std::uint32_t kRoundsMaxSentence = 3000;  // bytes
constexpr std::uint32_t kRoundsMaxToNoun = 420;     // bytes from 完成 to 融资
constexpr std::size_t kRoundsMaxItems = 16;
constexpr std::size_t kRoundsMaxLearnt = 64;     // names of an article that are sought again
constexpr std::uint32_t kRoundsMinName = 4;      // bytes
constexpr std::uint32_t kRoundsMinRepeated = 8;  // bytes; what is shorter is a word, too

class Rounds {
 public:
  explicit Rounds(StructureContext& context)
      : work_(*context.work),
        terms_(*context.sets),
        nouns_(WordsOf(*context.sets, "round_noun")),
        no_nouns_(WordsOf(*context.sets, "round_no_noun")),
        verbs_(WordsOf(*context.sets, "round_get")),
        no_verbs_(WordsOf(*context.sets, "round_no_get")),
        adverbs_(WordsOf(*context.sets, "round_adverb")),
        leads_(WordsOf(*context.sets, "round_lead")),
        holders_(WordsOf(*context.sets, "round_holder")),
        investors_(WordsOf(*context.sets, "round_investor")),
        joins_(WordsOf(*context.sets, "round_join")),
        together_(WordsOf(*context.sets, "round_together")),
        measures_(WordsOf(*context.sets, "round_measure")),
        doubts_(WordsOf(*context.sets, "round_doubt")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) {
        Repeat(article);
        article = sent.place.article;
        funded_ = {};
        names_.clear();
        ReadTitle(article);
      }
      if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kRoundsMaxSentence) {
        continue;
      }
      if (HoldsAny(sent.text, nouns_)) Read(s);
    }
    Repeat(article);
  }

 private:
  // A verb with the money it gets: 完成 … 融资.
  struct Round {
    std::uint32_t verb = 0, object = 0;  // where the verb begins and ends
    std::uint32_t noun = 0;              // where 融资 begins
    // 获甲公司投资: no word says that it is a round, so those who invest must be known.
    bool loose = false;
  };

  // A company that is funded, of which a mention is made once it is known who invests.
  struct Company {
    MentionId known = kNoMention;
    std::uint32_t sentence = 0;
    Span span;
    bool found() const { return known != kNoMention || !span.empty(); }
  };

  // The names that an article's title gives to those that are funded: short, with nothing before
  // them that says what they are, they tell where a longer mention of them begins.
  void ReadTitle(std::uint32_t article) {
    const Span sentences = work_.ArticleSentences(article);
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.kind != SentenceKind::kTitle) continue;
      for (const Round& round : RoundsIn(sent.text)) {
        if (round.loose) continue;
        const std::optional<Span> name = FreeName(sent.text, SubjectSpan(s, round));
        if (name) names_.emplace_back(Slice(sent.text, *name));
      }
    }
  }

  void Read(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    if (HoldsAny(text, doubts_)) return;
    const std::vector<Round> rounds = RoundsIn(text);
    // 本轮融资由…领投 before the first of them, or without any.
    const std::uint32_t first =
        rounds.empty() ? static_cast<std::uint32_t>(text.size()) : rounds.front().verb;
    if (funded_.found() && SpeaksOfRound(text, first)) {
      Investors(s, {0, first}, nullptr);
    }
    for (std::size_t i = 0; i < rounds.size(); ++i) {
      const Company funded = Funded(s, rounds[i]);
      if (!funded.found()) {
        // 加上此前完成的A轮融资，…，本轮领投方包括: the rest of the sentence may speak of it again.
        const std::uint32_t lead = i + 1 == rounds.size() ? LeadBehind(text, rounds[i].noun) : 0;
        if (lead > 0 && funded_.found()) {
          Investors(s, {lead, static_cast<std::uint32_t>(text.size())}, nullptr);
        }
        continue;
      }
      funded_ = funded;
      // 云麓创投领投，「青禾」完成A轮融资
      if (i == 0) Investors(s, {0, ClauseBeginOutside(text, rounds[i].verb)}, nullptr);
      const auto end = i + 1 < rounds.size() ? ClauseBegin(text, rounds[i + 1].verb)
                                             : static_cast<std::uint32_t>(text.size());
      Investors(s, {rounds[i].object, end}, &rounds[i]);
    }
  }

  // Each verb that a round's money follows, once.
  std::vector<Round> RoundsIn(std::string_view text) const {
    std::vector<Round> rounds;
    std::uint32_t from = 0;
    for (std::uint32_t at = 0; at < text.size(); at += DecodeAt(text, at).size) {
      if (!IsMoney(text, at)) continue;
      // The last verb before it.
      std::optional<Round> round;
      const std::uint32_t begin = at > kRoundsMaxToNoun ? at - kRoundsMaxToNoun : 0;
      for (std::uint32_t pos = from; pos < at;) {
        const std::uint32_t size = LongestAt(text, pos, verbs_);
        if (size > 0 && pos >= begin && pos + size <= at && LongestAt(text, pos, no_verbs_) == 0) {
          round = Round{pos, pos + size, at, false};
          pos += size;
        } else {
          pos += DecodeAt(text, pos).size;
        }
      }
      from = at;
      if (!round) continue;
      const std::string_view between = Slice(text, {round->object, at});
      round->loose = !StartsWithAt(text, at, "融资") && between.find("轮") == between.npos &&
                     between.find("战略") == between.npos;
      rounds.push_back(*round);
    }
    return rounds;
  }

  // 融资, but not 融资租赁.
  bool IsMoney(std::string_view text, std::uint32_t at) const {
    const std::uint32_t size = LongestAt(text, at, nouns_);
    return size > 0 && LongestAt(text, at, no_nouns_) == 0;
  }

  // Whether the clause that begins the sentence, or one before `end`, speaks of the round that was
  // told: 本轮融资, 投资方为.
  bool SpeaksOfRound(std::string_view text, std::uint32_t end) const {
    for (std::uint32_t at = 0; at < end; at += DecodeAt(text, at).size) {
      if (LongestAt(text, at, leads_) > 0) return true;
      if (ClauseBegin(text, at) != at) continue;
      const std::uint32_t own = StartsWithAt(text, at, "其") ? 3 : 0;  // 其投资者包括
      if (InvestorsAt(text, at + own) > 0) return true;
    }
    return false;
  }

  // Where a clause behind `pos` begins with 本轮, 投资方为; 0 if none does.
  std::uint32_t LeadBehind(std::string_view text, std::uint32_t pos) const {
    for (std::uint32_t at = pos; at < text.size(); at += DecodeAt(text, at).size) {
      if (ClauseBegin(text, at) != at || at == pos) continue;
      if (LongestAt(text, at, leads_) > 0 || InvestorsAt(text, at) > 0) return at;
    }
    return 0;
  }

  // Bytes of 投资方为 and the like.
  std::uint32_t InvestorsAt(std::string_view text, std::uint32_t at) const {
    const std::uint32_t noun = LongestAt(text, at, investors_);
    if (noun == 0) return 0;
    std::uint32_t end = at + noun;
    for (const std::string_view adverb : {"还", "分别", "则", "主要", "均"}) {
      if (StartsWithAt(text, end, adverb)) end += static_cast<std::uint32_t>(adverb.size());
    }
    for (const std::string_view is :
         {"包括了", "包括", "包含", "为", "是", "有", "系", "：", ":"}) {
      if (StartsWithAt(text, end, is)) return end + static_cast<std::uint32_t>(is.size()) - at;
    }
    return 0;
  }

  // What stands before the verb in its clause, without 近日, 已于今年3月宣布 and remarks.
  Span SubjectSpan(std::uint32_t s, const Round& round) const {
    const WorkSentence& sent = work_.sentence(s);
    const std::string_view text = sent.text;
    Span span{ClauseBeginOutside(text, round.verb), round.verb};
    for (bool again = true; again && !span.empty();) {
      again = false;
      std::uint32_t size = LongestBefore(text, span.end, adverbs_);
      for (const WorkDate& date : sent.dates) {
        if (date.span.end == span.end) size = std::max(size, date.span.size());
      }
      const CodePoint last = DecodeBefore(text, span.end);
      if (last.value == U' ' ||
          (last.value >= U'0' && last.value <= U'9' && NumberIsDate(text, span))) {
        size = std::max(size, last.size);
      }
      if (last.value == U'）' || last.value == U')') size = RemarkBefore(text, span);
      if (size == 0 || size > span.size()) break;
      span.end -= size;
      again = true;
    }
    return span;
  }

  // Who is funded: a name before the verb, or whom the article spoke of.
  Company Funded(std::uint32_t s, const Round& round) const {
    const std::string_view text = work_.sentence(s).text;
    const Span span = SubjectSpan(s, round);
    if (span.empty()) return round.loose ? Company{} : funded_;
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.end != span.end || mention.span.begin < span.begin) continue;
      if (mention.antecedent != kNoMention && mention.type == "Company") return {id, s, {}};
    }
    for (const std::string_view word :
         {"公司", "该公司", "企业", "平台", "该平台", "品牌", "该品牌", "其", "它", "今天它"}) {
      if (Slice(text, span) == word) return funded_;
    }
    const std::optional<Span> name = Name(s, span);
    if (name) return {kNoMention, s, *name};
    return IsTitled(Slice(text, span)) ? funded_ : Company{};
  }

  // Whether words that are no whole name begin like the one in the article's title: 青禾（…）轩.
  bool IsTitled(std::string_view words) const {
    if (names_.size() != 1) return false;
    const std::string_view name = names_.front();
    const std::uint32_t first = DecodeAt(name, 0).size;
    const std::string_view start = name.substr(0, first + DecodeAt(name, first).size);
    const bool cut = words.ends_with("」") || words.ends_with("”");  // it began on a line before
    return cut || words.find(start) != std::string_view::npos;
  }

  // The borders of the funded company's name at the end of `span`.
  std::optional<Span> Name(std::uint32_t s, Span span) const {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t end = span.end;
    for (const std::string_view close : {"”", "」", "』"}) {
      if (EndsWithAt(text, end, close)) end -= static_cast<std::uint32_t>(close.size());
    }
    for (const std::string& known : names_) {
      if (!EndsWithAt(text, end, known)) continue;
      return Span{end - static_cast<std::uint32_t>(known.size()), end};
    }
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.end == span.end && mention.span.begin >= span.begin && !mention.nested &&
          mention.type == "Company" && !mention.entries.empty()) {
        return mention.span;
      }
    }
    if (const std::optional<Span> free = FreeName(text, span)) return free;
    const MentionId known = EndingAt(s, span);
    return known == kNoMention ? std::nullopt : std::optional(work_.mention(known).span);
  }

  MentionId EndingAt(std::uint32_t s, Span span) const {
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.end == span.end && mention.span.begin >= span.begin && !mention.nested &&
          mention.type == "Company") {
        return id;
      }
    }
    return kNoMention;
  }

  std::optional<Span> FreeName(std::string_view text, Span span) const {
    for (const auto& [open, close] : {std::pair{"“", "”"}, {"「", "」"}, {"『", "』"}}) {
      if (!EndsWithAt(text, span.end, close)) continue;
      const std::size_t at = Slice(text, span).rfind(open);
      if (at == std::string_view::npos) return std::nullopt;
      return WithoutRemark(text, {span.begin + static_cast<std::uint32_t>(at) + 3, span.end - 3});
    }
    // 今日青禾宣布
    for (std::uint32_t size = 1; size > 0 && !span.empty(); span.begin += size) {
      size = LongestAt(text, span.begin, adverbs_);
      if (size < 6 || span.begin + size >= span.end) size = 0;
    }
    const std::optional<Span> name = terms_.CleanCompany(text, span);
    if (!name || !HoldsLetters(Slice(text, *name))) return std::nullopt;
    // 青禾（面积：25平方米）轩: what is put in is no part of it.
    const std::string_view found = Slice(text, *name);
    if (found.find("：") != found.npos || found.find(':') != found.npos) return std::nullopt;
    for (const std::string_view kind : {"公司", "企业", "平台", "品牌", "项目", "它", "他们"}) {
      if (EndsWithAt(text, name->end, kind) && !EndsWithAt(text, name->end, "有限公司")) {
        return std::nullopt;
      }
    }
    return name;
  }

  // 「青禾（面积：25平方米）」
  static std::optional<Span> WithoutRemark(std::string_view text, Span span) {
    if (EndsWithAt(text, span.end, "）") || EndsWithAt(text, span.end, ")")) {
      const std::uint32_t size = RemarkBefore(text, span);
      if (size >= span.size()) return std::nullopt;
      span.end -= size;
    }
    if (span.size() < kRoundsMinName || span.size() > 60) return std::nullopt;
    return span;
  }

  // Goes through the clauses of `span` for those who invest in the company that was found last.
  void Investors(std::uint32_t s, Span span, const Round* round) {
    const std::string_view text = work_.sentence(s).text;
    std::vector<Company> found;
    led_ = false;
    if (round != nullptr && round->noun > round->object) Giver(s, *round, found);
    const bool loose = round != nullptr && round->loose;
    for (std::uint32_t at = span.begin; at < span.end && !loose;) {
      const std::uint32_t end = std::min(ClauseEndOutside(text, at), span.end);
      Clause(s, {at, end}, found);
      at = end + DecodeAt(text, end).size;
    }
    if (found.empty()) return;
    funded_.known = MentionOf(funded_, "company.funded");
    std::vector<MentionId> who;
    for (const Company& company : found) who.push_back(MentionOf(company, "company.investor"));
    std::sort(who.begin(), who.end());
    who.erase(std::unique(who.begin(), who.end()), who.end());
    // Who leads a round is not the only one in it.
    for (const MentionId id : who) Propose(s, id, who.size() == 1 && !led_ ? round : nullptr);
  }

  void Clause(std::uint32_t s, Span clause, std::vector<Company>& found) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t begin = clause.begin;
    for (std::uint32_t at = clause.begin; at < clause.end;) {
      if (const std::uint32_t past = SkipRemark(text, at); past > at) {
        at = past;
        continue;
      }
      if (const std::uint32_t is = InvestorsAt(text, at); is > 0) {
        led_ = led_ || StartsWithAt(text, at, "领投");
        List(s, {at + is, clause.end}, found);
        return;
      }
      const std::uint32_t join = JoinAt(text, at, clause.end);
      if (join > 0 && (begin > clause.begin || !IsWeakJoin(text, at, join))) {
        List(s, {begin, at}, found);
        led_ = led_ || text.substr(at, join).find("领") != std::string_view::npos;
        at += join;
        begin = at + CoordinatorAt(text, at);
      } else {
        if (StartsWithAt(text, at, "由") || StartsWithAt(text, at, "获得")) {
          begin = at + (StartsWithAt(text, at, "由") ? 3 : 6);
        }
        at += DecodeAt(text, at).size;
      }
    }
  }

  // Verbs that say so only behind 由 or another such verb: 由甲资本投资.
  static bool IsWeakJoin(std::string_view text, std::uint32_t at, std::uint32_t size) {
    const std::string_view verb = text.substr(at, size);
    return verb == "投资" || verb == "参与" || verb == "战略投资";
  }

  // Bytes of the verb at `at` with which those before it invest. 投资 is part of names (甲投资领投)
  // and ends its clause or phrase where it is a verb.
  std::uint32_t JoinAt(std::string_view text, std::uint32_t at, std::uint32_t end) const {
    const std::uint32_t size = LongestAt(text, at, joins_);
    if (size == 0 || at + size > end) return 0;
    // 完成战略投资融资
    if (IsMoney(text, at + size)) return 0;
    const std::string_view verb = text.substr(at, size);
    if (!IsWeakJoin(text, at, size) && verb != "共同投资" && verb != "联合投资" &&
        verb != "独家投资") {
      return size;
    }
    const bool ends = at + size == end || StartsWithAt(text, at + size, "的") ||
                      StartsWithAt(text, at + size, "了");
    return ends && LongestAt(text, at + size, joins_) == 0 ? size : 0;
  }

  // 获甲资本、乙创投等机构的数千万元A轮融资: who stands between the verb and the sum.
  void Giver(std::uint32_t s, const Round& round, std::vector<Company>& found) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t begin = round.object;
    for (const std::string_view word : {"过", "了", "由", "来自于", "来自", "包括", " "}) {
      if (StartsWithAt(text, begin, word)) begin += static_cast<std::uint32_t>(word.size());
    }
    const std::uint32_t clause = std::min(ClauseEndOutside(text, begin), round.noun);
    // 获甲资本领投的A轮融资 is told by its verb.
    for (std::uint32_t at = begin; at < clause; at += DecodeAt(text, at).size) {
      if (JoinAt(text, at, round.noun) > 0) return;
    }
    std::uint32_t end = begin;
    while (end < clause && LongestAt(text, end, measures_) == 0 &&
           !(text[end] >= '0' && text[end] <= '9') && !StartsWithAt(text, end, "的")) {
      end += DecodeAt(text, end).size;
    }
    if (end <= begin) return;
    // 获甲资本A轮融资, and no comma between.
    if (clause < round.noun) return;
    std::vector<Company> givers;
    List(s, {begin, end}, givers);
    const bool from = StartsWithAt(text, round.object, "来自");
    for (const Company& giver : givers) {
      if (round.loose && !from && !BeginsKnown(giver)) continue;
      found.push_back(giver);
    }
  }

  // Known, or 远山中国 of a known 远山.
  bool BeginsKnown(const Company& company) const {
    if (company.known != kNoMention) return true;
    const std::vector<MentionId>& mentions = work_.sentence(company.sentence).mentions;
    return std::any_of(mentions.begin(), mentions.end(), [&](MentionId id) {
      const WorkMention& mention = work_.mention(id);
      return mention.span.begin == company.span.begin && mention.type == "Company";
    });
  }

  // The companies of a coordinated list.
  void List(std::uint32_t s, Span span, std::vector<Company>& found) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t size = 0;
    do {
      size = std::max(LongestAt(text, span.begin, leads_), LongestAt(text, span.begin, holders_));
      span.begin += size;
    } while (size > 0 && span.begin < span.end);
    while (!span.empty() && (size = LongestBefore(text, span.end, together_)) > 0) {
      span.end -= std::min(size, span.size());
    }
    if (span.begin >= span.end) return;
    // 甲创立的乙资本: what stands before 的 only tells whose it is.
    // But not 甲资本、乙资本等知名的机构.
    const std::string_view named = Slice(text, span).substr(0, Slice(text, span).find("等"));
    if (const std::size_t of = named.rfind("的"); of != std::string_view::npos) {
      span.begin += static_cast<std::uint32_t>(of) + 3;
    }
    const std::vector<Span> items = SplitCoordinated(text, span);
    if (items.size() > kRoundsMaxItems) return;
    for (Span item : items) {
      const std::size_t etc = Slice(text, item).find("等");
      bool last = false;
      if (etc != std::string_view::npos && EndsAsList(Slice(text, item).substr(etc + 3))) {
        item.end = item.begin + static_cast<std::uint32_t>(etc);
        last = true;
      }
      const Company who = Investor(s, item);
      if (who.found()) found.push_back(who);
      if (last) break;
    }
  }

  Company Investor(std::uint32_t s, Span item) const {
    const std::string_view text = work_.sentence(s).text;
    // 甲资本（财务顾问）
    if (Slice(text, item).find("顾问") != std::string_view::npos) return {};
    std::optional<Span> name = terms_.CleanCompany(text, item);
    if (name && IsSum(Slice(text, *name))) name.reset();
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin < item.begin || mention.span.end > item.end || mention.ignored ||
          mention.nested) {
        continue;
      }
      const bool whole = mention.span == (name ? *name : item);
      const bool listed = mention.type == "Company" && !mention.entries.empty() &&
                          mention.span.begin == item.begin &&
                          SkipRemark(text, mention.span.end) == item.end;
      if ((whole || listed) && (work_.Is(id, "Organisation") || work_.Is(id, "Person"))) {
        return {id, s, {}};
      }
      // 甲地产总经理某某
      if (work_.Is(id, "Person") && mention.span.end == item.end) return {id, s, {}};
    }
    return name ? Company{kNoMention, s, *name} : Company{};
  }

  // The company's mention, made where there is none; shorter ones that lie in it are part of it.
  MentionId MentionOf(const Company& company, const char* rule) {
    if (company.known != kNoMention) return company.known;
    const std::uint32_t s = company.sentence;
    for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
      WorkMention& mention = work_.mention(id);
      if (!mention.span.Overlaps(company.span)) continue;
      if (mention.span == company.span && work_.Is(id, "Organisation")) return id;
      if (mention.span == company.span && work_.Is(id, "Person")) {
        // No person gets a round: a company that is called like one.
        if (std::string_view(rule) == "company.funded") Retype(id, rule);
        return id;
      }
      // 研发商青禾 read as 商青禾: the name is the shorter one.
      if (company.span.Contains(mention.span)) {
        mention.nested = true;
      } else {
        mention.ignored = true;
      }
    }
    WorkMention mention;
    mention.sentence = s;
    mention.span = company.span;
    mention.type = "Company";
    mention.rule = rule;
    mention.confidence = 0.7;
    const MentionId id = work_.Add(std::move(mention));
    const std::string_view name = work_.Text(id);
    if (name.size() >= kRoundsMinRepeated && learnt_.size() < kRoundsMaxLearnt &&
        std::find(learnt_.begin(), learnt_.end(), name) == learnt_.end()) {
      learnt_.emplace_back(name);
    }
    return id;
  }

  void Propose(std::uint32_t s, MentionId who, const Round* round) {
    const MentionId funded = funded_.known;
    if (who == funded || work_.Text(who) == work_.Text(funded)) return;
    Proposal proposal;
    proposal.type = "INVESTS";
    proposal.from = who;
    proposal.to = funded;
    if (round != nullptr) {
      if (const auto sum = BareSum(work_.sentence(s).text, {round->object, round->noun})) {
        proposal.properties["amount"] = AmountValue(*sum);
        if (sum->currency != "CNY") proposal.properties["currency"] = sum->currency;
      }
      for (const WorkAmount& amount : work_.sentence(s).amounts) {
        if (amount.span.begin < round->object || amount.span.end > round->noun) continue;
        if (amount.amount.is_range()) continue;
        proposal.properties["amount"] = AmountValue(amount.amount);
        if (amount.amount.currency != "CNY") {
          proposal.properties["currency"] = amount.amount.currency;
        }
        break;
      }
    }
    proposal.evidence = s;
    proposal.rule = "invests.round";
    proposal.confidence = 0.85;
    work_.Propose(std::move(proposal));
  }

  void Retype(MentionId person, const char* rule) {
    const std::string name(work_.Text(person));
    const Span sentences = work_.ArticleSentences(work_.Article(person));
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
      for (const MentionId id : work_.sentence(s).mentions) {
        if (!work_.Is(id, "Person") || work_.Text(id) != name) continue;
        work_.mention(id).type = "Company";
        work_.mention(id).rule = rule;
      }
    }
  }

  // Companies that their place has told are mentions wherever the article names them.
  void Repeat(std::uint32_t article) {
    if (learnt_.empty()) return;
    const Span sentences = work_.ArticleSentences(article);
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
      const std::string_view text = work_.sentence(s).text;
      for (const std::string& name : learnt_) {
        for (std::size_t at = text.find(name); at != std::string_view::npos;
             at = text.find(name, at + name.size())) {
          const auto begin = static_cast<std::uint32_t>(at);
          const Span span{begin, begin + static_cast<std::uint32_t>(name.size())};
          if (IsApart(text, span) && IsFree(s, span)) {
            MentionOf({kNoMention, s, span}, "company.repeated");
          }
        }
      }
    }
    learnt_.clear();
  }

  // Whether no other name stands there; fields of the economy are none.
  bool IsFree(std::uint32_t s, Span span) const {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    return std::none_of(mentions.begin(), mentions.end(), [&](MentionId id) {
      const WorkMention& mention = work_.mention(id);
      return mention.span.Overlaps(span) && mention.type != "Industry";
    });
  }

  Workspace& work_;
  const Terms terms_;
  const WordList& nouns_;
  const WordList& no_nouns_;
  const WordList& verbs_;
  const WordList& no_verbs_;
  const WordList& adverbs_;
  const WordList& leads_;
  const WordList& holders_;
  const WordList& investors_;
  const WordList& joins_;
  const WordList& together_;
  const WordList& measures_;
  const WordList& doubts_;
  bool led_ = false;                 // whether one of those found last led the round
  Company funded_;                   // whom the article last spoke of as funded
  std::vector<std::string> names_;   // by the article's title
  std::vector<std::string> learnt_;  // companies of the article
};

}  // namespace

void FindRounds(StructureContext& context) { Rounds(context).Run(); }

}  // namespace tupu::extract
