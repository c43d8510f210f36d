// Titles of official papers behind the bodies that issued them: 甲厅乙局关于…的通知, all of a line.
#pragma once

#include <vector>

#include "extract/ner/arbiter.h"

namespace tupu::extract {

struct PaperTitle {
  std::size_t sentence = 0;
  std::vector<Candidate> bodies;  // those before 关于; none where the paper's name holds them
  Candidate paper;
};

// The titles that stand on the page. Time is linear in what stands.
std::vector<PaperTitle> FindPaperTitles(const PageNames& page);

// Sees to it that each of them is still a paper, within whatever borders, and its bodies stand. A
// tagger that cannot decide whether the bodies belong to the name may take both for unlikely.
void KeepPaperTitles(const Knowledge& know, const std::vector<PaperTitle>& titles, PageNames& page);

}  // namespace tupu::extract
