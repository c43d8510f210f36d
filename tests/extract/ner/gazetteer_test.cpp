#include "extract/ner/gazetteer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

GazetteerEntry Entry(std::string id, std::string type, std::string name, std::string parent = "",
                     std::vector<std::string> aliases = {}) {
  GazetteerEntry out;
  out.id = std::move(id);
  out.type = std::move(type);
  out.name = std::move(name);
  out.parent_id = std::move(parent);
  out.aliases = std::move(aliases);
  return out;
}

// A folder that is gone when the test ends.
struct TemporaryFolder {
  std::filesystem::path path = MakeTempFolder();
  TemporaryFolder() { std::filesystem::create_directories(path / "gazetteers"); }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  void Write(const std::string& file, const std::string& text) const {
    std::ofstream(path / "gazetteers" / file, std::ios::binary) << text;
  }
};

const std::string kHeader = "id\ttype\tname\taliases\tparent\tflags\n";

}  // namespace

TEST_CASE("mistakes in a file are named with file, line and what was expected") {
  struct Case {
    std::string text;
    const char* place;
    const char* message;
  };
  for (const Case& c : std::vector<Case>{
           {"id\tname\n", "a.tsv:1", "header"},
           {kHeader + "d1\tCity\t长沙市\n", "a.tsv:2", "6 columns"},
           {kHeader + "\tCity\t长沙市\t\t\t\n", "a.tsv:2", "id is empty"},
           {kHeader + "d1\t\t长沙市\t\t\t\n", "a.tsv:2", "type is empty"},
           {kHeader + "d1\tCity\t长\t\t\t\n", "a.tsv:2", "two characters"},
           {kHeader + "d1\tCity\t长沙市\t沙\t\t\n", "a.tsv:2", "two characters"},
           {kHeader + "d1\tCity\t长沙市\t\td9\t\n", "a.tsv:2", "d9"},
           {kHeader + "d1\tCity\t长沙市\t\t\tabolished pred:d9\n", "a.tsv:2", "d9"},
           {kHeader + "d1\tCity\t长沙市\t\t\tstrong\n", "a.tsv:2", "unknown flag"},
           {kHeader + "d1\tCity\t长沙市\t\t\t\nd1\tCity\t株洲市\t\t\t\n", "a.tsv:3", "twice"},
           {kHeader + "d1\tCity\t长沙市\t\td2\t\nd2\tCity\t株洲市\t\td1\t\n", "a.tsv:2", "circle"},
           {kHeader + "d1\tCity\t\xff\xfe\xff\t\t\t\n", "a.tsv:2", "UTF-8"},
       }) {
    CAPTURE(c.text);
    TemporaryFolder folder;
    folder.Write("a.tsv", c.text);
    auto loaded = Gazetteer::Load(folder.path);
    REQUIRE(!loaded.ok());
    CHECK(loaded.error().code == ErrorCode::kSchema);
    CHECK(loaded.error().where.find(c.place) != std::string::npos);
    CHECK(loaded.error().message.find(c.message) != std::string::npos);
  }
  auto missing = Gazetteer::Load("no-such-folder");
  REQUIRE(!missing.ok());
  CHECK(missing.error().code == ErrorCode::kIo);
}

TEST_CASE("files are read in order of name; flags, comments and line ends") {
  TemporaryFolder folder;
  folder.Write("b.tsv", kHeader + "d2\tCounty\t朝阳区\t朝阳\td1\tweak:朝阳\r\n# 注\n\n");
  folder.Write("a.tsv", kHeader +
                            "d1\tProvince\t北京市\t北京\t\t\n"
                            "d3\tCity\t襄樊市\t襄樊\t\tabolished pred:d1 weak:襄樊\n");
  auto loaded = Gazetteer::Load(folder.path);
  REQUIRE(loaded.ok());
  REQUIRE(loaded->entries().size() == 3);
  CHECK(loaded->entries()[0].name == "北京市");
  CHECK(loaded->entries()[1].abolished);
  CHECK(loaded->IsWithin("d2", "d1"));
  CHECK(loaded->IsWithin("d1", "d1"));
  CHECK(!loaded->IsWithin("d1", "d2"));
  CHECK(!loaded->IsWithin("d9", "d1"));
  auto senses = loaded->Lookup("朝阳");
  REQUIRE(senses.size() == 1);
  CHECK(senses[0].weak);
  CHECK(!senses[0].full_name);
  CHECK(!loaded->Lookup("朝阳区")[0].weak);
  CHECK(loaded->Lookup("朝阳区")[0].full_name);
  CHECK(loaded->Lookup("海淀").empty());
}

TEST_CASE("a form may stand for several entries") {
  auto built = Gazetteer::Build({Entry("a", "County", "市中区", "", {"市中"}),
                                 Entry("b", "County", "市中区"), Entry("c", "City", "济南市")},
                                {"市中"});
  REQUIRE(built.ok());
  auto found = built->Find("济南市市中区");
  REQUIRE(found.size() == 2);
  CHECK(found[0].senses.size() == 1);
  REQUIRE(found[1].senses.size() == 2);
  CHECK(found[1].senses[0].entry == 0);
  CHECK(found[1].senses[1].entry == 1);
  CHECK(built->Lookup("市中")[0].weak);
}

TEST_CASE("all matches come by place, the longest first") {
  auto built = Gazetteer::Build({Entry("a", "Province", "上海市", "", {"上海"}),
                                 Entry("b", "LocalGovernment", "上海市财政局"),
                                 Entry("c", "County", "海市")});
  REQUIRE(built.ok());
  std::string text = "在上海市财政局";
  std::vector<std::string> forms;
  for (const auto& match : built->FindAll(text)) forms.emplace_back(Slice(text, match.span));
  CHECK(forms == std::vector<std::string>{"上海市财政局", "上海市", "上海", "海市"});
  CHECK(built->Find(text).size() == 1);
}

TEST_CASE("nothing but well-formed entries can be built") {
  CHECK(!Gazetteer::Build({Entry("a", "City", "京")}).ok());
  CHECK(!Gazetteer::Build({Entry("a", "City", "长沙市"), Entry("a", "City", "株洲市")}).ok());
  CHECK(Gazetteer::Build({}).ok());
}
