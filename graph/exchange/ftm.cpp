// FollowTheMoney entities as JSON Lines, for Aleph, OpenSanctions' tools and `ftm`.
//
// Which schema an entity takes is the ontology's business (ftm_schema). Edges become entities of
// their own: Employment for posts, Membership between organisations, ProjectParticipant for what
// organisations do with projects, UnknownLink for the rest, the relation's type in `role`. What is
// lost: entities without such a schema (industries) and their edges; a policy is a Document, since
// FollowTheMoney has no legislation.
#include <utility>

#include "graph/base/hash.h"
#include "graph/exchange/columns.h"
#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

using FtmFields = std::map<std::string, List>;

std::string Line(const std::string& id, std::string_view schema, FtmFields fields) {
  Map properties;
  for (auto& [name, values] : fields) {
    if (!values.empty()) properties[name] = Value(std::move(values));
  }
  return ToJson(Map{{"id", id}, {"schema", Value(schema)}, {"properties", std::move(properties)}}) +
         "\n";
}

void Add(FtmFields& fields, const char* name, std::string text) {
  if (!text.empty()) fields[name].emplace_back(std::move(text));
}

std::string SchemaOf(const Schema& schema, const std::string& type) {
  const EntityTypeDef* def = schema.FindEntityType(type);
  return def == nullptr ? "" : def->ftm_schema;
}

bool IsOrganisation(std::string_view ftm) {
  return ftm == "Organization" || ftm == "PublicBody" || ftm == "Company";
}

std::string DocumentId(const std::string& id) { return "document-" + HashFields({id}).ToHex(); }

std::string DocumentLine(const DocumentHeader& header) {
  FtmFields fields;
  Add(fields, "title", header.title.empty() ? header.id : header.title);
  Add(fields, "fileName", header.id);
  Add(fields, "publisher", header.source);
  Add(fields, "sourceUrl", header.url);
  Add(fields, "publishedAt", header.date);
  return Line(DocumentId(header.id), "Document", std::move(fields));
}

std::string EntityLine(const Schema& schema, const EntityRow& row) {
  const std::string ftm = SchemaOf(schema, row.type);
  if (ftm.empty()) return {};
  FtmFields fields;
  Add(fields, ftm == "Document" ? "title" : ftm == "Address" ? "full" : "name", row.name);
  if (ftm != "Document") {
    fields[ftm == "Address" ? "name" : "alias"] = List(row.aliases.begin(), row.aliases.end());
  }
  if (ftm == "Document") Add(fields, "date", PlainText(row.properties, "date"));
  for (const auto& [name, value] : row.properties) {
    if (ftm == "Project") Add(fields, "notes", name + ": " + PlainText(value));
  }
  return Line(row.id, ftm, std::move(fields));
}

// The schema of an edge and its two ends' properties.
struct Interest {
  const char* schema;
  const char* from;
  const char* to;
};

Interest InterestOf(const std::string& type, std::string_view from, std::string_view to) {
  if (type == "HOLDS_POSITION" && from == "Person" && IsOrganisation(to)) {
    return {"Employment", "employee", "employer"};
  }
  if (IsOrganisation(from) && IsOrganisation(to) && type == "PART_OF") {
    return {"Membership", "member", "organization"};
  }
  if (IsOrganisation(from) && to == "Project") {
    return {"ProjectParticipant", "participant", "project"};
  }
  return {"UnknownLink", "subject", "object"};
}

std::string RelationLine(const Schema& schema, const RelationRow& row) {
  const std::string from = SchemaOf(schema, row.from.type);
  const std::string to = SchemaOf(schema, row.to.type);
  if (from.empty() || to.empty()) return {};
  const Interest interest = InterestOf(row.type, from, to);
  FtmFields fields;
  Add(fields, interest.from, row.from.id);
  Add(fields, interest.to, row.to.id);
  const std::string title = PlainText(row.properties, "title");
  Add(fields, "role", title.empty() ? row.type : title);
  Add(fields, "status", row.status);
  Add(fields, "date", PlainText(row.properties, "date"));
  if (row.evidence) {
    Add(fields, "summary", row.evidence->sentence);
    Add(fields, "proof", DocumentId(row.evidence->document));
  }
  return Line(row.id, interest.schema, std::move(fields));
}

}  // namespace

Status ExportFtm(Rows& rows, const ExportSink& sink) {
  const Rows::Write write = [&](std::string_view text) { return text.empty() || sink("", text); };
  bool wanted = true;
  TUPU_TRY(rows.view().ForEachDocument([&](const DocumentHeader& header) {
    wanted = write(DocumentLine(header));
    return wanted;
  }));
  if (!wanted) return {};
  TUPU_ASSIGN(wanted,
              rows.EntityLines([&](const EntityRow& row) { return EntityLine(rows.schema(), row); },
                               write));
  if (!wanted) return {};
  return Done(rows.RelationLines(
      true, [&](const RelationRow& row) { return RelationLine(rows.schema(), row); }, write));
}

}  // namespace tupu::graph
