// Twice over the page: first every sentence by itself, with what gazetteers and structure say; then
// once more with the names that the article has introduced (a reporter's full name, a company
// named once with its form, 以下简称), which need no context the second time.
#include "extract/ner/recogniser.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>

#include "extract/ner/automaton.h"
#include "extract/ner/candidates.h"
#include "extract/ner/lexicon.h"
#include "extract/ner/memory.h"
#include "extract/ner/overlap.h"
#include "extract/ner/regions.h"
#include "extract/ner/sentence.h"

namespace tupu::extract {
namespace {

// The reporters, editors and outlets that the page's anatomy found, as candidates of a sentence.
void AddBylines(const std::vector<Byline>& bylines, const Sentence& sentence,
                const AnalysedSentence& sent, std::vector<Candidate>& out) {
  for (const Byline& byline : bylines) {
    if (byline.at.field != sentence.at.field || !sentence.at.span.Contains(byline.at.span) ||
        byline.at.span.empty()) {
      continue;
    }
    Candidate candidate;
    candidate.begin = static_cast<std::uint32_t>(
        sent.chars.PositionOf(byline.at.span.begin - sentence.at.span.begin));
    candidate.end = static_cast<std::uint32_t>(
        sent.chars.PositionOf(byline.at.span.end - sentence.at.span.begin));
    bool outlet = byline.role == Byline::Role::kOutlet;
    candidate.kind = outlet ? kInstitution : kPerson;
    candidate.rule = outlet ? "byline.outlet" : "byline.person";
    candidate.tier = kTierTitle + 1;
    out.push_back(std::move(candidate));
  }
}

// A made-up word before a trade is a company only where the page comes back to it.
void DropLoneBrands(const graph::Document& doc, const AnalysedSentence& sent,
                    std::vector<Candidate>& candidates) {
  auto is_lone = [&](const Candidate& candidate) {
    if (candidate.rule != std::string_view("company.brand")) return false;
    std::string_view form = sent.Text(candidate.begin, candidate.end);
    std::size_t first = doc.text.find(form);
    return first == std::string::npos ||
           doc.text.find(form, first + form.size()) == std::string::npos;
  };
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_lone), candidates.end());
}

}  // namespace

struct Recogniser::Impl {
  Impl(Gazetteer names, Lexicon words) : gazetteer(std::move(names)), lexicon(std::move(words)) {}

  Gazetteer gazetteer;
  Lexicon lexicon;
  std::vector<std::string> kind_names;    // by kind; empty where the schema has no such type
  std::vector<std::uint8_t> entry_kinds;  // by gazetteer entry

  Knowledge knowledge() const { return {lexicon, gazetteer, entry_kinds}; }
};

