// What documents tell of projects and events: stage, amount, names, who took part.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// "key=value" of the first entity of `type`, sorted by key.
Lines PropertiesOf(const graph::Claims& claims, std::string_view type) {
  for (const graph::LocalEntity& ent : claims.entities) {
    if (ent.type != type) continue;
    Lines lines;
    for (const auto& [key, value] : ent.properties) {
      lines.push_back(
          key + "=" +
          (value.kind() == graph::ValueKind::kString ? value.as_string() : ToJson(value)));
    }
    return lines;
  }
  return {"no such entity"};
}

}  // namespace

TEST_CASE_FIXTURE(FactsFixture, "the stage of a project") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Project:沿江快速路]今天开工。", {"stage=开工"}},
      {"[Project:沿江快速路]正在建设。", {"stage=在建"}},
      {"[Project:沿江快速路]建成投产。", {"stage=投产"}},
      {"[Project:沿江快速路]全长90公里，近日竣工。", {"length=90 km", "stage=竣工"}},
      {"在建的[Project:沿江快速路]全长90公里。", {"length=90 km", "stage=在建"}},
      {"[Project:沿江快速路]、[Project:空港枢纽]今天开工。", {"stage=开工"}},
      {"[Project:沿江快速路]去年开工。[Project:沿江快速路]近日通车。", {"stage=投产"}},
      // A plan is none of its stages, and what comes after is no news.
      {"[Project:沿江快速路]拟于明年开工。", {"stage=规划"}},
      {"[Project:沿江快速路]开工，预计明年通车。", {"stage=开工"}},
      {"[Project:沿江快速路]建成通车后，出行更便捷。", {}},
      {"[Project:沿江快速路]开工仪式上掌声不断。", {}},
      {"[Project:沿江快速路]是重点工程。", {}},
      {"确保[Project:沿江快速路]、[Project:空港枢纽]等项目建成投产。", {}},
      {"推动[Project:沿江快速路]、[Project:空港枢纽]等一批在建项目建成投产。", {"stage=在建"}},
      {"[Company:远山集团]拟投资建设[Project:沿江快速路]。", {"stage=规划"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(PropertiesOf(Find(c.text), "Project") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what a project costs") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Project:竹纤维工厂]总投资约[@amount=50000000:5000万元]。", {"amount=50000000"}},
      {"总投资[@amount=50000000:5000万元]的[Project:竹纤维工厂]落户。", {"amount=50000000"}},
      {"[Project:竹纤维工厂]占地五亩。该项目总投资[@amount=USD 3000000:300万美元]。",
       {"amount=3000000", "area=3333.333333 m2", "currency=USD"}},
      {"[Company:远山集团]中标[@amount=50000000:5000万元][Project:滨江污水厂]。",
       {"amount=50000000"}},
      {"[Company:远山集团]投资[@amount=50000000:5000万元]在[City:滁州]建设[Project:竹纤维工厂]。",
       {"amount=50000000"}},
      {"[Project:竹纤维工厂]、[Project:竹炭工厂]总投资[@amount=50000000:5000万元]。", {}},
      {"[Project:竹纤维工厂]产值[@amount=50000000:5000万元]。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(PropertiesOf(Find(c.text), "Project") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "how large a project is") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Project:竹纤维工厂]占地约540亩。", {"area=360000 m2"}},
      {"[Project:竹纤维工厂]总建筑面积12万平方米，年产5万吨。",
       {"area=120000 m2", "capacity=50000 t/a"}},
      {"[Project:年产5万吨竹纤维项目]落户。", {"capacity=50000 t/a"}},
      {"[Project:青石岭风电场]装机容量120万千瓦。", {"capacity=1200000 kW"}},
      {"[Project:沿江快速路]、[Project:空港快线]全长90公里。", {"length=90 km"}},
      // No word says what is measured; a share is no measure of a work.
      {"[Project:竹纤维工厂]距县城90公里，已完成80%。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Lines all;
    for (const graph::LocalEntity& ent : Find(c.text).entities) {
      if (ent.type != "Project") continue;
      for (const auto& [key, value] : ent.properties) {
        if (key != "stage") all.push_back(key + "=" + value.as_string());
      }
    }
    CHECK(all == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a project that is also named shorter is one") {
  const auto names = [&](std::string_view text) {
    Lines found;
    for (const graph::LocalEntity& ent : Find(text).entities) {
      if (ent.type == "Project") found.push_back(ent.name);
    }
    return found;
  };
  CHECK(names("[Project:滨江污水厂扩建项目]开工。[Project:滨江新城污水厂二期扩建项目]占地五亩。") ==
        Lines{"滨江新城污水厂二期扩建项目"});
  // Either could be meant.
  CHECK(names("[Project:滨江污水厂扩建项目]开工。[Project:滨江新城污水厂扩建项目]、"
              "[Project:滨江老城污水厂扩建项目]占地五亩。")
            .size() == 3);
  // What stands before it is where the work is, or the line that it is a part of.
  CHECK(names("[Project:竹山隧道]贯通。[Project:[City:六安]竹山隧道]长五里。").size() == 1);
  CHECK(names("[Project:竹山隧道]贯通。[Project:[Project:六黄高铁]竹山隧道]长五里。") ==
        Lines{"六黄高铁竹山隧道"});
  CHECK(names("[Project:六黄铁路]开工。[Project:六黄铁路项目]招标。").size() == 1);
  // A line by a letter of each of its ends, and by the ends.
  CHECK(names("[Project:六黄高铁]开工。[Project:[City:六安]至[City:黄山]高速铁路]长百里。") ==
        Lines{"六安至黄山高速铁路"});
  CHECK(
      names("[Project:渝万高铁西段]开工。[Project:[Province:重庆]至[County:万州]高铁西段]长十里。")
          .size() == 1);
  CHECK(
      names("[Project:六黄高铁]开工。[Project:[City:六安]至[City:黄山]高速公路]长百里。").size() ==
      2);
  // A part of a line is not the line.
  CHECK(names("[Project:滁宁城际铁路]开工。[Project:滁宁城际铁路滁河特大桥]合龙。").size() == 2);
}

TEST_CASE_FIXTURE(FactsFixture, "who took part, and in what") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Event:竹产业大会]在[City:南平]举行。[Official:周远航]关心群众工作的安排。", {}},
      {"[Event:竹产业大会]在[City:南平]举行。学习贯彻[Official:周远航]讲话。", {}},
      {"[Event:竹产业大会]日前闭幕，市长[Official:周远航]在政府工作报告中宣布喜讯。",
       {"周远航 > 竹产业大会"}},
      // The event that is held, not the one that is named first.
      {"[Event:十二届市人代会]主席团举行[Event:第二次会议]。[Official:周远航]主持会议。",
       {"周远航 > 第二次会议"}},
      {"[Ministry:林草局]举行[Event:新闻发布会]。\n[Official:周远航]说，前景好。",
       {"周远航 > 新闻发布会"}},
      {"[Ministry:林草局]举行[Event:新闻发布会]。\n[Ministry:水利部]部长助理说，前景好。", {}},
      // 参会 is what one does, or what kind of guest one is.
      {"[Event:竹产业大会]在[City:南平]举行，[Official:周远航]、[Person:林晚]到场。",
       {"周远航 > 竹产业大会", "林晚 > 竹产业大会"}},
      {"[Official:周远航]同[Event:竹产业大会]参会企业代表座谈。", {}},
      // 上述活动: what one took part in is no event that has a name.
      {"[Event:竹产业大会]在[City:南平]举行。\n[Official:周远航]参加上述活动。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "ATTENDED") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "events that are called by who holds them") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Event:[Ministry:林草局]竹林保护工作会议]开幕。", {"林草局 > 林草局竹林保护工作会议"}},
      {"[Event:[Institution:竹业协会]成立九周年座谈会]开幕。",
       {"竹业协会 > 竹业协会成立九周年座谈会"}},
      {"[Event:[Company:远山集团]2025年度股东大会]开幕。",
       {"远山集团 > 远山集团2025年度股东大会 date=2025"}},
      // Another is said to hold it.
      {"[Province:江西省]举办[Event:[Institution:竹业协会]成立九周年座谈会]。",
       {"江西省 > 竹业协会成立九周年座谈会"}},
      {"学习[Event:[Ministry:林草局]竹林保护工作会议]精神。", {"林草局 > 林草局竹林保护工作会议"}},
      {"[Event:2031年[Ministry:林草局]竹林保护对接会]开幕。",
       {"林草局 > 2031年林草局竹林保护对接会 date=2031"}},
      // Whom a project belongs to, whose members meet, what is no meeting.
      {"[Event:[Company:远山集团]竹浆项目开工仪式]举行。", {}},
      {"[Event:[Institution:东海合作组织]领导人会议]举行。", {}},
      {"[Event:[Ministry:林草局]部署保护活动]。", {}},
      {"[Event:[Province:江西省]竹林保护工作会议]开幕。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "HELD") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what two states signed after their talks") {
  const std::string talks =
      "[Place:老挝][@title:总统][Official:坎佩]来访。\n中方愿同老方深化合作，[Place:中国]"
      "市场广阔。\n";
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {talks + "会谈后，两国元首共同见证签署竹业、林业等多项双边合作文件。", {"中国 > 老挝"}},
      {talks + "两国总理见证了多项合作文件的签署。", {"中国 > 老挝"}},
      // What is only wished for, what no head signs, what is no paper.
      {talks + "愿落实两国元首签署的合作文件。", {}},
      {talks + "其间，双方签署了落实竹业规划的双边合作文件。", {"中国 > 老挝"}},
      {talks + "两国元首将签署多项合作文件。", {}},
      {talks + "两国元首签署联合声明，将两国关系提升到新高度，并签署合作文件。", {"中国 > 老挝"}},
      {talks + "两国企业签署多项合作文件。", {}},
      {talks + "两国企业签署竹业双边合作文件。", {}},
      {talks + "双方愿尽早签署竹业双边合作文件。", {}},
      {talks + "双方将签署竹业双边合作文件。", {}},
      {talks + "双方尚未签署竹业双边合作文件。", {}},
      {talks + "双方愿深化合作，两国元首签署竹业双边合作文件。", {"中国 > 老挝"}},
      {talks + "两国元首签署命令。", {}},
      // With which of two, and talks of others.
      {talks + "[Place:泰国][@title:总理][Official:林晚]来访。\n两国元首签署多项合作文件。", {}},
      {"[Place:老挝][@title:总统][Official:坎佩]访问邻国，[Place:中国]"
       "祝贺。\n两国元首签署多项合作文件。",
       {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "COOPERATES_WITH") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "works that a list names") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"重点推进滨江中心小学、年产9万吨涂料等一批项目开工。", {"年产9万吨涂料", "滨江中心小学"}},
      {"加快[Company:远山纸业]竹浆生产线等在建项目。", {"远山纸业竹浆生产线"}},
      {"[Company:远山集团]投资的40万吨竹浆等项目竣工。", {"40万吨竹浆"}},
      // Classes, and what only stands beside works.
      {"推进新能源、生物医药等重大项目建设。", {}},
      {"推进管网改造等项目建设。", {}},
      {"引进滨江纸厂等领域的项目。", {}},
      {"引进滨江纸厂等企业和项目。", {}},
      {"[Zone:滨江新区]等地的项目开工。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Lines names;
    for (const graph::LocalEntity& ent : Find(c.text).entities) {
      if (ent.type == "Project") names.push_back(ent.name);
    }
    std::sort(names.begin(), names.end());
    CHECK(names == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "how far many places have come with one kind of works") {
  CHECK(Relations("[Project:农村危桥改造工程]进展顺利。\n[Province:山东]、[Province:安徽]等12个省份"
                  "开工率超过六成。\n在[Province:河南]，今年新开工危桥改造200座。",
                  "BUILDS") ==
        Lines{"安徽 > 农村危桥改造工程", "山东 > 农村危桥改造工程", "河南 > 农村危桥改造工程"});
  // Of which of two would not be known.
  CHECK(
      Relations("[Project:农村危桥改造工程]、[Project:沿江快速路]进展顺利。\n[Province:山东]开工率"
                "超过六成。",
                "BUILDS")
          .empty());
}

TEST_CASE_FIXTURE(FactsFixture, "the year of an event that no sentence dates") {
  CHECK(Relations("[City:南平]召开[Event:2026年竹产业大会]。", "HELD") ==
        Lines{"南平 > 2026年竹产业大会 date=2026"});
  CHECK(Relations("## 2026各地[Event:竹产业大会]观察\n[City:南平]召开[Event:竹产业大会]。",
                  "HELD") == Lines{"南平 > 竹产业大会 date=2026"});
  // A day that the text says is more than the year of the name.
  CHECK(Relations("## [City:南平]召开[Event:2026年竹产业大会]\n[@date=2026-05-04:5月4日]，"
                  "[City:南平]召开[Event:2026年竹产业大会]。",
                  "HELD") == Lines{"南平 > 2026年竹产业大会 date=2026-05-04"});
  CHECK(Relations("## 2026—2030年规划\n[City:南平]召开[Event:竹产业大会]。", "HELD") ==
        Lines{"南平 > 竹产业大会"});
  CHECK(Relations("[@date=2025-09:去年9月]以来，[City:南平]开展[Event:河道专项整治]。", "HELD") ==
        Lines{"南平 > 河道专项整治 date=2025-09"});
}

TEST_CASE_FIXTURE(FactsFixture, "who wins a contest took part in it") {
  CHECK(Relations("[Event:第三届竹筏锦标赛]昨天开赛。\n选手[Person:周远航]夺得金牌。",
                  "ATTENDED") == Lines{"周远航 > 第三届竹筏锦标赛"});
  CHECK(
      Relations("[Event:竹产业大会]昨天开幕。\n选手[Person:周远航]夺得金牌。", "ATTENDED").empty());
}
