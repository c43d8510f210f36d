// PART_OF from names that begin with the parent's name, and BUILDS where a work's or a park's name
// begins with its company.
#include <algorithm>
#include <map>

#include "extract/facts/rules.h"
#include "extract/facts/structure.h"
#include "extract/facts/terms.h"

namespace tupu::extract {
namespace {

class Parents {
 public:
  explicit Parents(StructureContext& context)
      : work_(*context.work),
        gazetteer_(context.gazetteer),
        units_(WordsOf(*context.sets, "unit_tail")),
        suffixes_(WordsOf(*context.sets, "org_suffix")) {}

  void Run() {
    MarkParents();
    FindPlain();
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      if (work_.mention(id).antecedent != kNoMention) continue;
      // 远山集团青石岭特高压 in 远山集团青石岭特高压工程
      if (work_.mention(id).type == "Project" && work_.mention(id).nested) continue;
      const MentionId leader = Leader(id);
      if (work_.Is(id, "Organisation")) {
        Department(id, leader);
        if (work_.mention(id).type == "Company" && leader == kNoMention) Subsidiary(id);
      } else if (leader != kNoMention &&
                 (work_.mention(id).type == "Project" || work_.mention(id).type == "Zone")) {
        // 海川电气储能电池项目, 海川电气产业园: the company that the name begins with builds it.
        const std::string_view type = work_.mention(leader).type;
        if (type == "Company" && IsOwner(id, leader) && !IsBought(id) && !IsOnlySite(id) &&
            IsBuilt(id)) {
          Propose("BUILDS", leader, id, "builds.own_name", 0.75);
        }
      }
    }
  }

 private:
  // Parents at the start of names that the gazetteer knows whole, or that end in their office:
  // 中国科学院 in 中国科学院城市环境研究所, 河北省人民政府 in 河北省人民政府办公厅.
  void MarkParents() {
    const std::uint32_t size = work_.size();
    for (MentionId id = 0; id < size; ++id) {
      const WorkMention mention = work_.mention(id);
      if (mention.antecedent != kNoMention || !work_.Is(id, "Organisation") ||
          mention.span.size() > 200 || Leader(id) != kNoMention) {
        continue;
      }
      const std::string text(work_.Text(id));
      // Also in the name of a paper that begins with its issuer.
      if (mention.type == "LocalGovernment") MarkGovernment(mention, text);
      if (mention.nested) continue;
      if (mention.type == "LocalGovernment") MarkBodyOfUnit(mention, text);
      MarkBodyOfOffice(mention, text);
      MarkForeignBody(id, mention, text);
      if (gazetteer_ == nullptr) continue;
      if (mention.entries.size() == 1) MarkKnownParent(mention, text);
      if (mention.entries.empty() && Leader(id) == kNoMention) MarkKnownFirm(mention, text);
    }
  }

  // 省教育厅 of 省教育厅人事处.
  void MarkBodyOfUnit(const WorkMention& unit, std::string_view name) {
    if (!name.ends_with("处") && !name.ends_with("科")) return;
    for (const std::string_view body : {"办公厅", "厅", "局"}) {
      const std::size_t at = name.find(body);
      if (at == std::string_view::npos || at < 6) continue;
      const std::size_t end = at + body.size();
      if (end + 6 <= name.size()) {
        Mark(unit, static_cast<std::uint32_t>(end), unit.type, {});
        return;
      }
    }
  }

  // 竹林普查领导小组 of 竹林普查领导小组办公室.
  void MarkBodyOfOffice(const WorkMention& office, std::string_view name) {
    constexpr std::string_view kOffice = "办公室";
    if (!name.ends_with(kOffice)) return;
    const std::string_view body = name.substr(0, name.size() - kOffice.size());
    for (const std::string_view group : {"领导小组", "指挥部", "协调小组", "工作小组", "委员会"}) {
      if (!body.ends_with(group) || body.size() < group.size() + 9) continue;
      Mark(office, static_cast<std::uint32_t>(body.size()), office.type, {});
      return;
    }
  }

