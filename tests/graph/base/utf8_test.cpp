#include "graph/base/utf8.h"

#include <doctest/doctest.h>

#include <string>

namespace tupu {
namespace {

TEST_CASE("broken UTF-8 is found at its first byte") {
  const std::pair<std::string, std::size_t> cases[] = {
      {"\x80", 0},                  // a continuation alone
      {"中\xe4\xb8", 3},            // cut off
      {"a\xc0\xaf", 1},             // overlong
      {"\xe0\x80\x80", 0},          // overlong
      {"\xed\xa0\x80", 0},          // a surrogate
      {"\xf4\x90\x80\x80", 0},      // above U+10FFFF
      {"\xf8\x88\x80\x80\x80", 0},  // five bytes
      {"好\xff", 3},
  };
  for (const auto& [text, pos] : cases) CHECK(FindInvalidUtf8(text) == pos);
  for (const char* text : {"", "abc", "工业园区", "𠮷", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"}) {
    CHECK(FindInvalidUtf8(text) == std::string_view::npos);
  }
}

TEST_CASE("code points: there and back") {
  const std::string text = "a中𠮷é。";
  const std::u32string wide = ToUtf32(text);
  CHECK(wide == U"a中𠮷é。");
  CHECK(ToUtf8(wide) == text);
  CHECK(CountCodePoints(text) == 5);
  CHECK(DecodeBefore(text, text.size()).value == U'。');
  CHECK(DecodeBefore(text, 0).size == 0);
  CHECK(DecodeAt(text, text.size()).size == 0);
  const CodePointIndex index(text);
  std::uint32_t byte = 0;
  for (std::uint32_t i = 0; i <= wide.size(); ++i) {
    CHECK(index.ToBytes(i) == byte);
    CHECK(index.ToCodePoints(byte) == i);
    byte += DecodeAt(text, byte).size;
  }
}

TEST_CASE("Han") {
  for (char32_t c : U"中龥〇𠮷㐀") {
    if (c != 0) CHECK(IsHan(c));
  }
  for (char32_t c : U"a1。，カ한") {
    if (c != 0) CHECK_FALSE(IsHan(c));
  }
}

}  // namespace
}  // namespace tupu
