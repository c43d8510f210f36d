#include "app/progress.h"

#include <algorithm>
#include <cstdio>

#include "app/console.h"

namespace tupu::app {

ProgressBar::ProgressBar(std::uint64_t total_bytes) : live_(IsTerminal(2)), total_(total_bytes) {}

void ProgressBar::Show(std::uint64_t documents, std::uint64_t text_bytes,
                       std::uint64_t done_bytes) {
  const auto bytes = static_cast<double>(text_bytes);
  if (!live_) return;
  const auto now = Clock::now();
  if (on_screen_ && now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  on_screen_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string line = "\r\x1b[K";
  if (total_ != 0) {
    constexpr std::size_t kCells = 24;
    const double share =
        std::min(1.0, static_cast<double>(done_bytes) / static_cast<double>(total_));
    const auto full = static_cast<std::size_t>(share * kCells);
    line += '[';
    for (std::size_t i = 0; i < kCells; ++i) line += i < full ? "#" : "-";
    char percent[16];
    std::snprintf(percent, sizeof percent, "] %3.0f %%  ", share * 100);
    line += percent;
  }
  line += std::to_string(documents) + " documents  " + BytesText(bytes);
  if (seconds > 0.5) line += "  " + BytesText(bytes / seconds) + "/s";
  PrintError(line);
}

void ProgressBar::Clear() {
  if (on_screen_) PrintError("\r\x1b[K");
  on_screen_ = false;
}

std::string BytesText(double bytes) {
  const char* unit = "B";
  for (const char* next : {"KB", "MB", "GB", "TB"}) {
    if (bytes < 1000) break;
    bytes /= 1000;
    unit = next;
  }
  char text[32];
  std::snprintf(text, sizeof text, unit[1] == 0 ? "%.0f %s" : "%.1f %s", bytes, unit);
  return text;
}

std::string SecondsText(double seconds) {
  char text[48];
  if (seconds < 60) {
    std::snprintf(text, sizeof text, "%.1f s", seconds);
  } else {
    const auto whole = static_cast<unsigned long>(seconds + 0.5);
    std::snprintf(text, sizeof text, "%lu min %02lu s", whole / 60, whole % 60);
  }
  return text;
}

}  // namespace tupu::app
