#include "graph/exchange/export.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "graph/exchange/records.h"

namespace tupu::graph {
namespace {

constexpr const char* kVersion = "v1";

const Schema& TestSchema() {
  static const Schema schema = [] {
    auto loaded = Schema::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(loaded.ok());
    return std::move(*loaded);
  }();
  return schema;
}

// A document of one sentence, told as its entities and one relation between the first two.
class Builder {
 public:
  Builder(std::string id, std::string date, std::string text) {
    out_.document.id = std::move(id);
    out_.document.date = std::move(date);
    out_.document.title = "标题,“一”";
    out_.document.text = std::move(text);
    Claims& claims = out_.claims;
    claims.document_id = out_.document.id;
    claims.date = out_.document.date;
    claims.articles.emplace_back();
    claims.articles.back().body = {0, static_cast<std::uint32_t>(out_.document.text.size())};
    claims.articles.back().date = out_.document.date;
  }

  Builder& Entity(const std::string& type, const std::string& name, Properties properties = {}) {
    LocalEntity entity;
    entity.type = type;
    entity.key = EntityKey{std::string(TestSchema().KeyType(type)), name, {}};
    entity.name = name;
    entity.canonical_name = name;
    entity.properties = std::move(properties);
    entity.mentions.emplace_back();
    entity.mentions.back().at = {Field::kText, Find(name)};
    entity.rule = "test";
    out_.claims.entities.push_back(std::move(entity));
    return *this;
  }

  Builder& Relation(const std::string& type, Properties properties = {},
                    ClaimStatus status = ClaimStatus::kDone) {
    LocalRelation relation;
    relation.type = type;
    relation.from = 0;
    relation.to = 1;
    relation.properties = std::move(properties);
    relation.status = status;
    relation.evidence.at = {Field::kText, out_.claims.articles[0].body};
    relation.from_mention = out_.claims.entities[0].mentions[0].at;
    relation.to_mention = out_.claims.entities[1].mentions[0].at;
    relation.rule = "test-rule";
    relation.confidence = 0.9;
    out_.claims.relations.push_back(std::move(relation));
    return *this;
  }

  DocumentClaims Take() {
    const Status fine = Normalise(out_.document, out_.claims);
    if (!fine.ok()) FAIL(fine.error().ToString());
    return std::move(out_);
  }

 private:
  Span Find(const std::string& name) const {
    const std::size_t at = out_.document.text.find(name);
    REQUIRE(at != std::string::npos);
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size())};
  }

  DocumentClaims out_;
};

std::vector<DocumentClaims> Samples() {
  std::vector<DocumentClaims> out;
  out.push_back(Builder("d1", "2026-03-01", "商务部发布《进口,\"<目录>&\"》。")
                    .Entity("Ministry", "商务部")
                    .Entity("Policy", "进口,\"<目录>&\"", {{"date", "2026-03-01"}})
                    .Relation("ISSUED", {{"date", "2026-03-01"}})
                    .Take());
  out.push_back(Builder("d2", "2026-03-02", "沙洲集团拟投资12.5亿元建设沙洲码头。")
                    .Entity("Company", "沙洲集团")
                    .Entity("Project", "沙洲码头", {{"amount", 1.25e9}})
                    .Relation("INVESTS", {{"amount", 1.25e9}}, ClaimStatus::kPlanned)
                    .Take());
  out.push_back(Builder("d3", "2026-03-09", "商务部再次发布《进口,\"<目录>&\"》。")
                    .Entity("Ministry", "商务部")
                    .Entity("Policy", "进口,\"<目录>&\"")
                    .Relation("ISSUED")
                    .Take());
  return out;
}

// The store with the samples in this order, one commit each.
std::unique_ptr<Store> Build(std::vector<DocumentClaims> docs) {
  auto store = Store::OpenInMemory(TestSchema());
  REQUIRE(store.ok());
  for (const DocumentClaims& doc : docs) {
    const auto applied = (*store)->Apply(std::span(&doc, 1), kVersion);
    if (!applied.ok()) FAIL(applied.error().ToString());
  }
  return std::move(*store);
}

