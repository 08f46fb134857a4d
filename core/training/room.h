// What to tell people whose device has too little memory for a training step. Worker thread only.
#pragma once

#include <exception>
#include <string>

#include "training/trainer_state.h"

namespace stepwise {

// Whether that is what went wrong.
bool ran_out_of_memory(const std::exception& e);

// Says how large a batch would fit, found by trying: the gradients of half of it, of a quarter and
// so on.
std::string words_for_lack_of_room(TrainerState& state);

}  // namespace stepwise
