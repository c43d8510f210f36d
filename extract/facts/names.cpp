#include "extract/facts/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "extract/facts/firm_names.h"
#include "extract/facts/headline_names.h"
#include "extract/facts/line_names.h"
#include "extract/facts/name_sets.h"
#include "extract/facts/policy_names.h"
#include "extract/facts/sessions.h"
#include "extract/facts/terms.h"
#include "graph/base/name_hash.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// How many names and sentences a bare 市 or 省 may look back and ahead for its region.
constexpr std::size_t kNamesMaxBack = 1500;
constexpr std::size_t kMaxAhead = 300;

// Names that mean another thing in every article: 《通知》, 市财政局, 全会.
bool LivesInArticle(const std::string& folded, std::string_view type, std::string_view text) {
  const std::size_t length = CountCodePoints(folded);
  if (type == "Policy") return length <= 4;
  if (type == "Event" || type == "Project") return length <= 5;
  return !BarePrefix(text).empty();
}

std::string_view StripSuffix(std::string_view name, const WordList& suffixes) {
  const std::uint32_t size = LongestBefore(name, static_cast<std::uint32_t>(name.size()), suffixes);
  return size + 6 <= name.size() ? name.substr(0, name.size() - size) : name;
}

class Grouper {
 public:
  Grouper(Workspace& work, const Gazetteer* gazetteer, const WordSets& sets)
      : work_(work), gazetteer_(gazetteer), words_(sets) {}

