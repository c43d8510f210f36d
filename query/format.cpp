// What people and programs see of a query: its values, and its errors with a caret.
#include <algorithm>

#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "query/cypher/printer.h"
#include "query/exec/functions.h"
#include "query/session.h"

namespace tupu::query {
namespace {

using graph::Value;
using graph::ValueKind;

class JsonWriter {
 public:
  explicit JsonWriter(const graph::View& view) : view_(view) {}

  Status Write(const Value& value) {
    switch (value.kind()) {
      case ValueKind::kList: {
        out += '[';
        bool first = true;
        for (const Value& element : value.as_list()) {
          if (!first) out += ',';
          first = false;
          TUPU_TRY(Write(element));
        }
        out += ']';
        return {};
      }
      case ValueKind::kMap: {
        out += '{';
        bool first = true;
        for (const auto& [key, element] : value.as_map()) {
          if (!first) out += ',';
          first = false;
          graph::AppendJsonString(out, key);
          out += ':';
          TUPU_TRY(Write(element));
        }
        out += '}';
        return {};
      }
      case ValueKind::kNode:
        return WriteNode(value.as_node());
      case ValueKind::kEdge:
        return WriteEdge(value.as_edge());
      case ValueKind::kPath: {
        const graph::Path& path = value.as_path();
        out += '[';
        for (std::size_t i = 0; i < path.nodes.size(); ++i) {
          if (i > 0) {
            out += ',';
            TUPU_TRY(WriteEdge(path.edges[i - 1]));
            out += ',';
          }
          TUPU_TRY(WriteNode(path.nodes[i]));
        }
        out += ']';
        return {};
      }
      default:
        out += graph::ToJson(value);
        return {};
    }
  }

  std::string out;

 private:
  Status WriteNode(NodeId id) {
    TUPU_ASSIGN(const graph::NodeRecord node, view_.Node(id));
    out += "{\"labels\":[";
    for (std::size_t i = 0; i < node.labels.size(); ++i) {
      if (i > 0) out += ',';
      graph::AppendJsonString(out, node.labels[i]);
    }
    out += "],\"properties\":";
    out += graph::ToJson(Value(graph::Map(node.properties)));
    out += '}';
    return {};
  }

  Status WriteEdge(EdgeId id) {
    TUPU_ASSIGN(const graph::EdgeRecord edge, view_.Edge(id));
    TUPU_ASSIGN(const graph::NodeRecord from, view_.Node(edge.from));
    TUPU_ASSIGN(const graph::NodeRecord to, view_.Node(edge.to));
    out += "{\"type\":";
    graph::AppendJsonString(out, edge.type);
    out += ",\"from\":";
    graph::AppendJsonString(out, EntityIdOf(from));
    out += ",\"to\":";
    graph::AppendJsonString(out, EntityIdOf(to));
    out += ",\"properties\":";
    out += graph::ToJson(Value(graph::Map(edge.properties)));
    out += '}';
    return {};
  }

  const graph::View& view_;
};

class TextWriter {
 public:
  explicit TextWriter(const graph::View& view) : view_(view) {}

  Status Write(const Value& value, bool bare) {
    switch (value.kind()) {
      case ValueKind::kString:
        if (bare) {
          out += value.as_string();
        } else {
          graph::AppendJsonString(out, value.as_string());
        }
        return {};
      case ValueKind::kList: {
        out += '[';
        bool first = true;
        for (const Value& element : value.as_list()) {
          if (!first) out += ", ";
          first = false;
          TUPU_TRY(Write(element, false));
        }
        out += ']';
        return {};
      }
      case ValueKind::kMap:
        return WriteMap(value.as_map());
      case ValueKind::kNode:
        return WriteNode(value.as_node());
      case ValueKind::kEdge: {
        TUPU_ASSIGN(const graph::EdgeRecord edge, view_.Edge(value.as_edge()));
        return WriteEdge(edge);
      }
      case ValueKind::kPath: {
        const graph::Path& path = value.as_path();
        for (std::size_t i = 0; i < path.nodes.size(); ++i) {
          if (i > 0) {
            TUPU_ASSIGN(const graph::EdgeRecord edge, view_.Edge(path.edges[i - 1]));
            const bool forwards = edge.from == path.nodes[i - 1];
            out += forwards ? "-" : "<-";
            TUPU_TRY(WriteEdge(edge));
            out += forwards ? "->" : "-";
          }
          TUPU_TRY(WriteNode(path.nodes[i]));
        }
        return {};
      }
      case ValueKind::kDateTime:
      case ValueKind::kLocalDateTime:
      case ValueKind::kDate:
      case ValueKind::kTime:
      case ValueKind::kLocalTime:
        out += ToString(value.as_temporal());
        return {};
      case ValueKind::kDuration:
        out += ToString(value.as_duration());
        return {};
      default:
        out += value.kind() == ValueKind::kDouble ? graph::DoubleToString(value.as_double())
                                                  : graph::ToJson(value);
        return {};
    }
  }

