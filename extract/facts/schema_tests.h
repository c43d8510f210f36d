// The examples that rules carry with them, run as tests.
//
// An example marks its names in the sentence: [Ministry:商务部], nested ones inside
// [LocalGovernment:[Province:河北省]财政厅], values as [@title:副省长], [@amount=500000000:5亿元]
// (or =USD 3000000) and [@date=2026-02-25:2月25日].
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/facts/rules.h"
#include "extract/ner/mention.h"
#include "graph/base/error.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// A sentence with its marks taken off and made mentions.
struct MarkedSentence {
  std::string text;
  SentenceMentions mentions;
};
Result<MarkedSentence> ParseMarked(std::string_view marked, const graph::Schema& schema);

// One line a failure: file, rule, sentence, what it gave and what was expected.
std::vector<std::string> RunRuleExamples(const RuleBook& book, const graph::Schema& schema);

}  // namespace tupu::extract
