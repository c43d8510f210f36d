#include "query/exec/profile.h"

#include <algorithm>

namespace tupu::query {
namespace {

class WatchedCursor : public Cursor {
 public:
  WatchedCursor(CursorPtr cursor, ExecContext& context, OperatorWork& work)
      : cursor_(std::move(cursor)), context_(context), work_(work) {}

  bool Next(Batch& out) override {
    const auto start = std::chrono::steady_clock::now();
    const std::uint64_t hits = context_.hits();
    const bool more = cursor_->Next(out);
    work_.hits += context_.hits() - hits;
    const std::chrono::nanoseconds spent = std::chrono::steady_clock::now() - start;
    work_.nanoseconds += static_cast<std::uint64_t>(spent.count());
    if (more) work_.rows += out.rows();
    return more;
  }
  void Reset() override { cursor_->Reset(); }

 private:
  CursorPtr cursor_;
  ExecContext& context_;
  OperatorWork& work_;
};

}  // namespace

CursorPtr Profile::Watch(const Plan& plan, ExecContext& context, CursorPtr cursor) {
  return std::make_unique<WatchedCursor>(std::move(cursor), context, work_[&plan]);
}

OperatorWork Profile::Own(const Plan& plan) const {
  const OperatorWork* found = Find(plan);
  if (!found) return {};
  OperatorWork own = *found;
  const auto without = [&](const Plan& below) {
    const OperatorWork* work = Find(below);
    if (!work) return;
    own.hits -= std::min(own.hits, work->hits);
    own.nanoseconds -= std::min(own.nanoseconds, work->nanoseconds);
  };
  for (const PlanPtr& child : plan.children) without(*child);
  ForEachOwnExpr(const_cast<Plan&>(plan), [&](BoundExpr& root) {
    ForEachExpr(root, [&](const BoundExpr& expr) {
      if (expr.subquery && expr.subquery->plan) without(*expr.subquery->plan);
    });
  });
  return own;
}

}  // namespace tupu::query
