// doccano's JSON Lines of projects with relations:
// {"id","text","entities":[{"id","label","start_offset","end_offset"}],
//  "relations":[{"id","type","from_id","to_id"}]}
//
// doccano numbers documents and spans anew and has no place for properties. Further keys come
// through unchanged, so the document's id is "document_id", and notes are a list "notes" of
// {"spans":[[start,end,label]], "note"} or {"type","spans":[[…],[…]],"note"}, by place. Spans of
// one entity are joined by relations of type Equiv. Offsets are code points.
#pragma once

#include <string>
#include <string_view>

#include "graph/base/error.h"
#include "graph/eval/standoff.h"

namespace tupu::graph {

// One line, without line feed.
std::string ToDoccano(const Standoff& standoff);

// kInvalidInput at `where`, naming the place in the object. Notes whose spans have since been moved
// or deleted are passed over.
Result<Standoff> ParseDoccano(std::string_view json, std::string_view where);

// Whether an object is doccano's rather than an annotated document's.
bool IsDoccano(std::string_view json);

}  // namespace tupu::graph
