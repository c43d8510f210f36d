// What goes in: one input page.
#pragma once

#include <cstdint>
#include <string>

#include "graph/base/span.h"

namespace tupu::graph {

// The unit of id, storing, removal and provenance. Valid UTF-8 throughout.
struct Document {
  std::string id;
  std::string title;   // may be empty
  std::string source;  // the outlet or site, may be empty
  std::string url;     // may be empty
  std::string date;    // of publication: ISO 8601 (2026, 2026-02 or 2026-02-25) or empty
  std::string text;

  bool operator==(const Document&) const = default;
};

// Which text of a document an offset counts in.
enum class Field : std::uint8_t { kText = 0, kTitle = 1 };  // stored; never renumber

// A place in a document. Bytes inside; code points only where they are shown.
struct FieldSpan {
  Field field = Field::kText;
  Span span;
  auto operator<=>(const FieldSpan&) const = default;
};

inline const std::string& TextOf(const Document& doc, Field field) {
  return field == Field::kText ? doc.text : doc.title;
}
inline std::string_view Slice(const Document& doc, FieldSpan at) {
  return Slice(TextOf(doc, at.field), at.span);
}

}  // namespace tupu::graph
