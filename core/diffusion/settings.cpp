#include "diffusion/settings.h"

#include <string>

#include "diffusion/grid.h"

namespace stepwise {
namespace {

constexpr Range<double> kGuidanceInterval{0, kSigma.max};

// Network evaluations of one picture at one level, in units of calls of D.
int evaluations_at(const SampleSettings& s, double sigma) {
  const bool acts = sigma >= s.guidance_min && sigma <= s.guidance_max;
  const bool both = acts && s.label != kNoClass && s.guidance != 0 && s.guidance != 1;
  return both ? 2 : 1;
}

}  // namespace

void check(const SampleSettings& s) {
  kCount.check("The number of pictures", s.count);
  require(s.label >= kNoClass, "There is no class ", s.label, ". Classes are numbered from 0.");
  kGuidance.check("The guidance", s.guidance);
  kGuidanceInterval.check("The lower end of the guidance interval", s.guidance_min);
  kGuidanceInterval.check("The upper end of the guidance interval", s.guidance_max);
  require(s.guidance_min <= s.guidance_max,
          "The guidance interval starts at sigma = ", s.guidance_min, ", above its end at ",
          s.guidance_max, ". Swap the two.");
  kSteps.check("The number of steps", s.steps);
  kSigma.check("The smallest sigma", s.sigma_min);
  kSigma.check("The largest sigma", s.sigma_max);
  require(s.sigma_min < s.sigma_max, "The smallest sigma is ", s.sigma_min,
          ", but must lie below the largest, ", s.sigma_max, ".");
  kRho.check("rho", s.rho);
  kEta.check("eta", s.eta);
}

SamplerKind sampler_of(std::string_view id) {
  std::string names;
  for (const SamplerName& name : kSamplers) {
    if (name.id == id) return name.kind;
    names += (names.empty() ? "" : ", ") + std::string(name.id);
  }
  throw Error(text_of("There is no sampler '", id, "'. Choose one of: ", names, "."));
}

const SamplerName& name_of(SamplerKind kind) {
  for (const SamplerName& name : kSamplers)
    if (name.kind == kind) return name;
  throw Error(text_of("There is no sampler number ", int(kind), "."));
}

int evaluations_per_picture(const SampleSettings& s) {
  const std::vector<double> sigmas = sigma_grid(s);
  int evaluations = 0;
  for (std::size_t i = 0; i + 1 < sigmas.size(); ++i) {
    evaluations += evaluations_at(s, sigmas[i]);
    if (s.sampler == SamplerKind::kHeun && sigmas[i + 1] > 0)
      evaluations += evaluations_at(s, sigmas[i + 1]);
  }
  return evaluations;
}

}  // namespace stepwise
