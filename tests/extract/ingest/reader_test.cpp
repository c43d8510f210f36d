#include "extract/ingest/reader.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "extract/ingest/json_document.h"

namespace tupu::extract {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// A folder of its own for each case, removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "tupu-reader-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string Path(const std::string& name) const { return (path_ / name).string(); }
  std::string Write(const std::string& name, std::string_view bytes) const {
    const fs::path path = path_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

struct Outcome {
  ReadReport report;
  std::vector<graph::Document> docs;

  std::string Ids() const {
    std::string ids;
    for (const auto& doc : docs) ids += (ids.empty() ? "" : " ") + doc.id;
    return ids;
  }
};

Outcome Read(const std::vector<std::string>& paths, const std::string& input = "",
             const ReadLimits& limits = {}) {
  Outcome out;
  std::istringstream in(input);
  auto report = ReadDocuments(paths, limits, in, [&](graph::Document doc) {
    out.docs.push_back(std::move(doc));
    return true;
  });
  REQUIRE(report.ok());
  out.report = std::move(report).value();
  CHECK(out.report.documents == out.docs.size());
  CHECK(out.report.rejected == out.report.rejections.size());
  return out;
}

TEST_CASE("what is no document is named, and the rest goes on") {
  struct Case {
    const char* name;
    std::string bytes;
    const char* where;   // end of Rejection::where
    const char* reason;  // part of Rejection::reason
  };
  const Case cases[] = {
      {"empty.txt", "", "empty.txt", "empty; expected text"},
      {"blank.txt", " \n\xe3\x80\x80\n", "blank.txt", "white space"},
      {"nul.txt", "甲\0乙"s, "nul.txt", "control character U+0000 at byte 3"},
      {"broken.txt", "会议\xff\xff", "broken.txt", "neither UTF-8 nor"},
      {"empty.html", "<p></p>", "empty.html", "empty; expected text"},
      {"empty.json", "", "empty.json", "empty; expected a JSON object"},
      {"open.json", R"({"text":"甲)", "open.json", "expected the end of a string"},
      {"more.json", R"({"text":"甲"} {)", "more.json", "expected the end of the file"},
      {"word.json", "null", "word.json", "expected an object or an array"},
      {"comma.json", R"([{"text":"甲"},])", "comma.json#2", "expected an element"},
      {"gap.json", R"([{"text":"甲"} {"text":"乙"}])", "gap.json#2", "',' or ']'"},
      {"number.json", R"([{"text":"甲"},7])", "number.json#2", "a number; expected an object"},
      {"a.jsonl", "{\"text\":\"甲\"}\n\n{\"txt\":\"乙\"}\n", "a.jsonl:3", "no key \"text\""},
      {"b.jsonl", "[1]\n", "b.jsonl:1", "an array; expected an object"},
      {"c.jsonl", "{\"text\":\"甲\"}\n{\"text\"", "c.jsonl:2", "not JSON"},
      {"d.jsonl", "{\"text\":\"\xff\"}", "d.jsonl:1", "not UTF-8 at byte 9"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const Folder folder;
    folder.Write(c.name, c.bytes);
    folder.Write("zz.txt", "好");
    const Outcome out = Read({folder.path()});
    REQUIRE(out.report.rejections.size() == 1);
    CHECK_MESSAGE(out.report.rejections[0].where.ends_with(c.where),
                  out.report.rejections[0].where);
    CHECK_MESSAGE(out.report.rejections[0].reason.find(c.reason) != std::string::npos,
                  out.report.rejections[0].reason);
    REQUIRE_FALSE(out.docs.empty());
    CHECK(out.docs.back().id == "zz");
  }
}

TEST_CASE("objects that are no documents") {
  std::string bomb(100000, '[');
  const std::string nested = "{\"text\":\"甲\",\"x\":" + bomb + std::string(bomb.size(), ']') + "}";
  std::string shut = nested;
  struct Case {
    std::string json;
    const char* message;
  };
  const Case cases[] = {
      {R"({"text":null})", R"(key "text": null; expected a string)"},
      {R"({"text":5})", R"(key "text": a number; expected a string)"},
      {R"({"text":["甲"]})", R"(key "text": an array; expected a string)"},
      {R"({"text":{"a":1}})", R"(key "text": an object; expected a string)"},
      {R"({"text":"甲","title":true})", R"(key "title": true or false; expected a string)"},
      {R"({"text":"甲","id":[1]})", R"(key "id": an array; expected a string or a number)"},
      {R"({"text":"甲","url":7})", R"(key "url": a number; expected a string)"},
      {R"({"text":"甲","text":"乙"})", R"(key "text" stands twice)"},
      {R"({"text":""})", R"(key "text": empty)"},
      {R"({"text":"　\n"})", R"(key "text": empty)"},
      {R"({"text":"\u0000"})", "control character U+0000"},
      {R"({"text":"甲","title":"\u001b[1m"})", R"(key "title": control character U+001B)"},
      {R"({"text":"甲","id":"a\nb"})", R"(key "id": a control character)"},
      {R"({"text":"\ud842"})", "not JSON"},
      {R"({"text":"\udfb7"})", "not JSON"},
      {R"({"text":"甲","date":"上周三"})", R"(key "date": "上周三"; expected a date)"},
      {R"({"text":"甲","date":"2026-02-30"})", "expected a date"},
      {R"({"text":"甲","date":"2026-13"})", "expected a date"},
      {R"({"text":"甲","date":1772000000})", "expected a date"},
      {R"({'text':'甲'})", "not JSON"},
      {R"({"text":"甲",})", "not JSON"},
      {R"({"text":"甲"} x)", "not JSON"},
      {nested, "nested more than 64 deep"},
      {"", "not JSON"},
      {R"("甲")", "a string; expected an object"},
      {"{\"text\":\"甲\",\"title\":\"" + std::string(20000, 'a') + "\"}", "the limit is 16384"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.message);
    const auto doc = ParseJsonDocument(c.json, {});
    REQUIRE_FALSE(doc.ok());
    CHECK_MESSAGE(doc.error().message.find(c.message) != std::string::npos, doc.error().message);
  }
}

TEST_CASE("objects that are documents") {
  const auto doc = ParseJsonDocument(
      R"({"other":{"text":[1]},"id":12,"title":"题","source":null,"url":"http://a.cn/",)"
      R"("date":"2026/2/5 08:30","text":"第一行\r\n\u3000第二行 \ud842\udfb7"})",
      {});
  REQUIRE_MESSAGE(doc.ok(), doc.error().ToString());
  CHECK(doc->id == "12");
  CHECK(doc->title == "题");
  CHECK(doc->source.empty());
  CHECK(doc->url == "http://a.cn/");
  CHECK(doc->date == "2026-02-05");
  CHECK(doc->text == "第一行\r\n　第二行 𠮷");  // verbatim: offsets count in it
}

TEST_CASE("dates as publishers write them") {
  const std::pair<const char*, const char*> cases[] = {
      {"\"\"", ""},
      {"null", ""},
      {"2026", "2026"},
      {"20260225", "2026-02-25"},
      {"\"2026-02-25\"", "2026-02-25"},
      {"\"2026-02-25T08:00:00+08:00\"", "2026-02-25"},
      {"\"2026-02-25 08:00\"", "2026-02-25"},
      {"\"2026/2/25\"", "2026-02-25"},
      {"\"2026.2.25\"", "2026-02-25"},
      {"\"2026年2月25日\"", "2026-02-25"},
      {"\"2026年02月25日 10时\"", "2026-02-25"},
      {"\"2026年2月\"", "2026-02"},
      {"\"2026-02\"", "2026-02"},
      {"\"2026年\"", "2026"},
      {"\" 2026-02-25 \"", "2026-02-25"},
      {"\"发布时间：2026-02-25 来源：某网\"", "2026-02-25"},
  };
  for (const auto& [json, date] : cases) {
    CAPTURE(json);
    const auto doc = ParseJsonDocument("{\"text\":\"甲\",\"date\":" + std::string(json) + "}", {});
    REQUIRE_MESSAGE(doc.ok(), doc.error().ToString());
    CHECK(doc->date == date);
  }
}

TEST_CASE("ids: the key, the path below the folder, the stem, the line") {
  const Folder folder;
  const std::string object = R"({"text":"甲"})";
  folder.Write("b.txt", "甲");
  folder.Write("a/b.tar.txt", "甲");
  folder.Write("a/市.HTML", "<p>甲");
  folder.Write("one.json", object);
  folder.Write("two.json", "[" + object + R"(, {"id":"x/y","text":"乙"}])");
  folder.Write("lines.jsonl", "\xef\xbb\xbf" + object + "\r\n\n" + R"({"id":7,"text":"乙"})");
  CHECK(Read({folder.path()}).Ids() == "a/b.tar a/市 b lines#1 7 one two#1 x/y");
  CHECK(Read({folder.path() + "/"}).Ids() == "a/b.tar a/市 b lines#1 7 one two#1 x/y");
  CHECK(Read({folder.Path("a/b.tar.txt"), folder.Path("one.json")}).Ids() == "b.tar one");
}

TEST_CASE("the order is that of paths and names, whatever the file system says") {
  const Folder folder;
  for (const char* name : {"c.txt", "a.txt", "b/z.txt", "b/a.txt", "b.txt", "A.txt"}) {
    folder.Write(name, name);
  }
  CHECK(Read({folder.path()}).Ids() == "A a b/a b/z b c");
  CHECK(Read({folder.Path("c.txt"), folder.path()}).Ids() == "c A a b/a b/z b c");
}

TEST_CASE("what stands in the way of a walk") {
  const Folder folder;
  folder.Write("in/a.txt", "甲");
  folder.Write("in/notes.pdf", "%PDF");
  folder.Write("in/.hidden.txt", "乙");
  folder.Write("in/.git/x.txt", "乙");
  fs::create_directory_symlink("..", folder.Path("in/loop"));
  fs::create_directory_symlink("in", folder.Path("twin"));
  fs::create_symlink("nowhere.txt", folder.Path("in/dangling.txt"));
  REQUIRE(::mkfifo(folder.Path("in/pipe.txt").c_str(), 0600) == 0);
  fs::create_symlink("/dev/zero", folder.Path("in/zero.txt"));

  Outcome out = Read({folder.path()});
  CHECK(out.Ids() == "in/a");  // `twin` and `loop` lead to folders entered already
  REQUIRE(out.report.rejections.size() == 1);
  CHECK(out.report.rejections[0].where.ends_with("dangling.txt"));

  for (const char* name : {"in/pipe.txt", "in/zero.txt"}) {
    out = Read({folder.Path(name)});
    REQUIRE(out.report.rejections.size() == 1);
    CHECK(out.report.rejections[0].reason == "neither a file nor a folder");
  }
  out = Read({folder.Path("in/notes.pdf"), folder.Path("missing"), "", folder.Path("in/a.txt")});
  REQUIRE(out.report.rejections.size() == 3);
  CHECK(out.report.rejections[0].reason.find("expected .txt") != std::string::npos);
  CHECK(out.report.rejections[1].reason == "No such file or directory");
  CHECK(out.Ids() == "a");
}

TEST_CASE("folders deeper than the limit, and many links to one folder") {
  const Folder folder;
  std::string deep;
  for (int i = 0; i < 6; ++i) {
    deep += "d/";
    folder.Write(deep + "a.txt", "甲");
    // Two ways down from each: 2^n paths.
    fs::create_directory_symlink("d", folder.Path(deep.substr(0, deep.size() - 2) + "e"));
  }
  ReadLimits limits;
  limits.max_folder_depth = 4;
  const Outcome out = Read({folder.path()}, "", limits);
  CHECK(out.docs.size() == 4);
  REQUIRE(out.report.rejections.size() >= 1);
  CHECK(out.report.rejections[0].reason == "more than 4 folders deep");
}

TEST_CASE("unreadable files and names") {
  const Folder folder;
  const std::string locked = folder.Write("locked.txt", "甲");
  folder.Write("\xff.txt", "甲");
  folder.Write("\xfe.json", R"({"id":"named","text":"甲"})");
  fs::permissions(locked, fs::perms::none);
  const Outcome out = Read({folder.path()});
  const bool root = ::geteuid() == 0;  // may read anything
  REQUIRE(out.report.rejections.size() == (root ? 1 : 2));
  CHECK(out.report.rejections.back().where.ends_with("\\xff.txt"));
  CHECK(out.docs.back().id == "named");
}

TEST_CASE("standard input") {
  CHECK(Read({"-"}, " \n{\"text\":\"甲\",\"id\":\"a\"}\n{\"text\":\"乙\"}").docs.size() == 2);
  const Outcome text = Read({"-"}, "第一行\n第二行\n");
  REQUIRE(text.docs.size() == 1);
  CHECK(text.docs[0].text == "第一行\n第二行\n");
  CHECK(text.docs[0].id.size() == 32);
  // The same text has the same id, as JSON without an id too.
  CHECK(Read({"-"}, "{\"text\":\"第一行\\n第二行\\n\"}").Ids() == text.Ids());
  CHECK(Read({"-"}, "第一行").Ids() != text.Ids());
  const Outcome empty = Read({"-"});
  REQUIRE(empty.report.rejections.size() == 1);
  CHECK(empty.report.rejections[0].where == "standard input");
}

TEST_CASE("encodings of files") {
  const Folder folder;
  const std::string gbk =
      "\xb9\xfa\xce\xf1\xd4\xba\xd3\xa1\xb7\xa2\xcd\xa8\xd6\xaa\xa1\xa3";  // 国务院印发通知。
  folder.Write("a.txt", gbk);
  folder.Write("b.html",
               "<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><p>" + gbk);
  folder.Write("c.html", "<meta charset=big5><p>\xa4\xa4\xa4\xe5</p>");
  folder.Write("d.html", "<meta charset=gbk><p>其实是通用编码。</p>");
  folder.Write("e.txt", "\xff\xfe\x2d\x4e");
  const Outcome out = Read({folder.path()});
  REQUIRE(out.docs.size() == 5);
  CHECK(out.docs[0].text == "国务院印发通知。");
  CHECK(out.docs[1].text == "国务院印发通知。");
  CHECK(out.docs[2].text == "中文");
  CHECK(out.docs[3].text == "其实是通用编码。");
  CHECK(out.docs[4].text == "中");
}

TEST_CASE("limits on size are kept without reading it all") {
  const Folder folder;
  const std::string big = folder.Write("big.txt", "");
  fs::resize_file(big, std::uint64_t{1} << 40);  // sparse: reading it would take for ever
  Outcome out = Read({big});
  REQUIRE(out.report.rejections.size() == 1);
  CHECK(out.report.rejections[0].reason == "1099511627776 bytes; the limit is 16777216");
  CHECK(out.report.bytes == 0);

  ReadLimits limits;
  limits.max_document_bytes = 30;
  limits.max_field_bytes = 10;
  std::string long_line = "{\"text\":\"";
  for (int i = 0; i < 100; ++i) long_line += "甲";
  folder.Write("lines.jsonl", long_line + "\"}\n{\"text\":\"乙\"}\n");
  folder.Write("array.json", "[" + long_line + "\"},{\"text\":\"乙\"}]");
  folder.Write("text.txt", std::string(31, 'a'));
  out = Read({folder.Path("lines.jsonl"), folder.Path("array.json"), folder.Path("text.txt")}, "",
             limits);
  CHECK(out.Ids() == "lines#2 array#2");
  REQUIRE(out.report.rejections.size() == 3);
  CHECK(out.report.rejections[0].reason.starts_with("a line of 311 bytes"));
  CHECK(out.report.rejections[1].reason.starts_with("an object of 311 bytes"));
  CHECK(out.report.rejections[2].reason.find("the limit is 30") != std::string::npos);
  CHECK(Read({"-"}, std::string(100, 'a'), limits).report.rejections.size() == 1);
}

TEST_CASE("rejections are counted beyond those kept, and kept short") {
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += "{\"text\":" + std::string(2000, '7') + "}\n";
  ReadLimits limits;
  limits.max_rejections = 3;
  std::istringstream in(lines);
  const auto report = ReadDocuments({"-"}, limits, in, [](graph::Document) { return true; });
  REQUIRE(report.ok());
  CHECK(report->rejected == 50);
  REQUIRE(report->rejections.size() == 3);
  CHECK(report->rejections[2].where == "standard input:3");
  CHECK(report->rejections[2].reason.size() < 400);
}

TEST_CASE("the sink may stop the reading") {
  int count = 0;
  std::istringstream in("{\"text\":\"甲\"}\n{\"text\":\"乙\"}\n{\"text\":\"丙\"}\n");
  const auto report =
      ReadDocuments({"-", "/nowhere"}, {}, in, [&](graph::Document) { return ++count < 2; });
  REQUIRE(report.ok());
  CHECK(count == 2);
  CHECK(report->rejections.empty());
}

}  // namespace
}  // namespace tupu::extract
