// The word lists of schemas/lexicons: common words with their classes, heads of names (公司,
// 开发区, 峰会), titles of people, cue words and the characters of personal names. Formats:
// README.md there. Immutable once loaded; share freely.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/ner/automaton.h"
#include "extract/ner/kinds.h"
#include "graph/base/error.h"
#include "graph/base/huge_vector.h"

namespace tupu::extract {

enum class WordClass : std::uint8_t {
  kUnknown,  // a character that no list holds
  kNoun,
  kVerb,
  kInner,  // verbs and adjectives that also stand inside names: 建设, 投资, 联合
  kAdjective,
  kAdverb,
  kPreposition,
  kConjunction,
  kParticle,
  kPronoun,
  kNumeral,
  kMeasure,
  kTime,
  kLocative,
  kIdiom,
  kAscii,  // a run of letters and digits
  kMark,   // punctuation, space
  kName,   // a form of the gazetteer
};

// How the left border of a name is found from its head.
enum class Family : std::uint8_t {
  kCompany,
  kBrand,  // 赣锋锂业: a made-up word and a trade
  kInstitution,
  kGovernment,
  kDepartment,
  kZone,
  kPlace,
  kSite,  // one character: 港, 站
  kProject,
  kEvent,
  kPolicy,
  kCampaign,
  kIndustry,
};

enum class TitleKind : std::uint8_t { kOfficial, kCompany, kScholar, kMedia, kPerson };

// Bits of Word::cues.
enum Cue : std::uint32_t {
  kSpeech = 1u << 0,
  kTitleModifier = 1u << 1,
  kStop = 1u << 2,
  kIssue = 1u << 3,
  kMediaTitle = 1u << 4,
  kGeneric = 1u << 5,      // makes no name specific: 重点, 一批
  kDocument = 1u << 6,     // ends the title of a document: 办法, 意见
  kDrive = 1u << 7,        // an enforcement drive or campaign: 整治, 打击
  kGroup = 1u << 8,        // people listed behind it: 领导, 嘉宾
  kAction = 1u << 9,       // a verb that stands before or behind a name, never in it
  kPublish = 1u << 10,     // a verb whose object is a document or a programme: 发布, 启动
  kPublished = 1u << 11,   // ends such an object that has no 《》: 典型案例, 司法解释
  kClassLead = 1u << 12,   // stands before a class and is no part of it: 发展, 重点, 国际
  kAmend = 1u << 13,       // a verb whose object is a policy: 调整, 放宽
  kAmended = 1u << 14,     // ends such an object: 政策, 再贷款
  kBeyondWork = 1u << 15,  // makes another noun of 工程 and 项目 before it: 机械, 总监
  kHolds = 1u << 16,       // a verb whose object is an event: 举办, 出席
  kOpens = 1u << 17,       // a verb whose subject is an event: 开幕, 举行
  kEventEnd = 1u << 18,    // ends the name of an event, where a verb says that it is one: 周, 营
  kEventPlain = 1u << 19,  // says the kind of an event, not which one: 专题, 系列
  kTrade = 1u << 20,       // what a company is, before what it is called: 制造商, 巨头
};

struct Word {
  WordClass word_class = WordClass::kUnknown;
  std::int32_t cost = 0;  // hundredths of -log probability
  std::int32_t head = -1;
  std::int32_t title = -1;  // a TitleKind
  std::uint32_t cues = 0;
  bool whole = false;  // stands in a list of its own, so it may be a token
};

struct Head {
  std::string form;
  Kind kind = kNoKind;
  Family family = Family::kCompany;
  std::string flags;
};

// From which confidence on a label of the tagger is believed.
struct TaggerUse {
  std::string label;
  Kind kind = kNoKind;
  double minimum = 1;
};

class Lexicon {
 public:
  // A kSchema error names file, line and what was expected. `cache_dir`: see CachedAutomaton.
  static Result<Lexicon> Load(const std::filesystem::path& schema_dir,
                              const std::filesystem::path& cache_dir = {});

  const Automaton& automaton() const { return automaton_; }
  const Word& word(std::uint32_t index) const { return words_[index]; }
  const std::vector<Head>& heads() const { return heads_; }
  const std::vector<TaggerUse>& tagger_uses() const { return tagger_uses_; }
  // The word `text` is, or null.
  const Word* Find(std::string_view text) const;

  // Log-probabilities of the characters of Chinese names, in hundredths; kNever for none.
  static constexpr std::int32_t kNever = -100000;
  std::int32_t Surname(std::u32string_view form) const;  // one or two characters
  std::int32_t GivenSingle(char32_t c) const { return Score(single_, c); }
  std::int32_t GivenFirst(char32_t c) const { return Score(first_, c); }
  std::int32_t GivenSecond(char32_t c) const { return Score(second_, c); }
  bool IsTransliteration(char32_t c) const { return Score(foreign_, c) != kNever; }

 private:
  using Scores = std::vector<std::int32_t>;  // by character, up to the last that has one
  static std::int32_t Score(const Scores& scores, char32_t c) {
    return c < scores.size() ? scores[c] : kNever;
  }
  // A surname as one number.
  static std::uint64_t SurnameKey(std::u32string_view form) {
    return form.size() == 1 ? form[0] : std::uint64_t{form[0]} << 32 | form[1];
  }
  class Loader;

  Automaton automaton_;
  HugeVector<Word> words_;
  std::vector<Head> heads_;
  std::vector<TaggerUse> tagger_uses_;
  std::unordered_map<std::uint64_t, std::int32_t> surnames_;
  Scores single_, first_, second_, foreign_;
};

}  // namespace tupu::extract
