// The properties of many elements as columns of one type each, for formats that declare their
// columns before the rows.
#pragma once

#include <map>
#include <string>

#include "graph/model/value.h"

namespace tupu::graph {

enum class ColumnType : std::uint8_t { kLong, kDouble, kBool, kString };

// Learns from every row which columns there are. Whole numbers and doubles together are doubles;
// what else differs is text.
class Columns {
 public:
  void Learn(const Properties& properties);
  const std::map<std::string, ColumnType>& types() const { return types_; }

 private:
  std::map<std::string, ColumnType> types_;
};

// Text, times and durations as they are, other kinds as JSON, "" for null.
std::string PlainText(const Value& value);
// The plain text of a property, "" where it is not there.
std::string PlainText(const Properties& properties, const std::string& name);

}  // namespace tupu::graph
