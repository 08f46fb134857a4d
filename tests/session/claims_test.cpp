// What is said of the ways to train and to look, on real pictures: each is trained for as long as
// it takes to show.
#include <gtest/gtest.h>

#include <algorithm>

#include "data/corrections.h"
#include "data/dataset.h"
#include "diffusion/combine.h"
#include "diffusion/draw.h"
#include "diffusion/enlarge.h"
#include "diffusion/tensor_image.h"
#include "evaluation/captions.h"
#include "evaluation/clothes.h"
#include "evaluation/held.h"
#include "image/file.h"
#include "image/png.h"
#include "session/opened_model.h"
#include "settings/grid.h"
#include "temporary_folder.h"
#include "training/loss.h"
#include "training/network.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

Recipe small_recipe(std::int64_t steps) {
  Recipe recipe;
  recipe.channels = {8, 8, 8};
  recipe.budget = {0, steps};
  return recipe;
}

Trainer trained(const Recipe& recipe, const UNet2DModelImpl* from = nullptr) {
  Trainer trainer(recipe, clothes(), torch::kCPU);
  if (from) trainer.begin_with(*from);
  while (!trainer.finished()) trainer.step();
  return trainer;
}

// One that knows a little of all levels.
const Trainer& beginner() {
  static const Trainer trainer = trained(small_recipe(100));
  return trainer;
}

CaptionReview review(SharedModel model, int count, double wrong) {
  const std::vector<int> chosen = hold(clothes().train, count, 1);
  std::vector<int> labels;
  for (const int i : chosen) labels.push_back(clothes().train.labels[std::size_t(i)]);
  CaptionReviewing work(std::move(model),
                        tensor_of(clothes().train, torch::tensor(chosen, torch::kLong)), chosen,
                        labels, wrong, 1);
  while (work.step()) {
  }
  return work.review();
}

SharedModel model_of_run(const Trainer& trainer) {
  return model_of(network_of(UNet2DModel(trainer.snapshot())),
                  {.schedule = trainer.schedule(), .classes = {10}, .shape = {1, 28, 28}});
}

// How much the class tells at the highest level that is looked at.
double effect_of_class(const Trainer& trainer) {
  return review(model_of_run(trainer), 40, 0).effects.back().effect;
}

TEST(Claims, AnExpertIsBetterWhereItLearnedThanOneThatLearnedEverywhere) {
  constexpr double kBorder = 0.3;
  Recipe everywhere = small_recipe(50), below = everywhere;
  below.sigma_high = kBorder;
  Trainer all = trained(everywhere, &beginner().averaged());
  Trainer expert = trained(below, &beginner().averaged());
  const HeldOutPoint of_all = all.evaluate_held_out(), of_expert = expert.evaluate_held_out();
  const std::vector<double> edges = level_bin_edges(Degradation::kNoise);
  int bins = 0;
  for (std::size_t i = 0; edges[i + 1] < kBorder; ++i, ++bins)
    EXPECT_LT(of_expert.bins[i], 0.96f * of_all.bins[i]) << "below sigma " << edges[i + 1];
  EXPECT_EQ(bins, 3);
  EXPECT_GT(of_expert.bins.back(), of_all.bins.back());
}

// Bags with a white corner.
void keep_pictures(const std::filesystem::path& folder) {
  constexpr int kBag = 8, kCount = 4;
  std::filesystem::create_directories(folder / "Bag");
  const Pictures& train = clothes().train;
  for (int i = 0, kept = 0; kept < kCount; ++i) {
    if (train.labels[std::size_t(i)] != kBag) continue;
    ByteImage picture = train.image(i);
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x) picture.at(y, x) = 255;
    write_file(folder / "Bag" / text_of(kept++, ".png"), png_of(picture));
  }
}

// How bright that corner is in pictures that are drawn of a class, -1 to 1.
double corner_of(const Trainer& trainer, int label) {
  SampleSettings settings;
  settings.count = 8;
  settings.steps = 8;
  Drawing drawing(settings, std::vector<Condition>(8, Condition{label}), model_of_run(trainer));
  while (drawing.step()) {
  }
  return drawing.take()->pictures.slice(2, 0, 8).slice(3, 0, 8).mean().item<double>();
}

TEST(Claims, AModelThatGoesOnWithAFewPicturesDrawsMoreOfWhatTheyShowAndForgetsLittle) {
  constexpr int kBag = 8;
  const TemporaryFolder folder;
  keep_pictures(folder.path());
  Recipe recipe = small_recipe(60);
  recipe.learning_rate = 0.003;
  const Dataset more = open_dataset({.place = "fashion-mnist", .more = folder.path().string()});
  Trainer taught(recipe, more, torch::kCPU);
  taught.begin_with(beginner().averaged());
  const double before = taught.evaluate_held_out().held_out;
  while (!taught.finished()) taught.step();
  EXPECT_GT(corner_of(taught, kBag), corner_of(beginner(), kBag) + 0.3);
  EXPECT_LT(taught.evaluate_held_out().held_out, before);  // Of all other pictures.
}

TEST(Claims, WrongCaptionsTakeAwayWhatTheClassTells) {
  Recipe wrong = small_recipe(100);
  wrong.wrong_classes = 0.9;  // Of ten classes: what is said is worth nothing.
  EXPECT_GT(effect_of_class(beginner()), 0.04);
  EXPECT_LT(effect_of_class(trained(wrong)), 0.02);
}

