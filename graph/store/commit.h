// One commit: documents taken away and documents added, turned into one batch of writes.
//
// Reads what is stored of the nodes and edges that the documents touch, subtracts, adds, and writes
// what came of it: records, adjacency, indexes, counters. The statements of other documents are
// read only where keys come to be joined or parted that both have documents already, or where
// judgements about facts or entities change: those documents are subtracted as they counted and
// added as they count now. Where a value lost the last document of its latest date, the supports of
// that one node or edge are scanned for the next (FORMAT.md).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/resolve/clusters.h"
#include "graph/resolve/judgements.h"
#include "graph/store/facts.h"
#include "graph/store/index_catalog.h"
#include "graph/store/keys.h"
#include "graph/store/kv.h"
#include "graph/store/names.h"
#include "graph/store/records.h"
#include "graph/store/statement_table.h"

namespace tupu::graph {

// A document as a commit needs it. Not to be moved once its facts are collected; keep it by
// pointer.
struct CommitDocument {
  DocumentId number;
  DateNumber date = 0;
  DocumentHeader header;
  StatementTable table;
  DocumentFacts facts;
  // Of documents to be added only:
  std::string_view text;  // the caller's
  std::string block;      // the table, encoded
};
using CommitDocuments = std::vector<std::unique_ptr<CommitDocument>>;

class Commit {
 public:
  // Everything must outlive the commit; the first one of a store writes the format version too.
  // `before` are the judgements by which the store stands, `after` those by which it will.
  // `resolve_all`: the store was made with other rules, or before there were any.
  struct Setting {
    const KvSnapshot& kv;
    const Judgements& before;
    const Judgements& after;
    const IndexCatalog& indexes;
    bool first = false;
    bool resolve_all = false;
  };
  Commit(const Setting& setting, std::shared_ptr<const Names> names);

  // Fills in the batch. A corrected document is in both lists, with one number; those in `added`
  // that are new have number kNewDocument and get one here. The facts of the first are collected
  // by the judgements before, those of the second by the judgements after. Once only.
  Status Run(const CommitDocuments& removed, const CommitDocuments& added);

  KvBatch TakeBatch() { return std::move(batch_); }
  // With those that the commit brought.
  std::shared_ptr<const Names> names() const { return names_; }
  // Nodes and edges computed from documents that were stored and are no more.
  std::vector<NodeId> GoneNodes() const;
  std::vector<EdgeId> GoneEdges() const;

  static constexpr DocumentId kNewDocument{~std::uint64_t{0}};

 private:
  static constexpr std::uint32_t kNone = 0xffffffffu;
  // A key that some document here names, or that has to do with one.
  struct KeyWork {
    EntityKey key;
    Hash128 id;
    bool was = false, is = false;                      // named by documents, before and after
    std::int64_t change = 0;                           // in the number of those documents
    NodeId number;                                     // where it was
    std::uint32_t old_node = kNone, new_node = kNone;  // in nodes_
  };
  struct NodeWork {
    NodeId number;
    bool stored = false;
    bool touched = false;                 // by a document here
    std::uint64_t seen = 0;               // the last document placed that names it
    StoredNode node;                      // its overlay as it was, until it is written
    std::vector<IndexEntry> entries;      // in the users' indexes, before
    std::vector<std::uint32_t> old_keys;  // of keys_; filled in where a node goes
  };
  struct EdgeWork {
    EdgeId number;
    TypeId type;
    std::uint32_t from = 0, to = 0;  // in nodes_
    bool stored = false;
    std::string key;  // adjacency, out-going
    StoredEdge edge;
    std::vector<IndexEntry> entries;  // in the users' indexes, before
  };
  // Which work the nodes and edges of a document are.
  struct Places {
    std::vector<std::uint32_t> keys;  // by key of the table; kNone where it is no node
    std::vector<std::uint32_t> nodes, edges;
  };
  using Documents = std::vector<CommitDocument*>;
  using DocumentDates = std::map<std::uint64_t, DateNumber>;  // by number

  Status NumberDocuments(const CommitDocuments& added);

