// Claims as somebody else's program writes them, read and checked against their document.
#pragma once

#include <string>
#include <string_view>

#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// Reads one line in the form of `tupu extract` (ClaimsToJson) and adds what it claims to `claims`,
// the built-in ones of the same document; every claim added has `rule` for its rule.
//
//   {"id": "…",
//    "entities": [{"id": "e1", "type": "Company", "name": "甲集团", "aliases": ["甲"],
//                  "mentions": [{"field": "text", "start": 10, "end": 13}],
//                  "props": {}, "confidence": 0.8}],
//    "relations": [{"type": "INVESTS", "from": "e1", "to": "e2", "props": {"amount": 5000000},
//                   "status": "done", "evidence": "…", "confidence": 0.8}]}
//
// Places count in code points. Without mentions an entity has those places of the articles where
// its name or an alias stands; one that stands nowhere is an error, as are unknown types and
// properties, relations that the schema does not allow, places outside the text, and evidence
// (verbatim, or a place `evidence_at`) that is not in an article with a mention of both ends. An
// entity of the same kind with a form in common with a built-in one is that one; of two claims of
// one relation the surer stands. New entities get their keys by KeyOf (entity_key.h). Fails with
// kLimit for too many items, else with kInvalidInput naming the JSON path and what was expected;
// `claims` is then untouched.
Status AddClaims(const graph::Document& doc, const graph::Schema& schema, std::string_view line,
                 const std::string& rule, graph::Claims& claims);

}  // namespace tupu::extract
