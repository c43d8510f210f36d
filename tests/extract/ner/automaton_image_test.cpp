#include "extract/ner/automaton_image.h"

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "graph/base/file.h"
#include "graph/base/hash.h"
#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kWords = {"长江", "江苏", "江苏省",     "苏州",
                                         "北京", "京东", "刚果（金）", "𠮷野家"};
const std::string kText = "长江流经江苏省，京东在北京、苏州；赴刚果（金）的𠮷野家";

std::vector<std::string> AllFound(const Automaton& automaton,
                                  const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const auto& hit : automaton.FindLongest(kText)) out.push_back(words[hit.word]);
  automaton.ForEach(kText, [&](std::uint32_t word, Span span) {
    out.push_back(words[word] + "@" + std::to_string(span.begin));
  });
  return out;
}

struct Folder {
  fs::path path = MakeTempFolder();
  ~Folder() { fs::remove_all(path); }
  std::vector<fs::path> Files() const {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(path)) out.push_back(entry.path());
    return out;
  }
};

void Write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a damaged image, or one of other words, is nothing") {
  const Hash128 hash = HashFields({"甲"});
  const std::string image = Automaton(kWords).ToImage(hash);
  CHECK_FALSE(Automaton::FromImage("", hash));
  CHECK_FALSE(Automaton::FromImage("TUPUACI1", hash));
  CHECK_FALSE(Automaton::FromImage(image, HashFields({"乙"})));
  CHECK_FALSE(Automaton::FromImage(image + "x", hash));
  for (std::size_t cut = 0; cut < image.size(); cut += 37) {
    CHECK_FALSE(Automaton::FromImage(image.substr(0, cut), hash));
  }
  for (std::size_t at = 0; at < image.size(); at += 11) {
    std::string flipped = image;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    CAPTURE(at);
    CHECK_FALSE(Automaton::FromImage(flipped, hash));
  }
}

TEST_CASE("tables that lead out of themselves or in a circle are nothing, whatever the checksum") {
  const Hash128 hash = HashFields({"甲"});
  const std::string image = Automaton(kWords).ToImage(hash);
  const std::string body = image.substr(0, image.size() - 16);
  std::size_t refused = 0;
  for (std::size_t at = 32; at + 4 <= body.size(); at += 4) {
    std::string bytes = body;
    const std::uint32_t wild = 0x7FFFFFF0;
    std::memcpy(bytes.data() + at, &wild, sizeof wild);
    const Hash128 checksum = HashFields({bytes});
    bytes.append(reinterpret_cast<const char*>(checksum.bytes.data()), checksum.bytes.size());
    // Refused, or safe to scan with.
    if (auto read = Automaton::FromImage(bytes, hash)) {
      static_cast<void>(read->Lookup("江苏省"));
      read->ForEach(kText, [](std::uint32_t, Span) {});
    } else {
      ++refused;
    }
  }
  CHECK(refused > 0);
}

TEST_CASE("an image finds what its automaton finds") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{}, kWords}) {
    const Automaton built(words);
    const auto read = Automaton::FromImage(built.ToImage(HashFields({"甲"})), HashFields({"甲"}));
    REQUIRE(read);
    CHECK(read->states() == built.states());
    CHECK(AllFound(*read, words) == AllFound(built, words));
  }
}

TEST_CASE("a cache is made, used, mended and kept small") {
  Folder folder;
  const fs::path cache = folder.path / "a" / "b";
  const auto expected = AllFound(Automaton(kWords), kWords);
  CHECK(AllFound(CachedAutomaton(kWords, {}), kWords) == expected);
  CHECK_FALSE(fs::exists(cache));

  CHECK(AllFound(CachedAutomaton(kWords, cache), kWords) == expected);
  REQUIRE(fs::exists(cache));
  const fs::path image = fs::directory_iterator(cache)->path();
  const std::string bytes = *ReadFile(image);
  CHECK(AllFound(CachedAutomaton(kWords, cache), kWords) == expected);

  Write(image, bytes.substr(0, bytes.size() / 2));
  CHECK(AllFound(CachedAutomaton(kWords, cache), kWords) == expected);
  CHECK(*ReadFile(image) == bytes);

  Write(cache / "notes.txt", "不相干");
  for (int i = 0; i < 40; ++i) {
    const std::vector<std::string> others = {"词" + std::to_string(i), "江苏"};
    CHECK(AllFound(CachedAutomaton(others, cache), others).size() == 2);
  }
  std::size_t images = 0;
  for (const auto& entry : fs::directory_iterator(cache)) {
    images += entry.path().extension() == ".image" ? 1 : 0;
  }
  CHECK(images == kMaxImages);
  CHECK(fs::exists(cache / "notes.txt"));
}

TEST_CASE("a folder that cannot be written changes nothing") {
  Folder folder;
  Write(folder.path / "file", "");
  const fs::path cache = folder.path / "file" / "below";
  CHECK(AllFound(CachedAutomaton(kWords, cache), kWords) == AllFound(Automaton(kWords), kWords));
  CHECK(folder.Files().size() == 1);
}
