#include "commands/sampling_options.h"

#include <algorithm>

namespace stepwise {

void add_sampling_options(CLI::App& command, SamplingOptions& o) {
  add_number(command, "--guidance", o.guidance, kGuidance, "w in D_null + w (D_class - D_null)")
      ->type_name("W");
  command.add_option("--sampler", o.sampler, "How to step from one noise level to the next")
      ->type_name("NAME");
  add_number(command, "--steps", o.steps, kSteps, "Steps");
  command
      .add_option("--leave-out", o.left_out,
                  "Steps to pass over, as 3,7: from the level before one to the level after it")
      ->delimiter(',')
      ->type_name("K,...");
  add_number(command, "--sigma-max", o.sigma_max, kSigma, "First noise level, in units of the data")
      ->type_name("S");
  command
      .add_option("--begin", o.begin,
                  text_of("With noise, or where a gaussian of each class would have come to at "
                          "the first level, which is then ",
                          kGaussianSigma, " if not given"))
      ->type_name("noise|gaussian");
}

SampleSettings settings_with(const SamplingOptions& o, SampleSettings s) {
  s.guidance = o.guidance.value_or(s.guidance);
  if (o.sampler) s.sampler = sampler_of(*o.sampler);
  s.steps = o.steps.value_or(s.steps);
  if (!o.left_out.empty()) s.left_out = o.left_out;
  if (o.begin) s.begin = beginning_of(*o.begin);
  if (o.begin && s.begin == Beginning::kGaussian)
    s.sigma_max = std::min(s.sigma_max, kGaussianSigma);
  s.sigma_max = o.sigma_max.value_or(s.sigma_max);
  if (o.sigma_max && s.grid == GridKind::kModel) s.grid = GridKind::kKarras;
  return s;
}

}  // namespace stepwise
