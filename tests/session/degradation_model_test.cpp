// Models that undo something else than noise: trained a little, opened again, drawn and painted
// with.
#include <gmock/gmock.h>
#include <torch/utils.h>

#include "diffusion/combine.h"
#include "diffusion/draw_all.h"
#include "diffusion/forward.h"
#include "diffusion/tensor_image.h"
#include "editing/begin.h"
#include "editing/forest.h"
#include "error_of.h"
#include "session/answers.h"
#include "session/opened_model.h"
#include "strokes.h"
#include "temporary_folder.h"
#include "training/loss.h"
#include "training/toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

ClassGaussians gaussians_of(const Dataset& data) {
  GaussianFit fit(pixels_of(data.train), labels_of(data.train).to(torch::kLong),
                  int(data.class_names.size()));
  while (fit.step()) continue;
  return fit.take();
}

Trainer trained(const DegradationStack& degradation, std::int64_t steps) {
  const Dataset data = toy_data();
  Recipe recipe = toy_recipe(steps);
  recipe.degradation = degradation;
  Trainer trainer(recipe, data, torch::kCPU);
  trainer.keep_gaussians(gaussians_of(data));
  while (!trainer.finished()) trainer.step();
  return trainer;
}

SharedModel model_of(const Trainer& trainer) {
  return model_of(network_of(UNet2DModel(trainer.snapshot())), {.schedule = trainer.schedule(),
                                                                .classes = {2},
                                                                .shape = {1, 8, 8},
                                                                .gaussians = trainer.gaussians()});
}

SampleSettings settings_of_bars(const Trainer& trainer) {
  SampleSettings settings = trainer.defaults();
  settings.count = 4;
  settings.steps = 5;
  return settings;
}

std::vector<Condition> bars_in_turn() { return {{0}, {1}, {0}, {1}}; }

class EachUndone : public testing::TestWithParam<DegradationStack> {};
INSTANTIATE_TEST_SUITE_P(
    All, EachUndone,
    testing::Values(Degradation::kBlur, Degradation::kLowResolution, Degradation::kBlocks,
                    Degradation::kJpeg, Degradation::kText,
                    DegradationStack({Degradation::kBlur, Degradation::kBlocks})),
    [](const auto& each) {
      std::string name(id_of(each.param));
      std::erase_if(name, [](char c) { return c == '-' || c == ','; });
      return name;
    });

TEST_P(EachUndone, TrainingLowersTheErrorOfPicturesThatItHasNotSeen) {
  Trainer fresh = trained(GetParam(), 1), trainer = trained(GetParam(), 60);
  const HeldOutPoint before = fresh.evaluate_held_out(), after = trainer.evaluate_held_out();
  EXPECT_LT(after.held_out, 0.7f * before.held_out);
  EXPECT_EQ(after.bins.size(), std::size_t(kLevelBins));
}

TEST_P(EachUndone, OpenedAgainItDrawsTheSamePictures) {
  const TemporaryFolder folder;
  Trainer trainer = trained(GetParam(), 20);
  trainer.save(folder.path());
  const OpenedModel opened = open_model(read_model(folder.path()), torch::kCPU);
  EXPECT_EQ(opened.announcement.degradation, GetParam());
  EXPECT_EQ(opened.announcement.defaults, trainer.defaults());
  EXPECT_EQ(opened.folder.notes, std::vector<std::string>());
  const SampleSettings settings = settings_of_bars(trainer);
  const Tensor pictures = draw(Drawing(settings, bars_in_turn(), opened.model));
  Model own = *model_of(trainer);
  own.gaussians = opened.model->gaussians;  // The file keeps fewer digits.
  const auto trained = std::make_shared<const Model>(own);
  EXPECT_TRUE(torch::equal(pictures, draw(Drawing(settings, bars_in_turn(), trained))));
  EXPECT_TRUE(pictures.isfinite().all().item<bool>());
}

TEST_P(EachUndone, AResumedRunGoesOnAsIfItHadNeverStopped) {
  const TemporaryFolder folder;
  const Dataset data = toy_data();
  Recipe recipe = toy_recipe(8);
  recipe.degradation = GetParam();
  Trainer whole(recipe, data, torch::kCPU), half(recipe, data, torch::kCPU);
  while (!whole.finished()) whole.step();
  for (int i = 0; i < 4; ++i) half.step();
  half.save(folder.path());
  Trainer rest = Trainer::resume(folder.path(), data, torch::kCPU);
  EXPECT_EQ(rest.recipe().degradation, GetParam());
  while (!rest.finished()) rest.step();
  EXPECT_EQ(rest.history().curve.all().back().loss, whole.history().curve.all().back().loss);
}

