#include "graph/store/store.h"

#include <algorithm>
#include <mutex>
#include <unordered_set>

#include "graph/base/coding.h"
#include "graph/base/hash.h"
#include "graph/store/bulk_load.h"
#include "graph/store/commit.h"
#include "graph/store/index_build.h"
#include "graph/store/migrate.h"
#include "graph/store/records.h"
#include "graph/store/search_index.h"
#include "graph/store/transaction.h"
#include "graph/store/view_impl.h"

namespace tupu::graph {
namespace {

// The date that counts among documents: one that does not exist counts as none.
DateNumber DateOf(const DocumentHeader& header) {
  const std::optional<Date> date = ParseDate(header.date);
  return date ? ToDateNumber(*date) : 0;
}

DocumentHeader MakeHeader(const DocumentClaims& input, std::string_view version) {
  const Document& doc = input.document;
  DocumentHeader out;
  out.id = doc.id;
  out.title = doc.title.empty() ? input.claims.title : doc.title;
  out.source = doc.source;
  out.url = doc.url;
  out.date = doc.date.empty() ? input.claims.date : doc.date;
  out.date_inferred = doc.date.empty() && input.claims.date_inferred;
  out.title_given = !doc.title.empty();
  out.date_given = !doc.date.empty();
  out.text_hash = HashFields({doc.text});
  out.version = version;
  out.articles = input.claims.articles;
  return out;
}

Result<std::shared_ptr<const Judgements>> CopyOf(const Judgements& judgements) {
  std::vector<Judgement> all;
  for (const auto& [line, one] : judgements.lines()) all.push_back(one);
  TUPU_ASSIGN(Judgements copy, Judgements::Make(all));
  return std::shared_ptr<const Judgements>(std::make_shared<Judgements>(std::move(copy)));
}

Error At(Error error, const std::string& place) {
  if (error.where.empty()) error.where = place;
  return error;
}

}  // namespace

// The claims follow from what is compared here.
bool IsUnchanged(const DocumentHeader& header, const Document& doc, std::string_view version) {
  return header.version == version && header.title_given == !doc.title.empty() &&
         (!header.title_given || header.title == doc.title) &&
         header.date_given == !doc.date.empty() &&
         (!header.date_given || header.date == doc.date) && header.source == doc.source &&
         header.url == doc.url && header.text_hash == HashFields({doc.text});
}

Document ToDocument(const DocumentHeader& header, std::string text) {
  Document doc;
  doc.id = header.id;
  if (header.title_given) doc.title = header.title;
  if (header.date_given) doc.date = header.date;
  doc.source = header.source;
  doc.url = header.url;
  doc.text = std::move(text);
  return doc;
}

struct Store::Impl {
  Impl(std::unique_ptr<KvStore> store, const Schema& the_schema, std::string the_place)
      : schema(the_schema), kv(std::move(store)), place(std::move(the_place)) {}

  const Schema& schema;
  const std::unique_ptr<KvStore> kv;
  const std::string place;   // for errors
  std::timed_mutex writing;  // one writer at a time
  bool empty = true;         // no commit yet; guarded by `writing`
  bool other_rules = false;  // the store stands by other rules than ours; guarded by `writing`
  std::shared_ptr<const Judgements> judgements;                       // guarded by `writing`
  std::function<Status(std::span<const Judgement>)> keep_judgements;  // guarded by `writing`
  mutable std::mutex names_mutex;
  std::shared_ptr<const Names> names;
  std::shared_ptr<const IndexCatalog> indexes;
  // Of the last commit; null while one is under way. Guarded by names_mutex.
  std::shared_ptr<SharedReads> shared = std::make_shared<SharedReads>();
  // What was looked at last, for who looks again before the next write; guarded by names_mutex.
  mutable std::shared_ptr<const View::Impl> last;

  // As Look, but what is of one state is made once.
  std::shared_ptr<const View::Impl> Current() const {
    const auto current = [&](const View::Impl& one) {
      return one.shared && one.shared == shared && one.names == names && one.indexes == indexes;
    };
    {
      const std::lock_guard lock(names_mutex);
      if (last && current(*last)) return last;
    }
    auto out = std::make_shared<const View::Impl>(Look());
    const std::lock_guard lock(names_mutex);
    if (current(*out)) last = out;
    return out;
  }

