#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "a clause takes over the subject of the one before") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[City:衢州]扩大开放，建设[Project:沿江快速路]。", {"衢州 > 沿江快速路"}},
      {"[City:衢州]扩大开放。加快建设[Project:沿江快速路]。", {"衢州 > 沿江快速路"}},
      {"[City:衢州]扩大开放，前两个月共建成[Project:沿江快速路]。", {"衢州 > 沿江快速路"}},
      {"[City:衢州]、[City:丽水]将深化协作，[@date=2026:今年]建设[Project:沿江快速路]。",
       {"丽水 > 沿江快速路", "衢州 > 沿江快速路"}},
      {"[Province:浙江][City:衢州]表示，将建设[Project:沿江快速路]。", {"衢州 > 沿江快速路"}},
      // An adjunct stands between; something else ends it.
      {"[City:衢州]提出，到[@date=2030:2030年]，建成[Project:沿江快速路]。", {"衢州 > 沿江快速路"}},
      {"[Company:远山集团]签署协议，在[City:衢州][County:柯城]投资建设[Project:沿江快速路]。",
       {"远山集团 > 沿江快速路"}},
      // What the sentence is about may follow the time: the next one is about that, too.
      {"[City:丽水]扩大开放。今年汛期以来，[City:衢州]治理内河。加快建设[Project:沿江快速路]。",
       {"衢州 > 沿江快速路"}},
      {"[City:衢州]扩大开放。今年汛期以来，加快建设[Project:沿江快速路]。", {"衢州 > 沿江快速路"}},
      {"[City:衢州]扩大开放，外贸增长一成，建成[Project:沿江快速路]。", {}},
      {"[City:衢州]市场回暖，建成[Project:沿江快速路]。", {}},
      {"[Official:周远航]表示，将建设[Project:沿江快速路]。", {}},
      // Who speaks for a company; who signs with another does what follows alone.
      {"[Company:远山集团][@title:董事长][Person:周远航]宣布，将建设[Project:沿江快速路]。",
       {"远山集团 > 沿江快速路"}},
      {"[Company:远山集团]与[City:衢州]签署协议，将建设[Project:沿江快速路]。",
       {"远山集团 > 沿江快速路"}},
      {"《[Policy:[City:衢州]市交通规划]》提出，加快建设[Project:沿江快速路]。",
       {"衢州 > 沿江快速路"}},
      {"《[Policy:[City:衢州]市交通规划]》印发，加快建设[Project:沿江快速路]。", {}},
      // Not from one article, nor out of a name.
      {"[City:衢州]扩大开放。\n## 要闻\n建设[Project:沿江快速路]。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "BUILDS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a clause that begins with its place takes its subject over, too") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Company:远山集团]表示，未来五年，在[Place:南岛国]市场投资[@amount=500000000:5亿元]扩产。",
       {"远山集团 > 南岛国 amount=500000000"}},
      {"[Company:远山集团]签署协议，承诺在[City:衢州]投资[@amount=500000000:5亿元]。",
       {"远山集团 > 衢州 amount=500000000"}},
      // Something else ends it; a place where nobody is said to act does not.
      {"[Company:远山集团]回暖，在[Place:南岛国]市场开放的背景下，投资环境不错。", {}},
      {"形势向好，在[Place:南岛国]市场投资[@amount=500000000:5亿元]。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "INVESTS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what kind of company it is may stand before a subject") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"智能卡制造商[Company:远山集团]宣布，将承建[Project:沿江快速路]。",
       {"远山集团 > 沿江快速路"}},
      {"一直低调的竹业巨头[Company:远山集团]，也将承建[Project:沿江快速路]。",
       {"远山集团 > 沿江快速路"}},
      // An object, and a company that something else stands before.
      {"收购制造商[Company:远山集团]，将承建[Project:沿江快速路]。", {}},
      {"与制造商[Company:远山集团]，将承建[Project:沿江快速路]。", {}},
      {"走进厂区的[Company:远山集团]，将承建[Project:沿江快速路]。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "BUILDS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "with whom the subject of the clause before does something") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Company:远山集团]近年来将竹材卖到了许多国家和地区，与[Institution:竹业大学]"
       "共同成立实验室。",
       {"远山集团 > 竹业大学"}},
      // No one's clause, and one that begins with another word for 与.
      {"形势向好，与[Institution:竹业大学]共同成立实验室。", {}},
      {"[Company:远山集团]近年来将竹材卖到了许多国家和地区，与会代表认为[Institution:竹业大学]"
       "共同成立实验室。",
       {}},
      {"[Company:远山集团]扩大开放，与会代表认为[Institution:竹业大学]共同成立实验室。", {}},
      // 公司 is who the article is about, where it does what only bodies do.
      {"[Company:远山集团]复业。\n公司联合[Institution:竹业大学]成立实验室。",
       {"远山集团 > 竹业大学"}},
      {"[Company:远山集团]复业。\n公司债联合[Institution:竹业大学]成立实验室。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "COOPERATES_WITH") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture,
                  "what a subject planned in its own clause stays a plan in the next") {
  const graph::Claims claims = Find("[City:衢州]将扩大开放，建设[Project:沿江快速路]。");
  REQUIRE(claims.relations.size() == 1);
  CHECK(claims.relations[0].status == graph::ClaimStatus::kPlanned);
}
