// A training run as a job, stepped by hand.
#include "session/training_job.h"

#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "session/evaluating.h"
#include "training/run_summary.h"
#include "training/toy_data.h"

namespace stepwise {
namespace {

template <class T>
std::optional<T> first(Job& job) {
  std::optional<T> found;
  const Emit keep = [&](Event event) {
    if (auto* wanted = std::get_if<T>(&event)) found = std::move(*wanted);
  };
  while (!found && job.step(keep)) {
  }
  return found;
}

bool nobody() { return false; }

// A run of so many steps on the toy data, that draws galleries so often, or never by itself: 0.
// `asked`: whether somebody waits.
TrainingJob toy_run(const TemporaryFolder& folder, std::int64_t steps, double gallery_seconds,
                    const std::function<bool()>& asked = nobody) {
  Train command;
  command.recipe = toy_recipe(steps);
  command.recipe.gallery_seconds = gallery_seconds;
  command.out = folder / "run";
  return {command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, asked};
}

TEST(TrainingJob, DrawsItsGalleryWithTheRunsOwnSettings) {
  const TemporaryFolder folder;
  Train command;
  command.recipe = toy_recipe(3);
  command.out = folder / "run";
  TrainingJob job(
      command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, nobody);
  const auto gallery = first<GalleryReady>(job);
  ASSERT_TRUE(gallery);

  SampleSettings own = job.announcement().defaults;
  own.count = gallery->pictures.count;
  own.steps = 10;
  own.seed = command.recipe.seed;
  const SharedModel model = job.model();
  DrawJob draw(own, dealt({}, model->classes.count, own.count), model);
  const auto drawn = first<Drawn>(draw);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(gallery->pictures.pixels, drawn->pictures.pixels);
  // Otherwise any settings would do.
  EXPECT_NE(own.sigma_max, SampleSettings{}.sigma_max);
  EXPECT_NE(own.rho, SampleSettings{}.rho);
}

TEST(TrainingJob, KeepsItsNewestGalleryWithTheRun) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 3, 1e9);  // The first is the only one.
  EXPECT_EQ(summary_of(folder / "run").gallery.count, 0);
  const auto gallery = first<GalleryReady>(job);
  ASSERT_TRUE(gallery);
  ASSERT_TRUE(first<TrainingDone>(job));
  EXPECT_EQ(summary_of(folder / "run").gallery, to_bytes(gallery->pictures));
}

int pieces_of(TrainingJob job) {
  int pieces = 0;
  while (job.step([](Event) {})) ++pieces;
  return pieces;
}

// Somebody who asks for something meanwhile waits for a stage of the network, not for the step.
TEST(TrainingJob, BreaksStepsOffWhereSomebodyWaits) {
  const TemporaryFolder folder, other;
  const int alone = pieces_of(toy_run(folder, 2, 0, nobody));
  EXPECT_GE(pieces_of(toy_run(other, 2, 0, [] { return true; })), alone + 2 * 10);
}

TEST(TrainingJob, ThatDrawsNoGalleriesDrawsOneAtItsEnd) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 3, 0);
  std::vector<GalleryReady> galleries;
  std::optional<RunSummary> saved;
  const Emit keep = [&](Event event) {
    if (auto* gallery = std::get_if<GalleryReady>(&event)) galleries.push_back(*gallery);
    if (auto* found = std::get_if<RunFound>(&event)) saved = found->run;
  };
  while (job.step(keep)) {
  }
  ASSERT_EQ(galleries.size(), 1u);
  EXPECT_EQ(galleries[0].step, 3);
  ASSERT_TRUE(saved);
  EXPECT_TRUE(saved->finished);
  EXPECT_EQ(saved->gallery, to_bytes(galleries[0].pictures));
}

}  // namespace
}  // namespace stepwise
