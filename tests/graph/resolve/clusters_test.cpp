#include "graph/resolve/clusters.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace tupu::graph {
namespace {

EntityKey Company(std::string name, std::string context = {}) {
  return {"Company", std::move(name), std::move(context)};
}

// The clusters around all of the keys, each as its sorted names, joined by =; sorted.
std::vector<std::string> Resolve(const std::vector<EntityKey>& named, const std::string& judged,
                                 const std::vector<EntityKey>& from) {
  const Judgements judgements = Judgements::Parse(judged, "x").value();
  const std::vector<Cluster> clusters =
      ResolveAround(from, judgements, [&](const EntityKey& key) -> Result<bool> {
        return std::find(named.begin(), named.end(), key) != named.end();
      }).value();
  std::vector<std::string> out;
  for (const Cluster& cluster : clusters) {
    std::set<std::string> names;
    for (const EntityKey& key : cluster.members) names.insert(key.name);
    std::string line;
    for (const std::string& name : names) line += (line.empty() ? "" : "=") + name;
    out.push_back(std::move(line));
    CHECK(cluster.links.size() + 1 >= cluster.members.size());
    CHECK(
        std::is_sorted(cluster.members.begin(), cluster.members.end(),
                       [](const EntityKey& a, const EntityKey& b) { return a.Hash() < b.Hash(); }));
  }
  std::sort(out.begin(), out.end());
  return out;
}

using Lines = std::vector<std::string>;

TEST_CASE("a company's short name is its full name's, while there is one") {
  const EntityKey name = Company("远澜汽车"), full = Company("远澜汽车股份有限公司"),
                  other = Company("远澜汽车有限责任公司");
  CHECK(Resolve({name, full}, "", {name}) == Lines{"远澜汽车=远澜汽车股份有限公司"});
  CHECK(Resolve({name, full}, "", {full}) == Lines{"远澜汽车=远澜汽车股份有限公司"});
  CHECK(Resolve({name, full, other}, "", {name}) ==
        Lines{"远澜汽车", "远澜汽车有限责任公司", "远澜汽车股份有限公司"});
  CHECK(Resolve({full, other}, "", {full}) ==
        Lines{"远澜汽车有限责任公司", "远澜汽车股份有限公司"});
}

TEST_CASE("what no rule joins") {
  const std::vector<std::vector<EntityKey>> cases = {
      {Company("远澜集团"), Company("远澜汽车有限公司")},
      {Company("远澜汽车"), Company("远澜汽车销售有限公司")},
      {Company("东方"), Company("东方有限公司")},  // too short to be sure
      {Company("远澜汽车"), Company("远澜汽车有限公司", "临江")},
      {{"Institution", "远澜汽车", ""}, Company("远澜汽车有限公司")},
      {Company("co/600000"), Company("co/600000有限公司")},
      {Company("有限公司"), Company("股份有限公司")},
      {Company("远澜汽车有限公司"), Company("远澜汽车有限公司股份有限公司")},
      {{"Person", "周明远", "海州商务局"}, {"Person", "周明远", "临江市"}}};
  for (const auto& named : cases) {
    CAPTURE(named.back().ToString());
    CHECK(Resolve(named, "", named).size() == 2);
  }
}

TEST_CASE("merges join, also by way of what nobody names; splits stand against rules") {
  const EntityKey name = Company("远澜汽车"), full = Company("远澜汽车有限公司"),
                  brand = Company("远澜"), lost = Company("澜车");
  CHECK(Resolve({name, full, brand}, "merge\tCompany:远澜\tCompany:远澜汽车\n", {full}) ==
        Lines{"远澜=远澜汽车=远澜汽车有限公司"});
  CHECK(
      Resolve({brand, full},
              "merge\tCompany:远澜\tCompany:澜车\nmerge\tCompany:澜车\tCompany:远澜汽车有限公司\n",
              {lost}) == Lines{"远澜=远澜汽车有限公司"});
  CHECK(Resolve({name, full}, "split\tCompany:远澜汽车\tCompany:远澜汽车有限公司\n", {name}) ==
        Lines{"远澜汽车", "远澜汽车有限公司"});
  // Against a rule that would join them by way of others.
  CHECK(Resolve({name, full, brand},
                "merge\tCompany:远澜\tCompany:远澜汽车\n"
                "split\tCompany:远澜\tCompany:远澜汽车有限公司\n",
                {name}) == Lines{"远澜=远澜汽车", "远澜汽车有限公司"});
}

TEST_CASE("where a split leaves room for one of two rules' links, it is always the same one") {
  const std::vector<EntityKey> named = {Company("海右重工"), Company("海右重工有限公司"),
                                        Company("云岭储能"), Company("云岭储能有限公司")};
  const std::string judged =
      "merge\tCompany:云岭储能有限公司\tCompany:海右重工有限公司\n"
      "split\tCompany:云岭储能\tCompany:海右重工\n";
  const Lines first = Resolve(named, judged, {named[0]});
  CHECK(first.size() == 2);
  for (const EntityKey& key : named) CHECK(Resolve(named, judged, {key}) == first);
}

TEST_CASE("links tell why") {
  const std::vector<EntityKey> named = {Company("远澜汽车"), Company("远澜汽车有限公司"),
                                        Company("远澜")};
  const Judgements judgements =
      Judgements::Parse("merge\tCompany:远澜\tCompany:远澜汽车\n", "x").value();
  const auto clusters = ResolveAround(named, judgements, [](const EntityKey& key) -> Result<bool> {
                          return key.name != "远澜汽车股份有限公司" &&
                                 key.name != "远澜汽车有限责任公司" &&
                                 key.name != "远澜汽车股份公司";
                        }).value();
  REQUIRE(clusters.size() == 1);
  REQUIRE(clusters[0].links.size() == 2);
  CHECK(clusters[0].links[0].reason == "merge");
  CHECK(clusters[0].links[1].reason == "company.form");
}

}  // namespace
}  // namespace tupu::graph
