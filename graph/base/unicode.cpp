#include "graph/base/unicode.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include "graph/base/icu_text.h"
#include "graph/base/utf8.h"

namespace tupu {
namespace {

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// Converts strictly: the first undecodable byte is an error, at its offset.
Result<std::string> Convert(std::string_view bytes, const char* encoding) {
  UErrorCode code = U_ZERO_ERROR;
  std::unique_ptr<UConverter, ConverterCloser> converter(ucnv_open(encoding, &code));
  if (U_FAILURE(code)) {
    return Error{ErrorCode::kInternal, std::string("ICU lacks the converter ") + encoding};
  }
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  std::string out;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  constexpr std::ptrdiff_t kUnits = 4096;
  UChar buffer[kUnits];
  std::ptrdiff_t kept = 0;  // a lead surrogate whose trail comes with the next round
  do {
    UChar* target = buffer + kept;
    code = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, buffer + kUnits, &source, end, nullptr, true, &code);
    if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR) {
      char broken[32];
      auto length = static_cast<int8_t>(sizeof broken);
      UErrorCode ignored = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter.get(), broken, &length, &ignored);
      auto pos = static_cast<std::size_t>(source - bytes.data());
      if (U_SUCCESS(ignored) && length > 0) pos -= std::min(pos, static_cast<std::size_t>(length));
      return Error{ErrorCode::kInvalidInput,
                   "not " + std::string(encoding) + " at byte " + std::to_string(pos), "", pos};
    }
    std::ptrdiff_t count = target - buffer;
    kept = code == U_BUFFER_OVERFLOW_ERROR && count > 0 && U16_IS_LEAD(buffer[count - 1]) ? 1 : 0;
    count -= kept;
    icu::UnicodeString(buffer, static_cast<int32_t>(count)).toUTF8String(out);
    if (kept == 1) buffer[0] = buffer[count];
  } while (code == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

// Chinese in the wrong encoding decodes to kana, Greek and private-use characters.
bool ReadsLikeChinese(std::string_view text) {
  std::size_t usual = 0, odd = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    pos += c.size;
    if (c.value < 0x80) continue;
    const bool fits = IsHan(c.value) || (c.value >= 0x2000 && c.value <= 0x26ff) ||
                      (c.value >= 0x3000 && c.value <= 0x303f) ||
                      (c.value >= 0xff00 && c.value <= 0xffef) || c.value == 0xb7 ||
                      c.value == 0xa0;
    ++(fits ? usual : odd);
  }
  return usual > 0 && odd * 10 <= usual;
}

// How the bytes look as two-byte GB18030. Real Chinese lies mostly in the part that GB2312 had, and
// there mostly in its first level of 3,755 usual characters (traditional characters lie outside,
// so the bar is low); text of other encodings is strewn over all of it.
bool LooksLikeGb(std::string_view bytes) {
  std::size_t characters = 0, gb2312 = 0, first_level = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80 || i + 1 == bytes.size()) {
      ++i;
      continue;
    }
    const auto trail = static_cast<unsigned char>(bytes[i + 1]);
    const bool four = trail >= 0x30 && trail <= 0x39;
    ++characters;
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) {
      ++gb2312;
      if (lead >= 0xb0 && lead <= 0xd7) ++first_level;
    }
    i += four ? 4 : 2;
  }
  return characters > 0 && gb2312 * 2 >= characters && first_level * 3 >= characters;
}

// Whether most of what is not ASCII is well-formed UTF-8: then the rest is damage, not GB18030.
bool IsDamagedUtf8(std::string_view bytes) {
  std::size_t good = 0, bad = 0;
  while (!bytes.empty()) {
    const std::size_t broken = std::min(FindInvalidUtf8(bytes), bytes.size());
    for (std::size_t i = 0; i < broken; ++i) {
      if (static_cast<unsigned char>(bytes[i]) >= 0x80) ++good;
    }
    bytes.remove_prefix(broken);
    if (!bytes.empty()) {
      ++bad;
      bytes.remove_prefix(1);
    }
  }
  return good >= 6 && good > bad * 4;
}

std::string Hex(char32_t c) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out = "U+0000";
  for (std::size_t i = 0; i < 4; ++i) out[5 - i] = kDigits[c >> (4 * i) & 15];
  return out;
}

Error BadCharacter(const char* kind, char32_t c, std::size_t pos) {
  return Error{
      ErrorCode::kInvalidInput,
      std::string(kind) + " " + Hex(c) + " at byte " + std::to_string(pos) + "; expected text", "",
      pos};
}

bool EqualsIgnoringCase(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(), [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
  });
}

}  // namespace

Status CheckText(std::string_view text) {
  const std::size_t broken = FindInvalidUtf8(text);
  if (broken != std::string_view::npos) {
    return Error{ErrorCode::kInvalidInput, "not UTF-8 at byte " + std::to_string(broken), "",
                 broken};
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 ? byte < '\t' || byte > '\r' : byte == 0x7f) {
      return BadCharacter("control character", byte, i);
    }
    if (byte == 0xc2) {
      const auto next = static_cast<unsigned char>(text[i + 1]);
      if (next < 0xa0 && next != 0x85) return BadCharacter("control character", next, i);
    } else if (byte == 0xef && text[i + 1] == '\xbf' &&
               static_cast<unsigned char>(text[i + 2]) >= 0xbe) {
      return BadCharacter("no character:", text[i + 2] == '\xbe' ? 0xfffe : 0xffff, i);
    }
  }
  return {};
}

