// Finds every known name in a text.
//
// Leftmost-longest: with 北京 and 北京大学 loaded, 北京大学 is one match (FindAll also gives what
// lies inside). A form may stand for several entries (市中区): all are given, and context decides
// later. Offsets are bytes into the text given. Immutable once built; share freely. Aho–Corasick
// (1975) over a double array (Aoe 1989).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/ner/automaton.h"
#include "graph/base/error.h"
#include "graph/base/span.h"

namespace tupu::extract {

// One line of schemas/gazetteers/*.tsv (format: README.md there).
struct GazetteerEntry {
  std::string id;    // "div/310115"
  std::string type;  // an entity type (Recogniser::Load checks it against the schema)
  std::string name;  // full official name
  std::string parent_id;
  std::vector<std::string> aliases;
  bool abolished = false;
  std::string succeeded_by;             // id of what took the place of an abolished one, or ""
  std::vector<std::string> weak_forms;  // of the name, the aliases or further ones
};

// What one form stands for.
struct Sense {
  std::uint32_t entry = 0;  // index into entries()
  bool weak = false;        // only to be trusted in context
  bool full_name = false;   // the form is the entry's full name
};

struct GazetteerMatch {
  Span span;
  std::span<const Sense> senses;  // never empty; lives as long as the gazetteer
};

class Gazetteer {
 public:
  Gazetteer(Gazetteer&&) noexcept;
  Gazetteer& operator=(Gazetteer&&) noexcept;
  ~Gazetteer();

  // Reads every *.tsv below DIR/gazetteers in order of name. A kSchema error names file, line and
  // what was expected (columns, unique ids, known parents without circles, known successors, forms
  // of two characters or more). `cache_dir`: see CachedAutomaton.
  static Result<Gazetteer> Load(const std::filesystem::path& schema_dir,
                                const std::filesystem::path& cache_dir = {});
  static Result<Gazetteer> Build(std::vector<GazetteerEntry> entries,
                                 const std::vector<std::string>& weak_forms = {});

  std::vector<GazetteerMatch> Find(std::string_view text) const;  // leftmost-longest
  // All, also overlapping; by begin, the longest first.
  std::vector<GazetteerMatch> FindAll(std::string_view text) const;
  // The same, while `beside` is sought too, whose words go to `sink` as Automaton::ForEach says.
  template <class Sink>
  std::vector<GazetteerMatch> FindAllBeside(const Automaton& beside, Sink&& sink,
                                            std::string_view text) const {
    std::vector<Automaton::Hit> hits;
    Automaton::ForEachOfTwo(
        text, automaton(),
        [&](std::uint32_t form, Span span) {
          hits.push_back({form, span});
        },
        beside, sink);
    return Matches(hits);
  }
  std::span<const Sense> Lookup(std::string_view form) const;  // exact; may be empty

  const std::vector<GazetteerEntry>& entries() const;
  // Where entries()[entry] was written, "FILE:LINE", for messages.
  std::string PlaceOf(std::size_t entry) const;
  // The entry with this id, or null.
  const GazetteerEntry* FindEntry(std::string_view id) const;
  // Whether `id` lies in `ancestor_id` by the chain of parents (or is it).
  bool IsWithin(std::string_view id, std::string_view ancestor_id) const;

 private:
  struct Impl;
  const Automaton& automaton() const;
  // By begin, the longest first.
  std::vector<GazetteerMatch> Matches(const std::vector<Automaton::Hit>& hits) const;

  explicit Gazetteer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tupu::extract
