// The object is read as a stream of events, so that what nobody asked for is never built and a
// nesting bomb is a number that grows, not a stack.
#include "extract/ingest/json_document.h"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "extract/ingest/dates.h"
#include "extract/ingest/lines.h"
#include "graph/base/unicode.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

using nlohmann::json;

constexpr int kMaxNesting = 64;
constexpr std::array<std::string_view, 6> kKeys = {"id", "title", "source", "url", "date", "text"};
constexpr int kUnknownKey = -1;
enum Key { kId, kTitle, kSource, kUrl, kDate, kText };

class DocumentHandler : public nlohmann::json_sax<json> {
 public:
  explicit DocumentHandler(const ReadLimits& limits) : limits_(limits) {}

  std::string error;
  std::array<std::string, kKeys.size()> values;
  std::array<bool, kKeys.size()> seen{};
  std::array<bool, kKeys.size()> given{};

  bool null() override { return Other(""); }
  bool boolean(bool) override { return Other("true or false"); }
  bool number_integer(number_integer_t value) override { return Number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Number(text); }
  bool binary(binary_t&) override { return Other("binary data"); }

  bool string(string_t& text) override {
    if (depth_ == 0) return Fail("a string; expected an object");
    if (depth_ > 1 || key_ == kUnknownKey) return true;
    const std::uint64_t limit =
        key_ == kText ? limits_.max_document_bytes : limits_.max_field_bytes;
    if (text.size() > limit) {
      return Fail(Named() + std::to_string(text.size()) + " bytes; the limit is " +
                  std::to_string(limit));
    }
    return Take(std::move(text));
  }

  bool start_object(std::size_t) override {
    if (depth_ == 1 && key_ != kUnknownKey) return Fail(Expected("an object"));
    return Enter();
  }
  bool start_array(std::size_t) override {
    if (depth_ == 0) return Fail("an array; expected an object");
    if (depth_ == 1 && key_ != kUnknownKey) return Fail(Expected("an array"));
    return Enter();
  }
  bool end_object() override { return Leave(); }
  bool end_array() override { return Leave(); }

  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    key_ = kUnknownKey;
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
      if (name == kKeys[i]) key_ = static_cast<int>(i);
    }
    if (key_ == kUnknownKey) return true;
    if (seen[Index()]) return Fail("key \"" + name + "\" stands twice");
    seen[Index()] = true;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& problem) override {
    std::string what = problem.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error …"
    if (const auto cut = what.find(": "); cut != std::string::npos) what.erase(0, cut + 2);
    return Fail("not JSON at byte " + std::to_string(position) + ": " + what);
  }

 private:
  std::size_t Index() const { return static_cast<std::size_t>(key_); }
  std::string Named() const { return "key \"" + std::string(kKeys[Index()]) + "\": "; }
  std::string Expected(const char* found) const {
    return Named() + found + "; expected a string" +
           (key_ == kId || key_ == kDate ? " or a number" : "");
  }
  bool Fail(std::string text) {
    error = std::move(text);
    return false;
  }
  bool Enter() {
    if (++depth_ > kMaxNesting) {
      return Fail("nested more than " + std::to_string(kMaxNesting) + " deep");
    }
    return true;
  }
  bool Leave() {
    --depth_;
    return true;
  }
  bool Take(std::string text) {
    given[Index()] = true;
    values[Index()] = std::move(text);
    return true;
  }
  bool Number(std::string text) {
    if (depth_ == 1 && (key_ == kId || key_ == kDate)) return Take(std::move(text));
    return Other("a number");
  }
  // A value that no known key may have; "" is null.
  bool Other(const char* found) {
    if (depth_ == 0)
      return Fail(std::string(*found == 0 ? "null" : found) + "; expected an object");
    if (depth_ > 1 || key_ == kUnknownKey || (*found == 0 && key_ != kText)) return true;
    return Fail(Expected(*found == 0 ? "null" : found));
  }

  const ReadLimits& limits_;
  int depth_ = 0;
  int key_ = kUnknownKey;
};

Error Invalid(std::string text) { return Error{ErrorCode::kInvalidInput, std::move(text)}; }

// The date as ISO 8601, "" for none.
Result<std::string> NormaliseDate(const std::string& text) {
  if (IsAllBlank(text)) return std::string();
  if (const auto date = ParseLooseDate(text)) return date->ToString();
  const auto found = FindFullDates(text, Span{0, static_cast<std::uint32_t>(text.size())});
  if (!found.empty()) return found.front().date.ToString();
  return Invalid("key \"date\": \"" + text.substr(0, 60) +
                 "\"; expected a date such as 2026-02-25, 2026-02 or 2026");
}

}  // namespace

Result<graph::Document> ParseJsonDocument(std::string_view text, const ReadLimits& limits) {
  if (const std::size_t broken = FindInvalidUtf8(text); broken != std::string_view::npos) {
    return Invalid("not UTF-8 at byte " + std::to_string(broken));
  }
  DocumentHandler handler(limits);
  if (!json::sax_parse(text.begin(), text.end(), &handler)) {
    return Invalid(handler.error.empty() ? "not JSON" : handler.error);
  }
  if (!handler.given[kText]) return Invalid("no key \"text\"; expected a string under it");
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    if (const Status good = CheckText(handler.values[i]); !good.ok()) {
      return Invalid("key \"" + std::string(kKeys[i]) + "\": " + good.error().message);
    }
  }
  for (const char c : handler.values[kId]) {
    if (static_cast<unsigned char>(c) < 0x20) return Invalid("key \"id\": a control character");
  }
  if (IsAllBlank(handler.values[kText])) return Invalid("key \"text\": empty");
  graph::Document doc;
  doc.id = std::move(handler.values[kId]);
  doc.title = std::move(handler.values[kTitle]);
  doc.source = std::move(handler.values[kSource]);
  doc.url = std::move(handler.values[kUrl]);
  TUPU_ASSIGN(doc.date, NormaliseDate(handler.values[kDate]));
  doc.text = std::move(handler.values[kText]);
  return doc;
}

}  // namespace tupu::extract
