// The sessions of congresses and their committees: what tells one from the others, however it is
// called.
#pragma once

#include <string>
#include <string_view>

namespace tupu::extract {

// Whose session it is, of which term, and which number it has: the same in its long and its short
// form. Empty for any other meeting.
std::string SessionOf(std::string_view name);

}  // namespace tupu::extract
