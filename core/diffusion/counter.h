// Random numbers that are functions of where they stand, so that nothing about them has to be kept:
// a seed, a stream, a place and how many came before give the number (Philox 4x32-10, Salmon et al.
// 2011). Whole numbers are the same on every device; drawn where the places are. Any thread.
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace stepwise {

// places: int64 [N], from 0. Returns int64 [N, count], each from 0 to 2^32 - 1: row i is the
// beginning of what place i has in that stream. As at::philox_engine(seed, place, stream << 32).
torch::Tensor random_bits(std::uint64_t seed, std::uint32_t stream, const torch::Tensor& places,
                          std::int64_t count);

// The same as numbers evenly spread over (0, 1], float64 [N, count].
torch::Tensor random_uniform(std::uint64_t seed, std::uint32_t stream, const torch::Tensor& places,
                             std::int64_t count);

// Standard normal numbers, float32 [N, count].
torch::Tensor random_normal(std::uint64_t seed, std::uint32_t stream, const torch::Tensor& places,
                            std::int64_t count);

// 0 to count - 1, shuffled: int64 [count]. Of a seed, stream and place there is one order.
torch::Tensor random_order(std::uint64_t seed, std::uint32_t stream, std::int64_t place,
                           std::int64_t count, torch::Device device);

// What random_bits() computes on a device that has no loop of ours: by operations on tensors.
torch::Tensor random_bits_by_tensors(std::uint64_t seed, std::uint32_t stream,
                                     const torch::Tensor& places, std::int64_t count);

}  // namespace stepwise
