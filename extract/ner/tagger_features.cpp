// Keys: character sequences are packed, 21 bits a character, so they never collide; context keys
// have the top bit set, a template number below it, and a mix of what they join.
#include "extract/ner/tagger_features.h"

#include <algorithm>

#include "graph/base/utf8.h"

namespace tupu::extract::tagger {
namespace {

constexpr char32_t kEdge = 1;  // before the first character and after the last

char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= U'0' && c <= U'9') return U'0';
  if (c == 0x3000 || c == 0xA0 || c == U'\t') return U' ';
  return c;
}

Shape ShapeOf(char32_t c) {
  switch (c) {
    case U'0':
    case U'%':
      return Shape::kDigit;
    case U'一':
    case U'二':
    case U'三':
    case U'四':
    case U'五':
    case U'六':
    case U'七':
    case U'八':
    case U'九':
    case U'十':
    case U'百':
    case U'千':
    case U'万':
    case U'亿':
    case U'〇':
    case U'零':
    case U'两':
      return Shape::kHanNumeral;
    case U' ':
    case U'\n':
    case U'\r':
      return Shape::kSpace;
    case U'·':
    case U'•':
    case U'・':
    case U'．':
    case U'‧':
      return Shape::kDot;
    case U'，':
    case U',':
    case U'；':
    case U';':
    case U'：':
    case U':':
      return Shape::kComma;
    case U'。':
    case U'！':
    case U'!':
    case U'？':
    case U'?':
    case U'…':
      return Shape::kStop;
    case U'、':
    case U'/':
      return Shape::kEnumeration;
    case U'(':
    case U'[':
    case U'〔':
    case U'【':
    case U'（':
      return Shape::kOpen;
    case U')':
    case U']':
    case U'〕':
    case U'】':
    case U'）':
      return Shape::kClose;
    case U'《':
    case U'〈':
    case U'<':
      return Shape::kOpenTitle;
    case U'》':
    case U'〉':
    case U'>':
      return Shape::kCloseTitle;
    case U'“':
    case U'”':
    case U'‘':
    case U'’':
    case U'"':
    case U'\'':
    case U'「':
    case U'」':
      return Shape::kQuote;
    default:
      break;
  }
  if (c >= U'A' && c <= U'Z') return Shape::kUpper;
  if (c >= U'a' && c <= U'z') return Shape::kLower;
  return IsHan(c) ? Shape::kHan : Shape::kOther;
}

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t h = (a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdULL;
  return h ^ (h >> 29);
}

enum Template : std::uint8_t {
  kShapes3,
  kShapes5,
  kSkip,
  kLexicon,
  kLexiconBefore,
  kLexiconAfter,
  kLexiconChar,
  kInside,
  kClasses3,
  kClasses5,
  kClassesRight,
  kClassesLeft
};

std::uint64_t ContextKey(Template which, std::uint64_t value) {
  return (1ULL << 63) | (static_cast<std::uint64_t>(which) << 56) | (value & ((1ULL << 56) - 1));
}

// Where in a known name a character stands.
enum Role : std::uint32_t { kBegin = 1, kMiddle = 2, kEnd = 3, kSingle = 4 };

}  // namespace

std::vector<std::uint32_t> KindsOf(std::span<const GazetteerEntry> entries,
                                   std::span<const std::string> kinds) {
  std::vector<std::uint32_t> out(entries.size(), 0);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto found = std::find(kinds.begin(), kinds.end(), entries[i].type);
    if (found != kinds.end()) out[i] = 1U << (found - kinds.begin());
  }
  return out;
}

void Observe(std::string_view sentence, std::span<const GazetteerMatch> matches,
             std::span<const std::uint32_t> kinds, const Classes& classes, Observed& out) {
  out.chars.clear();
  out.shapes.clear();
  out.offsets.clear();
  out.classes.clear();
  for (std::size_t pos = 0; pos < sentence.size();) {
    CodePoint point = DecodeAt(sentence, pos);
    out.offsets.push_back(static_cast<std::uint32_t>(pos));
    char32_t folded = Fold(point.value);
    out.chars.push_back(folded);
    out.shapes.push_back(ShapeOf(folded));
    out.classes.push_back(folded < classes.size() ? classes[folded] : std::uint8_t{0});
    pos += point.size;
  }
  out.offsets.push_back(static_cast<std::uint32_t>(sentence.size()));
  std::size_t n = out.chars.size();
  out.lexicon.assign(n, 0);
  std::size_t at = 0;
  for (const GazetteerMatch& match : matches) {
    std::uint32_t kind = 0;
    bool weak = true;
    for (const Sense& sense : match.senses) {
      if (sense.entry < kinds.size()) kind |= kinds[sense.entry];
      weak = weak && sense.weak;
    }
    if (kind == 0) continue;
    // Matches come in order; only one that overlaps its forerunner makes us look back.
    if (at == n || out.offsets[at] > match.span.begin) at = 0;
    if (out.offsets[at] < match.span.begin) {
      at = static_cast<std::size_t>(
          std::lower_bound(out.offsets.begin() + static_cast<std::ptrdiff_t>(at), out.offsets.end(),
                           match.span.begin) -
          out.offsets.begin());
    }
    std::size_t first = at;
    while (at < n && out.offsets[at] < match.span.end) ++at;
    if (first == at) continue;
    std::uint32_t base = (kind << 4) | (weak ? 8U : 0U);
    for (std::size_t i = first; i < at; ++i) {
      std::uint32_t role = at - first == 1 ? kSingle
                           : i == first    ? kBegin
                           : i + 1 == at   ? kEnd
                                           : kMiddle;
      out.lexicon[i] = base | role;
    }
  }
}

