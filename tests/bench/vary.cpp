// Makes many documents of few: those on standard input (JSON lines with "id" and "text") over and
// over, each round changed, until there are as many as asked for. A round has other digits, other
// given names and its sentences from another start, so that it brings new entities and values
// beside those that all rounds name. The first round is the documents as they came, but in a mixed
// order, so that any thousand of them are like any other thousand.
// usage: vary COUNT <DOCUMENTS.jsonl
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr std::string_view kStop = "。";

// Sentences, each with its full stop; what follows the last one is one more.
std::vector<std::string> Sentences(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t stop = text.find(kStop, begin);
    const std::size_t end = stop == std::string::npos ? text.size() : stop + kStop.size();
    out.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return out;
}

// Characters of given names and of few other words; a round puts each in another's place.
std::string Renamed(const std::string& text, std::size_t round) {
  static const std::vector<std::string> kNames = {"磊", "杰", "涛", "鹏", "斌", "辉", "宇", "浩",
                                                  "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞",
                                                  "玲", "勇", "刚", "峰", "琳", "倩", "欣", "怡"};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    std::string one = text.substr(at, size);
    at += size;
    for (std::size_t i = 0; size == 3 && i < kNames.size(); ++i) {
      if (one != kNames[i]) continue;
      one = kNames[(i + round) % kNames.size()];
      break;
    }
    out += one;
  }
  return out;
}

std::string Changed(const std::string& text, std::size_t round) {
  std::vector<std::string> sentences = Sentences(text);
  std::string out;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    out += sentences[(i + round) % sentences.size()];
  }
  for (char& c : out) {
    // Never to a leading zero, which dates and sums do not have.
    if (c >= '1' && c <= '9') c = static_cast<char>('1' + (c - '1' + round) % 9);
  }
  return Renamed(out, round);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: vary COUNT <DOCUMENTS.jsonl\n";
    return 2;
  }
  const std::size_t count = std::strtoull(argv[1], nullptr, 10);
  std::ios::sync_with_stdio(false);
  std::vector<nlohmann::json> documents;
  for (std::string line; std::getline(std::cin, line);) {
    documents.push_back(nlohmann::json::parse(line));
  }
  if (documents.empty()) return 1;
  std::mt19937 random(1);
  for (std::size_t i = documents.size() - 1; i > 0; --i) {
    std::swap(documents[i], documents[random() % (i + 1)]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t round = i / documents.size();
    nlohmann::json document = documents[i % documents.size()];
    if (round > 0) {
      document["id"] = document.at("id").get<std::string>() + "-" + std::to_string(round);
      document["text"] = Changed(document.at("text").get<std::string>(), round);
    }
    std::cout << document.dump() << '\n';
  }
  return std::cout.good() ? 0 : 1;
}
