// Text as search looks at it: folded, and cut into the terms that an index holds. Behind it stands
// ICU's word segmentation, which has a dictionary for Chinese.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tupu {

// NFKC, case folding and simplified Chinese forms for traditional ones, character by character, so
// that each knows where it came from.
struct FoldedText {
  std::u32string text;
  std::vector<std::uint32_t> origin;  // byte offset of each character's source, and the end
};
FoldedText FoldForSearch(std::string_view text);  // valid UTF-8 only

// The terms of a folded text, in UTF-8, each as often as it stands there: pairs of neighbouring Han
// characters, the last one of each row of them alone, and words that are neither. So a Han
// character stands once for each term of one or two characters that begins with it. Terms longer
// than 64 bytes are cut.
std::vector<std::string> SearchTerms(std::u32string_view folded);

}  // namespace tupu
