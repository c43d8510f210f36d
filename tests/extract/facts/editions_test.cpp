// A fair that the gazetteer knows beside one of its editions.
#include <doctest/doctest.h>

#include "tests/extract/facts/marked_document.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// The names of the events in `lines`, where every mention of 进博会 is one of the gazetteer's
// entry.
Lines Events(std::string_view lines, const FactsFixture& fixture) {
  static const Gazetteer gazetteer = [] {
    auto loaded = Gazetteer::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(loaded.ok());
    return std::move(loaded).value();
  }();
  const auto& entries = gazetteer.entries();
  const auto known = std::find_if(entries.begin(), entries.end(), [](const auto& entry) {
    return entry.id == "event/中国国际进口博览会";
  });
  REQUIRE(known != entries.end());
  MarkedDocument marked = ParseDocument(lines, fixture.schema());
  for (SentenceMentions& mentions : marked.found) {
    for (EntityMention& mention : mentions.entities) {
      const std::string_view text =
          std::string_view(marked.doc.text).substr(mention.span.begin, mention.span.size());
      if (text == "进博会") {
        mention.entries = {static_cast<std::uint32_t>(known - entries.begin())};
      }
    }
  }
  const auto claims = FindFacts(marked.doc, marked.page, marked.found, fixture.schema(),
                                fixture.rules(), &gazetteer);
  REQUIRE(claims.ok());
  Lines names;
  for (const graph::LocalEntity& ent : claims->entities) {
    if (ent.type != "Event") continue;
    std::string name = ent.name;
    for (const std::string& alias : ent.aliases) name += " = " + alias;
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE_FIXTURE(FactsFixture, "a known fair is the one edition that its article names") {
  struct Case {
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"[Event:第七届中国国际进口博览会]开幕。[Event:进博会]已近尾声。",
       {"第七届中国国际进口博览会 = 进博会"}},
      {"[Event:进博会]开幕。[Event:2031年中国国际进口博览会]签约不少。",
       {"2031年中国国际进口博览会 = 进博会"}},
      // Two editions: the bare name is neither.
      {"[Event:第七届中国国际进口博览会]比[Event:第六届中国国际进口博览会]大，[Event:进博会]常新。",
       {"第七届中国国际进口博览会", "第六届中国国际进口博览会", "进博会"}},
      // Another fair, no edition, another article.
      {"[Event:第七届竹业博览会]开幕。[Event:进博会]已近尾声。", {"第七届竹业博览会", "进博会"}},
      {"[Event:海外中国国际进口博览会]开幕。[Event:进博会]已近尾声。",
       {"海外中国国际进口博览会", "进博会"}},
      {"## 甲\n[Event:第七届中国国际进口博览会]开幕。\n## 乙\n[Event:进博会]已近尾声。\n",
       {"第七届中国国际进口博览会", "进博会"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Events(c.text, *this) == c.expected);
  }
}
