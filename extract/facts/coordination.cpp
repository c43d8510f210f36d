// Coordinated names with one shared head: 乌鲁木齐、昌吉、石河子高新区 are three zones,
// 长春、通化和白山 3个医药园区 three parks, 甲市、乙县工信局 two bodies. The parts before the last
// become mentions whose full name is put together.
//
// 北京、上海、苏州工业园区 is two cities and a zone, so the names must be known, or a count must
// say how many share the head.
#include <algorithm>

#include "extract/facts/structure.h"
#include "extract/facts/terms.h"
#include "extract/norm/numeral.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::uint32_t kCoordinationMaxHead = 45;  // bytes

class Coordination {
 public:
  explicit Coordination(StructureContext& context)
      : work_(*context.work),
        gazetteer_(context.gazetteer),
        zones_(WordsOf(*context.sets, "shared_zone")),
        sites_(WordsOf(*context.sets, "shared_site")) {}

  void Run() {
    for (std::uint32_t s = 0; s < work_.sentences().size(); ++s) {
      if (work_.sentence(s).text.size() > 6000) continue;
      const std::vector<MentionId> mentions = work_.sentence(s).mentions;
      for (std::size_t at = 0; at < mentions.size();) at = List(s, mentions, at);
      for (const MentionId id : mentions) ShareBody(s, mentions, id);
      Plenums(s);
    }
  }

 private:
  // One part of a list: regions side by side (广州白云).
  struct Part {
    Span span;
    MentionId region = kNoMention;  // the first of them
  };

  // Reads the list of regions that begins at `at`; where to go on.
  std::size_t List(std::uint32_t s, const std::vector<MentionId>& mentions, std::size_t at) {
    std::vector<Part> parts;
    const std::string_view text = work_.sentence(s).text;
    std::size_t i = at;
    for (; i < mentions.size() && parts.size() < 20; ++i) {
      const MentionId id = mentions[i];
      if (!IsDivision(id)) {
        // The zone or the site that the last part begins; anything else ends the list.
        if (parts.empty() || work_.mention(id).span.begin < parts.back().span.end) continue;
        const std::uint32_t end = parts.back().span.end;
        if (work_.mention(id).span.begin == end + CoordinatorAt(text, end)) continue;
        break;
      }
      const Span span = work_.mention(id).span;
      if (!parts.empty() && parts.back().span.end == span.begin) {
        parts.back().span.end = span.end;
      } else if (parts.empty() ||
                 (CoordinatorAt(text, parts.back().span.end) > 0 &&
                  parts.back().span.end + CoordinatorAt(text, parts.back().span.end) ==
                      span.begin)) {
        parts.push_back({span, id});
      } else if (span.begin >= parts.back().span.end) {
        break;
      }
    }
    if (parts.size() >= 2) Share(s, parts);
    return std::max(i, at + 1);
  }

  bool IsDivision(MentionId id) const {
    const int depth = RegionDepth(work_, id);
    return depth >= 1 && depth <= 3 && work_.mention(id).antecedent == kNoMention;
  }

