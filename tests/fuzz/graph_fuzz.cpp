// Statements at random over small graphs at random, run in three ways that have to agree:
//   plain   in memory, patterns walked as written, no index, all statements in one transaction;
//   rewritten  in memory, with every rewrite and index, each statement for itself;
//   on disk in RocksDB, by a session, reading statements a second time by their cached plan.
// Compared are rows, errors, what was changed, and the whole graph at the end, which also has to
// pass its own check. Aborts on a difference, having shown the case as statements.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/transaction.h"
#include "query/cypher/printer.h"
#include "query/run.h"
#include "tests/fuzz/graph_case.h"
#include "tests/graph/store/fixture.h"

namespace tupu::fuzz {
namespace {

using graph::Value;
using graph::ValueKind;

struct Outcome {
  std::string error;     // its standard name, or its message
  bool gave_up = false;  // ran past a limit: says nothing
  std::vector<std::string> rows;
  graph::UpdateCounts updates;
};

query::QueryLimits Limits() {
  query::QueryLimits limits;
  limits.max_rows = 20000;
  limits.max_memory_bytes = 64 << 20;
  limits.max_milliseconds = 3000;
  limits.clock = [] { return std::int64_t{1'772'323'200'000'000'000}; };
  return limits;
}

// Values as texts that are equal where nothing promised is different.
class Writer {
 public:
  Writer(const graph::View& view, bool sort_lists) : view_(view), sort_lists_(sort_lists) {}

  std::string Write(const Value& value) const {
    switch (value.kind()) {
      case ValueKind::kDouble:
        if (std::fabs(value.as_double()) < 1e15 &&
            value.as_double() == std::floor(value.as_double())) {
          return std::to_string(static_cast<std::int64_t>(value.as_double()));
        }
        return query::PrintValue(value);
      case ValueKind::kList: {
        std::vector<std::string> elements;
        for (const Value& element : value.as_list()) elements.push_back(Write(element));
        if (sort_lists_) std::sort(elements.begin(), elements.end());
        return Join("[", elements, "]");
      }
      case ValueKind::kMap:
        return Write(value.as_map());
      case ValueKind::kNode:
        return Node(value.as_node());
      case ValueKind::kEdge:
        return Edge(value.as_edge());
      case ValueKind::kPath: {
        std::vector<std::string> steps;
        for (const NodeId node : value.as_path().nodes) steps.push_back(Node(node));
        for (const EdgeId edge : value.as_path().edges) steps.push_back(Edge(edge));
        return Join("<", steps, ">");
      }
      default:
        return query::PrintValue(value);
    }
  }

  std::string Node(NodeId id) const {
    const auto node = view_.Node(id);
    if (!node.ok()) return "(gone)";
    std::string out = "(";
    for (const std::string& label : node->labels) out += ":" + label;
    return out + Write(graph::Map(node->properties.begin(), node->properties.end())) + ")";
  }

  std::string Edge(EdgeId id) const {
    const auto edge = view_.Edge(id);
    if (!edge.ok()) return "[gone]";
    return Node(edge->from) + "-[:" + edge->type +
           Write(graph::Map(edge->properties.begin(), edge->properties.end())) + "]->" +
           Node(edge->to);
  }

 private:
  static std::string Join(const char* open, const std::vector<std::string>& parts,
                          const char* close) {
    std::string out = open;
    for (const std::string& part : parts) out += (out.size() > 1 ? ", " : "") + part;
    return out + close;
  }
  std::string Write(const graph::Map& map) const {
    std::vector<std::string> parts;
    for (const auto& [name, value] : map) parts.push_back(name + ": " + Write(value));
    return Join("{", parts, "}");
  }

