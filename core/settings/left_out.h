// Steps that are left out of a way from noise to picture: it goes from the level before one of them
// straight to the level after it. Plain values, no torch; any thread.
#pragma once

#include <string>
#include <vector>

#include "settings/sample_settings.h"

namespace stepwise {

// Takes what belongs to these steps, rising, out of a list of one value for each step.
void leave_out(const std::vector<int>& steps, std::vector<double>& values);

// The number among all steps of one that is counted among those that are taken.
int number_of_step(const std::vector<int>& left_out, int step);

// The settings without one more step, counted among those that they take.
SampleSettings without_step(SampleSettings settings, int step);

// ", without step 3, 7"; empty where none is left out.
std::string left_out_words(const SampleSettings& settings);

// The first step and the last are always taken. Throws Error for a list that names these, steps
// beyond them, or a step out of order.
void check_left_out(const SampleSettings& settings);

}  // namespace stepwise
