// The fixed words of web pages that are neither news nor names: navigation, sharing, footers,
// headings of link lists, labels of byline fields.
#pragma once

#include <string_view>

#include "extract/ingest/lines.h"

namespace tupu::extract {

// A line of navigation or footer, to be dropped: 首页, 返回顶部, 分享到：, 关于我们|联系我们,
// Copyright ©…, 当前位置：首页>要闻.
bool IsNavigation(std::string_view text, const Line& line);

// Begins a list of links to other articles: 相关报道, 推荐阅读, 最新新闻.
bool IsListHeader(std::string_view text, const Line& line);

// The title of a page of several short items: 国内联播快讯, 要闻速览.
bool IsCollectiveTitle(std::string_view title);

// Ends as an outlet's name does: 日报, 社, 网, 电视台.
bool IsOutletName(std::string_view name);

// Could be a Chinese person's name: two to four Han characters, none of the words that stand
// beside names (报道, 摄). `surname`: it begins with a common family name.
struct NameShape {
  bool possible = false;
  bool surname = false;
};
NameShape ShapeOfName(std::u32string_view name);

}  // namespace tupu::extract
