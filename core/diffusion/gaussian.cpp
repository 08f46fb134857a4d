#include "diffusion/gaussian.h"

#include <torch/utils.h>

#include <algorithm>
#include <utility>

#include "diffusion/pictures_of_class.h"

namespace stepwise {

namespace {

constexpr std::int64_t kRank = 64;
constexpr std::int64_t kMostPictures = 8192;  // Of a class; more change nothing that can be seen.
constexpr std::int64_t kSpare = 8;            // Axes more than wanted, and
constexpr int kIterations = 4;                //   rounds, for those wanted to be right.

// The Gaussians of these conditions, a row for each.
ClassGaussians rows_of(const ClassGaussians& g, const std::vector<Condition>& conditions,
                       torch::Device device) {
  std::vector<std::int64_t> rows;
  for (const auto& [label] : conditions) {
    require(!label || (*label >= 0 && *label < g.classes()), "There is no class ",
            label.value_or(0), " among the Gaussians of ", g.classes(), " classes.");
    rows.push_back(label.value_or(g.classes()));
  }
  const Tensor chosen = torch::tensor(rows, torch::kLong).to(g.means.device());
  const auto of = [&](const Tensor& all) {
    return all.index_select(0, chosen).to(device, torch::kFloat);
  };
  return {of(g.means), of(g.axes), of(g.variances), of(g.rest)};
}

// Each axis of y [N, D] times its own factor [N, R], and all that is across them times `rest` [N].
Tensor stretched(const ClassGaussians& rows, const Tensor& y, const Tensor& factors,
                 const Tensor& rest) {
  const Tensor columns = y.unsqueeze(2);
  const Tensor along = torch::bmm(rows.axes.transpose(1, 2), columns);
  const Tensor more = (factors - rest.unsqueeze(1)).unsqueeze(2) * along;
  return rest.unsqueeze(1) * y + torch::bmm(rows.axes, more).squeeze(2);
}

}  // namespace

GaussianFit::GaussianFit(Tensor pixels, Tensor labels, int classes)
    : pixels_(std::move(pixels)), labels_(std::move(labels)), classes_(classes) {}

bool GaussianFit::step() {
  const int label = int(fitted_.size());
  const Tensor pictures = pictures_of_class(pixels_, labels_, label, kMostPictures);
  fitted_.push_back(fit(pictures.flatten(1), kRank));
  return label < classes_;
}

// The axes by subspace iteration (Halko et al. 2011, Algorithm 4.4), without the covariance itself.
GaussianFit::Gaussian GaussianFit::fit(const Tensor& pictures, std::int64_t rank) {
  const std::int64_t count = pictures.size(0), size = pictures.size(1);
  const Tensor mean = pictures.mean(0), off = pictures - mean;
  const std::int64_t tried = std::min(rank + kSpare, size), kept = std::min(rank, size);
  const auto covariance_times = [&](const Tensor& axes) {
    return torch::matmul(off.t(), torch::matmul(off, axes)) / double(count);
  };
  auto generator = at::detail::createCPUGenerator(11);
  Tensor axes = torch::randn({size, tried}, generator).to(pictures.device());
  for (int i = 0; i < kIterations; ++i) axes = std::get<0>(at::linalg_qr(covariance_times(axes)));
  const Tensor inner = torch::matmul(axes.t(), covariance_times(axes));
  const auto [values, vectors] = at::linalg_eigh((inner + inner.t()) / 2, "L");
  const Tensor largest =
      torch::arange(tried - 1, tried - 1 - kept, -1, torch::kLong).to(values.device());
  const Tensor variances = values.index_select(0, largest).clamp_min(0);
  const double left =
      off.square().sum().item<double>() / double(count) - variances.sum().item<double>();
  const double rest = kept < size ? std::max(left, 0.) / double(size - kept) : 0;
  return {mean, torch::matmul(axes, vectors.index_select(1, largest)), variances,
          torch::full({}, rest, mean.options())};
}

ClassGaussians GaussianFit::take() const {
  const auto all = [&](Tensor Gaussian::*part) {
    std::vector<Tensor> parts;
    for (const Gaussian& gaussian : fitted_) parts.push_back(gaussian.*part);
    return torch::stack(parts);
  };
  return {all(&Gaussian::mean), all(&Gaussian::axes), all(&Gaussian::variances),
          all(&Gaussian::rest)};
}

Denoise gaussian_denoiser(const ClassGaussians& gaussians,
                          const std::vector<Condition>& conditions) {
  const ClassGaussians rows = rows_of(gaussians, conditions, gaussians.means.device());
  return [rows](const Tensor& x, double sigma) -> Guess {
    if (sigma == 0) return x;
    const double noise = sigma * sigma;
    const auto kept = [&](const Tensor& variance) { return variance / (variance + noise); };
    const Tensor off = x.flatten(1) - rows.means;
    return (rows.means + stretched(rows, off, kept(rows.variances), kept(rows.rest))).view_as(x);
  };
}

Tensor gaussian_start(const ClassGaussians& gaussians, const std::vector<Condition>& conditions,
                      const Tensor& noise, double sigma) {
  require(noise[0].numel() == gaussians.means.size(1), "The Gaussians are of pictures with ",
          gaussians.means.size(1), " values, but these have ", noise[0].numel(), ".");
  const ClassGaussians rows = rows_of(gaussians, conditions, noise.device());
  const auto spread = [&](const Tensor& variance) { return (variance + sigma * sigma).sqrt(); };
  const Tensor x = stretched(rows, noise.flatten(1), spread(rows.variances), spread(rows.rest));
  return (rows.means + x).view_as(noise);
}

}  // namespace stepwise
