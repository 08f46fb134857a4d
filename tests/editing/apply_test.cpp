#include "editing/apply.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <limits>

#include "diffusion/degradation.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "strokes.h"

namespace stepwise {
namespace {

using torch::Tensor;

// A frame at sigma = 2, and a guess with one pixel painted.
struct Painting {
  double sigma = 2;
  Tensor guess, noise, x, painted;
  Edit edit;

  Painting() {
    torch::manual_seed(1);
    guess = torch::rand({1, 20, 20}) * 2 - 1;
    noise = torch::randn({1, 20, 20});
    x = guess + sigma * noise;
    painted = guess.clone();
    painted[0][3][4] = 1;
    edit.step = 5;
    edit.layers = {{dot(4, 3), Paint{Surface::kGuess, 1}}};
  }
  Tensor apply() const { return apply_edit(x, guess, sigma, edit).x; }
};

TEST(ApplyEdit, OnTheGuessKeepsTheImpliedNoise) {
  const Painting p;
  const Tensor implied = (p.apply() - p.painted) / p.sigma;
  EXPECT_TRUE(torch::allclose(implied, (p.x - p.guess) / p.sigma, 1e-5, 1e-5));
}

TEST(ApplyEdit, LeavesUnpaintedPixelsExactlyAsTheyWere) {
  const Painting p;
  const Tensor changed = p.apply() != p.x;
  EXPECT_EQ(changed.sum().item<int>(), 1);
  EXPECT_TRUE(changed[0][3][4].item<bool>());
}

TEST(ApplyEdit, WithFreshNoiseKeepsTheNoiseLevelButNotTheNoise) {
  Painting p;
  p.edit.noise = NoiseSource::kFresh;
  const Tensor x = p.apply();
  EXPECT_NEAR(noise_level(x, p.painted), p.sigma, 0.3);
  EXPECT_LT(((x - p.painted) * p.noise).mean().abs().item<double>(), 0.5);
  EXPECT_TRUE(torch::equal(x, p.apply()));
  p.edit.noise_seed = 2;
  EXPECT_FALSE(torch::equal(x, p.apply()));
}

TEST(ApplyEdit, OnTheNoisyPictureTakesItAsPainted) {
  Painting p;
  p.edit.layers = {{dot(4, 3), Paint{Surface::kNoisy, 1}}};
  Tensor expected = p.x.clone();
  expected[0][3][4] = 1;
  EXPECT_TRUE(torch::equal(p.apply(), expected));
}

TEST(ApplyEdit, OnBothPaintsTheNoisyPictureOverWhatTheGuessMadeOfIt) {
  Painting p;
  const Tensor on_guess = p.apply();
  p.edit.layers.push_back({dot(9, 9), Paint{Surface::kNoisy, -1}});
  Tensor expected = on_guess.clone();
  expected[0][9][9] = -1;
  EXPECT_TRUE(torch::equal(p.apply(), expected));
}

TEST(ApplyEdit, GivesTheGuessAfterTheEditToo) {
  const Painting p;
  EXPECT_TRUE(torch::equal(apply_edit(p.x, p.guess, p.sigma, p.edit).guess, p.painted));
}

TEST(ApplyEdit, AnErasedStrokeLeavesNoTrace) {
  Painting p;
  p.edit.layers.push_back({dot(4, 3), Erase{}});
  EXPECT_TRUE(torch::equal(p.apply(), p.x));
  p.edit.layers.push_back({dot(4, 3), Paint{Surface::kGuess, 1}});  // Layers go over those before.
  EXPECT_NE(p.apply()[0][3][4].item<float>(), p.x[0][3][4].item<float>());
}

TEST(ApplyEdit, AddsNothingToAFinishedPicture) {
  Painting p;
  p.sigma = 0;
  for (const NoiseSource source : {NoiseSource::kImplied, NoiseSource::kFresh}) {
    p.edit.noise = source;
    EXPECT_TRUE(torch::equal(p.apply(), p.painted));
  }
}

// The painting again, of a picture that a degradation of this severity has made worse.
struct WorsePainting : Painting {
  DegradationStack stack;
  Tensor random;

