#include "training/average.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "error.h"
#include "formats/layout.h"
#include "model/folder.h"
#include "training/checkpoint.h"
#include "training/ema.h"
#include "training/marks.h"
#include "training/network.h"
#include "training/run_head.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAveragesFolder = "averages";

double gamma_of(const AverageProfile& p) { return std::log(2.) / p.half_life - 1; }

// The integral of the product of two profiles, each of which sums to 1.
double product(const AverageProfile& a, const AverageProfile& b) {
  const double of_a = gamma_of(a), of_b = gamma_of(b), both = of_a + of_b + 1;
  const double least = std::min(a.step, b.step);
  return (of_a + 1) * (of_b + 1) / (both * least) * std::pow(least / a.step, of_a + 1) *
         std::pow(least / b.step, of_b + 1);
}

// An average that a run has kept.
struct Part {
  fs::path file;
  std::string_view which;  // Of the two in the file.
  AverageProfile profile;
};

void add_parts(const fs::path& path, std::vector<Part>& parts) {
  const SafetensorsFile file(path);
  const RunHead head = head_of(file);
  const double step = double(head.step), own = head.recipe.ema;
  if (!parts.empty() && parts.back().profile.step >= step)
    return;  // The last mark is the last save.
  require(head.step > 0, "The run in '", path.string(), "' has not taken a step yet.");
  parts.push_back({path, kAveraged, {step, std::max(own, kHalfLife.min)}});
  const bool has_longer = std::ranges::any_of(
      file.tensors(), [](const auto& each) { return each.first.starts_with(kLonger); });
  if (has_longer && own > 0) parts.push_back({path, kLonger, {step, longer_half_life(own)}});
}

// Those at its marks, and those of its last save.
std::vector<Part> parts_of(const fs::path& run) {
  std::vector<Part> parts;
  for (const TrainingMark& mark : marks_in(run))
    if (mark.step > 0) add_parts(mark.file, parts);
  add_parts(run_file(run), parts);
  return parts;
}

void add_up(const std::vector<Part>& parts, const std::vector<double>& weights,
            UNet2DModelImpl& net) {
  const torch::NoGradGuard no_gradients;
  const auto parameters = net.parameters();
  std::vector<torch::Tensor> sums;
  for (const torch::Tensor& parameter : parameters)
    sums.push_back(torch::zeros_like(parameter, torch::kDouble));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    read_averages(SafetensorsFile(parts[i].file), parts[i].which, net);
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k].add_(parameters[k], weights[i]);
  }
  for (std::size_t k = 0; k < sums.size(); ++k) parameters[k].copy_(sums[k]);
}

fs::path folder_for(const fs::path& run, const AverageProfile& wanted) {
  std::array<char, 60> name;
  std::snprintf(name.data(), name.size(), "step-%06lld-half-life-%g",
                static_cast<long long>(wanted.step), wanted.half_life);
  return run / kAveragesFolder / name.data();
}

}  // namespace

AverageMix mix_for(const std::vector<AverageProfile>& there, const AverageProfile& wanted) {
  const auto count = std::int64_t(there.size());
  const auto table = [](std::int64_t rows, std::int64_t columns) {
    return torch::empty({rows, columns}, torch::kDouble);
  };
  torch::Tensor products = table(count, count), with_wanted = table(count, 1);
  for (std::int64_t i = 0; i < count; ++i) {
    with_wanted[i][0] = product(there[std::size_t(i)], wanted);
    for (std::int64_t k = 0; k < count; ++k)
      products[i][k] = product(there[std::size_t(i)], there[std::size_t(k)]);
  }
  // Of profiles that hardly differ none gets a large weight that another takes back.
  constexpr double kSmall = 1e-9;
  const torch::Tensor inverse = torch::linalg_pinv(products, kSmall, /*hermitian=*/true);
  // Least squares among the weights that sum to 1, by a Lagrange multiplier.
  const torch::Tensor ones = torch::ones({count, 1}, torch::kDouble);
  const torch::Tensor free = inverse.matmul(with_wanted), along = inverse.matmul(ones);
  const torch::Tensor weights = free + along * ((1 - free.sum()) / along.sum());
  const torch::Tensor distance = weights.t().matmul(products).matmul(weights) -
                                 2 * weights.t().matmul(with_wanted) + product(wanted, wanted);
  const torch::Tensor flat = weights.flatten().contiguous();
  const double* first = flat.data_ptr<double>();
  return {{first, first + count}, std::max(0., distance.item<double>()) / product(wanted, wanted)};
}

RunAverage average_run(const fs::path& run, double half_life) {
  kHalfLife.check("The half-life of an average, as a share of the steps,", half_life);
  const std::vector<Part> parts = parts_of(run);
  std::vector<AverageProfile> profiles;
  for (const Part& part : parts) profiles.push_back(part.profile);
  const AverageProfile wanted{profiles.back().step, half_life};
  const AverageMix mix = mix_for(profiles, wanted);
  RunAverage average{folder_for(run, wanted), int(parts.size()), mix.misfit};
  if (is_there(average.folder / kInfo)) return average;
  ModelFolder model = read_model(run);
  add_up(parts, mix.weights, *model.net);
  const RunHead head = head_of(SafetensorsFile(parts.back().file));
  std::error_code not_there;
  fs::create_directories(average.folder, not_there);
  if (fs::exists(run / kGaussians, not_there))
    fs::copy_file(run / kGaussians, average.folder / kGaussians, fs::copy_options::skip_existing,
                  not_there);
  model.info.name += text_of(", half-life ", 100 * half_life, " %");
  model.info.survival.clear(), model.info.trade_off.clear();  // Those are of other weights.
  write_model(average.folder, model.net, scheduler_of(head.recipe), model.info);
  return average;
}

}  // namespace stepwise
