// What the recognisers propose, and the shared ways of looking around in a sentence. Positions are
// characters of the analysed sentence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/ner/gazetteer.h"
#include "extract/ner/kinds.h"
#include "extract/ner/lexicon.h"
#include "extract/ner/sentence.h"

namespace tupu::extract {

struct Candidate {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t kind = kNoKind;  // a Kind, or further types of the gazetteers
  const char* rule = "";
  int tier = 0;  // decides between candidates that cross or are equal
  double confidence = 1;
  std::vector<std::uint32_t> entries;
  // 中国石油, 国家能源: a short form that is as likely the beginning of another name.
  bool national = false;
  std::uint32_t size() const { return end - begin; }
};

// Tiers, from the weakest. Candidates of kPerson and above are taken before any other.
enum Tier : int {
  kTierLoose = 10,
  kTierHead = 30,
  kTierLearned = 40,
  kTierGazetteer = 50,
  kTierPerson = 80,
  kTierTitle = 90,  // 《》
};

// The knowledge that all recognisers share.
struct Knowledge {
  const Lexicon& lexicon;
  const Gazetteer& gazetteer;
  const std::vector<std::uint8_t>& entry_kinds;  // by gazetteer entry
};

// Kinds of the name that a token is: the strongest sense first. kNoKind if it is none.
std::uint8_t KindOf(const Knowledge& know, const AnalysedSentence& sent, const Token& token);
// Whether a token is a region by the gazetteer (a weak one only counts with `weak`).
bool IsRegionToken(const Knowledge& know, const AnalysedSentence& sent, const Token& token,
                   bool weak = true);
// Prepositions, particles, pronouns, adverbs and what else ends names.
bool IsFunctionWord(const Knowledge& know, const AnalysedSentence& sent, const Token& token);
// 省, 市, 区, 县, 州, 旗 alone: a region left out (市房屋管理局).
bool IsLevelToken(const AnalysedSentence& sent, const Token& token);

// Whether the level at `pos` is one of a list: 各市、区科技局, 县（市、区）档案馆.
bool OfEveryLevel(const AnalysedSentence& sent, std::uint32_t pos);

// 《…》 and names of documents without them; titles that are no documents are left out.
void FindDocuments(const Knowledge& know, const AnalysedSentence& sent,
                   std::vector<Candidate>& out);
// Documents that are handed out as files: 附件1：竹器检验工作指南.docx.
void FindAttachments(const AnalysedSentence& sent, std::vector<Candidate>& out);
// Documents that a number names: 国函〔2018〕145号, “高光20条”; and 党的二十大报告.
void FindNumberedDocuments(const Knowledge& know, const AnalysedSentence& sent,
                           std::vector<Candidate>& out);
// Treaties of states that no 《》 marks: 中国和竹国引渡条约.
void FindTreaties(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Whether a name says that it is a campaign and no programme by how it ends: 竹林清理年行动,
// 竹农培训专项行动, but not 竹农技能提升专项行动.
bool EndsLikeDrive(const AnalysedSentence& sent, std::uint32_t begin, std::uint32_t end);
// Programmes that a verb of carrying out has for its objects: 实施智慧农业行动.
void FindProgrammes(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out);
// Names that end in a head of heads.tsv.
void FindByHead(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Names of events by the verbs beside them and by their count.
void FindEvents(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Committees, governments, congresses of a region: 长沙市委, 福建省委, 区政协; 市委 alone (elided).
void FindOrgans(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Offices of a central organ: 工业和信息化部信息中心.
void FindOffices(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Offices of a local body that was found before: 常州市工信局产业处.
void FindUnits(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Ministries and agencies of foreign countries: 南非国际关系与合作部.
void FindForeignBodies(const Knowledge& know, const AnalysedSentence& sent,
                       std::vector<Candidate>& out);
// The same behind the country's one-letter form: 俄国防部, 美司法部.
void FindForeignShortForms(const AnalysedSentence& sent, std::vector<Candidate>& out);
// Posts, and the people next to them or to a verb of speech.
struct TitleSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TitleKind kind = TitleKind::kOfficial;  // of its last title
};
std::vector<TitleSpan> FindTitles(const Knowledge& know, const AnalysedSentence& sent);
void FindPeople(const Knowledge& know, const AnalysedSentence& sent,
                const std::vector<TitleSpan>& titles, std::vector<Candidate>& out);
// People with Latin names and names transliterated in several parts.
void FindForeignPeople(const Knowledge& know, const AnalysedSentence& sent,
                       const std::vector<TitleSpan>& titles, std::vector<Candidate>& out);
// People whom the form of a page gives away: in an address, a byline, before a telephone's number.
void FindCorrespondents(const Knowledge& know, const AnalysedSentence& sent,
                        std::vector<Candidate>& out);
// Companies by the posts of people who are named there. After FindPeople.
void FindEmployers(const Knowledge& know, const AnalysedSentence& sent,
                   const std::vector<TitleSpan>& titles, std::vector<Candidate>& out);
// Companies by what is said beside them: rounds of funding, shares, who holds whom. After
// FindPeople.
void FindToldFirms(const Knowledge& know, const AnalysedSentence& sent,
                   std::vector<Candidate>& out);
// Companies by their Latin name: capitalised words up to Holdings, Capital, Ltd.
void FindLatinCompanies(const AnalysedSentence& sent, std::vector<Candidate>& out);
// The outlet in 某网消息, 某报讯.
void FindOutlets(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out);
// Foreign states, counties and towns by how they are written: 乙国阿尔兰州贝里县.
void FindForeignPlaces(const Knowledge& know, const AnalysedSentence& sent,
                       std::vector<Candidate>& out);
// 战略性新兴产业, 装备制造业, 量子计算: marked generously.
void FindIndustries(const Knowledge& know, const AnalysedSentence& sent,
                    std::vector<Candidate>& out);

// A person's name; an official's where the post beside it is one.
Candidate PersonCandidate(std::uint32_t begin, std::uint32_t end, TitleKind kind, const char* rule,
                          double confidence);

// How likely the characters [begin, end) are a Chinese personal name, in hundredths of a log
// probability; Lexicon::kNever if they cannot be one. Two to four characters.
std::int32_t NameScore(const Lexicon& lexicon, const AnalysedSentence& sent, std::uint32_t begin,
                       std::uint32_t end);
// The least score of a name in a place where one is likely.
inline constexpr std::int32_t kLooseName = -1955;
// Whether the name of a body ends at `pos`, as its last word says: 竹业协会|甲秘书长.
bool EndsBody(const Knowledge& know, const AnalysedSentence& sent, std::uint32_t pos);

}  // namespace tupu::extract
