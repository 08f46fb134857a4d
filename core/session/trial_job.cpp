#include "session/trial_job.h"

#include <utility>

namespace stepwise {

TrialJob::TrialJob(const TryRecipes& command, std::shared_ptr<const Dataset> data,
                   torch::Device device, const Emit& emit, std::function<bool()> asked)
    : data_(std::move(data)),
      asked_(std::move(asked)),
      trial_(command.a, command.b, command.pairs, *data_, device) {
  emit(TrialStarted{command.a, command.b, command.pairs, data_->name});
}

bool TrialJob::step(const Emit& emit) {
  if (trial_.due())
    emit(TrialLooked{trial_.look()});
  else
    trial_.advance(asked_);
  emit(Progress{trial_.fraction(), "A and B take turns"});
  return !trial_.finished();
}

}  // namespace stepwise
