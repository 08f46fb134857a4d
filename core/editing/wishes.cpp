#include "editing/wishes.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {
namespace {

// Sums over squares of so many pixels; those at the right and below may be cut off.
Tensor sums(const Tensor& x, int side) {
  return torch::avg_pool2d(x, side, side, 0, /*ceil_mode=*/true, /*count_include_pad=*/false,
                           /*divisor_override=*/1);
}

// Each number over a square of so many pixels.
Tensor spread(const Tensor& x, int side, torch::IntArrayRef size) {
  const Tensor wide = x.repeat_interleave(side, 2).repeat_interleave(side, 3);
  return wide.narrow(2, 0, size[2]).narrow(3, 0, size[3]);
}

// The mean of each square as that of `wanted` has it, where `share` [1, 1, H, W] covers it; where
// that is soft, the less.
Lack mean_of_squares(const Tensor& wanted, const Tensor& share, int side) {
  const Tensor all = sums(share, side).clamp_min(1e-6);
  return [=](const Tensor& guess) {
    const Tensor mean = sums(share * (wanted - guess), side) / all;
    return share * spread(mean, side, guess.sizes());
  };
}

// As its mirror image, about the middle of the picture, where both sides are covered.
Lack mirrored(const Tensor& share) {
  const Tensor both = torch::minimum(share, share.flip(3));
  return [=](const Tensor& guess) { return both * (guess.flip(3) - guess) / 2; };
}

Tensor value_of(const Color& color, std::int64_t channels) {
  std::vector<float> values;
  for (int c = 0; c < int(channels); ++c) values.push_back(color.in(c, int(channels)));
  return torch::tensor(values).view({1, channels, 1, 1});
}

Tensor sketch_of(const Wish& wish, const std::vector<std::int64_t>& shape) {
  const Image& s = wish.sketch;
  require(std::vector<std::int64_t>{s.channels, s.height, s.width} == shape, "A sketch of ",
          s.width, " x ", s.height, " pixels and ", s.channels,
          " channels does not fit pictures of ", shape[2], " x ", shape[1], " and ", shape[0],
          ". Draw it on a picture of this model.");
  return to_tensor(s).unsqueeze(0);
}

Lack lack_of(const Wish& wish, const Tensor& share, const std::vector<std::int64_t>& shape) {
  const auto on_device = [&](const Tensor& t) { return t.to(share.device()); };
  switch (wish.kind) {
    case WishKind::kSketch:
      return mean_of_squares(on_device(sketch_of(wish, shape)), share, wish.coarse);
    case WishKind::kColor:
      return mean_of_squares(on_device(value_of(wish.color, shape[0])), share,
                             int(std::max(shape[1], shape[2])));
    case WishKind::kSymmetry:
      return mirrored(share);
  }
  throw Error(text_of("There is no wish number ", int(wish.kind), "."));
}

}  // namespace

Lack lack_of(const Layers& layers, const std::vector<std::int64_t>& shape, torch::Device device) {
  std::vector<Lack> lacks;
  for (const Layer& layer : layers) {
    const auto* wish = std::get_if<Wish>(&layer.what);
    if (layer.hidden || !wish) continue;
    const Image share = coverage_of(layer, int(shape[1]), int(shape[2]));
    lacks.push_back(lack_of(*wish, to_tensor(share).unsqueeze(0).to(device), shape));
  }
  if (lacks.empty()) return {};
  return [=](const Tensor& guess) {
    Tensor all = torch::zeros_like(guess);
    for (const Lack& lack : lacks) all += lack(guess);
    return all;
  };
}

}  // namespace stepwise
