// What a query may take, as options of the commands that run queries.
#pragma once

#include <string>

#include "query/session.h"

namespace CLI {
class App;
}

namespace tupu::app {

struct LimitOptions {
  double timeout_seconds = 0;  // 0: no limit, here and below
  std::uint64_t max_rows = 0;
  std::uint64_t max_memory = std::uint64_t{4} << 30;  // bytes
};
void AddLimitOptions(CLI::App& command, LimitOptions& options);
query::QueryLimits LimitsOf(const LimitOptions& options);

}  // namespace tupu::app
