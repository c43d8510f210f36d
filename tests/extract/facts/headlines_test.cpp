#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "a document of which the headline says only that it is out") {
  struct Case {
    const char* what;
    std::string text;
    Lines expected;
  };
  const std::string title = "## [Policy:绿色竹园名单]公布\n";
  const std::vector<Case> cases = {
      {"who publishes below",
       title + "[Ministry:水利部]今天（[@date=2031-03-05:3月5日]）公布，青山竹园等九处入选。",
       {"水利部 > 绿色竹园名单 date=2031-03-05"}},
      {"several, behind the time",
       title + "近日，[Ministry:水利部]、[Ministry:商务部]等四部门联合印发通知，要求各地落实。",
       {"商务部 > 绿色竹园名单", "水利部 > 绿色竹园名单"}},
      {"between 《》",
       "## 《[Policy:竹林巡护规定]》今天发布\n[Ministry:水利部]明确，巡护每月一次。",
       {"水利部 > 竹林巡护规定"}},
      {"a press briefing is no publication",
       title + "[Ministry:水利部]今天举行发布会，介绍竹园建设。",
       {}},
      {"in another clause", title + "[Ministry:水利部]有关负责人说，名单已经公布。", {}},
      {"who stands further on", title + "记者从[Ministry:水利部]了解到，名单已经公布。", {}},
      {"a company", title + "[Company:青山竹业]今天发布公告。", {}},
      {"a headline that names who",
       "## [City:青岩市]公布[Policy:绿色竹园名单]\n[Ministry:水利部]发布消息。",
       {"青岩市 > 绿色竹园名单"}},
      {"a headline about something else",
       "## [Policy:绿色竹园名单]引发热议\n[Ministry:水利部]发布消息。",
       {}},
      {"another document is what it tells of",
       title + "[Ministry:水利部]日前印发《[Policy:竹园评定办法]》，名单随后公布。",
       {"水利部 > 竹园评定办法"}},
      {"no text", title + "## 下一条\n[Ministry:水利部]公布消息。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(Relations(c.text, "ISSUED") == c.expected);
  }
}
