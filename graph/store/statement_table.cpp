#include "graph/store/statement_table.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "graph/base/coding.h"
#include "graph/resolve/tally.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

// A value's number: twice a string's, or twice another value's and one.
constexpr std::uint32_t StringNumber(std::uint32_t string) { return string * 2; }
constexpr std::uint32_t OtherNumber(std::uint32_t value) { return value * 2 + 1; }

constexpr int kStatusShift = 2;
constexpr int kTitleShift = 4;

auto Order(const StatementTable::Row& row) {
  return std::tuple(row.kind == StatementKind::kRelation, row.subject, row.kind, row.property,
                    row.object, row.article, row.at, row.from_at, row.to_at, row.status,
                    row.extractor, row.confidence);
}

}  // namespace

class StatementTable::Builder {
 public:
  explicit Builder(StatementTable& table) : table_(table) {}

  // `text` must outlive the builder.
  std::uint32_t String(std::string_view text) {
    const auto [entry, fresh] =
        strings_.emplace(text, static_cast<std::uint32_t>(table_.strings_.size()));
    if (fresh) table_.strings_.emplace_back(text);
    return entry->second;
  }

  std::uint32_t Number(const Value& value) {
    if (value.kind() == ValueKind::kString) return StringNumber(String(value.as_string()));
    const auto [entry, fresh] =
        values_.emplace(value, static_cast<std::uint32_t>(table_.values_.size()));
    if (fresh) table_.values_.push_back(value);
    return OtherNumber(entry->second);
  }

  std::uint32_t Key(const EntityKey& key) {
    const auto [entry, fresh] =
        keys_.emplace(&key, static_cast<std::uint32_t>(table_.keys_.size()));
    if (fresh) table_.keys_.push_back(key);
    return entry->second;
  }

 private:
  struct KeyHash {
    std::size_t operator()(const EntityKey* key) const {
      const std::hash<std::string> hash;
      return hash(key->name) ^ hash(key->context) * 31 ^ hash(key->type) * 37;
    }
  };
  struct KeyEqual {
    bool operator()(const EntityKey* a, const EntityKey* b) const { return *a == *b; }
  };

  StatementTable& table_;
  std::unordered_map<std::string_view, std::uint32_t> strings_;
  std::map<Value, std::uint32_t, ExactLess> values_;
  std::unordered_map<const EntityKey*, std::uint32_t, KeyHash, KeyEqual> keys_;
};

StatementTable StatementTable::Build(const Claims& claims, std::string_view version,
                                     const Schema& schema) {
  StatementTable out;
  out.document_id_ = claims.document_id;
  out.version_ = version;
  Builder builder(out);
  for (const LocalEntity& ent : claims.entities) {
    TUPU_CONTRACT(!ent.mentions.empty());
    Row row;
    row.subject = builder.Key(ent.key);
    row.extractor = builder.String(ent.rule);
    row.confidence = builder.Number(Value(ent.confidence));
    row.kind = StatementKind::kEntity;
    row.property = builder.String(ent.type);
    for (const Mention& mention : ent.mentions) {
      row.object = StringNumber(builder.String(mention.form));
      row.at = mention.at;
      row.article = mention.article;
      out.rows_.push_back(row);
    }
    row.kind = StatementKind::kProperty;
    row.at = ent.mentions.front().at;
    row.article = ent.mentions.front().article;
    row.property = builder.String("name");
    row.object =
        StringNumber(builder.String(ent.canonical_name.empty() ? ent.name : ent.canonical_name));
    out.rows_.push_back(row);
    for (const auto& [name, value] : ent.properties) {
      row.property = builder.String(name);
      row.object = builder.Number(value);
      out.rows_.push_back(row);
    }
  }
  for (const LocalRelation& rel : claims.relations) {
    TUPU_CONTRACT(rel.from < claims.entities.size() && rel.to < claims.entities.size());
    const RelationTypeDef* type = schema.FindRelationType(rel.type);
    Row row;
    row.kind = StatementKind::kRelation;
    row.status = rel.status;
    row.by_title = type != nullptr && type->one_per_title;
    row.subject = builder.Key(claims.entities[rel.from].key);
    row.property = builder.String(rel.type);
    row.object = builder.Key(claims.entities[rel.to].key);
    row.properties_begin = static_cast<std::uint32_t>(out.properties_.size());
    for (const auto& [name, value] : rel.properties) {
      out.properties_.emplace_back(builder.String(name), builder.Number(value));
    }
    row.properties_end = static_cast<std::uint32_t>(out.properties_.size());
    row.at = rel.evidence.at;
    row.article = rel.evidence.article;
    row.from_at = rel.from_mention;
    row.to_at = rel.to_mention;
    row.extractor = builder.String(rel.rule);
    row.confidence = builder.Number(Value(rel.confidence));
    out.rows_.push_back(row);
  }

  const auto properties = [&](const Row& row) {
    return std::pair(out.properties_.begin() + row.properties_begin,
                     out.properties_.begin() + row.properties_end);
  };
  const auto less = [&](const Row& a, const Row& b) {
    const auto x = Order(a), y = Order(b);
    if (x != y) return x < y;
    const auto [a_begin, a_end] = properties(a);
    const auto [b_begin, b_end] = properties(b);
    return std::lexicographical_compare(a_begin, a_end, b_begin, b_end);
  };
  std::sort(out.rows_.begin(), out.rows_.end(), less);
  out.rows_.erase(
      std::unique(out.rows_.begin(), out.rows_.end(),
                  [&](const Row& a, const Row& b) { return !less(a, b) && !less(b, a); }),
      out.rows_.end());
  return out;
}

