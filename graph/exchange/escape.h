// The quoting rules of CSV and XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tupu::graph {

// Appends one field as RFC 4180 has it: in quotes, inner quotes doubled, where it holds a comma, a
// quote or a line end.
void AppendCsvField(std::string& out, std::string_view field);
// One record, ended by \r\n as RFC 4180 has it, or as told.
std::string CsvRecord(const std::vector<std::string>& fields, std::string_view end = "\r\n");

// Appends text for XML 1.0 content or a quoted attribute. Characters that XML cannot hold at all
// (most controls, U+FFFE, U+FFFF) become U+FFFD. The text must be valid UTF-8.
void AppendXmlText(std::string& out, std::string_view text);

}  // namespace tupu::graph
