// The "text" of every JSON line on standard input, one a line: what a plain tagger would be given.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::string text = nlohmann::json::parse(line).at("text").get<std::string>();
    for (char& c : text) {
      if (c == '\n') c = ' ';
    }
    std::cout << text << '\n';
  }
  return std::cout.good() ? 0 : 1;
}
