// How one model is made of two, below the list of models. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// A button and, once pressed, a form: the model in use and another of the same pictures.
void combine_form(const View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
