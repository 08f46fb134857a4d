// What a person chooses when they ask for pictures. Plain values, no torch: shared by window,
// command line, checkpoint and sampler. sigma: standard deviation of the noise, in data units.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fields.h"
#include "range.h"
#include "settings/condition.h"
#include "settings/degradation.h"
#include "settings/drawn.h"
#include "settings/sampler_options.h"

namespace stepwise {

enum class SamplerKind {
  kEuler,
  kHeun,
  kDpmPlusPlus2M,
  kIpndm4,
  kEulerAncestral,
  kDpmPlusPlus2MSde,
  kDdim,
  kDdpm,
  kDpmPlusPlus3M,
  kDpmPlusPlus2S,
  kDpmPlusPlus3S,
  kDpmPlusPlus3MSde,
  kUniPc1,
  kUniPc2,
  kUniPc3,
  kLms4,
  kDeis3,
  kPndm,
  kConsistency,
  kPredictorCorrector,
  kCold,
  kColdNaive
};

// Whether a sampler adds fresh noise at its steps: none, as much as eta says, or all that its
// theory asks for.
enum class FreshNoise { kNone, kEta, kAll };

struct SamplerName {
  SamplerKind kind;
  std::string_view id;     // As typed on the command line and stored in files.
  std::string_view label;  // As shown.
  int order;  // Halving the steps divides the error by 2^order, once it has its history; 0: it
              //   does not follow the ODE. With fresh noise: the error of the variance.
  int evaluations;  // Network evaluations of a step that is neither the first nor the last.
  FreshNoise fresh;
  std::string_view source;  // The paper it is from.
};
// One step from sigma to the next; all that lists, offers or tests samplers reads this table.
inline constexpr std::array kSamplers = {
    SamplerName{SamplerKind::kEuler, "euler", "Euler (flow matching, EDM)", 1, 1, FreshNoise::kNone,
                "Karras et al. 2022"},
    SamplerName{SamplerKind::kHeun, "heun", "Heun", 2, 2, FreshNoise::kNone, "Karras et al. 2022"},
    SamplerName{SamplerKind::kDpmPlusPlus2M, "dpmpp-2m", "DPM-Solver++ (2M)", 2, 1,
                FreshNoise::kNone, "Lu et al. 2022b"},
    SamplerName{SamplerKind::kIpndm4, "ipndm-4", "iPNDM-4", 4, 1, FreshNoise::kNone,
                "Zhang and Chen 2023"},
    SamplerName{SamplerKind::kEulerAncestral, "euler-ancestral", "Euler ancestral", 1, 1,
                FreshNoise::kEta, "Song et al. 2021a"},
    SamplerName{SamplerKind::kDpmPlusPlus2MSde, "dpmpp-2m-sde", "DPM-Solver++ (2M) SDE", 2, 1,
                FreshNoise::kEta, "Lu et al. 2022b"},
    SamplerName{SamplerKind::kDdim, "ddim", "DDIM", 1, 1, FreshNoise::kEta, "Song et al. 2021a"},
    SamplerName{SamplerKind::kDdpm, "ddpm", "DDPM", 1, 1, FreshNoise::kAll, "Ho et al. 2020"},
    SamplerName{SamplerKind::kDpmPlusPlus3M, "dpmpp-3m", "DPM-Solver++ (3M)", 3, 1,
                FreshNoise::kNone, "Lu et al. 2022b"},
    SamplerName{SamplerKind::kDpmPlusPlus2S, "dpmpp-2s", "DPM-Solver++ (2S)", 2, 2,
                FreshNoise::kNone, "Lu et al. 2022b"},
    SamplerName{SamplerKind::kDpmPlusPlus3S, "dpmpp-3s", "DPM-Solver++ (3S)", 3, 3,
                FreshNoise::kNone, "Lu et al. 2022a"},
    SamplerName{SamplerKind::kDpmPlusPlus3MSde, "dpmpp-3m-sde", "DPM-Solver++ (3M) SDE", 2, 1,
                FreshNoise::kEta, "Lu et al. 2022b"},
    SamplerName{SamplerKind::kUniPc1, "unipc-1", "UniPC-1", 2, 1, FreshNoise::kNone,
                "Zhao et al. 2023"},
    SamplerName{SamplerKind::kUniPc2, "unipc-2", "UniPC-2", 3, 1, FreshNoise::kNone,
                "Zhao et al. 2023"},
    SamplerName{SamplerKind::kUniPc3, "unipc-3", "UniPC-3", 4, 1, FreshNoise::kNone,
                "Zhao et al. 2023"},
    SamplerName{SamplerKind::kLms4, "lms-4", "LMS-4", 4, 1, FreshNoise::kNone,
                "Zhang and Chen 2023"},
    SamplerName{SamplerKind::kDeis3, "deis-3", "DEIS-3", 3, 1, FreshNoise::kNone,
                "Zhang and Chen 2023"},
    SamplerName{SamplerKind::kPndm, "pndm", "PNDM", 4, 1, FreshNoise::kNone, "Liu et al. 2022"},
    SamplerName{SamplerKind::kConsistency, "consistency", "Consistency", 0, 1, FreshNoise::kAll,
                "Song et al. 2023"},
    SamplerName{SamplerKind::kPredictorCorrector, "predictor-corrector", "Predictor-corrector", 1,
                2, FreshNoise::kAll, "Song et al. 2021b"},
    SamplerName{SamplerKind::kCold, "cold", "Cold", 0, 1, FreshNoise::kNone, "Bansal et al. 2022"},
    SamplerName{SamplerKind::kColdNaive, "cold-naive", "Cold, naive", 0, 1, FreshNoise::kNone,
                "Bansal et al. 2022"},
};
constexpr auto names_of(SamplerKind) {
  std::array<Named<SamplerKind>, kSamplers.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {kSamplers[i].kind, kSamplers[i].id};
  return names;
}

// Whether models that undo this are drawn with it: the two for any degradation, or those for noise.
inline bool suits(SamplerKind kind, const DegradationStack& degradation) {
  const bool cold = kind == SamplerKind::kCold || kind == SamplerKind::kColdNaive;
  return cold == has_severity(degradation);
}

// All that suit, in their order.
std::vector<SamplerName> samplers_for(const DegradationStack& degradation);

// How the levels are spread. kModel: as the model's own scheduler spreads them; the others lie
// between the settings' sigma_min and sigma_max, kDrawn along a line drawn by hand.
enum class GridKind { kKarras, kLogUniform, kModel, kDrawn };
inline constexpr std::array kGrids = {
    Named<GridKind>{GridKind::kKarras, "karras"},
    Named<GridKind>{GridKind::kLogUniform, "log-uniform"},
    Named<GridKind>{GridKind::kModel, "model"},
    Named<GridKind>{GridKind::kDrawn, "drawn"},
};
constexpr const auto& names_of(GridKind) { return kGrids; }

// What x is at the first level: noise of that level, or where a Gaussian for each class of the data
// would have brought noise by then (diffusion/gaussian.h), which may be far lower.
enum class Beginning { kNoise, kGaussian };
inline constexpr std::array kBeginnings = {
    Named<Beginning>{Beginning::kNoise, "noise"},
    Named<Beginning>{Beginning::kGaussian, "gaussian"},
};
constexpr const auto& names_of(Beginning) { return kBeginnings; }
inline constexpr double kGaussianSigma =
    2;  // A good first level for it: shapes are blurs till then.

inline constexpr Range<int> kCount{1, 100000};
inline constexpr Range<int> kSteps{1, 1000};
inline constexpr Range<double> kSigma{0.001, 1000};
inline constexpr Range<double> kAnySigma{1e-9, 1e9};  // Schedulers of others have large ones.
inline constexpr Range<double> kGuidance{0, 20};
inline constexpr Range<double> kRho{1, 20};
inline constexpr Range<double> kEta{0, 1};
inline constexpr Range<double> kSnr{0, 10};
inline constexpr Range<int> kCorrections{0, 100};

struct SampleSettings {
  int count = 10;                          // Pictures in the batch.
  double guidance = 1;                     // w in D_null + w (D_class - D_null); 1: no guidance.
  double guidance_min = 0;                 // Guidance acts where sigma lies in
  double guidance_max = 1000;              //   [guidance_min, guidance_max],
  std::vector<LevelShare> guidance_shape;  // or, where this is given, so much of it as drawn here.
  SamplerKind sampler = SamplerKind::kDpmPlusPlus2M;
  Beginning begin = Beginning::kNoise;
  GridKind grid = GridKind::kKarras;
  int steps = 18;           // Moves from one level to the next.
  double sigma_min = 0.01;  // Last level before 0.
  double sigma_max = 20;    // First level.
  double rho = 7;           // Karras grid: larger spends more steps near sigma_min.
  // Drawn grid: how far the levels have come from sigma_max, 0, to sigma_min, 1, in ln sigma, at
  // even distances along the steps; empty: straight.
  std::vector<double> grid_shape;
  std::vector<int> left_out;  // Steps whose levels are passed over, rising: of the steps between
                              //   the first and the last, which are number 0 and steps - 1.
  // Of two models, where one hands over to the other: the noise level of that; 0: as they were
  // combined.
  double border = 0;
  double eta = 1;          // Share of fresh noise per step, for samplers that let one choose.
  std::uint64_t seed = 1;  // Picture k draws from a generator of (seed, k).
  SamplerOptions options;  // Rarely touched; a model's own scheduler may set them.

  bool operator==(const SampleSettings&) const = default;
};
STEPWISE_FIELDS(SampleSettings, count, guidance, guidance_min, guidance_max, guidance_shape,
                sampler, begin, grid, steps, sigma_min, sigma_max, rho, grid_shape, left_out,
                border, eta, seed, options)

// Those that are taken, the left out ones apart.
inline int steps_taken(const SampleSettings& settings) {
  return settings.steps - int(settings.left_out.size());
}

// Throws Error naming the first setting out of range.
void check(const SampleSettings& settings);

// Throws Error listing the valid names.
SamplerKind sampler_of(std::string_view id);
Beginning beginning_of(std::string_view id);
const SamplerName& name_of(SamplerKind kind);

// The settings as they act on pictures of these conditions: where nothing is asked for, there is
// nothing to guide towards.
SampleSettings heeded(SampleSettings settings, const std::vector<Condition>& conditions);

// Network evaluations per picture that these settings cost, guidance included (see heeded). The
// levels of a model's own grid are not known here: only for the guidance interval, they count as
// Karras'.
int evaluations_per_picture(const SampleSettings& settings);

}  // namespace stepwise