  WorsePainting(const DegradationStack& by, double severity) : stack(by) {
    sigma = severity;
    random = noise.unsqueeze(0);
    x = worse(guess);
  }
  Tensor worse(const Tensor& clean) const {
    return degraded(stack, clean.unsqueeze(0), torch::full({1}, sigma), random)[0];
  }
  Tensor apply() const {
    return apply_edit(x, guess, sigma, edit, [&](const Tensor& clean) { return worse(clean); }).x;
  }
};

TEST(ApplyEdit, MakesAStrokeAsBadAsThePictureThatItIsPaintedOn) {
  for (const DegradationStack& stack :
       {DegradationStack(Degradation::kBlur), DegradationStack(Degradation::kBlocks),
        DegradationStack({Degradation::kText, Degradation::kLowResolution})}) {
    const WorsePainting p(stack, 0.5);
    EXPECT_TRUE(torch::allclose(p.apply(), p.worse(p.painted), 0, 1e-6)) << id_of(stack);
  }
}

TEST(ApplyEdit, OfBlurLeavesNoSharpStrokeForTheModelToMakeAHaloOf) {
  const WorsePainting p(Degradation::kBlur, 0.5);
  const Tensor change = (p.apply() - p.x)[0], sharp = (p.painted - p.guess)[0];
  EXPECT_LT(change[3][4].item<float>(), 0.1f * sharp[3][4].item<float>());
  EXPECT_GT(change[3][5].item<float>(), 0);  // What is beside it has its share.
  EXPECT_NEAR(change.sum().item<float>(), sharp.sum().item<float>(),
              0.3f * sharp.sum().item<float>());
}

TEST(ApplyEdit, AtSeverityZeroAStrokeIsAsPainted) {
  const WorsePainting p(Degradation::kBlur, 0);
  EXPECT_TRUE(torch::equal(p.apply(), p.painted));
}

// What the guess gets wrong of x stays, and so does what is lost.
TEST(ApplyEdit, OfADegradationLeavesPixelsThatNothingPaintedReachesAsTheyWere) {
  WorsePainting p(Degradation::kBlocks, 0.5);
  p.x = p.x + 0.1 * p.noise;
  const Tensor shown = p.worse(torch::ones_like(p.guess)) == 1;
  for (const bool is_shown : {true, false}) {
    const Tensor place = (shown[0] == is_shown).nonzero()[0];
    const int y = place[0].item<int>(), x = place[1].item<int>();
    p.edit.layers = {{dot(x, y), Paint{Surface::kGuess, 1}}};
    const Tensor changed = p.apply() != p.x;
    EXPECT_EQ(changed.sum().item<int>(), is_shown ? 1 : 0);
    EXPECT_EQ(changed[0][y][x].item<bool>(), is_shown);
  }
}

TEST(ApplyEdit, RefusesStrokesThatAreNoNumbers) {
  Painting p;
  p.edit.layers[0].what = Paint{Surface::kGuess, std::numeric_limits<float>::quiet_NaN()};
  EXPECT_THROW(p.apply(), Error);
  p.edit.layers = {{Stroke{{{0, std::numeric_limits<float>::infinity()}}, 1, 0}, Paint{}}};
  EXPECT_THROW(p.apply(), Error);
}

TEST(NoiseLevel, IsSigmaForAPictureAsNoisyAsItShouldBe) {
  torch::manual_seed(2);
  const Tensor guess = torch::rand({1, 100, 100}), noise = torch::randn({1, 100, 100});
  EXPECT_NEAR(noise_level(guess + 3 * noise, guess), 3, 0.1);
  EXPECT_EQ(noise_level(guess, guess), 0);
}

}  // namespace
}  // namespace stepwise
