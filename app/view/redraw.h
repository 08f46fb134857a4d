// A picture that carries its recipe comes back: its models are opened, its branches begun again,
// and what they come to is compared with it. No drawing here. Window thread only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "files/tasks.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

struct Redraw {
  PictureFound picture;
  std::map<ModelId, JobId> opening;  // Of each model of the recipe: what opens it, or the model.
  BranchId first = -1;               // What its branches are called from, once they are asked for,
  JobId job = kNoJob;                //   and what brings them back.

  BranchId last() const { return first + BranchId(picture.recipe->branches.size()) - 1; }
};

// Begins with it; the recipe must be there. What cannot be told again is said in the log.
std::optional<Redraw> begin_redraw(PictureFound picture, View& view, Commands& out);

// Does what can be done now. True when it is over: the playhead then stands on the picture, the
// settings are the recipe's, and `said` says whether the pixels are the same.
bool go_on(Redraw& redraw, const View& view, Desk& desk, Commands& out, std::string& said);

}  // namespace stepwise::app
