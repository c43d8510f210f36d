// From proposed relations between mentions to claims between local entities.
#pragma once

#include "extract/facts/names.h"
#include "extract/facts/workspace.h"
#include "extract/ner/gazetteer.h"
#include "graph/model/claims.h"

namespace tupu::extract {

// Each relation once a pair, the surest evidence kept; what contradicts the ontology or a smaller
// place dropped; entities that only count inside a relation (classes, regions in the names of
// policies) dropped where they stand in none. Fills everything of Claims but the articles.
void SelectClaims(const Workspace& work, Names& names, const Gazetteer* gazetteer,
                  const WordSets& sets, graph::Claims& claims);

}  // namespace tupu::extract
