// Annotations as the tools of annotators keep them: a text, labelled spans of it, arrows between
// spans. Between this and a document's graph lie these rules:
//
// - The text is the document's; where it has a title of its own, title and line feed stand before.
// - Every mention is a span. Spans of one type and equal (folded) text are one entity, and so are
//   spans that are joined. A `homonym` number in their notes keeps equal ones apart.
// - An entity's name is the longest of its spans (the first of equally long ones), or `name` in a
//   note; its aliases are its other spans and each `alias` in a note. A span that is only a piece
//   of a name (乌鲁木齐 in 乌鲁木齐、石河子高新区) has `part` in its note and is no form. What else
//   notes hold are properties.
// - A relation's evidence is the sentence around its two spans; where they stand on different
//   lines, that around the later one.
//
// An extracted graph that is written and read again is the same graph; only evidence is found anew.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/span.h"
#include "graph/eval/annotated_document.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::graph {

// In the order given; a key may stand more than once.
using Note = std::vector<std::pair<std::string, Value>>;

struct StandoffSpan {
  std::string type;
  std::vector<Span> fragments;  // bytes; in order, none empty, none overlapping
  Note note;
  std::string place;  // where it was read, for messages: "T3"
};

struct StandoffArrow {
  std::string type;
  std::size_t from = 0;  // indexes into Standoff::spans
  std::size_t to = 0;
  Note note;
  std::string place;
};

struct Standoff {
  std::string id;  // the document's
  std::string text;
  std::vector<StandoffSpan> spans;
  std::vector<StandoffArrow> arrows;
  std::vector<std::vector<std::size_t>> joined;  // spans that are one entity
};

// Claims must be normalised, of `doc`. Denied relations are left out.
Standoff ToStandoff(const Document& doc, const Claims& claims);

// Fails with kInvalidInput at `where` for types that are not in the schema and for joined spans of
// different types.
Result<AnnotatedDocument> FromStandoff(const Standoff& standoff, std::string_view where,
                                       const Schema* schema);

// The text of a span; fragments follow each other directly, as Chinese is written.
std::string TextOf(const Standoff& standoff, const StandoffSpan& span);

// "key=value; key=value": what stands in a note. Texts that would read as numbers or truth values
// are quoted as in JSON; a backslash stands before ; and \, and line ends are \n.
// Reading never fails: what has no = is a remark and is passed over.
std::string FormatNote(const Note& note);
Note ParseNote(std::string_view text);

// Whether a tool that reads by lines may take this character for the end of one.
bool EndsLine(char32_t c);

}  // namespace tupu::graph
