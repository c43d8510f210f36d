#include "extract/facts/policy_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "extract/facts/names.h"
#include "extract/facts/pattern.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// How many names of policies an article is looked through for, and how far back a short form looks.
constexpr std::size_t kMaxPolicies = 200;
constexpr std::size_t kPolicyNamesMaxBack = 20;
// Sentences at the start of an article in which its own number may stand, and from a number to the
// title below it.
constexpr std::uint32_t kPolicyNamesMaxOpening = 4;

std::string StripRemarks(std::string_view name) {
  std::string out;
  for (std::uint32_t at = 0; at < name.size();) {
    const std::uint32_t past = SkipRemark(name, at);
    if (past > at) {
      at = past;
      continue;
    }
    const std::uint32_t size = DecodeAt(name, at).size;
    out += name.substr(at, size);
    at += size;
  }
  return out;
}

std::string Without(std::string name, std::string_view word) {
  for (std::size_t at = 0; (at = name.find(word, at)) != std::string::npos;) {
    name.erase(at, word.size());
  }
  return name;
}

// 支持…的措施 of 十条支持…的措施, 18项支持…的措施; the name itself where it counts nothing.
std::string_view WithoutCount(std::string_view name) {
  std::size_t at = 0;
  while (at < name.size()) {
    const CodePoint c = DecodeAt(name, at);
    static constexpr std::u32string_view kDigits = U"0123456789一二三四五六七八九十百若干多";
    if (kDigits.find(c.value) == std::u32string_view::npos) break;
    at += c.size;
  }
  if (at == 0) return name;
  for (const std::string_view counter : {"条", "项", "个"}) {
    if (name.substr(at).starts_with(counter)) return name.substr(at + counter.size());
  }
  return name;
}

// 支持… of 支持…政策措施: what measures are called differs between a headline and a title.
std::string_view WithoutMeasures(std::string_view name) {
  for (const std::string_view word : {"政策措施", "政策举措", "措施", "举措", "政策"}) {
    if (name.ends_with(word)) return name.substr(0, name.size() - word.size());
  }
  return name;
}

// Characters of a programme that is known by its name.
constexpr std::size_t kMinProgramme = 6;
constexpr std::array<std::string_view, 7> kProgrammes = {"措施", "举措", "行动", "工作",
                                                         "试点", "工程", "计划"};
// Bytes from a body to the name of what it issued: 等十三部门, 中共….
constexpr std::uint32_t kMaxToName = 18;

class PolicyJoiner {
 public:
  PolicyJoiner(const Workspace& work, const std::vector<std::string>& folded, NameSets& sets)
      : work_(work), folded_(folded), sets_(sets) {}

