#include "engine/process.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace stepwise {

void set_up_process() {
  // OpenMP's threads busy-wait between loops. Without an end to it, on the cores that draw the
  // window, a 30 ms network took 3 s; without any, each layer of a single picture waits for a
  // thread to be woken. So: about a quarter of a millisecond.
  setenv("GOMP_SPINCOUNT", "10000", 0);
#ifdef __GLIBC__
  // Between the layers of a network the same pieces of memory are asked for and given back again
  // and again. Given back to the system each must be cleared anew: a fifth of a small picture's
  // time.
  if (!std::getenv("MALLOC_MMAP_THRESHOLD_")) mallopt(M_MMAP_THRESHOLD, 1 << 25);
  if (!std::getenv("MALLOC_TRIM_THRESHOLD_")) mallopt(M_TRIM_THRESHOLD, 1 << 29);
#endif
}

}  // namespace stepwise
