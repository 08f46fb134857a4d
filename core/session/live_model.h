// The model that a run in training is: its newest averaged weights, for whoever draws with them.
// Worker thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>

#include "data/dataset.h"
#include "diffusion/model.h"
#include "engine/events.h"
#include "training/trainer.h"

namespace stepwise {

class LiveModel {
 public:
  LiveModel(std::shared_ptr<const Dataset> data, torch::Device device)
      : data_(std::move(data)), device_(device) {}

  // What there is to say of it. `folder`: of the run.
  ModelOpened announcement(const Trainer& trainer, ModelId id,
                           const std::filesystem::path& folder) const;

  // As it is now, copied: training goes on without changing it.
  SharedModel now(const Trainer& trainer) { return after(trainer.steps(), trainer); }
  // The newest that nobody has to wait for.
  SharedModel at_hand(const Trainer& trainer) { return after(trainer.steps_done(), trainer); }
  // As it was at a mark of the run.
  SharedModel at(const std::filesystem::path& mark, const Trainer& trainer) const;
  // The run draws otherwise from now on: whoever asked before has the model as it was.
  void forget();

 private:
  SharedModel after(std::int64_t step, const Trainer& trainer);
  SharedModel with(std::shared_ptr<UNet2DModelImpl> weights, const Trainer& trainer) const;

  std::shared_ptr<const Dataset> data_;
  torch::Device device_;
  std::shared_ptr<UNet2DModelImpl> weights_;
  SharedModel model_;       // Of these, which are
  std::int64_t step_ = -1;  //   of this step.
};

}  // namespace stepwise
