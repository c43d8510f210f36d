#include "extract/ner/memory.h"

#include <algorithm>
#include <string_view>

#include "graph/base/utf8.h"

namespace tupu::extract {
namespace {

// The name of a company without its region and legal form: 广州巨云科技有限公司 → 巨云科技.
std::string_view CompanyCore(const Knowledge& know, std::string_view name) {
  static constexpr std::string_view kForms[] = {
      "集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司",
      "（集团）有限公司", "有限公司",     "集团公司",     "集团"};
  for (std::string_view form : kForms) {
    if (name.size() > form.size() && name.substr(name.size() - form.size()) == form) {
      name.remove_suffix(form.size());
      break;
    }
  }
  // At most two regions, each the longest known form at the beginning.
  for (int turns = 0; turns < 2; ++turns) {
    std::size_t cut = 0;
    std::size_t size = 0;
    while (size < name.size() && size < 36) {
      size += DecodeAt(name, size).size;
      if (size + 6 > name.size()) break;
      auto senses = know.gazetteer.Lookup(name.substr(0, size));
      if (senses.empty()) continue;
      std::uint8_t kind = know.entry_kinds[senses.front().entry];
      if (kind < kKinds && IsDivision(static_cast<Kind>(kind))) cut = size;
    }
    if (cut == 0) break;
    name.remove_prefix(cut);
  }
  return name;
}

bool Teaches(const Candidate& candidate) {
  return candidate.confidence >= 0.8 && candidate.kind < kKinds && candidate.kind != kIndustry &&
         candidate.entries.empty();
}

}  // namespace

void ArticleMemory::Add(const Knowledge& know, std::string_view form, std::uint8_t kind,
                        const char* rule, const std::vector<std::uint32_t>& entries) {
  if (CountCodePoints(form) < 2 || form.size() > 300) return;
  (void)know;
  names_.try_emplace(std::string(form), Learned{kind, rule, entries});
}

void ArticleMemory::Learn(const Knowledge& know, const AnalysedSentence& sent,
                          const std::vector<Standing>& standing) {
  for (const Standing& one : standing) {
    const Candidate& candidate = one.candidate;
    if (!Teaches(candidate)) continue;
    std::string_view form = sent.Text(candidate.begin, candidate.end);
    if (candidate.kind == kPolicy && candidate.size() < 6) continue;
    if (candidate.kind == kEvent && candidate.size() < 4) continue;
    // Where a place lies is read from how it was found.
    const std::string_view rule = candidate.rule;
    const bool place = rule == "place.foreign" || rule == "place.street";
    Add(know, form, candidate.kind,
        place                                         ? candidate.rule
        : IsPerson(static_cast<Kind>(candidate.kind)) ? "person.known"
                                                      : "known");
    if (candidate.kind == kCompany) {
      std::string_view core = CompanyCore(know, form);
      if (core != form && core.size() >= 6 && !know.lexicon.Find(core)) {
        Add(know, core, kCompany, "company.core");
      }
    }
  }
  LearnShortForms(know, sent, standing);
}

// （以下简称“巨云”）, （下称《指南》）, 简称为…: the short form of what stands before the bracket.
void ArticleMemory::LearnShortForms(const Knowledge& know, const AnalysedSentence& sent,
                                    const std::vector<Standing>& standing) {
  static constexpr std::u32string_view kCalled[] = {U"简称", U"下称", U"统称"};
  for (std::uint32_t pos = 1; pos + 2 < sent.size(); ++pos) {
    if (sent.chars[pos + 1] != U'称') continue;
    bool called = false;
    for (std::u32string_view word : kCalled) called = called || sent.chars.StartsAt(pos, word);
    if (!called) continue;
    std::uint32_t begin = pos + 2;
    while (sent.chars[begin] == U'为' || sent.chars[begin] == U'：' || sent.chars[begin] == U' ') {
      ++begin;
    }
    std::uint32_t end = begin;
    char32_t c = sent.chars[begin];
    if ((c == U'“' || c == U'《' || c == U'「') && sent.mate[begin] != kNothing) {
      end = sent.mate[begin];
      ++begin;
    } else if (c == U'"') {
      end = ++begin;
      while (end < sent.size() && sent.chars[end] != U'"') ++end;
    } else {
      while (end < sent.size() && sent.chars[end] != U'）' && sent.chars[end] != U')' &&
             sent.chars[end] != U'，' && sent.chars[end] != U'。') {
        ++end;
      }
    }
    if (end < begin + 2 || end - begin > 20) continue;
    // The bracket that the phrase stands in, or the phrase itself.
    std::uint32_t left = pos;
    for (std::uint32_t back = 1; back <= 4 && back <= pos; ++back) {
      char32_t open = sent.chars[pos - back];
      if (open == U'（' || open == U'(') left = pos - back;
    }
    const Candidate* named = nullptr;
    for (const Standing& one : standing) {
      if (one.nested) continue;
      std::uint32_t stop = one.candidate.end;
      if (stop <= left && left - stop <= 2 && one.candidate.kind != kIndustry) {
        named = &one.candidate;
      }
    }
    if (!named) continue;
    Add(know, sent.Text(begin, end), named->kind, "short_form", named->entries);
  }
}

void ArticleMemory::LearnLists(const Knowledge& know, const AnalysedSentence& sent,
                               const std::vector<Standing>& standing, std::vector<Candidate>& out) {
  auto company_from = [&](std::uint32_t begin, std::uint32_t end, bool any_begin) {
    return std::any_of(standing.begin(), standing.end(), [&](const Standing& one) {
      return !one.nested && one.candidate.kind == kCompany && one.candidate.end == end &&
             (any_begin || one.candidate.begin == begin);
    });
  };
  // Something stands there, but for a part that may be the beginning of a name (北汽 of
  // 北汽新能源).
  auto taken = [&](std::uint32_t begin, std::uint32_t end) {
    return std::any_of(standing.begin(), standing.end(), [&](const Standing& one) {
      const Candidate& other = one.candidate;
      if (one.nested || other.end <= begin || end <= other.begin) return false;
      bool part = begin <= other.begin && other.end <= end && other.size() < end - begin;
      return !part || other.tier >= kTierPerson || other.kind == kMinistry;
    });
  };
  for (std::uint32_t pos = 0; pos < sent.size(); ++pos) {
    if (sent.chars[pos] != U'、') continue;
    // The list's items: between marks; the first begins where a company does.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> items;
    std::uint32_t known = company_from(0, pos, true) ? 1 : 0;
    std::uint32_t begin = pos + 1;
    std::uint32_t last = pos;
    while (begin < sent.size()) {
      std::uint32_t end = begin;
      while (end < sent.size() && end - begin < 12) {
        const Token& token = sent.tokens[sent.token_at[end]];
        char32_t c = sent.chars[end];
        bool word = token.word_class == WordClass::kConjunction ||
                    token.word_class == WordClass::kPreposition ||
                    token.word_class == WordClass::kParticle ||
                    (token.word_class == WordClass::kLocative && token.size() == 1) ||
                    (sent.Cues(token, know.lexicon) & kStop) != 0;
        if (word || (!IsHan(c) && DigitOf(c) < 0 && !(c < 0x80 && c > 0x40))) break;
        ++end;
      }
      char32_t stop = sent.chars[end];
      bool closed = stop == U'、' || stop == U'和' || stop == U'及' || stop == U'与' ||
                    stop == U'等' || stop == U'，' || stop == U'。' || stop == U'（' ||
                    stop == U'后' || end >= sent.size();
      if (!closed || end < begin + 2) break;
      if (company_from(begin, end, false)) {
        ++known;
      } else {
        items.push_back({begin, end});
      }
      last = end;
      if (stop != U'、' && stop != U'和' && stop != U'及' && stop != U'与') break;
      begin = end + 1;
    }
    if (known >= 2 || (known == 1 && items.size() == 1)) {
      for (auto [from, to] : items) {
        if (known < items.size() || to - from > 8 || taken(from, to)) continue;
        if (know.lexicon.Find(sent.Text(from, to))) continue;
        Candidate candidate;
        candidate.begin = from;
        candidate.end = to;
        candidate.kind = kCompany;
        candidate.rule = "company.list";
        candidate.tier = kTierHead;
        candidate.confidence = 0.75;
        Add(know, sent.Text(from, to), kCompany, "company.list");
        out.push_back(std::move(candidate));
      }
    }
    pos = std::max(pos, last);
  }
}

void ArticleMemory::Close(const Knowledge& know) {
  (void)know;
  std::vector<std::string> forms;
  for (const auto& [form, learned] : names_) {
    forms.push_back(form);
    order_.push_back(&learned);
  }
  automaton_ = Automaton(forms);
}

bool ArticleMemory::Recall(const Knowledge& know, const AnalysedSentence& sent,
                           std::vector<Candidate>& out) const {
  (void)know;
  std::size_t before = out.size();
  automaton_.ForEach(sent.chars.text(), [&](std::uint32_t name, Span span) {
    auto begin = static_cast<std::uint32_t>(sent.chars.PositionOf(span.begin));
    auto end = static_cast<std::uint32_t>(sent.chars.PositionOf(span.end));
    const Learned& learned = *order_[name];
    bool person = learned.kind < kKinds && IsPerson(static_cast<Kind>(learned.kind));
    bool aligned = sent.IsBoundary(begin) && sent.IsBoundary(end);
    if (end - begin <= 2 && !aligned) return;
    Candidate candidate;
    candidate.begin = begin;
    candidate.end = end;
    candidate.kind = learned.kind;
    candidate.rule = learned.rule;
    candidate.tier = person ? kTierPerson - 1 : kTierLearned;
    candidate.entries = learned.entries;
    candidate.confidence = 0.9;
    out.push_back(std::move(candidate));
  });
  return out.size() != before;
}

}  // namespace tupu::extract
