// Three times over the page: first every sentence by itself, with what gazetteers and structure
// say; then with the names that the article has introduced (a reporter's full name, a company named
// once with its form, 以下简称), which need no context the second time; at last the tagger weighs
// what stands (arbiter.h), but for the titles of papers (paper_titles.h).
#include "extract/ner/recogniser.h"

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "extract/ner/arbiter.h"
#include "extract/ner/automaton.h"
#include "extract/ner/candidates.h"
#include "extract/ner/lexicon.h"
#include "extract/ner/memory.h"
#include "extract/ner/overlap.h"
#include "extract/ner/paper_titles.h"
#include "extract/ner/regions.h"
#include "extract/ner/sentence.h"
#include "extract/ner/tagger.h"
#include "extract/ner/tagger_model.h"

namespace tupu::extract {
namespace {

// Some steps look at every pair of names in a sentence, so a sentence without end is read in
// pieces.
constexpr std::uint32_t kMaxPiece = 6000;  // bytes

struct Piece {
  std::size_t sentence = 0;
  graph::FieldSpan at;
};

// Cuts at a comma where there is one, else between any two characters.
void AddPieces(const graph::Document& doc, const Sentence& sentence, std::size_t index,
               std::vector<Piece>& out) {
  std::string_view text = graph::TextOf(doc, sentence.at.field);
  Span rest = sentence.at.span;
  while (rest.size() > kMaxPiece) {
    std::uint32_t end = rest.begin + kMaxPiece;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    for (std::string_view mark : {"，", "、"}) {
      std::size_t found = text.rfind(mark, end - mark.size());
      if (found != std::string_view::npos && found >= rest.begin + kMaxPiece / 2) {
        end = static_cast<std::uint32_t>(found + mark.size());
        break;
      }
    }
    out.push_back({index, {sentence.at.field, {rest.begin, end}}});
    rest.begin = end;
  }
  out.push_back({index, {sentence.at.field, rest}});
}

// The reporters, editors and outlets that the page's anatomy found, as candidates of their pieces.
void AddBylines(const Page& page, const std::vector<Piece>& pieces,
                const std::vector<AnalysedSentence>& sents,
                std::vector<std::vector<Candidate>>& candidates) {
  std::vector<std::size_t> order(pieces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(pieces[a].at, a) < std::tie(pieces[b].at, b);
  });
  for (const ArticleAnatomy& article : page.articles) {
    for (const Byline& byline : article.bylines) {
      // The last piece that begins at or before it.
      auto behind = std::partition_point(order.begin(), order.end(), [&](std::size_t piece) {
        const graph::FieldSpan& at = pieces[piece].at;
        return at.field != byline.at.field ? at.field < byline.at.field
                                           : at.span.begin <= byline.at.span.begin;
      });
      if (behind == order.begin() || byline.at.span.empty()) continue;
      std::size_t piece = *(behind - 1);
      const graph::FieldSpan& at = pieces[piece].at;
      if (at.field != byline.at.field || !at.span.Contains(byline.at.span)) continue;
      const Chars& chars = sents[piece].chars;
      Candidate candidate;
      candidate.begin =
          static_cast<std::uint32_t>(chars.PositionOf(byline.at.span.begin - at.span.begin));
      candidate.end =
          static_cast<std::uint32_t>(chars.PositionOf(byline.at.span.end - at.span.begin));
      bool outlet = byline.role == Byline::Role::kOutlet;
      candidate.kind = outlet ? kInstitution : kPerson;
      candidate.rule = outlet ? "byline.outlet" : "byline.person";
      candidate.tier = kTierTitle + 1;
      candidates[piece].push_back(std::move(candidate));
    }
  }
}

// A made-up word before a trade is a company only where the page comes back to it.
void DropLoneBrands(const std::vector<AnalysedSentence>& sents,
                    std::vector<std::vector<Candidate>>& candidates) {
  auto is_brand = [](const Candidate& candidate) {
    return candidate.rule == std::string_view("company.brand");
  };
  std::unordered_map<std::string_view, int> counts;
  for (std::size_t i = 0; i < sents.size(); ++i) {
    for (const Candidate& candidate : candidates[i]) {
      if (is_brand(candidate)) ++counts[sents[i].Text(candidate.begin, candidate.end)];
    }
  }
  for (std::size_t i = 0; i < sents.size(); ++i) {
    // 青禾电器、甲集团: beside another company in a list.
    const Chars& chars = sents[i].chars;
    auto listed = [&](const Candidate& candidate) {
      static constexpr std::u32string_view kGoOn = U"和与及等";
      const char32_t behind = chars[candidate.end];
      if (IsHan(behind) && kGoOn.find(behind) == std::u32string_view::npos) return false;
      return std::any_of(candidates[i].begin(), candidates[i].end(), [&](const Candidate& other) {
        if (other.kind != kCompany ||
            (is_brand(other) && counts[sents[i].Text(other.begin, other.end)] < 2)) {
          return false;
        }
        return (chars[other.end] == U'、' && other.end + 1 == candidate.begin) ||
               (chars[candidate.end] == U'、' && candidate.end + 1 == other.begin);
      });
    };
    auto lone = [&](const Candidate& candidate) {
      return is_brand(candidate) && counts[sents[i].Text(candidate.begin, candidate.end)] < 2 &&
             !listed(candidate);
    };
    std::vector<Candidate> kept;
    for (const Candidate& candidate : candidates[i]) {
      if (!lone(candidate)) kept.push_back(candidate);
    }
    candidates[i] = std::move(kept);
  }
}

// Every layer's candidates of one sentence but the tagger's; returns the posts in it.
std::vector<TitleSpan> Propose(const Knowledge& know, const AnalysedSentence& sent,
                               const RegionEvidence& evidence, std::vector<Candidate>& found) {
  FindKnownNames(know, sent, evidence, found);
  FindTowns(know, sent, found);
  FindForeignPlaces(know, sent, found);
  FindDocuments(know, sent, found);
  FindAttachments(sent, found);
  FindNumberedDocuments(know, sent, found);
  FindTreaties(know, sent, found);
  FindProgrammes(know, sent, found);
  FindByHead(know, sent, found);
  FindVillages(sent, found);
  FindEvents(know, sent, found);
  FindOrgans(know, sent, found);
  FindOffices(know, sent, found);
  FindUnits(know, sent, found);
  FindForeignBodies(know, sent, found);
  FindForeignShortForms(sent, found);
  FindIndustries(know, sent, found);
  FindLatinCompanies(sent, found);
  FindOutlets(know, sent, found);
  std::vector<TitleSpan> titles = FindTitles(know, sent);
  FindPeople(know, sent, titles, found);
  FindForeignPeople(know, sent, titles, found);
  FindCorrespondents(know, sent, found);
  FindEmployers(know, sent, titles, found);
  FindToldFirms(know, sent, found);
  return titles;
}

}  // namespace

