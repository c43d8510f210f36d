// The figures of an evaluation, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "graph/eval/score.h"

namespace tupu::app {

// A table of rows and their 95 % intervals; the properties below it.
std::string EvaluationText(const graph::Evaluation& evaluation);
// One object, one line. Figures are rounded to four places.
std::string EvaluationJson(const graph::Evaluation& evaluation);

// Every false positive and negative, one a line, tab-separated, with a header: document, kind
// (entity, relation), error (missed, spurious), type, forms, sentence. Forms are joined with " | ",
// the ends of a relation with " -> ".
std::string ErrorsText(const std::vector<graph::DocumentScore>& scores);

}  // namespace tupu::app
