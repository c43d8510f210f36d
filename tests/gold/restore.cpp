// Gives the annotated pages of PAGES.jsonl their texts back, which stand in the raw files: writes
// OUT/train and OUT/kept, each with docs/ID.json, as `tupu extract` reads documents, and
// gold/ID.json, as `tupu eval --gold` reads graphs. README.md beside this has the form of
// PAGES.jsonl.
// usage: restore PAGES.jsonl OUT RAW.jsonl…
// Exit status 0: all pages; 1: pages are missing or have another text, each named, or something
// failed; 2: wrong usage.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "graph/base/utf8.h"
#include "graph/eval/annotated_document.h"

namespace {

using nlohmann::json;
using tupu::graph::AnnotatedDocument;
using tupu::graph::AnnotatedEntity;
using tupu::graph::AnnotatedRelation;
using tupu::graph::Properties;
namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& what) { throw std::runtime_error(what); }

// One annotated page, and what became of it.
struct Page {
  json annotation;
  std::string where;  // file and line
  bool restored = false;
  std::string differs;  // file and line of a page of its id with another text
};
using Pages = std::map<std::string, Page>;  // by the raw page's id

// Title or text, in whose code points places are counted.
class Field {
 public:
  explicit Field(std::string_view text)
      : text_(text), points_(tupu::CountCodePoints(text)), index_(text) {}

  std::string Part(std::uint32_t begin, std::uint32_t end) const {
    if (begin >= end || end > points_) {
      Fail("no place in the page: " + std::to_string(begin) + " to " + std::to_string(end));
    }
    const std::uint32_t first = index_.ToBytes(begin);
    return std::string(text_.substr(first, index_.ToBytes(end) - first));
  }

 private:
  std::string_view text_;
  std::size_t points_;
  tupu::CodePointIndex index_;
};
using Fields = std::array<Field, 2>;

std::string Form(const json& form, const Fields& fields) {
  if (form.is_string()) return form.get<std::string>();
  const auto field = form.at(0).get<std::size_t>();
  return fields.at(field).Part(form.at(1).get<std::uint32_t>(), form.at(2).get<std::uint32_t>());
}

Properties PropertiesOf(const json& object) {
  Properties out;
  for (const auto& [key, value] : object.items()) out[key] = value.get<std::string>();
  return out;
}

// Calls `take` with each item and its type: a text stands before all items of the type it names.
void ForEachTyped(const json& list,
                  const std::function<void(const std::string& type, const json& item)>& take) {
  std::string type;
  for (const json& item : list) {
    if (item.is_string()) {
      type = item.get<std::string>();
      continue;
    }
    if (type.empty()) Fail("a type is expected before " + item.dump());
    take(type, item);
  }
}

AnnotatedDocument GraphOf(const json& annotation, const Fields& fields) {
  AnnotatedDocument out;
  out.id = annotation.at("id").get<std::string>();
  ForEachTyped(annotation.at("entities"), [&](const std::string& type, const json& item) {
    AnnotatedEntity entity;
    entity.id = "e" + std::to_string(out.entities.size() + 1);
    entity.type = type;
    for (const json& part : item) {
      if (part.is_object()) {
        entity.properties = PropertiesOf(part);
      } else if (entity.name.empty()) {
        entity.name = Form(part, fields);
      } else {
        entity.aliases.push_back(Form(part, fields));
      }
    }
    out.entities.push_back(std::move(entity));
  });
  ForEachTyped(annotation.at("relations"), [&](const std::string& type, const json& item) {
    AnnotatedRelation relation;
    relation.type = type;
    relation.from = item.at(0).get<std::size_t>();
    relation.to = item.at(1).get<std::size_t>();
    if (std::max(relation.from, relation.to) >= out.entities.size()) {
      Fail("no such entities: " + item.dump());
    }
    if (item.size() > 2) relation.properties = PropertiesOf(item.at(2));
    out.relations.push_back(std::move(relation));
  });
  return out;
}

