#include "diffusion/denoiser.h"

#include "diffusion/model.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "closed_forms.h"

namespace stepwise {
namespace {

constexpr double kSigmaData = 0.71;

Levels edm() { return {Schedule(kSigmaData), {}, {}}; }

// A network whose answer depends on everything it is given; it notes its calls.
struct FakeNetwork {
  std::vector<std::int64_t> batches;
  Tensor input, timestep, labels;

  Network network() {
    return [this](const Tensor& in, const Tensor& t, const Conditioning& c) {
      const Tensor& l = c.labels;
      batches.push_back(in.size(0));
      input = in, timestep = t, labels = l;
      const Tensor shift = l.defined() ? l.to(in.dtype()) * 0.1 + t : t;
      return torch::tanh(in) + shift.view({-1, 1, 1, 1});
    };
  }
};

Tensor pictures(int count = 3) {
  torch::manual_seed(4);
  return torch::randn({count, 1, 4, 4}, torch::kDouble);
}

TEST(NetworkDenoiser, GivesTheNetworkScaledPicturesTimestepsAndLabels) {
  FakeNetwork fake;
  const Tensor x = pictures(), labels = torch::tensor({4, 0, 7});
  network_denoiser(fake.network(), edm(), {labels})(x, 2);
  EXPECT_TRUE(torch::allclose(fake.input, x / std::sqrt(4 + kSigmaData * kSigmaData)));
  EXPECT_EQ(fake.timestep.sizes(), torch::IntArrayRef({3}));
  EXPECT_TRUE(torch::allclose(fake.timestep, torch::full({3}, std::log(2) / 4, torch::kDouble)));
  EXPECT_TRUE(torch::equal(fake.labels, labels));
}

TEST(NetworkDenoiser, TrustsThePictureWithoutNoiseAndTheMeanWithoutPicture) {
  FakeNetwork fake;
  const Tensor x = pictures();
  const Denoise denoise = network_denoiser(fake.network(), edm());
  EXPECT_TRUE(torch::allclose(denoise(x, 1e-6), x, 0, 1e-4));
  EXPECT_TRUE(torch::equal(denoise(x, 0), x));
  const Network silent = [](const Tensor& in, const Tensor&, const Conditioning&) {
    return torch::zeros_like(in);
  };
  const Tensor far = network_denoiser(silent, edm())(1000 * x, 1000);
  EXPECT_LT(far.abs().max().item<double>(), 0.01);
}

TEST(NetworkDenoiser, KeepsSinglePrecisionAndRecordsGradientsWhereThePictureAsksForThem) {
  FakeNetwork fake;
  const Tensor x = pictures().to(torch::kFloat);
  const Denoise denoise = network_denoiser(fake.network(), edm());
  const Tensor guess = denoise(x, 1.5);
  EXPECT_EQ(guess.scalar_type(), torch::kFloat);
  EXPECT_EQ(fake.timestep.scalar_type(), torch::kFloat);
  EXPECT_FALSE(guess.requires_grad());
  EXPECT_TRUE(denoise(x.clone().requires_grad_(), 1.5).clean.requires_grad());
}

TEST(NetworkDenoiser, TakesTwiceTheChannelsForAVarianceToo) {
  const Tensor x = pictures();
  const Network twice = [](const Tensor& in, const Tensor&, const Conditioning&) {
    return torch::cat({in, in + 7}, 1);
  };
  const Guess guess = network_denoiser(twice, edm())(x, 1);
  EXPECT_EQ(guess.clean.sizes(), x.sizes());
  EXPECT_TRUE(torch::allclose(guess.variance, edm().at(1).in * x + 7));
  EXPECT_FALSE(network_denoiser(twice, edm())(x, 0).variance.defined());
}

TEST(Clamped, KeepsTheGuessAmongPictures) {
  const Denoise wild = [](const Tensor& x, double) { return 10 * x; };
  const Tensor guess = clamped(wild)(pictures(), 1);
  EXPECT_EQ(guess.abs().max().item<double>(), 1);
}

struct Evaluations {
  int cond = 0, uncond = 0;
  bool operator==(const Evaluations&) const = default;
};

TEST(Guidance, EvaluatesOnlyWhatItNeeds) {
  const auto spent = [](Guidance guidance, double sigma) {
    Evaluations count;
    guided([&](const Tensor& x, double) { return ++count.cond, x; },
           [&](const Tensor& x, double) { return ++count.uncond, x; }, guidance)(pictures(), sigma);
    return count;
  };
  EXPECT_EQ(spent({2, 0.5, 5}, 1), (Evaluations{1, 1}));
  EXPECT_EQ(spent({2, 0.5, 5}, 0.5), (Evaluations{1, 1}));
  EXPECT_EQ(spent({2, 0.5, 5}, 0.4), (Evaluations{1, 0}));
  EXPECT_EQ(spent({2, 0.5, 5}, 6), (Evaluations{1, 0}));
  EXPECT_EQ(spent({1, 0.5, 5}, 1), (Evaluations{1, 0}));
  EXPECT_EQ(spent({0, 0.5, 5}, 1), (Evaluations{0, 1}));
}

TEST(Guidance, GoesFromTheUnconditionalGuessThroughTheConditional) {
  const Denoise five = [](const Tensor& x, double) { return torch::full_like(x, 5); };
  const Denoise three = [](const Tensor& x, double) { return torch::full_like(x, 3); };
  const auto at = [&](double w) {
    return guided(five, three, {w})(pictures(), 1).clean[0][0][0][0].item<double>();
  };
  EXPECT_EQ(at(0), 3);
  EXPECT_EQ(at(0.5), 4);
  EXPECT_EQ(at(1), 5);
  EXPECT_EQ(at(3), 9);
}

TEST(GuidedNetwork, AnswersAsTwoDenoisersButInOneBatch) {
  FakeNetwork fake;
  const Tensor x = pictures(), labels = torch::tensor({4, 0, 7});
  const Denoise cond = network_denoiser(fake.network(), edm(), {labels});
  const Denoise uncond = network_denoiser(fake.network(), edm(), {torch::full_like(labels, 10)});
  for (const double w : {0., 1., 2.5}) {
    const Guidance guidance{w, 0.5, 5};
    const Denoise one =
        guided_network(fake.network(), edm(), {labels}, {torch::full_like(labels, 10)}, guidance);
    for (const double sigma : {0.1, 1., 10.})
      EXPECT_TRUE(torch::allclose(one(x, sigma), guided(cond, uncond, guidance)(x, sigma)));
  }
  fake.batches.clear();
  guided_network(fake.network(), edm(), {labels}, {torch::full_like(labels, 10)}, {2, 0.5, 5})(x,
                                                                                               1);
  guided_network(fake.network(), edm(), {labels}, {torch::full_like(labels, 10)}, {2, 0.5, 5})(x,
                                                                                               10);
  EXPECT_EQ(fake.batches, (std::vector<std::int64_t>{6, 3}));
}

TEST(Conditions, AreDealtInTurnUnlessOneIsAskedFor) {
  using All = std::vector<Condition>;
  EXPECT_EQ(dealt({}, 3, 5), (All{{0}, {1}, {2}, {0}, {1}}));
  EXPECT_EQ(dealt({}, 0, 2), (All{{}, {}}));
  EXPECT_EQ(dealt(Condition{2}, 3, 2), (All{{2}, {2}}));
  EXPECT_EQ(dealt(Condition{}, 3, 2), (All{{}, {}}));
}

TEST(Conditions, OfClassesTheModelDoesNotKnowAreRefused) {
  EXPECT_THROW(encode({{3}}, {3}), Error);
  EXPECT_THROW(encode({{-1}}, {3}), Error);
  EXPECT_THROW(encode({{0}}, {0}), Error);
}

Model model_of_fake(FakeNetwork& fake, Classes classes) {
  return *model_of(fake.network(), {.schedule = edm().schedule, .classes = classes});
}

TEST(ModelDenoiser, GuidesTowardsTheClasses) {
  FakeNetwork fake;
  SampleSettings settings;
  settings.guidance = 2;
  const Tensor x = pictures() * 3;
  model_of_fake(fake, {10}).denoiser({{4}, {}, {7}}, settings)(x, 1);
  EXPECT_TRUE(torch::equal(fake.labels, torch::tensor({4, 10, 7, 10, 10, 10})));
}

TEST(ModelDenoiser, RefusesWhatNeedsANullClassWhereThereIsNone) {
  FakeNetwork fake;
  SampleSettings settings;
  const Model model = model_of_fake(fake, {10, false});
  model.denoiser({{4}, {7}, {0}}, settings)(pictures(), 1);
  EXPECT_TRUE(torch::equal(fake.labels, torch::tensor({4, 7, 0})));
  EXPECT_THROW(model.denoiser({{4}, {}}, settings), Error);
  settings.guidance = 2;
  EXPECT_THROW(model.denoiser({{4}, {7}}, settings), Error);
}

TEST(ModelDenoiser, WithoutClassesNeedsNoSecondEvaluation) {
  FakeNetwork fake;
  SampleSettings settings;
  settings.guidance = 2;
  const std::vector<Condition> none(3);
  model_of_fake(fake, {10}).denoiser(none, settings)(pictures(), 1);
  EXPECT_TRUE(torch::equal(fake.labels, torch::tensor({10, 10, 10})));
  model_of_fake(fake, {0}).denoiser(none, settings)(pictures(), 1);
  EXPECT_FALSE(fake.labels.defined());
  EXPECT_EQ(fake.batches, (std::vector<std::int64_t>{3, 3}));
}

}  // namespace
}  // namespace stepwise
