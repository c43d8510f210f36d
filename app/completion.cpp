#include "app/completion.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "graph/base/utf8.h"
#include "query/session.h"

namespace tupu::app {
namespace {

constexpr std::size_t kMaxNames = 100;

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool BeginsWith(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return Lower(a) == Lower(b); });
}

// Where the line stands at its end.
struct Place {
  char quote = 0;            // the open one
  std::size_t quote_at = 0;  // what follows it
  bool in_brackets = false;  // within […] rather than (…)
};

Place PlaceAtEnd(std::string_view text) {
  Place place;
  std::string open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (place.quote != 0) {
      if (c == '\\' && place.quote != '`') {
        ++i;
      } else if (c == place.quote) {
        place.quote = 0;
      }
    } else if (c == '\'' || c == '"' || c == '`') {
      place.quote = c;
      place.quote_at = i + 1;
    } else if (c == '(' || c == '[' || c == '{') {
      open += c;
    } else if ((c == ')' || c == ']' || c == '}') && !open.empty()) {
      open.pop_back();
    }
  }
  place.in_brackets = !open.empty() && open.back() == '[';
  return place;
}

void AddMatching(const std::vector<std::string>& from, std::string_view prefix, Completions& out) {
  for (const std::string& text : from) {
    if (BeginsWith(text, prefix)) out.candidates.push_back(text);
  }
}

std::vector<std::string> PropertyNames(const graph::Schema& schema) {
  std::set<std::string> names{"id", "name", "aliases", "status", "currency"};
  for (const auto& type : schema.entity_types()) {
    for (const auto& property : type.properties) names.insert(property.name);
  }
  for (const auto& type : schema.relation_types()) {
    for (const auto& property : type.properties) names.insert(property.name);
  }
  return {names.begin(), names.end()};
}

void AddNames(const graph::View& view, std::string_view prefix, Completions& out) {
  if (prefix.empty()) return;
  out.replace = prefix.size();
  const auto names = view.CompleteName(prefix, kMaxNames);
  // A store that cannot be read says so when it is asked, not when somebody presses Tab.
  if (names.ok()) out.candidates = *names;
}

}  // namespace

Completions Completer::Complete(const graph::View& view, std::string_view before,
                                const std::vector<std::string>& parameters) const {
  Completions out;
  const Place place = PlaceAtEnd(before);
  if (place.quote != 0) {
    if (place.quote != '`') AddNames(view, before.substr(place.quote_at), out);
    return out;
  }
  std::size_t word_at = before.size();
  while (word_at > 0 && IsWordByte(before[word_at - 1])) --word_at;
  const std::string_view word = before.substr(word_at);
  out.replace = word.size();
  const std::size_t first = before.find_first_not_of(' ');
  if (first != std::string_view::npos && before[first] == ':') {
    if (word_at == first + 1) {
      AddMatching(commands_, word, out);
    } else if (before.substr(first).starts_with(":why")) {
      AddNames(view, word, out);
      for (const std::string& type : view.RelationTypes()) {
        if (!word.empty() && BeginsWith(type, word)) out.candidates.push_back(type);
      }
    }
    return out;
  }
  const char mark = word_at == 0 ? '\0' : before[word_at - 1];
  if (mark == ':' || (mark == '|' && place.in_brackets)) {
    AddMatching(place.in_brackets ? view.RelationTypes() : view.Labels(), word, out);
  } else if (mark == '.') {
    AddMatching(PropertyNames(schema_), word, out);
  } else if (mark == '$') {
    AddMatching(parameters, word, out);
  } else if (!word.empty()) {
    for (const std::string_view keyword : query::CypherKeywords()) {
      if (BeginsWith(keyword, word)) out.candidates.push_back(std::string(keyword) + " ");
    }
    for (const std::string_view function : query::CypherFunctions()) {
      if (BeginsWith(function, word)) out.candidates.push_back(std::string(function) + "(");
    }
  }
  return out;
}

std::string CommonPrefix(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::string_view common = texts.front();
  for (const std::string& text : texts) {
    const auto differ = std::mismatch(common.begin(), common.end(), text.begin(), text.end());
    common = common.substr(0, static_cast<std::size_t>(differ.first - common.begin()));
  }
  // Not the first half of a character.
  std::size_t end = common.size();
  while (end > 0 && end < texts.front().size() &&
         (static_cast<unsigned char>(texts.front()[end]) & 0xC0) == 0x80) {
    --end;
  }
  return std::string(common.substr(0, end));
}

}  // namespace tupu::app
