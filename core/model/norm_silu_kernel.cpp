#include "model/norm_silu_kernel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

// Compiled for each generation of the processor; which one is found out when the program starts.
// The sanitizers are not ready by then.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define STEPWISE_EACH_PROCESSOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define STEPWISE_EACH_PROCESSOR
#endif
#define STEPWISE_INLINE [[gnu::always_inline]] static inline

namespace stepwise {
namespace {

constexpr std::int64_t kBlock = 64;  // Pixels that are added up in single precision.

// e^x for |x| <= 80 to within 4e-7 of it, in steps that compilers turn into vector instructions:
// 2^n e^r with |r| <= ln(2) / 2, the latter by its series.
STEPWISE_INLINE float exponential(float x) {
  constexpr float kLog2E = 1.44269504f, kLn2High = 0.693359375f, kLn2Low = -2.12194440e-4f;
  constexpr float kRound = 12582912;  // 1.5 * 2^23: adding it leaves a whole number in low bits.
  const float shifted = x * kLog2E + kRound, n = shifted - kRound;
  const float r = (x - n * kLn2High) - n * kLn2Low;
  const float high = ((r / 5040 + 1.f / 720) * r + 1.f / 120) * r + 1.f / 24;
  const float series = (((high * r + 1.f / 6) * r + 1.f / 2) * r + 1) * r + 1;
  const std::uint32_t power = std::bit_cast<std::uint32_t>(shifted) << 23;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(series) + power);
}

STEPWISE_INLINE float sigmoid(float z) {
  return 1 / (1 + exponential(-std::min(std::max(z, -80.f), 80.f)));
}

// sums[c] += the sum of what `add` adds to parts[c], pixel by pixel.
template <class Add>
STEPWISE_INLINE void sum_pixels(const NormShape& shape, float* parts, double* sums, Add add) {
  const std::int64_t n = shape.channels;
  for (std::int64_t begin = 0; begin < shape.pixels; begin += kBlock) {
    const std::int64_t end = std::min(shape.pixels, begin + kBlock);
    std::fill_n(parts, n, 0.f);
    for (std::int64_t p = begin; p < end; ++p) add(p, parts);
    for (std::int64_t c = 0; c < n; ++c) sums[c] += parts[c];
  }
}

// The mean over each group of what `sums` holds per channel, for each of its channels.
void average(const NormShape& shape, const double* sums, double* means) {
  const double count = double(shape.group * shape.pixels);
  for (std::int64_t first = 0; first < shape.channels; first += shape.group) {
    double sum = 0;
    for (std::int64_t c = first; c < first + shape.group; ++c) sum += sums[c];
    for (std::int64_t c = first; c < first + shape.group; ++c) means[c] = sum / count;
  }
}

// Per channel, so that loops over channels need not know of groups.
struct Lines {
  Lines(const NormShape& shape, const float* gamma, const float* beta, const Moments* moments)
      : scale(shape.channels), shift(shape.channels), mean(shape.channels) {
    for (std::int64_t c = 0; c < shape.channels; ++c) {
      const Moments& m = moments[c / shape.group];
      scale[c] = gamma[c] * m.rstd;
      shift[c] = beta[c] - m.mean * scale[c];
      mean[c] = m.mean;
    }
  }
  std::vector<float> scale, shift, mean;
};

}  // namespace

