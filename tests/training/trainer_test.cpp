#include "training/trainer.h"

#include <ATen/record_function.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <chrono>
#include <cmath>
#include <numeric>
#include <thread>

#include "image/file.h"
#include "model/folder.h"
#include "model/weights.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/checkpoint.h"
#include "training/ema.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

// Networks this small gain nothing from threads, and on a busy machine they wait for each other.
struct OneThread : testing::Environment {
  void SetUp() override { torch::set_num_threads(1); }
};
const auto* const kOneThread = testing::AddGlobalTestEnvironment(new OneThread);

std::vector<float> losses_of(Trainer& trainer, int steps) {
  std::vector<float> losses;
  for (int i = 0; i < steps; ++i) losses.push_back(trainer.step().loss);
  return losses;
}

double mean(const std::vector<float>& values, std::size_t from, std::size_t to) {
  return std::accumulate(values.begin() + from, values.begin() + to, 0.0) / double(to - from);
}

TEST(Trainer, TheLossFallsWithinAHundredSteps) {
  Trainer trainer(toy_recipe(100), toy_data(), torch::kCPU);
  const HeldOutPoint before = trainer.evaluate_held_out();
  const auto losses = losses_of(trainer, 100);
  const HeldOutPoint after = trainer.evaluate_held_out();
  EXPECT_NEAR(losses[0], 1, 0.4);  // The target has unit variance and the network starts at 0.
  EXPECT_LT(mean(losses, 80, 100), 0.6 * mean(losses, 0, 5));
  EXPECT_LT(after.held_out, 0.8 * before.held_out);
  EXPECT_EQ(after.bins.size(), 8u);
  EXPECT_TRUE(trainer.finished());
  EXPECT_EQ(trainer.history().curve.points.size(), 100u);
  EXPECT_EQ(trainer.history().held_out.size(), 2u);
}

TEST(Trainer, HeldOutLossesAreTheSameEveryTimeAndDrawNothing) {
  Trainer asked(toy_recipe(5), toy_data(), torch::kCPU),
      other(toy_recipe(5), toy_data(), torch::kCPU);
  EXPECT_EQ(asked.evaluate_held_out().held_out, asked.evaluate_held_out().held_out);
  EXPECT_EQ(losses_of(asked, 5), losses_of(other, 5));
}

TEST(Trainer, OneRecipeTrainsOneWayAndASeedChangesIt) {
  Recipe recipe = toy_recipe(5);
  Trainer first(recipe, toy_data(), torch::kCPU);
  torch::manual_seed(99);  // What others draw makes no difference.
  torch::rand({7});
  Trainer second(recipe, toy_data(), torch::kCPU);
  recipe.seed = 2;
  Trainer third(recipe, toy_data(), torch::kCPU);
  const auto losses = losses_of(first, 5);
  EXPECT_EQ(losses, losses_of(second, 5));
  EXPECT_NE(losses, losses_of(third, 5));
}

TEST(Trainer, AResumedRunContinuesBitForBit) {
  for (const auto optimiser : {OptimiserKind::kMuon, OptimiserKind::kAdamW}) {
    const TemporaryFolder folder;
    Recipe recipe = toy_recipe(20);
    recipe.optimiser = optimiser;
    Trainer whole(recipe, toy_data(), torch::kCPU), part(recipe, toy_data(), torch::kCPU);
    const auto expected = losses_of(whole, 20);
    auto found = losses_of(part, 10);
    part.evaluate_held_out();
    part.save(folder.path());
    Trainer rest = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
    EXPECT_EQ(rest.steps(), 10);
    EXPECT_EQ(rest.recipe(), recipe);
    EXPECT_GE(rest.seconds(), rest.history().curve.points.back().seconds);
    for (const float loss : losses_of(rest, 10)) found.push_back(loss);
    EXPECT_EQ(found, expected);
    EXPECT_TRUE(rest.finished());
    EXPECT_EQ(rest.history().curve.points.size(), 20u);
    EXPECT_EQ(rest.history().held_out.size(), 1u);
    EXPECT_EQ(rest.evaluate_held_out().held_out, whole.evaluate_held_out().held_out);
  }
}

const auto always = [] { return true; };  // Somebody who asks for something all the time.
const auto never = [] { return false; };

TEST(Trainer, AStepBreaksOffAfterEachStageWhereSomebodyAsksAndNeverElse) {
  Trainer trainer(toy_recipe(9), toy_data(), torch::kCPU);
  const int stages = int(UNet2DModel(trainer.averaged().config)->stages());
  for (int step = 0; step < 2; ++step) {
    int pieces = 1;
    while (!trainer.advance(always)) ++pieces;
    EXPECT_EQ(pieces, 2 * stages + 1);  // Forward, back, and the optimiser.
    EXPECT_TRUE(trainer.advance(never));
  }
}