struct Recogniser::Impl {
  Impl(Gazetteer names, Lexicon words) : gazetteer(std::move(names)), lexicon(std::move(words)) {}

  Gazetteer gazetteer;
  Lexicon lexicon;
  std::optional<Tagger> tagger;
  std::vector<std::string> kind_names;    // by kind; empty where the schema has no such type
  std::vector<std::uint8_t> entry_kinds;  // by gazetteer entry

  Knowledge knowledge() const { return {lexicon, gazetteer, entry_kinds}; }
};

Recogniser::Recogniser(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Recogniser::Recogniser(Recogniser&&) noexcept = default;
Recogniser& Recogniser::operator=(Recogniser&&) noexcept = default;
Recogniser::~Recogniser() = default;

const Gazetteer& Recogniser::gazetteer() const { return impl_->gazetteer; }

void Recogniser::WordsOf(std::string_view text, std::vector<WordClue>& out) const {
  FillWords(AnalysedSentence(text, impl_->lexicon, impl_->gazetteer), out);
}

void Recogniser::CluesOf(std::string_view sentence, Clues& out) const {
  const Knowledge know = impl_->knowledge();
  const AnalysedSentence sent(sentence, impl_->lexicon, impl_->gazetteer);
  RegionEvidence evidence;
  evidence.Note(know, sent);
  std::vector<Candidate> found;
  Propose(know, sent, evidence, found);
  std::vector<Standing> standing = Resolve(know, std::move(found));
  DropParts(know, sent, standing);
  FillClues(sent, standing, out);
}

Result<Recogniser> Recogniser::Load(const std::filesystem::path& schema_dir,
                                    const graph::Schema& schema,
                                    const std::filesystem::path& cache_dir, bool tagger) {
  const std::filesystem::path model = schema_dir / "tagger" / "model.bin";
  std::future<Result<Lexicon>> words =
      std::async(std::launch::async, [&] { return Lexicon::Load(schema_dir, cache_dir); });
  std::future<std::optional<Result<tagger::Model>>> reading =
      std::async(std::launch::async, [&]() -> std::optional<Result<tagger::Model>> {
        if (!tagger || !std::filesystem::exists(model)) return std::nullopt;
        return tagger::ReadModel(model);
      });
  Result<Gazetteer> names = Gazetteer::Load(schema_dir, cache_dir);
  TUPU_ASSIGN(Lexicon lexicon, words.get());
  std::optional<Result<tagger::Model>> weights = reading.get();
  TUPU_ASSIGN(Gazetteer gazetteer, std::move(names));
  auto impl = std::make_unique<Impl>(std::move(gazetteer), std::move(lexicon));
  auto is_concrete = [&](const std::string& name) {
    const graph::EntityTypeDef* type = schema.FindEntityType(name);
    return type && !type->abstract;
  };
  for (std::string_view name : kKindNames) {
    std::string text(name);
    impl->kind_names.push_back(is_concrete(text) ? text : std::string());
  }
  const std::vector<GazetteerEntry>& entries = impl->gazetteer.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const GazetteerEntry& entry = entries[i];
    auto found = std::find(impl->kind_names.begin(), impl->kind_names.end(), entry.type);
    if (found == impl->kind_names.end()) {
      if (!is_concrete(entry.type) || impl->kind_names.size() >= kNoKind) {
        return Error(ErrorCode::kSchema,
                     "the entry \"" + entry.id + "\" has the type \"" + entry.type +
                         "\", which is no concrete entity type of the schema",
                     impl->gazetteer.PlaceOf(i));
      }
      impl->kind_names.push_back(entry.type);
      found = impl->kind_names.end() - 1;
    }
    impl->entry_kinds.push_back(static_cast<std::uint8_t>(found - impl->kind_names.begin()));
  }
  if (weights) {
    TUPU_ASSIGN(tagger::Model read, std::move(*weights));
    impl->tagger.emplace(std::move(read));
  }
  return Recogniser(std::move(impl));
}

