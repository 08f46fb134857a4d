// What a run knows of its steps once a device has computed them.
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "training/trainer.h"

namespace stepwise {

std::int64_t Trainer::steps_done() const { return state_->step - state_->ahead.left(); }

std::vector<TrainingPoint> Trainer::collect() {
  state_->ahead.settle();
  return collect_done();
}

std::vector<TrainingPoint> Trainer::collect_done() {
  read_back();
  return std::exchange(state_->read, {});
}

// Of the steps that the device has computed.
void Trainer::read_back() {
  TrainerState& s = *state_;
  const auto done = std::ranges::partition_point(
      s.unread, [last = steps_done()](const auto& step) { return step.point.step <= last; });
  const std::vector unread(s.unread.begin(), done);
  s.unread.erase(s.unread.begin(), done);
  if (unread.empty()) return;
  const double start = TrainingClock::steady_seconds();
  std::vector<torch::Tensor> numbers;
  for (const auto& step : unread)
    for (const torch::Tensor& number : {step.loss, step.gradient_norm}) numbers.push_back(number);
  const torch::Tensor all = torch::stack(numbers).to(torch::kCPU, torch::kFloat).contiguous();
  s.seconds_unread += TrainingClock::steady_seconds() - start;
  s.clock.step_took(std::exchange(s.seconds_unread, 0),
                    s.recipe.batch * std::int64_t(unread.size()));
  const float* next = all.data_ptr<float>();
  for (const auto& step : unread) {
    TrainingPoint point = step.point;
    point.loss = *next++;
    point.gradient_norm = *next++;
    require_finite(point);
    s.history.curve.add(point);
    s.read.push_back(point);
  }
}

void Trainer::require_finite(const TrainingPoint& point) {
  if (std::isfinite(point.loss) && std::isfinite(point.gradient_norm)) return;
  state_->unread.clear();
  const char* what = std::isfinite(point.loss) ? "gradient" : "loss";
  state_->broken =
      text_of("Training stopped at step ", point.step, ": the ", what,
              " is no longer a finite number, at a learning rate of ", point.learning_rate,
              ". The last checkpoint is kept: resume it with a lower learning rate, or start again "
              "with a longer warm-up.");
  throw Error(state_->broken);
}

void Trainer::require_sound() {
  state_->ahead.settle();
  read_back();
  require(state_->broken.empty(), state_->broken);
}

}  // namespace stepwise