std::string Text(const Store& store, ExportFormat format) {
  std::string out;
  const Status status = Export(store.Snapshot(), TestSchema(), format, [&](std::string_view text) {
    out += text;
    return true;
  });
  if (!status.ok()) FAIL(status.error().ToString());
  return out;
}

std::vector<std::string> Lines(const std::string& text, const std::string& end) {
  std::vector<std::string> lines;
  std::size_t pos = 0;
  while (pos < text.size()) {
    const std::size_t next = text.find(end, pos);
    REQUIRE(next != std::string::npos);  // the last line ends, too
    lines.push_back(text.substr(pos, next - pos));
    pos = next + end.size();
  }
  return lines;
}

// Fields of one CSV record, read as RFC 4180 has it.
std::vector<std::string> Fields(const std::string& record) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    if (quoted && record[i] == '"' && i + 1 < record.size() && record[i + 1] == '"') {
      fields.back() += record[++i];
    } else if (record[i] == '"') {
      quoted = !quoted;
    } else if (record[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += record[i];
    }
  }
  CHECK_FALSE(quoted);
  return fields;
}

using CsvRow = std::map<std::string, std::string>;

std::vector<CsvRow> CsvRows(const std::string& text) {
  const auto lines = Lines(text, "\r\n");
  REQUIRE_FALSE(lines.empty());
  const auto names = Fields(lines[0]);
  std::vector<CsvRow> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = Fields(lines[i]);
    REQUIRE(fields.size() == names.size());
    CsvRow row;
    for (std::size_t k = 0; k < fields.size(); ++k) row[names[k]] = fields[k];
    rows.push_back(std::move(row));
  }
  return rows;
}

CsvRow Only(const std::vector<CsvRow>& rows, const std::string& column, const std::string& value) {
  std::vector<CsvRow> found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
               [&](const CsvRow& row) { return row.at(column) == value; });
  REQUIRE(found.size() == 1);
  return found.front();
}

// A reader of the XML that we write: checks that tags pair and gives elements with attributes and
// text, in order of their opening.
struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;
};

