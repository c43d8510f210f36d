// Deleting what documents state: it is rejected, and the graph follows at once.
#include "graph/store/commit.h"
#include "graph/store/facts.h"
#include "graph/store/transaction.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// As IsRejected (facts.h) reads it.
std::string TitleOf(const Statement& stmt) {
  const auto title = stmt.properties.find("title");
  if (title == stmt.properties.end()) return {};
  return title->second.kind() == ValueKind::kString ? title->second.as_string()
                                                    : ToJson(title->second);
}

}  // namespace

// One for each key that some document names it by.
Status Transaction::RejectKeys(NodeId node, std::vector<Judgement>& rejects) const {
  TUPU_ASSIGN(const StoredNode stored, impl_->ReadNode(node));
  for (const NodeMember& member : stored.members) {
    Judgement one;
    one.kind = JudgementKind::kRejectEntity;
    one.a = member.key;
    one.any_document = true;
    rejects.push_back(std::move(one));
  }
  return {};
}

// One for each pair of keys that some document says the edge of.
Status Transaction::RejectStatements(EdgeId edge, std::vector<Judgement>& rejects) const {
  TUPU_ASSIGN(const StoredEdge stored, impl_->ReadEdge(edge));
  TUPU_ASSIGN(const std::vector<Statement> statements, view_.EdgeStatements(edge));
  for (const Statement& stmt : statements) {
    Judgement one;
    one.kind = JudgementKind::kReject;
    one.a = stmt.subject;
    one.b = stmt.object;
    one.any_document = true;
    one.type = view_.TypeName(TypeOf(edge));
    if (!stored.title.empty()) one.title = TitleOf(stmt);
    rejects.push_back(std::move(one));
  }
  return {};
}

Status Transaction::Judge(std::vector<Judgement> rejects) {
  TUPU_ASSIGN(const std::shared_ptr<const Judgements> before, impl_->ReadJudgements());
  std::map<std::string, Judgement> lines = before->lines();
  for (Judgement& one : rejects) {
    if (one.about_fact()) {
      Judgement opposite = one;
      opposite.kind = JudgementKind::kConfirm;
      if (const std::string line = opposite.ToLine(); lines.erase(line) > 0) {
        kv_->Delete(Space::kMeta, JudgementKey(line));
      }
    }
    const std::string line = one.ToLine();
    if (!lines.emplace(line, one).second) continue;
    kv_->Put(Space::kMeta, JudgementKey(line), {});
    judged_.added.push_back(std::move(one));
  }
  std::vector<Judgement> all;
  for (auto& [line, one] : lines) all.push_back(std::move(one));
  TUPU_ASSIGN(Judgements made, Judgements::Make(all));
  judged_.after = std::make_shared<const Judgements>(std::move(made));

  graph::Commit commit({*kv_, *before, *judged_.after, *host_.indexes, false, host_.other_rules},
                       impl_->names);
  TUPU_TRY(commit.Run({}, {}));
  host_.other_rules = false;
  bool readable = true;
  commit.TakeBatch().ForEach(
      [&](KvBatch::Op op, Space space, std::string_view key, std::string_view value) {
        std::int64_t delta = 0;
        switch (op) {
          case KvBatch::Op::kPut:
            return kv_->Put(space, key, value);
          case KvBatch::Op::kDelete:
            return kv_->Delete(space, key);
          case KvBatch::Op::kAdd:
            readable = readable && DecodeCounter(value, delta);
            return kv_->Add(key, delta);
        }
      });
  TUPU_INVARIANT(readable);
  host_.names = impl_->names = commit.names();
  new_names_ = nullptr;
  impl_->judged = std::make_shared<View::Impl::Judged>();
  impl_->judged->judgements = judged_.after;
  for (const NodeId node : commit.GoneNodes()) deleted_nodes_.insert(node.value);
  for (const EdgeId edge : commit.GoneEdges()) deleted_edges_.insert(edge.value);
  return {};
}

Status Transaction::Delete(const std::set<NodeId>& nodes, const std::set<EdgeId>& edges) {
  std::vector<Judgement> rejects;
  std::set<std::uint64_t> rejected;  // nodes
  for (const NodeId node : nodes) {
    if (IsDeleted(node)) continue;
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      std::vector<Neighbour> neighbours;
      TUPU_TRY(view_.Expand(node, direction, {}, neighbours));
      for (const Neighbour& one : neighbours) TUPU_CONTRACT(edges.contains(one.edge));
    }
    if (IsAsserted(node)) continue;
    TUPU_TRY(RejectKeys(node, rejects));
    rejected.insert(node.value);
  }
  for (const EdgeId edge : edges) {
    if (IsDeleted(edge)) continue;
    if (IsAsserted(edge)) {
      TUPU_TRY(DeleteAsserted(edge));
      continue;
    }
    TUPU_ASSIGN(const StoredEdge stored, impl_->ReadEdge(edge));
    if (!rejected.contains(stored.from.value) && !rejected.contains(stored.to.value)) {
      TUPU_TRY(RejectStatements(edge, rejects));
    }
    deleted_edges_.insert(edge.value);
    ++counts_.edges_deleted;
  }
  for (const NodeId node : nodes) {
    if (IsDeleted(node)) continue;
    if (IsAsserted(node)) {
      TUPU_TRY(DeleteAsserted(node));
      continue;
    }
    deleted_nodes_.insert(node.value);
    ++counts_.nodes_deleted;
  }
  return rejects.empty() ? Status() : Judge(std::move(rejects));
}

}  // namespace tupu::graph
