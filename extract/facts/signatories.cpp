// Who issued an official paper, by its form: the bodies that signed below it, the body whose order
// (国务院令第706号) stands above it, and those that adopted it, as a note under its title says.
//
// The paper is what the article's title names and what its first sentences hand out
// (现将《办法》印发给你们). Where recognition knows no name in the title of a signed paper, the
// title is its name. An article that explains a paper is none.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kSignatoriesMaxOpening =
    12;                                           // sentences within which a paper is handed out
constexpr std::uint32_t kSignatoriesMaxHead = 8;  // sentences within which orders and notes stand
constexpr std::uint32_t kMaxSigners = 16;         // lines of bodies above a date
constexpr std::uint32_t kMaxAround = 240;         // bytes of a sentence around what it hands out
constexpr std::uint32_t kSignatoriesMaxToVerb = 90;  // bytes from a body to 通过 in a note
constexpr std::size_t kMinTitle = 6;                 // characters of a title that is a name
constexpr std::size_t kMaxTitle = 60;

// Bodies that signed, and when.
struct Signature {
  std::vector<MentionId> bodies;
  std::uint32_t sentence = 0;
  graph::Date date;
};

bool IsBlankAt(std::string_view text, std::uint32_t at) {
  return StartsWithAt(text, at, " ") || StartsWithAt(text, at, "　");
}

bool EndsBlank(std::string_view text) { return text.ends_with(" ") || text.ends_with("　"); }

std::string_view TrimEnd(std::string_view text) {
  while (EndsBlank(text)) text.remove_suffix(text.ends_with(" ") ? 1 : 3);
  return text;
}

class Signatories {
 public:
  explicit Signatories(StructureContext& context)
      : work_(*context.work),
        tails_(WordsOf(*context.sets, "paper_tail")),
        explains_(WordsOf(*context.sets, "paper_explained")),
        handed_(WordsOf(*context.sets, "paper_handed_out")),
        announced_(WordsOf(*context.sets, "paper_announced")),
        after_(WordsOf(*context.sets, "paper_after_date")) {}

  void Run() {
    const auto count = static_cast<std::uint32_t>(work_.sentences().size());
    for (std::uint32_t first = 0, last = 0; first < count; first = last) {
      const std::uint32_t article = work_.sentence(first).place.article;
      last = first + 1;
      while (last < count && work_.sentence(last).place.article == article) ++last;
      Read({first, last});
    }
  }

 private:
  void Read(Span article) {
    range_ = article;
    if (Explains()) return;
    const std::optional<Signature> signature = Signed();
    const std::vector<MentionId> orders = Orders();
    const MentionId adopter = Adopter();
    if (!signature && orders.empty() && adopter == kNoMention) return;
    const std::vector<MentionId> titles = Titles();
    std::vector<MentionId> papers = HandedOut(signature ? signature->sentence : range_.end);
    papers.insert(papers.end(), titles.begin(), titles.end());
    for (const MentionId paper : papers) {
      if (signature) {
        for (const MentionId body : signature->bodies) {
          Propose(body, paper, "issued.signature", signature->date);
        }
      }
      for (const MentionId body : orders) Propose(body, paper, "issued.order", {});
    }
    for (const MentionId paper : titles) {
      if (adopter != kNoMention) Propose(adopter, paper, "issued.adoption_note", {});
    }
  }

  bool IsBody(MentionId id) const {
    return work_.Is(id, "Organisation") && work_.mention(id).antecedent == kNoMention;
  }

  // A company's papers are no policies.
  bool IsOfCompany(MentionId id) const {
    return work_.Is(id, "Company") || work_.Text(id).ends_with("董事会") ||
           work_.Text(id).ends_with("监事会");
  }

  bool IsPaper(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    return mention.type == "Policy" && !mention.nested && mention.antecedent == kNoMention;
  }

  bool IsTitle(std::uint32_t s) const {
    return work_.sentence(s).place.kind == SentenceKind::kTitle;
  }

