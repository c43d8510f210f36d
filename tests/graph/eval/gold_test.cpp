#include "graph/eval/gold.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/temp_folder.h"

namespace tupu::graph {
namespace {

TEST_CASE("folders and JSON Lines are read in the order of ids") {
  const std::filesystem::path folder = MakeTempFolder();
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
  };
  const auto empty = [](const std::string& id) {
    return R"({"id":")" + id + R"(","entities":[],"relations":[]})";
  };
  CHECK_FALSE(ReadGold(folder / "none", nullptr).ok());
  CHECK_FALSE(ReadGold(folder, nullptr).ok());  // no .json in it
  write("1.json", empty("乙"));
  write("2.json", empty("b"));
  write("notes.md", "x");
  auto docs = ReadGold(folder, nullptr);
  REQUIRE(docs.ok());
  REQUIRE(docs->size() == 2);
  CHECK(docs->front().id == "b");
  write("3.json", empty("b"));
  docs = ReadGold(folder, nullptr);
  REQUIRE_FALSE(docs.ok());
  CHECK(docs.error().message == "document b stands twice");
  write("lines.jsonl", empty("z") + "\n\n" + empty("a") + "\n");
  docs = ReadGold(folder / "lines.jsonl", nullptr);
  REQUIRE(docs.ok());
  CHECK(docs->back().id == "z");
  write("bad.jsonl", empty("z") + "\n{\n");
  docs = ReadGold(folder / "bad.jsonl", nullptr);
  REQUIRE_FALSE(docs.ok());
  CHECK(docs.error().where.ends_with("bad.jsonl:2"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("a folder of brat's is read with its texts") {
  const std::filesystem::path folder = MakeTempFolder();
  std::filesystem::create_directories(folder / "b");
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name, std::ios::binary) << text;
  };
  write("a.txt", "青岩市");
  write("a.ann", "T1\tCity 0 3\t青岩市\n");
  write("b/c~2Fd.txt", "无事");
  write("b/c~2Fd.ann", "");
  write("annotation.conf", "[entities]\n");
  auto docs = ReadGold(folder, nullptr);
  if (!docs.ok()) FAIL(docs.error().ToString());
  REQUIRE(docs->size() == 2);
  CHECK(docs->front().id == "a");
  CHECK(docs->front().entities.at(0).name == "青岩市");
  CHECK(docs->back().id == "b/c/d");
  CHECK(docs->back().text == "无事");
  write("a.ann", "T1\tCity 0 3\t青岩县\n");
  docs = ReadGold(folder, nullptr);
  REQUIRE_FALSE(docs.ok());
  CHECK(docs.error().where.ends_with("a.ann:1"));
  write("a.ann", "");
  std::filesystem::remove(folder / "a.txt");
  docs = ReadGold(folder, nullptr);
  REQUIRE_FALSE(docs.ok());
  CHECK(docs.error().where.ends_with("a.txt"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tupu::graph
