// A progress line on a terminal: bar, counts, rate. Nothing where standard error is none.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tupu::app {

class ProgressBar {
 public:
  // `total_bytes`: of all input; 0 where it is not known.
  explicit ProgressBar(std::uint64_t total_bytes);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { Clear(); }

  // Redraws at most ten times a second. `done_bytes` are those of the input.
  void Show(std::uint64_t documents, std::uint64_t text_bytes, std::uint64_t done_bytes);
  // Wipes the line, so that something else can be printed.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  const bool live_;
  const std::uint64_t total_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_{};
  bool on_screen_ = false;
};

// "12.3 MB", "4.0 KB"; decimal units.
std::string BytesText(double bytes);
// "0.8 s", "2 min 03 s".
std::string SecondsText(double seconds);

}  // namespace tupu::app