  bool Explains() const {
    for (std::uint32_t s = range_.begin; s < range_.end && IsTitle(s); ++s) {
      if (HoldsAny(work_.sentence(s).text, explains_)) return true;
    }
    return false;
  }

  // ---- who ------------------------------------------------------------------------------------

  // 甲厅 ⏎ 乙局 ⏎ 2030年3月5日; 甲厅乙局2030年3月5日: the first of the article.
  std::optional<Signature> Signed() const {
    for (std::uint32_t s = range_.begin + 2; s < range_.end; ++s) {
      const WorkSentence& sent = work_.sentence(s);
      for (const WorkDate& date : sent.dates) {
        if (date.date.vague || date.date.from.day == 0 || !EndsSignature(sent, date.span.end)) {
          continue;
        }
        Signature found{{}, s, date.date.from};
        if (TrimEnd(sent.text.substr(0, date.span.begin)).empty()) {
          for (std::uint32_t above = s; above > range_.begin + 1 && s - above < kMaxSigners;) {
            --above;
            if (!AddLine(above, found.bodies)) break;
            found.sentence = above;
          }
        } else if (sent.place.kind != SentenceKind::kByline) {
          AddBodiesBefore(sent, date.span.begin, found.bodies);
        }
        std::erase_if(found.bodies, [&](MentionId id) { return IsOfCompany(id); });
        if (!found.bodies.empty()) return found;
      }
    }
    return std::nullopt;
  }

  // Nothing, a mark, or what follows the date of a paper in a text without lines.
  bool EndsSignature(const WorkSentence& sent, std::uint32_t at) const {
    while (IsBlankAt(sent.text, at)) at += DecodeAt(sent.text, at).size;
    if (at >= sent.text.size() || !IsHan(DecodeAt(sent.text, at).value)) return true;
    if (LongestAt(sent.text, at, after_) > 0 || BeginsFileName(sent.text.substr(at))) return true;
    return std::any_of(sent.mentions.begin(), sent.mentions.end(), [&](MentionId id) {
      return work_.mention(id).span.begin == at && IsPaper(id);
    });
  }

  // 竹器检验申请表.docx in a text without lines.
  static bool BeginsFileName(std::string_view rest) {
    rest = rest.substr(0, std::min(rest.find("。"), rest.find("，")));
    constexpr std::array<std::string_view, 7> kFiles = {".doc", ".xls", ".pdf", ".zip",
                                                        ".rar", ".wps", ".ppt"};
    return std::any_of(kFiles.begin(), kFiles.end(), [&](std::string_view file) {
      return rest.substr(0, kMaxAround).find(file) != std::string_view::npos;
    });
  }

