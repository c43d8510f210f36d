#include "extract/ner/paper_titles.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "extract/ner/overlap.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

struct Words {
  Lexicon lexicon;
  Gazetteer gazetteer;
  std::vector<std::uint8_t> kinds;
};

const Words& TitleWords() {
  static const Words words = [] {
    const auto schemas = std::filesystem::path(TUPU_SOURCE_DIR) / "schemas";
    auto lexicon = Lexicon::Load(schemas);
    auto gazetteer = Gazetteer::Load(schemas);
    REQUIRE(lexicon.ok());
    REQUIRE(gazetteer.ok());
    std::vector<std::uint8_t> kinds(gazetteer->entries().size(), kPlace);
    return Words{std::move(*lexicon), std::move(*gazetteer), std::move(kinds)};
  }();
  return words;
}

struct Part {
  std::string form;
  Kind kind;
  const char* rule;
};

Candidate Read(const AnalysedSentence& sent, const Part& part) {
  const std::size_t at = std::string(sent.chars.text()).find(part.form);
  REQUIRE(at != std::string::npos);
  Candidate candidate;
  candidate.begin =
      static_cast<std::uint32_t>(sent.chars.PositionOf(static_cast<std::uint32_t>(at)));
  candidate.end = static_cast<std::uint32_t>(
      sent.chars.PositionOf(static_cast<std::uint32_t>(at + part.form.size())));
  candidate.kind = part.kind;
  candidate.rule = part.rule;
  candidate.tier = part.kind == kPolicy ? kTierTitle : kTierHead;
  return candidate;
}

PageNames Page(const std::string& text, const std::vector<Part>& parts) {
  const Words& words = TitleWords();
  PageNames page;
  page.sents.emplace_back(text, words.lexicon, words.gazetteer);
  page.articles.push_back(0);
  page.candidates.emplace_back();
  for (const Part& part : parts) page.candidates[0].push_back(Read(page.sents[0], part));
  page.standing.push_back(
      Resolve({words.lexicon, words.gazetteer, words.kinds}, page.candidates[0]));
  return page;
}

std::vector<std::string> Standing_(const PageNames& page) {
  std::vector<std::string> shown;
  for (const Standing& one : page.standing[0]) {
    shown.push_back((one.nested ? ". " : "") +
                    std::string(page.sents[0].Text(one.candidate.begin, one.candidate.end)));
  }
  return shown;
}

const std::string kTitle = "竹县茶业厅竹县茶税局关于调整茶具检验的通知";
const Part kFirst{"竹县茶业厅", kLocalGovernment, "organ"};
const Part kSecond{"竹县茶税局", kLocalGovernment, "organ"};
const Part kPaper{"关于调整茶具检验的通知", kPolicy, "document.about"};
const Part kWhole{kTitle, kPolicy, "tagger"};

}  // namespace

TEST_CASE("titles of papers are told by the bodies before them") {
  const auto found = FindPaperTitles(Page(kTitle, {kFirst, kSecond, kPaper}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].bodies.size() == 2);
  CHECK(FindPaperTitles(Page("关于调整茶具检验的通知", {kPaper})).size() == 1);
  // Something else before the name, behind it, or in it; no body.
  CHECK(FindPaperTitles(Page(kTitle, {kSecond, kPaper})).empty());
  CHECK(FindPaperTitles(Page(kTitle + "今天印发", {kFirst, kSecond, kPaper})).empty());
  CHECK(FindPaperTitles(Page(kTitle, {kFirst, kSecond, {kPaper.form, kPolicy, "document.title"}}))
            .empty());
  CHECK(FindPaperTitles(
            Page("竹县茶厂关于调整茶具检验的通知", {{"竹县茶厂", kCompany, "organ"}, kPaper}))
            .empty());
}

TEST_CASE("what a tagger drops of a paper's title stands again") {
  struct Case {
    std::vector<Part> left;
    std::vector<std::string> expected;
  };
  const std::vector<Case> cases = {
      {{}, {kFirst.form, kSecond.form, kPaper.form}},
      {{kFirst, kSecond}, {kFirst.form, kSecond.form, kPaper.form}},
      {{kFirst, kSecond, kPaper}, {kFirst.form, kSecond.form, kPaper.form}},
      // Read as one name, which holds the bodies.
      {{kWhole}, {kTitle, ". " + kFirst.form, ". " + kSecond.form}},
  };
  const Words& words = TitleWords();
  const auto titles = FindPaperTitles(Page(kTitle, {kFirst, kSecond, kPaper}));
  for (const Case& c : cases) {
    PageNames page = Page(kTitle, c.left);
    KeepPaperTitles({words.lexicon, words.gazetteer, words.kinds}, titles, page);
    CHECK(Standing_(page) == c.expected);
  }
}
