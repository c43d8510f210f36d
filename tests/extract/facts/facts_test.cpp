#include "extract/facts/facts.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "extract/extractor.h"
#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "who holds what post") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[LocalGovernment:[City:宜昌市]委]副书记、市长[Official:周远航]主持。",
       {"周远航 > 宜昌市 title=市长", "周远航 > 宜昌市委 title=副书记"}},
      {"[City:宜昌]市委书记[Official:周远航]、[Ministry:财政部]副部长[Official:李青山]座谈。",
       {"周远航 > 宜昌 title=市委书记", "李青山 > 财政部 title=副部长"}},
      {"[Ministry:水利部]党组书记、部长[Official:周远航]出席。",
       {"周远航 > 水利部 title=党组书记、部长"}},
      {"[Ministry:水利部]副部长[Official:周远航]、[Official:李青山]出席。",
       {"周远航 > 水利部 title=副部长", "李青山 > 水利部 title=副部长"}},
      {"[Company:远山集团]董事长[Person:周远航]、总裁[Person:李青山]出席。",
       {"周远航 > 远山集团 title=董事长", "李青山 > 远山集团 title=总裁"}},
      {"[County:秭归县]迎来丰收。县长[Official:周远航]介绍，橙子畅销。",
       {"周远航 > 秭归县 title=县长"}},
      {"[County:秭归县]迎来丰收。区政协主席[Official:周远航]到场。",
       {"周远航 > 区政协 title=主席"}},
      {"全国政协委员[Official:周远航]、全国人大代表[Official:李青山]在场。",
       {"周远航 > 全国政协 title=委员", "李青山 > 全国人大 title=代表"}},
      {"[Company:远山化工][Place:亚太]业务副总裁[Person:周远航]说。",
       {"周远航 > 远山化工 title=亚太业务副总裁"}},
      {"[Company:远山化工]，[Province:湖北]主管经理[Person:周远航]说。", {}},
      {"[City:宜昌]远帆纸业有限公司董事长[Person:周远航]说。",
       {"周远航 > 宜昌远帆纸业有限公司 title=董事长"}},
      {"[City:宜昌]柑橘种植协会副会长[Person:周远航]说。",
       {"周远航 > 宜昌柑橘种植协会 title=副会长"}},
      {"远帆([Place:中国])执行副总裁[Person:周远航]说。", {}},
      {"[Company:远山化工]门店里的[City:宜昌]远帆纸业有限公司总经理[Person:周远航]说。",
       {"周远航 > 宜昌远帆纸业有限公司 title=总经理"}},
      {"[Institution:[Place:德国]财政部]长[Person:普尔]到访。", {"普尔 > 德国财政部 title=部长"}},
      {"[Place:瑞士]副总理兼[Ministry:财政部]部长[Person:普尔]到访。",
       {"普尔 > 瑞士 title=副总理兼财政部部长"}},
      {"[Ministry:水利部]副部长[Official:周远航]主持会议，副部长[Official:李青山]出席。",
       {"周远航 > 水利部 title=副部长", "李青山 > 水利部 title=副部长"}},
      {"[Official:周远航]在[City:宜昌]会见商会主席[Person:李青山]。", {}},
      {"记者[Person:周远航]报道。", {}},
      {"在[Province:甘肃]务农的全国人大代表[Official:周远航]在场。",
       {"周远航 > 全国人大 title=代表"}},
      {"听取全国人大代表建议后，[Person:周远航]离开。", {}},
      {"[Ministry:水利部]与[Person:周远航]会谈。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "HOLDS_POSITION") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "posts behind a name") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Ministry:水利部]规划司[Official:周远航][@title:司长]主持。",
       {"周远航 > 水利部规划司 title=司长"}},
      {"[Institution:山城大学]的[Person:周远航][@title:教授]认为。",
       {"周远航 > 山城大学 title=教授"}},
      {"[Institution:山城大学][Person:周远航][@title:院士]认为。", {}},
      {"[City:宜昌市][Person:周远航][@title:教授]认为。", {}},
      {"[Institution:山城大学]请来[Person:周远航][@title:教授]。", {}},
      {"[Official:周远航]　　[Ministry:水利部]副部长、[Institution:山城大学]教授",
       {"周远航 > 山城大学 title=教授", "周远航 > 水利部 title=副部长"}},
      {"[Ministry:财政部]副部长[Official:周远航]　　[Ministry:水利部]副部长[Official:李青山]　　"
       "[Ministry:教育部]副部长",
       {"周远航 > 水利部 title=副部长", "李青山 > 教育部 title=副部长"}},
      {"[Ministry:水利部]副部长[Official:周远航]　　主持会议", {"周远航 > 水利部 title=副部长"}},
      {"组长：[Official:周远航]（[Ministry:水利部]副部长、[Institution:山城大学]教授）",
       {"周远航 > 山城大学 title=教授", "周远航 > 水利部 title=副部长"}},
      {"[Official:周远航]（右一）走进[Ministry:水利部]。", {}},
      {"[Official:周远航]，[Ministry:水利部]副部长，到会。", {"周远航 > 水利部 title=副部长"}},
      {"到会的有[Official:周远航]，[Ministry:水利部]副部长主持。", {}},
      {"任命[Official:周远航]为[Ministry:水利部]副部长、[Ministry:财政部]党组成员。",
       {"周远航 > 水利部 title=副部长", "周远航 > 财政部 title=党组成员"}},
      {"免去[Official:周远航]、[Official:李青山]的[Ministry:水利部]副部长职务。",
       {"周远航 > 水利部 title=副部长", "李青山 > 水利部 title=副部长"}},
      {"免去[Official:周远航][Ministry:水利部]副部长职务。", {"周远航 > 水利部 title=副部长"}},
      {"听取[Official:周远航]的[Ministry:水利部]汇报。", {}},
      {"[Ministry:国务院]召开会议，国务委员[Official:周远航]、[Official:李青山]出席。",
       {"周远航 > 国务院 title=国务委员", "李青山 > 国务院 title=国务委员"}},
      {"国务委员[Official:周远航]出席。", {}},
      {"“[Company:云芽]”创始人[Person:周远航]说。", {"周远航 > 云芽 title=创始人"}},
      {"[Province:江苏省]召开会议，[Official:周远航]副省长出席。",
       {"周远航 > 江苏省 title=副省长"}},
      {"[Official:周远航]副省长出席。", {}},
      {"会见[Place:欧盟]外交与安全政策高级代表[Official:普尔]。",
       {"普尔 > 欧盟 title=外交与安全政策高级代表"}},
      {"[Place:加纳]国家情报总监[Official:普尔]辞职。", {"普尔 > 加纳 title=国家情报总监"}},
      {"[LocalGovernment:[Province:江苏省]人民政府]发文。[Province:江苏省]省长[Official:周远航]"
       "出席。",
       {"周远航 > 江苏省人民政府 title=省长"}},
      {"[City:苏州]远帆纸业有限公司技师[Person:周远航]说。",
       {"周远航 > 苏州远帆纸业有限公司 title=技师"}},
      {"听取[Ministry:水利部]主任[Official:周远航]的报告，听取预算室主任[Official:李青山]的报告。",
       {"周远航 > 水利部 title=主任"}},
      {"[Institution:[Ministry:水利部]规划司]发文。部党组成员、部长助理[Official:周远航]出席。",
       {"周远航 > 水利部 title=党组成员、部长助理"}},
      {"[Company:远山集团]投资[Company:云芽]完成近三亿美元融资后创始人[Person:周远航]说。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "HOLDS_POSITION") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "the founder of the one company that was given money") {
  CHECK(Relations("[Company:云芽]完成A轮融资，由[Company:远山资本]领投。\n"
                  "创始人兼CEO[Person:周远航]介绍，将开新店。",
                  "HOLDS_POSITION") == Lines{"周远航 > 云芽 title=创始人兼CEO"});
  CHECK(Relations("[Company:云芽]完成A轮融资，由[Company:远山资本]领投。\n"
                  "另一家的创始人[Person:周远航]介绍，将开新店。",
                  "HOLDS_POSITION") == Lines{});
  CHECK(Relations("[Company:云芽]开了新店。\n创始人[Person:周远航]介绍了情况。",
                  "HOLDS_POSITION") == Lines{});
}

