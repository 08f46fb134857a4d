#include "engine/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace stepwise {
namespace {

// A standard stream that came closed would become the next file that is opened, and what is said
// would be written into it. Instead, writing to it fails.
void hold_standard_streams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd)
    if (::fcntl(fd, F_GETFD) < 0 && errno == EBADF)
      (void)::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

}  // namespace

void set_up_process() {
  hold_standard_streams();
  // Whoever reads what we say may leave, and a file may reach its limit: writing then fails and is
  // told, but the work goes on.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // OpenMP's threads busy-wait between loops. Without an end to it, on the cores that draw the
  // window, a 30 ms network took 3 s; without any, each layer of a single picture waits for a
  // thread to be woken. So: about a quarter of a millisecond.
  setenv("GOMP_SPINCOUNT", "10000", 0);
  // UCX, which some builds of torch bring, would take SIGHUP for the wish to debug it.
  setenv("UCX_DEBUG_SIGNO", "0", 0);
#ifdef __GLIBC__
  // Between the layers of a network the same pieces of memory are asked for and given back again
  // and again. Given back to the system each must be cleared anew: a fifth of a small picture's
  // time.
  if (!std::getenv("MALLOC_MMAP_THRESHOLD_")) mallopt(M_MMAP_THRESHOLD, 1 << 25);
  if (!std::getenv("MALLOC_TRIM_THRESHOLD_")) mallopt(M_TRIM_THRESHOLD, 1 << 29);
#endif
}

}  // namespace stepwise
