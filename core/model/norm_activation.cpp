#include "model/norm_activation.h"

#include <torch/autograd.h>
#include <algorithm>

#include "model/norm_silu_cuda.h"
#include "model/norm_silu_kernel.h"
#include "model/shards.h"

namespace stepwise {
namespace {

using torch::Tensor;

constexpr std::int64_t kWorthAThread = 1 << 13;  // Numbers.
constexpr auto kInnermost = torch::MemoryFormat::ChannelsLast;

// Calls work(picture, first group, shape of the groups from there on) until all groups of all
// pictures x [N, C, H, W] are done, by several threads where there is enough for them.
template <class Work>
void for_each_part(const Tensor& x, std::int64_t groups, Work work) {
  const std::int64_t all = x.size(0) * groups, group = x.size(1) / groups;
  const std::int64_t shards = std::min(all, shards_of(x.numel(), kWorthAThread));
  for_each_shard(all, shards, [&](std::int64_t, std::int64_t first, std::int64_t count) {
    for (std::int64_t at = first; at < first + count;) {
      const std::int64_t here = at % groups, n = std::min(groups - here, first + count - at);
      work(at / groups, here, NormShape{x.size(2) * x.size(3), x.size(1), n * group, group});
      at += n;
    }
  });
}

// Where the numbers of a picture's channel lie: in x, in gamma and beta [N or 1, C], in the
// moments.
struct Offsets {
  Offsets(const Tensor& x, const Tensor& gamma, std::int64_t all_groups)
      : channels(x.size(1)),
        numbers(x.numel() / x.size(0)),
        groups(all_groups),
        own_gamma(gamma.size(0) > 1) {}

  std::int64_t channel(std::int64_t group) const { return group * (channels / groups); }
  std::int64_t in_x(std::int64_t picture, std::int64_t group) const {
    return picture * numbers + channel(group);
  }
  std::int64_t in_gamma(std::int64_t picture, std::int64_t group) const {
    return (own_gamma ? picture * channels : 0) + channel(group);
  }
  std::int64_t in_moments(std::int64_t picture, std::int64_t group) const {
    return picture * groups + group;
  }

