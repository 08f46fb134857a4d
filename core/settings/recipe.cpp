#include "settings/recipe.h"

#include <algorithm>

#include "error.h"

namespace stepwise {

void check(const Recipe& r) {
  visit_fields(r, []([[maybe_unused]] const char* key, [[maybe_unused]] const auto& value,
                     auto... limits) { (limits.check(key, value), ...); });
  require(r.budget.minutes > 0 || r.budget.steps > 0,
          "The recipe has no budget: give it minutes or steps.");
  const double top = r.gaussian_sigma > 0 ? r.gaussian_sigma : r.sigma_high;
  require(r.sigma_low < std::min(r.sigma_high, top), "Nothing would be learned: sigma_low is ",
          r.sigma_low, ", and levels are learned up to ", std::min(r.sigma_high, top), ".");
  require(!r.channels.empty() && r.channels.size() <= 6, "The recipe has ", r.channels.size(),
          " resolutions, but must have 1 to 6.");
  for (const auto channels : r.channels) {
    Range<std::int64_t>{8, 2048}.check("channels", channels);
    require(channels % 8 == 0, "channels is ", channels, ", but must be a multiple of 8.");
  }
}

}  // namespace stepwise
