#include "extract/facts/name_fields.h"

#include <algorithm>
#include <utility>

#include "extract/ner/kinds.h"

namespace tupu::extract {
namespace {

// Who told a clue.
enum Source : std::uint32_t { kInside = 1, kFound = 2 };

// What rules found goes where the tagger takes it for so much less likely than its own reading.
constexpr double kMostDeficit = 5;

std::uint8_t KindOf(std::string_view type) {
  const auto found = std::find(kKindNames.begin(), kKindNames.end(), type);
  return static_cast<std::uint8_t>(found - kKindNames.begin());
}

Span SpanOf(const Workspace& work, const NameObject& object) {
  return object.mention == kNoMention ? object.term : work.mention(object.mention).span;
}

}  // namespace

Result<std::optional<NameFields>> NameFields::Load(const std::filesystem::path& file, Words words) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed) && !failed) return std::optional<NameFields>();
  TUPU_ASSIGN(Tagger tagger, Tagger::Load(file));
  if (tagger.labels() != std::vector<std::string>{std::string(kNameField)}) {
    return Error(ErrorCode::kCorruption,
                 "this model reads no fields in names, expected one with the label " +
                     std::string(kNameField) + " alone",
                 file.string());
  }
  return std::optional<NameFields>(NameFields(std::move(tagger), std::move(words)));
}

NameFields::NameFields(Words words, Visitor visitor)
    : words_(std::move(words)), visitor_(std::move(visitor)) {}

NameFields::NameFields(Tagger tagger, Words words)
    : words_(std::move(words)), tagger_(std::move(tagger)) {}

void NameFields::Weigh(const Workspace& work, MentionId id, std::vector<NameObject>& found) const {
  const WorkMention& named = work.mention(id);
  const Span whole = named.span;
  const std::string_view name = work.Text(id);
  Clues clues;
  const auto shift = [&](Span span) {
    return Span{span.begin - whole.begin, span.end - whole.begin};
  };
  const auto add = [&](Span span, std::uint8_t kind, Source source) {
    if (!whole.Contains(span) || span.empty()) return;
    const bool taken =
        std::any_of(clues.names.begin(), clues.names.end(),
                    [&](const NameClue& other) { return other.span.Overlaps(shift(span)); });
    if (!taken) clues.names.push_back({shift(span), kind, source});
  };
  for (const NameObject& object : found) {
    add(SpanOf(work, object),
        object.mention == kNoMention ? std::uint8_t{kIndustry}
                                     : KindOf(work.mention(object.mention).type),
        kFound);
  }
  for (const MentionId inner : work.Inner(id)) {
    add(work.mention(inner).span, KindOf(work.mention(inner).type), kInside);
  }
  std::sort(clues.names.begin(), clues.names.end(),
            [](const NameClue& a, const NameClue& b) { return a.span.begin < b.span.begin; });
  words_(name, clues.words);
  if (visitor_) visitor_(named.type, name, clues);
  if (!tagger_) return;

  std::vector<AskedName> asked;
  for (const NameObject& object : found) {
    const Span span = SpanOf(work, object);
    if (whole.Contains(span) && !span.empty()) asked.push_back({shift(span), kNameField});
  }
  const std::vector<TaggedSpan> reading = tagger_->Tag(name, clues, asked);
  std::vector<NameObject> out;
  std::size_t next = 0;
  for (const NameObject& object : found) {
    const Span span = SpanOf(work, object);
    const bool weighed = whole.Contains(span) && !span.empty();
    if (!weighed || asked[next++].deficit <= kMostDeficit) out.push_back(object);
  }
  for (const TaggedSpan& tagged : reading) {
    const Span span{tagged.span.begin + whole.begin, tagged.span.end + whole.begin};
    const bool taken = std::any_of(out.begin(), out.end(), [&](const NameObject& other) {
      return SpanOf(work, other).Overlaps(span);
    });
    if (taken) continue;
    NameObject object;
    object.mention = work.Find(named.sentence, span);
    object.term = span;
    object.exact = true;
    out.push_back(object);
  }
  std::stable_sort(out.begin(), out.end(), [&](const NameObject& a, const NameObject& b) {
    return SpanOf(work, a).begin < SpanOf(work, b).begin;
  });
  found = std::move(out);
}

}  // namespace tupu::extract