namespace {

// A page's sentences in pieces, and what all layers but the tagger make of each.
struct Pieces {
  std::vector<Piece> pieces;
  std::vector<std::vector<TitleSpan>> titles;
  PageNames names;
};

Pieces Analyse(const Knowledge& know, const graph::Document& doc, const Page& page) {
  Pieces out;
  PageNames& names = out.names;
  for (std::size_t i = 0; i < page.sentences.size(); ++i) {
    AddPieces(doc, page.sentences[i], i, out.pieces);
  }
  const std::size_t count = out.pieces.size();
  names.sents.reserve(count);
  for (const Piece& piece : out.pieces) {
    names.sents.emplace_back(graph::Slice(doc, piece.at), know.lexicon, know.gazetteer);
    names.articles.push_back(page.sentences[piece.sentence].article);
  }
  // What each article names beyond doubt decides about what is ambiguous in it.
  std::map<std::uint32_t, RegionEvidence> evidence;
  for (std::size_t i = 0; i < count; ++i) evidence[names.articles[i]].Note(know, names.sents[i]);
  names.candidates.resize(count);
  out.titles.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    out.titles[i] = Propose(know, names.sents[i], evidence[names.articles[i]], names.candidates[i]);
  }
  AddBylines(page, out.pieces, names.sents, names.candidates);
  DropLoneBrands(names.sents, names.candidates);

  names.standing.resize(count);
  std::map<std::uint32_t, ArticleMemory> memories;
  for (std::size_t i = 0; i < count; ++i) {
    names.standing[i] = Resolve(know, names.candidates[i]);
    DropParts(know, names.sents[i], names.standing[i]);
    ArticleMemory& memory = memories[names.articles[i]];
    memory.Learn(know, names.sents[i], names.standing[i]);
    memory.LearnLists(know, names.sents[i], names.standing[i], names.candidates[i]);
  }
  for (auto& [article, memory] : memories) memory.Close(know);
  for (std::size_t i = 0; i < count; ++i) {
    if (memories[names.articles[i]].Recall(know, names.sents[i], names.candidates[i])) {
      names.standing[i] = Resolve(know, names.candidates[i]);
      DropParts(know, names.sents[i], names.standing[i]);
    }
  }
  return out;
}

}  // namespace

void Recogniser::ForEachSentence(
    const graph::Document& doc, const Page& page,
    const std::function<void(std::string_view, const Clues&)>& use) const {
  const Knowledge know = impl_->knowledge();
  const Pieces analysed = Analyse(know, doc, page);
  Clues clues;
  const PageNames& names = analysed.names;
  for (std::size_t i = 0; i < names.sents.size(); ++i) {
    FillClues(names.sents[i], names.standing[i], clues);
    use(names.sents[i].chars.text(), clues);
  }
}

std::vector<SentenceMentions> Recogniser::Recognise(const graph::Document& doc,
                                                    const Page& page) const {
  const Knowledge know = impl_->knowledge();
  Pieces analysed = Analyse(know, doc, page);
  if (impl_->tagger) {
    const std::vector<PaperTitle> papers = FindPaperTitles(analysed.names);
    Arbitrate(*impl_->tagger, know, analysed.names);
    KeepPaperTitles(know, papers, analysed.names);
  }
  const std::vector<Piece>& pieces = analysed.pieces;
  const std::vector<AnalysedSentence>& sents = analysed.names.sents;
  const std::size_t count = pieces.size();

  graph::Date reference = graph::ParseDate(page.date).value_or(graph::Date{});
  std::vector<SentenceMentions> out(page.sentences.size());
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t base = pieces[i].at.span.begin;
    auto shift = [&](Span span) { return Span{span.begin + base, span.end + base}; };
    SentenceMentions& mentions = out[pieces[i].sentence];
    for (const Standing& one : analysed.names.standing[i]) {
      const std::string& type = impl_->kind_names[one.candidate.kind];
      if (type.empty()) continue;
      EntityMention mention;
      mention.span = shift(sents[i].chars.Bytes(one.candidate.begin, one.candidate.end));
      mention.type = type;
      mention.rule = one.candidate.rule;
      mention.confidence = one.candidate.confidence;
      mention.entries = one.candidate.entries;
      mention.nested = one.nested;
      mentions.entities.push_back(std::move(mention));
    }
    for (const TitleSpan& title : analysed.titles[i]) {
      mentions.titles.push_back({shift(sents[i].chars.Bytes(title.begin, title.end))});
    }
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
