// What a network learns to answer, at which noise levels, and how much the errors of each count:
// plain values. No torch here; any thread. sigma: standard deviation of the noise, in data units;
// sigma_d: of the data. D is the guess of the clean picture that the answer stands for.
#pragma once

#include <array>

#include "fields.h"

namespace stepwise {

// kEdm: a mixture of picture and noise that has unit variance at each level (Karras et al. 2022,
// Table 1). kEpsilon: the noise (Ho et al. 2020). kV: alpha noise - sigma alpha clean, where alpha
// (clean + sigma noise) has the picture's own variance (Salimans and Ho 2022). kX0: the clean
// picture. kFlow: noise - clean, on the straight way from one to the other (Lipman et al. 2023).
enum class Parameterisation { kEdm, kEpsilon, kV, kX0, kFlow };
inline constexpr std::array kParameterisations = {
    Named<Parameterisation>{Parameterisation::kEdm, "edm"},
    Named<Parameterisation>{Parameterisation::kEpsilon, "epsilon"},
    Named<Parameterisation>{Parameterisation::kV, "v"},
    Named<Parameterisation>{Parameterisation::kX0, "x0"},
    Named<Parameterisation>{Parameterisation::kFlow, "flow"},
};
constexpr const auto& names_of(Parameterisation) { return kParameterisations; }

// Of epsilon, v and x0, whose levels are a table of 1000 times: how noise grows from one to the
// next (Ho et al. 2020; Nichol and Dhariwal 2021). The others have every level.
enum class BetaSchedule { kLinear, kCosine };
inline constexpr std::array kBetaSchedules = {
    Named<BetaSchedule>{BetaSchedule::kLinear, "linear"},
    Named<BetaSchedule>{BetaSchedule::kCosine, "cosine"},
};
constexpr const auto& names_of(BetaSchedule) { return kBetaSchedules; }

// How levels are drawn. kNormal: ln sigma is normal (for flows: the logit of the share of noise is;
// Esser et al. 2024). kUniform: the network's time is uniform, from its first level to its last.
enum class LevelDraw { kNormal, kUniform };
inline constexpr std::array kLevelDraws = {
    Named<LevelDraw>{LevelDraw::kNormal, "normal"},
    Named<LevelDraw>{LevelDraw::kUniform, "uniform"},
};
constexpr const auto& names_of(LevelDraw) { return kLevelDraws; }

// What the squared error of D counts at a level. kEdm: (sigma^2 + sigma_d^2) / (sigma sigma_d)^2
// (Karras et al. 2022). kMinSnr: 1 / sigma^2, but at most 5 (Hang et al. 2023). kUniform: as much
// as makes each error of the network's own answer count the same, as in Ho et al. 2020.
// kUncertainty: as kEdm, divided by what came of that at the level lately (Karras et al. 2024).
enum class Weighting { kEdm, kMinSnr, kUniform, kUncertainty };
inline constexpr std::array kWeightings = {
    Named<Weighting>{Weighting::kEdm, "edm"},
    Named<Weighting>{Weighting::kMinSnr, "min-snr"},
    Named<Weighting>{Weighting::kUniform, "uniform"},
    Named<Weighting>{Weighting::kUncertainty, "uncertainty"},
};
constexpr const auto& names_of(Weighting) { return kWeightings; }

}  // namespace stepwise
