// What the log says of what has happened, a line each. Pure functions.
#pragma once

#include <string>

#include "engine/events.h"
#include "view/view.h"

namespace stepwise::app {

// Opened from a folder, put together of others, or kept of the run in training.
std::string note_of(const ModelOpened& model, const Training& training);
std::string note_of(const DataOpened& data);
std::string note_of(const TrainingStarted& run);
std::string note_of(const TrainingDone& done, const Training& training);
std::string note_of(const Evaluated& evaluated);
std::string note_of(const RunAveraged& average);
std::string note_of(const ClassifierTrained& classifier);

}  // namespace stepwise::app
