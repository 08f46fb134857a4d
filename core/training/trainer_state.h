// What a Trainer is made of: model, averaged weights, optimiser, data. Worker thread only.
#pragma once

#include <torch/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diffusion/gaussian.h"
#include "diffusion/regression.h"
#include "formats/info.h"
#include "image/image.h"
#include "model/ahead.h"
#include "model/replay.h"
#include "model/unet.h"
#include "settings/points.h"
#include "settings/recipe.h"
#include "training/batches.h"
#include "training/clock.h"
#include "training/expected_loss.h"
#include "training/gradients.h"
#include "training/held_out.h"
#include "training/optimiser.h"
#include "training/parameter_layout.h"
#include "training/processes.h"
#include "training/recent_averages.h"
#include "training/step_tensors.h"

namespace stepwise {

// Devices compute in bfloat16 where the recipe says so, with weights in float; the processor
// decides convolution by convolution.
torch::Dtype computed_in(const Recipe& recipe, torch::Device device);

struct TrainerState {
  TrainerState(const Recipe& recipe, const Dataset& data, torch::Device device);
  // The same with a network that computes in this type.
  TrainerState(const Recipe& recipe, const Dataset& data, torch::Device device, torch::Dtype type);
  TrainerState(const TrainerState&) = delete;  // What a device has recorded is of this one.
  TrainerState& operator=(const TrainerState&) = delete;

  Share share() const;  // Of each batch, that this process computes.
  void written();       // To be called when weights and averages are those of `step`.
  // To be called when steps are made otherwise from now on: one that was begun is as that of a run
  // that begins at a mark made now.
  void begin_step_anew();

  Recipe recipe;
  torch::Device device;
  StepwiseInfo info;  // Of the folder; its `training` is written at each save.
  Regressor regressor;
  std::shared_ptr<const ClassGaussians> gaussians;  // Of the data; nullptr: not fitted.

  UNet2DModel net, averaged;  // averaged needs no copying to be used: the average is made in place.
  std::vector<torch::Tensor> parameters;  // Of net, that gradients are asked of.
  ParameterLayout layout;
  // [layout.size()] float32: of the first two the parameters of net and of averaged are views.
  // Where net computes in another type, its are of `low`, a copy in that type. `longer`: an average
  // over more steps, so that others can be made of the two, see average.h.
  torch::Tensor weights, averages, longer, low;
  std::optional<RecentAverages> recent;  // Where a device may be steps behind.
  Optimiser optimiser;
  Batches batches;
  HeldOut held_out;
  ExpectedLoss expected;  // Kept whatever the weighting is, for that can change.

  std::shared_ptr<Processes> processes;  // That train it together; nullptr: this one alone.
  bool dismissed = false;                // By the first of them.

  StepTensors told;
  std::unique_ptr<BatchGradients> under_way;  // Of the step that was begun; null between steps.
  Replay gradients, update, both;  // A step as a device does it: by many in two parts, or whole.
  // Of steps whose loss and gradient norm have not been looked at: both as they are computed.
  struct Unread {
    TrainingPoint point;
    torch::Tensor loss, gradient_norm;
  };
  std::vector<Unread> unread;
  std::vector<TrainingPoint> read;  // That nobody has collected.
  double seconds_unread = 0;        // That these steps took, and the one under way so far.
  std::int64_t step = 0;            // Taken, or on their way to the device.
  float rate = 0;                   // The learning rate of the step that was told last.
  double multiplier = 1;
  std::string from;  // As of RunHead.
  RunHistory history;
  ByteBatch gallery;  // The newest pictures that whoever watches has drawn.
  TrainingClock clock;
  std::string broken;  // Why the weights must not be saved; empty: they may.
  Ahead ahead;         // By so many steps; the last member, for the others must outlive them.
};

}  // namespace stepwise
