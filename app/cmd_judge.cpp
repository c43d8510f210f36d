// tupu merge, split, reject: what people decide against the documents.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "app/command.h"
#include "app/console.h"
#include "app/judging.h"
#include "app/lookup.h"

namespace tupu::app {
namespace {

using graph::EntityKey;
using graph::Judgement;
using graph::JudgementKind;

struct JudgeOptions {
  StoreOptions store;
  std::string file;
  std::vector<std::string> names;
  std::string document, title;
  bool has_title = false;
  bool undo = false;
};

Result<ExitStatus> Finish(JudgementFile& file, const std::vector<Judgement>& judgements,
                          bool undo) {
  if (undo) {
    TUPU_TRY(file.Change({}, judgements));
  } else {
    TUPU_TRY(file.Change(judgements, {}));
  }
  Output out;
  for (const Judgement& one : judgements) {
    out.Write((undo ? "taken back: " : "") + one.ToLine() + "\n");
  }
  TUPU_TRY(out.Finish());
  return ExitStatus::kDone;
}

Result<ExitStatus> JoinOrPart(const JudgeOptions& options, JudgementKind kind) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  TUPU_ASSIGN(JudgementFile file,
              JudgementFile::Open(*opened.store, options.store.store, options.file, options.undo));
  const graph::View view = opened.store->Snapshot();
  // Taken back is what was said of a key, so it must be told which.
  const bool any_of_one = kind == JudgementKind::kMerge && !options.undo;
  std::vector<EntityKey> keys;
  for (const std::string& name : options.names) {
    TUPU_ASSIGN(EntityKey key, KeyNamed(view, *opened.schema, name, any_of_one));
    keys.push_back(std::move(key));
  }
  std::vector<Judgement> judgements;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    Judgement one;
    one.kind = kind;
    one.a = keys[0];
    one.b = keys[i];
    if (one.a == one.b) {
      return Error(ErrorCode::kInvalidInput, "\"" + options.names[0] + "\" and \"" +
                                                 options.names[i] + "\" are both " +
                                                 graph::KeyToField(one.a));
    }
    if (graph::KeyToField(one.b) < graph::KeyToField(one.a)) std::swap(one.a, one.b);
    if (options.undo && !file.judgements().lines().contains(one.ToLine())) {
      return Error(ErrorCode::kNotFound, "there is no such judgement: " + one.ToLine(),
                   file.path().string());
    }
    judgements.push_back(std::move(one));
  }
  return Finish(file, judgements, options.undo);
}

bool Fits(const JudgeOptions& options, const Judgement& one) {
  return (options.document.empty() || (!one.any_document && one.document == options.document)) &&
         (!options.has_title || (!one.any_title && one.title == options.title));
}

// The key pairs of the statements behind the edges from one of these to one of those.
Result<std::vector<std::pair<EntityKey, EntityKey>>> StatedPairs(const graph::View& view,
                                                                 const JudgeOptions& options,
                                                                 TypeId type,
                                                                 const std::vector<EntityKey>& from,
                                                                 const std::vector<EntityKey>& to) {
  std::map<std::pair<EntityKey, EntityKey>, bool> pairs;
  const auto nodes_of = [&](const std::vector<EntityKey>& keys) -> Result<std::vector<NodeId>> {
    std::vector<NodeId> out;
    for (const EntityKey& key : keys) {
      TUPU_ASSIGN(const auto node, view.FindNodeById(key.Hash().ToHex()));
      if (node && std::find(out.begin(), out.end(), *node) == out.end()) out.push_back(*node);
    }
    return out;
  };
  TUPU_ASSIGN(const std::vector<NodeId> starts, nodes_of(from));
  TUPU_ASSIGN(const std::vector<NodeId> ends, nodes_of(to));
  for (const NodeId start : starts) {
    std::vector<graph::Neighbour> neighbours;
    TUPU_TRY(view.Expand(start, graph::Direction::kOut, std::span(&type, 1), neighbours));
    for (const graph::Neighbour& one : neighbours) {
      if (std::find(ends.begin(), ends.end(), one.node) == ends.end()) continue;
      TUPU_ASSIGN(const auto statements, view.EdgeStatements(one.edge));
      for (const graph::Statement& stmt : statements) {
        const auto title = stmt.properties.find("title");
        const bool titled =
            title != stmt.properties.end() && title->second.kind() == graph::ValueKind::kString;
        if (!options.document.empty() && stmt.provenance.document_id != options.document) continue;
        if (options.has_title && (titled ? title->second.as_string() : "") != options.title) {
          continue;
        }
        pairs[{stmt.subject, stmt.object}] = true;
      }
    }
  }
  std::vector<std::pair<EntityKey, EntityKey>> out;
  for (const auto& [pair, said] : pairs) out.push_back(pair);
  return out;
}