  const graph::View& view_;
  bool sort_lists_;
};

// The whole graph, a line each, sorted.
std::vector<std::string> Picture(const graph::View& view) {
  std::vector<std::string> out;
  const Writer writer(view, false);
  const Status nodes = view.ForEachNode(std::nullopt, [&](NodeId node) {
    out.push_back(writer.Node(node));
    return true;
  });
  const Status edges = view.ForEachEdge(std::nullopt, [&](EdgeId edge, TypeId, NodeId, NodeId) {
    out.push_back(writer.Edge(edge));
    return true;
  });
  if (!nodes.ok()) out.push_back(nodes.error().ToString());
  if (!edges.ok()) out.push_back(edges.error().ToString());
  std::sort(out.begin(), out.end());
  const auto judgements = view.StoredJudgements();
  out.push_back(judgements.ok() ? (*judgements)->ToText() : judgements.error().ToString());
  return out;
}

void Note(const Error& error, Outcome& out) {
  out.gave_up = error.code == ErrorCode::kLimit;
  out.error = error.detail.empty() ? error.ToString() : std::string(error.detail);
}

template <class Run>
Outcome Collect(const CaseStatement& statement, const Run& run) {
  Outcome out;
  const Status status = run([&](const graph::View& view, const query::Row& row) {
    std::string line;
    const Writer writer(view, statement.collects);
    for (const Value& value : row) line += writer.Write(value) + " | ";
    out.rows.push_back(std::move(line));
    return true;
  });
  if (!status.ok()) {
    Note(status.error(), out);
    out.rows.clear();  // as many as came before the error
  }
  if (!statement.ordered) std::sort(out.rows.begin(), out.rows.end());
  return out;
}

class Way {
 public:
  virtual ~Way() = default;
  virtual graph::Store& store() = 0;
  virtual Outcome Run(const CaseStatement& statement) = 0;
  virtual Status End() { return {}; }
};

// By the planner's own face, in a transaction where there is one.
Outcome RunPlanned(const CaseStatement& statement, const graph::View& view,
                   graph::Transaction* transaction, bool rewrites) {
  const query::QueryLimits limits = Limits();
  return Collect(statement, [&](const auto& row) {
    return query::RunStatement(
        {view, limits, query::PlannerOptions{rewrites}, transaction}, statement.text, {},
        [](const std::vector<std::string>&) {},
        [&](const query::Row& values) { return row(view, values); });
  });
}

class Plain : public Way {
 public:
  Plain() : store_(graph::OpenStore(graph::StoreKind::kMemory, {})) {}
  graph::Store& store() override { return *store_; }
  Outcome Run(const CaseStatement& statement) override {
    if (!transaction_) transaction_ = Must(store_->Begin());
    const graph::UpdateCounts before = transaction_->counts();
    Outcome out = RunPlanned(statement, transaction_->view(), transaction_.get(), false);
    out.updates = transaction_->counts() - before;
    return out;
  }
  Status End() override { return transaction_ ? transaction_->Commit() : Status(); }

 private:
  template <class T>
  static T Must(Result<T> result) {
    if (!result.ok()) std::abort();
    return std::move(result).value();
  }
  std::unique_ptr<graph::Store> store_;
  std::unique_ptr<graph::Transaction> transaction_;
};

class Rewritten : public Way {
 public:
  Rewritten() : store_(graph::OpenStore(graph::StoreKind::kMemory, {})) {}
  graph::Store& store() override { return *store_; }
  Outcome Run(const CaseStatement& statement) override {
    if (!query::IsWriting(statement.text)) {
      return RunPlanned(statement, store_->Snapshot(), nullptr, true);
    }
    auto transaction = store_->Begin();
    if (!transaction.ok()) std::abort();
    Outcome out = RunPlanned(statement, (*transaction)->view(), transaction->get(), true);
    out.updates = (*transaction)->counts();
    if (!out.error.empty()) return out;
    if (const Status status = (*transaction)->Commit(); !status.ok()) Note(status.error(), out);
    return out;
  }

 private:
  std::unique_ptr<graph::Store> store_;
};

// Making a store on disk takes longer than all else, so one is emptied again and again.
class OnDisk : public Way {
 public:
  OnDisk() {
    if (uses_++ % 400 == 0) {
      shared_.reset();
      folder_ = std::make_unique<graph::TempDir>();
      shared_ = graph::OpenStore(graph::StoreKind::kRocks, *folder_ / "store");
      // Before what RocksDB keeps for all its stores goes.
      if (uses_ == 1) std::atexit(Close);
    }
    session_ = std::make_unique<query::Session>(*shared_, Limits());
  }
  ~OnDisk() override {
    session_.reset();
    Empty();
  }
  graph::Store& store() override { return *shared_; }
  Outcome Run(const CaseStatement& statement) override {
    Outcome out = Once(statement);
    if (out.gave_up || query::IsWriting(statement.text)) return out;
    const Outcome again = Once(statement);
    if (again.rows != out.rows && !again.gave_up) out.error += " (other rows by the cached plan)";
    return out;
  }

 private:
  Outcome Once(const CaseStatement& statement) {
    Outcome out = Collect(statement, [&](const auto& row) {
      return session_->Stream(
          statement.text, {}, [](const std::vector<std::string>&) {},
          [&](const query::Row& values) { return row(session_->view(), values); });
    });
    out.updates = session_->updates();
    return out;
  }

  // Takes everything away again, each in its own way; nothing may be left.
  static void Empty() {
    std::vector<std::string> ids;
    Status status = shared_->Snapshot().ForEachDocument([&](const graph::DocumentHeader& header) {
      ids.push_back(header.id);
      return true;
    });
    if (!status.ok() || !shared_->Judge(graph::Judgements()).ok()) std::abort();
    if (!shared_->Remove(ids, nullptr).ok()) std::abort();
    const auto origins = shared_->Snapshot().Origins();
    if (!origins.ok()) std::abort();
    for (const graph::OriginInfo& origin : *origins) {
      if (!shared_->RemoveOrigin(origin.number).ok()) std::abort();
    }
    for (const graph::IndexInfo& index : shared_->Snapshot().Indexes()) {
      if (!shared_->DropIndex(index.name, index.unique, false).ok()) std::abort();
    }
    const auto counts = shared_->Snapshot().Counts();
    if (!counts.ok() || counts->nodes + counts->edges + counts->statements > 0) std::abort();
  }

  static void Close() {
    shared_.reset();
    folder_.reset();
  }

