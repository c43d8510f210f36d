// Names of organisations that mean one.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "short forms beside legal names, departments abbreviated") {
  struct Case {
    std::string text;
    Lines expected;  // the names of the organisations
  };
  const std::vector<Case> cases = {
      {"[Company:青禾微]增产。[Company:[City:青石]青禾微半导体有限公司]成立。",
       {"青石青禾微半导体有限公司"}},
      {"[Company:青禾汽车]增产。[Company:青禾电动汽车科技有限公司]成立。",
       {"青禾电动汽车科技有限公司"}},
      {"[Company:[City:青石]禾和公司]增产。[Company:[City:青石市]禾和有限公司]成立。",
       {"青石市禾和有限公司"}},
      {"[Company:禾和股份公司]增产。[Company:禾和有限公司]成立。[Company:禾和]上市。",
       {"禾和股份公司"}},
      {"[Company:Nordfjord Biosciences]增产。[Company:Nordfjord]上市。", {"Nordfjord Biosciences"}},
      // A group and what belongs to it, companies of two regions, two that begin alike.
      {"[Company:禾和集团]增产。[Company:禾和股份有限公司]成立。",
       {"禾和股份有限公司", "禾和集团"}},
      {"[Company:[City:青石]禾和公司]增产。[Company:[City:远山]禾和公司]成立。",
       {"远山禾和公司", "青石禾和公司"}},
      {"[Company:青禾微]增产。[Company:青禾微电机有限公司]成立。[Company:青禾微光学有限公司]上市。",
       {"青禾微", "青禾微光学有限公司", "青禾微电机有限公司"}},
      // What the longer name begins with is its parent.
      {"[Company:青禾微]增产。[Company:[Company:青禾微]物流有限公司]成立。",
       {"青禾微", "青禾微物流有限公司"}},
      {"[LocalGovernment:[City:青石市]环保局]说。[LocalGovernment:[City:青石市]环境保护局]说。",
       {"青石市环境保护局"}},
      {"[LocalGovernment:[City:青石]发展改革委]说。[LocalGovernment:[City:青石市]发展和改革委员会]"
       "说。",
       {"青石市发展和改革委员会"}},
      {"[LocalGovernment:[City:青石市]环保局]说。[LocalGovernment:[City:远山市]环境保护局]说。",
       {"远山市环境保护局", "青石市环保局"}},
      {"[Institution:竹人党]说。[Institution:[Place:竹国]竹人党]说。", {"竹国竹人党"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Lines found;
    for (const graph::LocalEntity& ent : Find(c.text).entities) {
      if (ent.type == "Company" || ent.type == "LocalGovernment" || ent.type == "Institution") {
        found.push_back(ent.name);
      }
    }
    std::sort(found.begin(), found.end());
    CHECK(found == c.expected);
  }
}
