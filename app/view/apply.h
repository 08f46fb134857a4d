// The parts of apply(event, view) that need more than a line. Window thread only.
#pragma once

#include "view/view.h"

namespace stepwise::app {

void apply_training(TrainingStarted event, Training& training);
void apply_training(TrainingProgress event, Training& training);
void apply_training(GalleryReady event, Training& training);
void apply_training(TrainingDone event, Training& training);

// Adds a line to the log, or counts it up where it already stands.
void add_log_line(std::string text, LogLevel level, View& view);

}  // namespace stepwise::app
