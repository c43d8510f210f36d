// What a statement changed, in words.
#pragma once

#include <string>

#include "graph/store/transaction.h"

namespace tupu::app {

// "created 2 nodes, 1 relationship; set 3 properties"; empty where nothing changed.
std::string UpdatesText(const graph::UpdateCounts& counts);

}  // namespace tupu::app
