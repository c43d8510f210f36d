// Foreign states, counties and towns that no list has, by how they are written: a transliterated
// name and the word for what it is, behind the region that it lies in (乙国阿尔兰州贝里县) or in a
// list of such. Behind a state or 首府 the word may be missing.
#include <algorithm>
#include <string_view>

#include "extract/ner/candidates.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMaxForeignName = 9;  // characters, without the word behind it

struct Level {
  std::u32string_view word;
  std::uint32_t least;  // characters of the name before it
  bool anywhere;        // where no region stands before it too
  std::u32string_view not_before;
};

// The longest first where one begins another.
constexpr Level kLevels[] = {
    {U"自治区", 2, false, U""},   {U"地区", 2, false, U"法检性"},
    {U"边疆区", 2, true, U""},    {U"大区", 2, false, U""},
    {U"州", 2, true, U"际立级"},  {U"邦", 2, true, U"交议"},
    {U"郡", 2, true, U"主"},      {U"省", 2, false, U"钱略级去电力时"},
    {U"县", 2, false, U"级"},     {U"市", 2, false, U"场值民面价况政容占盈售级"},
    {U"镇", 3, false, U"压静定"}, {U"村", 3, false, U"民"},
    {U"岛", 3, false, U"屿国"}};

// What stands behind a name of a list; `same`: with it the name means the same place.
struct KnownLevel {
  std::u32string_view word;
  bool same;
  std::u32string_view not_before;
};

constexpr KnownLevel kKnownLevels[] = {{U"边疆区", false, U""},
                                       {U"自治区", true, U""},
                                       {U"大区", false, U""},
                                       {U"地区", true, U"性法检上"},
                                       {U"省", false, U"钱略级去电力时"},
                                       {U"县", false, U"级"},
                                       {U"郡", false, U"主"},
                                       {U"市", true, U"场值民面价况政容占盈售级中长内区"}};

// The part of a region in which the next one lies: 乙国中部阿尔兰大区.
constexpr std::u32string_view kSideParts[] = {U"北部",   U"南部",   U"东部",   U"西部",  U"中部",
                                              U"东北部", U"西北部", U"东南部", U"西南部"};

// What a place is called before its own name: 首府喀里克, 港口城市阿拉尔.
constexpr std::u32string_view kCalled[] = {U"首府", U"首都", U"城市", U"小镇", U"重镇", U"港口"};

class ForeignPlaces {
 public:
  ForeignPlaces(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out)
      : know_(know), sent_(sent), out_(out) {}

  void Run() {
    const bool abroad = std::any_of(sent_.tokens.begin(), sent_.tokens.end(),
                                    [&](const Token& token) { return IsForeign(token); });
    if (!abroad) return;
    for (std::uint32_t t = 0; t < sent_.tokens.size(); ++t) {
      const Token& token = sent_.tokens[t];
      if (token.begin < done_) continue;
      if (IsForeign(token)) {
        Chain(std::max(Levelled(token), token.end));
      } else if (StartsAnywhere(t)) {
        const std::uint32_t end = Named(token.begin, true, nullptr);
        if (end > token.begin) Chain(end);
      } else if (IsCalled(token.end)) {
        const std::uint32_t end = Bare(token.end);
        if (end > token.end) Chain(end);
      }
    }
  }

