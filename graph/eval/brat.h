// brat's standoff format: DOCUMENT.txt as annotated, DOCUMENT.ann with one annotation a line,
// annotation.conf with the types. https://brat.nlplab.org/standoff.html
//
// T lines are spans, R lines relations, "*" lines (Equiv) join spans of one entity, A lines and
// AnnotatorNotes carry properties. Offsets are code points of the .txt as it stands, line ends
// included. A span holds no line end: one that crosses lines has a fragment a line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "graph/base/error.h"
#include "graph/eval/standoff.h"

namespace tupu::graph {

// The .ann file. Properties for which the schema lists values are attributes (A), others notes.
std::string ToBrat(const Standoff& standoff, const Schema& schema);

// annotation.conf for the types of the schema. kSchema for a name that brat cannot hold: it takes
// ASCII letters, digits, - and _.
Result<std::string> BratConfiguration(const Schema& schema);

// Fails with kInvalidInput at "WHERE:LINE" for a line that is none of brat's, for offsets outside
// the text, and for spans whose text is not what stands there. Normalisations (N) are passed over;
// events (E) are an error, since a graph has none.
Result<Standoff> ParseBrat(std::string id, std::string text, std::string_view annotations,
                           std::string_view where);

// A document id as a file name without extension, and back: what file systems or brat's addresses
// do not take is written ~XX, its bytes in hexadecimal. kInvalidInput where it gets too long.
Result<std::string> BratFileName(std::string_view id);
std::string BratDocumentId(std::string_view file_name);

}  // namespace tupu::graph
