#include "app/interrupt.h"

namespace tupu::app {
namespace {

std::atomic<int> noted{0};
static_assert(std::atomic<int>::is_always_lock_free);

void Note(int number) {
  // A handler may do no more than this; SIG_DFL makes the next one final.
  noted.store(number);
  ::signal(number, SIG_DFL);
}

}  // namespace

InterruptGuard::InterruptGuard(bool terminate_too) : terminate_too_(terminate_too) {
  ::sigaction(SIGINT, nullptr, &old_int_);
  ::sigaction(SIGTERM, nullptr, &old_term_);
  Clear();
}

InterruptGuard::~InterruptGuard() {
  ::sigaction(SIGINT, &old_int_, nullptr);
  ::sigaction(SIGTERM, &old_term_, nullptr);
}

int InterruptGuard::raised() { return noted.load(); }

void InterruptGuard::Clear() {
  noted.store(0);
  struct sigaction action {};
  action.sa_handler = Note;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  if (terminate_too_) ::sigaction(SIGTERM, &action, nullptr);
}

void DieOfNotedSignal() {
  const int number = noted.load();
  if (number == 0) return;
  ::signal(number, SIG_DFL);
  ::raise(number);
}

}  // namespace tupu::app
