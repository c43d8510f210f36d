#include "app/why.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "app/lookup.h"
#include "extract/ingest/page.h"
#include "graph/exchange/records.h"

namespace tupu::app {
namespace {

using graph::DocumentTexts;
using graph::FieldSpan;
using graph::Statement;
using graph::StatementKind;

std::string PropertyPairs(const graph::Properties& properties) {
  std::string out;
  for (const auto& [name, value] : properties) {
    out += (out.empty() ? "" : ", ") + name + " = " + graph::PropertyText(properties, name);
  }
  return out;
}

// One line of the report: a sentence, and what stands in it.
struct Item {
  std::string document;
  FieldSpan sentence;
  std::uint32_t article = 0;
  std::string says;  // "", a property, or the edge's properties
  std::string rule;
  std::string status;  // of an edge
  double confidence = 1;
  std::vector<Span> marks;  // in the field

  auto Key() const { return std::tie(document, sentence, says, rule, status, confidence); }
};

// Finds the sentence around a place. Places come in order, so the sentences of the line looked at
// last are kept.
class SentenceFinder {
 public:
  FieldSpan Around(const DocumentTexts& doc, FieldSpan at) {
    const std::string& text = doc.Of(at.field);
    if (doc.header.id != document_ || at.field != field_ || at.span.begin < line_.begin ||
        at.span.begin >= line_.end) {
      const std::size_t begin = text.rfind('\n', at.span.begin);
      const std::size_t end = text.find('\n', at.span.begin);
      line_ = {begin == std::string::npos ? 0 : static_cast<std::uint32_t>(begin + 1),
               static_cast<std::uint32_t>(end == std::string::npos ? text.size() : end)};
      if (line_.begin > line_.end) line_.begin = line_.end;
      sentences_ = extract::SplitSentences(text, line_);
      document_ = doc.header.id;
      field_ = at.field;
    }
    const auto after =
        std::upper_bound(sentences_.begin(), sentences_.end(), at.span.begin,
                         [](std::uint32_t pos, const Span& one) { return pos < one.end; });
    if (after == sentences_.end() || !after->Contains(at.span)) return at;
    return {at.field, *after};
  }

 private:
  std::string document_;
  graph::Field field_ = graph::Field::kText;
  Span line_;
  std::vector<Span> sentences_;
};

class Report {
 public:
  Report(const graph::View& view, const graph::Schema& schema, const WhyOptions& options,
         Output& out)
      : options_(options), out_(out), reader_(view, schema) {}

  graph::RecordReader& reader() { return reader_; }

  Status Print(std::vector<Statement> statements) {
    std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
      const auto key = [](const Statement& stmt) {
        return std::tuple(std::string_view(stmt.provenance.document_id), stmt.provenance.at.field,
                          stmt.provenance.at.span.begin, stmt.kind,
                          std::string_view(stmt.property));
      };
      return key(a) < key(b) || (key(a) == key(b) && a.ComputeId() < b.ComputeId());
    });
    std::optional<Item> open;
    std::size_t printed = 0;
    for (const Statement& stmt : statements) {
      TUPU_ASSIGN(const bool plain, NamesAsWritten(stmt));
      if (plain) continue;
      TUPU_ASSIGN(Item item, ToItem(stmt));
      if (open && open->Key() == item.Key()) {
        open->marks.insert(open->marks.end(), item.marks.begin(), item.marks.end());
        continue;
      }
      if (open) TUPU_TRY(PrintItem(*open, ++printed));
      open.reset();
      if (options_.limit != 0 && printed == options_.limit) break;
      open = std::move(item);
    }
    if (open) TUPU_TRY(PrintItem(*open, ++printed));
    return {};
  }

