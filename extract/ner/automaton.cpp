// Building goes breadth first over the sorted words, so that when a state's children are placed all
// shorter strings have been: the failure link of a child is one step from its parent's. A free
// list threads the unused cells; a state with several children tries a bounded number of them
// before it takes fresh cells at the end, which keeps building linear in practice.
#include "extract/ner/automaton.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "graph/base/error.h"

namespace tupu::extract {

class Automaton::Builder {
 public:
  Builder(Automaton& out, const std::vector<std::string>& words) : out_(out), words_(words) {}

  void Run() {
    NumberCharacters();
    SortWords();
    out_.states_.reserve(total_ + alphabet_ + 2);
    out_.outs_.resize(words_.size());
    Grow(alphabet_ + 2);
    Take(0, kRoot);
    struct Node {
      std::uint32_t state;
      std::size_t first, last;  // range of sorted words
      std::uint32_t depth;      // in characters
    };
    std::vector<Node> queue{{0, 0, coded_.size(), 0}};
    std::vector<std::pair<std::uint16_t, std::size_t>> children;  // code, first word
    for (std::size_t head = 0; head < queue.size(); ++head) {
      Node node = queue[head];
      std::size_t at = node.first;
      if (at < node.last && coded_[at].size() == node.depth) ++at;  // the word that ends here
      children.clear();
      for (std::size_t i = at; i < node.last; ++i) {
        std::uint16_t code = coded_[i][node.depth];
        if (children.empty() || children.back().first != code) children.push_back({code, i});
      }
      if (children.empty()) continue;
      std::int32_t base = Place(children);
      out_.states_[node.state].base = base;
      for (std::size_t c = 0; c < children.size(); ++c) {
        auto child = static_cast<std::uint32_t>(base + children[c].first);
        Take(child, node.state);
        std::size_t end = c + 1 < children.size() ? children[c + 1].second : node.last;
        Link(node.state, child, children[c].first, children[c].second, node.depth + 1);
        queue.push_back({child, children[c].second, end, node.depth + 1});
      }
    }
    out_.states_.shrink_to_fit();
  }

 private:
  // The root's parent: no state has this number, so the root is nobody's child.
  static constexpr std::uint32_t kRoot = kNone - 1;
  static constexpr int kPatience = 64;

  void NumberCharacters() {
    std::map<char32_t, std::size_t> counts;
    for (const std::string& word : words_) {
      TUPU_CONTRACT(!word.empty() && word.size() <= 60000);
      for (std::size_t pos = 0; pos < word.size();) {
        CodePoint point = DecodeAt(word, pos);
        ++counts[point.value];
        pos += point.size;
        ++total_;
      }
    }
    std::vector<std::pair<std::size_t, char32_t>> order;
    for (auto [c, count] : counts) order.push_back({count, c});
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    TUPU_CONTRACT(order.size() < 0xFFFF);
    alphabet_ = order.size();
    out_.codes_.assign(counts.empty() ? 0 : counts.rbegin()->first + 1, 0);
    std::uint16_t code = 0;
    for (const auto& [count, c] : order) out_.codes_[c] = ++code;
  }

