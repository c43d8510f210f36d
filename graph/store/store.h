// The store: documents, statements and the property graph computed from them.
//
// One Store a process and folder; any number of Views (snapshots), one writer at a time. The graph
// is a function of the set of documents, their claims and the judgements: order, batches and
// threads do not matter.
// What lies on disk is in FORMAT.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"
#include "graph/model/statement.h"
#include "graph/model/value.h"
#include "graph/resolve/clusters.h"
#include "graph/resolve/judgements.h"
#include "graph/store/index_info.h"
#include "graph/store/kv.h"
#include "graph/store/search.h"
#include "graph/store/shared_reads.h"

namespace tupu::graph {

enum class Direction : std::uint8_t { kOut = 0, kIn = 1 };

// One entry of a node's adjacency.
struct Neighbour {
  EdgeId edge;
  TypeId type;
  NodeId node;  // the other end
};

struct NodeRecord {
  std::string type;                 // that documents give it; empty for an asserted node
  std::vector<std::string> labels;  // sorted
  Properties properties;            // with "id", "name", "aliases" (all other forms)
};

struct EdgeRecord {
  std::string type;
  NodeId from;
  NodeId to;
  Properties properties;  // with "status"
};

// What is kept of a document beside its text.
struct DocumentHeader {
  std::string id, title, source, url, date;
  bool date_inferred = false;
  // Whether the document came with them; else they were found in its text.
  bool title_given = false, date_given = false;
  Hash128 text_hash;
  std::string version;  // schemas and model that it was extracted with
  std::vector<Article> articles;
  std::uint32_t statements = 0;
};

// Whether `doc` is stored just as it is, extracted with this version: nothing new to be had from
// it.
bool IsUnchanged(const DocumentHeader& header, const Document& doc, std::string_view version);
// The document as it came, from what is stored of it.
Document ToDocument(const DocumentHeader& header, std::string text);

struct StoreCounts {
  std::uint64_t documents = 0, statements = 0, nodes = 0, edges = 0;
  std::vector<std::pair<std::string, std::uint64_t>> nodes_by_label;  // by name
  std::vector<std::pair<std::string, std::uint64_t>> edges_by_type;   // by name
};

// What wrote asserted elements: one import, one user's transaction.
struct OriginInfo {
  std::uint64_t number = 0;
  std::string kind;                    // "import", "query"
  std::uint64_t nodes = 0, edges = 0;  // of it that are there; only View::Origins counts them
  // What it set on computed elements, there or not; likewise.
  std::uint64_t properties = 0, labels = 0;
};
struct OriginRemoval {
  std::uint64_t nodes = 0, edges = 0;
  std::uint64_t properties = 0, labels = 0;  // of computed elements that it had set
  std::uint64_t edges_of_others = 0;         // went with the nodes that they joined
};

struct FoundNodes {
  std::vector<NodeId> nodes;
  bool exact = false;  // as in View::FindNodes
};

// A property of a computed element that was set by hand; null: it was taken away.
struct OverlaidProperty {
  std::string name;
  Value value;
  OriginInfo origin;
};

// A label that a computed node has by hand.
struct OverlaidLabel {
  std::string name;
  OriginInfo origin;
};

// One property or label that an origin set on what documents make of a key, or of a relation
// between two: whether they do or not, and whether it shows or what another origin set.
struct OverlayRecord {
  EntityKey from, to;          // of a node `from` alone
  std::string type;            // of an edge
  std::optional<NodeId> node;  // that it lies on; or
  std::optional<EdgeId> edge;  // nothing where there is none
  bool label = false;
  std::string name;
  Value value;  // null: taken away; of a label else true
  std::uint64_t origin = 0;
};

// Where the numbers of nodes lie: below `computed`, and from `first_asserted` on fewer than
// `asserted`. Some may be of no node.
struct NodeNumbers {
  std::uint64_t computed = 0;
  std::uint64_t first_asserted = 0;
  std::uint64_t asserted = 0;
};

// A consistent view. Cheap to copy. Callbacks return false to stop. All reads may fail with
// kCorruption or kIo; no read modifies anything. Safe to share between threads.
class View {
 public:
  // Documents, in order of id.
  Result<std::optional<DocumentHeader>> FindDocument(std::string_view id) const;
  Result<std::string> DocumentText(std::string_view id) const;
  Status ForEachDocument(const std::function<bool(const DocumentHeader&)>& visit) const;

  // Statements, in order of id within a document.
  Status ForEachStatement(std::string_view document_id,
                          const std::function<bool(const Statement&)>& visit) const;
  // Those behind a node (naming it or giving it a property), and behind an edge.
  Result<std::vector<Statement>> NodeStatements(NodeId node) const;
  Result<std::vector<Statement>> EdgeStatements(EdgeId edge) const;
  // Statements about a relation between two nodes that judgements reject; there may be no edge.
  Result<std::vector<Statement>> RejectedStatements(NodeId from, std::string_view type,
                                                    NodeId to) const;
  // Statements that name an entity or give it a property, of documents in which it is rejected.
  Result<std::vector<Statement>> RejectedStatements(const EntityKey& entity) const;

