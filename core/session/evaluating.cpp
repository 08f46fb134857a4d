#include "session/evaluating.h"

#include <algorithm>
#include <utility>

#include "diffusion/tensor_image.h"
#include "error.h"
#include "session/classifiers.h"
#include "training/clock.h"

namespace stepwise {
namespace {

constexpr std::int64_t kPortion = 64;       // Pictures, or fewer of more
constexpr std::int64_t kNumbers = 1 << 18;  //   than so many numbers in all.

int portion_of(const std::vector<std::int64_t>& shape) {
  const std::int64_t numbers = shape[0] * shape[1] * shape[2];
  return int(std::clamp<std::int64_t>(kNumbers / numbers, 1, kPortion));
}

}  // namespace

DrawJob::DrawJob(const SampleSettings& settings, std::vector<Condition> conditions,
                 SharedModel model)
    : drawing_(settings, std::move(conditions), model, portion_of(model->shape)) {}

bool DrawJob::step(const Emit& emit) {
  const bool more = drawing_.step();
  if (auto portion = drawing_.take()) {
    const auto first = drawing_.conditions().begin() + portion->first;
    blank_.add(portion->pictures);
    emit(Drawn{portion->first,
               to_image_batch(portion->pictures),
               {first, first + portion->pictures.size(0)}});
  }
  emit(Progress{drawing_.fraction(), "drawing pictures"});
  if (!more) blank_.tell(emit);
  return more;
}

EvaluateJob::EvaluateJob(const SampleSettings& settings, SharedModel model, std::string name,
                         std::shared_ptr<ReferenceSet> reference, std::optional<int> portion)
    : conditions_(dealt({}, model->classes.count, settings.count)),
      settings_(heeded(settings, conditions_)),
      name_(std::move(name)),
      networks_(model->networks),
      reference_(std::move(reference)),
      drawing_(settings, conditions_, model, portion.value_or(portion_of(model->shape))) {
  check_comparable(*reference_, model->shape, settings.count);
}

bool EvaluateJob::draw(const Emit& emit) {
  const double start = TrainingClock::steady_seconds();
  const bool more = drawing_.step();
  seconds_ += TrainingClock::steady_seconds() - start;
  if (auto portion = drawing_.take()) {
    blank_.add(portion->pictures);
    pictures_.push_back(portion->pictures.cpu());
  }
  if (!more) blank_.tell(emit);
  emit(Progress{0.8 * drawing_.fraction(), "drawing pictures"});
  return more;
}

bool EvaluateJob::step(const Emit& emit) {
  if (!comparison_) {
    if (!draw(emit))
      comparison_.emplace(reference_, torch::cat(std::exchange(pictures_, {})), conditions_);
    return true;
  }
  if (comparison_->step()) {
    emit(Progress{0.8 + 0.2 * comparison_->fraction(), comparison_->stage()});
    return true;
  }
  emit(Evaluated{name_, comparison_->result(), networks_ * evaluations_per_picture(settings_),
                 seconds_, reference_->record});
  return false;
}

}  // namespace stepwise