TEST_CASE_FIXTURE(FactsFixture,
                  "a committee that was not recognised is made from region and post") {
  const graph::Claims claims = Find("[Province:山西省]委书记[Official:周远航]强调安全。");
  REQUIRE(claims.relations.size() == 2);
  CHECK(Relations("[Province:山西省]委书记[Official:周远航]强调安全。") ==
        Lines{"HOLDS_POSITION 周远航 > 山西省委 title=书记", "LOCATED_IN 山西省委 > 山西省"});
}

TEST_CASE_FIXTURE(FactsFixture, "what a policy is about, from its name") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"《[Policy:关于促进竹产业高质量发展的意见]》印发。",
       {"关于促进竹产业高质量发展的意见 > 竹产业"}},
      {"《[Policy:关于支持[City:丽水市]发展生物医药产业的若干措施]》印发。",
       {"关于支持丽水市发展生物医药产业的若干措施 > 丽水市",
        "关于支持丽水市发展生物医药产业的若干措施 > 生物医药产业"}},
      {"《[Policy:零碳园区评价指南（试行）]》印发。", {"零碳园区评价指南（试行） > 零碳园区"}},
      {"《[Policy:竹产业发展统计公报]》发布。", {}},
      {"《[Policy:关于推动养老服务与家政服务融合发展的通知]》印发。",
       {"关于推动养老服务与家政服务融合发展的通知 > 养老服务",
        "关于推动养老服务与家政服务融合发展的通知 > 家政服务"}},
      {"[Event:第三届[Place:中国]冷链物流大会]开幕。", {"第三届中国冷链物流大会 > 冷链物流"}},
      {"[Event:国务院新闻发布会]举行。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what a name is about: known classes, parties, slogans") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      // A known class that begins with a verb, ends with a tail or is a whole word.
      {"《[Policy:[Industry:服务消费]与[Industry:养老]再贷款]》",
       {"服务消费与养老再贷款 > 养老", "服务消费与养老再贷款 > 服务消费"}},
      {"《[Policy:[Industry:食品安全]法]》", {"食品安全法 > 食品安全"}},
      {"《[Policy:[Industry:关税]法草案]》", {"关税法草案 > 关税"}},
      // The parties of a treaty.
      {"《[Policy:[Place:中华人民共和国]和[Place:智利共和国]关于司法协助的条约]》",
       {"中华人民共和国和智利共和国关于司法协助的条约 > 中华人民共和国",
        "中华人民共和国和智利共和国关于司法协助的条约 > 司法协助",
        "中华人民共和国和智利共和国关于司法协助的条约 > 智利共和国"}},
      // A slogan in quotes says nothing of the field.
      {"[Policy:“敢闯敢试、善作善成”行动]启动。", {}},
      {"《[Policy:廉政十项规定]》", {}},
      // What a meeting speaks of is seldom what it is about.
      {"[Event:[Industry:光伏产业]发展会议]召开。", {}},
      {"[Event:年中调度会议]召开。", {}},
      // Counts of meetings and years, marks of documents inside a name, a year in its second half.
      {"[Event:竹业协会领导人第九次峰会]召开。", {}},
      {"[Event:厂庆40周年庆祝活动]举行。", {}},
      {"[Event:第三届国际竹纤维博览会暨2026竹饮料论坛]开幕。",
       {"第三届国际竹纤维博览会暨2026竹饮料论坛 > 竹纤维",
        "第三届国际竹纤维博览会暨2026竹饮料论坛 > 竹饮料"}},
      {"[Policy:竹政办〔2020〕8号]", {}},
      // Two characters are all of what a law or a fair is about.
      {"《[Policy:竹艺法（草案）]》", {"竹艺法（草案） > 竹艺"}},
      {"[Event:滇南茶具订货会]闭幕。", {"滇南茶具订货会 > 滇南茶具"}},
      // A zone that is to be; 可持续发展 holds no verb; what it is done in is no object.
      {"《[Policy:关于支持[City:丽水市]建设国家竹业可持续发展示范区的意见]》",
       {"关于支持丽水市建设国家竹业可持续发展示范区的意见 > 丽水市",
        "关于支持丽水市建设国家竹业可持续发展示范区的意见 > 国家竹业可持续发展示范区"}},
      {"《[Policy:关于吸引竹艺人才在滇南落户的办法]》",
       {"关于吸引竹艺人才在滇南落户的办法 > 竹艺人才"}},
      // A report addresses nobody; 大数据 is none.
      {"《[Policy:竹业运行数据（2031年）]》", {}},
      {"《[Policy:支持竹业大数据的意见]》", {"支持竹业大数据的意见 > 竹业大数据"}},
      // Those whom a reply answers.
      {"关于竹业园区的批复\n[Policy:关于设立竹业园区的批复]\n[LocalGovernment:丽水市人民政府]：\n"
       "你们《[Policy:关于竹业园区规划的请示]》收悉。",
       {"关于竹业园区规划的请示 > 竹业园区", "关于设立竹业园区的批复 > 丽水市人民政府",
        "关于设立竹业园区的批复 > 竹业园区"}},
      // 展 ends no name in 发展; a fair of two states is about neither.
      {"[Event:滇南竹业发展论坛]闭幕。", {"滇南竹业发展论坛 > 滇南竹业"}},
      {"[Event:[Place:中国]—滇盟博览会]开幕。", {}},
      // Sports and ceremonies have no field.
      {"[Event:第三届滇南冬季运动会]开幕。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "at most eight targets a policy, those in its name first") {
  const Lines targets = Relations(
      "《[Policy:竹产业发展规划]"
      "》聚焦竹板材、竹纤维、竹餐具、竹家具、竹饮料、竹炭材、竹笋干、竹缆管、竹香品等领域。",
      "TARGETS");
  CHECK(targets.size() == 8);
  CHECK(std::count(targets.begin(), targets.end(), "竹产业发展规划 > 竹产业") == 1);
}

