// The graph as files that other tools read.
//
// Every format is a function of the documents: sorted by id, no internal number, path or time in
// it, so that two stores of the same documents give the same bytes.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  kGraphml,
  kGexf,
  kDot,
  kCypher,
  kNeo4jCsv,
  kNebula,
  kTurtle,
  kNtriples,
  kJsonld,
  kFtm
};

// What of the graph is written. An empty condition holds for everything; all must hold. An edge is
// written with both its ends.
struct ExportFilter {
  // Names of entity or relation types, abstract ones standing for all below them. With entity types
  // both ends of an edge must be of one of them.
  std::vector<std::string> types;
  // The name of a region: only what lies in it (by LOCATED_IN, however many steps) or has an edge
  // to or from that.
  std::string region;
  // Dates (2026, 2026-02, 2026-02-25), both inclusive. An edge's time is its own `date`, else the
  // dates of the documents that state it; one within is enough.
  std::string from, to;

  bool empty() const { return types.empty() && region.empty() && from.empty() && to.empty(); }
};

struct ExportFormatInfo {
  ExportFormat format;
  std::string_view name;   // as --format takes it
  std::string_view about;  // one line for people
  bool folder = false;     // several files
};
std::span<const ExportFormatInfo> ExportFormats();
std::optional<ExportFormat> FindExportFormat(std::string_view name);

// Takes the next piece of a file; false: nobody wants more, and Export returns without error.
// `file` is the name within the folder, "" for a format of one file; the files come one after the
// other, each whole.
using ExportSink = std::function<bool(std::string_view file, std::string_view piece)>;

// Writes what of the view passes the filter. Memory does not grow with the store, but under a
// filter with what passes it (sorting spills to temporary files). kInvalidInput, before anything is
// written, for a filter that names an unknown type, a region that is not in the graph, no date, or
// comes with kJsonl, which is always the whole.
Status Export(const View& view, const Schema& schema, ExportFormat format,
              const ExportFilter& filter, const ExportSink& sink);

}  // namespace tupu::graph
