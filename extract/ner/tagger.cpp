#include "extract/ner/tagger.h"

#include <algorithm>
#include <limits>

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

// The clues from number `next` on that lie in [begin, end), as seen from `begin`.
template <typename Clue>
void Take(const std::vector<Clue>& clues, std::size_t& next, std::size_t begin, std::size_t end,
          std::vector<Clue>& out) {
  for (; next < clues.size() && clues[next].span.begin < end; ++next) {
    Clue clue = clues[next];
    if (clue.span.begin < begin || clue.span.end > end) continue;
    clue.span.begin -= static_cast<std::uint32_t>(begin);
    clue.span.end -= static_cast<std::uint32_t>(begin);
    out.push_back(clue);
  }
}

}  // namespace

struct Tagger::Impl {
  tagger::Model model;
};

Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

Result<Tagger> Tagger::Load(const std::filesystem::path& file) {
  TUPU_ASSIGN(tagger::Model model, tagger::ReadModel(file));
  return Tagger(std::move(model));
}

Tagger::Tagger(tagger::Model model) : impl_(std::make_unique<Impl>()) {
  impl_->model = std::move(model);
}

std::vector<TaggedSpan> Tagger::Tag(std::string_view sentence, const Clues& clues,
                                    std::span<AskedName> asked) const {
  thread_local tagger::Workspace work;
  thread_local tagger::Observed observed;
  thread_local std::vector<tagger::DecodedSpan> decoded;
  thread_local std::vector<tagger::AskedSpan> wanted;
  std::vector<TaggedSpan> spans;
  for (AskedName& name : asked) name.deficit = std::numeric_limits<double>::infinity();
  Clues inside;
  std::size_t next_name = 0, next_word = 0;
  for (std::size_t begin = 0; begin < sentence.size();) {
    std::size_t end = PieceEnd(sentence, begin);
    inside.clear();
    Take(clues.names, next_name, begin, end, inside.names);
    Take(clues.words, next_word, begin, end, inside.words);
    tagger::Observe(sentence.substr(begin, end - begin), inside, observed);
    wanted.clear();
    std::vector<AskedName*> askers;
    for (AskedName& name : asked) {
      if (name.span.begin < begin || name.span.end > end) continue;
      const auto label =
          std::find(impl_->model.labels.begin(), impl_->model.labels.end(), name.label);
      if (label == impl_->model.labels.end()) continue;
      const auto place = [&](std::uint32_t at) {
        return static_cast<std::size_t>(
            std::lower_bound(observed.offsets.begin(), observed.offsets.end(), at - begin) -
            observed.offsets.begin());
      };
      const std::size_t first = place(name.span.begin), last = place(name.span.end);
      if (first >= last) continue;
      wanted.push_back(
          {first, last, static_cast<std::size_t>(label - impl_->model.labels.begin())});
      askers.push_back(&name);
    }
    tagger::Decode(impl_->model, observed, work, decoded, wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      askers[i]->deficit = static_cast<double>(wanted[i].deficit) / impl_->model.scale;
    }
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
