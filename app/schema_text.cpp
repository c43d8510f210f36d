#include "app/schema_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/table.h"
#include "graph/base/unicode.h"

namespace tupu::app {
namespace {

using graph::EntityTypeDef;
using graph::PropertyDef;
using graph::RelationTypeDef;
using graph::Schema;

std::string Join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += between;
    out += word;
  }
  return out;
}

std::string PropertyList(const std::vector<PropertyDef>& properties) {
  std::string out;
  for (const PropertyDef& property : properties) {
    out += (out.empty() ? "{" : ", ") + property.name + ": " + property.kind;
  }
  return out.empty() ? out : out + "}";
}

struct Line {
  std::string name;
  std::string label;
  std::string rest;
};

void Print(std::string& out, const std::vector<Line>& lines) {
  std::size_t name_width = 0;
  std::size_t label_width = 0;
  for (const Line& line : lines) {
    name_width = std::max(name_width, DisplayWidth(line.name));
    label_width = std::max(label_width, DisplayWidth(line.label));
  }
  for (const Line& line : lines) {
    std::string text =
        "  " + Pad(line.name, name_width) + "  " + Pad(line.label, label_width) + "  " + line.rest;
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
}

// Types below `parent`, in the order of the file, each followed by those below it. The schema's
// tree has no loops (checked on load), and is as deep as people write it.
void AddTypes(const Schema& schema, const std::string& parent, std::size_t depth,
              std::vector<Line>& lines) {
  for (const EntityTypeDef& type : schema.entity_types()) {
    if (type.parent != parent) continue;
    std::string rest = PropertyList(type.properties);
    if (type.abstract) rest = "(abstract) " + rest;
    lines.push_back(
        {std::string(2 * depth, ' ') + type.name, type.label_zh + " " + type.label_en, rest});
    AddTypes(schema, type.name, depth + 1, lines);
  }
}

}  // namespace

std::string SchemaText(const Schema& schema) {
  std::string out = "Entity types\n";
  std::vector<Line> types;
  AddTypes(schema, "", 0, types);
  Print(out, types);
  out += "\nRelation types\n";
  std::vector<Line> relations;
  for (const RelationTypeDef& type : schema.relation_types()) {
    relations.push_back({type.name, type.label_zh + " " + type.label_en,
                         Join(type.from, ", ") + " → " + Join(type.to, ", ") + "  " +
                             PropertyList(type.properties) +
                             (type.one_per_title ? " one edge a title" : "")});
  }
  Print(out, relations);
  return out;
}

}  // namespace tupu::app
