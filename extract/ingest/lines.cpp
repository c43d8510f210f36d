#include "extract/ingest/lines.h"

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxHeadingPoints = 60;
constexpr std::uint32_t kMaxExclaimedHeadingPoints = 40;

// Fills in what is asked of a line; drops it if blank.
void AddLine(std::string_view text, Span span, std::vector<Line>& out) {
  span = TrimBlanks(text, span);
  if (span.empty()) return;
  Line line;
  line.span = span;
  std::uint32_t stop_end = 0;
  std::uint32_t last_plain = 0;  // the byte after a plain character that is the last so far
  for (std::uint32_t pos = span.begin; pos < span.end;) {
    if (IsPlainHan(text, pos)) {
      pos += kPlainHanBytes;
      ++line.points;
      if (stop_end != 0) line.inner_stop = true;
      last_plain = pos;
      continue;
    }
    const CodePoint c = DecodeAt(text, pos);
    pos += c.size;
    ++line.points;
    if (!IsCloser(c.value) && !IsBlank(c.value)) {
      if (stop_end != 0) line.inner_stop = true;
      line.last = c.value;
      last_plain = 0;
    }
    if (c.value == U'。') stop_end = pos;
  }
  if (last_plain != 0) line.last = DecodeBefore(text, last_plain).value;
  out.push_back(line);
}

// Code points of the word that ends at `pos`, at most 2.
std::uint32_t WordBefore(std::string_view text, std::uint32_t begin, std::uint32_t pos) {
  std::uint32_t count = 0;
  while (count < 2 && pos > begin) {
    const CodePoint c = DecodeBefore(text, pos);
    if (IsBlank(c.value)) break;
    pos -= c.size;
    ++count;
  }
  return count;
}

std::uint32_t WordAfter(std::string_view text, std::uint32_t pos, std::uint32_t end) {
  std::uint32_t count = 0;
  while (count < 2 && pos < end) {
    const CodePoint c = DecodeAt(text, pos);
    if (IsBlank(c.value)) break;
    pos += c.size;
    ++count;
  }
  return count;
}

// 组长：周远航　　省水利局局长: a short word, alone or behind a label, and what is said of it up to
// the line's end.
bool IsEntry(std::string_view text, std::uint32_t begin, std::uint32_t pos, std::uint32_t behind,
             std::uint32_t end) {
  constexpr std::uint32_t kMaxWord = 4 * kPlainHanBytes;
  constexpr std::uint32_t kMaxEntry = 40 * kPlainHanBytes;
  std::uint32_t word = pos;
  while (word >= begin + kPlainHanBytes && pos - word <= kMaxWord &&
         IsPlainHan(text, word - kPlainHanBytes)) {
    word -= kPlainHanBytes;
  }
  if (pos - word > kMaxWord || pos - word < 2 * kPlainHanBytes || end > behind + kMaxEntry) {
    return false;
  }
  if (word > begin && DecodeBefore(text, word).value != U'：') return false;
  for (std::uint32_t at = behind; at < end; at += DecodeAt(text, at).size) {
    const char32_t c = DecodeAt(text, at).value;
    if (!IsPlainHan(text, at) && c != U'、' && c != U'，') return false;
  }
  return true;
}

void SplitAtIndents(std::string_view text, Span span, std::vector<Line>& out) {
  std::uint32_t begin = span.begin;
  for (std::uint32_t pos = span.begin; pos < span.end;) {
    if (IsPlainHan(text, pos)) {
      pos += kPlainHanBytes;
      continue;
    }
    const CodePoint c = DecodeAt(text, pos);
    if (!IsBlank(c.value)) {
      pos += c.size;
      continue;
    }
    std::uint32_t wide = 0;
    std::uint32_t end = pos;
    while (end < span.end) {
      const CodePoint next = DecodeAt(text, end);
      if (!IsBlank(next.value)) break;
      if (next.value == U'　') ++wide;
      end += next.size;
    }
    // 主任：张　　三 is one line; …贯彻执行。　　河北省… are two.
    if (wide >= 4 ||
        (wide >= 2 && WordBefore(text, begin, pos) == 2 && WordAfter(text, end, span.end) == 2 &&
         !IsEntry(text, begin, pos, end, span.end))) {
      AddLine(text, Span{begin, pos}, out);
      begin = end;
    }
    pos = end;
  }
  AddLine(text, Span{begin, span.end}, out);
}

}  // namespace

bool IsBlank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\v' || c == U'\f' || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200f) || c == 0x202f || c == 0x205f || c == 0x2060 || c == 0x3000 ||
         c == 0xfeff || IsLineEnd(c);
}

bool IsLineEnd(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool IsStop(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U'…' || c == U'!' ||
         c == U'?' || c == U';' || c == U'｡';
}

bool IsCloser(char32_t c) {
  constexpr std::u32string_view kClosers = U"”’」』）》〉】〕］)]\"'";
  return kClosers.find(c) != std::u32string_view::npos;
}

Span TrimBlanks(std::string_view text, Span span) {
  while (span.begin < span.end) {
    const CodePoint c = DecodeAt(text, span.begin);
    if (!IsBlank(c.value)) break;
    span.begin += c.size;
  }
  while (span.begin < span.end) {
    const CodePoint c = DecodeBefore(text, span.end);
    if (!IsBlank(c.value)) break;
    span.end -= c.size;
  }
  return span;
}

std::vector<Line> SplitLines(std::string_view text, Span within) {
  std::vector<Line> out;
  std::uint32_t begin = within.begin;
  for (std::uint32_t pos = within.begin; pos < within.end;) {
    if (IsPlainHan(text, pos)) {
      pos += kPlainHanBytes;
      continue;
    }
    const CodePoint c = DecodeAt(text, pos);
    if (IsLineEnd(c.value)) {
      SplitAtIndents(text, Span{begin, pos}, out);
      begin = pos + c.size;
    }
    pos += c.size;
  }
  SplitAtIndents(text, Span{begin, within.end}, out);
  return out;
}

bool EndsStopped(const Line& line) { return IsStop(line.last); }

bool IsHeadingLike(const Line& line) {
  if (line.inner_stop || line.points > kMaxHeadingPoints) return false;
  constexpr std::u32string_view kOpenEnds = U"。；;…｡，,、：:";
  if (kOpenEnds.find(line.last) != std::u32string_view::npos) return false;
  return !IsStop(line.last) || line.points <= kMaxExclaimedHeadingPoints;
}

bool IsAllBlank(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    if (!IsBlank(c.value)) return false;
    pos += c.size;
  }
  return true;
}

std::string Squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    pos += c.size;
    if (IsBlank(c.value)) continue;
    AppendUtf8(out, c.value >= 0xff01 && c.value <= 0xff5e ? c.value - 0xfee0 : c.value);
  }
  return out;
}

}  // namespace tupu::extract
