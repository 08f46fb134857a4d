// What each sampler does, in one line, for its menu; the paper it is from stands in kSamplers.
#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "settings/sample_settings.h"

namespace stepwise::app {

struct SamplerWords {
  SamplerKind kind;
  const char* words;
};
inline constexpr std::array kSamplerWords = {
    SamplerWords{SamplerKind::kEuler, "A straight line along dx/dσ to the next level"},
    SamplerWords{SamplerKind::kHeun, "Euler, then the mean of the slopes at both its ends"},
    SamplerWords{SamplerKind::kDpmPlusPlus2M, "Extrapolates the guess from the step before"},
    SamplerWords{SamplerKind::kIpndm4, "Weighs the last four slopes as if steps were equal"},
    SamplerWords{SamplerKind::kEulerAncestral,
                 "Euler to below the next level, fresh noise up to it"},
    SamplerWords{SamplerKind::kDpmPlusPlus2MSde, "As 2M, along the SDE: with fresh noise"},
    SamplerWords{SamplerKind::kDdim, "Keeps the noise it finds; η puts fresh noise in its place"},
    SamplerWords{SamplerKind::kDdpm, "Draws from the noising chain's posterior, given the guess"},
    SamplerWords{SamplerKind::kDpmPlusPlus3M, "Extrapolates the guess from the two steps before"},
    SamplerWords{SamplerKind::kDpmPlusPlus2S, "Asks again half-way in ln σ, without a memory"},
    SamplerWords{SamplerKind::kDpmPlusPlus3S, "Asks again at a third and two thirds in ln σ"},
    SamplerWords{SamplerKind::kDpmPlusPlus3MSde, "As 3M, along the SDE: with fresh noise"},
    SamplerWords{SamplerKind::kUniPc1, "Euler, corrected by the next guess"},
    SamplerWords{SamplerKind::kUniPc2, "From one step before, corrected by the next guess"},
    SamplerWords{SamplerKind::kUniPc3, "From two steps before, corrected by the next guess"},
    SamplerWords{SamplerKind::kLms4, "A polynomial in σ through four slopes, integrated"},
    SamplerWords{SamplerKind::kDeis3, "A polynomial in ln σ through three slopes, integrated"},
    SamplerWords{SamplerKind::kPndm, "Runge-Kutta to begin with, then four estimates of noise"},
    SamplerWords{SamplerKind::kConsistency, "Jumps to the guess, then to the next level's noise"},
    SamplerWords{SamplerKind::kPredictorCorrector,
                 "Langevin steps at each level, then the reverse SDE"},
    SamplerWords{SamplerKind::kCold, "Changes x by what the guess changes from level to level"},
    SamplerWords{SamplerKind::kColdNaive, "Makes the guess as bad as the next severity says"},
};
static_assert(std::ranges::equal(kSamplerWords, kSamplers, {}, &SamplerWords::kind,
                                 &SamplerName::kind),
              "Each sampler has its words, in the order of kSamplers.");

// "Extrapolates the guess from the step before. Lu et al. 2022b"
inline std::string words_of(const SamplerName& sampler) {
  const auto found = std::ranges::find(kSamplerWords, sampler.kind, &SamplerWords::kind);
  return text_of(found->words, ". ", sampler.source);
}

}  // namespace stepwise::app
