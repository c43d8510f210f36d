// Strings, by code points.
#include <algorithm>
#include <set>

#include "graph/base/text_forms.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"
#include "query/cypher/diagnostic.h"
#include "query/exec/functions.h"

namespace tupu::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueKind;

// The byte at which the code point number `count` begins, or the end.
std::size_t Advance(std::string_view text, std::size_t from, std::int64_t count) {
  std::size_t pos = from;
  for (; count > 0 && pos < text.size(); --count) pos += DecodeAt(text, pos).size;
  return pos;
}

std::size_t Retreat(std::string_view text, std::int64_t count) {
  std::size_t pos = text.size();
  for (; count > 0 && pos > 0; --count) pos -= DecodeBefore(text, pos).size;
  return pos;
}

// White space, or all characters that stand in `chars`.
std::string_view Trim(std::string_view text, bool left, bool right, const Value* chars = nullptr) {
  std::set<char32_t> wanted;
  if (chars) {
    const std::string& list = chars->as_string();
    for (std::size_t pos = 0; pos < list.size();) {
      const CodePoint c = DecodeAt(list, pos);
      wanted.insert(c.value);
      pos += c.size;
    }
  }
  const auto goes = [&](char32_t c) { return chars ? wanted.contains(c) : IsWhiteSpace(c); };
  std::size_t begin = 0;
  std::size_t end = text.size();
  while (left && begin < end) {
    const CodePoint c = DecodeAt(text, begin);
    if (!goes(c.value)) break;
    begin += c.size;
  }
  while (right && end > begin) {
    const CodePoint c = DecodeBefore(text, end);
    if (!goes(c.value)) break;
    end -= c.size;
  }
  return text.substr(begin, end - begin);
}

bool Replace(ExecContext& context, const std::string& text, const std::string& from,
             const std::string& to, Value& out) {
  if (from.empty()) {
    out = Value(text);
    return true;
  }
  std::size_t count = 0;
  for (std::size_t pos = text.find(from); pos != std::string::npos;
       pos = text.find(from, pos + from.size())) {
    ++count;
  }
  // The result may be far longer than anything that the query contains.
  if (!context.Charge(text.size()) || (count > 0 && to.size() > (std::size_t{1} << 40) / count) ||
      !context.Charge(count * to.size())) {
    return context.Fail(Error(ErrorCode::kLimit, "the result of replace is too long"));
  }
  std::string replaced;
  std::size_t begin = 0;
  for (std::size_t pos = text.find(from); pos != std::string::npos; pos = text.find(from, begin)) {
    replaced.append(text, begin, pos - begin);
    replaced += to;
    begin = pos + from.size();
  }
  replaced.append(text, begin);
  out = Value(std::move(replaced));
  return true;
}

bool Split(ExecContext& context, const std::string& text, const std::string& by, Value& out) {
  List parts;
  std::size_t begin = 0;
  while (true) {
    if (!context.Charge(sizeof(Value)) || !context.Tick()) return false;
    std::size_t end = by.empty() ? begin + DecodeAt(text, begin).size : text.find(by, begin);
    if (end == std::string::npos) end = text.size();
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + by.size();
    if (end >= text.size()) break;
    if (!by.empty() && begin == text.size()) {
      parts.emplace_back("");
      break;
    }
  }
  out = Value(std::move(parts));
  return true;
}

}  // namespace

bool CallStringFunction(ExecContext& context, Function function, std::vector<Value>& arguments,
                        std::uint32_t pos, Value& out) {
  const bool counts = function == Function::kSubstring || function == Function::kLeft ||
                      function == Function::kRight;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool number = counts && i > 0;
    if (arguments[i].kind() != (number ? ValueKind::kInt : ValueKind::kString)) {
      return context.Fail(ValueError(pos,
                                     std::string(Definition(function).name) + " needs " +
                                         (number ? "an integer" : "a string") + ", this is " +
                                         TypeName(arguments[i]),
                                     detail::kArgumentValue));
    }
    if (number && arguments[i].as_int() < 0) {
      return context.Fail(ValueError(pos,
                                     std::string(Definition(function).name) + " cannot count " +
                                         std::to_string(arguments[i].as_int()) + " characters",
                                     detail::kNumberOutOfRange));
    }
  }
  const std::string& text = arguments[0].as_string();
  const Value* chars = !counts && arguments.size() > 1 ? &arguments[1] : nullptr;
  switch (function) {
    case Function::kToUpper:
      out = Value(ToUpper(text));
      return true;
    case Function::kToLower:
      out = Value(ToLower(text));
      return true;
    case Function::kTrim:
      out = Value(Trim(text, true, true));
      return true;
    case Function::kLTrim:
      out = Value(Trim(text, true, false, chars));
      return true;
    case Function::kRTrim:
      out = Value(Trim(text, false, true, chars));
      return true;
    case Function::kBTrim:
      out = Value(Trim(text, true, true, chars));
      return true;
    case Function::kNormalize: {
      static constexpr std::string_view kForms[] = {"NFC", "NFD", "NFKC", "NFKD"};
      const std::string_view wanted = chars ? std::string_view(chars->as_string()) : kForms[0];
      const auto form = std::find(std::begin(kForms), std::end(kForms), wanted);
      if (form == std::end(kForms)) {
        return context.Fail(
            ValueError(pos, "normalize knows NFC, NFD, NFKC and NFKD", detail::kArgumentValue));
      }
      out = Value(Normalize(text, static_cast<NormalForm>(form - std::begin(kForms))));
      return context.Charge(HeapBytes(out));
    }
    case Function::kReplace:
      return Replace(context, text, arguments[1].as_string(), arguments[2].as_string(), out);
    case Function::kSplit:
      return Split(context, text, arguments[1].as_string(), out);
    case Function::kSubstring: {
      const std::size_t begin = Advance(text, 0, arguments[1].as_int());
      const std::size_t end =
          arguments.size() > 2 ? Advance(text, begin, arguments[2].as_int()) : text.size();
      out = Value(text.substr(begin, end - begin));
      return true;
    }
    case Function::kLeft:
      out = Value(text.substr(0, Advance(text, 0, arguments[1].as_int())));
      return true;
    default:  // kRight
      out = Value(text.substr(Retreat(text, arguments[1].as_int())));
      return true;
  }
}

}  // namespace tupu::query
