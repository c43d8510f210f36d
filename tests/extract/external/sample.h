// A document of two articles with the built-in claims of it, for the tests of other programs.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract::sample {

inline const graph::Schema& TestSchema() {
  static const graph::Schema schema = [] {
    auto loaded = graph::Schema::Load(TUPU_SOURCE_DIR "/schemas");
    REQUIRE(loaded.ok());
    return std::move(*loaded);
  }();
  return schema;
}

inline graph::Document Page() {
  graph::Document doc;
  doc.id = "page";
  doc.text = "青禾集团投资5亿元建设沙洲码头。青禾发力。\n岭北县开工。";
  return doc;
}

// 青禾集团 is known, of the first article.
inline graph::Claims BuiltIn(const graph::Document& doc) {
  graph::Claims claims;
  claims.document_id = doc.id;
  const auto line = static_cast<std::uint32_t>(doc.text.find('\n'));
  for (std::uint32_t i = 0; i < 2; ++i) {
    graph::Article article;
    article.number = i;
    article.body =
        i == 0 ? Span{0, line} : Span{line + 1, static_cast<std::uint32_t>(doc.text.size())};
    claims.articles.push_back(article);
  }
  graph::LocalEntity company;
  company.type = "Company";
  company.key = {"Company", "青禾集团", {}};
  company.name = company.canonical_name = "青禾集团";
  company.rule = "gazetteer";
  company.mentions.push_back({{graph::Field::kText, {0, 12}}, {}, 0});
  claims.entities.push_back(company);
  REQUIRE(graph::Normalise(doc, claims).ok());
  return claims;
}

}  // namespace tupu::extract::sample
