#include "extract/norm/amount.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using tupu::extract::AmountMatch;
using tupu::extract::Bound;
using tupu::extract::FindAmounts;
using tupu::extract::ParseNumeral;

TEST_CASE("numerals") {
  struct Case {
    const char* text;
    double value;
  };
  for (Case c : {Case{"37", 37},
                 Case{"1,234.5", 1234.5},
                 Case{"３０万", 300000},
                 Case{"三十七", 37},
                 Case{"十五", 15},
                 Case{"一百零五", 105},
                 Case{"一千零五十", 1050},
                 Case{"三千五百", 3500},
                 Case{"两万", 20000},
                 Case{"三十七亿八千万", 3.78e9},
                 Case{"37亿8000万", 3.78e9},
                 Case{"5万亿", 5e12},
                 Case{"1.2千亿", 1.2e11},
                 Case{"5百万", 5e6},
                 Case{"三点五亿", 3.5e8},
                 Case{"二〇二五", 2025},
                 Case{"1,234,567", 1234567},
                 Case{"37.83", 37.83},
                 Case{"叁佰万", 3e6},
                 Case{"一百二十万亿", 1.2e14},
                 Case{"2000多万", 2e7}}) {
    CAPTURE(c.text);
    auto value = ParseNumeral(c.text);
    REQUIRE(value.has_value());
    CHECK(*value == doctest::Approx(c.value));
  }
  for (const char* text : {"", "万", "百家", "元", "几十", "多", "abc"}) {
    CAPTURE(text);
    CHECK(!ParseNumeral(text).has_value());
  }
}

TEST_CASE("no amounts") {
  for (const char* text : {"",          "共签约12个项目", "同比增长5%",   "占地540亩",
                           "年产5万吨", "装机6600万千瓦", "三元锂电池",   "元旦假期",
                           "多元发展",  "5元素",          "用户8.84亿户", "10.79亿人",
                           "第三元",    "数十亿元",       "几十亿元",     "投资者8亿人",
                           "增发5亿股", "5G商用",         "18项措施",     "百元股"}) {
    CAPTURE(text);
    CHECK(FindAmounts(text).empty());
  }
}

TEST_CASE("amounts") {
  struct Case {
    const char* text;
    const char* span;
    double value;
    const char* currency;
    Bound bound;
  };
  for (Case c : {
           Case{"总投资37.83亿元。", "37.83亿元", 3.783e9, "CNY", Bound::kExact},
           Case{"超5万亿元", "超5万亿元", 5e12, "CNY", Bound::kAtLeast},
           Case{"资金会超过5万亿元", "超过5万亿元", 5e12, "CNY", Bound::kAtLeast},
           Case{"近三十亿美元", "近三十亿美元", 3e9, "USD", Bound::kAbout},
           Case{"约1.8亿港元", "约1.8亿港元", 1.8e8, "HKD", Bound::kAbout},
           Case{"不低于60万欧元", "不低于60万欧元", 6e5, "EUR", Bound::kAtLeast},
           Case{"逾2000万英镑", "逾2000万英镑", 2e7, "GBP", Bound::kAtLeast},
           Case{"3000多亿日元", "3000多亿日元", 3e11, "JPY", Bound::kAtLeast},
           Case{"30余亿元", "30余亿元", 3e9, "CNY", Bound::kAtLeast},
           Case{"30亿余元", "30亿余元", 3e9, "CNY", Bound::kAtLeast},
           Case{"1223万元人民币", "1223万元人民币", 1.223e7, "CNY", Bound::kExact},
           Case{"人民币1223万元", "人民币1223万元", 1.223e7, "CNY", Bound::kExact},
           Case{"US$500万", "US$500万", 5e6, "USD", Bound::kExact},
           Case{"最高1000万元补贴", "最高1000万元", 1e7, "CNY", Bound::kAtMost},
           Case{"5000亿元以上", "5000亿元", 5e11, "CNY", Bound::kAtLeast},
           Case{"8亿元左右", "8亿元", 8e8, "CNY", Bound::kAbout},
           Case{"总投资37.83亿助力食品", "37.83亿", 3.783e9, "CNY", Bound::kExact},
           Case{"先批复500亿用于", "500亿", 5e10, "CNY", Bound::kExact},
           Case{"融资额达3亿", "3亿", 3e8, "CNY", Bound::kExact},
           Case{"１２．５亿元", "１２．５亿元", 1.25e9, "CNY", Bound::kExact},
           Case{"7815.56万元", "7815.56万元", 78155600, "CNY", Bound::kExact},
           Case{"3,000元", "3,000元", 3000, "CNY", Bound::kExact},
           Case{"每户400元的补贴", "400元", 400, "CNY", Bound::kExact},
           Case{"1500亿韩元", "1500亿韩元", 1.5e11, "KRW", Bound::kExact},
           Case{"20亿元新台币", "20亿元新台币", 2e9, "TWD", Bound::kExact},
       }) {
    CAPTURE(c.text);
    auto found = FindAmounts(c.text);
    REQUIRE(found.size() == 1);
    CHECK(std::string(Slice(c.text, found[0].span)) == c.span);
    CHECK(found[0].amount.value == doctest::Approx(c.value).epsilon(1e-12));
    CHECK(!found[0].amount.is_range());
    CHECK(found[0].amount.currency == c.currency);
    CHECK(found[0].amount.bound == c.bound);
  }
}

