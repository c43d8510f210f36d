// From proposed relations between mentions to claims between local entities.
#pragma once

#include "extract/facts/claim_scorer.h"
#include "extract/facts/names.h"
#include "extract/facts/workspace.h"
#include "extract/ner/gazetteer.h"
#include "graph/model/claims.h"

namespace tupu::extract {

// Each relation once a pair, the surest evidence kept; what contradicts the ontology or a smaller
// place dropped, and what `scorer`, which may be null, takes for too unlikely; entities that only
// count inside a relation (classes, regions in the names of policies) dropped where they stand in
// none. Fills everything of Claims but the articles. With `explain`, what the scorer drops is
// appended to it.
void SelectClaims(const Workspace& work, Names& names, const Gazetteer* gazetteer,
                  const WordSets& sets, const ClaimScorer* scorer, graph::Claims& claims,
                  std::string* explain = nullptr);

}  // namespace tupu::extract
