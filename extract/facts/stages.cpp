// How far works have come: 项目已建成投产, 正在建设的大桥, 拟开工的电站.
//
// Stages are told by words around the work: in its clause, and in the clauses after it up to the
// next work. What has happened counts before what is planned; a plan to run (预计明年投产) says
// nothing of today. The furthest stage that the article tells stands.
#include <algorithm>
#include <array>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kStagesMaxBefore = 36;  // bytes before a work that speak of it
constexpr std::uint32_t kStagesMaxAfter = 150;  // and after it

// From the first to the last, with the word set that tells each.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kStages = {
    {{"规划", "stage_planned"},
     {"签约", "stage_signed"},
     {"开工", "stage_begun"},
     {"在建", "stage_building"},
     {"竣工", "stage_finished"},
     {"投产", "stage_running"}}};

class Stages {
 public:
  explicit Stages(StructureContext& context)
      : work_(*context.work),
        planned_(WordsOf(*context.sets, "status_planned")),
        aims_(WordsOf(*context.sets, "stage_aim")) {
    for (const auto& [stage, set] : kStages) words_.push_back(&WordsOf(*context.sets, set));
  }

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      if (work_.sentence(s).place.kind != SentenceKind::kByline) ReadSentence(s);
    }
    // 拟投资2亿元建设纸品厂: nothing is said of how far it is.
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.status != graph::ClaimStatus::kPlanned) continue;
      if (proposal.type != "BUILDS" && proposal.type != "INVESTS") continue;
      if (work_.mention(proposal.to).type == "Project") Describe(proposal.to, 0, -1);
    }
  }

 private:
  void ReadSentence(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    std::vector<MentionId> works;
    for (const MentionId id : sent.mentions) {
      if (work_.mention(id).type == "Project" && !work_.mention(id).nested) works.push_back(id);
    }
    const auto size = static_cast<std::uint32_t>(sent.text.size());
    Span list_before;
    bool aimed = false;
    for (std::size_t i = 0; i < works.size(); ++i) {
      const Span span = work_.mention(works[i]).span;
      const std::uint32_t low = i == 0 ? 0 : work_.mention(works[i - 1]).span.end;
      const std::uint32_t high = i + 1 == works.size() ? size : Begin(works[i + 1]);
      const std::uint32_t clause = ClauseBegin(sent.text, span.begin);
      std::uint32_t begin = std::max(clause, low);
      if (span.begin > kStagesMaxBefore) begin = std::max(begin, span.begin - kStagesMaxBefore);
      Span before{begin, span.begin};
      // 甲、乙等项目开工: what follows a list is said of all of it, and so is what stands before.
      const std::uint32_t from = ListEnd(sent.text, works, i);
      const std::uint32_t end = std::min(from == span.end ? high : size, from + kStagesMaxAfter);
      const bool listed = i > 0 && ListEnd(sent.text, works, i - 1) == from;
      if (listed) {
        before = list_before;
      } else {
        list_before = before;
        aimed = IsAimed(sent.text, {clause, span.begin});
      }
      // 确保甲、乙等项目建成投产: wishes.
      if (aimed) {
        Read(works[i], EndOfList(sent.text, from), true);
        continue;
      }
      Read(works[i], before, false);
      Read(works[i], {from, std::max(from, end)}, true);
    }
  }

  bool IsAimed(std::string_view text, Span before) const {
    for (std::uint32_t at = before.begin; at < before.end; at += DecodeAt(text, at).size) {
      const std::uint32_t size = LongestAt(text, at, aims_);
      if (size > 0 && at + size <= before.end) return true;
    }
    return false;
  }

  // 等一批在建项目 behind a list, and no further.
  static Span EndOfList(std::string_view text, std::uint32_t from) {
    if (!StartsWithAt(text, from, "等")) return {from, from};
    const std::size_t end = text.find("项目", from);
    if (end == std::string_view::npos || end > from + 30) return {from, from};
    return {from, static_cast<std::uint32_t>(end + 6)};
  }

  std::uint32_t Begin(MentionId id) const { return work_.mention(id).span.begin; }

  // The end of the last of the works that are coordinated with number `i`.
  std::uint32_t ListEnd(std::string_view text, const std::vector<MentionId>& works,
                        std::size_t i) const {
    std::uint32_t end = work_.mention(works[i]).span.end;
    while (i + 1 < works.size()) {
      const std::uint32_t coordinator = CoordinatorAt(text, end);
      if (coordinator == 0 || Begin(works[i + 1]) != end + coordinator) break;
      end = work_.mention(works[++i]).span.end;
    }
    return end;
  }

  void Read(MentionId id, Span span, bool after) {
    const std::string_view text = work_.sentence(work_.mention(id).sentence).text;
    while (span.begin < span.end) {
      std::uint32_t next = span.begin + DecodeAt(text, span.begin).size;
      std::size_t best = 0;
      std::uint32_t length = 0;
      for (std::size_t stage = 0; stage < words_.size(); ++stage) {
        const std::uint32_t found = LongestAt(text, span.begin, *words_[stage]);
        if (found >= length && found > 0 && span.begin + found <= span.end) {
          best = stage;
          length = found;
        }
      }
      if (length > 0) {
        Tell(id, best, {span.begin, span.begin + length}, after);
        next = span.begin + length;
      }
      span.begin = next;
    }
  }

  // 建成通车后: past 通车.
  std::uint32_t SkipStages(std::string_view text, std::uint32_t at) const {
    std::uint32_t begin = 0;
    do {
      begin = at;
      for (const WordList* words : words_) at += LongestAt(text, at, *words);
    } while (at > begin);
    return at;
  }

  void Tell(MentionId id, std::size_t stage, Span word, bool after) {
    const std::string_view text = work_.sentence(work_.mention(id).sentence).text;
    // 建成后, 投产以来: nothing of today.
    const std::uint32_t rest = SkipStages(text, word.end);
    for (const std::string_view tail :
         {"后", "前", "时", "率", "仪式", "以", "之后", "奠定", "等工作", "筹备", "准备", "条件"}) {
      if (StartsWithAt(text, rest, tail)) return;
    }
    const std::uint32_t begin =
        std::max(ClauseBegin(text, word.begin), after ? work_.mention(id).span.end : 0u);
    const std::string_view before = text.substr(begin, word.begin - begin);
    const bool planned = std::any_of(
        planned_.begin(), planned_.end(),
        [&](const std::string& plan) { return before.find(plan) != std::string_view::npos; });
    if (planned && stage > 2) return;
    const std::size_t told = planned ? 0 : stage;
    Describe(id, told, static_cast<int>(told));
  }

  void Describe(MentionId id, std::size_t stage, int rank) {
    const MentionId antecedent = work_.mention(id).antecedent;
    Description description;
    description.of = antecedent == kNoMention ? id : antecedent;
    description.key = "stage";
    description.value = std::string(kStages[stage].first);
    description.rank = rank;
    work_.Describe(std::move(description));
  }

  Workspace& work_;
  const WordList& planned_;
  const WordList& aims_;
  std::vector<const WordList*> words_;
};

}  // namespace

void FindStages(StructureContext& context) { Stages(context).Run(); }

}  // namespace tupu::extract
