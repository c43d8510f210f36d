// ATTENDED and LOCATED_IN of the meetings of statesmen, which have no name but whom they bring
// together:
//   国家主席甲在首都宾馆同来访的乙国总统丙举行会谈。    甲为丙举行欢迎宴会。    丁参加上述活动。
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class Talks {
 public:
  explicit Talks(StructureContext& context)
      : work_(*context.work), kinds_(WordsOf(*context.sets, "talks_kind")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) talks_.clear();
      article = sent.place.article;
      for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
        if (work_.mention(id).type == "Event" && IsTalk(id)) Meet(s, id);
      }
      if (!talks_.empty()) Others(s);
    }
  }

 private:
  // Talks without a name of their own.
  bool IsTalk(MentionId id) const {
    const std::string_view name = work_.Text(id);
    return LongestAt(name, 0, kinds_) == name.size();
  }

  // The people named before it in its clause, where one meets or receives the others.
  void Meet(std::uint32_t s, MentionId event) {
    const WorkSentence& sent = work_.sentence(s);
    const std::uint32_t end = work_.mention(event).span.begin;
    const std::uint32_t begin = ClauseBegin(sent.text, end);
    std::vector<MentionId> people;
    MentionId place = kNoMention;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.begin < begin || mention.span.end > end) continue;
      if (work_.Is(id, "Person")) people.push_back(id);
      // 在首都宾馆, 在甲省首都宾馆: the last one beside 在.
      const bool at = EndsWithAt(sent.text, mention.span.begin, "在") ||
                      (place != kNoMention && work_.mention(place).span.end == mention.span.begin);
      if (RegionDepth(work_, id) >= 0 && at) place = id;
    }
    if (people.size() < 2 || !Joined(sent.text, people)) return;
    for (const MentionId who : people) Propose("ATTENDED", who, event, s, "attended.talks");
    if (place != kNoMention) Propose("LOCATED_IN", event, place, s, "place.talks");
    // One of each name: an article tells of the same talk again and again.
    const auto same = std::find_if(talks_.begin(), talks_.end(), [&](MentionId other) {
      return work_.Text(other) == work_.Text(event);
    });
    if (same == talks_.end()) {
      talks_.push_back(event);
    } else {
      *same = event;
    }
  }

  // 同, 与, 和 or 为 behind one of them, or behind the place where they meet, or before the next
  // one: 认为 and 共同 join nobody.
  bool Joined(std::string_view text, const std::vector<MentionId>& people) const {
    const std::uint32_t begin = work_.mention(people.front()).span.end;
    const std::uint32_t last = work_.mention(people.back()).span.begin;
    const WorkSentence& sent = work_.sentence(work_.mention(people.front()).sentence);
    for (const MentionId id : sent.mentions) {
      const Span span = work_.mention(id).span;
      if (span.begin > last) break;
      for (const std::string_view word : kJoints) {
        const bool behind = span.end >= begin && text.substr(span.end).starts_with(word);
        const bool before =
            span.begin >= begin + word.size() && EndsWithAt(text, span.begin, word) &&
            !EndsWithAt(text, span.begin, "认为") && !EndsWithAt(text, span.begin, "共同");
        if (behind || before) return true;
      }
    }
    return false;
  }

  // 丁参加上述活动: all that the article has told of; 丁参加会谈: that of its name.
  void Others(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    const std::size_t verb = sent.text.find("参加");
    if (verb == std::string_view::npos) return;
    std::string_view object = sent.text.substr(verb + std::string_view("参加").size());
    object = object.substr(0, object.find("。"));
    const bool all =
        object == "上述活动" || object == "有关活动" || object == "相关活动" || object == "活动";
    for (const MentionId id : std::vector<MentionId>(sent.mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || mention.span.end > verb || !work_.Is(id, "Person")) continue;
      for (const MentionId event : talks_) {
        if (all || work_.Text(event) == object) {
          Propose("ATTENDED", id, event, s, "attended.talks");
        }
      }
    }
  }

  void Propose(std::string_view type, MentionId from, MentionId to, std::uint32_t evidence,
               const char* rule) {
    Proposal proposal;
    proposal.type = type;
    proposal.from = from;
    proposal.to = to;
    proposal.evidence = evidence;
    proposal.rule = rule;
    proposal.confidence = 0.9;
    work_.Propose(std::move(proposal));
  }

  static constexpr std::array<std::string_view, 4> kJoints = {"同", "与", "和", "为"};

  Workspace& work_;
  const WordList& kinds_;
  std::vector<MentionId> talks_;  // of the article
};

}  // namespace

void FindTalks(StructureContext& context) { Talks(context).Run(); }

}  // namespace tupu::extract
