// Bylines: who published and wrote an article, and when, as it says itself.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extract/ingest/lines.h"
#include "extract/ingest/page.h"
#include "graph/base/span.h"
#include "graph/model/date.h"

namespace tupu::extract {

// One stretch of byline with what it names. A date without a year has year 0.
struct BylinePart {
  Span span;
  std::vector<Byline> names;  // spans in the text field
  graph::Date date;
  bool editor = false;      // names the editor: the article ends here
  bool page_title = false;  // 原标题：…
};

// The dateline that opens a line, with the reporters in brackets after it:
// 央视网消息（新闻联播）： · 新华社北京2月3日电（记者 张三） · 【某网讯】 · 每经记者 李四.
std::optional<BylinePart> ParseDateline(std::string_view text, const Line& line);

// The byline that closes a line after its last sentence: …支撑。（记者 王五） · （责任编辑：赵六）.
std::optional<BylinePart> ParseTrailingByline(std::string_view text, const Line& line);

// A line that is byline throughout: 来源：新华社 · 发布时间：2011-05-05 · 【责任编辑:王五】 ·
// 2011年09月27来源： · 记者：张三. `head`: it stands above the article's first sentence, where a
// short line with a date in it is one too.
std::optional<BylinePart> ParseBylineLine(std::string_view text, const Line& line, bool head);

// A label alone on its line, the value on the next one: 发文机关：.
bool IsBareLabel(std::string_view text, const Line& line);

}  // namespace tupu::extract
