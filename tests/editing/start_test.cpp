// Trees that begin with a picture: noised, opened, traced back, changed, or between two others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "diffusion/each_sampler.h"
#include "editing/begin.h"
#include "trees.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Image some_picture() {
  Image image(4, 4, 1);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = std::sin(float(i) * 1.7f) * 0.9f;
  return image;
}
const Tensor kPicture = to_tensor(some_picture());

Start start_with(StartKind kind, double sigma = 1000) {
  Start start;
  start.kind = kind;
  start.picture = some_picture();
  start.sigma = sigma;
  return start;
}

Forest tree_from(const SampleSettings& settings, const Start& start,
                 SharedModel model = model_with_network(),
                 std::int64_t budget = kUsualFrameBudget) {
  Forest forest(budget);
  Branch root = root_of(settings, dealt({}, kClasses, settings.count), model, start);
  Tensor x;
  if (start.kind == StartKind::kDdim) {
    Climb climb(root);
    while (climb.step()) continue;
    x = climb.x();
  }
  forest.start(std::move(root), x);
  while (!forest.branch(0).finished()) forest.advance(0);
  return forest;
}

// Untouched, with this class.
BranchId finished_fork(Forest& tree, int step, int picture, const Condition& condition,
                       BranchId parent = 0) {
  Edit edit;
  edit.branch = parent;
  edit.step = step;
  edit.picture = picture;
  const BranchId id = tree.fork(edit, tree.branch(0).settings, condition, tree.branch(0).model);
  while (!tree.branch(id).finished()) tree.advance(id);
  return id;
}

// N(0, s^2) has an exact D, and x in proportion to sqrt(s^2 + sigma^2) along the ODE.
SharedModel gaussian_model(double s) {
  Model model;
  model.unclamped = [=](const std::vector<Condition>&, const SampleSettings&) -> Denoise {
    return
        [=](const Tensor& x, double sigma) { return Guess(x * (s * s / (s * s + sigma * sigma))); };
  };
  model.classes = {kClasses};
  model.shape = {1, 4, 4};
  model.clamps = false;
  return std::make_shared<const Model>(std::move(model));
}

TEST(Start, NoisedItBeginsWithThePictureAndTheNoiseOfAnyTree) {
  const SampleSettings settings = settings_for(SamplerKind::kEuler);
  const Forest plain = tree_for(SamplerKind::kEuler);
  Forest tree = tree_from(settings, start_with(StartKind::kSdedit));
  const Tensor noise = plain.branch(0).frames[0].x;
  EXPECT_TRUE(torch::allclose(tree.branch(0).frames[0].x, kPicture + noise));
}

TEST(Start, LeavesOutTheLevelsAboveItsOwn) {
  const SampleSettings settings = settings_for(SamplerKind::kEuler);
  const std::vector<double> all = tree_for(SamplerKind::kEuler).branch(0).levels.sigmas;
  Forest tree = tree_from(settings, start_with(StartKind::kSdedit, all[2] + 1e-9));
  const Branch& root = tree.branch(0);
  EXPECT_EQ(root.levels.sigmas, std::vector<double>(all.begin() + 2, all.end()));
  EXPECT_EQ(root.frames.size(), 5u);
  EXPECT_EQ(tree_from(settings, start_with(StartKind::kSdedit, all[5] / 2)).branch(0).steps(), 1);
}

TEST(Start, NoisedALittleItEndsAsNearlyThePicture) {
  SampleSettings settings = settings_for(SamplerKind::kEuler);
  Forest tree = tree_from(settings, start_with(StartKind::kSdedit, settings.sigma_min));
  const Tensor end = tree.branch(0).frames.back().x;
  EXPECT_LT((end - kPicture).abs().max().item<double>(), 6 * settings.sigma_min);
}

TEST(Start, OpenedEachStepHasNoiseOfItsOwnAndTheEndIsThePicture) {
  Forest tree = tree_from(settings_for(SamplerKind::kHeun), start_with(StartKind::kEditFriendly));
  const Branch& root = tree.branch(0);
  const auto noise = [&](int k) {
    return ((root.frames[std::size_t(k)].x - kPicture) / root.sigma(k)).flatten();
  };
  for (int k = 0; k + 1 < root.steps(); ++k) {
    EXPECT_NEAR(noise(k).std().item<double>(), 1, 0.25);
    EXPECT_FALSE(torch::allclose(noise(k), noise(k + 1), 0.1, 0.1)) << k;
  }
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(torch::equal(root.frames.back().x[i], kPicture));
}

