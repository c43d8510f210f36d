// Relations that the build of names and sentences gives, where patterns would be clumsy.
//
// Each function proposes proposals over the whole document. Words come from the word sets of
// schemas/rules (structure.json), so that they can be edited without compiling.
#pragma once

#include "extract/facts/names.h"
#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"
#include "extract/ner/gazetteer.h"

namespace tupu::extract {

class NameFields;

struct StructureContext {
  Workspace* work = nullptr;
  const WordSets* sets = nullptr;
  const Gazetteer* gazetteer = nullptr;  // may be null
  const NameFields* fields = nullptr;    // may be null
};

// Marks 公司, 该市, 前者 and the like as standing for a name, where that is certain.
void ResolveAnaphora(StructureContext& context);

// Marks clauses that take over the subject of what stands before them.
void FindSubjects(StructureContext& context);

// The same where bodies are only counted (五部门联合印发) that the article names: whoever they are
// is the subject of what follows.
void FindCountedGroups(StructureContext& context);

// Names with one shared head (乌鲁木齐、石河子高新区) put together, as mentions of their own.
void FindCoordinated(StructureContext& context);

// LOCATED_IN: regions inside names and side by side (福建漳州龙海), bare department names, and,
// for events and projects that nothing else has placed, the region in their name.
// MarkRegionsInNames makes mentions of those regions; FindPlaces also places what FindParents
// found.
void MarkRegionsInNames(StructureContext& context);
void FindPlaces(StructureContext& context);
void FindPlacesInNames(StructureContext& context);

// The part of FindPlaces that looks at sentences: regions side by side, names behind their place,
// the place that a sentence begins with.
void FindPlaceChains(StructureContext& context);

// Bodies in the names of documents that are classes of them. After MarkRegionsInNames.
void FindClassesInTitles(StructureContext& context);

// The five-year plans of regions, which are not the country's.
void FindRegionalPlans(StructureContext& context);
// TARGETS of the five-year plans of fields.
void FindFieldsOfPlans(StructureContext& context);

// The laws that a report on how they are carried out names, as mentions of their own.
void FindLawsInReports(StructureContext& context);

// PART_OF from names that begin with the parent's name.
void FindParents(StructureContext& context);

// The amount of projects from their total investment, and INVESTS where a company builds one and no
// other investor is named.
void FindTotals(StructureContext& context);

// INVESTS of rounds of funding, and the companies that take part in them. Before
// MarkRegionsInNames, which then looks for regions in their names too.
void FindRounds(StructureContext& context);

// INVESTS of the works that a company raises money for.
void FindRaised(StructureContext& context);

// Companies that stand in a list of companies.
void FindCompanyLists(StructureContext& context);

// Projects that a list names before 等…项目.
void FindWorkLists(StructureContext& context);

// BUILDS where regions are counted by how far they have come.
void FindPace(StructureContext& context);

// The stage of projects: 开工, 在建, 投产.
void FindStages(StructureContext& context);
// How large works are: area, capacity and length.
void FindMeasures(StructureContext& context);

// HOLDS_POSITION from posts written before a name.
void FindPositions(StructureContext& context);
// The same of those whom a roster names under the posts of a body. Before FindPositions.
void FindRosters(StructureContext& context);
// The same of founders without their company's name, in the news of its funding. After the rules.
void FindFounders(StructureContext& context);

// ATTENDED and HELD around events.
void FindAttendance(StructureContext& context);

// COOPERATES_WITH where the article's two states sign something. After FindPositions.
void FindStateTalks(StructureContext& context);

// HELD by the body that an event's name begins with, where nothing else says by whom. After the
// rules.
void FindHostsInNames(StructureContext& context);

// The year of events that are held on a day that nothing says.
void FindEventYears(StructureContext& context);

// TARGETS from the names of policies and events.
void FindTargets(StructureContext& context);
// TARGETS of decisions by which a law does not hold somewhere as it stands, and whether a name is
// that of one.
void FindSuspendedLaws(StructureContext& context);
bool SuspendsLaw(std::string_view name);
// TARGETS from the objects of the clauses behind a policy's name and of the measures that a
// document lists; before FindStatedTargets, which leaves out the classes inside those that it
// finds.
void FindObjectTargets(StructureContext& context);
// TARGETS from the fields that the paragraph lists after a policy or an event.
void FindCoveredFields(StructureContext& context);
// TARGETS from the known classes behind a policy's name.
void FindStatedTargets(StructureContext& context);

// ISSUED from the form of official papers: signatures, orders, notes on who adopted them. Before
// FindTargets, which reads the names of papers that are found here.
void FindSignatories(StructureContext& context);

// ISSUED from a name that holds its issuer, and from a reply to those who made a request.
void FindIssuersInNames(StructureContext& context);

// ISSUED from a headline that says a document to be out, and the bodies that the text begins with.
// After the rules of the schemas, which know more.
void FindHeadlinedIssuers(StructureContext& context);

// The dates of policies that no rule has given: of issue (also of ISSUED) and of coming into force.
void FindPolicyDates(StructureContext& context);

// The word sets that the functions above need; RuleBook::Load checks that they are there.
const std::vector<std::string_view>& NeededSets();

}  // namespace tupu::extract