  // The parliament of 乙国议会参议院, the ministry of 乙国商务部统计局.
  void MarkForeignBody(MentionId id, const WorkMention& mention, std::string_view name) {
    if (mention.type != "Institution") return;
    std::uint32_t state = 0;
    for (const MentionId inner : work_.Inner(id)) {
      const WorkMention& region = work_.mention(inner);
      if (region.span.begin == mention.span.begin && region.type == "Place") {
        state = region.span.size();
      }
    }
    if (state == 0) return;
    for (const std::string_view body : {"国会", "议会", "最高会议", "部", "省"}) {
      const std::size_t at = name.find(body, state);
      if (at == std::string_view::npos) continue;
      const std::size_t end = at + body.size();
      const bool assembly = body.size() > 3;
      if (assembly ? at != state : (at < state + 6 || at > state + 18)) continue;
      const std::string_view rest = name.substr(end);
      if (rest.size() < 6 ||
          (!assembly && !rest.ends_with("局") && !rest.ends_with("厅") && !rest.ends_with("署"))) {
        continue;
      }
      Mark(mention, static_cast<std::uint32_t>(end), mention.type, {});
      return;
    }
  }

  // 中国石油 of 中国石油东山公司: what begins with 中国 is not looked for inside other names.
  void MarkKnownFirm(const WorkMention& mention, const std::string& text) {
    constexpr std::uint32_t kLeast = 12;      // bytes of the parent's name
    constexpr std::uint32_t kLeastRest = 15;  // 港湾工程公司 is 港湾 itself
    if (mention.type != "Company") return;
    const std::uint32_t rest = text.ends_with("部") ? 9 : kLeastRest;
    std::uint32_t length = 0;
    std::uint32_t parent = 0;
    for (const GazetteerMatch& match : gazetteer_->FindAll(text)) {
      if (match.span.begin != 0 || match.span.end < kLeast || match.span.end <= length ||
          match.span.end + rest > text.size() || match.senses.size() != 1) {
        continue;
      }
      const Sense& sense = match.senses.front();
      if (sense.weak || gazetteer_->entries()[sense.entry].type != "Company") continue;
      length = match.span.end;
      parent = sense.entry;
    }
    if (length > 0) Mark(mention, length, "Company", {parent});
  }

  // The government of its office, with whose name `outer` begins.
  void MarkGovernment(const WorkMention& outer, std::string_view name) {
    for (const std::string_view office : {"人民政府办公厅", "人民政府办公室"}) {
      if (!name.ends_with(office)) continue;
      const auto length = static_cast<std::uint32_t>(name.size() - office.size() + 12);
      if (length > 12) Mark(outer, length, "LocalGovernment", {});
    }
  }

  void MarkKnownParent(const WorkMention& mention, const std::string& text) {
    const std::vector<GazetteerEntry>& entries = gazetteer_->entries();
    const GazetteerEntry& own = entries[mention.entries.front()];
    std::uint32_t length = 0;
    std::uint32_t parent = 0;
    for (const GazetteerMatch& match : gazetteer_->FindAll(text)) {
      if (match.span.begin != 0 || match.span.end <= length || match.span.end == text.size()) {
        continue;
      }
      for (const Sense& sense : match.senses) {
        const GazetteerEntry& entry = entries[sense.entry];
        if (sense.entry == mention.entries.front() || !gazetteer_->IsWithin(own.id, entry.id) ||
            !work_.schema().IsA(entry.type, "Organisation")) {
          continue;
        }
        length = match.span.end;
        parent = sense.entry;
      }
    }
    if (length > 0) Mark(mention, length, entries[parent].type, {parent});
  }