TEST_P(EachSampler, ReplaysAnOpenedPictureToTheBitFromEveryStep) {
  Forest tree = tree_from(settings_for(kind()), start_with(StartKind::kEditFriendly));
  for (int step = 0; step <= 6; ++step) {
    const BranchId id = finished_fork(tree, step, 1, {1});
    for (int k = step; k <= 6; ++k)
      EXPECT_TRUE(torch::equal(tree.lookup(id, k, 1).x, tree.lookup(0, k, 1).x)) << step << k;
    EXPECT_TRUE(torch::equal(tree.lookup(id, 6, 1).x, kPicture));
  }
}

// What is written about: z_k = x_{k+1} - move(x_k, D_k), and the same z_k with another class.
TEST_P(EachSampler, KeepsTheSolvedNoiseForAnotherClass) {
  if (corrects(kind())) return;  // Its moves are not linear in x.
  const SampleSettings settings = settings_for(kind());
  const SharedModel model = model_with_network();
  Forest tree = tree_from(settings, start_with(StartKind::kEditFriendly), model);
  const Branch& root = tree.branch(0);
  const BranchId id = finished_fork(tree, 0, 1, {3});
  const Denoise source = model->denoiser({Condition{1}}, settings);
  const Denoise target = model->denoiser({Condition{3}}, settings);
  const StepNoise none = [](const Tensor& x) { return torch::zeros_like(x); };
  History known, edited;
  Tensor x = root.frames[0].x.narrow(0, 1, 1);
  for (int k = 0; k < 6; ++k) {
    const Tensor at = root.frames[std::size_t(k)].x.narrow(0, 1, 1);
    const Tensor z = root.frames[std::size_t(k) + 1].x.narrow(0, 1, 1) -
                     sampler_step(settings, root.levels, k, source, at, known, none).x;
    // Those that look elsewhere too see the way there as the known one would go.
    x = sampler_step(settings, root.levels, k, target, x, edited, none).x + z;
  }
  const Tensor end = tree.lookup(id, 6, 1).x;
  if (name_of(kind()).evaluations == 1 && kind() != SamplerKind::kPndm) {
    EXPECT_LT((end - x[0]).abs().max().item<double>(), 1e-4);
  }
  EXPECT_GT((end - kPicture).abs().max().item<double>(), 1e-3);
}

TEST_P(EachSampler, AChangeThatDoesNotChangeTheClassIsNone) {
  SampleSettings settings = settings_for(kind());
  settings.count = 1;
  Start start = start_with(StartKind::kFlow, 5);
  start.source = {0};  // As the picture is told.
  start.draws = 3;
  Forest tree = tree_from(settings, start);
  for (const Frame& frame : tree.branch(0).frames)
    EXPECT_TRUE(torch::equal(
        frame.x, tree.branch(0).path->at(int(&frame - &tree.branch(0).frames[0]), {0})));
  EXPECT_TRUE(torch::equal(tree.branch(0).frames.back().x[0], kPicture));
}

// Kulikov et al. 2025, Alg. 1, at our levels: e <- (t/s) e + (1 - t/s) [D(y + s n + e) - D'(y + s
// n)].
TEST(Start, ChangedItFollowsTheRuleOfThePaper) {
  const SampleSettings settings = settings_for(SamplerKind::kEuler);
  const SharedModel model = model_with_network();
  Start start = start_with(StartKind::kFlow, 5);
  start.source = {3};
  start.draws = 2;
  Forest tree = tree_from(settings, start, model);
  const Branch& root = tree.branch(0);
  const Denoise source = model->denoiser(std::vector<Condition>(3, {3}), settings);
  Tensor e = torch::zeros({3, 1, 4, 4});
  for (int k = 0; k < root.steps(); ++k) {
    const double s = root.sigma(k), t = root.sigma(k + 1);
    Tensor change = torch::zeros_like(e);
    for (int nth = 0; nth < 2; ++nth) {
      const Tensor noisy = root.path->noisy(root.pictures, k, s, nth);
      change = change + (root.denoise(noisy + e, s).clean - source(noisy, s).clean) / 2;
    }
    e = (t / s) * e + (1 - t / s) * change;
    const Tensor expected = root.path->at(k + 1, root.pictures) + e;
    EXPECT_TRUE(torch::allclose(root.frames[std::size_t(k) + 1].x, expected, 1e-4, 1e-4)) << k;
  }
  EXPECT_GT(e.abs().max().item<double>(), 0.01);
}

