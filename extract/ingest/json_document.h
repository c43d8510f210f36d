// One JSON object to one document, strictly: RFC 8259 in UTF-8, every mistake named with its key
// and what was expected.
#pragma once

#include <string_view>

#include "extract/ingest/reader.h"
#include "graph/base/error.h"
#include "graph/model/document.h"

namespace tupu::extract {

// The keys of DESIGN's input object; others are ignored, null is as good as absent. Numbers are
// taken as the text they are for "id" and "date". The id is left empty where the object has none.
// Memory: the values of the known keys; nesting is limited.
Result<graph::Document> ParseJsonDocument(std::string_view json, const ReadLimits& limits);

}  // namespace tupu::extract
