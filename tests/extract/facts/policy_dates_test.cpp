// When policies were issued and come into force.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// "name date=… effective=…" of each policy, sorted.
Lines Dates(const graph::Claims& claims) {
  Lines lines;
  for (const graph::LocalEntity& ent : claims.entities) {
    if (ent.type != "Policy") continue;
    std::string line = ent.name;
    for (const auto& [key, value] : ent.properties) line += " " + key + "=" + value.as_string();
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

struct DateCase {
  const char* what;
  std::string text;
  Lines expected;
};

}  // namespace

TEST_CASE_FIXTURE(FactsFixture, "when a policy was issued") {
  const std::vector<DateCase> cases = {
      {"without an issuer",
       "[@date=2031-10:今年10月]，《[Policy:竹海保护规划]》发布。",
       {"竹海保护规划 date=2031-10"}},
      {"a list shares its date",
       "[@date=2031-03-05:5日]，仪式上发布《[Policy:竹材标准]》和《[Policy:竹炭标准]》。",
       {"竹材标准 date=2031-03-05", "竹炭标准 date=2031-03-05"}},
      {"what it says on a day",
       "[@date=2031-01-18:1月18日]，[Policy:丽水市政府工作报告]提出，多种竹子。",
       {"丽水市政府工作报告 date=2031-01-18"}},
      {"a meeting's day stands where the article begins",
       "## "
       "竹业大会开幕\n[@date=2031-03-05:3月5日]，竹业大会开幕。\n会议审议通过《[Policy:竹业公约]》"
       "。",
       {"竹业公约 date=2031-03-05"}},
      {"the day below a document, under its issuer",
       "## [LocalGovernment:丽水市人民政府]印发[Policy:关于推广竹缆管的通知]\n各县：\n请执行。\n["
       "LocalGovernment:丽水市人民政府]\n[@date=2031-03-05:2031年3月5日]",
       {"关于推广竹缆管的通知 date=2031-03-05"}},
      {"the day below a document whose issuers its title names",
       "## [LocalGovernment:丽水市人民政府][Policy:关于推广竹缆管的通知]\n各县：\n请执行。\n["
       "@date=2031-03-05:二〇三一年三月五日]　公开程序：审核后公开",
       {"关于推广竹缆管的通知 date=2031-03-05"}},
      {"the year in its number, in wide digits",
       "[Ministry:水利部]《[Policy:竹堤管理办法]》（水规〔２０３１〕７号）共十条。",
       {"竹堤管理办法 date=2031"}},
      {"the year in its number",
       "[Ministry:水利部]《[Policy:竹堤管理办法]》（水规〔2031〕7号）共十条。",
       {"竹堤管理办法 date=2031"}},
      // 日前 is no date, and what a policy asks for did not happen on its day.
      {"a vague day",
       "## 竹讯\n[@date=2031-03-05:3月5日]，竹业大会开幕。\n会上透露，《[Policy:竹业公约]》[@date=:"
       "日前]发布。",
       {"竹业公约"}},
      {"another document's day",
       "[@date=2031-03-05:5日]，各地学习贯彻《[Policy:竹业公约]》。",
       {"竹业公约"}},
      {"its briefing", "[@date=2031-03-05:5日]，《[Policy:竹业公约]》发布会举行。", {"竹业公约"}},
      {"the years that have gone by",
       "[@date=2031-03-05:5日]，《[Policy:竹业公约]》颁布三十周年座谈会举行。",
       {"竹业公约"}},
      {"the year that it is for",
       "会上发布[@date=2032:2032年]《[Policy:竹业指南]》。",
       {"竹业指南"}},
      {"the day of its figures",
       "大会发布的《[Policy:竹业报告]》显示，截至[@date=2030:2030年]，竹农增收。",
       {"竹业报告"}},
      {"no meeting",
       "## 竹讯\n[@date=2031-03-05:3月5日]，天晴。\n《[Policy:竹业公约]》已经发布。",
       {"竹业公约"}},
  };
  for (const DateCase& c : cases) {
    CAPTURE(c.what);
    CHECK(Dates(Find(c.text)) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "when a policy comes into force") {
  const std::vector<DateCase> cases = {
      {"its own sentence",
       "《[Policy:竹堤管理办法]》自[@date=2031-07-01:7月1日]起施行。",
       {"竹堤管理办法 effective=2031-07-01"}},
      {"with the day of issue",
       "[@date=2031-03-05:5日]，[Ministry:水利部]公布《[Policy:竹堤管理办法]》，将于[@date=2031-07-"
       "01:7月1日]起正式施行。",
       {"竹堤管理办法 date=2031-03-05 effective=2031-07-01"}},
      {"the next sentence",
       "《[Policy:竹堤管理办法]》共十条。新办法将于[@date=2031-07-01:7月1日]起实施。",
       {"竹堤管理办法 effective=2031-07-01"}},
      {"the document itself",
       "[Policy:竹堤管理办法]\n第一条　为了护堤。\n第二条　种竹。\n第三条　本办法自[@date=2031-07-"
       "01:"
       "2031年7月1日]起施行。",
       {"竹堤管理办法 effective=2031-07-01"}},
      {"another document at the end",
       "[Policy:竹堤管理办法]\n第一条　根据《[Policy:护堤条例]》《[Policy:林业条例]"
       "》，制定本办法。\n"
       "本办法自[@date=2031-07-01:2031年7月1日]起施行。",
       {"护堤条例", "林业条例", "竹堤管理办法 effective=2031-07-01"}},
      {"a document without a title here",
       "第一条　为了护堤，根据《[Policy:护堤条例]》，制定本办法。\n本办法自[@date=2031-07-01:"
       "2031年7月1"
       "日]起施行。",
       {"护堤条例"}},
      // Something else begins, and a plan to carry out is no date.
      {"a rate",
       "《[Policy:竹堤管理办法]》共十条。新票价将于[@date=2031-07-01:7月1日]起执行。",
       {"竹堤管理办法"}},
      {"a plan",
       "《[Policy:竹堤管理办法]》自[@date=2031-07-01:7月1日]起实施新办法。",
       {"竹堤管理办法"}},
      {"in a name",
       "听取[Policy:[@date=2031:2031年]预算执行情况的报告]。",
       {"2031年预算执行情况的报告"}},
  };
  for (const DateCase& c : cases) {
    CAPTURE(c.what);
    CHECK(Dates(Find(c.text)) == c.expected);
  }
}

TEST_CASE_FIXTURE(FactsFixture, "an issuer's date is the policy's, and the other way round") {
  CHECK(
      Relations("## 竹讯\n[@date=2031-03-05:3月5日]，大会开幕。\n会上，[Ministry:水利部]宣布推出《["
                "Policy:竹堤管理办法]》。",
                "ISSUED") == Lines{"水利部 > 竹堤管理办法 date=2031-03-05"});
}
