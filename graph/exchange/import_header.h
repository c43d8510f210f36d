// The first record of a file to import: what each column is, in neo4j-admin's words.
//
//   id:ID(Person),name,:LABEL,born:date,score:double,tags:string[],:IGNORE
//   :START_ID(Person),:END_ID(Person),:TYPE,since:int
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/exchange/csv_reader.h"
#include "graph/model/value.h"

namespace tupu::graph {

enum class ImportRole : std::uint8_t { kProperty, kId, kLabel, kStartId, kEndId, kType, kIgnore };
enum class ImportType : std::uint8_t { kInteger, kDouble, kBool, kString };
enum class ImportIdType : std::uint8_t { kString, kInteger, kActual };

struct ImportColumn {
  ImportRole role = ImportRole::kProperty;
  std::string name;   // of the property; empty for an id that is not kept
  std::string space;  // kId, kStartId, kEndId: the id space
  std::string type_name = "string";
  ImportType type = ImportType::kString;
  std::int64_t least = INT64_MIN, greatest = INT64_MAX;  // of integers
  bool array = false;
  std::optional<ImportIdType> id_type;  // where the header says so
};

// kInvalidInput, saying which column is wrong and what was expected. `nodes` tells which of the
// two kinds of files it is.
Result<std::vector<ImportColumn>> ParseImportHeader(const std::vector<CsvField>& fields,
                                                    bool nodes);

// Reads a value as the column says; nothing (false) if it is none of that type.
bool ParseImportValue(const ImportColumn& column, std::string_view text, char array_delimiter,
                      Value& out);
// An integer and nothing else.
bool ParseImportInteger(std::string_view text, std::int64_t& out);

// Without the blanks and tabs at either end.
std::string_view Trim(std::string_view text);

}  // namespace tupu::graph
