// DOT, the language of Graphviz: nodes show name and type, edges the type of the relation.
#include "graph/exchange/formats.h"

namespace tupu::graph {
namespace {

// A double-quoted ID: only the quote is escaped in DOT; a backslash begins an escape of labels
// (\\n, \\l), so it is doubled.
std::string DotQuoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n' || c == '\r') {
      out += ' ';
    } else if (c != '\0') {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace

Status ExportDot(Rows& rows, const ExportSink& sink) {
  const Rows::Write write = [&](std::string_view text) { return sink("", text); };
  if (!write("digraph tupu {\n  charset=\"UTF-8\";\n  node [shape=box];\n")) return {};
  TUPU_ASSIGN(bool wanted, rows.EntityLines(
                               [](const EntityRow& row) {
                                 return "  " + DotQuoted(row.id) +
                                        " [label=" + DotQuoted(row.name) +
                                        ", tooltip=" + DotQuoted(row.type) + "];\n";
                               },
                               write));
  if (!wanted) return {};
  TUPU_ASSIGN(wanted, rows.RelationLines(
                          false,
                          [](const RelationRow& row) {
                            return "  " + DotQuoted(row.from.id) + " -> " + DotQuoted(row.to.id) +
                                   " [label=" + DotQuoted(row.type) + "];\n";
                          },
                          write));
  if (wanted) write("}\n");
  return {};
}

}  // namespace tupu::graph
