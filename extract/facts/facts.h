// From mentions to claims: every step after recognition, in one function.
#pragma once

#include <string>
#include <vector>

#include "extract/facts/claim_scorer.h"
#include "extract/facts/name_fields.h"
#include "extract/facts/rules.h"
#include "extract/ingest/page.h"
#include "extract/ner/gazetteer.h"
#include "extract/ner/mention.h"
#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// Claims of `doc`, normalised. `found` has one element a sentence of `page`; `gazetteer` is what
// the mentions' entries count in, or null; so may `fields` and `scorer` be. With `explain`, what
// was found and which rule made what is appended to it.
Result<graph::Claims> FindFacts(const graph::Document& doc, const Page& page,
                                const std::vector<SentenceMentions>& found,
                                const graph::Schema& schema, const RuleBook& rules,
                                const Gazetteer* gazetteer, const NameFields* fields = nullptr,
                                const ClaimScorer* scorer = nullptr,
                                std::string* explain = nullptr);

}  // namespace tupu::extract
