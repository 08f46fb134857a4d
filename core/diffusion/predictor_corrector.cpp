// Predictor and corrector (Song et al. 2021b, Alg. 2 and 4): Langevin steps at one level, then the
// reverse SDE to the next.
#include <cmath>

#include "diffusion/move.h"

namespace stepwise {
namespace {

Tensor length(const Tensor& x) { return x.flatten(1).norm(2, 1).view({-1, 1, 1, 1}); }

// Along the score, and as much noise as that took away; so long that noise and score are in a given
// proportion. diffusers takes the mean length over its batch. Here each picture goes by its own, as
// diffusers' does in a batch of one: it is not to depend on the others.
Tensor corrected(const Move& m, const Tensor& x, const Tensor& clean) {
  const Tensor score = (clean - x) / (m.sigma * m.sigma), noise = m.noise(x);
  const Tensor size = 2 * (m.options().snr * length(noise) / length(score)).square();
  return x + size * score + (2 * size).sqrt() * noise;
}

}  // namespace

// The last step adds no noise.
Tensor predictor_corrector(const Move& m) {
  Tensor x = m.x, clean = m.clean;
  for (int i = 0; i < m.options().corrections; ++i) {
    x = corrected(m, x, clean);
    clean = m.evaluate(x, m.sigma);
  }
  const double fall = m.levels.fall(m.step);
  const Tensor mean = clean + (1 - fall / (m.sigma * m.sigma)) * (x - clean);
  return m.last() ? mean : mean + std::sqrt(fall) * m.noise(x);
}

}  // namespace stepwise
