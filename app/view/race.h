// A race of samplers over the pictures of a tree: what is asked, and what has come of it. Plain
// arithmetic; window thread only.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// How often each may evaluate D: with those from 13 on, all samplers come to just that.
inline constexpr std::array kRaceChoices = {7, 13, 19, 25, 49};

// Those that race unless somebody chooses others.
inline constexpr std::array kUsualRacers = {
    SamplerKind::kEuler,         SamplerKind::kHeun,   SamplerKind::kDpmPlusPlus2M,
    SamplerKind::kDpmPlusPlus3M, SamplerKind::kUniPc2, SamplerKind::kIpndm4,
    SamplerKind::kDeis3};
inline constexpr std::size_t kMostRacers = 8;  // As many as there are hues.

// The pictures of the tree under the playhead, or the first of them, drawn by those of the samplers
// that can come to so many evaluations. Nothing where there is no tree, or its model is closed.
std::optional<Race> race_here(const View& view, const Desk& desk,
                              const std::vector<SamplerKind>& samplers, int evaluations);

// How far a racer's newest guess is from the end of the long run; NaN where none has come.
double distance_of(const RacerShown& racer);

}  // namespace stepwise::app