TEST_CASE("ranges") {
  struct Case {
    const char* text;
    double low, high;
  };
  for (Case c : {Case{"6-8亿元", 6e8, 8e8}, Case{"1.2亿至1.5亿元", 1.2e8, 1.5e8},
                 Case{"3000万元到1亿元", 3e7, 1e8}, Case{"五十万至一百万元", 5e5, 1e6},
                 Case{"20～30万元", 2e5, 3e5}}) {
    CAPTURE(c.text);
    auto found = FindAmounts(c.text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].amount.value == doctest::Approx(c.low));
    CHECK(found[0].amount.high == doctest::Approx(c.high));
    CHECK(found[0].span.size() == std::string(c.text).size());
  }
}

TEST_CASE("several amounts in one sentence, exact in binary") {
  auto found = FindAmounts("资本金从3000万元增至1.6亿元，外资1.8亿美元(约人民币11.62亿元)");
  REQUIRE(found.size() == 4);
  CHECK(found[0].amount.value == 30000000.0);
  CHECK(found[1].amount.value == 160000000.0);
  CHECK(found[2].amount.currency == "USD");
  CHECK(found[3].amount.value == 1162000000.0);
  CHECK(found[3].amount.bound == Bound::kAbout);
}

TEST_CASE("units carried along a list") {
  struct Case {
    const char* text;
    std::vector<double> values;
    const char* currency;
  };
  for (const Case& c : {
           Case{"甲乙丙三地分别投资3、5、8亿元", {3e8, 5e8, 8e8}, "CNY"},
           Case{"分别出资1.5和2.5亿美元", {1.5e8, 2.5e8}, "USD"},
           Case{"一期10亿元、二期5亿。", {1e9, 5e8}, "CNY"},
           Case{"中央安排3亿元，省级2000万；市县另筹", {3e8, 2e7}, "CNY"},
           Case{"见附件3、5，共8亿元", {8e8}, "CNY"},      // numbers of annexes
           Case{"项目3、5获8亿元", {8e8}, "CNY"},          // no list of sums
           Case{"补助10亿元，惠及5亿人次", {1e9}, "CNY"},  // a count of people
           Case{"补助10亿元。用户5亿。", {1e9}, "CNY"},    // another sentence
       }) {
    CAPTURE(c.text);
    const auto found = FindAmounts(c.text);
    REQUIRE(found.size() == c.values.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].amount.value == doctest::Approx(c.values[i]));
      CHECK(found[i].amount.currency == c.currency);
    }
  }
}