TEST(Trainer, SavedWithinAStepItGoesOnWithAWholeOne) {
  const TemporaryFolder folder;
  Trainer whole(toy_recipe(20), toy_data(), torch::kCPU),
      part(toy_recipe(20), toy_data(), torch::kCPU);
  const auto expected = losses_of(whole, 20);
  losses_of(part, 10);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(part.advance(always));
  EXPECT_TRUE(part.within_step());
  EXPECT_EQ(part.steps(), 10);
  part.save(folder.path());
  Trainer resumed = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  for (Trainer* rest : {&part, &resumed})
    EXPECT_EQ(losses_of(*rest, 10), std::vector(expected.begin() + 10, expected.end()));
}

TEST(Trainer, TheLearningRateFollowsTheScheduleAndTheMultiplier) {
  Recipe recipe = toy_recipe(10);
  recipe.warm_up = 0.2;
  recipe.learning_rate = 0.004;
  Trainer trainer(recipe, toy_data(), torch::kCPU);
  EXPECT_FLOAT_EQ(trainer.step().learning_rate, 0.00004f);
  EXPECT_FLOAT_EQ(trainer.step().learning_rate, 0.002f);
  EXPECT_FLOAT_EQ(trainer.step().learning_rate, 0.004f);
  trainer.scale_learning_rate(0.5);
  EXPECT_FLOAT_EQ(trainer.step().learning_rate, 0.5f * 0.004f * 7 / 8);
  EXPECT_EQ(trainer.multiplier(), 0.5);
  EXPECT_THROW(trainer.scale_learning_rate(0), Error);
  EXPECT_THROW(trainer.scale_learning_rate(NAN), Error);
}

TEST(Trainer, TheRateOfTheNextStepCanBeSaidWhateverTheScheduleHas) {
  Recipe recipe = toy_recipe(10);
  recipe.warm_up = 0.2;
  recipe.learning_rate = 0.004;
  Trainer trainer(recipe, toy_data(), torch::kCPU);
  for (const double rate : {1e-6, 0.25, 3e-5}) {
    trainer.set_learning_rate(rate);
    EXPECT_FLOAT_EQ(trainer.step().learning_rate, float(rate));
  }
  EXPECT_THROW(trainer.set_learning_rate(2), Error);
  EXPECT_THROW(trainer.set_learning_rate(NAN), Error);
}

TEST(Trainer, ATimeBudgetCountsFromTheFirstStepAndStandsStillInAPause) {
  Recipe recipe = toy_recipe(0);
  recipe.budget = {10, 0};
  Trainer trainer(recipe, toy_data(), torch::kCPU);
  trainer.set_paused(false);
  EXPECT_EQ(trainer.seconds(), 0);
  trainer.step();
  const double running = trainer.seconds();
  EXPECT_GT(running, 0);
  trainer.set_paused(true);
  const double paused = trainer.seconds();
  EXPECT_GE(paused, running);
  trainer.evaluate_held_out();
  EXPECT_EQ(trainer.seconds(), paused);
  trainer.set_paused(false);
  trainer.step();
  EXPECT_GT(trainer.seconds(), paused);
  EXPECT_NEAR(trainer.seconds() + trainer.seconds_left(), 600, 1);
  EXPECT_GT(trainer.pictures_per_second(), 0);
}

TEST(Trainer, ANonFiniteLossSaysWhatToTryAndKeepsTheCheckpoint) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(50), toy_data(), torch::kCPU);
  losses_of(trainer, 2);
  trainer.save(folder.path());
  const std::string saved = read_file(folder.path() / kTrainingFile);
  {
    torch::NoGradGuard no_grad;
    const auto state = load_run(folder.path(), toy_data(), torch::kCPU);
    state->weights[0].fill_(NAN);
    save_run(*state, folder.path() / "broken");
  }
  Trainer broken = Trainer::resume(folder.path() / "broken", toy_data(), torch::kCPU);
  EXPECT_THAT([&] { broken.step(); },
              ThrowsMessage<Error>(
                  testing::AllOf(HasSubstr("step 3: the loss is no longer a finite number"),
                                 HasSubstr("lower learning rate"))));
  EXPECT_THROW(broken.save(folder.path()), Error);
  EXPECT_EQ(read_file(folder.path() / kTrainingFile), saved);
}

