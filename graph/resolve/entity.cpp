#include "graph/resolve/entity.h"

namespace tupu::graph {
namespace {

constexpr const char* kAmount = "amount";
constexpr const char* kCurrency = "currency";

}  // namespace

Hash128 EntityIdOf(const EntityKey& key) { return key.Hash(); }

Value JoinAmount(const Value& amount, const Value& currency) {
  return Value(List{amount, currency});
}

void ShowProperty(const std::string& name, const Value& value, Properties& out) {
  if (name == kAmount && value.kind() == ValueKind::kList && value.as_list().size() == 2) {
    out[kAmount] = value.as_list()[0];
    out[kCurrency] = value.as_list()[1];
  } else {
    out[name] = value;
  }
}

const Value* StrongestStatus(const Tally& statuses) {
  const Value* out = nullptr;
  for (const auto& [value, count] : statuses.counts()) {  // weakest first
    if (count.documents > 0) out = &value;
  }
  return out;
}

Value OtherForms(const Tally& forms, const Value* name) {
  List out;
  for (const auto& [value, count] : forms.counts()) {
    if (count.documents > 0 && (name == nullptr || value != *name)) out.push_back(value);
  }
  return Value(std::move(out));
}

}  // namespace tupu::graph
