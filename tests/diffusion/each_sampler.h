// Tests that hold for every sampler of the table, by its name.
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "settings/sample_settings.h"

namespace stepwise {

class EachSampler : public testing::TestWithParam<SamplerName> {
 protected:
  SamplerKind kind() const { return GetParam().kind; }
};

// Those that evaluate the guess again at x as they have corrected it, also in the last step.
inline bool corrects(SamplerKind kind) { return kind == SamplerKind::kPredictorCorrector; }

// All but those whose last step, to no noise, is an extrapolation like all others.
inline bool lands_on_guess(SamplerKind kind) {
  return kind != SamplerKind::kLms4 && kind != SamplerKind::kPndm && !corrects(kind);
}

inline std::string test_name(const testing::TestParamInfo<SamplerName>& info) {
  std::string name;
  for (const char c : info.param.id)
    if (std::isalnum(static_cast<unsigned char>(c))) name += c;
  return name;
}

// What gtest shows of a parameter.
inline void PrintTo(const SamplerName& name, std::ostream* out) { *out << name.id; }

}  // namespace stepwise
