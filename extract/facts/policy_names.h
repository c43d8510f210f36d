// Which names of policies mean one document: with and without remarks, as a notice hands it on, as
// a headline says it shorter, by its number, by the last word of its title.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/name_sets.h"
#include "extract/facts/workspace.h"

namespace tupu::extract {

// Joins the policies of `work` in `sets`. `folded`: the folded name of every mention. Names that
// are equal, or introduced as short forms, are joined before.
void JoinPolicyNames(const Workspace& work, const std::vector<std::string>& folded, NameSets& sets);

// 国函〔2030〕4号: what a document is filed under.
bool IsDocumentNumber(std::string_view name);

}  // namespace tupu::extract
