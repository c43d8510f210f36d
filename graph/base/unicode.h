// All that needs ICU: encodings, folding, display widths. The only header behind which ICU stands.
#pragma once

#include <string>
#include <string_view>

#include "graph/base/error.h"

namespace tupu {

// Text as it came from outside, turned into valid UTF-8.
struct DecodedText {
  std::string text;
  std::string encoding;  // "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"
};

// Decodes bytes of unknown encoding: a byte-order mark decides; else valid UTF-8 is UTF-8; else
// GB18030 where every byte decodes, the result reads like Chinese and the bytes are not UTF-8 with
// a few broken ones; else fails with kInvalidInput naming the first broken byte. A leading U+FEFF
// is dropped. What CheckText rejects fails too. Linear; the text is at most twice the input.
Result<DecodedText> DecodeText(std::string_view bytes);

// Decodes bytes whose encoding somebody has declared, by its usual label in any case: UTF-8,
// GB2312, GBK and GB18030 (all as GB18030), Big5, UTF-16LE, UTF-16BE. Fails with kInvalidInput for
// another label and for bytes that are not in it.
Result<DecodedText> DecodeTextAs(std::string_view bytes, std::string_view label);

// Text that can be kept: well-formed UTF-8 without controls (C0 and C1; tab, line feed, vertical
// tab, form feed, carriage return and U+0085 are allowed) and without U+FFFE and U+FFFF. Fails with
// kInvalidInput naming what stands where.
Status CheckText(std::string_view text);

// NFKC with case folded: for comparing names, never for showing or for offsets.
// Also drops white space, quotation marks and 《》, as the scorer does.
std::string FoldName(std::string_view text);

// Normalisation form KC, and nothing else. Valid UTF-8 only.
std::string ToNfkc(std::string_view text);

// Columns that a text takes on a terminal: East Asian wide and full-width characters two, combining
// marks none, everything else one.
std::size_t DisplayWidth(std::string_view text);
std::size_t DisplayWidth(char32_t code_point);

// Upper and lower case by Unicode's rules for no language in particular (ß becomes SS).
std::string ToUpper(std::string_view text);
std::string ToLower(std::string_view text);

// Whether a name may begin with, or go on with, this character: letters (Han among them), digits
// and the underscore, as Unicode's XID properties have it.
bool IsNameStart(char32_t code_point);
bool IsNamePart(char32_t code_point);
bool IsWhiteSpace(char32_t code_point);

}  // namespace tupu
