#include "extract/facts/pattern.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "extract/facts/schema_tests.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// What the pattern finds in a marked sentence: "role=甲,乙 role2=丙", one match a line.
std::vector<std::string> Matches(const std::string& pattern, const std::string& sentence) {
  auto schema = graph::Schema::Load(TUPU_SOURCE_DIR "/schemas");
  REQUIRE(schema.ok());
  const WordSets sets = {{"verb", WordList({"印发", "联合印发", "发布"})}};
  auto compiled = CompilePattern(pattern, sets, *schema, "test");
  REQUIRE_MESSAGE(compiled.ok(), (compiled.ok() ? "" : compiled.error().ToString()));
  auto marked = ParseMarked(sentence, *schema);
  REQUIRE_MESSAGE(marked.ok(), (marked.ok() ? "" : marked.error().ToString()));
  graph::Document doc;
  doc.text = marked->text;
  Page page;
  page.articles.emplace_back();
  Sentence sent;
  sent.at.span = {0, static_cast<std::uint32_t>(doc.text.size())};
  page.sentences.push_back(sent);
  const std::vector<SentenceMentions> found = {marked->mentions};
  const Workspace work(doc, *schema, page, found);
  std::vector<std::string> shown;
  for (const LinearPattern& linear : *compiled) {
    MatchPattern(linear, work, 0, [&](const PatternMatch& match) {
      std::string line;
      for (const Binding& binding : match.bindings) {
        line += (line.empty() ? "" : " ") + std::string(binding.role) + "=";
        bool first = true;
        for (const MentionId id : binding.mentions) {
          line += (first ? "" : ",") + std::string(work.Text(id));
          first = false;
        }
        for (const Span span : binding.texts) {
          line += (first ? "" : ",") + std::string(Slice(doc.text, span));
          first = false;
        }
        if (binding.amount) line += "amount";
        if (binding.date) line += "date";
      }
      shown.push_back(line);
    });
  }
  return shown;
}

}  // namespace

TEST_CASE("patterns over sentences") {
  struct Case {
    const char* name;
    std::string pattern;
    std::string sentence;
    std::vector<std::string> expected;
  };
  const std::vector<Case> cases = {
      {"a gap does not pass over another name",
       "<a:Ministry> _10 印发 <b:Policy>",
       "[Ministry:甲部]落实[Ministry:乙部]印发《[Policy:丙规]》",
       {"a=乙部 b=丙规"}},
      {"unless it may",
       "<a:Ministry> _10m 印发 <b:Policy>",
       "[Ministry:甲部]会同[Ministry:乙部]印发《[Policy:丙规]》",
       {"a=甲部 b=丙规", "a=乙部 b=丙规"}},
      {"a gap does not pass over a comma",
       "<a:Ministry> _10 印发",
       "[Ministry:甲部]宣布，印发",
       {}},
      {"unless it may", "<a:Ministry> _10c 印发", "[Ministry:甲部]宣布，印发", {"a=甲部"}},
      {"a gap has its length", "<a:Ministry> _2 印发", "[Ministry:甲部]今年三月印发", {}},
      {"coordinated names",
       "<a:Ministry>+ $verb",
       "[Ministry:甲部]、[Ministry:乙委]和[Ministry:丙局]联合印发",
       {"a=甲部,乙委,丙局", "a=乙委,丙局", "a=丙局"}},
      {"past a bracketed remark",
       "<a:Company> 收购 <b:Company>",
       "[Company:甲公司]（以下简称甲）收购[Company:乙公司]",
       {"a=甲公司 b=乙公司"}},
      {"marks around names",
       "<a:Ministry> 发布 <b:Policy>+",
       "[Ministry:甲部]发布《[Policy:乙法]》《[Policy:丙法]》",
       {"a=甲部 b=乙法,丙法"}},
      {"the longest word of a set",
       "<a:Ministry> $verb <b:Policy>",
       "[Ministry:甲部]联合印发《[Policy:乙法]》",
       {"a=甲部 b=乙法"}},
      {"regions side by side mean the last",
       "在 <r:Region> 举行",
       "在[Province:福建][City:漳州]举行",
       {"r=漳州"}},
      {"a nested name is not free",
       "<r:Province> 财政厅",
       "[LocalGovernment:[Province:河北省]财政厅]",
       {}},
      {"unless it is asked for",
       "<r:Province>~ 财政厅",
       "[LocalGovernment:[Province:河北省]财政厅]",
       {"r=河北省"}},
      {"free text ends where the rest fits",
       "涉及 <f:?Industry>+ 等领域",
       "涉及集成电路、工业母机和新材料等领域",
       {"f=集成电路,工业母机,新材料"}},
      {"free text does not pass over a clause",
       "涉及 <f:?Industry>+ 等领域",
       "涉及集成电路，还有等领域",
       {}},
      {"an optional part, both ways",
       "<a:Company> [拟] 收购",
       "[Company:甲]拟收购，[Company:乙]收购",
       {"a=甲", "a=乙"}},
      {"sentence and clause ends", "收购 <a:Company> $", "收购[Company:甲]。", {"a=甲"}},
      {"clause end", "收购 <a:Company> $c", "收购[Company:甲]，其余不变", {"a=甲"}},
      {"clause start", "^c <a:Company> 收购", "会上，[Company:甲]收购", {"a=甲"}},
      {"values", "投资 <s:@amount> _4 <d:@date>", "投资[@amount=5:5元]，于[@date=2026:今年]", {}},
      {"values",
       "投资 <s:@amount> _4c <d:@date>",
       "投资[@amount=5:5元]，于[@date=2026:今年]",
       {"s=amount d=date"}},
      {"past the same sum in other money",
       "投资 <s:@amount> 收购 <a:Company>",
       "投资[@amount=5:5元]（合6角）收购[Company:甲]",
       {"s=amount a=甲"}},
      {"which may also be what is asked for",
       "投资 <s:@amount> （合",
       "投资[@amount=5:5元]（合6角）",
       {"s=amount"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    CAPTURE(c.sentence);
    CHECK(Matches(c.pattern, c.sentence) == c.expected);
  }
}

TEST_CASE("matching gives up rather than running away") {
  std::string sentence;
  for (int i = 0; i < 300; ++i) sentence += "发布";
  CHECK(Matches("发 _200 发 _200 发 _200 发 _200 <a:Policy>", sentence).empty());
}

TEST_CASE("coordinated text is cut outside brackets and quotation marks") {
  const auto parts = [](std::string_view text) {
    std::vector<std::string> out;
    for (const Span span : SplitCoordinated(text, {0, static_cast<std::uint32_t>(text.size())})) {
      out.emplace_back(Slice(text, span));
    }
    return out;
  };
  CHECK(parts("芯片、软件") == std::vector<std::string>{"芯片", "软件"});
  CHECK(parts("芯片（含设计、制造）和软件") ==
        std::vector<std::string>{"芯片（含设计、制造）", "软件"});
  CHECK(parts("和谐社区") == std::vector<std::string>{"和谐社区"});
  CHECK(parts("竹编与制伞、采茶、榨油和酿酒") ==
        std::vector<std::string>{"竹编与制伞", "采茶", "榨油", "酿酒"});
  CHECK(parts("竹编与制伞、采茶") == std::vector<std::string>{"竹编", "制伞", "采茶"});
  CHECK(parts("养老服务以及托育服务") == std::vector<std::string>{"养老服务", "托育服务"});
}
