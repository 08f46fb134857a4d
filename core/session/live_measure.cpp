#include "session/live_measure.h"

#include <algorithm>
#include <cmath>

#include "error.h"
#include "session/share_of_time.h"

namespace stepwise {
namespace {

constexpr int kMeasuredTogether =
    20;  // Pictures drawn together: a piece is as short as a gallery's.
constexpr double kMeasureSeconds = 5,
                 kMeasureGap = 0.02;  // Between two, and as a share of all time.

void put_figures(const Evaluation& figures, MeasuredPoint& point) {
  const double around = 2 * figures.standard_error;
  point.count = figures.count;
  point.distance = float(figures.distance);
  point.floor = float(figures.floor);
  point.low = float(std::isnan(around) ? around : std::max(0., figures.distance - around));
  point.high = float(figures.distance + around);
  point.agreement = float(figures.agreement);
  point.nearest = float(figures.nearest);
  point.real_nearest = float(figures.real_nearest);
}

}  // namespace

LiveMeasure::LiveMeasure(std::shared_ptr<ReferenceSet> reference, int count)
    : reference_(std::move(reference)),
      count_(count),
      next_(Clock::now() + in_seconds(kMeasureSeconds)) {
  const Pictures& pictures = reference_->data->train;
  check_comparable(*reference_, {pictures.channels, pictures.height, pictures.width}, count_);
}

void LiveMeasure::begin(const Trainer& trainer, SharedModel model) {
  SampleSettings settings = trainer.defaults();
  settings.count = count_;
  settings.seed = trainer.recipe().seed;
  job_ =
      std::make_unique<EvaluateJob>(settings, std::move(model), "", reference_, kMeasuredTogether);
  point_ = {.step = trainer.steps(), .seconds = trainer.seconds()};
  cost_ = {};
  next_ = Clock::now() + in_seconds(std::max(kMeasureSeconds, trainer.seconds() * kMeasureGap));
}

// It ends no run.
std::optional<MeasuredPoint> LiveMeasure::step(const Emit& emit) {
  const bool real_known = reference_->test.features.defined();
  const auto start = Clock::now();
  std::optional<MeasuredPoint> measured;
  bool more = false;
  try {
    more = job_->step([&](const Event& event) {
      const auto* evaluated = std::get_if<Evaluated>(&event);
      if (!evaluated) return;
      put_figures(evaluated->figures, point_);
      measured = point_;
    });
  } catch (const Error& e) {
    emit(Warning{text_of("The run's pictures were not measured: ", e.what())});
  }
  if (real_known) cost_ += Clock::now() - start;
  if (more) return measured;
  job_.reset();
  next_ = std::max(next_, Clock::now() + pause_after(cost_, kShareOfMeasures));
  return measured;
}

}  // namespace stepwise
