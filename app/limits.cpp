#include "app/limits.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <limits>

namespace tupu::app {

void AddLimitOptions(CLI::App& command, LimitOptions& options) {
  command
      .add_option("--timeout", options.timeout_seconds,
                  "The longest that a query may take, in seconds; 0: no limit")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 4e6))
      ->capture_default_str();
  command
      .add_option("--max-rows", options.max_rows,
                  "The most rows that a query may give; 0: no limit")
      ->type_name("N")
      ->capture_default_str();
  command
      .add_option("--max-memory", options.max_memory,
                  "The most memory that a query may take, as 512M or 4G; 0: no limit")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false))
      ->default_str("4G");
}

query::QueryLimits LimitsOf(const LimitOptions& options) {
  query::QueryLimits limits;
  limits.max_rows = options.max_rows;
  limits.max_memory_bytes = options.max_memory;
  // A limit below a millisecond is one, not none.
  limits.max_milliseconds = static_cast<std::uint32_t>(std::ceil(options.timeout_seconds * 1000));
  return limits;
}

}  // namespace tupu::app
