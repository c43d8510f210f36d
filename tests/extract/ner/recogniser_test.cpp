#include "extract/ner/recogniser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/extract/ner/recognised.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE("no names in plain words") {
  Check({
      {"", {}, {":"}},
      {"有关部门表示，各地企业要加快转型。", {}, {":"}},
      {"会议指出，这项工作取得了积极进展。", {}, {"Event", "Person"}},
      {"全市共有12个重点项目集中开工。", {}, {"Project"}},
      {"该公司的子公司停产整顿。", {}, {"Company"}},
      {"沪上多家上市公司和一家空壳公司退市，母公司亏损。", {}, {"Company"}},
      {"青山就是金山银山。", {}, {"Place"}},
      {"各国家级高新区和省级开发区要带头。", {}, {"Zone"}},
      {"他们高兴地看到，村民收入增加了。", {}, {"Person"}},
  });
}

TEST_CASE("regions, also inside longer names") {
  Check({
      {"湖南省岳阳市平江县今天下雨。", {"Province:湖南省", "City:岳阳市", "County:平江县"}, {}},
      {"上海市财政局昨日发文。", {"LocalGovernment:上海市财政局", "+Province:上海市"}, {}},
      {"全市和平发展，环境朝阳向上。", {}, {"County"}},
      {"天津滨海新区港口繁忙。", {"Zone:天津滨海新区"}, {}},
      {"德国代表团参观了苏州工业园区。", {"+Place:德国", "Zone:苏州工业园区", "+City:苏州"}, {}},
  });
}

TEST_CASE("parks and areas") {
  Check({
      {"园中有园：现代物流产业园、绿色建材产业园。",
       {"Zone:现代物流产业园", "Zone:绿色建材产业园"},
       {}},
      {"阿尔金山国家级自然保护区下了雪。", {"Zone:阿尔金山国家级自然保护区"}, {}},
      {"安徽省省级自然保护区名单公布。", {}, {"Zone"}},
      {"铁路直达连接长沙高新区。", {"Zone:长沙高新区"}, {"连接"}},
      {"我国中东部降温。", {"Place:中东部"}, {}},
  });
}

TEST_CASE("a zone is named with its city, not with the province before that") {
  Check({
      {"湖南岳阳云溪经济开发区扩容。",
       {"Zone:岳阳云溪经济开发区", "Province:湖南"},
       {"Zone:湖南岳阳"}},
      {"湖南云溪经济开发区扩容。", {"Zone:湖南云溪经济开发区"}, {}},
  });
}

TEST_CASE("towns and villages right behind their county") {
  Check({
      {"松阳县大东坝镇茶农忙。", {"Place:大东坝镇"}, {}},
      {"思南县塘头镇青杠坝村修了路。", {"Place:塘头镇", "Place:青杠坝村"}, {}},
      {"记者来到浙江丽水岙头村采访。", {"Place:岙头村"}, {}},
      {"地址：丽水市合篾路81号竹艺大厦", {"Place:合篾路"}, {"Place:丽水市合篾路"}},
      {"大家走过道路，3号车间开工。", {}, {"Place"}},
      {"新建高速公路2号标段开工。", {}, {"Place"}},
      {"全县乡村都通了车，松阳县农村也不例外。", {}, {"Place"}},
      {"丽水有两个社区，丽水人的茶乡梦。", {}, {"Place"}},
      {"松阳县镇级财政好转，松阳县村民高兴。", {}, {"Place"}},
  });
}

TEST_CASE("what an article introduces is known in the rest of it") {
  Check({
      {"湖北云梦泽科技有限公司（以下简称“梦泽科技”）宣布投产。梦泽科技去年成立。",
       {"Company:湖北云梦泽科技有限公司", "Company:梦泽科技"},
       {}},
      {"董事长冯际海致辞。冯际海还参观了展区。", {"Person:冯际海"}, {}},
  });
  std::vector<std::string> found = Found("董事长冯际海致辞。下午，冯际海参观了展区。");
  CHECK(std::count(found.begin(), found.end(), "Person:冯际海") == 2);
}

TEST_CASE("titles, amounts and dates stand beside the names") {
  Reading reading = Read("昨日，市委副书记、市长林小溪宣布投资12.5亿元建设隧道。");
  REQUIRE(reading.mentions.size() == 1);
  const SentenceMentions& mentions = reading.mentions[0];
  REQUIRE(mentions.titles.size() == 1);
  CHECK(std::string(Slice(reading.doc.text, mentions.titles[0].span)) == "市委副书记、市长");
  REQUIRE(mentions.amounts.size() == 1);
  CHECK(mentions.amounts[0].amount.value == 1250000000.0);
  CHECK(std::string(Slice(reading.doc.text, mentions.amounts[0].span)) == "12.5亿元");
  REQUIRE(mentions.dates.size() == 1);
  CHECK(mentions.dates[0].date.from.ToString() == "2026-02-28");
}

TEST_CASE("mentions are ordered, within the sentence, without crossing") {
  Reading reading = Read(
      "广东省人民政府办公厅、深圳市前海管理局在深圳召开第三届大湾区湖泊论坛，"
      "发布《湖泊治理行动计划（2026—2030年）》。中国石化集团上海湖畔工程有限公司参加。");
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    Span whole = reading.page.sentences[i].at.span;
    const auto& entities = reading.mentions[i].entities;
    for (std::size_t a = 0; a < entities.size(); ++a) {
      CHECK(whole.Contains(entities[a].span));
      CHECK(!entities[a].span.empty());
      if (a > 0) CHECK(entities[a - 1].span.begin <= entities[a].span.begin);
      for (std::size_t b = a + 1; b < entities.size(); ++b) {
        bool apart = !entities[a].span.Overlaps(entities[b].span);
        bool inside = entities[a].span.Contains(entities[b].span) && entities[b].nested;
        CHECK((apart || inside));
      }
    }
  }
}

