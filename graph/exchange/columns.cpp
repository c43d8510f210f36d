#include "graph/exchange/columns.h"

namespace tupu::graph {
namespace {

ColumnType TypeOf(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kInt:
      return ColumnType::kLong;
    case ValueKind::kDouble:
      return ColumnType::kDouble;
    case ValueKind::kBool:
      return ColumnType::kBool;
    default:
      return ColumnType::kString;
  }
}

bool IsNumber(ColumnType type) { return type == ColumnType::kLong || type == ColumnType::kDouble; }

}  // namespace

void Columns::Learn(const Properties& properties) {
  for (const auto& [name, value] : properties) {
    if (value.is_null()) continue;
    const ColumnType type = TypeOf(value);
    ColumnType& known = types_.try_emplace(name, type).first->second;
    if (known == type) continue;
    known = IsNumber(known) && IsNumber(type) ? ColumnType::kDouble : ColumnType::kString;
  }
}

std::string PlainText(const Value& value) {
  if (value.is_null()) return {};
  if (value.is_temporal()) return ToString(value.as_temporal());
  if (value.kind() == ValueKind::kDuration) return ToString(value.as_duration());
  return value.kind() == ValueKind::kString ? value.as_string() : ToJson(value);
}

std::string PlainText(const Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  return found == properties.end() ? std::string() : PlainText(found->second);
}

}  // namespace tupu::graph
