#include "widgets/ticks.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace stepwise::app {
namespace {

constexpr double kSlack =
    1e-9;  // Of a step: what rounding may take a tick beyond the end of its axis.

// mantissa * 10^exponent, divided rather than multiplied below 1 so that 3 tenths is exactly 0.3.
double decimal(double mantissa, int exponent) {
  return exponent < 0 ? mantissa / std::pow(10.0, -exponent) : mantissa * std::pow(10.0, exponent);
}

struct Step {
  int mantissa, exponent;
  double value() const { return decimal(mantissa, exponent); }
};

// The smallest of 1, 2, 5, 10 times a power of ten that is no less than `wanted`.
Step nice_step(double wanted) {
  const int exponent = static_cast<int>(std::floor(std::log10(wanted)));
  for (const int mantissa : {1, 2, 5})
    if (decimal(mantissa, exponent) >= wanted * (1 - kSlack)) return {mantissa, exponent};
  return {1, exponent + 1};
}

bool usable(double lo, double hi, int at_most) {
  return std::isfinite(lo) && std::isfinite(hi) && lo < hi && at_most >= 1;
}

// Every multiple of one of `mantissas` times a power of ten within [lo, hi].
template <class Mantissas>
std::vector<double> within_decades(double lo, double hi, const Mantissas& mantissas) {
  std::vector<double> values;
  const int first = static_cast<int>(std::floor(std::log10(lo) + kSlack));
  const int last = static_cast<int>(std::floor(std::log10(hi) + kSlack));
  for (int exponent = first; exponent <= last; ++exponent)
    for (const int mantissa : mantissas) {
      const double value = decimal(mantissa, exponent);
      if (value >= lo * (1 - kSlack) && value <= hi * (1 + kSlack)) values.push_back(value);
    }
  return values;
}

// Every n-th power of ten, so that at most `at_most` are left.
std::vector<Tick> thinned_decades(double lo, double hi, int decades, int at_most) {
  const int stride = (decades + at_most - 1) / at_most;
  std::vector<Tick> ticks;
  for (const double value : within_decades(lo, hi, std::array{1})) {
    const int exponent = static_cast<int>(std::lround(std::log10(value)));
    ticks.push_back({value, ((exponent % stride) + stride) % stride == 0});
  }
  return ticks;
}

// 1e-05 as people write it: 1e-5.
std::string short_exponent(std::string text) {
  const auto e = text.find('e');
  if (e == std::string::npos) return text;
  auto digit = e + 2;
  while (digit + 1 < text.size() && text[digit] == '0') text.erase(digit, 1);
  if (text[e + 1] == '+') text.erase(e + 1, 1);
  return text;
}

}  // namespace

std::vector<Tick> linear_ticks(double lo, double hi, int at_most) {
  if (!usable(lo, hi, at_most)) return {};
  Step step = nice_step((hi - lo) / at_most);
  const auto first = [&] { return std::ceil(lo / step.value() - kSlack); };
  const auto last = [&] { return std::floor(hi / step.value() + kSlack); };
  if (last() - first() + 1 > at_most) step = nice_step(step.value() * 1.01);
  std::vector<Tick> ticks;
  const double start = first();
  const int count = int(last() - start) + 1;
  for (int i = 0; i < count; ++i)
    ticks.push_back({decimal((start + i) * step.mantissa, step.exponent) + 0.0, true});
  return ticks;
}

std::vector<Tick> log_ticks(double lo, double hi, int at_most) {
  if (!usable(lo, hi, at_most) || lo <= 0) return {};
  const auto decades = within_decades(lo, hi, std::array{1});
  const int count = static_cast<int>(decades.size());
  if (count > at_most) return thinned_decades(lo, hi, count, at_most);

  const auto split = within_decades(lo, hi, std::array{1, 2, 5});
  const bool use_split = static_cast<int>(split.size()) <= at_most;
  const auto& labelled = use_split ? split : decades;
  if (labelled.size() < 2) return linear_ticks(lo, hi, at_most);

  std::vector<Tick> ticks;
  for (const double value : within_decades(lo, hi, std::array{1, 2, 3, 4, 5, 6, 7, 8, 9}))
    ticks.push_back({value, std::ranges::find(labelled, value) != labelled.end()});
  return ticks;
}

std::string format_number(double value) { return format_number(value, 3); }

std::string format_number(double value, int digits) {
  if (std::isnan(value)) return "not a number";
  if (std::isinf(value)) return value > 0 ? "infinity" : "-infinity";
  constexpr std::array<const char*, 5> kSuffixes = {"", "k", "M", "G", "T"};
  std::size_t suffix = 0;
  double scaled = value;
  // 999.6 printed with three digits is 1000: it belongs to the next suffix already.
  const double limit = 1000 - 0.5 * std::pow(10.0, 3 - std::max(digits, 3));
  while (std::abs(scaled) >= limit && suffix + 1 < kSuffixes.size()) scaled /= 1000, ++suffix;
  return short_exponent(fmt::format("{:.{}g}", scaled, std::max(digits, suffix ? 3 : digits))) +
         kSuffixes[suffix];
}

std::string format_percent(double share, int digits) {
  return format_number(100 * share, digits) + " %";
}

std::string format_duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "-";
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long long>(std::llround(std::min(seconds, 1e15)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string format_count(long long value) {
  std::string text = std::to_string(value);
  const std::size_t sign = value < 0 ? 1 : 0;
  for (std::size_t end = text.size(); end > sign + 3; end -= 3) text.insert(end - 3, 1, ',');
  return text;
}

}  // namespace stepwise::app
