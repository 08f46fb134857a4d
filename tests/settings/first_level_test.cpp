#include "settings/first_level.h"

#include <gmock/gmock.h>

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

SampleSettings beginning_at(double sigma, Beginning begin) {
  SampleSettings settings;
  settings.sigma_max = sigma;
  settings.begin = begin;
  return settings;
}

const SampleSettings kGaussianAt2 = beginning_at(2, Beginning::kGaussian);
const SampleSettings kNoiseAt60 = beginning_at(60, Beginning::kNoise);

TEST(FirstLevel, AboveWhatWasLearnedIsToldWithBothLevels) {
  EXPECT_THAT(trouble_at_first_level(kNoiseAt60, kGaussianAt2, 2),
              AllOf(HasSubstr("no noise level above 2"), HasSubstr("level 60")));
  EXPECT_NE(trouble_at_first_level(beginning_at(3, Beginning::kGaussian), kGaussianAt2, 2), "");
  EXPECT_EQ(trouble_at_first_level(kGaussianAt2, kGaussianAt2, 2), "");
}

TEST(FirstLevel, OfNoiseAloneIsTooLowForAModelThatBeginsWithGaussians) {
  SampleSettings noise = beginning_at(2, Beginning::kNoise);
  EXPECT_THAT(trouble_at_first_level(noise, kGaussianAt2, 2), HasSubstr("noise alone"));
  noise.grid = GridKind::kModel;
  EXPECT_THAT(trouble_at_first_level(noise, kGaussianAt2, 2), HasSubstr("noise alone"));
}

TEST(FirstLevel, OfAnExpertIsAnyThatItLearned) {
  EXPECT_EQ(trouble_at_first_level(beginning_at(20, Beginning::kNoise), kNoiseAt60, 20), "");
  EXPECT_NE(trouble_at_first_level(kNoiseAt60, kNoiseAt60, 20), "");
}

TEST(FirstLevel, OfAModelThatSaysNothingOfWhatItLearnedIsAny) {
  EXPECT_EQ(trouble_at_first_level(kNoiseAt60, kGaussianAt2, 0), "");
  EXPECT_EQ(trouble_at_first_level(beginning_at(1000, Beginning::kNoise), kNoiseAt60, 0), "");
}

TEST(FirstLevel, OfTheModelsOwnGridIsNotKnown) {
  SampleSettings own = kNoiseAt60;
  own.grid = GridKind::kModel;
  EXPECT_EQ(trouble_at_first_level(own, kNoiseAt60, 20), "");
}

}  // namespace
}  // namespace stepwise
