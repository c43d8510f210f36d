// Documents together with what people wrote down of them.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "graph/base/error.h"
#include "graph/eval/annotated_document.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::app {

struct AnnotatedPaths {
  std::vector<std::string> gold;
  std::vector<std::string> documents;
};
// --gold and --documents, each as often as one likes.
void AddAnnotatedOptions(CLI::App& command, AnnotatedPaths& paths);

// Calls `use` with every document that the gold graphs hold, and its graph; returns how many
// documents were rejected, each having been told. Fails where no document is annotated.
Result<std::uint64_t> ReadAnnotated(
    const AnnotatedPaths& paths, const graph::Schema& schema,
    const std::function<Status(const graph::Document&, const graph::AnnotatedDocument&)>& use);

}  // namespace tupu::app
