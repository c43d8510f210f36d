// When policies were issued and when they come into force, where the rule that found the issuer
// does not say: 今年10月，《规划》发布; 会议审议通过《规则》 in an article that begins with the
// meeting's day; the day below an official document; the year in a document's number; and
// 自7月1日起施行, which is never the day of issue.
#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// How sure a way of reading a date is; the surest stands.
enum Rank : int { kNumberOfDocument = 1, kSigned, kMeeting, kSaid };

constexpr std::uint32_t kPolicyDatesMaxAfter =
    120;  // bytes between a policy and the verb behind it
constexpr std::uint32_t kPolicyDatesMaxBefore = 24;  // and the verb before it
constexpr std::uint32_t kMaxNumber = 60;             // that hold a document's number
constexpr std::uint32_t kPolicyDatesMaxBack = 4;  // sentences between a policy and 新规将于…起施行
constexpr std::uint32_t kPolicyDatesMaxHead = 5;  // sentences of an official document's head
constexpr std::uint32_t kPolicyDatesMaxLead = 3;  // sentences that tell when a meeting was
constexpr std::uint32_t kMaxBare = 9;  // of 将于, where a clause has no subject of its own
constexpr std::uint32_t kEnd = static_cast<std::uint32_t>(-1);
constexpr std::uint32_t kMaxIntoForce = 30;  // bytes between 起 and 施行

// What an article says of itself, read once.
struct ArticleDates {
  Span sentences;
  graph::Date lead;                 // the day of the first sentences
  std::uint32_t lead_sentence = 0;  // where it stands
  graph::Date below_body;           // the first one right below a line that is a body's name
};

