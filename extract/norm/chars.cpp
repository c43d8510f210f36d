#include "extract/norm/chars.h"

#include <algorithm>

#include "graph/base/error.h"
#include "graph/base/utf8.h"

namespace tupu::extract {

Chars::Chars(std::string_view text) : text_(text) {
  points_.reserve(text.size() / 3 + 8);
  offsets_.reserve(text.size() / 3 + 9);
  for (std::size_t pos = 0; pos < text.size();) {
    CodePoint point = DecodeAt(text, pos);
    points_.push_back(point.value);
    offsets_.push_back(static_cast<std::uint32_t>(pos));
    pos += point.size;
  }
  offsets_.push_back(static_cast<std::uint32_t>(text.size()));
}

std::size_t Chars::PositionOf(std::uint32_t byte) const {
  auto found = std::lower_bound(offsets_.begin(), offsets_.end(), byte);
  TUPU_CONTRACT(found != offsets_.end() && *found == byte);
  return static_cast<std::size_t>(found - offsets_.begin());
}

bool Chars::RestStartsAt(std::size_t pos, std::u32string_view word) const {
  if (word.size() > points_.size() - pos) return false;
  return std::equal(word.begin() + 1, word.end(),
                    points_.begin() + static_cast<std::ptrdiff_t>(pos) + 1);
}

bool Chars::EndsAt(std::size_t pos, std::u32string_view word) const {
  return pos >= word.size() && StartsAt(pos - word.size(), word);
}

}  // namespace tupu::extract
