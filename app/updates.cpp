#include "app/updates.h"

#include <string_view>

namespace tupu::app {
namespace {

class Sentence {
 public:
  void Add(std::string_view verb, std::uint64_t count, std::string_view one,
           std::string_view many) {
    if (count == 0) return;
    if (verb == verb_) {
      out += ", ";
    } else {
      out += (out.empty() ? "" : "; ") + std::string(verb) + " ";
      verb_ = verb;
    }
    out += std::to_string(count) + " " + std::string(count == 1 ? one : many);
  }
  std::string out;

 private:
  std::string_view verb_;
};

}  // namespace

std::string UpdatesText(const graph::UpdateCounts& counts) {
  Sentence sentence;
  sentence.Add("created", counts.nodes_created, "node", "nodes");
  sentence.Add("created", counts.edges_created, "relationship", "relationships");
  sentence.Add("deleted", counts.nodes_deleted, "node", "nodes");
  sentence.Add("deleted", counts.edges_deleted, "relationship", "relationships");
  sentence.Add("set", counts.properties_set, "property", "properties");
  sentence.Add("added", counts.labels_added, "label", "labels");
  sentence.Add("removed", counts.labels_removed, "label", "labels");
  sentence.Add("created", counts.indexes_added, "index", "indexes");
  sentence.Add("created", counts.constraints_added, "constraint", "constraints");
  sentence.Add("dropped", counts.indexes_removed, "index", "indexes");
  sentence.Add("dropped", counts.constraints_removed, "constraint", "constraints");
  return std::move(sentence.out);
}

}  // namespace tupu::app
