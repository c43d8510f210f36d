// What a running query shares: the view, limits, parameters, and what has just been read.
//
// Evaluation is fast only if it does not carry a Result around for every value, so below operators
// failure is `false` and the error is kept here.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/regex.h"
#include "graph/store/store.h"
#include "graph/store/transaction.h"
#include "query/plan/plan.h"
#include "query/session.h"

namespace tupu::query {

class Profile;

// Lists within lists: deeper values are not made, so that walking them is safe.
inline constexpr int kMaxValueDepth = 400;

class ExecContext {
 public:
  ExecContext(const graph::View& view, const QueryLimits& limits, const Parameters& parameters,
              const std::vector<SlotInfo>& slots, std::uint32_t locals,
              graph::Transaction* transaction = nullptr);

  const graph::View& view() const { return view_; }
  // Null unless the statement may write.
  graph::Transaction* transaction() const { return transaction_; }
  // Grows with every write; what was read under another version may be out of date.
  std::uint64_t version() const { return version_; }
  // To be called behind a write.
  void Changed();
  const QueryLimits& limits() const { return limits_; }
  const std::vector<SlotInfo>& slots() const { return slots_; }
  std::uint32_t locals() const { return locals_; }
  const graph::Value& Parameter(const std::string& name) const;

  // Records the error; returns false, for `return context.Fail(…)`.
  bool Fail(Error error);
  bool failed() const { return error_.has_value(); }
  Error TakeError();

  // Counts bytes held. False once there are too many.
  bool Charge(std::size_t bytes);
  void Release(std::size_t bytes) { memory_ -= static_cast<std::int64_t>(bytes); }
  std::int64_t memory() const { return memory_; }
  // To be called in every loop that may be long; false once time is up.
  bool Tick() { return (++ticks_ & 0xfff) != 0 || CheckTime(); }
  bool CheckTime();

  // Counts reads of the store, for PROFILE.
  void Hit(std::size_t reads = 1) { hits_ += reads; }
  std::uint64_t hits() const { return hits_; }
  // Where the operators' work is to be written down; null: nowhere.
  Profile* profile() const { return profile_; }
  void set_profile(Profile* profile) { profile_ = profile; }

  // Null, and an error, if they cannot be read. Valid until the next call.
  const graph::NodeRecord* Node(NodeId node);
  const graph::EdgeRecord* Edge(EdgeId edge);
  // What an index has told of a node's property, so that the node need not be read for it. The name
  // must stay where it is.
  void Tell(NodeId node, const std::string& property, const graph::Value& value);
  // Null where nothing was told, or something has been written since.
  const graph::Value* Told(NodeId node, const std::string& property) const;
  std::optional<LabelId> Label(const std::string& name);
  // Ids of the types that exist. `none` is set where types are asked for and none of them does.
  std::vector<TypeId> Types(const std::vector<std::string>& names, bool& none) const;
  Regex* CompiledRegex(const std::string& pattern, std::uint32_t pos);
  // From 0 to 1, without 1. The same row of numbers for every statement.
  double Random() {
    if (!random_) random_.emplace();
    return std::generate_canonical<double, 53>(*random_);
  }
  // The clock at the beginning of the statement; as it is now.
  const graph::Temporal& StatementTime() const { return statement_time_; }
  graph::Temporal RealTime() const;
  // A document's text, or null.
  const std::string* DocumentText(const std::string& id);

 private:
  struct CachedNode {
    std::uint64_t id = ~std::uint64_t{0};
    std::uint64_t version = 0;
    graph::NodeRecord record;
  };
  struct CachedEdge {
    std::uint64_t id = ~std::uint64_t{0};
    std::uint64_t version = 0;
    graph::EdgeRecord record;
  };

  struct ToldProperty {
    std::uint64_t id = ~std::uint64_t{0};
    std::uint64_t version = 0;
    const std::string* property = nullptr;
    graph::Value value;
    std::uint64_t told = 0;  // how many had been told before
  };
  ToldProperty& PlaceToTell(std::uint64_t node);

  const graph::View& view_;
  const QueryLimits& limits_;
  const Parameters& parameters_;
  const std::vector<SlotInfo>& slots_;
  std::uint32_t locals_;
  graph::Transaction* transaction_;
  std::uint64_t version_ = 0;
  std::optional<Error> error_;
  std::int64_t memory_ = 0;
  std::uint64_t hits_ = 0;
  Profile* profile_ = nullptr;
  std::uint32_t ticks_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  std::vector<CachedNode> nodes_;
  std::vector<CachedEdge> edges_;
  std::vector<ToldProperty> told_;
  std::size_t nodes_taken_ = 0, edges_taken_ = 0, told_taken_ = 0;
  std::map<std::string, std::optional<LabelId>> labels_;
  std::map<std::string, Regex> regexes_;
  std::optional<std::mt19937_64> random_;  // takes long to make
  graph::Temporal statement_time_;
  std::string document_id_;
  std::optional<std::string> document_text_;
};

// Bytes that a value holds beyond its own.
std::size_t HeapBytes(const graph::Value& value);
// Whether lists and maps are nested at most `limit` deep within the value.
bool WithinDepth(const graph::Value& value, int limit);

}  // namespace tupu::query
