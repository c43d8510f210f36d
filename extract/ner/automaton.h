// Finds a fixed set of words in a text, all at once: Aho–Corasick (1975) over a double array
// (Aoe 1989), on code points. Used by the gazetteer and by the lexicons. Immutable once built.
//
// The alphabet is the set of characters that occur in the words, numbered by frequency; any other
// character leads back to the root. Scanning is linear in the text for ForEach; FindLongest reads
// again at most a word's length behind each match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/huge_vector.h"
#include "graph/base/ids.h"
#include "graph/base/span.h"
#include "graph/base/utf8.h"

namespace tupu::extract {

class Automaton {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  struct Hit {
    std::uint32_t word = 0;  // index into the words given
    Span span;
  };

  Automaton() = default;
  // Different, not empty, valid UTF-8, of at most 60,000 bytes each; in any order.
  explicit Automaton(const std::vector<std::string>& words);

  // Calls `sink(word, span)` for every occurrence, by end, the longest first. The text must be
  // valid UTF-8.
  template <class Sink>
  void ForEach(std::string_view text, Sink&& sink) const;

  // The same with two automata in one pass. Nearly every step waits for memory, and the steps of
  // the two do not wait for each other.
  template <class Sink, class OtherSink>
  static void ForEachOfTwo(std::string_view text, const Automaton& one, Sink&& sink,
                           const Automaton& other, OtherSink&& other_sink);

  // Leftmost-longest, without overlap, in order.
  std::vector<Hit> FindLongest(std::string_view text) const;

  // The word that `text` is, or kNone.
  std::uint32_t Lookup(std::string_view text) const;

  // The tables as bytes, in this machine's byte order, with a checksum; and read back. `words` says
  // of which words they are (HashFields). Nothing where the bytes are damaged, of other words or of
  // another version of the program: then the words are to be built anew.
  std::string ToImage(const Hash128& words) const;
  static std::optional<Automaton> FromImage(std::string_view image, const Hash128& words);

  std::size_t states() const { return states_.size(); }
  std::size_t words() const { return outs_.size(); }

 private:
  struct State {
    std::int32_t base = 0;        // child by code c stands at base + c
    std::uint32_t check = kNone;  // the parent; kNone: free
    std::uint32_t fail = 0;       // longest proper suffix that is a state
    std::uint32_t out = kNone;    // the longest word that ends here
  };
  // By word, so that what scanning meets often lies as close together as the caller's words do.
  struct Out {
    std::uint32_t size = 0;      // bytes
    std::uint32_t next = kNone;  // the next shorter word that ends where this one does
  };

  std::uint32_t CodeOf(char32_t c) const { return c < codes_.size() ? codes_[c] : 0; }
  std::uint32_t Child(std::uint32_t state, std::uint32_t code) const {
    std::size_t at =
        static_cast<std::size_t>(static_cast<std::int64_t>(states_[state].base) + code);
    return at < states_.size() && marks_[at] == MarkOf(state) && states_[at].check == state
               ? static_cast<std::uint32_t>(at)
               : kNone;
  }
  std::uint32_t Step(std::uint32_t state, std::uint32_t code) const {
    for (;;) {
      std::uint32_t child = Child(state, code);
      if (child != kNone) return child;
      if (state == 0) return 0;
      state = states_[state].fail;
    }
  }

  // The state behind `c`; 0, the root, behind a character of no word. There must be states.
  std::uint32_t Next(std::uint32_t state, char32_t c) const {
    const std::uint32_t code = CodeOf(c);
    return code == 0 ? 0 : Step(state, code);
  }
  // Tells the words that end at `end`, where the string of `state` does.
  template <class Sink>
  void Tell(std::uint32_t state, std::size_t end, Sink&& sink) const {
    for (std::uint32_t word = states_[state].out; word != kNone;) {
      const Out out = outs_[word];
      const auto stop = static_cast<std::uint32_t>(end);
      sink(word, Span{stop - out.size, stop});
      word = out.next;
    }
  }

  static std::uint8_t MarkOf(std::uint32_t state) { return static_cast<std::uint8_t>(state); }
  bool IsSound() const;

  class Builder;
  std::vector<std::uint16_t> codes_;  // by code point; 0: in no word
  HugeVector<State> states_;
  // By state: MarkOf(check). Most steps fail, and all marks together stay in the processor's cache.
  HugeVector<std::uint8_t> marks_;
  HugeVector<Out> outs_;
  HugeVector<std::uint16_t> sizes_;  // by state: bytes of the string that leads there
};

template <class Sink>
void Automaton::ForEach(std::string_view text, Sink&& sink) const {
  if (states_.empty()) return;
  std::uint32_t state = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint point = DecodeAt(text, pos);
    pos += point.size;
    state = Next(state, point.value);
    Tell(state, pos, sink);
  }
}

template <class Sink, class OtherSink>
void Automaton::ForEachOfTwo(std::string_view text, const Automaton& one, Sink&& sink,
                             const Automaton& other, OtherSink&& other_sink) {
  if (one.states_.empty() || other.states_.empty()) {
    one.ForEach(text, sink);
    other.ForEach(text, other_sink);
    return;
  }
  std::uint32_t state = 0;
  std::uint32_t other_state = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint point = DecodeAt(text, pos);
    pos += point.size;
    state = one.Next(state, point.value);
    other_state = other.Next(other_state, point.value);
    one.Tell(state, pos, sink);
    other.Tell(other_state, pos, other_sink);
  }
}

}  // namespace tupu::extract
