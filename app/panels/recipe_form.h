// The recipe in the column of training. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// The recipes to choose from, the user's own behind the others. Each comes back as it was changed.
void recipe_row(const View& view, TrainUi& ui);

// All fields of the recipe, folded until somebody wants them. What is changed is marked and can be
// put back, and the whole can be saved as a recipe of one's own.
void recipe_form(const View& view, Ui& ui);

// Why nothing can be trained by it, in words; empty: it can.
std::string trouble_with(const Recipe& recipe);

// The recipe as the run is to keep it.
Recipe recipe_to_train(const View& view, const Recipe& recipe);

}  // namespace stepwise::app
