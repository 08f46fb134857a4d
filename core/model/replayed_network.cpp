#include "model/replayed_network.h"

#include <torch/utils.h>

#include <algorithm>
#include <utility>

namespace stepwise {

namespace {

using torch::Tensor;

constexpr std::size_t kMostPasses = 6;  // Each keeps the memory that it computes in.

Tensor room_for(const Tensor& tensor) {
  return tensor.defined() ? torch::empty_like(tensor) : Tensor();
}

bool has_place(const Tensor& room, const Tensor& tensor) {
  if (!room.defined() || !tensor.defined()) return room.defined() == tensor.defined();
  return room.sizes() == tensor.sizes() && room.scalar_type() == tensor.scalar_type();
}

}  // namespace

ReplayedNetwork::Pass::Pass(UNet2DModel net, const Tensor& x_like, const Tensor& timestep_like,
                            const Tensor& labels_like)
    : x(room_for(x_like)),
      timestep(room_for(timestep_like)),
      class_labels(room_for(labels_like)),
      replay(x.device(),
             [this, net]() mutable { answer = net->forward(x, timestep, class_labels); }) {}

bool ReplayedNetwork::Pass::fits(const Tensor& other_x, const Tensor& other_timestep,
                                 const Tensor& other_labels) const {
  return has_place(x, other_x) && has_place(timestep, other_timestep) &&
         has_place(class_labels, other_labels);
}

ReplayedNetwork::Pass& ReplayedNetwork::pass_for(const Tensor& x, const Tensor& timestep,
                                                 const Tensor& class_labels) {
  const auto known = std::ranges::find_if(
      passes_, [&](const Pass& pass) { return pass.fits(x, timestep, class_labels); });
  if (known != passes_.end()) {
    passes_.splice(passes_.begin(), passes_, known);
  } else {
    passes_.emplace_front(net_, x, timestep, class_labels);
    if (passes_.size() > kMostPasses) passes_.pop_back();
  }
  return passes_.front();
}

Tensor ReplayedNetwork::operator()(const Tensor& x, const Tensor& timestep,
                                   const Tensor& class_labels) {
  const torch::NoGradGuard no_grad;
  Pass& pass = pass_for(x, timestep, class_labels);
  pass.x.copy_(x);
  pass.timestep.copy_(timestep);
  if (class_labels.defined()) pass.class_labels.copy_(class_labels);
  pass.replay();
  return pass.answer.clone();
}

}  // namespace stepwise
