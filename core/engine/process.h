// What a program that computes sets before torch is loaded and before it starts a thread. No torch.
#pragma once

namespace stepwise {

// Leaves alone what the environment already says (GOMP_SPINCOUNT, MALLOC_...).
void set_up_process();

}  // namespace stepwise
