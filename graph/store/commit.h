// One commit: documents taken away and documents added, turned into one batch of writes.
//
// Reads what is stored of the nodes and edges that the documents touch, subtracts, adds, and writes
// what came of it: records, adjacency, indexes, counters. Never the statements of other documents.
// Where a value lost the last document of its latest date, the supports of that one node or edge
// are scanned for the next (FORMAT.md).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/store/facts.h"
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
  // `kv` must outlive the commit; the first one of a store writes the format version too.
  Commit(const KvSnapshot& kv, std::shared_ptr<const Names> names, bool first);

  // Fills in the batch. A corrected document is in both lists, with one number; those in `added`
  // that are new have number kNewDocument and get one here. Once only.
  Status Run(const CommitDocuments& removed, const CommitDocuments& added);

  const KvBatch& batch() const { return batch_; }
  // With those that the commit brought.
  std::shared_ptr<const Names> names() const { return names_; }

  static constexpr DocumentId kNewDocument{~std::uint64_t{0}};

 private:
  struct NodeWork {
    Hash128 id;
    NodeId number;
    bool stored = false;
    StoredNode node;
  };
  struct EdgeWork {
    EdgeId number;
    TypeId type;
    std::uint32_t from = 0, to = 0;  // in nodes_
    bool stored = false;
    std::string key;  // adjacency, out-going
    StoredEdge edge;
  };
  // Which work the nodes and edges of a document are.
  struct Places {
    std::vector<std::uint32_t> nodes, edges;
  };

  Status NumberDocuments(const CommitDocuments& added);
  Status LoadNodes(const CommitDocuments& removed, const CommitDocuments& added);
  Status LoadEdges(const CommitDocuments& removed, const CommitDocuments& added);
  Status FindEdges(const CommitDocuments& docs, std::vector<Places>& places);
  Status Subtract(const CommitDocument& doc, const Places& places);
  Status RefreshLatest();
  Status RefreshLatest(SupportKind kind, std::uint64_t number, Profile& profile);
  Status FindLatest(SupportKind kind, std::uint64_t number, Count& count);
  void Add(const CommitDocument& doc, const Places& places);
  void WriteDocuments(const CommitDocuments& removed, const CommitDocuments& added);
  Status WriteNode(NodeWork& work);
  void WriteEdge(EdgeWork& work);
  void WriteNames(const NodeWork& work);
  void WriteCounters();

  std::uint32_t PropertyNumber(const Fact& fact);
  bool SubtractFacts(const CommitDocument& doc, FactRange range, Profile& profile);
  std::string AddFacts(const CommitDocument& doc, FactRange range, Profile& profile);
  std::uint32_t Intern(NameKind kind, std::string_view name);
  Result<std::uint64_t> Sequence(const std::string& key);
  Error Damaged(const std::string& what) const;

  const KvSnapshot& kv_;
  std::shared_ptr<const Names> names_;
  std::shared_ptr<Names> new_names_;  // the same as names_ once there are new ones
  KvBatch batch_;
  std::map<std::string, std::int64_t> counters_;

  std::vector<NodeWork> nodes_;
  std::vector<EdgeWork> edges_;
  std::size_t removed_nodes_ = 0, removed_edges_ = 0;  // the first ones: of removed documents
  std::unordered_map<Hash128, std::uint32_t> node_index_;
  std::unordered_map<std::string, std::uint32_t> edge_index_;
  std::vector<Places> removed_places_, added_places_;
  std::unordered_set<std::uint64_t> removed_numbers_;
  std::map<std::uint32_t, std::uint64_t> edge_sequences_;
};

}  // namespace tupu::graph
