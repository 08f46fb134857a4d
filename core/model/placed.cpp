#include "model/placed.h"

#include <torch/csrc/autograd/variable.h>
#include <torch/utils.h>

#include <vector>

namespace stepwise {

UNet2DModel placed(UNet2DModel net, torch::Device device) {
  net->to(device);
  if (device.is_cpu()) return net;
  const torch::NoGradGuard no_grad;
  for (torch::Tensor& parameter : net->parameters())
    if (parameter.dim() == 4)
      parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
  return net;
}

void set_parameters(UNet2DModel& net, const std::vector<torch::Tensor>& parameters) {
  auto own = net->parameters();
  for (std::size_t i = 0; i < own.size(); ++i) own[i].set_data(parameters.at(i));
}

// What was made of the old numbers is made anew where a tensor's version has changed.
void tell_written(UNet2DModel& net) {
  for (const torch::Tensor& parameter : net->parameters())
    torch::autograd::impl::bump_version(parameter);
}

}  // namespace stepwise
