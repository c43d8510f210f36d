// Gold graphs as people keep them, whatever they made them with.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "graph/base/error.h"
#include "graph/eval/annotated_document.h"
#include "graph/model/schema.h"

namespace tupu::graph {

inline constexpr std::size_t kMaxGoldBytes = 64u << 20;  // of one file or line

// Reads a folder of brat's (.txt and .ann, folders inside it too; the document's id is its path
// without extension), a folder of .json files with one annotated document each, or a file of JSON
// Lines, each an annotated document or one of doccano's. Sorted by id; two documents of one id are
// an error. With `schema`, types must be in it. Every error names file, line and what was expected.
Result<std::vector<AnnotatedDocument>> ReadGold(const std::filesystem::path& path,
                                                const Schema* schema);

}  // namespace tupu::graph