TEST_CASE_FIXTURE(FactsFixture, "who issued and when") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[@date=2026-03-05:3月5日]，[Ministry:财政部]发布《[Policy:彩票资金办法]》，自[@date=2026-"
       "05-01:5月1日]起施行。",
       {"财政部 > 彩票资金办法 date=2026-03-05"}},
      {"[Ministry:财政部][@date=:近日]发布《[Policy:彩票资金办法]》。", {"财政部 > 彩票资金办法"}},
      {"[Ministry:财政部]没有发布《[Policy:彩票资金办法]》。", {}},
      {"《[Policy:[Province:江西省]有机肥推广规划]》提出目标。", {"江西省 > 江西省有机肥推广规划"}},
      {"[LocalGovernment:省农业厅]发布《[Policy:[Province:江西省]有机肥推广规划]》。",
       {"省农业厅 > 江西省有机肥推广规划"}},
      // The day below a document is that of its own title.
      {"[Policy:[Ministry:财政部]关于竹税的通知]\n[@date=2026-03-05:3月5日]",
       {"财政部 > 财政部关于竹税的通知 date=2026-03-05"}},
      {"根据《[Policy:[Ministry:财政部]关于竹税的通知]》，开展申报。\n[@date=2026-03-05:3月5日]",
       {"财政部 > 财政部关于竹税的通知"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "ISSUED") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "money and building") {
  CHECK(Relations("[Company:远山集团]拟对全资子公司[Company:蓝港物流]增资[@amount=USD "
                  "3000000:300万美元]。") ==
        Lines{"INVESTS 远山集团 > 蓝港物流 amount=3000000 currency=USD",
              "PART_OF 蓝港物流 > 远山集团"});
  CHECK(Relations("[Company:远山集团]承建[Project:竹纤维工厂]。该项目总投资约[@amount=50000000:"
                  "5000万元]。") ==
        Lines{"BUILDS 远山集团 > 竹纤维工厂", "INVESTS 远山集团 > 竹纤维工厂 amount=50000000"});
  CHECK(Relations(
            "[Company:远山集团]承建总投资[@amount=50000000:5000万元]的[Project:竹纤维工厂]。") ==
        Lines{"BUILDS 远山集团 > 竹纤维工厂", "INVESTS 远山集团 > 竹纤维工厂 amount=50000000"});
}

