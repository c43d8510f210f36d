// A new folder that brat can open.
#pragma once

#include <filesystem>

#include "graph/base/error.h"
#include "graph/eval/standoff.h"
#include "graph/model/schema.h"

namespace tupu::app {

class BratFolder {
 public:
  // Makes the folder with its annotation.conf. One that holds something already is an error, so
  // that nobody's annotations are overwritten. `schema` must outlive it.
  static Result<BratFolder> Create(const std::filesystem::path& path, const graph::Schema& schema);

  // Writes a document's two files. Fails where its id is no file name or stands twice.
  Status Write(const graph::Standoff& standoff);

 private:
  BratFolder(std::filesystem::path path, const graph::Schema& schema)
      : path_(std::move(path)), schema_(&schema) {}

  std::filesystem::path path_;
  const graph::Schema* schema_;
};

}  // namespace tupu::app
