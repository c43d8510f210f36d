// One JSON object a line: documents by id, then entities, relations and statements, each by id.
// "kind" tells them apart; places are half-open ranges of code points in the document's field.
#include <utility>

#include "graph/exchange/formats.h"
#include "graph/exchange/sorter.h"

namespace tupu::graph {
namespace {

Value Number(std::uint64_t number) { return Value(static_cast<std::int64_t>(number)); }

Value PropertiesValue(const Properties& properties) { return Value(Map(properties)); }

Value SpanValue(const DocumentTexts& doc, FieldSpan at) {
  const Span shown = doc.Shown(at);
  return Map{{"field", at.field == Field::kText ? "text" : "title"},
             {"start", Number(shown.begin)},
             {"end", Number(shown.end)}};
}

Value KeyValue(const EntityKey& key) {
  return Map{{"type", key.type}, {"name", key.name}, {"context", key.context}};
}

std::string DocumentLine(const DocumentTexts& doc) {
  const DocumentHeader& header = doc.header;
  List articles;
  for (const Article& article : header.articles) {
    Map out{{"number", Number(article.number)},
            {"teaser", article.teaser},
            {"truncated", article.truncated},
            {"date", article.date},
            {"date_inferred", article.date_inferred},
            {"body", SpanValue(doc, FieldSpan{Field::kText, article.body})}};
    if (!article.title.span.empty()) out["title"] = SpanValue(doc, article.title);
    articles.emplace_back(std::move(out));
  }
  return ToJson(Map{{"kind", "document"},
                    {"id", header.id},
                    {"title", header.title},
                    {"source", header.source},
                    {"url", header.url},
                    {"date", header.date},
                    {"date_inferred", header.date_inferred},
                    {"text_hash", header.text_hash.ToHex()},
                    {"version", header.version},
                    {"statements", Number(header.statements)},
                    {"articles", std::move(articles)}});
}

std::string EntityLine(const EntityRow& row) {
  List labels(row.labels.begin(), row.labels.end());
  List aliases(row.aliases.begin(), row.aliases.end());
  return ToJson(Map{{"kind", "entity"},
                    {"id", row.id},
                    {"type", row.type},
                    {"name", row.name},
                    {"labels", std::move(labels)},
                    {"aliases", std::move(aliases)},
                    {"properties", PropertiesValue(row.properties)}});
}

std::string RelationLine(const RelationRow& row) {
  return ToJson(Map{{"kind", "relation"},
                    {"id", row.id},
                    {"type", row.type},
                    {"from", row.from.id},
                    {"to", row.to.id},
                    {"status", row.status},
                    {"properties", PropertiesValue(row.properties)}});
}

Result<std::string> StatementLine(const DocumentTexts& doc, const Statement& stmt,
                                  const std::string& id) {
  const Provenance& from = stmt.provenance;
  TUPU_ASSIGN(std::string text, doc.Cut(from.at));
  Map out{{"kind", "statement"},
          {"id", id},
          {"subject", KeyValue(stmt.subject)},
          {"property", stmt.property},
          {"document", from.document_id},
          {"article", Number(from.article)},
          {"at", SpanValue(doc, from.at)},
          {"text", std::move(text)},
          {"rule", from.extractor},
          {"version", from.version},
          {"confidence", from.confidence}};
  switch (stmt.kind) {
    case StatementKind::kEntity:
      out["says"] = "name";
      out["value"] = stmt.value;
      break;
    case StatementKind::kProperty:
      out["says"] = "property";
      out["value"] = stmt.value;
      break;
    case StatementKind::kRelation:
      out["says"] = "relation";
      out["object"] = KeyValue(stmt.object);
      out["properties"] = PropertiesValue(stmt.properties);
      out["status"] = ClaimStatusName(stmt.status);
      TUPU_TRY(doc.Cut(from.from_at));
      TUPU_TRY(doc.Cut(from.to_at));
      out["from_at"] = SpanValue(doc, from.from_at);
      out["to_at"] = SpanValue(doc, from.to_at);
      break;
  }
  return ToJson(Value(std::move(out)));
}

// Runs `collect` into a sorter, then the sorter into the sink. False: the sink wants no more.
Result<bool> Sorted(const ExportSink& sink, const std::function<Status(Sorter&)>& collect) {
  Sorter sorter;
  TUPU_TRY(collect(sorter));
  bool more = true;
  TUPU_TRY(sorter.Drain([&](std::string_view line) {
    more = sink(line) && sink("\n");
    return more;
  }));
  return more;
}

}  // namespace

Status ExportJsonl(const View& view, const Schema& schema, const ExportSink& sink) {
  RecordReader reader(view, schema);
  bool more = true;
  Status failed;

  TUPU_TRY(view.ForEachDocument([&](const DocumentHeader& header) {
    const auto doc = reader.Document(header.id);
    if (!doc.ok()) failed = doc.error();
    more = doc.ok() && sink(DocumentLine(**doc)) && sink("\n");
    return more;
  }));
  if (!failed.ok() || !more) return failed;

  TUPU_ASSIGN(more, Sorted(sink, [&](Sorter& sorter) {
                return ForEachEntity(view, reader, [&](const EntityRow& row) {
                  return sorter.Add(row.id, EntityLine(row));
                });
              }));
  if (!more) return {};

  TUPU_ASSIGN(more, Sorted(sink, [&](Sorter& sorter) {
                return ForEachRelation(view, reader, false, [&](const RelationRow& row) {
                  return sorter.Add(row.id, RelationLine(row));
                });
              }));
  if (!more) return {};

  TUPU_ASSIGN(
      more, Sorted(sink, [&](Sorter& sorter) -> Status {
        Status status;
        TUPU_TRY(view.ForEachDocument([&](const DocumentHeader& header) {
          const auto doc = reader.Document(header.id);
          if (!doc.ok()) {
            status = doc.error();
            return false;
          }
          const Status walked = view.ForEachStatement(header.id, [&](const Statement& stmt) {
            std::string id = stmt.ComputeId().ToHex();
            auto line = StatementLine(**doc, stmt, id);
            status = line.ok() ? sorter.Add(std::move(id), std::move(*line)) : Status(line.error());
            return status.ok();
          });
          if (status.ok() && !walked.ok()) status = walked.error();
          return status.ok();
        }));
        return status;
      }));
  return {};
}

}  // namespace tupu::graph