  static inline std::unique_ptr<graph::TempDir> folder_;
  static inline std::unique_ptr<graph::Store> shared_;
  static inline std::uint64_t uses_ = 0;
  std::unique_ptr<query::Session> session_;
};

void Show(const char* name, const std::vector<std::string>& lines) {
  std::fprintf(stderr, "---- %s\n", name);
  for (const std::string& line : lines) std::fprintf(stderr, "%s\n", line.c_str());
}

class Comparison {
 public:
  explicit Comparison(const GraphCase& of) : case_(of) {
    ways_.push_back({"plain", std::make_unique<Plain>()});
    ways_.push_back({"rewritten", std::make_unique<Rewritten>()});
    ways_.push_back({"on disk", std::make_unique<OnDisk>()});
  }

  void Run() {
    for (Named& named : ways_) SetUp(*named.way, named.way != ways_[0].way);
    for (const CaseStatement& statement : case_.statements) {
      if (!RunOne(statement)) return;
    }
    for (Named& named : ways_) {
      if (const Status status = named.way->End(); !status.ok()) {
        Differ("the end", {status.error().ToString()}, {});
      }
      named.found = Picture(named.way->store().Snapshot());
      const auto findings = named.way->store().Check();
      if (!findings.ok()) Differ("checking", {findings.error().ToString()}, {});
      if (!findings->empty()) Differ((named.name + ": check").c_str(), *findings, {});
    }
    Compare("the graph");
  }

 private:
  struct Named {
    std::string name;
    std::unique_ptr<Way> way;
    std::vector<std::string> found;
  };

  void SetUp(Way& way, bool indexes) {
    query::Session session(way.store());
    std::vector<graph::DocumentClaims> documents;
    for (std::size_t i = 0; i < case_.documents.size(); ++i) {
      std::mt19937 random(case_.documents[i]);
      documents.push_back(graph::RandomDocument(random, "文" + std::to_string(i)));
    }
    if (!documents.empty() && !way.store().Apply(documents, "fuzz").ok()) std::abort();
    std::vector<std::string> texts = case_.constraints;
    if (indexes) texts.insert(texts.end(), case_.indexes.begin(), case_.indexes.end());
    // Made before and behind what they hold.
    const std::size_t before = texts.size() / 2;
    if (!case_.create.empty()) {
      texts.insert(texts.begin() + static_cast<std::ptrdiff_t>(before), case_.create);
    }
    for (const std::string& text : texts) {
      const auto result = session.Run(text);
      if (!result.ok()) Differ(text.c_str(), {result.error().ToString()}, {});
    }
  }

  // False where there is nothing to go on with.
  bool RunOne(const CaseStatement& statement) {
    running_ = &statement;
    bool failed = false;
    for (Named& named : ways_) {
      const Outcome outcome = named.way->Run(statement);
      if (outcome.gave_up) return false;
      failed = failed || !outcome.error.empty();
      named.found = outcome.rows;
      if (!outcome.error.empty()) {
        named.found.push_back("error: " + outcome.error);
        continue;
      }
      const graph::UpdateCounts& counts = outcome.updates;
      std::string line = "changed:";
      for (const std::uint64_t count :
           {counts.nodes_created, counts.nodes_deleted, counts.edges_created, counts.edges_deleted,
            counts.labels_added, counts.labels_removed, counts.properties_set}) {
        line += " " + std::to_string(count);
      }
      named.found.push_back(line);
    }
    Compare("a statement");
    // What a failing statement leaves behind is nothing, but for those before it in a transaction.
    return !failed;
  }

  void Compare(const char* what) {
    for (const Named& named : ways_) {
      if (named.found != ways_[0].found) {
        Show(named.name.c_str(), named.found);
        Differ(what, ways_[0].found, named.found);
      }
    }
  }

  [[noreturn]] void Differ(const char* what, const std::vector<std::string>& expected,
                           const std::vector<std::string>& found) const {
    Show("documents", {});
    for (const std::uint32_t seed : case_.documents) std::fprintf(stderr, "%u\n", seed);
    Show("graph", {case_.create});
    Show("constraints", case_.constraints);
    Show("indexes", case_.indexes);
    std::vector<std::string> texts;
    for (const CaseStatement& statement : case_.statements) {
      texts.push_back((&statement == running_ ? "> " : "  ") + statement.text);
    }
    Show("statements", texts);
    Show(what, {});
    std::vector<std::string> only;
    std::vector<std::string> a = expected, b = found;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
    Show("only there", only);
    only.clear();
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(only));
    Show("only here", only);
    std::abort();
  }

  const GraphCase& case_;
  const CaseStatement* running_ = nullptr;
  std::vector<Named> ways_;
};

}  // namespace
}  // namespace tupu::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool ready = [] {
    static doctest::Context context;
    context.setAsDefaultForAssertsOutOfTestCases();
    return true;
  }();
  if (!ready) return 0;
  const tupu::fuzz::GraphCase graph_case = tupu::fuzz::MakeCase({data, size});
  tupu::fuzz::Comparison(graph_case).Run();
  return 0;
}