// FNV-1a in 64 bits of the title, a line feed and the text, as 16 digits.
std::string Checksum(std::string_view title, std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325;
  const auto add = [&sum](std::string_view bytes) {
    for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  };
  add(title);
  add("\n");
  add(text);
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(sum));
  return digits.data();
}

void Write(const fs::path& file, const std::string& json_text) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << json_text << '\n';
  out.close();
  if (!out) Fail(file.string() + ": cannot be written");
}

void Restore(Page& page, const json& raw, const std::string& where, const fs::path& out) {
  const auto title = raw.at("title").get<std::string>();
  const auto text = raw.at("text").get<std::string>();
  if (Checksum(title, text) != page.annotation.at("sum").get<std::string>()) {
    page.differs = where;
    return;
  }
  AnnotatedDocument graph;
  try {
    graph = GraphOf(page.annotation, {Field(title), Field(text)});
  } catch (const std::exception& problem) {
    Fail(page.where + ": " + problem.what());
  }
  json document = {{"id", graph.id}, {"title", title}, {"text", text}};
  if (raw.contains("date")) document["date"] = raw.at("date");
  const fs::path set = out / (page.annotation.at("kept").get<bool>() ? "kept" : "train");
  Write(set / "docs" / (graph.id + ".json"), document.dump());
  Write(set / "gold" / (graph.id + ".json"), tupu::graph::ToJson(graph));
  page.restored = true;
}

// Calls `take` with each line of a file and where it stands, which begins every error.
void ForEachLine(const std::string& file,
                 const std::function<void(const json& line, const std::string& where)>& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) Fail(file + ": cannot be opened");
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    const std::string where = file + ":" + std::to_string(++number);
    json parsed;
    try {
      parsed = json::parse(line);
      if (!parsed.is_object()) Fail("no JSON object");
    } catch (const std::exception& problem) {
      Fail(where + ": " + problem.what());
    }
    take(parsed, where);
  }
  if (in.bad()) Fail(file + ": cannot be read");
}

// A text that every page has.
std::string TextOf(const json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) {
    Fail(where + ": expected a text as \"" + key + "\"");
  }
  return found->get<std::string>();
}

Pages ReadPages(const std::string& file) {
  Pages pages;
  ForEachLine(file, [&](const json& line, const std::string& where) {
    const std::string id = TextOf(line, "page", where);
    TextOf(line, "id", where);
    TextOf(line, "sum", where);
    if (!line.contains("kept") || !line.at("kept").is_boolean()) {
      Fail(where + ": expected true or false as \"kept\"");
    }
    if (!pages.emplace(id, Page{line, where, false, {}}).second) {
      Fail(where + ": page " + id + " stands twice");
    }
  });
  return pages;
}

bool RestoreAll(Pages& pages, const fs::path& out, char** raw_begin, char** raw_end) {
  for (char** raw = raw_begin; raw != raw_end; ++raw) {
    ForEachLine(*raw, [&](const json& line, const std::string& where) {
      const auto found = pages.find(TextOf(line, "id", where));
      if (found != pages.end() && !found->second.restored) {
        try {
          Restore(found->second, line, where, out);
        } catch (const json::exception& problem) {
          Fail(where + ": " + problem.what());
        }
      }
    });
  }
  std::size_t restored = 0;
  for (const auto& [id, page] : pages) {
    if (page.restored) {
      ++restored;
    } else if (page.differs.empty()) {
      std::cerr << page.where << ": page " << id << " is in none of the files\n";
    } else {
      std::cerr << page.differs << ": page " << id << " has another text than at " << page.where
                << "\n";
    }
  }
  std::cerr << restored << " of " << pages.size() << " pages restored\n";
  return restored == pages.size();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: restore PAGES.jsonl OUT RAW.jsonl...\n";
    return 2;
  }
  try {
    const fs::path out = argv[2];
    // Pages that an earlier file had elsewhere would be measured, or learned from, as well.
    if (fs::exists(out) && !fs::is_empty(out)) Fail(out.string() + ": expected an empty folder");
    Pages pages = ReadPages(argv[1]);
    return RestoreAll(pages, out, argv + 3, argv + argc) ? 0 : 1;
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
  }
}
