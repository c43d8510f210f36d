// HELD from the names of events that begin with who holds them: 民政部养老服务工作会议. Only where
// nothing else says who does.
#include <set>
#include <string>
#include <utility>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

class HostsInNames {
 public:
  explicit HostsInNames(StructureContext& context)
      : work_(*context.work),
        own_events_(WordsOf(*context.sets, "own_event")),
        meetings_(WordsOf(*context.sets, "own_meeting")),
        company_meetings_(WordsOf(*context.sets, "company_meeting")),
        no_hosts_(WordsOf(*context.sets, "no_host")),
        broken_(WordsOf(*context.sets, "own_meeting_broken")) {}

  void Run() {
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type == "HELD") held_.insert(Key(proposal.to));
    }
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Event" || mention.nested || mention.ignored ||
          mention.antecedent != kNoMention || held_.count(Key(id)) > 0) {
        continue;
      }
      MentionId host = Host(id, PastYear(id));
      if (host == kNoMention) host = Host(id, PastTerm(id));
      if (host == kNoMention) host = Committee(id);
      if (host != kNoMention) Propose(host, id);
    }
  }

 private:
  std::pair<std::uint32_t, std::string> Key(MentionId event) const {
    return {work_.Article(event), std::string(work_.Text(event))};
  }

  // The longest body at `begin` in the name, if what follows it is a meeting of its own.
  MentionId Host(MentionId event, std::uint32_t begin) const {
    MentionId host = kNoMention;
    for (const MentionId inner : work_.Inner(event)) {
      if (work_.mention(inner).span.begin != begin || !work_.Is(inner, "Organisation")) {
        continue;
      }
      if (host == kNoMention || work_.mention(inner).span.size() > work_.mention(host).span.size())
        host = inner;
    }
    if (host == kNoMention) return kNoMention;
    const std::string_view body = work_.Text(host);
    const std::string_view rest =
        work_.Text(event).substr(begin - work_.mention(event).span.begin + body.size());
    if (IsOwnMeeting(rest)) return host;
    const bool company = work_.mention(host).type == "Company";
    // A member state holds the summits of 上海合作组织.
    if (!company && EndsIn(body, no_hosts_)) return kNoMention;
    if (rest == "活动" || !EndsIn(rest, company ? company_meetings_ : meetings_)) return kNoMention;
    // 民政部部署…行动, 总台巴黎奥运会: no meeting of that body.
    return HoldsAny(rest, broken_) ? kNoMention : host;
  }

  // 竹艺合作委员会第二次会议, 竹艺研究委员会2031年年会: a committee that only its meeting names.
  MentionId Committee(MentionId event) {
    constexpr std::string_view kCommittee = "委员会";
    constexpr std::size_t kLeast = 4, kMost = 22;  // characters before 委员会
    const std::string_view name = work_.Text(event);
    const std::size_t at = name.find(kCommittee);
    if (at == std::string_view::npos) return kNoMention;
    const std::size_t before = CountCodePoints(name.substr(0, at));
    if (before < kLeast || before > kMost || name.starts_with("第")) return kNoMention;
    const std::string_view rest = name.substr(at + kCommittee.size());
    const std::uint32_t year = PastNumerals(rest, 0);
    const bool yearly = year == 4 && rest.substr(year).starts_with("年") && rest.ends_with("会");
    if (!yearly && rest != "年会" && !IsOwnMeeting(rest)) return kNoMention;
    WorkMention committee;
    committee.sentence = work_.mention(event).sentence;
    committee.span.begin = work_.mention(event).span.begin;
    committee.span.end = committee.span.begin + static_cast<std::uint32_t>(at + kCommittee.size());
    for (const MentionId inner : work_.Inner(event)) {
      const Span span = work_.mention(inner).span;
      if (work_.Is(inner, "Organisation") && span.Overlaps(committee.span)) return kNoMention;
    }
    committee.type = "Institution";
    committee.rule = "institution.of_meeting";
    committee.confidence = 0.7;
    committee.nested = true;
    return work_.Add(std::move(committee));
  }

  // Behind the year that the name begins with: 2026年民政部工作会议.
  std::uint32_t PastYear(MentionId event) const {
    const std::string_view name = work_.Text(event);
    std::uint32_t at = 0;
    while (at < name.size() && name[at] >= '0' && name[at] <= '9') ++at;
    for (const std::string_view word : {"年度", "年"}) {
      if (at == 4 && StartsWithAt(name, at, word)) {
        at += static_cast<std::uint32_t>(word.size());
        break;
      }
    }
    return work_.mention(event).span.begin + at;
  }

  // Behind the term: 十四届全国人大三次会议.
  std::uint32_t PastTerm(MentionId event) const {
    const std::string_view name = work_.Text(event);
    const std::uint32_t first = name.starts_with("第") ? 3 : 0;
    const std::uint32_t at = PastNumerals(name, first);
    const bool term = at > first && StartsWithAt(name, at, "届");
    return work_.mention(event).span.begin + (term ? at + 3 : 0);
  }

  static std::uint32_t PastNumerals(std::string_view text, std::uint32_t at) {
    static constexpr std::u32string_view kNumerals = U"一二三四五六七八九十0123456789";
    while (at < text.size()) {
      const CodePoint next = DecodeAt(text, at);
      if (kNumerals.find(next.value) == std::u32string_view::npos) break;
      at += next.size;
    }
    return at;
  }

  // What a body holds itself: 新闻发布会, its 第九次会议 and 三次会议 (第九届 counts what others
  // hold, too).
  bool IsOwnMeeting(std::string_view rest) const {
    if (LongestAt(rest, 0, own_events_) > 0) return true;
    const std::uint32_t counted = PastNumerals(rest, 0);
    if (counted > 0 && rest.substr(counted).starts_with("次会议")) {
      return rest.find("主席团") == std::string_view::npos;  // which holds meetings of its own
    }
    if (rest.substr(0, 3) != "第") return false;
    rest = rest.substr(0, 24);
    return rest.find("次") != std::string_view::npos || rest.find("事会") != std::string_view::npos;
  }

  static bool EndsIn(std::string_view text, const WordList& words) {
    return LongestBefore(text, static_cast<std::uint32_t>(text.size()), words) > 0;
  }

  void Propose(MentionId host, MentionId event) {
    const WorkMention& mention = work_.mention(event);
    Proposal proposal;
    proposal.type = "HELD";
    proposal.from = host;
    proposal.to = event;
    proposal.evidence = mention.sentence;
    proposal.rule = "held.in_name";
    proposal.confidence = 0.7;
    const graph::Date date = DateBefore(work_, work_.sentence(mention.sentence), mention.span);
    if (!date.empty()) proposal.properties["date"] = date.ToString();
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const WordList& own_events_;
  const WordList& meetings_;
  const WordList& company_meetings_;
  const WordList& no_hosts_;
  const WordList& broken_;
  // By article and name.
  std::set<std::pair<std::uint32_t, std::string>> held_;
};

}  // namespace

void FindHostsInNames(StructureContext& context) { HostsInNames(context).Run(); }

}  // namespace tupu::extract
