#include "extract/ner/automaton.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using tupu::Span;
using tupu::extract::Automaton;

namespace {

std::vector<std::string> Longest(const std::vector<std::string>& words, const std::string& text) {
  Automaton automaton(words);
  std::vector<std::string> out;
  for (const auto& hit : automaton.FindLongest(text)) out.push_back(words[hit.word]);
  return out;
}

using FoundWords = std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;

}  // namespace

TEST_CASE("an automaton of nothing finds nothing") {
  Automaton empty;
  CHECK(empty.FindLongest("北京").empty());
  CHECK(empty.Lookup("北京") == Automaton::kNone);
  Automaton none{std::vector<std::string>{}};
  CHECK(none.FindLongest("北京").empty());
}

TEST_CASE("leftmost-longest") {
  struct Case {
    std::vector<std::string> words;
    const char* text;
    std::vector<std::string> found;
  };
  for (const Case& c : std::vector<Case>{
           {{"北京"}, "", {}},
           {{"北京"}, "北", {}},
           {{"北京"}, "北京北京", {"北京", "北京"}},
           {{"北京", "北京大学"}, "北京大学", {"北京大学"}},
           {{"北京", "北京大学"}, "北京大雪", {"北京"}},
           {{"北京", "京大学"}, "北京大学", {"北京"}},
           {{"abcd", "b", "bcde"}, "abcde", {"abcd"}},
           {{"abcd", "bc", "e"}, "abce", {"bc", "e"}},
           {{"a", "ab", "bcd"}, "abcd", {"ab"}},
           {{"长江", "江苏", "苏州"}, "长江苏州", {"长江", "苏州"}},
           {{"河北省", "河北", "北省"}, "河北省河北", {"河北省", "河北"}},
           {{"a", "aaaa"}, "aaa", {"a", "a", "a"}},
           {{"刚果（金）", "刚果"}, "赴刚果（金）", {"刚果（金）"}},
           {{"𠮷野家", "吉野"}, "在𠮷野家", {"𠮷野家"}},
       }) {
    CAPTURE(c.text);
    CHECK(Longest(c.words, c.text) == c.found);
  }
}

TEST_CASE("look-up is exact") {
  std::vector<std::string> words = {"海南", "海南省", "南"};
  Automaton automaton(words);
  CHECK(automaton.Lookup("海南") == 0);
  CHECK(automaton.Lookup("海南省") == 1);
  CHECK(automaton.Lookup("南") == 2);
  for (const char* text : {"", "海", "海南省份", "省", "x"}) {
    CAPTURE(text);
    CHECK(automaton.Lookup(text) == Automaton::kNone);
  }
}

TEST_CASE("agrees with a naive search on random words and texts") {
  const std::vector<std::string> letters = {"一", "二", "三", "a", "四", "é"};
  std::mt19937 random(20260227);
  for (int round = 0; round < 300; ++round) {
    auto make = [&](std::size_t most) {
      std::string out;
      std::size_t length = 1 + random() % most;
      for (std::size_t i = 0; i < length; ++i) out += letters[random() % letters.size()];
      return out;
    };
    std::set<std::string> set;
    std::size_t count = 1 + random() % 12;
    while (set.size() < count) set.insert(make(4));
    std::vector<std::string> words(set.begin(), set.end());
    std::shuffle(words.begin(), words.end(), random);
    std::string text = make(40);
    Automaton automaton(words);

    FoundWords found;
    automaton.ForEach(text, [&](std::uint32_t word, Span span) {
      found.insert({word, span.begin, span.end});
    });
    FoundWords expected;
    for (std::uint32_t w = 0; w < words.size(); ++w) {
      for (std::size_t at = text.find(words[w]); at != std::string::npos;
           at = text.find(words[w], at + 1)) {
        expected.insert(
            {w, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words[w].size())});
      }
    }
    REQUIRE(found == expected);

    // Side by side with another one, both find what they find alone.
    const Automaton other(round % 10 == 0 ? std::vector<std::string>{} : std::vector{make(2)});
    using Hits = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;
    const auto into = [](Hits& hits) {
      return [&](std::uint32_t word, Span span) { hits.push_back({word, span.begin, span.end}); };
    };
    Hits one, two, one_alone, two_alone;
    automaton.ForEach(text, into(one_alone));
    other.ForEach(text, into(two_alone));
    Automaton::ForEachOfTwo(text, automaton, into(one), other, into(two));
    REQUIRE(one == one_alone);
    REQUIRE(two == two_alone);

    std::vector<std::string> longest;
    for (std::size_t pos = 0; pos < text.size();) {
      std::string best;
      for (const std::string& word : words) {
        if (word.size() > best.size() && text.compare(pos, word.size(), word) == 0) best = word;
      }
      if (!best.empty()) longest.push_back(best);
      pos += best.empty() ? 1 : best.size();
    }
    REQUIRE(Longest(words, text) == longest);
    for (std::uint32_t w = 0; w < words.size(); ++w) REQUIRE(automaton.Lookup(words[w]) == w);
  }
}
