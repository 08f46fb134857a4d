// Numbers that are NaN or infinite: whether there are some, and where in a network they come from.
// Used on the thread that owns the tensors.
#pragma once

#include <torch/types.h>

#include "error.h"
#include "model/unet.h"

namespace stepwise {

// A network's answer, or what was made of it, is not finite. Drawing ends with it: nothing can be
// made of such pictures.
struct NotFinite : Error {
  using Error::Error;
};

bool is_finite(const torch::Tensor& tensor);

// Throws NotFinite unless the answer to these pictures is finite. It names the first part of the
// network that put out something else, for which the network computes once more.
void require_finite(UNet2DModel& net, const torch::Tensor& x, const torch::Tensor& timestep,
                    const torch::Tensor& class_labels, const torch::Tensor& answer);

}  // namespace stepwise
