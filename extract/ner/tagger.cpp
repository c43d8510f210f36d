#include "extract/ner/tagger.h"

#include <algorithm>

#include "extract/ner/tagger_decode.h"
#include "extract/ner/tagger_features.h"
#include "extract/ner/tagger_model.h"

namespace tupu::extract {
namespace {

// A sentence beyond this is read in pieces, so that memory stays bounded on any text.
constexpr std::size_t kPieceBytes = 12000;

// The end of the piece that begins at `begin`: after a punctuation mark where one is near.
std::size_t PieceEnd(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kPieceBytes) return text.size();
  std::size_t end = begin + kPieceBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  for (std::string_view mark : {"。", "；", "，", "\n", " "}) {
    std::size_t found = text.substr(0, end).rfind(mark);
    if (found != std::string_view::npos && found > begin + kPieceBytes / 2) {
      return found + mark.size();
    }
  }
  return end;
}

}  // namespace

struct Tagger::Impl {
  tagger::Model model;
  std::vector<std::uint32_t> kinds;  // per gazetteer entry
};

Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

Result<Tagger> Tagger::Load(const std::filesystem::path& file,
                            std::span<const GazetteerEntry> entries) {
  TUPU_ASSIGN(tagger::Model model, tagger::ReadModel(file));
  return Tagger(std::move(model), entries);
}

Tagger::Tagger(tagger::Model model, std::span<const GazetteerEntry> entries)
    : impl_(std::make_unique<Impl>()) {
  impl_->kinds = tagger::KindsOf(entries, model.kinds);
  impl_->model = std::move(model);
}

std::vector<TaggedSpan> Tagger::Tag(std::string_view sentence,
                                    std::span<const GazetteerMatch> matches) const {
  thread_local tagger::Workspace work;
  thread_local tagger::Observed observed;
  thread_local std::vector<tagger::DecodedSpan> decoded;
  std::vector<TaggedSpan> spans;
  std::vector<GazetteerMatch> inside;
  std::size_t next = 0;
  for (std::size_t begin = 0; begin < sentence.size();) {
    std::size_t end = PieceEnd(sentence, begin);
    inside.clear();
    for (; next < matches.size() && matches[next].span.begin < end; ++next) {
      GazetteerMatch match = matches[next];
      if (match.span.begin < begin || match.span.end > end) continue;
      match.span.begin -= static_cast<std::uint32_t>(begin);
      match.span.end -= static_cast<std::uint32_t>(begin);
      inside.push_back(match);
    }
    tagger::Observe(sentence.substr(begin, end - begin), inside, impl_->kinds, impl_->model.classes,
                    observed);
    tagger::Decode(impl_->model, observed, work, decoded);
    for (const tagger::DecodedSpan& span : decoded) {
      auto offset = static_cast<std::uint32_t>(begin);
      spans.push_back({{observed.offsets[span.begin] + offset, observed.offsets[span.end] + offset},
                       impl_->model.labels[span.label],
                       tagger::Confidence(impl_->model, span.label, span.margin) / 10000.0});
    }
    begin = end;
  }
  return spans;
}

const std::vector<std::string>& Tagger::labels() const { return impl_->model.labels; }

}  // namespace tupu::extract
