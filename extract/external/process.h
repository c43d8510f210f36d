// A program that answers lines with lines: started once, asked many times, killed when it hangs.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "graph/base/error.h"

namespace tupu::extract {

// A child process of its own group, run by /bin/sh, with a pipe to its standard input and one from
// its standard output; its standard error is ours. Not for several threads at once.
class Process {
 public:
  // kIo if it cannot be started (a command that does not exist shows at the first Ask).
  static Result<std::unique_ptr<Process>> Start(const std::string& command);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();  // kills the group

  // Writes `line` and a line feed, then reads one line (without its line feed). Writing and reading
  // go on at once, so neither side waits for the other. Fails with kIo where the process ends or
  // answers more than the one line, with kLimit where the answer takes longer than `timeout` or is
  // longer than `max_bytes`; after that the process is of no more use.
  Result<std::string> Ask(std::string_view line, std::chrono::milliseconds timeout,
                          std::size_t max_bytes);

 private:
  Process(int pid, int in, int out) : pid_(pid), in_(in), out_(out) {}
  // "ended with status 3", "was killed by signal 11".
  std::string HowItEnded();

  int pid_;  // 0: already waited for
  int in_;   // we write
  int out_;  // we read
};

}  // namespace tupu::extract
