// Ctrl-C where work has to be put down in order first.
#pragma once

#include <signal.h>

#include <atomic>

namespace tupu::app {

// While one stands, the first SIGINT (and SIGTERM, unless left out) is only noted; the second ends
// the program at once. At most one at a time.
class InterruptGuard {
 public:
  explicit InterruptGuard(bool terminate_too = true);
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();

  // The signal that came since the guard was set or since Clear, or 0. Any thread.
  static int raised();
  void Clear();

 private:
  const bool terminate_too_;
  struct sigaction old_int_ {};
  struct sigaction old_term_ {};
};

// Ends the process as the noted signal would have, so that shells see an interrupted program.
// Returns if there was none.
void DieOfNotedSignal();

}  // namespace tupu::app
