#include "query/cypher/lexer.h"

#include <doctest/doctest.h>

namespace tupu::query {
namespace {

std::string Tokens(std::string_view text) {
  const auto tokens = Lex(text);
  if (!tokens.ok()) {
    return "error at " + std::to_string(tokens.error().pos) + ": " + tokens.error().message;
  }
  std::string out;
  for (const Token& token : *tokens) {
    if (token.kind == TokenKind::kEnd) break;
    if (!out.empty()) out += ' ';
    switch (token.kind) {
      case TokenKind::kName:
        out += "name:" + token.text;
        break;
      case TokenKind::kQuotedName:
        out += "quoted:" + token.text;
        break;
      case TokenKind::kInteger:
      case TokenKind::kDouble:
        out += (token.kind == TokenKind::kInteger ? "int:" : "double:") + token.text;
        break;
      case TokenKind::kString:
        out += "string:" + token.text;
        break;
      case TokenKind::kParameter:
        out += "$" + token.text;
        break;
      default:
        out += Slice(text, token.at);
        break;
    }
  }
  return out;
}

struct LexerCase {
  const char* text;
  const char* tokens;
};

TEST_CASE("what is no token is refused where it begins") {
  static constexpr LexerCase kCases[] = {
      {"RETURN 'abc", "error at 7: this string has no end; expected '"},
      {"RETURN \"城市", "error at 7: this string has no end; expected \""},
      {"`名", "error at 0: this name has no end; expected `"},
      {"/* 注释", "error at 0: this comment has no end; expected */"},
      {"MATCH （n)", "error at 6: （ is not the sign ( that Cypher wants here"},
      {"RETURN n，m", "error at 8: ， is not the sign , that Cypher wants here"},
      {"RETURN “城市”", "error at 7: “ is not the sign \" that Cypher wants here"},
      {"a != b", "error at 2: != is no operator of Cypher; \"not equal\" is written <>"},
      {"a == b", "error at 2: == is no operator of Cypher; \"equal\" is written ="},
      {"a && b", "error at 2: && is no operator of Cypher; write AND"},
      {"a || b", "error at 2: || is no operator of Cypher; write OR"},
      {"0x", "error at 0: \"0x\" is no number; expected one like 42, 0x2A, 0o52, 4.2 or 4.2e1"},
      {"12亩", "error at 0: \"12亩\" is no number; expected one like 42, 0x2A, 0o52, 4.2 or 4.2e1"},
      {"0o8", "error at 0: \"0o8\" is no number; expected one like 42, 0x2A, 0o52, 4.2 or 4.2e1"},
      {"'\\u12'", "error at 1: expected 4 hexadecimal digits after \\u"},
      {"'\\ud800'", "error at 1: \\ud800 is no character"},
      {"'\\UFFFFFFFF'", "error at 1: \\UFFFFFFFF is no character"},
      {"'\\q'",
       "error at 1: unknown escape in a string; expected one of \\\\ \\' \\\" \\b \\f \\n \\r \\t "
       "\\uXXXX \\UXXXXXXXX"},
      {"$", "error at 0: expected a parameter's name after $"},
      {"a ? b", "error at 2: ? (U+003F) means nothing here; expected Cypher"},
      {"a \x01", "error at 2: U+0001 means nothing here; expected Cypher"},
      {"a \xff", "error at 2: the query is not UTF-8 here"},
      {"{1a: 2}", "error at 1: a name cannot begin with a digit; write it in backquotes"},
  };
  for (const LexerCase& c : kCases) {
    CAPTURE(c.text);
    CHECK(Tokens(c.text) == c.tokens);
  }
}

TEST_CASE("text becomes tokens") {
  static constexpr LexerCase kCases[] = {
      {"", ""},
      {"MATCH (n:政策)", "name:MATCH ( name:n : name:政策 )"},
      {"省份.名称", "name:省份 . name:名称"},
      {"`a b` ```` ``", "quoted:a b quoted:` quoted:"},
      {"1..2", "int:1 .. int:2"},
      {"1.5 .5 1e3 1E-3 1.e", "double:1.5 double:.5 double:1e3 double:1E-3 int:1 . name:e"},
      {"0x1F 0o17 007", "int:0x1F int:0o17 int:007"},
      {"'it\\'s' \"\\u4e2d\\n\"", "string:it's string:中\n"},
      {"'\\ud83d\\ude00' '\\U0001F600'", "string:😀 string:😀"},
      {"$name $城市 $`a b` $1", "$name $城市 $a b $1"},
      {"a<-b<=c<>d>=e=~f", "name:a < - name:b <= name:c <> name:d >= name:e =~ name:f"},
      {"a // 注释\n/* b\n*/ c", "name:a name:c"},
      {"a　b", "name:a name:b"},
  };
  for (const LexerCase& c : kCases) {
    CAPTURE(c.text);
    CHECK(Tokens(c.text) == c.tokens);
  }
}

TEST_CASE("brackets know their partners") {
  const auto tokens = Lex("([{}])(");
  REQUIRE(tokens.ok());
  CHECK((*tokens)[0].pair == 5);
  CHECK((*tokens)[5].pair == 0);
  CHECK((*tokens)[1].pair == 4);
  CHECK((*tokens)[2].pair == 3);
  CHECK((*tokens)[6].pair == 0);  // none
}

TEST_CASE("keywords are found in any case") {
  const auto tokens = Lex("match `MATCH` matches");
  REQUIRE(tokens.ok());
  CHECK(IsKeyword((*tokens)[0], "MATCH"));
  CHECK_FALSE(IsKeyword((*tokens)[1], "MATCH"));
  CHECK_FALSE(IsKeyword((*tokens)[2], "MATCH"));
}

}  // namespace
}  // namespace tupu::query
