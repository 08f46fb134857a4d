// The end of a branch as few-step weights see it: what its edit says holds there too.
#include "editing/quick_end.h"

#include <gtest/gtest.h>

#include <memory>

#include "editing/begin.h"
#include "settings/few_steps.h"
#include "trees.h"

namespace stepwise {
namespace {

// As model_with_network(), and its few-step weights count how often they are asked.
SharedModel model_with_few_steps(const std::shared_ptr<int>& asked = std::make_shared<int>(0)) {
  const auto network = [asked](const Tensor& x, const Tensor&, const Conditioning& c) -> Tensor {
    ++*asked;
    return torch::tanh(2 * x - x.roll(1, 3)) + 0.1 * c.labels.to(torch::kFloat).view({-1, 1, 1, 1});
  };
  Model tuned;
  tuned.classes = {kClasses};
  tuned.shape = {1, 4, 4};
  Model whole = *model_with_network();
  whole.few_steps = model_of(network, std::move(tuned));
  return std::make_shared<const Model>(std::move(whole));
}

Forest run_tree() {
  Forest tree = tree_of(settings_for(SamplerKind::kHeun), model_with_network());
  while (!tree.branch(0).finished()) tree.advance(0);
  return tree;
}

Branch forked_from(Forest& tree, const Edit& edit, const SharedModel& model, double guidance = 1) {
  SampleSettings settings = tree.branch(0).settings;
  settings.guidance = guidance;
  return tree.forked(edit, settings, {3}, model);
}

const Layer kTopRowLocked{Stroke{{{0, 0.5f}, {4, 0.5f}}, 1, 0}, Lock{}};

TEST(QuickEnd, IsAGuessNoiseAndAGuessByTheFewStepWeightsAlone) {
  Forest tree = run_tree();
  const auto asked = std::make_shared<int>(0);
  const SharedModel model = model_with_few_steps(asked);
  const Branch branch = forked_from(tree, paint(0, 2, 1), model, 3);
  const Tensor end = quick_end(branch);
  EXPECT_EQ(*asked, 2);  // Guidance would ask each time for a batch of two; it is for the branch.

  const Denoise denoise = model->few_steps->denoiser({{3}}, SampleSettings());
  const Tensor x = branch.frames.front().x;
  const double first = branch.sigma(2), second = second_level(first);
  EXPECT_EQ(second, std::min(0.8, first / 2));
  const Tensor noise = PictureNoise(branch.settings.seed, {1}).like(NoiseUse::kStep, 2, x);
  const Tensor noisy = denoise(x, first).clean + second * noise;
  EXPECT_TRUE(torch::equal(end, denoise(noisy, second).clean));
}

TEST(QuickEnd, KeepsWhatIsLockedToTheBit) {
  Forest tree = run_tree();
  Edit edit = paint(0, 2, 1);
  edit.layers.push_back(kTopRowLocked);
  for (const FillMethodName& name : kFillMethods) {
    const auto asked = std::make_shared<int>(0);
    edit.fill = {name.method, 2};
    const Tensor end = quick_end(forked_from(tree, edit, model_with_few_steps(asked)))[0][0];
    EXPECT_TRUE((end[0] == 1).all().item<bool>()) << name.id;
    EXPECT_FALSE((end[1] == 1).all().item<bool>()) << name.id;
    EXPECT_EQ(*asked, 2) << name.id;
  }
}

TEST(QuickEnd, OfAPartThatGoesBackLeavesTheRestToTheBit) {
  Forest tree = run_tree();
  Edit edit = paint(0, 6, 1);
  edit.layers = {{kTopRowLocked.shape, Rewind{tree.branch(0).sigma(2)}}};
  const Branch branch = forked_from(tree, edit, model_with_few_steps());
  ASSERT_EQ(branch.fork, 2);
  const Tensor before = tree.lookup(0, 6, 1).x[0], end = quick_end(branch)[0][0];
  EXPECT_TRUE(torch::equal(end.slice(0, 1), before.slice(0, 1)));
  EXPECT_FALSE(torch::equal(end[0], before[0]));
}

TEST(QuickEnd, IsThereForThoseWithFewStepWeightsAndMoreThanTwoStepsToGo) {
  Forest tree = run_tree();
  EXPECT_TRUE(has_quick_end(forked_from(tree, paint(0, 3, 1), model_with_few_steps())));
  EXPECT_FALSE(has_quick_end(forked_from(tree, paint(0, 4, 1), model_with_few_steps())));
  EXPECT_FALSE(has_quick_end(forked_from(tree, paint(0, 3, 1), model_with_network())));
}

TEST(QuickEnd, IsNotThereOnAKnownPathWhichWouldBeLost) {
  const SharedModel model = model_with_few_steps();
  const SampleSettings settings = settings_for(SamplerKind::kEulerAncestral);
  Start start;
  start.kind = StartKind::kEditFriendly;
  start.picture = Image(4, 4, 1, 0.5f);
  start.sigma = 1000;
  Forest forest;
  forest.start(root_of(settings, dealt({}, kClasses, settings.count), model, start));
  while (!forest.branch(0).finished()) forest.advance(0);
  Edit edit = paint(0, 1, 1);
  EXPECT_FALSE(has_quick_end(forest.forked(edit, settings, {3}, model)));
  edit.noise = NoiseSource::kFresh;  // Leaves the path.
  EXPECT_TRUE(has_quick_end(forest.forked(edit, settings, {3}, model)));
}

}  // namespace
}  // namespace stepwise
