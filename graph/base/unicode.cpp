#include "graph/base/unicode.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

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
  UChar buffer[1024];
  do {
    UChar* target = buffer;
    code = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, buffer + 1024, &source, end, nullptr, true, &code);
    if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR) {
      const auto pos = static_cast<std::size_t>(source - bytes.data());
      return Error{ErrorCode::kInvalidInput,
                   "not " + std::string(encoding) + " at byte " + std::to_string(pos), "", pos};
    }
    icu::UnicodeString(buffer, static_cast<int32_t>(target - buffer)).toUTF8String(out);
    // A surrogate pair is never cut: the converter writes both units or overflows before them.
  } while (code == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

// Chinese in the wrong encoding decodes to rare ideographs and private-use characters.
bool ReadsLikeChinese(std::string_view text) {
  std::size_t usual = 0, odd = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    pos += c.size;
    if (c.value < 0x80) continue;
    const bool fits = (c.value >= 0x4e00 && c.value <= 0x9fff) ||
                      (c.value >= 0x2000 && c.value <= 0x26ff) ||
                      (c.value >= 0x3000 && c.value <= 0x303f) ||
                      (c.value >= 0xff00 && c.value <= 0xffef) || c.value == 0xb7;
    ++(fits ? usual : odd);
  }
  return usual > 0 && odd * 10 <= usual;
}

Status RejectControls(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' &&
         byte != '\v') ||
        byte == 0x7f) {
      constexpr char kDigits[] = "0123456789ABCDEF";
      return Error{ErrorCode::kInvalidInput,
                   std::string("control character U+00") + kDigits[byte >> 4] + kDigits[byte & 15] +
                       " at byte " + std::to_string(i) + "; expected text",
                   "", i};
    }
  }
  return {};
}

}  // namespace

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
      auto converted = Convert(bytes, "GB18030");
      if (!converted.ok() || !ReadsLikeChinese(*converted)) {
        return Error{
            ErrorCode::kInvalidInput,
            "byte " + std::to_string(broken) + " is neither UTF-8 nor part of a text in GB18030",
            "", broken};
      }
      out.text = std::move(converted).value();
      out.encoding = "GB18030";
    }
  }
  TUPU_TRY(RejectControls(out.text));
  return out;
}

std::string FoldName(std::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(code);
  if (U_FAILURE(code)) ThrowInternal("invariant", "ICU has NFKC_Casefold", __FILE__, __LINE__);
  const icu::UnicodeString folded =
      fold->normalize(icu::UnicodeString::fromUTF8(
                          icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))),
                      code);
  std::string utf8;
  folded.toUTF8String(utf8);
  std::string out;
  out.reserve(utf8.size());
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
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .toUpper(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

std::string ToLower(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
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
