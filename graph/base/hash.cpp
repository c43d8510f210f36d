#include "graph/base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "graph/base/coding.h"

namespace tupu {

std::string Hash128::ToHex() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

Hash128 HashFields(std::span<const std::string_view> fields) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  std::string size;
  for (std::string_view field : fields) {
    size.clear();
    PutVarint(size, field.size());
    XXH3_128bits_update(&state, size.data(), size.size());
    XXH3_128bits_update(&state, field.data(), field.size());
  }
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state));
  Hash128 out;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) out.bytes[i] = canonical.digest[i];
  return out;
}

}  // namespace tupu
