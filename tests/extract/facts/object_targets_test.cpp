#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "whom a policy addresses, by the objects of its clauses") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      // Behind words of stating, planning and degree; described before 的.
      {"《[Policy:甲办法]》明确，将进一步支持山区竹编合作社发展。", {"甲办法 > 山区竹编合作社"}},
      {"《[Policy:甲办法]》印发，打造一批管理规范的乡镇助餐网点。", {"甲办法 > 乡镇助餐网点"}},
      {"《[Policy:甲办法]》印发，关爱采茶农民的日常生活。", {"甲办法 > 采茶农民"}},
      // What is kept safe, made better, set up or only called upon is as a rule a means.
      {"《[Policy:甲办法]》印发，保护采茶农民的合法权益。", {}},
      {"《[Policy:甲办法]》印发，完善乡镇助餐网点。", {}},
      {"《[Policy:甲办法]》印发，建立山区竹编合作社。", {}},
      {"《[Policy:甲办法]》印发，鼓励竹编企业扩产。", {}},
      // Lists, and numbers before a class.
      {"《[Policy:甲办法]》印发，扶持竹编企业和制伞企业。",
       {"甲办法 > 制伞企业", "甲办法 > 竹编企业"}},
      {"《[Policy:甲办法]》印发，培育20家左右竹编企业。", {"甲办法 > 竹编企业"}},
      // A field only where it is all that is spoken of, or is to be developed.
      {"《[Policy:甲办法]》印发，推动竹编产业发展。", {"甲办法 > 竹编产业"}},
      {"《[Policy:甲办法]》印发，推动竹编产业税费返还。", {}},
      // What is to become better of a field; days before the verb.
      {"《[Policy:甲办法]》印发，提升和培育竹编产业竞争力。", {"甲办法 > 竹编产业"}},
      {"《[Policy:甲办法]》明确，到[@date=2035:2035年]打造乡镇助餐网点。",
       {"甲办法 > 乡镇助餐网点"}},
      // What an actor does goes on to another class.
      {"《[Policy:甲办法]》印发，引导竹编企业积极带动山区就业。", {"甲办法 > 竹编企业"}},
      {"将竹材纳入《[Policy:甲办法]》，支持竹编企业。", {}},
      // Regions and companies by name.
      {"《[Policy:甲办法]》印发，支持[City:丽水市]、[Company:远山集团]先行试点。",
       {"甲办法 > 丽水市", "甲办法 > 远山集团"}},
      {"《[Policy:甲办法]》印发，推动[Company:远山集团]等同行转产。", {}},
      // No class, a class of nobody, a name, a word that goes on.
      {"《[Policy:甲办法]》印发，鼓励各类企业扩产。", {}},
      {"《[Policy:甲办法]》印发，支持[Ministry:水利部]直属企业扩产。", {}},
      {"《[Policy:甲办法]》印发，维护竹编企业家名誉。", {}},
      // Another subject, before the name, after an event, carried out by others, of a
      // report, of no policy at all.
      {"《[Policy:甲办法]》印发，客商说要支持竹编企业。", {}},
      {"支持竹编企业，《[Policy:甲办法]》印发。", {}},
      {"《[Policy:甲办法]》印发后，[Event:开工仪式]结束，支持竹编企业。", {}},
      {"全面落实《[Policy:甲办法]》，支持竹编企业。", {}},
      {"各乡落实县里《[Policy:甲办法]》，支持竹编企业。", {}},
      // Not by a word in the name of another.
      {"市里印发《[Policy:甲实施方案]》和《[Policy:乙办法]》，支持竹编企业。",
       {"乙办法 > 竹编企业"}},
      {"《[Policy:甲统计公报]》发布，支持竹编企业。", {}},
      {"[City:丽水市]支持竹编企业。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a known class inside an object is not meant by itself") {
  CHECK(Relations("《[Policy:甲办法]》提出，支持科技型[Industry:竹编企业]上市。", "TARGETS") ==
        Lines{"甲办法 > 科技型竹编企业"});
}

