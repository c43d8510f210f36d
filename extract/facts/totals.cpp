// A project's total investment is its builder's, where a company builds it and no other investor is
// named: 海川电气建设储能电池项目。项目总投资12亿元。
#include <map>
#include <set>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class Totals {
 public:
  explicit Totals(StructureContext& context)
      : work_(*context.work),
        words_(WordsOf(*context.sets, "total_investment")),
        values_(WordsOf(*context.sets, "contract_value")) {}

  void Run() {
    Amounts();
    std::map<MentionId, MentionId> builders;
    std::set<std::string> financed;
    for (const Proposal& proposal : work_.proposals()) {
      if (proposal.type == "BUILDS" && work_.mention(proposal.from).type == "Company") {
        builders.try_emplace(Anchor(proposal.to), proposal.from);
      }
      if (proposal.type == "INVESTS") financed.insert(std::string(work_.Text(Anchor(proposal.to))));
    }
    std::map<std::pair<std::uint32_t, std::string>, MentionId> by_name;
    for (const auto& [project, builder] : builders) {
      by_name.try_emplace({work_.Article(project), std::string(work_.Text(project))}, builder);
    }
    if (by_name.empty()) return;
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).type != "Project") continue;
      const MentionId project = Anchor(id);
      const std::string name(work_.Text(project));
      const auto builder = by_name.find({work_.Article(project), name});
      if (builder == by_name.end() || financed.count(name) > 0) continue;
      const WorkAmount* total = TotalAfter(id, words_);
      if (total == nullptr) total = TotalBefore(id, words_);
      if (total == nullptr) continue;
      Proposal proposal;
      proposal.type = "INVESTS";
      proposal.from = builder->second;
      proposal.to = project;
      proposal.properties["amount"] = AmountValue(total->amount);
      if (total->amount.currency != "CNY") proposal.properties["currency"] = total->amount.currency;
      proposal.evidence = work_.mention(id).sentence;
      proposal.rule = "invests.builder_total";
      proposal.confidence = 0.7;
      work_.Propose(std::move(proposal));
      financed.insert(name);
    }
  }

 private:
  // 总投资12亿元的储能项目, 储能项目总投资12亿元: what a work costs.
  void Amounts() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).type != "Project" || work_.mention(id).nested) continue;
      const WorkAmount* total = TotalAfter(id, words_);
      if (total == nullptr) total = TotalBefore(id, words_);
      if (total == nullptr) total = TotalAfter(id, values_);
      if (total == nullptr) total = TotalBefore(id, values_);
      if (total == nullptr) continue;
      Description description;
      description.of = Anchor(id);
      description.key = "amount";
      description.value = AmountValue(total->amount);
      if (total->amount.currency != "CNY") description.currency = total->amount.currency;
      work_.Describe(std::move(description));
    }
  }

  MentionId Anchor(MentionId id) const {
    const MentionId antecedent = work_.mention(id).antecedent;
    return antecedent == kNoMention ? id : antecedent;
  }

  // 项目总投资约12亿元: the word for it soon after the mention and before the next work, the sum
  // right after the word.
  const WorkAmount* TotalAfter(MentionId id, const WordList& words) const {
    const WorkMention& mention = work_.mention(id);
    const WorkSentence& sent = work_.sentence(mention.sentence);
    const std::uint32_t next = NextWork(id);
    for (const WorkAmount& amount : sent.amounts) {
      if (amount.span.begin < mention.span.end) continue;
      if (amount.span.begin > mention.span.end + 90 || amount.span.begin > next) break;
      if (IsTotal(sent.text, amount, words)) return &amount;
    }
    return nullptr;
  }

  // 总投资12亿元的储能项目, 投资12亿元建设储能项目.
  const WorkAmount* TotalBefore(MentionId id, const WordList& words) const {
    const WorkMention& mention = work_.mention(id);
    const WorkSentence& sent = work_.sentence(mention.sentence);
    for (const WorkAmount& amount : sent.amounts) {
      if (amount.span.end > mention.span.begin) break;
      const std::string_view between =
          sent.text.substr(amount.span.end, mention.span.begin - amount.span.end);
      const bool joined = between.empty() || between == "的" || between == "建设" ||
                          between == "新建" || between == "建设的" || between == "“" ||
                          between == "的“";
      if (joined && IsTotal(sent.text, amount, words)) return &amount;
    }
    return nullptr;
  }

  std::uint32_t NextWork(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    for (const MentionId other : work_.sentence(mention.sentence).mentions) {
      const WorkMention& next = work_.mention(other);
      if (next.type == "Project" && !next.nested && next.span.begin >= mention.span.end &&
          Anchor(other) != Anchor(id)) {
        return next.span.begin;
      }
    }
    return static_cast<std::uint32_t>(-1);
  }

  // Whether one of `words` stands right before the sum.
  static bool IsTotal(std::string_view text, const WorkAmount& amount, const WordList& words) {
    if (amount.amount.is_range()) return false;
    std::uint32_t at = amount.span.begin;
    for (const std::string_view word : {"约", "达", "为", "超", "近", "超过", "已达", "人民币"}) {
      if (EndsWithAt(text, at, word)) at -= static_cast<std::uint32_t>(word.size());
    }
    return LongestBefore(text, at, words) > 0;
  }

  Workspace& work_;
  const WordList& words_;
  const WordList& values_;  // of a contract: no investment
};

}  // namespace

void FindTotals(StructureContext& context) { Totals(context).Run(); }

}  // namespace tupu::extract
