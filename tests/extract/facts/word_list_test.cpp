// Where words of a list stand: the index against a search word by word.
#include "extract/facts/word_list.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "graph/base/utf8.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE("the longest word that begins or ends at a place") {
  const WordList list({"印发", "联合印发", "发", "A股", "a", "𠀀竹", "", "§5"});
  struct Case {
    const char* text;
    std::size_t pos;
    std::uint32_t at, before;
  };
  const Case cases[] = {
      {"近日联合印发", 6, 12, 0},
      {"近日联合印发", 12, 6, 0},
      {"近日联合印发", 18, 0, 12},
      {"联合发", 6, 3, 0},
      {"联合发", 9, 0, 3},
      {"A股a", 0, 4, 0},
      {"A股a", 4, 1, 4},
      {"A股a", 5, 0, 1},
      {"𠀀竹", 0, 7, 0},
      {"𠀀竹", 7, 0, 7},
      {"§5", 0, 3, 0},
      {"§5", 3, 0, 3},
      {"联合印", 0, 0, 0},
      {"印", 3, 0, 0},
      {"", 0, 0, 0},
      {"印发", 7, 0, 0},
      {"合印发", 9, 0, 6},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CAPTURE(c.pos);
    CHECK(list.LongestAt(c.text, c.pos) == c.at);
    CHECK(list.LongestBefore(c.text, c.pos) == c.before);
  }
  CHECK(list.StandsIn("有人印发"));
  CHECK_FALSE(list.StandsIn("有人印"));
  CHECK_FALSE(WordList().StandsIn("印发"));
  CHECK(list.words().size() == 8);
  const CharacterFilter first = FirstCharacters(list);
  CHECK(first.MayStandAt("近日印发", 6));
  CHECK_FALSE(first.MayStandAt("近日印发", 0));
  CHECK_FALSE(first.MayStandAt("印发", 6));
  CHECK_FALSE(LastCharacters(list).MayStandBefore("近日印发", 0));
}

TEST_CASE("a list says what a search word by word says") {
  const std::string letters[] = {"甲", "乙", "a", "é", "𠀀"};
  std::uint32_t state = 7;
  const auto text_of = [&](std::size_t most) {
    std::string text;
    state = state * 1664525u + 1013904223u;
    for (std::size_t n = 1 + (state >> 8) % most; n > 0; --n) {
      state = state * 1664525u + 1013904223u;
      text += letters[(state >> 16) % 5];
    }
    return text;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> words;
    for (int i = 0; i < 12; ++i) words.push_back(text_of(3));
    const WordList list(words);
    const CharacterFilter first = FirstCharacters(words), last = LastCharacters(words);
    const std::string text = text_of(20);
    bool any = false;
    for (std::size_t pos = 0; pos <= text.size();) {
      std::size_t at = 0, before = 0;
      for (const std::string& word : words) {
        if (text.compare(pos, word.size(), word) == 0) at = std::max(at, word.size());
        if (std::string_view(text).substr(0, pos).ends_with(word)) {
          before = std::max(before, word.size());
        }
      }
      REQUIRE(list.LongestAt(text, pos) == at);
      REQUIRE(list.LongestBefore(text, pos) == before);
      if (at > 0) REQUIRE(first.MayStandAt(text, pos));
      if (before > 0) REQUIRE(last.MayStandBefore(text, pos));
      any = any || at > 0;
      if (pos == text.size()) break;
      pos += DecodeAt(text, pos).size;
    }
    REQUIRE(list.StandsIn(text) == any);
  }
}
