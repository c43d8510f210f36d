// What one document says, proposed: the output of extraction and the input of the store.
//
// Plain data. Extraction never sees the store, so claims can be made anywhere, in any order, and be
// merged anywhere. A built-in rule, the tagger or an external program made each of them; `rule`
// names which.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/base/ids.h"
#include "graph/model/document.h"
#include "graph/model/value.h"

namespace tupu::graph {

// How sure the document is that it happened. Stored, ordered by strength; never renumber.
enum class ClaimStatus : std::uint8_t { kDenied = 0, kProposed = 1, kPlanned = 2, kDone = 3 };
std::string_view ClaimStatusName(ClaimStatus status);  // "denied", "proposed", "planned", "done"

// What makes two documents' things one thing. Readable, so that people can name it in judgements:
// printed "Type:name" or "Type:name@context".
struct EntityKey {
  std::string type;     // the key type of the schema: Person for Official too
  std::string name;     // gazetteer id, or the name completed from context, folded (FoldName)
  std::string context;  // "" or what tells homonyms apart: organisation, place, date, document id

  auto operator<=>(const EntityKey&) const = default;
  std::string ToString() const;
  Hash128 Hash() const;  // of the three fields, length-prefixed
};

// Where a name stands.
struct Mention {
  FieldSpan at;
  std::string form;           // the text there, verbatim; filled in by Normalise
  std::uint32_t article = 0;  // number of the page's article that it stands in
  bool operator==(const Mention&) const = default;
};

// What one document says of one thing.
struct LocalEntity {
  std::string type;  // a concrete type of the schema
  EntityKey key;
  std::string name;                  // the fullest form in the document
  std::vector<std::string> aliases;  // all other forms in the document, sorted, without `name`
  std::string canonical_name;        // completed: 上海市房屋管理局 for 市房屋管理局
  std::string canonical_id;          // gazetteer id, may be empty
  Properties properties;
  std::vector<Mention> mentions;  // by article, then place; never empty
  std::string rule;               // what found it: "gazetteer", a rule's id, "tagger"
  double confidence = 1;          // 0 < c <= 1
};

struct LocalRelation {
  std::string type;
  std::uint32_t from = 0;  // indexes into Claims::entities
  std::uint32_t to = 0;
  Properties properties;  // by name, as the ontology lists them
  ClaimStatus status = ClaimStatus::kDone;
  Mention evidence;        // the sentence
  FieldSpan from_mention;  // the ends' mentions that the rule used, in the same article
  FieldSpan to_mention;
  std::string rule;
  double confidence = 1;
};

// One of the articles that a page holds. Its text is body within Document::text.
struct Article {
  std::uint32_t number = 0;
  bool teaser = false;     // cut out of a list of teasers
  bool truncated = false;  // its text breaks off
  FieldSpan title;         // empty span where it has none of its own
  Span body;
  std::string date;            // ISO, own dateline or inferred
  bool date_inferred = false;  // not written on the article itself
};

struct Claims {
  std::string document_id;
  std::string title;  // of the main article, where the document states none
  std::string date;   // of the document, or inferred from its text
  bool date_inferred = false;
  std::vector<Article> articles;
  std::vector<LocalEntity> entities;
  std::vector<LocalRelation> relations;
};

// Fills in the mentions' forms, puts the claims into the one order that depends on nothing but
// their content, and checks them against their document: spans on code-point boundaries, evidence
// and the mentions of both its ends in one article. Returns kInternal naming the first that is
// wrong.
Status Normalise(const Document& doc, Claims& claims);

}  // namespace tupu::graph