  const std::int64_t channels, numbers, groups;
  const bool own_gamma;
};

Moments* moments_in(const Tensor& tensor) {  // [N groups, 2]
  return reinterpret_cast<Moments*>(tensor.data_ptr<float>());
}

void norm_silu_cpu(const Tensor& x, const Tensor& gamma, const Tensor& beta, double eps,
                   const Tensor& y, const Tensor& kept) {
  const std::int64_t groups = kept.size(0) / x.size(0);
  const Offsets offsets(x, gamma, groups);
  const float *from = x.data_ptr<float>(), *scale = gamma.data_ptr<float>(),
              *shift = beta.data_ptr<float>();
  float* to = y.data_ptr<float>();
  Moments* moments = moments_in(kept);
  for_each_part(x, groups, [&](std::int64_t picture, std::int64_t group, const NormShape& shape) {
    const std::int64_t at = offsets.in_x(picture, group), row = offsets.in_gamma(picture, group);
    Moments* own = moments + offsets.in_moments(picture, group);
    find_moments(shape, from + at, float(eps), own);
    norm_silu(shape, from + at, scale + row, shift + row, own, to + at);
  });
}

void norm_silu_backward_cpu(const Tensor& x, const Tensor& gamma, const Tensor& beta,
                            const Tensor& kept, const Tensor& dy, const Tensor& dx,
                            const Tensor& dgamma, const Tensor& dbeta) {
  const std::int64_t groups = kept.size(0) / x.size(0);
  const Offsets offsets(x, gamma, groups);
  const float *from = x.data_ptr<float>(), *scale = gamma.data_ptr<float>(),
              *shift = beta.data_ptr<float>(), *slope = dy.data_ptr<float>();
  float *to = dx.data_ptr<float>(), *by_gamma = dgamma.data_ptr<float>(),
        *by_beta = dbeta.data_ptr<float>();
  const Moments* moments = moments_in(kept);
  for_each_part(x, groups, [&](std::int64_t picture, std::int64_t group, const NormShape& shape) {
    const std::int64_t at = offsets.in_x(picture, group), row = offsets.in_gamma(picture, group);
    const std::int64_t out = picture * offsets.channels + offsets.channel(group);
    norm_silu_backward(shape, from + at, scale + row, shift + row,
                       moments + offsets.in_moments(picture, group), slope + at, to + at,
                       by_gamma + out, by_beta + out);
  });
}

struct NormSilu : torch::autograd::Function<NormSilu> {
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& x,
                        const Tensor& gamma, const Tensor& beta, std::int64_t groups, double eps) {
    const Tensor y = torch::empty_like(x);
    const Tensor moments = torch::empty({x.size(0) * groups, 2}, x.options().dtype(torch::kFloat));
    if (x.is_cpu()) norm_silu_cpu(x, gamma, beta, eps, y, moments);
    if constexpr (kHasNormSiluCuda) {
      if (x.is_cuda()) norm_silu_cuda(x, gamma, beta, eps, y, moments);
    }
    context->save_for_backward({x, gamma, beta, moments});
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& above) {
    const auto saved = context->get_saved_variables();
    const Tensor &x = saved[0], &gamma = saved[1], &beta = saved[2], &moments = saved[3];
    const Tensor dy = above[0].contiguous(kInnermost), dx = torch::empty_like(x);
    const Tensor dgamma = torch::empty({x.size(0), x.size(1)}, moments.options()),
                 dbeta = torch::empty_like(dgamma);
    if (x.is_cpu()) norm_silu_backward_cpu(x, gamma, beta, moments, dy, dx, dgamma, dbeta);
    if constexpr (kHasNormSiluCuda) {
      if (x.is_cuda()) norm_silu_backward_cuda(x, gamma, beta, moments, dy, dx, dgamma, dbeta);
    }
    const auto like = [](const Tensor& sums, const Tensor& t) {
      return sums.sum_to_size(t.sizes()).to(t.scalar_type());
    };
    return {dx, like(dgamma, gamma), like(dbeta, beta), {}, {}};
  }
};

bool fuses(const Tensor& x, const torch::nn::GroupNormImpl& norm) {
  const auto type = x.scalar_type(), weight = norm.weight.scalar_type();
  if (x.numel() == 0 || weight != norm.bias.scalar_type()) return false;
  if (x.is_cpu()) return type == torch::kFloat && weight == torch::kFloat;
  const auto taken = [](torch::ScalarType t) {
    return t == torch::kFloat || t == torch::kBFloat16;
  };
  return kHasNormSiluCuda && x.is_cuda() && taken(type) && taken(weight) &&
         x.size(1) / norm.options.num_groups() <= kWidestCudaGroup;
}

}  // namespace

Tensor norm_activation(const torch::nn::GroupNormImpl& norm, Activation activation, const Tensor& x,
                       const Tensor& scale, const Tensor& shift) {
  const std::int64_t groups = norm.options.num_groups();
  const double eps = norm.options.eps();
  if (activation == Activation::kSilu && fuses(x, norm)) {
    Tensor gamma = norm.weight.unsqueeze(0), beta = norm.bias.unsqueeze(0);
    if (scale.defined()) {  // In single precision: bfloat16 would lose most of scale in 1 + scale.
      const auto single = [](const Tensor& t) { return t.to(torch::kFloat); };
      const Tensor factor = 1 + single(scale);
      beta = torch::addcmul(single(shift), single(beta), factor);
      gamma = single(gamma) * factor;
    }
    return NormSilu::apply(x.contiguous(kInnermost), gamma, beta, groups, eps);
  }
  Tensor u = torch::group_norm(x, groups, norm.weight, norm.bias, eps);
  const auto per_pixel = [](const Tensor& t) { return t.unsqueeze(-1).unsqueeze(-1); };
  if (scale.defined()) u = torch::addcmul(per_pixel(shift), u, 1 + per_pixel(scale));
  return activate(activation, u);
}

}  // namespace stepwise
