// Classes of bodies that the name of a document rules, and that recognition took for one body:
//   海东省义务教育学校办学标准    海东省“竹云”创新中心建设指南
// The region before them is part of the document's name, the rest what it addresses.
#include <utility>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {

// 关于检查竹林法、竹器法实施情况的报告: the laws, which the report is on, are documents as well.
void FindLawsInReports(StructureContext& context) {
  Workspace& work = *context.work;
  constexpr std::string_view kChecks = "检查", kHow = "实施情况";
  const std::uint32_t size = work.size();
  for (MentionId id = 0; id < size; ++id) {
    const WorkMention report = work.mention(id);
    if (report.type != "Policy" || report.nested) continue;
    const std::string_view name = work.Text(id);
    const std::size_t check = name.find(kChecks);
    const std::size_t how = name.find(kHow, check == std::string_view::npos ? 0 : check);
    if (check == std::string_view::npos || how == std::string_view::npos) continue;
    const std::string_view text = work.sentence(report.sentence).text;
    const Span laws{report.span.begin + static_cast<std::uint32_t>(check + kChecks.size()),
                    report.span.begin + static_cast<std::uint32_t>(how)};
    for (const Span law : SplitCoordinated(text, laws)) {
      if (!EndsWithAt(text, law.end, "法") && !EndsWithAt(text, law.end, "条例")) continue;
      if (Slice(text, law).find("《") != std::string_view::npos) continue;
      WorkMention mention;
      mention.sentence = report.sentence;
      mention.span = law;
      mention.type = "Policy";
      mention.rule = "document.law";
      mention.confidence = 0.9;
      mention.nested = true;
      work.Add(std::move(mention));
    }
  }
}

// 海东省“十二五”规划: the region's own plan, not the country's, which a list knows.
void FindRegionalPlans(StructureContext& context) {
  Workspace& work = *context.work;
  const std::uint32_t size = work.size();
  for (MentionId id = 0; id < size; ++id) {
    const WorkMention plan = work.mention(id);
    if (plan.type != "Policy" || plan.entries.empty() || plan.nested) continue;
    const std::string_view name = work.Text(id);
    if (name.find("五”规划") == std::string_view::npos && !name.ends_with("五规划")) continue;
    const std::vector<MentionId> mentions = work.sentence(plan.sentence).mentions;
    for (const MentionId region : mentions) {
      const Span span = work.mention(region).span;
      const int depth = RegionDepth(work, region);
      if (span.end != plan.span.begin || depth < 1 || depth > 3) continue;
      WorkMention whole = plan;
      whole.span.begin = span.begin;
      whole.rule = "document.regional";
      whole.entries.clear();
      work.mention(id).ignored = true;
      work.mention(id).nested = true;
      work.mention(region).nested = true;
      work.Add(std::move(whole));
      break;
    }
  }
}

namespace {

// 竹业“十二五”规划: the field whose plan it is, whatever verb takes the rest of its name apart.
void ProposeFieldOfPlan(Workspace& work, MentionId id) {
  const WorkMention& plan = work.mention(id);
  const std::string_view text = work.sentence(plan.sentence).text;
  for (const MentionId field : work.Inner(id)) {
    const WorkMention& mention = work.mention(field);
    if (mention.span.begin != plan.span.begin) break;
    if (mention.type != "Industry" || !StartsWithAt(text, mention.span.end, "“十")) continue;
    Proposal proposal;
    proposal.type = "TARGETS";
    proposal.from = id;
    proposal.to = field;
    proposal.evidence = plan.sentence;
    proposal.rule = "target.field_of_plan";
    proposal.confidence = 0.8;
    work.Propose(std::move(proposal));
    return;
  }
}

}  // namespace

void FindFieldsOfPlans(StructureContext& context) {
  Workspace& work = *context.work;
  const std::uint32_t size = work.size();
  for (MentionId id = 0; id < size; ++id) {
    const WorkMention& plan = work.mention(id);
    if (plan.type != "Policy" || plan.antecedent != kNoMention) continue;
    const std::string_view name = work.Text(id);
    if (name.find("五”规划") != std::string_view::npos) ProposeFieldOfPlan(work, id);
  }
}

void FindClassesInTitles(StructureContext& context) {
  Workspace& work = *context.work;
  const WordList& heads = WordsOf(*context.sets, "class_body");
  const WordList& done = WordsOf(*context.sets, "class_body_done");
  for (MentionId id = 0; id < work.size(); ++id) {
    WorkMention& body = work.mention(id);
    if (body.type != "Institution" || !body.nested || !body.entries.empty()) continue;
    const MentionId outer = work.Outer(id);
    if (outer == kNoMention || work.mention(outer).type != "Policy") continue;
    const std::string_view text = work.sentence(body.sentence).text;
    const Span name = work.mention(outer).span;
    const std::string_view inside = text.substr(0, name.end);
    if (body.span.end >= name.end || StartsWithAt(text, body.span.end, "关于")) continue;
    const bool ruled = LongestAt(inside, body.span.end, done) > 0;
    if (!ruled && LongestBefore(text, body.span.end, heads) == 0) continue;
    for (const MentionId region : work.Inner(id)) {
      const Span span = work.mention(region).span;
      if (span.begin != body.span.begin || RegionDepth(work, region) < 1) continue;
      body.type = "Industry";
      break;
    }
  }
}

}  // namespace tupu::extract
