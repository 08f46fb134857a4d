#include "model/resnet.h"

#include "model/norm_activation.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

nn::GroupNorm group_norm(const UNet2DConfig& config, std::int64_t channels) {
  return nn::GroupNorm(nn::GroupNormOptions(config.norm_num_groups, channels).eps(config.norm_eps));
}

Convolution conv3x3(std::int64_t in, std::int64_t out) {
  return Convolution(nn::Conv2dOptions(in, out, 3).padding(1));
}

Tensor resampled(const Tensor& x, Rescale resample) {
  switch (resample) {
    case Rescale::kDown:
      return torch::avg_pool2d(x, 2);
    case Rescale::kUp:
      return torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    case Rescale::kNone:
      break;
  }
  return x;
}

}  // namespace

ResnetBlockImpl::ResnetBlockImpl(const UNet2DConfig& config, std::int64_t in, std::int64_t out,
                                 double scale, Rescale resample)
    : norm1(register_module("norm1", group_norm(config, in))),
      conv1(register_module("conv1", conv3x3(in, out))),
      time_emb_proj(register_module(
          "time_emb_proj",
          nn::Linear(time_embedding_dim(config),
                     config.resnet_time_scale_shift == "scale_shift" ? 2 * out : out))),
      norm2(register_module("norm2", group_norm(config, out))),
      dropout(register_module("dropout", nn::Dropout(config.dropout))),
      conv2(register_module("conv2", conv3x3(out, out))),
      activation_(activation_of(config.act_fn)),
      scale_shift_(config.resnet_time_scale_shift == "scale_shift"),
      scale_(scale),
      resample_(resample) {
  if (in != out)
    conv_shortcut = register_module("conv_shortcut", Convolution(nn::Conv2dOptions(in, out, 1)));
}

Tensor ResnetBlockImpl::forward(const Tensor& x, const Tensor& activated) {
  Tensor u = conv1(resampled(norm_activation(*norm1, activation_, x), resample_));
  const Tensor told = time_emb_proj(activated);  // [N, b or 2b]
  if (scale_shift_) {
    const auto halves = told.chunk(2, 1);
    u = norm_activation(*norm2, activation_, u, halves[0], halves[1]);
  } else {
    // In place: what a convolution puts out, no gradient asks for.
    u = norm_activation(*norm2, activation_, u.add_(told.unsqueeze(-1).unsqueeze(-1)));
  }
  u = conv2(dropout(u));
  const Tensor from = resampled(x, resample_);
  u.add_(conv_shortcut ? conv_shortcut(from) : from);
  return scale_ == 1 ? u : u.div_(scale_);
}

}  // namespace stepwise
