// Reads a name leftwards from its head: how far it goes, where it begins, whether it is specific.
// heads.cpp walks, head_rules.cpp says what each family asks for.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/ner/candidates.h"

namespace tupu::extract {

inline bool IsOrganisationFamily(Family family) {
  return family == Family::kCompany || family == Family::kBrand || family == Family::kInstitution ||
         family == Family::kGovernment || family == Family::kDepartment;
}
inline bool IsDescriptionFamily(Family family) {
  return family == Family::kEvent || family == Family::kPolicy || family == Family::kCampaign ||
         family == Family::kIndustry;
}

class HeadReader {
 public:
  HeadReader(const Knowledge& know, const AnalysedSentence& sent) : know_(know), sent_(sent) {}

  // The name that ends in `head` at `end`, if there is one.
  void Read(std::uint32_t end, const Head& head, std::vector<Candidate>& out) const;

 private:
  const Word* WordOf(const Token& token) const {
    return token.word == kNothing ? nullptr : &know_.lexicon.word(token.word);
  }
  std::uint32_t Cues(const Token& token) const {
    return token.word == kNothing ? 0 : know_.lexicon.word(token.word).cues;
  }
  const Head* HeadAt(std::uint32_t end) const {
    std::uint32_t index = sent_.head_end[end];
    return index == kNothing ? nullptr : &know_.lexicon.heads()[index];
  }
  bool IsRegion(const Token& token) const { return IsRegionToken(know_, sent_, token); }
  char32_t At(std::uint32_t pos) const { return sent_.chars[pos]; }

  // 政府工作报告 needs nothing before it; 新闻发布会 somebody who holds it.
  void ReadBare(std::uint32_t begin, std::uint32_t end, const Head& head,
                std::vector<Candidate>& out) const;

  // An organisation and 举行, 召开 or 举办 in front, in the same sentence.
  bool IsHosted(std::uint32_t begin) const;
  // The same where the verb stands right before it: 召开会议, but not 召开大会，他主持会议.
  bool IsHeldObject(std::uint32_t begin) const;

  // A head that goes on is another word: 公司法, 会议室, 项目部, 港口.
  bool FollowedByTail(std::uint32_t end, const Head& head) const;

  // 决定第三次会议…, 巡视博览会: a verb whose object the event is.
  bool GovernsEvent(const Token& token) const;

  // Whether the token may stand inside a name of the family.
  bool Allowed(const Token& token, Family family) const;

  // 和 inside 石油和化学工业联合会: only where the left side is the name's own beginning.
  bool JoinsNouns(std::uint32_t index, std::uint32_t end, const Head& head) const;

  // 企业 right before 协会: a word that ends other names, but not this one.
  bool OfEnterprises(std::uint32_t index, std::uint32_t head_token, const Head& head) const;

  // What only the legal name of a company may hold: 东风南方实业有限公司.
  bool InLegalName(std::uint32_t index, const Head& head) const;

  // 有限公司, 股份有限公司: what the legal name of a company ends in.
  static bool IsLegalForm(const Head& head);
  // A legal name begins with the region of its register: 浙江 of 浙江禾和设计有限公司, where a word
  // between looked like one that stands in no name.
  std::uint32_t FromRegion(std::uint32_t begin, const Head& head, std::uint32_t end) const;
  bool MayBreakLegalName(std::uint32_t index) const;
  bool OfBusiness(std::uint32_t index) const;
  // 真明 of 真明丽集团有限公司, 北方 of 北方食品有限公司: up to a word that leads to the name.
  std::uint32_t LegalBegin(std::uint32_t begin, std::uint32_t head_token) const;
  bool LeadsToName(std::uint32_t index) const;
  bool ActsBetween(std::uint32_t first, std::uint32_t begin, bool named) const;
  bool InMadeUpWord(std::uint32_t index, bool named) const;
  bool IsObject(std::uint32_t region) const;
  bool IsBracket(std::uint32_t index) const;
  // Whether what stands between two brackets is a stock's price or code.
  bool IsStockQuote(std::uint32_t open, std::uint32_t close) const;
  // The list's entry of a company whose name a quote stands in.
  void LookUpWithoutQuote(Candidate& company) const;

  // 中国, 国家, 国际: words that many names begin with.
  bool StartsNames(const Token& token) const;
  bool StartsEvents(const Token& token) const;
  std::uint32_t PastTrade(std::uint32_t begin, std::uint32_t head_token) const;
  std::uint32_t PastTime(std::uint32_t begin, std::uint32_t head_token) const;
  std::uint32_t PastDay(std::uint32_t begin, std::uint32_t head_token) const;
  std::uint32_t FromOrdinal(std::uint32_t begin, std::uint32_t head_token) const;

