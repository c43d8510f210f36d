// What one document says, as people annotate it and as `tupu extract` prints it: the form of one
// document's graph that scoring compares and annotation tools exchange.
//
// A document's graph has no keys, rules or confidences: those say how a fact was found. Plain data;
// all texts are valid UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/error.h"
#include "graph/model/schema.h"
#include "graph/model/value.h"

namespace tupu::graph {

struct AnnotatedEntity {
  std::string id;  // unique in the document
  std::string type;
  std::string name;
  std::vector<std::string> aliases;
  Properties properties;
  bool operator==(const AnnotatedEntity&) const = default;
};

struct AnnotatedRelation {
  std::string type;
  std::size_t from = 0;  // indexes into AnnotatedDocument::entities
  std::size_t to = 0;
  Properties properties;
  std::string evidence;  // a sentence; may be empty
  bool operator==(const AnnotatedRelation&) const = default;
};

struct AnnotatedDocument {
  std::string id;
  std::string text;  // empty where the form carries none
  std::vector<AnnotatedEntity> entities;
  std::vector<AnnotatedRelation> relations;
  bool operator==(const AnnotatedDocument&) const = default;
};

// One JSON object: {"id","entities":[{"id","type","name","aliases","props"}],"relations":
// [{"type","from","to","props","evidence"}]}, "text" besides; further keys are ignored.
// With `schema`, types must be in it. Fails with kInvalidInput at `where`,
// naming the place in the object and what was expected.
Result<AnnotatedDocument> ParseAnnotatedDocument(std::string_view json, std::string_view where,
                                                 const Schema* schema);

// The same object, one line without line feed; "text" only where there is one.
std::string ToJson(const AnnotatedDocument& doc);

}  // namespace tupu::graph
