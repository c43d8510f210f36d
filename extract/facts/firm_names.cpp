#include "extract/facts/firm_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "extract/facts/names.h"
#include "extract/facts/terms.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::size_t kFirmsMost = 300;  // names of an article that are compared

// One way in which an article writes an organisation.
struct FirmForm {
  MentionId id = kNoMention;
  std::string region;     // folded and without its last word: 河南 of 河南省; may be empty
  std::string core;       // folded, without the region and the legal form
  std::string_view form;  // the legal form: 集团, 股份有限公司; may be empty
  bool known = false;     // the gazetteer has it
};

class FirmNames {
 public:
  FirmNames(const Workspace& work, const WordSets& words, const std::vector<std::string>& folded,
            NameSets& sets)
      : work_(work),
        folded_(folded),
        sets_(sets),
        suffixes_(WordsOf(words, "org_suffix")),
        regions_(WordsOf(words, "region_suffix")) {}

  void Run() {
    std::map<std::uint32_t, std::vector<FirmForm>> companies, others;
    std::set<std::pair<std::uint32_t, std::string_view>> seen;
    for (MentionId id = 0; id < work_.size(); ++id) {
      const WorkMention& mention = work_.mention(id);
      if (mention.antecedent != kNoMention || mention.ignored || !work_.Is(id, "Organisation")) {
        continue;
      }
      NoteParts(id);
      const std::uint32_t article = work_.Article(id);
      if (!seen.insert({article, folded_[id]}).second) continue;
      std::vector<FirmForm>& list = (mention.type == "Company" ? companies : others)[article];
      if (list.size() < kFirmsMost) list.push_back(FormOf(id));
    }
    for (auto& [article, list] : companies) {
      JoinSameCore(list);
      JoinShorter(list);
      JoinLatin(list);
    }
    for (auto& [article, list] : others) JoinBodies(list);
  }

 private:
  // What a longer name begins with is its parent more often than its short form.
  void NoteParts(MentionId id) {
    const WorkMention& mention = work_.mention(id);
    if (!mention.nested || mention.rule == "company.core") return;
    const MentionId outer = work_.Outer(id);
    if (outer != kNoMention) parts_.insert({folded_[id], folded_[outer]});
  }

  FirmForm FormOf(MentionId id) const {
    FirmForm form;
    form.id = id;
    form.known = !work_.mention(id).entries.empty();
    const Span span = work_.mention(id).span;
    const std::string_view text = work_.Text(id);
    std::uint32_t begin = 0;
    for (const MentionId inner : work_.Inner(id)) {
      const Span region = work_.mention(inner).span;
      if (region.begin != span.begin + begin || RegionDepth(work_, inner) < 0) continue;
      if (region.end >= span.end) continue;
      begin = region.end - span.begin;
      form.region = FoldName(WithoutLevel(work_.Text(inner)));
    }
    // 中国青石证券 is 青石证券, but 中国移动 is not 移动.
    if (begin == 0 && text.starts_with("中国") && CountCodePoints(text) >= 6) {
      begin = 6;
      form.region = "中国";
    }
    std::string_view rest = text.substr(begin);
    if (work_.mention(id).type == "Company") {
      const auto end = static_cast<std::uint32_t>(rest.size());
      const std::uint32_t size = LongestBefore(rest, end, suffixes_);
      if (size + 6 <= rest.size()) {
        form.form = rest.substr(rest.size() - size);
        rest.remove_suffix(size);
      }
    }
    form.core = FoldName(rest);
    return form;
  }

  std::string_view WithoutLevel(std::string_view region) const {
    const auto end = static_cast<std::uint32_t>(region.size());
    const std::uint32_t size = LongestBefore(region, end, regions_);
    return size + 6 <= region.size() ? region.substr(0, region.size() - size) : region;
  }

  static bool SameRegion(const FirmForm& a, const FirmForm& b) {
    return a.region.empty() || b.region.empty() || a.region == b.region;
  }

  // 远山集团 and 远山股份有限公司 are two, 远山公司 and 远山有限公司 one.
  static bool SameForm(std::string_view a, std::string_view b) {
    const auto rank = [](std::string_view form) {
      if (form.empty()) return 0;
      if (form.find("集团") != std::string_view::npos || form.starts_with("控股")) return 1;
      return form.find("股份") != std::string_view::npos ? 2 : 3;
    };
    const int left = rank(a), right = rank(b);
    return left == right || left == 0 || right == 0 || (left != 1 && right != 1);
  }

  bool Apart(const FirmForm& a, const FirmForm& b) const {
    return parts_.count({folded_[a.id], folded_[b.id]}) > 0 ||
           parts_.count({folded_[b.id], folded_[a.id]}) > 0;
  }

  // 江西禾和公司 for 江西省禾和有限公司.
  void JoinSameCore(const std::vector<FirmForm>& list) {
    std::map<std::string_view, std::vector<const FirmForm*>> cores;
    for (const FirmForm& form : list) cores[form.core].push_back(&form);
    for (const auto& [core, forms] : cores) {
      if (CountCodePoints(core) < 2 || forms.size() < 2 || Differ(forms)) continue;
      for (const FirmForm* form : forms) sets_.Join(forms.front()->id, form->id);
    }
  }

  // Whether the forms are of several companies: of two regions, two entries of the gazetteer, or a
  // group and what belongs to it.
  bool Differ(const std::vector<const FirmForm*>& forms) {
    std::set<std::uint32_t> known;
    for (const FirmForm* form : forms) {
      if (form->known) known.insert(sets_.Root(form->id));
      for (const FirmForm* other : forms) {
        if (!SameRegion(*form, *other) || !SameForm(form->form, other->form)) return true;
      }
    }
    return known.size() > 1;
  }

