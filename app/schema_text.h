// The ontology as people read it.
#pragma once

#include <string>

#include "graph/model/schema.h"

namespace tupu::app {

// The tree of entity types and the relation types with their ends, labels and properties.
std::string SchemaText(const graph::Schema& schema);

}  // namespace tupu::app
