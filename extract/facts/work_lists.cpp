// Works that a list names: 推进滨江小学、年产5万吨涂料等一批项目建设. What stands before 等…项目
// are projects, whatever they are called, where something tells each apart: a name or a number in
// it, or a word for a facility at its end.
#include <algorithm>
#include <vector>

#include "extract/facts/names.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxTail = 42;  // bytes between 等 and 项目
constexpr std::size_t kWorkListsMaxItems = 12;

class WorkLists {
 public:
  explicit WorkLists(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        predicates_(WordsOf(*context.sets, "predicate_start")),
        leads_(WordsOf(*context.sets, "clause_lead")),
        facilities_(WordsOf(*context.sets, "facility_head")) {}

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.kind == SentenceKind::kByline) continue;
      for (std::size_t at = sent.text.find("等"); at != std::string_view::npos;
           at = work_.sentence(s).text.find("等", at + 3)) {
        const auto pos = static_cast<std::uint32_t>(at);
        if (CountsWorks(sent.text, pos + 3)) Read(s, pos);
      }
    }
  }

 private:
  // Whether 项目 or 工程 follows, as the last word of a phrase.
  static bool CountsWorks(std::string_view text, std::uint32_t pos) {
    const std::uint32_t end = ClauseEnd(text, pos);
    const std::string_view rest = text.substr(pos, std::min(end - pos, kMaxTail));
    for (const std::string_view noun : {"项目", "工程"}) {
      const std::size_t at = rest.find(noun);
      if (at == std::string_view::npos) continue;
      // 等方面的项目, 等，: no list of works.
      const std::string_view between = rest.substr(0, at);
      return between.find("的") == std::string_view::npos &&
             between.find("领域") == std::string_view::npos &&
             between.find("企业") == std::string_view::npos &&
             between.find("方面") == std::string_view::npos;
    }
    return false;
  }

  void Read(std::uint32_t s, std::uint32_t end) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t begin = ClauseBegin(text, end);
    const std::size_t of = text.substr(begin, end - begin).rfind("的");
    if (of != std::string_view::npos) begin += static_cast<std::uint32_t>(of) + 3;
    begin = SkipWords(s, begin, end);
    const std::vector<Span> items = SplitCoordinated(text, {begin, end});
    if (items.size() > kWorkListsMaxItems) return;
    for (const Span item : items) Add(s, item);
  }

  // Past who acts and what is done: 市里重点推进.
  std::uint32_t SkipWords(std::uint32_t s, std::uint32_t begin, std::uint32_t end) const {
    const WorkSentence& sent = work_.sentence(s);
    std::uint32_t at = begin;
    std::uint32_t before = 0;
    do {
      before = at;
      for (const WorkDate& date : sent.dates) {
        if (date.span.begin == at) at = date.span.end;
      }
      at += LongestAt(sent.text, at, leads_);
      at += LongestAt(sent.text, at, predicates_);
    } while (at > before);
    return std::min(at, end);
  }

  void Add(std::uint32_t s, Span item) {
    const std::string_view text = work_.sentence(s).text;
    const std::optional<Span> name = Terms(sets_).CleanName(text, item, &facilities_);
    if (!name) return;
    bool told = LongestBefore(text, name->end, facilities_) > 0;
    for (std::uint32_t at = name->begin; at < name->end; ++at) {
      told = told || (text[at] >= '0' && text[at] <= '9');
    }
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (!mention.span.Overlaps(*name)) continue;
      if (!name->Contains(mention.span)) return;
      if (mention.span == *name && mention.type != "Industry") return;
      if (mention.type == "Project" || mention.type == "Event" || mention.type == "Policy" ||
          mention.type == "Zone") {
        return;
      }
      told = told || (mention.type == "Company" && mention.span.begin == name->begin);
    }
    if (!told) return;
    for (const MentionId id : work_.sentence(s).mentions) {
      if (name->Contains(work_.mention(id).span)) work_.mention(id).nested = true;
    }
    WorkMention mention;
    mention.sentence = s;
    mention.span = *name;
    mention.type = "Project";
    mention.rule = "project.listed";
    mention.confidence = 0.6;
    work_.Add(std::move(mention));
  }

  Workspace& work_;
  const WordSets& sets_;
  const WordList& predicates_;
  const WordList& leads_;
  const WordList& facilities_;
};

}  // namespace

void FindWorkLists(StructureContext& context) { WorkLists(context).Run(); }

}  // namespace tupu::extract
