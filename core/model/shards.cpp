#include "model/shards.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <exception>
#include <vector>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace stepwise {

namespace {

std::int64_t threads() {
#ifdef _OPENMP
  return omp_in_parallel() ? 1 : std::max(1, omp_get_max_threads());
#else
  return 1;
#endif
}

// Makes whatever this thread calls within the region compute alone. torch sets its number of
// threads when it is first asked for it, so it is asked first; oneDNN waits forever in a region
// whose number is not 1.
void compute_alone() {
#ifdef _OPENMP
  at::get_num_threads();
  omp_set_num_threads(1);  // Of this thread, until the region ends.
#endif
}

}  // namespace

std::int64_t shards_of(std::int64_t batch, std::int64_t smallest) {
  return std::clamp<std::int64_t>(batch / smallest, 1, threads());
}

// torch, oneDNN and OpenBLAS see that they are called from a parallel region and open none of their
// own.
void for_each_shard(std::int64_t batch, std::int64_t shards,
                    const std::function<void(std::int64_t, std::int64_t, std::int64_t)>& work) {
  std::vector<std::exception_ptr> thrown(shards);
  const int team = int(std::min(threads(), shards));
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
  for (std::int64_t shard = 0; shard < shards; ++shard) {
    try {
      if (team > 1) compute_alone();
      const std::int64_t first = shard * batch / shards;
      work(shard, first, (shard + 1) * batch / shards - first);
    } catch (...) {
      thrown[shard] = std::current_exception();  // None may leave the region.
    }
  }
  for (const std::exception_ptr& exception : thrown)
    if (exception) std::rethrow_exception(exception);
}

}  // namespace stepwise