  void Share(std::uint32_t s, const std::vector<Part>& parts) {
    const std::string_view text = work_.sentence(s).text;
    std::uint32_t begin = parts.back().span.end;
    const std::uint32_t counted = Count(text, begin, parts.size());
    begin += counted;
    std::string_view type = "Zone";
    std::uint32_t size = Head(text, begin, zones_);
    if (size == 0) {
      size = Head(text, begin, sites_);
      type = "Place";
    }
    if (size == 0) return;
    const std::string head(text.substr(begin, size));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      // The last one stands as it is, unless a count parts it from its head.
      if (counted == 0 && i + 1 == parts.size()) continue;
      Add(s, parts[i], head, type, counted > 0);
    }
  }

  // 甲市、乙市、丙县工信局: one body in each of them.
  void ShareBody(std::uint32_t s, const std::vector<MentionId>& mentions, MentionId body) {
    const WorkMention last = work_.mention(body);
    if (last.type != "LocalGovernment" || last.nested || last.antecedent != kNoMention) return;
    // The last of the regions that its name begins with.
    MentionId region = kNoMention;
    for (const MentionId inner : work_.Inner(body)) {
      const std::uint32_t begin =
          region == kNoMention ? last.span.begin : work_.mention(region).span.end;
      if (work_.mention(inner).span.begin == begin && RegionDepth(work_, inner) > 0) region = inner;
    }
    if (region == kNoMention) return;
    const std::string_view text = work_.sentence(s).text;
    const std::uint32_t head_begin = work_.mention(region).span.end;
    const std::string head(text.substr(head_begin, last.span.end - head_begin));
    const char level = LevelOf(region);
    if (head.empty() || head.size() > kCoordinationMaxHead || level == 0) return;
    const bool committee =
        head.starts_with("管委会") || head.starts_with("管理委员会") || head.starts_with("党工委");
    if (level != 'z' && committee) return;
    std::vector<Part> parts;
    std::uint32_t begin = last.span.begin;
    for (std::size_t i = mentions.size(); i > 0; --i) {
      const WorkMention& each = work_.mention(mentions[i - 1]);
      if (each.nested || each.span.end >= begin || RegionDepth(work_, mentions[i - 1]) < 0)
        continue;
      const std::uint32_t between = CoordinatorAt(text, each.span.end);
      if (between == 0 || each.span.end + between != begin) continue;
      const MentionId id = mentions[i - 1];
      const std::string_view short_of = ShortOf(id, region);
      if (LevelOf(id) != level && short_of.empty()) return;
      parts.push_back({each.span, id});
      begin = each.span.begin;
    }
    for (const Part& part : parts) {
      Add(s, part, std::string(ShortOf(part.region, region)) + head, "LocalGovernment", true);
    }
  }

  // 市 of 青石、远山市教育局, where a region of the same kind leaves it to the last one.
  std::string_view ShortOf(MentionId id, MentionId last) const {
    const std::string_view type = work_.mention(last).type;
    if (work_.mention(id).antecedent != kNoMention || work_.mention(id).type != type) return {};
    if (LevelOf(id) != 0) return {};
    if (type == "City" && work_.Text(last).ends_with("市")) return "市";
    if (type == "County" && work_.Text(last).ends_with("市")) return "市";
    if (type == "County" && work_.Text(last).ends_with("县")) return "县";
    return type == "Province" && work_.Text(last).ends_with("省") ? "省" : std::string_view();
  }

  // 十九届二中、三中全会: the second and the third one, each with the term before the first.
  void Plenums(std::uint32_t s) {
    constexpr std::string_view kTerm = "届";
    constexpr std::string_view kEnd = "全会";
    const std::string_view text = work_.sentence(s).text;
    for (std::size_t at = text.find(kTerm); at != std::string_view::npos;
         at = text.find(kTerm, at + kTerm.size())) {
      auto pos = static_cast<std::uint32_t>(at + kTerm.size());
      std::vector<Span> parts;
      for (std::uint32_t size = PlenumAt(text, pos); size > 0; size = PlenumAt(text, pos)) {
        parts.push_back({pos, pos + size});
        pos += size;
        if (!StartsWithAt(text, pos, "、")) break;
        pos += 3;
      }
      if (parts.size() < 2 || !StartsWithAt(text, pos, kEnd)) continue;
      auto begin = static_cast<std::uint32_t>(at);
      while (begin > 0 && IsNumeral(DecodeBefore(text, begin).value)) {
        begin -= DecodeBefore(text, begin).size;
      }
      const std::string term(text.substr(begin, at + kTerm.size() - begin));
      if (term.size() == kTerm.size()) continue;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        WorkMention mention;
        mention.sentence = s;
        mention.full = term + std::string(Slice(text, parts[i])) + std::string(kEnd);
        mention.span = parts[i];
        if (i == 0) mention.span.begin = begin;
        if (i + 1 == parts.size()) mention.span.end += static_cast<std::uint32_t>(kEnd.size());
        mention.type = "Event";
        mention.rule = "coordinated";
        mention.confidence = 0.9;
        work_.Add(std::move(mention));
      }
    }
  }

  // 二中: its bytes, or 0.
  static std::uint32_t PlenumAt(std::string_view text, std::uint32_t pos) {
    if (pos >= text.size() || !IsNumeral(DecodeAt(text, pos).value)) return 0;
    const std::uint32_t size = DecodeAt(text, pos).size;
    return StartsWithAt(text, pos + size, "中") ? size + 3 : 0;
  }
  static bool IsNumeral(char32_t c) {
    static constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";
    return kNumerals.find(c) != std::u32string_view::npos;
  }

  // Provinces, divisions below them and zones; 0 where the name does not say which it is.
  char LevelOf(MentionId id) const {
    const std::string_view name = work_.Text(id);
    if (work_.mention(id).antecedent != kNoMention) return 0;
    if (work_.mention(id).type == "Zone") return 'z';
    if (name.ends_with("省") || name.ends_with("自治区")) return 'p';
    if (name.ends_with("市") && work_.mention(id).type == "Province") return 'p';
    for (const std::string_view word : {"市", "县", "区", "旗", "盟"}) {
      if (name.ends_with(word)) return work_.mention(id).type == "Place" ? 0 : 'c';
    }
    return 0;
  }

  // A count that agrees, with its measure: 3个, 两大; its bytes, or 0.
  static std::uint32_t Count(std::string_view text, std::uint32_t at, std::size_t parts) {
    std::uint32_t stop = at;
    for (int i = 0; i < 6 && stop < text.size(); ++i) stop += DecodeAt(text, stop).size;
    const Chars chars(text.substr(at, stop - at));
    const Numeral numeral = ReadNumeral(chars, 0);
    if (!numeral || numeral.value != static_cast<double>(parts)) return 0;
    const std::uint32_t end = at + chars.ByteAt(numeral.end);
    for (const std::string_view measure : {"个", "大", "家", "座", "处"}) {
      if (StartsWithAt(text, end, measure)) return end + 3 - at;
    }
    return 0;
  }

  // The head at `at`, with a few characters of its own before it (医药园区); its bytes, or 0.
  static std::uint32_t Head(std::string_view text, std::uint32_t at, const WordList& heads) {
    for (std::uint32_t pos = at; pos < text.size() && pos <= at + 12;) {
      const std::uint32_t size = LongestAt(text, pos, heads);
      if (size > 0 && pos + size - at <= kCoordinationMaxHead) return pos + size - at;
      const CodePoint c = DecodeAt(text, pos);
      if (c.size < 3 || CoordinatorAt(text, pos) > 0 || ClauseMarkAt(text, pos) > 0) return 0;
      pos += c.size;
    }
    return 0;
  }

  void Add(std::uint32_t s, const Part& part, const std::string& head, std::string_view type,
           bool counted) {
    const std::string_view text = work_.sentence(s).text;
    WorkMention mention;
    mention.full = std::string(Slice(text, part.span)) + head;
    if (gazetteer_ != nullptr) {
      for (const Sense& sense : gazetteer_->Lookup(mention.full)) {
        if (gazetteer_->entries()[sense.entry].type == type) mention.entries = {sense.entry};
      }
    }
    if (mention.entries.empty() && !counted) return;
    mention.sentence = s;
    mention.span = part.span;
    mention.type = type;
    mention.rule = "coordinated";
    mention.confidence = 0.85;
    mention.nested = work_.mention(part.region).nested;
    const MentionId id = work_.Add(std::move(mention));
    Proposal proposal;
    proposal.type = "LOCATED_IN";
    proposal.from = id;
    proposal.to = part.region;
    proposal.evidence = s;
    proposal.rule = "place.in_name";
    proposal.confidence = 0.9;
    work_.Propose(std::move(proposal));
  }

  Workspace& work_;
  const Gazetteer* gazetteer_;
  const WordList& zones_;
  const WordList& sites_;
};

}  // namespace

void FindCoordinated(StructureContext& context) { Coordination(context).Run(); }

}  // namespace tupu::extract
