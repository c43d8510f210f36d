#include "app/annotated_input.h"

#include <iostream>
#include <map>
#include <utility>

#include "app/console.h"
#include "extract/ingest/reader.h"
#include "graph/eval/gold.h"

namespace tupu::app {

void AddAnnotatedOptions(CLI::App& command, AnnotatedPaths& paths) {
  command.add_option("--gold", paths.gold, "Gold graphs of the documents, as tupu eval reads them")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--documents", paths.documents, "Documents, as tupu extract reads them")
      ->type_name("PATH")
      ->allow_extra_args(false);
}

Result<std::uint64_t> ReadAnnotated(
    const AnnotatedPaths& paths, const graph::Schema& schema,
    const std::function<Status(const graph::Document&, const graph::AnnotatedDocument&)>& use) {
  std::map<std::string, graph::AnnotatedDocument> gold;
  for (const std::string& path : paths.gold) {
    TUPU_ASSIGN(auto docs, graph::ReadGold(path, &schema));
    for (graph::AnnotatedDocument& doc : docs) {
      std::string id = doc.id;
      gold.insert_or_assign(std::move(id), std::move(doc));
    }
  }
  std::size_t known = 0;
  std::uint64_t failed = 0;
  TUPU_ASSIGN(const extract::ReadReport report,
              extract::ReadDocuments(paths.documents, {}, std::cin, [&](graph::Document doc) {
                const auto found = gold.find(doc.id);
                if (found == gold.end()) return true;
                ++known;
                if (const Status used = use(doc, found->second); !used.ok()) {
                  ++failed;
                  PrintMessage(doc.id + ": " + used.error().message);
                }
                return true;
              }));
  for (const extract::Rejection& rejection : report.rejections) {
    PrintMessage(rejection.where + ": " + rejection.reason);
  }
  if (known == 0) {
    return Error(ErrorCode::kInvalidInput,
                 "none of the documents is annotated, expected ids that the gold graphs have",
                 paths.documents.front());
  }
  return report.rejected + failed;
}

}  // namespace tupu::app
