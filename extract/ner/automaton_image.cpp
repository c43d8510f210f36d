#include "extract/ner/automaton_image.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <system_error>
#include <type_traits>
#include <utility>

#include "graph/base/file.h"
#include "graph/base/hash.h"

namespace tupu::extract {
namespace {

namespace fs = std::filesystem;

// The last letter is the version: of these bytes, and of how words become tables.
constexpr std::string_view kMagic = "TUPUACI1";
// Read on a machine of the other byte order it is another number.
constexpr std::uint64_t kOrderMark = 0x0102030405060708;
constexpr std::size_t kHashBytes = 16;

std::string_view BytesOf(const Hash128& hash) {
  return {reinterpret_cast<const char*>(hash.bytes.data()), kHashBytes};
}

template <class Table>
void PutTable(std::string& out, const Table& table) {
  static_assert(std::is_trivially_copyable_v<typename Table::value_type>);
  const std::uint64_t size = table.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out.append(reinterpret_cast<const char*>(table.data()),
             size * sizeof(typename Table::value_type));
}

bool GetNumber(std::string_view& in, std::uint64_t& value) {
  if (in.size() < sizeof value) return false;
  std::memcpy(&value, in.data(), sizeof value);
  in.remove_prefix(sizeof value);
  return true;
}

template <class Table>
bool GetTable(std::string_view& in, Table& table) {
  using Element = typename Table::value_type;
  std::uint64_t size = 0;
  if (!GetNumber(in, size) || size > in.size() / sizeof(Element)) return false;
  table.resize(size);
  if (size > 0) std::memcpy(static_cast<void*>(table.data()), in.data(), size * sizeof(Element));
  in.remove_prefix(size * sizeof(Element));
  return true;
}

bool IsImage(const fs::path& file) {
  return file.extension() == ".image" && file.stem().string().starts_with("automaton-");
}

// Takes away the oldest images beyond kMaxImages.
void Prune(const fs::path& folder) {
  std::error_code failed;
  std::vector<std::pair<fs::file_time_type, fs::path>> images;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    if (!IsImage(it->path())) continue;
    const fs::file_time_type time = it->last_write_time(failed);
    if (!failed) images.emplace_back(time, it->path());
  }
  if (images.size() <= kMaxImages) return;
  std::sort(images.begin(), images.end());
  for (std::size_t i = 0; i + kMaxImages < images.size(); ++i) fs::remove(images[i].second, failed);
}

// Whole or not at all: a reader never sees half an image.
void Keep(const fs::path& folder, const fs::path& file, std::string_view image) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return;
  fs::path draft = file;
  draft += "." + std::to_string(::getpid()) + ".tmp";
  std::ofstream out(draft, std::ios::binary);
  out.write(image.data(), static_cast<std::streamsize>(image.size()));
  out.close();
  if (out) fs::rename(draft, file, failed);
  if (!out || failed) {
    fs::remove(draft, failed);
    return;
  }
  Prune(folder);
}

}  // namespace

std::string Automaton::ToImage(const Hash128& words) const {
  std::string out(kMagic);
  out.append(reinterpret_cast<const char*>(&kOrderMark), sizeof kOrderMark);
  out += BytesOf(words);
  PutTable(out, codes_);
  PutTable(out, states_);
  PutTable(out, outs_);
  PutTable(out, sizes_);
  return out + std::string(BytesOf(HashFields({out})));
}

std::optional<Automaton> Automaton::FromImage(std::string_view image, const Hash128& words) {
  if (image.size() < kMagic.size() + sizeof kOrderMark + 2 * kHashBytes) return std::nullopt;
  std::string_view in = image.substr(0, image.size() - kHashBytes);
  if (BytesOf(HashFields({in})) != image.substr(in.size()) || !in.starts_with(kMagic)) {
    return std::nullopt;
  }
  in.remove_prefix(kMagic.size());
  std::uint64_t order = 0;
  if (!GetNumber(in, order) || order != kOrderMark) return std::nullopt;
  if (!in.starts_with(BytesOf(words))) return std::nullopt;
  in.remove_prefix(kHashBytes);
  Automaton out;
  const bool read = GetTable(in, out.codes_) && GetTable(in, out.states_) &&
                    GetTable(in, out.outs_) && GetTable(in, out.sizes_);
  if (!read || !in.empty() || !out.IsSound()) return std::nullopt;
  out.marks_.reserve(out.states_.size());
  for (const State& state : out.states_) out.marks_.push_back(MarkOf(state.check));
  return out;
}

// Whether scanning stays within the tables and comes to an end: failure links lead to shorter
// strings, words that end together get shorter.
bool Automaton::IsSound() const {
  if (sizes_.size() != states_.size()) return false;
  for (std::size_t i = 0; i < outs_.size(); ++i) {
    const Out& out = outs_[i];
    if (out.next == kNone) continue;
    if (out.next >= outs_.size() || outs_[out.next].size >= out.size) return false;
  }
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const State& state = states_[i];
    if (state.fail >= states_.size() || (state.out != kNone && state.out >= outs_.size())) {
      return false;
    }
    if (state.fail != 0 && sizes_[state.fail] >= sizes_[i]) return false;
    if (state.out != kNone && outs_[state.out].size > sizes_[i]) return false;
  }
  return true;
}

Automaton CachedAutomaton(const std::vector<std::string>& words, const fs::path& folder) {
  if (folder.empty()) return Automaton(words);
  const std::vector<std::string_view> fields(words.begin(), words.end());
  const Hash128 hash = HashFields(std::span<const std::string_view>(fields));
  const fs::path file = folder / ("automaton-" + hash.ToHex() + ".image");
  if (const Result<std::string> image = ReadFile(file)) {
    std::optional<Automaton> known = Automaton::FromImage(*image, hash);
    if (known && known->words() == words.size()) {
      return std::move(*known);
    }
  }
  Automaton built(words);
  Keep(folder, file, built.ToImage(hash));
  return built;
}

}  // namespace tupu::extract