 private:
  // Whether it says that the full name is what stands there anyway: the mention says that, too.
  Result<bool> NamesAsWritten(const Statement& stmt) {
    if (stmt.kind != StatementKind::kProperty || stmt.property != "name") return false;
    TUPU_ASSIGN(const DocumentTexts* doc, reader_.Document(stmt.provenance.document_id));
    TUPU_ASSIGN(const std::string written, doc->Cut(stmt.provenance.at));
    return stmt.value == graph::Value(written);
  }

  Result<Item> ToItem(const Statement& stmt) {
    const graph::Provenance& from = stmt.provenance;
    TUPU_ASSIGN(const DocumentTexts* doc, reader_.Document(from.document_id));
    Item item;
    item.document = from.document_id;
    item.article = from.article;
    item.rule = from.extractor;
    item.confidence = from.confidence;
    TUPU_TRY(doc->Cut(from.at));
    switch (stmt.kind) {
      case StatementKind::kEntity:
        item.sentence = finder_.Around(*doc, from.at);
        item.marks = {from.at.span};
        break;
      case StatementKind::kProperty:
        item.sentence = finder_.Around(*doc, from.at);
        item.says = PropertyPairs({{stmt.property, stmt.value}});
        if (item.sentence != from.at) item.marks = {from.at.span};
        break;
      case StatementKind::kRelation:
        item.sentence = from.at;
        item.says = PropertyPairs(stmt.properties);
        item.status = graph::ClaimStatusName(stmt.status);
        for (const FieldSpan end : {from.from_at, from.to_at}) {
          if (end.field == from.at.field && from.at.span.Contains(end.span)) {
            item.marks.push_back(end.span);
          }
        }
        break;
    }
    return item;
  }

  Status PrintItem(const Item& item, std::size_t number) {
    TUPU_ASSIGN(const DocumentTexts* doc, reader_.Document(item.document));
    TUPU_ASSIGN(const std::string sentence, doc->Cut(item.sentence));
    std::vector<Span> marks;
    for (const Span mark : item.marks) {
      marks.push_back({mark.begin - item.sentence.span.begin, mark.end - item.sentence.span.begin});
    }
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%.2f", item.confidence);
    std::string head = std::to_string(number) + ". " + Printable(item.document);
    const graph::DocumentHeader& header = doc->header;
    if (!header.title.empty()) head += " · " + Printable(header.title);
    if (!header.date.empty()) head += " · " + Printable(header.date);
    head += " · article " + std::to_string(item.article) + " · rule " + Printable(item.rule) +
            " · confidence " + confidence;
    if (!item.status.empty()) head += " · " + item.status;
    out_.Write(head + "\n   " + MarkSpans(sentence, std::move(marks), options_.colour) + "\n");
    if (!item.says.empty()) out_.Write("   → " + Printable(item.says) + "\n");
    return {};
  }

  const WhyOptions& options_;
  Output& out_;
  graph::RecordReader reader_;
  SentenceFinder finder_;
};

std::string Title(const graph::EntityRow& row) { return row.name + " (" + row.type + ")"; }

// What somebody set by hand over what documents say.
void PrintOverlays(const std::vector<graph::OverlaidProperty>& overlays, Output& out) {
  for (const graph::OverlaidProperty& one : overlays) {
    out.Write(Printable("by hand: " + PropertyPairs({{one.name, one.value}}) + " · origin " +
                        std::to_string(one.origin.number)) +
              "\n");
  }
}

void PrintOverlays(const std::vector<graph::OverlaidLabel>& labels, Output& out) {
  for (const graph::OverlaidLabel& one : labels) {
    out.Write(
        Printable("by hand: label " + one.name + " · origin " + std::to_string(one.origin.number)) +
        "\n");
  }
}

// What is one entity here, and why.
Status PrintKeys(const graph::View& view, NodeId node, Output& out) {
  TUPU_ASSIGN(const auto keys, view.NodeKeys(node));
  for (const graph::EntityKey& key : keys) {
    out.Write(Printable("key: " + graph::KeyToField(key)) + "\n");
  }
  TUPU_ASSIGN(const auto links, view.NodeLinks(node));
  for (const graph::KeyLink& link : links) {
    const std::string by =
        link.reason == graph::kMergeReason ? "merged by hand" : "rule " + link.reason;
    out.Write(Printable("joined: " + graph::KeyToField(link.a) + " = " + graph::KeyToField(link.b) +
                        " · " + by) +
              "\n");
  }
  return {};
}

