// Where on the way through the noise levels pictures stopped being finite. Worker thread.
#pragma once

#include "diffusion/levels.h"
#include "model/finite.h"

namespace stepwise {

// Does the work of a step; NotFinite that it throws gets the step's place in front.
template <class Work>
auto at_step(int step, const Levels& levels, Work work) {
  try {
    return work();
  } catch (const NotFinite& e) {
    throw Error(text_of("Step ", step + 1, " of ", levels.steps(), " (sigma ",
                        levels.sigmas[std::size_t(step)], "): ", e.what()));
  }
}

// The pictures a step leads to. Throws NotFinite where they are not.
inline torch::Tensor finite_pictures(torch::Tensor x) {
  if (!is_finite(x))
    throw NotFinite(
        "the network's answer is finite, but the step makes pictures of it that are "
        "not. Choose another sampler or other steps.");
  return x;
}

}  // namespace stepwise
