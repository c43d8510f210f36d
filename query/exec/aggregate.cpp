#include "query/exec/aggregate.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "query/cypher/diagnostic.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;

struct HashOfValue {
  std::size_t operator()(const Value& value) const { return value.Hash(); }
};

class Count : public Accumulator {
 public:
  bool Add(ExecContext&, const Value&, const Value&) override {
    ++count_;
    return true;
  }
  bool Finish(ExecContext&, Value& out) override {
    out = Value(count_);
    return true;
  }

 private:
  std::int64_t count_ = 0;
};

class Collect : public Accumulator {
 public:
  bool Add(ExecContext& context, const Value& value, const Value&) override {
    if (!context.Charge(sizeof(Value) + HeapBytes(value))) return false;
    if (!WithinDepth(value, kMaxValueDepth - 1)) {
      return context.Fail(Error(ErrorCode::kLimit, "collect would nest lists more than " +
                                                       std::to_string(kMaxValueDepth) + " deep"));
    }
    list_.push_back(value);
    return true;
  }
  bool Finish(ExecContext&, Value& out) override {
    out = Value(std::move(list_));
    return true;
  }

 private:
  List list_;
};

class Extreme : public Accumulator {
 public:
  explicit Extreme(bool greatest) : greatest_(greatest) {}
  bool Add(ExecContext&, const Value& value, const Value&) override {
    if (best_.is_null()) {
      best_ = value;
    } else {
      const auto order = Value::Order(value, best_);
      if (greatest_ ? order > 0 : order < 0) best_ = value;
    }
    return true;
  }
  bool Finish(ExecContext&, Value& out) override {
    out = best_;
    return true;
  }

 private:
  bool greatest_;
  Value best_;
};

// Aggregates of numbers.
class Numeric : public Accumulator {
 public:
  explicit Numeric(const Aggregate& aggregate)
      : function_(aggregate.function), pos_(aggregate.pos) {}

  bool Add(ExecContext& context, const Value& value, const Value& second) final {
    if (!value.is_number()) return WrongType(context, function_, value, pos_);
    return AddNumber(context, value, second);
  }

 protected:
  virtual bool AddNumber(ExecContext& context, const Value& value, const Value& second) = 0;

  Function function_;
  std::uint32_t pos_;
};

// Of numbers, or of durations; 0 of nothing.
class Sum : public Accumulator {
 public:
  explicit Sum(const Aggregate& aggregate) : function_(aggregate.function), pos_(aggregate.pos) {}

  bool Add(ExecContext& context, const Value& value, const Value&) override {
    if (!value.is_number() && value.kind() != ValueKind::kDuration) {
      return WrongType(context, function_, value, pos_);
    }
    // An average does not overflow where the sum of integers would.
    const bool real = function_ == Function::kAvg && value.is_number();
    Value term = real ? Value(value.as_number()) : value;
    ++count_;
    if (sum_.is_null()) {
      sum_ = std::move(term);
      return true;
    }
    const Value before = std::move(sum_);
    return Arithmetic(context, Operator::kAdd, before, term, pos_, sum_);
  }
  bool Finish(ExecContext& context, Value& out) override {
    if (function_ == Function::kSum) {
      out = sum_.is_null() ? Value(0) : sum_;
      return true;
    }
    if (sum_.is_null()) {
      out = Value();
      return true;
    }
    return Arithmetic(context, Operator::kDivide, sum_, Value(static_cast<double>(count_)), pos_,
                      out);
  }

 private:
  Function function_;
  std::uint32_t pos_;
  std::int64_t count_ = 0;
  Value sum_;
};

// Spread in one pass, without the cancellation of summing squares (Welford).
class Spread : public Numeric {
 public:
  using Numeric::Numeric;
  bool AddNumber(ExecContext&, const Value& value, const Value&) override {
    const double x = value.as_number();
    ++count_;
    const double delta = x - mean_;
    mean_ += delta / count_;
    squares_ += delta * (x - mean_);
    return true;
  }
  bool Finish(ExecContext&, Value& out) override {
    const double divisor = function_ == Function::kStDevP ? count_ : count_ - 1;
    out = Value(divisor > 0 ? std::sqrt(squares_ / divisor) : 0.0);
    return true;
  }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

class Percentile : public Numeric {
 public:
  using Numeric::Numeric;
  bool AddNumber(ExecContext& context, const Value& value, const Value& second) override {
    if (values_.empty()) {
      if (!second.is_number()) return WrongType(context, function_, second, pos_);
      percentile_ = second.as_number();
      if (!(percentile_ >= 0 && percentile_ <= 1)) {
        return context.Fail(ValueError(
            pos_,
            "a percentile lies between 0 and 1, this is " + graph::DoubleToString(percentile_),
            detail::kNumberOutOfRange));
      }
    }
    if (!context.Charge(sizeof(Value))) return false;
    values_.push_back(value);
    return true;
  }
  bool Finish(ExecContext&, Value& out) override {
    if (values_.empty()) {
      out = Value();
      return true;
    }
    std::sort(values_.begin(), values_.end(),
              [](const Value& a, const Value& b) { return Value::Order(a, b) < 0; });
    const double last = static_cast<double>(values_.size() - 1);
    if (function_ == Function::kPercentileCont) {
      const double place = percentile_ * last;
      const auto low = static_cast<std::size_t>(std::floor(place));
      const auto high = static_cast<std::size_t>(std::ceil(place));
      const double a = values_[low].as_number();
      const double b = values_[high].as_number();
      out = Value(a + (b - a) * (place - std::floor(place)));
    } else {
      const double rank = std::ceil(percentile_ * static_cast<double>(values_.size()));
      out = values_[rank < 1 ? 0 : static_cast<std::size_t>(rank) - 1];
    }
    return true;
  }

 private:
  double percentile_ = 0;
  List values_;
};

class Distinct : public Accumulator {
 public:
  explicit Distinct(std::unique_ptr<Accumulator> inner) : inner_(std::move(inner)) {}
  bool Add(ExecContext& context, const Value& value, const Value& second) override {
    if (!seen_.insert(value).second) return true;
    return context.Charge(sizeof(Value) + 32 + HeapBytes(value)) &&
           inner_->Add(context, value, second);
  }
  bool Finish(ExecContext& context, Value& out) override { return inner_->Finish(context, out); }

 private:
  std::unique_ptr<Accumulator> inner_;
  std::unordered_set<Value, HashOfValue> seen_;
};

std::unique_ptr<Accumulator> MakePlain(const Aggregate& aggregate) {
  switch (aggregate.function) {
    case Function::kCount:
      return std::make_unique<Count>();
    case Function::kCollect:
      return std::make_unique<Collect>();
    case Function::kMin:
    case Function::kMax:
      return std::make_unique<Extreme>(aggregate.function == Function::kMax);
    case Function::kSum:
    case Function::kAvg:
      return std::make_unique<Sum>(aggregate);
    case Function::kPercentileCont:
    case Function::kPercentileDisc:
      return std::make_unique<Percentile>(aggregate);
    default:
      return std::make_unique<Spread>(aggregate);
  }
}

}  // namespace

std::unique_ptr<Accumulator> MakeAccumulator(const Aggregate& aggregate) {
  std::unique_ptr<Accumulator> plain = MakePlain(aggregate);
  if (!aggregate.distinct) return plain;
  return std::make_unique<Distinct>(std::move(plain));
}

}  // namespace tupu::query