// What is left is that of a picture taken for one at the lowest level.
TEST(Start, TracedBackThePictureComesBack) {
  for (const int steps : {40, 80}) {
    SampleSettings settings = settings_for(SamplerKind::kDpmPlusPlus2M);
    settings.steps = steps;
    Forest tree = tree_from(settings, start_with(StartKind::kDdim), gaussian_model(0.5));
    EXPECT_EQ(tree.branch(0).settings.sampler, SamplerKind::kEuler);
    EXPECT_LT((tree.branch(0).frames.back().x - kPicture).abs().max().item<double>(), 0.02)
        << steps;
  }
}

TEST(Start, TracedBackTakesFreshNoiseOutOfTheSampler) {
  SampleSettings settings = settings_for(SamplerKind::kEulerAncestral);
  Forest ancestral = tree_from(settings, start_with(StartKind::kDdim));
  settings.sampler = SamplerKind::kEuler;
  Forest plain = tree_from(settings, start_with(StartKind::kDdim));
  EXPECT_TRUE(
      torch::allclose(ancestral.branch(0).frames.back().x, plain.branch(0).frames.back().x));
}

TEST(Start, AnEditedOpenedPictureIsRecomputedToTheBit) {
  SampleSettings settings = settings_for(SamplerKind::kDpmPlusPlus2M);
  settings.steps = 40;
  Edit edit = paint(0, 4, 1);
  const auto run = [&](std::int64_t budget) {
    Forest tree =
        tree_from(settings, start_with(StartKind::kEditFriendly), model_with_network(), budget);
    const BranchId id = tree.fork(edit, settings, {3}, tree.branch(0).model);
    while (!tree.branch(id).finished()) tree.advance(id);
    return tree;
  };
  Forest whole = run(kUsualFrameBudget), thin = run(8 << 10);
  EXPECT_LT(thin.bytes(), whole.bytes());
  for (int step = 0; step <= 40; ++step)
    for (int picture = 0; picture < 3; ++picture)
      expect_same(thin.lookup(1, step, picture), whole.lookup(1, step, picture));
}

TEST(Start, WhatIsLockedInThePictureStaysItToTheBit) {
  for (const StartKind kind : {StartKind::kSdedit, StartKind::kEditFriendly, StartKind::kDdim}) {
    Forest tree = tree_from(settings_for(SamplerKind::kEuler), start_with(kind));
    Edit edit = paint(0, 1, 1);
    edit.layers[0].what = Lock{};
    const BranchId id = tree.fork(edit, tree.branch(0).settings, {3}, tree.branch(0).model);
    while (!tree.branch(id).finished()) tree.advance(id);
    const Tensor end = tree.lookup(id, 6, 1).x[0];
    EXPECT_TRUE(torch::equal(end[0], kPicture[0][0])) << id_of(kind);
    EXPECT_FALSE(torch::equal(end[1], kPicture[0][1])) << id_of(kind);
  }
}

TEST(Start, WhatIsFilledInInRoundsIsSoInAnOpenedPictureToo) {
  const auto filled = [&](FillIn fill) {
    Forest tree =
        tree_from(settings_for(SamplerKind::kEuler), start_with(StartKind::kEditFriendly));
    Edit edit = paint(0, 1, 1);
    edit.layers[0].what = Lock{};
    edit.fill = fill;
    const BranchId id = tree.fork(edit, tree.branch(0).settings, {3}, tree.branch(0).model);
    while (!tree.branch(id).finished()) tree.advance(id);
    return tree.lookup(id, 6, 1).x[0].clone();
  };
  const Tensor plain = filled({FillMethod::kReplacement});
  EXPECT_TRUE(torch::equal(filled({FillMethod::kRepaint, 1}), plain));
  for (const FillMethod method : {FillMethod::kRepaint, FillMethod::kLangevin}) {
    const Tensor end = filled({method, 3});
    EXPECT_TRUE(torch::equal(end[0], kPicture[0][0]));
    EXPECT_FALSE(torch::allclose(end, plain, 1e-3, 1e-3));
  }
}