TEST_CASE_FIXTURE(FactsFixture, "the fields that a paragraph lists behind a policy or an event") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Event:山货推介会]昨天闭幕。现场签约二十个项目，涵盖竹餐具、竹家具等领域。",
       {"山货推介会 > 竹家具", "山货推介会 > 竹餐具"}},
      {"《[Policy:竹乡合作行动计划]》发布。各方在竹餐具、竹家具两大领域开展合作。",
       {"竹乡合作行动计划 > 竹家具", "竹乡合作行动计划 > 竹餐具"}},
      {"《[Policy:竹乡合作行动计划]》聚焦目标路径、重点任务、重大举措。", {}},
      {"[Event:山货推介会]以共富为题，下设竹餐具、竹家具两个展区。",
       {"山货推介会 > 竹家具", "山货推介会 > 竹餐具"}},
      {"《[Policy:甲办法]》公布。覆盖竹餐具、竹家具等行业。",
       {"甲办法 > 竹家具", "甲办法 > 竹餐具"}},
      // One thing is no list; aspects are no fields; somebody else's; a meeting about no field.
      {"[Event:山货推介会]昨天闭幕。现场签约二十个项目，涵盖竹餐具等领域。", {}},
      {"《[Policy:甲办法]》公布。覆盖竹餐具、竹家具等方面。", {}},
      {"[Event:山货推介会]昨天开幕。现场设竹餐具、竹家具等重点展示板块。",
       {"山货推介会 > 竹家具", "山货推介会 > 竹餐具"}},
      {"[Event:山货推介会]昨天开幕。现场推出竹餐具、竹家具2个线上招聘专场。",
       {"山货推介会 > 竹家具", "山货推介会 > 竹餐具"}},
      {"[Event:山货推介会]昨天开幕。现场展示竹餐具、竹家具等产品质量。", {}},
      {"《[Policy:甲办法]》公布。[City:丽水市]聚焦竹餐具、竹家具等领域。", {}},
      {"[Event:开工仪式]举行。项目涵盖竹餐具、竹家具等领域。", {}},
      {"《[Policy:甲办法]》公布。双方将在竹餐具、竹家具等领域合作。", {}},
      {"全县落实《[Policy:甲办法]》。项目涵盖竹餐具、竹家具等领域。", {}},
      {"[City:丽水市]项目涵盖竹餐具、竹家具等领域。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "the numbered measures of a document that the title names") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::string title = "## 市里印发《[Policy:甲办法]》\n";
  const std::string two = "## 市里印发《[Policy:甲办法]》和《[Policy:乙办法]》\n";
  const std::vector<Case> cases = {
      {title + "一、鼓励竹编合作社进社区。\n（二）壮大制伞企业。\n",
       {"甲办法 > 制伞企业", "甲办法 > 竹编合作社"}},
      {title +
           "②在山区各乡，优先布局竹编产业，年内见效，请各部门按职责分工抓好落实并按时上报进展。\n",
       {"甲办法 > 竹编产业"}},
      {title + "\n鼓励竹编合作社进社区。\n", {"甲办法 > 竹编合作社"}},
      {title + "三是壮大制伞企业。\n", {"甲办法 > 制伞企业"}},
      {"## 市里《[Policy:甲办法]》明确壮大竹编企业\n三是壮大制伞企业。\n",
       {"甲办法 > 制伞企业", "甲办法 > 竹编企业"}},
      // Rings alone tell measures in long paragraphs; decimals number nothing.
      {title +
           "12."
           "在山区各乡，优先布局竹编产业，年内见效，请各部门按职责分工抓好落实并按时上报进展。\n",
       {}},
      {title +
           "(1)"
           "在山区各乡，优先布局竹编产业，年内见效，请各部门按职责分工抓好落实并按时上报进展。\n",
       {}},
      {title + "各县照办。\n3.5支持竹编合作社进社区。\n", {}},
      // The title of another article is no measure.
      {title + "各县照办。\n## 支持竹编合作社进社区，《[Policy:乙办法]》印发\n", {}},
      // Another subject, a long paragraph, two documents, no title.
      {title + "各县照办。\n各乡要支持竹编合作社进社区。\n", {}},
      {title + "一、各县和各部门都要把这件事放在心上，按职责分工抓好落实，支持竹编合作社进社区。\n",
       {}},
      {two + "一、鼓励竹编合作社进社区。\n", {}},
      {"市里印发《[Policy:甲办法]》。\n一、鼓励竹编合作社进社区。\n", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "whom a regulation tells what they shall do") {
  const std::string title = "## 《[Policy:丽水市竹材计量办法]》\n";
  const auto ruled = [&](const std::string& text) {
    Lines shown = Relations(text, "TARGETS");
    std::erase_if(shown, [](const std::string& line) { return !line.ends_with("单位"); });
    return shown;
  };
  CHECK(ruled(title + "第九条 竹材经营单位应当配备计量器具。\n") ==
        Lines{"丽水市竹材计量办法 > 竹材经营单位"});
  CHECK(ruled(title + "有关单位应当支持。\n").empty());
  CHECK(ruled(title + "竹材经营单位扩大规模。\n").empty());
  CHECK(ruled("## 《[Policy:丽水市竹材计量规划]》\n竹材经营单位应当配备计量器具。\n").empty());
}

TEST_CASE_FIXTURE(FactsFixture, "what goes on behind a semicolon is said of the same document") {
  CHECK(Relations("《[Policy:甲办法]》提出，支持竹编合作社；\n支持老街药店做精；\n引导制伞企业。\n",
                  "TARGETS") ==
        Lines{"甲办法 > 制伞企业", "甲办法 > 竹编合作社", "甲办法 > 老街药店"});
  CHECK(Relations("《[Policy:甲办法]》提出，支持竹编合作社。\n支持老街药店做精。\n", "TARGETS") ==
        Lines{"甲办法 > 竹编合作社"});
  CHECK(Relations("《[Policy:甲办法]》提出，支持竹编合作社；\n各县支持老街药店。\n", "TARGETS") ==
        Lines{"甲办法 > 竹编合作社"});
}

TEST_CASE_FIXTURE(FactsFixture, "what a document says that it is for and whom it rules") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::string title = "## [Policy:关于竹器捐赠的规定]\n";
  const std::vector<Case> cases = {
      {title + "第一条 为保护竹农投保人、受赠单位的合法权益，制定本规定。\n",
       {"关于竹器捐赠的规定 > 受赠单位", "关于竹器捐赠的规定 > 竹农投保人"}},
      {title + "第二条 本规定适用于山区学校、竹编企业。\n",
       {"关于竹器捐赠的规定 > 山区学校", "关于竹器捐赠的规定 > 竹编企业"}},
      // No purpose of the document; none that the title names.
      {title + "为保护受赠单位的合法权益，各县开展宣传。\n", {}},
      {"## 丽水要闻\n本规定适用于山区学校。\n", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Lines shown = Relations(c.text, "TARGETS");
    std::erase(shown, "关于竹器捐赠的规定 > 竹器捐赠");
    CHECK(shown == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "the items of a list that a sentence opens") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::string opening = "针对短板，《[Policy:甲行动计划]》提出两条措施。\n";
  const std::vector<Case> cases = {
      {opening + "一是壮大制伞企业。\n二是扶持竹编合作社。\n",
       {"甲行动计划 > 制伞企业", "甲行动计划 > 竹编合作社"}},
      {opening + "①壮大制伞企业。\n", {"甲行动计划 > 制伞企业"}},
      {opening + "三、壮大制伞企业。\n", {}},
      {opening + "各乡照办。\n一是壮大制伞企业。\n", {}},
      {opening + "\n一是壮大制伞企业。\n", {}},
      // Words that a title ends in stand for it, quoted or not; those of others do not.
      {"《[Policy:甲行动计划]》公布。\n行动计划提出，壮大制伞企业。\n", {"甲行动计划 > 制伞企业"}},
      {"《[Policy:甲行动计划]》公布。\n“行动计划”提出，壮大制伞企业。\n",
       {"甲行动计划 > 制伞企业"}},
      {"《[Policy:甲行动计划]》公布。\n实施方案提出，壮大制伞企业。\n", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "one programme among many measures speaks for the next clause only") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"实施[Policy:甲林行动]，扶持竹编企业。", {"甲林行动 > 竹编企业"}},
      {"[Policy:甲林行动]启动，扶持竹编企业。", {"甲林行动 > 竹编企业"}},
      {"实施[Policy:甲林行动]，守好山林，扶持竹编企业。", {}},
      {"宣传[Policy:甲林行动]经验，扶持竹编企业。", {}},
      {"实施[Policy:甲林行动]等举措，扶持竹编企业。", {}},
      // A document goes on; one that others carry out, or that is introduced as cited, does not.
      {"《[Policy:甲林行动计划]》印发，守好山林，扶持竹编企业。", {"甲林行动计划 > 竹编企业"}},
      {"实施《[Policy:甲办法]》，扶持竹编企业。", {}},
      {"参照《[Policy:甲办法]》扶持竹编企业。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "TARGETS") == c.expected);
  }
}