  void AddIntroduced() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      const std::vector<MentionId> mentions = work_.sentence(s).mentions;
      for (const MentionId id : mentions) Introduce(s, id);
    }
  }

  void JoinAll() {
    sets_ = std::make_unique<NameSets>(work_.size());
    for (MentionId id = 0; id < work_.size(); ++id) folded_.push_back(FoldForm(FullText(id)));
    JoinEqual();
    JoinIntroduced();
    JoinCompanies();
    JoinFirmNames(work_, words_, folded_, *sets_);
    JoinPolicyNames(work_, folded_, *sets_);
    for (const auto& [above, full] : FindHeadlineNames(work_)) sets_->Join(full, above);
    JoinShortWorks();
    JoinEditions();
    JoinSessions();
    JoinBareNames();
    for (MentionId id = 0; id < work_.size(); ++id) {
      const MentionId antecedent = work_.mention(id).antecedent;
      if (antecedent != kNoMention) sets_->Join(id, antecedent);
    }
  }

  void Collect(std::vector<NameGroup>& groups, std::vector<GroupId>& of) {
    of.assign(work_.size(), kNoGroup);
    std::vector<GroupId> of_root(work_.size(), kNoGroup);
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (work_.mention(id).ignored) continue;
      GroupId& group = of_root[sets_->Root(id)];
      if (group == kNoGroup) {
        group = static_cast<GroupId>(groups.size());
        groups.emplace_back();
      }
      of[id] = group;
      if (work_.mention(id).antecedent == kNoMention) groups[group].mentions.push_back(id);
    }
    for (NameGroup& group : groups) Finish(group);
  }

 private:
  std::string_view FullText(MentionId id) const {
    const WorkMention& mention = work_.mention(id);
    return mention.full.empty() ? work_.Text(id) : std::string_view(mention.full);
  }

  // The first mention that was given this name, `id` where it is the first. `form` tells forms of
  // one kind apart that are no names.
  MentionId First(std::string_view kind, std::string_view form, std::string_view name,
                  std::uint32_t article, MentionId id) {
    key_.assign(kind);
    key_ += form;
    key_ += '\0';
    for (int shift = 0; shift < 32; shift += 8) key_ += static_cast<char>(article >> shift);
    key_ += name;
    return by_name_.try_emplace(key_, id).first->second;
  }

  // 《工业园区指引》（以下简称《指引》）: what the remark names is the mention before it.
  void Introduce(std::uint32_t s, MentionId id) {
    const WorkMention mention = work_.mention(id);
    if (mention.nested) return;
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t at = mention.span.end;
    for (const std::string_view mark : {"》", "”", "\"", "〉"}) {
      if (StartsWithAt(text, at, mark)) at += static_cast<std::uint32_t>(mark.size());
    }
    const std::uint32_t end = SkipRemark(text, at);
    if (end == at) return;
    const std::string_view remark = text.substr(at, end - at);
    std::size_t word = std::string_view::npos;
    for (const std::string_view cue : {"简称", "下称", "统称", "又称", "又名", "原名"}) {
      word = std::min(word, remark.find(cue));
    }
    if (word == std::string_view::npos) return;
    std::uint32_t from = at + static_cast<std::uint32_t>(word) + 6;
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view mark : {"为", "：", ":", "“", "《", "\"", "”", "‘", " "}) {
        if (StartsWithAt(text, from, mark)) {
          from += static_cast<std::uint32_t>(mark.size());
          again = true;
        }
      }
    }
    std::uint32_t to = from;
    while (to < end) {
      bool stop = false;
      for (const std::string_view mark :
           {"”", "》", "\"", "）", ")", "，", "、", "’", "或", "；", ",", " "}) {
        stop = stop || StartsWithAt(text, to, mark);
      }
      if (stop) break;
      to += DecodeAt(text, to).size;
    }
    if (to < from + 4 || to > from + 60) return;
    WorkMention alias = mention;
    alias.span = {from, to};
    alias.rule = "name.introduced";
    alias.entries.clear();
    alias.full.clear();
    const MentionId known = work_.Find(s, alias.span);
    const MentionId made = known != kNoMention ? known : work_.Add(std::move(alias));
    introduced_.emplace_back(id, made);
  }

  // The name from its last leading region on; whole where it begins with one region or none.
  std::string_view WithoutUpperRegions(MentionId id) const {
    const Span span = work_.mention(id).span;
    std::uint32_t begin = span.begin;
    std::uint32_t end = span.begin;  // of the regions so far
    if (work_.Text(id).starts_with("中共")) begin = end = span.begin + 6;
    for (const MentionId inner : work_.Inner(id)) {
      const Span region = work_.mention(inner).span;
      if (region.begin != end || RegionDepth(work_, inner) < 0) continue;
      begin = region.begin;
      end = region.end;
    }
    return work_.Text(id).substr(begin - span.begin);
  }

  void JoinEqual() {
    // By name and, where the name lives within one article, by that article.
    std::map<std::pair<std::string_view, std::uint32_t>, MentionId> by_entry;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.antecedent != kNoMention) continue;
      const std::string_view kind = work_.schema().KeyType(mention.type);
      const std::uint32_t article = LivesInArticle(folded_[id], mention.type, FullText(id))
                                        ? work_.Article(id)
                                        : static_cast<std::uint32_t>(-1);
      sets_->Join(First(kind, "", folded_[id], article, id), id);
      if (mention.entries.size() == 1) {
        const auto [entry, first] = by_entry.try_emplace({kind, mention.entries.front()}, id);
        if (!first) sets_->Join(entry->second, id);
      }
      if (RegionDepth(work_, id) >= 0 && mention.type != "Place" && mention.type != "Zone") {
        const std::string bare =
            FoldName(StripSuffix(FullText(id), WordsOf(words_, "region_suffix")));
        sets_->Join(First(kind, "*", bare, article, id), id);
      }
      // 重庆市江北区检察院, 江北区检察院: the regions above the smallest one may be left out.
      if (work_.Is(id, "Organisation") && mention.type != "Company") {
        const std::string_view lower = WithoutUpperRegions(id);
        const bool whole = lower == FullText(id) && folded_[id].find('-') == std::string::npos;
        if (!whole) sets_->Join(First(kind, "", FoldName(lower), article, id), id);
      }
      if (mention.type == "Project") {
        static const WordList kWork({"项目", "工程", "建设"});
        const std::string bare = FoldName(StripSuffix(FullText(id), kWork));
        // As the name without the word lives.
        const std::uint32_t lives = LivesInArticle(bare, mention.type, bare)
                                        ? work_.Article(id)
                                        : static_cast<std::uint32_t>(-1);
        sets_->Join(First("Project", "*", bare, lives, id), id);
      }
    }
  }

  void JoinIntroduced() {
    for (const auto& [full, alias] : introduced_) {
      sets_->Join(full, alias);
      // The short form as it is used in the rest of the article, whatever type it was taken for.
      const Span range = work_.ArticleSentences(work_.Article(full));
      for (std::uint32_t s = range.begin; s < range.end; ++s) {
        for (const MentionId id : work_.sentence(s).mentions) {
          if (id == alias || folded_[id] != folded_[alias]) continue;
          if (work_.mention(id).nested) continue;
          work_.mention(id).type = work_.mention(full).type;
          sets_->Join(full, id);
        }
      }
      work_.mention(alias).type = work_.mention(full).type;
    }
  }

  // 长信科技 for 芜湖长信科技股份有限公司: what stays of a full company name without its region and
  // its legal form, when the article has just one such company.
  void JoinCompanies() {
    const WordList& suffixes = WordsOf(words_, "org_suffix");
    std::map<std::pair<std::uint32_t, std::string>, std::set<std::uint32_t>> cores;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Company" || mention.antecedent != kNoMention) continue;
      const std::string_view text = work_.Text(id);
      const std::string_view stripped = StripSuffix(text, suffixes);
      if (stripped.size() == text.size()) continue;
      std::uint32_t begin = 0;
      for (const MentionId inner : work_.Inner(id)) {
        const Span span = work_.mention(inner).span;
        if (RegionDepth(work_, inner) >= 0 && span.begin == mention.span.begin + begin) {
          begin = span.end - mention.span.begin;
        }
      }
      const std::uint32_t root = sets_->Root(id);
      const std::uint32_t article = work_.Article(id);
      cores[{article, FoldName(stripped)}].insert(root);
      if (begin > 0 && begin + 6 <= stripped.size()) {
        cores[{article, FoldName(stripped.substr(begin))}].insert(root);
        cores[{article, FoldName(text.substr(begin))}].insert(root);
      }
    }
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Company" || mention.antecedent != kNoMention) continue;
      const auto it = cores.find({work_.Article(id), folded_[id]});
      if (it != cores.end() && it->second.size() == 1) sets_->Join(*it->second.begin(), id);
    }
  }

  // A project or an event whose name the article also gives shorter: 滨江污水厂项目, where one only
  // is meant: 滨江新城污水厂(一期)项目.
  void JoinShortWorks() {
    std::map<std::pair<std::string_view, std::uint32_t>, std::vector<MentionId>> works;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Project" && mention.type != "Event") continue;
      if (mention.antecedent != kNoMention) continue;
      std::vector<MentionId>& list = works[{mention.type, work_.Article(id)}];
      if (list.size() < 100) list.push_back(id);
    }
    for (const auto& [at, list] : works) {
      for (const MentionId id : list) {
        const std::size_t length = CountCodePoints(folded_[id]);
        if (length < 4) continue;
        const bool known = work_.mention(id).entries.size() == 1;
        std::set<std::uint32_t> roots;
        for (const MentionId other : list) {
          const std::size_t whole = CountCodePoints(folded_[other]);
          if (whole <= length || whole > 3 * length) continue;
          if (work_.mention(other).entries.size() == 1) continue;
          if ((length >= 6 && !known && IsShorterForm(folded_[id], folded_[other])) ||
              IsWithoutOwner(id, other) ||
              (at.first == "Project" && NamesSameLine(folded_[id], folded_[other]))) {
            roots.insert(sets_->Root(other));
          }
        }
        roots.erase(sets_->Root(id));
        if (roots.size() == 1) sets_->Join(*roots.begin(), id);
      }
    }
  }

  // 石梁隧道 of 甲高铁石梁隧道, 防东铁路 of 广西防东铁路, 中欧班列 of 首趟中欧班列: what stands
  // before the name is where the work is, the line that it is a part of, or which one it is.
  bool IsWithoutOwner(MentionId part, MentionId whole) const {
    if (work_.mention(part).type != "Project") return false;
    const std::string_view name = work_.Text(whole);
    const std::string_view tail = work_.Text(part);
    if (!name.ends_with(tail)) return false;
    const auto rest = static_cast<std::uint32_t>(name.size() - tail.size());
    const std::string_view before = name.substr(0, rest);
    if (before == "首趟" || before == "首列" || before == "新建" || before == "在建") return true;
    const std::uint32_t begin = work_.mention(whole).span.begin;
    std::uint32_t end = begin;
    for (const MentionId inner : work_.Inner(whole)) {
      const WorkMention& mention = work_.mention(inner);
      const bool owner = mention.type == "Project" || RegionDepth(work_, inner) >= 0;
      if (owner && mention.span.begin == end) end = mention.span.end;
    }
    return end == begin + rest;
  }

  // 进博会 beside 第七届中国国际进口博览会: a fair that the gazetteer knows, where the article
  // speaks of one edition only.
  void JoinEditions() {
    if (gazetteer_ == nullptr) return;
    std::map<std::uint32_t, std::vector<MentionId>> editions;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Event" || mention.nested || mention.antecedent != kNoMention) continue;
      std::vector<MentionId>& list = editions[work_.Article(id)];
      if (mention.entries.empty() && list.size() < 50) list.push_back(id);
    }
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.type != "Event" || mention.nested || mention.antecedent != kNoMention ||
          mention.entries.size() != 1) {
        continue;
      }
      const GazetteerEntry& entry = gazetteer_->entries()[mention.entries.front()];
      std::set<std::uint32_t> roots;
      for (const MentionId other : editions[work_.Article(id)]) {
        if (IsEdition(work_.Text(other), entry)) roots.insert(sets_->Root(other));
      }
      if (roots.size() == 1) sets_->Join(*roots.begin(), id);
    }
  }

  // As names are folded, and all dashes alike: “竹海—31” and “竹海-31”.
  static std::string FoldForm(std::string_view text) {
    std::string out = FoldName(text);
    for (const std::string_view dash : {"—", "–", "－", "─"}) {
      for (std::size_t at = out.find(dash); at != std::string::npos; at = out.find(dash, at)) {
        out.replace(at, dash.size(), "-");
      }
    }
    return out;
  }

  // 全国政协五届常委会第三次会议 beside 政协第五届全国委员会常务委员会第三次会议; 全国政协主席会议
  // beside the one of its number.
  void JoinSessions() {
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> sessions;
    std::map<std::uint32_t, std::set<std::uint32_t>> chairs;  // by article
    std::vector<MentionId> unnumbered;
    for (MentionId id = 0; id < work_.size(); ++id) {
      if (work_.mention(id).type != "Event" || work_.mention(id).antecedent != kNoMention) continue;
      if (work_.Text(id) == "全国政协主席会议") unnumbered.push_back(id);
      const std::string session = SessionOf(work_.Text(id));
      if (session.empty()) continue;
      const auto [it, fresh] = sessions.try_emplace({work_.Article(id), session}, sets_->Root(id));
      if (!fresh) sets_->Join(it->second, id);
      if (session.find("政协主席会议") == 0) chairs[work_.Article(id)].insert(it->second);
    }
    for (const MentionId id : unnumbered) {
      const std::set<std::uint32_t>& roots = chairs[work_.Article(id)];
      if (roots.size() == 1) sets_->Join(*roots.begin(), id);
    }
  }

  // A form of the entry behind its number or year.
  static bool IsEdition(std::string_view name, const GazetteerEntry& entry) {
    const auto ends = [&](std::string_view form) {
      if (form.size() < 9 || !name.ends_with(form)) return false;
      const std::string_view before = name.substr(0, name.size() - form.size());
      return before.find("届") != std::string_view::npos || before.ends_with("年");
    };
    return ends(entry.name) || std::any_of(entry.aliases.begin(), entry.aliases.end(), ends);
  }

  // 省高企协会 for 广东省高新技术企业协会, 省发改委 for 湖南省发展改革委.
  bool Abbreviates(MentionId bare, MentionId full) const {
    const std::string_view part = folded_[bare];
    std::string_view whole = folded_[full];
    if (part.ends_with("委") && whole.ends_with("委员会")) whole.remove_suffix(6);
    std::string_view word = BarePrefix(part);
    if (word.empty()) word = part.substr(0, DecodeAt(part, 0).size);
    if (CountCodePoints(part) < 4 || work_.mention(bare).type != work_.mention(full).type ||
        !whole.ends_with(part.substr(part.size() - 3))) {
      return false;
    }
    const std::size_t level = whole.find(word);
    return level != std::string_view::npos &&
           IsSubsequence(part.substr(word.size()), whole.substr(level + word.size()));
  }

  // A department without its region, or behind the one-letter form of its country.
  bool IsBareName(MentionId id) const {
    return !BarePrefix(work_.Text(id)).empty() ||
           work_.mention(id).rule == "institution.foreign_short";
  }

  // 省科技厅 beside 广东省科技厅, 韩外交部 beside 韩国外交部: the full name of the same department
  // in the article.
  void JoinBareNames() {
    std::map<std::uint32_t, std::vector<MentionId>> full, bare;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.antecedent != kNoMention || !work_.Is(id, "Organisation")) continue;
      std::vector<MentionId>& names = (IsBareName(id) ? bare : full)[work_.Article(id)];
      if (names.size() < 500) names.push_back(id);
    }
    std::map<std::pair<std::uint32_t, std::string>, MentionId> done;
    for (MentionId id = 0; id < work_.size() && done.size() < 200; ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.antecedent != kNoMention || !work_.Is(id, "Organisation")) continue;
      if (!IsBareName(id)) continue;
      const std::uint32_t article = work_.Article(id);
      const auto [it, fresh] = done.try_emplace({article, folded_[id]}, kNoMention);
      if (fresh) {
        std::set<std::uint32_t> roots;
        for (const MentionId other : full[article]) {
          if (!folded_[other].ends_with(folded_[id]) && !Abbreviates(id, other)) continue;
          if (roots.insert(sets_->Root(other)).second) it->second = other;
        }
        // 市发改委 beside 市发展改革委: both without their city.
        for (const MentionId other : roots.empty() ? bare[article] : std::vector<MentionId>()) {
          if (BarePrefix(folded_[other]) != BarePrefix(folded_[id])) continue;
          if (folded_[other].size() <= folded_[id].size() || !Abbreviates(id, other)) continue;
          if (roots.insert(sets_->Root(other)).second) it->second = other;
        }
        if (roots.size() != 1) it->second = kNoMention;
      }
      if (it->second != kNoMention) sets_->Join(it->second, id);
    }
  }

  void Finish(NameGroup& group) {
    std::map<std::string_view, std::pair<double, std::size_t>> types;
    std::set<std::string_view> forms;
    std::string official;  // the gazetteer's name
    std::size_t longest = 0;
    for (const MentionId id : group.mentions) {
      const WorkMention& mention = work_.mention(id);
      auto& [weight, count] = types[mention.type];
      weight += mention.confidence;
      ++count;
      const std::string_view form = FullText(id);
      forms.insert(form);
      // A notice that only hands on another document names it worse than its own name, and so does
      // a number.
      const bool worse = mention.type == "Policy" &&
                         (form.find("印发") != std::string_view::npos || IsDocumentNumber(form) ||
                          form.find("关于公布《") != std::string_view::npos ||
                          form.find("关于发布《") != std::string_view::npos);
      const std::size_t length = worse ? 1 : CountCodePoints(form) + 1;
      if (length > longest) {
        longest = length;
        group.name = form;
      }
      if (mention.confidence > group.confidence) {
        group.confidence = mention.confidence;
        group.rule = mention.rule;
      }
      if (group.canonical_id.empty() && gazetteer_ != nullptr && mention.entries.size() == 1) {
        const GazetteerEntry& entry = gazetteer_->entries()[mention.entries.front()];
        if (work_.schema().KeyType(entry.type) == work_.schema().KeyType(mention.type)) {
          group.canonical_id = entry.id;
          official = entry.name;
        }
      }
    }
    double best = -1;
    for (const auto& [type, weight] : types) {
      if (weight.first > best) {
        best = weight.first;
        group.type = type;
      }
    }
    forms.erase(group.name);
    group.aliases.assign(forms.begin(), forms.end());
    group.elided = group.canonical_id.empty() && !BarePrefix(group.name).empty();
    // Completed (广东 → 广东省, 市财政局 → 上海市财政局), not made official: who writes
    // 国家发展改革委 or 中共中央 has written the name in full.
    const bool complete = official.empty() || (!work_.schema().IsA(group.type, "Region") &&
                                               BarePrefix(group.name).empty());
    group.canonical_name = complete ? group.name : official;
  }

  Workspace& work_;
  const Gazetteer* gazetteer_;
  const WordSets& words_;
  std::unique_ptr<NameSets> sets_;
  std::vector<std::string> folded_;
  std::unordered_map<std::string, MentionId, NameHash, std::equal_to<>> by_name_;
  std::string key_;
  std::vector<std::pair<MentionId, MentionId>> introduced_;
};

