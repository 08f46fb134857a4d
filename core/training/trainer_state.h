// What a Trainer is made of: model, averaged weights, optimiser, data, generators. Worker thread
// only.
#pragma once

#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

#include "formats/info.h"
#include "image/image.h"
#include "model/unet.h"
#include "settings/points.h"
#include "settings/recipe.h"
#include "training/batches.h"
#include "training/clock.h"
#include "training/gradients.h"
#include "training/held_out.h"
#include "training/optimiser.h"
#include "training/processes.h"

namespace stepwise {

struct TrainerState {
  TrainerState(const Recipe& recipe, const Dataset& data, torch::Device device);

  Recipe recipe;
  torch::Device device;
  StepwiseInfo info;  // Of the folder; its `training` is written at each save.

  UNet2DModel net, averaged;  // averaged needs no copying to be used: the average is made in place.
  std::vector<torch::Tensor> parameters;         // Of net, with their gradients;
  std::vector<torch::Tensor> weights, averages;  // Their parameters, detached.
  Optimiser optimiser;
  Batches batches;
  HeldOut held_out;

  std::shared_ptr<Processes> processes;  // That train it together; nullptr: this one alone.
  bool dismissed = false;                // By the first of them.

  std::unique_ptr<BatchGradients> under_way;  // Of the step that was begun; null between steps.
  // Of steps whose loss and gradient norm have not been looked at: both as they are computed.
  struct Unread {
    TrainingPoint point;
    torch::Tensor loss, gradient_norm;
  };
  std::vector<Unread> unread;
  std::vector<TrainingPoint> read;  // That nobody has collected.
  torch::Tensor sound;              // [] float64: 1, or 0 from the first that is not finite on.
  double seconds_unread = 0;        // That these steps took, and the one under way so far.
  std::int64_t step = 0;            // Taken, or on their way to the device.
  double multiplier = 1;
  RunHistory history;
  ByteBatch gallery;  // The newest pictures that whoever watches has drawn.
  TrainingClock clock;
  std::string diverged;  // Why the weights must not be saved; empty: they may.
};

}  // namespace stepwise
