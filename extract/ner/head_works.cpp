// What the heads of works and of airports ask of the words before them.
#include <algorithm>
#include <string_view>

#include "extract/ner/head_reader.h"

namespace tupu::extract {
namespace {

// Before 项目: 重点项目 are one of many, and 采购项目, 资助项目, 申报项目 no works.
bool NamesNoWork(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "重点", "重大", "类",   "投资", "以上", "新老", "平台", "计划", "资金", "采购",
      "补贴", "资助", "补助", "奖励", "基金", "课题", "招标", "投标", "审批", "竞价",
      "收费", "汇报", "申报", "培训", "评审", "比赛", "竞赛", "贴息", "专项", "科研",
      "教学", "级",   "本",   "支出", "检查", "体检", "备案", "相关", "有关"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// What one of many is called before 工程 and 项目, whatever stands before that.
constexpr std::u32string_view kOneOfMany[] = {U"重点",   U"重大",   U"重要", U"标志性", U"标杆",
                                              U"代表性", U"立项",   U"内资", U"外资",   U"节点",
                                              U"先导性", U"示范性", U"签约", U"民生"};

}  // namespace

bool HeadReader::IsClassOfWorks(std::uint32_t begin, std::uint32_t head_token,
                                std::uint32_t head_begin, const Head& head, bool quoted) const {
  // 基础设施互联互通, 检查结果互认互通: no junction.
  if (head.form == "互通") {
    static constexpr std::u32string_view kBefore = U"联认据息流证系";
    return head_begin > 0 && kBefore.find(At(head_begin - 1)) != std::u32string_view::npos;
  }
  // 甲市经西部陆海新通道: what stands before a known work says something of it.
  if (head_token > begin && !quoted && sent_.tokens[head_token].begin < head_begin &&
      KindOf(know_, sent_, sent_.tokens[head_token]) == kProject) {
    return true;
  }
  // 甘肃高速公路, 甲国铁路: all that there are.
  static constexpr std::string_view kLines[] = {"铁路", "高速公路", "高速", "高铁", "公路", "航线"};
  if (begin + 1 == head_token && sent_.tokens[head_token].begin == head_begin &&
      std::find(std::begin(kLines), std::end(kLines), head.form) != std::end(kLines) &&
      (KindOf(know_, sent_, sent_.tokens[begin]) == kProvince ||
       PastCountry(begin, head_token) == head_begin)) {
    return true;
  }
  // 第五届竹博会一期 is a part of the fair.
  if (head.form.ends_with("期") && head_token > begin) {
    const Token& left = sent_.tokens[head_token - 1];
    const Head* before = HeadAt(left.end);
    if (KindOf(know_, sent_, left) == kEvent ||
        (before != nullptr && before->family == Family::kEvent)) {
      return true;
    }
  }
  if (head.flags.find("weak") == std::string::npos || head_token == 0 || head_token <= begin) {
    return false;
  }
  const Token& left = sent_.tokens[head_token - 1];
  if (!quoted && NamesNoWork(sent_.Text(left.begin, left.end))) return true;
  if (!head.form.ends_with("工程") && !head.form.ends_with("项目")) return false;
  for (const std::u32string_view word : kOneOfMany) {
    // 重大水利项目: a field of two characters may stand between.
    if (sent_.chars.EndsAt(head_begin, word)) return true;
    const bool great = word == U"重点" || word == U"重大" || word == U"重要";
    if (great && head_begin >= 2 && sent_.chars.EndsAt(head_begin - 2, word) &&
        sent_.IsBoundary(head_begin - 2)) {
      return true;
    }
  }
  // 甲高铁控制性工程 is some work of the line.
  if (!sent_.chars.EndsAt(head_begin, U"控制性")) return false;
  const Head* line = HeadAt(head_begin - 3);
  return line != nullptr && line->family == Family::kProject;
}

std::uint32_t HeadReader::LastRegion(std::uint32_t begin, std::uint32_t head_token) const {
  std::uint32_t t = begin;
  while (t + 1 < head_token && IsRegion(sent_.tokens[t]) && IsRegion(sent_.tokens[t + 1])) ++t;
  return sent_.tokens[t].begin;
}

std::uint32_t HeadReader::PastCountry(std::uint32_t begin, std::uint32_t head_token) const {
  std::uint32_t t = begin;
  for (; t < head_token && IsRegion(sent_.tokens[t]); ++t) {
    const auto& senses = sent_.matches[sent_.tokens[t].match].senses;
    const bool country = std::any_of(senses.begin(), senses.end(), [&](const Sense& sense) {
      return know_.gazetteer.entries()[sense.entry].id.starts_with("country/");
    });
    // 科州丹城国际机场
    const bool state = At(sent_.tokens[t].end - 1) == U'州' && ForeignRegion(t) &&
                       t + 1 < head_token && IsRegion(sent_.tokens[t + 1]);
    if (!country && !state) break;
  }
  return sent_.tokens[t].begin;
}

}  // namespace tupu::extract
