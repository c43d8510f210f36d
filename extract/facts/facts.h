// From mentions to claims: every step after recognition, in one function.
#pragma once

#include <string>
#include <vector>

#include "extract/facts/names.h"
#include "extract/facts/rules.h"
#include "extract/facts/scorer.h"
#include "extract/facts/workspace.h"
#include "extract/ingest/page.h"
#include "extract/ner/gazetteer.h"
#include "extract/ner/mention.h"
#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// A document with all that rules propose and its names, before anything is chosen.
struct ProposedFacts {
  Workspace work;
  Names names;
};

// `found` has one element a sentence of `page`; `gazetteer` is what the mentions' entries count in,
// or null. `doc`, `schema` and `page` must outlive the result.
ProposedFacts ProposeFacts(const graph::Document& doc, const Page& page,
                           const std::vector<SentenceMentions>& found, const graph::Schema& schema,
                           const RuleBook& rules, const Gazetteer* gazetteer);

// The claims that follow, normalised.
Result<graph::Claims> ConcludeFacts(const graph::Document& doc, const Page& page,
                                    ProposedFacts& facts, const Gazetteer* gazetteer);

// Both in one: claims of `doc`, with what `scorer` (or null) adds and takes back. With `explain`,
// what was found and which rule made what is appended to it.
Result<graph::Claims> FindFacts(const graph::Document& doc, const Page& page,
                                const std::vector<SentenceMentions>& found,
                                const graph::Schema& schema, const RuleBook& rules,
                                const Gazetteer* gazetteer, std::string* explain = nullptr,
                                const Scorer* scorer = nullptr);

}  // namespace tupu::extract
