// Who issued a document, from its own name and from the form of official letters.
#include <algorithm>
#include <set>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// How many sentences above a reply's first the bodies that it answers may stand.
constexpr std::uint32_t kMaxAbove = 3;
// Characters from 会议 to 通过, and between the documents that it adopted; sentences back to the
// one that names it.
constexpr std::size_t kIssuersMaxToVerb = 16;
constexpr std::size_t kMaxBetween = 8;
constexpr std::uint32_t kMeetingWithin = 8;
// Sentences that an article begins with.
constexpr std::uint32_t kIssuersMaxLead = 5;
// Bytes of a body's name behind its region.
constexpr std::uint32_t kMaxBodyName = 48;
// Bytes from 等 to 部门.
constexpr std::size_t kMaxCount = 12;

// Whether a day is all of its line, or begins what is not parted from the lines below it: blanks
// follow, or it is written in full (二〇三一年三月二日), as in signatures.
bool SignsOff(std::string_view text, Span day) {
  if (text.size() <= day.size() + 3) return true;
  std::string_view before = text.substr(0, day.begin);
  while (before.starts_with("　")) before.remove_prefix(3);
  if (!before.empty()) return false;
  const std::string_view rest = text.substr(day.end);
  return rest.starts_with("　") || Slice(text, day).starts_with("二〇") ||
         Slice(text, day).starts_with("二○");
}

// …名单甲厅乙局2031年3月2日（此件主动公开）: in a text without lines, a day right behind a body
// where the text ends or such a remark follows.
bool SignsBehindBody(const Workspace& work, const WorkSentence& sent, Span day) {
  const std::string_view rest = sent.text.substr(day.end);
  const bool ends = rest.empty() || rest.starts_with("（此件") || rest.starts_with("附件") ||
                    rest.starts_with("更多信息");
  return ends && std::any_of(sent.mentions.begin(), sent.mentions.end(), [&](MentionId id) {
           return work.mention(id).span.end == day.begin && work.Is(id, "Organisation") &&
                  !work.Is(id, "Company");
         });
}

// The day that stands alone on a line below an official document: where its title does, the day it
// was signed.
graph::Date SignedOff(const Workspace& work, MentionId id, bool titled) {
  const std::uint32_t sentence = work.mention(id).sentence;
  const std::string_view before =
      work.sentence(sentence).text.substr(0, work.mention(id).span.begin);
  if (!titled && !before.empty() && before != "《") return {};  // 根据《…》: another document
  const Span range = work.ArticleSentences(work.sentence(sentence).place.article);
  if (sentence > range.begin + 4) return {};
  graph::Date signed_off;
  for (std::uint32_t s = range.begin; s < range.end; ++s) {
    const WorkSentence& sent = work.sentence(s);
    for (const WorkDate& date : sent.dates) {
      const bool first = &date == sent.dates.data();
      const bool signs =
          (first && SignsOff(sent.text, date.span)) || SignsBehindBody(work, sent, date.span);
      if (signs && date.date.from.day != 0) signed_off = date.date.from;
    }
  }
  return signed_off;
}

