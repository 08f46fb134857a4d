// Pictures that are drawn again while settings change, from the same noise: one sampling at a time,
// the newest settings next. Trees that come so take each other's place, but for those that somebody
// starred, named, forked or painted on. No drawing here. Window thread only.
#pragma once

#include <optional>
#include <string>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Seconds that newer settings wait for what is being drawn; what takes longer gives way, and is
// seen before it has come to its end.
inline constexpr double kLivePatience = 1;

// Call once per frame, after follow(), with the Sample that the settings ask for. `held`: a hand
// still moves one. `now` in seconds.
void draw_live(const View& view, Desk& desk, const Sample& wanted, double now, bool held,
               Commands& out);

// Whether a branch that has begun came so: it is hidden until draw_live() shows it, and the
// playhead stays.
bool hide_live(Desk& desk, const Branch& branch);

// What is being sampled, or nullptr. What is hidden does not count.
const Branch* running_in_sight(const View& view, const Desk& desk);

// Where the playhead goes next of itself, as soon as that step has come in full.
std::optional<Place> place_to_come(const View& view, const Desk& desk);

// The step whose level is the nearest, in ratio; the last one for 0.
int nearest_step(const Branch& branch, double sigma);

// The picture under the playhead as it was before the latest change, at the level nearest to it;
// nothing where it was not drawn again.
std::optional<Place> place_before(const View& view, const Desk& desk);
// How that one was drawn: "guidance 1, steps 18"; two settings at most.
std::string words_before(const View& view, const Desk& desk);

}  // namespace stepwise::app
