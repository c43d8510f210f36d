// Automatons kept on disk from one run to the next, so that a start costs milliseconds.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "extract/ner/automaton.h"

namespace tupu::extract {

// The automaton of `words` (as its constructor takes them), read from `folder` where that holds its
// image, else built and its image left there for the next time. An empty path: none is kept.
//
// The folder is a cache: it is made where it is missing, holds one file for each set of words by
// the hash of the words, at most kMaxImages of them (the oldest go), and may be emptied at any
// time. An image that cannot be read or written, or that is damaged, is as if it were not there;
// the result is the same in any case. Processes may share a folder.
Automaton CachedAutomaton(const std::vector<std::string>& words,
                          const std::filesystem::path& folder);

inline constexpr std::size_t kMaxImages = 16;

}  // namespace tupu::extract
