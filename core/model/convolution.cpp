#include "model/convolution.h"

namespace stepwise {
namespace {

thread_local bool in_bfloat16 = false;

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
  if (!in_bfloat16) {
    const torch::Tensor convolved = packed_(*this, x);
    return convolved.defined() ? convolved : torch::nn::Conv2dImpl::forward(x);
  }
  const auto low = [](const torch::Tensor& t) { return t.to(torch::kBFloat16); };
  const auto padding = get<torch::ExpandingArray<2>>(options.padding());
  return torch::conv2d(low(x), low(weight), low(bias), options.stride(), padding)
      .to(x.scalar_type());
}

}  // namespace stepwise
