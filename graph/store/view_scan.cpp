// Reads of whole columns.
#include "graph/store/asserted.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
Result<NodeNumbers> View::Numbers() const {
  const auto next = [&](const std::string& key) -> Result<std::uint64_t> {
    TUPU_ASSIGN(const std::optional<std::string> bytes, impl_->kv->Get(Space::kMeta, key));
    std::uint64_t number = 0;
    if (bytes && !DecodeNumber(*bytes, number)) return Damaged("a sequence is none");
    return number;
  };
  NodeNumbers out;
  TUPU_ASSIGN(const std::uint64_t computed, next(SequenceKey('n')));
  TUPU_ASSIGN(const std::uint64_t asserted, next(AssertedNodeSequenceKey()));
  // Sequences hold the next number or the last one; one more does no harm.
  out.computed = computed + 1;
  out.first_asserted = kFirstAssertedNode;
  out.asserted = asserted >= kFirstAssertedNode ? asserted - kFirstAssertedNode + 1 : asserted + 1;
  return out;
}

Status View::ForEachNodeProperty(std::string_view property,
                                 const std::function<bool(NodeId, const Value&)>& visit) const {
  {
    const auto cursor = impl_->kv->Scan(Space::kGraph, NodePrefix());
    for (; cursor->Valid(); cursor->Next()) {
      NodeId node;
      if (!DecodeNodeKey(cursor->key(), node)) return Damaged("a node's key");
      TUPU_ASSIGN(const NodeRecord record, Node(node));
      const auto found = record.properties.find(std::string(property));
      if (found != record.properties.end() && !visit(node, found->second)) return {};
    }
    TUPU_TRY(cursor->status());
  }
  const auto number = impl_->names->Find(NameKind::kProperty, property);
  if (!number) return {};
  const auto cursor = impl_->kv->Scan(Space::kGraph, AssertedNodePrefix());
  AssertedNode asserted;
  for (; cursor->Valid(); cursor->Next()) {
    NodeId node;
    if (!DecodeAssertedNodeKey(cursor->key(), node) ||
        !DecodeAssertedNode(cursor->value(), asserted)) {
      return Damaged("an asserted node");
    }
    for (const auto& [name, value] : asserted.properties) {
      if (name == *number && !visit(node, value)) return {};
    }
  }
  return cursor->status();
}

}  // namespace tupu::graph
