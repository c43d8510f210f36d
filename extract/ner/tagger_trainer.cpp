// Read → count features → choose rows → epochs → quantise → curves of confidence → write.
#include "extract/ner/tagger_trainer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "extract/ner/tagger_corpus.h"
#include "extract/ner/tagger_crf.h"
#include "extract/ner/tagger_decode.h"
#include "extract/ner/tagger_features.h"
#include "extract/ner/tagger_model.h"

namespace tupu::extract {
namespace {

using tagger::Corpus;
using tagger::Crf;
using tagger::Family;
using tagger::Feature;
using tagger::Firing;
using tagger::kFamily;
using tagger::LabelledSentence;
using tagger::LabelledSpan;
using tagger::Model;
using tagger::Observed;
using tagger::Tags;
using tagger::WeightRow;

constexpr float kLargestByte = 127;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Below(std::uint64_t limit) {  // splitmix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (z ^ (z >> 31)) % limit;
  }

 private:
  std::uint64_t state_;
};

std::vector<std::uint8_t> GoldTags(const LabelledSentence& sent, std::size_t places,
                                   const Tags& tags) {
  std::vector<std::uint8_t> gold(places, 0);
  for (std::size_t i = 0; i < sent.unknown.size(); ++i) {
    if (sent.unknown[i]) gold[i] = Crf::kUnknown;
  }
  for (const LabelledSpan& span : sent.spans) {
    for (std::size_t i = span.begin; i < span.end; ++i) {
      std::size_t tag = span.end - span.begin == 1 ? tags.Single(span.label)
                        : i == span.begin          ? tags.Begin(span.label)
                        : i + 1 == span.end        ? tags.End(span.label)
                                                   : tags.Middle(span.label);
      gold[i] = static_cast<std::uint8_t>(tag);
    }
  }
  return gold;
}

// A feature that is trained: where its rows stand, one for every place set.
struct Chosen {
  std::uint64_t key = 0;
  std::uint32_t count = 0;
  std::uint32_t first_row = 0;
  std::uint8_t family = 0;
  std::uint8_t places = 0;
};

class Trainer {
 public:
  Trainer(Corpus corpus, const TrainOptions& options,
          const std::function<void(const TrainProgress&)>& progress)
      : corpus_(std::move(corpus)), options_(options), progress_(progress) {
    model_.labels = corpus_.labels;
    model_.tags.labels = corpus_.labels.size();
    model_.wide = options_.wide;
    for (std::size_t i = 0; i < corpus_.sentences.size(); ++i) {
      std::uint32_t every = options_.hold_out_every;
      bool held = every > 0 && corpus_.sentences[i].unknown.empty() && i % every == every - 1;
      (held ? held_ : order_).push_back(i);
    }
  }

  TrainReport Run(const std::filesystem::path& file, Status& written) {
    ChooseRows();
    Crf crf(model_.tags.labels, rows_,
            {static_cast<float>(options_.rate), static_cast<float>(options_.l2)});
    Learn(crf);
    Quantise(crf);
    DrawCurves();
    written = WriteModel(model_, file);
    report_.sentences = order_.size();
    report_.bytes = EncodeModel(model_).size();
    return report_;
  }

 private:
  const LabelledSentence& See(std::size_t sentence) {
    const LabelledSentence& sent = corpus_.sentences[sentence];
    tagger::Observe(sent.text, sent.clues, seen_);
    return sent;
  }

