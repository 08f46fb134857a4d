// Group normalisation followed by SiLU, y = z sigmoid(z) with z = gamma xhat + beta, and its
// gradients, with as few passes over memory as can be. Plain loops for some neighbouring groups of
// one picture whose channels are innermost. No torch; any thread.
#pragma once

#include <cstdint>

namespace stepwise {

// Pixel p's number of channel c is at p * stride + c.
struct NormShape {
  std::int64_t pixels = 0;
  std::int64_t stride = 0;    // Channels of the picture,
  std::int64_t channels = 0;  //   of these groups,
  std::int64_t group = 0;     //   and of one group.
};

struct Moments {
  float mean = 0, rstd = 0;  // xhat = (x - mean) rstd.
};

// moments: one per group.
void find_moments(const NormShape& shape, const float* x, float eps, Moments* moments);

// gamma, beta: one per channel.
void norm_silu(const NormShape& shape, const float* x, const float* gamma, const float* beta,
               const Moments* moments, float* y);

// From dy, the gradients dx, and, one per channel, dgamma and dbeta.
void norm_silu_backward(const NormShape& shape, const float* x, const float* gamma,
                        const float* beta, const Moments* moments, const float* dy, float* dx,
                        float* dgamma, float* dbeta);

}  // namespace stepwise
