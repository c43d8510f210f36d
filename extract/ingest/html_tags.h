// Makes markup safe for the tree builder: keeps the tags that shape a page and the attributes that
// tell its parts apart, and bounds both nesting and attributes. What it drops is never visible
// (scripts, styles, comments) or shapes nothing (<b>, <font>, <a>); the tree builder's time would
// otherwise grow with the square of their number.
#pragma once

#include <string>
#include <string_view>

namespace tupu::extract {

// Linear in the input; the output is not longer than the input.
std::string SimplifyMarkup(std::string_view html);

}  // namespace tupu::extract