  // 禾和微 for 青石禾和微半导体有限公司, 禾和汽车 for 禾和电动汽车科技有限公司, where the article
  // has one only that is called so.
  void JoinShorter(const std::vector<FirmForm>& list) {
    std::vector<const FirmForm*> by_core;
    for (const FirmForm& form : list) {
      // In full: with a legal form, or a brand in letters and what it is called in Chinese.
      if (form.form.find("公司") != std::string_view::npos) by_core.push_back(&form);
    }
    for (const FirmForm& form : list) {
      const std::size_t length = CountCodePoints(form.core);
      if (length < 3 || form.known || !(form.form.empty() || form.form == "公司")) continue;
      const std::string_view start =
          std::string_view(form.core).substr(0, TwoCharacters(form.core));
      std::set<std::uint32_t> roots;
      for (const FirmForm* other : by_core) {
        if (other->core.size() <= form.core.size() || !other->core.starts_with(start)) continue;
        if (!SameRegion(form, *other) || Apart(form, *other)) continue;
        if (other->core.starts_with(form.core) ||
            (length >= 4 && IsSubsequence(form.core, other->core))) {
          roots.insert(sets_.Root(other->id));
        }
      }
      roots.erase(sets_.Root(form.id));
      if (roots.size() == 1) sets_.Join(*roots.begin(), form.id);
    }
  }

  // Nordfjord for Nordfjord Biosciences or Nordfjord竹语, where one only is called so.
  void JoinLatin(const std::vector<FirmForm>& list) {
    for (const FirmForm& form : list) {
      const std::string_view text = work_.Text(form.id);
      if (text.size() < 4 || form.known || !IsLatin(text)) continue;
      std::set<std::uint32_t> roots;
      for (const FirmForm& other : list) {
        const std::string_view whole = work_.Text(other.id);
        if (whole.size() <= text.size() || !whole.starts_with(text)) continue;
        const auto next = static_cast<unsigned char>(whole[text.size()]);
        if ((next == ' ' || next >= 0x80) && !Apart(form, other)) {
          roots.insert(sets_.Root(other.id));
        }
      }
      roots.erase(sets_.Root(form.id));
      if (roots.size() == 1) sets_.Join(*roots.begin(), form.id);
    }
  }

  static bool IsLatin(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  }

  static std::size_t TwoCharacters(std::string_view text) {
    const std::size_t first = DecodeAt(text, 0).size;
    return first < text.size() ? first + DecodeAt(text, first).size : first;
  }

  // 青石市环保局 for 青石市环境保护局, 青石发展改革委 for 青石市发展和改革委员会: bodies of one
  // region, the one name made of the other's characters.
  void JoinBodies(const std::vector<FirmForm>& list) {
    std::map<std::string_view, std::vector<const FirmForm*>> regions, cores;
    for (const FirmForm& form : list) {
      if (!form.region.empty()) regions[form.region].push_back(&form);
      if (CountCodePoints(form.core) >= 3) cores[form.core].push_back(&form);
    }
    // 青石社 for 日本青石社, where no other country has one.
    for (const auto& [core, forms] : cores) {
      const auto bare = std::find_if(forms.begin(), forms.end(), [](const FirmForm* form) {
        return form->region.empty() && BarePrefix(form->core).empty();
      });
      if (bare == forms.end() || forms.size() != 2) continue;
      const FirmForm* full = forms[bare == forms.begin() ? 1 : 0];
      if (work_.mention(full->id).type != work_.mention((*bare)->id).type) continue;
      if (full->known && (*bare)->known) continue;
      sets_.Join((*bare)->id, full->id);
    }
    for (const auto& [region, forms] : regions) {
      for (const FirmForm* form : forms) {
        if (CountCodePoints(form->core) < 3) continue;
        std::set<std::uint32_t> roots;
        for (const FirmForm* other : forms) {
          if (other == form || Apart(*form, *other)) continue;
          if (work_.mention(form->id).type != work_.mention(other->id).type) continue;
          if (form->known && other->known) continue;
          if (Abbreviates(form->core, other->core)) roots.insert(sets_.Root(other->id));
        }
        roots.erase(sets_.Root(form->id));
        if (roots.size() == 1) sets_.Join(*roots.begin(), form->id);
      }
    }
  }

  static std::string_view PastLevel(std::string_view core) {
    for (const std::string_view level : {"省", "市", "区", "县"}) {
      if (core.starts_with(level) && core.size() > 9) return core.substr(level.size());
    }
    return core;
  }

  static bool Abbreviates(std::string_view part, std::string_view whole) {
    part = PastLevel(part);
    whole = PastLevel(whole);
    if (part == whole) return true;
    if (part.size() > whole.size() || part.size() < 9) return false;
    if (part.ends_with("委") && whole.ends_with("委员会")) whole.remove_suffix(6);
    const auto last = [](std::string_view text) { return text.substr(text.size() - 3); };
    const std::string_view first = part.substr(0, DecodeAt(part, 0).size);
    return last(part) == last(whole) && whole.starts_with(first) && IsSubsequence(part, whole);
  }

  const Workspace& work_;
  const std::vector<std::string>& folded_;
  NameSets& sets_;
  const WordList& suffixes_;
  const WordList& regions_;
  std::set<std::pair<std::string_view, std::string_view>> parts_;
};

}  // namespace

void JoinFirmNames(const Workspace& work, const WordSets& words,
                   const std::vector<std::string>& folded, NameSets& sets) {
  FirmNames(work, words, folded, sets).Run();
}

}  // namespace tupu::extract
