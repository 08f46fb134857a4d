// What the processor could do, and how near the network comes to it.
#include <torch/types.h>
#include <torch/utils.h>

#include "bench/table.h"
#include "commands/command.h"
#include "data/dataset.h"
#include "formats/unet_arithmetic.h"
#include "model/folder.h"
#include "session/opened_model.h"
#include "session/platform.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

constexpr int kWarmUp = 10;   // Optimiser steps that are not counted.
constexpr int kCounted = 60;  // And those that are.
constexpr std::int64_t kSide = 28;

// Operations per second of a large product of float32 matrices: the limit of this machine.
double sgemm_rate() {
  const std::int64_t n = 1536;
  const torch::Tensor a = torch::rand({n, n}), b = torch::rand({n, n});
  torch::Tensor c = torch::empty({n, n});
  return 2 * double(n * n * n) / median_seconds([&] { torch::mm_out(c, a, b); });
}

// The shipped model, one forward pass of so many pictures, in milliseconds.
double forward_milliseconds(std::int64_t batch) {
  const torch::NoGradGuard no_gradients;
  const ModelFolder folder = read_model(shipped_model());
  UNet2DModel net = folder.net;
  const torch::Tensor x = torch::randn({batch, 1, kSide, kSide});
  const torch::Tensor time = torch::zeros({1}), labels = torch::zeros({batch}, torch::kLong);
  return 1e3 * median_seconds([&] { net->forward(x, time, labels); }, 15);
}

struct TrainingSpeed {
  double pictures_per_second, flops_per_second;
};

TrainingSpeed training_speed(const std::string& recipe) {
  static const Dataset data = open_dataset("fashion-mnist");
  Trainer trainer(recipe_named(recipe, known_recipes()).recipe, data, torch::kCPU);
  for (int i = 0; i < kWarmUp; ++i) trainer.step();
  const double before = trainer.seconds();
  for (int i = 0; i < kCounted; ++i) trainer.step();
  const double pictures = double(kCounted * trainer.recipe().batch);
  const double per_second = pictures / (trainer.seconds() - before);
  return {per_second,
          per_second * kPassesOfTraining * forward_flops(trainer.averaged().config, kSide, kSide)};
}

void add_training_lines(const std::string& recipe) {
  add_line("training, recipe " + recipe, "pictures/s",
           [=] { return Figure{training_speed(recipe).pictures_per_second}; });
  add_line("training, recipe " + recipe + ", arithmetic done over SGEMM's", "%", [=] {
    const double before = sgemm_rate();
    const double done = training_speed(recipe).flops_per_second;
    return Figure{100 * done / ((before + sgemm_rate()) / 2), {.at_least = 50}};
  });
}

}  // namespace

void add_network_lines() {
  use_threads({});
  add_line("SGEMM, this machine's limit", "GFLOP/s", [] { return Figure{sgemm_rate() / 1e9}; });
  for (const int batch : {1, 16, 64})
    add_line("forward of the shipped model, batch " + std::to_string(batch), "ms",
             [=] { return Figure{forward_milliseconds(batch)}; });
  add_line("a picture alone over one of 64", "times", [] {
    return Figure{forward_milliseconds(1) / (forward_milliseconds(64) / 64), {.at_most = 3}};
  });
  add_training_lines("quick");
  add_training_lines("standard");
}

}  // namespace stepwise
