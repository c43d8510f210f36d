// What companies raise money for.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "works that a company raises money for") {
  struct Case {
    const char* what;
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"a list, some of it known",
       "[Company:远山集团]拟定增募资[@amount=600000000:6亿元]，用于[Project:竹纤维扩产项目]"
       "和滨江冷库"
       "扩建项目，余下的补充流动资金。",
       {"远山集团 > 滨江冷库扩建项目", "远山集团 > 竹纤维扩产项目"}},
      {"each with its sum",
       "[Company:远山集团]拟非公开发行股票，募集资金用于以下项目：[Project:竹纤维扩产项目]"
       "[@amount=400000000:4亿元]、[Project:滨江冷库项目][@amount=200000000:2亿元]。",
       {"远山集团 > 滨江冷库项目 amount=200000000", "远山集团 > 竹纤维扩产项目 amount=400000000"}},
      {"the sums behind them all",
       "[Company:远山集团]的募集资金投向[Project:竹纤维扩产项目]、[Project:滨江冷库项目]，分别使用"
       "[@amount=400000000:4亿元]、[@amount=200000000:2亿元]。",
       {"远山集团 > 滨江冷库项目 amount=200000000", "远山集团 > 竹纤维扩产项目 amount=400000000"}},
      {"whom the title begins with",
       "## [Company:远山集团]扩产\n募集资金投向[Project:竹纤维扩产项目]。",
       {"远山集团 > 竹纤维扩产项目"}},
      {"no works", "[Company:远山集团]募集资金用于偿还银行贷款和三个建设项目。", {}},
      {"what is given up",
       "[Company:远山集团]终止定增，募集资金不再用于[Project:竹纤维扩产项目]。",
       {}},
      {"nobody", "募集资金投向[Project:竹纤维扩产项目]。", {}},
      {"a word that goes on",
       "[Company:远山集团]的募投资金用于巩固[Project:城区地铁]车辆的地位。",
       {}},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    CHECK(Relations(c.text, "INVESTS") == c.expected);
  }
}
