#include "model/packed_convolution.h"

#include <torch/utils.h>
#include <optional>
#include <vector>

namespace stepwise {
namespace {

using torch::Tensor;

// torch's own operators for networks whose weights are frozen; builds without oneDNN lack them.
struct Operators {
  using Found = std::optional<c10::OperatorHandle>;
  Found prepack = find("mkldnn_prepacked::conv2d_prepack");
  Found run = find("mkldnn_prepacked::conv2d_run");

  static Found find(const char* name) {
    const auto found = c10::Dispatcher::singleton().findSchema({name, ""});
    return found ? Found(*found) : std::nullopt;
  }
};

const Operators& operators() {
  static const Operators found;
  return found;
}

c10::IValue call(const c10::OperatorHandle& op, std::vector<c10::IValue> stack) {
  op.callBoxed(&stack);
  return std::move(stack.back());
}

bool is_float_on_cpu(const Tensor& t) { return t.is_cpu() && t.scalar_type() == torch::kFloat; }

// Inference tensors do not count how often they are written over.
bool can_pack(const torch::nn::Conv2dImpl& conv, const Tensor& x) {
  return !conv.weight.is_inference() && !torch::GradMode::is_enabled() && is_float_on_cpu(x) &&
         is_float_on_cpu(conv.weight) && at::globalContext().userEnabledMkldnn() &&
         operators().prepack && operators().run;
}

}  // namespace

Tensor PackedConvolution::operator()(const torch::nn::Conv2dImpl& conv, const Tensor& x) {
  if (!can_pack(conv, x)) return {};
  return call(*operators().run, {x, packed(conv, x.sizes())}).toTensor();
}

c10::IValue PackedConvolution::packed(const torch::nn::Conv2dImpl& conv, torch::IntArrayRef input) {
  const std::lock_guard lock(mutex_);
  const std::uint32_t version = conv.weight._version();
  if (!packed_.isNone() && data_ == conv.weight.data_ptr() && version_ == version) return packed_;
  const auto& o = conv.options;
  const auto padding = get<torch::ExpandingArray<2>>(o.padding());
  packed_ = call(*operators().prepack,
                 {conv.weight.contiguous(torch::MemoryFormat::ChannelsLast), conv.bias,
                  torch::IntArrayRef(*o.stride()), torch::IntArrayRef(*padding),
                  torch::IntArrayRef(*o.dilation()), o.groups(), input, "none"});
  data_ = conv.weight.data_ptr();
  version_ = version;
  return packed_;
}

}  // namespace stepwise
