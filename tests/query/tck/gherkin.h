// Gherkin as the openCypher TCK uses it: features, scenarios, outlines with their examples.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"

namespace tupu::query::tck {

using Cells = std::vector<std::string>;

struct Step {
  std::string text;  // without Given, When, Then, And or But
  std::string doc_string;
  std::vector<Cells> table;  // cells with \| and \\ taken for what they mean
};

// One to run: an outline gives one for each row of its examples.
struct Scenario {
  std::string feature;
  std::string name;  // with "(row N)" where it comes from an outline
  std::vector<Step> steps;
};

// The scenarios of one feature file; kInvalidInput with the line of what is no Gherkin. Steps of a
// Background come first in each scenario.
Result<std::vector<Scenario>> ParseFeature(std::string_view text, const std::string& place);

}  // namespace tupu::query::tck
