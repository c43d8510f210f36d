#include "extract/ingest/page.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/lines.h"
#include "extract/ingest/page_words.h"
#include "extract/ingest/reader.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

graph::Document Doc(std::string text, std::string title = "", std::string date = "",
                    std::string url = "") {
  graph::Document doc;
  doc.id = "d";
  doc.text = std::move(text);
  doc.title = std::move(title);
  doc.date = std::move(date);
  doc.url = std::move(url);
  return doc;
}

// A page in short: each article as "[title]" with marks (t teaser, c cut off) and date ("?" if
// inferred), its bylines, then one line a sentence: T title, H heading, b body, y byline.
std::string Show(const graph::Document& doc) {
  const Page page = SplitPage(doc);
  std::ostringstream out;
  for (const ArticleAnatomy& anatomy : page.articles) {
    const graph::Article& article = anatomy.article;
    out << "#" << article.number << (article.teaser ? "t" : "") << (article.truncated ? "c" : "");
    if (!article.date.empty()) out << " " << article.date << (article.date_inferred ? "?" : "");
    for (const Byline& byline : anatomy.bylines) {
      out << " "
          << "ore"[static_cast<int>(byline.role)] << ":" << Slice(doc, byline.at);
    }
    out << "\n";
    for (const Sentence& sent : page.sentences) {
      if (sent.article != article.number) continue;
      out << "THby"[static_cast<int>(sent.kind)] << " " << Slice(doc, sent.at) << "\n";
    }
  }
  return out.str();
}

// What every page must be, whatever its text.
void CheckInvariants(const graph::Document& doc) {
  const Page page = SplitPage(doc);
  REQUIRE_FALSE(page.articles.empty());
  std::uint32_t body_end = 0;
  for (std::size_t i = 0; i < page.articles.size(); ++i) {
    const graph::Article& article = page.articles[i].article;
    REQUIRE(article.number == i);
    REQUIRE(article.body.begin <= article.body.end);
    REQUIRE(article.body.end <= doc.text.size());
    if (!article.body.empty()) {
      REQUIRE(article.body.begin >= body_end);
      body_end = article.body.end;
    }
  }
  const auto boundary = [](std::string_view text, std::uint32_t pos) {
    return pos <= text.size() &&
           (pos == text.size() || (static_cast<unsigned char>(text[pos]) & 0xc0) != 0x80);
  };
  std::vector<char> covered(doc.text.size(), 0);
  std::uint32_t article = 0, paragraph = 0, end = 0;
  bool in_title = true;
  for (const Sentence& sent : page.sentences) {
    const std::string& text = graph::TextOf(doc, sent.at.field);
    REQUIRE(sent.at.span.begin < sent.at.span.end);
    REQUIRE(boundary(text, sent.at.span.begin));
    REQUIRE(boundary(text, sent.at.span.end));
    REQUIRE(sent.article < page.articles.size());
    REQUIRE(sent.article >= article);
    const graph::Article& at = page.articles[sent.article].article;
    if (sent.article != article) {
      article = sent.article;
      paragraph = 0;
      end = 0;
      in_title = true;
    }
    REQUIRE(sent.paragraph >= paragraph);
    paragraph = sent.paragraph;
    const std::string_view inside = Slice(text, sent.at.span);
    REQUIRE(inside.find('\n') == std::string_view::npos);
    REQUIRE(TrimBlanks(text, sent.at.span) == sent.at.span);
    REQUIRE(sent.at.span.size() <= kMaxSentenceBytes);
    if (sent.kind == SentenceKind::kTitle) {
      REQUIRE(in_title);
      REQUIRE(at.title.field == sent.at.field);
      REQUIRE(at.title.span.Contains(sent.at.span));
      continue;
    }
    if (sent.at.field == graph::Field::kTitle) {  // the site's name behind the title
      REQUIRE(sent.kind == SentenceKind::kByline);
      continue;
    }
    in_title = false;
    REQUIRE(at.body.Contains(sent.at.span));
    REQUIRE(sent.at.span.begin >= end);
    end = sent.at.span.end;
    for (std::uint32_t i = sent.at.span.begin; i < end; ++i) covered[i] = 1;
  }
  // What no sentence holds in a body is navigation or a copy of the title.
  const std::string title = Squeeze(doc.title);
  for (const ArticleAnatomy& anatomy : page.articles) {
    for (const Byline& byline : anatomy.bylines) REQUIRE_FALSE(byline.at.span.empty());
    const graph::Article& at = anatomy.article;
    for (const Line& line : SplitLines(doc.text, at.body)) {
      if (at.title.field == graph::Field::kText && at.title.span.Overlaps(line.span)) continue;
      if (IsNavigation(doc.text, line)) continue;
      for (std::uint32_t pos = line.span.begin; pos < line.span.end;) {
        const CodePoint c = DecodeAt(doc.text, pos);
        if (!IsBlank(c.value) && covered[pos] == 0) {
          const std::string squeezed = Squeeze(Slice(doc.text, line.span));
          const bool copy = !title.empty() && (title.find(squeezed) != std::string::npos ||
                                               squeezed.starts_with(title));
          INFO(std::string(Slice(doc.text, line.span)));
          REQUIRE((copy || line.points <= 24));
          break;
        }
        pos += c.size;
      }
    }
  }
}

