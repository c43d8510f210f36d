// Which names of organisations mean one: a company's short form beside its legal name, a department
// beside its abbreviation.
#pragma once

#include <string>
#include <vector>

#include "extract/facts/name_sets.h"
#include "extract/facts/pattern.h"
#include "extract/facts/workspace.h"

namespace tupu::extract {

// Joins the organisations of each article in `sets`. `folded`: the folded name of every mention.
// Names that are equal, or introduced as short forms, are joined before. Needs the word sets
// org_suffix and region_suffix.
void JoinFirmNames(const Workspace& work, const WordSets& words,
                   const std::vector<std::string>& folded, NameSets& sets);

}  // namespace tupu::extract
