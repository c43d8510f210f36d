// How large works are: 占地540亩的产业园 (area), 年产5万吨的材料项目 (capacity), 全长258公里的铁路
// (length). A measure belongs to the work whose name holds it, or that is named last before it in
// the sentence; the word before the number says what it measures.
#include <algorithm>
#include <array>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/norm/quantity.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMeasuresMaxAfter = 150;  // bytes behind the work that still speak of it
constexpr std::uint32_t kMaxGap = 12;             // between the word and its number

class Measures {
 public:
  explicit Measures(StructureContext& context)
      : work_(*context.work),
        area_(WordsOf(*context.sets, "measure_area")),
        capacity_(WordsOf(*context.sets, "measure_capacity")),
        length_(WordsOf(*context.sets, "measure_length")) {}

  void Run() {
    for (const WorkSentence& sent : work_.sentences()) {
      if (sent.place.kind == SentenceKind::kByline) continue;
      std::vector<MentionId> works;
      for (const MentionId id : sent.mentions) {
        if (work_.mention(id).type == "Project" && !work_.mention(id).nested) works.push_back(id);
      }
      if (works.empty()) continue;
      for (const QuantityMatch& match : FindQuantities(sent.text)) {
        const MentionId id = WorkOf(works, match.span);
        if (id != kNoMention) Tell(id, sent.text, match);
      }
    }
  }

 private:
  MentionId WorkOf(const std::vector<MentionId>& works, Span span) const {
    MentionId last = kNoMention;
    for (const MentionId id : works) {
      const Span name = work_.mention(id).span;
      if (name.Contains(span)) return id;
      if (name.end <= span.begin && span.begin - name.end <= kMeasuresMaxAfter) last = id;
    }
    return last;
  }

  void Tell(MentionId id, std::string_view text, const QuantityMatch& match) {
    const char* key = KeyOf(text, match);
    if (key == nullptr) return;
    const MentionId antecedent = work_.mention(id).antecedent;
    Description description;
    description.of = antecedent == kNoMention ? id : antecedent;
    description.key = key;
    description.value = ToString(match.quantity);
    work_.Describe(std::move(description));
  }

  // The property that a quantity gives, or null where its word does not say.
  const char* KeyOf(std::string_view text, const QuantityMatch& match) const {
    switch (match.quantity.kind) {
      case QuantityKind::kArea:
        return WordBefore(text, match.span.begin, area_) ? "area" : nullptr;
      case QuantityKind::kLength:
        return WordBefore(text, match.span.begin, length_) ? "length" : nullptr;
      case QuantityKind::kShare:
        return nullptr;
      default:
        return match.quantity.yearly || WordBefore(text, match.span.begin, capacity_) ? "capacity"
                                                                                      : nullptr;
    }
  }

  static bool WordBefore(std::string_view text, std::uint32_t pos, const WordList& words) {
    const std::uint32_t low = pos < kMaxGap ? 0 : pos - kMaxGap;
    for (std::uint32_t at = pos; at >= low && at > 0; --at) {
      if (LongestBefore(text, at, words) > 0) return true;
      if (at < pos && ClauseMarkAt(text, at) > 0) return false;
    }
    return false;
  }

  Workspace& work_;
  const WordList& area_;
  const WordList& capacity_;
  const WordList& length_;
};

}  // namespace

void FindMeasures(StructureContext& context) { Measures(context).Run(); }

}  // namespace tupu::extract
