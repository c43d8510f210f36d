#include "extract/ner/paper_titles.h"

#include <algorithm>
#include <string_view>

namespace tupu::extract {
namespace {

bool IsPublicBody(const Candidate& candidate) {
  return candidate.kind == kMinistry || candidate.kind == kLocalGovernment ||
         candidate.kind == kInstitution;
}

bool Stands(const std::vector<Standing>& standing, const Candidate& candidate) {
  return std::any_of(standing.begin(), standing.end(), [&](const Standing& one) {
    return one.candidate.begin == candidate.begin && one.candidate.end == candidate.end &&
           one.candidate.kind == candidate.kind;
  });
}

}  // namespace

std::vector<PaperTitle> FindPaperTitles(const PageNames& page) {
  std::vector<PaperTitle> titles;
  for (std::size_t i = 0; i < page.sents.size(); ++i) {
    const std::vector<Standing>& standing = page.standing[i];
    const auto paper = std::find_if(standing.begin(), standing.end(), [&](const Standing& one) {
      return !one.nested && one.candidate.end == page.sents[i].size() &&
             one.candidate.rule == std::string_view("document.about");
    });
    if (paper == standing.end()) continue;
    PaperTitle title{i, {}, paper->candidate};
    std::uint32_t at = 0;
    for (const Standing& one : standing) {
      if (one.nested || one.candidate.begin != at || !IsPublicBody(one.candidate)) continue;
      title.bodies.push_back(one.candidate);
      at = one.candidate.end;
    }
    if (at == paper->candidate.begin) titles.push_back(std::move(title));
  }
  return titles;
}

void KeepPaperTitles(const Knowledge& know, const std::vector<PaperTitle>& titles,
                     PageNames& page) {
  for (const PaperTitle& title : titles) {
    const std::size_t i = title.sentence;
    std::vector<Candidate>& candidates = page.candidates[i];
    std::vector<Candidate> lost;
    for (const Candidate& body : title.bodies) {
      if (!Stands(page.standing[i], body)) lost.push_back(body);
    }
    const bool named =
        std::any_of(page.standing[i].begin(), page.standing[i].end(), [&](const Standing& one) {
          return one.candidate.kind == kPolicy && !one.nested &&
                 one.candidate.begin < title.paper.end && title.paper.begin < one.candidate.end;
        });
    if (!named) lost.push_back(title.paper);
    if (lost.empty()) continue;
    candidates.insert(candidates.end(), lost.begin(), lost.end());
    page.standing[i] = Resolve(know, candidates);
    DropParts(know, page.sents[i], page.standing[i]);
  }
}

}  // namespace tupu::extract
