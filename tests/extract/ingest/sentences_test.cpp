#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/lines.h"
#include "extract/ingest/page.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

std::string Split(std::string_view text) {
  std::string out;
  for (Span span : SplitSentences(text, Span{0, static_cast<std::uint32_t>(text.size())})) {
    out += (out.empty() ? "" : " | ") + std::string(Slice(text, span));
  }
  return out;
}

TEST_CASE("sentences") {
  struct Case {
    const char* text;
    const char* sentences;
  };
  const Case cases[] = {
      {"", ""},
      {" \n　", ""},
      {"一句话", "一句话"},
      {"会议召开。部署工作。", "会议召开。 | 部署工作。"},
      {"真的？！当然！", "真的？！ | 当然！"},
      {"一是稳就业；二是稳物价。", "一是稳就业； | 二是稳物价。"},
      {"他走了……她没走。", "他走了…… | 她没走。"},
      {"第一行\r\n\r\n第二行\r第三行\n", "第一行 | 第二行 | 第三行"},
      {"前一段。　　后一段。", "前一段。 | 后一段。"},
      {"　　缩进。 ", "缩进。"},
      // inside 《》, “”, （）
      {"印发《谁来种地？怎么种！》通知。好", "印发《谁来种地？怎么种！》通知。 | 好"},
      {"讨论了“怎么办？”的问题。", "讨论了“怎么办？”的问题。"},
      {"分三步（一是看；二是干。）走完。", "分三步（一是看；二是干。）走完。"},
      {"落实(含甲；乙)各项。下", "落实(含甲；乙)各项。 | 下"},
      // what closes belongs to the sentence before
      {"他说：“要抓好落实。”会议指出难点。", "他说：“要抓好落实。” | 会议指出难点。"},
      {"“要抓好落实。”他说。", "“要抓好落实。” | 他说。"},
      {"他说“要抓好落实。”，然后离开。", "他说“要抓好落实。”，然后离开。"},
      {"喊出“干！”的口号。", "喊出“干！”的口号。"},
      {"（全文完。）", "（全文完。）"},
      // what nothing closes protects nothing
      {"他说“好。我们走。", "他说“好。 | 我们走。"},
      {"（一）甲。（二）乙。", "（一）甲。 | （二）乙。"},
      {"1）甲。2）乙。", "1）甲。 | 2）乙。"},
      {"“十一五“末。下句。", "“十一五“末。 | 下句。"},
      {"《甲。\n乙》。", "《甲。 | 乙》。"},
      // half-width marks
      {"是吗?是的!好;行", "是吗? | 是的! | 好; | 行"},
      {"网址http://a.cn/?id=5;b=6可查。", "网址http://a.cn/?id=5;b=6可查。"},
      {"增长5.3%。GDP", "增长5.3%。 | GDP"},
      {"甲｡乙", "甲｡ | 乙"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Split(c.text) == c.sentences);
  }
}

TEST_CASE("long quotations are split inside, long stretches cut at a comma") {
  std::string speech = "他强调，“";
  for (int i = 0; i < 20; ++i) speech += "要坚持稳中求进的总基调。";
  speech += "”会议要求落实。";
  CHECK(SplitSentences(speech, Span{0, static_cast<std::uint32_t>(speech.size())}).size() == 21);

  std::string endless;
  while (endless.size() < 100000) endless += "没有句号的一长串字，";
  const auto pieces = SplitSentences(endless, Span{0, static_cast<std::uint32_t>(endless.size())});
  std::size_t total = 0;
  for (Span piece : pieces) {
    CHECK(piece.size() <= kMaxSentenceBytes);
    CHECK(Slice(endless, piece).ends_with("，"));
    total += piece.size();
  }
  CHECK(total == endless.size());
}

TEST_CASE("indents inside a line are line ends, spread names are not") {
  const auto count = [](std::string_view text) {
    return SplitLines(text, Span{0, static_cast<std::uint32_t>(text.size())}).size();
  };
  CHECK(count("请认真执行。　　某省人民政府　　2022年10月21日") == 3);
  CHECK(count("主任：张　　三") == 1);
  CHECK(count("组长：周远航　　省水利局局长") == 1);
  CHECK(count("周远航　　省水利局局长、党组书记") == 1);
  CHECK(count("周远航　　省水利局局长李青山　　省林业局局长") == 3);
  CHECK(count("标　　题：通知") == 1);
  CHECK(count("若　干　措　施") == 1);
  CHECK(count("署名　　　　　　　　甲") == 2);
}

}  // namespace
}  // namespace tupu::extract
