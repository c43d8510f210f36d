// A small graph and a few statements about it, made of any bytes: what graph_fuzz runs in several
// ways that have to agree.
//
// Statements are such that what they give is determined: rows but for their order, lists that are
// collected but for that of their elements, whole numbers but for whether they are integers. LIMIT
// comes only behind an order of everything; SET gives each element one value, whichever row comes
// last; what may fail does so in whatever order rows come.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tupu::fuzz {

struct CaseStatement {
  std::string text;
  bool ordered = false;   // rows come in the order of all their columns
  bool collects = false;  // the order of elements in lists is nobody's promise
};

struct GraphCase {
  std::vector<std::uint32_t> documents;  // seeds of graph::RandomDocument
  std::string create;                    // makes the graph by hand; empty: there is none
  std::vector<std::string> constraints;  // which statements may fail by
  std::vector<std::string> indexes;      // which may change nothing
  std::vector<CaseStatement> statements;
};

GraphCase MakeCase(std::span<const std::uint8_t> bytes);

}  // namespace tupu::fuzz
