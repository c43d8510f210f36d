// The year of events that no sentence dates: 2026年茶业大会, or a headline that says the year
// beside the event's name. Less than a day, but not left open.
#include <string>

#include "extract/facts/structure.h"

namespace tupu::extract {
namespace {

class EventYears {
 public:
  explicit EventYears(StructureContext& context) : work_(*context.work) {}

  void Run() {
    for (Proposal& proposal : work_.proposals()) {
      if (proposal.type != "HELD" || proposal.properties.count("date") > 0) continue;
      if (proposal.status != graph::ClaimStatus::kDone) continue;
      std::string year = YearIn(work_.Text(proposal.to));
      if (year.empty()) year = YearOfHeadline(proposal.to);
      if (!year.empty()) proposal.properties["date"] = year;
    }
  }

 private:
  // 2026, where it stands alone or before 年: four digits, not part of a longer number or a span.
  static std::string YearIn(std::string_view text) {
    const auto digit = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    for (std::size_t at = text.find("20"); at != std::string_view::npos;
         at = text.find("20", at + 2)) {
      if (!digit(at + 2) || !digit(at + 3) || digit(at + 4)) continue;
      if (at > 0 && (digit(at - 1) || text[at - 1] == '.' || text[at - 1] == '-')) continue;
      const std::string_view rest = text.substr(at + 4);
      for (const std::string_view mark : {"—", "-", "至", "万", "亿", "元", "个", "家", "."}) {
        if (rest.substr(0, mark.size()) == mark) return {};
      }
      return std::string(text.substr(at, 4));
    }
    return {};
  }

  std::string YearOfHeadline(MentionId event) const {
    const std::string name(work_.Text(event));
    const Span sentences = work_.ArticleSentences(work_.Article(event));
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
      const WorkSentence& sent = work_.sentence(s);
      const SentenceKind kind = sent.place.kind;
      if (kind != SentenceKind::kTitle && kind != SentenceKind::kHeading) continue;
      if (sent.text.find(name) == std::string_view::npos) continue;
      if (std::string year = YearIn(sent.text); !year.empty()) return year;
    }
    return {};
  }

  Workspace& work_;
};

}  // namespace

void FindEventYears(StructureContext& context) { EventYears(context).Run(); }

}  // namespace tupu::extract
