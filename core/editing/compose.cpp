#include "diffusion/pigdm.h"
#include "diffusion/tensor_image.h"
#include "editing/branch.h"
#include "editing/regions.h"
#include "editing/wishes.h"

namespace stepwise {
namespace {

// m y + (1 - m) D
Tensor put_back(const Known& known, const Tensor& guess) {
  return known.mask * known.picture + (1 - known.mask) * guess;
}

// What is locked is as it is: the wishes are for the rest, and seen beside it.
Lack beside(const Known& known, Lack wishes) {
  if (!known) return wishes;
  return [=](const Tensor& guess) { return (1 - known.mask) * wishes(put_back(known, guess)); };
}

// What the guess lacks of all that it is to follow by its gradient; empty where that is nothing.
Lack lack_of(const Branch& branch, const Known& known) {
  const Model& model = *branch.model;
  const Lack wishes = lack_of(branch.layers, model.shape, model.device);
  const bool pulls = known && branch.fill.method == FillMethod::kPigdm;
  if (!pulls) return wishes ? beside(known, wishes) : Lack();
  const Lack lock = [=](const Tensor& guess) { return known.mask * (known.picture - guess); };
  if (!wishes) return lock;
  return
      [=, more = beside(known, wishes)](const Tensor& guess) { return lock(guess) + more(guess); };
}

Denoise unlocked(const Branch& branch, const Known& known) {
  const Model& model = *branch.model;
  Denoise denoise = conditioned(branch);
  if (Lack lack = lack_of(branch, known))
    denoise = towards(std::move(denoise), std::move(lack), model.schedule.config().sigma_data);
  return model.finished(std::move(denoise));
}

}  // namespace

// What is finished has been mixed already, but some schedulers stop a little above 0.
Denoise locked(Denoise denoise, const Known& known) {
  return [=](const Tensor& x, double sigma) {
    const Guess guess = denoise(x, sigma);
    if (sigma == 0) return Guess(torch::where(known.mask == 1, known.picture, guess.clean));
    return Guess(put_back(known, guess.clean), guess.variance);
  };
}

Known known_in(const Branch& branch) {
  const auto& shape = branch.model->shape;
  const Image mask = locked_by(branch.layers, int(shape[1]), int(shape[2]));
  if (mask.empty()) return {};
  return {branch.edited, to_tensor(mask).to(branch.edited.options())};
}

Denoise unlocked(const Branch& branch) { return unlocked(branch, known_in(branch)); }

Denoise compose(const Branch& branch) {
  const Known known = known_in(branch);
  Denoise denoise = unlocked(branch, known);
  if (known) denoise = locked(std::move(denoise), known);
  return branch.back ? holding(std::move(denoise), branch.back) : denoise;
}

}  // namespace stepwise
