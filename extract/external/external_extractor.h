// Extraction by another program beside the built-in one (`--extractor CMD`).
//
// The program reads documents as JSON Lines, {"id","title","source","url","date","text"}, and
// answers each with one line of claims (claims_reader.h) before it gets the next. Several copies
// run at once; what a copy answers should depend on the document alone, for then the graph does not
// depend on the number of threads.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "graph/base/error.h"
#include "graph/model/claims.h"
#include "graph/model/document.h"
#include "graph/model/schema.h"

namespace tupu::extract {

// Safe for several threads. Programs are started when needed and end with this.
class ExternalExtractor {
 public:
  // `command` is /bin/sh's; `timeout` is for each document. `schema` must outlive this. Claims
  // carry the rule "extractor:NAME", NAME being the command's first word without its folder.
  ExternalExtractor(std::string command, std::chrono::milliseconds timeout,
                    const graph::Schema& schema);
  ExternalExtractor(ExternalExtractor&&) noexcept;
  ~ExternalExtractor();

  const std::string& command() const;

  // Adds the program's claims to the built-in ones and normalises them. Fails, naming the document,
  // where the program cannot be started, hangs, ends, or answers what cannot be read: it is then
  // killed, the next document meets a fresh one, and `claims` is untouched.
  Status Extend(const graph::Document& doc, graph::Claims& claims) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
