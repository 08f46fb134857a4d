// Steps that are taken in rounds: what is filled in gets the time to agree with what is locked.
// Worker thread.
#pragma once

#include "editing/branch.h"

namespace stepwise {

// x after the step that begins with `frame`, on a known path or not, and after the rounds that the
// branch's way of filling in takes there; none where nothing is locked. Noise comes from
// `noise` alone.
Tensor x_after(const Branch& branch, int step, const Frame& frame, const Denoise& denoise,
               History& history, const StepNoise& noise);

// Langevin moves at one level take so much of the way to rest, in units of sigma^2,
inline constexpr double kLangevinStep = 0.2;
// and hold on to what is known so much more firmly than by its noise (lambda of Zheng et al.).
inline constexpr double kLangevinHold = 16;

// One Langevin move at the level sigma, given the guess at x without the lock (Zheng et al. 2025,
// Eq. 8, LanPaint): with the score (D - x) / s^2 where the picture is free, and, where it is known,
// ((1 + l) (y - x) - l (D - x)) / s^2. Solved exactly for what pulls at x itself; D, and where
// known D - x, stay as they are meanwhile.
Tensor langevin_move(const Tensor& x, const Tensor& guess, const Known& known, double sigma,
                     const StepNoise& noise);

}  // namespace stepwise
