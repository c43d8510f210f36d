// Words that stand for a name: 该项目, 本届论坛, 公司拟…, 该市.
//
// Only where it is certain enough: the article has named something of that kind before, and the
// word has a pointer before it (该, 本次) or begins a clause.
#include <algorithm>
#include <array>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// What the ministry of finance gives, where the article names it.
constexpr std::string_view kTreasury = "中央财政";

class Anaphora {
 public:
  explicit Anaphora(StructureContext& context)
      : work_(*context.work),
        pointers_(WordsOf(*context.sets, "anaphor_pointer")),
        organs_(WordsOf(*context.sets, "bare_organ")),
        acts_(WordsOf(*context.sets, "company_act")) {
    for (const auto& [type, set] : kKinds) {
      heads_.push_back({type, &WordsOf(*context.sets, set)});
    }
  }

  void Run() {
    FollowWholes();
    BareOrgans();
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) {
        article = sent.place.article;
        seen_.clear();
        section_ = kNoMention;
      }
      if (sent.place.kind != SentenceKind::kByline) Resolve(s);
      if (sent.place.kind == SentenceKind::kHeading) Enter(s);
    }
  }

 private:
  struct Heads {
    std::string_view type;
    const WordList* words;
  };
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kKinds = {
      {{"Project", "anaphor_project"},
       {"Zone", "anaphor_zone"},
       {"Event", "anaphor_event"},
       {"Company", "anaphor_company"},
       {"Policy", "anaphor_policy"}}};

  // 远山集团：产能扩张: the section is about the company that its heading begins with.
  void Enter(std::uint32_t s) {
    section_ = kNoMention;
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin > 0) break;
      if (mention.type == "Company" && !mention.nested && mention.antecedent == kNoMention) {
        section_ = id;
      }
    }
  }

  // A word that was found to stand for 生产基地项目, of which a rule has since made the end of a
  // longer name, stands for that.
  void FollowWholes() {
    for (MentionId id = 0; id < work_.size(); ++id) {
      const MentionId antecedent = work_.mention(id).antecedent;
      if (antecedent == kNoMention || !work_.mention(antecedent).nested) continue;
      const MentionId whole = work_.Outer(antecedent);
      if (whole == kNoMention || work_.mention(whole).type != work_.mention(antecedent).type) {
        continue;
      }
      if (work_.mention(whole).span.end != work_.mention(antecedent).span.end) continue;
      work_.mention(id).antecedent = whole;
    }
  }

  // A bare 市委 or 省政府 is its full name where the article has that, else the region it rules,
  // else nothing.
  void BareOrgans() {
    std::vector<MentionId> full;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (work_.mention(id).type == "LocalGovernment" && BarePrefix(work_.Text(id)).empty() &&
          full.size() < 200) {
        full.push_back(id);
      }
    }
    constexpr std::size_t kMostSearched = 2000;
    const std::uint32_t size = work_.size();
    std::size_t searched = 0;
    for (MentionId id = 0; id < size && searched < kMostSearched; ++id) {
      if (work_.mention(id).type != "LocalGovernment") continue;
      const std::string_view text = work_.Text(id);
      const std::string_view word = BarePrefix(text);
      if (word.empty()) continue;
      const std::string_view organ = text.substr(word.size());
      if (std::find(organs_.begin(), organs_.end(), organ) == organs_.end()) continue;
      ++searched;
      MentionId meant = kNoMention;
      for (const MentionId other : full) {
        const std::string_view name = work_.Text(other);
        const bool same = name.ends_with(text) ||
                          (organ == "政府" && name.ends_with(std::string(word) + "人民政府"));
        if (same && (meant == kNoMention || work_.Article(other) == work_.Article(id)))
          meant = other;
      }
      if (meant == kNoMention || work_.Article(meant) != work_.Article(id)) {
        const WorkMention& mention = work_.mention(id);
        meant = ContextRegion(work_, mention.sentence, mention.span.begin, word);
      }
      if (meant == kNoMention) {
        work_.mention(id).ignored = true;
        continue;
      }
      work_.mention(id).antecedent = meant;
      work_.mention(id).type = work_.mention(meant).type;
    }
  }

  // Goes through the sentence; names met on the way become possible antecedents.
  void Resolve(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    if (text.size() > 6000) return;
    const std::vector<MentionId> mentions = work_.sentence(s).mentions;
    std::size_t next = 0;
    bool border = true;
    for (std::uint32_t at = 0; at < text.size();) {
      while (next < mentions.size() && work_.mention(mentions[next]).span.begin < at) ++next;
      if (next < mentions.size() && work_.mention(mentions[next]).span.begin == at) {
        const MentionId id = mentions[next];
        if (!work_.mention(id).nested) {
          if (work_.mention(id).antecedent == kNoMention) seen_.push_back(id);
          at = work_.mention(id).span.end;
          border = false;
          continue;
        }
      }
      if (const std::uint32_t end = Word(s, at, border); end > at) {
        at = end;
        border = false;
        continue;
      }
      const CodePoint c = DecodeAt(text, at);
      border = IsBorder(c.value);
      at += c.size;
    }
  }

  static bool IsBorder(char32_t c) {
    switch (c) {
      case U'，':
      case U'。':
      case U'；':
      case U'：':
      case U',':
      case U' ':
      case U'　':
      case U'“':
      case U'（':
      case U'称':
        return true;
      default:
        return false;
    }
  }

  // The end of the word at `at`, if it is one and its antecedent is known.
  std::uint32_t Word(std::uint32_t s, std::uint32_t at, bool border) {
    const std::string_view text = work_.sentence(s).text;
    for (const bool former : {true, false}) {
      const std::string_view word = former ? "前者" : "后者";
      if (!StartsWithAt(text, at, word)) continue;
      const MentionId found = OfLastPair(former);
      return found == kNoMention ? at : Mark(s, at, at + word.size(), found);
    }
    if (StartsWithAt(text, at, kTreasury)) {
      const std::uint32_t end = at + static_cast<std::uint32_t>(kTreasury.size());
      return Mark(s, at, end, Named("Ministry", "财政部"));
    }
    const std::uint32_t pointer = LongestAt(text, at, pointers_);
    const std::uint32_t from = at + pointer;
    if (pointer == 0 && !border) return at;
    if (pointer > 0) {
      for (const auto& [word, depth] : {std::pair<std::string_view, int>{"省", 1},
                                        {"自治区", 1},
                                        {"市", 2},
                                        {"县", 3},
                                        {"区", 3}}) {
        if (StartsWithAt(text, from, word))
          return Mark(s, at, from + word.size(), LastRegion(depth));
      }
    }
    for (const Heads& kind : heads_) {
      const std::uint32_t head = LongestAt(text, from, *kind.words);
      if (head == 0) continue;
      const std::string_view word = text.substr(from, head);
      // 项目建设, 公司债: part of another word. “规划”提出 is quoted.
      std::uint32_t behind = from + head;
      if (StartsWithAt(text, behind, "”") && EndsWithAt(text, at, "“")) {
        behind += static_cast<std::uint32_t>(std::string_view("”").size());
      }
      if (pointer == 0 && !GoesOn(text, behind) &&
          !(kind.type == "Company" && LongestAt(text, from + head, acts_) > 0)) {
        return at;
      }
      MentionId found = Last(kind.type, word, pointer > 0);
      if (kind.type == "Company" && pointer == 0) {
        if (const MentionId speaker = Speaker(s, at); speaker != kNoMention) found = speaker;
      }
      if (found == kNoMention) continue;
      return Mark(s, at, from + head, found);
    }
    return at;
  }

  // The last mention of this type and name before.
  MentionId Named(std::string_view type, std::string_view name) const {
    for (auto it = seen_.rbegin(); it != seen_.rend(); ++it) {
      if (work_.mention(*it).type == type && work_.Text(*it) == name) return *it;
    }
    return kNoMention;
  }

  // What may follow a word that stands alone as a subject.
  static bool GoesOn(std::string_view text, std::uint32_t pos) {
    for (const std::string_view word :
         {"将",         "拟",   "计划",   "位于",   "由",   "总投资", "预计",       "在",
          "于",         "决定", "投资",   "与",     "已",   "明确",   "提出",       "要求",
          "聚焦",       "围绕", "指出",   "强调",   "全长", "建成",   "投产",       "宣布",
          "以",         "的",   "和",     "还",     "也",   "涵盖",   "设置",       "吸引",
          "共",         "收到", "董事长", "总经理", "副",   "CEO",    "中标",       "包括",
          "拥有",       "从",   "选址",   "落户",   "分",   "主要",   "旗下",       "全资",
          "控股",       "持有", "出资",   "，",     "首",   "上",     "估算",       "概算",
          "实施地点",   "董事", "总裁",   "监事",   "总监", "董秘",   "法定代表人", "创始人",
          "实际控制人", "执行", "此次",   "本次",   "目前", "正",     "曾",         "向",
          "对",         "为",   "子公司", "下属",   "成立", "完成",   "获",         "披露",
          "推出"}) {
      if (StartsWithAt(text, pos, word)) return true;
    }
    return false;
  }

  // The first or the second of the two names that were last joined as a pair (甲公司与乙公司), no
  // list of three.
  MentionId OfLastPair(bool former) const {
    for (std::size_t i = seen_.size(); i >= 2; --i) {
      if (!Joined(seen_[i - 2], seen_[i - 1])) continue;
      if (i >= 3 && Joined(seen_[i - 3], seen_[i - 2])) return kNoMention;
      return seen_[former ? i - 2 : i - 1];
    }
    return kNoMention;
  }

  bool Joined(MentionId a, MentionId b) const {
    const WorkMention& first = work_.mention(a);
    const WorkMention& second = work_.mention(b);
    if (first.sentence != second.sentence || first.type != second.type) return false;
    const std::string_view text = work_.sentence(first.sentence).text;
    const std::uint32_t size = CoordinatorAt(text, first.span.end);
    return size > 0 && first.span.end + size == second.span.begin;
  }

  MentionId LastRegion(int depth) const {
    for (auto it = seen_.rbegin(); it != seen_.rend(); ++it) {
      const int d = RegionDepth(work_, *it);
      if (d == depth || (depth == 2 && d == 1)) return *it;
    }
    return kNoMention;
  }

  // With a pointer the nearest of the kind; 公司 alone is who the section or the article is about:
  // the first.
  MentionId Last(std::string_view type, std::string_view word, bool pointed) const {
    MentionId found = kNoMention;
    const bool first = type == "Company" && !pointed;
    if (first && section_ != kNoMention) return section_;
    for (auto it = seen_.rbegin(); it != seen_.rend(); ++it) {
      if (work_.mention(*it).type != type) continue;
      if (first) {
        found = *it;
        continue;
      }
      const std::string_view name = work_.Text(*it);
      // 该博览会 after a fair and a meeting: the one whose name ends so.
      if (name.size() >= word.size() && name.substr(name.size() - word.size()) == word) return *it;
      // 行动计划提出: only of one that is called so.
      if (type == "Policy" && !pointed) continue;
      // 上述活动 are any that were spoken of, unless one is called so.
      if (found == kNoMention && word != "活动") found = *it;
    }
    return found;
  }

  // 甲集团今晚发布公告，称公司…: the sentence's first company, where it announces something before
  // `at`.
  MentionId Speaker(std::uint32_t s, std::uint32_t at) const {
    MentionId first = kNoMention;
    for (auto it = seen_.rbegin(); it != seen_.rend(); ++it) {
      if (work_.mention(*it).sentence != s) break;
      if (work_.mention(*it).type == "Company") first = *it;
    }
    if (first == kNoMention) return kNoMention;
    const std::uint32_t end = work_.mention(first).span.end;
    const std::string_view between = Slice(work_.sentence(s).text, {end, at});
    for (const std::string_view word : {"公告", "公布", "披露", "宣布", "表示"}) {
      if (between.find(word) != std::string_view::npos) return first;
    }
    return kNoMention;
  }

  std::uint32_t Mark(std::uint32_t s, std::uint32_t begin, std::size_t end, MentionId antecedent) {
    if (antecedent == kNoMention) return begin;
    const Span span{begin, static_cast<std::uint32_t>(end)};
    for (const MentionId id : work_.sentence(s).mentions) {
      WorkMention& other = work_.mention(id);
      if (!other.span.Overlaps(span)) continue;
      if (other.type != "Industry" || !span.Contains(other.span)) return begin;
      other.nested = true;  // 财政 of 中央财政
    }
    WorkMention mention;
    mention.sentence = s;
    mention.span = span;
    mention.type = work_.mention(antecedent).type;
    mention.rule = "anaphora";
    mention.antecedent = antecedent;
    work_.Add(std::move(mention));
    return span.end;
  }

  Workspace& work_;
  const WordList& pointers_;
  const WordList& organs_;
  const WordList& acts_;  // what a company does that works and meetings do not: 公司成功举办…
  std::vector<Heads> heads_;
  std::vector<MentionId> seen_;
  MentionId section_ = kNoMention;  // whom the last heading begins with
};

}  // namespace

void ResolveAnaphora(StructureContext& context) { Anaphora(context).Run(); }

}  // namespace tupu::extract