const char* const kPortal =
    "财经\n\n"
    "城市更新贷款细则出台,单个项目期限最长二十年\n\n\n"
    "南风财讯4月8日广州讯( 施远帆 小禾)旧改不再只看拆了多少。住建部门与金融监管部门近日联合印发"
    "《城市更新贷款管理细则》(以下简称《细则》)。\n\n\n"
    "钱从哪里来\n\n\n"
    "《细则》提出,贷款期限最长二十年;不得用于购地。\n\n\n"
    "分享到：\n\n"
    "【责任编辑:贺晓楠】\n\n"
    "洛河县新建粮食物流园\n\n"
    "4月2日,洛河县人民政府召开推进会。会议提出,到2027年12月31日建成五座粮仓,"
    "该项目自2026年3月20日开工以来\n\n"
    "清江首座换电站投用!重卡五分钟满电\n\n"
    "南风财讯(纪明 通讯员 "
    "万小舟)4月6日,清江市首座重卡换电站投用。换电站由清江交投集团建设,占地三亩,一次换电只要五分钟,"
    "每天可服务\n\n"
    "三部门:支持小微企业上云\n\n"
    "记者获悉,三部门将支持小微企业上云,首批将于5月18日启动。\n"
    "返回\n顶部";

TEST_CASE("a portal page: main article, teasers, navigation") {
  CHECK(Show(Doc(kPortal)) ==
        "#0 o:南风财讯 r:施远帆 r:小禾 e:贺晓楠\n"
        "T 城市更新贷款细则出台,单个项目期限最长二十年\n"
        "y 南风财讯4月8日广州讯( 施远帆 小禾)\n"
        "b 旧改不再只看拆了多少。\n"
        "b 住建部门与金融监管部门近日联合印发《城市更新贷款管理细则》(以下简称《细则》)。\n"
        "H 钱从哪里来\n"
        "b 《细则》提出,贷款期限最长二十年;\n"
        "b 不得用于购地。\n"
        "y 【责任编辑:贺晓楠】\n"
        "#1tc 2026-04-02?\n"
        "T 洛河县新建粮食物流园\n"
        "b 4月2日,洛河县人民政府召开推进会。\n"
        "b 会议提出,到2027年12月31日建成五座粮仓,该项目自2026年3月20日开工以来\n"
        "#2tc 2026-04-06? o:南风财讯 r:纪明 r:万小舟\n"
        "T 清江首座换电站投用!重卡五分钟满电\n"
        "y 南风财讯(纪明 通讯员 万小舟)\n"
        "b 4月6日,清江市首座重卡换电站投用。\n"
        "b 换电站由清江交投集团建设,占地三亩,一次换电只要五分钟,每天可服务\n"
        "#3t\n"
        "T 三部门:支持小微企业上云\n"
        "b 记者获悉,三部门将支持小微企业上云,首批将于5月18日启动。\n");
  // Given its title by the document, it is the same page.
  const graph::Document titled = Doc(kPortal, "城市更新贷款细则出台,单个项目期限最长二十年");
  const Page page = SplitPage(titled);
  REQUIRE(page.articles.size() == 4);
  CHECK(page.articles[0].article.title.field == graph::Field::kTitle);
  CHECK(Slice(titled.text, page.articles[0].article.body).starts_with("南风财讯4月8日"));
  CHECK(page.date.empty());
}

