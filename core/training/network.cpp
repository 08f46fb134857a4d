#include "training/network.h"

#include <torch/utils.h>
#include <cmath>
#include <numeric>

#include "settings/few_steps.h"

namespace stepwise {

namespace {

constexpr std::int64_t kGroups = 8;  // Of the group norms: cheap and enough for narrow networks.
constexpr std::int64_t kHeadWidth = 32;  // Of the attention.

// Positions of EDM's sine features run over ln(sigma) / 4, about -1 to 1, not over a thousand
// steps: with this shift the frequencies rise from 1 to about 8 instead of falling from 1.
double rising_frequencies(std::int64_t features) {
  const double half = double(features) / 2;
  return half + std::round(4.43 * (half - 1));
}

SchedulerClass class_of(Parameterisation parameterisation) {
  if (parameterisation == Parameterisation::kEdm) return SchedulerClass::kEdmEuler;
  if (parameterisation == Parameterisation::kFlow) return SchedulerClass::kFlowEuler;
  return SchedulerClass::kDdim;
}

const char* prediction_type_of(Parameterisation parameterisation) {
  if (parameterisation == Parameterisation::kX0) return "sample";
  return parameterisation == Parameterisation::kV ? "v_prediction" : "epsilon";
}

// Draws from a seeded global generator and puts it back as it was.
template <class Make>
auto with_global_seed(std::uint64_t seed, Make make) {
  auto generator = at::detail::getDefaultCPUGenerator();
  const auto before = generator.get_state();
  torch::manual_seed(seed);
  auto made = make();
  generator.set_state(before);
  return made;
}

// diffusers has nothing for what is no noise.
SchedulerInfo no_scheduler() {
  SchedulerInfo none;
  none.class_name.clear();
  return none;
}

// From nearly nothing to the picture in steps of a twentieth.
SampleSettings defaults_for_severity() {
  SampleSettings settings;
  settings.sampler = SamplerKind::kCold;
  settings.begin = Beginning::kGaussian;
  settings.steps = 20;
  settings.sigma_max = 1;
  return settings;
}

// How often both sides can be halved.
std::size_t halvings_of(const Pictures& pictures) {
  std::size_t halvings = 0;
  for (int sides = std::gcd(pictures.height, pictures.width); sides % 2 == 0; sides /= 2)
    ++halvings;
  return halvings;
}

}  // namespace

Recipe fitted_to(const Pictures& pictures, const Recipe& recipe) {
  constexpr std::int64_t kMaxAttended = 1024;  // Pixels; each looks at each, in every picture.
  Recipe fitted = recipe;
  const std::size_t levels = std::min(recipe.channels.size(), 1 + halvings_of(pictures));
  fitted.channels.resize(levels);
  const std::int64_t factor = std::int64_t{1} << (levels - 1);
  const std::int64_t coarsest = pictures.height / factor * (pictures.width / factor);
  fitted.attention = recipe.attention && coarsest <= kMaxAttended;
  return fitted;
}

std::string fitting_note(const Pictures& pictures, const Recipe& asked) {
  const Recipe fitted = fitted_to(pictures, asked);
  std::string note;
  if (fitted.channels.size() < asked.channels.size())
    note = text_of("Pictures of ", pictures.width, " x ", pictures.height, " pixels can be halved ",
                   fitted.channels.size() - 1, " times: the network has ", fitted.channels.size(),
                   " of the recipe's ", asked.channels.size(),
                   " resolutions. Sides that are multiples of ", 1 << (asked.channels.size() - 1),
                   " give better pictures.");
  if (fitted.attention != asked.attention)
    note += text_of(note.empty() ? "" : " ", "It has no attention, which would cost too much at ",
                    "so many pixels.");
  return note;
}

Recipe with_network_of(const Recipe& model, Recipe recipe) {
  recipe.channels = model.channels;
  recipe.layers_per_block = model.layers_per_block;
  recipe.attention = model.attention;
  recipe.sigma_data = model.sigma_data;
  recipe.parameterisation = model.parameterisation;
  recipe.betas = model.betas;
  recipe.degradation = model.degradation;
  return recipe;
}

UNet2DConfig config_of(const Recipe& recipe, const Dataset& data) {
  const auto levels = recipe.channels.size();
  const int factor = 1 << (levels - 1);
  require(data.train.height % factor == 0 && data.train.width % factor == 0, "Pictures of ",
          data.train.width, " x ", data.train.height, " cannot be halved ", levels - 1,
          " times, as the recipe's ", levels, " resolutions ask.");
  UNet2DConfig config;
  config.sample_height = data.train.height;
  config.sample_width = data.train.width;
  config.in_channels = config.out_channels = data.train.channels;
  config.block_out_channels = recipe.channels;
  config.layers_per_block = recipe.layers_per_block;
  config.down_block_types.assign(levels, "DownBlock2D");
  config.up_block_types.assign(levels, "UpBlock2D");
  config.add_attention = recipe.attention;
  config.attention_head_dim = std::gcd(kHeadWidth, recipe.channels.back());
  config.norm_num_groups = kGroups;
  config.attn_norm_num_groups = kGroups;
  if (recipe.parameterisation == Parameterisation::kEdm && !has_severity(recipe.degradation))
    config.freq_shift = rising_frequencies(recipe.channels.front());
  config.resnet_time_scale_shift = "scale_shift";
  config.num_class_embeds = std::int64_t(data.class_names.size()) + 1;
  check(config);
  return config;
}

UNet2DModel new_network(const Recipe& recipe, const Dataset& data) {
  const UNet2DConfig config = config_of(recipe, data);
  return with_global_seed(recipe.seed, [&] {
    UNet2DModel net(config);
    init_for_training(net);
    torch::NoGradGuard no_grad;
    net->class_table->weight.normal_(0, 0.5);
    return net;
  });
}

SchedulerInfo scheduler_of(const Recipe& recipe) {
  if (has_severity(recipe.degradation)) return no_scheduler();
  Recipe whole = recipe;
  whole.consistency = 0;  // It knows more levels than few steps visit.
  const SampleSettings settings = info_of(whole, {}).defaults;
  SchedulerConfig config = scheduler_defaults(class_of(recipe.parameterisation));
  if (config.kind == SchedulerClass::kEdmEuler) {
    config.sigma_data = recipe.sigma_data;
    config.sigma_min = settings.sigma_min;
    config.sigma_max = settings.sigma_max;
    config.rho = settings.rho;
  } else if (config.kind == SchedulerClass::kDdim) {
    config.prediction_type = prediction_type_of(recipe.parameterisation);
    config.beta_schedule = recipe.betas == BetaSchedule::kLinear ? "linear" : "squaredcos_cap_v2";
    config.timestep_spacing = "trailing";  // From the last step on, which is nearly noise alone.
  }
  SchedulerInfo scheduler;
  scheduler.class_name = id_of(config.kind);
  scheduler.config = config;
  return scheduler;
}

Regressor regressor_of(const Recipe& recipe, torch::Device device) {
  const Schedule schedule = has_severity(recipe.degradation)
                                ? Schedule(recipe.degradation)
                                : Schedule(scheduler_config_of(scheduler_of(recipe)));
  return {schedule, recipe.sigma_data, device};
}

StepwiseInfo info_of(const Recipe& recipe, const Dataset& data) {
  StepwiseInfo info;
  info.name = data.name + " " + recipe.name;
  info.data = data.name;
  info.class_names = data.class_names;
  info.null_class = std::int64_t(data.class_names.size());
  info.sigma_data = recipe.sigma_data;
  info.degradation = recipe.degradation;
  info.seed = recipe.seed;
  if (has_severity(recipe.degradation)) {
    info.defaults = defaults_for_severity();
    return info;
  }
  if (const double top = learned_up_to(recipe); top < kSigma.max) info.learned_up_to = top;
  info.defaults.steps = 15;
  info.defaults.sigma_min = 0.02;
  info.defaults.sigma_max =
      60;  // The pictures' mean is not 0: from 10 or 20 a sample starts off it.
  info.defaults.sampler = SamplerKind::kDpmPlusPlus2MSde;
  info.defaults.rho = 4;
  info.defaults.guidance = 1.5;
  info.defaults.guidance_min = 0.4;
  info.defaults.guidance_max = 6;
  if (recipe.gaussian_sigma > 0) {
    info.defaults.begin = Beginning::kGaussian;
    info.defaults.sigma_max = recipe.gaussian_sigma;
    info.defaults.steps = 6;  // Nine evaluations, with guidance at three of them.
    info.defaults.guidance = 2;
  }
  if (recipe.consistency > 0) use_few_steps(info.defaults);
  return info;
}

}  // namespace stepwise