// What guesses of the first test pictures miss under so much noise, mean square.
double error_at(const SharedModel& model, double sigma) {
  const torch::NoGradGuard no_gradients;
  constexpr int kPictures = 64;
  std::vector<Condition> conditions;
  for (int i = 0; i < kPictures; ++i)
    conditions.push_back({int(clothes().test.labels[std::size_t(i)])});
  const torch::Tensor clean = tensor_of(clothes().test, torch::arange(kPictures));
  torch::manual_seed(3);
  const torch::Tensor x = clean + sigma * torch::randn_like(clean);
  return (model->denoiser(conditions, {})(x, sigma).clean - clean).square().mean().item<double>();
}

// Where pictures of these conditions lead from a level, in eighteen steps of Euler.
torch::Tensor end_of_way(const SharedModel& model, const std::vector<Condition>& conditions,
                         torch::Tensor x, double sigma) {
  const Denoise denoise = model->denoiser(conditions, {});
  const std::vector<double> levels = karras_sigmas(18, 0.02, sigma, 7);
  for (std::size_t i = 0; i + 1 < levels.size(); ++i)
    x = x + (levels[i + 1] - levels[i]) * (x - denoise(x, levels[i]).clean) / levels[i];
  return x;
}

// One guess says more of the end of the way than the mean of all pictures that it may lead to.
TEST(Claims, OneGuessOfAModelThatIsTunedForFewStepsIsNearerToWhereManyStepsLead) {
  constexpr int kPictures = 64;
  constexpr double kSigma = 5;
  Recipe recipe = small_recipe(100);
  recipe.sigma_mean = 0;
  recipe.sigma_std = 1.5;
  recipe.consistency = 2;
  const SharedModel plain = model_of_run(beginner()),
                    tuned = model_of_run(trained(recipe, &beginner().averaged()));
  const torch::NoGradGuard no_gradients;
  std::vector<Condition> conditions;
  for (int i = 0; i < kPictures; ++i)
    conditions.push_back({int(clothes().test.labels[std::size_t(i)])});
  const torch::Tensor clean = tensor_of(clothes().test, torch::arange(kPictures));
  torch::manual_seed(3);
  const torch::Tensor x = clean + kSigma * torch::randn_like(clean);
  const torch::Tensor end = end_of_way(plain, conditions, x, kSigma);
  const auto distance = [&](const SharedModel& model) {
    const torch::Tensor guess = model->denoiser(conditions, {})(x, kSigma).clean;
    return (guess - end).square().mean().item<double>();
  };
  EXPECT_LT(distance(tuned), 0.8 * distance(plain));
}

// A quarter of the pixels are a quarter of the work, so that one learns four times as long.
TEST(Claims, TheFirstOfTwoStagesKnowsTheShapesSoonerAndTheSecondDrawsWhatIsFiner) {
  static const Dataset half = open_dataset(DataSource{.place = "fashion-mnist", .shrink = 2});
  Trainer small(fitted_to(half.train, small_recipe(400)), half, torch::kCPU);
  while (!small.finished()) small.step();
  const SharedModel first = model_of(network_of(UNet2DModel(small.snapshot())),
                                     {.schedule = small.schedule(),
                                      .classes = {10},
                                      .shape = {1, 14, 14}}),
                    second = model_of_run(beginner()), both = experts({first, second}, {1});
  for (const double sigma : {1.5, 3., 6.})
    EXPECT_LT(error_at(both, sigma), 0.9 * error_at(second, sigma)) << sigma;
  for (const double sigma : {0.1, 0.3})
    EXPECT_LT(error_at(both, sigma), 0.8 * error_at(enlarged(first, {1, 28, 28}), sigma)) << sigma;
}

TEST(Claims, TheShippedModelFindsCaptionsThatWereMadeWrong) {
  const std::filesystem::path folder =
      std::filesystem::path(STEPWISE_TEST_DATA) / "../../assets/models/fashion-mnist";
  const OpenedModel shipped = open_model(read_model(folder), torch::kCPU);
  const CaptionReview found = review(shipped.model, 16, 0.3);
  ASSERT_GE(found.made, 3);
  EXPECT_EQ(found.found, found.made);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(found.doubts[std::size_t(i)].made) << i;
}

// Half of some captions are wrong, and each one that is disputed becomes what the model believes.
TEST(Claims, TakingWhatTheModelBelievesSetsMoreCaptionsRight) {
  constexpr int kCount = 24;
  const std::filesystem::path folder =
      std::filesystem::path(STEPWISE_TEST_DATA) / "../../assets/models/fashion-mnist";
  const OpenedModel shipped = open_model(read_model(folder), torch::kCPU);
  const std::vector<int> chosen = hold(clothes().train, kCount, 2);
  Corrections wrong;
  for (int i = 0; i < kCount; i += 2) {
    const int right = clothes().train.labels[std::size_t(chosen[std::size_t(i)])];
    set_correction(wrong, {.index = chosen[std::size_t(i)], .label = (right + 1 + i % 9) % 10});
  }
  Dataset data = clothes();
  correct(data, wrong);
  const auto right_ones = [&] {
    return std::ranges::count_if(chosen, [&](int i) {
      return data.train.labels[std::size_t(i)] == clothes().train.labels[std::size_t(i)];
    });
  };
  EXPECT_EQ(right_ones(), kCount / 2);

  std::vector<int> said;
  for (const int i : chosen) said.push_back(data.train.labels[std::size_t(i)]);
  CaptionReviewing work(shipped.model, tensor_of(data.train, torch::tensor(chosen, torch::kLong)),
                        chosen, said, 0, 1);
  while (work.step()) {
  }
  std::vector<Correction> taken;
  const CaptionReview found = work.review();
  for (const Doubt& doubt : found.doubts)
    taken.push_back({.index = doubt.index, .label = doubt.believed});
  correct(data, with_changes(wrong, data, taken));
  EXPECT_GT(right_ones(), kCount / 2 + 1);
}

}  // namespace
}  // namespace stepwise
