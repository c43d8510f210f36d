// Reading schemas/rules/*.json. Every mistake is named with file, rule and JSON path.
#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "graph/base/hash.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using Json = nlohmann::json;

class Loader {
 public:
  Loader(const graph::Schema& schema, WordSets& sets) : schema_(schema), sets_(sets) {}

  Status ReadSets(const std::string& file, const Json& json) {
    file_ = file;
    rule_.clear();
    if (!json.is_object()) return Wrong("", "an object with \"sets\" and \"rules\"");
    for (const auto& [key, value] : json.items()) {
      if (key != "sets" && key != "rules" && key != "about") {
        return Wrong("/" + key, "one of the keys about, sets, rules");
      }
    }
    const auto sets = json.find("sets");
    if (sets == json.end()) return {};
    if (!sets->is_object()) return Wrong("/sets", "an object of lists of words");
    for (const auto& [name, words] : sets->items()) {
      const std::string path = "/sets/" + name;
      const bool plain = std::all_of(name.begin(), name.end(),
                                     [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
      if (name.size() < 2 || !plain) return Wrong(path, "a name of two letters or more (a-z, _)");
      if (sets_.count(name) > 0) return Wrong(path, "a set that no other file defines");
      TUPU_ASSIGN(std::vector<std::string> list, Strings(words, path));
      if (list.empty()) return Wrong(path, "at least one word");
      sets_[name] = WordList(std::move(list));
    }
    return {};
  }

  Status CheckSets() {
    file_ = "schemas/rules";
    rule_.clear();
    for (const std::string_view name : NeededSets()) {
      if (sets_.count(name) == 0) return Wrong("/sets/" + std::string(name), "this set somewhere");
    }
    return {};
  }

  Status ReadRules(const std::string& file, const Json& json, std::vector<Rule>& rules) {
    file_ = file;
    rule_.clear();
    const auto list = json.find("rules");
    if (list == json.end()) return {};
    if (!list->is_array()) return Wrong("/rules", "a list of rules");
    for (std::size_t i = 0; i < list->size(); ++i) {
      rule_.clear();
      TUPU_ASSIGN(Rule rule, ReadRule((*list)[i], "/rules/" + std::to_string(i)));
      if (!ids_.insert(rule.id).second) {
        return Wrong("/rules/" + std::to_string(i) + "/id", "an id that no other rule has");
      }
      rules.push_back(std::move(rule));
    }
    return {};
  }

 private:
  Error Wrong(const std::string& path, const std::string& expected) const {
    std::string message = path.empty() ? "" : path + ": ";
    if (!rule_.empty()) message = "rule \"" + rule_ + "\" " + message;
    return Error{ErrorCode::kSchema, message + "expected " + expected, file_};
  }

  Result<std::vector<std::string>> Strings(const Json& json, const std::string& path) const {
    std::vector<std::string> list;
    if (json.is_string()) {
      list.push_back(json.get<std::string>());
    } else if (json.is_array()) {
      for (const Json& item : json) {
        if (!item.is_string()) return Wrong(path, "strings only");
        list.push_back(item.get<std::string>());
      }
    } else {
      return Wrong(path, "a string or a list of strings");
    }
    for (const std::string& item : list) {
      if (item.empty()) return Wrong(path, "no empty string");
    }
    return list;
  }

  Result<std::string> Text(const Json& json, const char* key, const std::string& path,
                           bool needed) const {
    const auto it = json.find(key);
    if (it == json.end()) {
      if (needed) return Wrong(path, std::string("the key \"") + key + "\"");
      return std::string();
    }
    if (!it->is_string() || it->get<std::string>().empty()) {
      return Wrong(path + "/" + key, "a string");
    }
    return it->get<std::string>();
  }

  Result<std::vector<RuleExample>> Examples(const Json& json, const char* key,
                                            const std::string& path, bool gives) const {
    std::vector<RuleExample> examples;
    const auto it = json.find(key);
    if (it == json.end()) return examples;
    TUPU_ASSIGN(std::vector<std::string> lines, Strings(*it, path + "/" + key));
    for (const std::string& line : lines) {
      RuleExample example;
      const std::size_t arrow = line.find(" => ");
      if ((arrow != std::string::npos) != gives) {
        return Wrong(path + "/" + key, gives ? "\"sentence => 甲 > 乙; …\" in every example"
                                             : "a sentence alone, without =>");
      }
      example.text = line.substr(0, arrow);
      std::string rest = gives ? line.substr(arrow + 4) : "";
      while (!rest.empty()) {
        const std::size_t end = rest.find("; ");
        example.gives.push_back(rest.substr(0, end));
        rest = end == std::string::npos ? "" : rest.substr(end + 2);
      }
      examples.push_back(std::move(example));
    }
    return examples;
  }

  Result<Rule> ReadRule(const Json& json, const std::string& path) {
    if (!json.is_object()) return Wrong(path, "an object");
    Rule rule;
    rule.file = file_;
    TUPU_ASSIGN(rule.id, Text(json, "id", path, true));
    rule_ = rule.id;
    constexpr std::array<std::string_view, 16> kKeys = {
        "id",      "about",  "relation",   "pattern",  "from",
        "to",      "each",   "amount",     "title",    "date",
        "status",  "unless", "confidence", "examples", "counter_examples",
        "patterns"};
    for (const auto& [key, value] : json.items()) {
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
        return Wrong(path + "/" + key, "a known key");
      }
    }
    TUPU_ASSIGN(rule.relation, Text(json, "relation", path, true));
    if (schema_.FindRelationType(rule.relation) == nullptr) {
      return Wrong(path + "/relation", "a relation type of the ontology, not " + rule.relation);
    }
    TUPU_ASSIGN(rule.each, Text(json, "each", path, false));
    TUPU_ASSIGN(rule.from, Text(json, "from", path, rule.each.empty()));
    TUPU_ASSIGN(rule.to, Text(json, "to", path, rule.each.empty()));
    TUPU_ASSIGN(rule.amount, Text(json, "amount", path, false));
    TUPU_ASSIGN(rule.title, Text(json, "title", path, false));
    TUPU_ASSIGN(rule.date, Text(json, "date", path, false));
    TUPU_ASSIGN(rule.status, Text(json, "status", path, false));
    if (rule.status.empty()) rule.status = "auto";
    constexpr std::array<std::string_view, 5> kStatus = {"auto", "done", "planned", "proposed",
                                                         "denied"};
    if (std::find(kStatus.begin(), kStatus.end(), rule.status) == kStatus.end()) {
      return Wrong(path + "/status", "auto, done, planned, proposed or denied");
    }
    if (const auto it = json.find("confidence"); it != json.end()) {
      if (!it->is_number() || it->get<double>() <= 0 || it->get<double>() > 1) {
        return Wrong(path + "/confidence", "a number above 0, at most 1");
      }
      rule.confidence = it->get<double>();
    }
    TUPU_TRY(ReadLimits(json, path, rule.unless));
    TUPU_TRY(ReadPatterns(json, path, rule));
    TUPU_ASSIGN(rule.examples, Examples(json, "examples", path, true));
    TUPU_ASSIGN(rule.counter_examples, Examples(json, "counter_examples", path, false));
    if (rule.examples.empty()) return Wrong(path, "at least one example");
    return rule;
  }

  Status ReadLimits(const Json& json, const std::string& path, RuleLimits& limits) const {
    const auto it = json.find("unless");
    if (it == json.end()) return {};
    if (!it->is_object()) return Wrong(path + "/unless", "an object");
    for (const auto& [key, value] : it->items()) {
      WordList* limit = key == "before"   ? &limits.before
                        : key == "inside" ? &limits.inside
                        : key == "after"  ? &limits.after
                        : key == "clause" ? &limits.clause
                                          : nullptr;
      const std::string place = path + "/unless/" + key;
      if (limit == nullptr) return Wrong(place, "before, inside, after or clause");
      TUPU_ASSIGN(std::vector<std::string> words, Strings(value, place));
      std::vector<std::string> list;
      for (const std::string& word : words) {
        if (word[0] != '$') {
          list.push_back(word);
          continue;
        }
        const auto set = sets_.find(word.substr(1));
        if (set == sets_.end()) return Wrong(place, "a word or a known $set, not " + word);
        list.insert(list.end(), set->second.begin(), set->second.end());
      }
      *limit = WordList(std::move(list));
    }
    return {};
  }

  Status ReadPatterns(const Json& json, const std::string& path, Rule& rule) const {
    const auto it = json.find("pattern");
    if (it == json.end()) return Wrong(path, "the key \"pattern\"");
    TUPU_ASSIGN(std::vector<std::string> texts, Strings(*it, path + "/pattern"));
    for (const std::string& text : texts) {
      auto compiled = CompilePattern(text, sets_, schema_, file_);
      if (!compiled.ok()) {
        Error error = std::move(compiled).error();
        error.message = "rule \"" + rule.id + "\" " + path + "/pattern: " + error.message;
        return error;
      }
      for (LinearPattern& pattern : *compiled) {
        for (const std::string* role : {&rule.from, &rule.to, &rule.each}) {
          bool bound = role->empty();
          std::size_t needed = 0;
          for (std::size_t i = 0; i < pattern.elements.size(); ++i) {
            needed = std::max(needed, i + pattern.elements[i].optional);
            bound = bound || (i >= needed && pattern.elements[i].role == *role);
          }
          if (!bound) return Wrong(path + "/pattern", "<" + *role + ":…> in every reading");
        }
        rule.patterns.push_back(std::move(pattern));
      }
    }
    return {};
  }

  const graph::Schema& schema_;
  WordSets& sets_;
  std::string file_;
  std::string rule_;
  std::set<std::string> ids_;
};

}  // namespace

