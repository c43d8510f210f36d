// The words around a number that say how it is meant: 超, 约, 不低于 … 以上, 左右, and the signs of
// a range.
#pragma once

#include <cstddef>
#include <cstdint>

#include "extract/norm/chars.h"

namespace tupu::extract {

enum class Bound : std::uint8_t { kExact, kAbout, kAtLeast, kAtMost };

// The bound word that ends at `begin`, if any: sets `bound` and returns where it begins. Words that
// mean the number itself (达, 高达) belong to none: `begin` is returned.
std::size_t BoundBefore(const Chars& chars, std::size_t begin, Bound& bound);

// Sets `bound` if a word such as 以上 stands at `end`.
void BoundAfter(const Chars& chars, std::size_t end, Bound& bound);

// Whether a sign such as 至, - or ～ stands at `pos`; `after` receives where the second number may
// begin. A dash (——) is none.
bool IsRangeSign(const Chars& chars, std::size_t pos, std::size_t& after);

}  // namespace tupu::extract
