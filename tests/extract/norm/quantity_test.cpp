#include "extract/norm/quantity.h"

#include <doctest/doctest.h>

#include <string>

using tupu::extract::Bound;
using tupu::extract::FindQuantities;
using tupu::extract::ToString;

TEST_CASE("no quantities") {
  for (const char* text : {"", "总投资5亿元", "第3亩", "提高2个百分点", "12个项目", "千瓦级",
                           "数万亩", "百分之", "5G基站", "2026年3月", "8时30分"}) {
    CAPTURE(text);
    CHECK(FindQuantities(text).empty());
  }
}

TEST_CASE("shares, areas and capacities") {
  struct Case {
    const char* text;
    const char* span;
    const char* value;
    Bound bound;
  };
  for (const Case& c : {
           Case{"持股51%", "51%", "51 %", Bound::kExact},
           Case{"国产化率超过９０％", "超过９０％", "90 %", Bound::kAtLeast},
           Case{"增长百分之五点五", "百分之五点五", "5.5 %", Bound::kExact},
           Case{"占比20%—30%", "20%—30%", "20–30 %", Bound::kExact},
           Case{"占比在20-30%之间", "20-30%", "20–30 %", Bound::kExact},
           Case{"占地约540亩", "约540亩", "360000 m2", Bound::kAbout},
           Case{"建筑面积12.5万平方米", "12.5万平方米", "125000 m2", Bound::kExact},
           Case{"规划3.2平方公里", "3.2平方公里", "3200000 m2", Bound::kExact},
           Case{"造林三百余公顷", "三百余公顷", "3000000 m2", Bound::kAtLeast},
           Case{"装机容量120万千瓦", "120万千瓦", "1200000 kW", Bound::kExact},
           Case{"新增装机5千瓦", "5千瓦", "5 kW", Bound::kExact},
           Case{"光伏1.5吉瓦", "1.5吉瓦", "1500000 kW", Bound::kExact},
           Case{"储能100MW/200MWh", "100MW", "100000 kW", Bound::kExact},
           Case{"储能200兆瓦时", "200兆瓦时", "200000 kWh", Bound::kExact},
           Case{"年发电量不低于30亿千瓦时", "不低于30亿千瓦时", "3000000000 kWh/a",
                Bound::kAtLeast},
           Case{"年产5万吨锂电材料项目", "5万吨", "50000 t/a", Bound::kExact},
           Case{"年产3—5万吨", "3—5万吨", "30000–50000 t/a", Bound::kExact},
           Case{"2025年产量达5万吨以上", "5万吨", "50000 t", Bound::kAtLeast},
           Case{"日处理污水10万立方米", "10万立方米", "100000 m3", Bound::kExact},
           Case{"全长258公里", "258公里", "258 km", Bound::kExact},
           Case{"线路长3千米", "3千米", "3 km", Bound::kExact},
       }) {
    CAPTURE(c.text);
    const auto found = FindQuantities(c.text);
    REQUIRE(!found.empty());
    CHECK(std::string(Slice(c.text, found[0].span)) == c.span);
    CHECK(ToString(found[0].quantity) == c.value);
    CHECK(found[0].quantity.bound == c.bound);
  }
}

TEST_CASE("several in one sentence") {
  const auto found = FindQuantities("项目占地300亩，年产2万吨，自给率达80%");
  REQUIRE(found.size() == 3);
  CHECK(ToString(found[0].quantity) == "200000 m2");
  CHECK(ToString(found[1].quantity) == "20000 t/a");
  CHECK(ToString(found[2].quantity) == "80 %");
}