  void Mark(const WorkMention& outer, std::uint32_t length, std::string_view type,
            std::vector<std::uint32_t> entries) {
    WorkMention parent;
    parent.sentence = outer.sentence;
    parent.span = {outer.span.begin, outer.span.begin + length};
    parent.type = type;
    parent.rule = entries.empty() ? "parent.office" : "gazetteer";
    parent.confidence = 0.8;
    parent.entries = std::move(entries);
    parent.nested = true;
    work_.Add(std::move(parent));
  }

  // The longest organisation that the name begins with.
  MentionId Leader(MentionId id) const {
    const Span span = work_.mention(id).span;
    MentionId leader = kNoMention;
    for (const MentionId inner : work_.Inner(id)) {
      // 远山集团 of 远山集团有限公司 is the company itself.
      if (work_.mention(inner).rule == "company.core") continue;
      if (work_.mention(inner).span.begin != span.begin || !work_.Is(inner, "Organisation"))
        continue;
      if (leader == kNoMention ||
          work_.mention(inner).span.size() > work_.mention(leader).span.size()) {
        leader = inner;
      }
    }
    return leader;
  }

  std::string_view Rest(MentionId id, MentionId leader) const {
    return work_.Text(id).substr(work_.mention(leader).span.size());
  }

  // Whether the name begins with its builder, and not with a word that is also a company's short
  // form (滨江水利 of 滨江水利枢纽): a full form, one that the document uses by itself, or one
  // before a place or a number.
  bool IsOwner(MentionId id, MentionId leader) const {
    if (work_.mention(id).entries.size() == 1) return false;
    // 远山电网光缆采购项目: what it buys others build.
    if (work_.Text(id).find("采购") != std::string_view::npos) return false;
    const std::string_view name = work_.Text(leader);
    if (name.size() >= 15) return true;  // five characters
    if (LongestBefore(name, static_cast<std::uint32_t>(name.size()), suffixes_) > 0) return true;
    if (plain_.count({work_.Article(id), std::string(name)}) > 0) return true;
    const std::string_view rest = Rest(id, leader);
    for (const std::string_view start : {"年产", "新", "第", "“", "西南", "东北", "西北", "华"}) {
      if (StartsWithAt(rest, 0, start)) return true;
    }
    if (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') return true;
    const std::uint32_t end = work_.mention(leader).span.end;
    const std::vector<MentionId> inner = work_.Inner(id);
    return std::any_of(inner.begin(), inner.end(), [&](MentionId region) {
      return work_.mention(region).span.begin == end && RegionDepth(work_, region) >= 0;
    });
  }

  // 收购远山电力公司风电项目: it changes hands, whoever builds it.
  bool IsBought(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    std::string_view before = work_.sentence(mention.sentence).text.substr(0, mention.span.begin);
    const std::size_t clause = before.rfind("，");
    if (clause != std::string_view::npos) before.remove_prefix(clause);
    return before.find("收购") != std::string_view::npos ||
           before.find("并购") != std::string_view::npos ||
           before.find("转让") != std::string_view::npos;
  }

  // 远山电气工厂 of a sentence that tells of no building is only where something happens.
  bool IsBuilt(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    if (mention.type != "Project" || work_.Text(id).find("项目") != std::string_view::npos) {
      return true;
    }
    const std::string_view text = work_.sentence(mention.sentence).text;
    static constexpr std::string_view kTold[] = {
        "投产", "开工", "动工", "建成", "竣工", "完工", "奠基", "落成", "封顶", "吊装", "并网",
        "投运", "投用", "启动", "开建", "扩建", "新建", "建设", "达产", "量产", "落户", "签约"};
    return std::any_of(std::begin(kTold), std::end(kTold), [&](std::string_view word) {
      return text.find(word) != std::string_view::npos;
    });
  }

  // 在“远山产业园”内, 远山新城管委会: where something is, whoever built that.
  bool IsOnlySite(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    if (mention.type != "Zone") return false;
    const std::string_view text = work_.sentence(mention.sentence).text;
    std::uint32_t at = mention.span.end;
    if (StartsWithAt(text, at, "”")) at += 3;
    for (const std::string_view word : {"内", "里", "管委会"}) {
      if (StartsWithAt(text, at, word)) return true;
    }
    return false;
  }

  void Department(MentionId id, MentionId leader) {
    if (leader == kNoMention) return;
    const std::string_view text = work_.Text(id);
    const auto end = static_cast<std::uint32_t>(text.size());
    if (LongestBefore(text, end, units_) == 0 && !IsWithin(id, leader)) return;
    // 中央纪委国家监委: two that work as one, neither in the other.
    const Span whole = work_.mention(id).span;
    const std::uint32_t rest_begin = work_.mention(leader).span.end;
    const MentionId second = work_.Find(work_.mention(id).sentence, {rest_begin, whole.end});
    if (second != kNoMention && work_.mention(second).type == "Ministry" &&
        work_.mention(leader).type == "Ministry") {
      return;
    }
    // 甲市纪委监察局 likewise.
    const std::string_view own = Rest(id, leader);
    for (const std::string_view twin :
         {"监察局", "监委", "国家监委", "监察委", "监察厅", "监察部", "监察委员会", "人民政府"}) {
      if (own == twin) return;
    }
    // 远山家居股份有限公司 is 远山家居.
    if (work_.mention(id).type == "Company" && !own.empty() && !own.starts_with("分") &&
        !own.starts_with("子") &&
        LongestBefore(own, static_cast<std::uint32_t>(own.size()), suffixes_) == own.size()) {
      return;
    }
    // 禾和竹业(4.000,-0.07,-1.72%)集团有限公司 is 禾和竹业.
    const std::string_view rest = Rest(id, leader);
    if (rest.size() > 1 && rest[0] == '(' &&
        ((rest[1] >= '0' && rest[1] <= '9') || StartsWithAt(rest, 1, "行情"))) {
      return;
    }
    Propose("PART_OF", id, leader, "parent.in_name", 0.9);
  }

  // What the gazetteer says of both: 国务院安委办 belongs to 国务院.
  bool IsWithin(MentionId id, MentionId leader) const {
    const std::vector<std::uint32_t>& own = work_.mention(id).entries;
    const std::vector<std::uint32_t>& parent = work_.mention(leader).entries;
    if (gazetteer_ == nullptr || own.size() != 1 || parent.size() != 1 || work_.Is(id, "Company")) {
      return false;
    }
    const std::vector<GazetteerEntry>& entries = gazetteer_->entries();
    return gazetteer_->IsWithin(entries[own.front()].id, entries[parent.front()].id);
  }

  // The companies that each article names by themselves.
  void FindPlain() {
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Company" || mention.nested || mention.antecedent != kNoMention) continue;
      plain_.emplace(std::pair(work_.Article(id), std::string(work_.Text(id))), id);
    }
  }

  void Subsidiary(MentionId id) {
    const std::string_view text = work_.Text(id);
    // 格力电器(重庆)有限公司.
    const std::size_t bracket = std::min(text.find("("), text.find("（"));
    if (bracket != std::string_view::npos && bracket >= 6) {
      const auto it = plain_.find({work_.Article(id), std::string(text.substr(0, bracket))});
      if (it != plain_.end()) Propose("PART_OF", id, it->second, "parent.bracketed", 0.8);
    }
  }

  void Propose(const char* type, MentionId from, MentionId to, const char* rule,
               double confidence) {
    Proposal proposal;
    proposal.type = type;
    proposal.from = from;
    proposal.to = to;
    proposal.evidence = work_.mention(from).sentence;
    proposal.rule = rule;
    proposal.confidence = confidence;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const Gazetteer* gazetteer_;
  const WordList& units_;
  const WordList& suffixes_;
  std::map<std::pair<std::uint32_t, std::string>, MentionId> plain_;
};

}  // namespace

void FindParents(StructureContext& context) { Parents(context).Run(); }

}  // namespace tupu::extract
