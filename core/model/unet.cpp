#include "model/unet.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/conv.h>
#include <torch/utils.h>
#include <algorithm>

#include "error.h"
#include "model/norm_activation.h"
#include "model/register_list.h"
#include "model/shards.h"
#include "model/watch.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

// Pixels times channels of the finest level, up to which waking a thread takes longer than its
// share of a layer.
constexpr std::int64_t kSmallPicture = 1 << 16;

// Pictures that are computed together where there are many: what lies between two layers of more
// would no longer fit the caches.
constexpr std::int64_t kShard = 8;

const UNet2DConfig& checked(const UNet2DConfig& config) {
  check(config);
  return config;
}

// A table has no row for other numbers. Only looked at where that does not make a device wait.
void check_rows(const char* what, const Tensor& numbers, std::int64_t rows) {
  if (!numbers.is_cpu() || numbers.numel() == 0) return;
  const auto lowest = numbers.min().item<std::int64_t>(),
             highest = numbers.max().item<std::int64_t>();
  require(lowest >= 0 && highest < rows, "The network knows no ", what, " ",
          lowest < 0 ? lowest : highest, ", only 0 to ", rows - 1, ".");
}

void make_zero(nn::Conv2dImpl& conv) {
  nn::init::zeros_(conv.weight);
  nn::init::zeros_(conv.bias);
}

}  // namespace

UNet2DModelImpl::UNet2DModelImpl(const UNet2DConfig& c)
    : config(checked(c)), activation_(activation_of(c.act_fn)) {
  const std::int64_t first = c.block_out_channels[0], width = time_embedding_dim(c);
  std::int64_t features = first;
  if (c.time_embedding_type == "fourier") {
    fourier_time = register_module("time_proj", FourierFeatures(first));
    features = 2 * first;
  } else if (c.time_embedding_type == "learned") {
    learned_time = register_module("time_proj", nn::Embedding(*c.num_train_timesteps, first));
  }
  time_embedding = register_module("time_embedding", TimestepEmbedding(features, width));
  if (c.class_embed_type == "timestep")
    class_mlp = register_module("class_embedding", TimestepEmbedding(features, width));
  else if (c.class_embed_type.empty() && c.num_class_embeds)
    class_table = register_module("class_embedding", nn::Embedding(*c.num_class_embeds, width));

  const auto conv3x3 = [](std::int64_t in, std::int64_t out) {
    return Convolution(nn::Conv2dOptions(in, out, 3).padding(1));
  };
  conv_in = register_module("conv_in", conv3x3(c.in_channels, first));
  for (std::size_t i = 0; i < c.block_out_channels.size(); ++i) {
    down_blocks.emplace_back(c, i);
    up_blocks.emplace_back(c, i);
  }
  register_list(*this, "down_blocks", down_blocks);
  if (!c.mid_block_type.empty()) mid_block = register_module("mid_block", MidBlock(c));
  register_list(*this, "up_blocks", up_blocks);
  conv_norm_out = register_module(
      "conv_norm_out",
      nn::GroupNorm(nn::GroupNormOptions(groups_of(c, first), first).eps(c.norm_eps)));
  conv_out = register_module("conv_out", conv3x3(first, c.out_channels));
}

void UNet2DModelImpl::check_input(const Tensor& x, const Tensor& timestep,
                                  const Tensor& class_labels) const {
  require(x.dim() == 4 && x.size(1) == config.in_channels, "The network takes pictures [N, ",
          config.in_channels, ", H, W], not ", x.sizes(), ".");
  const std::int64_t unit = std::int64_t{1} << (config.block_out_channels.size() - 1);
  require(x.size(2) % unit == 0 && x.size(3) % unit == 0, "Pictures of ", x.size(2), " x ",
          x.size(3), " do not fit a network of ", config.block_out_channels.size(),
          " levels: height and width must be divisible by ", unit, ".");
  require(timestep.dim() <= 1 && (timestep.numel() == 1 || timestep.numel() == x.size(0)),
          "The network takes 1 or ", x.size(0), " timesteps, not ", timestep.sizes(), ".");
  const bool conditional = class_table || class_mlp || config.class_embed_type == "identity";
  require(conditional == class_labels.defined(),
          conditional ? "The network needs a class for each picture."
                      : "The network knows no classes, but was given some.");
  require(!conditional || (class_labels.dim() > 0 && class_labels.size(0) == x.size(0)),
          "The network needs as many classes as pictures, ", x.size(0), ".");
  if (learned_time) check_rows("timestep", timestep, *config.num_train_timesteps);
  if (class_table) check_rows("class", class_labels, *config.num_class_embeds);
}

