#include "settings/recipe.h"

#include <algorithm>

#include "error.h"

namespace stepwise {
namespace {

// Only D of EDM is the picture itself where there is no noise, where all guesses have to lead.
void check_consistency(const Recipe& r) {
  if (r.consistency == 0) return;
  require(!has_severity(r.degradation), "consistency is ", r.consistency,
          ", but the network undoes ", id_of(r.degradation),
          ": only one that undoes noise can be tuned so. Let consistency be 0.");
  require(r.parameterisation == Parameterisation::kEdm, "consistency is ", r.consistency,
          ", but the parameterisation is ", id_of(r.parameterisation),
          ": only a network of edm can be tuned so. Begin with one, or let consistency be 0.");
  require(r.sigma_low == 0, "consistency is ", r.consistency, ", but sigma_low is ", r.sigma_low,
          ": guesses are tuned down to the clean picture. Let one of the two be 0.");
}

}  // namespace

void check(const Recipe& r) {
  visit_fields(r, []([[maybe_unused]] const char* key, [[maybe_unused]] const auto& value,
                     auto... limits) { (limits.check(key, value), ...); });
  require(r.budget.minutes > 0 || r.budget.steps > 0,
          "The recipe has no budget: give it minutes or steps.");
  require(r.sigma_low < learned_up_to(r), "Nothing would be learned: sigma_low is ", r.sigma_low,
          ", and levels are learned up to ", learned_up_to(r), ".");
  require(!r.channels.empty() && r.channels.size() <= 6, "The recipe has ", r.channels.size(),
          " resolutions, but must have 1 to 6.");
  for (const auto channels : r.channels) {
    Range<std::int64_t>{8, 2048}.check("channels", channels);
    require(channels % 8 == 0, "channels is ", channels, ", but must be a multiple of 8.");
  }
  check_consistency(r);
}

double learned_up_to(const Recipe& r) {
  return r.gaussian_sigma > 0 ? std::min(r.gaussian_sigma, r.sigma_high) : r.sigma_high;
}

std::string trouble_with_new_weights(const Recipe& recipe) {
  if (recipe.consistency == 0) return "";
  return "This recipe tunes a trained model, for its consistency is not 0. Begin with one: 'From "
         "model' in Train, --from MODEL on the command line.";
}

}  // namespace stepwise