 private:
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }

  // A country but for China, or a place within one.
  bool IsForeign(const Token& token) const {
    if (KindOf(know_, sent_, token) != kPlace) return false;
    const auto& entries = know_.gazetteer.entries();
    for (const Sense& sense : sent_.matches[token.match].senses) {
      const GazetteerEntry& entry = entries[sense.entry];
      const std::string& id = entry.id.starts_with("country/") ? entry.id : entry.parent_id;
      if (!sense.weak && id.starts_with("country/") && id != "country/中国") return true;
    }
    return false;
  }

  // 长滩 of a list, with the word for what it is (长滩市), wherever it stands; the token's end if
  // there is none.
  std::uint32_t Levelled(const Token& token) {
    static constexpr std::u32string_view kEnds = U"市县省州区郡府";
    if (IsCountry(token) || kEnds.find(At(token.end - 1)) != std::u32string_view::npos) {
      return token.end;
    }
    for (const KnownLevel& known : kKnownLevels) {
      if (!sent_.chars.StartsAt(token.end, known.word)) continue;
      const auto end = static_cast<std::uint32_t>(token.end + known.word.size());
      if (At(end) != 0 && known.not_before.find(At(end)) != std::u32string_view::npos) break;
      if (IsHome(token.begin, end)) break;
      Add(token.begin, token.end, end, known.same);
      return end;
    }
    return token.end;
  }

  bool IsCountry(const Token& token) const {
    const auto& entries = know_.gazetteer.entries();
    const auto& senses = sent_.matches[token.match].senses;
    return std::any_of(senses.begin(), senses.end(), [&](const Sense& sense) {
      return entries[sense.entry].id.starts_with("country/");
    });
  }

  // What follows a region at `pos` within it, one behind the other, and its neighbours in a list.
  void Chain(std::uint32_t pos) {
    bool state = false;
    for (;;) {
      const Level* level = nullptr;
      std::uint32_t end = Named(pos, false, &level);
      if (end == pos) {
        for (const std::u32string_view part : kSideParts) {
          if (!sent_.chars.StartsAt(pos, part)) continue;
          const auto behind = static_cast<std::uint32_t>(pos + part.size());
          end = Named(behind, false, &level);
          if (end == behind) end = pos;
        }
      }
      if (end == pos && state) end = Bare(pos);
      if (end == pos) {
        static constexpr std::u32string_view kAnd = U"、和与及";
        const bool listed = pos < sent_.size() && pos > 0 &&
                            kAnd.find(At(pos)) != std::u32string_view::npos &&
                            sent_.IsBoundary(pos);
        if (listed) end = Named(pos + 1, false, &level);
        if (!listed || end == pos + 1) break;
      }
      state = level != nullptr && level->word != U"市" && level->word != U"镇";
      pos = end;
    }
    done_ = std::max(done_, pos);
  }

  // The end of the characters at `pos` that may write a foreign name.
  std::uint32_t Letters(std::uint32_t pos) const {
    static constexpr std::u32string_view kSides = U"东西南北上下中新";
    std::uint32_t end = pos;
    while (end < sent_.size() && end < pos + kMaxForeignName) {
      const Token& token = sent_.tokens[sent_.token_at[end]];
      const bool first = end == pos && kSides.find(At(end)) != std::u32string_view::npos;
      const bool dash = end > pos && (At(end) == U'-' || At(end) == U'－');
      if (!first && !dash && !know_.lexicon.IsTransliteration(At(end))) break;
      // 加大, 达到: a word of the language.
      const bool word =
          token.size() > 1 && token.match == kNothing &&
          (token.word_class == WordClass::kVerb || token.word_class == WordClass::kAdverb ||
           token.word_class == WordClass::kTime || token.word_class == WordClass::kPreposition ||
           (sent_.Cues(token, know_.lexicon) & (kStop | kSpeech)) != 0);
      if (word) break;
      ++end;
    }
    return end;
  }

  // The end of a name with its word at `begin`; `begin` if there is none.
  std::uint32_t Named(std::uint32_t begin, bool anywhere, const Level** found) {
    const std::uint32_t letters = Letters(begin);
    for (std::uint32_t at = begin + 2; at <= letters; ++at) {
      for (const Level& level : kLevels) {
        if (at < begin + level.least || !sent_.chars.StartsAt(at, level.word)) continue;
        if (anywhere && (!level.anywhere || at < begin + 3)) continue;
        const auto end = static_cast<std::uint32_t>(at + level.word.size());
        if (level.not_before.find(At(end)) != std::u32string_view::npos && At(end) != 0) continue;
        if (IsHome(begin, end)) return begin;
        Add(begin, at, end,
            level.word == U"市" || level.word == U"地区" || level.word == U"自治区");
        if (found != nullptr) *found = &level;
        return end;
      }
    }
    return begin;
  }

  // The end of a name without any word: whole tokens, and no person's.
  std::uint32_t Bare(std::uint32_t begin) {
    const std::uint32_t end = Letters(begin);
    if (end < begin + 3 || end == begin + kMaxForeignName || !sent_.IsBoundary(end)) return begin;
    if (At(end) == U'·' || IsHome(begin, end)) return begin;
    for (std::uint32_t t = sent_.token_at[begin]; sent_.tokens[t].begin < end; ++t) {
      const Token& token = sent_.tokens[t];
      if (token.size() > 1 && token.match == kNothing && token.word != kNothing) return begin;
      if (t + 1 == sent_.tokens.size()) break;
    }
    if (end < sent_.size()) {
      const Token& next = sent_.tokens[sent_.token_at[end]];
      if ((sent_.Cues(next, know_.lexicon) & kSpeech) != 0 || next.word_class == WordClass::kNoun) {
        return begin;
      }
    }
    Add(begin, end, end, false);
    return end;
  }

  // A division of China is written so too: 乌鲁木齐市.
  bool IsHome(std::uint32_t begin, std::uint32_t end) const {
    return std::any_of(sent_.matches.begin(), sent_.matches.end(), [&](const NameMatch& match) {
      if (match.begin > begin || match.end + 1 < end) return false;
      const std::uint8_t kind = know_.entry_kinds[match.senses.front().entry];
      return kind < kKinds && kind != kPlace;
    });
  }

  // Behind a mark, a verb or a small word, at a character that no longer word has.
  bool StartsAnywhere(std::uint32_t t) const {
    if (!know_.lexicon.IsTransliteration(At(sent_.tokens[t].begin))) return false;
    if (t == 0) return true;
    switch (sent_.tokens[t - 1].word_class) {
      case WordClass::kMark:
      case WordClass::kVerb:
      case WordClass::kPreposition:
      case WordClass::kParticle:
      case WordClass::kConjunction:
      case WordClass::kLocative:
        return true;
      default:
        return false;
    }
  }

  bool IsCalled(std::uint32_t end) const {
    return std::any_of(std::begin(kCalled), std::end(kCalled),
                       [&](std::u32string_view word) { return sent_.chars.EndsAt(end, word); });
  }

  // `same`: 基辅市 is 基辅, 基辅州 is not.
  void Add(std::uint32_t begin, std::uint32_t name_end, std::uint32_t end, bool same) {
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kPlace;
    candidate.rule = "place.foreign";
    candidate.tier = kTierHead;
    candidate.confidence = 0.8;
    if (same) {
      for (const NameMatch& match : sent_.matches) {
        // 长滩市 is not what a list calls 长滩县.
        const std::string& listed = know_.gazetteer.entries()[match.senses.front().entry].name;
        const bool other = listed.ends_with("县") || listed.ends_with("州") ||
                           listed.ends_with("省") || listed.ends_with("府");
        if (match.begin == begin && match.end == name_end && !other) {
          candidate.entries = {match.senses.front().entry};
        }
      }
    }
    out_.push_back(std::move(candidate));
  }

  const Knowledge& know_;
  const AnalysedSentence& sent_;
  std::vector<Candidate>& out_;
  std::uint32_t done_ = 0;
};

}  // namespace

void FindForeignPlaces(const Knowledge& know, const AnalysedSentence& sent,
                       std::vector<Candidate>& out) {
  ForeignPlaces(know, sent, out).Run();
}

}  // namespace tupu::extract
