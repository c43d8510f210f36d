// Decisions by which a law does not hold somewhere as it stands:
//   关于在甲区、乙区暂时调整适用〈丙管理法〉有关规定的决定
// They address those regions and what the law is about.
#include <optional>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

constexpr const char* kSuspendedLawsRule = "target.suspended_law";

class SuspendedLaws {
 public:
  explicit SuspendedLaws(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        leads_(WordsOf(*context.sets, "title_lead")),
        laws_(WordsOf(*context.sets, "law_tail")),
        tails_(WordsOf(*context.sets, "policy_tail")) {}

  void Run() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Policy" || mention.nested || mention.antecedent != kNoMention) continue;
      if (!SuspendsLaw(work_.Text(id)) || IsReport(work_.Text(id), sets_)) continue;
      Regions(id);
      Law(id);
    }
  }

 private:
  std::string_view Text(MentionId id) const {
    return work_.sentence(work_.mention(id).sentence).text;
  }

  // Those that stand behind 在.
  void Regions(MentionId id) {
    std::uint32_t next = 0;  // where a list of them goes on
    for (const MentionId inner : work_.Inner(id)) {
      const Span span = work_.mention(inner).span;
      if (!work_.Is(inner, "Region") || span.begin < next) continue;
      if (span.begin != next && !EndsWithAt(Text(id), span.begin, "在")) continue;
      Propose(id, inner);
      next = span.end + CoordinatorAt(Text(id), span.end);
    }
  }

  void Law(MentionId id) {
    const std::string_view text = Text(id);
    const Span whole = work_.mention(id).span;
    for (const auto& [open, close] : {std::pair{"《", "》"}, {"〈", "〉"}}) {
      const std::size_t begin = text.find(open, whole.begin);
      const std::size_t end = text.find(close, whole.begin);
      if (begin >= end || end >= whole.end) continue;
      Span law{static_cast<std::uint32_t>(begin) + 3, static_cast<std::uint32_t>(end)};
      law.begin += LongestAt(text, law.begin, leads_);  // 中华人民共和国
      for (const WordList* tails : {&laws_, &tails_}) {
        const std::uint32_t size = LongestBefore(text, law.end, *tails);
        if (size < law.size()) law.end -= size;
      }
      const std::optional<Span> field = Terms(sets_).Clean(text, law);
      if (!field) return;
      Propose(id, TermMention(work_, sets_, work_.mention(id).sentence, *field, "Industry",
                              kSuspendedLawsRule, 0.7, TermBorder::kFirm));
      return;
    }
  }

  void Propose(MentionId id, MentionId to) {
    if (to == kNoMention) return;
    Proposal proposal;
    proposal.type = "TARGETS";
    proposal.from = id;
    proposal.to = to;
    proposal.evidence = work_.mention(id).sentence;
    proposal.rule = kSuspendedLawsRule;
    proposal.confidence = 0.8;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const WordSets& sets_;
  const WordList& leads_;
  const WordList& laws_;
  const WordList& tails_;
};

}  // namespace

bool SuspendsLaw(std::string_view name) { return name.find("暂时调整") != std::string_view::npos; }

void FindSuspendedLaws(StructureContext& context) { SuspendedLaws(context).Run(); }

}  // namespace tupu::extract
