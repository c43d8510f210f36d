// Subjects that a clause takes over: 湖北将加快甲园区建设，建设乙中心: Hubei builds both.
//
// Chinese leaves out a subject that goes on. A clause that begins with a predicate takes the
// subject of the clause before it; so does a sentence, from the one before it in its paragraph.
// A clause about something else ends that.
#include <algorithm>
#include <vector>

#include "extract/facts/names.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kSubjectsMaxSentence = 6000;  // bytes; longer ones are tables and the like
constexpr std::size_t kSubjectsMaxMembers = 40;

class Subjects {
 public:
  explicit Subjects(StructureContext& context)
      : work_(*context.work),
        leads_(WordsOf(*context.sets, "clause_lead")),
        predicates_(WordsOf(*context.sets, "predicate_start")),
        follows_(WordsOf(*context.sets, "subject_follow")),
        adjuncts_(WordsOf(*context.sets, "adjunct_start")),
        times_(WordsOf(*context.sets, "adjunct_end")),
        states_(WordsOf(*context.sets, "plan_states")),
        kinds_(WordsOf(*context.sets, "company_kind")) {}

  void Run() {
    std::vector<MentionId> topic;  // who the paragraph's last sentence was about
    const Sentence* last = nullptr;
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      const bool goes_on = last != nullptr && last->article == sent.place.article &&
                           last->paragraph == sent.place.paragraph;
      last = &sent.place;
      if (!goes_on) topic.clear();
      if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kSubjectsMaxSentence)
        continue;
      ReadSentence(s, topic);
    }
  }

 private:
  // `topic`: the subject that the first clause may take over; becomes the sentence's own.
  void ReadSentence(std::uint32_t s, std::vector<MentionId>& topic) {
    std::vector<MentionId> current = topic;
    bool first = true;
    for (const Span clause : Clauses(s)) {
      std::uint32_t begin = SkipLead(s, clause);
      if (begin >= clause.end) continue;
      std::vector<MentionId> own = SubjectAt(s, {begin, clause.end});
      const std::string_view text = work_.sentence(s).text;
      const std::uint32_t place_begin = begin;
      const PlacePhrase place = PlaceAt(s, begin);
      if (place.region != kNoMention && place.end >= clause.end) own = {place.region};
      begin = place.end;  // 在常州投资建设: past the place
      bool adjunct = false;
      if (!own.empty()) {
        current = std::move(own);
      } else if (LongestAt(text, begin, predicates_) > 0 || JoinsAnother(s, begin)) {
        if (!current.empty()) {
          // Who acts there may be asked before the place as well as behind it.
          if (place_begin < begin) work_.TakeOver(s, place_begin, current);
          work_.TakeOver(s, begin, current);
        }
      } else if (LongestAt(text, place.region == kNoMention ? place_begin : begin, adjuncts_) > 0 ||
                 LongestBefore(text, clause.end, times_) > 0) {
        adjunct = true;
      } else {
        current.clear();
      }
      // 今年以来，常州…: what the sentence is about follows.
      if (first && !adjunct) {
        topic = current;
        first = false;
      }
    }
  }

  // 与某大学共同成立…: with whom the subject does it.
  bool JoinsAnother(std::uint32_t s, std::uint32_t begin) const {
    const WorkSentence& sent = work_.sentence(s);
    for (const std::string_view with : {"与", "同"}) {
      if (!StartsWithAt(sent.text, begin, with)) continue;
      const auto size = static_cast<std::uint32_t>(with.size());
      const MentionId other = MentionAt(sent, begin + size);
      return other != kNoMention && work_.Is(other, "Organisation");
    }
    return false;
  }

  // Between commas and the like that stand outside names, brackets and quotation marks.
  std::vector<Span> Clauses(std::uint32_t s) const {
    const WorkSentence& sent = work_.sentence(s);
    std::vector<Span> clauses;
    std::size_t next = 0;
    std::uint32_t begin = 0;
    for (std::uint32_t at = 0; at < sent.text.size();) {
      while (next < sent.mentions.size() && Begin(sent.mentions[next]) < at) ++next;
      if (next < sent.mentions.size() && Begin(sent.mentions[next]) == at) {
        at = work_.mention(sent.mentions[next]).span.end;
        continue;
      }
      if (const std::uint32_t past = SkipRemark(sent.text, at); past > at) {
        at = past;
        continue;
      }
      const std::uint32_t mark = ClauseMarkAt(sent.text, at);
      if (mark > 0 && !InNumber(sent.text, at)) {
        if (at > begin) clauses.push_back({begin, at});
        begin = at + mark;
      }
      at += DecodeAt(sent.text, at).size;
    }
    if (begin < sent.text.size()) {
      clauses.push_back({begin, static_cast<std::uint32_t>(sent.text.size())});
    }
    return clauses;
  }

  // 8,000
  static bool InNumber(std::string_view text, std::uint32_t pos) {
    const auto digit = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    return pos > 0 && digit(pos - 1) && digit(pos + 1);
  }

  std::uint32_t Begin(MentionId id) const { return work_.mention(id).span.begin; }

  // Past spaces, dates and words such as 目前, 同时.
  std::uint32_t SkipLead(std::uint32_t s, Span clause) const {
    const WorkSentence& sent = work_.sentence(s);
    std::uint32_t at = clause.begin;
    for (bool again = true; again && at < clause.end;) {
      const std::uint32_t before = at;
      for (const std::string_view space : {" ", "　", "\t", "\n"}) {
        if (StartsWithAt(sent.text, at, space)) at += static_cast<std::uint32_t>(space.size());
      }
      for (const WorkDate& date : sent.dates) {
        if (date.span.begin == at) at = date.span.end;
      }
      at = SkipRemark(sent.text, at);
      at += LongestAt(sent.text, at, leads_);
      again = at != before;
    }
    return at;
  }

  // The organisations or regions that stand at the clause's beginning and before a predicate.
  std::vector<MentionId> SubjectAt(std::uint32_t s, Span clause) const {
    const WorkSentence& sent = work_.sentence(s);
    std::vector<MentionId> members;
    if (const MentionId planner = PlannerAt(s, clause); planner != kNoMention) return {planner};
    std::uint32_t at = PastKind(sent, clause);
    bool with = false;
    while (members.size() < kSubjectsMaxMembers) {
      MentionId member = MentionAt(sent, at);
      if (member == kNoMention || !MayAct(member)) return {};
      at = work_.mention(member).span.end;
      // 浙江宁波: the last of regions side by side; 常州远山集团: the company.
      for (MentionId inner = MentionAt(sent, at); inner != kNoMention && MayAct(inner);
           inner = MentionAt(sent, at)) {
        member = inner;
        at = work_.mention(member).span.end;
      }
      members.push_back(member);
      at = SkipRemark(sent.text, at);
      const std::uint32_t coordinator = CoordinatorAt(sent.text, at);
      if (coordinator == 0 || MentionAt(sent, at + coordinator) == kNoMention) break;
      with = StartsWithAt(sent.text, at, "与") || StartsWithAt(sent.text, at, "同");
      at += coordinator;
    }
    if (members.size() == 1 && work_.Is(members.front(), "Company")) at = PastSpeaker(sent, at);
    // 甲公司与乙市签署协议，将投资…: the first does what follows.
    if (members.size() == 2 && with && Signs(Slice(sent.text, {at, clause.end}))) {
      members.pop_back();
    }
    return Follows(sent, at, clause.end) ? members : std::vector<MentionId>();
  }

  static bool Signs(std::string_view predicate) {
    for (const std::string_view word : {"签署", "签订", "签约", "签了", "达成"}) {
      if (predicate.find(word) != std::string_view::npos) return true;
    }
    return false;
  }

  // 远山集团董事长程砚秋宣布: it is the company's word. Where that is said.
  std::uint32_t PastSpeaker(const WorkSentence& sent, std::uint32_t pos) const {
    std::uint32_t at = pos;
    for (const WorkTitle& title : sent.titles) {
      if (title.span.begin == at) at = title.span.end;
    }
    if (at == pos) return pos;
    const MentionId speaker = MentionAt(sent, at);
    if (speaker == kNoMention || !work_.Is(speaker, "Person")) return pos;
    return SkipRemark(sent.text, work_.mention(speaker).span.end);
  }

  // 电梯制造商远山集团表示: where the company begins, if nothing but words for its kind stand
  // before it.
  std::uint32_t PastKind(const WorkSentence& sent, Span clause) const {
    // 收购制造商…, 与运营商…: it is no subject.
    for (const std::string_view word : {"与", "由", "同", "和", "被", "据", "记者", "让", "使"}) {
      if (StartsWithAt(sent.text, clause.begin, word)) return clause.begin;
    }
    if (LongestAt(sent.text, clause.begin, predicates_) > 0 ||
        LongestAt(sent.text, clause.begin, adjuncts_) > 0) {
      return clause.begin;
    }
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin < clause.begin || mention.nested || mention.type == "Industry")
        continue;
      const bool described = mention.span.begin < clause.end && mention.type == "Company" &&
                             LongestBefore(sent.text, mention.span.begin, kinds_) > 0;
      return described ? mention.span.begin : clause.begin;
    }
    return clause.begin;
  }

  // 《常州市“十五五”规划》提出: what a region's own plan says, the region is to do.
  MentionId PlannerAt(std::uint32_t s, Span clause) const {
    const WorkSentence& sent = work_.sentence(s);
    const std::uint32_t mark = StartsWithAt(sent.text, clause.begin, "《") ? 3 : 0;
    const MentionId plan = MentionAt(sent, clause.begin + mark);
    if (plan == kNoMention || work_.mention(plan).type != "Policy") return kNoMention;
    const std::uint32_t end = work_.mention(plan).span.end + mark;
    if (LongestAt(sent.text, end, states_) == 0) return kNoMention;
    for (const MentionId inner : work_.Inner(plan)) {
      const int depth = RegionDepth(work_, inner);
      if (Begin(inner) == Begin(plan) && depth >= 1 && depth <= 3) return inner;
    }
    return kNoMention;
  }

  struct PlacePhrase {
    MentionId region = kNoMention;
    std::uint32_t end = 0;
  };

  // 在常州, 在江苏常州: where the clause begins; alone (在常州，建设…) it names who acts, too.
  PlacePhrase PlaceAt(std::uint32_t s, std::uint32_t begin) const {
    const WorkSentence& sent = work_.sentence(s);
    PlacePhrase place;
    place.end = begin;
    if (!StartsWithAt(sent.text, begin, "在")) return place;
    std::uint32_t at = begin + 3;
    for (MentionId id = MentionAt(sent, at); id != kNoMention && RegionDepth(work_, id) >= 0;
         id = MentionAt(sent, at)) {
      if (!IsPlace(id)) place.region = id;
      at = place.end = work_.mention(id).span.end;
    }
    if (place.end == begin) return place;
    for (const std::string_view word : {"市场", "境内", "地区", "当地"}) {  // 在江苏市场投资
      if (StartsWithAt(sent.text, at, word)) at += static_cast<std::uint32_t>(word.size());
    }
    place.end = at;
    return place;
  }

  MentionId MentionAt(const WorkSentence& sent, std::uint32_t pos) const {
    for (const MentionId id : sent.mentions) {
      if (Begin(id) > pos) break;
      if (Begin(id) == pos && !work_.mention(id).nested && work_.mention(id).type != "Industry") {
        return id;
      }
    }
    return kNoMention;
  }

  bool MayAct(MentionId id) const {
    return work_.Is(id, "Organisation") || (RegionDepth(work_, id) > 0 && !IsPlace(id));
  }
  bool IsPlace(MentionId id) const { return work_.mention(id).type == "Place"; }

  bool Follows(const WorkSentence& sent, std::uint32_t at, std::uint32_t end) const {
    if (at >= end) return true;
    if (LongestAt(sent.text, at, predicates_) > 0 || LongestAt(sent.text, at, follows_) > 0 ||
        LongestAt(sent.text, at, leads_) > 0) {
      return true;
    }
    return std::any_of(sent.dates.begin(), sent.dates.end(),
                       [&](const WorkDate& date) { return date.span.begin == at; });
  }

  Workspace& work_;
  const WordList& leads_;
  const WordList& predicates_;
  const WordList& follows_;
  const WordList& adjuncts_;
  const WordList& times_;  // ends of clauses that say only when
  const WordList& states_;
  const WordList& kinds_;
};

}  // namespace

void FindSubjects(StructureContext& context) { Subjects(context).Run(); }

}  // namespace tupu::extract
