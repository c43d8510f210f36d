// evidence(x): the sentences behind a node or an edge.
#include <algorithm>
#include <array>
#include <tuple>

#include "graph/base/utf8.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Map;
using graph::Value;
using graph::ValueKind;

// The sentence that a place stands in: from behind the mark, or line feed, before it to the one
// behind it, closing quotes taken in.
Span SentenceAround(std::string_view text, Span at) {
  static constexpr std::array<std::string_view, 8> kEnds = {"。", "！", "？", "；",
                                                            "!",  "?",  "\n", "\r"};
  static constexpr std::array<std::string_view, 4> kClosing = {"”", "』", "」", "）"};
  const auto ends_before = [&](std::size_t pos) {
    return std::any_of(kEnds.begin(), kEnds.end(),
                       [&](std::string_view mark) { return text.substr(0, pos).ends_with(mark); });
  };
  constexpr std::size_t kLongest = 4000;  // bytes on either side
  const auto within = [&](std::size_t pos) {
    return pos < text.size() && (static_cast<unsigned char>(text[pos]) & 0xc0) == 0x80;
  };
  std::size_t begin = at.begin;
  while (begin > 0 && at.begin - begin < kLongest && !ends_before(begin)) --begin;
  while (begin < at.begin && within(begin)) ++begin;
  std::size_t end = at.end;
  while (end < text.size() && end - at.end < kLongest && !(end > at.begin && ends_before(end))) {
    ++end;
  }
  while (within(end)) ++end;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view mark : kClosing) {
      if (text.substr(end).starts_with(mark)) {
        end += mark.size();
        more = true;
      }
      if (text.substr(begin, at.begin - begin).starts_with(mark)) begin += mark.size();
    }
  }
  while (begin < at.begin && (text[begin] == ' ' || text[begin] == '\n' || text[begin] == '\r')) {
    ++begin;
  }
  while (end > at.end && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// One statement as a map: the document, the place in it in code points, the rule.
bool DescribeStatement(ExecContext& context, const graph::Statement& stmt, Value& out) {
  const graph::Provenance& from = stmt.provenance;
  auto header = context.view().FindDocument(from.document_id);
  if (!header.ok()) return context.Fail(std::move(header).error());
  if (!*header) {
    return context.Fail(
        Error(ErrorCode::kCorruption, "a statement's document is missing", from.document_id));
  }
  const std::string* text = &(*header)->title;
  if (from.at.field != graph::Field::kTitle) {
    text = context.DocumentText(from.document_id);
    if (!text) return false;
  }
  Map map;
  map["document"] = Value(from.document_id);
  map["title"] = Value((*header)->title);
  map["date"] = (*header)->date.empty() ? Value() : Value((*header)->date);
  map["field"] = Value(from.at.field == graph::Field::kTitle ? "title" : "text");
  map["article"] = Value(static_cast<std::int64_t>(from.article));
  map["rule"] = Value(from.extractor);
  map["confidence"] = Value(from.confidence);
  if (stmt.kind == graph::StatementKind::kRelation) {
    map["status"] = Value(graph::ClaimStatusName(stmt.status));
  } else {
    map["property"] = Value(stmt.property);
  }
  if (stmt.kind == graph::StatementKind::kProperty) map["value"] = stmt.value;
  if (from.at.span.begin > from.at.span.end || from.at.span.end > text->size()) {
    return context.Fail(Error(ErrorCode::kCorruption,
                              "a statement points outside the text of its document",
                              from.document_id));
  }
  const std::string_view whole(*text);
  const std::size_t start = CountCodePoints(whole.substr(0, from.at.span.begin));
  const std::string_view piece = Slice(whole, from.at.span);
  map["text"] = Value(piece);
  map["sentence"] = Value(Slice(whole, SentenceAround(whole, from.at.span)));
  map["start"] = Value(static_cast<std::int64_t>(start));
  map["end"] = Value(static_cast<std::int64_t>(start + CountCodePoints(piece)));
  out = Value(std::move(map));
  return true;
}

}  // namespace

bool CallEvidence(ExecContext& context, const Value& value, Value& out) {
  auto statements = value.kind() == ValueKind::kNode
                        ? context.view().NodeStatements(value.as_node())
                        : context.view().EdgeStatements(value.as_edge());
  if (!statements.ok()) return context.Fail(std::move(statements).error());
  // By document and place: the order in which people read them.
  std::sort(statements->begin(), statements->end(),
            [](const graph::Statement& a, const graph::Statement& b) {
              const auto key = [](const graph::Statement& stmt) {
                return std::tie(stmt.provenance.document_id, stmt.provenance.at, stmt.kind,
                                stmt.property, stmt.provenance.extractor);
              };
              return key(a) < key(b);
            });
  List list;
  auto origin = value.kind() == ValueKind::kNode ? context.view().OriginOf(value.as_node())
                                                 : context.view().OriginOf(value.as_edge());
  if (!origin.ok()) return context.Fail(std::move(origin).error());
  if (*origin) {
    list.emplace_back(Map{{"origin", Value((*origin)->kind)},
                          {"number", Value(static_cast<std::int64_t>((*origin)->number))}});
  }
  auto overlays = value.kind() == ValueKind::kNode ? context.view().Overlays(value.as_node())
                                                   : context.view().Overlays(value.as_edge());
  if (!overlays.ok()) return context.Fail(std::move(overlays).error());
  for (graph::OverlaidProperty& one : *overlays) {
    list.emplace_back(Map{{"origin", Value(one.origin.kind)},
                          {"number", Value(static_cast<std::int64_t>(one.origin.number))},
                          {"property", Value(one.name)},
                          {"value", std::move(one.value)}});
  }
  if (value.kind() == ValueKind::kNode) {
    auto labels = context.view().OverlaidLabels(value.as_node());
    if (!labels.ok()) return context.Fail(std::move(labels).error());
    for (const graph::OverlaidLabel& one : *labels) {
      list.emplace_back(Map{{"origin", Value(one.origin.kind)},
                            {"number", Value(static_cast<std::int64_t>(one.origin.number))},
                            {"label", Value(one.name)}});
    }
  }
  for (const graph::Statement& stmt : *statements) {
    Value described;
    if (!context.Tick() || !DescribeStatement(context, stmt, described)) return false;
    if (!context.Charge(HeapBytes(described) + sizeof(Value))) return false;
    list.push_back(std::move(described));
  }
  out = Value(std::move(list));
  return true;
}

}  // namespace tupu::query
