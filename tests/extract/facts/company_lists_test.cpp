// Companies that only their place in a list tells.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "companies in a list of companies") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      // Two that are known, or one and what they all are.
      {"客户包括[Company:远山集团]、青禾、[Company:海川电气]等。",
       {"海川电气", "远山集团", "青禾"}},
      {"客户有[Company:远山集团]、青禾轩、松雪等多家竹器厂商。", {"松雪", "远山集团", "青禾轩"}},
      {"[Company:远山集团]、艾青禾、[Company:海川电气]等参会。",
       {"海川电气", "艾青禾", "远山集团"}},
      // One is too few; nothing says where the last one ends; other things.
      {"客户包括[Company:远山集团]、青禾、松雪等。", {"远山集团"}},
      {"它向[Company:远山集团]、[Company:海川电气]、青禾供货。", {"海川电气", "远山集团"}},
      {"[Company:远山集团]、[Company:海川电气]、竹业促进会等。", {"海川电气", "远山集团"}},
      {"[Company:远山集团]、[Company:海川电气]、青禾等车型。", {"海川电气", "远山集团"}},
      {"[Company:远山集团]、[Company:海川电气]、五家竹器企业等。", {"海川电气", "远山集团"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Lines found;
    for (const graph::LocalEntity& ent : Find(c.text).entities) {
      if (ent.type == "Company") found.push_back(ent.name);
    }
    std::sort(found.begin(), found.end());
    CHECK(found == c.expected);
  }
}
