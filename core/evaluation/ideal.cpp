#include "evaluation/ideal.h"

#include <algorithm>

namespace stepwise {

IdealDenoiser::IdealDenoiser(const Tensor& pictures) {
  require(pictures.dim() >= 2 && pictures.size(0) > 0,
          "The ideal denoiser has no pictures to average. Open a data set with training pictures.");
  pictures_ = pictures.flatten(1).to(torch::kFloat).contiguous();
  half_squares_ = torch::empty({count()}, pictures_.options().dtype(torch::kDouble));
  for (std::int64_t i = 0; i < count();
       i += 4096)  // In pieces: a double copy of all would be large.
    half_squares_.slice(0, i, i + 4096)
        .copy_(pictures_.slice(0, i, i + 4096).to(torch::kDouble).square().sum(1) / 2);
}

IdealDenoiser::Answer IdealDenoiser::operator()(const Tensor& x, double sigma) const {
  require(x.numel() == pictures_.size(1), "The picture has ", x.numel(),
          " values, but those of the data set have ", pictures_.size(1),
          ". Choose a picture of the same size.");
  const Tensor flat = x.detach().flatten().to(pictures_.options());

  // -|x - picture|^2 / 2 up to a constant. The differences between the likeliest decide when sigma
  // is small, and single precision is too coarse for these: do them again in double.
  Tensor scores = pictures_.mv(flat).to(torch::kDouble) - half_squares_;
  const Tensor top = std::get<1>(scores.topk(std::min<std::int64_t>(256, count())));
  const Tensor rows = pictures_.index_select(0, top).to(torch::kDouble);
  scores.index_copy_(0, top, rows.mv(flat.to(torch::kDouble)) - half_squares_.index_select(0, top));

  const Tensor weights = torch::softmax(scores / std::max(sigma * sigma, 1e-24), 0);
  const Tensor top_weights = weights.index_select(0, top);
  const bool top_is_all = top_weights.sum().item<double>() > 1 - 1e-9;
  const Tensor mean =
      top_is_all ? rows.t().mv(top_weights) : pictures_.t().mv(weights.to(torch::kFloat));
  const std::int64_t nearest = weights.argmax().item<std::int64_t>();
  return {mean.to(x.options()).view(x.sizes()), int(nearest), weights[nearest].item<double>()};
}

}  // namespace stepwise
