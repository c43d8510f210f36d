#include "extract/ner/arbiter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "extract/ner/tagger_trainer.h"
#include "tests/extract/ner/recognised.h"
#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

const std::filesystem::path kSchemas = std::filesystem::path(TUPU_SOURCE_DIR) / "schemas";

// Made-up names, no two alike.
std::string Name(std::size_t i) {
  const auto pick = [](std::string_view characters, std::size_t k) {
    return std::string(characters.substr(k % (characters.size() / 3) * 3, 3));
  };
  return pick("溪竹麦松荷柳", i) + pick("云月雪露霜雨烟霞", i / 6) + pick("坞汀渚圃畦陌", i / 48);
}

// A tagger that knows firms by what they build.
const Tagger& Small() {
  static const Tagger tagger = [] {
    tagger::Corpus corpus;
    const auto add = [&](const std::string& text, const std::string& form, const char* label) {
      Clues clues;
      Shared().CluesOf(text, clues);
      std::vector<tagger::LabelledForm> forms;
      if (!form.empty()) forms.push_back({form, label});
      corpus.Add(text, clues, forms);
    };
    for (std::size_t i = 0; i < 240; ++i) {
      const std::string name = Name(i);
      add("新品牌" + name + "宣布扩建厂房。", name, "Company");
      add("村口的" + name + "很安静。", "", "");
      add("收成不错，" + name + "的名字好听。", "", "");
    }
    const auto folder = MakeTempFolder();
    TrainOptions options;
    options.wide = true;
    options.hold_out_every = 4;
    options.epochs = 4;
    REQUIRE(TrainTagger(std::move(corpus), folder / "m", options).ok());
    auto loaded = Tagger::Load(folder / "m");
    REQUIRE(loaded.ok());
    std::filesystem::remove_all(folder);
    return std::move(*loaded);
  }();
  return tagger;
}

struct Knowing {
  Lexicon lexicon;
  Gazetteer gazetteer;
  std::vector<std::uint8_t> kinds;
};

const Knowing& Known() {
  static const Knowing known = [] {
    auto lexicon = Lexicon::Load(kSchemas);
    auto gazetteer = Gazetteer::Load(kSchemas);
    REQUIRE(lexicon.ok());
    REQUIRE(gazetteer.ok());
    std::vector<std::uint8_t> kinds(gazetteer->entries().size(), kPlace);
    return Knowing{std::move(*lexicon), std::move(*gazetteer), std::move(kinds)};
  }();
  return known;
}

Candidate Proposed(const AnalysedSentence& sent, const std::string& form, Kind kind, Tier tier) {
  const std::size_t at = std::string(sent.chars.text()).find(form);
  REQUIRE(at != std::string::npos);
  Candidate out;
  out.begin = static_cast<std::uint32_t>(sent.chars.PositionOf(static_cast<std::uint32_t>(at)));
  out.end = static_cast<std::uint32_t>(
      sent.chars.PositionOf(static_cast<std::uint32_t>(at + form.size())));
  out.kind = kind;
  out.tier = tier;
  out.rule = "a rule";
  return out;
}

struct Proposal {
  std::size_t sentence;
  std::string form;
  Kind kind;
  Tier tier;
};

// "sentence:form/kind" of what stands after arbitration.
std::vector<std::string> Arbitrated(const std::vector<std::string>& texts,
                                    const std::vector<Proposal>& proposals,
                                    const std::vector<std::uint32_t>& articles = {}) {
  const Knowledge know{Known().lexicon, Known().gazetteer, Known().kinds};
  PageNames page;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    page.sents.emplace_back(texts[i], know.lexicon, know.gazetteer);
    page.articles.push_back(articles.empty() ? 0 : articles[i]);
  }
  page.candidates.resize(texts.size());
  for (const Proposal& one : proposals) {
    page.candidates[one.sentence].push_back(
        Proposed(page.sents[one.sentence], one.form, one.kind, one.tier));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    page.standing.push_back(Resolve(know, page.candidates[i]));
  }
  Arbitrate(Small(), know, page);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const Standing& one : page.standing[i]) {
      const Candidate& candidate = one.candidate;
      out.push_back(std::to_string(i) + ":" +
                    std::string(page.sents[i].Text(candidate.begin, candidate.end)) + "/" +
                    std::string(kKindNames[candidate.kind]));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("what only the tagger reads is added, there and in the rest of its article") {
  CHECK(Arbitrated({"新品牌柳霞陌宣布扩建厂房。"}, {}) ==
        std::vector<std::string>{"0:柳霞陌/Company"});
  CHECK(Arbitrated({"新品牌柳霞陌宣布扩建厂房。", "记者走进柳霞陌。", "记者走进柳霞陌。"}, {},
                   {0, 0, 1}) == std::vector<std::string>{"0:柳霞陌/Company", "1:柳霞陌/Company"});
  CHECK(Arbitrated({"各地粮食收成不错。"}, {}).empty());
}

TEST_CASE("what the tagger takes for unlikely goes, unless its article has it where it is likely") {
  const std::vector<std::string> quiet = {"村口的柳霞陌很安静。"};
  CHECK(Arbitrated(quiet, {{0, "柳霞陌", kCompany, kTierLoose}}).empty());
  const std::vector<std::string> told = {"村口的柳霞陌很安静。", "新品牌柳霞陌宣布扩建厂房。"};
  CHECK(Arbitrated(told,
                   {{0, "柳霞陌", kCompany, kTierLoose}, {1, "柳霞陌", kCompany, kTierLoose}}) ==
        std::vector<std::string>{"0:柳霞陌/Company", "1:柳霞陌/Company"});
}

TEST_CASE("what the tagger has not learned to tell is not weighed") {
  CHECK(Arbitrated({"村口的柳霞陌很安静。"}, {{0, "柳霞陌", kPlace, kTierLoose}}) ==
        std::vector<std::string>{"0:柳霞陌/Place"});
  CHECK(Arbitrated({"村口的竹产业很安静。"}, {{0, "竹产业", kIndustry, kTierLoose}}) ==
        std::vector<std::string>{"0:竹产业/Industry"});
}

TEST_CASE("a name that stands and stays is not read another way") {
  CHECK(Arbitrated({"新品牌柳霞陌宣布扩建厂房。"}, {{0, "柳霞陌宣布", kPlace, kTierTitle}}) ==
        std::vector<std::string>{"0:柳霞陌宣布/Place"});
}
