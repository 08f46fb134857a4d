#include "training/network.h"

#include <torch/utils.h>
#include <cmath>
#include <numeric>

namespace stepwise {

namespace {

constexpr std::int64_t kGroups = 8;  // Of the group norms: cheap and enough for narrow networks.
constexpr std::int64_t kHeadWidth = 32;  // Of the attention.

// Positions of the sine features run over ln(sigma) / 4, about -1 to 1, not over a thousand steps:
// with this shift the frequencies rise from 1 to about 8 instead of falling from 1.
double rising_frequencies(std::int64_t features) {
  const double half = double(features) / 2;
  return half + std::round(4.43 * (half - 1));
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
  SchedulerInfo scheduler;
  scheduler.config.sigma_data = recipe.sigma_data;
  const SampleSettings settings = info_of(recipe, {}).defaults;
  scheduler.config.sigma_min = settings.sigma_min;
  scheduler.config.sigma_max = settings.sigma_max;
  scheduler.config.rho = settings.rho;
  return scheduler;
}

StepwiseInfo info_of(const Recipe& recipe, const Dataset& data) {
  StepwiseInfo info;
  info.name = data.name + " " + recipe.name;
  info.data = data.name;
  info.class_names = data.class_names;
  info.null_class = std::int64_t(data.class_names.size());
  info.sigma_data = recipe.sigma_data;
  info.defaults.steps = 15;
  info.defaults.sigma_min = 0.02;
  info.defaults.sigma_max =
      60;  // The pictures' mean is not 0: from 10 or 20 a sample starts off it.
  info.defaults.sampler = SamplerKind::kDpmPlusPlus2MSde;
  info.defaults.rho = 4;
  info.defaults.guidance = 1.5;
  info.defaults.guidance_min = 0.4;
  info.defaults.guidance_max = 6;
  info.seed = recipe.seed;
  return info;
}

}  // namespace stepwise
