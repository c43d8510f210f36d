// Half-open byte ranges into a text that somebody else owns.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "graph/base/error.h"

namespace tupu {

// [begin, end) in bytes. Texts are limited to 4 GiB, documents to far less.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const Span&) const = default;
};

// The bytes of `text` that `span` covers. The span must lie within the text.
inline std::string_view Slice(std::string_view text, Span span) {
  TUPU_CONTRACT(span.begin <= span.end && span.end <= text.size());
  return text.substr(span.begin, span.size());
}

}  // namespace tupu