TEST(Trainer, AStepThatIsNotFiniteAndThoseAfterItChangeNothing) {
  Recipe recipe = toy_recipe(9);
  recipe.sigma_mean = -10;
  recipe.sigma_std = 10;
  recipe.batch = 4096;  // One over the square of the lowest level is no float any more.
  Trainer trainer(recipe, toy_data(), torch::kCPU);
  const auto before = trainer.snapshot()->parameters();
  for (int i = 0; i < 3; ++i) trainer.advance(never);
  EXPECT_THAT([&] { trainer.collect(); },
              ThrowsMessage<Error>(HasSubstr("step 1: the loss is no longer a finite number")));
  const auto after = trainer.averaged().parameters();
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_TRUE(after[i].equal(before[i])) << i;
}

// Operations that make the host wait for a device, and those that draw from a generator.
std::vector<std::string> waits;
std::unique_ptr<at::ObserverContext> note(const at::RecordFunction& function) {
  const std::string name = function.name();
  for (const char* forbidden : {"item", "_local_scalar_dense", "is_nonzero", "nonzero", "rand",
                                "randn", "randperm", "normal_", "uniform_", "bernoulli"})
    if (name == std::string("aten::") + forbidden) waits.push_back(name);
  return nullptr;
}

TEST(Trainer, LookingAtItTakesNoneOfItsTime) {
  Trainer trainer(toy_recipe(9), toy_data(), torch::kCPU);
  trainer.step();
  {
    const auto look = trainer.look();
    const double before = trainer.seconds();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(trainer.seconds(), before);
  }
  EXPECT_GE(trainer.looked(), 0.02);
  const double looked = trainer.looked();
  trainer.evaluate_held_out();
  EXPECT_GT(trainer.looked(), looked);
}

TEST(Trainer, TellsTheDeviceWhatToDoAndWaitsForNothing) {
  Recipe recipe = toy_recipe(9);
  recipe.weighting = Weighting::kUncertainty;
  Trainer trainer(recipe, toy_data(), torch::kCPU);
  trainer.step();
  waits.clear();
  const auto handle = at::addGlobalCallback(at::RecordFunctionCallback(&note));
  for (int i = 0; i < 2; ++i) trainer.advance(never);
  EXPECT_THAT(waits, testing::IsEmpty());
  EXPECT_EQ(trainer.collect().size(), 2u);
  trainer.evaluate_held_out();
  EXPECT_THAT(waits, testing::Not(testing::IsEmpty()));  // Otherwise the guard sees nothing.
  at::removeCallback(handle);
}

TEST(Trainer, ARunFolderIsAModelFolderWithTheAveragedWeights) {
  const TemporaryFolder folder;
  Trainer trainer(toy_recipe(3), toy_data(), torch::kCPU);
  losses_of(trainer, 3);
  trainer.save(folder.path());
  ModelFolder model = read_model(folder.path());
  EXPECT_EQ(model.info.data, "bars");
  EXPECT_EQ(model.info.class_names, toy_data().class_names);
  EXPECT_EQ(model.info.null_class, 2);
  EXPECT_EQ(model.scheduler.class_name, "EDMEulerScheduler");
  EXPECT_EQ(model.net->config.num_class_embeds, 3);
  const auto read = model.net->named_parameters(), used = trainer.averaged().named_parameters();
  ASSERT_EQ(read.size(), used.size());
  for (const auto& item : used)
    EXPECT_TRUE(torch::equal(read[item.key()], item.value())) << item.key();
  for (const char* key :
       {"conv_in.weight", "time_embedding.linear_1.weight", "class_embedding.weight",
        "down_blocks.0.resnets.0.norm1.weight", "mid_block.attentions.0.to_q.weight",
        "up_blocks.1.resnets.0.conv_shortcut.weight", "conv_norm_out.bias"})
    EXPECT_TRUE(read.contains(key)) << key;
  EXPECT_THAT(model.info.training, HasSubstr("\"pictures\":48"));
}

TEST(Trainer, HalfWeightsTakeHalfTheSpace) {
  const TemporaryFolder folder;
  Recipe recipe = toy_recipe(1);
  const auto weights = std::filesystem::path("unet") / "diffusion_pytorch_model.safetensors";
  Trainer(recipe, toy_data(), torch::kCPU).save(folder.path() / "whole");
  recipe.half_weights = true;
  Trainer(recipe, toy_data(), torch::kCPU).save(folder.path() / "half");
  const auto whole = file_size(folder.path() / "whole" / weights),
             half = file_size(folder.path() / "half" / weights);
  EXPECT_LT(double(half), 0.75 * double(whole));  // The header stays.
}

