// What a program that computes sets before torch is loaded and before it starts a thread. No torch.
#pragma once

namespace stepwise {

// Holds the three standard streams, so that a closed one is not mistaken for a file, and makes
// writing to a closed pipe an error rather than the end. Leaves alone what the environment already
// says (GOMP_SPINCOUNT, UCX_DEBUG_SIGNO, MALLOC_...).
void set_up_process();

}  // namespace stepwise
