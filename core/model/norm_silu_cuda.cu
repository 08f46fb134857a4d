#include "model/norm_silu_cuda.h"

#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <c10/util/BFloat16.h>

#include <algorithm>
#include <initializer_list>
#include <numeric>
#include <type_traits>

#include "model/norm_silu_kernel.h"
#include "model/norm_silu_slab.cuh"

// Each block of threads goes over its slab twice: first for sums over its pixels, then for what is
// written. The second time, most of the slab comes from the cache.

namespace stepwise {
namespace {

using at::TensorBase;
using c10::BFloat16;

constexpr int kThreads = 512;  // Of a block, at most; two of them fit on a multiprocessor.
constexpr int kRun = 64;       // Bytes of a pixel that memory gives at full speed.
constexpr int kWide = 4;       // Numbers that a thread reads at once where they are aligned.

// Of one of two types. A block reads each of them once: asking for the type costs nothing.
struct Numbers {
  __device__ float operator[](std::int64_t i) const {
    return bfloat16 ? float(static_cast<const BFloat16*>(data)[i])
                    : static_cast<const float*>(data)[i];
  }
  const void* data = nullptr;
  bool bfloat16 = false;
};

struct Affine {
  Numbers gamma, beta;
  bool of_picture = false;  // [N, C], not [1, C].
};

// The moments of the slab's groups. Sums are taken around a number of the group's own: a large mean
// costs no precision then, and one pass is enough.
template <class T, int kWidth>
__device__ const Moments* find_moments(const Place<kWidth>& place, const T* __restrict__ x,
                                       float eps, const Sums<kWidth>& sums) {
  const Slab& slab = place.slab;
  const T* pivots = x + place.in_x();
  float pivot[kWidth], sum[kWidth] = {}, squares[kWidth] = {};
  for (int k = 0; k < kWidth; ++k) pivot[k] = float(pivots[place.group(k) * slab.group]);
  place.for_each_pixel([&](std::int64_t at) {
    const auto in = load<kWidth>(x + at);
    for (int k = 0; k < kWidth; ++k) {
      const float away = float(in.at[k]) - pivot[k];
      sum[k] += away;
      squares[k] += away * away;
    }
  });
  sums.add(place, sum, squares);
  __syncthreads();
  Moments* moments = reinterpret_cast<Moments*>(sums.rest());
  for (int g = int(threadIdx.x); g < place.groups(); g += int(blockDim.x)) {
    const float away = sums.mean(slab, 0, g);
    const float variance = fmaxf(sums.mean(slab, 1, g) - away * away, 0);
    moments[g].mean = float(pivots[g * slab.group]) + away;
    moments[g].rstd = rsqrtf(variance + eps);
  }
  __syncthreads();
  return moments;
}

__device__ float sigmoid(float z) { return __fdividef(1, 1 + __expf(-z)); }

// z of one channel.
struct Line {
  __device__ float z(float x) const { return (x - mean) * scale + beta; }
  // z again, for memory is slower.
  __device__ float dz(float x, float dy) const {
    const float at = z(x), s = sigmoid(at);
    return dy * s * (1 + at * (1 - s));
  }
  float mean, scale, beta;  // scale: gamma rstd.
};

template <class T, int kWidth>
__global__ void __launch_bounds__(kThreads, 2)
    forward_slab(Slab slab, const T* __restrict__ x, Affine affine, float eps, T* __restrict__ y,
                 Moments* __restrict__ kept) {
  extern __shared__ float shared[];
  const Place<kWidth> place(slab);
  const std::int64_t row = affine.of_picture ? place.in_channels() : place.first;
  Line line[kWidth];
  for (int k = 0; k < kWidth; ++k) {  // On their way while pixels are added up.
    line[k].scale = affine.gamma[row + place.channel(k)];
    line[k].beta = affine.beta[row + place.channel(k)];
  }
  const Moments* moments = find_moments(place, x, eps, Sums<kWidth>{shared});
  for (int g = int(threadIdx.x); g < place.groups(); g += int(blockDim.x))
    kept[place.in_moments() + g] = moments[g];
  for (int k = 0; k < kWidth; ++k) {
    line[k].mean = moments[place.group(k)].mean;
    line[k].scale *= moments[place.group(k)].rstd;
  }
  place.for_each_pixel([&](std::int64_t at) {
    const auto in = load<kWidth>(x + at);
    Pack<T, kWidth> out;
    for (int k = 0; k < kWidth; ++k) {
      const float z = line[k].z(float(in.at[k]));
      out.at[k] = T(z * sigmoid(z));
    }
    store(out, y + at);
  });
}

// What dx has, in a group, of 1 and of (x - mean).
struct Shares {
  float of_one, of_away;
};

// From the sums over pixels of dz and of dz (x - mean), the slab's dbeta, dgamma and shares.
template <int kWidth>
__device__ const Shares* find_shares(const Place<kWidth>& place, const Sums<kWidth>& sums,
                                     const float (&gamma)[kWidth], const Moments* moments,
                                     float* dgamma, float* dbeta) {
  if (place.row == 0)
    for (int k = 0; k < kWidth; ++k) {
      const std::int64_t c = place.channel(k), at = place.in_channels() + c;
      float &by_beta = sums.of_channel(0, c), &by_gamma = sums.of_channel(1, c);
      by_gamma *= moments[place.group(k)].rstd;
      dbeta[at] = by_beta;
      dgamma[at] = by_gamma;
      by_beta *= gamma[k];
      by_gamma *= gamma[k];
    }
  __syncthreads();
  Shares* shares = reinterpret_cast<Shares*>(sums.rest());
  for (int g = int(threadIdx.x); g < place.groups(); g += int(blockDim.x)) {
    const float rstd = moments[g].rstd;
    shares[g].of_one = -rstd * sums.mean(place.slab, 0, g);
    shares[g].of_away = -rstd * rstd * sums.mean(place.slab, 1, g);
  }
  __syncthreads();
  return shares;
}

// With dz = dy silu'(z) and N numbers in the group:
// dx = rstd (gamma dz - (sum gamma dz + xhat sum gamma dz xhat) / N).
template <class T, int kWidth>
__global__ void __launch_bounds__(kThreads, 2)
    backward_slab(Slab slab, const T* __restrict__ x, Affine affine,
                  const Moments* __restrict__ kept, const T* __restrict__ dy, T* __restrict__ dx,
                  float* __restrict__ dgamma, float* __restrict__ dbeta) {
  extern __shared__ float shared[];
  const Place<kWidth> place(slab);
  const std::int64_t row = affine.of_picture ? place.in_channels() : place.first;
  const Moments* moments = kept + place.in_moments();
  Line line[kWidth];
  float gamma[kWidth], by_beta[kWidth] = {}, by_gamma[kWidth] = {};
  for (int k = 0; k < kWidth; ++k) {
    const Moments& m = moments[place.group(k)];
    gamma[k] = affine.gamma[row + place.channel(k)];
    line[k] = {m.mean, gamma[k] * m.rstd, affine.beta[row + place.channel(k)]};
  }
  place.for_each_pixel([&](std::int64_t at) {
    const auto in = load<kWidth>(x + at), above = load<kWidth>(dy + at);
    for (int k = 0; k < kWidth; ++k) {
      const float from = float(in.at[k]), dz = line[k].dz(from, float(above.at[k]));
      by_beta[k] += dz;
      by_gamma[k] += dz * (from - line[k].mean);
    }
  });
  const Sums<kWidth> sums{shared};
  sums.add(place, by_beta, by_gamma);
  const Shares* shares = find_shares(place, sums, gamma, moments, dgamma, dbeta);
  Shares share[kWidth];
  for (int k = 0; k < kWidth; ++k) share[k] = shares[place.group(k)];
  place.for_each_pixel([&](std::int64_t at) {
    const auto in = load<kWidth>(x + at), above = load<kWidth>(dy + at);
    Pack<T, kWidth> out;
    for (int k = 0; k < kWidth; ++k) {
      const float from = float(in.at[k]), dz = line[k].dz(from, float(above.at[k]));
      out.at[k] =
          T(line[k].scale * dz + share[k].of_one + share[k].of_away * (from - line[k].mean));
    }
    store(out, dx + at);
  });
}

// The fewest groups that are whole packs and, if there are so many, fill a run.
int slab_channels(int channels, int group, int width, int bytes) {
  const int whole = std::lcm(group, width);
  int slab = whole;
  for (int n = whole; n <= std::min(channels, kThreads) && slab * bytes < kRun; n += whole)
    if (channels % n == 0) slab = n;
  return slab;
}

struct Launch {
  // In packs if what lies at these addresses allows it.
  Launch(const TensorBase& x, std::int64_t groups, std::initializer_list<const void*> addresses) {
    const int bytes = int(x.element_size());
    slab.pixels = int(x.size(2) * x.size(3));
    slab.stride = int(x.size(1));
    slab.group = int(x.size(1) / groups);
    const bool aligned = std::all_of(addresses.begin(), addresses.end(), [&](const void* address) {
      return reinterpret_cast<std::uintptr_t>(address) % std::uintptr_t(kWide * bytes) == 0;
    });
    width = aligned && slab.stride % kWide == 0 ? kWide : 1;
    slab.channels = slab_channels(slab.stride, slab.group, width, bytes);
    slab.columns = slab.channels / width;
    slab.rows = std::clamp(kThreads / slab.columns, 1, slab.pixels);
    blocks = int(x.size(0)) * (slab.stride / slab.channels);
    threads = slab.rows * slab.columns;
    shared = int(sizeof(float)) * 2 * (width * threads + slab.channels / slab.group);
  }