  // The 实施 of 实施20周年.
  bool IsJubilee(const Token& token) const;

  // The first token of the name, going left from its head's.
  std::uint32_t Walk(std::uint32_t head_token, const Head& head, std::uint32_t end) const;
  bool IsUnknown(const Token& token) const;

  // Single characters in a row are a word that no list holds.
  bool IsLoose(std::uint32_t index) const;
  // 拉 and 旺 of 拉旺水电站, 永 and 盛 of 永盛煤矿: single characters between an edge and a head
  // that says plainly what it is are a word, of whatever class each is by itself.
  bool InLooseWord(std::uint32_t index, std::uint32_t head_token, const Head& head) const;
  bool IsSpecific(std::uint32_t index, Family family) const;
  // Whether a mark or 的 stands before the token.
  bool FirmStart(std::uint32_t index) const;
  std::uint32_t Trim(std::uint32_t begin, std::uint32_t head_token, const Head& head) const;
  void Emit(std::uint32_t begin, std::uint32_t head_begin, std::uint32_t end, const Head& head,
            std::vector<Candidate>& out) const;

  // 助推粤港澳大湾区, 时任中国人民银行: a known name behind words that belong to no name.
  bool EndsInKnownName(const Candidate& candidate) const;
  // 维护联合国宪章: what is done with a known document.
  bool EndsInKnownPolicy(const Candidate& candidate) const;

  // 年产5万吨, 22号, 第六届: a number that tells one thing apart; a count or a year does not.
  bool IsQuantity(std::uint32_t index, Family family) const;
  // 第六届, 二次, 2026: a number that tells one event from the others of its kind; 一场, 75周年 do
  // not.
  bool IsOrdinal(std::uint32_t index) const;
  bool StartedBefore(std::uint32_t begin) const;
  // A word of enforcement or publicity in the name: 整治, 宣传.
  bool HoldsDrive(std::uint32_t begin, std::uint32_t head_token) const;
  bool StartedAfter(std::uint32_t end) const;
  bool IsWarfare(const Token& token) const;
  bool IsManner(std::uint32_t pos) const;

  // A verb of issuing or starting directly in front.
  bool IssuedBefore(std::uint32_t begin) const;
  bool TitleAt(std::uint32_t pos) const;

  // Whether a common noun begins at `pos`: a head that one follows ends no name.
  bool NounAt(std::uint32_t pos) const;

  // A made-up word of two to four characters directly before the head, with an edge before it.
  bool BrandBefore(std::uint32_t begin, std::uint32_t head_token, std::uint32_t head_begin) const;

  // A word that is neither a region nor generic: 北京工程, 京津项目 have none.
  bool OwnWord(std::uint32_t begin, std::uint32_t head_token) const;

  // Nothing but regions before the head.
  bool OnlyRegions(std::uint32_t begin, std::uint32_t head_token) const;

  // Something other than regions and what every such body is called by: not 县学校.
  bool NamedBesideRegion(std::uint32_t begin, std::uint32_t head_token) const;

  // 重点项目, “十四五”重大水利项目, 甲铁路控制性工程: one of many. 采购项目, 互联互通: no works.
  bool IsClassOfWorks(std::uint32_t begin, std::uint32_t head_token, std::uint32_t head_begin,
                      const Head& head, bool quoted) const;

  // 甲国乙城国际机场: an airport is named with its town, but not with its country.
  std::uint32_t PastCountry(std::uint32_t begin, std::uint32_t head_token) const;
  // 甲省清河灌区: it is named after its river, not after what that lies in.
  std::uint32_t LastRegion(std::uint32_t begin, std::uint32_t head_token) const;

  // 西渝, 沪苏湖: one-letter places in a row directly before the head.
  bool LinePair(std::uint32_t begin, std::uint32_t head_token) const;

  // Behind a region the name's own word is enough: 富池镇 of 阳新县富池镇.
  std::uint32_t StripRegions(std::uint32_t begin, std::uint32_t head_token,
                             std::uint32_t head_begin) const;

  // 大健康产业园, 新材料产业园: a field and a park, where nothing says that it is one of many.
  bool IndustryPark(std::uint32_t begin, std::uint32_t head_token, const Head& head) const;
  bool ZoneBefore(std::uint32_t begin, std::uint32_t head_token) const;
  // A region of this country.
  bool IsDivisionToken(std::uint32_t index) const;
  // Words for a trade only, with a count, or before the name that the company goes by.
  bool IsPlainTrade(std::uint32_t begin, std::uint32_t head_token, std::uint32_t end) const;
  // A country, a mountain, any place that is no division of this country.
  bool ForeignRegion(std::uint32_t index) const;

  const Knowledge& know_;
  const AnalysedSentence& sent_;
};

}  // namespace tupu::extract
