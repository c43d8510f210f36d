// Which documents are found by the keys that are rejected in them, against what judgements say.
#include <optional>

#include "graph/model/date.h"
#include "graph/store/facts.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"

namespace tupu::graph {
namespace {

// The entries that a document should have, each told to `visit` with the key.
Status ForEachRejected(const KvSnapshot& kv, const Judgements& judgements,
                       const std::function<Status(const std::string& document, const EntityKey&,
                                                  std::string)>& visit) {
  const auto cursor = kv.Scan(Space::kStatements, HeaderPrefix());
  for (; cursor->Valid(); cursor->Next()) {
    DocumentId number;
    DocumentHeader header;
    StatementTable table;
    DocumentFacts facts;
    // What is damaged is found by the checks of documents.
    if (!DecodeHeader(cursor->value(), number, header)) continue;
    TUPU_ASSIGN(const auto block, kv.Get(Space::kStatements, BlockKey(number)));
    if (!block || !StatementTable::Decode(*block, table)) continue;
    if (!CollectFacts(table, judgements, facts)) continue;
    const std::optional<Date> parsed = ParseDate(header.date);
    const DateNumber date = parsed ? ToDateNumber(*parsed) : 0;
    for (const std::uint32_t one : facts.rejected) {
      const EntityKey& key = table.keys()[one];
      TUPU_TRY(visit(table.document_id(), key, RejectedKey(EntityIdOf(key), date, number)));
    }
  }
  return cursor->status();
}

}  // namespace

Status CheckRejected(const KvSnapshot& kv, const Judgements& judgements,
                     std::vector<std::string>& findings) {
  std::uint64_t expected = 0, found = 0;
  if (judgements.rejects_entities()) {
    TUPU_TRY(ForEachRejected(
        kv, judgements,
        [&](const std::string& document, const EntityKey& key, const std::string& entry) -> Status {
          ++expected;
          TUPU_ASSIGN(const auto there, kv.Get(Space::kIndex, entry));
          if (!there) {
            findings.push_back("document '" + document + "' is not found by " + key.ToString() +
                               ", which is rejected in it");
          }
          return {};
        }));
  }
  const auto cursor = kv.Scan(Space::kIndex, RejectedPrefix());
  for (; cursor->Valid(); cursor->Next()) ++found;
  TUPU_TRY(cursor->status());
  if (found != expected) {
    findings.push_back("documents are found by rejected keys " + std::to_string(found) +
                       " times, and should be " + std::to_string(expected) + " times");
  }
  return {};
}

}  // namespace tupu::graph
