// What datelines and byline fields share: a bounded window of code points, names under their roles,
// dates within a line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/page.h"
#include "graph/base/span.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"

// A namespace of its own: the names are too plain to share one with the whole room.
namespace tupu::extract::byline {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);
inline constexpr std::size_t kWindow = 160;  // code points looked at
inline constexpr std::size_t kMaxOutletPoints = 16;

// Code points of a stretch of text with their byte offsets.
struct Window {
  std::u32string chars;
  std::vector<std::uint32_t> at;  // one more than chars

  Window(std::string_view text, Span span, std::size_t limit) {
    std::uint32_t pos = span.begin;
    while (pos < span.end && chars.size() < limit) {
      const CodePoint c = DecodeAt(text, pos);
      chars += c.value;
      at.push_back(pos);
      pos += c.size;
    }
    at.push_back(pos);
  }
  std::size_t size() const { return chars.size(); }
  char32_t operator[](std::size_t i) const { return i < chars.size() ? chars[i] : 0; }
  std::u32string_view Part(std::size_t begin, std::size_t end) const {
    return std::u32string_view(chars).substr(begin, end - begin);
  }
  Span Bytes(std::size_t begin, std::size_t end) const { return Span{at[begin], at[end]}; }
  bool StartsAt(std::size_t pos, std::u32string_view word) const {
    return std::u32string_view(chars).substr(std::min(pos, chars.size())).starts_with(word);
  }
};

inline graph::FieldSpan InText(Span span) { return {graph::Field::kText, span}; }
// What parts names in a list: blanks, 、，；：/|.
bool IsNameSeparator(char32_t c);

inline bool IsOpenBracket(char32_t c) { return c == U'（' || c == U'('; }
inline bool IsCloseBracket(char32_t c) { return c == U'）' || c == U')'; }
inline bool IsColon(char32_t c) { return c == U'：' || c == U':'; }

// Names in [begin, end) under the role words among them. `roles`: whether any role word stood
// there; `clean`: nothing else did; `surnames`: how many begin with a family name.
struct NameList {
  std::vector<Byline> names;
  bool roles = false;
  bool editors = false;
  bool clean = true;
  std::size_t surnames = 0;
};

NameList ReadNames(const Window& w, std::size_t begin, std::size_t end, Byline::Role role);

// Names in brackets: under a role word, or by their looks alone (褚小川 雨禾).
bool ReadsAsNames(const NameList& list);

// The date in [begin, end), with its place among the code points.
struct DateAt {
  std::size_t begin = kNone;
  std::size_t end = 0;
  graph::Date date;
};

// A full date, else a month and day.
DateAt FindDate(std::string_view text, const Window& w, std::size_t begin, std::size_t end);

}  // namespace tupu::extract::byline
