#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "extract/ingest/html_tags.h"
#include "extract/ingest/reader.h"
#include "graph/base/unicode.h"

namespace tupu::extract {
namespace {

TEST_CASE("visible text, one line a block") {
  struct Case {
    const char* html;
    const char* text;
  };
  const Case cases[] = {
      {"", ""},
      {"只有文字", "只有文字"},
      {"<p>甲</p><p>乙</p>", "甲\n乙"},
      {"<p>甲<p>乙", "甲\n乙"},
      {"甲<br>乙<br/>丙</br>丁", "甲\n乙\n丙\n丁"},
      {"<div>甲<b>乙</b><font color=red>丙</font><a href='x'>丁</a></div>", "甲乙丙丁"},
      {"<ul><li>甲<li>乙</ul>", "甲\n乙"},
      {"<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", "甲\t乙\n丙"},
      {"<script>var a = '<p>没有</p>';</script><style>p{}</style>有", "有"},
      {"<SCRIPT>没有</SCRIPT >有", "有"},
      {"有<script>没有闭合", "有"},
      {"<!-- <p>没有</p> -->有<!-- 没有", "有"},
      {"<nav>首页</nav><footer>版权</footer><p>有</p>", "有"},
      {"<div class='top-nav'>栏目</div><p>正文总比栏目长一些。</p>", "正文总比栏目长一些。"},
      {"<body class='nav-open'><p>有</p></body>", "有"},
      {"<div id=share_page><p>这一层包住全文，不能丢掉。</p></div>", "这一层包住全文，不能丢掉。"},
      {"<p style='display: none'>没有</p><p hidden>没有</p><span "
       "style=\"DISPLAY:none\">没有</span>有",
       "有"},
      {"<select><option>没有</option></select><textarea>没有</textarea>有", "有"},
      {"<p>国务院\n  印发</p>", "国务院印发"},
      {"<p>GDP\n growth 5%</p>", "GDP growth 5%"},
      {"<p> 甲  乙 </p>", "甲 乙"},
      {"<p>　　缩进的段落</p>", "缩进的段落"},
      {"<pre>甲\n乙</pre>", "甲\n乙"},
      {"&lt;指引&gt;&amp;&nbsp;&ldquo;十五五&rdquo;&#20013;&#x56fd;",
       "<指引>&\xc2\xa0“十五五”中国"},
      {"&#0;&#7;&#xd800;甲&#xfffe;", "\xef\xbf\xbd\xef\xbf\xbd甲"},
      {"甲&#xDEEEEEEEEEEEEEEEEEEE;乙", "甲乙"},
      {"甲<5且乙>3", "甲<5且乙>3"},
      {"<p title='a>b'>甲</p>", "甲"},
      {"</p>甲</div>乙", "甲乙"},
      {"<p>甲<", "甲<"},
      {"<p>甲<div", "甲"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.html);
    CHECK(HtmlToText(c.html).text == c.text);
  }
}

TEST_CASE("title, date and outlet of the head") {
  const HtmlText page = HtmlToText(
      "<html><head><title> 某市出台\n办法 - 某网 </title><meta name=PubDate content='2026-03-05 "
      "10:20'>"
      "<meta name=\"ContentSource\" content='某日报'></head><body><h1>某市出台办法</h1></body>");
  CHECK(page.title == "某市出台办法 - 某网");
  CHECK(page.date == "2026-03-05");
  CHECK(page.source == "某日报");
  CHECK(page.text == "某市出台办法");
  CHECK(HtmlToText("<title>甲 <b>乙</title>丙").title == "甲 <b>乙");
  CHECK(HtmlToText("<title>没有闭合").title.empty());
}

TEST_CASE("charset of a page") {
  const std::pair<const char*, const char*> cases[] = {
      {"<meta charset=GBK>", "gbk"},
      {"<META CHARSET = \"gb2312\" />", "gb2312"},
      {"<meta http-equiv='Content-Type' content='text/html; charset=GB18030'>", "gb18030"},
      {"<p>charset=gbk</p>", ""},
      {"<meta name=a><p charset=gbk>", ""},
      {"<meta charset", ""},
      {"", ""}};
  for (const auto& [html, charset] : cases) CHECK(DeclaredCharset(html) == charset);
}

// Each of these takes a tree builder quadratic time, or its destructor the whole stack.
TEST_CASE("bombs") {
  const auto repeat = [](const std::string& unit, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += unit;
    return out;
  };
  constexpr std::size_t kBytes = 2 << 20;
  const std::string bombs[] = {
      repeat("<div>", kBytes),
      repeat("<p><b><i>", kBytes),
      repeat("<a href=1><p>", kBytes),
      repeat("<font color=1><table><tr><td>", kBytes),
      repeat("</p>", kBytes),
      repeat("<title>", kBytes),
      repeat("<svg>", kBytes),
      repeat("<script>", kBytes),
      repeat("<li><ul>", kBytes),
      repeat("<table>x", kBytes),
      "<p " + repeat("a=1 ", kBytes) + ">",
      "<p " + repeat("class=1 ", kBytes) + ">",
      repeat("<form><select><option>", kBytes),
      repeat("<!--", kBytes),
      repeat("<", kBytes),
      repeat("&", kBytes),
      repeat("</", kBytes),
      repeat("<a\"", kBytes),
      repeat("<dd><dt>", kBytes),
  };
  for (const std::string& bomb : bombs) {
    CAPTURE(bomb.substr(0, 20));
    const auto begin = std::chrono::steady_clock::now();
    const HtmlText page = HtmlToText(bomb + "<p>完");
    CHECK(CheckText(page.text).ok());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(took.count() < 20);
  }
}

}  // namespace
}  // namespace tupu::extract
