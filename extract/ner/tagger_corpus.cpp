#include "extract/ner/tagger_corpus.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "graph/base/utf8.h"

namespace tupu::extract::tagger {
namespace {

// Long enough for every sentence; beyond it one is cut in two.
constexpr std::size_t kMaxCharacters = 2000;

class Parser {
 public:
  Status Add(std::string_view text, const std::string& name) {
    std::size_t line_number = 0;
    while (!text.empty()) {
      std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      ++line_number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) {
        Finish();
        continue;
      }
      std::string what = Line(line);
      if (!what.empty()) {
        return Error(ErrorCode::kInvalidInput, std::move(what),
                     name + ":" + std::to_string(line_number));
      }
      if (unknown_.size() >= kMaxCharacters && !open_) Finish();
    }
    Finish();
    return {};
  }

  // Labels get their numbers in byte order, whatever order they came in.
  Corpus Take() && {
    std::vector<std::uint32_t> number(labels_.size());
    for (const auto& [label, first] : labels_) {
      number[first] = static_cast<std::uint32_t>(corpus_.labels.size());
      corpus_.labels.push_back(label);
    }
    for (LabelledSentence& sent : corpus_.sentences) {
      for (LabelledSpan& span : sent.spans) span.label = number[span.label];
    }
    return std::move(corpus_);
  }

 private:
  // What is wrong with the line, or nothing.
  std::string Line(std::string_view line) {
    std::size_t size = FindInvalidUtf8(line);
    if (size != std::string_view::npos) return "the line is not UTF-8";
    std::uint32_t first = DecodeAt(line, 0).size;
    if (first >= line.size() || (line[first] != '\t' && line[first] != ' ')) {
      return "expected one character, a tab or a space, and a label, found \"" + std::string(line) +
             "\"";
    }
    std::string_view label = line.substr(first + 1);
    if (label.empty()) label = "?";
    bool prefixed = label.size() > 2 && label[1] == '-' &&
                    std::string_view("BIMES").find(label[0]) != std::string_view::npos;
    if ((label != "O" && label != "?" && !prefixed) ||
        label.find_first_of(" \t") != std::string_view::npos) {
      return "expected the label O, ?, B-, I-, M-, E- or S- and a name, found \"" +
             std::string(label) + "\"";
    }
    auto at = static_cast<std::uint32_t>(unknown_.size());
    text_ += line.substr(0, first);
    unknown_.push_back(label == "?");
    if (!prefixed) {
      open_ = false;
      return {};
    }
    auto number = static_cast<std::uint32_t>(labels_.size());
    number = labels_.try_emplace(std::string(label.substr(2)), number).first->second;
    char role = label[0];
    bool goes_on = open_ && spans_.back().label == number && role != 'B' && role != 'S';
    if (goes_on) {
      spans_.back().end = at + 1;
    } else {
      spans_.push_back({at, at + 1, number});
    }
    open_ = role != 'S' && role != 'E';
    return {};
  }

  void Finish() {
    open_ = false;
    if (unknown_.empty()) return;
    if (std::find(unknown_.begin(), unknown_.end(), true) == unknown_.end()) unknown_.clear();
    corpus_.sentences.push_back({std::move(text_), std::move(spans_), std::move(unknown_)});
    text_.clear();
    spans_.clear();
    unknown_.clear();
  }

  Corpus corpus_;
  std::map<std::string, std::uint32_t> labels_;
  std::string text_;
  std::vector<LabelledSpan> spans_;
  std::vector<bool> unknown_;
  bool open_ = false;  // the last span may go on
};

struct Placed {
  std::size_t begin = 0, end = 0;  // bytes
  const LabelledForm* form = nullptr;
};

// Where the forms stand, without overlap, in order.
std::vector<Placed> Place(std::string_view text, std::span<const LabelledForm> forms) {
  std::vector<Placed> found;
  for (const LabelledForm& form : forms) {
    if (form.form.empty()) continue;
    for (std::size_t at = text.find(form.form); at != std::string_view::npos;
         at = text.find(form.form, at + form.form.size())) {
      found.push_back({at, at + form.form.size(), &form});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Placed& a, const Placed& b) {
    return a.end - a.begin > b.end - b.begin;
  });
  std::vector<bool> taken(text.size(), false);
  std::vector<Placed> out;
  for (const Placed& one : found) {
    const auto first = taken.begin() + static_cast<std::ptrdiff_t>(one.begin);
    const auto last = taken.begin() + static_cast<std::ptrdiff_t>(one.end);
    if (std::find(first, last, true) != last) continue;
    std::fill(first, last, true);
    out.push_back(one);
  }
  std::sort(out.begin(), out.end(),
            [](const Placed& a, const Placed& b) { return a.begin < b.begin; });
  return out;
}

}  // namespace

void Corpus::Add(std::string_view text, const Clues& clues, std::span<const LabelledForm> forms) {
  LabelledSentence sent;
  sent.text = text;
  sent.clues = clues;
  std::size_t at = 0;
  std::uint32_t characters = 0;
  for (const Placed& one : Place(text, forms)) {
    LabelledSpan span;
    for (; at < one.begin; at += DecodeAt(text, at).size) ++characters;
    span.begin = characters;
    for (; at < one.end; at += DecodeAt(text, at).size) ++characters;
    span.end = characters;
    auto label = std::lower_bound(labels.begin(), labels.end(), one.form->label);
    if (label == labels.end() || *label != one.form->label) {
      const auto number = static_cast<std::uint32_t>(label - labels.begin());
      labels.insert(label, one.form->label);
      const auto shift = [&](LabelledSpan& old) { old.label += old.label >= number ? 1 : 0; };
      for (LabelledSentence& other : sentences) {
        std::for_each(other.spans.begin(), other.spans.end(), shift);
      }
      std::for_each(sent.spans.begin(), sent.spans.end(), shift);
      label = labels.begin() + number;
    }
    span.label = static_cast<std::uint32_t>(label - labels.begin());
    sent.spans.push_back(span);
  }
  sentences.push_back(std::move(sent));
}

Result<Corpus> ParseCorpus(std::string_view text, const std::string& name) {
  Parser parser;
  TUPU_TRY(parser.Add(text, name));
  return std::move(parser).Take();
}

Result<Corpus> ReadCorpus(std::span<const std::filesystem::path> files) {
  Parser parser;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error(ErrorCode::kIo, "cannot open the labelled sentences", file.string());
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad()) return Error(ErrorCode::kIo, "cannot read the labelled sentences", file.string());
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    TUPU_TRY(parser.Add(text, file.string()));
  }
  return std::move(parser).Take();
}

}  // namespace tupu::extract::tagger