// Whether both name one region: 河北 and 河北省, but not 张家口 and 张家港.
bool SameRegion(const Workspace& work, MentionId a, MentionId b) {
  const std::vector<std::uint32_t>& entries = work.mention(a).entries;
  const std::vector<std::uint32_t>& others = work.mention(b).entries;
  return work.Text(a) == work.Text(b) ||
         std::find_first_of(entries.begin(), entries.end(), others.begin(), others.end()) !=
             entries.end();
}

// The region whose bodies the article names around the sentence, where it is one only: in a paper
// of 河北省教育厅 that speaks of 湖南长沙, 省教育厅 is the one of 河北省.
template <typename Fits>
MentionId RulingRegion(const Workspace& work, Span range, std::uint32_t sentence,
                       const Fits& fits) {
  constexpr std::uint32_t kMostAway = 200;  // sentences
  constexpr std::size_t kMostSearched = 600;
  MentionId found = kNoMention;
  std::size_t steps = 0;
  bool several = false;
  const auto search = [&](std::uint32_t s) {
    for (const MentionId id : work.sentence(s).mentions) {
      if (++steps > kMostSearched) return;
      if (!work.mention(id).nested || !fits(id)) continue;
      const MentionId outer = work.Outer(id);
      if (outer == kNoMention || work.mention(outer).type != "LocalGovernment" ||
          work.mention(outer).span.begin != work.mention(id).span.begin) {
        continue;
      }
      several = several || (found != kNoMention && !SameRegion(work, found, id));
      if (found == kNoMention) found = id;
    }
  };
  // The nearest first, so that a crowded page is searched where it is asked about.
  for (std::uint32_t away = 0; away <= kMostAway && steps <= kMostSearched; ++away) {
    if (away <= sentence - range.begin) search(sentence - away);
    if (away > 0 && sentence + away < range.end) search(sentence + away);
    if (several) return kNoMention;
  }
  return found;
}

}  // namespace