  void SortWords() {
    std::vector<std::u16string> coded(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::size_t pos = 0; pos < words_[i].size();) {
        CodePoint point = DecodeAt(words_[i], pos);
        coded[i].push_back(static_cast<char16_t>(out_.codes_[point.value]));
        pos += point.size;
      }
    }
    word_of_.resize(words_.size());
    std::iota(word_of_.begin(), word_of_.end(), 0u);
    std::sort(word_of_.begin(), word_of_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return coded[a] < coded[b]; });
    coded_.reserve(coded.size());
    for (std::uint32_t word : word_of_) coded_.push_back(std::move(coded[word]));
    for (std::size_t i = 1; i < coded_.size(); ++i) TUPU_CONTRACT(coded_[i - 1] != coded_[i]);
  }

  // Free cells form a ring through next_ and previous_, from free_head_ in order of place.
  void Grow(std::size_t size) {
    std::size_t from = out_.states_.size();
    if (size <= from) return;
    size = std::max(size, from + from / 8 + 256);
    out_.states_.resize(size);
    out_.marks_.resize(size);
    out_.sizes_.resize(size);
    next_.resize(size);
    previous_.resize(size);
    for (std::size_t i = from; i < size; ++i) {
      next_[i] = i + 1 < size ? static_cast<std::uint32_t>(i + 1) : kNone;
      previous_[i] = i > from ? static_cast<std::uint32_t>(i - 1) : free_tail_;
    }
    if (free_tail_ != kNone) next_[free_tail_] = static_cast<std::uint32_t>(from);
    if (free_head_ == kNone) free_head_ = static_cast<std::uint32_t>(from);
    if (cursor_ == kNone) cursor_ = static_cast<std::uint32_t>(from);
    free_tail_ = static_cast<std::uint32_t>(size - 1);
  }

  void Take(std::uint32_t cell, std::uint32_t parent) {
    TUPU_INVARIANT(out_.states_[cell].check == kNone);
    out_.states_[cell].check = parent;
    out_.marks_[cell] = MarkOf(parent);
    if (cursor_ == cell) cursor_ = next_[cell];
    std::uint32_t next = next_[cell];
    std::uint32_t previous = previous_[cell];
    if (previous == kNone) {
      free_head_ = next;
    } else {
      next_[previous] = next;
    }
    if (next == kNone) {
      free_tail_ = previous;
    } else {
      previous_[next] = previous;
    }
  }

  bool IsFree(std::size_t cell) const {
    return cell >= out_.states_.size() || (cell != 0 && out_.states_[cell].check == kNone);
  }

  std::int32_t Place(const std::vector<std::pair<std::uint16_t, std::size_t>>& children) {
    std::uint16_t lowest = children.front().first;
    std::uint16_t highest = children.back().first;
    // The base may be negative as long as every child lands on a cell.
    if (children.size() == 1 && free_head_ != kNone) {
      return static_cast<std::int32_t>(free_head_) - lowest;
    }
    int tries = 0;
    for (std::uint32_t cell = cursor_; cell != kNone; cell = next_[cell]) {
      if (++tries % kPatience == 0)
        cursor_ = cell;  // what lies before is too full to look at again
      std::int64_t base = static_cast<std::int64_t>(cell) - lowest;
      bool fits = std::all_of(children.begin(), children.end(), [&](const auto& child) {
        return IsFree(static_cast<std::size_t>(base + child.first));
      });
      if (!fits) continue;
      Grow(static_cast<std::size_t>(base + highest + 1));
      return static_cast<std::int32_t>(base);
    }
    std::size_t fresh = out_.states_.size();
    Grow(fresh + (highest - lowest) + 1u);
    cursor_ = static_cast<std::uint32_t>(fresh);
    return static_cast<std::int32_t>(fresh) - lowest;
  }

  void Link(std::uint32_t parent, std::uint32_t child, std::uint16_t code, std::size_t word,
            std::uint32_t depth) {
    State& state = out_.states_[child];
    state.fail = parent == 0 ? 0 : out_.Step(out_.states_[parent].fail, code);
    state.out = out_.states_[state.fail].out;
    const std::uint32_t number = word_of_[word];
    const std::string& text = words_[number];
    if (coded_[word].size() == depth) {
      out_.outs_[number] = {static_cast<std::uint32_t>(text.size()), state.out};
      state.out = number;
    }
    const std::size_t before = out_.sizes_[parent];
    out_.sizes_[child] = static_cast<std::uint16_t>(before + DecodeAt(text, before).size);
  }

  Automaton& out_;
  const std::vector<std::string>& words_;
  std::vector<std::uint32_t> word_of_;  // by place in the sorted order
  std::vector<std::u16string> coded_;   // sorted
  std::vector<std::uint32_t> next_, previous_;
  std::uint32_t free_head_ = kNone;
  std::uint32_t cursor_ = kNone;  // where the search for room for several children begins
  std::uint32_t free_tail_ = kNone;
  std::size_t total_ = 0;
  std::size_t alphabet_ = 0;
};

Automaton::Automaton(const std::vector<std::string>& words) {
  if (!words.empty()) Builder(*this, words).Run();
}

std::vector<Automaton::Hit> Automaton::FindLongest(std::string_view text) const {
  std::vector<Hit> out;
  if (states_.empty()) return out;
  std::uint32_t state = 0;
  Hit best;
  bool have = false;
  for (std::size_t pos = 0; pos < text.size() || have;) {
    std::size_t start = text.size();  // where the string of the state begins
    if (pos < text.size()) {
      const CodePoint point = DecodeAt(text, pos);
      state = Next(state, point.value);
      pos += point.size;
      start = pos - sizes_[state];
    }
    if (have && start > best.span.begin) {  // nothing can begin there or before any more
      out.push_back(best);
      pos = best.span.end;
      state = 0;
      have = false;
      continue;
    }
    for (std::uint32_t word = states_[state].out; word != kNone && pos <= text.size();
         word = outs_[word].next) {
      auto end = static_cast<std::uint32_t>(pos);
      Span span{end - outs_[word].size, end};
      if (!have || span.begin < best.span.begin ||
          (span.begin == best.span.begin && span.end > best.span.end)) {
        best = {word, span};
        have = true;
      }
    }
  }
  return out;
}

std::uint32_t Automaton::Lookup(std::string_view text) const {
  if (states_.empty() || text.empty()) return kNone;
  std::uint32_t state = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    CodePoint point = DecodeAt(text, pos);
    std::uint32_t code = CodeOf(point.value);
    if (code == 0) return kNone;
    state = Child(state, code);
    if (state == kNone) return kNone;
    pos += point.size;
  }
  const std::uint32_t word = states_[state].out;
  return word != kNone && outs_[word].size == text.size() ? word : kNone;
}

}  // namespace tupu::extract
