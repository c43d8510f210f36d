// A small Chinese graph that the tests of queries ask, and what they ask it with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/store/store.h"
#include "query/run.h"
#include "query/session.h"

namespace tupu::query {

// Two ministries, their policies, an official with two posts, two companies that hold shares of
// each other, and their projects; from two documents.
const graph::View& TestView();

struct Answer {
  std::vector<std::string> columns;
  std::vector<std::string> rows;  // each row's values as JSON, joined by " | "
  std::string error;              // as FormatQueryError shows it
  std::string detail;
};

Answer Ask(std::string_view text, const Parameters& parameters = {},
           const PlannerOptions& options = {}, const QueryLimits& limits = {});

// The one value that `RETURN expression` gives, or "error: …".
std::string Evaluate(std::string_view expression, const Parameters& parameters = {});

std::string Join(const std::vector<std::string>& lines);  // by line feeds

}  // namespace tupu::query