void StatementTable::Encode(std::string& out) const {
  PutLengthPrefixed(out, document_id_);
  PutLengthPrefixed(out, version_);
  PutVarint(out, strings_.size());
  for (const std::string& text : strings_) PutLengthPrefixed(out, text);
  PutVarint(out, keys_.size());
  for (const EntityKey& key : keys_) PutKey(out, key);
  PutVarint(out, values_.size());
  for (const Value& value : values_) EncodeValue(out, value);
  PutVarint(out, rows_.size());
  for (const Row& row : rows_) {
    const bool relation = row.kind == StatementKind::kRelation;
    out += static_cast<char>(static_cast<int>(row.kind) |
                             static_cast<int>(row.status) << kStatusShift |
                             static_cast<int>(row.by_title) << kTitleShift);
    PutVarint(out, row.subject);
    PutVarint(out, row.property);
    PutVarint(out, row.object);
    PutPlace(out, row.at);
    PutVarint(out, row.article);
    if (relation) {
      PutVarint(out, row.properties_end - row.properties_begin);
      for (std::uint32_t i = row.properties_begin; i < row.properties_end; ++i) {
        PutVarint(out, properties_[i].first);
        PutVarint(out, properties_[i].second);
      }
      PutPlace(out, row.from_at);
      PutPlace(out, row.to_at);
    }
    PutVarint(out, row.extractor);
    PutVarint(out, row.confidence);
  }
}

