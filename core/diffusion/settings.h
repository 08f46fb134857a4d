// What a person chooses when they ask for pictures. Plain values, no torch: shared by window,
// command line, checkpoint and sampler. sigma: standard deviation of the noise, in data units.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "range.h"

namespace stepwise {

// One step from sigma to the next; the enum and its names stand together.
enum class SamplerKind {
  kEuler,
  kHeun,
  kDpmPlusPlus2M,
  kIpndm4,
  kEulerAncestral,
  kDpmPlusPlus2MSde
};
struct SamplerName {
  SamplerKind kind;
  std::string_view id;     // As typed on the command line and stored in files.
  std::string_view label;  // As shown.
  int evaluations;         // Network evaluations per step.
  bool stochastic;         // Adds fresh noise at every step, as much as eta says.
};
inline constexpr std::array kSamplers = {
    SamplerName{SamplerKind::kEuler, "euler", "Euler (DDIM)", 1, false},
    SamplerName{SamplerKind::kHeun, "heun", "Heun", 2, false},
    SamplerName{SamplerKind::kDpmPlusPlus2M, "dpmpp-2m", "DPM-Solver++ (2M)", 1, false},
    SamplerName{SamplerKind::kIpndm4, "ipndm-4", "iPNDM-4", 1, false},
    SamplerName{SamplerKind::kEulerAncestral, "euler-ancestral", "Euler ancestral", 1, true},
    SamplerName{SamplerKind::kDpmPlusPlus2MSde, "dpmpp-2m-sde", "DPM-Solver++ (2M) SDE", 1, true},
};

enum class GridKind { kKarras, kLogUniform };
inline constexpr std::array kGrids = {
    std::pair<GridKind, std::string_view>{GridKind::kKarras, "karras"},
    std::pair<GridKind, std::string_view>{GridKind::kLogUniform, "log-uniform"},
};

inline constexpr int kAllClasses = -1;  // As a label: class i % classes for picture i.
inline constexpr int kNoClass = -2;     // As a label: the null class, nothing asked for.

inline constexpr Range<int> kCount{1, 100000};
inline constexpr Range<int> kSteps{1, 1000};
inline constexpr Range<double> kSigma{0.001, 1000};
inline constexpr Range<double> kGuidance{0, 20};
inline constexpr Range<double> kRho{1, 20};
inline constexpr Range<double> kEta{0, 1};

struct SampleSettings {
  int count = 10;              // Pictures in the batch.
  int label = kAllClasses;     // A class, kAllClasses or kNoClass.
  double guidance = 1;         // w in D_null + w (D_class - D_null); 1: no guidance.
  double guidance_min = 0;     // Guidance acts where sigma lies in
  double guidance_max = 1000;  //   [guidance_min, guidance_max].
  SamplerKind sampler = SamplerKind::kDpmPlusPlus2M;
  GridKind grid = GridKind::kKarras;
  int steps = 18;           // Moves from one level to the next.
  double sigma_min = 0.01;  // Last level before 0.
  double sigma_max = 20;    // First level.
  double rho = 7;           // Karras grid: larger spends more steps near sigma_min.
  double eta = 1;           // Stochastic samplers: share of fresh noise per step.
  std::uint64_t seed = 1;   // Picture k draws from a generator of (seed, k).

  bool operator==(const SampleSettings&) const = default;
};

// Throws Error naming the first setting out of range.
void check(const SampleSettings& settings);

// Throws Error listing the valid names.
SamplerKind sampler_of(std::string_view id);
const SamplerName& name_of(SamplerKind kind);

// Network evaluations per picture that these settings cost, guidance included.
int evaluations_per_picture(const SampleSettings& settings);

}  // namespace stepwise
