// tupu review: walks what a person should look at, and keeps the answers as judgements.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <tuple>
#include <utility>

#include "app/command.h"
#include "app/console.h"
#include "app/judging.h"
#include "app/why.h"
#include "graph/base/unicode.h"
#include "graph/exchange/records.h"

namespace tupu::app {
namespace {

using graph::EntityKey;
using graph::Judgement;
using graph::JudgementKind;
using graph::Statement;

struct ReviewOptions {
  StoreOptions store;
  std::string file;
  std::size_t limit = 0;
  double below = 0.5;
  bool duplicates = false, statements = false;
};

// Two entities that may be one.
struct Pair {
  EntityKey a, b;
  auto operator<=>(const Pair&) const = default;
};

// Entities of one key type and name, told apart by context, and companies whose short name could be
// that of several; each of a group beside the group's first. In order of keys.
Result<std::vector<Pair>> LikelyDuplicates(const graph::View& view) {
  std::map<std::pair<std::string, std::string>, std::vector<EntityKey>> groups;
  Status failed;
  TUPU_TRY(view.ForEachNode(std::nullopt, [&](NodeId node) {
    auto keys = view.NodeKeys(node);
    if (!keys.ok()) {
      failed = keys.error();
      return false;
    }
    // A node stands in each group once.
    std::map<std::pair<std::string, std::string>, EntityKey> here;
    for (EntityKey& key : *keys) {
      const std::vector<EntityKey> block = graph::BlockOf(key);
      auto group = std::pair(key.type, block.empty() ? key.name : block.front().name);
      here.emplace(std::move(group), std::move(key));
    }
    for (auto& [group, key] : here) groups[group].push_back(std::move(key));
    return true;
  }));
  TUPU_TRY(failed);
  TUPU_ASSIGN(const auto judgements, view.StoredJudgements());
  std::vector<Pair> out;
  for (auto& [group, keys] : groups) {
    if (keys.size() < 2) continue;
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 1; i < keys.size(); ++i) {
      const auto& apart = judgements->SplitFrom(keys[0].Hash());
      if (std::find(apart.begin(), apart.end(), keys[i].Hash()) != apart.end()) continue;
      out.push_back({keys[0], keys[i]});
    }
  }
  return out;
}

// The title that tells facts of a type apart, where the type has one edge per title.
std::string TitleOf(const graph::Schema& schema, const Statement& stmt) {
  const graph::RelationTypeDef* type = schema.FindRelationType(stmt.property);
  const bool titled = type != nullptr && type->one_per_title;
  return titled ? graph::PropertyText(stmt.properties, "title") : "";
}

bool IsJudged(const graph::Judgements& judgements, const graph::Schema& schema,
              const Statement& stmt) {
  const std::string title = TitleOf(schema, stmt);
  const std::string& document = stmt.provenance.document_id;
  return judgements.IsRejected(document, stmt.property, stmt.subject, stmt.object, title) ||
         judgements.IsConfirmed(document, stmt.property, stmt.subject, stmt.object, title);
}

// Stated relations of little confidence of which nobody has said that they are wrong or right, the
// weakest first.
Result<std::vector<Statement>> WeakStatements(const graph::View& view, const graph::Schema& schema,
                                              double below, std::size_t limit) {
  const auto order = [](const Statement& a, const Statement& b) {
    return std::tie(a.provenance.confidence, a.provenance.document_id, a.subject, a.property,
                    a.object, a.provenance.at) < std::tie(b.provenance.confidence,
                                                          b.provenance.document_id, b.subject,
                                                          b.property, b.object, b.provenance.at);
  };
  TUPU_ASSIGN(const auto judgements, view.StoredJudgements());
  std::vector<Statement> out;  // a heap, the strongest on top
  Status failed;
  TUPU_TRY(view.ForEachDocument([&](const graph::DocumentHeader& header) {
    failed = view.ForEachStatement(header.id, [&](const Statement& stmt) {
      if (stmt.kind != graph::StatementKind::kRelation ||
          stmt.status == graph::ClaimStatus::kDenied || stmt.provenance.confidence >= below) {
        return true;
      }
      if (IsJudged(*judgements, schema, stmt)) return true;
      out.push_back(stmt);
      std::push_heap(out.begin(), out.end(), order);
      if (limit != 0 && out.size() > limit) {
        std::pop_heap(out.begin(), out.end(), order);
        out.pop_back();
      }
      return true;
    });
    return failed.ok();
  }));
  TUPU_TRY(failed);
  std::sort(out.begin(), out.end(), order);
  return out;
}

enum class Answer { kYes, kNo, kSkip, kQuit };

class Review {
 public:
  Review(const OpenedStore& opened, JudgementFile& file, const ReviewOptions& options)
      : opened_(opened), file_(file), options_(options) {
    why_.colour = ColourWanted();
    why_.limit = 2;
  }

  Status Run() {
    const graph::View view = opened_.store->Snapshot();
    if (!options_.statements) {
      TUPU_ASSIGN(const std::vector<Pair> pairs, LikelyDuplicates(view));
      TUPU_TRY(AskPairs(view, pairs));
    }
    if (!options_.duplicates && !quit_) {
      TUPU_ASSIGN(const auto statements,
                  WeakStatements(view, *opened_.schema, options_.below, options_.limit));
      TUPU_TRY(AskStatements(view, statements));
    }
    out_.Write("\n" + CountText(asked_, "question") + ", " + CountText(judged_, "judgement") +
               " kept in " + Printable(file_.path().string()) + "\n");
    return out_.Finish();
  }

