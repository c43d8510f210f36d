// Pages of HTML: any bytes that decode give valid text, and a page that holds together.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "extract/ingest/reader.h"
#include "graph/base/unicode.h"
#include "tests/fuzz/page_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tupu;
  using namespace tupu::extract;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string charset = DeclaredCharset(bytes);
  const auto decoded = charset.empty() ? DecodeText(bytes) : DecodeTextAs(bytes, charset);
  if (!decoded.ok()) return 0;
  HtmlText page = HtmlToText(decoded->text);
  graph::Document doc;
  doc.id = "page";
  doc.title = std::move(page.title);
  doc.text = std::move(page.text);
  CheckPage(doc);
  return 0;
}