TEST(Start, FreshNoiseLeavesTheWayOfThePicture) {
  Forest tree = tree_from(settings_for(SamplerKind::kEuler), start_with(StartKind::kEditFriendly));
  Edit edit;
  edit.step = 1;
  edit.noise = NoiseSource::kFresh;
  const BranchId id = tree.fork(edit, tree.branch(0).settings, {0}, tree.branch(0).model);
  EXPECT_FALSE(tree.branch(id).on_path);
  while (!tree.branch(id).finished()) tree.advance(id);
  EXPECT_FALSE(torch::allclose(tree.lookup(id, 6, 0).x, kPicture, 0.01, 0.01));
}

TEST(Start, AForkOfAForkStaysOnTheWay) {
  Forest tree = tree_from(settings_for(SamplerKind::kEuler), start_with(StartKind::kEditFriendly));
  const BranchId other = finished_fork(tree, 1, 1, {3});
  const BranchId same = finished_fork(tree, 3, 1, {3}, other);
  EXPECT_LT((tree.lookup(same, 6, 1).x - tree.lookup(other, 6, 1).x).abs().max().item<double>(),
            1e-5);
}

TEST_P(EachSampler, BetweenTwoPicturesEndsWithThem) {
  SampleSettings settings = settings_for(kind());
  settings.count = 5;
  Start start = start_with(StartKind::kBetween);
  start.from = {settings.seed, 1};
  start.to = {77, 2};
  Forest forest;
  const std::vector<Condition> same(5, {2});
  forest.start(root_of(settings, same, model_with_network(), start));
  SampleSettings others = settings;
  forest.start(others, same, model_with_network());
  others.seed = 77;
  forest.start(others, same, model_with_network());
  const auto first = [&](BranchId id, int i) { return forest.branch(id).frames[0].x[i]; };
  EXPECT_TRUE(torch::allclose(first(0, 0), first(1, 1), 1e-5, 1e-5));
  EXPECT_TRUE(torch::allclose(first(0, 4), first(2, 2), 1e-5, 1e-5));
  const double middle = first(0, 2).norm().item<double>();
  EXPECT_GT(middle,
            0.9 * std::min(first(0, 0).norm().item<double>(), first(0, 4).norm().item<double>()));
  for (const BranchId id : {0, 1})
    while (!forest.branch(id).finished()) forest.advance(id);
  EXPECT_TRUE(torch::allclose(forest.branch(0).frames.back().x[0],
                              forest.branch(1).frames.back().x[1], 1e-4, 1e-4));
}

TEST(Start, OfWhatDoesNotFitIsRefused) {
  const auto refuses = [](auto change, const char* words) {
    Start start = start_with(StartKind::kSdedit);
    change(start);
    EXPECT_THAT(
        [&] {
          root_of(settings_for(SamplerKind::kEuler), dealt({}, kClasses, 3), model_with_network(),
                  start);
        },
        ThrowsMessage<Error>(HasSubstr(words)));
  };
  refuses([](Start& s) { s.picture = {}; }, "no picture to start from");
  refuses([](Start& s) { s.picture = Image(5, 4, 1); }, "Bring it to that size");
  refuses([](Start& s) { s.picture = Image(4, 4, 3); }, "Bring it to that size");
  refuses([](Start& s) { s.picture.pixels[3] = std::numeric_limits<float>::quiet_NaN(); },
          "A pixel of the picture");
  refuses([](Start& s) { s.sigma = 0; }, "The noise level to start from is 0");
  refuses([](Start& s) { s.kind = StartKind::kFlow, s.draws = 0; }, "The number of noises is 0");
  refuses([](Start& s) { s.kind = StartKind::kFlow, s.source = {9}; }, "no class 9");
  refuses([](Start& s) { s.kind = StartKind::kDdim, s.guidance = -1; }, "guidance");
}

}  // namespace
}  // namespace stepwise