TEST_P(EachUndone, ADrawingBeginsWithAPictureOfItsClassMadeWorse) {
  const Trainer trainer = trained(GetParam(), 1);
  const SharedModel model = model_of(trainer);
  const SampleSettings settings = settings_of_bars(trainer);
  const Tensor noise =
      PictureNoise(settings.seed, picture_range(0, 4)).draw(NoiseUse::kStart, 0, model->shape);
  const Tensor drawn = gaussian_start(*trainer.gaussians(), bars_in_turn(), noise, 0).clamp(-1, 1);
  const Branch root = root_of(settings, bars_in_turn(), model, {});
  EXPECT_TRUE(torch::equal(first_x(root), worsened(model->schedule, drawn, 1., noise)));
}

Edit painted_at(BranchId branch, int step) {
  Edit edit;
  edit.branch = branch;
  edit.step = step;
  edit.picture = 1;
  edit.layers = {{dot(4, 4), Paint{Surface::kGuess, 1}}};
  return edit;
}

void finish(Forest& forest, BranchId id) {
  while (!forest.branch(id).finished()) forest.advance(id);
}

TEST_P(EachUndone, AStrokeIsMadeAsBadAsWhatItIsPaintedOnAndTheModelGoesOn) {
  const Trainer trainer = trained(GetParam(), 10);
  const SharedModel model = model_of(trainer);
  const SampleSettings settings = settings_of_bars(trainer);
  Forest forest;
  const BranchId root = forest.start(settings, bars_in_turn(), model);
  finish(forest, root);
  SampleSettings other_seed = settings;
  other_seed.seed += 1;  // What was lost is of the tree.
  const BranchId fork = forest.fork(painted_at(root, 2), other_seed, {1}, model);
  finish(forest, fork);
  const PictureAtStep before = forest.lookup(root, 2, 1), after = forest.lookup(fork, 2, 1);
  const Tensor guess = before.guess.unsqueeze(0), painted = forest.branch(fork).edited;
  EXPECT_EQ(painted[0][0][4][4].item<float>(), 1);
  const Tensor noise = PictureNoise(settings.seed, {1}).like(NoiseUse::kStart, 0, guess);
  const auto made_worse = [&](const Tensor& clean) {
    return worsened(model->schedule, clean, before.sigma, noise)[0];
  };
  EXPECT_TRUE(torch::equal(after.x, before.x + (made_worse(painted) - made_worse(guess))));
  Edit nothing = painted_at(root, 2);
  nothing.layers.clear();
  const BranchId unchanged = forest.fork(nothing, other_seed, {1}, model);
  finish(forest, unchanged);
  EXPECT_TRUE(
      torch::allclose(forest.lookup(unchanged, 5, 1).x, forest.lookup(root, 5, 1).x, 0, 1e-3));
}

TEST_P(EachUndone, APictureOfOnesOwnIsMadeWorseAndGivenBack) {
  const Trainer trainer = trained(GetParam(), 5);
  const SharedModel model = model_of(trainer);
  const SampleSettings settings = settings_of_bars(trainer);
  Start start;
  start.picture = image_of(toy_data().test, 0);
  start.sigma = 0.6;
  const Branch root = root_of(settings, bars_in_turn(), model, start);
  EXPECT_NEAR(root.levels.sigmas.front(), 0.6, 1e-12);
  const Tensor noise =
      PictureNoise(settings.seed, picture_range(0, 4)).draw(NoiseUse::kStart, 0, model->shape);
  const Tensor y = to_tensor(start.picture).expand_as(noise);
  EXPECT_TRUE(torch::equal(first_x(root), worsened(model->schedule, y, 0.6, noise)));
}

TEST_P(EachUndone, WhatIsRewoundIsMadeWorseAnew) {
  const Trainer trainer = trained(GetParam(), 5);
  const SharedModel model = model_of(trainer);
  const SampleSettings settings = settings_of_bars(trainer);
  Forest forest;
  const BranchId root = forest.start(settings, bars_in_turn(), model);
  finish(forest, root);
  Edit edit = painted_at(root, 5);
  edit.layers = {{dot(4, 4), Rewind{0.75}}};
  const BranchId back = forest.fork(edit, settings, {1}, model);
  EXPECT_EQ(forest.branch(back).fork, 1);
  const Tensor y = forest.lookup(root, 5, 1).x.unsqueeze(0);
  const Tensor noise = PictureNoise(settings.seed, {1}).like(NoiseUse::kStart, 0, y);
  const double level = forest.branch(back).sigma(1);  // The first above 0.75.
  EXPECT_TRUE(
      torch::equal(forest.branch(back).frames[0].x, worsened(model->schedule, y, level, noise)));
  finish(forest, back);
  EXPECT_TRUE(torch::equal(forest.lookup(back, 5, 1).x[0][0], y[0][0][0]));
}

