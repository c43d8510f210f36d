#include "extract/ner/gazetteer.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "extract/ner/automaton.h"
#include "extract/ner/automaton_image.h"
#include "graph/base/file.h"
#include "graph/base/name_hash.h"
#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

constexpr std::string_view kHeader = "id\ttype\tname\taliases\tparent\tflags";

std::vector<std::string_view> Split(std::string_view text, char sign) {
  std::vector<std::string_view> out;
  for (;;) {
    std::size_t end = text.find(sign);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// Where an entry was written, for messages.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::string ToString() const { return file + ":" + std::to_string(line); }
};

Error Wrong(const Place& place, std::string message) {
  return Error(ErrorCode::kSchema, std::move(message), place.ToString());
}

Status CheckForm(std::string_view form, const Place& place) {
  if (CountCodePoints(form) < 2) {
    return Wrong(place, "the form \"" + std::string(form) + "\" is shorter than two characters");
  }
  if (form.size() > 600) return Wrong(place, "a form is longer than 600 bytes");
  return {};
}

Result<GazetteerEntry> ParseLine(std::string_view line, const Place& place) {
  std::size_t invalid = FindInvalidUtf8(line);
  if (invalid != std::string_view::npos) return Wrong(place, "not UTF-8");
  std::vector<std::string_view> fields = Split(line, '\t');
  if (fields.size() != 6) {
    return Wrong(place, "expected 6 columns (id, type, name, aliases, parent, flags), found " +
                            std::to_string(fields.size()));
  }
  GazetteerEntry entry;
  entry.id = fields[0];
  entry.type = fields[1];
  entry.name = fields[2];
  entry.parent_id = fields[4];
  if (entry.id.empty()) return Wrong(place, "the id is empty");
  if (entry.type.empty()) return Wrong(place, "the type is empty");
  TUPU_TRY(CheckForm(entry.name, place));
  for (std::string_view alias : Split(fields[3], ';')) {
    if (alias.empty()) continue;
    TUPU_TRY(CheckForm(alias, place));
    entry.aliases.emplace_back(alias);
  }
  for (std::string_view flag : Split(fields[5], ' ')) {
    if (flag.empty()) continue;
    if (flag == "abolished") {
      entry.abolished = true;
    } else if (flag.substr(0, 5) == "weak:") {
      TUPU_TRY(CheckForm(flag.substr(5), place));
      entry.weak_forms.emplace_back(flag.substr(5));
    } else if (flag.substr(0, 5) == "pred:") {
      entry.succeeded_by = flag.substr(5);
    } else {
      return Wrong(place, "unknown flag \"" + std::string(flag) +
                              "\"; expected \"abolished\", \"weak:FORM\" or \"pred:ID\"");
    }
  }
  return entry;
}

}  // namespace

struct Gazetteer::Impl {
  std::vector<GazetteerEntry> entries;
  std::vector<Place> places;  // of the entries that a file gave
  std::unordered_map<std::string_view, std::uint32_t, NameHash> by_id;
  std::vector<Sense> senses;               // of all forms, one form after the other
  std::vector<std::uint32_t> first_sense;  // by form; one more at the end
  Automaton automaton;

  std::span<const Sense> SensesOf(std::uint32_t form) const {
    return std::span(senses).subspan(first_sense[form], first_sense[form + 1] - first_sense[form]);
  }

  // Of one that no file gave its number.
  Place PlaceOf(std::size_t entry) const {
    return entry < places.size() ? places[entry] : Place{"entry", entry + 1};
  }

  Status Index(const std::vector<std::string>& weak_forms, const std::filesystem::path& cache_dir) {
    by_id.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto [found, fresh] = by_id.emplace(entries[i].id, static_cast<std::uint32_t>(i));
      if (!fresh) {
        return Wrong(PlaceOf(i), "the id \"" + entries[i].id + "\" stands twice, first at " +
                                     PlaceOf(found->second).ToString());
      }
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string& parent = entries[i].parent_id;
      if (!parent.empty() && by_id.find(parent) == by_id.end()) {
        return Wrong(PlaceOf(i),
                     "the parent \"" + parent + "\" of \"" + entries[i].id + "\" is no entry's id");
      }
      const std::string& successor = entries[i].succeeded_by;
      if (!successor.empty() && by_id.find(successor) == by_id.end()) {
        return Wrong(PlaceOf(i), "the successor \"" + successor + "\" of \"" + entries[i].id +
                                     "\" is no entry's id");
      }
      std::string_view at = parent;
      for (int depth = 0; !at.empty(); ++depth) {
        if (depth > 64) {
          return Wrong(PlaceOf(i), "the parents of \"" + entries[i].id + "\" form a circle");
        }
        at = entries[by_id.at(at)].parent_id;
      }
    }

