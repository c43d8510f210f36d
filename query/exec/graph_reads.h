// How a running query reads the graph: from the store, or from images of it (compressed adjacency,
// columns) that all readers of the same state share. Reading from the store is counted, and once it
// has cost about as much as making the image would, the image is made.
//
// Not for several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/algo/adjacency_image.h"
#include "query/exec/context.h"
#include "query/plan/plan.h"

namespace tupu::query {

// The steps from nodes along relationships of some types (empty: all) in one manner of walking.
class AdjacencyReader {
 public:
  AdjacencyReader(ExecContext& context, const std::vector<std::string>& types, Walk walk);

  // Types may have come to be through writes of the same statement.
  void Refresh();
  // No relationship can fit.
  bool none() const { return none_; }
  const std::vector<TypeId>& types() const { return types_; }
  Walk walk() const { return walk_; }

  // Calls visit(node, edge) for each step from the node, a loop once, until it returns false.
  // False on an error of the store; what visit does wrong is the caller's to remember.
  template <class Visit>
  bool ForEach(std::uint64_t node, const Visit& visit) {
    if (!images_.empty() && images_.size() == types_.size()) {
      const std::uint32_t place = images_[0]->nodes().PlaceOf(node);
      context_.Hit();
      if (place == graph::NodeIndex::kNone) return true;
      for (const auto& image : images_) {
        if (walk_ != Walk::kIn && !Visit1(*image, place, graph::Direction::kOut, false, visit)) {
          return true;
        }
        if (walk_ != Walk::kOut &&
            !Visit1(*image, place, graph::Direction::kIn, walk_ == Walk::kBoth, visit)) {
          return true;
        }
      }
      return true;
    }
    neighbours_.clear();
    if (!Read(NodeId{node}, neighbours_)) return false;
    for (const graph::Neighbour& step : neighbours_) {
      if (!visit(step.node.value, step.edge.value)) break;
    }
    return true;
  }
  // The same as a list, appended.
  bool Read(NodeId node, std::vector<graph::Neighbour>& out);
  // Only the steps to one other node; perhaps also some to others.
  bool ReadTo(NodeId node, NodeId other, std::vector<graph::Neighbour>& out);
  // How many steps there are.
  bool Degree(std::uint64_t node, std::uint64_t& out);

  // What is about to be read: makes the images at once if that is worth it.
  void Expect(double nodes, double steps);
  // The one image to read, of one type; null if there is none.
  const graph::AdjacencyImage* image() const {
    return images_.size() == 1 && types_.size() == 1 ? images_[0].get() : nullptr;
  }

 private:
  template <class Visit>
  static bool Visit1(const graph::AdjacencyImage& image, std::uint32_t place,
                     graph::Direction direction, bool without_loops, const Visit& visit) {
    const graph::AdjacencyImage::Steps steps = image.At(place, direction);
    for (std::size_t i = 0; i < steps.count; ++i) {
      if (without_loops && steps.places[i] == place) continue;
      if (!visit(image.nodes().NodeAt(steps.places[i]), steps.edges[i])) return false;
    }
    return true;
  }
  bool ReadStore(NodeId node, std::vector<graph::Neighbour>& out);
  void Spend(std::uint64_t more);
  void FindImages();
  void MakeImages();

  ExecContext& context_;
  std::vector<std::string> names_;
  Walk walk_;
  std::vector<TypeId> types_;
  bool none_ = false;
  std::vector<std::shared_ptr<const graph::AdjacencyImage>> images_;  // by type; all or none
  std::vector<graph::Neighbour> neighbours_;
  std::uint64_t spent_ = 0;  // not handed on yet
};

// Reads of one property of many nodes.
class ColumnReader {
 public:
  ColumnReader(ExecContext& context, std::string name);
  // The node's value, or null. False on an error.
  bool Read(NodeId node, graph::Value& out);
  // Null where nobody has made it yet.
  const graph::ColumnImage* image() const { return image_.get(); }
  // Makes the image where it is missing; null where that is not possible.
  const graph::ColumnImage* Image();

 private:
  void Make();

  ExecContext& context_;
  std::string name_;
  std::shared_ptr<const graph::ColumnImage> image_;
  std::uint32_t spent_ = 0;
};

std::string LabelNodesName(std::optional<LabelId> label);  // among what readers share
// All nodes, or those with the label; made where they are missing. Null where that is not possible.
std::shared_ptr<const graph::LabelImage> LabelNodes(ExecContext& context,
                                                    std::optional<LabelId> label);

}  // namespace tupu::query
