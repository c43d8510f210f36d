#include "extract/ner/regions.h"

#include <algorithm>
#include <string_view>

namespace tupu::extract {
namespace {

// A company's doubtful short form (南京医药) is the company where an article says it so often.
constexpr int kOften = 3;

// Whether the match is made of whole tokens, or begins a longer known name.
bool IsAligned(const AnalysedSentence& sent, const NameMatch& match) {
  if (!sent.IsBoundary(match.begin)) return false;
  if (sent.IsBoundary(match.end)) return true;
  const Token& token = sent.tokens[sent.token_at[match.begin]];
  return token.match != kNothing;
}

bool IsRegionKind(std::uint8_t kind) { return kind < kKinds && IsRegion(static_cast<Kind>(kind)); }

// The region that ends at `end`, as entries of its longest match; empty if there is none.
std::span<const Sense> RegionEndingAt(const Knowledge& know, const AnalysedSentence& sent,
                                      std::uint32_t end) {
  std::span<const Sense> best;
  std::uint32_t size = 0;
  for (const NameMatch& match : sent.matches) {
    if (match.begin >= end) break;
    if (match.end != end || match.end - match.begin <= size || !IsAligned(sent, match)) continue;
    if (!IsRegionKind(know.entry_kinds[match.senses.front().entry])) continue;
    best = match.senses;
    size = match.end - match.begin;
  }
  return best;
}

// Beside a strong name of the same kind: 、 or 和 between, or 至 between the ends of a line.
bool IsListed(const Knowledge& know, const AnalysedSentence& sent, const NameMatch& match,
              std::uint8_t kind) {
  static constexpr std::u32string_view kAnd = U"、和与及至到";
  auto strong_token = [&](std::uint32_t pos, bool before) {
    const Token& token = sent.tokens[sent.token_at[pos]];
    if (token.match == kNothing || (before ? token.end != pos + 1 : token.begin != pos))
      return false;
    for (const Sense& sense : sent.matches[token.match].senses) {
      std::uint8_t other = know.entry_kinds[sense.entry];
      bool same = other == kind ||
                  (IsRegionKind(kind) && IsRegionKind(other) && kind != kPlace && other != kPlace);
      if (!sense.weak && same) return true;
    }
    return false;
  };
  // 华夏医药(66亿元)、甲医药: remarks are passed over.
  std::uint32_t end = match.end;
  if (end < sent.size() && sent.mate[end] != kNothing && sent.mate[end] > end &&
      (sent.chars[end] == U'(' || sent.chars[end] == U'（')) {
    end = sent.mate[end] + 1;
  }
  std::uint32_t left = match.begin < 2 ? 0 : match.begin - 2;
  if (left > 0 && (sent.chars[left] == U')' || sent.chars[left] == U'）') &&
      sent.mate[left] != kNothing && sent.mate[left] > 0 && sent.mate[left] < left) {
    left = sent.mate[left] - 1;
  }
  if (match.begin >= 2 && kAnd.find(sent.chars[match.begin - 1]) != std::u32string_view::npos &&
      strong_token(left, true)) {
    return true;
  }
  return end + 1 < sent.size() && kAnd.find(sent.chars[end]) != std::u32string_view::npos &&
         strong_token(end + 1, false);
}

// 南京医药(600713): a code of the exchange behind it.
bool HasStockCode(const AnalysedSentence& sent, std::uint32_t pos) {
  if (sent.chars[pos] != U'(' && sent.chars[pos] != U'（') return false;
  for (std::uint32_t i = 1; i <= 6; ++i) {
    if (DigitOf(sent.chars[pos + i]) < 0) return false;
  }
  return DigitOf(sent.chars[pos + 7]) < 0;
}

// 国资委, 药监局 are no words of the dictionary, so that tokens do not know them, nor where
// 全国人大 of 全国人大代表 ends; 外交部 of 外交部长 is any country's.
bool IsOrganBefore(const Knowledge& know, const AnalysedSentence& sent, const NameMatch& match) {
  if (know.entry_kinds[match.senses.front().entry] != kMinistry || !sent.IsBoundary(match.begin)) {
    return false;
  }
  const bool weak = std::all_of(match.senses.begin(), match.senses.end(),
                                [](const Sense& sense) { return sense.weak; });
  return weak || sent.chars.StartsAt(match.end, U"代表") || sent.chars.StartsAt(match.end, U"副");
}

// Not 省扶贫办, 发改委能源局.
bool StandsFree(const AnalysedSentence& sent, std::uint32_t pos) {
  static constexpr std::u32string_view kLeads = U"由和与及经向对同据";
  return pos == 0 || !IsHan(sent.chars[pos - 1]) ||
         kLeads.find(sent.chars[pos - 1]) != std::u32string_view::npos;
}

// 教育部、国资委、药监局: the next of a list of central organs.
bool FollowsOrgan(const AnalysedSentence& sent, std::uint32_t pos, std::uint32_t organ_end) {
  static constexpr std::u32string_view kAnd = U"、和与及";
  return pos > 0 && organ_end + 1 == pos &&
         kAnd.find(sent.chars[organ_end]) != std::u32string_view::npos;
}

// The end of the town, township or village whose name begins at `begin`, right behind its county,
// or 0. Behind a short form (台州垟根村) no word of the dictionary may begin it: 台州农村.
std::uint32_t TownAt(const AnalysedSentence& sent, std::uint32_t begin, bool levelled) {
  static constexpr std::u32string_view kHeads[] = {U"街道", U"社区", U"苏木", U"镇", U"乡", U"村"};
  // Words that no town's name is made of, and what makes another word of its head.
  static constexpr std::u32string_view kOther =
      U"的和与及有占由到至往以里在等为是各个全每多名余所从向市县区农";
  static constexpr std::u32string_view kTails = U"民级庄落长委干镇村亲";
  for (std::uint32_t size = 1; size <= 4; ++size) {
    std::uint32_t pos = begin + size;
    char32_t c = sent.chars[pos - 1];
    if (!IsHan(c) || kOther.find(c) != std::u32string_view::npos) return 0;
    const Token& token = sent.tokens[sent.token_at[pos - 1]];
    if (!levelled && token.size() > 1 && token.end <= pos && token.word_class != WordClass::kName) {
      return 0;
    }
    for (std::u32string_view head : kHeads) {
      if (!sent.chars.StartsAt(pos, head)) continue;
      std::uint32_t end = pos + static_cast<std::uint32_t>(head.size());
      if (head.size() == 1 && kTails.find(sent.chars[end]) != std::u32string_view::npos) break;
      // 县乡村, 区山村: a word of the dictionary.
      const Token& first = sent.tokens[sent.token_at[begin]];
      if (first.begin == begin && first.end >= end && first.word_class == WordClass::kNoun)
        return 0;
      return end;
    }
  }
  return 0;
}

// 中国电信设备制造商, 中国移动支付市场: the trade of a country, not the company of that name.
bool NamesTrade(const AnalysedSentence& sent, const NameMatch& match) {
  static constexpr std::u32string_view kTrades[] = {U"设备", U"行业",   U"产业", U"市场",   U"领域",
                                                    U"制造", U"支付",   U"装备", U"互联网", U"商务",
                                                    U"元件", U"元器件", U"产品", U"整机"};
  if (!sent.chars.StartsAt(match.begin, U"中国") || match.end - match.begin > 4) return false;
  return std::any_of(std::begin(kTrades), std::end(kTrades), [&](std::u32string_view trade) {
    return sent.chars.StartsAt(match.end, trade);
  });
}

// 南通舰, 北京市场, the account “南通发布”: what looks like the division is another thing's.
bool IsOtherThing(const AnalysedSentence& sent, const NameMatch& match) {
  const char32_t next = sent.chars[match.end];
  if (next == U'舰' || (next == U'场' && sent.chars[match.end - 1] == U'市')) return true;
  if (match.begin < 3 || sent.chars[match.begin - 1] != U'“') return false;
  static constexpr std::u32string_view kAccounts[] = {U"微信", U"公众号", U"视频号", U"抖音号",
                                                      U"微博"};
  return std::any_of(std::begin(kAccounts), std::end(kAccounts), [&](std::u32string_view word) {
    return sent.chars.EndsAt(match.begin - 1, word);
  });
}

// 南京市, 江苏省
bool IsLevelled(const AnalysedSentence& sent, const Token& token) {
  static constexpr std::u32string_view kLast = U"省市县区旗盟";
  return token.size() > 2 && kLast.find(sent.chars[token.end - 1]) != std::u32string_view::npos;
}

bool IsTownWord(const AnalysedSentence& sent, const Token& token) {
  static constexpr std::u32string_view kTowns = U"镇乡村";
  return token.size() == 1 && kTowns.find(sent.chars[token.begin]) != std::u32string_view::npos;
}

// 常州市竹溪路81号: the street of an address begins behind its region or mark.
void FindStreets(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  static constexpr std::u32string_view kStreets = U"路街道巷";
  static constexpr std::u32string_view kLines = U"公铁线道速隧轨航通管";
  constexpr std::uint32_t kMaxStreet = 8;
  for (std::uint32_t pos = 3; pos < sent.size(); ++pos) {
    if (sent.chars[pos] != U'号' || DigitOf(sent.chars[pos - 1]) < 0) continue;
    std::uint32_t end = pos - 1;
    while (end > 0 && DigitOf(sent.chars[end - 1]) >= 0) --end;
    if (end == 0 || kStreets.find(sent.chars[end - 1]) == std::u32string_view::npos) continue;
    // 高速公路2号标段, 铁路3号隧道
    if (end > 1 && (sent.chars[end - 1] == U'路' || sent.chars[end - 1] == U'道') &&
        kLines.find(sent.chars[end - 2]) != std::u32string_view::npos) {
      continue;
    }
    std::uint32_t begin = end;
    for (std::uint32_t t = sent.token_at[end - 1] + 1; t > 0; --t) {
      const Token& token = sent.tokens[t - 1];
      // 建设路, 北京西路: right before the word for a street nearly anything may be its name.
      const bool last = token.end + 2 >= end;
      const bool other = IsRegionToken(know, sent, token)
                             ? !last || IsLevelled(sent, token)
                             : token.word_class == WordClass::kVerb && token.size() > 1 && !last;
      const bool name = IsHan(sent.chars[token.begin]) && token.begin + kMaxStreet >= end &&
                        !other && !IsLevelToken(sent, token) && !IsTownWord(sent, token) &&
                        token.word_class != WordClass::kParticle &&
                        token.word_class != WordClass::kPreposition;
      if (!name) break;
      begin = token.begin;
    }
    if (begin + 3 > end) continue;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = kPlace;
    candidate.rule = "place.street";
    candidate.tier = kTierHead;
    candidate.confidence = 0.85;
    out.push_back(std::move(candidate));
  }
}

}  // namespace

void RegionEvidence::Note(const Knowledge& know, const AnalysedSentence& sent) {
  for (const NameMatch& match : sent.matches) {
    if (!IsAligned(sent, match)) continue;
    std::uint32_t strong = kNothing;
    int count = 0;
    for (const Sense& sense : match.senses) {
      if (sense.weak) continue;
      strong = sense.entry;
      ++count;
    }
    if (count == 1) named_.insert(strong);
  }
  for (const NameMatch& match : sent.matches) {
    if (!IsAligned(sent, match) || know.entry_kinds[match.senses.front().entry] != kCompany ||
        sent.tokens[sent.token_at[match.begin]].word_class != WordClass::kName) {
      continue;
    }
    for (const Sense& sense : match.senses) {
      if (sense.weak && ++counts_[sense.entry] == kOften) named_.insert(sense.entry);
    }
  }
}

bool RegionEvidence::NamesAbove(const Knowledge& know, std::uint32_t entry) const {
  const auto& entries = know.gazetteer.entries();
  const GazetteerEntry* at = &entries[entry];
  while (!at->parent_id.empty()) {
    at = know.gazetteer.FindEntry(at->parent_id);
    if (!at) return false;
    if (Names(static_cast<std::uint32_t>(at - entries.data()))) return true;
  }
  return false;
}

void FindKnownNames(const Knowledge& know, const AnalysedSentence& sent,
                    const RegionEvidence& evidence, std::vector<Candidate>& out) {
  const auto& entries = know.gazetteer.entries();
  std::uint32_t organ_end = kNothing;  // of the last central organ, sure or of a list
  for (const NameMatch& match : sent.matches) {
    if (!IsAligned(sent, match) && !IsOrganBefore(know, sent, match)) continue;
    // 农业部门: no ministry.
    if (sent.chars[match.end] == U'门' && sent.chars[match.end - 1] == U'部') continue;
    std::vector<std::uint32_t> strong;
    std::vector<std::uint32_t> weak;
    for (const Sense& sense : match.senses) (sense.weak ? weak : strong).push_back(sense.entry);

    std::span<const Sense> before;
    bool looked = false;
    auto is_below_left = [&](std::uint32_t entry) {
      if (!looked) before = RegionEndingAt(know, sent, match.begin);
      looked = true;
      return std::any_of(before.begin(), before.end(), [&](const Sense& sense) {
        return sense.entry != entry &&
               know.gazetteer.IsWithin(entries[entry].id, entries[sense.entry].id);
      });
    };
    std::vector<std::uint32_t> chosen;
    double confidence = 1;
    // 天津滨海: what stands behind its container is meant by it, weak or not.
    for (const Sense& sense : match.senses) {
      if (match.begin > 0 && IsRegionKind(know.entry_kinds[sense.entry]) &&
          is_below_left(sense.entry)) {
        chosen.push_back(sense.entry);
      }
    }
    if (chosen.empty() && strong.size() == 1) chosen = strong;
    if (chosen.empty() && strong.size() > 1) {
      for (std::uint32_t entry : strong) {
        if (evidence.NamesAbove(know, entry)) chosen.push_back(entry);
      }
      if (chosen.empty()) chosen = strong;
    }
    if (chosen.empty()) {
      for (std::uint32_t entry : weak) {
        std::uint8_t kind = know.entry_kinds[entry];
        bool common = sent.tokens[sent.token_at[match.begin]].word_class != WordClass::kName;
        bool reporter = kind == kInstitution && (sent.chars.StartsAt(match.end, U"记者") ||
                                                 sent.chars.StartsAt(match.end, U"消息"));
        bool listed = kind == kCompany && HasStockCode(sent, match.end);
        if (evidence.Names(entry) || reporter || listed ||
            (!common && IsListed(know, sent, match, kind)) ||
            (kind == kMinistry && StandsFree(sent, match.begin) &&
             (IsListed(know, sent, match, kind) || FollowsOrgan(sent, match.begin, organ_end)))) {
          chosen.push_back(entry);
        }
      }
      if (chosen.empty()) {
        for (std::uint32_t entry : weak) {
          if (know.entry_kinds[entry] == kIndustry) {
            chosen.push_back(entry);
            confidence = 0.3;
          }
        }
      }
    }
    if (chosen.empty()) continue;
    if (know.entry_kinds[chosen.front()] == kCompany && NamesTrade(sent, match)) continue;
    const std::uint8_t chosen_kind = know.entry_kinds[chosen.front()];
    const bool division =
        chosen_kind == kProvince || chosen_kind == kCity || chosen_kind == kCounty;
    if (division && IsOtherThing(sent, match)) continue;
    if (know.entry_kinds[chosen.front()] == kMinistry) organ_end = match.end;
    Candidate candidate;
    candidate.begin = match.begin;
    candidate.end = match.end;
    candidate.kind = chosen_kind;
    candidate.rule = "gazetteer";
    candidate.tier = kTierGazetteer;
    candidate.confidence = confidence;
    for (std::uint32_t entry : chosen) {
      if (know.entry_kinds[entry] == candidate.kind) candidate.entries.push_back(entry);
    }
    std::string_view form = sent.Text(match.begin, match.end);
    bool national = form.substr(0, 6) == "中国" || form.substr(0, 6) == "国家";
    bool complete = false;
    for (std::string_view end : {"集团", "公司", "银行", "证券", "保险"}) {
      complete =
          complete || (form.size() > end.size() && form.substr(form.size() - end.size()) == end);
    }
    candidate.national = (national && !complete) || form.find("合作组织") != std::string_view::npos;
    // 习近平生态文明思想: a body of thought, not the man.
    if (candidate.kind == kOfficial) {
      bool thought = false;
      for (std::uint32_t at = match.end; at < match.end + 16 && IsHanAt(sent, at); ++at) {
        thought = thought || (sent.chars.StartsAt(at, U"思想") && at > match.end);
        if (sent.chars[at] == U'在' || sent.chars[at] == U'的') break;
      }
      if (thought) continue;
    }
    // 中国 is hardly ever what an article is about.
    if (entries[candidate.entries.front()].id == "country/中国") candidate.confidence = 0.3;
    out.push_back(std::move(candidate));
  }
}

void FindVillages(const AnalysedSentence& sent, std::vector<Candidate>& out) {
  const std::size_t count = out.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (out[i].kind != kPlace ||
        (!sent.chars.EndsAt(out[i].end, U"镇") && !sent.chars.EndsAt(out[i].end, U"乡") &&
         !sent.chars.EndsAt(out[i].end, U"街道"))) {
      continue;
    }
    const std::uint32_t end = TownAt(sent, out[i].end, true);
    if (end == 0 || (!sent.chars.EndsAt(end, U"村") && !sent.chars.EndsAt(end, U"社区"))) continue;
    Candidate village;
    village.begin = out[i].end;
    village.end = end;
    village.kind = kPlace;
    village.rule = "place.town";
    village.tier = kTierHead;
    village.confidence = 0.85;
    out.push_back(std::move(village));
  }
}

void FindTowns(const Knowledge& know, const AnalysedSentence& sent, std::vector<Candidate>& out) {
  FindStreets(know, sent, out);
  static constexpr std::u32string_view kLevels = U"县市区旗";
  for (const NameMatch& match : sent.matches) {
    if (!IsAligned(sent, match)) continue;
    std::uint8_t kind = know.entry_kinds[match.senses.front().entry];
    if (kind != kCity && kind != kCounty) continue;
    std::uint32_t begin = match.end;
    bool levelled = match.end - match.begin >= 3 &&
                    kLevels.find(sent.chars[match.end - 1]) != std::u32string_view::npos;
    // 思南县塘头镇青杠坝村: one behind the other.
    while (std::uint32_t end = TownAt(sent, begin, levelled)) {
      Candidate candidate;
      candidate.begin = begin;
      candidate.end = end;
      candidate.kind = kPlace;
      candidate.rule = "place.town";
      candidate.tier = kTierHead;
      candidate.confidence = 0.85;
      out.push_back(std::move(candidate));
      begin = end;
      levelled = true;
    }
  }
}

}  // namespace tupu::extract