TEST_CASE("a newscast of several items") {
  CHECK(Show(Doc("某视网消息（晚间播报）：\n\n"
                 "农村电网改造办法印发\n\n"
                 "能源部门今天（3月3日）印发农村电网改造办法。办法自4月起施行。\n\n"
                 "首列冷链班列开行\n\n"
                 "昨天，首列冷链班列从临港开行。\n\n"
                 "班列运送水果八百吨。\n\n"
                 "《湖泊保护条例》施行\n\n"
                 "《湖泊保护条例》今起施行。",
                 "国内联播快讯", "2026-03-03")) ==
        "#0 2026-03-03 o:某视网\n"
        "T 国内联播快讯\n"
        "y 某视网消息（晚间播报）：\n"
        "#1 2026-03-03?\n"
        "T 农村电网改造办法印发\n"
        "b 能源部门今天（3月3日）印发农村电网改造办法。\n"
        "b 办法自4月起施行。\n"
        "#2 2026-03-03?\n"
        "T 首列冷链班列开行\n"
        "b 昨天，首列冷链班列从临港开行。\n"
        "b 班列运送水果八百吨。\n"
        "#3 2026-03-03?\n"
        "T 《湖泊保护条例》施行\n"
        "b 《湖泊保护条例》今起施行。\n");
}

TEST_CASE("short items are told apart without a title that says so") {
  const std::string text =
      "54.6亿元救灾资金下达\n\n财政部门近日下达54.6亿元救灾资金。\n\n"
      "17条举措支持租赁住房\n\n住房部门今天公布17条举措支持租赁住房。\n\n"
      "2026年1月1日起调整部分关税\n\n记者获悉，2026年1月1日起调整部分关税。";
  CHECK(SplitPage(Doc(text, "会议综述")).articles.size() == 4);
}