bool StatementTable::Decode(std::string_view in, StatementTable& out) {
  out = StatementTable();
  std::uint64_t count = 0;
  const auto get_count = [&] { return GetVarint(in, count) && count <= in.size(); };
  if (!GetString(in, out.document_id_) || !GetString(in, out.version_)) return false;
  if (!get_count()) return false;
  out.strings_.resize(static_cast<std::size_t>(count));
  for (std::string& text : out.strings_) {
    if (!GetString(in, text)) return false;
  }
  if (!get_count()) return false;
  out.keys_.resize(static_cast<std::size_t>(count));
  for (EntityKey& key : out.keys_) {
    if (!GetKey(in, key)) return false;
  }
  if (!get_count()) return false;
  out.values_.resize(static_cast<std::size_t>(count));
  for (Value& value : out.values_) {
    if (!DecodeValue(in, value)) return false;
  }

  const auto get_below = [&](std::size_t limit, std::uint32_t& number) {
    return GetUint32(in, number) && number < limit;
  };
  const auto get_value = [&](std::uint32_t& number) {
    return GetUint32(in, number) &&
           number / 2 < (number % 2 == 0 ? out.strings_.size() : out.values_.size());
  };
  if (!get_count()) return false;
  out.rows_.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count; ++i) {
    if (in.empty()) return false;
    const auto head = static_cast<unsigned>(static_cast<unsigned char>(in.front()));
    in.remove_prefix(1);
    if (head >> (kTitleShift + 1) != 0 || (head & 3) > 2) return false;
    Row row;
    row.kind = static_cast<StatementKind>(head & 3);
    row.status = static_cast<ClaimStatus>(head >> kStatusShift & 3);
    row.by_title = head >> kTitleShift != 0;
    const bool relation = row.kind == StatementKind::kRelation;
    if (!get_below(out.keys_.size(), row.subject) ||
        !get_below(out.strings_.size(), row.property) ||
        !(relation ? get_below(out.keys_.size(), row.object) : get_value(row.object)) ||
        !GetPlace(in, row.at) || !GetUint32(in, row.article)) {
      return false;
    }
    if (relation) {
      std::uint64_t properties = 0;
      if (!GetVarint(in, properties) || properties > in.size()) return false;
      row.properties_begin = static_cast<std::uint32_t>(out.properties_.size());
      for (std::uint64_t j = 0; j < properties; ++j) {
        std::uint32_t name = 0, value = 0;
        if (!get_below(out.strings_.size(), name) || !get_value(value)) return false;
        out.properties_.emplace_back(name, value);
      }
      row.properties_end = static_cast<std::uint32_t>(out.properties_.size());
      if (!GetPlace(in, row.from_at) || !GetPlace(in, row.to_at)) return false;
    }
    if (!get_below(out.strings_.size(), row.extractor) || !get_value(row.confidence) ||
        out.ValueAt(row.confidence).kind() != ValueKind::kDouble) {
      return false;
    }
    out.rows_.push_back(row);
  }
  return in.empty();
}

Value StatementTable::ValueAt(std::uint32_t number) const {
  return number % 2 == 0 ? Value(strings_[number / 2]) : values_[number / 2];
}

Properties StatementTable::PropertiesOf(const Row& row) const {
  Properties out;
  ForEachProperty(row, [&](std::string_view name, Value value) {
    out.emplace(std::string(name), std::move(value));
  });
  return out;
}

Statement StatementTable::StatementOf(const Row& row) const {
  Statement out;
  out.kind = row.kind;
  out.status = row.status;
  out.subject = keys_[row.subject];
  out.property = strings_[row.property];
  if (row.kind == StatementKind::kRelation) {
    out.object = keys_[row.object];
    out.properties = PropertiesOf(row);
  } else {
    out.value = ValueAt(row.object);
  }
  out.provenance.document_id = document_id_;
  out.provenance.at = row.at;
  out.provenance.article = row.article;
  out.provenance.from_at = row.from_at;
  out.provenance.to_at = row.to_at;
  out.provenance.extractor = strings_[row.extractor];
  out.provenance.version = version_;
  out.provenance.confidence = ValueAt(row.confidence).as_double();
  return out;
}

std::vector<Statement> StatementTable::Statements() const {
  std::vector<Statement> out;
  out.reserve(rows_.size());
  for (const Row& row : rows_) out.push_back(StatementOf(row));
  SortStatements(out);
  return out;
}

void SortStatements(std::vector<Statement>& statements) {
  std::vector<std::pair<Hash128, std::size_t>> order;
  order.reserve(statements.size());
  for (std::size_t i = 0; i < statements.size(); ++i) {
    order.emplace_back(statements[i].ComputeId(), i);
  }
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    const std::string& x = statements[a.second].provenance.document_id;
    const std::string& y = statements[b.second].provenance.document_id;
    return x != y ? x < y : a.first < b.first;
  });
  std::vector<Statement> out;
  out.reserve(statements.size());
  for (const auto& [id, i] : order) out.push_back(std::move(statements[i]));
  statements = std::move(out);
}

}  // namespace tupu::graph