  // Which features are worth a row: seen often enough, and at one of their places at least once
  // beside or inside a name.
  void ChooseRows() {
    for (std::size_t i : order_) {
      const LabelledSentence& sent = See(i);
      CollectFeatures(seen_, options_.wide, features_);
      std::size_t n = seen_.chars.size();
      report_.characters += n;
      std::vector<std::uint8_t> gold = GoldTags(sent, n, model_.tags);
      for (const Feature& feature : features_) {
        auto [at, fresh] =
            index_.try_emplace(feature.key, static_cast<std::uint32_t>(chosen_.size()));
        if (fresh) chosen_.push_back({feature.key, 0, 0, feature.family, 0});
        Chosen& entry = chosen_[at->second];
        ++entry.count;
        Family family = kFamily[feature.family];
        for (int k = 0; k < family.count; ++k) {
          std::int32_t place = feature.start + family.first + k;
          if (place < 0 || place >= static_cast<std::int32_t>(n)) continue;
          if (gold[static_cast<std::size_t>(place)] != 0) {
            entry.places = static_cast<std::uint8_t>(entry.places | (1U << k));
          }
        }
      }
    }
    for (Chosen& entry : chosen_) {
      std::uint32_t least = entry.family == 3   ? options_.min_triples
                            : entry.family == 2 ? options_.min_pairs
                                                : 1U;
      if (entry.family == 0) least = 2;
      if (entry.count < least) entry.places = 0;
      entry.first_row = static_cast<std::uint32_t>(rows_);
      rows_ += static_cast<std::size_t>(std::popcount(entry.places));
    }
  }

  void Fire(std::size_t sentence, Random& random, std::vector<Firing>& out) {
    const auto dropped = static_cast<std::uint64_t>(options_.dropout * 1000);
    out.clear();
    See(sentence);
    CollectFeatures(seen_, options_.wide, features_);
    auto n = static_cast<std::int32_t>(seen_.chars.size());
    for (const Feature& feature : features_) {
      auto found = index_.find(feature.key);
      if (found == index_.end()) continue;
      const Chosen& entry = chosen_[found->second];
      if (dropped > 0 && random.Below(1000) < dropped) continue;
      std::uint32_t row = entry.first_row;
      std::int32_t place = feature.start + kFamily[feature.family].first;
      for (unsigned left = entry.places; left != 0; left >>= 1, ++place) {
        if ((left & 1U) == 0) continue;
        if (place >= 0 && place < n) out.push_back({static_cast<std::uint32_t>(place), row});
        ++row;
      }
    }
  }

  void Learn(Crf& crf) {
    Random random(options_.seed);
    std::vector<Firing> firings;
    TrainProgress state;
    state.epochs = options_.epochs;
    state.sentences = order_.size();
    for (state.epoch = 1; state.epoch <= options_.epochs; ++state.epoch) {
      for (std::size_t i = order_.size(); i > 1; --i) {
        std::swap(order_[i - 1], order_[random.Below(i)]);
      }
      double loss = 0;
      std::size_t characters = 0;
      for (state.sentences_done = 0; state.sentences_done < order_.size();) {
        const std::size_t sentence = order_[state.sentences_done];
        const LabelledSentence& sent = corpus_.sentences[sentence];
        Fire(sentence, random, firings);
        std::size_t n = seen_.chars.size();
        loss += crf.Step(n, firings, GoldTags(sent, n, model_.tags));
        characters += n;
        ++state.sentences_done;
        if (progress_ &&
            (state.sentences_done % 1000 == 0 || state.sentences_done == order_.size())) {
          state.loss = loss / static_cast<double>(characters);
          progress_(state);
        }
      }
    }
  }