class Issuers {
 public:
  explicit Issuers(StructureContext& context)
      : work_(*context.work),
        plans_(WordsOf(*context.sets, "own_plan")),
        joint_(WordsOf(*context.sets, "joint_statement")),
        agreed_(WordsOf(*context.sets, "signed_paper_name")),
        hindered_(WordsOf(*context.sets, "adoption_hindered")),
        counted_(WordsOf(*context.sets, "counted_body")),
        held_(WordsOf(*context.sets, "meeting_held")),
        bodies_(WordsOf(*context.sets, "body_tail")),
        passing_(WordsOf(*context.sets, "object_passing")),
        verbs_(WordsOf(*context.sets, "issue_publish")) {
    std::erase_if(work_.proposals(), [&](const Proposal& proposal) {
      return proposal.type == "ISSUED" && BeginsBody(proposal.from);
    });
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type == "ISSUED") issued_.insert(std::string(work_.Text(proposal.to)));
    }
  }

  void Run() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).type != "Policy") continue;
      InName(id);
      if (work_.mention(id).nested) continue;
      Request(id);
      Answered(id);
      Titled(id);
    }
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      if (work_.sentence(s).place.kind == SentenceKind::kBody) Adopted(s);
    }
  }

 private:
  // 中国竹业协会今天发布…: a region that is only the beginning of a body's name which nobody knows.
  bool BeginsBody(MentionId region) const {
    if (RegionDepth(work_, region) < 0) return false;
    const WorkMention& mention = work_.mention(region);
    const WorkSentence& sent = work_.sentence(mention.sentence);
    const std::uint32_t high = mention.span.end + kMaxBodyName;
    for (std::uint32_t at = mention.span.end; at < sent.text.size() && at < high;
         at += DecodeAt(sent.text, at).size) {
      if (ClauseMarkAt(sent.text, at) > 0 || LongestAt(sent.text, at, verbs_) > 0) return false;
      const std::uint32_t size = LongestAt(sent.text, at, bodies_);
      if (size > 0 && EndsBody(sent, at + size)) return true;
    }
    return false;
  }

  // A verb of publishing, a day or a bracket follows.
  bool EndsBody(const WorkSentence& sent, std::uint32_t at) const {
    if (StartsWithAt(sent.text, at, "（") || StartsWithAt(sent.text, at, "(") ||
        LongestAt(sent.text, at, verbs_) > 0) {
      return true;
    }
    return std::any_of(sent.dates.begin(), sent.dates.end(),
                       [&](const WorkDate& date) { return date.span.begin == at; });
  }

  void InName(MentionId id) {
    const Span span = work_.mention(id).span;
    const std::string_view text = work_.sentence(work_.mention(id).sentence).text;
    const bool known = issued_.count(std::string(work_.Text(id))) > 0;
    const bool joint = LongestBefore(text, span.end, joint_) > 0;
    std::uint32_t at = span.begin;
    std::uint32_t governments = 0;  // of states, for which these stand
    std::vector<MentionId> issuers;
    MentionId level = kNoMention;  // 丽水市 of 丽水市竹业研究院认定办法
    bool inside = false;  // 丽水市 of 丽水市竹业园区认定办法, whose zones are a class
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& mention = work_.mention(inner);
      if (mention.span.begin == span.begin && HasLevel(inner)) level = inner;
      if (mention.span.begin != at) continue;
      if (mention.type == "Place" && StartsWithAt(text, mention.span.end, "政府")) {
        issuers.push_back(inner);
        ++governments;
        at = mention.span.end + static_cast<std::uint32_t>(std::string_view("政府").size());
        at += CoordinatorAt(text, at);
        continue;
      }
      const std::string_view whose = work_.Text(inner);
      if (work_.Is(inner, "Organisation") && IsStateGovernment(inner)) continue;
      if (whose == "中国共产党") continue;  // whose rules they are
      if (whose.ends_with("政府") && StartsWithAt(text, mention.span.end, "采购")) continue;
      if (mention.type == "Zone") {
        inside = mention.entries.empty();
        if (inside) continue;
        // What is planned for a zone is issued by those above it; rules are its own.
        if (!EndsLikeRules(work_.Text(id))) break;
        issuers.push_back(inner);
        at = mention.span.end;
        continue;
      }
      if (inside && inner != level) break;
      const bool region =
          mention.type == "Province" || mention.type == "City" || mention.type == "County";
      const bool country = joint && mention.type == "Place";
      if (!work_.Is(inner, "Organisation") && !region && !country) continue;
      issuers.push_back(inner);
      at = mention.span.end;
      at += CoordinatorAt(text, at);
    }
    const std::string_view rest = Slice(text, {at, span.end});
    const bool official = rest.starts_with("关于") || rest.starts_with("办公");
    std::string_view bare = rest;  // without （征求意见稿）
    if (bare.ends_with("）")) bare = bare.substr(0, bare.rfind("（"));
    if (bare.ends_with(")")) bare = bare.substr(0, bare.rfind("("));
    const bool plan = LongestBefore(bare, static_cast<std::uint32_t>(bare.size()), plans_) > 0;
    // 武汉宣言: the place where many agreed on it.
    const bool agreed =
        issuers.size() == 1 && std::find(agreed_.begin(), agreed_.end(), bare) != agreed_.end();
    for (const MentionId issuer : issuers) {
      if (agreed && !work_.Is(issuer, "Organisation")) continue;
      const bool states = (joint || governments > 1) && issuers.size() > 1;
      // 丽水竹业研究院管理办法 rules the institute.
      const bool ruling =
          bare.ends_with("办法") || bare.ends_with("细则") || bare.ends_with("规定");
      const bool ruled = ruling && (work_.Is(issuer, "Institution") || work_.Is(issuer, "Company"));
      if (ruled && issuers.size() == 1 && level != kNoMention && !known) {
        Propose(level, id, "issued.own_name", false);
      }
      const bool said = work_.Is(issuer, "Organisation") ? official || (plan && !ruled && !known)
                        : work_.Is(issuer, "Place")      ? states
                                                         : plan && !known;
      if (said || states) Propose(issuer, id, "issued.own_name", official);
    }
  }

  // 东山国政府: a state and 政府.
  bool IsStateGovernment(MentionId body) const {
    const std::string_view name = work_.Text(body);
    if (!name.ends_with("政府")) return false;
    const std::vector<MentionId> inner = work_.Inner(body);
    return std::any_of(inner.begin(), inner.end(), [&](MentionId id) {
      return work_.mention(id).type == "Place" && work_.Text(id).size() + 6 == name.size();
    });
  }

  // 丽水市, not 丽水: the full name of a division.
  bool HasLevel(MentionId region) const {
    const std::string_view name = work_.Text(region);
    const int depth = RegionDepth(work_, region);
    return depth > 0 && depth < 4 &&
           (name.ends_with("省") || name.ends_with("市") || name.ends_with("县") ||
            name.ends_with("区"));
  }

  static bool EndsLikeRules(std::string_view name) {
    if (name.ends_with("）")) name = name.substr(0, name.rfind("（"));
    if (name.ends_with(")")) name = name.substr(0, name.rfind("("));
    for (const std::string_view word : {"办法", "细则", "规定", "意见", "措施", "规则"}) {
      if (name.ends_with(word)) return true;
    }
    return false;
  }

  // 甲厅乙局关于做好…的通知 where a title or a line begins, or behind a document's number: the
  // bodies right before it, with or without marks between them.
  void Titled(MentionId id) {
    const WorkMention& policy = work_.mention(id);
    const std::string_view name = work_.Text(id);
    if (!name.starts_with("关于") && !name.starts_with("印发") && !name.starts_with("转发")) return;
    const WorkSentence& sent = work_.sentence(policy.sentence);
    std::vector<MentionId> bodies;
    std::uint32_t at = BeforeCount(sent.text, policy.span.begin);
    for (auto it = sent.mentions.rbegin(); it != sent.mentions.rend(); ++it) {
      const WorkMention& body = work_.mention(*it);
      if (body.nested || body.span.end > at) continue;
      if (!Joined(Slice(sent.text, {body.span.end, at}))) break;
      if (!work_.Is(*it, "Organisation") || work_.Is(*it, "Company")) break;
      bodies.push_back(*it);
      at = body.span.begin;
    }
    // 甲厅关于…的报告，关于…的报告: of the same body as the one before it.
    if (bodies.empty() && listed_.sentence == policy.sentence &&
        listed_.end + 3 == policy.span.begin && Lists(sent.text, listed_.end)) {
      for (const MentionId body : listed_.bodies) Propose(body, id, "issued.titled", true);
      if (!listed_.bodies.empty()) listed_.end = policy.span.end;
      return;
    }
    std::string_view before = Slice(sent.text, {0, at});
    if (before.ends_with("中共")) before.remove_suffix(std::string_view("中共").size());
    while (IsBlank(before)) before.remove_suffix(before.ends_with(" ") ? 1 : 3);
    if (!before.empty() && !before.ends_with("号") && !Received(before)) return;
    for (auto it = bodies.rbegin(); it != bodies.rend(); ++it) {
      Propose(*it, id, "issued.titled", true, before.empty());
    }
    listed_ = {policy.sentence, policy.span.end, std::move(bodies)};
  }

  static bool Lists(std::string_view text, std::uint32_t pos) {
    return StartsWithAt(text, pos, "，") || StartsWithAt(text, pos, "、") ||
           StartsWithAt(text, pos, "和") || StartsWithAt(text, pos, "及");
  }

  // 听取了甲委员会关于…的报告, 审议乙办公室关于…的议案.
  static bool Received(std::string_view before) {
    if (before.ends_with("了")) before.remove_suffix(std::string_view("了").size());
    return before.ends_with("审议") || before.ends_with("听取") || before.ends_with("通过") ||
           before.ends_with("审查");
  }

  // The start of 等八部门 that ends at `at`, or `at`.
  std::uint32_t BeforeCount(std::string_view text, std::uint32_t at) const {
    const std::uint32_t unit = LongestBefore(text, at, counted_);
    if (unit == 0) return at;
    const std::size_t begin = text.rfind("等", at - unit);
    return begin != std::string_view::npos && begin + kMaxCount >= at - unit
               ? static_cast<std::uint32_t>(begin)
               : at;
  }

  static bool IsBlank(std::string_view text) { return text.ends_with(" ") || text.ends_with("　"); }

  // Nothing, blanks or a mark between two bodies that sign together.
  static bool Joined(std::string_view between) {
    for (const std::string_view mark : {"、", "　", " "}) {
      while (between.starts_with(mark)) between.remove_prefix(mark.size());
    }
    return between.empty();
  }

  // 甲厅、乙市人民政府： ⏎ 你们关于…的请示收悉。: those that a reply answers made the request.
  void Request(MentionId id) {
    const WorkMention& request = work_.mention(id);
    const WorkSentence& sent = work_.sentence(request.sentence);
    if (!work_.Text(id).ends_with("请示") || !sent.text.starts_with("你")) return;
    if (sent.text.find("收悉", request.span.end) == std::string_view::npos) return;
    const std::uint32_t first = work_.ArticleSentences(sent.place.article).begin;
    for (std::uint32_t s = request.sentence; s > first && s + kMaxAbove > request.sentence; --s) {
      const WorkSentence& above = work_.sentence(s - 1);
      if (!above.text.ends_with("：") && !above.text.ends_with(":")) continue;
      for (const MentionId body : above.mentions) {
        if (work_.mention(body).nested || !work_.Is(body, "Organisation")) continue;
        Propose(body, id, "issued.request", false);
        Addressed(body, first, s - 1);
      }
      return;
    }
  }

  // …的复函 ⏎ 甲省人民政府，乙部、丙局：: the bodies that a letter begins with are whom it answers.
  void Answered(MentionId id) {
    const std::string_view name = work_.Text(id);
    if (!name.ends_with("批复") && !name.ends_with("复函")) return;
    const WorkMention& reply = work_.mention(id);
    const Sentence& place = work_.sentence(reply.sentence).place;
    const Span article = work_.ArticleSentences(place.article);
    if (reply.sentence != article.begin) return;
    const std::uint32_t last = std::min(article.end, article.begin + kIssuersMaxLead);
    for (std::uint32_t s = article.begin + 1; s < last; ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (!sent.text.ends_with("：") && !sent.text.ends_with(":")) continue;
      std::uint32_t at = 0;
      std::vector<MentionId> bodies;
      for (const MentionId body : sent.mentions) {
        const Span span = work_.mention(body).span;
        if (work_.mention(body).nested) continue;
        if (!work_.Is(body, "Organisation") || !Parted(Slice(sent.text, {at, span.begin}))) return;
        bodies.push_back(body);
        at = span.end;
      }
      if (at + std::string_view("：").size() < sent.text.size()) return;
      for (const MentionId body : bodies) Address(id, body);
      return;
    }
  }

  static bool Parted(std::string_view between) {
    return between.empty() || between == "，" || between == "、" || between == "和" ||
           between == "　" || between == " ";
  }

  void Address(MentionId reply, MentionId body) {
    Proposal proposal;
    proposal.type = "TARGETS";
    proposal.from = reply;
    proposal.to = body;
    proposal.evidence = work_.mention(body).sentence;
    proposal.rule = "target.addressee";
    proposal.confidence = 0.85;
    work_.Propose(std::move(proposal));
  }

  // The reply itself, named above those whom it answers.
  void Addressed(MentionId body, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t s = first; s < last; ++s) {
      for (const MentionId reply : work_.sentence(s).mentions) {
        const WorkMention& mention = work_.mention(reply);
        if (mention.type != "Policy" || mention.nested) continue;
        if (!work_.Text(reply).ends_with("批复") && !work_.Text(reply).ends_with("复函")) continue;
        Address(reply, body);
        return;
      }
    }
  }

  // 会议经表决，通过了甲法、关于…的决定；通过了乙法: by the body whose meeting was named before.
  void Adopted(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    std::string_view word = "通过";
    std::size_t verb = text.find(word);
    // 会议决定将《甲法（草案）》提请…审议: its own draft, which it sends on.
    constexpr std::string_view kSendsOn = "决定将";
    if (const std::size_t at = text.find(kSendsOn);
        at < verb && text.find("提请", at) != std::string_view::npos) {
      word = kSendsOn;
      verb = at;
    }
    // 会议发表了《甲宣言》
    if (verb == std::string_view::npos && OpensAdoption(text)) verb = text.find(word = "发表");
    if (verb == std::string_view::npos || text.size() > 3000) return;
    const std::string_view before = text.substr(0, verb);
    if (!OpensAdoption(before) && !(GoesOn(before) && s > 0 && IsListed(s))) return;
    if (CountCodePoints(before) > kIssuersMaxToVerb || HoldsAny(before, hindered_)) return;
    MentionId body = kNoMention;
    bool looked = false;
    std::uint32_t end = static_cast<std::uint32_t>(verb + word.size());
    for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.begin < verb) continue;
      if (work_.Is(id, "Organisation") && !work_.Is(id, "Company") &&
          mention.span.begin <= end + 3) {
        end = mention.span.end + CoordinatorAt(text, mention.span.end);  // 甲委员会提出的…报告
        continue;
      }
      if (mention.type != "Policy" || mention.span.begin < end) return;
      // 了, 修订后的 before the first; marks and 和 between them.
      const std::string_view between = Slice(text, {end, mention.span.begin});
      if (CountCodePoints(between) > kMaxBetween || between.find("，") != std::string_view::npos) {
        return;
      }
      if (!looked) body = MeetingBody(s);
      looked = true;
      if (body == kNoMention) return;
      Propose(body, id, "issued.adopted_there", false);
      end = mention.span.end;
    }
  }

  static bool OpensAdoption(std::string_view before) {
    return before.starts_with("会议") || before.starts_with("大会") || before.starts_with("闭幕会");
  }

  // 表决 of …；表决通过了….
  static bool GoesOn(std::string_view before) {
    return before.empty() || before == "表决" || before == "审议" || before == "还";
  }

  // Whether the sentence is one of several that ； joins and of which the first tells a meeting.
  bool IsListed(std::uint32_t s) const {
    for (; s > 0; --s) {
      const WorkSentence& before = work_.sentence(s - 1);
      if (before.place.article != work_.sentence(s).place.article || !before.text.ends_with("；")) {
        return false;
      }
      if (OpensAdoption(before.text)) return true;
    }
    return false;
  }

  // Whose meeting was named last before sentence `s` of the article.
  MentionId MeetingBody(std::uint32_t s) const {
    const std::uint32_t first = work_.ArticleSentences(work_.sentence(s).place.article).begin;
    for (std::uint32_t back = s; back > first && s - back < kMeetingWithin; --back) {
      const std::vector<MentionId>& mentions = work_.sentence(back - 1).mentions;
      for (auto it = mentions.rbegin(); it != mentions.rend(); ++it) {
        const WorkMention& event = work_.mention(*it);
        if (event.type != "Event" || event.nested || event.antecedent != kNoMention) continue;
        if (IsRecalled(event)) continue;
        for (const MentionId inner : work_.Inner(*it)) {
          if (work_.Is(inner, "Organisation") && !work_.Is(inner, "Company")) return inner;
        }
        return LeadMeeting(first, s);
      }
    }
    return LeadMeeting(first, s);
  }

  // 落实甲会议部署, 学习乙会议精神: a meeting that another one speaks of.
  bool IsRecalled(const WorkMention& event) const {
    const std::string_view text = work_.sentence(event.sentence).text;
    for (const std::string_view word : {"精神", "部署", "决策", "要求", "作出", "以来"}) {
      if (StartsWithAt(text, event.span.end, word)) return true;
    }
    return LongestBefore(text, event.span.begin, passing_) > 0;
  }

  // Whose meeting the article from `first` on begins by telling.
  MentionId LeadMeeting(std::uint32_t first, std::uint32_t s) const {
    for (std::uint32_t at = first; at < std::min(s, first + kIssuersMaxLead); ++at) {
      const WorkSentence& sent = work_.sentence(at);
      if (!HoldsAny(sent.text, held_)) continue;
      for (const MentionId id : sent.mentions) {
        if (work_.mention(id).type != "Event" || work_.mention(id).nested) continue;
        for (const MentionId inner : work_.Inner(id)) {
          if (work_.Is(inner, "Organisation") && !work_.Is(inner, "Company")) return inner;
        }
      }
    }
    return kNoMention;
  }

  // `titled`: only bodies stand before the policy in its line.
  void Propose(MentionId issuer, MentionId policy, std::string_view rule, bool official,
               bool titled = false) {
    Proposal proposal;
    proposal.type = "ISSUED";
    proposal.from = issuer;
    proposal.to = policy;
    proposal.evidence = work_.mention(policy).sentence;
    proposal.rule = rule;
    proposal.confidence = 0.9;
    if (official) {
      const graph::Date date = SignedOff(work_, policy, titled);
      if (!date.empty()) proposal.properties["date"] = date.ToString();
    }
    work_.Propose(std::move(proposal));
  }

  // The paper read last whose issuers stand before it, and where the next of its list may begin.
  struct Listed {
    std::uint32_t sentence = static_cast<std::uint32_t>(-1);
    std::uint32_t end = 0;
    std::vector<MentionId> bodies;
  };

  Workspace& work_;
  Listed listed_;
  const WordList& plans_;
  const WordList& joint_;
  const WordList& agreed_;
  const WordList& hindered_;
  const WordList& counted_;
  const WordList& held_;
  const WordList& bodies_;
  const WordList& passing_;
  const WordList& verbs_;
  std::set<std::string> issued_;  // names of policies that a sentence says the issuer of
};

}  // namespace

void FindIssuersInNames(StructureContext& context) { Issuers(context).Run(); }

}  // namespace tupu::extract
