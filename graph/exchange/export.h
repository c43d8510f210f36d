// The graph as files that other tools read.
//
// Every format is a function of the documents: sorted by id, no internal number, path or time in
// it, so that two stores of the same documents give the same bytes.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "graph/base/error.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::graph {

enum class ExportFormat : std::uint8_t {
  kJsonl,
  kRelationsCsv,
  kRelationsJsonl,
  kEntitiesCsv,
  kEntitiesJsonl,
  kGraphml
};

struct ExportFormatInfo {
  ExportFormat format;
  std::string_view name;   // as --format takes it
  std::string_view about;  // one line for people
};
std::span<const ExportFormatInfo> ExportFormats();
std::optional<ExportFormat> FindExportFormat(std::string_view name);

// Takes the next piece of the file; false: nobody wants more, and Export returns without error.
using ExportSink = std::function<bool(std::string_view)>;

// Writes the whole view. Memory does not grow with the store (sorting spills to temporary files).
Status Export(const View& view, const Schema& schema, ExportFormat format, const ExportSink& sink);

}  // namespace tupu::graph