Result<RuleBook> RuleBook::Parse(const std::vector<std::pair<std::string, std::string>>& files,
                                 const graph::Schema& schema) {
  RuleBook book;
  book.sets_ = std::make_unique<WordSets>();
  std::vector<Json> parsed;
  std::vector<std::string_view> hashed;
  std::vector<std::string> canonical;
  for (const auto& [name, text] : files) {
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
      // Parse again for the place: the exception stays in this file.
      std::size_t at = 0;
      try {
        json = Json::parse(text);
      } catch (const Json::parse_error& error) {
        at = error.byte;
      }
      const auto line =
          1 + std::count(text.begin(),
                         text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())),
                         '\n');
      return Error{ErrorCode::kSchema, "line " + std::to_string(line) + ": expected JSON", name,
                   at};
    }
    canonical.push_back(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    parsed.push_back(std::move(json));
  }
  Loader loader(schema, *book.sets_);
  for (std::size_t i = 0; i < files.size(); ++i) {
    TUPU_TRY(loader.ReadSets(files[i].first, parsed[i]));
  }
  TUPU_TRY(loader.CheckSets());
  for (std::size_t i = 0; i < files.size(); ++i) {
    TUPU_TRY(loader.ReadRules(files[i].first, parsed[i], book.rules_));
  }
  book.IndexTriggers();
  for (const std::string& text : canonical) hashed.push_back(text);
  book.hash_ = HashFields(std::span<const std::string_view>(hashed));
  return book;
}

Result<RuleBook> RuleBook::Load(const std::filesystem::path& schema_dir,
                                const graph::Schema& schema) {
  const std::filesystem::path dir = schema_dir / "rules";
  std::error_code failed;
  std::vector<std::filesystem::path> paths;
  for (auto it = std::filesystem::directory_iterator(dir, failed);
       !failed && it != std::filesystem::directory_iterator(); it.increment(failed)) {
    if (it->path().extension() == ".json") paths.push_back(it->path());
  }
  if (failed || paths.empty()) {
    return Error{ErrorCode::kSchema, "expected a folder of rules (*.json)", dir.string()};
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::pair<std::string, std::string>> files;
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Error{ErrorCode::kIo, "cannot be read", path.string()};
    files.emplace_back(path.string(), text.str());
    if (FindInvalidUtf8(files.back().second) != std::string_view::npos) {
      return Error{ErrorCode::kSchema, "expected UTF-8", path.string()};
    }
  }
  return Parse(files, schema);
}

}  // namespace tupu::extract
