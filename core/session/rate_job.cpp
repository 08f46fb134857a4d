#include "session/rate_job.h"

#include <utility>

namespace stepwise {
namespace {

constexpr auto kTellEvery = std::chrono::milliseconds(200);  // So that the curve grows.

}  // namespace

RateJob::RateJob(const FindRate& command, std::shared_ptr<const Dataset> data, torch::Device device,
                 std::function<bool()> asked)
    : data_(std::move(data)),
      asked_(std::move(asked)),
      finder_(command.recipe, *data_, device),
      next_report_(Clock::now()) {}

bool RateJob::step(const Emit& emit) {
  finder_.advance(asked_);
  const bool finished = finder_.finished();
  if (const auto now = Clock::now(); finished || now >= next_report_) {
    next_report_ = now + kTellEvery;
    emit(RateSearched{finder_.search(), finished});
  }
  emit(Progress{finder_.fraction(), "the learning rate rises"});
  return !finished;
}

}  // namespace stepwise
