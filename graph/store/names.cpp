#include "graph/store/names.h"

#include <algorithm>

#include "graph/resolve/entity.h"

namespace tupu::graph {
namespace {

// Labels of types that the schema does not know are numbered from here by their stored number.
constexpr std::uint32_t kUnknownTypes = 0x40000000;
constexpr LabelId kEntityLabelId{0x7fffffff};

}  // namespace

Names::Names(const Schema& schema) : schema_(&schema) { properties_.first = kFirstProperty; }

Names::Kind& Names::KindOf(NameKind kind) {
  return kind == NameKind::kLabel ? labels_ : kind == NameKind::kType ? types_ : properties_;
}
const Names::Kind& Names::KindOf(NameKind kind) const {
  return const_cast<Names*>(this)->KindOf(kind);
}

std::uint32_t Names::Add(NameKind kind, std::string_view name) {
  Kind& names = KindOf(kind);
  const std::uint32_t number = names.first + static_cast<std::uint32_t>(names.names.size());
  names.numbers.emplace(name, number);
  names.names.emplace_back(name);
  if (kind == NameKind::kLabel) {
    std::vector<LabelId>& ids = label_ids_.emplace_back();
    for (const std::string& label : LabelsOf(LabelId{number})) ids.push_back(*FindLabel(label));
  }
  return number;
}

Result<std::shared_ptr<const Names>> Names::Load(const KvSnapshot& kv, const Schema& schema) {
  const std::shared_ptr<Names> out(new Names(schema));
  for (NameKind kind : {NameKind::kLabel, NameKind::kType, NameKind::kProperty}) {
    Kind& names = out->KindOf(kind);
    const auto cursor = kv.Scan(Space::kMeta, NamePrefix(kind));
    for (; cursor->Valid(); cursor->Next()) {
      std::uint32_t number = 0;
      if (!DecodeNameKey(cursor->key(), kind, number) ||
          number != names.first + names.names.size() || names.numbers.contains(cursor->value())) {
        return Error{ErrorCode::kCorruption,
                     "interned name '" + std::string(cursor->value()) + "' has a wrong number"};
      }
      out->Add(kind, cursor->value());
    }
    TUPU_TRY(cursor->status());
  }
  return std::shared_ptr<const Names>(out);
}

const std::string& Names::NameOf(NameKind kind, std::uint32_t number) const {
  static const std::string kEmpty;
  const Kind& names = KindOf(kind);
  if (number < names.first || number - names.first >= names.names.size()) return kEmpty;
  return names.names[number - names.first];
}

std::optional<std::uint32_t> Names::Find(NameKind kind, std::string_view name) const {
  const Kind& names = KindOf(kind);
  const auto found = names.numbers.find(name);
  if (found == names.numbers.end()) return std::nullopt;
  return found->second;
}

std::vector<std::uint32_t> Names::Numbers(NameKind kind) const {
  const Kind& names = KindOf(kind);
  std::vector<std::uint32_t> out(names.names.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = names.first + static_cast<std::uint32_t>(i);
  return out;
}

std::optional<LabelId> Names::FindLabel(std::string_view label) const {
  if (label == kEntityLabel) return kEntityLabelId;
  if (const EntityTypeDef* type = schema_->FindEntityType(label)) {
    return LabelId{static_cast<std::uint32_t>(type - schema_->entity_types().data())};
  }
  if (const auto number = Find(NameKind::kLabel, label)) return LabelId{kUnknownTypes + *number};
  return std::nullopt;
}

std::optional<std::uint32_t> Names::StoredLabel(LabelId label) const {
  if (label == kEntityLabelId) return Find(NameKind::kLabel, kEntityLabel);
  if (label.value >= kUnknownTypes) return label.value - kUnknownTypes;
  return Find(NameKind::kLabel, schema_->entity_types()[label.value].name);
}

bool Names::HasLabel(LabelId stored_type, LabelId label) const {
  if (stored_type.value >= label_ids_.size()) return false;
  const std::vector<LabelId>& ids = label_ids_[stored_type.value];
  return std::find(ids.begin(), ids.end(), label) != ids.end();
}

std::vector<LabelId> Names::TypesBelow(std::optional<LabelId> label) const {
  std::vector<LabelId> out;
  for (std::uint32_t number : Numbers(NameKind::kLabel)) {
    if (!label || HasLabel(LabelId{number}, *label)) out.push_back(LabelId{number});
  }
  return out;
}

std::vector<std::string> Names::LabelsOf(LabelId stored_type) const {
  const std::string& type = NameOf(NameKind::kLabel, stored_type.value);
  std::vector<std::string> out = schema_->Lineage(type);
  if (out.empty()) out.push_back(type);
  out.emplace_back(kEntityLabel);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::map<std::string, std::vector<LabelId>> Names::Labels() const {
  std::map<std::string, std::vector<LabelId>> out;
  for (std::uint32_t number : Numbers(NameKind::kLabel)) {
    for (std::string& label : LabelsOf(LabelId{number})) {
      out[std::move(label)].push_back(LabelId{number});
    }
  }
  return out;
}

}  // namespace tupu::graph
