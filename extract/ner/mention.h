// Mentions: names and values where they stand in a sentence, after one overlap policy.
//
// Layers propose (gazetteers, the tagger, structural recognisers for 《》, organisations by suffix,
// people by their posts, projects, events, amounts, dates); the policy keeps a set without overlap
// but for nesting that carries meaning (上海市 inside 上海市财政局).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/page.h"
#include "extract/ner/gazetteer.h"
#include "extract/norm/amount.h"
#include "extract/norm/time.h"

namespace tupu::extract {

struct EntityMention {
  Span span;         // bytes in the sentence's field
  std::string type;  // a concrete entity type
  std::string rule;  // "gazetteer", "tagger" or the recogniser's id
  double confidence = 1;
  // Gazetteer senses that fit `type`, when it is a known name; more than one: ambiguous.
  std::vector<std::uint32_t> entries;
  bool nested = false;  // lies inside another mention's name
};

// A post as written next to a name: 党组书记、局长 is two titles in one string.
struct TitleMention {
  Span span;
};

struct AmountMention {
  Span span;
  Amount amount;
};

struct DateMention {
  Span span;
  ResolvedDate date;
};

// Everything found in one sentence, each list in order of place.
struct SentenceMentions {
  std::vector<EntityMention> entities;  // a nested one follows the one around it
  std::vector<TitleMention> titles;
  std::vector<AmountMention> amounts;
  std::vector<DateMention> dates;
};

}  // namespace tupu::extract
