// What a network F is trained on, so that D of its schedule guesses the clean picture: the formulas
// are those by which it is sampled (diffusion/schedule.h). Worker thread.
#pragma once

#include <torch/types.h>

#include <utility>

#include "diffusion/schedule.h"
#include "settings/parameterisation.h"

namespace stepwise {

// What F itself answers elsewhere, as a part of its own target, through which no gradients flow.
struct OwnAnswer {
  torch::Tensor input;     // [N, C, H, W]
  torch::Tensor timestep;  // [N]
  torch::Tensor scale;     // [N, 1, 1, 1]
};

// F(input, timestep, labels) should be target, and its squared error counts `weight`.
struct Regression {
  torch::Tensor input;         // [N, C, H, W]
  torch::Tensor timestep;      // [N]
  torch::Tensor target;        // [N, C, H, W]
  torch::Tensor weight;        // [N]
  torch::Tensor edm_weight{};  // What it would count by Weighting::kEdm, [N].
  OwnAnswer own{};  // Where defined, the target lacks scale F(own input, timestep, labels).
};

class Regressor {
 public:
  // `sigma_data`: standard deviation of the data. All is computed on the device, without waiting
  // for it.
  Regressor(Schedule schedule, double sigma_data, torch::Device device);

  // For x = worsened(clean, sigma, noise), [N, C, H, W] at levels [N]: input in x + shift, target
  // (clean - skip x) / out, so that D = skip x + out target is clean. The weight is that of D's
  // squared error, times out^2: F's is so much smaller. All severities count the same. That of
  // kUncertainty is kEdm's, still to be divided by what is expected at the level.
  Regression operator()(const torch::Tensor& clean, const torch::Tensor& noise,
                        const torch::Tensor& sigma, Weighting weighting) const;

  // The same, but the target is not the clean picture: it is the guess at a lower level for each
  // picture, `below`, 0 or more, of the same noise (easy consistency tuning, Geng et al. 2024). The
  // weight is divided by the share of sigma that lies between the two, over which errors shrink, as
  // theirs is by the difference; the error is squared as everywhere, where theirs is its norm (c =
  // 0). At 0, where D is the clean picture, all is exactly as above. For networks of EDM.
  Regression consistent(const torch::Tensor& clean, const torch::Tensor& noise,
                        const torch::Tensor& sigma, const torch::Tensor& below,
                        Weighting weighting) const;

  // The levels at these shares of the network's time, [N] in (0, 1): from its first to its last.
  torch::Tensor levels_at(const torch::Tensor& shares) const;
  // The share at which they reach this one.
  double share_below(double sigma) const;
  // Those nearest to these that the network knows.
  torch::Tensor known(const torch::Tensor& sigma) const;

  const Schedule& schedule() const { return schedule_; }
  torch::Device device() const { return device_; }

 private:
  std::pair<double, double> times() const;
  torch::Tensor time(const torch::Tensor& sigma) const;
  torch::Tensor step_of(const torch::Tensor& sigma) const;
  torch::Tensor weight(const torch::Tensor& sigma, const torch::Tensor& out,
                       Weighting weighting) const;

  Schedule schedule_;
  double sigma_data_;
  torch::Device device_;
  torch::Tensor table_;  // Of the schedule, [T] float64; undefined where it has none.
};

}  // namespace stepwise
