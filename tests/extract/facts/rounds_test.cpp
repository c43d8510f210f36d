// Who funds whom, in the ways that news of companies tells it.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

struct Case {
  const char* what;
  std::string text;
  Lines expected;
};

}  // namespace

TEST_CASE_FIXTURE(FactsFixture, "a round of funding in one sentence") {
  const std::vector<Case> cases = {
      {"those who lead and those who follow",
       "竹餐具品牌「青禾轩」近日完成数千万元A轮融资，由云麓创投领投，松原基金、北岭资本等跟投。",
       {"云麓创投 > 青禾轩", "北岭资本 > 青禾轩", "松原基金 > 青禾轩"}},
      {"without 由, and joined by 、",
       "青禾轩已完成新一轮融资，云麓创投领投、松原基金和北岭资本跟投。",
       {"云麓创投 > 青禾轩", "北岭资本 > 青禾轩", "松原基金 > 青禾轩"}},
      {"remarks behind the names, an adviser among them",
       "据悉，竹餐具供应商青禾轩完成B轮融资，投资方为云麓创投（领投）、松原基金（财务顾问）。",
       {"云麓创投 > 青禾轩"}},
      {"a list that 投资 ends",
       "近日消息，青禾轩获投A轮融资，该轮融资由云麓投资、Blue Ridge Partners（领投）投资。",
       {"Blue Ridge Partners > 青禾轩", "云麓投资 > 青禾轩"}},
      {"between the verb and the noun, over a comma",
       "去年，青禾轩完成了由云麓创投领投，松原基金跟投的B轮融资。",
       {"云麓创投 > 青禾轩", "松原基金 > 青禾轩"}},
      {"who gives it before the sum",
       "青禾轩曾获云麓创投、松原基金等机构的数千万元天使轮融资。",
       {"云麓创投 > 青禾轩", "松原基金 > 青禾轩"}},
      {"a known company, and one investor with its sum",
       "[Company:青禾轩]于今年3月获得[@amount=20000000:2000万元]融资，投资方为[Company:云麓创投]。",
       {"云麓创投 > 青禾轩 amount=20000000"}},
      {"a subsidiary, and a remark in the funded company's name",
       "「青禾轩（面积：25平方米）」宣布完成A轮融资，投资方为远山集团旗下云麓创投。",
       {"云麓创投 > 青禾轩"}},
      {"one that is known, without a word for the round",
       "[Company:青禾轩]获[Company:云麓创投]投资。",
       {"云麓创投 > 青禾轩"}},
      {"a headline in two parts", "青禾轩完成新一轮融资 云麓创投领投", {"云麓创投 > 青禾轩"}},
      {"those who invest come first",
       "云麓创投领投、松原基金跟投，竹餐具品牌“青禾轩”完成A轮融资。",
       {"云麓创投 > 青禾轩", "松原基金 > 青禾轩"}},
      {"one that is called like a person",
       "近日，[Person:艾青禾]完成A轮融资，由云麓创投领投。",
       {"云麓创投 > 艾青禾"}},
      {"a company behind what it is",
       "青禾轩获得了由早期投资机构 Blue Ridge 投资的种子轮融资。",
       {"Blue Ridge > 青禾轩"}},
      {"an adviser that is known",
       "青禾轩完成B轮融资，投资方为松原基金、[Company:云麓创投]（财务顾问）。",
       {"松原基金 > 青禾轩"}},
      {"a remark in narrow brackets",
       "青禾轩完成B轮融资，松原基金(Pine Plain)领投。",
       {"松原基金 > 青禾轩"}},
      {"an old shareholder that joins again",
       "青禾轩完成B轮融资，老股东松原基金再次跟投。",
       {"松原基金 > 青禾轩"}},
      {"one alone, in a clause of its own",
       "青禾轩完成天使轮融资，松原基金独家投资。",
       {"松原基金 > 青禾轩"}},
      {"what was got before",
       "[Company:青禾轩]曾获得过[Company:松原基金]等机构投资。",
       {"松原基金 > 青禾轩"}},
      {"nobody by name", "青禾轩完成A轮融资，由多家知名机构领投，老股东跟投。", {}},
      {"no round", "[Company:青禾轩]完成了融资租赁业务，由云麓创投负责。", {}},
      {"what may come", "[Company:青禾轩]有望完成A轮融资，由云麓创投领投。", {}},
      {"no company", "全省完成投资五亿元，同比增长两成。", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    CHECK(Relations(c.text, "INVESTS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "a round of funding over several sentences") {
  const std::vector<Case> cases = {
      {"本轮 is the round that was told",
       "竹餐具品牌“青禾轩”完成A轮融资。\n本轮融资由云麓创投领投，老股东松原基金跟投。",
       {"云麓创投 > 青禾轩", "松原基金 > 青禾轩"}},
      {"a list of rounds without a subject",
       "青禾轩完成C轮融资，由云麓创投领投。\n2031年4月，完成B轮融资，投资方为松原基金。",
       {"云麓创投 > 青禾轩", "松原基金 > 青禾轩"}},
      {"the headline tells where the name begins",
       "## 青禾轩完成A轮融资\n竹炭餐具技术产品与服务青禾轩完成A轮融资，投资方为云麓创投。",
       {"云麓创投 > 青禾轩"}},
      {"a remark within the name",
       "## "
       "青禾轩集团完成A轮融资\n竹餐具企业青禾轩（面积：25平方米）集团完成A轮融资，由云麓创投领投。",
       {"云麓创投 > 青禾轩集团"}},
      {"another company's round in between",
       "青禾轩完成A轮融资，由云麓创投领投。\n去年，竹炭品牌松雪坊完成B轮融资，由北岭资本领投。",
       {"云麓创投 > 青禾轩", "北岭资本 > 松雪坊"}},
      {"no round was told", "本轮融资由云麓创投领投。", {}},
      {"what kind the investors are",
       "青禾轩完成A轮融资，投资方包括云麓创投、松原基金等全球知名的投资机构。",
       {"云麓创投 > 青禾轩", "松原基金 > 青禾轩"}},
      {"together, without 由",
       "青禾轩完成A轮融资。\n本轮投资由云麓创投领投，松原基金、北岭资本等共同投资。",
       {"云麓创投 > 青禾轩", "北岭资本 > 青禾轩", "松原基金 > 青禾轩"}},
      {"its investors",
       "青禾轩完成A轮融资，由云麓创投领投。\n其投资者包括松原基金、北岭资本等。",
       {"云麓创投 > 青禾轩", "北岭资本 > 青禾轩", "松原基金 > 青禾轩"}},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    CHECK(Relations(c.text, "INVESTS") == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "what one investor gives") {
  const auto with_sum = [&](std::string_view text) { return Relations(text, "INVESTS", true); };
  const Lines sum = {"云麓创投 > 青禾轩 amount=10000000"};
  CHECK(with_sum("青禾轩完成[@amount=10000000:1000万元]A轮融资，投资方为云麓创投。") == sum);
  CHECK(with_sum("青禾轩完成千万元A轮融资，投资方为云麓创投。") == sum);
  CHECK(with_sum("青禾轩完成近亿美元A轮融资，投资方为云麓创投。") ==
        Lines{"云麓创投 > 青禾轩 amount=100000000 currency=USD"});
  // Who leads is not alone; a number of tens is none.
  const Lines none = {"云麓创投 > 青禾轩"};
  CHECK(with_sum("青禾轩完成[@amount=10000000:1000万元]A轮融资，由云麓创投领投。") == none);
  CHECK(with_sum("青禾轩完成数千万元A轮融资，投资方为云麓创投。") == none);
}

TEST_CASE_FIXTURE(FactsFixture, "a company that a round has told is known in the whole article") {
  const Lines expected = {"云麓创投 > 青禾轩", "云麓创投 > 黄竹网络", "云麓创投 > 松雪坊"};
  Lines found = Relations(
      "青禾轩完成A轮融资，由云麓创投领投。\n云麓创投，近期还投资过黄竹网络、松雪坊等企业。",
      "INVESTS");
  std::sort(found.begin(), found.end());
  Lines sorted = expected;
  std::sort(sorted.begin(), sorted.end());
  CHECK(found == sorted);
}

TEST_CASE_FIXTURE(FactsFixture, "companies that a round has told are where their names say") {
  CHECK(Relations("青禾轩完成A轮融资，由[City:常州]云麓创投领投。", "LOCATED_IN") ==
        Lines{"常州云麓创投 > 常州"});
}
