#include "graph/resolve/judgements.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "graph/base/hash.h"
#include "graph/base/unicode.h"

namespace tupu::graph {
namespace {

constexpr std::string_view kStar = "*";

std::string Escape(std::string_view text, bool at_too) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '@':
        out += at_too ? "\\@" : "@";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string EscapeField(std::string_view text) {
  return text == kStar ? "\\*" : Escape(text, false);
}

Error Wrong(std::string message) { return Error{ErrorCode::kInvalidInput, std::move(message)}; }

Result<std::string> Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const char c = ++i < text.size() ? text[i] : '\0';
    if (c == '\\' || c == '@' || c == '*') {
      out += c;
    } else if (c == 't' || c == 'n' || c == 'r') {
      out += c == 't' ? '\t' : c == 'n' ? '\n' : '\r';
    } else {
      return Wrong("'" + std::string(text) + "' has a \\ before something else than \\ t n r @ *");
    }
  }
  return out;
}

std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

Hash128 FactHash(std::string_view type, const EntityKey& from, const EntityKey& to) {
  return HashFields({type, from.type, from.name, from.context, to.type, to.name, to.context});
}

// Which of the merged keys are one, as trees with the key's hash as node.
class Forest {
 public:
  const Hash128& Root(const Hash128& key) {
    const Hash128* at = &parents_.try_emplace(key, key).first->first;
    while (true) {
      Hash128& parent = parents_.at(*at);
      if (parent == *at) return parents_.find(*at)->first;
      parent = parents_.at(parent);  // halves the path
      at = &parents_.find(parent)->first;
    }
  }
  void Join(const Hash128& a, const Hash128& b) {
    const Hash128 x = Root(a), y = Root(b);
    if (x != y) parents_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::unordered_map<Hash128, Hash128> parents_;
};

}  // namespace

std::string KeyToField(const EntityKey& key) {
  std::string out = Escape(key.type, false) + ":" + Escape(key.name, true);
  if (!key.context.empty()) out += "@" + Escape(key.context, false);
  return out;
}

Result<EntityKey> KeyFromField(std::string_view field) {
  const std::string shown(field);
  const std::size_t colon = field.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == field.size()) {
    return Wrong("'" + shown + "' is no key; expected Type:name or Type:name@context");
  }
  std::size_t at = colon + 1;
  while (at < field.size() && field[at] != '@') at += field[at] == '\\' ? 2 : 1;
  at = std::min(at, field.size());
  EntityKey key;
  TUPU_ASSIGN(key.type, Unescape(field.substr(0, colon)));
  TUPU_ASSIGN(key.name, Unescape(field.substr(colon + 1, at - colon - 1)));
  if (key.name.empty()) {
    return Wrong("'" + shown + "' has no name; expected Type:name or Type:name@context");
  }
  if (at == field.size()) return key;
  TUPU_ASSIGN(key.context, Unescape(field.substr(at + 1)));
  if (key.context.empty()) return Wrong("'" + shown + "' has nothing behind its @");
  return key;
}

std::string Judgement::ToLine() const {
  switch (kind) {
    case JudgementKind::kMerge:
    case JudgementKind::kSplit: {
      std::string x = KeyToField(a), y = KeyToField(b);
      if (y < x) std::swap(x, y);
      return (kind == JudgementKind::kMerge ? "merge\t" : "split\t") + x + "\t" + y;
    }
    case JudgementKind::kRejectEntity:
      return "reject\t" + (any_document ? std::string(kStar) : EscapeField(document)) + "\t" +
             KeyToField(a);
    case JudgementKind::kReject:
    case JudgementKind::kConfirm:
      break;
  }
  return std::string(kind == JudgementKind::kReject ? "reject" : "confirm") + "\t" +
         (any_document ? std::string(kStar) : EscapeField(document)) + "\t" + EscapeField(type) +
         "\t" + KeyToField(a) + "\t" + KeyToField(b) + "\t" +
         (any_title ? std::string(kStar) : EscapeField(title));
}

Result<Judgement> ParseJudgement(std::string_view line) {
  TUPU_TRY(CheckText(line));
  const std::vector<std::string_view> fields = Fields(line);
  Judgement out;
  if (fields[0] == "merge" || fields[0] == "split") {
    out.kind = fields[0] == "merge" ? JudgementKind::kMerge : JudgementKind::kSplit;
    if (fields.size() != 3) {
      return Wrong("expected " + std::string(fields[0]) + " and two keys, separated by tabs");
    }
    TUPU_ASSIGN(out.a, KeyFromField(fields[1]));
    TUPU_ASSIGN(out.b, KeyFromField(fields[2]));
    if (out.a == out.b) return Wrong("the two keys are the same: " + std::string(fields[1]));
    if (KeyToField(out.b) < KeyToField(out.a)) std::swap(out.a, out.b);
    return out;
  }
  if (fields[0] != "reject" && fields[0] != "confirm") {
    return Wrong("'" + std::string(fields[0]) +
                 "' is no judgement; expected merge, split, reject or confirm");
  }
  const bool reject = fields[0] == "reject";
  const bool entity = reject && fields.size() == 3;
  // Editors like to cut white space at the end of a line, and with it an empty title.
  if (!entity && fields.size() != 5 && fields.size() != 6) {
    return Wrong("expected " + std::string(fields[0]) + ", document, type, two keys and title" +
                 (reject ? ", or reject, document and key" : "") + ", separated by tabs");
  }
  out.any_document = fields[1] == kStar;
  if (!out.any_document) {
    TUPU_ASSIGN(out.document, Unescape(fields[1]));
    if (out.document.empty()) {
      return Wrong("the document of the " + std::string(entity ? "entity" : "fact") +
                   " is empty; expected an id or *");
    }
  }
  if (entity) {
    out.kind = JudgementKind::kRejectEntity;
    TUPU_ASSIGN(out.a, KeyFromField(fields[2]));
    return out;
  }
  out.kind = reject ? JudgementKind::kReject : JudgementKind::kConfirm;
  TUPU_ASSIGN(out.type, Unescape(fields[2]));
  TUPU_ASSIGN(out.a, KeyFromField(fields[3]));
  TUPU_ASSIGN(out.b, KeyFromField(fields[4]));
  const std::string_view title = fields.size() == 6 ? fields[5] : std::string_view();
  out.any_title = title == kStar;
  if (!out.any_title) {
    TUPU_ASSIGN(out.title, Unescape(title));
  }
  if (out.type.empty()) return Wrong("the type of the fact is empty");
  return out;
}

