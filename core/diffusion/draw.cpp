#include "diffusion/draw.h"

#include <algorithm>
#include <utility>

#include "diffusion/at_step.h"
#include "diffusion/forward.h"

namespace stepwise {

Drawing::Drawing(const SampleSettings& settings, std::vector<Condition> conditions,
                 SharedModel model, int portion)
    : settings_(settings),
      conditions_(std::move(conditions)),
      model_(std::move(model)),
      portion_(std::max(portion, 1)),
      levels_(levels_of(settings, model_->schedule)) {
  require(int(conditions_.size()) == settings_.count, "There are ", conditions_.size(),
          " conditions for ", settings_.count, " pictures. Give one for each.");
}

void Drawing::begin_portion() {
  count_ = std::min(portion_, settings_.count - first_);
  step_ = 0;
  noise_.emplace(settings_.seed, picture_range(first_, count_));
  const std::vector<Condition> asked(conditions_.begin() + first_,
                                     conditions_.begin() + first_ + count_);
  x_ = model_->first_x(settings_, asked, levels_,
                       noise_->draw(NoiseUse::kStart, 0, model_->shape, model_->device));
  history_.clear();
  denoise_ = model_->denoiser(asked, settings_);
}

bool Drawing::step() {
  if (first_ == settings_.count) return false;
  if (count_ == 0) begin_portion();
  x_ = at_step(step_, levels_, [&] {
    const StepNoise noise = noise_of_step(levels_.schedule, *noise_, levels_.number(step_));
    return finite_pictures(
        sampler_step(settings_, levels_, step_, denoise_, x_, history_, noise).x);
  });
  if (++step_ < levels_.steps()) return true;
  finished_ = Portion{first_, x_};
  first_ += std::exchange(count_, 0);
  return first_ < settings_.count;
}

std::optional<Portion> Drawing::take() { return std::exchange(finished_, std::nullopt); }

double Drawing::fraction() const {
  return (first_ + count_ * double(step_) / levels_.steps()) / settings_.count;
}

}  // namespace stepwise
