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
