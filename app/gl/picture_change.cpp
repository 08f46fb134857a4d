#include "gl/picture_change.h"

#include <algorithm>
#include <cstdint>

namespace stepwise::app {
namespace {

constexpr std::int64_t kMostTexels = 1 << 16;

// Of a picture with two channels the first alone is shown.
int channels_shown(const Shown& shown) { return shown.plus.channels() >= 3 ? 3 : 1; }

bool may_be_compared(const Shown& then, const Shown& now) {
  const auto has_no_size_of_its_own = [](const Shown& s) {
    return !s.minus || (s.minus.width() == s.plus.width() && s.minus.height() == s.plus.height());
  };
  return then && now && then.plus.width() == now.plus.width() &&
         then.plus.height() == now.plus.height() && channels_shown(then) == channels_shown(now) &&
         then.scale == now.scale && then.range == now.range && then.diverging == now.diverging &&
         then.grid == now.grid && has_no_size_of_its_own(then) && has_no_size_of_its_own(now) &&
         std::int64_t(now.plus.width()) * now.plus.height() <= kMostTexels;
}

// As the shader has it: it is outlined where others are not.
bool is_painted(const Shown& shown, int y, int x) {
  if (!shown.edited || !shown.minus) return false;
  for (int c = 0; c < channels_shown(shown); ++c)
    if (shown.plus.at(y, x, c) != shown.minus.at(y, x, c)) return true;
  return false;
}

bool looks_the_same(const Shown& then, const Shown& now, int y, int x) {
  for (int c = 0; c < channels_shown(now); ++c)
    if (then.value(y, x, c) != now.value(y, x, c)) return false;
  return is_painted(then, y, x) == is_painted(now, y, x);
}

}  // namespace

std::optional<Texels> changed_texels(const Shown& then, const Shown& now) {
  if (!may_be_compared(then, now)) return std::nullopt;
  const int width = now.plus.width(), height = now.plus.height();
  Texels changed{width, height, 0, 0};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      if (looks_the_same(then, now, y, x)) continue;
      changed = {std::min(changed.left, x - 1), std::min(changed.top, y - 1),
                 std::max(changed.right, x + 2), std::max(changed.bottom, y + 2)};
    }
  return changed.left < changed.right ? changed : Texels{};
}

}  // namespace stepwise::app
