// JSON Lines and plain texts as they come on standard input: no bytes may do more than be rejected.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "extract/ingest/reader.h"
#include "graph/model/date.h"
#include "tests/fuzz/page_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tupu;
  using namespace tupu::extract;
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  ReadLimits limits;
  limits.max_document_bytes = 4096;
  limits.max_field_bytes = 256;
  std::uint64_t count = 0;
  const auto report = ReadDocuments({"-"}, limits, in, [&](graph::Document doc) {
    ++count;
    Demand(!doc.id.empty() && doc.text.size() <= limits.max_document_bytes);
    Demand(doc.date.empty() || graph::ParseDate(doc.date).has_value());
    CheckPage(doc);
    return true;
  });
  Demand(report.ok() && report->documents == count);
  Demand(report->bytes == size);
  for (const Rejection& rejection : report->rejections) {
    Demand(FindInvalidUtf8(rejection.where + rejection.reason) == std::string_view::npos);
  }
  return 0;
}