TEST_CASE("one article with sections stays one") {
  struct Case {
    const char* name;
    const char* text;
  };
  const Case cases[] = {
      {"lead, then sections",
       "本省出台办法。\n\n扩大范围\n\n办法扩大范围。\n\n提高标准\n\n办法提高标准。\n\n加强监管\n\n"
       "办法加强监管。"},
      {"headings that are headlines, but no news below",
       "公园是城市的肺\n\n公园是城市的肺，这话不假。\n\n道路是城市的脉\n\n道路是城市的脉，四通八达"
       "。\n\n"
       "水网是城市的血\n\n水网是城市的血，昼夜不停。"},
      {"sections whose text is about something else",
       "钱从哪里来\n\n银行提供贷款。\n\n地往哪里找\n\n清理闲置厂房。\n\n人在哪里住\n\n建设人才公寓"
       "。"},
      {"numbered sections",
       "一、扩大范围\n\n扩大范围是首要任务。\n\n二、提高标准\n\n提高标准是第二项任务。\n\n三、加强"
       "监管\n\n加强监管是第三项。"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    CHECK(SplitPage(Doc(c.text, "关于有关事项的报道")).articles.size() == 1);
  }
}

TEST_CASE("lists of links are articles of a title") {
  CHECK(Show(Doc("北原市推广电子招标- 某易购\n\t首页\n\t新闻\n\t北原市推广电子招标\n\n"
                 "北原市推广电子招标\n\n2011年09月27来源：\n分享到：\n新浪微博\n\n"
                 "北原市全面推广电子招标。\n\n相关报道\n\n·东湖区公布采购目录\n\n·省财政厅规范评审"
                 "专家...\n\n"
                 "最新新闻\n\n·西江铁路铺轨",
                 "北原市推广电子招标")) ==
        "#0 2011-09-27 o:某易购\n"
        "T 北原市推广电子招标\n"
        "y 某易购\n"
        "y 2011年09月27来源：\n"
        "b 北原市全面推广电子招标。\n"
        "#1t\nT 东湖区公布采购目录\n"
        "#2tc\nT 省财政厅规范评审专家...\n"
        "#3t\nT 西江铁路铺轨\n");
}

TEST_CASE("a tail of cut-off teasers needs no mark before it") {
  std::string text = "本市出台办法。\n\n办法分三章。\n\n";
  for (int i = 0; i < 3; ++i) {
    text += "第" + std::to_string(i) + "号工程开工\n\n";
    for (int k = 0; k < 12; ++k) text += "工程概况介绍,";
    text += "总投资约\n\n";
  }
  const Page page = SplitPage(Doc(text, "办法出台"));
  REQUIRE(page.articles.size() == 4);
  CHECK_FALSE(page.articles[0].article.teaser);
  CHECK(page.articles[3].article.teaser);
  CHECK(page.articles[3].article.truncated);
}

TEST_CASE("a document of the government: label table, title over lines, signature") {
  CHECK(
      Show(Doc("索 引 号：\n000001/2018-00001\n发文机关：\n国务院\n发布日期：\n2018年12月29日\n\n"
               "国务院关于同意\n\n设立试验区的批复\n\n国函〔2018〕1号\n\n东海省人民政府：\n\n"
               "同意设立试验区。\n\n国务院　　　\n2018年12月21日\n（此件公开发布）",
               "国务院关于同意设立试验区的批复")) ==
      "#0 2018-12-29\n"
      "T 国务院关于同意设立试验区的批复\n"
      "y 索 引 号：\ny 000001/2018-00001\ny 发文机关：\ny 国务院\ny 发布日期：\ny 2018年12月29日\n"
      "H 国函〔2018〕1号\n"
      "b 东海省人民政府：\n"
      "b 同意设立试验区。\n"
      "b 国务院\n"
      "y 2018年12月21日\n"
      "b （此件公开发布）\n");
}

TEST_CASE("titles: given, cut off, with a site behind") {
  // A title that is where the text breaks off is no title of its own.
  CHECK(Show(Doc("某网5月10日电 东海工程公司最近与北方建设公司组成联合体，承包年产40万吨装置。",
                 "某网5月10日电 东海工程公司最近与北方建设公司组成联合体，承")) ==
        "#0 o:某网\n"
        "y 某网5月10日电\n"
        "b 东海工程公司最近与北方建设公司组成联合体，承包年产40万吨装置。\n");
  CHECK(Show(Doc("青原市集中开工一批项目\n青原市今天集中开工。",
                 "青原市集中开工一批项目_要闻_青原新闻网")) ==
        "#0 o:青原新闻网\n"
        "T 青原市集中开工一批项目\n"
        "y 青原新闻网\n"
        "b 青原市今天集中开工。\n");
  CHECK(Show(Doc("只有一行标题样的字")) == "#0\nb 只有一行标题样的字\n");
  CHECK(Show(Doc("")) == "#0\n");
  CHECK(Show(Doc("首页\n返回\n顶部")) == "#0\n");
}

TEST_CASE("bylines") {
  struct Case {
    const char* text;
    const char* bylines;
  };
  const Case cases[] = {
      {"某视网消息（晚间播报）：国务院印发意见。", "o:某视网"},
      {"新华社北京2月3日电（记者 赵方舟、钱小满）会议召开。", "o:新华社 r:赵方舟 r:钱小满"},
      {"新华社北京2月3日电 会议召开。", "o:新华社"},
      {"【某邦动力网讯】公司完成融资。", "o:某邦动力网"},
      {"中原证券网讯（记者 孙立）公司公告。", "o:中原证券网 r:孙立"},
      {"新快报讯 记者 程欣 报道 规则将启动。", "o:新快报 r:程欣"},
      {"记者 谭小峰 发自广州。", "r:谭小峰"},
      {"投资圈（ID：abc）4月21日消息，公司宣布融资。", "o:投资圈"},
      {"集芯网消息，公司宣布融资。", "o:集芯网"},
      {"北原网5月14日电（统筹：陈勇 记者/侯慧）公司公告。", "o:北原网 e:陈勇 r:侯慧"},
      {"本报讯 会议召开。", ""},
      {"会议召开。（记者 李慧）", "r:李慧"},
      {"会议召开。(钟晶)", "r:钟晶"},
      {"会议召开。\n（责任编辑：吴迪）", "e:吴迪"},
      {"会议召开。\n来源：东海日报 责任编辑：吴迪 审核：郑好", "o:东海日报 e:吴迪 e:郑好"},
      {"来源：东海日报　2026-03-05　记者：纪云\n会议召开。", "o:东海日报 r:纪云"},
      {"发布人：-东海特区报\n会议召开。", "o:东海特区报"},
      {"发布人：聂军\n会议召开。", "r:聂军"},
      {"发布人：\n会议召开。", ""},
      {"来源：某网-东海日报\n会议召开。", "o:某网 o:东海日报"},
      {"来源：综合\n会议召开。", ""},
      {"http://www.abc.com 2011-02-17 08:56:00 某青年网\n会议召开。", ""},
      {"某氪 陈雅 2020-12-31 09:48\n会议召开。", "r:陈雅"},
      {"2023年1月1日起新规施行\n新规今天施行。", ""},
      {"来源：www.abc.com\n会议召开。", ""},
      // no bylines
      {"据某网消息，公司融资。", ""},
      {"公司致电（客服 李慧）询问。", ""},
      {"中国水电建设集团中标。", ""},
      {"记者获悉，会议召开。", ""},
      {"他参加了会议。（试行）", ""},
      {"该规划（草案）发布。", ""},
      {"编辑：这是怎么回事？", ""},
      {"家电讯息平台上线。", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const graph::Document doc = Doc(c.text);
    std::string bylines;
    for (const ArticleAnatomy& anatomy : SplitPage(doc).articles) {
      for (const Byline& byline : anatomy.bylines) {
        bylines += (bylines.empty() ? "" : " ") +
                   std::string(1, "ore"[static_cast<int>(byline.role)]) + ":" +
                   std::string(Slice(doc, byline.at));
      }
    }
    CHECK(bylines == c.bylines);
    CheckInvariants(doc);
  }
}

TEST_CASE("the date of a page") {
  struct Case {
    const char* text;
    const char* url;
    const char* date;
  };
  const Case cases[] = {
      {"南风财讯4月8日广州讯 会议召开。", "", ""},  // no year anywhere
      {"某网5月14日电 会议召开。截至2017年12月31日，资产两亿元。", "", "2018-05-14"},
      {"某网1月4日电 会议召开。去年12月签约，2025年12月30日开工。", "", "2026-01-04"},
      {"某网5月14日电 会议召开，预计2030年6月1日建成。", "", ""},
      {"某网5月14日电 会议召开，到2030年6月1日建成。", "", ""},
      {"会议于2026年2月2日召开。", "", ""},
      {"会议召开。\n2018年11月23日", "", "2018-11-23"},
      {"发布时间：2011-05-05\n会议召开。", "", "2011-05-05"},
      {"会议召开。", "http://a.cn/2024/04/29/V240429.shtml", "2024-04-29"},
      {"会议召开。", "http://a.cn/content/2018-11/28/c_5.htm", "2018-11-28"},
      {"会议召开。", "http://a.cn/t20230828_99.html", "2023-08-28"},
      {"会议召开。", "http://a.cn/12345678/1.html", ""},
      {"会议召开。", "http://a.cn/20231301.html", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CAPTURE(c.url);
    const Page page = SplitPage(Doc(c.text, "", "", c.url));
    CHECK(page.date == c.date);
    CHECK(page.date_inferred == !page.date.empty());
  }
  const Page stated = SplitPage(Doc("某网5月14日电 会议召开。", "", "2020-05-15"));
  CHECK(stated.date == "2020-05-15");
  CHECK_FALSE(stated.date_inferred);
}

// Pages put together at random from all that the splitter looks for.
TEST_CASE("any text is split into sentences that lie in order, inside, without gaps") {
  const char* const pieces[] = {
      "首页",
      "返回\n顶部",
      "相关报道",
      "·东湖区公布目录",
      "【责任编辑:吴迪】",
      "来源：",
      "发布时间：2011-05-05",
      "某网5月14日电（记者 孙立）",
      "某视网消息（晚间播报）：",
      "“",
      "”",
      "《",
      "》",
      "（",
      "）",
      "。",
      "；",
      "？",
      "……",
      "\n",
      "\n\n",
      "\r\n",
      "　　",
      " ",
      "\xc2\xa0",
      "一、总体要求",
      "国务院印发《关于稳投资的意见》。",
      "4月2日,会议召开",
      "2026年2月25日",
      "会议指出，要稳就业、稳企业、稳市场、稳预期，持续巩固向好态势，推动高质量发展取得新成效",
      "原标题：",
      "题目甲乙",
      "国内联播快讯",
      "a",
      "𠮷",
      "|",
      "(完)",
      "记者",
      "http://a.cn/?b=1;c"};
  std::uint64_t state = 20260225;
  const auto next = [&](std::size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % n;
  };
  for (int round = 0; round < 3000; ++round) {
    graph::Document doc;
    const std::size_t count = next(40);
    for (std::size_t i = 0; i < count; ++i) doc.text += pieces[next(std::size(pieces))];
    if (next(3) == 0) doc.title = next(2) == 0 ? "题目甲乙" : "国内联播快讯";
    CAPTURE(doc.text);
    CheckInvariants(doc);
  }
}

TEST_CASE("size is no trouble") {
  const auto repeat = [](std::string_view unit) {
    std::string out;
    while (out.size() < (1u << 20)) out += unit;
    return out;
  };
  for (const char* unit : {"“", "《（“", "甲", "甲。", "\n", "　　甲乙", "标题\n",
                           "标题\n\n段落甲乙丙。\n\n", "（记者 孙立", "1", "来源：",
                           "【责任编辑:吴迪】\n", "首页|", "2026年", "\"", "记者 孙立 "}) {
    CAPTURE(unit);
    graph::Document doc = Doc(repeat(unit));
    CheckInvariants(doc);
    std::swap(doc.text, doc.title);
    CHECK(SplitPage(doc).articles.size() == 1);
    doc.text = doc.title;
    CHECK(SplitPage(doc).articles.size() >= 1);
  }
}

TEST_CASE("the shared documents, where they are at hand") {
  const char* given = std::getenv("TUPU_SHARED");
  const std::filesystem::path shared =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(TUPU_SOURCE_DIR).parent_path() / "shared";
  if (!std::filesystem::exists(shared / "eval")) {
    MESSAGE("skipped: no folder ", shared.string());
    return;
  }
  std::istringstream none;
  std::size_t count = 0;
  const auto report = ReadDocuments({(shared / "eval").string(), (shared / "seed").string()}, {},
                                    none, [&](graph::Document doc) {
                                      CAPTURE(doc.id);
                                      CheckInvariants(doc);
                                      if (doc.id == "page" || doc.id == "dev/docs/seed") {
                                        CHECK(SplitPage(doc).articles.size() == 17);
                                      }
                                      ++count;
                                      return true;
                                    });
  REQUIRE(report.ok());
  CHECK(count >= 100);
}

}  // namespace
}  // namespace tupu::extract
