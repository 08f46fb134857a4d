#include "model/attention.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>

#include "model/watch.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

// Scores that are held at once where no gradient needs them all: 16 MB, near enough to the caches.
constexpr std::int64_t kMaxScores = std::int64_t{1} << 22;

// q, k, v, result: [B, P, D], one row per head and picture.
Tensor attend(const Tensor& q, const Tensor& k, const Tensor& v) {
  // The queries are scaled, not the scores: baddbmm would do it at once, but where there are few
  // pixels LibTorch 1.13 multiplies memory that it has not written by beta = 0, which can be NaN.
  const Tensor scores = (q * (1 / std::sqrt(double(q.size(2))))).bmm(k.transpose(1, 2));
  return scores.softmax(-1).bmm(v);
}

// The same, a few rows at a time, so that large pictures do not need all scores at once.
Tensor attend_in_parts(const Tensor& q, const Tensor& k, const Tensor& v) {
  const std::int64_t rows = std::max<std::int64_t>(1, kMaxScores / (q.size(1) * q.size(1)));
  if (torch::GradMode::is_enabled() || rows >= q.size(0)) return attend(q, k, v);
  Tensor out = torch::empty_like(v);
  for (std::int64_t at = 0; at < q.size(0); at += rows) {
    const std::int64_t n = std::min(rows, q.size(0) - at);
    out.narrow(0, at, n).copy_(attend(q.narrow(0, at, n), k.narrow(0, at, n), v.narrow(0, at, n)));
  }
  return out;
}

}  // namespace

AttentionImpl::AttentionImpl(const AttentionShape& s, double eps)
    : to_q(nullptr), to_k(nullptr), to_v(nullptr), shape_(s) {
  const std::int64_t inner = s.heads() * s.head_width;
  if (s.groups > 0)
    group_norm = register_module(
        "group_norm", nn::GroupNorm(nn::GroupNormOptions(s.groups, s.channels).eps(eps)));
  to_q = register_module("to_q", nn::Linear(s.channels, inner));
  to_k = register_module("to_k", nn::Linear(s.channels, inner));
  to_v = register_module("to_v", nn::Linear(s.channels, inner));
  to_out = register_module("to_out", nn::ModuleList(nn::Linear(inner, s.channels)));
}

nn::Linear AttentionImpl::out() const { return nn::Linear(to_out->ptr<nn::LinearImpl>(0)); }

Tensor AttentionImpl::forward(const Tensor& x) {
  const std::int64_t count = x.size(0), channels = x.size(1), pixels = x.size(2) * x.size(3);
  const Tensor plain = x.contiguous();  // Of the layout that torch normalises fastest.
  const Tensor z = (group_norm ? group_norm(plain) : plain).view({count, channels, pixels});
  const Tensor tokens = z.transpose(1, 2).contiguous();  // [N, P, C]
  const auto heads = [&](nn::Linear& linear) {
    return linear(tokens).view({count, pixels, shape_.heads(), -1}).transpose(1, 2).flatten(0, 1);
  };
  const Tensor o = attend_in_parts(heads(to_q), heads(to_k), heads(to_v));  // [N heads, P, D]
  const Tensor joined = o.view({count, shape_.heads(), pixels, -1}).transpose(1, 2).flatten(2);
  Tensor result = out()(joined).transpose(1, 2).view(x.sizes());  // Channels innermost.
  result = result.contiguous(x.suggest_memory_format()).add_(x);
  return Watch::tell(*this, shape_.scale == 1 ? result : result.div_(shape_.scale));
}

}  // namespace stepwise
