// What a step is told and what comes of it, in tensors that stay where they are, so that a device
// that has recorded a step can play it again. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>

#include "training/batches.h"

namespace stepwise {

struct StepTensors {
  // For so many parameters, and pictures in a batch.
  StepTensors(std::int64_t parameters, std::int64_t batch, torch::Device device);

  BatchPlace place;

  // What processes that train together add up, in one go, and its parts:
  // [parameters + 4 + 2 batch] float32.
  torch::Tensor sum;
  torch::Tensor gradients;  // Of this process's share of the batch, [parameters];
  torch::Tensor loss;       //   the same, [].
  torch::Tensor factor;     // Of the learning rates, []: of the first process, 0 of the others.
  torch::Tensor farewell;   // []: 1 where the first one takes no more steps, otherwise 0.
  torch::Tensor next;       // `spent` of the next step, []: of the first process, 0 of the others.
  // Of each picture, [batch], 0 of those of other processes: a sum knows all, in one order.
  torch::Tensor levels, edm_losses;

  torch::Tensor spent;                // Share of the budget before the step, [].
  torch::Tensor decay, longer_decay;  // Of the two averages, [] float64.
  torch::Tensor norm;                 // Of the gradients, [].
  torch::Tensor sound;  // [] float64: 1, or 0 from the first step that is not finite on.
};

}  // namespace stepwise
