#include "extract/facts/name_fields.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "extract/ner/tagger_trainer.h"
#include "graph/base/utf8.h"
#include "tests/extract/facts/marked_document.h"
#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

using Lines = std::vector<std::string>;

// Every character a word.
void Characters(std::string_view text, std::vector<WordClue>& out) {
  for (std::uint32_t at = 0; at < text.size();) {
    const std::uint32_t end = at + DecodeAt(text, at).size;
    out.push_back({{at, end}, 1});
    at = end;
  }
}

// The TARGETS of a document, as a title tagger weighs them.
Lines Targets(const FactsFixture& fixture, const std::string& lines, const NameFields& fields) {
  const MarkedDocument marked = ParseDocument(lines, fixture.schema());
  const auto claims = FindFacts(marked.doc, marked.page, marked.found, fixture.schema(),
                                fixture.rules(), nullptr, &fields);
  REQUIRE(claims.ok());
  Lines out;
  for (const graph::LocalRelation& rel : claims->relations) {
    if (rel.type == "TARGETS") out.push_back(claims->entities[rel.to].name);
  }
  return out;
}

// A tagger that has learned that 关于做好 and 工作的通知 stand around fields, and 公布 names none.
NameFields Small(const std::filesystem::path& file) {
  const std::vector<std::string> fields = {"竹林", "藤编", "油茶", "笋干", "香榧", "桑蚕",
                                           "蜂蜜", "菌菇", "花椒", "枸杞", "沙棘", "山药"};
  tagger::Corpus corpus;
  const auto add = [&](const std::string& name, const std::vector<std::string>& found) {
    Clues clues;
    std::vector<tagger::LabelledForm> forms;
    for (const std::string& field : found) forms.push_back({field, std::string(kNameField)});
    Characters(name, clues.words);
    corpus.Add(name, clues, forms);
  };
  for (int again = 0; again < 4; ++again) {
    for (const std::string& field : fields) {
      add("关于做好" + field + "管护工作的通知", {field + "管护"});
      add("关于公布" + field + "名单的通知", {});
    }
  }
  TrainOptions options;
  options.wide = true;
  REQUIRE(TrainTagger(std::move(corpus), file, options).ok());
  auto loaded = NameFields::Load(file, Characters);
  REQUIRE(loaded.ok());
  REQUIRE(loaded->has_value());
  return std::move(**loaded);
}

}  // namespace

TEST_CASE("without a model there is no title tagger") {
  const auto folder = MakeTempFolder();
  const auto loaded = NameFields::Load(folder / "none", Characters);
  REQUIRE(loaded.ok());
  CHECK_FALSE(loaded->has_value());
  std::filesystem::remove_all(folder);
}

TEST_CASE_FIXTURE(FactsFixture, "an visitor sees names and what rules found in them") {
  struct Seen {
    std::string type, name;
    Lines clues;  // form/source
  };
  std::vector<Seen> all;
  const NameFields fields(Characters, [&](std::string_view type, std::string_view name,
                                          const Clues& clues) {
    Seen seen{std::string(type), std::string(name), {}};
    for (const NameClue& clue : clues.names) {
      seen.clues.push_back(std::string(Slice(name, clue.span)) + "/" + std::to_string(clue.source));
    }
    CHECK(clues.words.size() == CountCodePoints(name));
    all.push_back(std::move(seen));
  });
  const std::string lines =
      "[Province:云山省]印发《[Policy:[Province:云山省]支持[Industry:竹编产业]发展若干措施]》。\n";
  // What rules say is not changed by one who only looks.
  CHECK(Targets(*this, lines, fields) == Lines{"云山省", "竹编产业"});
  REQUIRE(all.size() == 1);
  CHECK(all[0].type == "Policy");
  CHECK(all[0].name == "云山省支持竹编产业发展若干措施");
  CHECK(all[0].clues == Lines{"云山省/2", "竹编产业/2"});
}

TEST_CASE_FIXTURE(FactsFixture, "what a meeting's name is about only the tagger tells") {
  const std::string lines = "[Event:关于做好石斛管护工作的通知宣讲会]举行。\n";
  int seen = 0;
  const NameFields looks(Characters, [&](std::string_view type, std::string_view, const Clues&) {
    CHECK(type == "Event");
    ++seen;
  });
  CHECK(Targets(*this, lines, looks) == Lines{});
  CHECK(seen == 1);
  const auto folder = MakeTempFolder();
  CHECK(Targets(*this, lines, Small(folder / "m")) == Lines{"石斛管护"});
  std::filesystem::remove_all(folder);
}

TEST_CASE_FIXTURE(FactsFixture,
                  "a title tagger takes away what does not hold and adds what is missed") {
  const auto folder = MakeTempFolder();
  const NameFields fields = Small(folder / "m");
  CHECK(Targets(*this, "省厅印发《[Policy:关于做好石斛管护工作的通知]》。\n", fields) ==
        Lines{"石斛管护"});
  CHECK(Targets(*this, "省厅印发《[Policy:关于公布[Industry:石斛产业]名单的通知]》。\n", fields) ==
        Lines{});
  std::filesystem::remove_all(folder);
}
