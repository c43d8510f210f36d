// Sentences of a stretch of text. Two passes over each line: the first pairs quotes and brackets
// (an opener that nothing closes on its line protects nothing), the second cuts at stops outside
// the pairs.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/ingest/lines.h"
#include "extract/ingest/page.h"
#include "extract/ingest/page_items.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// A quotation longer than this holds sentences of its own.
constexpr std::uint32_t kMaxProtectedBytes = 360;

constexpr std::u32string_view kOpeners = U"《〈“‘「『（(【［[〔";
constexpr std::u32string_view kPairedClosers = U"》〉”’」』）)】］]〕";
// Full and half width pair with each other.
constexpr std::array<std::uint8_t, 12> kPairClass = {0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 8, 9};
constexpr std::size_t kPairClasses = 10;

struct Pair {
  std::uint32_t open;   // byte of the opener
  std::uint32_t close;  // byte after the closer
  bool quotation;
};

std::vector<Pair> FindPairs(std::string_view text, Span line) {
  std::vector<Pair> pairs;
  std::vector<std::pair<std::uint32_t, std::uint8_t>> stack;
  std::array<std::uint32_t, kPairClasses> open{};
  for (std::uint32_t pos = line.begin; pos < line.end;) {
    if (IsPlainHan(text, pos)) {
      pos += kPlainHanBytes;
      continue;
    }
    const CodePoint c = DecodeAt(text, pos);
    if (const auto at = kOpeners.find(c.value); at != std::u32string_view::npos) {
      stack.emplace_back(pos, kPairClass[at]);
      ++open[kPairClass[at]];
    } else if (const auto shut = kPairedClosers.find(c.value);
               shut != std::u32string_view::npos && open[kPairClass[shut]] > 0) {
      const std::uint8_t wanted = kPairClass[shut];
      while (stack.back().second != wanted) {
        --open[stack.back().second];
        stack.pop_back();
      }
      pairs.push_back({stack.back().first, pos + c.size, wanted == 2 || wanted == 4});
      --open[wanted];
      stack.pop_back();
    }
    pos += c.size;
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& a, const Pair& b) { return a.open < b.open; });
  return pairs;
}

// Where long text has no stop: cut after the last comma or blank that keeps the piece in bounds.
void Emit(std::string_view text, Span span, std::vector<Span>& out) {
  span = TrimBlanks(text, span);
  while (span.size() > kMaxSentenceBytes) {
    std::uint32_t cut = 0;
    std::uint32_t pos = span.begin;
    while (true) {
      const CodePoint c = DecodeAt(text, pos);
      if (pos + c.size - span.begin > kMaxSentenceBytes) break;
      pos += c.size;
      if (c.value == U'，' || c.value == U',' || c.value == U'、' || IsBlank(c.value)) cut = pos;
    }
    if (cut == 0) cut = pos;
    const Span piece = TrimBlanks(text, Span{span.begin, cut});
    if (!piece.empty()) out.push_back(piece);
    span = TrimBlanks(text, Span{cut, span.end});
  }
  if (!span.empty()) out.push_back(span);
}

// A half-width mark stops a sentence only next to Chinese: not in http://a.cn/?id=5;b.
bool StopsHere(std::string_view text, Span line, std::uint32_t pos, CodePoint c) {
  if (c.value >= 0x80) return true;
  if (pos == line.begin) return false;
  const CodePoint before = DecodeBefore(text, pos);
  return before.value >= 0x80 || IsStop(before.value) || IsCloser(before.value);
}

// Whether the quotation is speech with sentences of its own: 他说：“要抓好落实。”会议指出…, and not
// a word in quotes: “谁来种地？”的问题.
bool IsSpeech(std::string_view text, Span line, std::uint32_t sentence_begin, const Pair& pair) {
  if (!pair.quotation) return false;
  const CodePoint closer = DecodeBefore(text, pair.close);
  const CodePoint last = DecodeBefore(text, pair.close - closer.size);
  if (last.value != U'。' && last.value != U'！' && last.value != U'？' && last.value != U'…') {
    return false;
  }
  if (pair.close < line.end) {
    constexpr std::u32string_view kGoesOn = U"，,、；;：:的等和与是";
    const CodePoint next = DecodeAt(text, pair.close);
    if (kGoesOn.find(next.value) != std::u32string_view::npos) return false;
  }
  std::uint32_t pos = pair.open;
  while (pos > sentence_begin) {
    const CodePoint before = DecodeBefore(text, pos);
    if (!IsBlank(before.value)) {
      return before.value == U'：' || before.value == U':' || before.value == U'，' ||
             before.value == U',';
    }
    pos -= before.size;
  }
  return true;
}

void SplitLine(std::string_view text, Span line, std::vector<Span>& out) {
  const std::vector<Pair> pairs = FindPairs(text, line);
  auto next_pair = pairs.begin();
  std::uint32_t begin = line.begin;
  for (std::uint32_t pos = line.begin; pos < line.end;) {
    if (IsPlainHan(text, pos)) {
      pos += kPlainHanBytes;
      continue;
    }
    while (next_pair != pairs.end() && next_pair->open < pos) ++next_pair;
    bool stop = false;
    if (next_pair != pairs.end() && next_pair->open == pos &&
        (next_pair->close - pos <= kMaxProtectedBytes)) {
      stop = IsSpeech(text, line, begin, *next_pair);
      pos = next_pair->close;
    } else {
      const CodePoint c = DecodeAt(text, pos);
      stop = IsStop(c.value) && StopsHere(text, line, pos, c);
      pos += c.size;
    }
    if (!stop) continue;
    while (pos < line.end) {
      const CodePoint c = DecodeAt(text, pos);
      if (!IsStop(c.value) && !IsCloser(c.value)) break;
      pos += c.size;
    }
    Emit(text, Span{begin, pos}, out);
    begin = pos;
  }
  Emit(text, Span{begin, line.end}, out);
}

}  // namespace

std::vector<Span> CutLong(std::string_view text, Span span) {
  std::vector<Span> out;
  Emit(text, span, out);
  return out;
}

std::vector<Span> SplitSentences(std::string_view text, Span within) {
  TUPU_CONTRACT(within.begin <= within.end && within.end <= text.size());
  std::vector<Span> out;
  for (const Line& line : SplitLines(text, within)) SplitLine(text, line.span, out);
  return out;
}

}  // namespace tupu::extract