Status PrintEntities(const graph::View& view, Report& report, const std::string& name,
                     Output& out) {
  auto found = FindNodes(view, name);
  TUPU_ASSIGN(const auto rejected, RejectedKeysNamed(view, name, !found.ok()));
  if (!found.ok() && rejected.empty()) return found.error();
  const std::vector<NodeId> nodes = found.ok() ? std::move(*found) : std::vector<NodeId>();
  bool first = true;
  for (const NodeId node : nodes) {
    TUPU_ASSIGN(const graph::EntityRow row, report.reader().Entity(node));
    if (!first) out.Write("\n");
    first = false;
    out.Write(Printable(Title(row)) + "\n");
    std::string aliases;
    for (const std::string& alias : row.aliases) {
      if (alias != row.name) aliases += (aliases.empty() ? "" : "、") + alias;
    }
    if (!aliases.empty()) out.Write("also: " + Printable(aliases) + "\n");
    if (!row.properties.empty()) out.Write(Printable(PropertyPairs(row.properties)) + "\n");
    TUPU_TRY(PrintKeys(view, node, out));
    TUPU_ASSIGN(const auto overlays, view.Overlays(node));
    PrintOverlays(overlays, out);
    TUPU_ASSIGN(const auto labels, view.OverlaidLabels(node));
    PrintOverlays(labels, out);
    TUPU_ASSIGN(std::vector<Statement> statements, view.NodeStatements(node));
    TUPU_TRY(report.Print(std::move(statements)));
  }
  for (const graph::EntityKey& key : rejected) {
    if (!first) out.Write("\n");
    first = false;
    out.Write(Printable("rejected: " + graph::KeyToField(key)) + "\n");
    TUPU_ASSIGN(std::vector<Statement> statements, view.RejectedStatements(key));
    TUPU_TRY(report.Print(std::move(statements)));
  }
  return {};
}

// The type as the store has it, also where it was typed in small letters.
Result<TypeId> FindTypeAsTyped(const graph::View& view, const std::string& typed) {
  std::string upper = typed;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::string& name : {typed, upper}) {
    if (const auto type = view.FindType(name)) return *type;
  }
  std::string message = "no edge here has type \"" + typed + "\"; there are";
  const auto types = view.RelationTypes();
  for (std::size_t i = 0; i < types.size(); ++i) message += (i == 0 ? " " : ", ") + types[i];
  if (types.empty()) message += " none at all";
  return Error(ErrorCode::kNotFound, std::move(message));
}

Result<std::vector<EdgeId>> EdgesBetween(const graph::View& view, const std::vector<NodeId>& from,
                                         TypeId type, const std::vector<NodeId>& to) {
  std::vector<EdgeId> edges;
  for (const NodeId start : from) {
    std::vector<graph::Neighbour> neighbours;
    TUPU_TRY(view.Expand(start, graph::Direction::kOut, std::span(&type, 1), neighbours));
    for (const graph::Neighbour& one : neighbours) {
      if (std::find(to.begin(), to.end(), one.node) != to.end()) edges.push_back(one.edge);
    }
  }
  return edges;
}

