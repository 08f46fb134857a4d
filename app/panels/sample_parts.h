// What the settings of drawing are made of. Window thread only.
#pragma once

#include "engine/events.h"
#include "settings/sample_settings.h"

namespace stepwise::app {

inline bool undoes_noise(const ModelOpened* model) {
  return !model || !has_severity(model->degradation);
}

// By which rule, over which levels and from where; `model` may be none.
void way_rows(const ModelOpened* model, SampleSettings& settings);

}  // namespace stepwise::app