// The keys that a reject of an entity is of: the one that was given; else all of the node that is
// called so, but with a document those that it names.
Result<std::vector<EntityKey>> KeysOfEntity(const graph::View& view, const graph::Schema& schema,
                                            const JudgeOptions& options) {
  const std::string& name = options.names[0];
  if (const auto key = graph::KeyFromField(name); key.ok() && schema.FindEntityType(key->type)) {
    return KeysNamed(view, schema, name);
  }
  TUPU_ASSIGN(const std::vector<NodeId> nodes, FindNodes(view, name));
  std::vector<EntityKey> keys;
  std::optional<NodeId> entity;
  for (const NodeId node : nodes) {
    TUPU_ASSIGN(std::vector<EntityKey> of_node, view.NodeKeys(node));
    if (of_node.empty()) continue;  // written by hand
    if (entity) {                   // says which there are
      TUPU_ASSIGN(const EntityKey one, KeyNamed(view, schema, name, false));
      return std::vector{one};
    }
    entity = node;
    keys = std::move(of_node);
  }
  if (!entity) {
    return Error(ErrorCode::kInvalidInput,
                 "\"" + name + "\" was written by hand; judgements are about what documents say");
  }
  if (options.document.empty()) return keys;
  TUPU_ASSIGN(const auto statements, view.NodeStatements(*entity));
  std::erase_if(keys, [&](const EntityKey& key) {
    return std::none_of(statements.begin(), statements.end(), [&](const graph::Statement& stmt) {
      return stmt.subject == key && stmt.provenance.document_id == options.document;
    });
  });
  if (keys.empty()) {
    return Error(ErrorCode::kNotFound,
                 "document \"" + options.document + "\" says nothing of " + name);
  }
  return keys;
}

Result<ExitStatus> RejectEntity(const JudgeOptions& options) {
  if (options.has_title) {
    return Error(ErrorCode::kInvalidInput, "a title is one of a fact, not of an entity");
  }
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  TUPU_ASSIGN(JudgementFile file,
              JudgementFile::Open(*opened.store, options.store.store, options.file, options.undo));
  const graph::View view = opened.store->Snapshot();
  std::vector<Judgement> judgements;
  if (options.undo) {
    TUPU_ASSIGN(const auto keys, RejectedKeysNamed(view, options.names[0], true));
    for (const auto& [line, one] : file.judgements().lines()) {
      if (one.kind == JudgementKind::kRejectEntity && Fits(options, one) &&
          std::find(keys.begin(), keys.end(), one.a) != keys.end()) {
        judgements.push_back(one);
      }
    }
    if (judgements.empty()) {
      return Error(ErrorCode::kNotFound, "no such entity is rejected", file.path().string());
    }
    return Finish(file, judgements, true);
  }
  TUPU_ASSIGN(const auto keys, KeysOfEntity(view, *opened.schema, options));
  for (const EntityKey& key : keys) {
    Judgement one;
    one.kind = JudgementKind::kRejectEntity;
    one.any_document = options.document.empty();
    one.document = options.document;
    one.a = key;
    judgements.push_back(std::move(one));
  }
  return Finish(file, judgements, false);
}