TEST_CASE_FIXTURE(FactsFixture, "a described work may be called a building project") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Company:远山集团]承建一处竹纤维仓库建设项目。", {"远山集团 > 竹纤维仓库建设项目"}},
      {"[Company:远山集团]承建加快建设竹纤维仓库项目。", {}},
      {"[Company:远山集团]承建建设项目。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "BUILDS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "the central treasury is the ministry, where the article names it") {
  const std::string gift = "中央财政安排[@amount=80000000:8000万元]支持[Industry:竹产业]。";
  CHECK(Relations("[Ministry:财政部]介绍了政策。" + gift, "INVESTS") ==
        Lines{"财政部 > 竹产业 amount=80000000"});
  CHECK(Relations("[Ministry:水利部]介绍了政策。" + gift, "INVESTS") == Lines{});
  CHECK(Relations("[Ministry:财政部]介绍了政策。[@date=2026:2026年]" + gift, "INVESTS") ==
        Lines{"财政部 > 竹产业 amount=80000000"});
}

TEST_CASE_FIXTURE(FactsFixture, "who finances a company that no list has") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      // A name of two characters where it is known or behind its kind; not the short form
      // in its bracket.
      {"消息，支付平台云麓完成一亿元融资，投资方为青禾资本。", {"青禾资本 > 云麓"}},
      {"消息，支付平台继续完成一亿元融资，投资方为青禾资本。", {}},
      {"消息，云麓智算完成一亿元融资，[Company:腾达]和青禾资本领投。",
       {"腾达 > 云麓智算", "青禾资本 > 云麓智算"}},
      {"消息，云麓智能算力有限公司(简称：云麓智算)正式宣布完成一亿元融资，青禾资本领投。",
       {"青禾资本 > 云麓智能算力有限公司"}},
      {"消息，云麓智算完成一亿元融资，蓝港旗下基金青禾资本领投，老股东超额跟投。",
       {"青禾资本 > 云麓智算"}},
      {"消息，云麓智算完成一亿元融资，由（有限合伙）领投。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "INVESTS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a work that is bought is not built by the one in its name") {
  CHECK(Relations("[Company:蓝港物流]收购[Project:[Company:远山电力公司]风电项目]。", "BUILDS") ==
        Lines{});
  CHECK(Relations("[Project:[Company:远山电力公司]风电项目]开工。", "BUILDS") ==
        Lines{"远山电力公司 > 远山电力公司风电项目"});
  CHECK(Relations("[Project:[Company:远山电力公司]光缆集中采购项目]开标。", "BUILDS") == Lines{});
  CHECK(Relations("[Project:[Company:远山电力公司]储能站]附近今天有雨。", "BUILDS") == Lines{});
  CHECK(Relations("[Project:[Company:远山电力公司]储能站]今天投产。", "BUILDS") ==
        Lines{"远山电力公司 > 远山电力公司储能站"});
}

