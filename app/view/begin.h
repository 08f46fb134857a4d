// Trees that begin with a picture, and changes of what it shows: what is asked for, without
// drawing. Window thread only.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "painting/start.h"
#include "settings/trade_off.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// From now on this picture is at hand to begin with; `shows`: what it is a picture of, where known.
void offer_picture(Desk& desk, Picture picture, std::string name, const Condition& shows = {});

// Whether a tree that begins like this ends as another picture, from a level that is chosen; others
// lead back to the one that they began with.
bool changes_picture(StartKind kind);

// Why no tree can begin with it, in words; empty: one can.
std::string why_not_begin(const View& view, const Desk& desk);
// The tree that begins with it, as chosen.
Sample begun_with_picture(const View& view, const Desk& desk);

// How the tree of a branch began; nullptr: with plain noise, or there is no such branch.
const Start* start_of(const View& view, BranchId branch);

// How well the picture under the playhead ends as the picture that its tree began with, in dB of a
// peak of 2 (black to white); infinite where it is the same. None while it is not finished, or
// where there is no such picture.
std::optional<double> reconstruction(const View& view, const Desk& desk);

// Whether what would change can be looked for: under the playhead of a tree that began with a
// picture, for a class that it does not show.
bool can_find_mask(const View& view, const Desk& desk);
void find_mask(const View& view, Desk& desk, Commands& out);
// Locks all else there, once the answer has come.
void lock_around_mask(const View& view, Desk& desk, Commands& out);

// What is known of such a change at this level: between the levels that were measured for this
// method. None where it was not.
std::optional<TradeOff> trade_off_at(std::span<const TradeOff> table, ChangeMethod method,
                                     double sigma);
ChangeMethod method_of(StartKind kind);

}  // namespace stepwise::app
