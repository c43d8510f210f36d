// Content hashes of length-prefixed fields, so that no two different lists of fields run together.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "graph/base/ids.h"

namespace tupu {

// XXH3 (128 bits, seed 0) of each field preceded by its length as a varint; the hash is written
// big-endian. Part of the stored format: never change it.
Hash128 HashFields(std::span<const std::string_view> fields);
inline Hash128 HashFields(std::initializer_list<std::string_view> fields) {
  return HashFields(std::span<const std::string_view>(fields.begin(), fields.size()));
}

}  // namespace tupu
