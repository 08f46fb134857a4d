// What pictures are drawn with: a denoiser for any conditions, and what one must know to ask for
// one. A model never changes: whoever holds one has the same weights for as long as it takes.
// Worker thread.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/gaussian.h"
#include "settings/sample_settings.h"

namespace stepwise {

struct Model {
  // D(x, sigma) for pictures of these conditions, in this order, with the guidance of the settings;
  // its guesses may leave [-1, 1]. Throws Error for conditions or guidance that the model does not
  // know.
  std::function<Denoise(const std::vector<Condition>&, const SampleSettings&)> unclamped = {};
  Schedule schedule = Schedule();
  Classes classes;
  std::vector<std::int64_t> shape = {};  // {C, H, W} of a picture.
  torch::Device device = torch::kCPU;
  // Guesses are kept in [-1, 1]; other programs' models say it in the settings.
  bool clamps = true;
  int networks = 1;  // Run for a guess, guidance towards a class aside.
  std::shared_ptr<const ClassGaussians> gaussians = {};  // Of its data; nullptr: not known.
  // The same model tuned to draw in two evaluations, for looks ahead: a second set of weights, for
  // pictures of this shape and these classes, where both undo noise; nullptr: there is none.
  std::shared_ptr<const Model> few_steps = {};

  // A denoiser that was made of those, as the model draws with it: clamped where it clamps.
  Denoise finished(Denoise denoise) const;
  // The same as unclamped, finished.
  Denoise denoiser(const std::vector<Condition>& conditions, const SampleSettings& settings) const;

  // x at the first of the levels, made of this noise [N, C, H, W] of unit variance. What undoes
  // another degradation always begins with Gaussians: with a picture drawn from that of its class,
  // and made worse. Throws Error where it is to begin with Gaussians and there are none.
  Tensor first_x(const SampleSettings& settings, const std::vector<Condition>& conditions,
                 const Levels& levels, const Tensor& noise) const;
};

// Throws Error for models that undo something else: this is made for noise alone.
void require_noise(const Model& model, std::string_view what);

using SharedModel = std::shared_ptr<const Model>;

// A network, and the rest of the model that it is to be.
SharedModel model_of(Network network, Model rest);

}  // namespace stepwise