  // Weights become bytes. The scale is such that all but one in ten thousand fit.
  void Quantise(const Crf& crf) {
    const float threshold = static_cast<float>(options_.threshold);
    std::vector<float> sizes;
    for (std::size_t row = 0; row < rows_; ++row) {
      for (float weight : crf.Row(row)) {
        if (std::abs(weight) >= threshold) sizes.push_back(std::abs(weight));
      }
    }
    float largest = 1;
    if (!sizes.empty()) {
      auto rank = static_cast<std::ptrdiff_t>(sizes.size() - 1 - sizes.size() / 10000);
      std::nth_element(sizes.begin(), sizes.begin() + rank, sizes.end());
      largest = std::max(sizes[static_cast<std::size_t>(rank)], 1.0F);
    }
    model_.scale = static_cast<int>(kLargestByte / largest);
    model_.scale = std::max(model_.scale, 1);
    auto scale = static_cast<float>(model_.scale);
    const std::size_t classes = model_.labels.size() + 1;  // the first is outside of spans
    for (std::size_t i = 0; i < crf.transitions().size(); ++i) {
      float weight = crf.transitions()[i];
      if (i % classes != 0) weight += static_cast<float>(options_.recall_bias);
      model_.transitions.push_back(static_cast<std::int32_t>(std::lround(weight * scale)));
    }
    for (float weight : crf.steps()) {
      model_.steps.push_back(static_cast<std::int32_t>(std::lround(weight * scale)));
    }
    std::map<std::uint32_t, WeightRow> rows;  // two keys of one hash: the first seen stands
    for (const Chosen& entry : chosen_) {
      WeightRow out;
      out.hash = tagger::KeyHash(entry.key);
      std::size_t row = entry.first_row;
      for (int k = 0; k < kFamily[entry.family].count; ++k) {
        if ((entry.places >> k & 1) == 0) continue;
        std::span<const float> weights = crf.Row(row++);
        if (std::none_of(weights.begin(), weights.end(),
                         [&](float w) { return std::abs(w) >= threshold; })) {
          continue;
        }
        out.places = static_cast<std::uint8_t>(out.places | (1U << k));
        for (float weight : weights) {
          float byte = std::abs(weight) < threshold ? 0.0F : std::round(weight * scale);
          byte = std::clamp(byte, -kLargestByte, kLargestByte);
          out.weights.push_back(static_cast<std::int8_t>(byte));
        }
      }
      if (out.places != 0) rows.try_emplace(out.hash, std::move(out));
    }
    std::vector<WeightRow> sorted;
    sorted.reserve(rows.size());
    for (auto& [hash, row] : rows) sorted.push_back(std::move(row));
    report_.features = sorted.size();
    SetRows(model_, sorted);
  }

  // On what was held out: how often is a span right that has such a margin? Pool adjacent violators
  // makes that a rising curve; a label with few spans takes the curve of all.
  void DrawCurves();

  Corpus corpus_;
  const TrainOptions& options_;
  const std::function<void(const TrainProgress&)>& progress_;
  std::vector<std::size_t> order_;  // sentences to learn from
  std::vector<std::size_t> held_;
  std::unordered_map<std::uint64_t, std::uint32_t> index_;  // key → chosen_; never iterated
  std::vector<Chosen> chosen_;
  std::size_t rows_ = 0;
  Model model_;
  TrainReport report_;
  Observed seen_;
  std::vector<Feature> features_;
};

struct Judged {
  std::int32_t margin = 0;
  bool right = false;
};

std::vector<tagger::CurvePoint> RisingCurve(std::vector<Judged> judged) {
  struct Block {
    double margins = 0;
    double right = 0;
    double count = 0;
  };
  // Half a right and half a wrong one are added to each block: no share is 0 or 1.
  auto share = [](const Block& b) { return (b.right + 0.5) / (b.count + 1); };
  constexpr std::size_t kFewest = 20;
  constexpr std::size_t kBlocks = 40;
  std::sort(judged.begin(), judged.end(),
            [](const Judged& a, const Judged& b) { return a.margin < b.margin; });
  std::size_t size = std::max(kFewest, judged.size() / kBlocks);
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < judged.size(); i += size) {
    Block block;
    for (std::size_t k = i; k < std::min(i + size, judged.size()); ++k) {
      block.margins += judged[k].margin;
      block.right += judged[k].right ? 1 : 0;
      block.count += 1;
    }
    blocks.push_back(block);
    while (blocks.size() > 1 && share(blocks[blocks.size() - 2]) >= share(blocks.back())) {
      Block last = blocks.back();
      blocks.pop_back();
      blocks.back().margins += last.margins;
      blocks.back().right += last.right;
      blocks.back().count += last.count;
    }
  }
  std::vector<tagger::CurvePoint> curve;
  for (const Block& block : blocks) {
    tagger::CurvePoint point{static_cast<std::int32_t>(std::lround(block.margins / block.count)),
                             static_cast<std::int32_t>(std::lround(10000 * share(block)))};
    if (!curve.empty() &&
        (curve.back().margin >= point.margin || curve.back().permyriad >= point.permyriad)) {
      continue;
    }
    curve.push_back(point);
  }
  return curve;
}

