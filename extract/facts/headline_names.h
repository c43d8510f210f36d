// Names of one thing that a headline and the sentence below it give differently.
#pragma once

#include <utility>
#include <vector>

#include "extract/facts/workspace.h"

namespace tupu::extract {

// Pairs of a headline's name and the one below it.
std::vector<std::pair<MentionId, MentionId>> FindHeadlineNames(const Workspace& work);

}  // namespace tupu::extract
