#include "bench/flops.h"

#include <cmath>
#include <string>

namespace stepwise {
namespace {

// How often the picture was halved where the layer of this name puts its output; 0 for the first
// level.
int level_of(const std::string& name, int levels) {
  const auto block = [&](std::size_t prefix) { return std::stoi(name.substr(prefix)); };
  if (name.starts_with("down_blocks."))
    return block(12) + (name.find(".downsamplers.") != name.npos ? 1 : 0);
  if (name.starts_with("up_blocks."))
    return levels - 1 - block(10) - (name.find(".upsamplers.") != name.npos ? 1 : 0);
  return name.starts_with("mid_block.") ? levels - 1 : 0;
}

bool works_on_pixels(const std::string& name, const torch::Tensor& weight) {
  return weight.dim() == 4 || name.find(".to_") != name.npos;
}

}  // namespace

double forward_flops(const UNet2DModelImpl& net, std::int64_t height, std::int64_t width) {
  const int levels = int(net.config.block_out_channels.size());
  double flops = 0;
  for (const auto& item : net.named_parameters()) {
    const std::string& name = item.key();
    const torch::Tensor& weight = item.value();
    if (weight.dim() < 2 || name.starts_with("class_embedding.")) continue;
    const double pixels = double(height * width) / std::pow(4, level_of(name, levels));
    flops += 2 * double(weight.numel()) * (works_on_pixels(name, weight) ? pixels : 1);
    if (name.ends_with(".to_q.weight")) flops += 4 * pixels * pixels * double(weight.size(0));
  }
  return flops;
}

}  // namespace stepwise
