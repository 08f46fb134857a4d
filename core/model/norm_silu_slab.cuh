// A block of threads has a slab of one picture: as many neighbouring groups as it takes for memory
// to be read in whole sectors. A row of threads has a pixel, each of them kWidth neighbouring
// channels of it. Each adds up the pixels of its own; then the rows meet in shared memory, in an
// order that is always the same.
#pragma once

#include <cstdint>

namespace stepwise {

struct Slab {
  int pixels = 0;
  int stride = 0;             // Channels of the picture,
  int channels = 0;           //   of the slab,
  int group = 0;              //   and of one group.
  int rows = 0, columns = 0;  // Of threads.
};

// Which numbers of x are this thread's.
template <int kWidth>
struct Place {
  __device__ explicit Place(const Slab& of)
      : slab(of), row(int(threadIdx.x) / of.columns), column(int(threadIdx.x) % of.columns) {
    const int slabs = slab.stride / slab.channels, block = int(blockIdx.x);
    picture = block / slabs;
    first = block % slabs * slab.channels;
  }

  __device__ int groups() const { return slab.channels / slab.group; }
  // The k-th of this thread's channels, and its group, of the slab.
  __device__ int channel(int k) const { return column * kWidth + k; }
  __device__ int group(int k) const { return channel(k) / slab.group; }
  // Where the slab begins in x, in [N, C] and in the moments.
  __device__ std::int64_t in_x() const { return picture * slab.pixels * slab.stride + first; }
  __device__ std::int64_t in_channels() const { return picture * slab.stride + first; }
  __device__ std::int64_t in_moments() const { return in_channels() / slab.group; }

  // Calls work(where this thread's channels begin) for each of its pixels.
  template <class Work>
  __device__ void for_each_pixel(Work work) const {
    const std::int64_t start = in_x() + channel(0);
#pragma unroll 4
    for (int p = row; p < slab.pixels; p += slab.rows) work(start + std::int64_t(p) * slab.stride);
  }

  const Slab slab;
  const int row, column;
  std::int64_t picture;
  int first;  // The slab's first channel.
};

template <class T, int kWidth>
struct alignas(sizeof(T) * kWidth) Pack {
  T at[kWidth];
};

template <int kWidth, class T>
__device__ Pack<T, kWidth> load(const T* from) {
  return *reinterpret_cast<const Pack<T, kWidth>*>(from);
}

template <int kWidth, class T>
__device__ void store(const Pack<T, kWidth>& pack, T* to) {
  *reinterpret_cast<Pack<T, kWidth>*>(to) = pack;
}

// Two sums over pixels per channel. They lie in shared memory: first each thread's share of them.
template <int kWidth>
struct Sums {
  __device__ float& of_thread(int which, int k, int thread) const {
    return shared[(which * kWidth + k) * int(blockDim.x) + thread];
  }
  __device__ float& of_channel(int which, int c) const {  // Once they are added.
    return of_thread(which, c % kWidth, c / kWidth);
  }
  __device__ float* rest() const { return shared + 2 * kWidth * int(blockDim.x); }

  // Row 0 then has the sums; the other rows must wait before they look.
  __device__ void add(const Place<kWidth>& place, const float (&first)[kWidth],
                      const float (&second)[kWidth]) const {
    const int me = int(threadIdx.x);
    for (int k = 0; k < kWidth; ++k) {
      of_thread(0, k, me) = first[k];
      of_thread(1, k, me) = second[k];
    }
    for (int left = place.slab.rows; left > 1;) {
      const int half = (left + 1) / 2;
      __syncthreads();
      if (place.row + half < left)
        for (int which = 0; which < 2; ++which)
          for (int k = 0; k < kWidth; ++k)
            of_thread(which, k, me) += of_thread(which, k, me + half * place.slab.columns);
      left = half;
    }
  }

  // The mean of one of them over group g.
  __device__ float mean(const Slab& slab, int which, int g) const {
    float sum = 0;
    for (int c = g * slab.group; c < (g + 1) * slab.group; ++c) sum += of_channel(which, c);
    return sum / (float(slab.group) * float(slab.pixels));
  }

  float* shared;
};

}  // namespace stepwise
