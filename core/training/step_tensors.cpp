#include "training/step_tensors.h"

#include <torch/utils.h>

namespace stepwise {

StepTensors::StepTensors(std::int64_t parameters, std::int64_t batch, torch::Device device)
    : sum(torch::zeros({parameters + 4 + 2 * batch}, device)),
      gradients(sum.narrow(0, 0, parameters)),
      loss(sum[parameters]),
      factor(sum[parameters + 1]),
      farewell(sum[parameters + 2]),
      next(sum[parameters + 3]),
      levels(sum.narrow(0, parameters + 4, batch)),
      edm_losses(sum.narrow(0, parameters + 4 + batch, batch)),
      spent(torch::zeros({}, device)),
      decay(torch::zeros({}, torch::dtype(torch::kDouble).device(device))),
      longer_decay(torch::zeros_like(decay)),
      norm(torch::zeros({}, device)),
      sound(torch::ones({}, torch::dtype(torch::kDouble).device(device))) {}

}  // namespace stepwise