std::string Unescape(std::string text) {
  const std::pair<const char*, const char*> table[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (const auto& [escaped, plain] : table) {
    for (std::size_t at = 0; (at = text.find(escaped, at)) != std::string::npos; ++at) {
      text.replace(at, std::string(escaped).size(), plain);
    }
  }
  return text;
}

std::vector<Element> ParseXml(const std::string& xml) {
  std::vector<Element> elements;
  std::vector<std::size_t> open;
  std::size_t pos = 0;
  while (pos < xml.size()) {
    const std::size_t begin = xml.find('<', pos);
    const std::string between = xml.substr(pos, begin - pos);
    CHECK(between.find('>') == std::string::npos);
    if (!open.empty()) elements[open.back()].text += Unescape(between);
    if (begin == std::string::npos) break;
    const std::size_t end = xml.find('>', begin);
    REQUIRE(end != std::string::npos);
    std::string tag = xml.substr(begin + 1, end - begin - 1);
    pos = end + 1;
    if (tag[0] == '?') continue;
    if (tag[0] == '/') {
      REQUIRE_FALSE(open.empty());
      CHECK(elements[open.back()].name == tag.substr(1));
      open.pop_back();
      continue;
    }
    const bool closed = tag.back() == '/';
    if (closed) tag.pop_back();
    Element element;
    std::size_t at = tag.find(' ');
    element.name = tag.substr(0, at);
    while (at != std::string::npos) {
      const std::size_t equals = tag.find("=\"", at);
      const std::size_t quote = tag.find('"', equals + 2);
      REQUIRE(quote != std::string::npos);
      element.attributes[tag.substr(at + 1, equals - at - 1)] =
          Unescape(tag.substr(equals + 2, quote - equals - 2));
      at = tag.find(' ', quote);
    }
    if (!closed) open.push_back(elements.size());
    elements.push_back(std::move(element));
  }
  CHECK(open.empty());
  return elements;
}

TEST_CASE("every name finds its format, others none") {
  for (const ExportFormatInfo& info : ExportFormats()) {
    CHECK(FindExportFormat(info.name) == info.format);
  }
  CHECK(ExportFormats().size() == 6);
  CHECK_FALSE(FindExportFormat("").has_value());
  CHECK_FALSE(FindExportFormat("JSONL").has_value());
}

TEST_CASE("an empty store gives files without rows") {
  const auto store = Build({});
  CHECK(Text(*store, ExportFormat::kJsonl).empty());
  CHECK(Text(*store, ExportFormat::kRelationsJsonl).empty());
  CHECK(CsvRows(Text(*store, ExportFormat::kRelationsCsv)).empty());
  CHECK(CsvRows(Text(*store, ExportFormat::kEntitiesCsv)).empty());
  const auto elements = ParseXml(Text(*store, ExportFormat::kGraphml));
  CHECK(std::none_of(elements.begin(), elements.end(),
                     [](const Element& element) { return element.name == "node"; }));
}

TEST_CASE("the order of building does not show, in any format") {
  const auto forth = Build(Samples());
  auto samples = Samples();
  std::reverse(samples.begin(), samples.end());
  const auto back = Build(std::move(samples));
  // And one that held something else in between.
  auto more = Samples();
  more.push_back(Builder("d0", "", "绿源公司落户金山工业园。")
                     .Entity("Company", "绿源公司")
                     .Entity("Zone", "金山工业园")
                     .Relation("LOCATED_IN")
                     .Take());
  std::rotate(more.begin(), more.begin() + 3, more.end());
  const auto less = Build(std::move(more));
  const std::string gone = "d0";
  REQUIRE(less->Remove(std::span(&gone, 1), nullptr).ok());
  for (const ExportFormatInfo& info : ExportFormats()) {
    CAPTURE(std::string(info.name));
    const std::string want = Text(*forth, info.format);
    CHECK(Text(*back, info.format) == want);
    CHECK(Text(*less, info.format) == want);
  }
}

TEST_CASE("relations carry their ends, evidence and properties") {
  const auto store = Build(Samples());
  const auto rows = CsvRows(Text(*store, ExportFormat::kRelationsCsv));
  CHECK(rows.size() == 2);
  CHECK(std::is_sorted(rows.begin(), rows.end(),
                       [](const CsvRow& a, const CsvRow& b) { return a.at("id") < b.at("id"); }));
  const CsvRow issued = Only(rows, "type", "ISSUED");
  CHECK(issued.at("from_name") == "商务部");
  CHECK(issued.at("from_type") == "Ministry");
  CHECK(issued.at("to_name") == "进口,\"<目录>&\"");
  CHECK(issued.at("to_type") == "Policy");
  CHECK(issued.at("status") == "done");
  CHECK(issued.at("date") == "2026-03-01");
  CHECK(issued.at("amount").empty());
  // Of two that are equally strong and sure the later document speaks.
  CHECK(issued.at("document") == "d3");
  CHECK(issued.at("document_date") == "2026-03-09");
  CHECK(issued.at("document_title") == "标题,“一”");
  CHECK(issued.at("evidence") == "商务部再次发布《进口,\"<目录>&\"》。");
  CHECK(issued.at("field") == "text");
  CHECK(issued.at("start") == "0");
  CHECK(issued.at("end") == "20");
  CHECK(issued.at("rule") == "test-rule");
  CHECK(issued.at("confidence") == "0.9");
  CHECK(issued.at("documents") == "2");
  CHECK(issued.at("statements") == "2");
  const CsvRow invests = Only(rows, "type", "INVESTS");
  CHECK(invests.at("status") == "planned");
  CHECK(invests.at("amount") == "1250000000.0");
  CHECK(invests.at("properties").empty());

  const auto lines = Lines(Text(*store, ExportFormat::kRelationsJsonl), "\n");
  REQUIRE(lines.size() == 2);
  CHECK(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("\"to_name\":\"进口,\\\"<目录>&\\\"\"") != std::string::npos &&
           line.find("\"evidence\":\"商务部再次发布") != std::string::npos;
  }));
}

