// Other forms of a text: Unicode's normal forms, simplified and traditional characters.
#pragma once

#include <string>
#include <string_view>

namespace tupu {

enum class NormalForm { kNfc, kNfd, kNfkc, kNfkd };

// Valid UTF-8 only.
std::string Normalize(std::string_view text, NormalForm form);
// Character by character and by the usual words, as ICU has it; what has no other form stays.
std::string ToSimplified(std::string_view text);
std::string ToTraditional(std::string_view text);

}  // namespace tupu
