#include "extract/facts/rule_gate.h"

#include <algorithm>

namespace tupu::extract {
namespace {

enum : std::uint8_t { kUnknownYet, kMissing, kThere };

// The last bit stands for all types from there on.
constexpr std::size_t kTypeBits = 64;

}  // namespace

void RuleGate::Add(const LinearPattern& pattern) {
  Needs needs;
  std::size_t needed = 0;
  for (std::size_t i = 0; i < pattern.elements.size(); ++i) {
    const PatternElement& element = pattern.elements[i];
    needed = std::max(needed, i + element.optional);
    if (i < needed) continue;
    switch (element.kind) {
      case PatternElement::Kind::kMention: {
        Mentions wanted{0, element.nested, element.taken_over};
        for (const std::string& type : element.types) {
          const std::uint64_t fresh = std::uint64_t{1} << std::min(types_.size(), kTypeBits - 1);
          wanted.types |= types_.try_emplace(type, fresh).first->second;
        }
        needs.mentions.push_back(wanted);
        break;
      }
      case PatternElement::Kind::kWords: {
        // The triggers have been seen to.
        if (element.words == pattern.triggers) break;
        const auto next = static_cast<std::uint32_t>(lists_.size());
        const auto [it, added] = numbers_.try_emplace(element.words, next);
        if (added) lists_.emplace_back(element.words);
        needs.words.push_back(it->second);
        break;
      }
      case PatternElement::Kind::kAmount:
        needs.amounts = true;
        break;
      case PatternElement::Kind::kDate:
        needs.dates = true;
        break;
      case PatternElement::Kind::kTitle:
        needs.titles = true;
        break;
      default:
        break;
    }
  }
  // Lists of long words are seldom there.
  std::stable_sort(needs.words.begin(), needs.words.end(), [&](std::uint32_t a, std::uint32_t b) {
    return lists_[a].words().back().size() > lists_[b].words().back().size();
  });
  patterns_.push_back(std::move(needs));
}

void GatedSentence::Open(const RuleGate& gate, const Workspace& work, std::uint32_t sentence) {
  gate_ = &gate;
  work_ = &work;
  sent_ = &work.sentence(sentence);
  words_.assign(gate.lists_.size(), kUnknownYet);
  NoteTypes();
}

void GatedSentence::NoteTypes() {
  outer_ = types_ = 0;
  mentions_ = sent_->mentions.size();
  for (const MentionId id : sent_->mentions) {
    const WorkMention& mention = work_->mention(id);
    const auto it = gate_->types_.find(mention.type);
    if (it == gate_->types_.end()) continue;
    types_ |= it->second;
    if (!mention.nested) outer_ |= it->second;
  }
}

bool GatedSentence::Lets(std::uint32_t number) {
  const RuleGate::Needs& needs = gate_->patterns_[number];
  // Rules make mentions. Those that were there only come to lie inside others.
  if (sent_->mentions.size() != mentions_) NoteTypes();
  for (const RuleGate::Mentions& wanted : needs.mentions) {
    if ((wanted.types & (wanted.nested ? types_ : outer_)) != 0) continue;
    if (!wanted.taken_over || sent_->subjects.empty()) return false;
  }
  if ((needs.amounts && sent_->amounts.empty()) || (needs.dates && sent_->dates.empty()) ||
      (needs.titles && sent_->titles.empty())) {
    return false;
  }
  for (const std::uint32_t list : needs.words) {
    std::uint8_t& known = words_[list];
    if (known == kUnknownYet) {
      known = gate_->lists_[list].StandsIn(sent_->text) ? kThere : kMissing;
    }
    if (known == kMissing) return false;
  }
  return true;
}

}  // namespace tupu::extract
