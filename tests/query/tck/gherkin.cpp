#include "tests/query/tck/gherkin.h"

#include <algorithm>
#include <map>

namespace tupu::query::tck {
namespace {

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

Cells ParseRow(std::string_view line) {
  Cells cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == '|' || line[i + 1] == '\\')) {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.emplace_back(Trim(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

void Substitute(std::string& text, const Cells& names, const Cells& values) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    bool found = false;
    for (std::size_t i = 0; i < names.size() && text[pos] == '<' && !found; ++i) {
      const std::string mark = "<" + names[i] + ">";
      if (text.compare(pos, mark.size(), mark) != 0) continue;
      out += values[i];
      pos += mark.size();
      found = true;
    }
    if (!found) out += text[pos++];
  }
  text = std::move(out);
}

class FeatureParser {
 public:
  FeatureParser(std::string_view text, const std::string& place) : place_(place) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  Result<std::vector<Scenario>> Run() {
    for (; next_ < lines_.size(); ++next_) {
      std::string_view line = Trim(lines_[next_]);
      if (line.empty() || line.front() == '#' || line.front() == '@') continue;
      if (TakePrefix(line, "Feature:")) {
        feature_ = Trim(line);
      } else if (TakePrefix(line, "Background:")) {
        Flush();
        in_background_ = true;
      } else if (TakePrefix(line, "Scenario Outline:") || TakePrefix(line, "Scenario:")) {
        Flush();
        current_.feature = feature_;
        current_.name = Trim(line);
        open_ = true;
      } else if (line.starts_with("Examples:")) {
        TUPU_TRY(Examples());
      } else if (!open_ && !in_background_) {
        continue;  // a description
      } else {
        TUPU_TRY(OneStep(line));
      }
    }
    Flush();
    return std::move(scenarios_);
  }

 private:
  Error Wrong(const std::string& what) const {
    return Error(ErrorCode::kInvalidInput, what, place_ + ":" + std::to_string(next_ + 1));
  }

  void Flush() {
    if (open_ && !outlined_) scenarios_.push_back(WithBackground(current_));
    current_ = {};
    open_ = outlined_ = in_background_ = false;
  }

  Scenario WithBackground(Scenario scenario) const {
    scenario.steps.insert(scenario.steps.begin(), background_.begin(), background_.end());
    return scenario;
  }

  std::vector<Cells> Table() {
    std::vector<Cells> table;
    for (std::size_t line = next_ + 1; line < lines_.size(); ++line) {
      const std::string_view text = Trim(lines_[line]);
      if (text.empty() || text.front() == '#') continue;
      if (text.front() != '|') break;
      table.push_back(ParseRow(text));
      next_ = line;
    }
    return table;
  }

  Status OneStep(std::string_view line) {
    static constexpr std::string_view kWords[] = {"Given ", "When ", "Then ", "And ", "But "};
    if (std::none_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return TakePrefix(line, word); })) {
      return Wrong("expected a step, found " + std::string(line));
    }
    Step step;
    step.text = Trim(line);
    if (next_ + 1 < lines_.size() && Trim(lines_[next_ + 1]) == "\"\"\"") {
      const std::size_t indent = lines_[++next_].find('"');
      while (++next_ < lines_.size() && Trim(lines_[next_]) != "\"\"\"") {
        std::string_view text = lines_[next_];
        text.remove_prefix(std::min({indent, text.size(), text.find_first_not_of(' ')}));
        step.doc_string += (step.doc_string.empty() ? "" : "\n") + std::string(text);
      }
      if (next_ >= lines_.size()) return Wrong("a text in quotes has no end");
    }
    step.table = Table();
    (in_background_ ? background_ : current_.steps).push_back(std::move(step));
    return {};
  }

  Status Examples() {
    if (!open_) return Wrong("Examples without a Scenario Outline");
    outlined_ = true;
    const std::vector<Cells> table = Table();
    for (std::size_t row = 1; row < table.size(); ++row) {
      if (table[row].size() != table[0].size()) return Wrong("a row of another length");
      Scenario scenario = WithBackground(current_);
      scenario.name += " (row " + std::to_string(++rows_of_[current_.name]) + ")";
      for (Step& step : scenario.steps) {
        Substitute(step.text, table[0], table[row]);
        Substitute(step.doc_string, table[0], table[row]);
        for (Cells& cells : step.table) {
          for (std::string& cell : cells) Substitute(cell, table[0], table[row]);
        }
      }
      scenarios_.push_back(std::move(scenario));
    }
    return {};
  }

  const std::string& place_;
  std::vector<std::string_view> lines_;
  std::size_t next_ = 0;
  std::string feature_;
  std::vector<Step> background_;
  std::map<std::string, int> rows_of_;
  Scenario current_;
  bool open_ = false, outlined_ = false, in_background_ = false;
  std::vector<Scenario> scenarios_;
};

}  // namespace

Result<std::vector<Scenario>> ParseFeature(std::string_view text, const std::string& place) {
  return FeatureParser(text, place).Run();
}

}  // namespace tupu::query::tck
