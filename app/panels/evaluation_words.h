// What an evaluation says in sentences. Pure, any thread.
#pragma once

#include <string>

#include "evaluation/figures.h"
#include "settings/points.h"

namespace stepwise::app {

// How far the samples are from real pictures, as noise that everybody can imagine.
std::string distance_words(const Evaluation& figures);

// Whether they show what was asked for as often as real pictures do; empty where nothing was asked.
std::string agreement_words(const Evaluation& figures);

// What a run's pictures were measured as, in a line of figures.
std::string measured_words(const MeasuredPoint& point);

// Whether they are copies of training pictures; empty where there is nothing to compare with.
std::string nearest_words(const Evaluation& figures);

}  // namespace stepwise::app
