// cppjieba's Tag over lines of text, for speed.sh to time.
// usage: cppjieba DICTIONARIES TEXTS
#include <cppjieba/Jieba.hpp>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string dir = std::string(argv[1]) + "/";
  cppjieba::Jieba jieba(dir + "jieba.dict.utf8", dir + "hmm_model.utf8", dir + "user.dict.utf8",
                        dir + "idf.utf8", dir + "stop_words.utf8");
  std::ifstream in(argv[2], std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
  std::size_t words = 0;
  for (const std::string& line : lines) {
    std::vector<std::pair<std::string, std::string>> tagged;
    jieba.Tag(line, tagged);
    words += tagged.size();
  }
  std::cout << "words " << words << "\n";
  return lines.empty() ? 1 : 0;
}
