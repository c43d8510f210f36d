#include "tests/query/graph.h"

#include <doctest/doctest.h>

#include "tests/graph/store/fixture.h"

namespace tupu::query {
namespace {

using graph::ClaimStatus;
using graph::DocumentMaker;
using graph::Value;

std::unique_ptr<graph::Store> MakeStore() {
  DocumentMaker a("news/1", "2025-03-12");
  const auto housing = a.Entity("Ministry", "住房和城乡建设部", {"住房和城乡建设部", "住建部"});
  const auto commerce = a.Entity("Ministry", "商务部");
  const auto green =
      a.Entity("Policy", "关于促进绿色建筑发展的意见", {}, {{"date", Value("2025-03-10")}});
  const auto county = a.Entity("Policy", "县域商业建设指南", {}, {{"date", Value("2024-11")}});
  const auto zhou = a.Entity("Official", "周明");
  a.Relation("ISSUED", housing, green, {{"date", Value("2025-03-10")}});
  a.Relation("ISSUED", commerce, green, {{"date", Value("2025-03-10")}});
  a.Relation("ISSUED", commerce, county, {}, ClaimStatus::kPlanned);
  a.Relation("HOLDS_POSITION", zhou, housing, {{"title", Value("司长")}});
  a.Relation("HOLDS_POSITION", zhou, commerce, {{"title", Value("处长")}});

  DocumentMaker b("news/2", "2025-04-01");
  const auto hills = b.Entity("Company", "远山科技");
  const auto bay = b.Entity("Company", "蓝湾重工", {"蓝湾重工", "蓝湾"});
  const auto centre = b.Entity("Project", "云港智算中心", {}, {{"amount", Value(5e9)}});
  const auto wind = b.Entity("Project", "海上风电基地", {}, {{"amount", Value(1.2e10)}});
  b.Relation("INVESTS", hills, centre, {{"amount", Value(3e9)}});
  b.Relation("INVESTS", bay, centre, {{"amount", Value(2e9)}});
  b.Relation("INVESTS", bay, wind, {{"amount", Value(1.2e10)}}, ClaimStatus::kPlanned);
  b.Relation("INVESTS", hills, bay);
  b.Relation("INVESTS", bay, hills);

  auto store = graph::OpenStore(graph::StoreKind::kMemory, {});
  const std::vector<graph::DocumentClaims> documents = {a.Done(), b.Done()};
  const auto applied = store->Apply(documents, "test");
  REQUIRE_MESSAGE(applied.ok(), (applied.ok() ? "" : applied.error().ToString()));
  return store;
}

}  // namespace

const graph::View& TestView() {
  static const std::unique_ptr<graph::Store> store = MakeStore();
  static const graph::View view = store->Snapshot();
  return view;
}

Answer Ask(std::string_view text, const Parameters& parameters, const PlannerOptions& options,
           const QueryLimits& limits) {
  const graph::View& view = TestView();
  Answer answer;
  const Status status = RunStatement(
      {view, limits, options}, text, parameters,
      [&](const std::vector<std::string>& columns) { answer.columns = columns; },
      [&](const Row& row) {
        std::string line;
        for (const Value& value : row) {
          const auto json = ValueToJson(view, value);
          if (!line.empty()) line += " | ";
          line += json.ok() ? *json : json.error().ToString();
        }
        answer.rows.push_back(std::move(line));
        return true;
      });
  if (!status.ok()) {
    answer.error = FormatQueryError(text, status.error());
    answer.detail = status.error().detail;
  }
  return answer;
}

std::string Evaluate(std::string_view expression, const Parameters& parameters) {
  const Answer answer = Ask("RETURN " + std::string(expression), parameters);
  if (!answer.error.empty()) return "error: " + answer.error.substr(0, answer.error.find('\n'));
  return Join(answer.rows);
}

std::string Join(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

}  // namespace tupu::query
