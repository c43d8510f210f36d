// What names of policies take apart, what sentences behind them count, and companies that only
// what they do tells.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "names of policies that hold classes which a list knows") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      // Several in a row, behind a region, before a space.
      {"《[Policy:[Industry:竹编家具][Industry:竹纤维]检验办法]》",
       {"竹编家具竹纤维检验办法 > 竹纤维", "竹编家具竹纤维检验办法 > 竹编家具"}},
      {"《[Policy:关于支持[City:丽水市][Industry:竹编家具]扩产的措施]》",
       {"关于支持丽水市竹编家具扩产的措施 > 丽水市",
        "关于支持丽水市竹编家具扩产的措施 > 竹编家具"}},
      {"《[Policy:[Industry:竹编家具] 漆面养护要求]》",
       {"竹编家具 漆面养护要求 > 漆面养护", "竹编家具 漆面养护要求 > 竹编家具"}},
      {"《[Policy:[Industry:竹林管护][Industry:招标投标]意见]》",
       {"竹林管护招标投标意见 > 竹林管护招标投标"}},
      // Nothing is left of a part that only counts.
      {"《[Policy:关于支持[Industry:竹编家具]、30项以及其他任务的通知]》",
       {"关于支持竹编家具、30项以及其他任务的通知 > 竹编家具"}},
      // The field whose five-year plan it is.
      {"目前[Policy:[Industry:竹编行业]“十二五”规划]已经完成。",
       {"竹编行业“十二五”规划 > 竹编行业"}},
      // The country itself.
      {"《[Policy:关于在[Place:中华人民共和国]成立八十周年之际表彰竹匠的决定]》", {}},
      // Regions are counted; 岛 is part of one.
      {"《[Policy:[City:丽水]等9城市竹产业扩大开放试点任务]》",
       {"丽水等9城市竹产业扩大开放试点任务 > 丽水", "丽水等9城市竹产业扩大开放试点任务 > 竹产业"}},
      {"[Event:[Province:海南]岛竹编展]开幕。", {"海南岛竹编展 > 竹编"}},
      // Where a law is not to hold as it stands, and what it is about.
      {"《[Policy:关于在[City:丽水市]、[City:湖州市]暂时调整适用〈竹器安全法"
       "〉有关规定的决定]》",
       {"关于在丽水市、湖州市暂时调整适用〈竹器安全法〉有关规定的决定 > 丽水市",
        "关于在丽水市、湖州市暂时调整适用〈竹器安全法〉有关规定的决定 > 湖州市",
        "关于在丽水市、湖州市暂时调整适用〈竹器安全法〉有关规定的决定 > 竹器安全"}},
      // A law is about all of what stands before 法, an 办法 is no law.
      {"《[Policy:竹器安全法]》", {"竹器安全法 > 竹器安全"}},
      {"《[Policy:发展规划法]》", {}},
      {"《[Policy:竹器采购与管理办法（试行）]》", {"竹器采购与管理办法（试行） > 竹器采购"}},
      // Verbs that only begin what is done, days, and kinds of documents.
      {"《[Policy:关于严格规范竹器出口检查的意见]》",
       {"关于严格规范竹器出口检查的意见 > 竹器出口检查"}},
      {"《[Policy:应对竹林虫害国家行动计划]》", {"应对竹林虫害国家行动计划 > 竹林虫害"}},
      {"《[Policy:2031年4月8日竹器出口暂行条例]》", {"2031年4月8日竹器出口暂行条例 > 竹器出口"}},
      {"《[Policy:关于扩大和升级竹器消费的意见]》", {"关于扩大和升级竹器消费的意见 > 竹器消费"}},
      // A name in brackets inside, of whatever kind.
      {"《[Policy:关于印发<竹器检验暂行办法>的通知]》",
       {"关于印发<竹器检验暂行办法>的通知 > 竹器检验"}},
      {"《[Policy:关于修改〈竹器检验条例〉的决定]》",
       {"关于修改〈竹器检验条例〉的决定 > 竹器检验"}},
      {"《[Policy:竹器<甲>检验办法]》", {"竹器<甲>检验办法 > 竹器<甲>检验"}},
      // A class that a list knows is not cut, whatever it begins with.
      {"《[Policy:[City:丽水][Industry:国际竹匠]服务手卡]》",
       {"丽水国际竹匠服务手卡 > 丽水", "丽水国际竹匠服务手卡 > 国际竹匠"}},
      {"《[Policy:最严格[Industry:竹林资源]管理办法]》", {"最严格竹林资源管理办法 > 竹林资源"}},
      // A count of measures, a short field of a regulation, a programme of study.
      {"《[Policy:关于推行竹器消费十六项便民措施的通知]》",
       {"关于推行竹器消费十六项便民措施的通知 > 竹器消费"}},
      {"《[Policy:竹篾管理条例]》", {"竹篾管理条例 > 竹篾"}},
      {"《[Policy:竹艺匠人权益保障法]》", {"竹艺匠人权益保障法 > 竹艺匠人"}},
      {"智库报告《[Policy:竹器出口的实践探索]》引起关注。", {}},
      // What is built up is no issuer.
      {"《[Policy:[Institution:[City:丽水市]竹艺研究中心]建设办法]》",
       {"丽水市竹艺研究中心建设办法 > 丽水市", "丽水市竹艺研究中心建设办法 > 竹艺研究中心"}},
      {"《[Policy:[Institution:[City:丽水市]竹艺协会]竹匠培训办法]》",
       {"丽水市竹艺协会竹匠培训办法 > 竹匠培训"}},
      // A class of bodies that a region's document rules, and what is theirs in it.
      {"《[Policy:[Institution:[City:丽水市]竹艺学校]办学标准目录]》",
       {"丽水市竹艺学校办学标准目录 > 丽水市", "丽水市竹艺学校办学标准目录 > 竹艺学校"}},
      {"《[Policy:关于改善山区竹艺传承薄弱学校基本办学条件的意见]》",
       {"关于改善山区竹艺传承薄弱学校基本办学条件的意见 > 山区竹艺传承薄弱学校"}},
      {"《[Policy:关于竹器检修人员[Industry:岗位证书]工作的通知]》",
       {"关于竹器检修人员岗位证书工作的通知 > 岗位证书",
        "关于竹器检修人员岗位证书工作的通知 > 竹器检修人员"}},
      {"《[Policy:竹农居民委员会换届办法]》", {}},
      // Modifiers that are coordinated; a class that what stands before it makes another.
      {"《[Policy:用竹和排料计量办法]》", {"用竹和排料计量办法 > 用竹和排料计量"}},
      {"《[Policy:竹林观测[Industry:环境保护]办法]》", {"竹林观测环境保护办法 > 竹林观测环境保护"}},
      // A law, whatever its name ends in; in whose name.
      {"《[Policy:竹乡规划法]》", {"竹乡规划法 > 竹乡规划"}},
      {"《[Policy:关于同意以[City:丽水市]名义申办[Event:竹艺节]的批复]》",
       {"关于同意以丽水市名义申办竹艺节的批复 > 丽水市"}},
      // A campaign that is quoted behind whom it is for.
      {"《[Policy:关于竹业学校“竹法宣传周”的通知]》",
       {"关于竹业学校“竹法宣传周”的通知 > 竹业学校"}},
      {"《[Policy:关于竹业系统“竹法宣传周”系列活动的通知]》",
       {"关于竹业系统“竹法宣传周”系列活动的通知 > 竹业系统"}},
      // What a notice passes on.
      {"[Policy:关于转发《[Policy:竹器检验暂行办法]》]",
       {"关于转发《竹器检验暂行办法》 > 竹器检验", "竹器检验暂行办法 > 竹器检验"}},
      // Laws that a report is on.
      {"听取[Policy:关于检查竹林法、竹器保护法实施情况的报告]。",
       {"竹器保护法 > 竹器", "竹林法 > 竹林"}},
      // Campaigns and festivals, but fairs and forums, name no class that no list has.
      {"[Event:竹乡邻里活动]启动。[Event:竹编家具文化节]开幕。", {}},
      {"[Event:竹编家具创新大赛]开赛。[Event:竹编家具座谈会]召开。", {}},
      {"[Event:[Industry:竹编家具]专项整治]启动。", {"竹编家具专项整治 > 竹编家具"}},
      {"[Event:竹编销售专项整治]启动。", {}},
      {"[Event:竹乡医养论坛]开幕。", {"竹乡医养论坛 > 竹乡医养"}},
      // Days that say only when.
      {"《[Policy:关于做好2031年春节期间竹器供应的通知]》",
       {"关于做好2031年春节期间竹器供应的通知 > 竹器供应"}},
      // 及 that ends a word, a class in quotes, a count of regions, a year behind.
      {"《[Policy:竹艺普及条例]》", {"竹艺普及条例 > 竹艺普及"}},
      {"[Policy:[City:丽水]“[Industry:竹器免税]”升级政策]实施。",
       {"丽水“竹器免税”升级政策 > 丽水", "丽水“竹器免税”升级政策 > 竹器免税"}},
      {"《[Policy:“竹器免税”[Industry:茶具店]培育计划]》", {"“竹器免税”茶具店培育计划 > 茶具店"}},
      {"《[Policy:“无竹虫县”建设试点方案]》", {"“无竹虫县”建设试点方案 > 无竹虫县"}},
      {"《[Policy:“三争”行动方案]》《[Policy:“无竹虫县”推广方案]》", {}},
      {"《[Policy:31个省份竹器检验规划]》", {"31个省份竹器检验规划 > 竹器检验"}},
      {"《[Policy:深入推进竹器检验2031年工作安排]》",
       {"深入推进竹器检验2031年工作安排 > 竹器检验"}},
      {"《[Policy:规范3类81项竹器检验清单]》", {"规范3类81项竹器检验清单 > 竹器检验"}},
      // Where it is done, and what is done there.
      {"《[Policy:关于在竹器行业开展技工培训的通知]》",
       {"关于在竹器行业开展技工培训的通知 > 技工培训",
        "关于在竹器行业开展技工培训的通知 > 竹器行业"}},
      {"《[Policy:关于在竹林建设中加强候鸟巡护的意见]》",
       {"关于在竹林建设中加强候鸟巡护的意见 > 候鸟巡护"}},
      // A word that is no verb before what it is the attribute of.
      {"《[Policy:关于推进竹器修理服务高质量发展的意见]》",
       {"关于推进竹器修理服务高质量发展的意见 > 竹器修理服务"}},
      // The place where something was agreed on.
      {"《[Policy:[City:丽水]协定]》[Policy:[City:丽水]声明]", {}},
      {"《[Policy:[City:丽水]竹器检验协定]》",
       {"丽水竹器检验协定 > 丽水", "丽水竹器检验协定 > 竹器检验"}},
      // An event is held in a region, but about a river or an area of many regions.
      {"[Event:首届[Place:黄河]竹器博览会]开幕。[Event:首届[City:丽水]茶具博览会]闭幕。",
       {"首届丽水茶具博览会 > 茶具", "首届黄河竹器博览会 > 竹器", "首届黄河竹器博览会 > 黄河"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS", true) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "words that say little by themselves, in titles and programmes") {
  const std::string titled = "《[Policy:[Industry:产品技术]评价细则]》";
  CHECK(Relations(titled, "TARGETS") == Lines{});
  CHECK(Relations(titled, "TARGETS", true) == Lines{"产品技术评价细则 > 产品技术"});
  CHECK(Relations("[City:丽水]实施[Policy:[Industry:产品技术]评价行动]。", "TARGETS", true) ==
        Lines{});
  CHECK(Relations("[City:丽水]实施[Policy:[Industry:竹编技术]评价行动]。", "TARGETS", true) ==
        Lines{"竹编技术评价行动 > 竹编技术"});
}

TEST_CASE_FIXTURE(FactsFixture, "a journal issues an essay, which addresses nobody") {
  MarkedDocument marked = ParseDocument(
      "[Institution:《山河》杂志]发表重要文章《[Policy:加快发展[Industry:竹编家具]产业]》。\n"
      "文章指出，要培育[Industry:竹编家具]企业。",
      schema());
  const auto issued = [&] {
    const auto claims =
        FindFacts(marked.doc, marked.page, marked.found, schema(), rules(), nullptr);
    REQUIRE(claims.ok());
    Lines types;
    for (const graph::LocalRelation& rel : claims->relations) types.push_back(rel.type);
    return types;
  };
  for (SentenceMentions& found : marked.found) {
    for (EntityMention& mention : found.entities) {
      if (mention.type == "Industry") mention.entries = {1};
    }
  }
  CHECK(issued() == Lines{"ISSUED", "TARGETS"});
  for (EntityMention& mention : marked.found[0].entities) {
    if (mention.type == "Policy") mention.rule = "document.essay";
  }
  CHECK(issued() == Lines{"ISSUED"});
}

TEST_CASE_FIXTURE(FactsFixture,
                  "what only looks like a class does not keep a title from its object") {
  CHECK(Relations("《[Policy:青竹[Industry:纤维行业]发展规划]》", "TARGETS") ==
        Lines{"青竹纤维行业发展规划 > 青竹纤维行业"});
  CHECK(Relations("《[Policy:[Industry:竹纤维行业整治]规划]》", "TARGETS") ==
        Lines{"竹纤维行业整治规划 > 竹纤维行业整治"});
  CHECK(Relations("《[Policy:一次性竹筷管理办法]》", "TARGETS") ==
        Lines{"一次性竹筷管理办法 > 一次性竹筷"});
  CHECK(Relations("《[Policy:[Industry:国家竹编]技艺目录]》", "TARGETS") ==
        Lines{"国家竹编技艺目录 > 竹编技艺"});
}

TEST_CASE_FIXTURE(FactsFixture, "known classes behind a policy's name, where they stand free") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"《[Policy:甲办法]》印发，客商谈到[Industry:竹编家具]、茶具。", {"甲办法 > 竹编家具"}},
      {"《[Policy:甲办法]》印发，客商谈到[Industry:竹编家具]三大产业。", {"甲办法 > 竹编家具"}},
      {"《[Policy:甲办法]》印发，客商谈到[Industry:竹编制造企业]交税。", {"甲办法 > 竹编制造企业"}},
      {"《[Policy:甲办法]》印发，客商谈到[Industry:竹编家具]税号。", {}},
      {"《[Policy:甲办法]》印发，客商谈到[Industry:竹编制造企业]家。", {}},
      // People are told by three characters.
      {"《[Policy:甲办法]》印发，保护[Industry:投资者]权益，保护[Industry:竹编]技艺。",
       {"甲办法 > 投资者"}},
      // Only of the policy that the sentence goes on to speak of.
      {"《[Policy:甲办法]》的附件谈到[Industry:竹编家具]、茶具。", {}},
      {"《[Policy:甲办法]》印发，[City:丽水市]谈到[Industry:竹编家具]、茶具。", {}},
      {"遵照《[Policy:甲办法]》扶持[Industry:竹编家具]、茶具。", {}},
      {"市里落实县里《[Policy:甲办法]》，扶持[Industry:竹编家具]。", {}},
      {"《[Policy:甲统计公报]》印发，扶持[Industry:竹编家具]。", {}},
      {"《[Policy:甲办法]》印发，[Event:年中调度会议]支持[Industry:竹编家具]。", {}},
      {"[Policy:竹乡行动]印发，扶持[Industry:竹编家具]。", {}},
      // Short classes only as a list of three, behind a remark too; nothing of a second clause.
      {"《[Policy:甲办法]》（试行）涉及[Industry:竹编]、[Industry:茶具]、[Industry:纸伞]。",
       {"甲办法 > 竹编", "甲办法 > 纸伞", "甲办法 > 茶具"}},
      {"《[Policy:甲办法]》（试行）涉及[Industry:竹编]、[Industry:茶具]。", {}},
      {"《[Policy:甲办法]》印发，扶持[Industry:竹编家具]；[Industry:茶具]降价。",
       {"甲办法 > 竹编家具"}},
      // An example and what it is one of.
      {"《[Policy:甲办法]》印发，培育[Industry:竹纤维]等新型竹产业。",
       {"甲办法 > 新型竹产业", "甲办法 > 竹纤维"}},
      // The next sentence may speak of something else.
      {"《[Policy:甲办法]》印发。\n推进[Industry:竹编家具]升级。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS", true) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "aspects that a policy counts are targets where they are classes") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"《[Policy:甲办法]》从提升竹编企业、发展竹材加工业等五个方面提出二十条。",
       {"甲办法 > 竹材加工业", "甲办法 > 竹编企业"}},
      {"《[Policy:甲办法]》印发。提出了壮大竹编企业、制度建设、扶持制伞企业4方面举措。",
       {"甲办法 > 制伞企业", "甲办法 > 竹编企业"}},
      {"《[Policy:甲办法]》从制度建设、突出问题导向等五个方面提出二十条。", {}},
      {"[City:丽水市]从提升竹编企业、发展竹材加工业等五个方面发力。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "one item of a list, however it goes on") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"《[Policy:甲目录]》涉及[Industry:竹纤维]与制浆、茶具、伞具等领域。",
       {"甲目录 > 伞具", "甲目录 > 竹纤维与制浆", "甲目录 > 茶具"}},
      {"《[Policy:甲目录]》涉及山货运输、竹器安全等领域。",
       {"甲目录 > 山货运输", "甲目录 > 竹器安全"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS", true) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "companies that no list has: the name behind their kind") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"8月3日消息，竹编品牌运营商青篾智造完成A轮融资，投资方为云麓创投。",
       {"云麓创投 > 青篾智造"}},
      {"8月3日消息，丹麦“青篾织造”完成A轮融资，投资方为云麓创投。", {"云麓创投 > 青篾织造"}},
      {"8月3日消息，竹编平台“青篾”近日获得由云麓创投领投的A轮融资。", {"云麓创投 > 青篾"}},
      {"8月3日消息，该平台在2018年完成由云麓创投领投的A轮融资。", {}},
      {"8月3日消息，竹编家具制造商青篾智造完成A轮融资，投资方为云麓创投（领投）、青禾资本。",
       {"云麓创投 > 青篾智造", "青禾资本 > 青篾智造"}},
      {"8月3日消息，2031年4月青篾智造完成A轮融资，投资方为Blue Ridge Partners。",
       {"Blue Ridge Partners > 青篾智造"}},
      {"[Company:远山集团]向竹业平台管理有限公司增资[@amount=80000000:8000万元]。",
       {"远山集团 > 竹业平台管理有限公司 amount=80000000"}},
      {"8月3日消息，青篾智造完成A轮融资，投资方为云麓 青禾。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "INVESTS") == c.expected);
  }
}
