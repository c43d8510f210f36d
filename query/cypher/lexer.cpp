#include "query/cypher/lexer.h"

#include <algorithm>
#include <array>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "query/cypher/diagnostic.h"

namespace tupu::query {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string CodePointName(char32_t c) {
  std::string hex;
  for (int shift = c > 0xffff ? 20 : 12; shift >= 0; shift -= 4) {
    hex += "0123456789ABCDEF"[(c >> shift) & 15];
  }
  return "U+" + hex;
}

// What an input method for Chinese puts where Cypher wants an ASCII sign.
std::string_view AsciiFor(char32_t c) {
  switch (c) {
    case U'（':
      return "(";
    case U'）':
      return ")";
    case U'【':
    case U'［':
      return "[";
    case U'】':
    case U'］':
      return "]";
    case U'｛':
      return "{";
    case U'｝':
      return "}";
    case U'，':
    case U'、':
      return ",";
    case U'。':
    case U'．':
      return ".";
    case U'：':
      return ":";
    case U'；':
      return ";";
    case U'“':
    case U'”':
    case U'＂':
      return "\"";
    case U'‘':
    case U'’':
    case U'＇':
      return "'";
    case U'＝':
      return "=";
    case U'《':
    case U'〈':
    case U'＜':
      return "<";
    case U'》':
    case U'〉':
    case U'＞':
      return ">";
    case U'＋':
      return "+";
    case U'—':
    case U'–':
    case U'－':
      return "-";
    case U'＊':
    case U'×':
      return "*";
    case U'／':
    case U'÷':
      return "/";
    case U'％':
      return "%";
    case U'￥':
    case U'＄':
      return "$";
    case U'｜':
      return "|";
    default:
      return {};
  }
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> Run() {
    while (true) {
      TUPU_TRY(SkipSpace());
      TUPU_TRY(Next());
      if (tokens_.back().kind == TokenKind::kEnd) break;
    }
    Pair();
    return std::move(tokens_);
  }

 private:
  char At(std::size_t pos) const { return pos < text_.size() ? text_[pos] : '\0'; }

  void Add(TokenKind kind, std::size_t begin, std::string value = {}) {
    Token token;
    token.kind = kind;
    token.at = Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(pos_)};
    token.text = std::move(value);
    tokens_.push_back(std::move(token));
  }

