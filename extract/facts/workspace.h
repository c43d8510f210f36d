// One document while its facts are found: its sentences with everything recognised in them, and
// the relations proposed between mentions.
//
// Mentions have numbers that stay valid while more are added (classes of actor taken out of a
// title, regions written side by side). Spans are in bytes of the sentence's own text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ingest/page.h"
#include "extract/ner/mention.h"
#include "graph/base/span.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

using MentionId = std::uint32_t;
inline constexpr MentionId kNoMention = static_cast<MentionId>(-1);

struct WorkMention {
  std::uint32_t sentence = 0;
  Span span;  // in the sentence's text
  // Words of the schema, the code, the rules or what recognition found: they outlive the workspace.
  std::string_view type;
  std::string_view rule;
  double confidence = 1;
  std::vector<std::uint32_t> entries;  // of the gazetteer
  bool nested = false;
  std::string full;  // name completed by structure (乌鲁木齐高新区), empty: as it stands
  // The mention that this one stands for, where it is no name itself (该公司, 前者): such a mention
  // takes part in relations through its antecedent and adds no alias.
  MentionId antecedent = kNoMention;
  // No entity of its own and none known that it stands for (省委 on a page that names no province).
  bool ignored = false;
};

struct WorkTitle {
  Span span;
};
struct WorkAmount {
  Span span;
  Amount amount;
};
struct WorkDate {
  Span span;
  ResolvedDate date;
};

// A clause that begins with its predicate, and whom it speaks of: the subject of a clause or
// sentence before it.
struct WorkSubject {
  std::uint32_t at = 0;  // where the predicate begins
  std::vector<MentionId> members;
};

struct WorkSentence {
  Sentence place;
  std::string_view text;
  std::vector<MentionId> mentions;  // by begin, the longer first
  std::vector<WorkTitle> titles;
  std::vector<WorkAmount> amounts;
  std::vector<WorkDate> dates;
  std::vector<WorkSubject> subjects;  // by place
};

// A relation proposed between two mentions of one article.
struct Proposal {
  std::string_view type;  // as a mention's
  MentionId from = kNoMention;
  MentionId to = kNoMention;
  graph::Properties properties;
  graph::ClaimStatus status = graph::ClaimStatus::kDone;
  std::uint32_t evidence = 0;  // sentence
  std::string_view rule;
  double confidence = 1;
};

// A property of what a mention names. Of several values the one of the highest rank stands, then
// the first.
struct Description {
  MentionId of = kNoMention;
  std::string key;
  graph::Value value;
  std::string currency;  // beside an amount that is not in yuan
  int rank = 0;
};

class Workspace {
 public:
  // `doc`, `schema` and `found` must outlive the workspace, `found` for its types and rules.
  Workspace(const graph::Document& doc, const graph::Schema& schema, const Page& page,
            const std::vector<SentenceMentions>& found);
  Workspace(const graph::Document& doc, const graph::Schema& schema, const Page& page,
            std::vector<SentenceMentions>&& found) = delete;

  const graph::Document& doc() const { return *doc_; }
  const graph::Schema& schema() const { return *schema_; }
  const Page& page() const { return *page_; }

  const std::vector<WorkSentence>& sentences() const { return sentences_; }
  const WorkSentence& sentence(std::uint32_t index) const { return sentences_[index]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(mentions_.size()); }
  const WorkMention& mention(MentionId id) const { return mentions_[id]; }
  WorkMention& mention(MentionId id) { return mentions_[id]; }
  std::string_view Text(MentionId id) const;
  // What stands in the span of the sentence outside names, with a space for each: words in a name
  // (《条例（征求意见稿）》, 《甲实施方案》) say nothing of the sentence.
  std::string OutsideNames(std::uint32_t sentence, Span span) const;
  graph::FieldSpan Place(MentionId id) const;
  std::uint32_t Article(MentionId id) const;
  bool Is(MentionId id, std::string_view type) const {
    return schema_->IsA(mentions_[id].type, type);
  }

  // The mention with exactly this span, or kNoMention. Those of `type` (or below) if it is given.
  MentionId Find(std::uint32_t sentence, Span span, std::string_view type = {}) const;
  // The smallest mention around `id` that is not `id` itself, or kNoMention.
  MentionId Outer(MentionId id) const;
  // Mentions that lie inside `id`, by place.
  std::vector<MentionId> Inner(MentionId id) const;

  // Adds a mention (or returns the one with this span and type).
  MentionId Add(WorkMention mention);

  // Notes that the clause whose predicate begins at `at` speaks of `members`.
  void TakeOver(std::uint32_t sentence, std::uint32_t at, std::vector<MentionId> members) {
    sentences_[sentence].subjects.push_back({at, std::move(members)});
  }

  void Propose(Proposal proposal) { proposals_.push_back(std::move(proposal)); }
  std::vector<Proposal>& proposals() { return proposals_; }
  const std::vector<Proposal>& proposals() const { return proposals_; }

  void Describe(Description description) { descriptions_.push_back(std::move(description)); }
  const std::vector<Description>& descriptions() const { return descriptions_; }

  // Sentences of an article are neighbours: the first and one past the last with this article.
  Span ArticleSentences(std::uint32_t article) const;

 private:
  void Resolve(const WorkSentence& sent, WorkDate& date) const;
  void TrimChains(std::uint32_t sentence);

  const graph::Document* doc_;
  const graph::Schema* schema_;
  const Page* page_;
  std::vector<WorkSentence> sentences_;
  std::vector<Span> articles_;  // their sentences
  std::vector<WorkMention> mentions_;
  std::vector<Proposal> proposals_;
  std::vector<Description> descriptions_;
};

}  // namespace tupu::extract
