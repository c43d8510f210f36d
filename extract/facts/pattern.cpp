#include "extract/facts/pattern.h"

#include <algorithm>
#include <array>

#include "extract/facts/names.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using ElementKind = PatternElement::Kind;
using Row = std::vector<PatternElement>;

constexpr std::size_t kMaxRows = 256;
constexpr int kMaxDepth = 8;

bool LongerFirst(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() > b.size() : a < b;
}

// Recursive descent: pattern := row ('|' row)*, row := (group | optional | element)*.
class Compiler {
 public:
  Compiler(std::string_view text, const WordSets& sets, const graph::Schema& schema)
      : text_(text), sets_(sets), schema_(schema) {}

  Result<std::vector<Row>> Run() {
    TUPU_ASSIGN(std::vector<Row> rows, Alternatives(0));
    if (pos_ != text_.size()) return Wrong("nothing more, a bracket is closed that was not opened");
    for (const Row& row : rows) {
      if (row.empty()) return Wrong("at least one element in every reading");
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].kind == ElementKind::kFree && i + 1 == row.size()) {
          return Wrong("an element after free text, to say where it ends");
        }
      }
    }
    return rows;
  }

 private:
  Error Wrong(const std::string& expected) const {
    return Error{ErrorCode::kSchema,
                 "pattern \"" + std::string(text_) + "\" at character " +
                     std::to_string(CountCodePoints(text_.substr(0, pos_)) + 1) + ": expected " +
                     expected,
                 {},
                 pos_};
  }

  void SkipSpaces() {
    while (pos_ < text_.size() && text_[pos_] == ' ') ++pos_;
  }

  Result<std::vector<Row>> Alternatives(int depth) {
    if (depth > kMaxDepth) return Wrong("brackets at most " + std::to_string(kMaxDepth) + " deep");
    std::vector<Row> all;
    while (true) {
      TUPU_ASSIGN(std::vector<Row> rows, OneRow(depth));
      for (Row& row : rows) all.push_back(std::move(row));
      if (pos_ >= text_.size() || text_[pos_] != '|') break;
      ++pos_;
    }
    // Alternatives of bare words are one element, not many rows.
    const bool words = all.size() > 1 && std::all_of(all.begin(), all.end(), [](const Row& row) {
                         return row.size() == 1 && row[0].kind == ElementKind::kWords;
                       });
    if (words) {
      for (std::size_t i = 1; i < all.size(); ++i) {
        for (std::string& word : all[i][0].words) all[0][0].words.push_back(std::move(word));
      }
      std::sort(all[0][0].words.begin(), all[0][0].words.end(), LongerFirst);
      all.resize(1);
    }
    return all;
  }

  Result<std::vector<Row>> OneRow(int depth) {
    std::vector<Row> rows(1);
    const auto append = [&](const std::vector<Row>& tails, bool optional) -> Status {
      std::vector<Row> next;
      for (const Row& row : rows) {
        for (const Row& tail : tails) {
          next.push_back(row);
          next.back().insert(next.back().end(), tail.begin(), tail.end());
        }
      }
      if (optional) next.insert(next.end(), rows.begin(), rows.end());
      if (next.size() > kMaxRows) {
        return Wrong("at most " + std::to_string(kMaxRows) + " readings of one pattern");
      }
      rows = std::move(next);
      return {};
    };
    while (true) {
      SkipSpaces();
      if (pos_ >= text_.size()) break;
      const char c = text_[pos_];
      if (c == '|' || c == ')' || c == ']') break;
      if (c == '(' || c == '[') {
        ++pos_;
        TUPU_ASSIGN(std::vector<Row> group, Alternatives(depth + 1));
        const char close = c == '(' ? ')' : ']';
        if (pos_ >= text_.size() || text_[pos_] != close) {
          return Wrong(std::string("'") + close + "'");
        }
        ++pos_;
        if (c == '[' && group.size() == 1 && !group[0].empty()) {
          // One reading with a part that may be left out, not two readings.
          group[0][0].optional = static_cast<std::uint32_t>(group[0].size());
          TUPU_TRY(append(group, false));
        } else {
          TUPU_TRY(append(group, c == '['));
        }
        continue;
      }
      TUPU_ASSIGN(PatternElement element, Element());
      TUPU_TRY(append({{std::move(element)}}, false));
    }
    return rows;
  }

  Result<PatternElement> Element() {
    const char c = text_[pos_];
    if (c == '<') return Slot();
    if (c == '$' || c == '^') return Anchor();
    if (c == '_') return Gap();
    PatternElement element;
    const std::size_t begin = pos_;
    constexpr std::string_view kSpecial = " <>()[]|$_^";
    while (pos_ < text_.size() && kSpecial.find(text_[pos_]) == std::string_view::npos) ++pos_;
    if (pos_ == begin) return Wrong("a word, <role:Type>, $set, _gap, ( or [");
    element.words.emplace_back(text_.substr(begin, pos_ - begin));
    return element;
  }

  Result<PatternElement> Slot() {
    const std::size_t close = text_.find('>', pos_);
    const std::size_t colon = text_.find(':', pos_);
    if (close == std::string_view::npos || colon == std::string_view::npos || colon > close ||
        colon == pos_ + 1) {
      return Wrong("<role:Type>");
    }
    PatternElement element;
    element.kind = ElementKind::kMention;
    element.role = text_.substr(pos_ + 1, colon - pos_ - 1);
    std::string_view types = text_.substr(colon + 1, close - colon - 1);
    if (types == "@amount") {
      element.kind = ElementKind::kAmount;
    } else if (types == "@date") {
      element.kind = ElementKind::kDate;
    } else if (types == "@title") {
      element.kind = ElementKind::kTitle;
    } else {
      if (!types.empty() && types[0] == '?') {
        element.kind = ElementKind::kFree;
        types.remove_prefix(1);
      }
      while (true) {
        const std::size_t bar = types.find('|');
        const std::string_view name = types.substr(0, bar);
        if (schema_.FindEntityType(name) == nullptr) {
          return Wrong("an entity type of the ontology in <" + element.role + ":" +
                       std::string(name) + ">");
        }
        for (const graph::EntityTypeDef& type : schema_.entity_types()) {
          if (!type.abstract && schema_.IsA(type.name, name)) element.types.push_back(type.name);
        }
        if (bar == std::string_view::npos) break;
        types.remove_prefix(bar + 1);
      }
      if (element.kind == ElementKind::kFree && element.types.size() != 1) {
        return Wrong("one type for free text");
      }
      if (element.kind == ElementKind::kFree) {
        const WordList* heads = FreeHeads(sets_, element.types.front());
        if (heads != nullptr) element.words = heads->words();
      }
      std::sort(element.types.begin(), element.types.end());
    }
    pos_ = close + 1;
    for (; pos_ < text_.size(); ++pos_) {
      if (text_[pos_] == '+') {
        element.list = true;
      } else if (text_[pos_] == '~') {
        element.nested = true;
      } else if (text_[pos_] == '^') {
        element.taken_over = true;
      } else {
        break;
      }
    }
    return element;
  }

  Result<PatternElement> Anchor() {
    PatternElement element;
    const bool end = text_[pos_] == '$';
    ++pos_;
    const std::size_t begin = pos_;
    while (pos_ < text_.size() && ((text_[pos_] >= 'a' && text_[pos_] <= 'z') ||
                                   text_[pos_] == '_' || text_[pos_] == '-')) {
      ++pos_;
    }
    const std::string_view name = text_.substr(begin, pos_ - begin);
    if (name.empty()) {
      element.kind = end ? ElementKind::kSentenceEnd : ElementKind::kSentenceStart;
    } else if (name == "c") {
      element.kind = end ? ElementKind::kClauseEnd : ElementKind::kClauseStart;
    } else {
      const auto set = end ? sets_.find(name) : sets_.end();
      if (set == sets_.end()) return Wrong("the name of a word set after $, ^ or ^c");
      element.words = set->second;
      std::sort(element.words.begin(), element.words.end(), LongerFirst);
    }
    return element;
  }

  Result<PatternElement> Gap() {
    PatternElement element;
    element.kind = ElementKind::kGap;
    ++pos_;
    const std::size_t begin = pos_;
    for (; pos_ < text_.size() && text_[pos_] >= '0' && text_[pos_] <= '9'; ++pos_) {
      element.max = element.max * 10 + static_cast<std::uint32_t>(text_[pos_] - '0');
      if (element.max > 200) return Wrong("a gap of at most 200 characters");
    }
    if (pos_ == begin) return Wrong("a number of characters after _");
    for (; pos_ < text_.size() && (text_[pos_] == 'm' || text_[pos_] == 'c'); ++pos_) {
      (text_[pos_] == 'm' ? element.over_mentions : element.over_commas) = true;
    }
    return element;
  }

  std::string_view text_;
  const WordSets& sets_;
  const graph::Schema& schema_;
  std::size_t pos_ = 0;
};

}  // namespace

Result<std::vector<LinearPattern>> CompilePattern(std::string_view text, const WordSets& sets,
                                                  const graph::Schema& schema,
                                                  const std::string& where) {
  auto rows = Compiler(text, sets, schema).Run();
  if (!rows.ok()) {
    Error error = std::move(rows).error();
    error.where = where;
    return error;
  }
  std::vector<LinearPattern> patterns;
  for (Row& row : *rows) {
    LinearPattern pattern;
    std::size_t shortest = 0, needed = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      PatternElement& element = row[i];
      element.border = element.kind == ElementKind::kFree ? LastCharacters(element.words)
                                                          : FirstCharacters(element.words);
      needed = std::max(needed, i + element.optional);
      if (i < needed || element.kind != ElementKind::kWords) continue;
      // The element whose shortest word is longest says most.
      const std::size_t length = element.words.back().size();
      if (length > shortest) {
        shortest = length;
        pattern.triggers = element.words;
      }
    }
    pattern.elements = std::move(row);
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace tupu::extract