Tensor UNet2DModelImpl::time_features(const Tensor& timestep) {
  if (fourier_time) return fourier_time(timestep);
  if (learned_time) return learned_time(timestep.to(torch::kLong));
  return positional_features(timestep, config.block_out_channels[0], config.freq_shift,
                             config.flip_sin_to_cos);
}

Tensor UNet2DModelImpl::embedding(const Tensor& timestep, const Tensor& class_labels) {
  const auto dtype = conv_in->weight.scalar_type();
  const Tensor e = time_embedding(time_features(timestep).to(dtype));
  if (class_table) return e + Watch::tell(*class_table, class_table(class_labels));
  if (class_mlp) return e + class_mlp(time_features(class_labels).to(dtype));
  return class_labels.defined() ? e + class_labels.to(dtype) : e;
}

Tensor UNet2DModelImpl::forward(const Tensor& x, const Tensor& timestep,
                                const Tensor& class_labels) {
  check_input(x, timestep, class_labels);
  if (!x.is_cpu() || torch::GradMode::is_enabled() || x.size(0) == 1)
    return compute(x, timestep, class_labels);
  return compute_in_shards(x, timestep.reshape({-1}), class_labels);
}

// Large pictures keep all threads busy layer by layer, small ones do not. Large ones are computed
// one after the other, so that many need no more memory than one.
bool UNet2DModelImpl::is_small(const Tensor& x) const {
  return x.size(2) * x.size(3) * config.block_out_channels[0] <= kSmallPicture;
}

Tensor UNet2DModelImpl::compute_in_shards(const Tensor& x, const Tensor& time,
                                          const Tensor& class_labels) {
  const std::int64_t count = x.size(0);
  const std::int64_t shards = is_small(x) ? std::max(shards_of(count), count / kShard) : count;
  const bool bfloat16 = Bfloat16Convolutions::active();
  const at::ThreadLocalState state;  // Whether gradients are recorded, inference mode.
  std::vector<Tensor> parts(shards);
  const auto work = [&](std::int64_t shard, std::int64_t first, std::int64_t n) {
    const at::ThreadLocalStateGuard same(state);
    const Bfloat16Convolutions faster(bfloat16);
    const auto part = [&](const Tensor& all) {
      return all.defined() && all.size(0) == count ? all.narrow(0, first, n) : all;
    };
    parts[shard] = compute(part(x), part(time), part(class_labels));
  };
  if (is_small(x))
    for_each_shard(count, shards, work);
  else
    for (std::int64_t i = 0; i < count; ++i) work(i, i, 1);
  return torch::cat(parts);
}

Tensor UNet2DModelImpl::compute(const Tensor& x, const Tensor& timestep,
                                const Tensor& class_labels) {
  Flow flow = enter(x, timestep, class_labels);
  for (std::size_t stage = 0; stage < stages(); ++stage) pass(stage, flow);
  return leave(flow, timestep);
}

Flow UNet2DModelImpl::enter(const Tensor& x, const Tensor& timestep, const Tensor& class_labels) {
  Flow flow;
  // One time or N: all that follows broadcasts.
  flow.activated = activate(activation_, embedding(timestep.reshape({-1}), class_labels));
  flow.image = config.center_input_sample ? 2 * x - 1 : x;
  flow.features = Watch::tell(*conv_in, conv_in(flow.image));
  // Channels innermost: processors and cards are fastest so.
  flow.features = flow.features.contiguous(torch::MemoryFormat::ChannelsLast);
  flow.skips = {flow.features};
  return flow;
}

void UNet2DModelImpl::pass(std::size_t stage, Flow& flow) {
  const std::size_t down = down_blocks.size();
  if (stage < down) return down_blocks[stage]->forward(flow);
  if (stage > down) return up_blocks[stage - down - 1]->forward(flow);
  flow.image.reset();
  if (mid_block) flow.features = mid_block(flow.features, flow.activated);
}

Tensor UNet2DModelImpl::leave(const Flow& flow, const Tensor& timestep) {
  Tensor h = Watch::tell(*conv_norm_out,
                         norm_activation(*conv_norm_out, Activation::kSilu, flow.features));
  h = Watch::tell(*conv_out, conv_out(h)).contiguous();
  if (flow.image.defined()) h = h + flow.image;
  return fourier_time ? h.div_(timestep.reshape({-1, 1, 1, 1}).to(h.scalar_type())) : h;
}

void init_for_training(UNet2DModel& net) {
  const torch::NoGradGuard no_grad;
  for (const auto& module : net->modules(/*include_self=*/false)) {
    if (auto* resnet = module->as<ResnetBlock>()) make_zero(*resnet->conv2);
    if (auto* attention = module->as<Attention>()) {
      nn::init::zeros_(attention->out()->weight);
      nn::init::zeros_(attention->out()->bias);
    }
  }
  make_zero(*net->conv_out);
}

}  // namespace stepwise
