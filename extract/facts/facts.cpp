#include "extract/facts/facts.h"

#include <utility>

#include "extract/facts/names.h"
#include "extract/facts/select.h"
#include "extract/facts/structure.h"
#include "extract/facts/workspace.h"

namespace tupu::extract {
namespace {

void ExplainMentions(const Workspace& work, std::string& out) {
  for (const WorkSentence& sent : work.sentences()) {
    out += "[" + std::to_string(sent.place.article) + "." + std::to_string(sent.place.paragraph) +
           "] ";
    out += sent.text;
    out += "\n";
    for (const MentionId id : sent.mentions) {
      const WorkMention& mention = work.mention(id);
      out += mention.nested ? "      . " : "    ";
      out += mention.type;
      out += " ";
      out += work.Text(id);
      out += "  (";
      out += mention.rule;
      out += ")\n";
    }
    for (const WorkTitle& title : sent.titles) {
      out += "    title ";
      out += Slice(sent.text, title.span);
      out += "\n";
    }
    for (const WorkAmount& amount : sent.amounts) {
      out += "    amount ";
      out += Slice(sent.text, amount.span);
      out +=
          " = " + amount.amount.currency + " " + graph::DoubleToString(amount.amount.value) + "\n";
    }
    for (const WorkDate& date : sent.dates) {
      out += "    date ";
      out += Slice(sent.text, date.span);
      out += " = " + (date.date.vague ? "vague" : date.date.from.ToString()) + "\n";
    }
  }
}

void ExplainRelations(const Workspace& work, const graph::Claims& claims, std::string& out) {
  out += "relations\n";
  for (const graph::LocalRelation& rel : claims.relations) {
    out += "  " + rel.type + " " + claims.entities[rel.from].name + " -> " +
           claims.entities[rel.to].name;
    for (const auto& [key, value] : rel.properties) out += " " + key + "=" + ToJson(value);
    if (rel.status != graph::ClaimStatus::kDone) {
      out += " ";
      out += ClaimStatusName(rel.status);
    }
    out += "  (" + rel.rule + ")\n    ";
    out += graph::Slice(work.doc(), rel.evidence.at);
    out += "\n";
  }
}

// Whether a mention from `first` on is a name, so that words may stand for it.
bool HoldsNames(const Workspace& work, MentionId first) {
  for (MentionId id = first; id < work.size(); ++id) {
    if (work.mention(id).type != "Industry") return true;
  }
  return false;
}

}  // namespace

Result<graph::Claims> FindFacts(const graph::Document& doc, const Page& page,
                                const std::vector<SentenceMentions>& found,
                                const graph::Schema& schema, const RuleBook& rules,
                                const Gazetteer* gazetteer, const NameFields* fields,
                                const ClaimScorer* scorer, std::string* explain) {
  Workspace work(doc, schema, page, found);
  StructureContext context{&work, &rules.sets(), gazetteer, fields};

  // What the names and the order of words say.
  FindCoordinated(context);
  FindWorkLists(context);
  FindCompanyLists(context);
  ResolveAnaphora(context);
  FindSubjects(context);
  FindCountedGroups(context);
  FindRounds(context);
  MarkRegionsInNames(context);
  FindClassesInTitles(context);
  FindLawsInReports(context);
  FindRegionalPlans(context);
  FindParents(context);
  FindPlaces(context);
  FindRosters(context);
  FindPositions(context);
  FindStateTalks(context);
  FindAttendance(context);
  FindSignatories(context);
  FindTargets(context);
  FindFieldsOfPlans(context);
  FindSuspendedLaws(context);
  FindObjectTargets(context);
  FindCoveredFields(context);
  FindStatedTargets(context);
  FindRaised(context);
  // What sentences say, by the rules of the schemas.
  const MentionId known = work.size();
  for (std::uint32_t s = 0; s < work.sentences().size(); ++s) {
    if (work.sentence(s).place.kind != SentenceKind::kByline) rules.Apply(work, s);
  }
  // What is only taken from a name where no sentence says it.
  // Once more, for the works that rules have found.
  if (HoldsNames(work, known)) ResolveAnaphora(context);
  FindFounders(context);
  FindTotals(context);
  FindPace(context);
  FindStages(context);
  FindMeasures(context);
  FindHostsInNames(context);
  FindEventYears(context);
  FindIssuersInNames(context);
  FindHeadlinedIssuers(context);
  FindPolicyDates(context);
  FindPlacesInNames(context);

  Names names = Names::Group(work, gazetteer, rules.sets());
  graph::Claims claims;
  claims.document_id = doc.id;
  claims.title = doc.title;
  claims.date = page.date;
  claims.date_inferred = page.date_inferred;
  for (const ArticleAnatomy& anatomy : page.articles) claims.articles.push_back(anatomy.article);
  if (claims.title.empty() && !claims.articles.empty()) {
    claims.title = graph::Slice(doc, claims.articles.front().title);
  }
  std::string unlikely;
  SelectClaims(work, names, gazetteer, rules.sets(), scorer, claims,
               explain != nullptr ? &unlikely : nullptr);
  TUPU_TRY(graph::Normalise(doc, claims));
  if (explain != nullptr) {
    ExplainMentions(work, *explain);
    ExplainRelations(work, claims, *explain);
    if (!unlikely.empty()) *explain += "unlikely, and dropped\n" + unlikely;
  }
  return claims;
}

}  // namespace tupu::extract
