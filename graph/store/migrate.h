// Brings a store of an older format version to today's, as FORMAT.md says under "Versions".
#pragma once

#include "graph/store/kv.h"
#include "graph/store/names.h"

namespace tupu::graph {

// Reads the format version: 0 for a store that has had no commit. kInvalidInput for what is no
// store or comes from a later tupu.
Result<std::uint64_t> ReadFormatVersion(const KvSnapshot& kv);

// From a lower version to today's. May be cut off at any moment: what is old counts until all that
// is new is written, and the next call begins anew or goes on cleaning up.
Status Migrate(KvStore& kv, const Names& names, std::uint64_t from);
// Whether keys of the version before are still there. They would be taken for damage: whoever only
// reads has to wait until somebody has opened the store for writing.
Result<bool> IsMigrating(const KvSnapshot& kv);
// Drops what a migration that was cut off left; quick where there is nothing.
Status FinishMigration(KvStore& kv);

}  // namespace tupu::graph