TEST_CASE_FIXTURE(FactsFixture,
                  "a park is built by the company in its name, unless it is a place only") {
  const Lines built = {"远山电力公司 > 远山电力公司储能园"};
  CHECK(Relations("记者走进[Zone:[Company:远山电力公司]储能园]。", "BUILDS") == built);
  CHECK(Relations("设在“[Zone:[Company:远山电力公司]储能园]”内。", "BUILDS") == Lines{});
  CHECK(Relations("[Zone:[Company:远山电力公司]储能园]管委会开会。", "BUILDS") == Lines{});
}

TEST_CASE_FIXTURE(FactsFixture, "names of one document") {
  SUBCASE("an introduced short form is an alias in its article, not in the next") {
    const graph::Claims claims = Find(
        "## "
        "甲\n[Ministry:财政部]印发《[Policy:彩票资金管理办法]》（以下简称《办法》）。\n《[Policy:"
        "办法]》明确，专款专用。\n"
        "## 乙\n[Ministry:商务部]印发《[Policy:二手车流通办法]》。\n");
    const auto policy = std::find_if(claims.entities.begin(), claims.entities.end(),
                                     [](const auto& e) { return e.name == "彩票资金管理办法"; });
    REQUIRE(policy != claims.entities.end());
    CHECK(policy->aliases == Lines{"办法"});
    CHECK(std::count_if(claims.entities.begin(), claims.entities.end(),
                        [](const auto& e) { return e.type == "Policy"; }) == 2);
  }
  SUBCASE("a company without its region and legal form") {
    const graph::Claims claims =
        Find("[Company:[City:芜湖]长风科技股份有限公司]公告。\n[Company:长风科技]增产。\n");
    CHECK(std::count_if(claims.entities.begin(), claims.entities.end(),
                        [](const auto& e) { return e.type == "Company"; }) == 1);
  }
  SUBCASE("a court with and without the regions above its own") {
    const graph::Claims claims = Find(
        "[Institution:[City:宜昌市][County:秭归县]人民法院]宣判。[Institution:[County:秭归县]"
        "人民法院]院长在场。");
    CHECK(std::count_if(claims.entities.begin(), claims.entities.end(),
                        [](const auto& e) { return e.type == "Institution"; }) == 1);
  }
  SUBCASE("with and without 省") {
    const graph::Claims claims = Find("[Province:江西省]丰收。[Province:江西]外销增长。");
    REQUIRE(claims.entities.size() == 1);
    CHECK(claims.entities[0].name == "江西省");
    CHECK(claims.entities[0].aliases == Lines{"江西"});
  }
  SUBCASE("a bare department is completed, its name stays as it stands") {
    const graph::Claims claims = Find("[Province:上海市]宣布，[LocalGovernment:市粮食局]负责。");
    REQUIRE(claims.entities.size() == 2);
    CHECK(claims.entities[1].name == "市粮食局");
    CHECK(claims.entities[1].canonical_name == "上海市粮食局");
    CHECK(claims.entities[1].key.name == "上海市粮食局");
  }
  SUBCASE("a bare committee is its region's voice, not an entity") {
    CHECK(Relations("[Province:江西省]丰收。[LocalGovernment:省政府]召开[Event:秋粮收购会议]。",
                    "HELD") == Lines{"江西省 > 秋粮收购会议"});
  }
  SUBCASE("a bare committee without a region is nothing") {
    CHECK(Find("[LocalGovernment:省委]常委[Official:周远航]到会。").entities.size() == 1);
  }
  SUBCASE("a bare name may abbreviate the full one") {
    const graph::Claims claims = Find(
        "[Institution:[Province:江西省]中小微企业协会]成立。[Institution:省小微协会]设在南昌。");
    REQUIRE(claims.entities.size() == 2);
    CHECK(claims.entities[1].aliases == Lines{"省小微协会"});
  }
  SUBCASE("two bare names may be one department") {
    const graph::Claims claims = Find(
        "[LocalGovernment:市住建委]发文。[LocalGovernment:市住房城乡建设委]和[LocalGovernment:"
        "县住房城乡建设委]落实。");
    REQUIRE(claims.entities.size() == 2);
    CHECK(claims.entities[0].name == "市住房城乡建设委");
    CHECK(claims.entities[0].aliases == Lines{"市住建委"});
  }
  SUBCASE("classes and regions in names count only in relations") {
    const graph::Claims claims =
        Find("[Industry:竹产业]看好。《[Policy:[Place:长江]捕捞年度报告]》满月。");
    CHECK(claims.entities.size() == 1);
  }
  SUBCASE("homonyms are told apart by what they do") {
    const graph::Claims claims = Find("[Ministry:水利部]部长[Official:周远航]出席。");
    const auto person = std::find_if(claims.entities.begin(), claims.entities.end(),
                                     [](const auto& e) { return e.type == "Official"; });
    REQUIRE(person != claims.entities.end());
    CHECK(person->key.ToString() == "Person:周远航@水利部");
  }
}

