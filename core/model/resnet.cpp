#include "model/resnet.h"

#include <torch/nn/modules/conv.h>

#include "model/norm_activation.h"
#include "model/smooth_rescale.h"
#include "model/watch.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

nn::GroupNorm group_norm(std::int64_t groups, std::int64_t channels, double eps) {
  return nn::GroupNorm(nn::GroupNormOptions(groups, channels).eps(eps));
}

Convolution conv3x3(std::int64_t in, std::int64_t out) {
  return Convolution(nn::Conv2dOptions(in, out, 3).padding(1));
}

Tensor rescaled(const Tensor& x, const ResnetShape& shape) {
  switch (shape.rescale) {
    case Rescale::kDown:
      return shape.filters ? smoothly_halved(x) : torch::avg_pool2d(x, 2);
    case Rescale::kUp:
      return shape.filters ? smoothly_doubled(x)
                           : torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    case Rescale::kNone:
      break;
  }
  return x;
}

}  // namespace

ResnetBlockImpl::ResnetBlockImpl(const UNet2DConfig& config, const ResnetShape& s)
    : norm1(register_module("norm1", group_norm(s.groups_in, s.in, config.norm_eps))),
      conv1(register_module("conv1", conv3x3(s.in, s.out))),
      time_emb_proj(register_module(
          "time_emb_proj",
          nn::Linear(time_embedding_dim(config),
                     config.resnet_time_scale_shift == "scale_shift" ? 2 * s.out : s.out))),
      norm2(register_module("norm2", group_norm(s.groups_out, s.out, config.norm_eps))),
      dropout(register_module("dropout", nn::Dropout(config.dropout))),
      conv2(register_module("conv2", conv3x3(s.out, s.out))),
      activation_(activation_of(config.act_fn)),
      scale_shift_(config.resnet_time_scale_shift == "scale_shift"),
      shape_(s) {
  if (s.projects())
    conv_shortcut =
        register_module("conv_shortcut", Convolution(nn::Conv2dOptions(s.in, s.out, 1)));
}

Tensor ResnetBlockImpl::forward(const Tensor& x, const Tensor& activated) {
  Tensor u = conv1(rescaled(norm_activation(*norm1, activation_, x), shape_));
  const Tensor told = time_emb_proj(activated);  // [N, b or 2b]
  if (scale_shift_) {
    const auto halves = told.chunk(2, 1);
    u = norm_activation(*norm2, activation_, u, halves[0], halves[1]);
  } else {
    // In place: what a convolution puts out, no gradient asks for.
    u = norm_activation(*norm2, activation_, u.add_(told.unsqueeze(-1).unsqueeze(-1)));
  }
  u = conv2(dropout(u));
  const Tensor from = rescaled(x, shape_);
  u.add_(conv_shortcut ? conv_shortcut(from) : from);
  return Watch::tell(*this, shape_.scale == 1 ? u : u.div_(shape_.scale));
}

}  // namespace stepwise