void CollectFeatures(const Observed& seen, std::vector<Feature>& out) {
  out.clear();
  auto n = static_cast<std::int32_t>(seen.chars.size());
  auto ch = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? kEdge : seen.chars[static_cast<std::size_t>(i)];
  };
  auto shape = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? 16U
                           : static_cast<std::uint64_t>(seen.shapes[static_cast<std::size_t>(i)]);
  };
  auto cls = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? 255U : seen.classes[static_cast<std::size_t>(i)];
  };
  auto lex = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? 0 : seen.lexicon[static_cast<std::size_t>(i)];
  };
  out.reserve(static_cast<std::size_t>(n) * 12 + 8);
  // Sequences that begin before the sentence or run past its end hold the edge mark, and speak for
  // the places that do exist.
  for (std::int32_t i = -1; i < n; ++i) {
    if (i >= 0) out.push_back({ch(i), i, 1});
    out.push_back({(ch(i) << 21) | ch(i + 1), i, 2});
    if (n > 1 && i + 2 <= n) out.push_back({(ch(i) << 42) | (ch(i + 1) << 21) | ch(i + 2), i, 3});
  }
  int depth = 0;
  bool quoted = false;
  for (std::int32_t i = 0; i < n; ++i) {
    Shape here = seen.shapes[static_cast<std::size_t>(i)];
    if (here == Shape::kCloseTitle && depth > 0) --depth;
    std::uint64_t before = (shape(i - 1) << 10) | (shape(i) << 5) | shape(i + 1);
    out.push_back({ContextKey(kShapes3, before), i, 0});
    out.push_back(
        {ContextKey(kShapes5, (shape(i - 2) << 20) | (before << 5) | shape(i + 2)), i, 0});
    out.push_back({ContextKey(kSkip, (ch(i - 1) << 21) | ch(i + 1)), i, 0});
    std::uint64_t around = (cls(i - 1) << 16) | (cls(i) << 8) | cls(i + 1);
    std::uint64_t right = (cls(i) << 24) | (cls(i + 1) << 16) | (cls(i + 2) << 8) | cls(i + 3);
    std::uint64_t left = (cls(i) << 24) | (cls(i - 1) << 16) | (cls(i - 2) << 8) | cls(i - 3);
    out.push_back({ContextKey(kClasses3, around), i, 0});
    out.push_back({ContextKey(kClasses5, (cls(i - 2) << 32) | (around << 8) | cls(i + 2)), i, 0});
    out.push_back({ContextKey(kClassesRight, right), i, 0});
    out.push_back({ContextKey(kClassesLeft, left), i, 0});
    if (std::uint64_t known = lex(i); known != 0 || lex(i - 1) != 0 || lex(i + 1) != 0) {
      out.push_back({ContextKey(kLexicon, known), i, 0});
      out.push_back({ContextKey(kLexiconBefore, Mix(known, lex(i - 1))), i, 0});
      out.push_back({ContextKey(kLexiconAfter, Mix(known, lex(i + 1))), i, 0});
      if (known != 0) out.push_back({ContextKey(kLexiconChar, Mix(known, ch(i + 1))), i, 0});
    }
    if (depth > 0 || quoted) {
      std::uint64_t state = (depth > 0 ? 1U : 0U) | (quoted ? 2U : 0U);
      out.push_back({ContextKey(kInside, state), i, 0});
    }
    if (here == Shape::kOpenTitle) ++depth;
    char32_t c = seen.chars[static_cast<std::size_t>(i)];
    if (c == U'“') quoted = true;
    if (c == U'”') quoted = false;
  }
}

}  // namespace tupu::extract::tagger
