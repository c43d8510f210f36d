// A few documents for the tests of exports, and readers of what is written.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/exchange/export.h"

namespace tupu::graph::samples {

inline constexpr const char* kVersion = "v1";

inline const Schema& ShippedSchema() {
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
    entity.key = EntityKey{std::string(ShippedSchema().KeyType(type)), name, {}};
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

inline std::vector<DocumentClaims> Samples() {
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
inline std::unique_ptr<Store> Build(std::vector<DocumentClaims> docs) {
  auto store = Store::OpenInMemory(ShippedSchema());
  REQUIRE(store.ok());
  for (const DocumentClaims& doc : docs) {
    const auto applied = (*store)->Apply(std::span(&doc, 1), kVersion);
    if (!applied.ok()) FAIL(applied.error().ToString());
  }
  return std::move(*store);
}

using Files = std::map<std::string, std::string>;

inline Files Written(const Store& store, ExportFormat format, const ExportFilter& filter = {}) {
  Files out;
  const Status status = Export(store.Snapshot(), ShippedSchema(), format, filter,
                               [&](std::string_view file, std::string_view text) {
                                 out[std::string(file)] += text;
                                 return true;
                               });
  if (!status.ok()) FAIL(status.error().ToString());
  return out;
}

// The file of a format that has one only.
inline std::string Text(const Store& store, ExportFormat format, const ExportFilter& filter = {}) {
  Files files = Written(store, format, filter);
  CHECK(files.size() <= 1);
  return files[""];
}

inline std::vector<std::string> Lines(const std::string& text, const std::string& end) {
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
inline std::vector<std::string> Fields(const std::string& record) {
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

inline std::vector<CsvRow> CsvRows(const std::string& text) {
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

inline CsvRow Only(const std::vector<CsvRow>& rows, const std::string& column,
                   const std::string& value) {
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

inline std::string Unescape(std::string text) {
  const std::pair<const char*, const char*> table[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (const auto& [escaped, plain] : table) {
    for (std::size_t at = 0; (at = text.find(escaped, at)) != std::string::npos; ++at) {
      text.replace(at, std::string(escaped).size(), plain);
    }
  }
  return text;
}

inline std::vector<Element> ParseXml(const std::string& xml) {
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

}  // namespace tupu::graph::samples