Names Names::Group(Workspace& work, const Gazetteer* gazetteer, const WordSets& sets) {
  Names names;
  Grouper grouper(work, gazetteer, sets);
  grouper.AddIntroduced();
  grouper.JoinAll();
  grouper.Collect(names.groups_, names.of_);
  return names;
}

MentionId Names::MentionIn(const Workspace& work, GroupId id, std::uint32_t article,
                           std::uint32_t sentence) const {
  MentionId best = kNoMention;
  std::uint32_t distance = static_cast<std::uint32_t>(-1);
  for (const MentionId mention : groups_[id].mentions) {
    if (work.Article(mention) != article) continue;
    const std::uint32_t at = work.mention(mention).sentence;
    const std::uint32_t away = at > sentence ? at - sentence : sentence - at;
    if (away < distance) {
      distance = away;
      best = mention;
    }
  }
  return best;
}

int RegionDepth(const Workspace& work, MentionId id) {
  const std::string_view type = work.mention(id).type;
  if (type == "Province") return 1;
  if (type == "City") return 2;
  if (type == "County") return 3;
  if (type == "Zone" || type == "Place") return 4;
  return -1;
}

std::string_view BarePrefix(std::string_view name) {
  constexpr std::array<std::string_view, 9> kWords = {"自治区", "自治州", "自治县", "省", "市",
                                                      "县",     "区",     "州",     "盟"};
  // What follows the word in a bare name: a committee, government or department.
  for (const std::string_view word : kWords) {
    if (!StartsWithAt(name, 0, word)) continue;
    const std::string_view rest = name.substr(word.size());
    // 市场监管总局 and 区块链… begin with the same character.
    if (rest.substr(0, 3) == "场" || rest.substr(0, 3) == "块" || rest.substr(0, 3) == "域" ||
        rest.substr(0, 3) == "政" || rest.substr(0, 3) == "际" || rest.substr(0, 3) == "民") {
      if (rest.substr(0, 6) != "政府" && rest.substr(0, 6) != "政协" &&
          rest.substr(0, 6) != "政务" && rest.substr(0, 6) != "民政") {
        return {};
      }
    }
    return name.substr(0, word.size());
  }
  return {};
}

