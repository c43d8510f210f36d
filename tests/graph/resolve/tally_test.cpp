#include "graph/resolve/tally.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "graph/base/error.h"
#include "graph/resolve/entity.h"

namespace tupu::graph {
namespace {

DateNumber On(std::string_view date) { return ToDateNumber(*ParseDate(date)); }

struct Said {
  Value value;
  DateNumber date;
};

std::string Shown(const std::vector<Said>& said) {
  Tally tally;
  for (const Said& s : said) tally.Add(s.value, s.date);
  const Value* shown = tally.Shown();
  return shown == nullptr ? "(nothing)" : ToJson(*shown);
}

TEST_CASE("what cannot have been counted cannot be taken away") {
  Tally tally;
  CHECK(!tally.Subtract(Value("甲"), 0));
  tally.Add(Value("甲"), On("2026-01"));
  CHECK(!tally.Subtract(Value("乙"), On("2026-01")));
  CHECK(!tally.Subtract(Value("甲"), On("2026-02")));
  CHECK(!tally.Subtract(Value("甲 "), On("2026-01")));
  CHECK(tally.Subtract(Value("甲"), On("2026-01")));
  CHECK(!tally.Subtract(Value("甲"), On("2026-01")));
  CHECK(tally.empty());
  CHECK(tally.Shown() == nullptr);
}

TEST_CASE("a stale count must be refreshed before anything else") {
  Tally tally;
  tally.Add(Value("甲"), On("2026-01"));
  tally.Add(Value("甲"), On("2026-02"));
  REQUIRE(tally.Subtract(Value("甲"), On("2026-02")));
  CHECK(tally.counts().begin()->second.stale());
  CHECK_THROWS_AS(tally.Add(Value("甲"), On("2026-03")), InternalError);
  CHECK_THROWS_AS(tally.Shown(), InternalError);
}

TEST_CASE("shown: most documents, then the latest date, then the smallest") {
  struct Case {
    const char* name;
    std::vector<Said> said;
    const char* shown;
  };
  const Case cases[] = {
      {"nothing", {}, "(nothing)"},
      {"one", {{Value("副局长"), 0}}, "\"副局长\""},
      {"most documents",
       {{Value("乙"), On("2020")}, {Value("甲"), On("2026")}, {Value("乙"), On("2020")}},
       "\"乙\""},
      {"the latest date",
       {{Value("乙"), On("2026-01-05")}, {Value("甲"), On("2026-01-04")}},
       "\"乙\""},
      {"a day is later than its month",
       {{Value("乙"), On("2026-01-01")}, {Value("甲"), On("2026-01")}},
       "\"乙\""},
      {"any date is later than none", {{Value("乙"), On("1949")}, {Value("甲"), 0}}, "\"乙\""},
      {"only the latest of a value's dates counts",
       {{Value("甲"), On("2026-01")},
        {Value("甲"), On("2026-01")},
        {Value("乙"), On("2001")},
        {Value("乙"), On("2026-02")}},
       "\"乙\""},
      {"byte order", {{Value("北川"), 0}, {Value("丙"), 0}}, "\"丙\""},
      {"byte order is not length order", {{Value("b"), 0}, {Value("aa"), 0}}, "\"aa\""},
      {"numbers by value", {{Value(20), 0}, {Value(3), 0}}, "3"},
      {"3 and 3.0 are two values", {{Value(3), 0}, {Value(3.0), 0}, {Value(3.0), 0}}, "3.0"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    CHECK(Shown(c.said) == c.shown);
    auto reversed = c.said;
    std::reverse(reversed.begin(), reversed.end());
    CHECK(Shown(reversed) == c.shown);
  }
}

TEST_CASE("identical values only are equal") {
  const ExactLess less;
  const std::vector<Value> different = {Value(),
                                        Value(true),
                                        Value(0),
                                        Value(0.0),
                                        Value(-0.0),
                                        Value(std::nan("")),
                                        Value("0"),
                                        Value(List{Value(1)}),
                                        Value(List{Value(1.0)}),
                                        Value(Map{{"a", Value(1)}}),
                                        Value(Map{{"a", Value(1.0)}})};
  for (std::size_t i = 0; i < different.size(); ++i) {
    for (std::size_t j = 0; j < different.size(); ++j) {
      CAPTURE(i);
      CAPTURE(j);
      const bool a = less(different[i], different[j]), b = less(different[j], different[i]);
      CHECK((i == j ? !a && !b : a != b));
    }
  }
}

TEST_CASE("dates as numbers are in the order of dates") {
  const std::vector<std::string> dates = {"0001",       "1999-12-31", "2000",    "2000-01",
                                          "2000-01-01", "2000-01-31", "2000-02", "9999-12-31"};
  DateNumber last = ToDateNumber(Date());
  CHECK(last == 0);
  for (const std::string& date : dates) {
    CHECK(On(date) > last);
    last = On(date);
  }
}

TEST_CASE("amounts are shown with the currency that came with them") {
  Properties out;
  ShowProperty("amount", JoinAmount(Value(3000000), Value("USD")), out);
  CHECK(out == Properties{{"amount", Value(3000000)}, {"currency", Value("USD")}});
  out.clear();
  ShowProperty("amount", Value(5), out);
  ShowProperty("stages", Value(List{Value("签约"), Value("开工")}), out);
  CHECK(out ==
        Properties{{"amount", Value(5)}, {"stages", Value(List{Value("签约"), Value("开工")})}});
}

TEST_CASE("the strongest status, and all forms sorted") {
  Tally tally;
  CHECK(StrongestStatus(tally) == nullptr);
  CHECK(OtherForms(tally, nullptr) == Value(List{}));
  for (int status : {2, 1, 3}) tally.Add(Value(status), 0);
  CHECK(*StrongestStatus(tally) == Value(3));
  REQUIRE(tally.Subtract(Value(3), 0));
  CHECK(*StrongestStatus(tally) == Value(2));
  Tally forms;
  for (const char* form : {"市局", "北川市局", "该局"}) forms.Add(Value(form), 0);
  REQUIRE(forms.Subtract(Value("该局"), 0));
  CHECK(ToJson(OtherForms(forms, nullptr)) == "[\"北川市局\",\"市局\"]");
  const Value name("北川市局");
  CHECK(ToJson(OtherForms(forms, &name)) == "[\"市局\"]");
}

}  // namespace
}  // namespace tupu::graph
