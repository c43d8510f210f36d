// What makes one document's entity the same thing as another document's.
#pragma once

#include "graph/model/claims.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// The key of one of `claims.entities` (by reference into it): the gazetteer's id; else the folded
// canonical name, and for people, events, projects and documents of a generic name what tells one
// 新闻发布会 or 王伟 from another: the first that is known of organisation, host, issuer, builder
// and place; else the document. Bare departments (市财政局) are the document's.
graph::EntityKey KeyOf(const graph::LocalEntity& ent, const graph::Claims& claims,
                       const graph::Schema& schema);

}  // namespace tupu::extract