  std::string out;

 private:
  Status WriteMap(const graph::Map& map) {
    out += '{';
    bool first = true;
    for (const auto& [key, element] : map) {
      if (!first) out += ", ";
      first = false;
      out += PrintName(key) + ": ";
      TUPU_TRY(Write(element, false));
    }
    out += '}';
    return {};
  }

  Status WriteNode(NodeId id) {
    TUPU_ASSIGN(const graph::NodeRecord node, view_.Node(id));
    out += '(';
    for (const std::string& label : node.labels) out += ':' + PrintName(label);
    if (!node.properties.empty()) {
      if (!node.labels.empty()) out += ' ';
      TUPU_TRY(WriteMap(node.properties));
    }
    out += ')';
    return {};
  }

  Status WriteEdge(const graph::EdgeRecord& edge) {
    out += "[:" + PrintName(edge.type);
    if (!edge.properties.empty()) {
      out += ' ';
      TUPU_TRY(WriteMap(edge.properties));
    }
    out += ']';
    return {};
  }

  const graph::View& view_;
};

// The widest part of a line that is shown around the mistake.
constexpr std::size_t kColumnsBefore = 70;
constexpr std::size_t kColumnsAfter = 40;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// One character of a line that may hold anything: what to print for it, and how wide that is.
struct Shown {
  std::string text;
  std::size_t width = 0;
  std::size_t size = 1;  // bytes of the line
};

Shown ShowAt(std::string_view line, std::size_t pos) {
  Shown shown;
  std::size_t end = pos + 1;
  while (end < line.size() && end < pos + 4 && IsContinuation(line[end])) ++end;
  const std::string_view bytes = line.substr(pos, end - pos);
  if (FindInvalidUtf8(bytes) != std::string_view::npos) {
    return {"\xef\xbf\xbd", 1, 1};
  }
  shown.size = bytes.size();
  const char32_t c = DecodeAt(bytes, 0).value;
  const bool control = c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) ||
                       (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
                       (c >= 0x2066 && c <= 0x2069);
  if (c == '\t') return {"\t", 1, 1};
  if (control) return {"\xef\xbf\xbd", 1, shown.size};
  shown.text = bytes;
  shown.width = DisplayWidth(c);
  return shown;
}

}  // namespace

std::string FormatQueryError(std::string_view text, const Error& error) {
  if (error.pos == kNoPos || error.pos > text.size()) return error.message;
  std::size_t begin = 0;
  std::size_t number = 1;
  for (std::size_t i = 0; i < error.pos; ++i) {
    if (text[i] == '\n') {
      begin = i + 1;
      ++number;
    }
  }
  const std::size_t end = std::min(text.find('\n', error.pos), text.size());
  std::string_view line = text.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t at = std::min(error.pos - begin, line.size());
  std::size_t column = 1;
  for (std::size_t i = 0; i < at; ++i) column += IsContinuation(line[i]) ? 0 : 1;

  // Back from the mistake as far as is shown, then forward from there.
  std::size_t first = at;
  for (std::size_t characters = 0; first > 0 && characters < kColumnsBefore; ++characters) {
    --first;
    while (first > 0 && IsContinuation(line[first])) --first;
  }
  std::string shown_line = first > 0 ? "…" : "";
  std::string caret = first > 0 ? " " : "";
  std::size_t after = 0;
  std::size_t pos = first;
  while (pos < line.size() && after < kColumnsAfter) {
    const Shown shown = ShowAt(line, pos);
    shown_line += shown.text;
    if (pos < at) {
      caret += shown.text == "\t" ? "\t" : std::string(shown.width, ' ');
    } else {
      after += shown.width + (shown.width == 0 ? 1 : 0);
    }
    pos += shown.size;
  }
  if (pos < line.size()) shown_line += "…";
  return "line " + std::to_string(number) + ", column " + std::to_string(column) + ": " +
         error.message + "\n  " + shown_line + "\n  " + caret + "^";
}

Result<std::string> ValueToJson(const graph::View& view, const Value& value) {
  JsonWriter writer(view);
  TUPU_TRY(writer.Write(value));
  return std::move(writer.out);
}

Result<std::string> ValueToText(const graph::View& view, const Value& value) {
  TextWriter writer(view);
  TUPU_TRY(writer.Write(value, true));
  return std::move(writer.out);
}

}  // namespace tupu::query
