// HOLDS_POSITION of those whom a roster names under the posts of a body:
//   竹业发展领导小组组成人员名单如下：
//   组　长：周远航　　副省长
//   副组长：李青山　　省水利局局长
//   　　　　王　木　　省林业局局长
// The body is the one that the document's name says to be set up or made up anew.
#include <algorithm>
#include <string>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kMaxLine = 60;  // characters of a line between the entries
constexpr std::size_t kMinBody = 6;   // characters of the body's name
constexpr std::string_view kColon = "：";

std::uint32_t SpaceAt(std::string_view text, std::uint32_t pos) {
  for (const std::string_view space : {"　", " ", "\t", "\u00a0"}) {
    if (StartsWithAt(text, pos, space)) return static_cast<std::uint32_t>(space.size());
  }
  return 0;
}

std::string WithoutSpaces(std::string_view text) {
  std::string out;
  for (std::uint32_t at = 0; at < text.size();) {
    const std::uint32_t space = SpaceAt(text, at);
    const std::uint32_t size = space > 0 ? space : DecodeAt(text, at).size;
    if (space == 0) out += text.substr(at, size);
    at += size;
  }
  return out;
}

class Rosters {
 public:
  explicit Rosters(StructureContext& context)
      : work_(*context.work),
        labels_(WordsOf(*context.sets, "roster_label")),
        verbs_(WordsOf(*context.sets, "roster_verb")),
        bodies_(WordsOf(*context.sets, "roster_body")) {}

  void Run() {
    std::uint32_t article = static_cast<std::uint32_t>(-1);
    MentionId body = kNoMention;
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      if (work_.sentence(s).place.article != article) {
        article = work_.sentence(s).place.article;
        name_ = BodyOf(article);
        body = kNoMention;
        label_.clear();
      }
      if (!name_.empty()) Line(s, body);
    }
  }

 private:
  // The body in the name of the article's first document: 关于成立甲委员会的通知.
  std::string_view BodyOf(std::uint32_t article) const {
    const Span range = work_.ArticleSentences(article);
    if (range.begin == range.end) return {};
    const std::string_view title = work_.sentence(range.begin).text;
    for (std::uint32_t at = 0; at < title.size(); at += DecodeAt(title, at).size) {
      const std::uint32_t verb = LongestAt(title, at, verbs_);
      if (verb == 0) continue;
      const std::uint32_t begin = at + verb;
      for (std::uint32_t end = begin; end < title.size(); end += DecodeAt(title, end).size) {
        if (LongestBefore(title, end, bodies_) == 0) continue;
        const std::string_view rest = title.substr(end);
        const bool ends = rest.starts_with("组成") || rest.starts_with("成员") ||
                          rest.starts_with("的") || rest.starts_with("制度") ||
                          rest.starts_with("和");
        if (ends && CountCodePoints(title.substr(begin, end - begin)) >= kMinBody) {
          return title.substr(begin, end - begin);
        }
      }
      return {};
    }
    return {};
  }

  void Line(std::uint32_t s, MentionId& body) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t done = 0;
    bool entry = false;
    for (const MentionId id : std::vector<MentionId>(work_.sentence(s).mentions)) {
      const WorkMention& mention = work_.mention(id);
      if (mention.nested || !work_.Is(id, "Person") || mention.span.begin < done) continue;
      const std::uint32_t begin = mention.span.begin;
      if (!ReadLabel(text.substr(done, begin - done)) && !IsBlank(text.substr(0, begin))) continue;
      done = mention.span.end;
      if (label_.empty()) continue;
      entry = true;
      if (body == kNoMention) body = Body(s);
      if (body != kNoMention) Propose(id, body, s);
    }
    if (entry) return;
    // 委员：, （一）专家委员, an entry whose name nobody knows, or the end of the roster.
    const bool ends = text.ends_with("。") || CountCodePoints(text) > kMaxLine;
    if (!ReadLabel(text) && ends) label_.clear();
  }

  static bool IsBlank(std::string_view text) { return WithoutSpaces(text).empty(); }

  // Takes the label with which the text ends (…如下：　　组　长：).
  bool ReadLabel(std::string_view text) {
    std::string said = WithoutSpaces(text);
    if (!said.ends_with(kColon) && !said.ends_with(":")) return false;
    said.resize(said.size() - (said.ends_with(kColon) ? kColon.size() : 1));
    const std::uint32_t size =
        LongestBefore(said, static_cast<std::uint32_t>(said.size()), labels_);
    if (size == 0) return false;
    const std::string_view before = std::string_view(said).substr(0, said.size() - size);
    const bool alone = before.empty() || before.ends_with(kColon) || before.ends_with("。") ||
                       before.ends_with("）") || before.ends_with("、");
    if (!alone) return false;
    label_ = said.substr(said.size() - size);
    return true;
  }

  // The body as the article names it outside the document's name, a mention of its own.
  MentionId Body(std::uint32_t roster) {
    const std::uint32_t article = work_.sentence(roster).place.article;
    const Span range = work_.ArticleSentences(article);
    MentionId found = kNoMention;
    for (std::uint32_t s = range.begin; s < range.end; ++s) {
      const std::size_t at = work_.sentence(s).text.find(name_);
      if (at == std::string_view::npos) continue;
      const auto begin = static_cast<std::uint32_t>(at);
      const Span span{begin, begin + static_cast<std::uint32_t>(name_.size())};
      const MentionId known = work_.Find(s, span);
      if (known != kNoMention) work_.mention(known).type = TypeOf();
      if (found != kNoMention || s == range.begin) continue;
      if (known != kNoMention) {
        found = known;
        continue;
      }
      WorkMention mention;
      mention.sentence = s;
      mention.span = span;
      mention.type = TypeOf();
      mention.rule = "position.roster";
      mention.confidence = 0.9;
      found = work_.Add(std::move(mention));
    }
    return found;
  }

  // 省…领导小组 is a region's, 国家…委员会 the state's.
  std::string_view TypeOf() const {
    for (const std::string_view lead : {"国家", "国务院", "全国", "中央"}) {
      if (name_.starts_with(lead)) return "Ministry";
    }
    for (const std::string_view mark : {"省", "市", "自治区", "县", "区"}) {
      const std::size_t at = name_.find(mark);
      if (at != std::string_view::npos && at <= 12) return "LocalGovernment";
    }
    return "Ministry";
  }

  void Propose(MentionId person, MentionId body, std::uint32_t s) {
    Proposal proposal;
    proposal.type = "HOLDS_POSITION";
    proposal.from = person;
    proposal.to = body;
    proposal.properties["title"] = label_;
    proposal.evidence = s;
    proposal.rule = "position.roster";
    proposal.confidence = 0.9;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const WordList& labels_;
  const WordList& verbs_;
  const WordList& bodies_;
  std::string_view name_;  // of the article's body, empty: none
  std::string label_;      // the post of the entries that follow, empty: no roster
};

}  // namespace

void FindRosters(StructureContext& context) { Rosters(context).Run(); }

}  // namespace tupu::extract
