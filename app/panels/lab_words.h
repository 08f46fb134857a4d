// What the noise lab says in sentences. Pure, window thread only.
#pragma once

#include <string>

#include "panels/lab.h"

namespace stepwise::app {

// Why there is nothing to ask the model; empty where there is.
std::string lab_obstacle(const View& view, const Ui& ui, const LabSubject& subject);

// What is seen of this one picture under this noise.
std::string lab_glance(const Inspected& answer);

// What holds at this level, seen over many pictures; `told`: to the model, as it was asked.
std::string lab_verdict(const Surveyed& level, const std::optional<Condition>& told);

// That the ideal denoiser knows less than the model; empty where it knows as much. `told`: to the
// model.
std::string lab_class_note(const Condition& told, const Condition& known);

}  // namespace stepwise::app