TEST_CASE_FIXTURE(FactsFixture, "denied claims are kept, but not in the output") {
  const MarkedDocument marked =
      ParseDocument("[Company:远山集团]并未承建[Project:竹纤维工厂]。", schema());
  auto claims = FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), nullptr);
  REQUIRE(claims.ok());
  REQUIRE(claims->relations.size() == 1);
  CHECK(claims->relations[0].status == graph::ClaimStatus::kDenied);
  CHECK(ClaimsToJson(marked.doc, *claims, false).find("\"relations\":[]") != std::string::npos);
}

TEST_CASE_FIXTURE(FactsFixture, "one line of output, offsets in code points") {
  const MarkedDocument marked = ParseDocument(
      "[Company:远山集团]向[Company:蓝港物流]增资[@amount=USD 3000000:300万美元]。", schema());
  auto claims = FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), nullptr);
  REQUIRE(claims.ok());
  CHECK(ClaimsToJson(marked.doc, *claims, false) ==
        "{\"id\":\"test\",\"title\":\"\",\"date\":\"\",\"entities\":["
        "{\"id\":\"e1\",\"type\":\"Company\",\"name\":\"远山集团\",\"aliases\":[],\"props\":{},"
        "\"canonical_name\":\"远山集团\",\"confidence\":1.0,\"mentions\":[{\"field\":\"text\","
        "\"start\":0,"
        "\"end\":4,\"text\":\"远山集团\"}]},"
        "{\"id\":\"e2\",\"type\":\"Company\",\"name\":\"蓝港物流\",\"aliases\":[],\"props\":{},"
        "\"canonical_name\":\"蓝港物流\",\"confidence\":1.0,\"mentions\":[{\"field\":\"text\","
        "\"start\":5,"
        "\"end\":9,\"text\":\"蓝港物流\"}]}],"
        "\"relations\":[{\"type\":\"INVESTS\",\"from\":\"e1\",\"to\":\"e2\",\"props\":{\"amount\":"
        "\"USD 3000000\"},"
        "\"status\":\"done\",\"evidence\":\"远山集团向蓝港物流增资300万美元。\",\"evidence_at\":{"
        "\"field\":\"text\","
        "\"start\":0,\"end\":18},\"rule\":\"invests.capital_into_sum\",\"confidence\":0.9}],"
        "\"articles\":[{\"number\":0,\"title\":\"\",\"date\":\"\",\"start\":0,\"end\":18}]}");
}

TEST_CASE_FIXTURE(FactsFixture, "no shape of text breaks it") {
  for (const char* text :
       {"", "，，，", "（（（（（", "《", "[Policy:》]", "[Person:、]、、、", "该该该项目项目",
        "[LocalGovernment:市]", "[Province:省]委书记[Official:周]"}) {
    CAPTURE(text);
    Find(text);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a heading that begins with a word for a company names none") {
  MarkedDocument marked = ParseDocument(
      "[Company:远澜家具公司]拟投资3亿元建设年产5万套家具项目。\n公司总经理否认传闻\n"
      "[Institution:海州电视台]昨日报道展会开幕。\n公司总经理[Person:周远航]表示产品合格。\n",
      schema());
  marked.page.sentences[1].kind = SentenceKind::kHeading;
  const auto claims = FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), nullptr);
  REQUIRE_MESSAGE(claims.ok(), (claims.ok() ? std::string() : claims.error().ToString()));
  Lines posts;
  for (const graph::LocalRelation& rel : claims->relations) {
    if (rel.type != "HOLDS_POSITION") continue;
    posts.push_back(claims->entities[rel.from].name + " > " + claims->entities[rel.to].name);
  }
  CHECK(posts == Lines{"周远航 > 远澜家具公司"});
}
