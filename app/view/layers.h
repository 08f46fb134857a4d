// Layers one by one, after they were made: those of the painting under the playhead, and those that
// a branch began with. Window thread only.
#pragma once

#include <string>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// "Paint, lasso"
std::string name_of(const Layer& layer);

// The same layers, one of them shown or hidden, gone, or in another place.
Layers with_toggled(Layers layers, int i);
Layers without(Layers layers, int i);
Layers with_moved(Layers layers, int from, int to);

// Gives the painting under the playhead these layers; none: it is gone. Nothing where there is no
// painting. Undo calls it `what`.
void change_layers(const View& view, Desk& desk, Layers layers, std::string what, Commands& out);

// Whether a branch can be begun again with other layers: it began with an edit that is known.
bool has_layers(const Branch& branch);

// Begins a branch again, in all else as it was, with these layers. When it comes it stands in the
// place of the old one, which undo brings back; beside it where others were forked from that.
void change_branch_layers(const View& view, Desk& desk, const Branch& branch, Layers layers,
                          Commands& out);
// The branch that this one was begun in place of; -1: none.
BranchId replaced_by(const Desk& desk, const Branch& branch);
// Takes the place of that one in what was done.
void put_in_place(const View& view, const Desk& desk, const Branch& branch, BranchId old,
                  Change& change);

}  // namespace stepwise::app