// What judgements reject of what is said between these; false if nothing.
Result<bool> PrintRejected(const graph::View& view, Report& report, const std::vector<NodeId>& from,
                           const std::string& type, const std::vector<NodeId>& to, Output& out) {
  bool any = false;
  for (const NodeId start : from) {
    for (const NodeId end : to) {
      TUPU_ASSIGN(std::vector<Statement> rejected, view.RejectedStatements(start, type, end));
      if (rejected.empty()) continue;
      any = true;
      TUPU_ASSIGN(const graph::EntityRow a, report.reader().Entity(start));
      TUPU_ASSIGN(const graph::EntityRow b, report.reader().Entity(end));
      out.Write(Printable("rejected: " + Title(a) + " -[" + type + "]-> " + Title(b)) + "\n");
      TUPU_TRY(report.Print(std::move(rejected)));
    }
  }
  return any;
}

Status PrintEdges(const graph::View& view, Report& report, const std::vector<std::string>& names,
                  Output& out) {
  TUPU_ASSIGN(const auto from, FindNodes(view, names[0]));
  TUPU_ASSIGN(const auto to, FindNodes(view, names[2]));
  TUPU_ASSIGN(const TypeId type, FindTypeAsTyped(view, names[1]));
  TUPU_ASSIGN(const auto edges, EdgesBetween(view, from, type, to));

  if (edges.empty()) {
    TUPU_ASSIGN(const bool rejected,
                PrintRejected(view, report, from, view.TypeName(type), to, out));
    if (rejected) return {};
    std::string message =
        "there is no " + names[0] + " -[" + view.TypeName(type) + "]-> " + names[2];
    TUPU_ASSIGN(const auto reversed, EdgesBetween(view, to, type, from));
    if (!reversed.empty()) message += "; there is one the other way round";
    return Error(ErrorCode::kNotFound, std::move(message));
  }
  bool first = true;
  for (const EdgeId edge : edges) {
    TUPU_ASSIGN(const graph::RelationRow row, report.reader().Relation(edge, false));
    if (!first) out.Write("\n");
    first = false;
    out.Write(Printable(row.from.name + " (" + row.from.type + ") -[" + row.type + "]-> " +
                        row.to.name + " (" + row.to.type + ")") +
              "\n");
    graph::Properties shown = row.properties;
    shown["status"] = row.status;
    out.Write(Printable(PropertyPairs(shown)) + "\n");
    TUPU_ASSIGN(const auto overlays, view.Overlays(edge));
    PrintOverlays(overlays, out);
    TUPU_ASSIGN(std::vector<Statement> statements, view.EdgeStatements(edge));
    TUPU_TRY(report.Print(std::move(statements)));
  }
  const auto rejected = PrintRejected(view, report, from, view.TypeName(type), to, out);
  return rejected.ok() ? Status() : Status(rejected.error());
}

}  // namespace

Status PrintWhy(const graph::View& view, const graph::Schema& schema,
                const std::vector<std::string>& names, const WhyOptions& options, Output& out) {
  Report report(view, schema, options, out);
  if (names.size() == 1) return PrintEntities(view, report, names[0], out);
  if (names.size() == 3) return PrintEdges(view, report, names, out);
  return Error(ErrorCode::kInvalidInput, "expected NAME, or NAME TYPE NAME");
}

Status PrintStatements(const graph::View& view, const graph::Schema& schema,
                       std::vector<Statement> statements, const WhyOptions& options, Output& out) {
  Report report(view, schema, options, out);
  return report.Print(std::move(statements));
}

std::string MarkSpans(std::string_view sentence, std::vector<Span> spans, bool colour) {
  const std::string_view before = colour ? "\x1b[1;33m" : "【";
  const std::string_view behind = colour ? "\x1b[0m" : "】";
  std::sort(spans.begin(), spans.end());
  std::vector<Span> joined;
  for (const Span span : spans) {
    if (!joined.empty() && span.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, span.end);
    } else {
      joined.push_back(span);
    }
  }
  std::string out;
  std::uint32_t pos = 0;
  for (const Span span : joined) {
    out += Printable(Slice(sentence, {pos, span.begin}));
    out += before;
    out += Printable(Slice(sentence, span));
    out += behind;
    pos = span.end;
  }
  return out + Printable(sentence.substr(pos));
}

}  // namespace tupu::app