  // The judgements by which the graph stands.
  Result<std::shared_ptr<const Judgements>> StoredJudgements() const;
  // The keys of the entities that are joined in a node, sorted; none for an asserted one.
  Result<std::vector<EntityKey>> NodeKeys(NodeId node) const;
  // Why those are one: what joins them, perhaps by way of keys that no document names.
  Result<std::vector<KeyLink>> NodeLinks(NodeId node) const;

  // The property graph. Numbers are dense-ish and hold for this store only.
  Result<StoreCounts> Counts() const;
  std::optional<LabelId> FindLabel(std::string_view label) const;
  std::optional<TypeId> FindType(std::string_view type) const;
  std::string TypeName(TypeId type) const;
  Result<std::uint64_t> CountNodes(std::optional<LabelId> label) const;
  Result<std::uint64_t> CountEdges(std::optional<TypeId> type) const;
  // In order of number.
  Status ForEachNode(std::optional<LabelId> label, const std::function<bool(NodeId)>& visit) const;
  Status ForEachEdge(
      std::optional<TypeId> type,
      const std::function<bool(EdgeId, TypeId, NodeId from, NodeId to)>& visit) const;
  // Appends the adjacency of `node`: all types if `types` is empty.
  Status Expand(NodeId node, Direction direction, std::span<const TypeId> types,
                std::vector<Neighbour>& out) const;
  // The part of it that leads to one other node, at the cost of a block or two even at a hub.
  Status ExpandTo(NodeId node, Direction direction, std::span<const TypeId> types, NodeId other,
                  std::vector<Neighbour>& out) const;
  Result<NodeRecord> Node(NodeId node) const;
  Result<EdgeRecord> Edge(EdgeId edge) const;
  Result<bool> HasLabel(NodeId node, LabelId label) const;
  // Nodes whose `id` property, or whose name or alias (folded, exact), is this.
  Result<std::optional<NodeId>> FindNodeById(std::string_view id) const;
  Result<std::vector<NodeId>> FindNodesByName(std::string_view name) const;
  // Nodes whose property `id` or `name` may be equal to the value; those of another value, and
  // names that differ in folding, may be among them. `exact`, if given, says whether all of them
  // have just this value, of the same kind.
  Result<std::vector<NodeId>> FindNodes(std::string_view property, const Value& value,
                                        bool* exact = nullptr) const;
  // The same of many values, read together: `found` gets one element a value. Nothing in it stands
  // for a value that has to be asked by itself: a name that is a text, one that very many nodes
  // have, or an integer beside one.
  Status FindNodes(std::string_view property, std::span<const Value> values,
                   std::vector<std::optional<FoundNodes>>& found) const;
  // Names (and aliases) that begin with `prefix`, folded, in order, at most `limit`: for
  // completion.
  Result<std::vector<std::string>> CompleteName(std::string_view prefix, std::size_t limit) const;
  std::vector<std::string> Labels() const;         // those in use, sorted
  std::vector<std::string> RelationTypes() const;  // those in use, sorted
  std::vector<std::string> PropertyKeys() const;   // those that were ever in use, sorted
  Result<NodeNumbers> Numbers() const;
  // All nodes that have the property, in order of number.
  Status ForEachNodeProperty(std::string_view property,
                             const std::function<bool(NodeId, const Value&)>& visit) const;
  // All origins by number, with what there is of each: reads every asserted element.
  Result<std::vector<OriginInfo>> Origins() const;
  // What wrote an element; nothing for one that is computed from documents.
  Result<std::optional<OriginInfo>> OriginOf(NodeId node) const;
  Result<std::optional<OriginInfo>> OriginOf(EdgeId edge) const;
  // What was set by hand on a computed element, by name; nothing on asserted ones.
  Result<std::vector<OverlaidProperty>> Overlays(NodeId node) const;
  Result<std::vector<OverlaidProperty>> Overlays(EdgeId edge) const;
  Result<std::vector<OverlaidLabel>> OverlaidLabels(NodeId node) const;
  // All that was set so, of nodes and then of edges.
  Status ForEachOverlay(const std::function<bool(const OverlayRecord&)>& visit) const;
  // Indexes that users made, as far as they can be used; by number.
  std::vector<IndexInfo> Indexes() const;
  std::optional<IndexInfo> FindIndex(bool of_edges, std::string_view label,
                                     std::string_view property) const;
  // Another number where there are, or may be, other indexes.
  std::uint64_t index_version() const;
  Result<IndexCounts> CountIndex(std::uint32_t index) const;
  // The nodes, or edges, with values in the range, by value and number; some beside it may be among
  // them.
  Status SeekIndex(std::uint32_t index, const IndexRange& range,
                   const std::function<bool(std::uint64_t)>& visit) const;
  // What all readers of this state share; null where the view is of no committed state.
  SharedReads* shared() const;

  // The best `limit` matches (0: all), the best first, then by id.
  Result<std::vector<SearchHit>> Search(SearchKind kind, const SearchQuery& query,
                                        std::size_t limit) const;
  // Whether everything is indexed as it is now: Store::UpdateSearch would do nothing.
  Result<bool> SearchIsCurrent() const;

