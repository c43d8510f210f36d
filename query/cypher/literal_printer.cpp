// Names and values as they stand in a query.
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "query/cypher/parser.h"
#include "query/cypher/printer.h"

namespace tupu::query {

std::string PrintName(std::string_view name) {
  bool plain = !name.empty();
  for (std::size_t pos = 0; pos < name.size() && plain;) {
    const CodePoint c = DecodeAt(name, pos);
    plain = pos == 0 ? IsNameStart(c.value) : IsNamePart(c.value);
    pos += c.size;
  }
  if (plain && !IsReservedWord(name)) return std::string(name);
  std::string out = "`";
  for (const char c : name) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + '`';
}

std::string PrintValue(const graph::Value& value) {
  switch (value.kind()) {
    case graph::ValueKind::kNode:
      return "<node>";
    case graph::ValueKind::kEdge:
      return "<relationship>";
    case graph::ValueKind::kPath:
      return "<path>";
    case graph::ValueKind::kString: {
      std::string out = "'";
      for (const char c : value.as_string()) {
        switch (c) {
          case '\'':
          case '\\':
            out += '\\';
            out += c;
            break;
          case '\n':
            out += "\\n";
            break;
          case '\r':
            out += "\\r";
            break;
          case '\t':
            out += "\\t";
            break;
          default:
            out += c;
        }
      }
      return out + "'";
    }
    case graph::ValueKind::kList: {
      std::string out;
      for (const graph::Value& element : value.as_list()) {
        out += (out.empty() ? "" : ", ") + PrintValue(element);
      }
      return '[' + out + ']';
    }
    case graph::ValueKind::kMap: {
      std::string out;
      for (const auto& [key, element] : value.as_map()) {
        out += (out.empty() ? "" : ", ") + PrintName(key) + ": " + PrintValue(element);
      }
      return '{' + out + '}';
    }
    case graph::ValueKind::kDouble:
      return graph::DoubleToString(value.as_double());
    case graph::ValueKind::kDateTime:
    case graph::ValueKind::kLocalDateTime:
    case graph::ValueKind::kDate:
    case graph::ValueKind::kTime:
    case graph::ValueKind::kLocalTime:
      return std::string(KindName(value.as_temporal().kind)) + "('" +
             ToString(value.as_temporal()) + "')";
    case graph::ValueKind::kDuration:
      return "duration('" + ToString(value.as_duration()) + "')";
    default:
      return graph::ToJson(value);
  }
}

}  // namespace tupu::query