  // Calls start(a number of x's type, the width).
  template <class Start>
  void with_types(const TensorBase& x, Start start) const {
    const auto with_width = [&](auto number) {
      if (width == kWide)
        start(number, std::integral_constant<int, kWide>());
      else
        start(number, std::integral_constant<int, 1>());
    };
    if (x.scalar_type() == at::kFloat)
      with_width(float());
    else
      with_width(BFloat16());
    C10_CUDA_KERNEL_LAUNCH_CHECK();
  }

  Slab slab;
  int width = 1, blocks = 0, threads = 0, shared = 0;
};

Numbers numbers_of(const TensorBase& tensor) {
  return {tensor.data_ptr(), tensor.scalar_type() == at::kBFloat16};
}

Affine affine_of(const TensorBase& gamma, const TensorBase& beta) {
  return {numbers_of(gamma), numbers_of(beta), gamma.size(0) > 1};
}

Moments* moments_in(const TensorBase& tensor) {
  return reinterpret_cast<Moments*>(tensor.data_ptr<float>());
}

}  // namespace

void norm_silu_cuda(const TensorBase& x, const TensorBase& gamma, const TensorBase& beta,
                    double eps, const TensorBase& y, const TensorBase& moments) {
  const c10::cuda::CUDAGuard guard(x.device());
  const auto stream = c10::cuda::getCurrentCUDAStream();
  const Launch launch(x, moments.size(0) / x.size(0), {x.data_ptr(), y.data_ptr()});
  launch.with_types(x, [&](auto number, auto width) {
    using T = decltype(number);
    constexpr int kWidth = decltype(width)::value;
    forward_slab<T, kWidth><<<launch.blocks, launch.threads, launch.shared, stream>>>(
        launch.slab, x.data_ptr<T>(), affine_of(gamma, beta), float(eps), y.data_ptr<T>(),
        moments_in(moments));
  });
}

void norm_silu_backward_cuda(const TensorBase& x, const TensorBase& gamma, const TensorBase& beta,
                             const TensorBase& moments, const TensorBase& dy, const TensorBase& dx,
                             const TensorBase& dgamma, const TensorBase& dbeta) {
  const c10::cuda::CUDAGuard guard(x.device());
  const auto stream = c10::cuda::getCurrentCUDAStream();
  const Launch launch(x, moments.size(0) / x.size(0), {x.data_ptr(), dy.data_ptr(), dx.data_ptr()});
  launch.with_types(x, [&](auto number, auto width) {
    using T = decltype(number);
    constexpr int kWidth = decltype(width)::value;
    backward_slab<T, kWidth><<<launch.blocks, launch.threads, launch.shared, stream>>>(
        launch.slab, x.data_ptr<T>(), affine_of(gamma, beta), moments_in(moments), dy.data_ptr<T>(),
        dx.data_ptr<T>(), dgamma.data_ptr<float>(), dbeta.data_ptr<float>());
  });
}

}  // namespace stepwise