TEST_CASE("entities carry names, labels and properties") {
  const auto store = Build(Samples());
  const auto rows = CsvRows(Text(*store, ExportFormat::kEntitiesCsv));
  CHECK(rows.size() == 4);
  const CsvRow project = Only(rows, "name", "沙洲码头");
  CHECK(project.at("type") == "Project");
  CHECK(project.at("labels") == "[\"Entity\",\"Project\"]");
  CHECK(project.at("amount") == "1250000000.0");
  CHECK(project.at("id").size() > 8);
  CHECK(Only(rows, "name", "商务部").at("labels") == "[\"Entity\",\"Ministry\",\"Organisation\"]");
}

TEST_CASE("jsonl holds documents, entities, relations and statements, each kind by id") {
  const auto store = Build(Samples());
  const auto lines = Lines(Text(*store, ExportFormat::kJsonl), "\n");
  std::vector<std::pair<std::string, std::string>> seen;
  for (const std::string& line : lines) {
    const auto text_of = [&](const std::string& key) {
      const std::string mark = "\"" + key + "\":\"";
      const std::size_t at = line.rfind(mark);
      REQUIRE(at != std::string::npos);
      return line.substr(at + mark.size(), line.find('"', at + mark.size()) - at - mark.size());
    };
    seen.emplace_back(text_of("kind"), text_of("id"));
  }
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
  std::map<std::string, int> kinds;
  for (const auto& [kind, id] : seen) ++kinds[kind];
  CHECK(kinds["document"] == 3);
  CHECK(kinds["entity"] == 4);
  CHECK(kinds["relation"] == 2);
  // Six forms, six full names, three relations, two properties.
  CHECK(kinds["statement"] == 17);
}

TEST_CASE("GraphML reads back as the same graph") {
  const auto store = Build(Samples());
  const auto elements = ParseXml(Text(*store, ExportFormat::kGraphml));
  std::map<std::string, std::pair<std::string, std::string>> keys;  // id to name and type
  std::map<std::string, std::map<std::string, std::string>> nodes, edges;
  std::map<std::string, std::string>* open = nullptr;
  for (const Element& element : elements) {
    const auto& at = element.attributes;
    if (element.name == "key") {
      keys[at.at("id")] = {at.at("attr.name"), at.at("attr.type")};
    } else if (element.name == "node") {
      open = &nodes[at.at("id")];
    } else if (element.name == "edge") {
      open = &edges[at.at("id")];
      (*open)["source"] = at.at("source");
      (*open)["target"] = at.at("target");
    } else if (element.name == "data") {
      REQUIRE(open != nullptr);
      REQUIRE(keys.count(at.at("key")) == 1);  // declared before
      (*open)[keys[at.at("key")].first] = element.text;
    }
  }
  CHECK(nodes.size() == 4);
  REQUIRE(edges.size() == 2);
  CHECK(keys["edge_amount"].second == "double");
  CHECK(keys["node_label"].second == "string");
  for (auto& [id, edge] : edges) {
    REQUIRE(nodes.count(edge["source"]) == 1);
    REQUIRE(nodes.count(edge["target"]) == 1);
    if (edge["label"] == "ISSUED") {
      CHECK(nodes[edge["source"]]["label"] == "商务部");
      CHECK(nodes[edge["target"]]["label"] == "进口,\"<目录>&\"");
      CHECK(nodes[edge["target"]]["type"] == "Policy");
    } else {
      CHECK(edge["label"] == "INVESTS");
      CHECK(edge["amount"] == "1250000000.0");
      CHECK(edge["status"] == "planned");
    }
  }
}

TEST_CASE("a sink that has enough ends every format early") {
  const auto store = Build(Samples());
  for (const ExportFormatInfo& info : ExportFormats()) {
    CAPTURE(std::string(info.name));
    int pieces = 0;
    CHECK(Export(store->Snapshot(), TestSchema(), info.format, [&](std::string_view) {
            ++pieces;
            return false;
          }).ok());
    CHECK(pieces == 1);
  }
}

TEST_CASE("the most special type of a node") {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{}, ""},
      {{"Entity"}, "Entity"},
      {{"Entity", "Official", "Person"}, "Official"},
      {{"Entity", "Ministry", "Organisation"}, "Ministry"},
      {{"Custom"}, "Custom"},
  };
  for (const auto& [labels, want] : cases) CHECK(PrimaryType(TestSchema(), labels) == want);
}

}  // namespace
}  // namespace tupu::graph
