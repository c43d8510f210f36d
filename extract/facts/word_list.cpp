#include "extract/facts/word_list.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tupu::extract {
namespace {

std::uint8_t ByteAt(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

// The bytes of the character at `pos`, which must be within the text.
std::uint32_t CharacterAt(std::string_view text, std::size_t pos) {
  std::uint32_t bytes = ByteAt(text, pos);
  if (bytes >= 0xe0 && bytes < 0xf0 && pos + 3 <= text.size()) {  // most of a text
    return bytes << 16 | std::uint32_t{ByteAt(text, pos + 1)} << 8 | ByteAt(text, pos + 2);
  }
  if (bytes < 0xc0) return bytes;
  const std::size_t end = std::min(text.size(), pos + (bytes >= 0xf0 ? 4 : bytes >= 0xe0 ? 3 : 2));
  for (std::size_t at = pos + 1; at < end; ++at) bytes = bytes << 8 | ByteAt(text, at);
  return bytes;
}

// The same for the one that ends at `pos`, which must not be the text's beginning.
std::uint32_t CharacterBefore(std::string_view text, std::size_t pos) {
  std::size_t begin = pos - 1;
  while (begin > 0 && pos - begin < 4 && (ByteAt(text, begin) & 0xc0) == 0x80) --begin;
  return CharacterAt(text.substr(0, pos), begin);
}

}  // namespace

bool CharacterFilter::MayStandAt(std::string_view text, std::size_t pos) const {
  return pos < text.size() && MayHold(CharacterAt(text, pos));
}

bool CharacterFilter::MayStandBefore(std::string_view text, std::size_t pos) const {
  return pos > 0 && pos <= text.size() && MayHold(CharacterBefore(text, pos));
}

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
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::uint32_t c = character(words[i]);
    if (buckets.empty() || buckets.back().character != c) buckets.push_back({c, i, i});
    buckets.back().end = i + 1;
    filter.Add(c);
  }
}

const WordList::Bucket* WordList::Index::Find(std::uint32_t character) const {
  if (!filter.MayHold(character)) return nullptr;
  const auto at =
      std::lower_bound(buckets.begin(), buckets.end(), character,
                       [](const Bucket& bucket, std::uint32_t c) { return bucket.character < c; });
  return at != buckets.end() && at->character == character ? &*at : nullptr;
}

WordList::WordList(std::vector<std::string> words) : words_(std::move(words)) {
  first_.Build(words_, false);
  last_.Build(words_, true);
}

std::uint32_t WordList::LongestAt(std::string_view text, std::size_t pos) const {
  if (pos >= text.size()) return 0;
  const Bucket* bucket = first_.Find(CharacterAt(text, pos));
  if (bucket == nullptr) return 0;
  const std::string_view rest = text.substr(pos);
  for (std::uint32_t i = bucket->begin; i < bucket->end; ++i) {
    const std::string& word = words_[first_.words[i]];
    if (rest.starts_with(word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

std::uint32_t WordList::LongestBefore(std::string_view text, std::size_t pos) const {
  if (pos == 0 || pos > text.size()) return 0;
  const Bucket* bucket = last_.Find(CharacterBefore(text, pos));
  if (bucket == nullptr) return 0;
  const std::string_view before = text.substr(0, pos);
  for (std::uint32_t i = bucket->begin; i < bucket->end; ++i) {
    const std::string& word = words_[last_.words[i]];
    if (before.ends_with(word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

bool WordList::StandsIn(std::string_view text) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((ByteAt(text, at) & 0xc0) != 0x80 && LongestAt(text, at) > 0) return true;
  }
  return false;
}

}  // namespace tupu::extract
