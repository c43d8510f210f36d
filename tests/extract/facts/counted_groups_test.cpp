#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

TEST_CASE_FIXTURE(FactsFixture, "a count of bodies stands for those that the article names") {
  const std::string named = "[Ministry:财政部]、[Ministry:商务部]和[Ministry:海关总署]会商已久。";
  const std::string open = "[Ministry:财政部]、[Ministry:商务部]等五部门会商已久。";
  const std::string policy = "联合印发《[Policy:边境贸易办法]》。";
  const Lines three = {"商务部 > 边境贸易办法", "海关总署 > 边境贸易办法", "财政部 > 边境贸易办法"};
  const Lines two = {"商务部 > 边境贸易办法", "财政部 > 边境贸易办法"};
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {named + "三部门" + policy, three},
      {named + "3家部门" + policy, three},
      {named + "三部委近日" + policy, three},
      {named + "日前，上述三部门" + policy, three},
      {"三部门" + policy + named, three},
      {open + "五部门" + policy, two},
      // The same bodies again, or some of them, are no second group.
      {named + open + "五部门" + policy, two},
      {named + named + "三部门" + policy, three},
      // Another number, another article, another group of that number, nobody named.
      {named + "两部门" + policy, {}},
      {named + "十三部门" + policy, {}},
      {named + "\n## 要闻\n三部门" + policy, {}},
      {named + "[Ministry:教育部]、[Ministry:科技部]、[Ministry:水利部]先后表态。三部门" + policy,
       {}},
      {"[Ministry:财政部]、[Ministry:商务部]三部门会商已久。三部门" + policy, {}},
      {"[Ministry:财政部]、[Ministry:商务部]等会商已久。两部门" + policy, {}},
      {"三部门" + policy, {}},
      // More than a number is no number.
      {"[Ministry:财政部]、[Ministry:商务部]等十部门会商已久。十余个部门" + policy, {}},
      {"[Ministry:财政部]、[Ministry:商务部]等十部门会商已久。十个部门" + policy, two},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Relations(c.text, "ISSUED") == c.expected);
  }
}