TEST(Trainer, TheNextStepDoesNotWaitForACopyOfTheAverage) {
  Trainer trainer(toy_recipe(9), toy_data(), torch::kCPU);
  losses_of(trainer, 2);
  const auto* before = trainer.averaged().parameters()[0].data_ptr();
  const auto values = trainer.averaged().parameters()[0].clone();
  trainer.step();
  EXPECT_EQ(trainer.averaged().parameters()[0].data_ptr(), before);
  EXPECT_FALSE(torch::equal(trainer.averaged().parameters()[0], values));
}

// Without averaging, the "average" is the weights themselves; it does not act on training.
TEST(Trainer, TheAverageIsTheMovingMeanOfTheWeights) {
  Recipe plain = toy_recipe(9), averaging = toy_recipe(9);
  plain.ema = 0;
  averaging.ema = 0.5;
  Trainer weights(plain, toy_data(), torch::kCPU), averaged(averaging, toy_data(), torch::kCPU);
  torch::Tensor expected;
  for (int step = 1; step <= 4; ++step) {
    weights.step();
    averaged.step();
    const torch::Tensor now = weights.averaged().parameters()[0].clone();
    const double decay = ema_decay(0.5, step);
    expected = step == 1 ? now : decay * expected + (1 - decay) * now;
  }
  EXPECT_TRUE(torch::allclose(averaged.averaged().parameters()[0], expected, 1e-4, 1e-6));
  EXPECT_FALSE(torch::allclose(weights.averaged().parameters()[0], expected, 1e-4, 1e-6));
}

TEST(Trainer, ASnapshotStaysWhileTrainingGoesOnAndItsRoomIsUsedAgain) {
  Trainer trainer(toy_recipe(9), toy_data(), torch::kCPU);
  losses_of(trainer, 2);
  auto snapshot = trainer.snapshot();
  const torch::Tensor then = trainer.averaged().parameters()[0].clone();
  losses_of(trainer, 2);
  EXPECT_TRUE(torch::equal(snapshot->parameters()[0], then));
  const auto* room = snapshot->parameters()[0].data_ptr();
  snapshot = trainer.snapshot(std::move(snapshot));
  EXPECT_EQ(snapshot->parameters()[0].data_ptr(), room);
  EXPECT_TRUE(torch::equal(snapshot->parameters()[0], trainer.averaged().parameters()[0]));
  EXPECT_FALSE(snapshot->is_training());
}

TEST(Trainer, AFinishedRunThatIsExtendedGoesOnAndFallsToZeroAtItsNewEnd) {
  const TemporaryFolder folder;
  Recipe recipe = toy_recipe(4);
  recipe.warm_up = 0;
  Trainer first(recipe, toy_data(), torch::kCPU);
  losses_of(first, 4);
  EXPECT_TRUE(first.finished());
  first.save(folder.path());
  Trainer more = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  EXPECT_EQ(more.rate_factor(), 0);
  more.extend({0, 12});
  EXPECT_EQ(more.recipe().budget, (Budget{0, 16}));
  EXPECT_FALSE(more.finished());
  EXPECT_DOUBLE_EQ(more.rate_factor(), 0.75);
  losses_of(more, 12);
  EXPECT_TRUE(more.finished());
  EXPECT_EQ(more.rate_factor(), 0);
}

TEST(Trainer, ANewRunMayBeginWithTheWeightsOfAnother) {
  Trainer first(toy_recipe(20), toy_data(), torch::kCPU);
  losses_of(first, 20);
  Recipe other = toy_recipe(20);
  other.seed = 2;
  other.sigma_high = 1;
  Trainer second(other, toy_data(), torch::kCPU);
  second.begin_with(first.averaged());
  const auto wanted = first.averaged().parameters(), given = second.averaged().parameters();
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_TRUE(torch::equal(wanted[i], given[i]));
  EXPECT_EQ(second.steps(), 0);
  EXPECT_EQ(second.evaluate_held_out().held_out, first.evaluate_held_out().held_out);
  Recipe wider = toy_recipe(20);
  wider.channels = {16, 32};
  Trainer third(wider, toy_data(), torch::kCPU);
  EXPECT_THAT([&] { third.begin_with(first.averaged()); },
              ThrowsMessage<Error>(HasSubstr("has another size")));
}

TEST(Recipe, ThatDoesNotFitThePicturesIsRefused) {
  Recipe recipe = toy_recipe(1);
  recipe.channels = {8, 8, 8, 8, 8};
  EXPECT_THAT([&] { Trainer(recipe, toy_data(), torch::kCPU); },
              ThrowsMessage<Error>(HasSubstr("cannot be halved 4 times")));
}

}  // namespace
}  // namespace stepwise
