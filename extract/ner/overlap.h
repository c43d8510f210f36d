// The one overlap policy: which of the candidates stand, and which of them inside another.
#pragma once

#include <vector>

#include "extract/ner/candidates.h"

namespace tupu::extract {

struct Standing {
  Candidate candidate;
  bool nested = false;
};

// Titles of documents and people first, then the longest, then the strongest, industries last; what
// crosses one that stands falls; what lies inside one stands where it carries meaning (上海市 in
// 上海市财政局, but not 中国 in the name of a company). By begin, an outer before its inner ones.
std::vector<Standing> Resolve(const Knowledge& know, std::vector<Candidate> candidates);

// Takes away what is only a part of a longer name that no list has: 德州 of 别尔哥罗德州, 复旦 of
// 复旦一号卫星.
void DropParts(const Knowledge& know, const AnalysedSentence& sent,
               std::vector<Standing>& standing);

}  // namespace tupu::extract
