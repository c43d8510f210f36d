// Where things are, and what belongs to what by its name.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "where things are") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Province:福建][City:漳州][County:龙海]春茶开采。", {"漳州 > 福建", "龙海 > 漳州"}},
      {"[LocalGovernment:[Province:山西省]水利厅]表示，汛情平稳。", {"山西省水利厅 > 山西省"}},
      {"[Province:上海市]宣布，[LocalGovernment:市粮食局]负责落实。", {"市粮食局 > 上海市"}},
      {"[LocalGovernment:市场监管局]负责落实。", {}},
      {"[Province:上海市]宣布，[LocalGovernment:市粮食局储备处]负责落实。", {"市粮食局 > 上海市"}},
      {"[Event:第三届茶业博览会]日前在[Province:福建][City:南平]举行。",
       {"南平 > 福建", "第三届茶业博览会 > 南平"}},
      {"[Event:[City:南平]茶业博览会]闭幕。", {"南平茶业博览会 > 南平"}},
      {"[Event:《你好，[City:南平]》发布会]开始。", {}},
      {"[Event:[City:南平]茶博会报道团出征仪式]开始。", {}},
      {"[Project:[Place:[City:六安]竹溪机场]扩建工程]开工。", {"六安竹溪机场扩建工程 > 六安"}},
      {"[Project:[Place:竹溪流域]防洪工程]开工。", {}},
      {"[Event:[City:南平]茶业博览会]在[City:厦门]举行。", {"南平茶业博览会 > 厦门"}},
      {"[Project:[City:德阳]至[City:绵阳]城际铁路]动工。",
       {"德阳至绵阳城际铁路 > 德阳", "德阳至绵阳城际铁路 > 绵阳"}},
      {"[Project:[Province:安徽]六黄高铁[City:德阳]至[City:绵阳]段]动工。",
       {"安徽六黄高铁德阳至绵阳段 > 德阳", "安徽六黄高铁德阳至绵阳段 > 绵阳"}},
      {"[Project:“[Place:钱塘港]—[City:绵阳]”海运航线]开通。",
       {"“钱塘港—绵阳”海运航线 > 绵阳", "“钱塘港—绵阳”海运航线 > 钱塘港"}},
      {"[Project:[Province:青海]送[Province:河南]输电工程]动工。",
       {"青海送河南输电工程 > 河南", "青海送河南输电工程 > 青海"}},
      {"[County:[City:六安]县]修了路。", {}},
      {"[Place:[County:青田]湖镇]修了路。", {}},
      {"[Place:[County:青田]镇]修了路。", {}},
      {"[Place:[County:青田]村]修了路。", {}},
      {"[City:六安][Place:[County:青田]街道]修了路。", {"青田街道 > 六安"}},
      {"[County:舒城县]、[County:霍山县]、[LocalGovernment:[County:金寨县]工信局]报名。",
       {"舒城县工信局 > 舒城县", "金寨县工信局 > 金寨县", "霍山县工信局 > 霍山县"}},
      {"[Province:安徽省]、[LocalGovernment:[City:六安市]工信局]报名。", {"六安市工信局 > 六安市"}},
      {"[Zone:竹海高新区]、[LocalGovernment:[Zone:六安经开区]管委会]报名。",
       {"六安经开区管委会 > 六安经开区", "竹海高新区管委会 > 竹海高新区"}},
      {"[City:六安][Company:大别超市]扩店。", {}},
      {"[Place:乙国][Company:大别竹业]扩产。", {"大别竹业 > 乙国"}},
      {"[Zone:竹海园区][Project:中亚班列]增开。", {}},
      {"[Province:安徽][Institution:竹业交易所]开市。", {}},
      {"[City:常州市][Place:[County:唐河]公园]开园。", {"唐河公园 > 常州市"}},
      {"[Project:[County:唐河]水库]开工。", {}},
      {"[City:沧州]地区的[Place:竹溪镇]下雨。", {"竹溪镇 > 沧州"}},
      {"[Province:安徽]西部城市[City:六安]下雨。", {"六安 > 安徽"}},
      {"[Province:安徽]西部[City:六安]、南部[City:黄山]下雨。", {"六安 > 安徽", "黄山 > 安徽"}},
      {"[County:舒城县][Place:[Place:长城]花园]修了路。", {"长城花园 > 舒城县"}},
      {"[Province:安徽]的城市，[City:六安]也下雨。", {}},
      {"[County:舒城县][Place:[County:青田]湖镇]修了路。", {"青田湖镇 > 舒城县"}},
      {"[Event:[Place:竹溪流域]保护座谈会]召开。", {}},
      {"在[City:六安]，[Place:竹溪广场]亮灯。", {"竹溪广场 > 六安"}},
      {"在[City:六安]，代表们座谈。\n在[Company:大别竹业]，他们看了样品。", {"大别竹业 > 六安"}},
      {"[Company:[Place:中国]盐业集团]扩产。", {}},
      {"在[City:六安]，[Project:竹纤维工厂]投产。", {"竹纤维工厂 > 六安"}},
      {"[Project:竹纤维工厂]开工。该项目位于[City:六安]。", {"竹纤维工厂 > 六安"}},
      {"[County:舒城县][Place:春秋乡]的[Place:柿树村]修了路。",
       {"春秋乡 > 舒城县", "柿树村 > 春秋乡"}},
      {"[City:六安]的[Province:安徽]口音。", {}},
      {"在[City:六安]，代表们考察了[Company:大别竹业]、[Company:皖西茶业]。座谈时还参观[Company:"
       "天柱酒业]。",
       {"大别竹业 > 六安", "天柱酒业 > 六安", "皖西茶业 > 六安"}},
      {"在[City:六安]，代表们座谈。[City:黄山]派人参观[Company:大别竹业]。", {}},
      {"在[Place:甲国]，[Company:大别竹业]减产。", {}},
      {"在[City:六安]，竹光电站为[Project:甲枢纽]供电。", {}},
      {"[Project:六黄高铁]通车。\n[City:六安]至[City:黄山]只需两小时。",
       {"六黄高铁 > 六安", "六黄高铁 > 黄山"}},
      {"[Project:六黄高铁]通车。\n[City:常德]至[City:长沙]的航线开通。", {}},
      {"[Project:六黄高铁]通车后，[City:六安]至[City:黄山]只需两小时。",
       {"六黄高铁 > 六安", "六黄高铁 > 黄山"}},
      {"[Project:六黄高铁]动工。\n设计上有新意。\n[City:六安]至[City:黄山]只需两小时。",
       {"六黄高铁 > 六安", "六黄高铁 > 黄山"}},
      {"[Project:竹纤维工厂]投产后，[City:六安]至[City:黄山]的货车多了。", {}},
      {"[Project:[Project:[City:六安]竹光电站]二号机组]并网。", {"六安竹光电站二号机组 > 六安"}},
      {"[LocalGovernment:[Province:湖北省]人民政府办公厅]发文。",
       {"湖北省人民政府 > 湖北省", "湖北省人民政府办公厅 > 湖北省"}},
      {"[City:六安]建起[Place:[County:东至]路]。", {}},
      {"工厂在[City:六安][Place:[County:东至]路]。", {"东至路 > 六安"}},
      {"在[City:六安]，[Project:竹光电站]加紧建设。\n在[Project:甲枢纽]施工现场，灯火通明。",
       {"甲枢纽 > 六安", "竹光电站 > 六安"}},
      {"在[City:六安]，代表们座谈。\n在[Project:甲枢纽]之后，他们谈到远景。", {}},
      {"代表们来到[Zone:竹海产业园]，了解[Project:甲生产线]、[Project:乙生产线]进展。",
       {"乙生产线 > 竹海产业园", "甲生产线 > 竹海产业园"}},
      {"代表们走进[Zone:竹海核心区]，又来到[Zone:竹海产业园]。", {}},
      // What a name says is closer than what the work is the first of.
      {"[Place:江淮地区]首个储热项目——[Project:[City:六安]竹光电站]并网。",
       {"六安竹光电站 > 六安"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "LOCATED_IN") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "which places inside a name say where its bearer is") {
  const auto gazetteer = Gazetteer::Load(TUPU_SOURCE_DIR "/schemas");
  REQUIRE(gazetteer.ok());
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Company:荷兰远帆造船公司]交付新船。", {"荷兰远帆造船公司 > 荷兰"}},
      {"[Company:远帆荷兰号造船公司]交付新船。", {}},
      {"[Company:中国远帆造船公司]交付新船。", {}},
      {"[Company:亚洲远帆造船公司]交付新船。", {}},
      {"[Company:东京远帆造船公司]交付新船。", {"东京远帆造船公司 > 东京"}},
      {"[Company:东京远帆]交付新船。", {}},
      {"[Company:江苏新宁造船公司]交付新船。", {"江苏新宁造船公司 > 江苏"}},
      {"[Institution:[Institution:[Province:北京]竹业大学]深圳研究院]招生。",
       {"北京竹业大学 > 北京", "北京竹业大学深圳研究院 > 深圳",
        "北京竹业大学深圳研究院 > 北京竹业大学"}},
      {"[Institution:东京竹业学院]招生。", {}},
      {"[Institution:东京竹业学院]招生，[Place:东京]下雨。", {}},
      {"[Institution:欧洲竹业协会]开会。", {}},
      {"[Institution:联合国驻智利工作队]开会。", {"联合国驻智利工作队 > 智利"}},
      {"[Institution:联合国智利问题小组]开会。", {}},
      {"[Place:青岛港]靠泊新船。", {}},
      {"[Place:青岛远帆港]靠泊新船。", {"青岛远帆港 > 青岛"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    const MarkedDocument marked = ParseDocument(text, schema());
    const auto claims =
        FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), &*gazetteer);
    REQUIRE(claims.ok());
    Lines places;
    for (const graph::LocalRelation& rel : claims->relations) {
      places.push_back(claims->entities[rel.from].name + " > " + claims->entities[rel.to].name);
    }
    CHECK(places == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a line is where its ends are, wherever in its name they stand") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Project:[Province:湖南]常岳高铁[City:常德]至[City:岳阳]段]铺轨。",
       {"湖南常岳高铁常德至岳阳段 > 岳阳", "湖南常岳高铁常德至岳阳段 > 常德"}},
      {"[Project:海岸高铁[City:常德]至[Province:湖南][City:岳阳]段]铺轨。",
       {"岳阳 > 湖南", "海岸高铁常德至湖南岳阳段 > 岳阳", "海岸高铁常德至湖南岳阳段 > 常德"}},
      {"[Project:[City:长沙]至[City:株洲]高铁[City:常德]至[City:岳阳]段]铺轨。",
       {"长沙至株洲高铁常德至岳阳段 > 岳阳", "长沙至株洲高铁常德至岳阳段 > 常德"}},
      {"[Project:[Province:湖南]储能电站]开工。", {"湖南储能电站 > 湖南"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    Lines found = Relations(text, "LOCATED_IN");
    std::sort(found.begin(), found.end());
    Lines sorted = expected;
    std::sort(sorted.begin(), sorted.end());
    CHECK(found == sorted);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "the place that a sentence begins with says more than a work's name") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"在[City:岳阳]，[Project:[Place:洞庭湖]治理工程]开工。", {"洞庭湖治理工程 > 岳阳"}},
      {"在[City:岳阳]，[Project:[Province:湖南]供水工程]开工。", {"湖南供水工程 > 岳阳"}},
      {"[Project:[Province:湖南]供水工程]开工。", {"湖南供水工程 > 湖南"}},
      // A tunnel is not where its line is.
      {"在[City:岳阳]，[Project:[Project:[City:常德]至[City:长沙]铁路]云溪隧道]贯通。",
       {"常德至长沙铁路云溪隧道 > 岳阳"}},
      {"[Project:[Project:[City:常德]至[City:长沙]铁路]云溪隧道]贯通。", {}},
      // A line is where its ends are.
      {"在[City:岳阳]，[Project:[City:常德]至[City:长沙]铁路]开工。",
       {"常德至长沙铁路 > 长沙", "常德至长沙铁路 > 常德"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    Lines found = Relations(text, "LOCATED_IN");
    Lines sorted = expected;
    std::sort(found.begin(), found.end());
    std::sort(sorted.begin(), sorted.end());
    CHECK(found == sorted);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what a tour comes to is in the place that it is in") {
  const Lines found = Relations(
      "在[Province:湖南]，李青山来到[Company:远山集团]。在[Company:海川电气]，他看了车间。",
      "LOCATED_IN");
  CHECK(found == Lines{"海川电气 > 湖南", "远山集团 > 湖南"});
}

TEST_CASE_FIXTURE(FactsFixture, "a bare name on a crowded page is of the region named beside it") {
  std::string text = "[LocalGovernment:[Province:湖南省]教育厅]印发通知。\n";
  for (int i = 0; i < 150; ++i) {
    text += "[City:长沙]、[City:株洲]、[City:湘潭]、[City:岳阳]、[City:常德]开会。\n";
  }
  text +=
      "[LocalGovernment:[Province:河北省]教育厅]印发通知。\n"
      "[LocalGovernment:省教育厅]表示，要做好就业工作。";
  const Lines found = Relations(text, "LOCATED_IN");
  CHECK(std::count(found.begin(), found.end(), "省教育厅 > 河北省") == 1);
  CHECK(std::count(found.begin(), found.end(), "省教育厅 > 湖南省") == 0);
}

TEST_CASE_FIXTURE(FactsFixture, "a town may only begin like a county") {
  const std::vector<std::pair<std::string, Lines>> cases = {
      {"[Place:[County:青龙]湖镇]修路。", {}},
      {"[Place:[County:东山]湾]涨潮。", {}},
      {"[Place:[County:东山县]湾前镇]修路。", {"湾前镇 > 东山县"}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(Relations(text, "LOCATED_IN") == expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "coordinated names share a head where a count says so") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[City:黄山]、[City:池州]和[City:安庆]3个茶叶园区产值过亿。",
       {"安庆茶叶园区 > 安庆", "池州茶叶园区 > 池州", "黄山茶叶园区 > 黄山"}},
      {"[City:黄山]、[City:安庆]两大国际机场换了新灯。",
       {"安庆国际机场 > 安庆", "黄山国际机场 > 黄山"}},
      // Bodies, whose level the last one may say for all.
      {"[City:黄山]、[City:池州]、[LocalGovernment:[City:安庆市]教育局]发文。",
       {"安庆市教育局 > 安庆市", "池州市教育局 > 池州", "黄山市教育局 > 黄山"}},
      {"[Zone:竹溪高新区]、[LocalGovernment:[Zone:松山高新区]科技局]发文。",
       {"松山高新区科技局 > 松山高新区", "竹溪高新区科技局 > 竹溪高新区"}},
      {"[Province:安徽]、[LocalGovernment:[City:安庆市]教育局]发文。", {"安庆市教育局 > 安庆市"}},
      // Two cities, or two cities and a zone; the count speaks of others.
      {"[City:黄山]、[City:安庆]3个茶叶园区产值过亿。", {}},
      {"[City:黄山]和[City:安庆]产业园区产值过亿。", {}},
      {"[City:黄山]、[City:安庆]2个项目开工。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "LOCATED_IN") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what belongs to what, from its name") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[LocalGovernment:[Province:湖北省]人民政府办公厅]发文。",
       {"湖北省人民政府办公厅 > 湖北省人民政府"}},
      {"[Policy:[LocalGovernment:[Province:湖北省]人民政府办公厅]关于修桥的复函]存档。",
       {"湖北省人民政府办公厅 > 湖北省人民政府"}},
      {"[LocalGovernment:市粮食局储备处]负责落实。", {"市粮食局储备处 > 市粮食局"}},
      {"[LocalGovernment:省竹林普查领导小组办公室]发文。",
       {"省竹林普查领导小组办公室 > 省竹林普查领导小组"}},
      {"[Institution:[Place:乙国]议会下议院]表决。", {"乙国议会下议院 > 乙国议会"}},
      {"[Institution:[Place:乙国]商务部统计局]发布数据。", {"乙国商务部统计局 > 乙国商务部"}},
      {"[Institution:[Place:乙国]部落局]发布数据。", {}},
      {"[Ministry:[Ministry:监察部][Ministry:审计委]]联合办公。", {}},
      {"[Ministry:水利部]召集，[Institution:[Ministry:水利部]信息中心]汇报。",
       {"水利部信息中心 > 水利部"}},
      {"[Company:远山集团]和[Company:远山新材料有限公司]来了。", {}},
      {"[Company:海川]设立[Company:[City:荆门]远山新材料有限公司]。", {}},
      {"[Company:[Company:远山股份](4.000,-0.07,-1.72%)集团有限公司]签约。", {}},
      {"[Company:[Company:远山股份](荆门)有限公司]签约。", {"远山股份(荆门)有限公司 > 远山股份"}},
      {"[Project:[Institution:[Institution:远山科学院]数学所]新楼项目]动工。", {}},
      {"[Company:远山集团]子公司[Company:江峡装备]与[Company:蓝港物流]签署合同。",
       {"江峡装备 > 远山集团"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "PART_OF") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a capital is in the state that the article spoke of") {
  static const Gazetteer gazetteer = [] {
    auto loaded = Gazetteer::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(loaded.ok());
    return std::move(loaded).value();
  }();
  const auto located = [&](std::string_view text) {
    MarkedDocument marked = ParseDocument(text, schema());
    for (SentenceMentions& mentions : marked.found) {
      for (EntityMention& mention : mentions.entities) {
        const std::string_view name =
            std::string_view(marked.doc.text).substr(mention.span.begin, mention.span.size());
        for (std::uint32_t i = 0; i < gazetteer.entries().size(); ++i) {
          const GazetteerEntry& entry = gazetteer.entries()[i];
          if (entry.name == name && entry.type == "Place") mention.entries = {i};
        }
      }
    }
    const auto claims =
        FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), &gazetteer);
    REQUIRE(claims.ok());
    Lines lines;
    for (const graph::LocalRelation& rel : claims->relations) {
      if (rel.type != "LOCATED_IN") continue;
      lines.push_back(claims->entities[rel.from].name + " > " + claims->entities[rel.to].name);
    }
    return lines;
  };
  CHECK(located("[Place:捷克]多地停电。首都[Place:布拉格]也受影响。") == Lines{"布拉格 > 捷克"});
  CHECK(located("[Place:捷克]多地停电。[Place:布拉格]也受影响。").empty());
  CHECK(located("[Place:乌克兰]称，乌北部[Place:切尔尼戈夫]停电。") ==
        Lines{"切尔尼戈夫 > 乌克兰"});
  CHECK(located("[Place:智利]多地停电。首都[Place:布拉格]也受影响。").empty());
}
