// Pages as the recogniser reads them, with the shipped schemas but for the tagger's model, which
// another training changes; and tables of what it should find.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "extract/ner/recogniser.h"

namespace tupu::extract {

inline const Recogniser& Shared() {
  static const Recogniser recogniser = [] {
    std::filesystem::path schemas = std::filesystem::path(TUPU_SOURCE_DIR) / "schemas";
    auto schema = graph::Schema::Load(schemas);
    REQUIRE(schema.ok());
    auto loaded = Recogniser::Load(schemas, *schema, {}, false);
    if (!loaded.ok()) FAIL(loaded.error().ToString());
    return std::move(loaded).value();
  }();
  return recogniser;
}

struct Reading {
  graph::Document doc;
  Page page;
  std::vector<SentenceMentions> mentions;
};

inline Reading Read(const std::string& text, const std::string& date = "2026-03-01") {
  Reading out;
  out.doc.id = "d";
  out.doc.date = date;
  out.doc.text = text;
  out.page = SplitPage(out.doc);
  out.mentions = Shared().Recognise(out.doc, out.page);
  REQUIRE(out.mentions.size() == out.page.sentences.size());
  return out;
}

// "Type:form" of every mention but industries, nested ones with a "+" in front.
inline std::vector<std::string> Found(const std::string& text) {
  Reading reading = Read(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    const std::string& field = graph::TextOf(reading.doc, reading.page.sentences[i].at.field);
    for (const EntityMention& mention : reading.mentions[i].entities) {
      if (mention.type == "Industry") continue;
      out.push_back((mention.nested ? "+" : "") + mention.type + ":" +
                    std::string(Slice(field, mention.span)));
    }
  }
  return out;
}

inline std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part + " ";
  return out;
}

struct Case {
  std::string text;
  std::vector<std::string> has;
  std::vector<std::string> lacks;  // parts of what must not be found
};

inline void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    std::vector<std::string> found = Found(c.text);
    CAPTURE(c.text);
    CAPTURE(Joined(found));
    for (const std::string& wanted : c.has) {
      CAPTURE(wanted);
      CHECK(std::find(found.begin(), found.end(), wanted) != found.end());
    }
    for (const std::string& unwanted : c.lacks) {
      CAPTURE(unwanted);
      CHECK(std::none_of(found.begin(), found.end(), [&](const std::string& one) {
        return one.find(unwanted) != std::string::npos;
      }));
    }
  }
}

}  // namespace tupu::extract
