// What check is made of: one pass over records, documents and index entries after the other, each
// of which leaves the next what to compare with. Run (check.cpp) has their order.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/resolve/judgements.h"
#include "graph/store/facts.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {

class Checker {
 public:
  Checker(const KvSnapshot& kv, const Names& names)
      : kv_(kv),
        names_(names),
        name_property_(names.Find(NameKind::kProperty, "name").value_or(0)) {}

  // One line a finding. Once only.
  Result<std::vector<std::string>> Run();

 private:
  // A node or edge as it is stored and as its documents have it.
  struct Expected {
    std::string who;
    bool broken = false;  // reported already; nothing below it can be compared
    std::uint64_t number = 0;
    Profile stored;
    Profile counted;
    // Of nodes: documents by the hash of each key.
    std::map<Hash128, std::uint64_t> stored_keys, counted_keys;
  };

  void Find(std::string finding);
  template <class Visit>
  Status Scan(Space space, const std::string& prefix, const Visit& visit) {
    const auto cursor = kv_.Scan(space, prefix);
    for (; cursor->Valid(); cursor->Next()) TUPU_TRY(visit(cursor->key(), cursor->value()));
    return cursor->status();
  }
  Result<bool> Has(Space space, const std::string& key) const;
  std::string EdgeName(EdgeId edge) const;
  Status CheckRules();

  // Records by themselves, and what must stand in the indexes because of them (record_check.cpp).
  Status CheckNodes();
  Status CheckNode(NodeId number, const StoredNode& node);
  // Whether exactly those keys are joined in the node that should be.
  Status CheckJoined(const std::string& who, const StoredNode& node);
  void CheckSlots(const std::string& who, const Profile& profile);
  Status CheckEdges();

  // What the documents' statements say, counted anew from nothing and compared (recount_check.cpp).
  // Of the nodes and edges whose number leaves `part` when divided by `parts`.
  Status CountDocuments(std::uint64_t part, std::uint64_t parts);
  Status CheckDocument(const std::string& who, const FoundDocument& doc);
  Status CountDocument(const std::string& who, const FoundDocument& doc,
                       const StatementTable& table, DocumentFacts& facts, std::uint64_t part,
                       std::uint64_t parts);
  // The numbers of a document's nodes, those that are one made one.
  Status FindNumbers(const std::string& who, const StatementTable& table, DocumentFacts& facts,
                     std::uint64_t part, std::vector<std::optional<NodeId>>& numbers);
  Status CountFacts(SupportKind kind, Expected& expected, const std::string& who, DocumentId doc,
                    DateNumber date, const DocumentFacts& facts, FactRange range);
  void Compare(const Expected& expected);
  Status CompareNodes(std::uint64_t part, std::uint64_t parts);
  Status CompareEdges(std::uint64_t part, std::uint64_t parts);

  // From index entries back to what should have made them (entry_check.cpp).
  Status CheckIndex();
  Result<std::optional<StoredNode>> ReadNode(NodeId number) const;
  Status CheckAdjacency();
  Status CheckDocumentSpaces();

  // Numbers kept of all of it.
  Status CheckCounters();
  std::string CounterName(std::string_view key) const;
  Status CheckSequences();

  const KvSnapshot& kv_;
  const Names& names_;
  const std::uint32_t name_property_;
  std::shared_ptr<const Judgements> judgements_;
  std::vector<std::string> findings_;
  std::uint64_t dropped_ = 0;

  std::unordered_set<std::uint64_t> nodes_, documents_;
  std::uint64_t edges_ = 0, supports_ = 0;
  std::uint64_t last_document_ = 0, last_node_ = 0;  // the next numbers, by those in use
  std::map<std::uint32_t, std::uint64_t> last_edge_;
  std::map<std::string, std::int64_t> counters_;
  std::unordered_map<std::uint64_t, Expected> expected_nodes_, expected_edges_;
};

}  // namespace tupu::graph
