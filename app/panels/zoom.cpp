#include "panels/zoom.h"

#include <algorithm>
#include <array>

#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr std::array kScales = {0.75, 0.85, 1., 1.1, 1.25, 1.5, 1.75, 2., 2.5, 3.};
constexpr double kSame = 0.04;  // Type has whole pixels, so scales on screen are a little off.

}  // namespace

void zoom_window(Ui& ui, int steps) {
  const double now = scale_in_use();
  const auto above = std::ranges::find_if(kScales, [&](double s) { return s > now + kSame; });
  const auto from = std::ranges::find_if(kScales, [&](double s) { return s >= now - kSame; });
  const std::ptrdiff_t at = steps > 0 ? above - kScales.begin() - 1 : from - kScales.begin();
  const auto last = std::ptrdiff_t(kScales.size()) - 1;
  ui.scale = kScales[std::size_t(std::clamp<std::ptrdiff_t>(at + steps, 0, last))];
}

}  // namespace stepwise::app