void Trainer::DrawCurves() {
  constexpr std::size_t kEnough = 300;
  std::vector<std::vector<Judged>> by_label(model_.labels.size());
  std::vector<Judged> all;
  tagger::Workspace work;
  std::vector<tagger::DecodedSpan> spans;
  for (std::size_t i : held_) {
    const LabelledSentence& sent = See(i);
    Decode(model_, seen_, work, spans);
    for (const tagger::DecodedSpan& span : spans) {
      LabelledSpan same{static_cast<std::uint32_t>(span.begin),
                        static_cast<std::uint32_t>(span.end),
                        static_cast<std::uint32_t>(span.label)};
      bool right = std::find(sent.spans.begin(), sent.spans.end(), same) != sent.spans.end();
      by_label[span.label].push_back({span.margin, right});
      all.push_back({span.margin, right});
    }
  }
  std::vector<tagger::CurvePoint> common = RisingCurve(all);
  for (std::vector<Judged>& judged : by_label) {
    model_.curves.push_back(judged.size() < kEnough ? common : RisingCurve(std::move(judged)));
  }
}

}  // namespace

Result<TrainReport> TrainTagger(Corpus corpus, const std::filesystem::path& model,
                                const TrainOptions& options,
                                const std::function<void(const TrainProgress&)>& progress) {
  if (corpus.labels.empty()) {
    return Error(ErrorCode::kInvalidInput, "no labelled character to learn from");
  }
  if (corpus.labels.size() > tagger::kMaxLabels) {
    return Error(ErrorCode::kInvalidInput, std::to_string(corpus.labels.size()) +
                                               " labels, a model holds at most " +
                                               std::to_string(tagger::kMaxLabels));
  }
  Trainer trainer(std::move(corpus), options, progress);
  Status written;
  TrainReport report = trainer.Run(model, written);
  TUPU_TRY(std::move(written));
  return report;
}

Evaluation EvaluateTagger(const Tagger& tagger, const Corpus& corpus) {
  std::map<std::string, LabelScore> scores;
  for (const std::string& label : tagger.labels()) scores[label].label = label;
  for (const std::string& label : corpus.labels) scores[label].label = label;
  for (const LabelledSentence& sent : corpus.sentences) {
    Observed seen;
    tagger::Observe(sent.text, {}, seen);
    auto touches_unknown = [&](Span span) {
      for (std::size_t i = 0; i < sent.unknown.size(); ++i) {
        if (sent.unknown[i] && span.Overlaps({seen.offsets[i], seen.offsets[i + 1]})) return true;
      }
      return false;
    };
    std::map<Span, std::string> gold;
    for (const LabelledSpan& span : sent.spans) {
      const std::string& label = corpus.labels[span.label];
      gold[{seen.offsets[span.begin], seen.offsets[span.end]}] = label;
      ++scores[label].gold;
    }
    for (const TaggedSpan& span : tagger.Tag(sent.text, sent.clues)) {
      LabelScore& score = scores[std::string(span.label)];
      auto found = gold.find(span.span);
      bool right = found != gold.end() && found->second == span.label;
      if (!right && touches_unknown(span.span)) continue;
      ++score.found;
      if (right) ++score.right;
    }
  }
  Evaluation out;
  out.all.label = "all";
  for (auto& [label, score] : scores) {
    out.all.right += score.right;
    out.all.found += score.found;
    out.all.gold += score.gold;
    out.labels.push_back(std::move(score));
  }
  return out;
}

}  // namespace tupu::extract
