#include "extract/facts/word_list.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace tupu::extract {
namespace {

std::size_t SlotOf(std::uint32_t character) { return (character * 0x9e3779b1u) >> 12; }

}  // namespace

CharacterFilter FirstCharacters(const std::vector<std::string>& words) {
  CharacterFilter filter;
  for (const std::string& word : words) {
    if (!word.empty()) filter.Add(CharacterAt(word, 0));
  }
  return filter;
}

CharacterFilter LastCharacters(const std::vector<std::string>& words) {
  CharacterFilter filter;
  for (const std::string& word : words) {
    if (!word.empty()) filter.Add(CharacterBefore(word, word.size()));
  }
  return filter;
}

void WordList::Index::Build(const std::vector<std::string>& list, bool last) {
  const auto character = [&](std::uint32_t i) {
    return last ? CharacterBefore(list[i], list[i].size()) : CharacterAt(list[i], 0);
  };
  words.resize(list.size());
  std::iota(words.begin(), words.end(), 0u);
  std::erase_if(words, [&](std::uint32_t i) { return list[i].empty(); });
  std::stable_sort(words.begin(), words.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::uint32_t x = character(a), y = character(b);
    return x != y ? x < y : list[a].size() > list[b].size();
  });
  std::vector<Bucket> buckets;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::uint32_t c = character(words[i]);
    if (buckets.empty() || buckets.back().character != c) buckets.push_back({c, i, i});
    buckets.back().end = i + 1;
    filter.Add(c);
  }
  if (buckets.empty()) return;
  slots.resize(std::bit_ceil(2 * buckets.size()));
  for (const Bucket& bucket : buckets) {
    std::size_t at = SlotOf(bucket.character) % slots.size();
    while (slots[at].begin != slots[at].end) at = (at + 1) % slots.size();
    slots[at] = bucket;
  }
}

const WordList::Bucket* WordList::Index::Find(std::uint32_t character) const {
  if (slots.empty()) return nullptr;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = SlotOf(character) & mask;; at = (at + 1) & mask) {
    const Bucket& bucket = slots[at];
    if (bucket.begin == bucket.end) return nullptr;
    if (bucket.character == character) return &bucket;
  }
}

WordList::WordList(std::vector<std::string> words) : words_(std::move(words)) {
  first_.Build(words_, false);
  last_.Build(words_, true);
}

std::uint32_t WordList::LongestOf(std::uint32_t character, std::string_view text) const {
  const Bucket* bucket = first_.Find(character);
  if (bucket == nullptr) return 0;
  for (std::uint32_t i = bucket->begin; i < bucket->end; ++i) {
    const std::string& word = words_[first_.words[i]];
    if (text.starts_with(word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

std::uint32_t WordList::LongestEndOf(std::uint32_t character, std::string_view text) const {
  const Bucket* bucket = last_.Find(character);
  if (bucket == nullptr) return 0;
  for (std::uint32_t i = bucket->begin; i < bucket->end; ++i) {
    const std::string& word = words_[last_.words[i]];
    if (text.ends_with(word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

bool WordList::StandsIn(std::string_view text) const {
  if (words_.empty()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] & 0xc0) != 0x80 && LongestAt(text, at) > 0) return true;
  }
  return false;
}

}  // namespace tupu::extract
