// Splits a batch among the processor's threads, each of which then computes its pictures alone. A
// small network is much faster so than with every layer split: the threads meet once per pass
// instead of hundreds of times.
#pragma once

#include <cstdint>
#include <functional>

namespace stepwise {

// How many shards a batch is worth on this thread's processor: one per thread of torch, but none of
// fewer than `smallest` pictures. 1 where this program is built without OpenMP.
std::int64_t shards_of(std::int64_t batch, std::int64_t smallest = 1);

// Calls work(shard, first, count) for each shard of the batch, at the same time; returns when all
// are done. What the first of them throws is thrown here. `work` runs on other threads: what torch
// keeps per thread (whether gradients are recorded) must be set in it.
void for_each_shard(
    std::int64_t batch, std::int64_t shards,
    const std::function<void(std::int64_t shard, std::int64_t first, std::int64_t count)>& work);

}  // namespace stepwise
