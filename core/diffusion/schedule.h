// How one model family becomes a denoiser. Everywhere else x = clean + sigma * noise; a network was
// trained on alpha (clean + sigma * noise), in its own time, to answer with noise, velocity or
// picture, and all of these are linear in x and in the answer:
//
//     D(x, sigma) = skip x + out F(in x + shift; time)
//
// Any thread. A Schedule is a value, cheap to copy.
#pragma once

#include <memory>
#include <vector>

#include "model/scheduler_config.h"

namespace stepwise {

// At one level, or at each level of a tensor.
template <class Number>
struct CoefficientsOf {
  Number skip, out, in, time;
  double shift = 0;  // Not 0 where the network knows pictures in [0, 1].
};
using Coefficients = CoefficientsOf<double>;

class Schedule {
 public:
  // Of an EDM network for data of this spread (Karras et al. 2022, Table 1).
  explicit Schedule(double sigma_data = 0.5);
  // Of a model that comes with a scheduler of diffusers.
  explicit Schedule(const SchedulerConfig& config);
  // Of a network that undoes this, told the severity, and answers with the picture.
  explicit Schedule(DegradationStack degradation);

  // At any sigma > 0; time is that of the training schedule, between its steps where sigma is.
  Coefficients at(double sigma) const;
  double time(double sigma) const;
  // The training step of a level, as a rule its time too. Only with a table.
  double step_of(double sigma) const;
  // The level of a time, between training steps where the time is.
  double sigma_at(double time) const;

  // The scheduler's own x is this times ours: alpha where it counts signal and noise together, 1
  // where it adds noise to the clean picture as we do.
  double own(double sigma) const;

  // What makes pictures worse, and whether its levels are severities from 0 to 1: then all that is
  // called sigma is one.
  const DegradationStack& degradation() const { return config_.degradation; }
  bool has_severity() const { return stepwise::has_severity(config_.degradation); }

  // The levels the network knows. EDM and flow matching leave them open: 0 and kMaxSigma.
  double sigma_min() const;
  double sigma_max() const;

  const SchedulerConfig& config() const { return config_; }
  bool has_table() const { return table_ != nullptr; }
  const std::vector<double>& table() const { return *table_; }
  bool predicts_velocity() const {
    return has_table() && config_.prediction_type == "v_prediction";
  }

 private:
  SchedulerConfig config_;
  std::shared_ptr<const std::vector<double>> table_;  // sigma of each training step, rising.
};

// Pure noise has no finite sigma. This one has as good as no signal left, as single precision goes.
inline constexpr double kMaxSigma = 1e8;

}  // namespace stepwise
