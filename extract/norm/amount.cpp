// Looks for a numeral at every digit, then for a currency behind it (or in front: 人民币, US$).
// 亿 and 万 without a currency are money only behind a word that says so.
#include "extract/norm/amount.h"

#include <array>

#include "extract/norm/bound.h"
#include "extract/norm/chars.h"
#include "extract/norm/numeral.h"

namespace tupu::extract {
namespace {

struct Currency {
  std::u32string_view word;
  const char* code;
};

// Longest first where one begins another. ISO 4217 is the whole list of codes; these are the names
// that Chinese news uses for them.
constexpr std::array kCurrencies = {
    Currency{U"元人民币", "CNY"}, Currency{U"人民币元", "CNY"}, Currency{U"美元", "USD"},
    Currency{U"美金", "USD"},     Currency{U"港元", "HKD"},     Currency{U"港币", "HKD"},
    Currency{U"元港币", "HKD"},   Currency{U"澳门元", "MOP"},   Currency{U"新台币", "TWD"},
    Currency{U"元新台币", "TWD"}, Currency{U"台币", "TWD"},     Currency{U"欧元", "EUR"},
    Currency{U"英镑", "GBP"},     Currency{U"日元", "JPY"},     Currency{U"日圆", "JPY"},
    Currency{U"韩元", "KRW"},     Currency{U"韩圆", "KRW"},     Currency{U"卢布", "RUB"},
    Currency{U"新加坡元", "SGD"}, Currency{U"新元", "SGD"},     Currency{U"澳元", "AUD"},
    Currency{U"加元", "CAD"},     Currency{U"瑞士法郎", "CHF"}, Currency{U"瑞郎", "CHF"},
    Currency{U"卢比", "INR"},     Currency{U"印度卢比", "INR"}, Currency{U"泰铢", "THB"},
    Currency{U"林吉特", "MYR"},   Currency{U"兰特", "ZAR"},     Currency{U"雷亚尔", "BRL"},
    Currency{U"迪拉姆", "AED"},   Currency{U"里亚尔", "SAR"},   Currency{U"越南盾", "VND"},
    Currency{U"印尼盾", "IDR"},   Currency{U"坚戈", "KZT"},     Currency{U"里拉", "TRY"},
    Currency{U"块钱", "CNY"},     Currency{U"人民币", "CNY"},   Currency{U"元", "CNY"}};

// In front of the number.
constexpr std::array kPrefixes = {
    Currency{U"人民币", "CNY"}, Currency{U"￥", "CNY"},   Currency{U"¥", "CNY"},
    Currency{U"RMB", "CNY"},    Currency{U"CNY", "CNY"},  Currency{U"US$", "USD"},
    Currency{U"USD", "USD"},    Currency{U"HK$", "HKD"},  Currency{U"HKD", "HKD"},
    Currency{U"EUR", "EUR"},    Currency{U"€", "EUR"},    Currency{U"£", "GBP"},
    Currency{U"美元", "USD"},   Currency{U"港币", "HKD"}, Currency{U"$", "USD"}};

// Before a bare 亿 or 万.
constexpr std::array<std::u32string_view, 35> kMoneyWords = {
    U"投资", U"投资额", U"融资",   U"签约额", U"金额",   U"资金", U"募资",   U"产值", U"营收",
    U"收入", U"利润",   U"成交额", U"交易额", U"销售额", U"贷款", U"进出口", U"补助", U"补贴",
    U"货值", U"斥资",   U"耗资",   U"注资",   U"出资",   U"增资", U"估值",   U"市值", U"预算",
    U"价值", U"授信",   U"造价",   U"税收",   U"总额",   U"余额", U"批复",   U"奖金"};
// A bare 亿 or 万 in front of one of these counts things.
constexpr std::u32string_view kCounters =
    U"股吨千瓦平人户家个台辆亩立方件套次度部条份名箱标头只株斤公里米岁年天字页张票笔单多余座项处"
    U"所间艘架枚支口门栋幢层级倍位群桶升克码点起例剂粒朵羽尾对双颗盏片块";
// 元 in front of one of these is no money: 三元锂, 5元素.
constexpr std::u32string_view kNotYuan = U"素旦件桥锂正化论组宇材相前体方";

bool MoneyWordBefore(const Chars& chars, std::size_t begin) {
  // Up to two characters between: 总投资达37.83亿, 融资额为3亿, 再批复500亿.
  for (std::size_t gap = 0; gap <= 3 && gap <= begin; ++gap) {
    for (std::u32string_view word : kMoneyWords) {
      if (chars.EndsAt(begin - gap, word)) return true;
    }
    char32_t c = chars[begin - gap - 1];
    static constexpr std::u32string_view kBetween = U"达为约近超逾额共计到了至过将元";
    if (gap == begin || kBetween.find(c) == std::u32string_view::npos) return false;
  }
  return false;
}

// 一期投资10亿元、二期5亿: a bare 亿 that ends an item of the list in which an amount came before.
bool ContinuesList(const Chars& chars, std::size_t last_end, std::size_t begin, std::size_t end) {
  constexpr std::size_t kMaxGap = 12;
  static constexpr std::u32string_view kEnds = U"、，。；;）)";
  if (last_end == 0 || begin - last_end > kMaxGap) return false;
  if (chars[last_end] != U'、' && chars[last_end] != U'，' && chars[last_end] != U'；')
    return false;
  return end == chars.size() || kEnds.find(chars[end]) != std::u32string_view::npos;
}

// 分别投资3、5、8亿元: the numbers in front of the last take its scale and currency.
void CarryBack(const Chars& chars, const Numeral& last, std::size_t begin, const Amount& amount,
               std::vector<AmountMatch>& out) {
  constexpr std::size_t kMaxItems = 20;
  std::vector<AmountMatch> items;
  std::size_t at = begin;
  while (items.size() < kMaxItems && at > 1 && (chars[at - 1] == U'、' || chars[at - 1] == U'和')) {
    const std::size_t stop = at - 1;
    std::size_t start = stop;
    while (start > 0 && (DigitOf(chars[start - 1]) >= 0 || chars[start - 1] == U'.')) --start;
    const Numeral item = start < stop ? ReadNumeral(chars, start) : Numeral{};
    if (!item || item.end != stop) break;
    Amount one = amount;
    one.value = one.high = item.value * last.last_scale;
    items.push_back({chars.Bytes(start, stop), one});
    at = start;
  }
  const bool shared =
      chars.text().substr(0, chars.ByteAt(at)).find("分别") != std::string_view::npos;
  if (shared) out.insert(out.end(), items.rbegin(), items.rend());
}

struct CurrencyUnit {
  std::size_t end = 0;  // 0: none
  const char* code = nullptr;
};

CurrencyUnit CurrencyAt(const Chars& chars, std::size_t pos) {
  if (chars[pos] == U' ') ++pos;
  if (chars[pos] == U'多' || chars[pos] == U'余') ++pos;  // 30亿余元
  for (const Currency& currency : kCurrencies) {
    if (!chars.StartsAt(pos, currency.word)) continue;
    std::size_t end = pos + currency.word.size();
    if (currency.word == U"元") {
      if (kNotYuan.find(chars[end]) != std::u32string_view::npos && chars[end] != 0) return {};
      if (chars.StartsAt(end, U"人民币")) end += 3;
      if (chars.StartsAt(end, U"（人民币") || chars.StartsAt(end, U"(人民币")) return {end, "CNY"};
    }
    return {end, currency.code};
  }
  return {};
}

std::string_view PrefixCode(const Chars& chars, std::size_t begin, std::size_t& start) {
  std::size_t at = begin;
  if (at > 0 && chars[at - 1] == U' ') --at;
  for (const Currency& currency : kPrefixes) {
    if (chars.EndsAt(at, currency.word)) {
      start = at - currency.word.size();
      return currency.code;
    }
  }
  return {};
}

}  // namespace

std::vector<AmountMatch> FindAmounts(std::string_view text) { return FindAmounts(Chars(text)); }

std::vector<AmountMatch> FindAmounts(const Chars& chars) {
  std::vector<AmountMatch> out;
  std::size_t last_end = 0;  // of the last amount
  for (std::size_t pos = 0; pos < chars.size();) {
    char32_t c = chars[pos];
    if (DigitOf(c) < 0 && ChineseDigitOf(c) < 0 && c != U'十') {
      ++pos;
      continue;
    }
    Numeral first = ReadNumeral(chars, pos);
    if (!first) {
      ++pos;
      continue;
    }
    std::size_t begin = pos;
    pos = first.end;
    char32_t before = begin > 0 ? chars[begin - 1] : 0;
    bool vague = before == U'数' || before == U'几' || before == U'上' || before == U'第' ||
                 before == U'.' || (before < 0x80 && before > 0x40 && !first.arabic);
    if (vague && !first.arabic) continue;
    if (before == U'第') continue;

    Amount amount;
    amount.value = amount.high = first.value;
    CurrencyUnit unit = CurrencyAt(chars, first.end);
    std::size_t end = first.end;
    bool more = first.more;
    CurrencyUnit low_unit = unit;
    std::size_t after = 0;
    if (IsRangeSign(chars, low_unit.code ? low_unit.end : first.end, after)) {
      Numeral second = ReadNumeral(chars, after);
      CurrencyUnit second_unit = second ? CurrencyAt(chars, second.end) : CurrencyUnit{};
      if (second && second_unit.code && (!low_unit.code || second.value > first.value)) {
        double low = first.value;
        if (!first.has_scale && second.has_scale && !low_unit.code) low *= second.last_scale;
        if (low < second.value) {
          amount.value = low;
          amount.high = second.value;
          unit = second_unit;
          end = second.end;
          more = false;
        }
      }
    }
    std::size_t start = begin;
    std::string_view prefix = PrefixCode(chars, begin, start);
    if (unit.code) {
      end = unit.end;
      amount.currency = unit.code;
      // 人民币1223万元 and 三元 without a scale: a lone Chinese digit is rarely a price.
      if (!first.arabic && !first.has_scale && first.value < 10 && !amount.is_range()) {
        static constexpr std::u32string_view kAfterPrice = U"人钱一每的、，。；）";
        if (chars[end] != 0 && kAfterPrice.find(chars[end]) == std::u32string_view::npos) continue;
      }
      if (!prefix.empty() && prefix == amount.currency) begin = start;
    } else if (!prefix.empty()) {
      amount.currency = prefix;
      begin = start;
    } else {
      bool large = first.has_scale && (first.last_scale >= 1e4);
      if (!large || kCounters.find(chars[end]) != std::u32string_view::npos) {
        if (!large || chars[end] != 0) continue;
      }
      const bool carried = ContinuesList(chars, last_end, begin, end);
      if (!carried && (chars[end] == U'%' ||
                       !MoneyWordBefore(chars, BoundBefore(chars, begin, amount.bound)))) {
        continue;
      }
      amount.currency = carried ? out.back().amount.currency : "CNY";
    }
    amount.bound = more ? Bound::kAtLeast : Bound::kExact;
    begin = BoundBefore(chars, begin, amount.bound);
    BoundAfter(chars, end, amount.bound);
    if (!amount.is_range() && first.arabic) CarryBack(chars, first, begin, amount, out);
    out.push_back({chars.Bytes(begin, end), amount});
    pos = last_end = end;
  }
  return out;
}

std::optional<double> ParseNumeral(std::string_view text) {
  Chars chars(text);
  Numeral numeral = ReadNumeral(chars, 0);
  if (!numeral || numeral.end != chars.size()) return std::nullopt;
  return numeral.value;
}

}  // namespace tupu::extract
