#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "official papers are issued by those whose form they have") {
  struct Case {
    const char* what;
    std::string text;
    Lines expected;
  };
  const std::string title = "## [Policy:关于做好竹林巡护的通知]\n各有关单位：\n请认真落实。\n";
  const std::string day = "[@date=2031-03-05:2031年3月5日]";
  const std::vector<Case> cases = {
      {"a line above the day",
       title + "[LocalGovernment:青岩市林业局]\n" + day,
       {"青岩市林业局 > 关于做好竹林巡护的通知 date=2031-03-05"}},
      {"two lines",
       title + "[LocalGovernment:青岩市林业局]\n[LocalGovernment:青岩市财政局]\n" + day,
       {"青岩市林业局 > 关于做好竹林巡护的通知 date=2031-03-05",
        "青岩市财政局 > 关于做好竹林巡护的通知 date=2031-03-05"}},
      {"in a text without lines",
       title + "[LocalGovernment:青岩市林业局][LocalGovernment:青岩市财政局]" + day + "附件：名单",
       {"青岩市林业局 > 关于做好竹林巡护的通知 date=2031-03-05",
        "青岩市财政局 > 关于做好竹林巡护的通知 date=2031-03-05"}},
      {"who did something on a day signs nothing",
       title + "[LocalGovernment:青岩市林业局]" + day + "组织巡护。",
       {}},
      {"nor who is spoken of", title + "联系人在[LocalGovernment:青岩市林业局]" + day, {}},
      {"nor a company's board", title + "[Institution:青岩竹业股份有限公司董事会]\n" + day, {}},
      {"a paper that is only explained",
       "## 《[Policy:青山竹林办法]》解读\n一问一答。\n另一问。\n[LocalGovernment:青岩市林业局]\n" +
           day,
       {}},
      {"what is handed out, not what it rests on",
       "## 通知公告\n各有关单位：\n根据《[Policy:竹林法]》，制定了《[Policy:竹林巡护办法]》，"
       "现印发给你们。\n[LocalGovernment:青岩市林业局]\n" +
           day,
       {"青岩市林业局 > 竹林巡护办法 date=2031-03-05"}},
      {"two that are handed out",
       "## 通知公告\n各有关单位：\n现将《[Policy:竹林巡护办法]》和《[Policy:竹林补种办法]"
       "》印发给你们。\n[LocalGovernment:青岩市林业局]\n" +
           day,
       {"青岩市林业局 > 竹林巡护办法 date=2031-03-05",
        "青岩市林业局 > 竹林补种办法 date=2031-03-05"}},
      {"what the sentence before ends with",
       "## 通知公告\n各有关单位：\n根据《[Policy:竹林法]》，制定了《[Policy:竹林巡护办法]》和"
       "《[Policy:竹林补种办法]》（附后）。\n现印发给你们。\n[LocalGovernment:青岩市林业局]\n" +
           day,
       {"青岩市林业局 > 竹林巡护办法 date=2031-03-05",
        "青岩市林业局 > 竹林补种办法 date=2031-03-05"}},
      {"what it only speaks of",
       "## 通知公告\n各有关单位：\n修订了《[Policy:竹林巡护办法]》的附件。\n现印发给你们。\n"
       "[LocalGovernment:青岩市林业局]\n" +
           day,
       {}},
      {"a file behind the day",
       title + "[LocalGovernment:青岩市林业局]" + day + "竹林巡护登记表.docx",
       {"青岩市林业局 > 关于做好竹林巡护的通知 date=2031-03-05"}},
      {"what another issued is handed on",
       "## 通知公告\n各有关单位：\n现将《[Policy:竹林巡护办法]》转发给你们。\n[LocalGovernment:"
       "青岩市林业局]\n" +
           day,
       {}},
      {"an order",
       "## [Policy:竹林条例]\n[Ministry:国务院]令\n第9号\n现公布《[Policy:竹林条例]》。",
       {"国务院 > 竹林条例"}},
      {"no order", "## [Policy:竹林条例]\n[Ministry:国务院]令行禁止。", {}},
      {"a note under the title",
       "## [Policy:青山竹林条例]\n（[@date=2031-03-05:2031年3月5日][LocalGovernment:"
       "青岩市人大常委会]第九次会议通过）\n第一条 为了护林。",
       {"青岩市人大常委会 > 青山竹林条例"}},
      {"a note behind the name",
       "## 法规\n[Policy:青山竹林条例]（2031年[LocalGovernment:青岩市人大常委会]会议通过）",
       {}},
      {"a remark that tells nobody",
       "## [Policy:青山竹林条例]\n（2031年会议通过，[LocalGovernment:青岩市人大常委会]解释）",
       {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(Relations(c.text, "ISSUED") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "the title of a signed paper is its name") {
  struct Case {
    const char* what;
    std::string title;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"an answer",
       "[LocalGovernment:青岩市林业局]对第9号建议的答复",
       {"青岩市林业局 > 青岩市林业局对第9号建议的答复 date=2031-03-05"}},
      {"the bodies before it are no part of it",
       "[LocalGovernment:青岩市林业局][LocalGovernment:青岩市财政局]关于竹林巡护的若干举措",
       {"青岩市林业局 > 关于竹林巡护的若干举措 date=2031-03-05",
        "青岩市财政局 > 关于竹林巡护的若干举措 date=2031-03-05"}},
      {"rules for a law, not the law",
       "青岩市实施《[Policy:竹林法]》办法",
       {"青岩市林业局 > 青岩市实施《竹林法》办法 date=2031-03-05"}},
      {"what is handed out by its notice",
       "关于印发《[Policy:竹林巡护办法]》的通知",
       {"青岩市林业局 > 竹林巡护办法 date=2031-03-05"}},
      {"a title that breaks off",
       "关于印发《[Policy:竹林巡护办法]",
       {"青岩市林业局 > 竹林巡护办法 date=2031-03-05"}},
      {"no paper", "青岩市竹林巡护工作进展", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(Relations("## " + c.title +
                        "\n有关情况如下。\n请认真落实。\n[LocalGovernment:青岩市林业局]\n"
                        "[@date=2031-03-05:2031年3月5日]",
                    "ISSUED") == c.expected);
  }
}
