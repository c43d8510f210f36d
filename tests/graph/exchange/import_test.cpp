#include "graph/exchange/import.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "graph/exchange/import_ids.h"
#include "tests/graph/store/fixture.h"

namespace tupu::graph {
namespace {

class TestFiles {
 public:
  std::string Write(const std::string& name, std::string_view text) {
    const auto path = dir_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  const std::filesystem::path& path() const { return dir_.path(); }

 private:
  TempDir dir_;
};

struct Outcome {
  ImportReport report;
  std::unique_ptr<Store> store;
};

Result<Outcome> Run(const ImportOptions& options) {
  Outcome out;
  TUPU_ASSIGN(out.store, Store::OpenInMemory(TestSchema()));
  TUPU_ASSIGN(out.report, Import(*out.store, options));
  return out;
}

Outcome MustRun(const ImportOptions& options) {
  auto outcome = Run(options);
  REQUIRE_MESSAGE(outcome.ok(), (outcome.ok() ? "" : outcome.error().ToString()));
  return std::move(outcome).value();
}

NodeRecord NodeWhere(const View& view, std::string_view property, const Value& value) {
  const auto found = view.FindNodes(property, value);
  REQUIRE(found.ok());
  REQUIRE(found->size() == 1);
  const auto node = view.Node(found->front());
  REQUIRE(node.ok());
  return *node;
}

}  // namespace

TEST_CASE("types, lists, labels, absent values and quotes") {
  TestFiles files;
  ImportOptions options;
  options.id_type = ImportIdType::kInteger;
  options.nodes = {{{"人"},
                    {files.Write("head.csv",
                                 "id:ID,name,:LABEL,岁数:int,分:double,在:boolean,"
                                 "别名:string[],x:IGNORE\n"),
                     files.Write("body.csv",
                                 "1,\"林\"\"远舟\",作者;诗人,41,2.5,true,甲;乙,zz\r\n"
                                 "\n"
                                 "2,,,,,,,\n"
                                 "3,\"\"\n")}}};
  const Outcome outcome = MustRun(options);
  CHECK(outcome.report.nodes == 3);
  CHECK(outcome.report.bad_rows.empty());
  const View view = outcome.store->Snapshot();
  const NodeRecord one = NodeWhere(view, "id", Value(1));
  CHECK(one.labels.size() == 3);
  CHECK(one.properties == Properties{{"id", Value(1)},
                                     {"name", Value("林\"远舟")},
                                     {"岁数", Value(41)},
                                     {"分", Value(2.5)},
                                     {"在", Value(true)},
                                     {"别名", Value(List{Value("甲"), Value("乙")})}});
  CHECK(NodeWhere(view, "id", Value(2)).properties == Properties{{"id", Value(2)}});
  CHECK(NodeWhere(view, "id", Value(3)).properties ==
        Properties{{"id", Value(3)}, {"name", Value("")}});
  CHECK(outcome.store->Check().value().empty());
}

TEST_CASE("relationships: id spaces, the type of the file or of the row, parallel ones") {
  TestFiles files;
  ImportOptions options;
  options.nodes = {{{"A"}, {files.Write("a.csv", ":ID(甲)\n1\n2\n")}},
                   {{"B"}, {files.Write("b.csv", "名:ID(乙)\n1\n")}}};
  options.relationships = {{{"到"},
                            {files.Write("r.csv",
                                         ":START_ID(甲),:END_ID(乙),:TYPE,w:int\n"
                                         "1,1,,5\n1,1,,6\n2,1,回,\n")}}};
  const Outcome outcome = MustRun(options);
  CHECK(outcome.report.relationships == 3);
  const View view = outcome.store->Snapshot();
  CHECK(view.CountEdges(view.FindType("到")).value() == 2);
  CHECK(view.CountEdges(view.FindType("回")).value() == 1);
  CHECK(outcome.store->Check().value().empty());
}

TEST_CASE("bad rows are named with file and line, and nothing is stored") {
  TestFiles files;
  const std::string nodes = files.Write("n.csv",
                                        "id:ID,岁:int\n"
                                        "a,1\n"
                                        "b,老\n"
                                        "a,2\n"
                                        ",3\n"
                                        "c,4,5\n"
                                        "\"d,6\n"
                                        "e,9999999999\n");
  const std::string edges = files.Write("r.csv", ":START_ID,:END_ID\na,a\na,zz\n");
  ImportOptions options;
  options.nodes = {{{"N"}, {nodes}}};
  options.relationships = {{{"R"}, {edges}}};
  Outcome outcome = MustRun(options);
  CHECK(outcome.report.failed);
  const std::vector<std::string> expected = {nodes + ":3: column 岁: \"老\" is no int",
                                             nodes + ":4: the id a came before",
                                             nodes + ":5: the id is missing",
                                             nodes + ":6: 3 fields; expected 2",
                                             nodes + ":7: a quoted field is not closed on its line",
                                             nodes + ":8: column 岁: \"9999999999\" is no int",
                                             edges + ":3: no node has the id zz"};
  CHECK(outcome.report.bad_rows == expected);
  CHECK(outcome.store->Snapshot().CountNodes(std::nullopt).value() == 0);

  options.bad_tolerance = expected.size();
  outcome = MustRun(options);
  CHECK_FALSE(outcome.report.failed);
  CHECK(outcome.report.nodes == 1);
  CHECK(outcome.report.relationships == 1);
  CHECK(outcome.report.skipped == expected.size());
  CHECK(outcome.store->Check().value().empty());
}

TEST_CASE("headers that make no sense are refused, naming the column") {
  struct Case {
    const char* nodes;
    const char* relationships;
    const char* message;
  };
  const Case cases[] = {
      {"id:ID,x:colour\n", ":START_ID,:END_ID\n", "\"colour\" is no type"},
      {"id:ID,id\n", ":START_ID,:END_ID\n", "comes twice"},
      {"id:ID,other:ID\n", ":START_ID,:END_ID\n", "one of this kind already"},
      {"id:ID,:START_ID\n", ":START_ID,:END_ID\n", "file of relationships"},
      {"id:ID\n", ":START_ID\n", "no :START_ID or no :END_ID"},
      {"", ":START_ID,:END_ID\n", "empty; expected a header"},
      {"id:ID(a\n", ":START_ID,:END_ID\n", "expected )"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.nodes);
    TestFiles files;
    ImportOptions options;
    options.nodes = {{{}, {files.Write("n.csv", one.nodes)}}};
    options.relationships = {{{"R"}, {files.Write("r.csv", one.relationships)}}};
    const auto outcome = Run(options);
    REQUIRE_FALSE(outcome.ok());
    CHECK_MESSAGE(outcome.error().ToString().find(one.message) != std::string::npos,
                  outcome.error().ToString());
  }
}

TEST_CASE("records across lines and pieces; a byte-order mark; another delimiter and quote") {
  TestFiles files;
  const std::string big(3 << 20, 'x');  // longer than what is read at a time
  ImportOptions options;
  options.csv.delimiter = '\t';
  options.csv.quote = '\'';
  options.csv.multiline = true;
  options.nodes = {{{},
                    {files.Write("n.csv",
                                 "\xef\xbb\xbf"
                                 "id:ID\ttext\n1\t'一行\n二行 ''引'' '\n2\t" +
                                     big + "\n3\t尾")}}};
  const Outcome outcome = MustRun(options);
  CHECK(outcome.report.bad_rows.empty());
  const View view = outcome.store->Snapshot();
  CHECK(NodeWhere(view, "id", Value("1")).properties.at("text") == Value("一行\n二行 '引' "));
  CHECK(NodeWhere(view, "id", Value("2")).properties.at("text") == Value(big));
  CHECK(NodeWhere(view, "id", Value("3")).properties.at("text") == Value("尾"));
}

TEST_CASE("ids of every shape are found again") {
  ImportIds ids;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const std::int64_t id = i % 3 == 0 ? std::int64_t{i} << 40 : i % 3 == 1 ? -std::int64_t{i} : i;
    CHECK(ids.Add(id, i));
    CHECK_FALSE(ids.Add(id, i));
    CHECK(ids.Add("编号" + std::to_string(i), i));
    CHECK_FALSE(ids.Add("编号" + std::to_string(i), i));
  }
  for (std::uint32_t i = 0; i < 5000; ++i) {
    CHECK(ids.Find(i % 3 == 0 ? std::int64_t{i} << 40 : i % 3 == 1 ? -std::int64_t{i} : i) == i);
    CHECK(ids.Find("编号" + std::to_string(i)) == i);
  }
  CHECK(ids.Find(std::int64_t{12345678}) == ImportIds::kNone);
  CHECK(ids.Find("编号") == ImportIds::kNone);
}

TEST_CASE("ids that count up, then skip a node, and others beside them") {
  for (const std::int64_t first : {std::int64_t{0}, std::int64_t{-3}, std::int64_t{1} << 60}) {
    CAPTURE(first);
    ImportIds ids;
    for (std::uint32_t i = 0; i < 100; ++i) CHECK(ids.Add(first + i, 5 + i));
    CHECK(ids.Add(first + 100, 106));
    CHECK(ids.Add(first + 101, 107));
    CHECK(ids.Add(first - 1, 3));
    for (const int known : {-1, 0, 99, 100, 101}) CHECK_FALSE(ids.Add(first + known, 900));
    for (std::uint32_t i = 0; i < 100; ++i) CHECK(ids.Find(first + i) == 5 + i);
    CHECK(ids.Find(first + 100) == 106);
    CHECK(ids.Find(first + 101) == 107);
    CHECK(ids.Find(first - 1) == 3);
    CHECK(ids.Find(first + 102) == ImportIds::kNone);
    CHECK(ids.Find(first - 2) == ImportIds::kNone);
  }
}

}  // namespace tupu::graph
