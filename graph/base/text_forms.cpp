#include "graph/base/text_forms.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <mutex>

#include "graph/base/error.h"
#include "graph/base/icu_text.h"

namespace tupu {
namespace {

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// A transliterator of ICU's, made when first asked for. It is not for several threads at once.
class Transliteration {
 public:
  explicit Transliteration(const char* id) {
    UErrorCode code = U_ZERO_ERROR;
    made_.reset(icu::Transliterator::createInstance(id, UTRANS_FORWARD, code));
    if (U_FAILURE(code)) made_.reset();
  }
  // An ICU without its data leaves the text as it is.
  std::string operator()(std::string_view text) {
    if (!made_) return std::string(text);
    icu::UnicodeString wide = FromUtf8(text);
    const std::lock_guard lock(mutex_);
    made_->transliterate(wide);
    return ToUtf8(wide);
  }

 private:
  std::unique_ptr<icu::Transliterator> made_;
  std::mutex mutex_;
};

}  // namespace

std::string Normalize(std::string_view text, NormalForm form) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer =
      form == NormalForm::kNfc    ? icu::Normalizer2::getNFCInstance(code)
      : form == NormalForm::kNfd  ? icu::Normalizer2::getNFDInstance(code)
      : form == NormalForm::kNfkc ? icu::Normalizer2::getNFKCInstance(code)
                                  : icu::Normalizer2::getNFKDInstance(code);
  TUPU_INVARIANT(U_SUCCESS(code));
  const icu::UnicodeString out = normalizer->normalize(FromUtf8(text), code);
  TUPU_INVARIANT(U_SUCCESS(code));
  return ToUtf8(out);
}

std::string ToSimplified(std::string_view text) {
  static Transliteration transliteration("Traditional-Simplified");
  return transliteration(text);
}

std::string ToTraditional(std::string_view text) {
  static Transliteration transliteration("Simplified-Traditional");
  return transliteration(text);
}

}  // namespace tupu
