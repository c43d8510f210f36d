#include "graph/base/search_text.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/utf8.h"

namespace tupu {
namespace {

constexpr std::size_t kLongestTerm = 64;

const icu::Normalizer2& Nfkc() {
  UErrorCode error = U_ZERO_ERROR;
  static const icu::Normalizer2* const instance = icu::Normalizer2::getNFKCCasefoldInstance(error);
  TUPU_INVARIANT(instance != nullptr);
  return *instance;
}

constexpr char32_t kFirstHan = 0x3400, kBehindHan = 0xa000;  // the blocks that have both forms

// The simplified form of each character of those blocks: one for one, whatever stands beside it, so
// that a pair of characters is the same pair in any text.
const std::vector<char32_t>& SimplifiedForms() {
  static const std::vector<char32_t> forms = [] {
    std::vector<char32_t> out(kBehindHan - kFirstHan);
    for (char32_t c = kFirstHan; c < kBehindHan; ++c) out[c - kFirstHan] = c;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> simplify(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, error));
    TUPU_INVARIANT(U_SUCCESS(error) && simplify != nullptr);
    icu::UnicodeString lines;  // a character a line: rules for several at once do not apply
    for (const char32_t c : out) lines.append(static_cast<UChar32>(c)).append(u'\n');
    simplify->transliterate(lines);
    std::size_t at = 0;
    for (std::int32_t begin = 0; begin < lines.length() && at < out.size(); ++at) {
      const std::int32_t end = lines.indexOf(u'\n', begin);
      if (end - begin == 1) out[at] = lines.charAt(begin);
      begin = end + 1;
    }
    return out;
  }();
  return forms;
}

char32_t Simplified(char32_t c, const std::vector<char32_t>& forms) {
  return c >= kFirstHan && c < kBehindHan ? forms[c - kFirstHan] : c;
}

// Not to be shared between threads; costly to make.
icu::BreakIterator& Words() {
  thread_local const std::unique_ptr<icu::BreakIterator> words = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> out(
        icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), error));
    TUPU_INVARIANT(U_SUCCESS(error));
    return out;
  }();
  return *words;
}

// Cut between characters.
std::string Term(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    const std::size_t size = out.size();
    AppendUtf8(out, c);
    if (out.size() > kLongestTerm) {
      out.resize(size);
      break;
    }
  }
  return out;
}

}  // namespace

FoldedText FoldForSearch(std::string_view text) {
  const std::vector<char32_t>& forms = SimplifiedForms();
  FoldedText out;
  out.text.reserve(text.size() / 2);
  out.origin.reserve(text.size() / 2);
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint at = DecodeAt(text, pos);
    const auto origin = static_cast<std::uint32_t>(pos);
    pos += at.size;
    if (at.value < 0x80) {
      out.text += at.value >= 'A' && at.value <= 'Z' ? at.value + ('a' - 'A') : at.value;
      out.origin.push_back(origin);
    } else if (at.value >= 0x4e00 && at.value < 0x9ff0) {  // NFKC leaves them
      out.text += Simplified(at.value, forms);
      out.origin.push_back(origin);
    } else {
      UErrorCode error = U_ZERO_ERROR;
      const icu::UnicodeString folded =
          Nfkc().normalize(icu::UnicodeString(static_cast<UChar32>(at.value)), error);
      TUPU_INVARIANT(U_SUCCESS(error));
      for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        out.text += Simplified(static_cast<char32_t>(folded.char32At(i)), forms);
        out.origin.push_back(origin);
      }
    }
  }
  out.origin.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}

std::vector<std::string> SearchTerms(std::u32string_view folded) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!IsHan(folded[i])) continue;
    const bool last = i + 1 == folded.size() || !IsHan(folded[i + 1]);
    out.push_back(Term(folded.substr(i, last ? 1 : 2)));
  }
  const icu::UnicodeString text = icu::UnicodeString::fromUTF32(
      reinterpret_cast<const UChar32*>(folded.data()), static_cast<std::int32_t>(folded.size()));
  icu::BreakIterator& words = Words();
  words.setText(text);
  std::size_t begin = 0;  // in code points
  std::int32_t from = words.first();
  for (std::int32_t to = words.next(); to != icu::BreakIterator::DONE; to = words.next()) {
    const std::size_t size = static_cast<std::size_t>(text.countChar32(from, to - from));
    const std::u32string_view word = folded.substr(begin, size);
    begin += size;
    from = to;
    if (words.getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;
    if (size <= 2 && std::all_of(word.begin(), word.end(), IsHan)) continue;  // there already
    out.push_back(Term(word));
  }
  // The iterator must not hold on to what goes away.
  static const icu::UnicodeString kNothing;
  words.setText(kNothing);
  return out;
}

}  // namespace tupu