Recogniser::Recogniser(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Recogniser::Recogniser(Recogniser&&) noexcept = default;
Recogniser& Recogniser::operator=(Recogniser&&) noexcept = default;
Recogniser::~Recogniser() = default;

const Gazetteer& Recogniser::gazetteer() const { return impl_->gazetteer; }

Result<Recogniser> Recogniser::Load(const std::filesystem::path& schema_dir,
                                    const graph::Schema& schema) {
  TUPU_ASSIGN(Gazetteer gazetteer, Gazetteer::Load(schema_dir));
  TUPU_ASSIGN(Lexicon lexicon, Lexicon::Load(schema_dir));
  auto impl = std::make_unique<Impl>(std::move(gazetteer), std::move(lexicon));
  auto is_concrete = [&](const std::string& name) {
    const graph::EntityTypeDef* type = schema.FindEntityType(name);
    return type && !type->abstract;
  };
  for (std::string_view name : kKindNames) {
    std::string text(name);
    impl->kind_names.push_back(is_concrete(text) ? text : std::string());
  }
  for (const GazetteerEntry& entry : impl->gazetteer.entries()) {
    auto found = std::find(impl->kind_names.begin(), impl->kind_names.end(), entry.type);
    if (found == impl->kind_names.end()) {
      if (!is_concrete(entry.type) || impl->kind_names.size() >= kNoKind) {
        return Error(ErrorCode::kSchema,
                     "the entry \"" + entry.id + "\" has the type \"" + entry.type +
                         "\", which is no concrete entity type of the schema",
                     (schema_dir / "gazetteers").string());
      }
      impl->kind_names.push_back(entry.type);
      found = impl->kind_names.end() - 1;
    }
    impl->entry_kinds.push_back(static_cast<std::uint8_t>(found - impl->kind_names.begin()));
  }
  return Recogniser(std::move(impl));
}

std::vector<SentenceMentions> Recogniser::Recognise(const graph::Document& doc,
                                                    const Page& page) const {
  Knowledge know = impl_->knowledge();
  std::size_t count = page.sentences.size();
  std::vector<AnalysedSentence> sents;
  sents.reserve(count);
  for (const Sentence& sentence : page.sentences) {
    sents.emplace_back(graph::Slice(doc, sentence.at), impl_->lexicon, impl_->gazetteer);
  }

  // What each article names beyond doubt decides about what is ambiguous in it.
  std::map<std::uint32_t, RegionEvidence> evidence;
  for (std::size_t i = 0; i < count; ++i) {
    evidence[page.sentences[i].article].Note(know, sents[i]);
  }

  std::vector<std::vector<Candidate>> candidates(count);
  std::vector<std::vector<TitleSpan>> titles(count);
  std::vector<std::vector<Standing>> standing(count);
  std::map<std::uint32_t, ArticleMemory> memories;
  for (std::size_t i = 0; i < count; ++i) {
    const Sentence& sentence = page.sentences[i];
    std::vector<Candidate>& found = candidates[i];
    FindKnownNames(know, sents[i], evidence[sentence.article], found);
    FindDocuments(know, sents[i], found);
    FindByHead(know, sents[i], found);
    FindOrgans(know, sents[i], found);
    FindOffices(know, sents[i], found);
    FindIndustries(know, sents[i], found);
    FindOutlets(know, sents[i], found);
    titles[i] = FindTitles(know, sents[i]);
    FindPeople(know, sents[i], titles[i], found);
    if (sentence.article < page.articles.size()) {
      AddBylines(page.articles[sentence.article].bylines, sentence, sents[i], found);
    }
    DropLoneBrands(doc, sents[i], found);
    standing[i] = Resolve(know, found);
    ArticleMemory& memory = memories[sentence.article];
    memory.Learn(know, sents[i], standing[i]);
    memory.LearnLists(know, sents[i], standing[i], candidates[i]);
  }
  for (auto& [article, memory] : memories) memory.Close(know);

  graph::Date reference = graph::ParseDate(page.date).value_or(graph::Date{});
  std::vector<SentenceMentions> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (memories[page.sentences[i].article].Recall(know, sents[i], candidates[i])) {
      standing[i] = Resolve(know, std::move(candidates[i]));
    }
    const Sentence& sentence = page.sentences[i];
    auto place = [&](std::uint32_t begin, std::uint32_t end) {
      Span span = sents[i].chars.Bytes(begin, end);
      return Span{span.begin + sentence.at.span.begin, span.end + sentence.at.span.begin};
    };
    SentenceMentions& mentions = out[i];
    for (Standing& one : standing[i]) {
      const std::string& type = impl_->kind_names[one.candidate.kind];
      if (type.empty()) continue;
      EntityMention mention;
      mention.span = place(one.candidate.begin, one.candidate.end);
      mention.type = type;
      mention.rule = one.candidate.rule;
      mention.confidence = one.candidate.confidence;
      mention.entries = std::move(one.candidate.entries);
      mention.nested = one.nested;
      mentions.entities.push_back(std::move(mention));
    }
    for (const TitleSpan& title : titles[i]) {
      mentions.titles.push_back({place(title.begin, title.end)});
    }
    auto shift = [&](Span span) {
      return Span{span.begin + sentence.at.span.begin, span.end + sentence.at.span.begin};
    };
    for (AmountMatch& match : FindAmounts(sents[i].chars)) {
      mentions.amounts.push_back({shift(match.span), std::move(match.amount)});
    }
    for (DateMatch& match : FindDates(sents[i].chars, reference)) {
      mentions.dates.push_back({shift(match.span), match.date});
    }
  }
  return out;
}

}  // namespace tupu::extract