class PolicyDates {
 public:
  explicit PolicyDates(StructureContext& context)
      : work_(*context.work),
        verbs_(WordsOf(*context.sets, "issue_publish")),
        scenes_(WordsOf(*context.sets, "issue_scene")),
        hindered_(WordsOf(*context.sets, "issue_hindered")),
        in_force_(WordsOf(*context.sets, "in_force")),
        own_(WordsOf(*context.sets, "in_force_subject")) {
    ReadArticles();
  }

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      if (work_.sentence(s).place.kind == SentenceKind::kByline) continue;
      ReadIssues(s);
      for (const WorkDate& date : work_.sentence(s).dates) ReadIntoForce(s, date);
    }
    for (std::size_t i = 0; i < work_.proposals().size(); ++i) ReadProposal(work_.proposals()[i]);
  }

 private:
  // Sentences of an article are neighbours.
  void ReadArticles() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      const auto [it, fresh] = articles_.try_emplace(sent.place.article);
      ArticleDates& article = it->second;
      if (fresh) article.sentences = {s, s};
      article.sentences.end = s + 1;
      if (article.lead.empty() && sent.place.kind == SentenceKind::kBody &&
          s < article.sentences.begin + kPolicyDatesMaxLead) {
        for (const WorkDate& date : sent.dates) {
          if (date.date.vague || date.date.from.day == 0 || IsDeadline(sent, date.span)) continue;
          article.lead = date.date.from;
          article.lead_sentence = s;
          break;
        }
      }
      if (sent.dates.size() != 1 || sent.text.size() > sent.dates[0].span.size() + 3) continue;
      const graph::Date day = sent.dates[0].date.from;
      if (day.day == 0) continue;
      if (article.below_body.empty() && s > article.sentences.begin && IsBody(s - 1)) {
        article.below_body = day;
      }
    }
  }

  // A line that is nothing but an organisation's name.
  bool IsBody(std::uint32_t s) const {
    const WorkSentence& sent = work_.sentence(s);
    return !sent.mentions.empty() && work_.Is(sent.mentions.front(), "Organisation") &&
           work_.mention(sent.mentions.front()).span.size() == sent.text.size();
  }

  const ArticleDates& Article(std::uint32_t sentence) const {
    return articles_.at(work_.sentence(sentence).place.article);
  }

  static MentionId Anchor(const Workspace& work, MentionId id) {
    const MentionId antecedent = work.mention(id).antecedent;
    return antecedent == kNoMention ? id : antecedent;
  }

  void Tell(MentionId id, std::string_view key, graph::Date date, int rank) {
    if (date.empty()) return;
    Description description;
    description.of = Anchor(work_, id);
    description.key = key;
    description.value = date.ToString();
    description.rank = rank;
    work_.Describe(std::move(description));
  }

  // Past 》 and a bracketed remark: 《办法》（以下简称《…》）.
  static std::uint32_t AfterName(std::string_view text, std::uint32_t at) {
    for (const std::string_view close : {"》", "”"}) {
      if (StartsWithAt(text, at, close)) at += 3;
    }
    for (const auto& [open, close] :
         {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
      if (!StartsWithAt(text, at, open)) continue;
      const std::size_t end = text.find(close, at);
      if (end != std::string_view::npos && end < at + 90) {
        at = static_cast<std::uint32_t>(end + close.size());
      }
    }
    return at;
  }

  static std::uint32_t BeforeName(std::string_view text, std::uint32_t at) {
    return EndsWithAt(text, at, "《") || EndsWithAt(text, at, "“") ? at - 3 : at;
  }

  // The end of the verb of publishing that speaks of a policy, or nothing.
  std::optional<std::uint32_t> VerbEnd(const WorkSentence& sent, Span name) const {
    const std::string_view text = sent.text;
    const std::uint32_t begin = BeforeName(text, name.begin);
    std::uint32_t low = std::max(ClauseBegin(text, begin),
                                 begin < kPolicyDatesMaxBefore ? 0 : begin - kPolicyDatesMaxBefore);
    while (low < begin && !IsBoundary(text, low)) ++low;
    for (std::uint32_t at = low; at < begin; at += DecodeAt(text, at).size) {
      const std::uint32_t size = LongestAt(text, at, verbs_);
      if (size == 0 || at + size > begin || HoldsAny(Slice(text, {low, begin}), hindered_))
        continue;
      // 发布2031年行动方案: what it is for, not when.
      const bool dated =
          std::any_of(sent.dates.begin(), sent.dates.end(), [&](const WorkDate& date) {
            return date.span.begin >= at + size && date.span.end <= name.begin;
          });
      if (dated) return std::nullopt;
      return name.end;
    }
    const std::uint32_t from = AfterName(text, name.end);
    const std::uint32_t high = std::min(ClauseEnd(text, from), from + kPolicyDatesMaxAfter);
    for (std::uint32_t at = from; at < high; at += DecodeAt(text, at).size) {
      const std::uint32_t size = LongestAt(text, at, verbs_);
      if (size == 0) continue;
      const std::string_view rest = text.substr(at + size, 24);
      if (rest.starts_with("会") || rest.find("周年") != std::string_view::npos ||
          HoldsAny(Slice(text, {from, at}), hindered_)) {
        return std::nullopt;
      }
      if (HoldsAny(Slice(text, {ClauseBegin(text, begin), begin}), hindered_)) return std::nullopt;
      return at + size;
    }
    return std::nullopt;
  }

  static bool IsBoundary(std::string_view text, std::uint32_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  }

  void ReadIssues(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    graph::Date last;  // of the policy before, for 《甲》、《乙》和《丙》
    std::uint32_t last_end = 0;
    int rank = 0;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Policy" || mention.nested) continue;
      const std::uint32_t begin = BeforeName(sent.text, mention.span.begin);
      const bool joined = last_end > 0 && last_end <= begin &&
                          (last_end == begin || CoordinatorAt(sent.text, last_end) > 0) &&
                          begin - last_end <= 9;
      if (!joined) {
        last = {};
        const auto verb = VerbEnd(sent, mention.span);
        if (verb) {
          last = DateBefore(work_, sent, {mention.span.begin, std::max(*verb, mention.span.end)});
          rank = kSaid;
          if (last.empty() && Undated(sent)) {
            last = DateOfMeeting(s, mention.span.begin);
            rank = kMeeting;
          }
        } else if (begin > 0 && EndsWithAt(sent.text, begin, "，") && !sent.dates.empty() &&
                   sent.dates[0].span.begin == 0 && sent.dates[0].span.end + 3 == begin &&
                   SaysOfItself(sent.text, AfterName(sent.text, mention.span.end))) {
          last = DateBefore(work_, sent, {0, begin});  // 3月5日，政府工作报告提出
          rank = kSaid;
        }
      }
      Tell(id, "date", last, rank);
      last_end = AfterName(sent.text, mention.span.end);
    }
  }

  static bool SaysOfItself(std::string_view text, std::uint32_t at) {
    for (const std::string_view word : {"明确", "提出", "指出", "要求", "显示"}) {
      if (StartsWithAt(text, at, word)) return true;
    }
    return false;
  }

  // Neither a day nor 日前, except in names.
  bool Undated(const WorkSentence& sent) const {
    return std::all_of(sent.dates.begin(), sent.dates.end(), [&](const WorkDate& date) {
      return InName(sent, date.span) || IsDeadline(sent, date.span);
    });
  }

  bool InName(const WorkSentence& sent, Span span) const {
    return std::any_of(sent.mentions.begin(), sent.mentions.end(),
                       [&](MentionId id) { return work_.mention(id).span.Contains(span); });
  }

  // 会议审议通过《…》: on the day on which the article begins.
  graph::Date DateOfMeeting(std::uint32_t s, std::uint32_t before) const {
    const WorkSentence& sent = work_.sentence(s);
    const ArticleDates& article = Article(s);
    if (article.lead.empty() || article.lead_sentence >= s) return {};
    return HoldsAny(sent.text.substr(0, before), scenes_) ? article.lead : graph::Date{};
  }

  void ReadProposal(const Proposal& proposal) {
    if (proposal.type != "ISSUED" || proposal.properties.count("date") > 0) return;
    const WorkMention& policy = work_.mention(proposal.to);
    const std::string_view text = work_.sentence(policy.sentence).text;
    Tell(proposal.to, "date", YearOfNumber(text, policy.span.end), kNumberOfDocument);
    Tell(proposal.to, "date", SignedOff(policy), kSigned);
  }

  // The day below an official document, where this is the document itself.
  graph::Date SignedOff(const WorkMention& policy) const {
    const ArticleDates& article = Article(policy.sentence);
    if (policy.sentence >= article.sentences.begin + kPolicyDatesMaxHead) return {};
    const WorkSentence& sent = work_.sentence(policy.sentence);
    const std::string_view before = sent.text.substr(0, policy.span.begin);
    if (sent.place.kind == SentenceKind::kTitle) return article.below_body;
    return before.empty() || before == "《" ? article.below_body : graph::Date{};
  }

  // 2031 of 2031〕4号 and ２０３１〕４号.
  static std::string PlainYear(std::string_view text) {
    constexpr char32_t kWideZero = U'０';
    std::string year;
    for (std::uint32_t at = 0; at < text.size() && year.size() < 4;) {
      const CodePoint c = DecodeAt(text, at);
      const char32_t digit = c.value >= kWideZero ? c.value - kWideZero + U'0' : c.value;
      if (digit < U'0' || digit > U'9') break;
      year += static_cast<char>(digit);
      at += c.size;
    }
    return year;
  }

  // （国办发〔2024〕12号）: the year.
  static graph::Date YearOfNumber(std::string_view text, std::uint32_t at) {
    if (StartsWithAt(text, at, "》")) at += 3;
    if (!StartsWithAt(text, at, "（") && !StartsWithAt(text, at, "(")) return {};
    const std::string_view number = text.substr(at, kMaxNumber);
    for (const std::string_view open : {"〔", "［", "[", "﹝"}) {
      const std::size_t found = number.find(open);
      if (found == std::string_view::npos) continue;
      const std::string year = PlainYear(number.substr(found + open.size()));
      if (year.size() < 4 || number.find("号", found) == std::string_view::npos) return {};
      const auto date = graph::ParseDate(year);
      return date ? *date : graph::Date{};
    }
    return {};
  }

  // 自2026年7月1日起施行.
  void ReadIntoForce(std::uint32_t s, const WorkDate& date) {
    if (date.date.vague || date.date.from.empty()) return;
    const WorkSentence& sent = work_.sentence(s);
    if (InName(sent, date.span)) return;
    const std::string_view text = sent.text;
    std::uint32_t at = date.span.end;
    const bool since = StartsWithAt(text, at, "起");
    if (since) at += 3;
    bool from = false;
    for (const std::string_view word : {"自", "从", "于", "将在"}) {
      from = from || EndsWithAt(text, date.span.begin, word);
    }
    if (!since && !from) return;
    const std::uint32_t verb = IntoForceAt(text, at);
    if (verb == 0) return;
    const MentionId id = PolicyInForce(s, date.span.begin, verb);
    if (id != kNoMention) Tell(id, "effective", date.date.from, 0);
  }

  // Where 施行 stands soon after `at`, or 0.
  std::uint32_t IntoForceAt(std::string_view text, std::uint32_t at) const {
    const std::uint32_t high =
        std::min(static_cast<std::uint32_t>(text.size()), at + kMaxIntoForce);
    while (at < high) {
      const std::uint32_t size = LongestAt(text, at, in_force_);
      // Not 执行新税率, 实施方案.
      if (size > 0) return EndsClause(text, at + size) ? at : 0;
      const CodePoint c = DecodeAt(text, at);
      if (ClauseMarkAt(text, at) > 0) return 0;
      at += c.size;
    }
    return 0;
  }

  static bool EndsClause(std::string_view text, std::uint32_t at) {
    if (at == text.size() || ClauseMarkAt(text, at) > 0) return true;
    for (const std::string_view word : {"的", "）", ")", "！"}) {
      if (StartsWithAt(text, at, word)) return true;
    }
    return false;
  }

  // The policy of which the clause around `date` speaks: named before it, or by 新办法 or 本条例
  // in one of the next sentences.
  MentionId PolicyInForce(std::uint32_t s, std::uint32_t date, std::uint32_t verb) const {
    const WorkSentence& sent = work_.sentence(s);
    const std::uint32_t begin = ClauseBegin(sent.text, date);
    MentionId id = FirstPolicy(sent, begin, verb);
    if (id != kNoMention) return id;
    const bool bare = date <= begin + kMaxBare;  // 《办法》公布，将于…起施行
    const std::string_view subject = SubjectIn(sent.text, {begin, date});
    if (subject.empty() && !bare) return kNoMention;
    if (!subject.starts_with("本")) id = FirstPolicy(sent, 0, begin);
    if (id != kNoMention || subject.empty()) return id;
    const Span article = Article(s).sentences;
    // 本办法: the document that the page is.
    if (subject.starts_with("本")) {
      for (std::uint32_t i = article.begin; i < std::min(article.begin + kPolicyDatesMaxHead, s);
           ++i) {
        id = FirstPolicy(work_.sentence(i), 0, kEnd);
        if (id == kNoMention) continue;
        const std::uint32_t name = work_.mention(id).span.begin;
        if (BeforeName(work_.sentence(i).text, name) == 0) return id;
      }
      return kNoMention;
    }
    for (std::uint32_t i = s; i > article.begin && i + kPolicyDatesMaxBack > s; --i) {
      id = FirstPolicy(work_.sentence(i - 1), 0, kEnd);
      if (id != kNoMention) return id;
    }
    return kNoMention;
  }

  // 新办法, 本条例: the word of the clause that stands for a policy, or nothing.
  std::string_view SubjectIn(std::string_view text, Span clause) const {
    for (std::uint32_t at = clause.begin; at < clause.end; at += DecodeAt(text, at).size) {
      const std::uint32_t size = LongestAt(text, at, own_);
      if (size > 0) return text.substr(at, size);
    }
    return {};
  }

  // The first policy named from `low` to `high` that is not only referred to (根据《…》).
  MentionId FirstPolicy(const WorkSentence& sent, std::uint32_t low, std::uint32_t high) const {
    std::uint32_t hindered = 0;  // where 根据《甲》 ends, and with it 根据《甲》《乙》
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin >= high) break;
      if (mention.type != "Policy" || mention.nested) continue;
      const std::uint32_t begin = BeforeName(sent.text, mention.span.begin);
      const bool joined = hindered > 0 && begin <= hindered + 6;
      if (joined || LongestBefore(sent.text, begin, hindered_) > 0) {
        hindered = AfterName(sent.text, mention.span.end);
        continue;
      }
      if (mention.span.begin >= low) return id;
    }
    return kNoMention;
  }

  Workspace& work_;
  const WordList& verbs_;
  const WordList& scenes_;
  const WordList& hindered_;
  const WordList& in_force_;
  const WordList& own_;
  std::map<std::uint32_t, ArticleDates> articles_;
};

}  // namespace

void FindPolicyDates(StructureContext& context) { PolicyDates(context).Run(); }

}  // namespace tupu::extract
