// What the tests of writing over documents share: reports that say much the same, a store that is
// checked with every change, and ways to ask for what is in it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/graph/store/fixture.h"

namespace tupu::graph {

// A ministry that issued a policy, under one name or another, and has somebody at its head.
inline DocumentClaims Report(const std::string& id, const std::string& policy,
                             const std::string& ministry = "云岭省能源局") {
  DocumentMaker maker(id);
  const auto body = maker.Entity("Ministry", ministry);
  const auto rules = maker.Entity("Policy", policy, {}, {{"date", Value("2026-02")}});
  const auto person = maker.Entity("Official", "周明远");
  maker.Relation("ISSUED", body, rules, {{"date", Value("2026-02-01")}});
  maker.Relation("HOLDS_POSITION", person, body, {{"title", Value("局长")}});
  maker.Relation("HOLDS_POSITION", person, body, {{"title", Value("书记")}});
  return maker.Done();
}

inline void Add(Store& store, const DocumentClaims& doc) {
  Get(store.Apply(std::span(&doc, 1), "v"));
  CHECK(Findings(store) == "");
}
inline void Take(Store& store, const std::string& id) {
  Get(store.Remove(std::span(&id, 1), nullptr));
  CHECK(Findings(store) == "");
}

inline std::optional<NodeId> Called(const View& view, std::string_view name) {
  const auto nodes = Get(view.FindNodesByName(name));
  CHECK(nodes.size() <= 1);
  return nodes.empty() ? std::nullopt : std::optional(nodes.front());
}

// The edges of the type from what is called so, in order of number.
inline std::vector<EdgeId> From(const View& view, std::string_view name, const char* type) {
  std::vector<Neighbour> found;
  const auto id = view.FindType(type);
  const auto node = Called(view, name);
  if (!id || !node) return {};
  Ok(view.Expand(*node, Direction::kOut, std::span(&*id, 1), found));
  std::vector<EdgeId> out;
  for (const Neighbour& one : found) out.push_back(one.edge);
  std::sort(out.begin(), out.end());
  return out;
}

inline const std::string kPolicy = "园区提升方案";
inline const std::string kBody = "云岭省能源局";

}  // namespace tupu::graph