  // Before a write: what is out of date then is not held on to.
  void ForgetShared() {
    std::shared_ptr<const View::Impl> out_of_date;  // goes without the lock
    const std::lock_guard lock(names_mutex);
    shared = nullptr;
    out_of_date = std::move(last);
    last = nullptr;
  }

  View::Impl Look() const {
    View::Impl out;
    std::shared_ptr<SharedReads> before;
    while (true) {
      {
        const std::lock_guard lock(names_mutex);
        before = shared;
        out.indexes = indexes;
      }
      out.kv = kv->Snapshot();
      // An index comes into the catalog when it is whole, and leaves it before it is dropped: with
      // the same catalog before and after, all of it is in the snapshot.
      const std::lock_guard lock(names_mutex);
      if (indexes == out.indexes) break;
    }
    // Taken later, so never older: names only grow.
    const std::lock_guard lock(names_mutex);
    out.names = names;
    // Only if no commit came between: then the snapshot is of just this state.
    if (before && before == shared) out.shared = std::move(before);
    return out;
  }

  // All writes go through here.
  Status WriteBatch(const KvBatch& batch, bool sync) {
    ForgetShared();
    Status status = kv->Write(batch, sync);
    const std::lock_guard lock(names_mutex);
    shared = std::make_shared<SharedReads>();
    return status;
  }

  void SetIndexes(std::shared_ptr<const IndexCatalog> catalog) {
    const std::lock_guard lock(names_mutex);
    indexes = std::move(catalog);
  }

  IndexBuilder MakeIndexBuilder() {
    return IndexBuilder(
        {[this] { return kv->Snapshot(); },
         [this](const KvBatch& batch, bool sync) { return WriteBatch(batch, sync); }, names});
  }

  // `outdated`: nothing is done, for the store must be migrated and may only be read.
  Status Start(bool read_only, bool& outdated) {
    outdated = false;
    auto snapshot = kv->Snapshot();
    TUPU_ASSIGN(const std::uint64_t version, ReadFormatVersion(*snapshot));
    empty = version == 0;
    const bool old_version = !empty && version < kFormatVersion;
    TUPU_ASSIGN(const bool migrating, IsMigrating(*snapshot));
    outdated = read_only && (old_version || migrating);
    if (outdated) return {};
    if (old_version) {
      TUPU_ASSIGN(names, Names::Load(*snapshot, schema));
      TUPU_TRY(Migrate(*kv, *names, version));
    }
    if (!empty && !read_only) TUPU_TRY(FinishMigration(*kv));
    snapshot = kv->Snapshot();
    TUPU_ASSIGN(names, Names::Load(*snapshot, schema));
    TUPU_ASSIGN(indexes, IndexCatalog::Load(*snapshot));
    if (!read_only) {
      const std::uint64_t before = shared->number();
      TUPU_TRY(MakeIndexBuilder().Repair(*indexes));
      if (shared->number() != before) {
        TUPU_ASSIGN(indexes, IndexCatalog::Load(*kv->Snapshot()));
      }
    }
    TUPU_ASSIGN(judgements, LoadJudgements(*snapshot));
    TUPU_ASSIGN(const std::optional<std::string> rules, snapshot->Get(Space::kMeta, RulesKey()));
    std::string ours;
    PutVarint(ours, kRulesVersion);
    other_rules = !empty && rules != ours;
    return {};
  }

  // The documents with these headers as they are stored, for taking them away.
  Result<CommitDocuments> LoadDocuments(const View::Impl& view,
                                        std::vector<FoundDocument> found) const {
    std::vector<std::string> keys;
    for (const FoundDocument& doc : found) keys.push_back(BlockKey(doc.number));
    std::vector<std::optional<std::string>> blocks;
    TUPU_TRY(view.kv->MultiGet(Space::kStatements, keys, blocks));
    CommitDocuments out;
    for (std::size_t i = 0; i < found.size(); ++i) {
      auto doc = std::make_unique<CommitDocument>();
      doc->number = found[i].number;
      doc->header = std::move(found[i].header);
      doc->date = DateOf(doc->header);
      if (!blocks[i] || !StatementTable::Decode(*blocks[i], doc->table) ||
          !CollectFacts(doc->table, *judgements, doc->facts)) {
        return Error{ErrorCode::kCorruption, "the statements of document '" + doc->header.id +
                                                 "' are missing or unreadable"};
      }
      out.push_back(std::move(doc));
    }
    return out;
  }