STEPWISE_EACH_PROCESSOR void find_moments(const NormShape& shape, const float* x, float eps,
                                          Moments* moments) {
  const std::int64_t n = shape.channels, stride = shape.stride;
  std::vector<double> sums(n), means(n), squares(n);
  std::vector<float> parts(n), centre(n);
  sum_pixels(shape, parts.data(), sums.data(), [=](std::int64_t p, float* to) {
    const float* from = x + p * stride;
#pragma omp simd
    for (std::int64_t c = 0; c < n; ++c) to[c] += from[c];
  });
  average(shape, sums.data(), means.data());
  std::copy(means.begin(), means.end(), centre.begin());
  const float* around = centre.data();
  sum_pixels(shape, parts.data(), squares.data(), [=](std::int64_t p, float* to) {
    const float* from = x + p * stride;
#pragma omp simd
    for (std::int64_t c = 0; c < n; ++c) to[c] += (from[c] - around[c]) * (from[c] - around[c]);
  });
  average(shape, squares.data(), squares.data());
  for (std::int64_t c = 0; c < n; c += shape.group)
    moments[c / shape.group] = {centre[c], float(1 / std::sqrt(squares[c] + double(eps)))};
}

STEPWISE_EACH_PROCESSOR void norm_silu(const NormShape& shape, const float* x, const float* gamma,
                                       const float* beta, const Moments* moments, float* y) {
  const Lines lines(shape, gamma, beta, moments);
  const float *scale = lines.scale.data(), *shift = lines.shift.data();
  const std::int64_t n = shape.channels;
  for (std::int64_t p = 0; p < shape.pixels; ++p) {
    const float* from = x + p * shape.stride;
    float* to = y + p * shape.stride;
#pragma omp simd
    for (std::int64_t c = 0; c < n; ++c) {
      const float z = scale[c] * from[c] + shift[c];
      to[c] = z * sigmoid(z);
    }
  }
}

// With dz = dy silu'(z) and N numbers in the group:
// dx = rstd (gamma dz - (sum gamma dz + xhat sum gamma dz xhat) / N).
STEPWISE_EACH_PROCESSOR void norm_silu_backward(const NormShape& shape, const float* x,
                                                const float* gamma, const float* beta,
                                                const Moments* moments, const float* dy, float* dx,
                                                float* dgamma, float* dbeta) {
  const Lines lines(shape, gamma, beta, moments);
  const float *scale = lines.scale.data(), *shift = lines.shift.data(), *mean = lines.mean.data();
  const std::int64_t n = shape.channels, stride = shape.stride;
  std::vector<double> sums(2 * n), means(2 * n);
  std::vector<float> parts(2 * n);
  NormShape twice = shape;  // By beta, then by gamma.
  twice.channels *= 2;
  sum_pixels(twice, parts.data(), sums.data(), [=](std::int64_t p, float* to) {
    const float *from = x + p * stride, *above = dy + p * stride;
    float *dz = dx + p * stride, *by_beta = to, *by_gamma = to + n;
#pragma omp simd
    for (std::int64_t c = 0; c < n; ++c) {
      const float z = scale[c] * from[c] + shift[c], s = sigmoid(z);
      const float d = above[c] * s * (1 + z * (1 - s));
      dz[c] = d;
      by_beta[c] += d;
      by_gamma[c] += d * (from[c] - mean[c]);
    }
  });
  for (std::int64_t c = 0; c < n; ++c) {
    const float rstd = moments[c / shape.group].rstd;
    dbeta[c] = float(sums[c]);
    dgamma[c] = float(sums[n + c] * rstd);
    sums[c] = double(gamma[c]) * dbeta[c];
    sums[n + c] = double(gamma[c]) * dgamma[c];
  }
  average(twice, sums.data(), means.data());
  std::vector<float> by_x(n), constant(n);
  for (std::int64_t c = 0; c < n; ++c) {
    const double rstd = moments[c / shape.group].rstd;
    by_x[c] = float(-rstd * rstd * means[n + c]);
    constant[c] = float(-rstd * means[c] + rstd * rstd * means[n + c] * mean[c]);
  }
  const float *slope = by_x.data(), *level = constant.data();
  for (std::int64_t p = 0; p < shape.pixels; ++p) {
    const float* from = x + p * stride;
    float* to = dx + p * stride;
#pragma omp simd
    for (std::int64_t c = 0; c < n; ++c) to[c] = scale[c] * to[c] + slope[c] * from[c] + level[c];
  }
}

}  // namespace stepwise
