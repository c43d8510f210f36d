// Query text, all the way: any bytes either run within their limits or fail with an error that can
// be shown; and what parses prints as something that parses to the same.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "graph/base/utf8.h"
#include "query/cypher/parser.h"
#include "query/cypher/printer.h"
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
  return 0;
}
