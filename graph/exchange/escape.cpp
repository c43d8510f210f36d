#include "graph/exchange/escape.h"

#include "graph/base/utf8.h"

namespace tupu::graph {

void AppendCsvField(std::string& out, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string CsvRecord(const std::vector<std::string>& fields, std::string_view end) {
  std::string out;
  // A record of one empty field would read as no record.
  if (fields.size() == 1 && fields.front().empty()) return "\"\"" + std::string(end);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i != 0) out += ',';
    AppendCsvField(out, fields[i]);
  }
  out += end;
  return out;
}

void AppendXmlText(std::string& out, std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    switch (c.value) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      // Readers turn a bare one into a space or a line feed.
      case '\t':
      case '\n':
      case '\r':
        out += "&#" + std::to_string(static_cast<unsigned>(c.value)) + ";";
        break;
      default:
        if (c.value < 0x20 || c.value == 0xFFFE || c.value == 0xFFFF) {
          out += "\xEF\xBF\xBD";
        } else {
          out += text.substr(pos, c.size);
        }
    }
    pos += c.size;
  }
}

}  // namespace tupu::graph
