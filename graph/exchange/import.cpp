#include "graph/exchange/import.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "graph/exchange/import_ids.h"
#include "graph/store/bulk_load.h"

namespace tupu::graph {
namespace {

constexpr std::size_t kBadRowsShown = 20;
constexpr std::uint64_t kRowsBetweenProgress = 4096;

// One id space; all its files say the same type of ids.
struct Space {
  ImportIdType type = ImportIdType::kString;
  ImportIds ids;
};

class Importer {
 public:
  Importer(Store& store, const ImportOptions& options) : store_(store), options_(options) {}

  Result<ImportReport> Run() {
    TUPU_ASSIGN(load_, store_.BeginLoad("import"));
    for (const ImportGroup& group : options_.nodes) {
      TUPU_TRY(RunGroup(group, true));
      if (Done()) return std::move(report_);
    }
    load_->EndNodes();
    for (const ImportGroup& group : options_.relationships) {
      TUPU_TRY(RunGroup(group, false));
      if (Done()) return std::move(report_);
    }
    if (bad_ > options_.bad_tolerance) {
      report_.failed = true;
      return std::move(report_);
    }
    TUPU_ASSIGN(const LoadCounts counts, load_->Finish());
    report_.nodes = counts.nodes;
    report_.relationships = counts.edges;
    report_.properties = counts.properties;
    return std::move(report_);
  }

 private:
  struct Column : ImportColumn {
    std::uint32_t property = 0;
    std::size_t field = 0;
  };

  bool Done() const { return report_.stopped || report_.failed; }

  // Says that a row is left out. True while the import goes on.
  bool Bad(const std::string& where, const std::string& what, bool counts = true) {
    ++report_.skipped;
    if (!counts) return true;
    ++bad_;
    if (report_.bad_rows.size() < kBadRowsShown) report_.bad_rows.push_back(where + ": " + what);
    // Go on for a while, so that one run shows more than the first mistake.
    if (bad_ > options_.bad_tolerance + kBadRowsShown) report_.failed = true;
    return !report_.failed;
  }

  Status RunGroup(const ImportGroup& group, bool nodes) {
    nodes_ = nodes;
    columns_.clear();
    bool have_header = false;
    for (const std::string& path : group.paths) {
      TUPU_ASSIGN(CsvReader reader, CsvReader::Open(path, options_.csv));
      if (!have_header) {
        TUPU_TRY(ReadHeader(reader, group));
        have_header = true;
      }
      TUPU_TRY(RunFile(reader));
      bytes_before_ += reader.taken();
      if (Done()) return {};
    }
    return {};
  }

  Status ReadHeader(CsvReader& reader, const ImportGroup& group) {
    TUPU_ASSIGN(const bool there, reader.Next(fields_));
    if (!there) {
      return Error{ErrorCode::kInvalidInput, "the file is empty; expected a header", reader.path()};
    }
    auto parsed = ParseImportHeader(fields_, nodes_);
    if (!parsed.ok()) {
      Error error = std::move(parsed).error();
      error.where = reader.path() + ":" + std::to_string(reader.line());
      return error;
    }
    columns_count_ = parsed->size();
    id_column_ = start_column_ = end_column_ = type_column_ = label_column_ = nullptr;
    columns_.reserve(parsed->size());
    for (std::size_t i = 0; i < parsed->size(); ++i) {
      Column& column = columns_.emplace_back();
      static_cast<ImportColumn&>(column) = (*parsed)[i];
      column.field = i;
      if (column.role == ImportRole::kProperty ||
          (column.role == ImportRole::kId && !column.name.empty())) {
        column.property = load_->Property(column.name);
      }
    }
    // Properties are stored by number, so they are read in that order.
    std::stable_sort(columns_.begin(), columns_.end(),
                     [](const Column& a, const Column& b) { return a.property < b.property; });
    for (const Column& column : columns_) {
      if (column.role == ImportRole::kId) {
        id_column_ = &column;
        TUPU_ASSIGN(id_space_, SpaceOf(column, reader));
      } else if (column.role == ImportRole::kStartId) {
        start_column_ = &column;
        TUPU_ASSIGN(start_space_, SpaceOf(column, reader));
      } else if (column.role == ImportRole::kEndId) {
        end_column_ = &column;
        TUPU_ASSIGN(end_space_, SpaceOf(column, reader));
      } else if (column.role == ImportRole::kType) {
        type_column_ = &column;
      } else if (column.role == ImportRole::kLabel) {
        label_column_ = &column;
      }
    }
    group_labels_.clear();
    group_type_.reset();
    if (nodes_) {
      for (const std::string& label : group.names) group_labels_.push_back(load_->Label(label));
      Order(group_labels_);
    } else if (!group.names.empty()) {
      TUPU_ASSIGN(group_type_, load_->Type(group.names.front()));
    } else if (type_column_ == nullptr) {
      return Error{ErrorCode::kInvalidInput,
                   "relationships have no type: expected a column :TYPE or --relationships=TYPE=…",
                   reader.path()};
    }
    return {};
  }

