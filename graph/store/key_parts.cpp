#include "graph/store/key_parts.h"

#include "graph/base/coding.h"

namespace tupu::graph {

std::string Letter32(char letter, std::uint32_t number) {
  std::string out(1, letter);
  PutFixed32(out, number);
  return out;
}

std::string Letter64(char letter, std::uint64_t number) {
  std::string out(1, letter);
  out.reserve(40);  // most keys go on
  PutFixed64(out, number);
  return out;
}

bool TakeLetter(std::string_view& in, char letter) {
  if (!in.starts_with(letter)) return false;
  in.remove_prefix(1);
  return true;
}

void PutEscaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    out += c;
    if (c == '\0') out += '\xff';
  }
}

std::string FirstBehind(std::string_view prefix) {
  std::string out(prefix);
  while (!out.empty() && out.back() == '\xff') out.pop_back();
  if (!out.empty()) out.back() = static_cast<char>(static_cast<std::uint8_t>(out.back()) + 1);
  return out;
}

}  // namespace tupu::graph
