#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// The policies of a document, each with its aliases: "name = alias = alias".
std::vector<std::string> Policies(const graph::Claims& claims) {
  std::vector<std::string> out;
  for (const graph::LocalEntity& ent : claims.entities) {
    if (ent.type != "Policy") continue;
    std::string line = ent.name;
    for (const std::string& alias : ent.aliases) line += " = " + alias;
    out.push_back(std::move(line));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(FactsFixture, "which names mean one policy") {
  struct Case {
    const char* what;
    std::string text;
    std::vector<std::string> expected;
  };
  const std::vector<Case> cases = {
      {"a remark",
       "《[Policy:湿地保护办法（试行）]》印发。《[Policy:湿地保护办法]》共十条。",
       {"湿地保护办法（试行） = 湿地保护办法"}},
      {"a notice's title, with and without 的",
       "《[Policy:关于推广竹缆管的若干措施]》印发。\n[Policy:关于推广竹缆管若干措施的通知]",
       {"关于推广竹缆管若干措施的通知 = 关于推广竹缆管的若干措施"}},
      {"a notice that hands on another document",
       "《[Policy:关于印发〈[Policy:湿地保护办法]〉的通知]》发布。",
       {"湿地保护办法 = 关于印发〈湿地保护办法〉的通知"}},
      {"a notice that hands it on without brackets",
       "## [Policy:关于印发湿地保护办法的通知]\n《[Policy:湿地保护办法]》共十条。",
       {"湿地保护办法 = 关于印发湿地保护办法的通知"}},
      {"a region with and without 市",
       "[Policy:[City:丽水]2031年绿道规划]解读\n《[Policy:[City:丽水市]2031年绿道规划]》发布。",
       {"丽水市2031年绿道规划 = 丽水2031年绿道规划"}},
      {"a headline that says it shorter",
       "## [Policy:竹产业行动方案]来了\n《[Policy:丽水市竹产业提升行动方案]》印发。",
       {"丽水市竹产业提升行动方案 = 竹产业行动方案"}},
      {"measures that are counted",
       "当地发布[Policy:12条支持竹缆管推广措施]。\n《[Policy:关于支持竹缆管推广的若干意见]"
       "》共三章。",
       {"关于支持竹缆管推广的若干意见 = 12条支持竹缆管推广措施"}},
      {"two that measures may be",
       "当地发布[Policy:12条支持竹缆管推广措施]。\n《[Policy:关于支持竹缆管推广的若干意见]》和《["
       "Policy:关于支持竹缆管推广的资金管理办法]》印发。",
       {"12条支持竹缆管推广措施", "关于支持竹缆管推广的若干意见",
        "关于支持竹缆管推广的资金管理办法"}},
      {"a short form that was introduced, whatever is named between",
       "《[Policy:竹产业发展规划]》（下称《规划》）印发。《[Policy:茶产业十年规划]》思路一致。《["
       "Policy:规划]》共五章。",
       {"竹产业发展规划 = 规划", "茶产业十年规划"}},
      {"the number behind a title",
       "按照《[Policy:关于建设绿道的批复]》（[Policy:丽函〔2031〕7号]）要求办理。",
       {"关于建设绿道的批复 = 丽函〔2031〕7号"}},
      {"the number on its own line",
       "[Policy:关于建设绿道的批复]\n[Policy:丽函〔2031〕7号]\n你们的来函收悉。",
       {"关于建设绿道的批复 = 丽函〔2031〕7号"}},
      {"the number before a text, of the document that its headline names",
       "## [Policy:关于建设绿道的通知]\n[Policy:丽绿规〔2031〕7号]各县：为建设绿道，根据《["
       "Policy:绿道条例]》通知如下。",
       {"关于建设绿道的通知 = 丽绿规〔2031〕7号", "绿道条例"}},
      {"the number before a text, of the title that follows",
       "[Policy:丽绿规〔2031〕7号][LocalGovernment:丽水市林业局]关于印发《[Policy:绿道办法]"
       "》的通知",
       {"绿道办法 = 丽绿规〔2031〕7号"}},
      {"a number that opens a text whose first document is another",
       "[Policy:丽绿规〔2031〕7号]为贯彻《[Policy:关于建设绿道的意见]》，制定如下。",
       {"丽绿规〔2031〕7号", "关于建设绿道的意见"}},
      {"a headline's notice that was read as one name",
       "## [Policy:关于印发《丽水市绿道办法（试行）》的通知]\n现将《[Policy:丽水市绿道办法（试行）]"
       "》印发给你们。",
       {"丽水市绿道办法（试行） = 关于印发《丽水市绿道办法（试行）》的通知"}},
      {"a notice of two documents",
       "## [Policy:关于印发《绿道办法》《古树办法》的通知]\n现将《[Policy:绿道办法]》印发给你们。",
       {"关于印发《绿道办法》《古树办法》的通知", "绿道办法"}},
      {"the number of a paper without a name, and the names of what is attached to it",
       "[Policy:丽绿规〔2031〕7号]\n各县：\n请落实。\n请报送。\n请汇总。\n附件：\n[Policy:"
       "绿道养护说明]",
       {"丽绿规〔2031〕7号", "绿道养护说明"}},
      {"a notice that bears the title of a higher body's",
       "## [LocalGovernment:丽水市林业局]等四部门[Policy:关于做好绿道维护的通知]\n根据《[Policy:["
       "Ministry:水利部]办公厅关于做好绿道维护工作的通知]》办理。",
       {"关于做好绿道维护的通知", "水利部办公厅关于做好绿道维护工作的通知"}},
      {"a headline with those who issued it, and the title without",
       "## [Policy:[Ministry:水利部] [Ministry:商务部]关于加快竹林修复的意见]\n[Ministry:水利部]、["
       "Ministry:商务部]印发《[Policy:关于加快竹林修复的意见]》。",
       {"水利部 商务部关于加快竹林修复的意见 = 关于加快竹林修复的意见"}},
      {"the same title, of others",
       "## [Policy:[LocalGovernment:丽水市林业局]关于加快竹林修复工作的意见]\n根据["
       "Ministry:水利部]《[Policy:关于加快竹林修复工作的意见]》办理。",
       {"丽水市林业局关于加快竹林修复工作的意见", "关于加快竹林修复工作的意见"}},
      {"the number of a page that hands its notice out",
       "[Policy:丽绿规〔2031〕7号]\n各县：\n请落实。\n附件：\n[Policy:关于报送绿道台账的通知].pdf",
       {"关于报送绿道台账的通知 = 丽绿规〔2031〕7号"}},
      {"a plan that a notice makes public",
       "## [Policy:关于公布《[Policy:竹城保护规划]》的通知]\n现公布。",
       {"竹城保护规划 = 关于公布《竹城保护规划》的通知"}},
      {"the number of another document",
       "《[Policy:关于建设绿道的批复]》印发，[Policy:丽函〔2030〕2号]同时废止。",
       {"丽函〔2030〕2号", "关于建设绿道的批复"}},
      {"the last word of a title",
       "《[Policy:湿地保护管理办法]》印发。《[Policy:办法]》共十条。",
       {"湿地保护管理办法 = 办法"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(Policies(Find(c.text)) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "programmes are policies where something is said of them") {
  struct Case {
    std::string text;
    std::vector<std::string> expected;
  };
  const std::vector<Case> cases = {
      {"当地深入实施[Policy:教育兴市战略]。", {}},
      {"当地落实[Policy:“三张网”政策]，开展[Policy:全域“双绿行动”]。", {}},
      {"《[Policy:教育兴市战略]》印发。", {"教育兴市战略"}},
      {"[Ministry:水利部]启动[Policy:全域“双绿行动”]。", {"全域“双绿行动”"}},
      {"[Policy:竹产业补贴政策]见效。", {"竹产业补贴政策"}},
      {"会议讨论了[Policy:湿地保护办法]。", {"湿地保护办法"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Policies(Find(c.text)) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "the day of a signature in a text without lines") {
  const std::string title =
      "## [LocalGovernment:青岩市林业局][Policy:关于做好竹林巡护的通知]\n巡护照旧。\n";
  const std::string signature =
      "见名单[LocalGovernment:青岩市林业局][@date=2031-03-05:2031年3月5日]";
  const Lines plain = {"青岩市林业局 > 关于做好竹林巡护的通知"};
  const Lines dated = {"青岩市林业局 > 关于做好竹林巡护的通知 date=2031-03-05"};
  CHECK(Relations(title + signature + "（此件主动公开）", "ISSUED") == dated);
  CHECK(Relations(title + signature, "ISSUED") == dated);
  CHECK(Relations(title + signature + "开始巡护", "ISSUED") == plain);
  CHECK(Relations(title + "见名单[@date=2031-03-05:2031年3月5日]（此件主动公开）", "ISSUED") ==
        plain);
}

TEST_CASE_FIXTURE(FactsFixture, "who issued it, by its name and by the form of the letter") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"《[Policy:[City:丽水市]绿道规划]》提出目标。", {"丽水市 > 丽水市绿道规划"}},
      {"《[Policy:[Zone:[City:丽水]湖滨新区]绿道规划]》提出目标。", {}},
      {"[City:丽水]印发《[Policy:绿道规划]》\n[LocalGovernment:丽水市林业局]印发《[Policy:绿道规划]"
       "》。",
       {"丽水市林业局 > 绿道规划"}},
      {"[City:丽水]印发《[Policy:绿道规划]》\n[LocalGovernment:湖州市林业局]印发《[Policy:绿道规划]"
       "》。",
       {"丽水 > 绿道规划", "湖州市林业局 > 绿道规划"}},
      {"《[Policy:[LocalGovernment:丽水市林业局]古树巡护办法]》见报。",
       {"丽水市林业局 > 丽水市林业局古树巡护办法"}},
      {"《[Policy:[Institution:瓯江竹业研究院]管理办法]》见报。", {}},
      // Governments stand for their states.
      {"双方签署《[Policy:[Institution:[Place:东山国]政府]与[Institution:[Place:西海国]政府]"
       "渔业合作规划]》。",
       {"东山国 > 东山国政府与西海国政府渔业合作规划",
        "西海国 > 东山国政府与西海国政府渔业合作规划"}},
      // Rules on a class of bodies and of zones are the region's.
      {"《[Policy:[Institution:[City:丽水市]竹业研究院]认定办法]》见报。",
       {"丽水市 > 丽水市竹业研究院认定办法"}},
      {"《[Policy:[Zone:[City:丽水市]竹业园区]认定办法]》见报。",
       {"丽水市 > 丽水市竹业园区认定办法"}},
      {"《[Policy:[LocalGovernment:[City:丽水市]政府]采购评审细则(试行)]》见报。",
       {"丽水市 > 丽水市政府采购评审细则(试行)"}},
      {"双方发表《[Policy:[Place:东山国]和[Place:西海国]关于渔业的联合声明]》。",
       {"东山国 > 东山国和西海国关于渔业的联合声明", "西海国 > 东山国和西海国关于渔业的联合声明"}},
      {"双方看到《[Policy:[Place:东山国]关于渔业的联合声明]》。", {}},
      // Known by the place where many agreed on it; one of its own is its own.
      {"各方通过《[Policy:[City:丽水]宣言]》。", {}},
      {"《[Policy:[City:丽水]绿道宣言]》见报。", {"丽水 > 丽水绿道宣言"}},
      {"《[Policy:[Place:东山国]和[Place:西海国]渔业办法]》见报。", {}},
      {"[Ministry:水利部]、[LocalGovernment:丽水市人民政府]：\n你们[Policy:关于建设绿道的请示]（["
       "Policy:"
       "丽函〔2031〕7号]）收悉。",
       {"丽水市人民政府 > 关于建设绿道的请示 date=2031", "水利部 > 关于建设绿道的请示 date=2031"}},
      {"[Ministry:水利部]、[LocalGovernment:丽水市人民政府]：\n现印发[Policy:关于建设绿道的请示]。",
       {}},
      {"[Ministry:水利部]消息。\n你们[Policy:关于建设绿道的请示]收悉。", {}},
      {"## [LocalGovernment:丽水市林业局] [LocalGovernment:丽水市水利局]["
       "Policy:关于做好绿道维护的通知]",
       {"丽水市林业局 > 关于做好绿道维护的通知", "丽水市水利局 > 关于做好绿道维护的通知"}},
      {"[Policy:丽绿规〔2031〕7号][LocalGovernment:丽水市林业局][Policy:关于做好绿道维护的通知]",
       {"丽水市林业局 > 关于做好绿道维护的通知"}},
      {"## [LocalGovernment:丽水市林业局]、[LocalGovernment:丽水市水利局]等四部门[Policy:"
       "关于做好绿道维护的通知]",
       {"丽水市林业局 > 关于做好绿道维护的通知", "丽水市水利局 > 关于做好绿道维护的通知"}},
      {"## 中共[LocalGovernment:丽水市委]　[LocalGovernment:丽水市人民政府][Policy:"
       "关于做好绿道维护的通知]",
       {"丽水市人民政府 > 关于做好绿道维护的通知", "丽水市委 > 关于做好绿道维护的通知"}},
      {"《[Policy:[Institution:瓯江竹业协会]章程修订规划]》见报。",
       {"瓯江竹业协会 > 瓯江竹业协会章程修订规划"}},
      {"[Ministry:水利部]印发《[Policy:[Institution:瓯江竹业协会]章程修订规划]》。",
       {"水利部 > 瓯江竹业协会章程修订规划"}},
      {"[Place:中国]竹业协会[@date=2031-03-05:3月5日]发布《[Policy:绿道规划]》。", {}},
      {"[City:丽水]发布《[Policy:竹业协会（丽水）章程]》。", {"丽水 > 竹业协会（丽水）章程"}},
      {"[Place:我国]首次发布《[Policy:绿道公报]》\n[Ministry:水利部]今天发布《[Policy:绿道公报]"
       "》。",
       {"水利部 > 绿道公报"}},
      {"[Ministry:水利部][Ministry:商务部]印发《[Policy:绿道规划]》。",
       {"商务部 > 绿道规划", "水利部 > 绿道规划"}},
      {"[LocalGovernment:丽水市林业局][Institution:瓯江竹业协会]印发《[Policy:绿道规划]》。",
       {"瓯江竹业协会 > 绿道规划"}},
      {"请查看[LocalGovernment:丽水市林业局][Policy:关于做好绿道维护的通知]。", {}},
      {"[LocalGovernment:丽水市林业局]学习[Policy:关于做好绿道维护的通知]。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "ISSUED") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "the plan of a region is its own, a letter answers those it begins with") {
  CHECK(Relations("展示[Province:海南省][Policy:“十二五”规划]蓝图。", "TARGETS").empty());
  const std::string title = "## [Policy:关于同意竹艺节的复函]\n";
  CHECK(Relations(title + "[LocalGovernment:丽水市人民政府]，[Ministry:文化部]：\n", "TARGETS") ==
        Lines{"关于同意竹艺节的复函 > 丽水市人民政府", "关于同意竹艺节的复函 > 文化部",
              "关于同意竹艺节的复函 > 竹艺节"});
  CHECK(Relations(title + "[Ministry:文化部]指出：\n", "TARGETS") ==
        Lines{"关于同意竹艺节的复函 > 竹艺节"});
}

TEST_CASE_FIXTURE(FactsFixture, "what a document only cites says nothing of what follows") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::string title = "## [Policy:关于养护丽水绿道的通知]\n";
  const std::vector<Case> cases = {
      {title + "根据《[Policy:湿地保护修复条例]》，支持[Industry:观光农业]。", {}},
      {title + "根据《[Policy:湿地保护修复条例]》和《[Policy:古树巡护养护条例]》，支持["
               "Industry:观光农业]。",
       {}},
      {title + "根据绿道规划安排和《[Policy:湿地保护修复条例]》要求，支持[Industry:观光农业]。",
       {}},
      {title + "《[Policy:湿地保护修复条例]》提出，支持[Industry:观光农业]。",
       {"湿地保护修复条例 > 观光农业"}},
      {"## 丽水要闻\n根据《[Policy:湿地保护修复条例]》，支持[Industry:观光农业]。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Lines shown = Relations(c.text, "TARGETS", true);
    std::erase_if(shown, [](const std::string& line) { return !line.ends_with("观光农业"); });
    CHECK(shown == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "papers of companies and courts address no field") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"双方签署《[Policy:竹材采购合同]》。", {}},
      {"公司收到《[Policy:关于竹材减持的告知函]》和《[Policy:竹材处罚决定书]》。", {}},
      {"公司发布《[Policy:关于竹材股份质押的公告]》。", {}},
      {"公司召开[Event:第三次临时股东大会]。", {}},
      // A programme and the notice that brings it are one.
      {"[Policy:竹农医保便民措施]实施。\n《[Policy:关于实施竹农医保便民措施的通知]》印发。",
       {"关于实施竹农医保便民措施的通知 > 竹农医保"}},
      {"《[Policy:竹材产业管理办法]》印发。", {"竹材产业管理办法 > 竹材产业"}},
      {"《[Policy:关于竹材产业进口关税的公告]》印发。",
       {"关于竹材产业进口关税的公告 > 竹材产业进口关税"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what a meeting adopted was issued by the body that met") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"竹业要闻\n[Event:[LocalGovernment:丽水市人大常委会]第九次会议]闭幕。\n会议经表决，通过了《["
       "Policy:"
       "竹林管护"
       "条例]》和[Policy:关于设立竹艺节的决定]，听取了《[Policy:竹业报告]》。",
       {"丽水市人大常委会 > 关于设立竹艺节的决定", "丽水市人大常委会 > 竹林管护条例"}},
      {"竹业要闻\n[Event:[LocalGovernment:丽水市政协]第三次会议]在丽水闭幕。\n闭幕会通过了[Policy:"
       "关于设立竹艺节的决定]；\n通过了《[Policy:竹林巡护规则]》。\n通过了《[Policy:竹林补种规则]"
       "》。",
       {"丽水市政协 > 关于设立竹艺节的决定", "丽水市政协 > 竹林巡护规则"}},
      {"竹业要闻\n[LocalGovernment:丽水市人大常委会]主任召开[Event:[LocalGovernment:"
       "丽水市人大常委会]第九次会议]。\n会议指出，竹业是富民产业。\n今年的[Event:竹业峰会]"
       "要办好。\n会议审议通过《[Policy:竹林管护条例]》。",
       {"丽水市人大常委会 > 竹林管护条例"}},
      {"竹业要闻\n[Event:[Institution:竹业合作组织]第九次会议]闭幕。\n会议发表了《[Policy:竹业宣言]"
       "》。",
       {"竹业合作组织 > 竹业宣言"}},
      // Whose report was heard.
      {"竹业要闻\n会议听取了[Institution:丽水市竹业委员会][Policy:关于竹林巡护的报告]。",
       {"丽水市竹业委员会 > 关于竹林巡护的报告"}},
      {"竹业要闻\n会议听取了[Institution:丽水市竹业委员会][Policy:关于竹林巡护的报告]，[Policy:"
       "关于竹林补种的报告]。",
       {"丽水市竹业委员会 > 关于竹林巡护的报告", "丽水市竹业委员会 > 关于竹林补种的报告"}},
      {"竹业要闻\n会议谈到[Institution:丽水市竹业委员会][Policy:关于竹林巡护的报告]。", {}},
      // What another meeting had said is recalled; two bodies whose report it adopts.
      {"竹业要闻\n[Event:[Ministry:国务院]常务会议]日前召开。\n要落实[Event:[Ministry:中央政治局]"
       "会议]部署。\n会议审议通过《[Policy:竹林管护条例]》。",
       {"国务院 > 竹林管护条例"}},
      {"竹业要闻\n[Event:[Ministry:全国人大常委会]第九次会议]闭幕。\n会议表决通过了[Ministry:"
       "全国人大农业委员会]提出的[Policy:关于竹林巡护的报告]。",
       {"全国人大农业委员会 > 关于竹林巡护的报告", "全国人大常委会 > 关于竹林巡护的报告"}},
      {"竹业要闻\n[Event:[Ministry:国务院]常务会议]日前召开。\n会议决定将《[Policy:竹林法（草案）]"
       "》"
       "提请[Ministry:全国人大常委会]审议。",
       {"国务院 > 竹林法（草案）"}},
      {"竹业要闻\n[Event:[Ministry:国务院]常务会议]日前召开。\n会议决定将《[Policy:竹林法（草案）]"
       "》"
       "退回修改。",
       {}},
      // No body in the meeting's name; adopted by something else; far from the verb.
      {"竹业要闻\n[Event:竹业峰会]闭幕。\n会议通过了《[Policy:竹林倡议书]》。", {}},
      {"竹业要闻\n[Event:[LocalGovernment:丽水市人大常委会]第九次会议]"
       "闭幕。\n会议指出，要通过修订《["
       "Policy:"
       "竹林管护"
       "条例]》促进增收。",
       {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "ISSUED") == c.expected);
  }
}
