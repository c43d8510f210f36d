#include "app/line_editor.h"

#include <histedit.h>
#include <signal.h>
#include <sys/stat.h>
#include <termios.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include "app/console.h"
#include "app/table.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::app {
namespace fs = std::filesystem;
namespace {

constexpr int kHistoryLines = 2000;
constexpr std::size_t kMaxListed = 60;

// wchar_t holds code points here (Linux); what is none becomes U+FFFD.
std::string Narrow(const wchar_t* begin, const wchar_t* end) {
  std::string out;
  for (; begin != end; ++begin) {
    const auto c = static_cast<char32_t>(*begin);
    AppendUtf8(out, c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? U'\uFFFD' : c);
  }
  return out;
}

std::wstring Widen(std::string_view text) {
  const std::u32string wide = ToUtf32(text);
  return {wide.begin(), wide.end()};
}

// Keys are keys while a line is read: Ctrl-C no signal, Ctrl-D no end of input that the terminal
// itself acts on (and drops when the editor takes over). The editor sets all this, too, but only
// after it has shown the prompt: a key pressed in between would be lost.
class KeysAsTheyCome {
 public:
  KeysAsTheyCome() : known_(::tcgetattr(0, &before_) == 0) {
    termios now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ISIG | ICANON | ECHO);
    now.c_cc[VMIN] = 1;
    now.c_cc[VTIME] = 0;
    if (known_) ::tcsetattr(0, TCSANOW, &now);
  }
  KeysAsTheyCome(const KeysAsTheyCome&) = delete;
  KeysAsTheyCome& operator=(const KeysAsTheyCome&) = delete;
  ~KeysAsTheyCome() {
    if (known_) ::tcsetattr(0, TCSANOW, &before_);
  }

 private:
  termios before_{};
  bool known_;
};

// Candidates below the line, in columns.
void PrintList(const std::vector<std::string>& candidates) {
  const std::size_t shown = std::min(candidates.size(), kMaxListed);
  std::size_t width = 0;
  for (std::size_t i = 0; i < shown; ++i) width = std::max(width, DisplayWidth(candidates[i]) + 2);
  const std::size_t columns = std::max<std::size_t>(1, TerminalWidth(1) / width);
  std::string text = "\n";
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i % columns == columns - 1 || i + 1 == shown;
    text += last ? Printable(candidates[i]) + "\n" : Pad(Printable(candidates[i]), width);
  }
  if (shown < candidates.size()) text += "…\n";
  Output out;
  out.Write(text);
}

}  // namespace

struct LineEditor::Impl {
  EditLine* editor = nullptr;
  HistoryW* history = nullptr;
  fs::path history_file;
  Complete complete;
  std::wstring prompt;
  bool interrupted = false;

  static Impl& Of(EditLine* editor) {
    void* data = nullptr;
    el_wget(editor, EL_CLIENTDATA, &data);
    return *static_cast<Impl*>(data);
  }

  static wchar_t* Prompt(EditLine* editor) { return Of(editor).prompt.data(); }

  static unsigned char Abort(EditLine* editor, int) {
    Of(editor).interrupted = true;
    return CC_NEWLINE;
  }

  // The editor's own handler puts the terminal in order before and after.
  static unsigned char Suspend(EditLine*, int) {
    ::kill(0, SIGTSTP);
    return CC_REFRESH;
  }

  // Fills in what all candidates share; lists them where that is nothing new.
  static unsigned char Tab(EditLine* editor, int) {
    const LineInfoW* line = el_wline(editor);
    const std::string before = Narrow(line->buffer, line->cursor);
    const Completions found = Of(editor).complete(before);
    if (found.candidates.empty()) return CC_REFRESH_BEEP;
    const std::string typed = before.substr(before.size() - found.replace);
    const std::string common = CommonPrefix(found.candidates);
    // Folding may have found names that do not begin as typed: then only a choice of one replaces.
    const bool more = common.size() > typed.size() || found.candidates.size() == 1;
    if (more && common != typed) {
      el_wdeletestr(editor, static_cast<int>(CountCodePoints(typed)));
      el_winsertstr(editor, Widen(common).c_str());
      return CC_REFRESH;
    }
    if (found.candidates.size() == 1) return CC_REFRESH;
    PrintList(found.candidates);
    return CC_REDISPLAY;
  }
};