    // Form, then entry: the order of senses is that of the entries.
    struct Named {
      std::string_view form;
      Sense sense;
    };
    std::vector<Named> named;
    named.reserve(entries.size() * 2);
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      const GazetteerEntry& entry = entries[i];
      auto is_weak = [&](std::string_view form) {
        auto holds = [&](const std::vector<std::string>& list) {
          return std::find(list.begin(), list.end(), form) != list.end();
        };
        return holds(entry.weak_forms) || holds(weak_forms);
      };
      named.push_back({entry.name, {i, is_weak(entry.name), true}});
      for (const std::string& alias : entry.aliases) {
        named.push_back({alias, {i, is_weak(alias), false}});
      }
      for (const std::string& form : entry.weak_forms) named.push_back({form, {i, true, false}});
    }
    std::sort(named.begin(), named.end(), [](const Named& a, const Named& b) {
      if (a.form != b.form) return a.form < b.form;
      if (a.sense.entry != b.sense.entry) return a.sense.entry < b.sense.entry;
      return a.sense.full_name > b.sense.full_name;
    });
    std::vector<std::string> forms;
    for (std::size_t i = 0; i < named.size(); ++i) {
      bool same_form = i > 0 && named[i].form == named[i - 1].form;
      if (same_form && named[i].sense.entry == named[i - 1].sense.entry) continue;
      if (!same_form) {
        forms.emplace_back(named[i].form);
        first_sense.push_back(static_cast<std::uint32_t>(senses.size()));
      }
      senses.push_back(named[i].sense);
    }
    first_sense.push_back(static_cast<std::uint32_t>(senses.size()));
    automaton = CachedAutomaton(forms, cache_dir);
    return {};
  }
};

Gazetteer::Gazetteer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Result<Gazetteer> Gazetteer::Load(const std::filesystem::path& schema_dir,
                                  const std::filesystem::path& cache_dir) {
  std::filesystem::path folder = schema_dir / "gazetteers";
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  for (std::filesystem::directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    if (it->path().extension() == ".tsv") files.push_back(it->path());
  }
  if (failure) {
    return Error(ErrorCode::kIo, "cannot list the folder: " + failure.message(), folder.string());
  }
  std::sort(files.begin(), files.end());

  auto impl = std::make_unique<Impl>();
  for (const std::filesystem::path& file : files) {
    TUPU_ASSIGN(const std::string text, ReadFile(file));
    std::size_t number = 0;
    for (std::string_view line : Split(text, '\n')) {
      Place place{file.string(), ++number};
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (number == 1) {
        if (line != kHeader) {
          return Wrong(place,
                       "expected the header \"id, type, name, aliases, parent, flags\", "
                       "separated by tabs");
        }
        continue;
      }
      if (line.empty() || line[0] == '#') continue;
      TUPU_ASSIGN(GazetteerEntry entry, ParseLine(line, place));
      impl->entries.push_back(std::move(entry));
      impl->places.push_back(std::move(place));
    }
  }
  TUPU_TRY(impl->Index({}, cache_dir));
  return Gazetteer(std::move(impl));
}

Result<Gazetteer> Gazetteer::Build(std::vector<GazetteerEntry> entries,
                                   const std::vector<std::string>& weak_forms) {
  auto impl = std::make_unique<Impl>();
  impl->entries = std::move(entries);
  for (std::size_t i = 0; i < impl->entries.size(); ++i) {
    const GazetteerEntry& entry = impl->entries[i];
    Place place{"entry", i + 1};
    for (const std::vector<std::string>& list :
         {std::vector<std::string>{entry.name}, entry.aliases, entry.weak_forms}) {
      for (const std::string& form : list) {
        if (FindInvalidUtf8(form) != std::string_view::npos) return Wrong(place, "not UTF-8");
        TUPU_TRY(CheckForm(form, place));
      }
    }
  }
  TUPU_TRY(impl->Index(weak_forms, {}));
  return Gazetteer(std::move(impl));
}

std::vector<GazetteerMatch> Gazetteer::Find(std::string_view text) const {
  std::vector<GazetteerMatch> out;
  for (const Automaton::Hit& hit : impl_->automaton.FindLongest(text)) {
    out.push_back({hit.span, impl_->SensesOf(hit.word)});
  }
  return out;
}

std::vector<GazetteerMatch> Gazetteer::FindAll(std::string_view text) const {
  std::vector<Automaton::Hit> hits;
  impl_->automaton.ForEach(text, [&](std::uint32_t form, Span span) {
    hits.push_back({form, span});
  });
  return Matches(hits);
}

const Automaton& Gazetteer::automaton() const { return impl_->automaton; }

std::vector<GazetteerMatch> Gazetteer::Matches(const std::vector<Automaton::Hit>& hits) const {
  std::vector<GazetteerMatch> out;
  out.reserve(hits.size());
  for (const Automaton::Hit& hit : hits) out.push_back({hit.span, impl_->SensesOf(hit.word)});
  std::sort(out.begin(), out.end(), [](const GazetteerMatch& a, const GazetteerMatch& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  return out;
}

std::span<const Sense> Gazetteer::Lookup(std::string_view form) const {
  std::uint32_t found = impl_->automaton.Lookup(form);
  if (found == Automaton::kNone) return {};
  return impl_->SensesOf(found);
}

const std::vector<GazetteerEntry>& Gazetteer::entries() const { return impl_->entries; }

std::string Gazetteer::PlaceOf(std::size_t entry) const { return impl_->PlaceOf(entry).ToString(); }

const GazetteerEntry* Gazetteer::FindEntry(std::string_view id) const {
  auto found = impl_->by_id.find(id);
  return found == impl_->by_id.end() ? nullptr : &impl_->entries[found->second];
}

bool Gazetteer::IsWithin(std::string_view id, std::string_view ancestor_id) const {
  for (const GazetteerEntry* entry = FindEntry(id); entry; entry = FindEntry(entry->parent_id)) {
    if (entry->id == ancestor_id) return true;
    if (entry->parent_id.empty()) return false;
  }
  return false;
}

}  // namespace tupu::extract
