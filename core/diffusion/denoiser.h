// The one seam of the program: a denoiser D(x, sigma), and how a network becomes one. Worker
// thread. x and the guess are [N, C, H, W] with clean pictures in [-1, 1]; sigma is the standard
// deviation of the noise in x, in the same units.
#pragma once

#include <torch/types.h>

#include <functional>
#include <utility>
#include <vector>

#include "diffusion/levels.h"
#include "settings/guidance.h"

namespace stepwise {

using torch::Tensor;

// What a denoiser answers. Where only the picture matters, a Guess is as good as its tensor.
struct Guess {
  Tensor clean;
  // What the network says of the variance of a step, as it says it (see ddpm in euler.cpp);
  // undefined where it says nothing.
  Tensor variance;

  Guess() = default;
  Guess(Tensor the_clean, Tensor the_variance = {})
      : clean(std::move(the_clean)), variance(std::move(the_variance)) {}
  operator const Tensor&() const { return clean; }
  bool defined() const { return clean.defined(); }
};

// The best guess of the clean pictures, given x = clean + sigma * noise; at sigma = 0 there is none
// left to remove. Samplers see only this.
using Denoise = std::function<Guess(const Tensor& x, double sigma)>;

// Conditions as a network takes them, for the pictures of a batch in their order.
struct Conditioning {
  Tensor labels;  // [N] int64; undefined: the network takes none.
};

// A raw network F: input [N, C, H, W], timestep [N].
using Network = std::function<Tensor(const Tensor& input, const Tensor& timestep,
                                     const Conditioning& conditioning)>;

// The denoiser of a network: skip x + out F(in x + shift, time, labels), with the coefficients of
// these levels' schedule. A network with twice the channels of x answers with a variance too.
// Records gradients only where x asks for its own.
Denoise network_denoiser(Network network, Levels levels, Conditioning conditioning = {});

// Keeps the guess in [-1, 1], where all pictures are; finished ones stay as they are. Apply it
// last.
Denoise clamped(Denoise denoise);

// D_uncond + w (D_cond - D_uncond) (Ho and Salimans 2022). Evaluates both only where it must.
Denoise guided(Denoise cond, Denoise uncond, Guidance guidance);

// The same for one network with two conditionings: where both are needed they run as one batch of
// twice the size.
Denoise guided_network(Network network, Levels levels, Conditioning cond, Conditioning uncond,
                       Guidance guidance);

// The classes a network was trained on. The null class, where there is one, is the number `count`.
struct Classes {
  int count = 0;  // 0: not conditional.
  bool has_null = true;
};

// Conditions for a network of these classes; no label means the null class. Throws Error for a
// class that it does not know, and where a null class is needed and there is none.
Conditioning encode(const std::vector<Condition>& conditions, Classes classes,
                    torch::Device device = torch::kCPU);

}  // namespace stepwise
