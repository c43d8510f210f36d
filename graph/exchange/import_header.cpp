#include "graph/exchange/import_header.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "graph/base/utf8.h"

namespace tupu::graph {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

Error BadColumn(std::string_view field, const std::string& what) {
  return {ErrorCode::kInvalidInput, "column \"" + std::string(field) + "\": " + what};
}

struct TypeName {
  std::string_view name;
  ImportType type;
  int bits;  // of integers
};
// Times are kept as the text that the file has.
constexpr TypeName kTypeNames[] = {
    {"int", ImportType::kInteger, 32},    {"long", ImportType::kInteger, 64},
    {"short", ImportType::kInteger, 16},  {"byte", ImportType::kInteger, 8},
    {"float", ImportType::kDouble, 0},    {"double", ImportType::kDouble, 0},
    {"boolean", ImportType::kBool, 0},    {"string", ImportType::kString, 0},
    {"char", ImportType::kString, 0},     {"date", ImportType::kString, 0},
    {"time", ImportType::kString, 0},     {"localtime", ImportType::kString, 0},
    {"datetime", ImportType::kString, 0}, {"localdatetime", ImportType::kString, 0},
    {"duration", ImportType::kString, 0}, {"point", ImportType::kString, 0}};

Status SetType(std::string_view field, std::string word, ImportColumn& column) {
  if (word.ends_with("[]")) {
    column.array = true;
    word.resize(word.size() - 2);
  }
  if (word.empty()) word = "string";
  for (const TypeName& known : kTypeNames) {
    if (known.name != word) continue;
    column.type = known.type;
    column.type_name = word;
    if (known.bits != 0 && known.bits < 64) {
      column.greatest = (std::int64_t{1} << (known.bits - 1)) - 1;
      column.least = -column.greatest - 1;
    }
    return {};
  }
  return BadColumn(field, "\"" + word +
                              "\" is no type; expected int, long, short, byte, float, double, "
                              "boolean, string, char, date, time, localtime, datetime, "
                              "localdatetime, duration or point, or one of them with []");
}

// What stands in braces behind the type: {id-type:int} says something, the rest is for others.
Status ReadOptions(std::string_view field, std::string_view braces, ImportColumn& column) {
  const std::string options = Lower(braces);
  const std::size_t at = options.find("id-type:");
  if (at == std::string::npos) return {};
  std::string word = options.substr(at + 8);
  word = std::string(Trim(std::string_view(word).substr(0, word.find_first_of(",}"))));
  if (word == "string") {
    column.id_type = ImportIdType::kString;
  } else if (word == "int" || word == "long" || word == "integer") {
    column.id_type = ImportIdType::kInteger;
  } else {
    return BadColumn(field, "id-type \"" + word + "\"; expected string, int or long");
  }
  return {};
}

Status ParseColumn(std::string_view field, bool nodes, ImportColumn& column) {
  std::string_view text = Trim(field);
  const std::size_t brace = text.find('{');
  if (brace != std::string_view::npos) {
    TUPU_TRY(ReadOptions(field, text.substr(brace), column));
    text = Trim(text.substr(0, brace));
  }
  const std::size_t colon = text.rfind(':');
  column.name = std::string(Trim(text.substr(0, colon)));
  if (colon == std::string_view::npos) {
    if (column.name.empty()) return BadColumn(field, "expected a name");
    return {};
  }
  std::string_view word = Trim(text.substr(colon + 1));
  const std::size_t open = word.find('(');
  if (open != std::string_view::npos) {
    if (!word.ends_with(')')) return BadColumn(field, "expected ) at its end");
    column.space = std::string(Trim(word.substr(open + 1, word.size() - open - 2)));
    word = Trim(word.substr(0, open));
  }
  const std::string role = Lower(word);
  const auto set = [&](ImportRole as, bool fits) -> Status {
    column.role = as;
    if (!fits) {
      return BadColumn(field, nodes ? "this belongs into a file of relationships"
                                    : "this belongs into a file of nodes");
    }
    return {};
  };
  if (role == "id") return set(ImportRole::kId, nodes);
  if (role == "label") return set(ImportRole::kLabel, nodes);
  if (role == "start_id") return set(ImportRole::kStartId, !nodes);
  if (role == "end_id") return set(ImportRole::kEndId, !nodes);
  if (role == "type") return set(ImportRole::kType, !nodes);
  if (role == "ignore") return set(ImportRole::kIgnore, true);
  if (column.name.empty()) return BadColumn(field, "expected a name before the colon");
  if (open != std::string_view::npos) return BadColumn(field, "only ids have a space");
  return SetType(field, role, column);
}

bool ParseOne(const ImportColumn& column, std::string_view text, Value& out) {
  switch (column.type) {
    case ImportType::kInteger: {
      std::int64_t number = 0;
      if (!ParseImportInteger(Trim(text), number) || number < column.least ||
          number > column.greatest) {
        return false;
      }
      out = Value(number);
      return true;
    }
    case ImportType::kDouble: {
      text = Trim(text);
      if (text.starts_with('+')) text.remove_prefix(1);
      double number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size()) return false;
      out = Value(number);
      return true;
    }
    case ImportType::kBool: {
      const std::string word = Lower(Trim(text));
      if (word != "true" && word != "false") return false;
      out = Value(word == "true");
      return true;
    }
    case ImportType::kString:
      if (FindInvalidUtf8(text) != std::string_view::npos) return false;
      out = Value(text);
      return true;
  }
  return false;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool ParseImportInteger(std::string_view text, std::int64_t& out) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool ParseImportValue(const ImportColumn& column, std::string_view text, char array_delimiter,
                      Value& out) {
  if (!column.array) return ParseOne(column, text, out);
  List list;
  while (true) {
    const std::size_t at = text.find(array_delimiter);
    Value element;
    if (!ParseOne(column, text.substr(0, at), element)) return false;
    list.push_back(std::move(element));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  out = Value(std::move(list));
  return true;
}

Result<std::vector<ImportColumn>> ParseImportHeader(const std::vector<CsvField>& fields,
                                                    bool nodes) {
  std::vector<ImportColumn> out;
  std::set<std::string> names;
  std::set<ImportRole> roles;
  for (const CsvField& field : fields) {
    if (FindInvalidUtf8(field.text) != std::string_view::npos) {
      return Error{ErrorCode::kInvalidInput, "the header is not UTF-8"};
    }
    ImportColumn& column = out.emplace_back();
    TUPU_TRY(ParseColumn(field.text, nodes, column));
    const bool kept = column.role == ImportRole::kProperty || column.role == ImportRole::kId;
    if (kept && !column.name.empty() && !names.insert(column.name).second) {
      return BadColumn(field.text, "a property of this name comes twice");
    }
    if (column.role != ImportRole::kProperty && column.role != ImportRole::kIgnore &&
        !roles.insert(column.role).second) {
      return BadColumn(field.text, "there is one of this kind already");
    }
  }
  if (!nodes && (!roles.contains(ImportRole::kStartId) || !roles.contains(ImportRole::kEndId))) {
    return Error{ErrorCode::kInvalidInput, "the header has no :START_ID or no :END_ID"};
  }
  return out;
}

}  // namespace tupu::graph
