// Entities and relations as rows: a node or edge put together with what a reader of a table wants
// beside it (the ends' names, the best evidence, its document).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/utf8.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::graph {

// The most special of a node's types: Official for {Entity, Official, Person}. The first label
// where the schema knows none, "" where there is none.
std::string PrimaryType(const Schema& schema, const std::vector<std::string>& labels);
// The type that documents give the node, whatever labels it has by hand; of an asserted one as
// above.
std::string PrimaryType(const Schema& schema, const NodeRecord& record);

// The text of a property, or "" if it is not there; other kinds than text as JSON.
std::string PropertyText(const Properties& properties, const std::string& name);

struct EntityRow {
  std::string id;
  std::string type;
  std::string name;
  std::vector<std::string> labels;
  std::vector<std::string> aliases;
  std::vector<std::string> keys;        // as judgements name them
  Properties properties;                // without id, name and aliases
  std::optional<std::uint64_t> origin;  // if asserted, and asked for
};

// A document while its places are being shown.
struct DocumentTexts {
  DocumentHeader header;
  std::string text;
  CodePointIndex text_index;
  CodePointIndex title_index;

  const std::string& Of(Field field) const { return field == Field::kText ? text : header.title; }
  // Code points.
  Span Shown(FieldSpan at) const;
  // kCorruption if `at` does not lie in the document.
  Result<std::string> Cut(FieldSpan at) const;
};

struct EvidenceRow {
  std::string sentence;
  std::string document;
  std::string document_title;
  std::string document_date;
  Field field = Field::kText;
  Span at;  // code points
  std::string rule;
  double confidence = 0;
};

struct EndRow {
  std::string id;
  std::string name;
  std::string type;
};

struct RelationRow {
  std::string id;  // hash of type, ends and, where it tells edges apart, title
  std::string type;
  EndRow from;
  EndRow to;
  std::string status;
  Properties properties;                // without status
  std::optional<std::uint64_t> origin;  // if asserted, and asked for
  std::optional<EvidenceRow> evidence;  // of the strongest statement
  std::uint64_t statements = 0;
  std::uint64_t documents = 0;
};

// Reads rows from one view; keeps what was read lately. Not for several threads.
class RecordReader {
 public:
  RecordReader(const View& view, const Schema& schema) : view_(view), schema_(schema) {}

  // From now on rows of asserted elements tell their origins.
  void TellOrigins() { tell_origins_ = true; }

  Result<EntityRow> Entity(NodeId node);
  // With `with_evidence` also what stands behind the edge.
  Result<RelationRow> Relation(EdgeId edge, bool with_evidence);
  // Lives until the next call. kCorruption if a statement names a document that is not there.
  Result<const DocumentTexts*> Document(const std::string& id);

 private:
  Result<EndRow> End(NodeId node);

  const View& view_;
  const Schema& schema_;
  bool tell_origins_ = false;
  std::unordered_map<NodeId, EndRow> ends_;
  std::map<std::string, DocumentTexts> documents_;
  std::size_t document_bytes_ = 0;
};

}  // namespace tupu::graph