  void Run() {
    JoinTitles();
    JoinNotices();
    JoinQuoted();
    JoinIssued();
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (!IsPolicy(id)) continue;
      std::vector<MentionId>& list = policies_[work_.Article(id)];
      if (list.size() < kMaxPolicies) list.push_back(id);
    }
    for (const auto& [article, list] : policies_) {
      for (const MentionId id : list) {
        JoinHeadline(id, list);
        JoinProgramme(id, list);
        JoinNumber(id, list);
      }
    }
    JoinShort();
  }

 private:
  bool IsPolicy(MentionId id) const {
    return work_.mention(id).type == "Policy" && work_.mention(id).antecedent == kNoMention;
  }

  bool IsNumber(MentionId id) const { return IsDocumentNumber(work_.Text(id)); }

  // 关于支持…的若干措施 for 《关于支持…若干措施（试行）》的通知; 深圳2030年… for 深圳市2030年….
  std::string Title(MentionId id) const {
    const std::string_view text = work_.Text(id);
    std::string name = StripRemarks(text);
    for (const MentionId inner : work_.Inner(id)) {
      const Span span = work_.mention(inner).span;
      const int depth = RegionDepth(work_, inner);
      if (span.begin != work_.mention(id).span.begin || depth < 1 || depth > 3) continue;
      const std::string_view region = work_.Text(inner);
      for (const std::string_view level : {"省", "市", "县", "区"}) {
        if (region.size() < 9 || !region.ends_with(level)) continue;
        name.erase(region.size() - level.size(), level.size());
        break;
      }
      break;
    }
    if (name.starts_with("关于") && name.ends_with("的通知")) name.resize(name.size() - 9);
    return Without(FoldName(name), "的");
  }

  void JoinTitles() {
    std::map<std::string, MentionId> titles;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (work_.mention(id).type != "Policy") continue;
      std::string name = Title(id);
      if (CountCodePoints(name) <= 4) continue;
      const auto [it, fresh] = titles.try_emplace(std::move(name), id);
      if (!fresh) sets_.Join(it->second, id);
    }
  }

  // 《关于印发〈办法〉的通知》 and 〈办法〉 inside it.
  void JoinNotices() {
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (work_.mention(id).type != "Policy") continue;
      const std::string_view text = work_.Text(id);
      const bool announced = text.starts_with("关于公布《") || text.starts_with("关于发布《");
      if (text.find("印发") == std::string_view::npos && !announced) continue;
      for (const MentionId inner : work_.Inner(id)) {
        if (work_.mention(inner).type == "Policy") sets_.Join(id, inner);
      }
    }
  }

  // 关于印发《办法》的通知 in a headline that was read as one name, and 《办法》 below.
  void JoinQuoted() {
    std::map<std::string, MentionId> titles;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (IsPolicy(id)) titles.try_emplace(FoldName(StripRemarks(work_.Text(id))), id);
    }
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (!IsPolicy(id)) continue;
      const std::string_view text = work_.Text(id);
      std::size_t verb = text.find("印发");
      if (text.starts_with("关于公布《") || text.starts_with("关于发布《")) verb = 6;
      if (verb == std::string_view::npos || text.substr(verb).find("的通知") == text.npos) continue;
      JoinPlain(id, text.substr(verb + std::string_view("印发").size()), titles);
      for (const auto& [open, close] : {std::pair{"《", "》"}, {"〈", "〉"}}) {
        const std::size_t from = text.find(open, verb);
        const std::size_t to = text.rfind(close);
        if (from == std::string_view::npos || to == std::string_view::npos || to <= from) continue;
        const std::string_view title = text.substr(from + 3, to - from - 3);
        if (title.find("》") != std::string_view::npos && title.find("《") > title.find("》")) {
          break;  // 《甲》《乙》: two of them
        }
        const auto it = titles.find(FoldName(StripRemarks(title)));
        if (it != titles.end() && it->second != id) sets_.Join(it->second, id);
        break;
      }
    }
  }

  // 甲厅 乙局关于加快竹林修复的意见 in a headline and 《关于加快竹林修复的意见》 of 甲厅 below it;
  // not the one of the same title that somebody else issued.
  void JoinIssued() {
    constexpr std::size_t kMaxIssuers = 150;  // bytes
    std::map<std::string, MentionId> titles;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (!IsPolicy(id)) continue;
      const std::string_view text = work_.Text(id);
      const std::size_t about = text.find("关于");
      if (about == 0 || about == std::string_view::npos || about > kMaxIssuers) continue;
      if (BeginsWithBody(id)) titles.try_emplace(FoldName(StripRemarks(text.substr(about))), id);
    }
    if (titles.empty()) return;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (!IsPolicy(id) || !work_.Text(id).starts_with("关于")) continue;
      const auto it = titles.find(FoldName(StripRemarks(work_.Text(id))));
      if (it != titles.end() && work_.Article(id) == work_.Article(it->second)) {
        if (!FollowsAnother(id, work_.Text(it->second))) sets_.Join(it->second, id);
        continue;
      }
      for (const auto& [title, cut] : titles) {
        if (IsCutShort(cut) && work_.Article(id) == work_.Article(cut) && it == titles.end() &&
            FoldName(work_.Text(id)).starts_with(title) && !FollowsAnother(id, work_.Text(cut))) {
          sets_.Join(cut, id);
        }
      }
    }
  }

  // 甲厅关于加快竹林修复...
  bool IsCutShort(MentionId id) const {
    const WorkMention& name = work_.mention(id);
    const std::string_view rest = work_.sentence(name.sentence).text.substr(name.span.end);
    return rest.starts_with("...") || rest.starts_with("…") || rest.starts_with("的...") ||
           rest.starts_with("的…");
  }

  // Whether a body stands before the name that is none of those that `whole` begins with.
  bool FollowsAnother(MentionId id, std::string_view whole) const {
    const WorkMention& name = work_.mention(id);
    const std::vector<MentionId>& mentions = work_.sentence(name.sentence).mentions;
    return std::any_of(mentions.begin(), mentions.end(), [&](MentionId other) {
      const Span span = work_.mention(other).span;
      return span.end <= name.span.begin && span.end + kMaxToName >= name.span.begin &&
             work_.Is(other, "Organisation") &&
             whole.find(work_.Text(other)) == std::string_view::npos;
    });
  }

  // 关于印发丽水市竹器检验办法的通知, and 《丽水市竹器检验办法》 elsewhere.
  void JoinPlain(MentionId notice, std::string_view rest,
                 const std::map<std::string, MentionId>& titles) {
    const std::size_t end = rest.rfind("的通知");
    if (end == std::string_view::npos) return;
    const auto it = titles.find(FoldName(StripRemarks(rest.substr(0, end))));
    if (it != titles.end() && it->second != notice) sets_.Join(it->second, notice);
  }

  // 低空经济三年行动方案 in a headline and 《广东省推动低空经济高质量发展三年行动方案》 below it;
  // 十条措施 and 《关于支持…的若干措施》: what a headline says shorter, or what is only counted, is
  // the one policy of the article that says it in full.
  void JoinHeadline(MentionId id, const std::vector<MentionId>& list) {
    // 丽水市竹材运输办法 on its own line is all of a regulation's name.
    if (work_.mention(id).rule == "document.line") return;
    const std::string_view name = folded_[id];
    const std::string_view core = WithoutCount(name);
    const bool counted = core.size() < name.size();
    const SentenceKind kind = work_.sentence(work_.mention(id).sentence).place.kind;
    const bool headline = kind == SentenceKind::kTitle || kind == SentenceKind::kHeading;
    const std::string_view field = WithoutMeasures(core);
    const bool described = counted && CountCodePoints(field) >= 4;
    if (!headline && !described) return;
    const bool own = headline && FollowsBody(id);
    if (CountCodePoints(core) < (counted ? 2u : 5u)) return;
    std::set<std::uint32_t> roots;
    for (const MentionId other : list) {
      const std::string& whole = folded_[other];
      if (CountCodePoints(whole) < CountCodePoints(name) + 2) continue;
      if (own && BeginsWithBody(other)) continue;  // of the same title, by others
      const bool same = described                              ? IsSubsequence(field, whole)
                        : counted && CountCodePoints(core) < 5 ? whole.ends_with(core)
                                                               : IsShorterForm(core, whole);
      if (same) roots.insert(sets_.Root(other));
    }
    roots.erase(sets_.Root(id));
    if (roots.size() == 1) sets_.Join(*roots.begin(), id);
  }

  // 竹林普查便民措施 and 《关于实施竹林普查便民措施的通知》: the programme that a notice brings.
  void JoinProgramme(MentionId id, const std::vector<MentionId>& list) {
    const std::string_view name = folded_[id];
    const bool programme = std::any_of(kProgrammes.begin(), kProgrammes.end(),
                                       [&](std::string_view word) { return name.ends_with(word); });
    if (!programme || CountCodePoints(name) < kMinProgramme) return;
    std::set<std::uint32_t> roots;
    for (const MentionId other : list) {
      const std::string_view whole = folded_[other];
      const std::size_t at = whole.find("关于");
      const bool notice = at != std::string_view::npos && whole.ends_with("通知") &&
                          whole.find("印发") == std::string_view::npos;
      if (!notice || whole.size() <= name.size()) continue;
      if (whole.find(name, at) != std::string_view::npos) roots.insert(sets_.Root(other));
    }
    roots.erase(sets_.Root(id));
    if (roots.size() == 1) sets_.Join(*roots.begin(), id);
  }

  // 甲厅关于…的通知, 甲厅等四部门关于…的通知: whether a body stands before the name.
  bool FollowsBody(MentionId id) const {
    const WorkMention& name = work_.mention(id);
    const std::vector<MentionId>& mentions = work_.sentence(name.sentence).mentions;
    return std::any_of(mentions.begin(), mentions.end(), [&](MentionId other) {
      const Span span = work_.mention(other).span;
      return span.end <= name.span.begin && span.end + kMaxToName >= name.span.begin &&
             work_.Is(other, "Organisation");
    });
  }

  bool BeginsWithBody(MentionId id) const {
    const std::vector<MentionId> inner = work_.Inner(id);
    return std::any_of(inner.begin(), inner.end(), [&](MentionId body) {
      return work_.mention(body).span.begin == work_.mention(id).span.begin &&
             work_.Is(body, "Organisation");
    });
  }

  // …的批复（国函〔2030〕4号）; 国函〔2030〕4号 on a line of its own below the title, or above it:
  // a document's number is another name of it.
  void JoinNumber(MentionId id, const std::vector<MentionId>& list) {
    if (!IsNumber(id)) return;
    const WorkMention& number = work_.mention(id);
    const std::string_view text = work_.sentence(number.sentence).text;
    const bool alone = number.span.size() + 3 >= text.size();
    MentionId before = kNoMention, after = kNoMention;
    for (const MentionId other : list) {
      const WorkMention& mention = work_.mention(other);
      if (IsNumber(other)) continue;
      if (mention.sentence == number.sentence) {
        if (mention.span.end <= number.span.begin && Behind(text, mention.span.end, number.span)) {
          before = other;
        }
      } else if (alone && IsLine(other)) {
        if (mention.sentence < number.sentence) before = other;
        const bool next = mention.sentence > number.sentence &&
                          mention.sentence <= number.sentence + kPolicyNamesMaxOpening;
        if (next && after == kNoMention) after = other;
      }
    }
    if (before == kNoMention) before = after;
    if (before == kNoMention && OpensArticle(number)) before = Headed(number, list);
    if (before == kNoMention && alone && OpensArticle(number)) before = HandedOut(list);
    if (before != kNoMention) sets_.Join(before, id);
  }

  // 冀甲规〔2030〕1号 where the text of an article begins.
  bool OpensArticle(const WorkMention& number) const {
    const WorkSentence& sent = work_.sentence(number.sentence);
    if (number.span.begin > std::string_view("（").size()) return false;
    return number.sentence <=
           work_.ArticleSentences(sent.place.article).begin + kPolicyNamesMaxOpening;
  }

  // The one notice of which the page hands out the file: 关于…的通知.pdf.
  MentionId HandedOut(const std::vector<MentionId>& list) const {
    MentionId found = kNoMention;
    for (const MentionId id : list) {
      const std::string_view name = work_.Text(id);
      const std::size_t about = name.find("关于");
      if (about == std::string_view::npos || !name.ends_with("通知")) continue;
      const WorkMention& mention = work_.mention(id);
      if (!StartsWithAt(work_.sentence(mention.sentence).text, mention.span.end, ".")) continue;
      if (found != kNoMention && sets_.Root(found) != sets_.Root(id)) return kNoMention;
      found = id;
    }
    return found;
  }

  // The document that the article's title names, else the first that follows the number.
  MentionId Headed(const WorkMention& number, const std::vector<MentionId>& list) const {
    for (const MentionId other : list) {
      const WorkSentence& sent = work_.sentence(work_.mention(other).sentence);
      if (sent.place.kind == SentenceKind::kTitle && !IsNumber(other)) return other;
    }
    const std::string_view text = work_.sentence(number.sentence).text;
    for (const MentionId other : list) {
      const WorkMention& mention = work_.mention(other);
      if (mention.sentence != number.sentence || mention.span.begin < number.span.end) continue;
      if (IsNumber(other)) return kNoMention;
      const std::string_view between =
          text.substr(number.span.end, mention.span.begin - number.span.end);
      const bool titled =
          between.find("关于") != std::string_view::npos || work_.Text(other).starts_with("关于");
      return titled && between.find("为") == std::string_view::npos ? other : kNoMention;
    }
    return kNoMention;
  }

  // Whether nothing but marks stands between a title that ends at `pos` and its bracketed number.
  static bool Behind(std::string_view text, std::uint32_t pos, Span number) {
    for (const std::string_view mark : {"》", "（", "("}) {
      if (text.substr(pos).starts_with(mark)) pos += static_cast<std::uint32_t>(mark.size());
    }
    return pos == number.begin;
  }

  // Whether the title is all that its line says.
  bool IsLine(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    return mention.span.size() + 12 >= work_.sentence(mention.sentence).text.size();
  }

  // 该《办法》 after 《地名管理条例实施办法》: a title's last word stands for it in its article,
  // for the nearest one before.
  void JoinShort() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    std::vector<MentionId> full;
    for (const WorkSentence& sent : work_.sentences()) {
      if (sent.place.article != article) {
        article = sent.place.article;
        full.clear();
      }
      for (const MentionId id : sent.mentions) {
        if (!IsPolicy(id)) continue;
        const std::string name = FoldName(StripRemarks(work_.Text(id)));  // 《办法（试行）》
        if (CountCodePoints(name) > 5) {
          full.push_back(id);
          continue;
        }
        // What the article has introduced stands for that document, whatever is named between.
        const std::uint32_t root = sets_.Root(id);
        const std::size_t back =
            full.size() - std::min<std::size_t>(full.size(), kPolicyNamesMaxBack);
        const bool introduced =
            std::any_of(full.begin() + static_cast<std::ptrdiff_t>(back), full.end(),
                        [&](MentionId other) { return sets_.Root(other) == root; });
        if (introduced) continue;
        for (std::size_t i = full.size(), steps = 0; i > 0 && steps < kPolicyNamesMaxBack;
             --i, ++steps) {
          const std::string whole = FoldName(StripRemarks(work_.Text(full[i - 1])));
          if (whole.size() > name.size() && whole.ends_with(name)) {
            sets_.Join(full[i - 1], id);
            break;
          }
        }
      }
    }
  }

  const Workspace& work_;
  const std::vector<std::string>& folded_;
  NameSets& sets_;
  std::map<std::uint32_t, std::vector<MentionId>> policies_;  // by article
};

}  // namespace

bool IsDocumentNumber(std::string_view name) {
  if (!name.ends_with("号")) return false;
  for (const std::string_view bracket : {"〕", "]", "］", "﹞"}) {
    if (name.find(bracket) != std::string_view::npos) return true;
  }
  return false;
}

void JoinPolicyNames(const Workspace& work, const std::vector<std::string>& folded,
                     NameSets& sets) {
  PolicyJoiner(work, folded, sets).Run();
}

}  // namespace tupu::extract
