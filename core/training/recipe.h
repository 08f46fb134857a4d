// Everything that decides how a model is trained, as plain values: no torch here. A checkpoint stores
// the recipe it was trained with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "range.h"

namespace stepwise {

inline constexpr Range<double> kLearningRate{1e-6, 1};
inline constexpr Range<double> kMultiplier{0.01, 10};  // Of the learning rate, live while training.
inline constexpr Range<double> kMinutes{0.01, 100000};
inline constexpr Range<std::int64_t> kBatch{1, 65536};

// A run ends when its time or its number of steps is spent, whichever is set (0: not set).
struct Budget {
  double minutes = 0;
  std::int64_t steps = 0;
};

struct Recipe {
  std::string name = "quick";
  Budget budget{2, 0};

  // The network: keys of UNet2DModel's config (see model/unet_config.h).
  std::vector<std::int64_t> channels{32, 64, 128};
  int layers_per_block = 1;
  bool attention = true;  // At the lowest resolution.

  // The loss.
  double sigma_data = 0.71;    // Standard deviation of the data.
  double sigma_mean = -0.8;    // ln sigma ~ N(sigma_mean, sigma_std^2), stratified in each batch.
  double sigma_std = 1.2;
  double class_dropout = 0.1;  // Share of pictures trained with the null class.

  // The optimiser.
  std::int64_t batch = 128;
  double learning_rate = 3e-3;
  double warm_up = 0.02;       // Share of the budget spent rising to learning_rate.
  double weight_decay = 0.01;
  double clip = 1;             // Largest gradient norm.
  double ema = 0.05;           // Half-life of the averaged weights, as a share of the steps so far.

  double gallery_seconds = 5;      // Between galleries.
  double checkpoint_seconds = 60;  // Between checkpoints.
  std::uint64_t seed = 1;
};

const std::vector<Recipe>& recipes();         // quick, standard, best.
Recipe recipe_of(std::string_view name);      // Throws Error listing the names.
void check(const Recipe& recipe);             // Throws Error naming the first field out of range.

}  // namespace stepwise
