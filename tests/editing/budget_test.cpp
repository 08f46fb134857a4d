// Frames within a budget: what is dropped is computed again as it was, to the bit.
#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <random>
#include <string_view>

#include "diffusion/each_sampler.h"
#include "trees.h"

namespace stepwise {
namespace {

constexpr int kSteps = 40;

SampleSettings long_way(SamplerKind kind) {
  SampleSettings settings = settings_for(kind);
  settings.steps = kSteps;
  return settings;
}

Forest finished(const SampleSettings& settings, const SharedModel& model, std::int64_t budget) {
  Forest tree = tree_of(settings, model, budget);
  while (!tree.branch(0).finished()) tree.advance(0);
  return tree;
}

int kept(const Branch& branch) {
  return int(std::ranges::count_if(branch.frames, &Frame::operator bool));
}

// There and back, and then at random.
std::vector<int> scrubbing() {
  std::vector<int> steps(kSteps + 1);
  std::iota(steps.begin(), steps.end(), 0);
  for (int k = kSteps; k >= 0; --k) steps.push_back(k);
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) steps.push_back(int(random() % (kSteps + 1)));
  return steps;
}

void expect_same_steps(Forest& small, Forest& large) {
  for (const int step : scrubbing()) {
    const Frame &again = small.frame(0, step), &whole = large.frame(0, step);
    ASSERT_TRUE(torch::equal(again.x, whole.x)) << step;
    ASSERT_TRUE(torch::equal(again.guess, whole.guess)) << step;
  }
}

TEST_P(EachSampler, FramesThatWereDroppedComeBackToTheBit) {
  const SharedModel model = model_with_network();
  Forest large = finished(long_way(kind()), model, kUsualFrameBudget);
  const std::int64_t budget = large.bytes() / 3;
  Forest small = finished(long_way(kind()), model, budget);
  EXPECT_EQ(kept(large.branch(0)), kSteps + 1);
  EXPECT_LT(kept(small.branch(0)), kSteps / 2);
  expect_same_steps(small, large);
}

TEST_P(EachSampler, ForksOfAFrameThatWasDroppedAreThoseOfTheFrameItself) {
  const SharedModel model = model_with_network();
  Forest large = finished(long_way(kind()), model, kUsualFrameBudget);
  Forest small = finished(long_way(kind()), model, large.bytes() / 3);
  for (Forest* tree : {&large, &small}) {
    const BranchId id = tree->fork(paint(0, 13, 1), long_way(kind()), {2}, model);
    while (!tree->branch(id).finished()) tree->advance(id);
  }
  EXPECT_TRUE(torch::equal(small.lookup(1, kSteps, 1).x, large.lookup(1, kSteps, 1).x));
}

// The variance that a network tells is part of the way.
TEST(Budget, WhatANetworkSaysOfTheVarianceComesBackToo) {
  const auto network = [](const Tensor& x, const Tensor&, const Conditioning&) -> Tensor {
    return torch::cat({torch::tanh(x), torch::sin(3 * x)}, 1);
  };
  Model model;
  model.shape = {1, 4, 4};
  const SharedModel shared = model_of(network, std::move(model));
  SampleSettings settings = long_way(SamplerKind::kDdpm);
  settings.options.variance = Variance::kLearnedRange;
  Forest large = finished(settings, shared, kUsualFrameBudget);
  Forest small = finished(settings, shared, large.bytes() / 3);
  EXPECT_LT(kept(small.branch(0)), kSteps / 2);
  expect_same_steps(small, large);
}

TEST(Budget, IsKeptWhileSamplingScrubbingAndForking) {
  const SharedModel model = model_with_network();
  const SampleSettings settings = long_way(SamplerKind::kEulerAncestral);
  const std::int64_t budget = finished(settings, model, kUsualFrameBudget).bytes() / 4;
  Forest tree = tree_of(settings, model, budget);
  while (!tree.branch(0).finished()) {
    tree.advance(0);
    ASSERT_LE(tree.bytes(), budget);
  }
  for (const int step : scrubbing()) {
    tree.frame(0, step);
    ASSERT_LE(tree.bytes(), budget);
  }
}

TEST(Budget, ASmallerOneDropsFramesAtOnce) {
  Forest tree = finished(long_way(SamplerKind::kEuler), model_with_network(), kUsualFrameBudget);
  const std::int64_t all = tree.bytes();
  tree.set_budget(all / 2);
  EXPECT_LE(tree.bytes(), all / 2);
  EXPECT_GT(tree.bytes(), all / 8);
}

// It remembers the steps before: each frame shares them with its neighbours.
TEST(Budget, WhatFramesShareIsCountedOnce) {
  const Forest tree =
      finished(long_way(SamplerKind::kDpmPlusPlus2M), model_with_network(), kUsualFrameBudget);
  const std::int64_t picture = 3 * 4 * 4 * sizeof(float);
  EXPECT_EQ(tree.bytes(), (2 * kSteps + 1) * picture);
}

TEST(Budget, PicturesOfWhichOneStepIsTooMuchAreRefusedBeforeTheyAreMade) {
  const SharedModel large = model_with_network({3, 1024, 1024});
  SampleSettings settings = settings_for(SamplerKind::kEuler);
  settings.count = 1000;
  Forest forest;
  EXPECT_THROW(forest.start(settings, std::vector<Condition>(1000), large), Error);
}

// Of this process, in bytes.
std::int64_t resident() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0, pages = 0;
  file >> all >> pages;
  return pages * 4096;
}

std::size_t fingerprint(const Frame& frame) {
  const auto hash = [](const Tensor& t) {
    return std::hash<std::string_view>()(
        {static_cast<const char*>(t.data_ptr()), std::size_t(t.numel()) * sizeof(float)});
  };
  return hash(frame.x) ^ (hash(frame.guess.clean.contiguous()) << 1);
}

// A thousand steps of 64 pictures would take 400 MB.
TEST(Budget, AThousandStepsOfManyPicturesFitIntoAQuarterOfAGigabyte) {
  SampleSettings settings;
  settings.sampler = SamplerKind::kEuler;
  settings.count = 64;
  settings.steps = 1000;
  const std::int64_t before = resident(), budget = 256 * kMebibyte;
  Forest tree = tree_of(settings, model_with_network({1, 28, 28}), budget);
  std::vector<std::size_t> prints;
  std::int64_t most = 0;
  while (!tree.branch(0).finished()) {
    tree.advance(0);
    prints.push_back(fingerprint(tree.branch(0).frames.back()));
    most = std::max(most, resident() - before);
  }
  EXPECT_LT(kept(tree.branch(0)), 600);
  std::mt19937 random(3);
  for (int i = 0; i < 400; ++i) {
    const int step = int(random() % 1001);
    for (int again = 0; again < 2; ++again)
      ASSERT_EQ(fingerprint(tree.frame(0, step)), prints[std::size_t(step)]) << step;
    most = std::max(most, resident() - before);
  }
#ifndef __SANITIZE_ADDRESS__  // It holds back what is freed.
  EXPECT_LE(most, budget + budget / 4);
#endif
  RecordProperty("most_resident_bytes", std::to_string(most));
}

}  // namespace
}  // namespace stepwise
