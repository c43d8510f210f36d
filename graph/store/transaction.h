// A transaction: writes by hand that become visible together or not at all.
//
// It holds the store's single write lock from its beginning to its end, and reads the state of its
// beginning with its own writes on top. Readers never wait for it. What it creates are asserted
// elements (asserted.h); properties and labels that it sets on elements computed from documents are
// overlays (overlays.h).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/asserted.h"
#include "graph/store/index_catalog.h"
#include "graph/store/layered_kv.h"
#include "graph/store/overlays.h"
#include "graph/store/store.h"

namespace tupu::graph {

// What a transaction has changed so far; a property set to what it was counts as set.
struct UpdateCounts {
  std::uint64_t nodes_created = 0, nodes_deleted = 0;
  std::uint64_t edges_created = 0, edges_deleted = 0;
  std::uint64_t labels_added = 0, labels_removed = 0;
  std::uint64_t properties_set = 0;
  // Of commands that are no part of a transaction.
  std::uint64_t indexes_added = 0, indexes_removed = 0;
  std::uint64_t constraints_added = 0, constraints_removed = 0;
  bool operator==(const UpdateCounts&) const = default;
  // What came behind `before`.
  UpdateCounts operator-(const UpdateCounts& before) const;
};

// For one thread at a time, the one that began it. Going without Commit takes everything back.
class Transaction {
 public:
  // What it has judged.
  struct Judged {
    std::shared_ptr<const Judgements> after;
    std::vector<Judgement> added;
  };
  // What the store does for it: `commit` writes; `lock` is given back at the end, whatever it is.
  struct Host {
    std::shared_ptr<const KvSnapshot> kv;
    std::shared_ptr<const Names> names;
    std::shared_ptr<const IndexCatalog> indexes;
    bool other_rules = false;  // keys are to be joined anew with the next commit of documents
    std::function<Status(const KvBatch&, std::shared_ptr<const Names>, const Judged*)> commit;
    std::shared_ptr<void> lock;
    bool first = false;  // the store has had no commit
  };
  explicit Transaction(Host host);
  ~Transaction();

  // Sees the writes made so far, at once. Only for this transaction's thread.
  const View& view() const { return view_; }

  // Properties that are null are left out. kInvalidInput for values that are not stored: nodes,
  // edges, paths, maps, and lists with any of these or with lists within. Labels may repeat.
  Result<NodeId> CreateNode(const std::vector<std::string>& labels, const Properties& properties);
  Result<EdgeId> CreateEdge(std::string_view type, NodeId from, NodeId to,
                            const Properties& properties);
  // Reads ahead, together, the lists of edges of some nodes, which are soon to be looked through or
  // added to. Forgets those of the call before.
  struct EdgeList {
    NodeId node;
    Direction direction = Direction::kOut;
    std::string_view type;
  };
  Status Fetch(std::span<const EdgeList> lists);
  // Sets one property; null removes it. What documents say of a computed element stays below: it
  // shows again when the origin is taken away. Its `id` cannot be set, `name` has to be a text and
  // `status` one of ClaimStatusName: else kInvalidInput.
  Status SetProperty(NodeId node, std::string_view name, const Value& value);
  Status SetProperty(EdgeId edge, std::string_view name, const Value& value);
  // What a computed node's type gives cannot be taken away: else kInvalidInput.
  Status AddLabel(NodeId node, std::string_view label);
  Status RemoveLabel(NodeId node, std::string_view label);
  // Deletes nodes and edges, all edges of those nodes among them. What is computed from documents
  // is rejected, by judgements of the kind that `tupu reject` makes, for whatever document: a node
  // by each of its keys, and with it its edges; other edges by each pair of keys that documents say
  // them of. Other computed elements may become one, or several, by that: those that are no more
  // are deleted, too. Deleting what is deleted already does nothing. Better all at once.
  Status Delete(const std::set<NodeId>& nodes, const std::set<EdgeId>& edges);
  Status DeleteNode(NodeId node) { return Delete({node}, {}); }
  Status DeleteEdge(EdgeId edge) { return Delete({}, {edge}); }

  // Drops what an origin set in an overlay; whatever is behind it shows again. How much it was.
  Result<std::uint64_t> TakeBack(const NodeOverlay& overlay, OriginId origin);
  Result<std::uint64_t> TakeBack(const EdgeOverlay& overlay, OriginId origin);
  // Drops the record of an origin that has no elements any more.
  void ForgetOrigin(OriginId origin);

  bool IsDeleted(NodeId node) const { return deleted_nodes_.contains(node.value); }
  bool IsDeleted(EdgeId edge) const { return deleted_edges_.contains(edge.value); }

  const UpdateCounts& counts() const { return counts_; }
  // On disk when it returns. Nothing may be called behind it.
  Status Commit();

 private:
  std::uint32_t Intern(NameKind kind, std::string_view name);
  Result<std::uint64_t> TakeNumber(const std::string& key);
  Result<OriginId> Origin();
  Result<StoredProperties> ToStored(const Properties& properties);
  void WriteNode(NodeId id, const AssertedNode& node);
  // Brings the users' indexes from what an element was to what it is; null: was, or is, not there.
  // Fails where a constraint does not allow it.
  template <class Id, class Record>
  Status Reindex(Id id, const Record* before, const Record* after);
  Status Reindex(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after,
                 bool bound);
  Status DeleteAsserted(NodeId node);
  Status DeleteAsserted(EdgeId edge);
  // Of computed elements (transaction_overlay.cpp, transaction_reject.cpp).
  Status RejectKeys(NodeId node, std::vector<Judgement>& rejects) const;
  Status RejectStatements(EdgeId edge, std::vector<Judgement>& rejects) const;
  Status Judge(std::vector<Judgement> rejects);
  Status SetOverlay(NodeId id, std::string_view name, const Value& value);
  Status SetOverlay(EdgeId id, std::string_view name, const Value& value);
  Status SetLabelOverlay(NodeId id, std::string_view label, bool has);
  // Puts an item into the overlay of a node, and writes the node anew.
  Status PutOverlay(NodeOverlayKind kind, NodeId id, const StoredNode& node, OverlayItem item);
  // Writes the record anew after its overlay changed. `bound`: constraints hold for it.
  Status WriteOverlaid(NodeId id, const StoredNode& before, bool bound);
  Status WriteOverlaid(EdgeId id, const StoredEdge& before, bool bound);
  Status IndexProperty(NodeId id, std::uint32_t property, const Value& value, bool add);

  Host host_;
  std::shared_ptr<LayeredKv> kv_;
  std::shared_ptr<Names> new_names_;  // once there are new ones
  std::shared_ptr<View::Impl> impl_;
  View view_;
  bool search_ = false;  // there is a full-text index
  std::optional<OriginId> origin_;
  std::map<std::string, std::uint64_t> sequences_;  // next numbers, by key; written with the commit
  UpdateCounts counts_;
  std::set<std::uint64_t> deleted_nodes_, deleted_edges_;
  Judged judged_;  // `after` is null where nothing was
};

}  // namespace tupu::graph
