// INVESTS of what a company raises money for:
//   远山集团拟定增募资6亿元，用于滨江冷库扩建项目（4亿元）和竹纤维技改项目。
//   募集资金投向甲项目、乙项目，分别使用募集资金4亿元、2亿元。
//
// Who raises it stands before the word in the sentence, else it is whom the section's heading or
// the article's title begins with.
#include <algorithm>
#include <optional>
#include <vector>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kRaisedMaxSentence = 3000;  // bytes
constexpr std::uint32_t kRaisedMaxToSum = 60;       // bytes from a work to what goes there

class Raised {
 public:
  explicit Raised(StructureContext& context)
      : work_(*context.work),
        terms_(*context.sets),
        raise_(WordsOf(*context.sets, "raise_money")),
        uses_(WordsOf(*context.sets, "raise_use")),
        hindered_(WordsOf(*context.sets, "raise_hindered")),
        heads_(WordsOf(*context.sets, "free_project")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) section_ = kNoMention;
      article = sent.place.article;
      if (sent.place.kind == SentenceKind::kByline || sent.text.size() > kRaisedMaxSentence) {
        continue;
      }
      if (sent.place.kind != SentenceKind::kBody) {
        const MentionId first = FirstCompany(s, kRaisedMaxSentence);
        const bool begins = first != kNoMention && work_.mention(first).span.begin == 0;
        if (begins || sent.place.kind == SentenceKind::kHeading) {
          section_ = begins ? first : kNoMention;
        }
      }
      if (HoldsAny(sent.text, raise_) && !HoldsAny(sent.text, hindered_)) Read(s);
    }
  }

 private:
  // A work, and what goes there where that is said.
  struct Work {
    MentionId id = kNoMention;
    Span span;
    const WorkAmount* sum = nullptr;
  };

  MentionId FirstCompany(std::uint32_t s, std::uint32_t before) const {
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.end > before) break;
      if (mention.type == "Company" && !mention.nested && !mention.ignored) return id;
    }
    return kNoMention;
  }

  void Read(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t raised = 0;
    while (raised < text.size() && LongestAt(text, raised, raise_) == 0) {
      raised += DecodeAt(text, raised).size;
    }
    std::uint32_t use = raised;
    std::uint32_t size = 0;
    for (; use < text.size() && size == 0; use += size > 0 ? size : DecodeAt(text, use).size) {
      size = LongestAt(text, use, uses_);
    }
    if (size == 0) return;
    MentionId who = FirstCompany(s, raised);
    if (who == kNoMention) who = section_;
    if (who == kNoMention) return;
    std::vector<Work> works = Works(s, use);
    Sums(s, works);
    for (const Work& work : works) Propose(s, who, work);
  }

  // The works named from `begin` on: those that are known, and what a list's other items end like.
  std::vector<Work> Works(std::uint32_t s, std::uint32_t begin) {
    const std::string_view text = work_.sentence(s).text;
    std::vector<Work> works;
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Project" || mention.nested || mention.ignored) continue;
      if (mention.span.begin < begin || !EndsThere(text, mention.span.end)) continue;
      works.push_back({id, mention.span, nullptr});
    }
    bool broken = false;  // the item before has no end of its own
    std::uint32_t before = begin;
    const auto end = static_cast<std::uint32_t>(text.size());
    for (const Span item : SplitCoordinated(text, {begin, end})) {
      if (ClauseEnd(text, before) < item.begin) broken = false;
      before = item.begin;
      const std::optional<Span> name = FreeName(s, item);
      const bool after_part = broken;
      broken = !name.has_value();
      if (!name || after_part) continue;
      // Known, or 滨江冷库扩建项目 of which recognition knows 冷库扩建项目.
      const auto known = std::find_if(works.begin(), works.end(),
                                      [&](const Work& work) { return work.span.Overlaps(*name); });
      if (known == works.end()) {
        works.push_back({Add(s, *name), *name, nullptr});
      } else if (known->span != *name && name->Contains(known->span)) {
        *known = {Add(s, *name), *name, nullptr};
      }
    }
    std::sort(works.begin(), works.end(),
              [](const Work& a, const Work& b) { return a.span.begin < b.span.begin; });
    return works;
  }

  // 地铁 of 地铁车辆 is no work.
  static bool EndsThere(std::string_view text, std::uint32_t end) {
    if (!IsHan(DecodeAt(text, end).value)) return true;
    for (const std::string_view word :
         {"等", "和", "与", "及", "以及", "的", "建设", "项目", "工程", "总投资", "投资", "拟",
          "使用", "并", "三", "两", "四", "五"}) {
      if (StartsWithAt(text, end, word)) return true;
    }
    return false;
  }

  // 滨江冷库扩建项目4亿元: what stands before the sum or the end of the clause, by its last word.
  std::optional<Span> FreeName(std::uint32_t s, Span item) const {
    const WorkSentence& sent = work_.sentence(s);
    for (std::uint32_t size = 1; size > 0; item.begin += size) {  // 用于实施甲项目
      size = LongestAt(sent.text, item.begin, uses_);
    }
    if (item.begin >= item.end) return std::nullopt;
    std::uint32_t end = std::min(item.end, ClauseEnd(sent.text, item.begin));
    for (const WorkAmount& amount : sent.amounts) {
      if (amount.span.begin > item.begin) end = std::min(end, amount.span.begin);
    }
    if (LongestBefore(sent.text, end, heads_) == 0) return std::nullopt;
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.Overlaps({item.begin, end}) && work_.Is(id, "Organisation") &&
          mention.span.begin > item.begin) {
        return std::nullopt;
      }
    }
    const std::string_view name = Slice(sent.text, {item.begin, end});
    for (const std::string_view word : {"的", "有关", "相关", "其他", "上述", "募投"}) {
      if (name.find(word) != std::string_view::npos) return std::nullopt;
    }
    return terms_.CleanName(sent.text, {item.begin, end}, &heads_);
  }

  MentionId Add(std::uint32_t s, Span span) {
    for (const MentionId id : work_.sentence(s).mentions) {
      if (span.Contains(work_.mention(id).span)) work_.mention(id).nested = true;
    }
    WorkMention mention;
    mention.sentence = s;
    mention.span = span;
    mention.type = "Project";
    mention.rule = "project.raised_for";
    mention.confidence = 0.6;
    return work_.Add(std::move(mention));
  }

  // The sum right behind each, or as many sums behind 分别 as there are works.
  void Sums(std::uint32_t s, std::vector<Work>& works) const {
    if (works.empty()) return;
    const WorkSentence& sent = work_.sentence(s);
    const std::size_t each = sent.text.find("分别", works.back().span.end);
    if (each != std::string_view::npos) {
      std::vector<const WorkAmount*> sums;
      for (const WorkAmount& amount : sent.amounts) {
        if (amount.span.begin > each) sums.push_back(&amount);
      }
      if (sums.size() != works.size()) return;
      for (std::size_t i = 0; i < works.size(); ++i) works[i].sum = sums[i];
      return;
    }
    for (std::size_t i = 0; i < works.size(); ++i) {
      const std::uint32_t from = works[i].span.end;
      const std::uint32_t next = i + 1 < works.size()
                                     ? works[i + 1].span.begin
                                     : static_cast<std::uint32_t>(sent.text.size());
      for (const WorkAmount& amount : sent.amounts) {
        if (amount.span.begin < from) continue;
        if (amount.span.end <= next && amount.span.begin - from <= kRaisedMaxToSum) {
          works[i].sum = &amount;
        }
        break;
      }
    }
  }

  void Propose(std::uint32_t s, MentionId who, const Work& work) {
    Proposal proposal;
    proposal.type = "INVESTS";
    proposal.from = who;
    proposal.to = work.id;
    if (work.sum != nullptr && !work.sum->amount.is_range()) {
      proposal.properties["amount"] = AmountValue(work.sum->amount);
      if (work.sum->amount.currency != "CNY") {
        proposal.properties["currency"] = work.sum->amount.currency;
      }
    }
    const std::string_view text = work_.sentence(s).text;
    for (const std::string_view word : {"拟", "将", "计划", "预案"}) {
      if (text.substr(0, work.span.begin).find(word) != std::string_view::npos) {
        proposal.status = graph::ClaimStatus::kPlanned;
      }
    }
    proposal.evidence = s;
    proposal.rule = "invests.raised_for";
    proposal.confidence = 0.75;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const Terms terms_;
  const WordList& raise_;
  const WordList& uses_;
  const WordList& hindered_;
  const WordList& heads_;
  MentionId section_ = kNoMention;  // whom the last heading begins with
};

}  // namespace

void FindRaised(StructureContext& context) { Raised(context).Run(); }

}  // namespace tupu::extract
