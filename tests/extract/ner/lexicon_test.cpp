#include "extract/ner/lexicon.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

struct Lists {
  std::filesystem::path path = MakeTempFolder();
  std::map<std::string, std::string> files = {
      {"words.tsv", "word\tclass\tcount\n建设\tw\t900\n的\tu\t9000\n"},
      {"heads.tsv", "form\ttype\tfamily\tflags\n公司\tCompany\tcompany\t\n"},
      {"titles.tsv", "form\tkind\n市长\tofficial\n"},
      {"cues.tsv", "form\tcues\n表示\tspeech;stop\n"},
      {"tagger.tsv", "label\ttype\tpercent\nPER\tPerson\t80\n"},
      {"names.tsv", "kind\tform\tcount\nsurname\t王\t90\nsingle\t莉\t10\n"},
  };
  Result<Lexicon> Load() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path / "lexicons");
    for (const auto& [name, text] : files) {
      std::ofstream(path / "lexicons" / name, std::ios::binary) << text;
    }
    auto out = Lexicon::Load(path);
    std::filesystem::remove_all(path);
    return out;
  }
};

}  // namespace

TEST_CASE("mistakes in a word list are named with file and line") {
  struct Case {
    const char* file;
    const char* text;
    const char* message;
  };
  for (Case c : {
           Case{"words.tsv", "word\tclass\n", "header"},
           Case{"words.tsv", "word\tclass\tcount\n建设\tz\t9\n", "unknown class"},
           Case{"words.tsv", "word\tclass\tcount\n建设\tw\tmany\n", "no count"},
           Case{"words.tsv", "word\tclass\tcount\n建设\tw\t1\n建设\tw\t1\n", "twice"},
           Case{"words.tsv", "word\tclass\tcount\n建设\tw\n", "3 columns"},
           Case{"heads.tsv", "form\ttype\tfamily\tflags\n公司\tFirm\tcompany\t\n", "unknown type"},
           Case{"heads.tsv", "form\ttype\tfamily\tflags\n公司\tCompany\tfirm\t\n", "family"},
           Case{"titles.tsv", "form\tkind\n市长\tboss\n", "unknown kind"},
           Case{"cues.tsv", "form\tcues\n表示\tsays\n", "unknown cue"},
           Case{"tagger.tsv", "label\ttype\tpercent\nPER\tPerson\t800\n", "up to 100"},
           Case{"names.tsv", "kind\tform\tcount\nclan\t王\t9\n", "unknown kind"},
           Case{"names.tsv", "kind\tform\tcount\nsingle\t王莉\t9\n", "one character"},
       }) {
    CAPTURE(c.message);
    Lists lists;
    lists.files[c.file] = c.text;
    auto loaded = lists.Load();
    REQUIRE(!loaded.ok());
    CHECK(loaded.error().code == ErrorCode::kSchema);
    CHECK(loaded.error().where.find(c.file) != std::string::npos);
    CHECK(loaded.error().message.find(c.message) != std::string::npos);
  }
}

TEST_CASE("a missing list is an error, not an empty one") {
  Lists lists;
  lists.files.erase("cues.tsv");
  auto loaded = lists.Load();
  REQUIRE(!loaded.ok());
  CHECK(loaded.error().code == ErrorCode::kIo);
}

TEST_CASE("a word of several lists is one word") {
  Lists lists;
  lists.files["cues.tsv"] = "form\tcues\n公司\tgeneric\n表示\tspeech;stop\n";
  auto loaded = lists.Load();
  REQUIRE(loaded.ok());
  const Word* company = loaded->Find("公司");
  REQUIRE(company);
  CHECK(company->head == 0);
  CHECK(company->cues == kGeneric);
  CHECK(loaded->Find("表示")->cues == (kSpeech | kStop));
  CHECK(loaded->Find("建设")->word_class == WordClass::kInner);
  CHECK(loaded->Find("建设")->cost > loaded->Find("的")->cost);
  CHECK(loaded->Find("没有") == nullptr);
  CHECK(loaded->Surname(U"王") > Lexicon::kNever);
  CHECK(loaded->Surname(U"莉") == Lexicon::kNever);
  CHECK(loaded->GivenSingle(U'莉') == 0);
}
