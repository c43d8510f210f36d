// What the tests of the store share: a small schema, documents made by hand or at random, folders
// that go away, and the canonical dump by which two stores are compared.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/claims.h"
#include "graph/model/schema.h"
#include "graph/store/store.h"

namespace tupu::graph {

const Schema& TestSchema();

// A folder below the system's temporary one; removed with all that is in it.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Builds the claims of one document; mentions stand one behind the other in its text.
class DocumentMaker {
 public:
  explicit DocumentMaker(std::string id, std::string date = "2026-02-25");

  // Returns the entity's number. Forms are what the document calls it; the first is its name.
  std::uint32_t Entity(std::string type, std::string name, std::vector<std::string> forms = {},
                       Properties properties = {}, std::string context = {});
  void Relation(std::string type, std::uint32_t from, std::uint32_t to, Properties properties = {},
                ClaimStatus status = ClaimStatus::kDone);
  void Text(std::string_view text) { doc_.document.text += text; }

  DocumentClaims Done();  // normalised

 private:
  DocumentClaims doc_;
};

// A document that draws on few names, types, values and dates, so that documents agree and disagree
// often.
DocumentClaims RandomDocument(std::mt19937& random, const std::string& id);

// Judgements about the things of random documents: merges, splits and rejects that do not
// contradict each other, also about what no document names.
Judgements RandomJudgements(std::mt19937& random);

// Everything that a reader can see, without internal numbers, in one order. Fails the test on a
// read error.
std::string Dump(const View& view);

// Both kinds of store; `dir` is for the one on disk.
enum class StoreKind { kMemory, kRocks };
std::unique_ptr<Store> OpenStore(StoreKind kind, const std::filesystem::path& dir,
                                 OpenMode mode = OpenMode::kCreate);

// Fails the test on an error.
void Ok(const Status& status);
template <class T>
T Get(Result<T> result) {
  if (!result.ok()) Ok(result.error());
  return std::move(result).value();
}

// What Check finds, a line each; or why it cannot.
std::string Findings(const Store& store);

}  // namespace tupu::graph
