#include "commands/sampling_options.h"

#include <algorithm>

#include "data/dataset.h"
#include "settings/first_level.h"
#include "settings/grid.h"

namespace stepwise {
namespace {

// "0.5=1": a level and the share of the guidance there.
LevelShare share_in(const std::string& text) {
  const std::size_t sign = text.find('=');
  const auto sigma = number_in(text.substr(0, sign), kSigma);
  const auto share =
      sign == std::string::npos ? std::nullopt : number_in(text.substr(sign + 1), kLevelShare);
  if (!sigma || !share)
    throw CLI::ValidationError("--guidance-shape", text_of("'", text,
                                                           "' is no noise level with a share from "
                                                           "0 to 1, as in 0.5=1"));
  return {*sigma, *share};
}

// The settings with just these levels.
SampleSettings with_levels(SampleSettings s, const std::vector<double>& levels) {
  require(levels.size() >= 2, "--levels names ", levels.size(), " noise level",
          levels.size() == 1 ? "" : "s", ", but a way needs two at least.");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    kSigma.check("A noise level", levels[i]);
    require(i == 0 || levels[i] < levels[i - 1], "In --levels ", levels[i], " stands after ",
            levels[i - 1], ". List them falling; 0 comes of itself.");
  }
  s.grid = GridKind::kDrawn;
  s.steps = int(levels.size());
  s.sigma_max = levels.front();
  s.sigma_min = levels.back();
  s.grid_shape.clear();
  for (const double level : levels)
    s.grid_shape.push_back(share_between(s.sigma_max, s.sigma_min, level));
  return s;
}

}  // namespace

void add_class_option(CLI::App& command, std::string& label) {
  command.add_option("--class", label, "all, or a class by name or number")->capture_default_str();
}

std::vector<Condition> conditions_for(const std::string& label, const ModelOpened& model,
                                      int count) {
  std::optional<Condition> same;
  if (label != "all") same = Condition{class_of(model.class_names, label)};
  return dealt(same, int(model.class_names.size()), count);
}

void add_sampling_options(CLI::App& command, SamplingOptions& o) {
  add_number(command, "--guidance", o.guidance, kGuidance, "w in D_null + w (D_class - D_null)")
      ->type_name("W");
  command
      .add_option_function<std::vector<std::string>>(
          "--guidance-shape",
          [&o](const std::vector<std::string>& points) {
            for (const std::string& point : points) o.guidance_shape.push_back(share_in(point));
          },
          "How much of the guidance acts at noise levels, as 0.1=0,0.5=1,5=0.3; between them the "
          "line from one to the next")
      ->delimiter(',')
      ->type_name("S=SHARE,...");
  command.add_option("--sampler", o.sampler, "How to step from one noise level to the next")
      ->type_name("NAME");
  CLI::Option* steps = add_number(command, "--steps", o.steps, kSteps, "Steps");
  command
      .add_option("--levels", o.levels,
                  "The noise levels themselves, falling, as 20,8,3,1,0.3,0.05")
      ->delimiter(',')
      ->type_name("S,...")
      ->excludes(steps);
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
  if (!o.guidance_shape.empty()) s.guidance_shape = o.guidance_shape;
  return o.levels.empty() ? s : with_levels(s, o.levels);
}

std::string about_first_level(const SampleSettings& settings, const ModelOpened& model) {
  const double top = model.learned_up_to;
  const std::string trouble = trouble_at_first_level(settings, model.defaults, top);
  if (trouble.empty()) return "";
  if (model.defaults.begin == Beginning::kGaussian && model.has_gaussians)
    return text_of(trouble, " Say --begin gaussian, and no --sigma-max above ", top, ".");
  return text_of(trouble, " Name a model for the levels above with --above and --border ", top,
                 ", or begin with --sigma-max ", top, " or less.");
}

}  // namespace stepwise
