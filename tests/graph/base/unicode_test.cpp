#include "graph/base/unicode.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "graph/base/utf8.h"

namespace tupu {
namespace {

using namespace std::string_literals;

// 国务院印发通知，要求各地抓好落实。 in GBK.
const std::string kGbk =
    "\xb9\xfa\xce\xf1\xd4\xba\xd3\xa1\xb7\xa2\xcd\xa8\xd6\xaa\xa3\xac\xd2\xaa\xc7\xf3\xb8\xf7"
    "\xb5\xd8\xd7\xa5\xba\xc3\xc2\xe4\xca\xb5\xa1\xa3";

TEST_CASE("bytes that are no text are refused, with the place") {
  struct Case {
    const char* name;
    std::string bytes;
    const char* message;
  };
  const Case cases[] = {
      {"NUL", "甲\0乙"s, "control character U+0000 at byte 3"},
      {"escape", "\x1b[0m", "control character U+001B at byte 0"},
      {"delete", "ab\x7f", "control character U+007F at byte 2"},
      {"C1", "a\xc2\x80", "control character U+0080 at byte 1"},
      {"C1 last", "\xc2\x9f", "control character U+009F at byte 0"},
      {"U+FFFE", "好\xef\xbf\xbe", "U+FFFE at byte 3"},
      {"U+FFFF", "\xef\xbf\xbf", "U+FFFF at byte 0"},
      {"one broken byte in UTF-8", "今天\xff召开全国会议，部署下一步工作。", "byte 6 is neither"},
      {"UTF-8 cut off", "国家发展改革委印发通知\xe5\x9b", "byte 33 is neither"},
      {"Latin-1", "caf\xe9 cr\xe8me", "byte 3 is neither"},
      {"GBK cut off", kGbk.substr(0, kGbk.size() - 1), "byte 0 is neither"},
      {"UTF-16 of odd length", "\xff\xfe\x2d\x4e\x2d", "not UTF-16LE"},
      {"UTF-16 with half a pair", "\xff\xfe\x40\xd8", "not UTF-16LE"},
      {"UTF-16 with NUL", "\xfe\xff\x00\x00"s, "U+0000"},
      // 這是一篇用大五碼寫成的文章 (Big5)
      {"Big5",
       "\xb3\x6f\xac\x4f\xa4\x40\xbd\x67\xa5\xce\xa4\x6a\xa4\xad\xbd\x58\xbc\x67\xa6\xa8\xaa\xba"
       "\xa4\xe5\xb3\xb9",
       "byte 0 is neither"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto decoded = DecodeText(c.bytes);
    REQUIRE_FALSE(decoded.ok());
    CHECK(decoded.error().code == ErrorCode::kInvalidInput);
    CHECK_MESSAGE(decoded.error().message.find(c.message) != std::string::npos,
                  decoded.error().message);
  }
}

TEST_CASE("encodings are told apart") {
  struct Case {
    std::string bytes;
    const char* encoding;
    std::string text;
  };
  const Case cases[] = {
      {"", "UTF-8", ""},
      {"\xef\xbb\xbf市", "UTF-8", "市"},
      {"a\tb\r\n\v\f", "UTF-8", "a\tb\r\n\v\f"},
      {"a\xc2\x85", "UTF-8", "a\xc2\x85"},
      {"\xef\xbf\xbd", "UTF-8", "\xef\xbf\xbd"},
      {"\xff\xfe\x2d\x4e", "UTF-16LE", "中"},
      {"\xfe\xff\x4e\x2d\xd8\x42\xdf\xb7", "UTF-16BE", "中𠮷"},
      {kGbk, "GB18030", "国务院印发通知，要求各地抓好落实。"},
      // four bytes beyond the basic plane, among usual characters: 国𠮷国国
      {"\xb9\xfa\x95\x34\xb2\x35\xb9\xfa\xb9\xfa", "GB18030", "国\xf0\xa0\xae\xb7国国"},
      // a list in GBK with much ASCII in it
      {"2026-03-05 GDP 5.3% \xb9\xfa\xce\xf1\xd4\xba", "GB18030", "2026-03-05 GDP 5.3% 国务院"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto decoded = DecodeText(c.bytes);
    REQUIRE_MESSAGE(decoded.ok(), decoded.error().ToString());
    CHECK(decoded->encoding == c.encoding);
    CHECK(decoded->text == c.text);
  }
}

TEST_CASE("a surrogate pair survives every place in the converter's buffer") {
  for (std::size_t before : {1022u, 1023u, 4094u, 4095u, 4096u, 8190u, 8191u}) {
    CAPTURE(before);
    std::string bytes = "\xfe\xff";
    for (std::size_t i = 0; i < before; ++i) bytes += "\x4e\x2d";
    bytes += "\xd8\x42\xdf\xb7\x4e\x2d";
    const auto decoded = DecodeText(bytes);
    REQUIRE(decoded.ok());
    std::string expected;
    for (std::size_t i = 0; i < before; ++i) expected += "中";
    CHECK(decoded->text == expected + "\xf0\xa0\xae\xb7中");
  }
}

TEST_CASE("declared encodings") {
  CHECK(DecodeTextAs(kGbk, "GB2312")->text == "国务院印发通知，要求各地抓好落实。");
  CHECK(DecodeTextAs("\xa4\xa4\xa4\xe5", "big5")->text == "中文");
  CHECK(DecodeTextAs("\xef\xbb\xbf中", "utf-8")->text == "中");
  CHECK_FALSE(DecodeTextAs("\xff", "UTF-8").ok());
  CHECK_FALSE(DecodeTextAs("\xb9", "gbk").ok());
  const auto unknown = DecodeTextAs("a", "koi8-r");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().message.find("koi8-r") != std::string::npos);
}

TEST_CASE("names that read the same fold to the same") {
  const std::pair<const char*, const char*> cases[] = {{"《工业园区　指引》", "工业园区指引"},
                                                       {"ＡＢＣ集团", "abc集团"},
                                                       {"“三争”行动", "三争行动"},
                                                       {"麦麦提·艾力", "麦麦提艾力"},
                                                       {"①", "1"},
                                                       {"", ""}};
  for (const auto& [name, folded] : cases) CHECK(FoldName(name) == folded);
  // ASCII folds the same beside characters that need tables.
  for (char c = 0; c < 0x7f; ++c)
    CHECK(FoldName(std::string(1, c) + "（") == FoldName(std::string(1, c)) + "(");
  // And so does every ideograph.
  for (char32_t c = 0x4DFF; c <= 0xA000; ++c) {
    const std::string name = ToUtf8(std::u32string(1, c));
    if (FoldName(name) != name || FoldName(name + "（") != name + "(") FAIL(name);
  }
}

TEST_CASE("columns on a terminal") {
  CHECK(DisplayWidth("ab") == 2);
  CHECK(DisplayWidth("国务院") == 6);
  CHECK(DisplayWidth("e\xcc\x81") == 1);
  CHECK(DisplayWidth("，a") == 3);
}

}  // namespace
}  // namespace tupu