  // Keys and how they are joined (commit_keys.cpp).
  std::uint32_t AddKey(const EntityKey& key);
  Status LoadKeys();  // those added since
  Result<std::uint32_t> NewNode();
  Status CollectKeys(const CommitDocument& doc, int change, Places& places);
  Status CountKeys();
  Result<std::vector<EntityKey>> ChangedKeys();
  Status Resolve();
  Status Assign(const std::vector<Cluster>& clusters);
  // Documents that judgements about entities move, and then those that other facts and keys do.
  Status MoveRejected(Documents& removed, Documents& added);
  Status MoveDocuments(Documents& removed, Documents& added);
  Status Move(const DocumentDates& docs, Documents& removed, Documents& added);
  Status FindMoved(DocumentDates& docs) const;
  Status AddSupports(NodeId node, DocumentDates& docs) const;
  Status AddRejecting(const Hash128& key, DocumentDates& docs) const;
  bool IsMoved(const StatementTable& table) const;
  void Place(CommitDocument& doc, bool before, Places& places);
  void WriteKeys();

  Status LoadEdges(const Documents& removed, const Documents& added);
  Status FindEdges(const Documents& docs, std::vector<Places>& places);
  Status Subtract(const CommitDocument& doc, const Places& places);
  Status RefreshLatest();
  Status RefreshLatest(SupportKind kind, std::uint64_t number, Profile& profile);
  Status FindLatest(SupportKind kind, std::uint64_t number, Count& count);
  void Add(const CommitDocument& doc, const Places& places);
  void WriteDocuments(const CommitDocuments& removed, const CommitDocuments& added);
  Status WriteNode(NodeWork& work);
  Status WriteEdge(EdgeWork& work);
  void Reindex(const std::vector<IndexEntry>& before, const std::vector<IndexEntry>& after);
  // Edges by hand at nodes that go (commit_asserted.cpp): to the node that now has their keys, or
  // away with them.
  Status MoveAsserted();
  std::optional<NodeId> HeirOf(std::uint32_t node) const;
  // Overlays (commit_overlays.cpp): the edges that are to be written although no document here says
  // them, for keys that overlays name have come to their ends or left them.
  Status AddOverlaidEdges();
  Status AddOverlaidEdge(std::uint32_t from, std::uint32_t to, TypeId type,
                         const std::string& title);
  Result<StoredProperties> OverlayOfNode(const NodeWork& work) const;
  Result<std::vector<std::uint32_t>> LabelsOfNode(const NodeWork& work) const;
  Result<StoredProperties> OverlayOfEdge(const EdgeWork& work) const;
  // `overlay` is what the node will have; work.node.overlay what it had.
  void WriteNames(const NodeWork& work, const StoredProperties& overlay);
  void WriteCounters();

  std::uint32_t PropertyNumber(const Fact& fact);
  bool SubtractFacts(const CommitDocument& doc, FactRange range, Profile& profile);
  std::string AddFacts(const CommitDocument& doc, FactRange range, Profile& profile);
  std::uint32_t Intern(NameKind kind, std::string_view name);
  Result<std::uint64_t> Sequence(const std::string& key);

  const Setting setting_;
  const KvSnapshot& kv_;
  std::shared_ptr<const Names> names_;
  std::shared_ptr<Names> new_names_;  // the same as names_ once there are new ones
  KvBatch batch_;
  std::map<std::string, std::int64_t> counters_;

  std::vector<KeyWork> keys_;
  std::size_t loaded_keys_ = 0;
  std::unordered_map<Hash128, std::uint32_t> key_index_;
  std::vector<NodeWork> nodes_;
  std::vector<EdgeWork> edges_;
  std::size_t removed_edges_ = 0;  // the first ones: of removed documents
  std::unordered_map<std::uint64_t, std::uint32_t> node_index_;  // by number
  std::optional<std::uint64_t> next_node_;
  std::uint64_t placed_ = 0;
  bool search_ = false;    // there is a full-text index
  bool overlaid_ = false;  // there are overlays
  // That stand before or after, not both.
  std::vector<const Judgement*> changed_keys_, changed_rejects_, changed_entities_;
  CommitDocuments moved_;
  std::unordered_map<std::string, std::uint32_t> edge_index_;
  std::vector<Places> removed_places_, added_places_;
  std::unordered_set<std::uint64_t> removed_numbers_;
  std::map<std::uint32_t, std::uint64_t> edge_sequences_;
};

}  // namespace tupu::graph
