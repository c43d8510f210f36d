// Documents that a page hands out as files, by the name of the file:
//   附件1：丽水市竹器检验工作指南.docx
#include <algorithm>

#include "extract/ner/candidates.h"
#include "extract/norm/numeral.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kMinFileName = 10;  // characters; 申报指南 alone may be anybody's
constexpr std::uint32_t kMaxFileName = 60;

// The size of .docx at `pos`, or 0.
std::uint32_t ExtensionAt(const AnalysedSentence& sent, std::uint32_t pos) {
  for (const std::u32string_view word :
       {U".docx", U".doc", U".pdf", U".wps", U".ofd", U".zip", U".rar"}) {
    if (sent.chars.StartsAt(pos, word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

// Without （试行）, (1) at the end.
std::uint32_t WithoutRemarks(const AnalysedSentence& sent, std::uint32_t begin, std::uint32_t end) {
  while (end > begin) {
    const char32_t last = sent.chars[end - 1];
    const std::uint32_t mate = sent.mate[end - 1];
    if (last != U'）' && last != U')') break;
    if (mate == kNothing || mate <= begin) break;
    end = mate;
  }
  return end;
}

// Not forms and lists that are filled in, nor what a platform explains.
bool EndsLikeRules(const AnalysedSentence& sent, std::uint32_t end) {
  static constexpr std::u32string_view kEnds[] = {U"指南", U"标准", U"目录", U"办法", U"方案",
                                                  U"细则", U"规范", U"条件", U"意见", U"规定",
                                                  U"要点", U"措施", U"指引", U"条例"};
  return std::any_of(std::begin(kEnds), std::end(kEnds),
                     [&](std::u32string_view word) { return sent.chars.EndsAt(end, word); });
}

// Past a day in full (2031年3月2日): in a text without lines, the one that a paper was signed on.
std::uint32_t PastDay(const AnalysedSentence& sent, std::uint32_t pos) {
  std::uint32_t at = pos;
  for (const char32_t unit : {U'年', U'月', U'日'}) {
    const std::uint32_t first = at;
    while (DigitOf(sent.chars[at]) >= 0) ++at;
    if (at == first || sent.chars[at] != unit) return pos;
    ++at;
  }
  return at;
}

// Past 附件1：, 附：, 2. where a file's name begins.
std::uint32_t PastLabel(const AnalysedSentence& sent, std::uint32_t pos) {
  static constexpr std::u32string_view kMarks = U"：:.、．-—　 ";
  const auto digits = [&](std::uint32_t at) {
    while (DigitOf(sent.chars[at]) >= 0) ++at;
    return at;
  };
  const auto marks = [&](std::uint32_t at) {
    while (sent.chars[at] != 0 && kMarks.find(sent.chars[at]) != std::u32string_view::npos) ++at;
    return at;
  };
  pos = marks(PastDay(sent, marks(pos)));
  const std::uint32_t label = sent.chars.StartsAt(pos, U"附件") ? 2
                              : sent.chars[pos] == U'附'        ? 1
                                                                : 0;
  if (label > 0) pos = marks(pos + label);
  const std::uint32_t number = digits(pos);
  const char32_t next = sent.chars[number];
  // 1.2031年…: the first of a list; 2031年… begins with its year.
  if (number > pos && number <= pos + 2 && kMarks.find(next) != std::u32string_view::npos) {
    pos = marks(number);
  }
  return pos;
}

}  // namespace

void FindAttachments(const AnalysedSentence& sent, std::vector<Candidate>& out) {
  std::uint32_t from = 0;
  for (std::uint32_t pos = 0; pos < sent.size(); ++pos) {
    if (sent.chars[pos] != U'.') continue;
    const std::uint32_t size = ExtensionAt(sent, pos);
    if (size == 0) continue;
    const std::uint32_t begin = PastLabel(sent, from);
    from = pos + size;
    std::uint32_t end = pos;
    // …指南(1).docx: a copy of the file
    const bool copy = end > begin + 3 && DigitOf(sent.chars[end - 2]) >= 0 &&
                      (sent.chars[end - 1] == U')' || sent.chars[end - 1] == U'）');
    if (copy && sent.mate[end - 1] != kNothing && sent.mate[end - 1] > begin) {
      end = sent.mate[end - 1];
    }
    if (end < begin + kMinFileName || end > begin + kMaxFileName) continue;
    if (!EndsLikeRules(sent, WithoutRemarks(sent, begin, end))) continue;
    bool plain = true;
    for (std::uint32_t at = begin; at < end && plain; ++at) {
      static constexpr std::u32string_view kApart = U"《》。；：，!?";
      plain = kApart.find(sent.chars[at]) == std::u32string_view::npos &&
              !sent.chars.StartsAt(at, U"关于");
    }
    if (!plain) continue;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kPolicy;
    candidate.rule = "document.attached";
    candidate.tier = kTierTitle;
    candidate.confidence = 0.8;
    out.push_back(std::move(candidate));
  }
}

}  // namespace tupu::extract
