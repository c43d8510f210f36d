// The rules of schemas/rules/*.json: patterns that turn sentences into proposed relations.
//
// How rules are written is in schemas/rules/README.md. Loading compiles and checks everything; a
// rule is tried only on sentences that hold one of its words. Immutable once loaded; share freely.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "extract/facts/pattern.h"
#include "extract/facts/rule_gate.h"
#include "extract/facts/workspace.h"
#include "extract/ner/automaton.h"
#include "graph/base/error.h"
#include "graph/base/ids.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// What must not stand near a match.
struct RuleLimits {
  WordList before;  // right before it
  WordList inside;  // anywhere in it
  WordList after;   // right after it
  WordList clause;  // anywhere in its clauses
};

struct RuleExample {
  std::string text;                // with marked mentions
  std::vector<std::string> gives;  // "甲 > 乙 amount=5"; empty for a counter-example
};

struct Rule {
  std::string id;
  std::string file;
  std::string relation;
  std::string from, to;  // roles
  std::string each;      // a role whose members are joined pairwise, instead of from and to
  std::string amount, title, date;  // roles; date "*" is the date that holds in the clause
  std::string status;               // "auto", or the status that the rule gives
  double confidence = 1;
  RuleLimits unless;
  std::vector<LinearPattern> patterns;
  std::vector<RuleExample> examples;
  std::vector<RuleExample> counter_examples;
};

class RuleBook {
 public:
  // Reads every *.json below DIR/rules in order of name. A mistake is a kSchema error naming file,
  // rule, place and what was expected. `schema` must outlive the book.
  static Result<RuleBook> Load(const std::filesystem::path& schema_dir,
                               const graph::Schema& schema);
  // The same from texts; the names stand for files in errors.
  static Result<RuleBook> Parse(const std::vector<std::pair<std::string, std::string>>& files,
                                const graph::Schema& schema);

  const std::vector<Rule>& rules() const { return rules_; }
  const WordSets& sets() const { return *sets_; }
  Hash128 hash() const { return hash_; }

  // Proposes what the rules find in one sentence; `only`: one rule alone, for its tests.
  void Apply(Workspace& work, std::uint32_t sentence, const Rule* only = nullptr) const;

 private:
  void IndexTriggers();
  void Fire(const Rule& rule, const PatternMatch& match, Workspace& work,
            std::uint32_t sentence) const;

  std::vector<Rule> rules_;
  std::unique_ptr<WordSets> sets_;  // stable address: Terms looks into it
  // All patterns, numbered in the order of their rules, so that a sentence meets only those whose
  // triggers stand in it.
  struct PatternAt {
    std::uint32_t rule, pattern;
  };
  std::vector<PatternAt> patterns_;
  std::vector<std::uint32_t> untriggered_;                // patterns that need no trigger
  RuleGate gate_;                                         // by pattern
  Automaton triggers_;                                    // of all others
  std::vector<std::vector<std::uint32_t>> triggered_by_;  // trigger to patterns
  Hash128 hash_;
};

// The status that the words between `begin` and `end` give: 拟, 将 → planned and so on.
graph::ClaimStatus StatusOf(std::string_view words, const WordSets& sets);

// Whether a date says when something ends or begins to hold (自…起, 截至…, …前), not when it was
// done.
bool IsDeadline(const WorkSentence& sent, Span date);

// The day, month or year on which what `match` says happened: the last date said before its end
// that is no deadline, start of validity (自…起, 截至…) or part of a name; else one right after it.
// Empty where none is.
// With `since`, the beginning of what goes on counts, too: 9月以来.
graph::Date DateBefore(const Workspace& work, const WorkSentence& sent, Span match,
                       bool since = false);

// An amount as GUIDELINES wants it: a number of yuan, else "USD 3000000". Null for a range.
graph::Value AmountValue(const Amount& amount);

// How surely free text begins and ends where the term does.
enum class TermBorder : std::uint8_t {
  kLoose,  // a known class that it begins with stands for it: 养老服务业 for 养老服务业品牌评价
  kFirm,   // as kLoose, but what only looks like a class does not cross it: in titles
  kWhole,  // it is the term, whatever class it begins with
  kExact,  // as kFirm and kWhole, whatever class it ends with, too
};

// Makes a mention of `type` out of free text, or finds the one that is there. kNoMention where the
// text is no term.
MentionId TermMention(Workspace& work, const WordSets& sets, std::uint32_t sentence, Span span,
                      std::string_view type, std::string_view rule, double confidence,
                      TermBorder border = TermBorder::kLoose);

}  // namespace tupu::extract
