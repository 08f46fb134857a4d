// Models made of models. They are drawn with, measured and looked into as any other. All parts must
// be of as many classes and of pictures of one shape, or of smaller ones that can be enlarged to
// the largest of them (diffusion/enlarge.h); what is asked of the whole, guidance towards a class
// included, is asked of each part, which keeps its own network and times. The levels, and whether
// guesses are kept in [-1, 1], are the first model's. Worker thread.
#pragma once

#include <vector>

#include "diffusion/model.h"
#include "settings/combination.h"

namespace stepwise {

// D_weak + w (D - D_weak) (Karras et al. 2024). What both get wrong, the weak one gets more
// wrong.
SharedModel autoguided(const SharedModel& strong_one, const SharedModel& weak_one, double weight);

// The first model above the first boundary, the second at or below it and above the next, and so on
// (Balaji et al. 2022). There is one boundary less than models; they fall. Of two models the border
// in the settings, where there is one, takes the place of the boundary.
SharedModel experts(const std::vector<SharedModel>& parts, const std::vector<double>& boundaries);

// Whichever is asked for.
SharedModel combined(const std::vector<SharedModel>& models, const Combination& how);

}  // namespace stepwise
