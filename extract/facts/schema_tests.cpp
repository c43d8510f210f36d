#include "extract/facts/schema_tests.h"

#include <algorithm>

#include "extract/facts/structure.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"

namespace tupu::extract {
namespace {

Error Wrong(std::string_view marked, const std::string& expected) {
  return Error{ErrorCode::kSchema, "example \"" + std::string(marked) + "\": expected " + expected};
}

Result<Amount> ParseMarkedAmount(std::string_view marked, std::string_view value) {
  Amount amount;
  amount.currency = "CNY";
  const std::size_t space = value.find(' ');
  if (space != std::string_view::npos) {
    amount.currency = value.substr(0, space);
    value.remove_prefix(space + 1);
  }
  try {
    amount.value = amount.high = std::stod(std::string(value));
  } catch (const std::exception&) {
    return Wrong(marked, "[@amount=NUMBER:…] or [@amount=USD NUMBER:…]");
  }
  return amount;
}

// One document of one sentence.
Page OneSentence(const graph::Document& doc) {
  Page page;
  ArticleAnatomy article;
  article.article.body = {0, static_cast<std::uint32_t>(doc.text.size())};
  page.articles.push_back(article);
  Sentence sent;
  sent.at.span = article.article.body;
  page.sentences.push_back(sent);
  return page;
}

std::string Shown(const Workspace& work, const Proposal& proposal) {
  std::string shown(work.Text(proposal.from));
  shown += " > ";
  shown += work.Text(proposal.to);
  for (const auto& [key, value] : proposal.properties) {
    shown += " " + key + "=";
    shown += value.kind() == graph::ValueKind::kString ? value.as_string() : ToJson(value);
  }
  if (proposal.status != graph::ClaimStatus::kDone) {
    shown += " ";
    shown += ClaimStatusName(proposal.status);
  }
  return shown;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : "; ") + line;
  return all.empty() ? "nothing" : all;
}

void RunExample(const RuleBook& book, const graph::Schema& schema, const Rule& rule,
                const RuleExample& example, std::vector<std::string>& failures) {
  const std::string place = rule.file + ": rule \"" + rule.id + "\": ";
  auto marked = ParseMarked(example.text, schema);
  if (!marked.ok()) {
    failures.push_back(place + marked.error().ToString());
    return;
  }
  graph::Document doc;
  doc.text = marked->text;
  const Page page = OneSentence(doc);
  const std::vector<SentenceMentions> found = {marked->mentions};
  Workspace work(doc, schema, page, found);
  StructureContext context{&work, &book.sets(), nullptr};
  FindSubjects(context);
  book.Apply(work, 0, &rule);
  std::vector<std::string> given;
  for (const Proposal& proposal : work.proposals()) given.push_back(Shown(work, proposal));
  std::vector<std::string> expected = example.gives;
  for (std::vector<std::string>* list : {&given, &expected}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  if (given != expected) {
    failures.push_back(place + marked->text + "\n  gave " + Joined(given) + "\n  expected " +
                       Joined(expected));
  }
}

}  // namespace

Result<MarkedSentence> ParseMarked(std::string_view marked, const graph::Schema& schema) {
  struct Open {
    std::string tag;
    std::uint32_t begin;
  };
  MarkedSentence out;
  std::vector<Open> open;
  for (std::size_t i = 0; i < marked.size();) {
    if (marked[i] == '[') {
      const std::size_t colon = marked.find(':', i);
      if (colon == std::string_view::npos) return Wrong(marked, "[Type:name]");
      open.push_back({std::string(marked.substr(i + 1, colon - i - 1)),
                      static_cast<std::uint32_t>(out.text.size())});
      i = colon + 1;
      continue;
    }
    if (marked[i] == ']') {
      if (open.empty()) return Wrong(marked, "no ] without [");
      const Open mark = open.back();
      open.pop_back();
      const Span span{mark.begin, static_cast<std::uint32_t>(out.text.size())};
      if (span.empty()) return Wrong(marked, "no empty name");
      if (mark.tag == "@title") {
        out.mentions.titles.push_back({span});
      } else if (mark.tag.rfind("@amount=", 0) == 0) {
        TUPU_ASSIGN(Amount amount, ParseMarkedAmount(marked, mark.tag.substr(8)));
        out.mentions.amounts.push_back({span, amount});
      } else if (mark.tag.rfind("@date=", 0) == 0) {
        DateMention date{span, {}};
        const auto parsed = graph::ParseDate(mark.tag.substr(6));
        date.date.vague = !parsed;
        if (parsed) date.date.from = date.date.to = *parsed;
        out.mentions.dates.push_back(date);
      } else {
        const graph::EntityTypeDef* type = schema.FindEntityType(mark.tag);
        if (type == nullptr || type->abstract) {
          return Wrong(marked, "a concrete type of the ontology, not " + mark.tag);
        }
        EntityMention mention;
        mention.span = span;
        mention.type = mark.tag;
        mention.rule = "example";
        mention.nested = std::any_of(open.begin(), open.end(),
                                     [](const Open& outer) { return outer.tag[0] != '@'; });
        out.mentions.entities.push_back(std::move(mention));
      }
      ++i;
      continue;
    }
    out.text.push_back(marked[i++]);
  }
  if (!open.empty()) return Wrong(marked, "a ] for every [");
  std::sort(out.mentions.entities.begin(), out.mentions.entities.end(),
            [](const EntityMention& a, const EntityMention& b) {
              return a.span.begin != b.span.begin ? a.span.begin < b.span.begin
                                                  : a.span.end > b.span.end;
            });
  return out;
}

std::vector<std::string> RunRuleExamples(const RuleBook& book, const graph::Schema& schema) {
  std::vector<std::string> failures;
  for (const Rule& rule : book.rules()) {
    for (const RuleExample& example : rule.examples) {
      RunExample(book, schema, rule, example, failures);
    }
    for (const RuleExample& example : rule.counter_examples) {
      RunExample(book, schema, rule, example, failures);
    }
  }
  return failures;
}

}  // namespace tupu::extract
