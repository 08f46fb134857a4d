#include "training/room.h"

#include <torch/types.h>
#include <torch/utils.h>

#ifdef STEPWISE_HAS_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#endif

#include <new>

#include "error.h"
#include "training/step.h"

namespace stepwise {

namespace {

// What is kept for later, in pieces of sizes that are of no use now.
void give_back_memory(torch::Device device) {
#ifdef STEPWISE_HAS_CUDA
  if (device.is_cuda()) c10::cuda::CUDACachingAllocator::emptyCache();
#else
  (void)device;
#endif
}

// The first of so many parts of this process's share of the batch.
bool fits(TrainerState& state, std::int64_t parts) {
  give_back_memory(state.device);
  const Share own = state.share(), share{own.part * parts, own.of * parts};
  if (share.count(state.recipe.batch) == 0) return false;
  try {
    const BatchPlace place = state.batches.place_of(state.step, share);
    begin_gradients(state, place, share)->advance([] { return false; });
    return true;
  } catch (const std::exception& e) {
    if (!ran_out_of_memory(e)) throw;
    return false;
  }
}

}  // namespace

bool ran_out_of_memory(const std::exception& e) {
  if (dynamic_cast<const c10::OutOfMemoryError*>(&e) || dynamic_cast<const std::bad_alloc*>(&e))
    return true;
  // The processor's has no type of its own.
  const auto* error = dynamic_cast<const c10::Error*>(&e);
  const std::string words = error ? error->what_without_backtrace() : "";
  return words.find("DefaultCPUAllocator") != std::string::npos;
}

std::string words_for_lack_of_room(TrainerState& state) {
  state.under_way = nullptr;
  std::int64_t parts = 2;
  while (parts <= state.recipe.batch && !fits(state, parts)) parts *= 2;
  const std::int64_t batch = state.recipe.batch / parts;
  return text_of("The memory of ", state.device.str(), " does not hold a step with a batch of ",
                 state.recipe.batch, " pictures",
                 batch > 0 ? text_of("; one of ", batch, " would fit") : ", nor with any",
                 ". The last checkpoint is kept. Start a run with a smaller batch or a narrower "
                 "network, or let several processes share each batch.");
}

}  // namespace stepwise
