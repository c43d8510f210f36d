// One JSON object a line: documents by id, then entities, relations and statements, each by id,
// then judgements, as their lines are sorted, origins by number, and what these set on what
// documents say (overlays), sorted. Rejected statements say so; entities of several keys have them
// as judgements name them; what was written by hand has its origin. "kind" tells them apart; places
// are half-open ranges of code points in the document's field.
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

std::string JudgementLine(const Judgement& one) {
  Map out{{"kind", "judgement"}};
  if (one.kind == JudgementKind::kRejectEntity) {
    out["says"] = "reject";
    out["document"] = one.any_document ? Value() : Value(one.document);
    out["key"] = KeyValue(one.a);
  } else if (one.about_fact()) {
    out["says"] = one.kind == JudgementKind::kReject ? "reject" : "confirm";
    out["document"] = one.any_document ? Value() : Value(one.document);
    out["type"] = one.type;
    out["from"] = KeyValue(one.a);
    out["to"] = KeyValue(one.b);
    out["title"] = one.any_title ? Value() : Value(one.title);
  } else {
    out["says"] = one.kind == JudgementKind::kMerge ? "merge" : "split";
    out["keys"] = List{KeyValue(one.a), KeyValue(one.b)};
  }
  return ToJson(Value(std::move(out)));
}

std::string EntityLine(const EntityRow& row) {
  List labels(row.labels.begin(), row.labels.end());
  List aliases(row.aliases.begin(), row.aliases.end());
  Map out{{"kind", "entity"},
          {"id", row.id},
          {"type", row.type},
          {"name", row.name},
          {"labels", std::move(labels)},
          {"aliases", std::move(aliases)},
          {"properties", PropertiesValue(row.properties)}};
  if (row.keys.size() > 1) out["keys"] = List(row.keys.begin(), row.keys.end());
  if (row.origin) out["origin"] = Number(*row.origin);
  return ToJson(Value(std::move(out)));
}

std::string RelationLine(const RelationRow& row) {
  Map out{{"kind", "relation"},
          {"id", row.id},
          {"type", row.type},
          {"from", row.from.id},
          {"to", row.to.id},
          {"status", row.status},
          {"properties", PropertiesValue(row.properties)}};
  if (row.origin) out["origin"] = Number(*row.origin);
  return ToJson(Value(std::move(out)));
}

std::string OriginLine(const OriginInfo& one) {
  return ToJson(Map{{"kind", "origin"},
                    {"number", Number(one.number)},
                    {"wrote", one.kind},
                    {"nodes", Number(one.nodes)},
                    {"relationships", Number(one.edges)},
                    {"properties", Number(one.properties)},
                    {"labels", Number(one.labels)}});
}

// Names the element that it lies on as its own line does; without one it lies still.
Result<std::string> OverlayLine(RecordReader& reader, const OverlayRecord& one) {
  Map out{{"kind", "overlay"}, {"origin", Number(one.origin)}, {"value", one.value}};
  out[one.label ? "label" : "property"] = one.name;
  if (one.type.empty()) {
    out["key"] = KeyValue(one.from);
  } else {
    out["type"] = one.type;
    out["from"] = KeyValue(one.from);
    out["to"] = KeyValue(one.to);
  }
  if (one.node) {
    TUPU_ASSIGN(const EntityRow row, reader.Entity(*one.node));
    out["entity"] = row.id;
  }
  if (one.edge) {
    TUPU_ASSIGN(const RelationRow row, reader.Relation(*one.edge, false));
    out["relation"] = row.id;
  }
  return ToJson(Value(std::move(out)));
}

Status WriteOverlays(RecordReader& reader, const View& view, const Rows::Write& write) {
  TUPU_ASSIGN(const std::vector<OriginInfo> origins, view.Origins());
  for (const OriginInfo& one : origins) {
    if (!write(OriginLine(one))) return {};
  }
  Sorter sorter;
  Status failed;
  TUPU_TRY(view.ForEachOverlay([&](const OverlayRecord& one) {
    auto line = OverlayLine(reader, one);
    failed = line.ok() ? sorter.Add({}, std::move(*line)) : Status(line.error());
    return failed.ok();
  }));
  TUPU_TRY(failed);
  bool more = true;
  return sorter.Drain([&](std::string_view line) { return more = more && write(line); });
}

// Whether judgements reject the statement, as the store takes it.
bool IsRejected(const Statement& stmt, const Schema& schema, const Judgements& judgements) {
  if (!judgements.has_rejects()) return false;
  if (stmt.kind != StatementKind::kRelation) {
    return judgements.IsRejected(stmt.provenance.document_id, stmt.subject);
  }
  const RelationTypeDef* type = schema.FindRelationType(stmt.property);
  return judgements.IsRejected(
      stmt.provenance.document_id, stmt.property, stmt.subject, stmt.object,
      type != nullptr && type->one_per_title ? PropertyText(stmt.properties, "title") : "");
}

Result<std::string> StatementLine(const DocumentTexts& doc, const Statement& stmt,
                                  const std::string& id, bool rejected) {
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
  if (rejected) out["rejected"] = true;
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

}  // namespace

Status ExportJsonl(const View& view, const Schema& schema, const ExportSink& sink) {
  RecordReader reader(view, schema);
  const auto write = [&](std::string_view line) { return sink("", line) && sink("", "\n"); };
  bool more = true;
  Status failed;
  TUPU_TRY(view.ForEachDocument([&](const DocumentHeader& header) {
    const auto doc = reader.Document(header.id);
    if (!doc.ok()) failed = doc.error();
    more = doc.ok() && write(DocumentLine(**doc));
    return more;
  }));
  if (!failed.ok() || !more) return failed;

  TUPU_ASSIGN(Rows rows, Rows::Select(view, schema, {}));
  rows.reader().TellOrigins();
  TUPU_ASSIGN(more, rows.EntityLines(EntityLine, write));
  if (!more) return {};
  TUPU_ASSIGN(more, rows.RelationLines(false, RelationLine, write));
  if (!more) return {};

  TUPU_ASSIGN(const auto judgements, view.StoredJudgements());
  Sorter sorter;
  TUPU_TRY(view.ForEachDocument([&](const DocumentHeader& header) {
    const auto doc = reader.Document(header.id);
    if (!doc.ok()) {
      failed = doc.error();
      return false;
    }
    const Status walked = view.ForEachStatement(header.id, [&](const Statement& stmt) {
      std::string id = stmt.ComputeId().ToHex();
      auto line = StatementLine(**doc, stmt, id, IsRejected(stmt, schema, *judgements));
      failed = line.ok() ? sorter.Add(std::move(id), std::move(*line)) : Status(line.error());
      return failed.ok();
    });
    if (failed.ok() && !walked.ok()) failed = walked.error();
    return failed.ok();
  }));
  TUPU_TRY(failed);
  TUPU_TRY(sorter.Drain([&](std::string_view piece) { return more = write(piece); }));
  for (const auto& [line, one] : judgements->lines()) {
    if (!more) break;
    more = write(JudgementLine(one));
  }
  return more ? WriteOverlays(reader, view, write) : Status();
}

}  // namespace tupu::graph