  static void Order(std::vector<std::uint32_t>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  }

  Result<Space*> SpaceOf(const ImportColumn& column, const CsvReader& reader) {
    const ImportIdType type = column.id_type.value_or(options_.id_type);
    const auto [found, fresh] = spaces_.try_emplace(column.space);
    if (fresh) {
      found->second.type = type;
    } else if (nodes_ && found->second.type != type) {
      return Error{ErrorCode::kInvalidInput,
                   "the ids of space \"" + column.space + "\" have two types", reader.path()};
    }
    return &found->second;
  }

  Status RunFile(CsvReader& reader) {
    while (true) {
      const Result<bool> more = reader.Next(fields_);
      if (!more.ok()) {
        if (more.error().code != ErrorCode::kInvalidInput || more.error().where == reader.path()) {
          return more.error();
        }
        if (!Bad(more.error().where, more.error().message)) return {};
        continue;
      }
      if (!*more) return {};
      if (++rows_ % kRowsBetweenProgress == 0 && options_.progress) {
        const ImportProgress at{nodes_seen_, relationships_seen_, bytes_before_ + reader.taken()};
        if (!options_.progress(at)) {
          report_.stopped = true;
          return {};
        }
      }
      if (fields_.size() > columns_count_ && !options_.ignore_extra_columns) {
        if (!BadRow(reader, std::to_string(fields_.size()) + " fields; expected " +
                                std::to_string(columns_count_))) {
          return {};
        }
        continue;
      }
      if (nodes_) {
        TUPU_TRY(AddNode(reader));
      } else {
        TUPU_TRY(AddRelationship(reader));
      }
      if (report_.failed) return {};
    }
  }

  bool BadRow(const CsvReader& reader, const std::string& what, bool counts = true) {
    return Bad(reader.path() + ":" + std::to_string(reader.line()), what, counts);
  }

  // The field of a column; empty where the row is too short.
  CsvField FieldOf(const Column& column) const {
    if (column.field >= fields_.size()) return {};
    CsvField field = fields_[column.field];
    if (options_.trim_strings && !field.quoted) field.text = Trim(field.text);
    return field;
  }
  bool IsAbsent(const CsvField& field) const {
    return field.text.empty() && (!field.quoted || options_.ignore_empty_strings);
  }

  // Reads the properties of a row; false if the row is bad.
  bool ReadProperties(const CsvReader& reader, const Value* id) {
    properties_.clear();
    for (const Column& column : columns_) {
      if (column.role == ImportRole::kId && id != nullptr && !column.name.empty()) {
        properties_.emplace_back(column.property, *id);
      }
      if (column.role != ImportRole::kProperty) continue;
      const CsvField field = FieldOf(column);
      if (IsAbsent(field)) continue;
      Value value;
      if (!ParseImportValue(column, field.text, options_.array_delimiter, value)) {
        BadRow(reader, "column " + column.name + ": \"" + Shown(field.text) + "\" is no " +
                           column.type_name + (column.array ? "[]" : ""));
        return false;
      }
      properties_.emplace_back(column.property, std::move(value));
    }
    return true;
  }

