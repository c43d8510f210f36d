// The shell on a terminal: a pseudo-terminal plays the user's. TUPU_BINARY names the program.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr int kPatienceMs = 20'000;

// One run of the program on a terminal of its own.
class Terminal {
 public:
  Terminal(const std::vector<std::string>& arguments, const fs::path& home) {
    winsize size{};
    size.ws_col = 100;
    size.ws_row = 30;
    pid_ = ::forkpty(&master_, nullptr, nullptr, &size);
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
      ::setenv("XDG_STATE_HOME", home.c_str(), 1);
      ::setenv("HOME", home.c_str(), 1);
      ::setenv("TERM", "xterm", 1);
      ::setenv("LC_ALL", "C.UTF-8", 1);
      std::vector<char*> argv;
      for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
      argv.push_back(nullptr);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
  }
  ~Terminal() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(master_);
  }

  void Type(const std::string& keys) {
    REQUIRE(::write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }

  // Reads until `text` has come since the last call; false if it does not.
  bool Sees(const std::string& text) {
    while (true) {
      const std::size_t at = screen_.find(text, looked_);
      if (at != std::string::npos) {
        looked_ = at + text.size();
        return true;
      }
      if (!Read()) {
        MESSAGE("not seen: " << text << "\nbut: " << screen_.substr(looked_));
        return false;
      }
    }
  }

  // The exit status, or minus the signal that ended it.
  int Wait() {
    while (Read()) {
    }
    int status = 0;
    for (int waited = 0; waited < kPatienceMs; waited += 10) {
      if (::waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
      }
      ::usleep(10'000);
    }
    FAIL("the program does not end");
    return -1;
  }

 private:
  bool Read() {
    pollfd poll_one{master_, POLLIN, 0};
    if (::poll(&poll_one, 1, kPatienceMs) <= 0) return false;
    char buffer[4096];
    const ssize_t got = ::read(master_, buffer, sizeof buffer);
    if (got <= 0) return false;
    screen_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  int master_ = -1;
  pid_t pid_ = -1;
  std::string screen_;
  std::size_t looked_ = 0;
};

// A folder with a small store in it.
class Fixture {
 public:
  Fixture() {
    std::string name = (fs::temp_directory_path() / "tupu-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    home_ = name;
    std::ofstream(home_ / "doc.txt")
        << "关于债券的通知\n财政部日前印发《地方债券发行管理办法》。\n";
    const std::string build = std::string(TUPU_BINARY) + " build --store " + store() + " " +
                              (home_ / "doc.txt").string() + " >/dev/null";
    REQUIRE(std::system(build.c_str()) == 0);
  }
  ~Fixture() { fs::remove_all(home_); }

  std::string store() const { return (home_ / "store").string(); }
  const fs::path& home() const { return home_; }
  std::vector<std::string> Repl() const { return {TUPU_BINARY, "repl", "--store", store()}; }

 private:
  fs::path home_;
};

TEST_CASE("statements over several lines, commands, and Ctrl-D") {
  const Fixture fixture;
  Terminal terminal(fixture.Repl(), fixture.home());
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type("RETURN 40 +\r");
  REQUIRE(terminal.Sees("   -> "));
  terminal.Type("2 AS answer;\r");
  CHECK(terminal.Sees("answer"));
  CHECK(terminal.Sees("42"));
  CHECK(terminal.Sees("tupu> "));
  terminal.Type("RETURN '上海' AS 城市\r\r");  // an empty line ends it, too
  CHECK(terminal.Sees("(1 row)"));
  CHECK(terminal.Sees("tupu> "));
  terminal.Type(":help\r");
  CHECK(terminal.Sees(":why"));
  CHECK(terminal.Sees("tupu> "));
  terminal.Type("RETURN oops;\r");
  CHECK(terminal.Sees("oops is not defined"));
  CHECK(terminal.Sees("tupu> "));
  terminal.Type("\x04");
  CHECK(terminal.Wait() == 0);
  std::ifstream history(fixture.home() / "tupu" / "history");
  const std::string text{std::istreambuf_iterator<char>(history), {}};
  CHECK(text.find("answer") != std::string::npos);
}

TEST_CASE("Tab completes keywords, labels, relation types and names") {
  const Fixture fixture;
  Terminal terminal(fixture.Repl(), fixture.home());
  REQUIRE(terminal.Sees("tupu> "));
  // Only what changes on the screen is drawn: of ISSUED what follows ISS.
  terminal.Type("matc\t");
  REQUIRE(terminal.Sees("MATCH "));
  terminal.Type("(a)-[:ISS\t");
  REQUIRE(terminal.Sees("UED"));
  terminal.Type("]->(b:Pol\t");
  REQUIRE(terminal.Sees("icy"));
  terminal.Type(") WHERE a.name = '财\t");
  REQUIRE(terminal.Sees("政部"));
  terminal.Type("' RETURN count(*) AS 数目;\r");
  CHECK(terminal.Sees("数目"));
  CHECK(terminal.Sees("1"));
  CHECK(terminal.Sees("(1 row)"));
  terminal.Type(":quit\r");
  CHECK(terminal.Wait() == 0);
}

TEST_CASE("Ctrl-C throws the line and the open statement away, and no more") {
  const Fixture fixture;
  Terminal terminal(fixture.Repl(), fixture.home());
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type("RETURN 'half");
  terminal.Type("\x03");
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type("RETURN\r");
  REQUIRE(terminal.Sees("   -> "));
  terminal.Type("\x03");
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type("RETURN 5 AS whole;\r");
  CHECK(terminal.Sees("(1 row)"));
  CHECK(terminal.Sees("tupu> "));
  terminal.Type("\x04");
  CHECK(terminal.Wait() == 0);
}

TEST_CASE("Ctrl-C ends a query that would take for ever, and no more") {
  const Fixture fixture;
  Terminal terminal(fixture.Repl(), fixture.home());
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type(
      "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 "
      "RETURN count(*);\r");
  REQUIRE(terminal.Sees("count(*);"));
  ::usleep(500'000);
  terminal.Type("\x03");
  CHECK(terminal.Sees("interrupted"));
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type("RETURN 6 AS after;\r");
  CHECK(terminal.Sees("(1 row)"));
  REQUIRE(terminal.Sees("tupu> "));
  terminal.Type(":quit\r");
  CHECK(terminal.Wait() == 0);
}

TEST_CASE("a terminal that goes away ends the shell") {
  const Fixture fixture;
  pid_t pid = -1;
  int master = -1;
  pid = ::forkpty(&master, nullptr, nullptr, nullptr);
  REQUIRE(pid >= 0);
  if (pid == 0) {
    ::setenv("XDG_STATE_HOME", fixture.home().c_str(), 1);
    ::execl(TUPU_BINARY, TUPU_BINARY, "repl", "--store", fixture.store().c_str(), nullptr);
    ::_exit(127);
  }
  char buffer[256];
  REQUIRE(::read(master, buffer, sizeof buffer) > 0);
  ::close(master);
  int status = 0;
  for (int waited = 0; waited < kPatienceMs; waited += 10) {
    if (::waitpid(pid, &status, WNOHANG) == pid) return;
    ::usleep(10'000);
  }
  ::kill(pid, SIGKILL);
  ::waitpid(pid, &status, 0);
  FAIL("the shell outlives its terminal");
}

}  // namespace
