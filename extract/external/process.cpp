#include "extract/external/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace tupu::extract {
namespace {

using Clock = std::chrono::steady_clock;

void Close(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

struct Pipe {
  int read = -1, write = -1;
  ~Pipe() {
    Close(read);
    Close(write);
  }
};

Status OpenPipe(Pipe& pipe) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error(ErrorCode::kIo, std::string("no pipe: ") + std::strerror(errno));
  }
  pipe.read = ends[0];
  pipe.write = ends[1];
  return {};
}

// Writing to a program that has ended is an error here, not a signal: a broken pipe's is kept from
// this thread, and taken away, while this lives.
class NoBrokenPipeSignal {
 public:
  NoBrokenPipeSignal() {
    sigemptyset(&broken_pipe_);
    sigaddset(&broken_pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &broken_pipe_, &before_);
  }
  NoBrokenPipeSignal(const NoBrokenPipeSignal&) = delete;
  NoBrokenPipeSignal& operator=(const NoBrokenPipeSignal&) = delete;
  ~NoBrokenPipeSignal() {
    const timespec now{};
    if (!was_pending_) sigtimedwait(&broken_pipe_, nullptr, &now);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t broken_pipe_, before_;
  bool was_pending_;
};

// What posix_spawn wants, set up and torn down.
struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

}  // namespace

Result<std::unique_ptr<Process>> Process::Start(const std::string& command) {
  Pipe to, from;
  TUPU_TRY(OpenPipe(to));
  TUPU_TRY(OpenPipe(from));
  SpawnPlan plan;
  posix_spawn_file_actions_adddup2(&plan.actions, to.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, from.write, STDOUT_FILENO);
  // A group of its own, so that all it starts can be killed; signals as a program expects them.
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&plan.attributes, &defaults);
  posix_spawnattr_setpgroup(&plan.attributes, 0);
  posix_spawnattr_setflags(&plan.attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  std::array<char*, 4> arguments = {const_cast<char*>("sh"), const_cast<char*>("-c"),
                                    const_cast<char*>(command.c_str()), nullptr};
  pid_t pid = 0;
  const int failed =
      posix_spawn(&pid, "/bin/sh", &plan.actions, &plan.attributes, arguments.data(), environ);
  if (failed != 0) {
    return Error(ErrorCode::kIo, std::string("cannot be started: ") + std::strerror(failed),
                 command);
  }
  ::fcntl(to.write, F_SETFL, O_NONBLOCK);
  ::fcntl(from.read, F_SETFL, O_NONBLOCK);
  std::unique_ptr<Process> process(new Process(pid, to.write, from.read));
  to.write = from.read = -1;  // the process's now
  return process;
}

Process::~Process() {
  Close(in_);
  Close(out_);
  if (pid_ <= 0) return;
  ::kill(-pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string Process::HowItEnded() {
  Close(in_);
  // It has closed its output; if it lingers, it has as good as ended.
  constexpr int kTries = 50;
  int status = 0;
  for (int i = 0; i < kTries; ++i) {
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      ::kill(-pid_, SIGKILL);  // what it has started
      pid_ = 0;
      return WIFSIGNALED(status) ? "was killed by signal " + std::to_string(WTERMSIG(status))
                                 : "ended with status " + std::to_string(WEXITSTATUS(status));
    }
    ::usleep(10'000);
  }
  return "closed its output";
}

Result<std::string> Process::Ask(std::string_view line, std::chrono::milliseconds timeout,
                                 std::size_t max_bytes) {
  const NoBrokenPipeSignal guard;
  std::string request(line);
  request += '\n';
  std::size_t written = 0;
  std::string answer;
  const Clock::time_point deadline = Clock::now() + timeout;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      return Error(ErrorCode::kLimit,
                   "did not answer within " + std::to_string(timeout.count()) + " ms");
    }
    std::array<pollfd, 2> wait = {pollfd{out_, POLLIN, 0},
                                  pollfd{written < request.size() ? in_ : -1, POLLOUT, 0}};
    const int ready =
        ::poll(wait.data(), wait.size(), static_cast<int>(std::min<long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) {
      return Error(ErrorCode::kIo, std::string("poll: ") + std::strerror(errno));
    }
    if (ready <= 0) continue;
    if (wait[1].revents != 0) {
      const ssize_t sent = ::write(in_, request.data() + written, request.size() - written);
      if (sent > 0) {
        written += static_cast<std::size_t>(sent);
      } else if (sent < 0 && errno != EAGAIN && errno != EINTR && errno != EPIPE) {
        return Error(ErrorCode::kIo, std::string("cannot be written to: ") + std::strerror(errno));
      } else if (sent < 0 && errno == EPIPE) {
        written = request.size();  // it reads no more; it may still answer
      }
    }
    if (wait[0].revents == 0) continue;
    std::array<char, 65536> buffer;
    const ssize_t got = ::read(out_, buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got <= 0) return Error(ErrorCode::kIo, HowItEnded() + " without an answer");
    const std::size_t known = answer.size();
    answer.append(buffer.data(), static_cast<std::size_t>(got));
    const std::size_t end = answer.find('\n', known);
    if (end == std::string::npos) {
      if (answer.size() <= max_bytes) continue;
      return Error(ErrorCode::kLimit,
                   "answered more than " + std::to_string(max_bytes) + " bytes in one line");
    }
    if (end + 1 != answer.size()) {
      return Error(ErrorCode::kIo, "answered more than one line to one document");
    }
    answer.pop_back();
    return answer;
  }
}

}  // namespace tupu::extract
