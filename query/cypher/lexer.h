// Query text into tokens.
//
// Positions are bytes. Keywords are identifiers here: only the parser knows where one is meant.
// Brackets are paired once, so that looking ahead over them costs nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/span.h"

namespace tupu::query {

enum class TokenKind : std::uint8_t {
  kEnd,
  kName,        // also every keyword
  kQuotedName,  // `in backquotes`
  kInteger,     // digits as written; the parser reads the value, which depends on a minus before
  kDouble,
  kString,
  kParameter,  // $name
  // Signs.
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kColon,
  kSemicolon,
  kBar,
  kDot,
  kDotDot,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kCaret,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kMatches,  // =~
  kAmpersand,
  kBang
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span at;
  std::string text;        // of names, strings (unescaped), numbers and parameters
  std::uint32_t pair = 0;  // of a bracket: the index of its partner, or 0 where it has none
};

inline constexpr std::size_t kMaxQueryBytes = std::size_t{16} << 20;

// The tokens, a kEnd at the end. Fails on text that is not UTF-8, on characters that mean nothing
// in Cypher (full-width signs are named as such), open quotes, broken escapes and odd numbers.
Result<std::vector<Token>> Lex(std::string_view text);

// Whether an identifier token is this keyword; `keyword` is in capitals.
bool IsKeyword(const Token& token, std::string_view keyword);

}  // namespace tupu::query