LineEditor::LineEditor(fs::path history, Complete complete) : impl_(std::make_unique<Impl>()) {
  // The editor measures characters by the locale; only this kind of it is ever set.
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  impl_->history_file = std::move(history);
  impl_->complete = std::move(complete);
  impl_->editor = el_init("tupu", stdin, stdout, stderr);
  TUPU_INVARIANT(impl_->editor != nullptr);
  EditLine* editor = impl_->editor;
  el_wset(editor, EL_CLIENTDATA, impl_.get());
  el_wset(editor, EL_PROMPT, Impl::Prompt);
  el_wset(editor, EL_EDITOR, L"emacs");
  el_wset(editor, EL_SIGNAL, 1);
  el_wset(editor, EL_ADDFN, L"tupu-complete", L"Complete", Impl::Tab);
  el_wset(editor, EL_ADDFN, L"tupu-abort", L"Throw the line away", Impl::Abort);
  el_wset(editor, EL_BIND, L"^I", L"tupu-complete", nullptr);
  el_wset(editor, EL_BIND, L"^R", L"em-inc-search-prev", nullptr);
  // See KeysAsTheyCome; Ctrl-Z is handed on.
  el_wset(editor, EL_SETTY, L"-d", L"-isig", nullptr);
  el_wset(editor, EL_BIND, L"^C", L"tupu-abort", nullptr);
  el_wset(editor, EL_ADDFN, L"tupu-suspend", L"Suspend", Impl::Suspend);
  el_wset(editor, EL_BIND, L"^Z", L"tupu-suspend", nullptr);
  el_source(editor, nullptr);  // the user's ~/.editrc

  impl_->history = history_winit();
  TUPU_INVARIANT(impl_->history != nullptr);
  HistEventW event{};
  history_w(impl_->history, &event, H_SETSIZE, kHistoryLines);
  history_w(impl_->history, &event, H_SETUNIQUE, 1);
  if (!impl_->history_file.empty()) {
    history_w(impl_->history, &event, H_LOAD, impl_->history_file.c_str());
  }
  el_wset(editor, EL_HIST, history_w, impl_->history);
}

LineEditor::~LineEditor() {
  history_wend(impl_->history);
  el_end(impl_->editor);
}

LineEditor::Outcome LineEditor::Read(const std::string& prompt, std::string& line) {
  impl_->prompt = Widen(prompt);
  impl_->interrupted = false;
  const KeysAsTheyCome keys;
  int count = 0;
  const wchar_t* text = el_wgets(impl_->editor, &count);
  if (impl_->interrupted) {
    PrintError("^C\n");
    return Outcome::kInterrupted;
  }
  if (text == nullptr || count <= 0) return Outcome::kEnd;
  line = Narrow(text, text + count);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  return Outcome::kLine;
}

void LineEditor::Remember(std::string_view stmt) {
  std::string text(stmt);
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.find_first_not_of(' ') == std::string::npos) return;
  HistEventW event{};
  history_w(impl_->history, &event, H_ENTER, Widen(text).c_str());
  if (impl_->history_file.empty()) return;
  std::error_code error;
  fs::create_directories(impl_->history_file.parent_path(), error);
  if (history_w(impl_->history, &event, H_SAVE, impl_->history_file.c_str()) >= 0) {
    ::chmod(impl_->history_file.c_str(), S_IRUSR | S_IWUSR);
  }
}

fs::path DefaultHistoryFile() {
  const auto absolute = [](const char* value) { return value != nullptr && *value == '/'; };
  if (const char* state = std::getenv("XDG_STATE_HOME"); absolute(state)) {
    return fs::path(state) / "tupu" / "history";
  }
  if (const char* home = std::getenv("HOME"); absolute(home)) {
    return fs::path(home) / ".local" / "state" / "tupu" / "history";
  }
  return {};
}

}  // namespace tupu::app