Result<DecodedText> DecodeText(std::string_view bytes) {
  DecodedText out;
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
    out.encoding = bytes[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
    TUPU_ASSIGN(out.text, Convert(bytes.substr(2), out.encoding.c_str()));
  } else {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    const std::size_t broken = FindInvalidUtf8(bytes);
    if (broken == std::string_view::npos) {
      out.text = std::string(bytes);
      out.encoding = "UTF-8";
    } else {
      const Error neither{
          ErrorCode::kInvalidInput,
          "byte " + std::to_string(broken) + " is neither UTF-8 nor part of a text in GB18030", "",
          broken};
      if (!LooksLikeGb(bytes) || IsDamagedUtf8(bytes)) return neither;
      auto converted = Convert(bytes, "GB18030");
      if (!converted.ok() || !ReadsLikeChinese(*converted)) return neither;
      out.text = std::move(converted).value();
      out.encoding = "GB18030";
    }
  }
  TUPU_TRY(CheckText(out.text));
  return out;
}

Result<DecodedText> DecodeTextAs(std::string_view bytes, std::string_view label) {
  static constexpr std::pair<std::string_view, const char*> kLabels[] = {
      {"utf-8", "UTF-8"},     {"utf8", "UTF-8"},        {"gb2312", "GB18030"},
      {"gbk", "GB18030"},     {"gb18030", "GB18030"},   {"gb_2312-80", "GB18030"},
      {"x-gbk", "GB18030"},   {"big5", "Big5"},         {"big5-hkscs", "Big5-HKSCS"},
      {"utf-16", "UTF-16LE"}, {"utf-16le", "UTF-16LE"}, {"utf-16be", "UTF-16BE"}};
  for (const auto& [name, converter] : kLabels) {
    if (!EqualsIgnoringCase(label, name)) continue;
    DecodedText out;
    out.encoding = converter;
    TUPU_ASSIGN(out.text, Convert(bytes, converter));
    if (out.text.starts_with("\xef\xbb\xbf")) out.text.erase(0, 3);
    TUPU_TRY(CheckText(out.text));
    return out;
  }
  return Error{ErrorCode::kInvalidInput,
               "encoding \"" + std::string(label.substr(0, 40)) +
                   "\"; expected UTF-8, GB2312, GBK, GB18030, Big5 or UTF-16"};
}

namespace {

// What needs no tables: ASCII and unified ideographs, which fold to themselves, as nearly all names
// are. False, with `out` of no meaning, where anything else stands in the text, bytes that are no
// UTF-8 included.
bool FoldPlainName(std::string_view text, std::string& out) {
  out.reserve(text.size());
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  for (std::size_t pos = 0; pos < text.size();) {
    const std::uint8_t lead = byte(pos);
    if (lead > 0 && lead < 0x80) {
      const char c = text[pos++];
      const bool space = c == ' ' || (c >= '\t' && c <= '\r');
      if (!space && c != '"' && c != '\'') {
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
      continue;
    }
    // U+4E00 to U+9FFF are E4 B8 80 to E9 BF BF.
    const bool ideograph = lead >= 0xE4 && lead <= 0xE9 && text.size() - pos >= 3 &&
                           (byte(pos + 1) & 0xC0) == 0x80 && (byte(pos + 2) & 0xC0) == 0x80 &&
                           (lead > 0xE4 || byte(pos + 1) >= 0xB8);
    if (!ideograph) return false;
    out.append(text, pos, 3);
    pos += 3;
  }
  return true;
}

}  // namespace

std::string FoldName(std::string_view text) {
  std::string out;
  if (FoldPlainName(text, out)) return out;
  out.clear();
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(code);
  if (U_FAILURE(code)) ThrowInternal("invariant", "ICU has NFKC_Casefold", __FILE__, __LINE__);
  const icu::UnicodeString folded = fold->normalize(FromUtf8(text), code);
  std::string utf8;
  folded.toUTF8String(utf8);
  for (std::size_t pos = 0; pos < utf8.size();) {
    const CodePoint c = DecodeAt(utf8, pos);
    static constexpr std::u32string_view kDropped = U"\"'“”‘’「」『』《》〈〉·•";
    if (!u_isUWhiteSpace(static_cast<UChar32>(c.value)) &&
        kDropped.find(c.value) == std::u32string_view::npos) {
      out.append(utf8, pos, c.size);
    }
    pos += c.size;
  }
  return out;
}

std::string ToNfkc(std::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(code);
  if (U_FAILURE(code)) ThrowInternal("invariant", "ICU has NFKC", __FILE__, __LINE__);
  std::string out;
  nfkc->normalize(FromUtf8(text), code).toUTF8String(out);
  return out;
}

std::size_t DisplayWidth(char32_t c) {
  const auto uc = static_cast<UChar32>(c);
  switch (u_charType(uc)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(uc, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    width += DisplayWidth(c.value);
    pos += c.size;
  }
  return width;
}

std::string ToUpper(std::string_view text) {
  std::string out;
  FromUtf8(text).toUpper(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

std::string ToLower(std::string_view text) {
  std::string out;
  FromUtf8(text).toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

bool IsNameStart(char32_t c) {
  return c == U'_' || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_XID_START);
}

bool IsNamePart(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_XID_CONTINUE);
}

bool IsWhiteSpace(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); }

}  // namespace tupu
