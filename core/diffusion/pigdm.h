// Guesses that heed what is known of the finished picture: moved along the gradient of the network
// towards pictures that agree with it (PiGDM, Song et al. 2023). Worker thread.
#pragma once

#include <functional>

#include "diffusion/denoiser.h"

namespace stepwise {

// What a guess [N, C, H, W] lacks: the least change of it that would make it agree, A+ (y - A D)
// for linear measurements A of a picture and their values y.
using Lack = std::function<Tensor(const Tensor& guess)>;

// D + (s^2 / r^2) J^T lack(D) with J = dD/dx and r^2 = s^2 sd^2 / (s^2 + sd^2): the mean of all
// pictures that lack nothing, if those behind x lie about D with a spread of r in every direction
// (Eq. 7 and, for data of spread sd, its r). Takes a backward pass through the network, which is
// worth two evaluations more. Give it a denoiser that is not clamped: the gradient of one that is
// ends at its bounds.
Denoise towards(Denoise denoise, Lack lack, double sigma_data);

}  // namespace stepwise
