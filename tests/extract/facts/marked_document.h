// A document of marked sentences, one a line, so that tests of facts need no gazetteer.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/facts.h"
#include "extract/facts/schema_tests.h"
#include "graph/model/value.h"

template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static doctest::String convert(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : " | ") + line;
    return all.c_str();
  }
};

namespace tupu::extract {

struct MarkedDocument {
  graph::Document doc;
  Page page;
  std::vector<SentenceMentions> found;
};

// A line that begins with "## " is an article's title and begins a new article; an empty one begins
// a new paragraph.
inline MarkedDocument ParseDocument(std::string_view lines, const graph::Schema& schema) {
  MarkedDocument out;
  out.doc.id = "test";
  std::uint32_t paragraph = 0;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
    if (line.empty()) {
      ++paragraph;
      continue;
    }
    const bool title = line.substr(0, 3) == "## ";
    if (title) line.remove_prefix(3);
    auto marked = ParseMarked(line, schema);
    REQUIRE_MESSAGE(marked.ok(), (marked.ok() ? std::string() : marked.error().ToString()));
    const auto begin = static_cast<std::uint32_t>(out.doc.text.size());
    out.doc.text += marked->text + "\n";
    if (title || out.page.articles.empty()) {
      ArticleAnatomy article;
      article.article.number = static_cast<std::uint32_t>(out.page.articles.size());
      article.article.body = {begin, begin};
      out.page.articles.push_back(article);
    }
    Sentence sent;
    sent.at.span = {begin, begin + static_cast<std::uint32_t>(marked->text.size())};
    sent.article = out.page.articles.back().article.number;
    sent.paragraph = paragraph;
    sent.kind = title ? SentenceKind::kTitle : SentenceKind::kBody;
    out.page.articles.back().article.body.end = sent.at.span.end;
    out.page.sentences.push_back(sent);
    SentenceMentions mentions = marked->mentions;
    const auto shift = [&](Span& span) {
      span.begin += begin;
      span.end += begin;
    };
    for (EntityMention& mention : mentions.entities) shift(mention.span);
    for (TitleMention& mention : mentions.titles) shift(mention.span);
    for (AmountMention& mention : mentions.amounts) shift(mention.span);
    for (DateMention& mention : mentions.dates) shift(mention.span);
    out.found.push_back(std::move(mentions));
  }
  return out;
}

class FactsFixture {
 public:
  FactsFixture() : schema_(LoadSchema()), rules_(LoadRules(schema_)) {}

  const graph::Schema& schema() const { return schema_; }
  const RuleBook& rules() const { return rules_; }

  // With `listed`, classes count as known to a gazetteer.
  graph::Claims Find(std::string_view lines, bool listed = false) const {
    MarkedDocument marked = ParseDocument(lines, schema_);
    std::uint32_t entry = 0;
    for (SentenceMentions& found : marked.found) {
      for (EntityMention& mention : found.entities) {
        if (listed && mention.type == "Industry") mention.entries = {entry++};
      }
    }
    auto claims = FindFacts(marked.doc, marked.page, marked.found, schema_, rules_, nullptr);
    REQUIRE_MESSAGE(claims.ok(), (claims.ok() ? std::string() : claims.error().ToString()));
    return std::move(claims).value();
  }

  // "LOCATED_IN 甲 > 乙 key=value", sorted; those of one type if it is given.
  std::vector<std::string> Relations(std::string_view lines, std::string_view type = {},
                                     bool listed = false) const {
    const graph::Claims claims = Find(lines, listed);
    std::vector<std::string> shown;
    for (const graph::LocalRelation& rel : claims.relations) {
      if (!type.empty() && rel.type != type) continue;
      std::string line = type.empty() ? rel.type + " " : "";
      line += claims.entities[rel.from].name + " > " + claims.entities[rel.to].name;
      for (const auto& [key, value] : rel.properties) {
        line += " " + key + "=";
        line += value.kind() == graph::ValueKind::kString ? value.as_string() : ToJson(value);
      }
      shown.push_back(std::move(line));
    }
    std::sort(shown.begin(), shown.end());
    return shown;
  }

 private:
  static graph::Schema LoadSchema() {
    auto schema = graph::Schema::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(schema.ok());
    return std::move(schema).value();
  }
  static RuleBook LoadRules(const graph::Schema& schema) {
    auto rules = RuleBook::Load(TUPU_SOURCE_DIR "/schemas", schema);
    REQUIRE_MESSAGE(rules.ok(), (rules.ok() ? std::string() : rules.error().ToString()));
    return std::move(rules).value();
  }

  graph::Schema schema_;
  RuleBook rules_;
};

using Lines = std::vector<std::string>;

}  // namespace tupu::extract
