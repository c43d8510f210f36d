// What clauses around a policy have for their objects: 《办法》提出，鼓励专精特新企业上市.
#include <algorithm>
#include <array>
#include <optional>

#include "extract/facts/names.h"
#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/facts/topics.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kObjectTargetsMaxSentence = 3000;  // bytes; what is longer is no sentence
constexpr std::size_t kMinClass = 3;                     // characters of a class that no list knows
constexpr const char* kObjectTargetsRule = "target.object";
constexpr const char* kTopicRule = "target.object_topic";
constexpr const char* kRuledRule = "target.ruled";
constexpr std::size_t kMaxRuled = 14;    // characters of whom a regulation says that they shall
constexpr std::size_t kMaxHeading = 30;  // characters
constexpr int kMaxLeads = 8;             // words passed over before the verb of a clause
// Clauses that speak of a policy named before them, and of a programme that no title names: 实施甲
// 行动，培育乙企业，建设丙 goes on to other measures.
constexpr int kUnbounded = 10000;
constexpr int kProgrammeReach = 2;

// A clause that begins with a verb of support (after 提出, 将, 进一步) behind a policy's name in
// its sentence says by its object whom the policy addresses, where that ends as classes do. What is
// to be set up, made better or kept safe is as a rule a means, but for the measures that a document
// lists under its own title, which say in short what each is for. A document also says of itself
// what it is for (为…制定本办法) and, as a regulation, who shall do what (竹材经营单位应当…).
class ObjectTargets {
 public:
  explicit ObjectTargets(StructureContext& context)
      : work_(*context.work),
        sets_(*context.sets),
        verbs_(WordsOf(*context.sets, "object_verb")),
        leads_(WordsOf(*context.sets, "object_lead")),
        actors_(WordsOf(*context.sets, "object_actor")),
        fields_(WordsOf(*context.sets, "object_field")),
        follow_(WordsOf(*context.sets, "object_follow")),
        support_(WordsOf(*context.sets, "object_support")),
        develop_(WordsOf(*context.sets, "object_develop")),
        inner_(WordsOf(*context.sets, "object_broken")),
        on_(WordsOf(*context.sets, "object_goes_on")),
        acts_(WordsOf(*context.sets, "object_acts")),
        clause_leads_(WordsOf(*context.sets, "clause_lead")),
        adverbs_(WordsOf(*context.sets, "title_adverb")),
        states_(WordsOf(*context.sets, "plan_states")),
        wholes_(WordsOf(*context.sets, "term_whole")),
        purposes_(WordsOf(*context.sets, "own_purpose")),
        papers_(WordsOf(*context.sets, "own_paper")),
        breaks_(WordsOf(*context.sets, "topic_break")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1), paragraph = article;
    bool titles = false;  // the sentence before is a title's
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.article != article) {
        about_ = kNoMention;
        titled_ = 0;
      }
      if (sent.place.article != article || sent.place.paragraph != paragraph || titles) Forget();
      paragraph = sent.place.paragraph;
      article = sent.place.article;
      titles = sent.place.kind == SentenceKind::kTitle;
      if (sent.place.kind == SentenceKind::kByline ||
          sent.text.size() > kObjectTargetsMaxSentence) {
        Forget();
        continue;
      }
      if (titles) ReadTitle(s);
      Clauses(s);
    }
  }

 private:
  // What only holds from a sentence to the next.
  void Forget() { lead_ = listed_ = kNoMention; }

  // The one document that the title names, on whichever of its lines: all of the article is about
  // it.
  void ReadTitle(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Policy" || mention.nested) continue;
      if (about_ != kNoMention && work_.Text(id) == work_.Text(about_)) continue;
      const bool titled = EndsWithAt(text, mention.span.begin, "《") ||
                          work_.Text(id).find("关于") != std::string_view::npos ||
                          mention.rule == "document.line" ||
                          LongestAt(text, mention.span.end, states_) > 0;
      about_ = ++titled_ == 1 && titled ? TopicOf(work_, sets_, id) : kNoMention;
    }
  }

  void Clauses(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    const bool item = (IsItem(text) || IsHeading(s)) && !HoldsAny(text, breaks_);
    const bool counted = IsSpokenItem(text);
    MentionId policy = item ? (counted && lead_ != kNoMention ? lead_ : about_) : kNoMention;
    const bool own = about_ != kNoMention && SpeaksOfItself(text);
    if (own) policy = about_;
    if (about_ != kNoMention && !own) Ruled(s);
    if (policy == kNoMention && GoesOn(s)) policy = listed_;
    rule_ = kTopicRule;
    int reach = kUnbounded;  // clauses that still speak of it
    const std::vector<MentionId> mentions = work_.sentence(s).mentions;
    std::size_t next = 0;
    for (std::uint32_t at = 0; at < text.size();) {
      const std::uint32_t end = std::max(ClauseEnd(text, at), at + 1);
      std::uint32_t from = at;
      for (; next < mentions.size() && work_.mention(mentions[next]).span.begin < end; ++next) {
        const WorkMention& mention = work_.mention(mentions[next]);
        if (mention.nested) continue;
        if (mention.type == "Policy") {
          policy = TopicOf(work_, sets_, mentions[next]);
          rule_ = kObjectTargetsRule;
          const bool programme = IsUntitledProgramme(work_, sets_, mentions[next]);
          reach = programme ? kProgrammeReach : kUnbounded;
          const bool told = programme ? IsLed(work_, sets_, mentions[next])
                                      : !IsCarriedOut(work_, sets_, mentions[next]);
          if (!told) policy = kNoMention;
          from = mention.span.end;
        } else if (mention.type == "Event") {
          policy = kNoMention;  // what is said next may be said of it
        }
      }
      if (own && from == at) from = PastItself(text, from);
      if (reach > 0 && policy != kNoMention && from < end) Clause(s, policy, {from, end});
      if (reach < kUnbounded) --reach;
      at = end;
      while (at < text.size()) {
        const std::uint32_t mark = ClauseMarkAt(text, at);
        if (mark == 0) break;
        at += mark;
      }
    }
    const bool lists = text.ends_with("；") || text.ends_with(";");
    listed_ = lists && rule_ == kObjectTargetsRule && reach == kUnbounded ? policy
              : lists && policy == listed_                                ? listed_
                                                                          : kNoMention;
    if (!counted) lead_ = rule_ == kObjectTargetsRule && reach == kUnbounded ? policy : kNoMention;
  }

  // 《办法》提出，支持甲；支持乙: whether the sentence goes on with what the one before it lists.
  bool GoesOn(std::uint32_t s) const {
    if (listed_ == kNoMention || s == 0) return false;
    const Sentence& before = work_.sentence(s - 1).place;
    const Sentence& place = work_.sentence(s).place;
    return before.article == place.article && before.paragraph == place.paragraph &&
           LongestAt(work_.sentence(s).text, 0, support_) > 0;
  }

  // 竹材经营单位应当…: whom the article's own regulation tells what they shall do and may not.
  void Ruled(std::uint32_t s) {
    const std::string_view text = work_.sentence(s).text;
    std::string_view name = work_.Text(about_);
    if (name.ends_with("）")) name = name.substr(0, name.rfind("（"));
    constexpr std::array<std::string_view, 4> kRules = {"办法", "条例", "规定", "细则"};
    if (std::none_of(kRules.begin(), kRules.end(),
                     [&](std::string_view word) { return name.ends_with(word); })) {
      return;
    }
    const std::uint32_t begin = PastArticle(text, 0);
    std::size_t read = 0;
    for (std::uint32_t end = begin; end < text.size() && read <= kMaxRuled;
         end += DecodeAt(text, end).size, ++read) {
      if (ClauseMarkAt(text, end) > 0 || StartsWithAt(text, end, "、") ||
          StartsWithAt(text, end, "的") || StartsWithAt(text, end, "规定")) {
        return;
      }
      const bool told = StartsWithAt(text, end, "应当") || StartsWithAt(text, end, "不得") ||
                        StartsWithAt(text, end, "必须");
      if (!told) continue;
      const Span who{begin, end};
      const std::optional<Span> clean = Terms(sets_).Clean(text, who);
      if (!clean || *clean != who || LongestBefore(text, end, actors_) == 0) return;
      if (CountCodePoints(Slice(text, who)) < kMinClass || HoldsName(s, who)) return;
      if (HoldsAny(Slice(text, who), inner_)) return;
      rule_ = kRuledRule;
      Give(s, about_, who);
      return;
    }
  }

  // 为保护竹农的权益，…，制定本办法; 第二条 本办法适用于…: what the article's own document says
  // that it is for and whom it rules.
  bool SpeaksOfItself(std::string_view text) const {
    const std::uint32_t begin = PastArticle(text, 0);
    if (StartsWithAt(text, begin, "为")) return HoldsAny(text, purposes_);
    return Itself(text, begin) > begin && text.find("适用") != std::string_view::npos;
  }

  // Past 第二条.
  static std::uint32_t PastArticle(std::string_view text, std::uint32_t pos) {
    constexpr std::size_t kMost = 18;  // bytes of a number: 第一百二十条
    while (StartsWithAt(text, pos, "　") || StartsWithAt(text, pos, " ")) {
      pos += DecodeAt(text, pos).size;
    }
    std::uint32_t at = pos;
    if (StartsWithAt(text, pos, "第")) {
      const std::size_t end = text.substr(0, pos + kMost).find("条", pos);
      if (end != std::string_view::npos) at = static_cast<std::uint32_t>(end) + 3;
    }
    while (StartsWithAt(text, at, "　") || StartsWithAt(text, at, " ")) {
      at += DecodeAt(text, at).size;
    }
    return at;
  }

  // Past 本办法; `pos` where the document does not name itself there.
  std::uint32_t Itself(std::string_view text, std::uint32_t pos) const {
    if (!StartsWithAt(text, pos, "本")) return pos;
    const std::uint32_t paper = LongestAt(text, pos + 3, papers_);
    return paper > 0 ? pos + 3 + paper : pos;
  }

  std::uint32_t PastItself(std::string_view text, std::uint32_t pos) const {
    pos = Itself(text, PastArticle(text, pos));
    for (const std::string_view word : {"为了", "为"}) {
      if (StartsWithAt(text, pos, word)) return pos + static_cast<std::uint32_t>(word.size());
    }
    return pos;
  }

  void Clause(std::uint32_t s, MentionId policy, Span clause) {
    const std::string_view text = work_.sentence(s).text.substr(0, clause.end);
    std::uint32_t at = clause.begin;
    bool acts = false, develops = false;
    for (int i = 0; i < kMaxLeads; ++i) {
      for (const std::string_view mark : {"》", "”", "“", "）", " ", "　"}) {
        if (StartsWithAt(text, at, mark)) at += static_cast<std::uint32_t>(mark.size());
      }
      at = SkipNumber(text, at);
      at = SkipRemark(text, at);
      at = SkipDate(s, at);
      if (const std::uint32_t size = LongestAt(text, at, verbs_); size > 0) {
        acts = true;
        at += size;
        supports_ = LongestBefore(text, at, support_) > 0;
        develops = supports_ || LongestBefore(text, at, develop_) > 0;
        continue;  // 推动培育, 支持建设
      }
      std::uint32_t lead = 0;
      for (const WordList* list : {&leads_, &clause_leads_, &adverbs_, &states_}) {
        lead = std::max(lead, LongestAt(text, at, *list));
      }
      if (lead == 0) break;
      at += lead;
    }
    if (!(rule_ == kObjectTargetsRule ? develops : acts) || at >= clause.end) return;
    for (const Span part : SplitCoordinated(text, {at, clause.end})) {
      // 半导体照明等新兴产业: an example, and what it is one of.
      const std::uint32_t mark = Example(s, part);
      if (mark == part.end) {
        Object(s, policy, part);
      } else {
        Give(s, policy, {part.begin, mark});
        Object(s, policy, {mark + 3, part.end});
      }
    }
  }

  // Past 到2030年, 未来五年.
  std::uint32_t SkipDate(std::uint32_t s, std::uint32_t pos) const {
    const WorkSentence& sent = work_.sentence(s);
    constexpr std::string_view kUntil = "到";
    const std::uint32_t from = StartsWithAt(sent.text, pos, kUntil)
                                   ? pos + static_cast<std::uint32_t>(kUntil.size())
                                   : pos;
    for (const WorkDate& date : sent.dates) {
      if (date.span.begin == from) return date.span.end;
    }
    return pos;
  }

  // Where 等 stands behind a known class that all of the part before it is; else the part's end.
  std::uint32_t Example(std::uint32_t s, Span part) const {
    const std::string_view text = work_.sentence(s).text;
    const std::size_t mark = text.substr(0, part.end).find("等", part.begin);
    if (mark == std::string_view::npos) return part.end;
    const MentionId known = work_.Find(s, {part.begin, static_cast<std::uint32_t>(mark)});
    const bool listed = known != kNoMention && work_.mention(known).type == "Industry" &&
                        !work_.mention(known).entries.empty();
    return listed ? static_cast<std::uint32_t>(mark) : part.end;
  }

  // ②推进…, and the headings 一、鼓励…, （三）支持… and 四是培育…: one of the measures that a
  // document lists.
  static bool IsItem(std::string_view text) {
    std::uint32_t at = 0;
    while (StartsWithAt(text, at, "　") || StartsWithAt(text, at, " ")) {
      at += DecodeAt(text, at).size;
    }
    const std::uint32_t behind = std::max(SkipNumber(text, at), SkipRemark(text, at));
    if (behind == at) return false;
    return IsRing(text, at) || CountCodePoints(text) <= kMaxHeading;
  }

  // 一是培育…, ①培育…: of a list that a sentence before it opens.
  static bool IsSpokenItem(std::string_view text) {
    return IsRing(text, 0) || EndsWithAt(text, SkipNumber(text, 0), "是");
  }

  // A short sentence that begins its paragraph.
  bool IsHeading(std::uint32_t s) const {
    const WorkSentence& sent = work_.sentence(s);
    if (s == 0 || sent.place.kind == SentenceKind::kTitle) return false;
    if (CountCodePoints(sent.text) > kMaxHeading) return false;
    const Sentence& before = work_.sentence(s - 1).place;
    return before.article != sent.place.article || before.paragraph != sent.place.paragraph;
  }

  static bool IsRing(std::string_view text, std::uint32_t pos) {
    constexpr std::u32string_view kRings = U"①②③④⑤⑥⑦⑧⑨⑩";
    return pos < text.size() && kRings.find(DecodeAt(text, pos).value) != std::u32string_view::npos;
  }

  // Past ①, 一、 and 一是, but not into 3.5亿元.
  static std::uint32_t SkipNumber(std::string_view text, std::uint32_t pos) {
    constexpr std::u32string_view kNumbers = U"一二三四五六七八九十0123456789";
    if (pos >= text.size()) return pos;
    if (IsRing(text, pos)) return pos + DecodeAt(text, pos).size;
    std::uint32_t at = pos;
    while (at < text.size() &&
           kNumbers.find(DecodeAt(text, at).value) != std::u32string_view::npos) {
      at += DecodeAt(text, at).size;
    }
    for (const std::string_view mark : {"、", ".", "．", "是"}) {
      if (at == pos || !StartsWithAt(text, at, mark)) continue;
      const std::uint32_t end = at + static_cast<std::uint32_t>(mark.size());
      const bool decimal = end < text.size() && text[end] >= '0' && text[end] <= '9';
      if (!decimal) return end;
    }
    return pos;
  }

  void Object(std::uint32_t s, MentionId policy, Span part) {
    const std::string_view text = work_.sentence(s).text;
    const std::string_view inside = text.substr(0, part.end);
    for (std::uint32_t size = 1; size > 0;) {
      size =
          std::max(LongestAt(inside, part.begin, verbs_), LongestAt(inside, part.begin, adverbs_));
      part.begin += size;
    }
    if (rule_ == kObjectTargetsRule && Named(s, policy, part)) return;
    if (const std::size_t of = inside.rfind("的");
        of != std::string_view::npos && of >= part.begin) {
      // 竞争力强的装备制造企业 is described before, 中小企业的融资成本 after 的.
      const Span behind{static_cast<std::uint32_t>(of) + 3, part.end};
      if (Class(s, policy, behind)) return;
      part.end = static_cast<std::uint32_t>(of);
    }
    Class(s, policy, part);
  }

  // 支持丽水市、全国社保基金…: the region or company that the object is or begins with. The name of
  // a country is none, and a company is one only of support: 包括甲公司 gives an example.
  bool Named(std::uint32_t s, MentionId policy, Span part) {
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (mention.span.begin != part.begin || mention.nested || mention.antecedent == policy)
        continue;
      const bool region = RegionDepth(work_, id) >= 1 && mention.type != "Place";
      if (!region && !(supports_ && mention.type == "Company")) {
        continue;
      }
      Propose(s, policy, id);
      return true;
    }
    return false;
  }

  // The longest beginning of `part` that ends as a class does: as one of actors (专精特新企业),
  // whatever follows, or as a field (低空经济) that is all of it or is to be developed.
  bool Class(std::uint32_t s, MentionId policy, Span part) {
    const std::string_view text = work_.sentence(s).text;
    part.begin = SkipCount(text.substr(0, part.end), part.begin);
    for (std::uint32_t end = part.end; end > part.begin; end -= DecodeBefore(text, end).size) {
      std::uint32_t head = LongestBefore(text, end, actors_);
      const bool actor = head > 0;
      const std::string_view inside = text.substr(0, part.end);
      if (head == 0 && (end == part.end || LongestAt(inside, end, follow_) > 0)) {
        head = LongestBefore(text, end, fields_);
      }
      if (head == 0 || end - head < part.begin) continue;
      if (end < part.end && LongestAt(inside, end, on_) > 0) continue;
      const Span term{part.begin, end};
      if (HoldsActing(text, term)) continue;
      if (HoldsName(s, term)) return false;
      const std::optional<Span> clean = Terms(sets_).Clean(text, term);
      if (!clean) continue;
      const bool known = actor && work_.Find(s, *clean, "Industry") != kNoMention;  // 民企
      if (!known && CountCodePoints(Slice(text, *clean)) < kMinClass) continue;
      if (HoldsAny(Slice(text, *clean), inner_)) continue;
      return Give(s, policy, *clean);
    }
    return false;
  }

  // 科研人员|深入企业: what an actor does goes on to another class.
  bool HoldsActing(std::string_view text, Span term) const {
    const std::string_view inside = text.substr(0, term.end);
    for (std::uint32_t at = term.begin; at < term.end; at += DecodeAt(text, at).size) {
      if (at > term.begin && LongestAt(inside, at, acts_) > 0 &&
          LongestBefore(text, at, actors_) > 0) {
        return true;
      }
    }
    return false;
  }

  // Past 100个左右, 百余户.
  static std::uint32_t SkipCount(std::string_view text, std::uint32_t pos) {
    constexpr std::u32string_view kNumber = U"0123456789一二三四五六七八九十百千万两余多几";
    std::uint32_t at = pos;
    while (at < text.size() &&
           kNumber.find(DecodeAt(text, at).value) != std::u32string_view::npos) {
      at += DecodeAt(text, at).size;
    }
    if (at == pos) return pos;
    for (const std::string_view unit :
         {"个", "家", "户", "所", "名", "批", "座", "类", "项", "支"}) {
      if (!StartsWithAt(text, at, unit)) continue;
      at += static_cast<std::uint32_t>(unit.size());
      return StartsWithAt(text, at, "左右") ? at + 6 : at;
    }
    return pos;
  }

  // Whether a name, not a class, stands in the span.
  bool HoldsName(std::uint32_t s, Span term) const {
    const std::vector<MentionId>& mentions = work_.sentence(s).mentions;
    return std::any_of(mentions.begin(), mentions.end(), [&](MentionId id) {
      const WorkMention& mention = work_.mention(id);
      return mention.type != "Industry" && mention.span.Overlaps(term);
    });
  }

  bool Give(std::uint32_t s, MentionId policy, Span term) {
    const MentionId to = Mention(s, term);
    if (to == kNoMention) return false;
    if (std::find(wholes_.begin(), wholes_.end(), work_.Text(to)) != wholes_.end()) return false;
    // 中小企业 inside 科技型中小企业 is not meant by itself, nor 消费者权益保护 around 消费者.
    for (const MentionId other : work_.sentence(s).mentions) {
      WorkMention& mention = work_.mention(other);
      if (other == to || mention.type != "Industry") continue;
      if (mention.span.Overlaps(term)) mention.nested = true;
    }
    Propose(s, policy, to);
    return true;
  }

  void Propose(std::uint32_t s, MentionId policy, MentionId to) {
    Proposal proposal;
    proposal.type = "TARGETS";
    proposal.from = policy;
    proposal.to = to;
    proposal.evidence = s;
    proposal.rule = rule_;
    proposal.confidence = rule_ == kObjectTargetsRule ? 0.55 : 0.45;
    work_.Propose(std::move(proposal));
  }

  // The class as it was recognised, where that is about as long, else as it stands.
  MentionId Mention(std::uint32_t s, Span term) {
    for (const MentionId id : work_.sentence(s).mentions) {
      const WorkMention& mention = work_.mention(id);
      if (!mention.span.Overlaps(term) || mention.entries.empty()) continue;
      // 产业数字化 across 传统产业|数字化改造
      if (!term.Contains(mention.span) && !mention.span.Contains(term)) continue;
      const std::uint32_t size = mention.span.size();
      if (size * 5 >= term.size() * 3 && term.size() * 5 >= size * 3) return id;
    }
    WorkMention mention;
    mention.sentence = s;
    mention.span = term;
    mention.type = "Industry";
    mention.rule = rule_;
    mention.confidence = 0.6;
    return work_.Add(std::move(mention));
  }

  Workspace& work_;
  const WordSets& sets_;
  const WordList& verbs_;
  const WordList& leads_;
  const WordList& actors_;
  const WordList& fields_;
  const WordList& follow_;
  const WordList& support_;
  const WordList& develop_;
  const WordList& inner_;
  const WordList& on_;
  const WordList& acts_;
  const WordList& clause_leads_;
  const WordList& adverbs_;
  const WordList& states_;
  const WordList& wholes_;
  const WordList& purposes_;
  const WordList& papers_;
  const WordList& breaks_;
  MentionId about_ = kNoMention;   // the document that the article's title names
  int titled_ = 0;                 // documents in the title
  MentionId lead_ = kNoMention;    // the one that the sentence above 一是… speaks of
  MentionId listed_ = kNoMention;  // the one of which the sentence before goes on behind ；
  const char* rule_ = kObjectTargetsRule;
  bool supports_ = false;  // the verb of the clause is one of support
};

}  // namespace

void FindObjectTargets(StructureContext& context) { ObjectTargets(context).Run(); }

}  // namespace tupu::extract
