// Query text, all the way: any bytes either run within their limits or fail with an error that can
// be shown; and what parses prints as something that parses to the same. Read once as one statement
// about documents, and once as statements with semicolons between them, `BEGIN`, `COMMIT` and
// `ROLLBACK` among them, that write a store with indexes; whatever they did, it must check.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "graph/base/utf8.h"
#include "query/cypher/parser.h"
#include "query/cypher/printer.h"
#include "tests/graph/store/fixture.h"
#include "tests/query/graph.h"

namespace {

using namespace tupu::query;

void CheckPrinter(std::string_view text) {
  const auto query = Parse(text);
  if (!query.ok()) return;
  const std::string printed = Print(**query);
  const auto again = Parse(printed);
  // Brackets that the printer adds may take a tree that is nearly too deep over the limit.
  if (!again.ok() && again.error().code == tupu::ErrorCode::kLimit) return;
  if (!again.ok() || Print(**again) != printed) std::abort();
}

// A store with an index, a constraint and something in them; made anew for every text.
std::unique_ptr<tupu::graph::Store> WritableStore() {
  auto store = tupu::graph::OpenStore(tupu::graph::StoreKind::kMemory, {});
  Session session(*store);
  for (const char* text :
       {"CREATE INDEX 人口 FOR (n:市) ON (n.人口)", "CREATE INDEX 长 FOR ()-[r:路]-() ON (r.长)",
        "CREATE (:市 {名: '甲', 人口: 1})-[:路 {长: 2}]->(:市 {名: '乙', 人口: 2.5})",
        "CREATE CONSTRAINT 名 FOR (n:市) REQUIRE n.名 IS UNIQUE"}) {
    if (!session.Run(text).ok()) std::abort();
  }
  return store;
}

void RunAsScript(std::string_view text, const QueryLimits& limits) {
  constexpr std::size_t kMostStatements = 16;
  const auto store = WritableStore();
  Session session(*store, limits);
  for (std::size_t i = 0; i < kMostStatements && !text.empty(); ++i) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view statement = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (statement.starts_with('\n') || statement.starts_with(' ')) statement.remove_prefix(1);
    tupu::Status status;
    if (statement == "BEGIN") {
      status = session.Begin();
    } else if (statement == "COMMIT") {
      status = session.Commit();
    } else if (statement == "ROLLBACK") {
      status = session.Rollback();
    } else if (const auto result = session.Run(statement); !result.ok()) {
      status = result.error();
    }
    if (status.ok()) continue;
    const std::string shown = FormatQueryError(statement, status.error());
    if (tupu::FindInvalidUtf8(shown) != std::string_view::npos) std::abort();
  }
  if (session.in_transaction() && !session.Rollback().ok()) std::abort();
  const auto findings = store->Check();
  if (!findings.ok() || !findings->empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool ready = [] {
    static doctest::Context context;
    context.setAsDefaultForAssertsOutOfTestCases();
    return true;
  }();
  if (!ready) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckPrinter(text);
  static const Parameters parameters = {{"名", tupu::graph::Value("商务部")},
                                        {"n", tupu::graph::Value(3)}};
  QueryLimits limits;
  limits.max_rows = 1000;
  limits.max_memory_bytes = 8 << 20;
  limits.max_milliseconds = 20;
  for (const bool rewrites : {true, false}) {
    const Answer answer = Ask(text, parameters, PlannerOptions{rewrites}, limits);
    if (tupu::FindInvalidUtf8(answer.error) != std::string_view::npos) std::abort();
  }
  RunAsScript(text, limits);
  return 0;
}