  Status Write(const View::Impl& view, const CommitDocuments& removed, const CommitDocuments& added,
               bool sync, std::shared_ptr<const Judgements> after = nullptr) {
    const bool judged = after != nullptr;
    if (!judged) after = judgements;
    Commit commit({*view.kv, *judgements, *after, *view.indexes, empty, other_rules}, view.names);
    TUPU_TRY(commit.Run(removed, added));
    KvBatch batch = commit.TakeBatch();
    if (judged) {
      for (const auto& [line, one] : judgements->lines()) {
        if (!after->lines().contains(line)) batch.Delete(Space::kMeta, JudgementKey(line));
      }
      for (const auto& [line, one] : after->lines()) {
        if (!judgements->lines().contains(line)) batch.Put(Space::kMeta, JudgementKey(line), {});
      }
    }
    TUPU_TRY(WriteBatch(batch, sync));
    empty = other_rules = false;
    judgements = std::move(after);
    const std::lock_guard lock(names_mutex);
    names = commit.names();
    return {};
  }
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::Open(const std::filesystem::path& dir, OpenMode mode,
                                           const Schema& schema) {
  const bool read_only = mode == OpenMode::kReadOnly;
  for (const bool migrated : {false, true}) {
    TUPU_ASSIGN(std::unique_ptr<KvStore> kv, OpenRocksKv(dir, mode));
    auto impl = std::make_unique<Impl>(std::move(kv), schema, dir.string());
    bool outdated = false;
    if (Status status = impl->Start(read_only, outdated); !status.ok()) {
      return At(std::move(status).error(), impl->place);
    }
    if (!outdated) return std::unique_ptr<Store>(new Store(std::move(impl)));
    impl.reset();
    if (migrated) break;
    if (auto writer = Open(dir, OpenMode::kReadWrite, schema); !writer.ok()) {
      Error error = std::move(writer).error();
      error.message = "the store has an older format and cannot be brought to version " +
                      std::to_string(kFormatVersion) + ": " + error.message;
      return error;
    }
  }
  return Error{ErrorCode::kConflict, "the store is being written by an older tupu", dir.string()};
}

Result<std::unique_ptr<Store>> Store::OpenInMemory(const Schema& schema) {
  auto impl = std::make_unique<Impl>(OpenMemKv(), schema, "memory");
  bool outdated = false;
  TUPU_TRY(impl->Start(false, outdated));
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

View Store::Snapshot() const { return View(impl_->Current()); }

Result<ApplyReport> Store::Apply(std::span<const DocumentClaims> documents,
                                 std::string_view version, bool sync) {
  std::unordered_set<std::string_view> ids;
  for (const DocumentClaims& input : documents) {
    if (input.document.id.empty()) {
      return Error{ErrorCode::kInvalidInput, "a document has an empty id"};
    }
    TUPU_CONTRACT(input.claims.document_id == input.document.id);
    TUPU_CONTRACT(ids.insert(input.document.id).second);
  }

  const std::lock_guard lock(impl_->writing);
  const View::Impl view = impl_->Look();
  std::vector<std::string> keys;
  for (const DocumentClaims& input : documents) keys.push_back(HeaderKey(input.document.id));
  std::vector<std::optional<std::string>> headers;
  TUPU_TRY(view.kv->MultiGet(Space::kStatements, keys, headers));

  ApplyReport report;
  std::vector<FoundDocument> corrected;
  CommitDocuments added;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto doc = std::make_unique<CommitDocument>();
    doc->number = Commit::kNewDocument;
    doc->header = MakeHeader(documents[i], version);
    if (headers[i]) {
      FoundDocument found;
      found.header.id = doc->header.id;
      if (!DecodeHeader(*headers[i], found.number, found.header)) {
        return Error{ErrorCode::kCorruption,
                     "the header of document '" + doc->header.id + "' is unreadable", impl_->place};
      }
      if (IsUnchanged(found.header, documents[i].document, version)) {
        ++report.unchanged;
        continue;
      }
      doc->number = found.number;
      corrected.push_back(std::move(found));
      ++report.corrected;
    } else {
      ++report.added;
    }
    doc->date = DateOf(doc->header);
    doc->text = documents[i].document.text;
    doc->table = StatementTable::Build(documents[i].claims, version, impl_->schema);
    doc->table.Encode(doc->block);
    doc->header.statements = static_cast<std::uint32_t>(doc->table.rows().size());
    TUPU_INVARIANT(CollectFacts(doc->table, *impl_->judgements, doc->facts));
    added.push_back(std::move(doc));
  }
  if (added.empty()) return report;
  TUPU_ASSIGN(const CommitDocuments removed, impl_->LoadDocuments(view, std::move(corrected)));
  if (Status status = impl_->Write(view, removed, added, sync); !status.ok()) {
    return At(std::move(status).error(), impl_->place);
  }
  return report;
}

Result<ApplyReport> Store::Remove(std::span<const std::string> ids,
                                  std::vector<std::string>* missing) {
  const std::lock_guard lock(impl_->writing);
  const View::Impl view = impl_->Look();
  ApplyReport report;
  std::vector<FoundDocument> found;
  std::unordered_set<std::string_view> seen;
  for (const std::string& id : ids) {
    if (!seen.insert(id).second) continue;
    TUPU_ASSIGN(std::optional<FoundDocument> doc, view.ReadHeader(id));
    if (doc) {
      found.push_back(std::move(*doc));
      ++report.removed;
    } else if (missing != nullptr) {
      missing->push_back(id);
    }
  }
  if (found.empty()) return report;
  TUPU_ASSIGN(const CommitDocuments removed, impl_->LoadDocuments(view, std::move(found)));
  if (Status status = impl_->Write(view, removed, {}, true); !status.ok()) {
    return At(std::move(status).error(), impl_->place);
  }
  return report;
}

Status Store::Judge(const Judgements& wanted) {
  TUPU_ASSIGN(auto after, CopyOf(wanted));
  const std::lock_guard lock(impl_->writing);
  if (after->ToText() == impl_->judgements->ToText()) return {};
  const View::Impl view = impl_->Look();
  if (Status status = impl_->Write(view, {}, {}, true, std::move(after)); !status.ok()) {
    return At(std::move(status).error(), impl_->place);
  }
  return {};
}

Status Store::UpdateSearch() {
  const std::lock_guard lock(impl_->writing);
  if (impl_->empty) return {};
  const auto name = impl_->Look().names->Find(NameKind::kProperty, "name");
  const Status status = UpdateSearchIndex(
      [this] { return impl_->kv->Snapshot(); },
      [this](const KvBatch& batch) { return impl_->WriteBatch(batch, false); }, name.value_or(0));
  return status.ok() ? status : Status(At(status.error(), impl_->place));
}

Result<BackupInfo> Store::BackUp(const std::filesystem::path& dir, std::uint32_t keep) {
  const std::lock_guard lock(impl_->writing);
  return impl_->kv->BackUp(dir, keep);
}

Status Store::Compact() {
  const std::lock_guard lock(impl_->writing);
  return impl_->kv->Compact();
}

Result<std::shared_ptr<void>> Store::Lock(std::chrono::milliseconds wait) {
  auto lock = std::make_shared<std::unique_lock<std::timed_mutex>>(impl_->writing, std::defer_lock);
  if (!lock->try_lock_for(wait)) {
    return Error{ErrorCode::kConflict, "somebody else is writing", impl_->place};
  }
  return std::shared_ptr<void>(std::move(lock));
}

Result<std::unique_ptr<Transaction>> Store::Begin(std::chrono::milliseconds wait) {
  TUPU_ASSIGN(std::shared_ptr<void> lock, Lock(wait));
  return BeginLocked(std::move(lock));
}

std::unique_ptr<Transaction> Store::BeginLocked(std::shared_ptr<void> lock) {
  Transaction::Host host;
  host.kv = impl_->kv->Snapshot();
  host.first = impl_->empty;
  host.lock = std::move(lock);
  host.other_rules = impl_->other_rules;
  {
    const std::lock_guard names_lock(impl_->names_mutex);
    host.names = impl_->names;
    host.indexes = impl_->indexes;
  }
  host.commit = [this](const KvBatch& batch, std::shared_ptr<const Names> names,
                       const Transaction::Judged* judged) -> Status {
    if (judged && impl_->keep_judgements) TUPU_TRY(impl_->keep_judgements(judged->added));
    if (Status status = impl_->WriteBatch(batch, true); !status.ok()) {
      return At(std::move(status).error(), impl_->place);
    }
    impl_->empty = false;
    if (judged) {
      impl_->judgements = judged->after;
      impl_->other_rules = false;
    }
    const std::lock_guard names_lock(impl_->names_mutex);
    impl_->names = std::move(names);
    return {};
  };
  return std::make_unique<Transaction>(std::move(host));
}

void Store::KeepJudgements(std::function<Status(std::span<const Judgement>)> keep) {
  const std::lock_guard lock(impl_->writing);
  impl_->keep_judgements = std::move(keep);
}

Result<std::unique_ptr<Transaction>> Store::BeginFrom(const View& seen,
                                                      std::chrono::milliseconds wait) {
  TUPU_ASSIGN(auto transaction, Begin(wait));
  const std::lock_guard lock(impl_->names_mutex);
  if (seen.shared() != nullptr && seen.shared() == impl_->shared.get()) return transaction;
  Error error(ErrorCode::kConflict,
              "somebody has written since this transaction began; it can be tried again",
              impl_->place);
  error.detail = "TransientError: Outdated";
  return error;
}

Result<std::unique_ptr<BulkLoad>> Store::BeginLoad(std::string_view kind,
                                                   std::chrono::milliseconds wait) {
  TUPU_ASSIGN(std::shared_ptr<void> lock, Lock(wait));
  BulkLoad::Host host;
  host.kv = impl_->kv.get();
  host.first = impl_->empty;
  host.lock = std::move(lock);
  {
    const std::lock_guard names_lock(impl_->names_mutex);
    host.names = impl_->names;
    host.indexes = impl_->indexes;
  }
  impl_->ForgetShared();  // what readers share is of no state while the load goes on
  host.done = [this](std::shared_ptr<const Names> names) {
    impl_->empty = false;
    const std::lock_guard names_lock(impl_->names_mutex);
    impl_->names = std::move(names);
    impl_->shared = std::make_shared<SharedReads>();
  };
  return BulkLoad::Begin(std::move(host), kind);
}

namespace {

Error SchemaError(std::string message, std::string_view detail) {
  Error error(ErrorCode::kInvalidInput, std::move(message));
  error.detail = detail;
  return error;
}

std::string Kind(const IndexDefinition& one) { return one.unique ? "constraint" : "index"; }

}  // namespace

Result<bool> Store::CreateIndex(IndexDefinition definition, bool if_missing,
                                std::chrono::milliseconds wait) {
  constexpr std::size_t kMostIndexes = 256;
  constexpr std::size_t kLongestName = 1000;
  for (const std::string* text : {&definition.name, &definition.label, &definition.property}) {
    if (text->size() > kLongestName) {
      return Error{ErrorCode::kLimit, "a name of an index, label or property is too long"};
    }
  }
  std::unique_lock lock(impl_->writing, std::defer_lock);
  if (!lock.try_lock_for(wait)) {
    return Error{ErrorCode::kConflict, "somebody else is writing", impl_->place};
  }
  const std::vector<CatalogEntry>& there = impl_->indexes->entries();
  const auto named = [&](const std::string& name) {
    return std::find_if(there.begin(), there.end(),
                        [&](const CatalogEntry& one) { return one.info.name == name; });
  };
  const auto like = std::find_if(there.begin(), there.end(), [&](const CatalogEntry& one) {
    return one.info.of_edges == definition.of_edges && one.info.label == definition.label &&
           one.info.property == definition.property;
  });
  const bool taken = !definition.name.empty() && named(definition.name) != there.end();
  if (like != there.end() || taken) {
    const IndexInfo& other = like != there.end() ? like->info : named(definition.name)->info;
    if (if_missing && (taken || other.unique == definition.unique)) return false;
    if (like == there.end()) {
      return SchemaError("there is a " + Kind(other) + " of the name " + other.name + " already",
                         other.unique ? "Schema: ConstraintWithNameAlreadyExists"
                                      : "Schema: IndexWithNameAlreadyExists");
    }
    const std::string what = "the " + Kind(other) + " " + other.name + " is on " + other.label +
                             "(" + other.property + ") already";
    if (other.unique == definition.unique) {
      return SchemaError(what, "Schema: EquivalentSchemaRuleAlreadyExists");
    }
    return SchemaError(
        what, other.unique ? "Schema: ConstraintAlreadyExists" : "Schema: IndexAlreadyExists");
  }
  if (there.size() >= kMostIndexes) {
    return Error{ErrorCode::kLimit, "the store has " + std::to_string(kMostIndexes) +
                                        " indexes, the most there can be"};
  }
  if (definition.name.empty()) {
    const std::string stem = Kind(definition) + "_" + definition.label + "_" + definition.property;
    definition.name = stem;
    for (int i = 2; named(definition.name) != there.end(); ++i) {
      definition.name = stem + "_" + std::to_string(i);
    }
  }
  KvBatch batch;
  const auto snapshot = impl_->kv->Snapshot();
  TUPU_ASSIGN(const auto bytes, snapshot->Get(Space::kMeta, IndexSequenceKey()));
  std::uint64_t number = 0;
  if (bytes && !DecodeNumber(*bytes, number)) {
    return Error{ErrorCode::kCorruption, "the sequence of indexes is no number", impl_->place};
  }
  batch.Put(Space::kMeta, IndexSequenceKey(), EncodeNumber(number + 1));
  if (impl_->empty) {
    std::string version;
    PutVarint(version, kFormatVersion);
    batch.Put(Space::kMeta, FormatKey(), version);
    version.clear();
    PutVarint(version, kRulesVersion);
    batch.Put(Space::kMeta, RulesKey(), version);
  }
  CatalogEntry entry;
  static_cast<IndexDefinition&>(entry.info) = std::move(definition);
  entry.info.number = static_cast<std::uint32_t>(number);
  entry.below = TypesBelow(impl_->schema, entry.info);
  const Status made = impl_->MakeIndexBuilder().Make(entry, std::move(batch));
  TUPU_ASSIGN(auto catalog, IndexCatalog::Load(*impl_->kv->Snapshot()));
  impl_->empty = false;
  impl_->SetIndexes(std::move(catalog));
  if (!made.ok()) return At(Error(made.error()), impl_->place);
  return true;
}

Result<bool> Store::DropIndex(std::string_view name, bool constraint, bool if_there,
                              std::chrono::milliseconds wait) {
  std::unique_lock lock(impl_->writing, std::defer_lock);
  if (!lock.try_lock_for(wait)) {
    return Error{ErrorCode::kConflict, "somebody else is writing", impl_->place};
  }
  const std::string what = constraint ? "constraint" : "index";
  std::vector<CatalogEntry> left = impl_->indexes->entries();
  const auto found = std::find_if(left.begin(), left.end(),
                                  [&](const CatalogEntry& one) { return one.info.name == name; });
  if (found == left.end() || (constraint && !found->info.unique)) {
    if (if_there) return false;
    return SchemaError("there is no " + what + " of the name " + std::string(name),
                       constraint ? "Schema: ConstraintNotFound" : "Schema: IndexNotFound");
  }
  if (!constraint && found->info.unique) {
    return SchemaError(
        "the index " + std::string(name) + " belongs to a constraint; DROP CONSTRAINT drops both",
        "Schema: ForbiddenOnConstraintIndex");
  }
  const CatalogEntry entry = *found;
  IndexBuilder builder = impl_->MakeIndexBuilder();
  TUPU_TRY(builder.BeginDrop(entry));
  left.erase(found);
  impl_->SetIndexes(std::make_shared<const IndexCatalog>(std::move(left)));
  TUPU_TRY(builder.Drop(entry));
  return true;
}

Result<std::vector<std::string>> Store::Check() const {
  const View::Impl view = impl_->Look();
  return CheckStore(*view.kv, *view.names);
}

}  // namespace tupu::graph
