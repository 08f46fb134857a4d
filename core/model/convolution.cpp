#include "model/convolution.h"

namespace stepwise {
namespace {

thread_local bool in_bfloat16 = false;

// A single small picture torch does not give to oneDNN, though it is up to twice as fast at it.
bool is_one_picture(const torch::Tensor& weight, const torch::Tensor& x) {
  return x.size(0) == 1 && !torch::GradMode::is_enabled() && x.is_cpu() &&
         x.scalar_type() == torch::kFloat && weight.scalar_type() == torch::kFloat &&
         at::globalContext().userEnabledMkldnn() && at::hasMKLDNN();
}

torch::Tensor convolve_one(const ConvolutionImpl& c, const torch::Tensor& x) {
  const auto padding = get<torch::ExpandingArray<2>>(c.options.padding());
  return at::mkldnn_convolution(x, c.weight, c.bias, *padding, *c.options.stride(),
                                *c.options.dilation(), c.options.groups());
}

}  // namespace

Bfloat16Convolutions::Bfloat16Convolutions(bool on) : before_(in_bfloat16) { in_bfloat16 = on; }
Bfloat16Convolutions::~Bfloat16Convolutions() { in_bfloat16 = before_; }

bool Bfloat16Convolutions::active() { return in_bfloat16; }

bool Bfloat16Convolutions::pays() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

torch::Tensor ConvolutionImpl::forward(const torch::Tensor& x) {
  if (!in_bfloat16)
    return is_one_picture(weight, x) ? convolve_one(*this, x) : torch::nn::Conv2dImpl::forward(x);
  const auto low = [](const torch::Tensor& t) { return t.to(torch::kBFloat16); };
  const auto padding = get<torch::ExpandingArray<2>>(options.padding());
  return torch::conv2d(low(x), low(weight), low(bias), options.stride(), padding).to(torch::kFloat);
}

}  // namespace stepwise
