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
  kName,
  kNameBefore,
  kNameAfter,
  kSource,
  kWord,
  kWordBefore,
  kWordBehind,
  kWordClasses,
  kInside,
  kWordBefore2,
  kWordBehind2,
  kWordPair,
  kWordPairBehind,
};

std::uint64_t ContextKey(Template which, std::uint64_t value) {
  return (1ULL << 63) | (static_cast<std::uint64_t>(which) << 56) | (value & ((1ULL << 56) - 1));
}

// Where in a known name a character stands.
enum Role : std::uint32_t { kBegin = 1, kMiddle = 2, kEnd = 3, kSingle = 4 };

Role RoleOf(std::size_t at, std::size_t size) {
  return size == 1 ? kSingle : at == 0 ? kBegin : at + 1 == size ? kEnd : kMiddle;
}

}  // namespace

void Observe(std::string_view sentence, const Clues& clues, Observed& out) {
  out.chars.clear();
  out.shapes.clear();
  out.offsets.clear();
  for (std::size_t pos = 0; pos < sentence.size();) {
    CodePoint point = DecodeAt(sentence, pos);
    out.offsets.push_back(static_cast<std::uint32_t>(pos));
    char32_t folded = Fold(point.value);
    out.chars.push_back(folded);
    out.shapes.push_back(ShapeOf(folded));
    pos += point.size;
  }
  out.offsets.push_back(static_cast<std::uint32_t>(sentence.size()));
  const std::size_t n = out.chars.size();
  out.names.assign(n, 0);
  out.sources.assign(n, 0);
  // Calls `set` with every character of the span and its role there.
  std::size_t at = 0;
  const auto spread = [&](Span span, const auto& set) {
    while (at < n && out.offsets[at] < span.begin) ++at;
    const std::size_t first = at;
    while (at < n && out.offsets[at] < span.end) ++at;
    for (std::size_t i = first; i < at; ++i) {
      set(i, RoleOf(i - first, at - first));
    }
  };
  for (const NameClue& name : clues.names) {
    spread(name.span, [&](std::size_t i, Role role) {
      out.names[i] = static_cast<std::uint8_t>((name.kind + 1U) << 3 | role);
      out.sources[i] = static_cast<std::uint32_t>(Mix(name.source, role));
    });
  }
  const auto hash = [&](Span word) {
    std::uint64_t sum = 2;
    for (std::size_t pos = word.begin; pos < word.end;) {
      const CodePoint point = DecodeAt(sentence, pos);
      sum = Mix(sum, Fold(point.value));
      pos += point.size;
    }
    return static_cast<std::uint32_t>(sum);
  };
  constexpr SeenWord kEdgeWord{0, 0, 31, 1, 0, 0};
  out.words.assign(1, kEdgeWord);
  at = 0;
  for (const WordClue& word : clues.words) {
    SeenWord seen{0, 0, word.word_class, hash(word.span), 0, 0};
    spread(word.span, [&](std::size_t i, Role) {
      if (seen.size++ == 0) seen.begin = static_cast<std::uint32_t>(i);
    });
    if (seen.size > 0) out.words.push_back(seen);
  }
  out.words.push_back(kEdgeWord);
  for (std::size_t w = 1; w + 1 < out.words.size(); ++w) {
    out.words[w].before = out.words[w - 1].text;
    out.words[w].behind = out.words[w + 1].text;
  }
}

void CollectFeatures(const Observed& seen, bool wide, std::vector<Feature>& out) {
  out.clear();
  auto n = static_cast<std::int32_t>(seen.chars.size());
  auto ch = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? kEdge : seen.chars[static_cast<std::size_t>(i)];
  };
  auto shape = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? 16U
                           : static_cast<std::uint64_t>(seen.shapes[static_cast<std::size_t>(i)]);
  };
  auto name = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 || i >= n ? 0 : seen.names[static_cast<std::size_t>(i)];
  };
  out.reserve(static_cast<std::size_t>(n) * 12 + 8);
  // Sequences that begin before the sentence or run past its end hold the edge mark, and speak for
  // the places that do exist.
  for (std::int32_t i = -1; i < n; ++i) {
    if (i >= 0) out.push_back({ch(i), i, 1});
    if (!wide) continue;
    out.push_back({(ch(i) << 21) | ch(i + 1), i, 2});
    if (n > 1 && i + 2 <= n) out.push_back({(ch(i) << 42) | (ch(i + 1) << 21) | ch(i + 2), i, 3});
  }
  for (std::size_t w = 1; w + 1 < seen.words.size(); ++w) {
    const SeenWord& word = seen.words[w];
    const std::uint64_t classes = (static_cast<std::uint64_t>(seen.words[w - 1].word_class) << 16) |
                                  (static_cast<std::uint64_t>(word.word_class) << 8) |
                                  seen.words[w + 1].word_class;
    for (std::uint32_t i = 0; i < word.size; ++i) {
      const std::uint64_t role = RoleOf(i, word.size);
      const std::uint64_t here = (static_cast<std::uint64_t>(word.word_class) << 3) | role;
      const auto add = [&](Template which, std::uint64_t value) {
        out.push_back({ContextKey(which, value), static_cast<std::int32_t>(word.begin + i), 0});
      };
      add(kWord, Mix(word.text, role));
      add(kWordBefore, Mix(word.before, here));
      add(kWordBehind, Mix(word.behind, here));
      add(kWordClasses, Mix(classes, role));
      if (!wide) continue;
      add(kWordBefore2, Mix(w > 1 ? seen.words[w - 1].before : 1, here));
      add(kWordBehind2, Mix(w + 2 < seen.words.size() ? seen.words[w + 1].behind : 1, here));
      add(kWordPair, Mix(Mix(word.before, word.text), role));
      add(kWordPairBehind, Mix(Mix(word.text, word.behind), role));
    }
  }
  int depth = 0;
  bool quoted = false;
  for (std::int32_t i = 0; i < n; ++i) {
    Shape here = seen.shapes[static_cast<std::size_t>(i)];
    if (here == Shape::kCloseTitle && depth > 0) --depth;
    std::uint64_t before = (shape(i - 1) << 10) | (shape(i) << 5) | shape(i + 1);
    out.push_back({ContextKey(kShapes3, before), i, 0});
    const auto k = static_cast<std::size_t>(i);
    if (std::uint64_t known = name(i); known != 0 || name(i - 1) != 0 || name(i + 1) != 0) {
      out.push_back({ContextKey(kName, known), i, 0});
      out.push_back({ContextKey(kNameBefore, Mix(known, name(i - 1))), i, 0});
      out.push_back({ContextKey(kNameAfter, Mix(known, name(i + 1))), i, 0});
      if (known != 0) {
        out.push_back({ContextKey(kSource, seen.sources[k]), i, 0});
      }
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