 private:
  Status AskPairs(const graph::View& view, const std::vector<Pair>& pairs) {
    std::size_t number = 0;
    for (const Pair& pair : pairs) {
      if (quit_ || (options_.limit != 0 && number == options_.limit)) break;
      // Answers since may have settled it.
      const graph::View now = opened_.store->Snapshot();
      TUPU_ASSIGN(const auto a, now.FindNodeById(pair.a.Hash().ToHex()));
      TUPU_ASSIGN(const auto b, now.FindNodeById(pair.b.Hash().ToHex()));
      if (!a || !b || *a == *b) continue;
      out_.Write("\n[" + std::to_string(++number) + "/" + std::to_string(pairs.size()) +
                 "] two entities that may be one\n");
      for (const EntityKey& key : {pair.a, pair.b}) {
        TUPU_TRY(PrintWhy(view, *opened_.schema, {key.Hash().ToHex()}, why_, out_));
        out_.Write("\n");
      }
      const Answer answer = Ask("Are they one? y yes, n no, s skip, q quit: ");
      if (answer != Answer::kYes && answer != Answer::kNo) continue;
      Judgement one;
      one.kind = answer == Answer::kYes ? JudgementKind::kMerge : JudgementKind::kSplit;
      one.a = pair.a;
      one.b = pair.b;
      if (graph::KeyToField(one.b) < graph::KeyToField(one.a)) std::swap(one.a, one.b);
      TUPU_TRY(Keep(one));
    }
    return {};
  }

  Status AskStatements(const graph::View& view, const std::vector<Statement>& statements) {
    std::size_t number = 0;
    for (const Statement& stmt : statements) {
      if (quit_) break;
      // An answer about the fact may have come for another sentence of the document.
      if (IsJudged(file_.judgements(), *opened_.schema, stmt)) continue;
      out_.Write("\n[" + std::to_string(++number) + "/" + std::to_string(statements.size()) + "] " +
                 Printable(stmt.subject.ToString() + " -[" + stmt.property + "]-> " +
                           stmt.object.ToString()) +
                 "\n");
      TUPU_TRY(PrintStatements(view, *opened_.schema, {stmt}, why_, out_));
      const Answer answer = Ask("Does it say so? y yes, n no, s skip, q quit: ");
      if (answer != Answer::kYes && answer != Answer::kNo) continue;
      Judgement one;
      one.kind = answer == Answer::kNo ? JudgementKind::kReject : JudgementKind::kConfirm;
      one.document = stmt.provenance.document_id;
      one.type = stmt.property;
      one.a = stmt.subject;
      one.b = stmt.object;
      one.title = TitleOf(*opened_.schema, stmt);
      TUPU_TRY(Keep(one));
    }
    return {};
  }

  Answer Ask(std::string_view question) {
    out_.Write(question);
    out_.Flush();
    ++asked_;
    std::string line;
    while (std::getline(std::cin, line)) {
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
      if (!IsTerminal(0)) out_.Write(Printable(line) + "\n");
      if (line == "y" || line == "yes") return Answer::kYes;
      if (line == "n" || line == "no") return Answer::kNo;
      if (line.empty() || line == "s" || line == "skip") return Answer::kSkip;
      if (line == "q" || line == "quit") break;
      out_.Write("y, n, s or q: ");
      out_.Flush();
    }
    quit_ = true;
    return Answer::kQuit;
  }

  Status Keep(const Judgement& one) {
    const Status kept = file_.Change(std::span(&one, 1), {});
    if (kept.ok()) {
      ++judged_;
      return {};
    }
    // Earlier judgements can stand against it.
    if (kept.error().code != ErrorCode::kInvalidInput) return kept;
    out_.Write("not kept: " + Printable(kept.error().message) + "\n");
    return {};
  }

  const OpenedStore& opened_;
  JudgementFile& file_;
  const ReviewOptions& options_;
  WhyOptions why_;
  Output out_;
  std::uint64_t asked_ = 0, judged_ = 0;
  bool quit_ = false;
};

Result<ExitStatus> Run(const ReviewOptions& options) {
  TUPU_ASSIGN(const OpenedStore opened, OpenStore(options.store, graph::OpenMode::kReadWrite));
  TUPU_ASSIGN(JudgementFile file,
              JudgementFile::Open(*opened.store, options.store.store, options.file, false));
  TUPU_TRY(Review(opened, file, options).Run());
  return ExitStatus::kDone;
}

}  // namespace

void AddReview(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("review", "Walk likely duplicates and weak statements, and judge them");
  auto options = std::make_shared<ReviewOptions>();
  AddStoreOptions(*command, options->store);
  AddJudgementsOption(*command, options->file);
  CLI::Option* duplicates =
      command->add_flag("--duplicates", options->duplicates, "Only entities that may be one");
  command->add_flag("--statements", options->statements, "Only weak statements")
      ->excludes(duplicates);
  command
      ->add_option("--below", options->below,
                   "Statements of less confidence than this are weak (default: 0.5)")
      ->type_name("P")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--limit", options->limit, "Questions of each kind at most (default: all)")
      ->type_name("N");
  command->footer(
      "Answers are read a line each: y, n, s (or nothing) to skip, q (or the end) to quit. Each is "
      "kept before the next question, and not asked again: y or n of entities as a merge or split, "
      "of a statement as a confirm or reject.\n"
      "Examples:\n"
      "  tupu review --store graph.db --limit 20\n"
      "  yes s | tupu review --store graph.db --statements     # only look");
  command->callback([options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace tupu::app
