// Where an entity or an edge comes from: its sentences, with the place marked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/console.h"
#include "graph/base/error.h"
#include "graph/base/span.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::app {

struct WhyOptions {
  bool colour = false;    // marks in bold instead of 【…】
  std::size_t limit = 0;  // sentences at most, for each entity or edge; 0: all
};

// `names` is NAME, or NAME TYPE NAME. kNotFound, with what may have been meant, where there is no
// such entity or edge; kInvalidInput for another number of names.
Status PrintWhy(const graph::View& view, const graph::Schema& schema,
                const std::vector<std::string>& names, const WhyOptions& options, Output& out);

// The sentences of these statements.
Status PrintStatements(const graph::View& view, const graph::Schema& schema,
                       std::vector<graph::Statement> statements, const WhyOptions& options,
                       Output& out);

// `sentence` with the spans marked (half-open bytes; those that overlap or touch become one mark),
// safe to print.
std::string MarkSpans(std::string_view sentence, std::vector<Span> spans, bool colour);

}  // namespace tupu::app
