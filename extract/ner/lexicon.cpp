#include "extract/ner/lexicon.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "extract/ner/automaton_image.h"
#include "graph/base/file.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// The text of a table of words; its lines are views of it.
struct Table {
  std::string file;
  std::string text;
};

struct Line {
  std::vector<std::string_view> fields;
  std::string_view file;
  std::size_t number = 0;
};

Error Wrong(const Line& line, std::string message) {
  return Error(ErrorCode::kSchema, std::move(message),
               std::string(line.file) + ":" + std::to_string(line.number));
}

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::vector<std::string_view> Split(std::string_view text, char sign) {
  std::vector<std::string_view> out;
  for (;;) {
    std::size_t end = text.find(sign);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// `table` must outlive the lines.
Result<std::vector<Line>> ReadLines(const Table& table, std::string_view header,
                                    std::size_t columns) {
  std::size_t invalid = FindInvalidUtf8(table.text);
  if (invalid != std::string_view::npos) {
    return Error(ErrorCode::kSchema, "not UTF-8", table.file, invalid);
  }
  std::vector<Line> out;
  std::size_t number = 0;
  std::string_view rest = table.text;
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    std::string_view row = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    Line line{Split(row, '\t'), table.file, ++number};
    if (number == 1) {
      if (row != header) return Wrong(line, "expected the header " + Quoted(header));
      continue;
    }
    if (row.empty() || row[0] == '#') continue;
    if (line.fields.size() != columns) {
      return Wrong(line, "expected " + std::to_string(columns) + " columns, found " +
                             std::to_string(line.fields.size()));
    }
    if (line.fields[0].empty()) return Wrong(line, "the first column is empty");
    out.push_back(std::move(line));
  }
  return out;
}

template <class T>
std::optional<T> Named(const std::map<std::string_view, T>& names, std::string_view name) {
  auto found = names.find(name);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

const std::map<std::string_view, WordClass>& ClassNames() {
  static const std::map<std::string_view, WordClass> names = {
      {"n", WordClass::kNoun},        {"v", WordClass::kVerb},     {"w", WordClass::kInner},
      {"a", WordClass::kAdjective},   {"d", WordClass::kAdverb},   {"p", WordClass::kPreposition},
      {"c", WordClass::kConjunction}, {"u", WordClass::kParticle}, {"r", WordClass::kPronoun},
      {"m", WordClass::kNumeral},     {"q", WordClass::kMeasure},  {"t", WordClass::kTime},
      {"f", WordClass::kLocative},    {"i", WordClass::kIdiom}};
  return names;
}

const std::map<std::string_view, Family>& FamilyNames() {
  static const std::map<std::string_view, Family> names = {{"company", Family::kCompany},
                                                           {"brand", Family::kBrand},
                                                           {"institution", Family::kInstitution},
                                                           {"government", Family::kGovernment},
                                                           {"department", Family::kDepartment},
                                                           {"zone", Family::kZone},
                                                           {"place", Family::kPlace},
                                                           {"site", Family::kSite},
                                                           {"project", Family::kProject},
                                                           {"event", Family::kEvent},
                                                           {"policy", Family::kPolicy},
                                                           {"campaign", Family::kCampaign},
                                                           {"industry", Family::kIndustry}};
  return names;
}

const std::map<std::string_view, TitleKind>& TitleNames() {
  static const std::map<std::string_view, TitleKind> names = {{"official", TitleKind::kOfficial},
                                                              {"company", TitleKind::kCompany},
                                                              {"scholar", TitleKind::kScholar},
                                                              {"media", TitleKind::kMedia},
                                                              {"person", TitleKind::kPerson}};
  return names;
}

const std::map<std::string_view, std::uint32_t>& CueNames() {
  static const std::map<std::string_view, std::uint32_t> names = {
      {"speech", kSpeech},
      {"title_modifier", kTitleModifier},
      {"stop", kStop},
      {"issue", kIssue},
      {"media_title", kMediaTitle},
      {"generic", kGeneric},
      {"document", kDocument},
      {"drive", kDrive},
      {"group", kGroup},
      {"class_lead", kClassLead},
      {"action", kAction},
      {"publish", kPublish},
      {"published", kPublished},
      {"amend", kAmend},
      {"amended", kAmended},
      {"beyond_work", kBeyondWork},
      {"holds", kHolds},
      {"opens", kOpens},
      {"event_end", kEventEnd},
      {"event_plain", kEventPlain},
      {"trade", kTrade}};
  return names;
}

std::optional<double> ParseCount(std::string_view text) {
  double out = 0;
  if (text.empty() || text.size() > 12) return std::nullopt;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

std::int32_t Hundredths(double value) {
  return static_cast<std::int32_t>(std::lround(value * 100));
}

}  // namespace

class Lexicon::Loader {
 public:
  Loader(std::filesystem::path folder, std::filesystem::path cache_dir)
      : folder_(std::move(folder)), cache_dir_(std::move(cache_dir)) {}

  Result<Lexicon> Run() {
    TUPU_TRY(ReadWords());
    TUPU_TRY(ReadHeads());
    TUPU_TRY(ReadTitles());
    TUPU_TRY(ReadCues());
    TUPU_TRY(ReadNames());
    TUPU_TRY(ReadTaggerUses());
    // The commonest first, so that what most texts need lies close together; else by form.
    std::vector<const std::pair<const std::string_view, Word>*> order;
    order.reserve(words_.size());
    for (const auto& one : words_) order.push_back(&one);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
      return std::tie(a->second.cost, a->first) < std::tie(b->second.cost, b->first);
    });
    std::vector<std::string> forms;
    forms.reserve(words_.size());
    for (const auto* one : order) {
      forms.emplace_back(one->first);
      out_.words_.push_back(one->second);
    }
    out_.automaton_ = CachedAutomaton(forms, cache_dir_);
    return std::move(out_);
  }

 private:
  Result<std::vector<Line>> Read(const char* name, std::string_view header, std::size_t columns) {
    const std::filesystem::path file = folder_ / name;
    TUPU_ASSIGN(std::string text, ReadFile(file));
    tables_.push_back({file.string(), std::move(text)});
    return ReadLines(tables_.back(), header, columns);
  }

  // What a word of a special list costs where words.tsv does not count it: as much as a word that
  // the corpus of words.tsv saw this often.
  static constexpr double kDefaultCount = 300;

  std::int32_t CostOf(double count) const {
    return Hundredths(std::log(total_ / std::max(count, 1.0)));
  }

  Status ReadWords() {
    TUPU_ASSIGN(std::vector<Line> lines, Read("words.tsv", "word\tclass\tcount", 3));
    std::vector<double> counts;
    for (const Line& line : lines) {
      std::optional<double> count = ParseCount(line.fields[2]);
      if (!count) return Wrong(line, Quoted(line.fields[2]) + " is no count");
      counts.push_back(*count);
      total_ += *count;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      std::optional<WordClass> word_class = Named(ClassNames(), line.fields[1]);
      if (!word_class) return Wrong(line, "unknown class " + Quoted(line.fields[1]));
      Word word;
      word.word_class = *word_class;
      word.cost = CostOf(counts[i]);
      word.whole = true;
      if (!words_.emplace(line.fields[0], word).second) {
        return Wrong(line, "the word " + Quoted(line.fields[0]) + " stands twice");
      }
    }
    return {};
  }

  Word& WordFor(std::string_view form, WordClass word_class) {
    auto [found, fresh] = words_.try_emplace(form);
    if (fresh) {
      found->second.word_class = word_class;
      found->second.cost = CostOf(kDefaultCount);
      found->second.whole = true;
    }
    return found->second;
  }

  static Kind KindNamed(std::string_view name) {
    for (std::size_t k = 0; k < kKinds; ++k) {
      if (kKindNames[k] == name) return static_cast<Kind>(k);
    }
    return kNoKind;
  }

  Status ReadHeads() {
    TUPU_ASSIGN(std::vector<Line> lines, Read("heads.tsv", "form\ttype\tfamily\tflags", 4));
    for (const Line& line : lines) {
      Head head;
      head.form = line.fields[0];
      head.kind = KindNamed(line.fields[1]);
      if (head.kind == kNoKind) return Wrong(line, "unknown type " + Quoted(line.fields[1]));
      std::optional<Family> family = Named(FamilyNames(), line.fields[2]);
      if (!family) return Wrong(line, "unknown family " + Quoted(line.fields[2]));
      head.family = *family;
      head.flags = line.fields[3];
      Word& word = WordFor(line.fields[0], WordClass::kNoun);
      if (word.head >= 0) return Wrong(line, "the head " + Quoted(head.form) + " stands twice");
      word.head = static_cast<std::int32_t>(out_.heads_.size());
      out_.heads_.push_back(std::move(head));
    }
    return {};
  }

  Status ReadTitles() {
    TUPU_ASSIGN(std::vector<Line> lines, Read("titles.tsv", "form\tkind", 2));
    for (const Line& line : lines) {
      std::optional<TitleKind> kind = Named(TitleNames(), line.fields[1]);
      if (!kind) return Wrong(line, "unknown kind " + Quoted(line.fields[1]));
      WordFor(line.fields[0], WordClass::kNoun).title = static_cast<std::int32_t>(*kind);
    }
    return {};
  }

  Status ReadCues() {
    TUPU_ASSIGN(std::vector<Line> lines, Read("cues.tsv", "form\tcues", 2));
    for (const Line& line : lines) {
      Word& word = WordFor(line.fields[0], WordClass::kNoun);
      for (const std::string_view name : Split(line.fields[1], ';')) {
        std::optional<std::uint32_t> cue = Named(CueNames(), name);
        if (!cue) return Wrong(line, "unknown cue " + Quoted(name));
        word.cues |= *cue;
      }
    }
    return {};
  }

  Status ReadTaggerUses() {
    TUPU_ASSIGN(std::vector<Line> lines, Read("tagger.tsv", "label\ttype\tpercent", 3));
    for (const Line& line : lines) {
      TaggerUse use;
      use.label = line.fields[0];
      use.kind = KindNamed(line.fields[1]);
      if (use.kind == kNoKind) return Wrong(line, "unknown type " + Quoted(line.fields[1]));
      std::optional<double> percent = ParseCount(line.fields[2]);
      if (!percent || *percent > 100) {
        return Wrong(line, Quoted(line.fields[2]) + " is no whole number up to 100");
      }
      use.minimum = *percent / 100;
      out_.tagger_uses_.push_back(std::move(use));
    }
    return {};
  }

  Status ReadNames() {
    TUPU_ASSIGN(std::vector<Line> lines, Read("names.tsv", "kind\tform\tcount", 3));
    std::map<std::string_view, double> totals;
    for (const Line& line : lines) {
      std::optional<double> count = ParseCount(line.fields[2]);
      if (!count || *count == 0) return Wrong(line, Quoted(line.fields[2]) + " is no count");
      totals[line.fields[0]] += *count;
    }
    for (const Line& line : lines) {
      const std::string_view kind = line.fields[0];
      std::u32string form = ToUtf32(line.fields[1]);
      if (form.empty()) return Wrong(line, "the form is empty");
      std::int32_t score = Hundredths(std::log(*ParseCount(line.fields[2]) / totals[kind]));
      if (kind == "surname" && form.size() <= 2) {
        out_.surnames_[SurnameKey(form)] = score;
        continue;
      }
      Scores* scores = kind == "single"    ? &out_.single_
                       : kind == "first"   ? &out_.first_
                       : kind == "second"  ? &out_.second_
                       : kind == "foreign" ? &out_.foreign_
                                           : nullptr;
      if (!scores) {
        return Wrong(line, "unknown kind " + Quoted(kind) +
                               "; expected surname, single, first, second or foreign");
      }
      if (form.size() != 1) return Wrong(line, Quoted(line.fields[1]) + " is not one character");
      if (scores->size() <= form[0]) scores->resize(form[0] + 1, kNever);
      (*scores)[form[0]] = score;
    }
    return {};
  }

  std::filesystem::path folder_;
  std::filesystem::path cache_dir_;
  Lexicon out_;
  std::deque<Table> tables_;
  std::unordered_map<std::string_view, Word> words_;  // by form, a view of a table
  double total_ = 1;
};

Result<Lexicon> Lexicon::Load(const std::filesystem::path& schema_dir,
                              const std::filesystem::path& cache_dir) {
  return Loader(schema_dir / "lexicons", cache_dir).Run();
}

const Word* Lexicon::Find(std::string_view text) const {
  std::uint32_t index = automaton_.Lookup(text);
  return index == Automaton::kNone ? nullptr : &words_[index];
}

std::int32_t Lexicon::Surname(std::u32string_view form) const {
  if (form.empty() || form.size() > 2) return kNever;
  auto found = surnames_.find(SurnameKey(form));
  return found == surnames_.end() ? kNever : found->second;
}

}  // namespace tupu::extract