TEST(DegradationModel, SaysInItsFolderThatDiffusersCannotDrawWithIt) {
  const TemporaryFolder folder;
  trained(Degradation::kBlur, 1).save(folder.path());
  EXPECT_FALSE(std::filesystem::exists(folder / "scheduler"));
  const ModelDescribed told = describe_model(folder.path());
  EXPECT_EQ(told.obstacle, "");
  EXPECT_EQ(told.sigmas.front(), 1);
  ASSERT_EQ(told.notes.size(), 1u);
  EXPECT_THAT(told.notes[0], HasSubstr("blur"));
  EXPECT_THAT(told.notes[0], HasSubstr("diffusers"));
}

TEST(DegradationModel, IsNotCombinedWithOneForNoise) {
  const Trainer blur = trained(Degradation::kBlur, 1), noise = trained(Degradation::kNoise, 1);
  const std::string words = error_of([&] { autoguided(model_of(blur), model_of(noise), 2); });
  EXPECT_THAT(words, HasSubstr("blur"));
  EXPECT_THAT(words, HasSubstr("noise"));
}

TEST(DegradationModel, RefusesWhatIsMadeForNoise) {
  const Trainer trainer = trained(Degradation::kBlocks, 1);
  const SharedModel model = model_of(trainer);
  const SampleSettings settings = settings_of_bars(trainer);
  Start start;
  start.picture = image_of(toy_data().test, 0);
  for (const StartKind kind : {StartKind::kEditFriendly, StartKind::kDdim, StartKind::kFlow}) {
    start.kind = kind;
    EXPECT_THAT(error_of([&] { root_of(settings, bars_in_turn(), model, start); }),
                HasSubstr("blocks"));
  }
  Forest forest;
  const BranchId root = forest.start(settings, bars_in_turn(), model);
  finish(forest, root);
  Edit fresh = painted_at(root, 2);
  fresh.noise = NoiseSource::kFresh;
  EXPECT_THAT(error_of([&] { forest.fork(fresh, settings, {1}, model); }), HasSubstr("blocks"));
  const SharedModel denoiser = model_of(trained(Degradation::kNoise, 1));
  EXPECT_THAT(error_of([&] { forest.fork(painted_at(root, 2), settings, {1}, denoiser); }),
              HasSubstr("began"));
}

TEST(Worsened, HoldsEveryWayAtEachSeverityFromThePictureItself) {
  const Image picture = image_of(toy_data().test, 0);
  const Worsened all = worsened(Worsen{picture, {0, 1}, 1});
  ASSERT_EQ(all.pictures.count, 2 * int(kDegradations.size()));
  for (int i = 0; i < int(kDegradations.size()); ++i) {
    EXPECT_EQ(all.pictures.image(2 * i), picture) << kDegradations[std::size_t(i)].id;
    EXPECT_NE(all.pictures.image(2 * i + 1), picture) << kDegradations[std::size_t(i)].id;
  }
  EXPECT_THAT(error_of([&] { worsened(Worsen{picture, {1.5}, 1}); }), HasSubstr("1.5"));
}

TEST(Worsened, HoldsStacksBehindAllSingleWays) {
  const DegradationStack stack({Degradation::kBlocks, Degradation::kBlur});
  const Image picture = image_of(toy_data().test, 0);
  const Worsened all = worsened(Worsen{picture, {0, 0.5}, 1, {Degradation::kBlocks, stack}});
  EXPECT_EQ(all.stacks, (std::vector<DegradationStack>{Degradation::kBlocks, stack}));
  const int singles = 2 * int(kDegradations.size());
  ASSERT_EQ(all.pictures.count, singles + 4);
  const int blocks = 2 * int(Degradation::kBlocks);
  EXPECT_EQ(all.pictures.image(singles + 1), all.pictures.image(blocks + 1));
  EXPECT_EQ(all.pictures.image(singles + 2), picture);
  EXPECT_NE(all.pictures.image(singles + 3), all.pictures.image(singles + 1));
}

TEST(DegradationModel, OfAnOldFolderIsReadByTheNameThatItsStackHadThen) {
  const StepwiseInfo old = stepwise_info_of(R"({"degradation": "blur-and-blocks"})", "old");
  EXPECT_EQ(old.degradation, DegradationStack({Degradation::kBlur, Degradation::kBlocks}));
  EXPECT_EQ(stepwise_info_of(json_of(old), "new"), old);
  EXPECT_THAT(json_of(old), HasSubstr("\"blur,blocks\""));
  EXPECT_THAT(error_of([] { stepwise_info_of(R"({"degradation": "blur,noise"})", "bad"); }),
              HasSubstr("has noise among other degradations"));
}

}  // namespace
}  // namespace stepwise