  static bool IsHan(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

  // The bodies of a line that holds nothing else.
  bool AddLine(std::uint32_t s, std::vector<MentionId>& bodies) const {
    const WorkSentence& sent = work_.sentence(s);
    if (sent.place.kind == SentenceKind::kByline || IsTitle(s)) return false;
    std::vector<MentionId> found;
    const std::uint32_t begin =
        AddBodiesBefore(sent, static_cast<std::uint32_t>(sent.text.size()), found);
    if (begin != 0) return false;
    bodies.insert(bodies.end(), found.begin(), found.end());
    return true;
  }

  // The bodies right before `end`, with nothing, blanks or 、 between them, where no word stands
  // before the first. Where they begin; `end` if there are none.
  std::uint32_t AddBodiesBefore(const WorkSentence& sent, std::uint32_t end,
                                std::vector<MentionId>& bodies) const {
    std::vector<MentionId> found;
    std::uint32_t at = end;
    for (auto it = sent.mentions.rbegin(); it != sent.mentions.rend(); ++it) {
      const WorkMention& body = work_.mention(*it);
      if (body.nested || body.span.end > at) continue;
      const std::string_view between = TrimEnd(Slice(sent.text, {body.span.end, at}));
      if ((!between.empty() && between != "、") || !IsBody(*it)) break;
      found.push_back(*it);
      at = body.span.begin;
    }
    if (found.empty()) return end;
    std::string_view before = TrimEnd(sent.text.substr(0, at));
    if (before.ends_with("中共")) before = TrimEnd(before.substr(0, before.size() - 6));
    if (!before.empty() &&
        IsHan(DecodeBefore(before, static_cast<std::uint32_t>(before.size())).value)) {
      return end;
    }
    bodies.insert(bodies.end(), found.rbegin(), found.rend());
    return before.empty() ? 0 : at;
  }

  // 国务院令: the body of an order at the article's head.
  std::vector<MentionId> Orders() const {
    for (std::uint32_t s = range_.begin;
         s < std::min(range_.end, range_.begin + kSignatoriesMaxHead); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      for (const MentionId id : sent.mentions) {
        const WorkMention& body = work_.mention(id);
        if (body.nested || !IsBody(id) || IsOfCompany(id)) continue;
        if (!StartsWithAt(sent.text, body.span.end, "令") || body.span.begin != 0) continue;
        std::uint32_t at = body.span.end + 3;
        while (IsBlankAt(sent.text, at)) at += DecodeAt(sent.text, at).size;
        if (at >= sent.text.size() || StartsWithAt(sent.text, at, "第") ||
            !IsHan(DecodeAt(sent.text, at).value)) {
          return {id};
        }
      }
    }
    return {};
  }

  // （2030年3月5日甲市人大常委会第九次会议通过 …）: who adopted it first.
  MentionId Adopter() const {
    for (std::uint32_t s = range_.begin;
         s < std::min(range_.end, range_.begin + kSignatoriesMaxHead); ++s) {
      const WorkSentence& sent = work_.sentence(s);
      std::uint32_t open = NoteAt(s);
      if (open == sent.text.size()) continue;
      const std::string_view note = sent.text.substr(open, kMaxAround);
      std::size_t verb = std::string_view::npos;
      for (const std::string_view word : {"通过", "发布", "公布"}) {
        verb = std::min(verb, note.find(word));
      }
      if (verb == std::string_view::npos) continue;
      MentionId last = kNoMention;
      for (const MentionId id : sent.mentions) {
        const Span span = work_.mention(id).span;
        if (span.begin < open || span.end > open + verb) continue;
        if (work_.mention(id).type == "Policy") break;  // 根据《…的决定》修订
        if (IsBody(id) && open + verb - span.begin <= kSignatoriesMaxToVerb) last = id;
      }
      return last;
    }
    return kNoMention;
  }

  // Where a note begins: at the sentence's start, or behind the paper's name there.
  std::uint32_t NoteAt(std::uint32_t s) const {
    const WorkSentence& sent = work_.sentence(s);
    std::vector<std::uint32_t> places = {0};
    for (const MentionId id : sent.mentions) {
      if (work_.mention(id).span.begin == 0 && IsPaper(id)) {
        places.push_back(work_.mention(id).span.end);
      }
    }
    for (std::uint32_t at : places) {
      while (IsBlankAt(sent.text, at)) at += DecodeAt(sent.text, at).size;
      for (const std::string_view mark : {"（", "("}) {
        const auto past = at + static_cast<std::uint32_t>(mark.size());
        if (!StartsWithAt(sent.text, at, mark) || past >= sent.text.size()) continue;
        const char32_t c = DecodeAt(sent.text, past).value;
        const bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
        if (digit) return past;
      }
    }
    return static_cast<std::uint32_t>(sent.text.size());
  }

  // ---- what -----------------------------------------------------------------------------------

  // What the article's title names, or the title itself.
  std::vector<MentionId> Titles() {
    std::vector<MentionId> papers;
    std::uint32_t lines = 0;
    for (std::uint32_t s = range_.begin; s < range_.end && IsTitle(s); ++s, ++lines) {
      for (const MentionId id : work_.sentence(s).mentions) {
        if (IsPaper(id) && IsTitled(id)) papers.push_back(id);
      }
    }
    if (papers.empty() && lines == 1) {
      if (const MentionId made = NameOfTitle(range_.begin); made != kNoMention) {
        papers.push_back(made);
      }
    }
    return papers;
  }

  // 关于印发《甲办法》的通知, 《甲办法》, 甲办法; not 甲市实施《乙法》办法.
  bool IsTitled(MentionId id) const {
    const Span span = work_.mention(id).span;
    const std::string_view text = work_.sentence(work_.mention(id).sentence).text;
    if (!EndsWithAt(text, span.begin, "《")) return true;
    const std::string_view before = text.substr(0, span.begin - std::string_view("《").size());
    std::string_view behind = text.substr(span.end);
    if (behind.starts_with("》")) behind.remove_prefix(std::string_view("》").size());
    const bool whole = before.empty() || before.ends_with("号");
    return whole ? behind.empty() || behind == "的通知"
                 : before.ends_with("印发") || before.ends_with("发布");
  }

  MentionId NameOfTitle(std::uint32_t s) {
    const WorkSentence& sent = work_.sentence(s);
    const std::string_view text = sent.text;
    const std::size_t length = CountCodePoints(text);
    std::string_view bare = text;  // without （试行）
    if (bare.ends_with("）")) bare = bare.substr(0, bare.rfind("（"));
    if (length < kMinTitle || length > kMaxTitle ||
        LongestBefore(bare, static_cast<std::uint32_t>(bare.size()), tails_) == 0) {
      return kNoMention;
    }
    WorkMention name;
    name.sentence = s;
    name.span = {0, static_cast<std::uint32_t>(text.size())};
    name.type = "Policy";
    name.rule = "document.signed_title";
    name.confidence = 0.8;
    const std::size_t about = text.find("关于");
    if (about != std::string_view::npos && about > 0) {
      std::vector<MentionId> bodies;
      const auto at = static_cast<std::uint32_t>(about);
      if (AddBodiesBefore(sent, at, bodies) == 0) name.span.begin = at;
    }
    for (const MentionId id : sent.mentions) {
      if (name.span.Contains(work_.mention(id).span)) work_.mention(id).nested = true;
    }
    return work_.Add(std::move(name));
  }

  // 现将《甲办法》印发给你们, 《甲办法》已经…通过，现予公布, before `end`.
  std::vector<MentionId> HandedOut(std::uint32_t end) const {
    std::vector<MentionId> papers;
    end = std::min({end, range_.end, range_.begin + kSignatoriesMaxOpening});
    for (std::uint32_t s = range_.begin; s < end; ++s) {
      const WorkSentence& sent = work_.sentence(s);
      if (sent.place.kind == SentenceKind::kByline || IsTitle(s)) continue;
      if (!HoldsAny(sent.text, handed_) && !HoldsAny(sent.text, announced_)) continue;
      ReadHandedOut(s, papers);
      if (s > range_.begin && LongestAt(sent.text, 0, handed_) > 0) ReadLast(s - 1, papers);
    }
    return papers;
  }

  // 制定了《甲办法》和《乙细则》。⏎ 现印发给你们: those that the sentence before it ends with.
  void ReadLast(std::uint32_t s, std::vector<MentionId>& papers) const {
    const WorkSentence& sent = work_.sentence(s);
    if (IsTitle(s) || sent.place.kind == SentenceKind::kByline) return;
    auto end = static_cast<std::uint32_t>(sent.text.size());
    for (const std::string_view mark : {"。", "；"}) {
      if (EndsWithAt(sent.text, end, mark)) end -= static_cast<std::uint32_t>(mark.size());
    }
    for (auto it = sent.mentions.rbegin(); it != sent.mentions.rend(); ++it) {
      const Span span = work_.mention(*it).span;
      if (!IsPaper(*it) || span.begin >= end) continue;
      if (!EndsWithAt(sent.text, span.begin, "《")) return;
      std::uint32_t behind = span.end;
      if (StartsWithAt(sent.text, behind, "》")) behind += 3;
      behind = SkipRemark(sent.text, behind);
      if (behind + CoordinatorAt(sent.text, behind) != end) return;
      if (!NamesItsBody(*it)) papers.push_back(*it);
      end = span.begin - 3;
    }
  }

  // Those right before the words or, behind 现将, before 印发; several that 、 or 和 joins are one.
  void ReadHandedOut(std::uint32_t s, std::vector<MentionId>& papers) const {
    const WorkSentence& sent = work_.sentence(s);
    std::vector<MentionId> joined;
    Span marks;  // of those joined, with their marks
    const auto settle = [&] {
      if (joined.empty() || !IsGiven(sent.text, marks)) return;
      for (const MentionId id : joined) {
        if (!NamesItsBody(id)) papers.push_back(id);
      }
    };
    for (const MentionId id : sent.mentions) {
      const Span span = work_.mention(id).span;
      if (!IsPaper(id) || !EndsWithAt(sent.text, span.begin, "《")) continue;
      const std::uint32_t begin = span.begin - 3;
      if (joined.empty() || marks.end + CoordinatorAt(sent.text, marks.end) != begin) {
        settle();
        joined.clear();
        marks.begin = begin;
      }
      joined.push_back(id);
      const std::uint32_t mark = StartsWithAt(sent.text, span.end, "》") ? 3 : 0;
      marks.end = SkipRemark(sent.text, span.end + mark);
    }
    settle();
  }

  // Whether the words around names with their marks hand them out, no other name between.
  bool IsGiven(std::string_view text, Span names) const {
    std::string_view behind = text.substr(names.end, kMaxAround);
    behind = behind.substr(0, behind.find("《"));
    if (HoldsAny(behind, handed_)) return true;
    std::uint32_t low = names.begin < kMaxAround ? 0 : names.begin - kMaxAround;
    while ((static_cast<unsigned char>(text[low]) & 0xC0) == 0x80) ++low;
    std::string_view before = Slice(text, {low, names.begin});
    const std::size_t other = before.rfind("》");
    if (other != std::string_view::npos) before.remove_prefix(other);
    return HoldsAny(before, announced_) && IsAnnounced(behind);
  }

  // 印发给你们, 公布如下 behind the name; not 转发, which hands on what another issued.
  static bool IsAnnounced(std::string_view behind) {
    if (behind.find("转发") != std::string_view::npos) return false;
    for (const std::string_view word : {"印发", "公布", "发布", "下发"}) {
      if (behind.find(word) != std::string_view::npos) return true;
    }
    return false;
  }

  // 《甲部关于…的通知》: another's paper, or one of which the name says enough.
  bool NamesItsBody(MentionId id) const {
    const Span span = work_.mention(id).span;
    for (const MentionId inner : work_.Inner(id)) {
      if (work_.mention(inner).span.begin == span.begin && work_.Is(inner, "Organisation")) {
        return true;
      }
    }
    return false;
  }

  void Propose(MentionId body, MentionId paper, std::string_view rule, graph::Date date) {
    Proposal proposal;
    proposal.type = "ISSUED";
    proposal.from = body;
    proposal.to = paper;
    proposal.evidence = work_.mention(body).sentence;
    proposal.rule = rule;
    proposal.confidence = 0.85;
    if (!date.empty()) proposal.properties["date"] = date.ToString();
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const WordList& tails_;
  const WordList& explains_;
  const WordList& handed_;
  const WordList& announced_;
  const WordList& after_;
  Span range_;  // the sentences of the article that is read
};

}  // namespace

void FindSignatories(StructureContext& context) { Signatories(context).Run(); }

}  // namespace tupu::extract