Result<Judgements> Judgements::Parse(std::string_view text, std::string_view name) {
  std::vector<Judgement> judgements;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    Result<Judgement> one = ParseJudgement(line);
    if (!one.ok()) {
      Error error = std::move(one).error();
      error.where = std::string(name) + " line " + std::to_string(number);
      return error;
    }
    judgements.push_back(std::move(*one));
  }
  Result<Judgements> out = Make(judgements);
  if (out.ok()) return out;
  Error error = std::move(out).error();
  error.where = name;
  return error;
}

Result<Judgements> Judgements::Make(std::span<const Judgement> judgements) {
  Judgements out;
  for (const Judgement& one : judgements) out.lines_.emplace(one.ToLine(), one);
  TUPU_TRY(out.Index());
  return out;
}

// Pointers into the map stay good when it moves.
Status Judgements::Index() {
  Forest forest;
  for (const auto& [line, one] : lines_) {
    const Hash128 a = one.a.Hash(), b = one.b.Hash();
    switch (one.kind) {
      case JudgementKind::kMerge:
        merges_[a].push_back(one.b);
        merges_[b].push_back(one.a);
        forest.Join(a, b);
        break;
      case JudgementKind::kSplit:
        splits_[a].push_back(b);
        splits_[b].push_back(a);
        break;
      case JudgementKind::kReject:
        rejects_[FactHash(one.type, one.a, one.b)].push_back(&one);
        break;
      case JudgementKind::kConfirm:
        confirms_[FactHash(one.type, one.a, one.b)].push_back(&one);
        break;
      case JudgementKind::kRejectEntity:
        entities_[a].push_back(&one);
        break;
    }
  }
  for (const auto& [line, one] : lines_) {
    if (one.kind == JudgementKind::kSplit &&
        forest.Root(one.a.Hash()) == forest.Root(one.b.Hash())) {
      return Wrong("the judgements contradict each other: " + KeyToField(one.a) + " and " +
                   KeyToField(one.b) + " are split, and merged directly or by way of others");
    }
    Judgement rejected = one;
    rejected.kind = JudgementKind::kReject;
    if (one.kind == JudgementKind::kConfirm && lines_.contains(rejected.ToLine())) {
      return Wrong("the judgements contradict each other: " + one.type + " from " +
                   KeyToField(one.a) + " to " + KeyToField(one.b) +
                   " is confirmed and rejected alike");
    }
  }
  return {};
}

std::string Judgements::ToText() const {
  std::string out;
  for (const auto& [line, one] : lines_) out += line + "\n";
  return out;
}

const std::vector<EntityKey>& Judgements::MergedWith(const Hash128& key) const {
  static const std::vector<EntityKey> kNone;
  const auto found = merges_.find(key);
  return found == merges_.end() ? kNone : found->second;
}

const std::vector<Hash128>& Judgements::SplitFrom(const Hash128& key) const {
  static const std::vector<Hash128> kNone;
  const auto found = splits_.find(key);
  return found == splits_.end() ? kNone : found->second;
}

const std::vector<const Judgement*>& Judgements::RejectsOf(std::string_view type,
                                                           const EntityKey& from,
                                                           const EntityKey& to) const {
  static const std::vector<const Judgement*> kNone;
  if (rejects_.empty()) return kNone;
  const auto found = rejects_.find(FactHash(type, from, to));
  return found == rejects_.end() ? kNone : found->second;
}

namespace {

bool AnyFits(const std::vector<const Judgement*>& judgements, std::string_view document,
             std::string_view title) {
  return std::any_of(judgements.begin(), judgements.end(), [&](const Judgement* one) {
    return (one->any_document || one->document == document) &&
           (one->any_title || one->title == title);
  });
}

}  // namespace

bool Judgements::IsRejected(std::string_view document, const EntityKey& entity) const {
  if (entities_.empty()) return false;
  const auto found = entities_.find(entity.Hash());
  return found != entities_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Judgement* one) {
           return one->any_document || one->document == document;
         });
}

bool Judgements::IsRejected(std::string_view document, std::string_view type, const EntityKey& from,
                            const EntityKey& to, std::string_view title) const {
  return IsRejected(document, from) || IsRejected(document, to) ||
         AnyFits(RejectsOf(type, from, to), document, title);
}

bool Judgements::IsConfirmed(std::string_view document, std::string_view type,
                             const EntityKey& from, const EntityKey& to,
                             std::string_view title) const {
  if (confirms_.empty()) return false;
  const auto found = confirms_.find(FactHash(type, from, to));
  return found != confirms_.end() && AnyFits(found->second, document, title);
}

}  // namespace tupu::graph
