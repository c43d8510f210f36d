// Runs one scenario of the TCK against one store.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "graph/store/store.h"
#include "tests/query/tck/gherkin.h"

namespace tupu::query::tck {

struct Setting {
  graph::Store& store;           // empty
  std::filesystem::path graphs;  // with the named graphs
};

// What did not come out as the scenario says; nothing where all did.
std::optional<std::string> Run(const Scenario& scenario, const Setting& setting);

}  // namespace tupu::query::tck
