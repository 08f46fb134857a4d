#include "session/levels_looked_at.h"

#include <torch/utils.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "diffusion/forward.h"
#include "diffusion/tensor_image.h"
#include "training/held_out.h"
#include "training/loss.h"
#include "training/network.h"

namespace stepwise {
namespace {

constexpr Range<int> kBins{0, kLevelBins - 1};

struct Seen {
  int picture = 0;  // Of the test set.
  double level = 0, loss = 0;
  Tensor clean, noisy, guess;  // [1, C, H, W]
};

// What the squared error of a guess counts there, in the loss of the curves.
double weight_at(double level, const Tensor& regression_weight, const Schedule& schedule) {
  const double out = schedule.at(level).out;
  return regression_weight.item<double>() / (out * out);
}

std::vector<Seen> seen_of(const Triples& triples, const Regressor& regressor, const Model& model,
                          const SampleSettings& settings, const Pictures& test) {
  const Tensor weights =
      regressor(triples.clean, triples.noise, triples.levels, Weighting::kEdm).weight;
  std::vector<Seen> all;
  for (std::int64_t i = 0; i < triples.levels.size(0); ++i) {
    const auto own = [&](const Tensor& of_all) { return of_all.narrow(0, i, 1); };
    Seen one;
    one.picture = int(triples.chosen[i].item<std::int64_t>());
    one.level = triples.levels[i].item<double>();
    one.clean = own(triples.clean);
    one.noisy = worsened(regressor.schedule(), one.clean, own(triples.levels), own(triples.noise));
    const Condition told{test.labels[std::size_t(one.picture)]};
    one.guess = model.unclamped({told}, settings)(one.noisy, one.level).clean;
    one.loss = weight_at(one.level, own(weights), regressor.schedule()) *
               (one.guess - one.clean).square().mean().item<double>();
    all.push_back(std::move(one));
  }
  return all;
}

ImageBatch images_of(const std::vector<Seen>& all, Tensor Seen::*which) {
  std::vector<Tensor> each;
  for (const Seen& one : all) each.push_back((one.*which).cpu());
  return to_image_batch(torch::cat(each));
}

}  // namespace

LevelsLookedAt looked_at_levels(int bin, const Recipe& recipe, std::int64_t step,
                                const Model& model, const SampleSettings& settings,
                                const Pictures& test) {
  kBins.check("The bin of noise levels", bin);
  const torch::NoGradGuard no_grad;
  const Regressor regressor = regressor_of(recipe, model.device);
  std::vector<Seen> all =
      seen_of(triples_of(test, regressor).in_bin(bin), regressor, model, settings, test);
  std::ranges::sort(all, std::greater(), &Seen::loss);
  LevelsLookedAt told;
  told.bin = bin;
  told.step = step;
  for (Seen& one : all) {
    told.pictures.push_back(one.picture);
    told.labels.push_back(test.labels[std::size_t(one.picture)]);
    told.levels.push_back(one.level);
    told.losses.push_back(one.loss);
    one.guess = one.guess.clamp(-1, 1);
  }
  told.clean = images_of(all, &Seen::clean);
  told.noisy = images_of(all, &Seen::noisy);
  told.guess = images_of(all, &Seen::guess);
  return told;
}

}  // namespace stepwise