Result<ExitStatus> Reject(const JudgeOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  const graph::RelationTypeDef* type = opened.schema->FindRelationType(options.names[1]);
  if (type == nullptr) {
    std::string message = "there is no relation type \"" + options.names[1] + "\"; there are";
    for (const auto& one : opened.schema->relation_types()) message += " " + one.name;
    return Error(ErrorCode::kInvalidInput, message);
  }
  TUPU_ASSIGN(JudgementFile file,
              JudgementFile::Open(*opened.store, options.store.store, options.file, options.undo));
  const graph::View view = opened.store->Snapshot();
  TUPU_ASSIGN(const auto from, KeysNamed(view, *opened.schema, options.names[0]));
  TUPU_ASSIGN(const auto to, KeysNamed(view, *opened.schema, options.names[2]));
  std::vector<Judgement> judgements;
  if (options.undo) {
    for (const auto& [line, one] : file.judgements().lines()) {
      if (one.kind == JudgementKind::kReject && one.type == type->name && Fits(options, one) &&
          std::find(from.begin(), from.end(), one.a) != from.end() &&
          std::find(to.begin(), to.end(), one.b) != to.end()) {
        judgements.push_back(one);
      }
    }
    if (judgements.empty()) {
      return Error(ErrorCode::kNotFound, "no such fact is rejected", file.path().string());
    }
    return Finish(file, judgements, true);
  }
  std::vector<std::pair<EntityKey, EntityKey>> pairs;
  if (const auto stored = view.FindType(type->name)) {
    TUPU_ASSIGN(pairs, StatedPairs(view, options, *stored, from, to));
  }
  // Two keys can be rejected before any document has them.
  const bool keys =
      graph::KeyFromField(options.names[0]).ok() && graph::KeyFromField(options.names[2]).ok();
  if (pairs.empty() && keys) pairs.emplace_back(from.front(), to.front());
  if (pairs.empty()) {
    return Error(ErrorCode::kNotFound,
                 "nothing says " + options.names[0] + " -[" + type->name + "]-> " +
                     options.names[2] +
                     (options.document.empty() ? std::string()
                                               : " in document \"" + options.document + "\""));
  }
  for (const auto& [a, b] : pairs) {
    Judgement one;
    one.kind = JudgementKind::kReject;
    one.any_document = options.document.empty();
    one.document = options.document;
    one.type = type->name;
    one.a = a;
    one.b = b;
    one.any_title = type->one_per_title && !options.has_title;
    one.title = options.title;
    judgements.push_back(std::move(one));
  }
  return Finish(file, judgements, false);
}

constexpr const char* kAboutNames =
    "A name is an entity's name, alias or id, or its key: Type:name or Type:name@context, as "
    "`tupu why` shows it.\n"
    "A key need not be in the store yet.\n";

}  // namespace

void AddMerge(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("merge", "Say that entities are one");
  auto options = std::make_shared<JudgeOptions>();
  AddStoreOptions(*command, options->store);
  AddJudgementsOption(*command, options->file);
  command->add_flag("--undo", options->undo, "Take the judgement back");
  command->add_option("NAME", options->names, "Two entities or more")
      ->required()
      ->expected(2, 1000);
  command->footer(std::string(kAboutNames) +
                  "Examples:\n"
                  "  tupu merge --store graph.db 远澜集团 远澜汽车股份有限公司\n"
                  "  tupu merge --store graph.db --undo 远澜集团 远澜汽车股份有限公司");
  command->callback([options, &action] {
    action = [options] { return JoinOrPart(*options, JudgementKind::kMerge); };
  });
}

void AddSplit(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("split", "Say that two entities are not one, also against the rules");
  auto options = std::make_shared<JudgeOptions>();
  AddStoreOptions(*command, options->store);
  AddJudgementsOption(*command, options->file);
  command->add_flag("--undo", options->undo, "Take the judgement back");
  command->add_option("NAME", options->names, "The two entities")->required()->expected(2);
  command->footer(std::string(kAboutNames) +
                  "Example:\n  tupu split --store graph.db Company:远澜汽车 "
                  "Company:远澜汽车有限公司");
  command->callback([options, &action] {
    action = [options] { return JoinOrPart(*options, JudgementKind::kSplit); };
  });
}

void AddReject(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("reject", "Say that a fact is wrong, or an entity none");
  auto options = std::make_shared<JudgeOptions>();
  AddStoreOptions(*command, options->store);
  AddJudgementsOption(*command, options->file);
  command
      ->add_option("--document", options->document,
                   "Only what this document says (default: whatever document)")
      ->type_name("ID");
  CLI::Option* title = command->add_option("--title", options->title,
                                           "Of a post: only with this title (default: any)");
  title->type_name("TITLE");
  command->add_flag("--undo", options->undo, "Take the judgement back");
  command->add_option("NAME", options->names, "An entity; or a fact: NAME TYPE NAME")
      ->required()
      ->expected(1, 3);
  command->footer(std::string(kAboutNames) +
                  "The fact goes everywhere; `tupu why NAME TYPE NAME` still shows its sentences. "
                  "With an entity "
                  "goes all that is said of it.\n"
                  "Examples:\n"
                  "  tupu reject --store graph.db --document brief-002 青禾集团 BUILDS 沙洲码头\n"
                  "  tupu reject --store graph.db Company:有关单位");
  command->callback([options, title, &action] {
    options->has_title = title->count() > 0;
    if (options->names.size() == 2) {
      throw CLI::ArgumentMismatch("expected NAME, or NAME TYPE NAME");
    }
    action = [options] {
      return options->names.size() == 1 ? RejectEntity(*options) : Reject(*options);
    };
  });
}

}  // namespace tupu::app
