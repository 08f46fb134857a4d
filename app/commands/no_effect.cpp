#include "commands/no_effect.h"

#include "error.h"

namespace stepwise {
namespace {

// Guidance is given as 1 to have none.
std::string about_guidance(const SampleSettings& s, const ModelOpened& model) {
  if (s.guidance == 1) return "";
  if (model.class_names.empty())
    return "--guidance has nothing to act on: this model knows no classes.";
  SampleSettings without = s;
  without.guidance = 1;
  if (s.guidance == 0 || evaluations_per_picture(s) != evaluations_per_picture(without)) return "";
  return text_of("--guidance acts at no step: this model is guided where sigma lies between ",
                 s.guidance_min, " and ", s.guidance_max, ".");
}

std::string about_steps(const SampleSettings& s) {
  const std::size_t listed = s.grid == GridKind::kModel ? s.options.timesteps.size() : 0;
  if (listed == 0 || int(listed) == s.steps) return "";
  return text_of("--steps has no effect: the model's scheduler lists its own ", listed, " steps.");
}

}  // namespace

std::vector<std::string> without_effect(const GivenOptions& given, const SampleSettings& settings,
                                        const ModelOpened& model) {
  std::vector<std::string> told;
  if (given.guidance) told.push_back(about_guidance(settings, model));
  if (given.steps) told.push_back(about_steps(settings));
  std::erase(told, "");
  return told;
}

}  // namespace stepwise