  static std::string Shown(std::string_view text) {
    constexpr std::size_t kShown = 40;
    std::string out;
    for (const char c : text.substr(0, kShown)) {
      const auto byte = static_cast<unsigned char>(c);
      out += byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    return text.size() > kShown ? out + "…" : out;
  }

  Status AddNode(const CsvReader& reader) {
    Value id;
    CsvField id_field;
    if (id_column_ != nullptr) {
      id_field = FieldOf(*id_column_);
      if (!ReadId(reader, id_field, id)) return {};
    }
    const bool kept = id_column_ != nullptr && id_space_->type != ImportIdType::kActual;
    labels_ = group_labels_;
    if (label_column_ != nullptr && !ReadLabels(reader)) return {};
    if (!ReadProperties(reader, kept ? &id : nullptr)) return {};
    if (id_column_ != nullptr) {
      const auto node = static_cast<std::uint32_t>(nodes_seen_);
      const bool fresh = id_space_->type == ImportIdType::kString
                             ? id_space_->ids.Add(id_field.text, node)
                             : id_space_->ids.Add(id.as_int(), node);
      if (!fresh) {
        BadRow(reader, "the id " + Shown(id_field.text) + " came before",
               !options_.skip_duplicate_nodes);
        return {};
      }
    }
    TUPU_ASSIGN(const NodeId added, load_->AddNode(labels_, properties_));
    if (nodes_seen_ == 0) first_node_ = added;
    if (++nodes_seen_ == ImportIds::kNone) {
      return Error{ErrorCode::kLimit, "more nodes than one import can hold"};
    }
    return {};
  }

  bool ReadId(const CsvReader& reader, const CsvField& field, Value& id) {
    if (IsAbsent(field)) {
      BadRow(reader, "the id is missing");
      return false;
    }
    if (id_space_->type == ImportIdType::kString) {
      if (ParseImportValue(ImportColumn(), field.text, options_.array_delimiter, id)) return true;
      BadRow(reader, "the id is not UTF-8");
      return false;
    }
    std::int64_t number = 0;
    if (!ParseImportInteger(Trim(field.text), number)) {
      BadRow(reader, "the id \"" + Shown(field.text) + "\" is no integer");
      return false;
    }
    id = Value(number);
    return true;
  }

  bool ReadLabels(const CsvReader& reader) {
    std::string_view rest = FieldOf(*label_column_).text;
    while (!rest.empty()) {
      const std::size_t at = rest.find(options_.array_delimiter);
      const std::string_view label = Trim(rest.substr(0, at));
      Value checked;
      if (!ParseImportValue(ImportColumn(), label, options_.array_delimiter, checked)) {
        BadRow(reader, "a label is not UTF-8");
        return false;
      }
      if (!label.empty()) labels_.push_back(load_->Label(label));
      rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    }
    Order(labels_);
    return true;
  }

  // The node that an end of a relationship names; nothing if there is none.
  std::optional<NodeId> ReadEnd(const CsvReader& reader, const Column& column, const Space& space) {
    const CsvField field = FieldOf(column);
    std::uint32_t node = ImportIds::kNone;
    if (space.type == ImportIdType::kString) {
      node = space.ids.Find(field.text);
    } else {
      std::int64_t number = 0;
      if (ParseImportInteger(Trim(field.text), number)) node = space.ids.Find(number);
    }
    if (node == ImportIds::kNone) {
      BadRow(reader,
             "no node has the id " + Shown(field.text) +
                 (column.space.empty() ? "" : " in the space " + column.space),
             !options_.skip_bad_relationships);
      return std::nullopt;
    }
    return NodeId{first_node_.value + node};
  }

  Status AddRelationship(const CsvReader& reader) {
    const auto from = ReadEnd(reader, *start_column_, *start_space_);
    if (!from) return {};
    const auto to = ReadEnd(reader, *end_column_, *end_space_);
    if (!to) return {};
    std::optional<TypeId> type = group_type_;
    if (type_column_ != nullptr) {
      const std::string_view name = Trim(FieldOf(*type_column_).text);
      if (!name.empty()) {
        const auto known = types_.find(name);
        if (known != types_.end()) {
          type = known->second;
        } else {
          Value checked;
          if (!ParseImportValue(ImportColumn(), name, options_.array_delimiter, checked)) {
            BadRow(reader, "the type is not UTF-8");
            return {};
          }
          TUPU_ASSIGN(type, load_->Type(name));
          types_.emplace(name, *type);
        }
      }
    }
    if (!type) {
      BadRow(reader, "the type is missing");
      return {};
    }
    if (!ReadProperties(reader, nullptr)) return {};
    ++relationships_seen_;
    return load_->AddEdge(*type, *from, *to, properties_);
  }

  Store& store_;
  const ImportOptions& options_;
  std::unique_ptr<BulkLoad> load_;
  ImportReport report_;
  std::uint64_t bad_ = 0;
  std::map<std::string, Space> spaces_;
  std::map<std::string, TypeId, std::less<>> types_;

  // Of the group at hand:
  bool nodes_ = true;
  std::vector<Column> columns_;  // by property number
  std::size_t columns_count_ = 0;
  const Column *id_column_ = nullptr, *start_column_ = nullptr, *end_column_ = nullptr,
               *type_column_ = nullptr, *label_column_ = nullptr;
  Space *id_space_ = nullptr, *start_space_ = nullptr, *end_space_ = nullptr;
  std::vector<std::uint32_t> group_labels_;
  std::optional<TypeId> group_type_;

  std::vector<CsvField> fields_;
  std::vector<std::uint32_t> labels_;
  StoredProperties properties_;
  NodeId first_node_;
  std::uint64_t nodes_seen_ = 0, relationships_seen_ = 0, rows_ = 0;
  std::uint64_t bytes_before_ = 0;
};

}  // namespace

Result<ImportReport> Import(Store& store, const ImportOptions& options) {
  return Importer(store, options).Run();
}

}  // namespace tupu::graph
