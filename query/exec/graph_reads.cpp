#include "query/exec/graph_reads.h"

#include <algorithm>

#include "query/exec/cursors_impl.h"

namespace tupu::query {
namespace {

using graph::AdjacencyImage;
using graph::Direction;

// Costs, the reading of one step from a block that is at hand being one.
constexpr std::uint64_t kReadNode = 150;
constexpr std::uint64_t kMakeEdge = 25;
constexpr std::uint64_t kHandOn = 1 << 14;  // so much is counted before it is told to others
// Nodes read one by one before their column is made: a share of all.
constexpr std::uint64_t kColumnShare = 4;
constexpr std::uint32_t kColumnStep = 64;

std::string AdjacencyName(TypeId type) { return "adjacency " + std::to_string(type.value); }
std::string ColumnName(const std::string& name) { return "column " + name; }

}  // namespace

AdjacencyReader::AdjacencyReader(ExecContext& context, const std::vector<std::string>& types,
                                 Walk walk)
    : context_(context), names_(types), walk_(walk) {
  Refresh();
}

void AdjacencyReader::Refresh() {
  types_ = context_.Types(names_, none_);
  if (names_.empty() && context_.view().shared()) {
    // All types by name, so that each can have its image.
    for (const std::string& name : context_.view().RelationTypes()) {
      if (const auto type = context_.view().FindType(name)) types_.push_back(*type);
    }
    none_ = types_.empty();
  }
  FindImages();
}

void AdjacencyReader::FindImages() {
  images_.clear();
  const graph::SharedReads* shared = context_.view().shared();
  if (!shared) return;
  for (const TypeId type : types_) {
    auto image = shared->Find<AdjacencyImage>(AdjacencyName(type));
    if (!image) {
      images_.clear();
      return;
    }
    images_.push_back(std::move(image));
  }
}

void AdjacencyReader::MakeImages() {
  graph::SharedReads* shared = context_.view().shared();
  if (!shared) return;
  const auto nodes = context_.view().CountNodes(std::nullopt);
  for (const TypeId type : types_) {
    if (shared->Find<AdjacencyImage>(AdjacencyName(type))) continue;
    const auto edges = context_.view().CountEdges(type);
    if (!nodes.ok() || !edges.ok() ||
        !shared->Claim(AdjacencyName(type), AdjacencyImage::Bytes(*nodes, *edges))) {
      return;
    }
    // What cannot be made is read from the store, which will say what is wrong.
    auto made = AdjacencyImage::Build(context_.view(), type);
    if (!made.ok()) return;
    shared->Keep(AdjacencyName(type), std::move(made).value());
  }
  FindImages();
}

void AdjacencyReader::Spend(std::uint64_t more) {
  spent_ += more;
  if (spent_ < kHandOn) return;
  graph::SharedReads* shared = context_.view().shared();
  std::uint64_t cost = 0, sum = 0;
  for (const TypeId type : types_) {
    const auto edges = context_.view().CountEdges(type);
    if (!edges.ok()) return;
    cost += *edges * kMakeEdge;
    sum += shared->Spend(AdjacencyName(type), spent_ / types_.size());
  }
  spent_ = 0;
  if (sum >= cost) MakeImages();
}

void AdjacencyReader::Expect(double nodes, double steps) {
  graph::SharedReads* shared = context_.view().shared();
  if (!shared || none_ || !images_.empty()) return;
  double cost = 0;
  for (const TypeId type : types_) {
    const auto edges = context_.view().CountEdges(type);
    if (!edges.ok()) return;
    cost += static_cast<double>(*edges * kMakeEdge);
  }
  if (nodes * kReadNode + steps >= cost) MakeImages();
}

bool AdjacencyReader::ReadStore(NodeId node, std::vector<graph::Neighbour>& out) {
  const std::size_t before = out.size();
  if (!ReadNeighbours(context_, node, walk_, names_.empty() ? std::vector<TypeId>{} : types_,
                      out)) {
    return false;
  }
  context_.Hit(out.size() - before + 1);
  if (context_.view().shared() && !types_.empty()) Spend(kReadNode + out.size() - before);
  return true;
}

bool AdjacencyReader::Read(NodeId node, std::vector<graph::Neighbour>& out) {
  if (none_) return true;
  if (images_.empty() || images_.size() != types_.size()) return ReadStore(node, out);
  std::size_t next = 0;
  for (const auto& image : images_) {
    const TypeId type = types_[next++];
    const std::uint32_t place = image->nodes().PlaceOf(node.value);
    if (place == graph::NodeIndex::kNone) return true;
    const auto add = [&](std::uint64_t other, std::uint64_t edge) {
      out.push_back({EdgeId{edge}, type, NodeId{other}});
      return true;
    };
    if (walk_ != Walk::kIn) Visit1(*image, place, Direction::kOut, false, add);
    if (walk_ != Walk::kOut) Visit1(*image, place, Direction::kIn, walk_ == Walk::kBoth, add);
  }
  return true;
}

bool AdjacencyReader::ReadTo(NodeId node, NodeId other, std::vector<graph::Neighbour>& out) {
  if (none_) return true;
  if ((!images_.empty() && images_.size() == types_.size()) || names_.empty()) {
    return Read(node, out);
  }
  const auto read = [&](Direction direction) {
    const Status status = context_.view().ExpandTo(node, direction, types_, other, out);
    return status.ok() || context_.Fail(status.error());
  };
  if (walk_ != Walk::kIn && !read(Direction::kOut)) return false;
  // A loop once.
  if (walk_ != Walk::kOut && (walk_ == Walk::kIn || node != other) && !read(Direction::kIn)) {
    return false;
  }
  if (context_.view().shared()) Spend(kReadNode);
  return true;
}

bool AdjacencyReader::Degree(std::uint64_t node, std::uint64_t& out) {
  out = 0;
  if (none_) return true;
  if (images_.empty() || images_.size() != types_.size() || walk_ == Walk::kBoth) {
    return ForEach(node, [&](std::uint64_t, std::uint64_t) {
      ++out;
      return true;
    });
  }
  for (const auto& image : images_) {
    const std::uint32_t place = image->nodes().PlaceOf(node);
    if (place == graph::NodeIndex::kNone) return true;
    out += image->At(place, walk_ == Walk::kOut ? Direction::kOut : Direction::kIn).count;
  }
  return true;
}

ColumnReader::ColumnReader(ExecContext& context, std::string name)
    : context_(context), name_(std::move(name)) {
  if (const graph::SharedReads* shared = context_.view().shared()) {
    image_ = shared->Find<graph::ColumnImage>(ColumnName(name_));
  }
}

bool ColumnReader::Read(NodeId node, graph::Value& out) {
  if (image_) {
    const std::uint32_t place = image_->nodes().PlaceOf(node.value);
    out =
        place != graph::NodeIndex::kNone && image_->Has(place) ? image_->At(place) : graph::Value();
    return true;
  }
  const graph::NodeRecord* record = context_.Node(node);
  if (!record) return false;
  const auto found = record->properties.find(name_);
  out = found == record->properties.end() ? graph::Value() : found->second;
  if (++spent_ < kColumnStep) return true;
  if (graph::SharedReads* shared = context_.view().shared()) {
    const std::uint64_t sum = shared->Spend(ColumnName(name_), spent_);
    const auto nodes = context_.view().CountNodes(std::nullopt);
    if (nodes.ok() && sum >= *nodes / kColumnShare + kColumnStep) Make();
  }
  spent_ = 0;
  return true;
}

void ColumnReader::Make() {
  graph::SharedReads* shared = context_.view().shared();
  const auto nodes = context_.view().CountNodes(std::nullopt);
  if (!nodes.ok() || !shared->Claim(ColumnName(name_), graph::ColumnImage::Bytes(*nodes))) return;
  auto made = graph::ColumnImage::Build(context_.view(), name_);
  if (!made.ok()) return;
  image_ = std::move(made).value();
  shared->Keep(ColumnName(name_), image_);
}

const graph::ColumnImage* ColumnReader::Image() {
  if (!image_ && context_.view().shared()) {
    image_ = context_.view().shared()->Find<graph::ColumnImage>(ColumnName(name_));
    if (!image_) Make();
  }
  return image_.get();
}

}  // namespace tupu::query