TEST_CASE("any text is read without harm") {
  for (std::string text :
       {std::string("《《《〈〉》"), std::string("””““’‘））（（"), std::string(3000, '('),
        std::string("第第第十十十亿亿亿月月日日·····"), std::string("、、、、和和和和"),
        std::string("·"), std::string("关于关于关于的的的意见意见"), std::string("a·b·c·")}) {
    CAPTURE(text);
    CHECK_NOTHROW(Read(text));
  }
  std::string long_line;
  for (int i = 0; i < 4000; ++i) long_line += "市长李小明、";
  CHECK_NOTHROW(Read(long_line));
  std::string brackets;
  for (int i = 0; i < 4000; ++i) brackets += "（公司";
  CHECK_NOTHROW(Read(brackets));
  // A sentence without end is read in pieces, each name whole.
  std::string list;
  for (int i = 0; i < 3000; ++i) list += "湖南省、";
  Reading reading = Read(list);
  std::size_t regions = 0;
  for (const SentenceMentions& mentions : reading.mentions) regions += mentions.entities.size();
  CHECK(regions == 3000);
}

TEST_CASE("foreign places by how they are written") {
  Check({
      {"巴西阿尔兰州贝里顿市发生洪水。", {"Place:巴西", "Place:阿尔兰州", "Place:贝里顿市"}, {}},
      {"美国阿肯色州加里兰县杰斯维尔3日起火。",
       {"Place:阿肯色州", "Place:加里兰县", "Place:杰斯维尔"},
       {}},
      {"武装分子袭击了苏丹南卡多凡州首府卡杜里等地。", {"Place:南卡多凡州", "Place:卡杜里"}, {}},
      {"俄罗斯称，在特洛比州击落无人机。", {"Place:特洛比州"}, {}},
      {"巴西加大市场开放。", {"Place:巴西"}, {"加大市"}},
      {"俄军称击退进攻，俄罗斯空军出动。", {}, {"俄军"}},
      {"智利南部蒂拉尼亚大区下雪。", {"Place:智利", "Place:蒂拉尼亚大区"}, {}},
      {"西班牙阿尔贡自治区和日本熊本县阿索地区下雨。",
       {"Place:阿尔贡自治区", "Place:阿索地区"},
       {}},
      {"德国总理在汉堡市看望工人。", {"Place:汉堡市"}, {}},
      {"德国汉堡市场开门。", {"Place:汉堡"}, {"汉堡市"}},
  });
}

TEST_CASE("what only looks like a division") {
  Check({
      {"护航编队由南通舰和常州舰组成。", {}, {"南通", "常州"}},
      {"可看官方微信“河北人社”。", {}, {"河北"}},
      {"北京市场需求旺盛。", {}, {"北京市"}},
      {"沿海城市和三明治。", {}, {"海城市", "三明"}},
  });
}

TEST_CASE("the street of an address") {
  Check({
      {"地址：常州市北京西路105号。", {"Place:北京西路", "City:常州市"}, {}},
      {"材料请报送竹溪路168号。", {"Place:竹溪路"}, {"报送竹溪路"}},
      {"地址：北京市平谷区平谷镇竹溪路59号。", {"Place:竹溪路", "Place:平谷镇"}, {}},
  });
}

TEST_CASE("a power line with its voltage and both ends") {
  Check({
      {"云南至广东正负800千伏输电工程投运。", {"Project:云南至广东正负800千伏输电工程"}, {}},
      {"青海送河南±800千伏特高压工程投运。", {"Project:青海送河南±800千伏特高压工程"}, {}},
  });
}

TEST_CASE("airports and irrigation districts by their own names") {
  Check({
      {"航班飞抵美国芝加哥竹溪国际机场。",
       {"Place:芝加哥竹溪国际机场"},
       {"美国芝加哥竹溪国际机场"}},
      {"广州白云机场客流增加。", {"Place:广州白云机场"}, {"County:白云"}},
      {"港珠澳大桥珠海公路口岸客流增加。",
       {"Place:港珠澳大桥珠海公路口岸", "+Project:港珠澳大桥"},
       {}},
      {"湖北漳河灌区开闸放水。", {"Place:漳河灌区"}, {"湖北漳河灌区"}},
  });
}

TEST_CASE("a class of works is no work") {
  Check({
      {"常州市经西部陆海新通道运出茶叶。",
       {"Project:西部陆海新通道"},
       {"Project:常州市经西部陆海新通道"}},
      {"“十四五”重大水利项目进展顺利。", {}, {"“十四五”重大水利项目"}},
      {"该桥是京竹高铁控制性工程。", {}, {"京竹高铁控制性工程"}},
      {"今年甘肃高速公路车流增加。", {}, {"甘肃高速公路"}},
      {"英国铁路工人罢工。", {}, {"英国铁路"}},
      {"各地推进竹业数据互联互通。", {}, {"竹业数据互联互通", "互通"}},
      {"第九届进博会一期开放。", {}, {"第九届进博会一期"}},
  });
}