  struct Impl;
  explicit View(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

 private:
  friend class Store;
  Status ForEachAssertedNode(std::optional<LabelId> label,
                             const std::function<bool(NodeId)>& visit) const;
  // All asserted edges, then all asserted nodes, each with the number of its origin.
  Status ForEachAsserted(const std::function<Status(std::uint64_t, NodeId)>& node,
                         const std::function<Status(std::uint64_t, EdgeId)>& edge) const;

  std::shared_ptr<const Impl> impl_;
};

class BulkLoad;
class Transaction;

// What one document brings.
struct DocumentClaims {
  Document document;
  Claims claims;
};

struct ApplyReport {
  std::uint64_t added = 0, corrected = 0, unchanged = 0, removed = 0;
};

class Store {
 public:
  ~Store();
  // Opens DIR; `schema` gives labels and must outlive the store and its views. kReadOnly opens
  // beside a running writer, whose last commit it shows, as of the moment of opening. For the other
  // modes and for failures see OpenRocksKv. A folder without a first commit is a store of no
  // documents.
  static Result<std::unique_ptr<Store>> Open(const std::filesystem::path& dir, OpenMode mode,
                                             const Schema& schema);
  static Result<std::unique_ptr<Store>> OpenInMemory(const Schema& schema);

  View Snapshot() const;

  // Adds or corrects documents, whole, in one atomic commit. A document with the same id and text
  // and version changes nothing. Ids within one call must differ.
  Result<ApplyReport> Apply(std::span<const DocumentClaims> documents, std::string_view version,
                            bool sync = false);
  // Takes documents away with exactly their facts; those that are not there are named in `missing`.
  Result<ApplyReport> Remove(std::span<const std::string> ids, std::vector<std::string>* missing);

  // Takes away what an origin wrote, and relationships of others that hang on its nodes; what it
  // set on computed elements gives way to what documents, or other origins, say. Then nothing is
  // left of it, its number is never given again. In commits of bounded size: cut off between two of
  // them, the store is in order and the next call does the rest. kInvalidInput for a number that is
  // none.
  Result<OriginRemoval> RemoveOrigin(std::uint64_t origin);

  // Puts these judgements in the place of those that the store has, in one atomic commit that is on
  // disk when it returns. Documents need not be there yet.
  Status Judge(const Judgements& judgements);

  // Has `keep` told what transactions reject (Transaction::Delete), before they commit:
  // whoever holds the judgements outside the store. Where it fails, they do.
  void KeepJudgements(std::function<Status(std::span<const Judgement>)> keep);

  // Indexes for search what is not yet, in commits of some megabytes of text. Searching needs no
  // index, it is only slower without; building, corrections and removals merely note what has to be
  // indexed anew. Until the first call they do not even that.
  Status UpdateSearch();

  // Adds the state of the store to the backups in `dir`, which is made where it is missing, and
  // drops all of them but the last `keep` (0: none). Files that the last backup has are not copied
  // again. kInvalidInput where `dir` holds something else.
  Result<BackupInfo> BackUp(const std::filesystem::path& dir, std::uint32_t keep);
  // Gives back the room that corrections and removals left.
  Status Compact();

  // Begins to write by hand (transaction.h), once nobody else writes; kConflict if that takes
  // longer than `wait`. The store must outlive it.
  Result<std::unique_ptr<Transaction>> Begin(
      std::chrono::milliseconds wait = std::chrono::seconds(10));
  // The same if the store is as `seen` shows it; else kConflict: somebody has written since.
  Result<std::unique_ptr<Transaction>> BeginFrom(
      const View& seen, std::chrono::milliseconds wait = std::chrono::seconds(10));

  // Makes an index, with all its entries, which readers see from then on; waits as Begin does. An
  // empty name stands for one made of label and property. False, and nothing done, with
  // `if_missing` where there is one like it or of its name; else that is an error, as is a
  // constraint that does not hold. Documents are not bound by constraints: two nodes that are
  // computed from them may come to share a value.
  Result<bool> CreateIndex(IndexDefinition definition, bool if_missing,
                           std::chrono::milliseconds wait = std::chrono::seconds(10));
  // Drops the index, or constraint, of that name. False with `if_there` where there is none.
  Result<bool> DropIndex(std::string_view name, bool constraint, bool if_there,
                         std::chrono::milliseconds wait = std::chrono::seconds(10));

  // Begins to load many nodes and edges (bulk_load.h), as Begin does; `kind` names their origin.
  Result<std::unique_ptr<BulkLoad>> BeginLoad(
      std::string_view kind, std::chrono::milliseconds wait = std::chrono::seconds(10));

  // Cross-checks every index against every other; one line a finding, empty when clean.
  Result<std::vector<std::string>> Check() const;

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  // The write lock; kConflict if it takes longer to get than `wait`.
  Result<std::shared_ptr<void>> Lock(std::chrono::milliseconds wait);
  std::unique_ptr<Transaction> BeginLocked(std::shared_ptr<void> lock);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::graph