MentionId ContextRegion(const Workspace& work, std::uint32_t sentence, std::uint32_t pos,
                        std::string_view word) {
  const auto fits = [&](MentionId id) {
    if (work.mention(id).antecedent != kNoMention) return false;
    const std::string_view type = work.mention(id).type;
    const std::string_view text = work.Text(id);
    const bool municipality = text.substr(0, 6) == "北京" || text.substr(0, 6) == "上海" ||
                              text.substr(0, 6) == "天津" || text.substr(0, 6) == "重庆";
    if (word == "省" || word == "自治区") return type == "Province" && !municipality;
    if (word == "市") return type == "City" || (type == "Province" && municipality);
    if (word == "州" || word == "自治州" || word == "盟") return type == "City";
    return type == "County" || type == "Zone";
  };
  const Span range = work.ArticleSentences(work.sentence(sentence).place.article);
  if (const MentionId own = RulingRegion(work, range, sentence, fits); own != kNoMention)
    return own;
  std::size_t steps = 0;
  for (std::uint32_t s = sentence + 1; s > range.begin && steps < kNamesMaxBack; --s) {
    const std::vector<MentionId>& mentions = work.sentence(s - 1).mentions;
    ++steps;
    for (auto it = mentions.rbegin(); it != mentions.rend(); ++it, ++steps) {
      if (s - 1 == sentence && work.mention(*it).span.begin > pos) continue;
      if (fits(*it)) return *it;
    }
  }
  steps = 0;
  for (std::uint32_t s = sentence; s < range.end && steps < kMaxAhead; ++s) {
    ++steps;
    for (const MentionId id : work.sentence(s).mentions) {
      ++steps;
      if (fits(id)) return id;
    }
  }
  // 县级市 are written 市 too.
  if (word == "市") return ContextRegion(work, sentence, pos, "县");
  return kNoMention;
}

}  // namespace tupu::extract