  Status SkipSpace() {
    while (pos_ < text_.size()) {
      const char c = text_[pos_];
      if (c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f)) {
        ++pos_;
      } else if (c == '/' && At(pos_ + 1) == '/') {
        pos_ = std::min(text_.find('\n', pos_), text_.size());
      } else if (c == '/' && At(pos_ + 1) == '*') {
        const std::size_t end = text_.find("*/", pos_ + 2);
        if (end == std::string_view::npos) {
          return SyntaxError(pos_, "this comment has no end; expected */");
        }
        pos_ = end + 2;
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        const CodePoint point = DecodeAt(text_, pos_);
        if (!IsWhiteSpace(point.value)) return {};
        pos_ += point.size;
      } else {
        return {};
      }
    }
    return {};
  }

  Status Next() {
    const std::size_t begin = pos_;
    if (pos_ >= text_.size()) {
      Add(TokenKind::kEnd, begin);
      return {};
    }
    const char c = text_[pos_];
    if (IsDigit(c) || (c == '.' && IsDigit(At(pos_ + 1)) && !AfterDotOrRange())) return Number();
    if (c == '\'' || c == '"') return String();
    if (c == '`') {
      TUPU_ASSIGN(std::string name, QuotedName());
      Add(TokenKind::kQuotedName, begin, std::move(name));
      return {};
    }
    if (c == '$') return Parameter();
    if (NameEnd(pos_) > pos_) {
      pos_ = NameEnd(pos_);
      Add(TokenKind::kName, begin, std::string(text_.substr(begin, pos_ - begin)));
      return {};
    }
    return Sign();
  }

  // "1...5" never is a number after dots; "a.5" is no property either.
  bool AfterDotOrRange() const {
    return !tokens_.empty() && tokens_.back().at.end == pos_ &&
           (tokens_.back().kind == TokenKind::kDot || tokens_.back().kind == TokenKind::kDotDot);
  }

  // The end of the name that begins at `pos`, or `pos` if none does.
  std::size_t NameEnd(std::size_t pos) const {
    std::size_t end = pos;
    while (end < text_.size()) {
      const char c = text_[end];
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
        ++end;
      } else if (IsDigit(c)) {
        if (end == pos) return pos;
        ++end;
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        const CodePoint point = DecodeAt(text_, end);
        if (!(end == pos ? IsNameStart(point.value) : IsNamePart(point.value))) break;
        end += point.size;
      } else {
        break;
      }
    }
    return end;
  }

  Status Number() {
    const std::size_t begin = pos_;
    bool real = false;
    if (At(pos_) == '0' && (At(pos_ + 1) == 'x' || At(pos_ + 1) == 'X')) {
      pos_ += 2;
      while (HexDigit(At(pos_)) >= 0) ++pos_;
    } else if (At(pos_) == '0' && (At(pos_ + 1) == 'o' || At(pos_ + 1) == 'O')) {
      pos_ += 2;
      while (At(pos_) >= '0' && At(pos_) <= '7') ++pos_;
    } else {
      while (IsDigit(At(pos_))) ++pos_;
      if (At(pos_) == '.' && IsDigit(At(pos_ + 1))) {
        real = true;
        ++pos_;
        while (IsDigit(At(pos_))) ++pos_;
      }
      if (At(pos_) == 'e' || At(pos_) == 'E') {
        const std::size_t digits =
            pos_ + (At(pos_ + 1) == '-' || At(pos_ + 1) == '+' ? std::size_t{2} : std::size_t{1});
        if (IsDigit(At(digits))) {
          real = true;
          pos_ = digits;
          while (IsDigit(At(pos_))) ++pos_;
        }
      }
    }
    const bool only_prefix = pos_ - begin == 2 && HexDigit(At(pos_ - 1)) < 0;
    std::size_t end = pos_;
    while (end < text_.size() && (IsDigit(text_[end]) || NameEnd(end) > end)) {
      end = std::max(NameEnd(end), end + 1);
    }
    if (only_prefix || end > pos_) {
      const TokenKind before = tokens_.empty() ? TokenKind::kEnd : tokens_.back().kind;
      const std::size_t after = text_.find_first_not_of(' ', end);
      if ((before == TokenKind::kLeftBrace || before == TokenKind::kComma) &&
          after != std::string_view::npos && text_[after] == ':') {
        return SyntaxError(begin, "a name cannot begin with a digit; write it in backquotes");
      }
      return SyntaxError(begin,
                         "\"" + std::string(text_.substr(begin, end - begin)) +
                             "\" is no number; expected one like 42, 0x2A, 0o52, 4.2 or 4.2e1",
                         detail::kInvalidNumberLiteral);
    }
    Add(real ? TokenKind::kDouble : TokenKind::kInteger, begin,
        std::string(text_.substr(begin, pos_ - begin)));
    return {};
  }

  Result<char32_t> HexEscape(std::size_t escape, std::size_t digits) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = HexDigit(At(pos_ + i));
      if (digit < 0) {
        return SyntaxError(escape,
                           "expected " + std::to_string(digits) + " hexadecimal digits after \\" +
                               std::string(1, text_[escape + 1]),
                           detail::kInvalidUnicodeLiteral);
      }
      value = value << 4 | static_cast<char32_t>(digit);
    }
    pos_ += digits;
    return value;
  }

  Status Escape(std::string& out) {
    const std::size_t begin = pos_;
    const char c = At(pos_ + 1);
    pos_ += 2;
    switch (c) {
      case '\\':
      case '\'':
      case '"':
      case '`':
        out += c;
        return {};
      case 'b':
        out += '\b';
        return {};
      case 'f':
        out += '\f';
        return {};
      case 'n':
        out += '\n';
        return {};
      case 'r':
        out += '\r';
        return {};
      case 't':
        out += '\t';
        return {};
      case 'u':
      case 'U': {
        TUPU_ASSIGN(char32_t value, HexEscape(begin, c == 'u' ? 4 : 8));
        // A pair of surrogates, as JSON and Java write characters beyond U+FFFF.
        if (value >= 0xd800 && value < 0xdc00 && At(pos_) == '\\' && At(pos_ + 1) == 'u') {
          const std::size_t second = pos_;
          pos_ += 2;
          TUPU_ASSIGN(const char32_t low, HexEscape(second, 4));
          if (low >= 0xdc00 && low < 0xe000) {
            value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
          }
        }
        if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
          return SyntaxError(begin,
                             std::string(text_.substr(begin, pos_ - begin)) + " is no character",
                             detail::kInvalidUnicodeLiteral);
        }
        AppendUtf8(out, value);
        return {};
      }
      default:
        return SyntaxError(begin,
                           "unknown escape in a string; expected one of \\\\ \\' \\\" \\b \\f \\n "
                           "\\r \\t \\uXXXX \\UXXXXXXXX");
    }
  }

  Status String() {
    const std::size_t begin = pos_;
    const char quote = text_[pos_++];
    std::string value;
    while (true) {
      if (pos_ >= text_.size()) {
        return SyntaxError(begin, std::string("this string has no end; expected ") + quote);
      }
      const char c = text_[pos_];
      if (c == quote) break;
      if (c == '\\') {
        TUPU_TRY(Escape(value));
      } else {
        value += c;
        ++pos_;
      }
    }
    ++pos_;
    Add(TokenKind::kString, begin, std::move(value));
    return {};
  }

  Result<std::string> QuotedName() {
    const std::size_t begin = pos_++;
    std::string name;
    while (true) {
      if (pos_ >= text_.size()) {
        return SyntaxError(begin, "this name has no end; expected `");
      }
      if (text_[pos_] == '`') {
        if (At(pos_ + 1) != '`') break;
        ++pos_;
      }
      name += text_[pos_++];
    }
    ++pos_;
    return name;
  }

  Status Parameter() {
    const std::size_t begin = pos_++;
    std::string name;
    if (At(pos_) == '`') {
      TUPU_ASSIGN(name, QuotedName());
    } else {
      std::size_t end = pos_;
      while (end < text_.size() && (IsDigit(text_[end]) || NameEnd(end) > end)) {
        end = std::max(NameEnd(end), end + 1);
      }
      if (end == pos_) return SyntaxError(begin, "expected a parameter's name after $");
      name = std::string(text_.substr(pos_, end - pos_));
      pos_ = end;
    }
    Add(TokenKind::kParameter, begin, std::move(name));
    return {};
  }

  Status Sign() {
    struct Spelling {
      std::string_view text;
      TokenKind kind;
    };
    static constexpr std::array kSigns = {
        Spelling{"..", TokenKind::kDotDot},      Spelling{"<>", TokenKind::kNotEqual},
        Spelling{"<=", TokenKind::kLessEqual},   Spelling{">=", TokenKind::kGreaterEqual},
        Spelling{"=~", TokenKind::kMatches},     Spelling{"(", TokenKind::kLeftParen},
        Spelling{")", TokenKind::kRightParen},   Spelling{"[", TokenKind::kLeftBracket},
        Spelling{"]", TokenKind::kRightBracket}, Spelling{"{", TokenKind::kLeftBrace},
        Spelling{"}", TokenKind::kRightBrace},   Spelling{",", TokenKind::kComma},
        Spelling{":", TokenKind::kColon},        Spelling{";", TokenKind::kSemicolon},
        Spelling{"|", TokenKind::kBar},          Spelling{".", TokenKind::kDot},
        Spelling{"+", TokenKind::kPlus},         Spelling{"-", TokenKind::kMinus},
        Spelling{"*", TokenKind::kStar},         Spelling{"/", TokenKind::kSlash},
        Spelling{"%", TokenKind::kPercent},      Spelling{"^", TokenKind::kCaret},
        Spelling{"=", TokenKind::kEqual},        Spelling{"<", TokenKind::kLess},
        Spelling{">", TokenKind::kGreater},      Spelling{"&", TokenKind::kAmpersand},
        Spelling{"!", TokenKind::kBang}};
    const std::size_t begin = pos_;
    const std::string_view rest = text_.substr(pos_);
    if (rest.starts_with("!=")) {
      return SyntaxError(begin, "!= is no operator of Cypher; \"not equal\" is written <>");
    }
    if (rest.starts_with("==")) {
      return SyntaxError(begin, "== is no operator of Cypher; \"equal\" is written =");
    }
    if (rest.starts_with("&&") || rest.starts_with("||")) {
      return SyntaxError(begin, std::string(rest.substr(0, 2)) +
                                    " is no operator of Cypher; write " +
                                    (rest[0] == '&' ? "AND" : "OR"));
    }
    for (const Spelling& sign : kSigns) {
      if (rest.starts_with(sign.text)) {
        pos_ += sign.text.size();
        Add(sign.kind, begin);
        return {};
      }
    }
    const CodePoint point = DecodeAt(text_, pos_);
    const std::string_view ascii = AsciiFor(point.value);
    if (!ascii.empty()) {
      return SyntaxError(begin,
                         std::string(rest.substr(0, point.size)) + " is not the sign " +
                             std::string(ascii) + " that Cypher wants here",
                         detail::kInvalidUnicodeCharacter);
    }
    if (point.value < 0x20 || point.value == 0x7f || !IsNamePart(point.value)) {
      const bool shown = point.value >= 0x20 && DisplayWidth(point.value) > 0;
      return SyntaxError(
          begin,
          (shown ? std::string(rest.substr(0, point.size)) + " (" + CodePointName(point.value) + ")"
                 : CodePointName(point.value)) +
              " means nothing here; expected Cypher",
          point.value < 0x80 ? detail::kUnexpectedSyntax : detail::kInvalidUnicodeCharacter);
    }
    return SyntaxError(begin,
                       "a name cannot begin with " + std::string(rest.substr(0, point.size)));
  }

  void Pair() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      switch (tokens_[i].kind) {
        case TokenKind::kLeftParen:
        case TokenKind::kLeftBracket:
        case TokenKind::kLeftBrace:
          open.push_back(i);
          break;
        case TokenKind::kRightParen:
        case TokenKind::kRightBracket:
        case TokenKind::kRightBrace:
          if (open.empty()) break;
          // The closing kind follows the opening one in the enumeration.
          if (static_cast<int>(tokens_[open.back()].kind) + 1 ==
              static_cast<int>(tokens_[i].kind)) {
            tokens_[i].pair = open.back();
            tokens_[open.back()].pair = i;
          }
          open.pop_back();
          break;
        default:
          break;
      }
    }
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> Lex(std::string_view text) {
  if (text.size() > kMaxQueryBytes) {
    return Error(ErrorCode::kLimit,
                 "the query is longer than " + std::to_string(kMaxQueryBytes) + " bytes");
  }
  const std::size_t broken = FindInvalidUtf8(text);
  if (broken != std::string_view::npos) {
    return SyntaxError(broken, "the query is not UTF-8 here", detail::kInvalidUnicodeCharacter);
  }
  return Lexer(text).Run();
}

bool IsKeyword(const Token& token, std::string_view keyword) {
  return token.kind == TokenKind::kName && token.text.size() == keyword.size() &&
         std::equal(keyword.begin(), keyword.end(), token.text.begin(), [](char a, char b) {
           return a == (b >= 'a' && b <= 'z' ? static_cast<char>(b - 32) : b);
         });
}

}  // namespace tupu::query
