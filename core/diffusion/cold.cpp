// Samplers for any way of making pictures worse (Bansal et al. 2022). Each puts the guess back to
// the next level, with what its picture was made worse by. Noise can be read off the picture, and
// with that both are Euler's step.
#include "diffusion/forward.h"
#include "diffusion/move.h"

namespace stepwise {
namespace {

Tensor guess_at(const Move& m, double level) {
  return worsened(m.levels.schedule, m.clean, level, m.noise(m.x));
}

}  // namespace

// Algorithm 1: what the guess gets wrong is there to stay.
Tensor cold_naive(const Move& m) {
  return m.levels.schedule.has_severity() ? guess_at(m, m.next) : euler(m);
}

// Algorithm 2: only the difference of two severities is taken from the guess, and most of what is
// wrong with it is the same at both.
Tensor cold(const Move& m) {
  if (!m.levels.schedule.has_severity()) return euler(m);
  return m.x - guess_at(m, m.sigma) + guess_at(m, m.next);
}

}  // namespace stepwise
