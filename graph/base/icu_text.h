// UTF-8 to and from ICU's strings; for the library's own files.
#pragma once

#include <unicode/unistr.h>

#include <string_view>

namespace tupu {

// Malformed bytes become U+FFFD.
inline icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

}  // namespace tupu
